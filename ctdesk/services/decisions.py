"""Deciding on a return: looked at again, applied as decided, or held for later with what was decided so far."""

import tempfile
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from ctdesk.domain.changes import Action, ChangeSet, present, updated
from ctdesk.domain.decisions import Decisions
from ctdesk.domain.definition import Value
from ctdesk.domain.errors import DeskError
from ctdesk.domain.records.round import FilePurpose, RequestState
from ctdesk.returns.reader import read_book
from ctdesk.services.desk import Desk
from ctdesk.services.held_files import held_files, let_go_of_held
from ctdesk.services.kept_files import bytes_of, keep_file, write_kept
from ctdesk.services.receipt import Receipt
from ctdesk.services.receiving import Return, Wishes, take_in

_NOT_HELD = "There is no return held for this request; receive its file again."


@dataclass(frozen=True, slots=True)
class Held:
    """A return that waits for its review: the file's own name, when it came, and what was decided so far."""

    request: str
    name: str
    received: date | None
    decisions: Decisions


def review_again(desk: Desk, returned: Return, decisions: Decisions) -> tuple[Receipt, Return]:
    """Review a return afresh after what was said to its matches, names and doubtful cells; nothing is altered.

    Fields and rows that are declined are compared all the same, so that they can be shown and taken after all.
    """
    wishes = Wishes(decisions=decisions.for_comparing(), received=returned.received)
    return take_in(desk, returned.book, returned.content, wishes)


def apply_decisions(desk: Desk, returned: Return, decisions: Decisions) -> tuple[Receipt, Return]:
    """Apply a return as decided, as one change set; what is not decided stays held as questions."""
    wishes = Wishes(apply=True, decisions=decisions, received=returned.received)
    return take_in(desk, returned.book, returned.content, wishes)


def hold(desk: Desk, returned: Return, decisions: Decisions) -> ChangeSet:
    """Keep a return and the decisions so far in the workspace, to go on with later."""
    request = returned.request
    files: dict[str, bytes] = {}
    of: dict[str, Value] = {"request": request.uid, "issue": returned.issue}
    after: dict[str, Value] = {
        "state": RequestState.RECEIVED.value,
        "received_on": request.values.get("received_on") or returned.received,
        "accepted_on": None,
    }
    now = desk.load_some("request", [request.uid])[request.uid]
    changes = [
        *let_go_of_held(desk, request=request.uid),
        keep_file(returned.content(), returned.book.path.name, FilePurpose.HELD_RETURN, files, **of),
        keep_file(decisions.to_json().encode(), "decisions.json", FilePurpose.DECISIONS, files, **of),
        *present([updated("request", request.uid, now, after)]),
    ]
    title = f"Hold the return of {request.agency} for {request.round}"
    return desk.apply(Action.EDIT, title, changes, files=files)


def held(desk: Desk, request: str) -> Held | None:
    """Return the return that a request holds for later, or None."""
    files = held_files(desk, request)
    if FilePurpose.HELD_RETURN.value not in files:
        return None
    kept = files.get(FilePurpose.DECISIONS.value)
    text = bytes_of(desk, kept).decode() if kept else ""
    received = desk.load_some("request", [request])[request].get("received_on")
    return Held(
        request=request,
        name=str(files[FilePurpose.HELD_RETURN.value]["name"]),
        received=received if isinstance(received, date) else None,
        decisions=Decisions.from_json(text) if text else Decisions(),
    )


def open_held(desk: Desk, request: str, *, password: str | None = None) -> tuple[Receipt, Return, Decisions]:
    """Take up a held return again; DeskError if the request holds none, or the file cannot be read."""
    waiting = held(desk, request)
    if waiting is None:
        raise DeskError(_NOT_HELD)
    content = bytes_of(desk, _held_file(desk, request))
    with tempfile.TemporaryDirectory() as folder:
        book = read_book(write_held(desk, request, Path(folder)), password=password)
    wishes = Wishes(decisions=waiting.decisions.for_comparing(), received=waiting.received)
    receipt, returned = take_in(desk, book, lambda: content, wishes)
    return receipt, returned, waiting.decisions


def write_held(desk: Desk, request: str, folder: Path) -> Path:
    """Write the file of a held return into a folder, so that it can be opened, and return its path."""
    return write_kept(desk, _held_file(desk, request), folder)


def _held_file(desk: Desk, request: str) -> dict[str, Value]:
    files = held_files(desk, request)
    if FilePurpose.HELD_RETURN.value not in files:
        raise DeskError(_NOT_HELD)
    return files[FilePurpose.HELD_RETURN.value]
