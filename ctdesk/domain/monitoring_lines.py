"""A period's monitoring as lines: what the board screen and the reports are given."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from ctdesk.domain.performance import Direction, Judged, Standing
from ctdesk.domain.periods import Period
from ctdesk.domain.records.monitoring import Rating


@dataclass(frozen=True, slots=True)
class MeasureLine:
    """One measure of one agreement in one period.

    `past` are the figures of the periods before and this one, oldest first, None where none was reported; `past_labels`
    name them. `judged` is the rating that counts, `computed` what the figures alone give. `movement` is in words.
    `people` are the numbers of people that each of the past figures tells of; its own is not told if `kept_back`.
    """

    result: str
    name: str
    unit: str
    polarity: str
    target: Decimal | None
    amber_percent: int | None
    actual: Decimal | None
    computed: Judged
    judged: Judged
    judgement: Rating | None
    direction: Direction
    movement: str
    past: Sequence[Decimal | None]
    past_labels: Sequence[str]
    weight: int
    outcome: str
    commentary: str
    people: Sequence[Sequence[Decimal]] = ()
    kept_back: bool = False


@dataclass(frozen=True, slots=True)
class CountLine:
    """One count or line of money of a period: what, as planned, as reported, and in the period before."""

    what: str
    plan: Decimal | None
    actual: Decimal | None
    before: Decimal | None
    note: str


@dataclass(frozen=True, slots=True)
class OpenAction:
    """An action that is agreed and not yet done; `late` counts days past its day, 0 if it is not late."""

    uid: str
    number: str
    title: str
    owner: str
    due: date | None
    late: int


@dataclass(frozen=True, slots=True, kw_only=True)
class AgreementPeriod:
    """One agreement in one period: how it stands and why, its measures, counts, money, actions, and its return.

    `value` is pence a year. `why` is the sentence that says why it stands so. `score_before` is that of the period
    before. `earlier` are its standings in the three periods before, the nearest first. `state` is that of the request
    in words, `days_late` how long a missing return is overdue. `kept_back` is what the public is told of numbers that
    are left out, empty if none is.
    """

    agreement: str
    reference: str
    title: str
    provider: str
    provider_uid: str
    agency: str
    manager: str
    outcome: str
    value: int
    period: Period
    request: str
    state: str
    received: date | None
    days_late: int
    standing: Standing
    why: str
    score: int | None
    score_before: int | None
    earlier: Sequence[Standing | None]
    measures: Sequence[MeasureLine]
    counts: Sequence[CountLine]
    money: Sequence[CountLine]
    actions: Sequence[OpenAction]
    kept_back: str = ""

    @property
    def returned(self) -> bool:
        """Whether its return has come."""
        return self.received is not None


@dataclass(frozen=True, slots=True, kw_only=True)
class PeriodBoard:
    """All agreements of one period, the worst first, as on one day.

    `not_asked` counts the agreements with measures that report another time. `outcomes` are the labels in their order.
    """

    quarter: Period
    name: str
    round: str
    due: date
    on: date
    trust: str
    lines: Sequence[AgreementPeriod]
    not_asked: int
    outcomes: Sequence[str]
    chased: Sequence[date]

    def count(self, standing: Standing) -> int:
        """Return how many agreements stand so."""
        return sum(1 for line in self.lines if line.standing is standing)

    def value(self, standing: Standing) -> int:
        """Return what the agreements that stand so are worth a year, in pence."""
        return sum(line.value for line in self.lines if line.standing is standing)

    @property
    def returned(self) -> int:
        """How many returns have come."""
        return sum(1 for line in self.lines if line.returned)

    @property
    def on_time(self) -> int:
        """How many came by the due date."""
        return sum(1 for line in self.lines if line.received is not None and line.received <= self.due)
