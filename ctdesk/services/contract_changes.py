"""What is done with agreements: extensions decided on, early ends, successors; each is one change set."""

from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta

from ctdesk.domain.agreement_term import current_end
from ctdesk.domain.changes import Action, ChangeSet, created, present, updated
from ctdesk.domain.dates import add_months, date_text
from ctdesk.domain.definition import DEFINITIONS, Value, Values
from ctdesk.domain.errors import DeskError
from ctdesk.domain.held import day_in
from ctdesk.domain.records.agreement import BOUGHT
from ctdesk.domain.records.agreement_terms import ExtensionState
from ctdesk.services.contracts import parts_of
from ctdesk.services.desk import Desk
from ctdesk.services.documents import agreement_called
from ctdesk.services.faults import must_hold
from ctdesk.services.records import record

_SUCCESSOR_TAKES = (
    "title",
    "type",
    "description",
    "framework",
    "activities",
    "agency",
    "department",
    "manager",
    "manager_email",
    "notice_months",
    "route",
    "lead_weeks",
    "annual_value",
    "total_value",
    "payment_terms",
    "tier",
    "review_months",
    "main_outcome",
    "other_outcomes",
    "outcomes_sought",
    "termination_terms",
    "data_protection",
)
"""What the draft of a successor takes over."""


def decide_extension(desk: Desk, extension: str, state: ExtensionState, on: date, decision: str = "") -> ChangeSet:
    """Exercise or decline a drafted extension on a day, with what was decided; only exercising moves the end.

    Raises DeskError if it has been decided already, or one before it is still a draft.
    """
    held = record(desk, "extension", extension)
    if held.get("state") != ExtensionState.DRAFTED:
        raise DeskError(f"Extension {held.get('number')} is {held.get('state')} already.")
    agreement = str(held["agreement"])
    if state is ExtensionState.EXERCISED:
        _refuse_out_of_turn(desk, agreement, held)
    after: dict[str, Value] = {"state": state.value, "decided_on": on, "decision": decision.strip() or None}
    must_hold(DEFINITIONS["extension"], {**held, **after}, after)
    done = "Exercise" if state is ExtensionState.EXERCISED else "Decline"
    title = f"{done} extension {held.get('number')} of {agreement_called(desk, agreement)}"
    return desk.apply(Action.EDIT, title, present([updated("extension", extension, held, after)]), why=decision)


def next_extension(desk: Desk, agreement: str) -> str | None:
    """Return the drafted extension to decide on first, or None if there is none."""
    drafts = desk.load("extension", agreement=agreement, state=ExtensionState.DRAFTED.value)
    return min(drafts, key=lambda uid: _number(drafts[uid]), default=None)


def record_decision(desk: Desk, agreement: str, plan: str, words: str, on: date) -> ChangeSet:
    """Keep what was decided about an agreement’s end: its plan, and the decision itself as a note of the day."""
    held = record(desk, "agreement", agreement)
    note: dict[str, Value] = {
        "about_kind": "agreement",
        "about": agreement,
        "words": f"Decided on {date_text(on)}: {plan}. {words.strip()}".strip(),
        "who": desk.who,
        "written_on": datetime.now(UTC),
    }
    must_hold(DEFINITIONS["note"], note, note)
    changes = present([updated("agreement", agreement, held, {"plan_at_end": plan}), created("note", note)])
    return desk.apply(Action.EDIT, f"Decision on {agreement_called(desk, agreement)}: {plan}", changes, why=words)


def terminate(
    desk: Desk,
    agreement: str,
    last_day: date,
    *,
    notice_given_on: date,
    reason: str,
    plan: str,
    settled: int | None = None,
) -> ChangeSet:
    """End an agreement early: its last day, the notice given, the reason, and the plan for those who use it.

    `settled` are the pence that both sides agreed for the whole term, None to work them out from the months left.
    Raises DeskError if one of the others is missing or notice comes after the end.
    """
    held = record(desk, "agreement", agreement)
    after: dict[str, Value] = {
        "terminated_on": last_day,
        "notice_given_on": notice_given_on,
        "termination_reason": reason.strip() or None,
        "termination_plan": plan.strip() or None,
        "final_value": settled,
    }
    start = day_in(held, "start")
    if notice_given_on > last_day or (start is not None and last_day < start):
        raise DeskError(f"The last day, {date_text(last_day)}, comes before the notice or before the start.")
    must_hold(DEFINITIONS["agreement"], {**held, **after}, after)
    title = f"End {agreement_called(desk, agreement)} early on {date_text(last_day)}"
    return desk.apply(Action.EDIT, title, present([updated("agreement", agreement, held, after)]), why=reason)


def draft_successor(desk: Desk, agreement: str, today: date) -> str:
    """Draft the agreement that is to follow, from the day after the current end, and return its uid.

    Raises DeskError if there is one already, or the agreement has no end.
    """
    parts = parts_of(desk, agreement)
    end = current_end(parts, today)
    if parts.successor is not None:
        raise DeskError("There is a successor already; open it instead.")
    if end is None:
        raise DeskError("It has no end date, so nothing can follow it; give it one first.")
    draft = created("agreement", _successor(parts.values, end.day))
    link = updated("agreement", agreement, parts.values, {"successor": draft.uid})
    desk.apply(Action.EDIT, f"Draft a successor of {agreement_called(desk, agreement)}", present([draft, link]))
    return draft.uid


def _successor(values: Values, end: date) -> Mapping[str, Value]:
    taken: dict[str, Value] = {name: values.get(name) for name in _SUCCESSOR_TAKES}
    if values.get("type") not in BOUGHT:
        taken["provider"] = values.get("provider")
    first, start, last = end + timedelta(days=1), day_in(values, "start"), day_in(values, "end")
    taken["start"] = first
    if start is not None and last is not None:
        taken["end"] = _same_length(start, last, first)
    return taken


def _same_length(start: date, last: date, first: date) -> date:
    """Return the last day of a term that begins on `first` and is as long as that from `start` to `last`."""
    after = last + timedelta(days=1)
    months = (after.year - start.year) * 12 + after.month - start.month
    rest = (after - add_months(start, months)).days
    return add_months(first, months) + timedelta(days=rest - 1)


def _refuse_out_of_turn(desk: Desk, agreement: str, extension: Values) -> None:
    earlier = [
        it
        for it in parts_of(desk, agreement).extensions
        if it.get("state") == ExtensionState.DRAFTED and _number(it) < _number(extension)
    ]
    if earlier:
        raise DeskError(f"Decide on extension {_number(earlier[0])} first; it comes before this one.")


def _number(extension: Values) -> int:
    number = extension.get("number")
    return number if isinstance(number, int) else 0
