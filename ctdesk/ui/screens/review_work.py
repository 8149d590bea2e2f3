"""The longer work of a review, done off the window's thread: open, compare again, apply, hold, hand back."""

import tempfile
from dataclasses import dataclass, field
from pathlib import Path

from ctdesk.domain.decisions import Decisions
from ctdesk.domain.errors import DeskError
from ctdesk.domain.records.round import RequestState
from ctdesk.services.decisions import apply_decisions, held, hold, open_held, review_again, write_held
from ctdesk.services.desk import Desk
from ctdesk.services.handing_back import hand_back
from ctdesk.services.receipt import Receipt
from ctdesk.services.receiving import Return, Wishes, receive, take_in
from ctdesk.services.review_lines import review_lines
from ctdesk.services.review_sheet import ReviewSheet
from ctdesk.services.stored_returns import open_stored, write_stored
from ctdesk.ui.places import Place

_ASK_AGAIN = {"password needed", "wrong password"}


@dataclass(slots=True)
class Review:
    """One return under review: what was read, what is decided, and how it is laid out."""

    receipt: Receipt
    returned: Return
    decisions: Decisions
    sheet: ReviewSheet
    applied: tuple[Receipt, Return] | None = field(default=None)


@dataclass(frozen=True, slots=True)
class Locked:
    """The file wants a password; the sentence says whether one was wrong."""

    place: Place
    sentence: str


def open_review(desk: Desk, place: Place, password: str | None) -> Review | Locked:
    """Read a file, or the return a request keeps, and lay it out. Raises DeskError in one sentence."""
    try:
        receipt, returned, decisions = _read(desk, place, password)
    except DeskError as fault:
        if getattr(fault, "reason", "") in _ASK_AGAIN:
            return Locked(place, str(fault))
        raise
    return Review(receipt, returned, decisions, review_lines(desk, receipt, returned, decisions))


def _read(desk: Desk, place: Place, password: str | None) -> tuple[Receipt, Return, Decisions]:
    if place.path is not None:
        receipt, returned = receive(desk, place.path, Wishes(password=password))
        waiting = held(desk, returned.request.uid)
        same = waiting is not None and waiting.name == place.path.name
        return receipt, returned, waiting.decisions if waiting is not None and same else Decisions()
    if held(desk, place.uid) is not None:
        return open_held(desk, place.uid, password=password)
    return (*open_stored(desk, place.uid, password=password), Decisions())


def look_again(desk: Desk, review: Review) -> Review:
    """Compare the return anew: the desk has changed, or rows or cells are to be read otherwise."""
    receipt, returned = review_again(desk, review.returned, review.decisions)
    sheet = review_lines(desk, receipt, returned, review.decisions)
    undone = returned.request.state not in {RequestState.QUERIED, RequestState.ACCEPTED}
    return Review(receipt, returned, review.decisions, sheet, None if undone else review.applied)


def apply_review(desk: Desk, review: Review) -> Review:
    """Apply what is accepted as one change set, after a backup, and compare what is left."""
    applied = apply_decisions(desk, review.returned, review.decisions)
    after = look_again(desk, review)
    after.applied = applied
    return after


def hold_review(desk: Desk, review: Review) -> None:
    """Keep the file and the decisions in the workspace."""
    hold(desk, review.returned, review.decisions)


def write_hand_back(desk: Desk, review: Review, folder: Path) -> Path:
    """Write the marked copy or the slip: after applying as it was applied, before as it is decided."""
    if review.applied is not None:
        return hand_back(desk, *review.applied, folder)
    wishes = Wishes(decisions=review.decisions, received=review.returned.received)
    return hand_back(desk, *take_in(desk, review.returned.book, review.returned.content, wishes), folder)


def workbook(desk: Desk, review: Review) -> Path:
    """Return a file to open: the one that came, or a copy of the one the workspace keeps."""
    path = review.returned.book.path
    if path.exists():
        return path
    folder = Path(tempfile.mkdtemp(prefix="ctdesk-"))
    uid = review.returned.request.uid
    return write_held(desk, uid, folder) if held(desk, uid) is not None else write_stored(desk, uid, folder)
