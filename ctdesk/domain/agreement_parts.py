"""What the dates and sums of one agreement are worked out from: its own record and those that belong to it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from ctdesk.domain.definition import Values


@dataclass(frozen=True, slots=True, kw_only=True)
class AgreementParts:
    """One agreement with its extensions, variations and payments, and the record of its successor if it has one.

    Each part holds the fields of its record in `ctdesk.domain.records`.
    """

    values: Values
    extensions: Sequence[Values] = ()
    variations: Sequence[Values] = ()
    payments: Sequence[Values] = ()
    successor: Values | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class DatePolicy:
    """What a team has settled about its dates.

    `ending_months`: from how many months before its end an agreement counts as ending. `decision_days`: how long
    before a deadline a decision is due where no board meets. `boards`: the days on which boards meet. `lead_weeks`:
    the usual lead time of each procurement route by its code, `routes` the words for them.
    """

    ending_months: int = 12
    decision_days: int = 14
    boards: tuple[date, ...] = ()
    lead_weeks: Mapping[str, int] = field(default_factory=dict)
    routes: Mapping[str, str] = field(default_factory=dict)
