"""What the papers about the whole register are given: its lines, its calendar, one provider’s part of it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from ctdesk.domain.agreement_value import years_between
from ctdesk.domain.contract_lines import CalendarLine, ContractLine, PartLine
from ctdesk.domain.lifecycle import LIVE
from ctdesk.domain.monitoring_lines import AgreementPeriod
from ctdesk.domain.periods import Period
from ctdesk.domain.rounding import percent_of
from ctdesk.domain.service_lines import ServiceLine

_NAMES = frozenset({"", "reference", "title"})
"""The items by which an agreement is named; the empty one stands for the whole of it."""

_OF_A_LINE = _NAMES | {"provider", "annual_value", "total_value"}
"""The items that a line of the register shows."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RegisterPaper:
    """The register on a day; `left_out` counts the agreements that are not in this edition at all."""

    trust: str
    on: date
    lines: Sequence[ContractLine]
    left_out: int = 0
    public: bool = False

    @property
    def closed(self) -> bool:
        """Whether it shows something that is not for publication."""
        return not self.public and _shows_exempt(self.lines)


def _shows_exempt(lines: Sequence[ContractLine], items: frozenset[str] = _OF_A_LINE) -> bool:
    return any(items & line.exempt.keys() for line in lines)


@dataclass(frozen=True, slots=True, kw_only=True)
class CalendarPaper:
    """The dates of the coming months, in their order, with the agreements in force or to be so."""

    trust: str
    on: date
    months: int
    lines: Sequence[ContractLine]
    dates: Sequence[CalendarLine]
    left_out: int = 0
    public: bool = False

    @property
    def closed(self) -> bool:
        """Whether it shows something that is not for publication."""
        return not self.public and _shows_exempt(self.lines, _NAMES)


@dataclass(frozen=True, slots=True, kw_only=True)
class ProviderPaper:
    """All that the partners buy from one provider, on a day.

    `facts` are labels with words. `lines` are its agreements, shared ones too, with its part in per cent in `shares`,
    by uid. `activities` are those of the baseline it delivers; `bought` are the pence a year of all that each agency
    buys, by name. `standings` hold each agreement in the newest period of monitoring, by uid. `papers` are the
    requirements and open actions of its agreements.
    """

    trust: str
    on: date
    name: str
    facts: Sequence[tuple[str, str]]
    lines: Sequence[ContractLine]
    shares: Mapping[str, int]
    activities: Sequence[ServiceLine]
    bought: Mapping[str, int]
    standings: Mapping[str, AgreementPeriod]
    papers: Sequence[PartLine]
    left_out: int = 0
    public: bool = False

    @property
    def closed(self) -> bool:
        """Whether it shows something that is not for publication."""
        return not self.public and _shows_exempt(self.lines)

    @property
    def live(self) -> list[ContractLine]:
        """The agreements in force or to be so."""
        return [line for line in self.lines if line.state in LIVE]

    def value(self, line: ContractLine) -> int | None:
        """Return its part of what an agreement is worth a year, in pence; None if that is not known."""
        whole = line.life.annual_value
        return None if whole is None else percent_of(self.shares.get(line.uid, 100), whole)

    def value_in(self, line: ContractLine, year: Period) -> int:
        """Return its part of what is agreed for a financial year, in pence; nought where no value is known."""
        start, end = line.life.start, line.life.end
        if start is None:
            return 0
        whole = years_between(max(start, year.first), min(end or year.last, year.last))
        return round((self.value(line) or 0) * whole)
