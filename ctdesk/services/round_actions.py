"""What is done to the requests of a round by hand: chased, excused, asked after all, given more time."""

from collections.abc import Sequence
from datetime import date
from pathlib import Path

from ctdesk.domain.changes import Action, ChangeSet, RecordChange, present, updated
from ctdesk.domain.counting import counted
from ctdesk.domain.dates import date_text
from ctdesk.domain.definition import Value
from ctdesk.domain.errors import DeskError
from ctdesk.domain.records.round import ANSWERED, RequestState
from ctdesk.services.desk import Desk
from ctdesk.services.exporting import write_text
from ctdesk.services.folders import make_folder
from ctdesk.services.requests import RequestView, request_view
from ctdesk.services.sending import chaser, chaser_path

_MARKS = frozenset({RequestState.CHASED, RequestState.EXCUSED, RequestState.SENT, RequestState.NOT_SENT})
"""States that are given by hand; the others come with a return."""


def mark(desk: Desk, requests: Sequence[str], state: RequestState, today: date, note: str = "") -> ChangeSet | None:
    """Mark requests as chased or excused, or take such a mark back; None if they stand so already.

    Raises DeskError if one has been answered already or, to be chased, was never sent.
    """
    if state not in _MARKS:
        raise ValueError(f"A request becomes {state} by what comes back, not by hand.")
    views = _views(desk, requests)
    for view in views:
        _refuse_mark(view, state)
    after: dict[str, Value] = {"state": state.value}
    if state is RequestState.CHASED:
        after["chased_on"] = today
    if note:
        after["note"] = note
    changes = present(updated("request", view.uid, view.values, after) for view in views)
    return _apply(desk, changes, f"Mark as {state.value}", views) if changes else None


def ask_after_all(desk: Desk, requests: Sequence[str]) -> ChangeSet | None:
    """Take back that these requests were excused."""
    views = _views(desk, requests)
    excused = [view for view in views if view.state is RequestState.EXCUSED]
    states = {view.uid: RequestState.SENT if view.issue else RequestState.NOT_SENT for view in excused}
    changes = present(updated("request", v.uid, v.values, {"state": states[v.uid].value}) for v in excused)
    return _apply(desk, changes, "Ask after all", excused) if changes else None


def move_due_date(desk: Desk, round_uid: str, due: date) -> ChangeSet | None:
    """Give a round another due date; None if it is that already, DeskError if it is before the as-at date."""
    values = desk.load_some("round", [round_uid])[round_uid]
    as_at = values.get("as_at")
    if isinstance(as_at, date) and due < as_at:
        raise DeskError(f"{date_text(due)} is before the as-at date, {date_text(as_at)}; choose a later day.")
    change = updated("round", round_uid, values, {"due": due})
    if change is None:
        return None
    return desk.apply(Action.ROUND, f"{values['name']}: due back {date_text(due)}", [change])


def write_chasers(desk: Desk, requests: Sequence[str], folder: Path, today: date) -> list[Path]:
    """Write a reminder for each request into a folder, mark them as chased, and return the files.

    Raises DeskError if the folder cannot be written, or one was answered already or never sent.
    """
    views = _views(desk, requests)
    for view in views:
        _refuse_mark(view, RequestState.CHASED)
    make_folder(folder)
    paths = []
    for view in views:
        path = chaser_path(folder, view)
        write_text(path, chaser(desk, view))
        paths.append(path)
    mark(desk, requests, RequestState.CHASED, today)
    return paths


def _views(desk: Desk, requests: Sequence[str]) -> list[RequestView]:
    views = [view for uid in requests if (view := request_view(desk, uid)) is not None]
    if len(views) != len(requests) or not views:
        raise DeskError("One of these requests has been deleted meanwhile; choose again.")
    return views


def _refuse_mark(view: RequestView, state: RequestState) -> None:
    if view.state in ANSWERED:
        raise DeskError(f"{view.agency} has answered already, so it cannot be marked as {state.value}.")
    if state in {RequestState.CHASED, RequestState.SENT} and not view.issue:
        raise DeskError(f"{view.agency} has not been sent its workbook yet; send it first.")
    if state is RequestState.NOT_SENT and view.issue:
        raise DeskError(f"{view.agency} has been sent its workbook; mark it as sent instead.")


def _apply(desk: Desk, changes: Sequence[RecordChange], what: str, views: Sequence[RequestView]) -> ChangeSet:
    who = views[0].agency if len(views) == 1 else counted(len(views), "agency", "agencies")
    return desk.apply(Action.ROUND, f"{views[0].round}: {what}: {who}", changes)
