"""Following a round: who has answered, who is late, and what is to be done next with each agency."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from ctdesk.db.totals import rows_by_agency
from ctdesk.domain.counting import counted
from ctdesk.domain.definition import Value
from ctdesk.domain.errors import DeskError
from ctdesk.domain.records.round import ANSWERED, Collects, RequestState
from ctdesk.services.desk import Desk
from ctdesk.services.requests import RequestView, requests_of

GROUPS = (
    "Late, not answered",
    "Received, waiting for review",
    "Queried, waiting for answers",
    "Not answered yet, still in time",
    "Accepted",
    "Excused",
)
"""The groups of the tracker in the order of their urgency."""

_GROUP_OF = {
    RequestState.RECEIVED: GROUPS[1],
    RequestState.QUERIED: GROUPS[2],
    RequestState.ACCEPTED: GROUPS[4],
    RequestState.EXCUSED: GROUPS[5],
}
_NEXT = {
    RequestState.NOT_SENT: ("send", "Send"),
    RequestState.SENT: ("receive", "Receive return"),
    RequestState.CHASED: ("receive", "Receive return"),
    RequestState.RECEIVED: ("review", "Review"),
    RequestState.QUERIED: ("questions", "See questions"),
    RequestState.ACCEPTED: ("open", "Open"),
    RequestState.EXCUSED: ("ask", "Ask after all"),
}
_SINCE = {
    RequestState.SENT: "sent_on",
    RequestState.CHASED: "chased_on",
    RequestState.RECEIVED: "received_on",
    RequestState.QUERIED: "received_on",
    RequestState.ACCEPTED: "accepted_on",
}


@dataclass(frozen=True, slots=True)
class TrackerLine:
    """One agency's part of a round.

    `days` counts from the due date to the day it came, or to today: below nought is early, None is not counted.
    `late` says that the answer is still missing after the due date. `findings` are the open ones by grade.
    `next_key` is send, chase, receive, review, questions, open or ask; `next` says the same to a person.
    """

    request: str
    agency_uid: str
    agency: str
    state: RequestState
    since: date | None
    days: int | None
    against_due: str
    late: bool
    rows: int
    findings: Mapping[str, int]
    contact: str
    email: str
    note: str
    group: str
    next_key: str
    next: str


@dataclass(frozen=True, slots=True)
class Summary:
    """How a round stands: the agencies asked, expected (without the excused), answered, in time and late."""

    asked: int
    expected: int
    excused: int
    answered: int
    on_time: int
    late: int
    states: Mapping[RequestState, int]


@dataclass(frozen=True, slots=True)
class RoundLine:
    """One round and how it stands; `due_words` are like *10 days ago*."""

    uid: str
    name: str
    as_at: date
    due: date
    due_words: str
    message: str
    summary: Summary


@dataclass(frozen=True, slots=True)
class Tracker:
    """One round, agency by agency, the most urgent first; `previous` is how the round before it ended."""

    round: RoundLine
    lines: tuple[TrackerLine, ...]
    previous: RoundLine | None


def rounds(desk: Desk, today: date) -> list[RoundLine]:
    """Return every baseline round with how it stands, the newest first."""
    held = {uid: values for uid, values in desk.load("round").items() if values["collects"] != Collects.MONITORING}
    found = [_round(uid, values, requests_of(desk, uid), today) for uid, values in held.items()]
    return sorted(found, key=lambda line: (line.as_at, line.uid), reverse=True)


def tracker(desk: Desk, round_uid: str, today: date) -> Tracker:
    """Return one round agency by agency; DeskError if it has been deleted."""
    listed = rounds(desk, today)
    at = next((at for at, line in enumerate(listed) if line.uid == round_uid), None)
    if at is None:
        raise DeskError("This round has been deleted meanwhile; choose another.")
    rows, contacts, findings = rows_by_agency(desk.workspace), _contacts(desk), _findings(desk)
    lines = [
        _line(request, today, rows[request.agency_uid], contacts.get(request.agency_uid), findings.get(request.uid))
        for request in requests_of(desk, round_uid)
    ]
    lines.sort(key=lambda line: (GROUPS.index(line.group), -(line.days or 0), line.agency.casefold()))
    return Tracker(listed[at], tuple(lines), listed[at + 1] if at + 1 < len(listed) else None)


def newest_round(desk: Desk, today: date) -> Tracker | None:
    """Return the newest round agency by agency, or None if none has been started."""
    listed = rounds(desk, today)
    return tracker(desk, listed[0].uid, today) if listed else None


def due_words(due: date, today: date) -> str:
    """Return how far off a due date is: in 3 days, today, 10 days ago."""
    days = (today - due).days
    if not days:
        return "today"
    return f"{counted(days, 'day')} ago" if days > 0 else f"in {counted(-days, 'day')}"


def _round(uid: str, values: Mapping[str, Value], requests: Sequence[RequestView], today: date) -> RoundLine:
    as_at, due = values["as_at"], values["due"]
    assert isinstance(as_at, date) and isinstance(due, date)  # noqa: S101, PT018 - a round is not made without them
    message = str(values.get("message") or "")
    return RoundLine(uid, str(values["name"]), as_at, due, due_words(due, today), message, _summary(requests, today))


def _summary(requests: Iterable[RequestView], today: date) -> Summary:
    requests = list(requests)
    states = Counter(request.state for request in requests)
    answered = [request for request in requests if request.state in ANSWERED]
    excused = states[RequestState.EXCUSED]
    return Summary(
        asked=len(requests),
        expected=len(requests) - excused,
        excused=excused,
        answered=len(answered),
        on_time=sum(1 for request in answered if (_came(request) or request.due) <= request.due),
        late=sum(1 for request in requests if _is_late(request, today)),
        states={state: states[state] for state in RequestState},
    )


def _line(
    request: RequestView,
    today: date,
    rows: int,
    contact: Mapping[str, Value] | None,
    findings: Mapping[str, int] | None,
) -> TrackerLine:
    days, late = _days_against(request, today), _is_late(request, today)
    chase = late and request.state is not RequestState.NOT_SENT
    key, words = (
        ("chase", "Chase again" if request.state is RequestState.CHASED else "Write chaser")
        if chase
        else _NEXT[request.state]
    )
    contact = contact or {}
    return TrackerLine(
        request=request.uid,
        agency_uid=request.agency_uid,
        agency=request.agency,
        state=request.state,
        since=_since(request),
        days=days,
        against_due=_against_due(request, days),
        late=late,
        rows=rows,
        findings=findings or {},
        contact=str(contact.get("name") or contact.get("role") or ""),
        email=str(contact.get("email") or ""),
        note=str(request.values.get("note") or ""),
        group=GROUPS[0] if late else _GROUP_OF.get(request.state, GROUPS[3]),
        next_key=key,
        next=words,
    )


def _is_late(request: RequestView, today: date) -> bool:
    return request.state not in ANSWERED and request.state is not RequestState.EXCUSED and today > request.due


def _came(request: RequestView) -> date | None:
    came = request.values.get("received_on")
    return came if isinstance(came, date) else None


def _since(request: RequestView) -> date | None:
    """Return the day on which a request came into its state, where that is kept."""
    day = request.values.get(_SINCE.get(request.state, ""))
    return day if isinstance(day, date) else None


def _days_against(request: RequestView, today: date) -> int | None:
    if request.state is RequestState.EXCUSED:
        return None
    day = _came(request) if request.state in ANSWERED else today
    return (day - request.due).days if day else None


def _against_due(request: RequestView, days: int | None) -> str:
    if days is None:
        return "–"
    if request.state in ANSWERED:
        return against_due(days)
    if not days:
        return "due today"
    return f"{counted(days, 'day')} late" if days > 0 else f"{counted(-days, 'day')} left"


def against_due(days: int) -> str:
    """Return how an answer that came so many days after the due date stands to it: 3 days late, 2 days early."""
    if not days:
        return "on the day"
    return f"{counted(days, 'day')} late" if days > 0 else f"{counted(-days, 'day')} early"


def _contacts(desk: Desk) -> dict[str, dict[str, Value]]:
    """Return whom to write to at each agency: who is named for returns, or else the first."""
    contacts = sorted(desk.load("contact").values(), key=lambda values: not values.get("for_returns"))
    chosen: dict[str, dict[str, Value]] = {}
    for values in contacts:
        chosen.setdefault(str(values["agency"]), values)
    return chosen


def _findings(desk: Desk) -> dict[str, Counter[str]]:
    found: dict[str, Counter[str]] = {}
    for values in desk.load_fields("finding", "request", "grade", "answered").values():
        if values["request"] and not values["answered"]:
            found.setdefault(str(values["request"]), Counter())[str(values["grade"])] += 1
    return found
