"""What is to come and who can be bought from: money that ends, the market, the commissioning resource, two rounds."""

from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from ctdesk.domain.service_lines import ServiceLine


@dataclass(frozen=True, slots=True)
class Part:
    """Money under one name, and how many activities it is; activities may count under several names."""

    name: str
    amount: int
    activities: int


@dataclass(frozen=True, slots=True)
class MonthEnding:
    """What ends in a calendar month with nothing to follow, and what ends but is followed."""

    first: date
    amount: int
    activities: int
    followed: int


@dataclass(frozen=True, slots=True)
class Dependence:
    """A provider's money from the partners: all of it, what ends, and the part that comes from the largest of them."""

    provider: str
    amount: int
    ending: int
    largest_agency: str
    largest: int

    @property
    def percent_ending(self) -> int:
        """The part that ends, in whole per cent."""
        return (200 * self.ending + self.amount) // (2 * self.amount) if self.amount else 0


@dataclass(frozen=True, slots=True)
class Cliffs:
    """Money ending within the horizon with nothing to follow; each way of parting it adds up to `amount`."""

    as_at: date
    horizon: date
    lines: tuple[ServiceLine, ...]
    amount: int
    months: tuple[MonthEnding, ...]
    by_outcome: tuple[Part, ...]
    by_area: tuple[Part, ...]
    by_provider: tuple[Part, ...]
    by_agency: tuple[Part, ...]
    followed: tuple[tuple[ServiceLine, ServiceLine], ...]
    """Activities that end, each with what follows it."""
    dependence: tuple[Dependence, ...]
    grants: tuple[ServiceLine, ...]
    """Activities that run on after the last year that their funding lines give money for."""


@dataclass(frozen=True, slots=True)
class ProviderLine:
    """One provider and what it has of the partners' money; `new` and `gone` are told against the last round.

    It is not `one_body` where its name stands for several providers or for none.
    """

    name: str
    sector: str
    small: bool | None
    agreements: int
    agencies: int
    amount: int
    new: bool = False
    gone: bool = False
    one_body: bool = True


@dataclass(frozen=True, slots=True)
class Market:
    """The providers, largest first; those new and gone since the last round; and how far the money is concentrated.

    `index` is the Herfindahl-Hirschman index: the sum of the squares of the shares in per cent, 10,000 for one
    provider. `top` says which part the largest 1, 5 and 10 have, in whole per cent.
    """

    providers: tuple[ProviderLine, ...]
    amount: int
    by_sector: tuple[Part, ...]
    by_size: tuple[Part, ...]
    gone: tuple[str, ...]
    index: int
    top: tuple[tuple[int, int], ...]
    since: str = ""
    """The round that new and gone are told against; empty if there was none."""


@dataclass(frozen=True, slots=True)
class ResourceLine:
    """Commissioning time and cost under one name; `commissioned` is the money the agency commissions with it."""

    name: str
    posts: int
    fte: Fraction
    cost: int
    commissioned: int = 0

    def per_million(self, amount: Fraction | int) -> Fraction | None:
        """Return an amount for every million pounds commissioned, None where nothing is."""
        return Fraction(amount) * 100_000_000 / self.commissioned if self.commissioned else None


@dataclass(frozen=True, slots=True)
class Resource:
    """The commissioning posts by agency, step of the cycle and skill; the parts of a post add up to it."""

    total: ResourceLine
    by_agency: tuple[ResourceLine, ...]
    by_stage: tuple[ResourceLine, ...]
    by_skill: tuple[ResourceLine, ...]
    without_skill: tuple[str, ...]
    """Skills that nobody has."""
    without_stage: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Stood:
    """One service as it stood at some time: what it came to in pence a year, and the last day of its agreement."""

    uid: str
    reference: str
    title: str
    agency: str
    money: int
    end: date | None

    def runs_after(self, day: date) -> bool:
        """Whether its agreement has not ended by a day."""
        return self.end is None or self.end > day


@dataclass(frozen=True, slots=True)
class Moved:
    """One service between two rounds: what it came to and comes to; None where it did not run, or runs no more."""

    uid: str
    reference: str
    title: str
    agency: str
    before: int | None
    now: int | None

    @property
    def change(self) -> int:
        """What it adds to the total, or takes off."""
        return (self.now or 0) - (self.before or 0)


@dataclass(frozen=True, slots=True)
class Reconciliation:
    """The way from one total to the next: last + new - ended - gone + more - less = now.

    Both totals are of services that have not ended by their day. `gone` are those the desk no longer holds.
    """

    before_name: str
    before_day: date
    now_day: date
    last: int
    new: tuple[Moved, ...]
    ended: tuple[Moved, ...]
    gone: tuple[Moved, ...]
    more: tuple[Moved, ...]
    less: tuple[Moved, ...]
    same: tuple[Moved, ...]
    now: int
    left_out: int = 0
    """How many services the desk still holds have ended, and are in no total here."""
    left_out_money: int = 0

    @property
    def steps(self) -> tuple[tuple[Moved, ...], ...]:
        """Every service that is in either total, under the step it moved by."""
        return self.new, self.ended, self.gone, self.more, self.less, self.same
