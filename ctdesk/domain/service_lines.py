"""Activities and posts as the questions about the service map need them: names beside uids, money in pence a year."""

from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from ctdesk.domain.rounding import nearest, percent_of
from ctdesk.domain.service_map import Basis

IN_HOUSE = frozenset({"in house", "in-house", "own staff", "internal"})
"""Names that stand for the agency's own staff, not for a body."""

NOBODY = frozenset({"several providers", "various", "various providers", "multiple providers", "not known"})
"""Names that stand for no one provider."""


@dataclass(frozen=True, slots=True)
class ServiceLine:
    """One activity. An empty text or tuple and None say that nothing is given; groups and areas are words to read.

    `everywhere` says that it serves the whole of the trust's area. `funders` are those its funding lines name, and
    `funded_until` is the last financial year, as 2026/27, that they give money for.
    """

    uid: str
    reference: str
    title: str
    agency_uid: str
    agency: str
    provider_uid: str
    provider: str
    sector: str
    small: bool | None
    agreement_type: str
    agreement_reference: str
    outcome: str
    tier: str
    purpose: str
    funding_source: str
    age_from: int | None
    age_to: int | None
    client_groups: tuple[str, ...]
    areas: tuple[str, ...]
    everywhere: bool
    value: int | None
    capacity: int | None
    capacity_unit: str
    users: int | None
    start: date | None
    end: date | None
    open_ended: bool
    intention: str
    basis: Basis
    funders: tuple[str, ...] = ()
    funded_until: str = ""

    @property
    def money(self) -> int:
        """Its value, nought if none is given."""
        return self.value or 0

    @property
    def unit_cost(self) -> tuple[int, str] | None:
        """Pence for one unit of its capacity, and the unit; None if either is not given."""
        if not self.capacity or self.value is None or not self.capacity_unit:
            return None
        return nearest(self.value, self.capacity), self.capacity_unit

    @property
    def deliverer(self) -> str:
        """The uid of the body whose people deliver it: the agency's own where it is in house; empty for no one body."""
        name = self.provider.strip().casefold()
        if name in NOBODY:
            return ""
        return self.agency_uid if name in IN_HOUSE else self.provider_uid

    def runs_with(self, other: "ServiceLine") -> bool:
        """Whether there may be a day on which both run."""
        apart = (
            (self.end and other.start and self.end < other.start)
            or (other.end and self.start and other.end < self.start)
        )  # fmt: skip
        return not apart


@dataclass(frozen=True, slots=True)
class PostResource:
    """One commissioning post: its time and cost, and the steps and skills it brings."""

    uid: str
    title: str
    agency: str
    vacant: bool
    fte: Fraction
    percent: int | None
    cost: int | None
    stages: tuple[str, ...]
    skills: tuple[str, ...]

    @property
    def commissioning_fte(self) -> Fraction:
        """The part of its time that is commissioning; all of it where no share is given."""
        return self.fte if self.percent is None else self.fte * self.percent / 100

    @property
    def commissioning_cost(self) -> int:
        """The part of its cost that is commissioning, to the nearest penny."""
        return percent_of(100 if self.percent is None else self.percent, self.cost or 0)
