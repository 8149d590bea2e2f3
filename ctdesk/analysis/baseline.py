"""The figures of a baseline from its lines: who answered, money by every list, staffing, the largest, what ends."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from fractions import Fraction
from operator import attrgetter

from ctdesk.analysis.baseline_ending import ending
from ctdesk.analysis.baseline_staffing import (
    staff_tally,
    staffing_by_agency,
    staffing_by_stage,
)
from ctdesk.analysis.tally import tally
from ctdesk.domain.baseline import ActivityLine, AgencyLine, Baseline
from ctdesk.domain.baseline_figures import Answers, Coverage, Cross, Figures, Tally
from ctdesk.domain.records.round import ANSWERED

LARGEST = 20
"""How many of the largest agreements are listed."""


def baseline_figures(report: Baseline) -> Figures:
    """Return every figure of the report, computed from its activity and post lines alone.

    Raises ValueError when a line names an agency that the report does not list, or when an agency's
    control totals are not those of its lines.
    """
    _check_control_totals(report)
    activities = report.activities
    total = tally("", activities)
    by_outcome = _largest_first(_by(activities, "main_outcome", report.outcome_order))
    by_tier = _by(activities, "tier", report.tier_order)
    when = ending(activities, report.heading.as_at)
    return Figures(
        total=total,
        by_agency=_by(activities, "agency", [line.agency for line in report.agencies]),
        by_outcome=by_outcome,
        by_tier=by_tier,
        by_agreement_type=_largest_first(_by(activities, "agreement_type")),
        by_sector=_largest_first(_by(activities, "provider_sector")),
        by_purpose=_by(activities, "purpose", report.purpose_order),
        outcome_by_tier=_cross(activities, _names(by_outcome), _names(by_tier)),
        staff=staff_tally("", report.posts),
        staff_by_agency=staffing_by_agency(report.posts, report.agencies),
        staff_by_stage=staffing_by_stage(report.posts, report.stage_order),
        posts_without_share=sum(post.commissioning_percent is None for post in report.posts),
        posts_without_cost=sum(post.cost is None for post in report.posts),
        largest=tuple(sorted(activities, key=lambda line: -(line.value or 0))[:LARGEST]),
        ending=when,
        answers=_answers(report.agencies),
        value_coverage=_money_coverage(total, report.agencies),
        activity_coverage=_coverage(
            total.activities - total.estimated_activities, total.estimated_activities, report.agencies
        ),
        staff_coverage=_staff_coverage(report),
        ending_coverage=_coverage(when.total.value - when.total.estimated, when.total.estimated, report.agencies),
    )


def _check_control_totals(report: Baseline) -> None:
    lines: dict[str, list[ActivityLine]] = defaultdict(list)
    for line in report.activities:
        lines[line.agency].append(line)
    staff = {row.name: row for row in staffing_by_agency(report.posts, report.agencies)}
    unknown = (lines.keys() | staff.keys()) - {agency.agency for agency in report.agencies}
    if unknown:
        raise ValueError(f"The baseline has lines of {min(unknown)!r}, which is not one of its agencies.")
    for agency in report.agencies:
        found, posts = tally("", lines[agency.agency]), staff[agency.agency]
        stated = (agency.activities, agency.value, agency.estimated_value)
        stated_staff = (agency.posts, Fraction(agency.fte), agency.staff_cost)
        if stated != (found.activities, found.value, found.estimated):
            raise ValueError(f"The activities of {agency.agency!r} do not add up to its totals.")
        if stated_staff != (posts.posts, posts.fte, posts.cost):
            raise ValueError(f"The posts of {agency.agency!r} do not add up to its totals.")


def _by(lines: Iterable[ActivityLine], field: str, order: Sequence[str] = ()) -> tuple[Tally, ...]:
    """Return a tally for each value of `field`: those of `order` first, then others by name, "" last if it occurs."""
    name_of: Callable[[ActivityLine], str] = attrgetter(field)
    groups: dict[str, list[ActivityLine]] = {name: [] for name in order}
    for line in lines:
        groups.setdefault(name_of(line), []).append(line)
    known = set(order)
    others = sorted((name for name in groups if name not in known), key=lambda name: (not name, name.casefold()))
    return tuple(tally(name, groups[name]) for name in [*dict.fromkeys(order), *others])


def _largest_first(tallies: Iterable[Tally]) -> tuple[Tally, ...]:
    """Sort by value, what is not given always last."""
    return tuple(sorted(tallies, key=lambda row: (not row.name, -row.value)))


def _names(tallies: Iterable[Tally]) -> tuple[str, ...]:
    return tuple(row.name for row in tallies)


def _cross(lines: Iterable[ActivityLine], rows: tuple[str, ...], columns: tuple[str, ...]) -> Cross:
    cells: dict[tuple[str, str], int] = defaultdict(int)
    for line in lines:
        cells[line.main_outcome, line.tier] += line.value or 0
    return Cross(rows, columns, tuple(tuple(cells[row, column] for column in columns) for row in rows))


def _answers(agencies: Iterable[AgencyLine]) -> Answers:
    asked = [line for line in agencies if line.state != "not sent"]
    answered = [line for line in asked if line.state in ANSWERED]
    waiting = [line for line in asked if line.state in ("sent", "chased")]
    return Answers(
        asked=len(asked),
        answered=len(answered),
        on_time=sum(line.days_late <= 0 for line in answered),
        excused=sum(line.state == "excused" for line in asked),
        late=sum(line.days_late > 0 for line in waiting),
        not_yet_due=sum(line.days_late <= 0 for line in waiting),
    )


def _money_coverage(total: Tally, agencies: Sequence[AgencyLine]) -> Coverage:
    last = [line.last_round_value for line in agencies if line.rests_on == "missing"]
    known = [value for value in last if value is not None]
    last_known = Fraction(sum(known)) if last and len(known) == len(last) else None
    return _coverage(total.value - total.estimated, total.estimated, agencies, last_known)


def _staff_coverage(report: Baseline) -> Coverage:
    estimated = {line.agency for line in report.agencies if line.rests_on == "estimated"}
    guessed = sum((Fraction(post.fte) for post in report.posts if post.agency in estimated), Fraction(0))
    whole = sum((Fraction(post.fte) for post in report.posts), Fraction(0))
    return _coverage(whole - guessed, guessed, report.agencies)


def _coverage(
    returned: int | Fraction,
    estimated: int | Fraction,
    agencies: Sequence[AgencyLine],
    last: Fraction | None = None,
) -> Coverage:
    missing = sum(line.rests_on == "missing" for line in agencies)
    return Coverage(Fraction(returned), Fraction(estimated), len(agencies), missing, last)
