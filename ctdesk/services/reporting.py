"""Printing the baseline report: the records of a round gathered into lines, figured and put on paper."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path

from ctdesk.analysis.baseline import baseline_figures
from ctdesk.domain import clock
from ctdesk.domain.baseline import ActivityLine, AgencyLine, Baseline, Basis, FindingLine, Heading, PostLine
from ctdesk.domain.definition import Value, Values
from ctdesk.domain.errors import DeskError
from ctdesk.domain.findings import Grade
from ctdesk.domain.held import number_in
from ctdesk.domain.records.round import ANSWERED
from ctdesk.services.desk import Desk
from ctdesk.services.intake import total_value
from ctdesk.services.kept_findings import open_findings
from ctdesk.services.newest_baseline import newest_baseline
from ctdesk.services.published_services import left_out, left_out_words
from ctdesk.services.requests import RequestView, requests_of, round_named


def print_baseline(desk: Desk, path: Path, *, round_name: str | None = None, agency_name: str | None = None) -> None:
    """Write the baseline report of a round, the newest if none is named, as PDF.

    Raises DeskError if there is no such round or agency, or the file cannot be written.
    """
    from ctdesk.reports.baseline import write_baseline

    report = gather(desk, round_name=round_name, agency_name=agency_name)
    write_baseline(report, baseline_figures(report), path)


def gather(desk: Desk, *, round_name: str | None = None, agency_name: str | None = None) -> Baseline:
    """Return everything a baseline report says of a round."""
    round_uid = _round(desk, round_name)
    requests = [r for r in requests_of(desk, round_uid) if agency_name is None or _is(desk, r, agency_name)]
    if not requests:
        raise DeskError(f"{agency_name} was not asked in this round; name an agency that was.")
    printed = clock.now()
    unpublished = left_out(desk)
    known = [_agency(desk, request, printed.date(), unpublished) for request in requests]
    first = requests[0]
    which = "All agencies, all activities" if agency_name is None else f"{first.agency} only"
    return Baseline(
        heading=Heading(
            trust=desk.setting("name"),
            round=first.round,
            as_at=first.as_at,
            due=first.due,
            filter=which + left_out_words([uid for own in known for uid in own.left_out]),
            printed=printed,
        ),
        agencies=tuple(own.line for own in known),
        activities=tuple(line for own in known for line in own.activities),
        posts=tuple(line for own in known for line in own.posts),
        findings=tuple(line for request in requests for line in _findings(desk, request, unpublished)),
        outcome_order=_order(desk, "outcome"),
        tier_order=_order(desk, "tier"),
        stage_order=_order(desk, "cycle_stage"),
        purpose_order=_order(desk, "purpose"),
    )


def _round(desk: Desk, name: str | None) -> str:
    if name is not None:
        return round_named(desk, name)
    newest = newest_baseline(desk)
    if newest is None:
        raise DeskError("No round has been started yet, so there is no baseline to report; start one first.")
    return newest[0]


def _is(desk: Desk, request: RequestView, name: str) -> bool:
    return desk.names["organisation"].find(name) == request.agency_uid


def _order(desk: Desk, name: str) -> tuple[str, ...]:
    return tuple(entry.label for entry in desk.lists.all(name))


@dataclass(frozen=True, slots=True)
class _Own:
    """One agency's lines in the report."""

    line: AgencyLine
    activities: tuple[ActivityLine, ...]
    posts: tuple[PostLine, ...]
    left_out: frozenset[str]


