"""What waits for a person: the lines of the home page, in the order of what costs most when forgotten."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from ctdesk.db.listing import count_incomplete
from ctdesk.db.totals import totals
from ctdesk.domain.counting import counted
from ctdesk.domain.dates import add_months, date_text
from ctdesk.domain.findings import Grade
from ctdesk.domain.records.round import RequestState
from ctdesk.services import naming
from ctdesk.services.agreements import Agreement, Coming, MonthAhead, agreements, coming, months_ahead
from ctdesk.services.contracts import waiting
from ctdesk.services.desk import Desk
from ctdesk.services.figures import Figure, Lately, changed_lately, figures
from ctdesk.services.held_files import held_registers
from ctdesk.services.home_watching import watching_lines
from ctdesk.services.past import past
from ctdesk.services.todo_lines import TodoLine, TodoPlace
from ctdesk.services.tracker import Tracker, TrackerLine, newest_round
from ctdesk.services.upkeep import last_backup, second_place_problem

BACKUP_DAYS = 7
"""A backup older than this is worth a line, if anything was changed since."""

_MOST_DATES = 6
_COMPLETED = ("activity", "post", "agreement", "funding_line", "organisation", "team", "contact")


@dataclass(frozen=True, slots=True)
class HomePage:
    """Everything the home page shows; a workspace `is_new` until it has an activity."""

    todo: list[TodoLine]
    figures: list[Figure]
    lately: list[Lately]
    months: list[MonthAhead]
    is_new: bool


def home_page(desk: Desk, today: date) -> HomePage:
    """Return everything the home page shows, each record read once."""
    found, now = agreements(desk, today), newest_round(desk, today)
    return HomePage(
        todo=todo(desk, today, found, now),
        figures=figures(desk, today, found, now),
        lately=changed_lately(desk),
        months=months_ahead(desk, today, found),
        is_new=not totals(desk.workspace, "activity")[0].count,
    )


def todo(desk: Desk, today: date, found: list[Agreement] | None = None, now: Tracker | None = None) -> list[TodoLine]:
    """Return everything that waits but organisations that look alike, which take longer to find.

    The agreements and the newest round may be given where they have been read already.
    """
    now = now or newest_round(desk, today)
    found = agreements(desk, today) if found is None else found
    return [
        *(_round_lines(now, today) if now else ()),
        *_held_registers(desk, today),
        *_conflicts(desk, now, today),
        *watching_lines(desk, {it.uid: it.title for it in found if it.kind == "agreement"}, today),
        *_agreement_lines(desk, found, today),
        *_incomplete(desk),
        *_backup(desk, today),
        *_second_place(desk),
    ]


_TIDY = ("Tidy up", "")


def _round_lines(now: Tracker, today: date) -> Iterator[TodoLine]:
    """Yield the lines of the newest round: late, to send, to review, asked and not answered."""
    head = _head(now)
    place = TodoPlace("rounds", "round", now.round.uid)
    late = [line for line in now.lines if line.late]
    if late:
        yield TodoLine(
            *head,
            "dates",
            "late",
            f"{len(late)} late",
            "Agencies that have not answered",
            "Write chasers",
            place,
            hint=_states(late),
            age=f"{counted((today - now.round.due).days, 'day')} late",
            overdue=True,
        )
    not_sent = [line for line in now.lines if line.state is RequestState.NOT_SENT and not line.late]
    if not_sent:
        words = f"{len(not_sent)} not sent"
        yield TodoLine(*head, "request", "not_sent", words, "Workbooks that have not gone out", "Send", place)
    yield from _to_review(now, head, today)
    yield from _queried(now, head, today)


def _head(now: Tracker) -> tuple[str, str]:
    return f"Round {now.round.name}", f"due {date_text(now.round.due)}, {now.round.due_words}"


def _to_review(now: Tracker, head: tuple[str, str], today: date) -> Iterator[TodoLine]:
    waiting = _oldest_first(now, RequestState.RECEIVED)
    if waiting:
        badge = counted(len(waiting), "return")
        place = TodoPlace("review", "request", waiting[0].request)
        yield TodoLine(
            *head,
            "request",
            "received",
            badge,
            "Received and waiting for review",
            "Review next",
            place,
            hint=f"oldest: {waiting[0].agency}",
            age=_age(waiting[0].since, today),
        )


def _held_registers(desk: Desk, today: date) -> Iterator[TodoLine]:
    """Yield the line for registers whose review was put off."""
    held = held_registers(desk)
    if held:
        yield TodoLine(
            "Registers",
            "",
            "request",
            "received",
            counted(len(held), "register"),
            "Held for later, not adopted yet",
            "Review next",
            TodoPlace("adoption", "stored_file", held[-1].uid),
            hint=held[-1].name,
            age=_age(held[-1].since.astimezone().date(), today),
        )


def _queried(now: Tracker, head: tuple[str, str], today: date) -> Iterator[TodoLine]:
    queried = _oldest_first(now, RequestState.QUERIED)
    if queried:
        asked: Counter[str] = Counter()
        for line in queried:
            asked.update(line.findings)
        words = [f"{asked[grade]} {said}" for grade, said in _GRADES.items() if asked[grade]]
        yield TodoLine(
            *head,
            "request",
            "queried",
            f"{len(queried)} queried",
            "Questions sent back, no answer yet",
            "Open answers",
            TodoPlace("rounds", "round", now.round.uid, {"state": RequestState.QUERIED.value}),
            hint=", ".join(words),
            age=_age(queried[0].since, today),
        )


_GRADES = {Grade.MUST_FIX: "must fix", Grade.EXPLAIN: "to explain"}


def _oldest_first(now: Tracker, state: RequestState) -> list[TrackerLine]:
    return sorted((line for line in now.lines if line.state is state), key=lambda line: line.since or date.max)


def _conflicts(desk: Desk, now: Tracker | None, today: date) -> Iterator[TodoLine]:
    """Yield the line for values that both sides changed and nobody has decided."""
    kept = [it for it in desk.load("finding", rule="conflict").values() if not it["answered"]]
    if not kept:
        return
    head = _head(now) if now else ("Registers", "")
    requests = list(dict.fromkeys(str(it["request"]) for it in kept if it["request"]))
    lines = {line.request: line for line in now.lines} if now else {}
    badge = counted(len(kept), "conflict")
    first = lines.get(requests[0]) if requests else None
    place = TodoPlace("review", "request", requests[0]) if requests else TodoPlace("adoption")
    age = _age(first.since if first else None, today)
    yield TodoLine(*head, "row", "conflict", badge, f"Held in {_whose(requests, first)}", "Decide", place, age=age)


def _whose(requests: list[str], first: TrackerLine | None) -> str:
    if not requests:
        return "an adopted register"
    if len(requests) == 1:
        return f"the return of {first.agency}" if first else "a return of an earlier round"
    return f"the returns of {len(requests)} agencies"


def _agreement_lines(desk: Desk, found: list[Agreement], today: date) -> Iterator[TodoLine]:
    """Yield what is overdue, the dates of the next three months one by one, and one line for the year after."""
    year = coming(found, today, add_months(today, 12))
    within = {months: [it for it in year if it.day < add_months(today, months)] for months in (3, 6, 12)}
    head = ("Agreements", ", ".join(f"{len(dates)} dates in {months} months" for months, dates in within.items()))
    waits = waiting(desk, today)
    if waits:
        words, place = "Over-running, or to be decided on", TodoPlace("agreement", "agreement", "", {"waits": "yes"})
        badge = f"{len(waits)} waiting"
        yield TodoLine(*head, "agreement", "over-running", badge, words, "Look", place, overdue=True)
    for date_ in within[3][:_MOST_DATES]:
        yield _date_line(head, date_)
    rest = len(within[12]) - min(len(within[3]), _MOST_DATES)
    if rest:
        words = "Decision, notice and end dates within the year"
        yield TodoLine(*head, "dates", "decide_by", f"{rest} more", words, "Look", _all_dates(found, today))


def _all_dates(found: list[Agreement], today: date) -> TodoPlace:
    """Return where the dates of a year can be seen: in the calendar, or where there is no agreement in the list."""
    if any(it.kind == "agreement" for it in found):
        return TodoPlace("calendar", "agreement")
    until = add_months(today, 12)
    return TodoPlace("activity", "activity", "", {"end": f"{date_text(today)} to {date_text(until)}"})


_DATES = {
    "decide_by": ("dates", "decide_by", "Decide by"),
    "notice_by": ("dates", "notice_by", "Notice by"),
    "ends": ("agreement", "ending", "Ends"),
}
"""How each sort of date is shown: its set of states, its state, its words."""


def _date_line(head: tuple[str, str], date_: Coming) -> TodoLine:
    agreement = date_.agreement
    hint = f"ends {date_text(agreement.end)}" if date_.what != "ends" and agreement.end else ""
    return TodoLine(
        *head,
        *_DATES[date_.what],
        f"{agreement.title} {agreement.reference}".strip(),
        "Open",
        TodoPlace("record", agreement.kind, agreement.uid),
        hint=hint,
        age=date_text(date_.day),
    )


def _incomplete(desk: Desk) -> Iterator[TodoLine]:
    """Yield the line for records that lack a value they must have."""
    counts = {kind: count_incomplete(desk.workspace, kind) for kind in _COMPLETED}
    lacking = {kind: count for kind, count in counts.items() if count}
    if lacking:
        total = sum(lacking.values())
        first = next(iter(lacking))
        badge = counted(total, "record")
        hint = ", ".join(naming.counted(kind, count) for kind, count in lacking.items())
        place = TodoPlace(first, first, "", {"missing": "required"})
        yield TodoLine(*_TIDY, "finding", "must_fix", badge, "Without a value they must have", "Complete", place, hint)


def _backup(desk: Desk, today: date) -> Iterator[TodoLine]:
    """Yield the line for a backup that is old, if anything was changed since."""
    made = last_backup(desk)
    newest = past(desk)[0].when
    if desk.workspace.read_only or (made is not None and made >= newest):
        return
    days = (today - made.astimezone().date()).days if made else None
    if days is None or days > BACKUP_DAYS:
        age = "none yet" if days is None else f"{counted(days, 'day')} old"
        place = TodoPlace("settings", "backup")
        yield TodoLine(*_TIDY, "dates", "late", "Backup", "The last backup is old", "Back up", place, age=age)


def _second_place(desk: Desk) -> Iterator[TodoLine]:
    """Yield the line for a second place of backups that cannot be reached, or lacks the newest."""
    if problem := second_place_problem(desk):
        place = TodoPlace("settings", "backup")
        yield TodoLine(*_TIDY, "dates", "late", "Backup", "Backups lack their second place", "Look", place, problem)


def _states(lines: list[TrackerLine]) -> str:
    counts = Counter(line.state.value for line in lines)
    return ", ".join(f"{count} {state}" for state, count in counts.most_common())


def _age(since: date | None, today: date) -> str:
    return counted((today - since).days, "day") if since else ""
