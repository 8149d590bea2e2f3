"""The figures drawn from the lines of a baseline: tallies of money, of staffing, of answers, and what they rest on.

Money is whole pence a year; full-time equivalents are exact fractions, so that shares of a post add up to it.
"""

from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from ctdesk.domain.baseline import ActivityLine


@dataclass(frozen=True, slots=True)
class Tally:
    """Activities of one kind (`name`, "" for not given): how many, their value, and how much of both is estimated."""

    name: str
    activities: int
    value: int
    estimated_activities: int
    estimated: int
    unvalued: int
    """How many of the activities have no value given, so that they count in number but not in money."""


@dataclass(frozen=True, slots=True)
class StaffTally:
    """Posts of one agency or one step of the cycle: whole posts, and the part of them that is commissioning."""

    name: str
    posts: int
    fte: Fraction
    cost: int
    commissioning_fte: Fraction
    commissioning_cost: int


@dataclass(frozen=True, slots=True)
class Cross:
    """Money two ways at once: one row of `values` for each of `rows`, one value for each of `columns`."""

    rows: tuple[str, ...]
    columns: tuple[str, ...]
    values: tuple[tuple[int, ...], ...]


@dataclass(frozen=True, slots=True)
class Month:
    """What ends in one calendar month, which `first` is the first day of."""

    first: date
    activities: int
    value: int


@dataclass(frozen=True, slots=True)
class Answers:
    """How many agencies were asked, have answered, did so on time, were excused, are late or still have time."""

    asked: int
    answered: int
    on_time: int
    excused: int
    late: int
    not_yet_due: int


@dataclass(frozen=True, slots=True)
class Coverage:
    """What a total rests on: the part returned, the part estimated, and the agencies that are in neither.

    `last_known` is what the missing agencies came to last time in the unit of the total, None where unknown.
    """

    returned: Fraction
    estimated: Fraction
    agencies: int
    missing: int
    last_known: Fraction | None = None

    def shares(self) -> tuple[Fraction, Fraction, Fraction]:
        """Return the parts returned, estimated and missing of all that was expected; they add up to one, or to nought.

        The missing part is judged by what the agencies last reported, or else by their number.
        """
        present = self.returned + self.estimated
        missing = self._missing_share(present)
        if not present:
            return Fraction(0), Fraction(0), missing
        kept = (1 - missing) / present
        return self.returned * kept, self.estimated * kept, missing

    def _missing_share(self, present: Fraction) -> Fraction:
        if not self.missing:
            return Fraction(0)
        if self.last_known is not None and present + self.last_known:
            return self.last_known / (present + self.last_known)
        return Fraction(self.missing, self.agencies)


@dataclass(frozen=True, slots=True)
class Ending:
    """When agreements end: what falls within a year of the as-at date, line by line and month by month."""

    horizon: date
    lines: tuple[ActivityLine, ...]
    total: Tally
    months: tuple[Month, ...]
    already: Tally
    later: Tally
    open_ended: Tally
    not_given: Tally


@dataclass(frozen=True, slots=True)
class Figures:
    """All tallies of one baseline; every one of the money tallies adds up to `total`."""

    total: Tally
    by_agency: tuple[Tally, ...]
    by_outcome: tuple[Tally, ...]
    by_tier: tuple[Tally, ...]
    by_agreement_type: tuple[Tally, ...]
    by_sector: tuple[Tally, ...]
    by_purpose: tuple[Tally, ...]
    outcome_by_tier: Cross
    staff: StaffTally
    staff_by_agency: tuple[StaffTally, ...]
    staff_by_stage: tuple[StaffTally, ...]
    posts_without_share: int
    posts_without_cost: int
    largest: tuple[ActivityLine, ...]
    ending: Ending
    answers: Answers
    value_coverage: Coverage
    activity_coverage: Coverage
    staff_coverage: Coverage
    ending_coverage: Coverage