def _agency(desk: Desk, request: RequestView, today: date, unpublished: frozenset[str]) -> _Own:
    """Gather one agency: what it returned, or what the team estimated; what is only known from before is named."""
    held = desk.load("activity", agency=request.agency_uid)
    activities = [values for uid, values in held.items() if uid not in unpublished]
    posts = list(desk.load("post", agency=request.agency_uid).values())
    rests_on = _rests_on(request, activities)
    counted = _counted(activities, rests_on)
    staff = posts if rests_on != "missing" else []
    received = request.values.get("received_on")
    came = received if isinstance(received, date) else None
    line = AgencyLine(
        agency=request.agency,
        state=request.state,
        received=came,
        days_late=max(0, ((came or today) - request.due).days),
        open_findings=len(_open(desk, request, unpublished)),
        activities=len(counted),
        value=total_value(counted),
        estimated_value=total_value(values for values in counted if values.get("estimated")),
        last_round_value=total_value(activities) if rests_on == "missing" and activities else None,
        posts=len(staff),
        fte=sum((fte for values in staff if isinstance(fte := values.get("fte"), Decimal)), Decimal(0)),
        staff_cost=sum(cost for values in staff if isinstance(cost := values.get("annual_cost"), int)),
        rests_on=rests_on,
    )
    return _Own(
        line,
        tuple(_activity(desk, request.agency, values) for values in _by_reference(counted)),
        tuple(_post(desk, request.agency, values) for values in staff),
        unpublished & held.keys(),
    )


def _rests_on(request: RequestView, activities: Iterable[Values]) -> Basis:
    if request.state in ANSWERED:
        return "returned"
    return "estimated" if any(values.get("estimated") for values in activities) else "missing"


def _counted(activities: list[dict[str, Value]], rests_on: Basis) -> list[dict[str, Value]]:
    """Return the activities that count: none of a missing agency, only the team's estimates of one estimated."""
    if rests_on == "returned":
        return activities
    return [values for values in activities if values.get("estimated")]


def _by_reference(activities: list[dict[str, Value]]) -> list[dict[str, Value]]:
    return sorted(activities, key=lambda values: (str(values.get("reference") or ""), str(values.get("title") or "")))


def _activity(desk: Desk, agency: str, values: Mapping[str, Value]) -> ActivityLine:
    provider = values.get("provider")
    organisation = desk.organisations.get(str(provider), {})
    value, start, end = values.get("annual_value"), values.get("start"), values.get("end")
    return ActivityLine(
        reference=str(values.get("reference") or ""),
        title=str(values.get("title") or ""),
        agency=agency,
        provider=str(organisation.get("name") or ""),
        provider_sector=desk.word("sector", organisation.get("sector")),
        agreement_type=desk.word("agreement_type", values.get("agreement_type")),
        main_outcome=desk.word("outcome", values.get("main_outcome")),
        tier=desk.word("tier", values.get("tier")),
        purpose=desk.word("purpose", values.get("purpose")),
        age_from=number_in(values, "age_from"),
        age_to=number_in(values, "age_to"),
        start=start if isinstance(start, date) else None,
        end=end if isinstance(end, date) else None,
        open_ended=bool(values.get("open_ended")),
        value=value if isinstance(value, int) else None,
        estimated=bool(values.get("estimated")),
    )


def _post(desk: Desk, agency: str, values: Mapping[str, Value]) -> PostLine:
    fte, stages = values.get("fte"), values.get("cycle_stages")
    return PostLine(
        title=str(values.get("title") or ""),
        agency=agency,
        fte=fte if isinstance(fte, Decimal) else Decimal(0),
        commissioning_percent=number_in(values, "commissioning_percent"),
        cost=number_in(values, "annual_cost"),
        cycle_stages=tuple(desk.lists.label("cycle_stage", code) for code in stages)
        if isinstance(stages, tuple)
        else (),
    )


def _open(desk: Desk, request: RequestView, unpublished: frozenset[str]) -> list[Values]:
    """Return the questions open with an agency, but those about services that are left out: they name their sums."""
    found = open_findings(desk, request=request.uid).values()
    if not unpublished:
        return [*found]
    lines = desk.load_fields("funding_line", "activity").items()
    about = unpublished | {uid for uid, line in lines if line["activity"] in unpublished}
    return [finding for finding in found if finding["about"] not in about]


def _findings(desk: Desk, request: RequestView, unpublished: frozenset[str]) -> Iterable[FindingLine]:
    grades = [grade.value for grade in Grade]
    kept = sorted(_open(desk, request, unpublished), key=lambda f: grades.index(str(f["grade"])))
    for finding in kept:
        cells = tuple(str(finding.get("cells") or "").split())
        yield FindingLine(request.agency, Grade(str(finding["grade"])), str(finding["message"]), cells)
