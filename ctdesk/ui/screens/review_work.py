"""The longer work on a return, done off the window's thread: open, compare again, apply, hold, hand back."""

import tempfile
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from ctdesk.domain.dates import date_text
from ctdesk.domain.decisions import Decisions
from ctdesk.domain.errors import DeskError
from ctdesk.domain.records.round import RequestState
from ctdesk.returns.sheets import Book
from ctdesk.services.decisions import apply_decisions, held, hold, open_held, review_again, write_held
from ctdesk.services.desk import Desk
from ctdesk.services.handing_back import hand_back
from ctdesk.services.receipt import Receipt
from ctdesk.services.receiving import Return, Wishes, receive, take_in
from ctdesk.services.review_lines import review_lines
from ctdesk.services.stored_returns import open_stored, write_stored
from ctdesk.ui.places import Place
from ctdesk.ui.screens.review_kinds import Review, ReviewWords

_ASK_AGAIN = {"password needed", "wrong password"}


@dataclass(slots=True)
class ReturnReview(Review):
    """A return under review; `handed_in` is what applying it came to."""

    returned: Return
    handed_in: tuple[Receipt, Return] | None = field(default=None)

    @property
    def words(self) -> ReviewWords:
        """How it is spoken of."""
        sent = self.returned.request.values.get("sent_on")
        return ReviewWords(
            title=f"Return of {self.receipt.agency}",
            back=self.receipt.round,
            file="Open the workbook",
            theirs="In the return",
            teller="the agency’s value",
            base=f"as sent {date_text(sent)}" if isinstance(sent, date) else "as sent",
            money="Annual value of this agency",
            state=self.returned.request.state.value,
        )

    @property
    def of(self) -> Book:
        """The file as it was read."""
        return self.returned.book

    def said(self) -> str:
        """Return the decisions."""
        return self.decisions.to_json()

    @property
    def applied(self) -> Receipt | None:
        """What applying it came to, once it was."""
        return self.handed_in[0] if self.handed_in else None

    def look_again(self, desk: Desk) -> "ReturnReview":
        """Compare the return anew."""
        receipt, returned = review_again(desk, self.returned, self.decisions)
        sheet = review_lines(desk, receipt, returned, self.decisions)
        undone = returned.request.state not in {RequestState.QUERIED, RequestState.ACCEPTED}
        return ReturnReview(receipt, self.decisions, sheet, returned, None if undone else self.handed_in)

    def apply(self, desk: Desk) -> "ReturnReview":
        """Apply what is accepted, and compare what is left."""
        handed_in = apply_decisions(desk, self.returned, self.decisions)
        after = self.look_again(desk)
        after.handed_in = handed_in
        return after

    def hold(self, desk: Desk) -> None:
        """Keep the file and the decisions with the request."""
        hold(desk, self.returned, self.decisions)

    def file(self, desk: Desk) -> Path:
        """Return the workbook that came, or a copy of it."""
        path = self.returned.book.path
        if path.exists():
            return path
        folder = Path(tempfile.mkdtemp(prefix="ctdesk-"))
        uid = self.returned.request.uid
        return write_held(desk, uid, folder) if held(desk, uid) is not None else write_stored(desk, uid, folder)

    def hand_back(self, desk: Desk, folder: Path) -> Path:
        """Write the marked copy or the slip: after applying as it was applied, before as it is decided."""
        if self.handed_in is not None:
            return hand_back(desk, *self.handed_in, folder)
        wishes = Wishes(decisions=self.decisions, received=self.returned.received)
        return hand_back(desk, *take_in(desk, self.returned.book, self.returned.content, wishes), folder)


@dataclass(frozen=True, slots=True)
class Locked:
    """The file wants a password; the sentence says whether one was wrong."""

    place: Place
    sentence: str


def open_review(
    desk: Desk, place: Place, password: str | None, said_of: Callable[[str], str] = lambda _: ""
) -> ReturnReview | Locked:
    """Read a file, or the return a request keeps, and lay it out. Raises DeskError in one sentence.

    `said_of` gives what was decided on a file, by its fingerprint, before the program ended in the middle of it.
    """
    try:
        receipt, returned, decisions = _read(desk, place, password)
        if said := said_of(returned.book.sha256):
            decisions = Decisions.from_json(said)
            receipt, returned = review_again(desk, returned, decisions)
    except DeskError as fault:
        if getattr(fault, "reason", "") in _ASK_AGAIN:
            return Locked(place, str(fault))
        raise
    return ReturnReview(receipt, decisions, review_lines(desk, receipt, returned, decisions), returned)


def _read(desk: Desk, place: Place, password: str | None) -> tuple[Receipt, Return, Decisions]:
    if place.path is not None:
        receipt, returned = receive(desk, place.path, Wishes(password=password))
        waiting = held(desk, returned.request.uid)
        same = waiting is not None and waiting.name == place.path.name
        return receipt, returned, waiting.decisions if waiting is not None and same else Decisions()
    if held(desk, place.uid) is not None:
        return open_held(desk, place.uid, password=password)
    return (*open_stored(desk, place.uid, password=password), Decisions())
