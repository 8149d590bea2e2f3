"""The longer work on a register, done off the window's thread: compare, apply, hold."""

import tempfile
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from pathlib import Path

from ctdesk.domain.definition import DEFINITIONS
from ctdesk.returns.adoption import Register
from ctdesk.returns.sheets import Book
from ctdesk.services.adopting import AdoptionWishes, adopt_book
from ctdesk.services.adoption_review import adoption_lines
from ctdesk.services.desk import Desk
from ctdesk.services.faults import plain
from ctdesk.services.held_registers import hold_register, wishes_to_json
from ctdesk.services.intake import MONEY
from ctdesk.services.receipt import Receipt
from ctdesk.ui.screens.review_kinds import Review, ReviewWords


@dataclass(slots=True)
class RegisterReview(Review):
    """A register under review; `content` gives the bytes of its file, `taken` what applying it came to."""

    book: Book
    content: Callable[[], bytes]
    wishes: AdoptionWishes
    register: Register
    taken: Receipt | None = field(default=None)

    @property
    def words(self) -> ReviewWords:
        """How it is spoken of."""
        several = self.receipt.agency.endswith(" agencies")
        return ReviewWords(
            title=f"Register of {self.receipt.agency}",
            back="Columns and values",
            file="Open the file",
            theirs="In the register",
            teller="the register’s value",
            base="when last adopted",
            money=f"{self._sum} of {'these agencies' if several else 'this agency'}",
        )

    @property
    def _sum(self) -> str:
        """What the sum of this kind of record is called."""
        name = MONEY.get(self.register.kind)
        return plain(DEFINITIONS[self.register.kind][name]) if name else ""

    @property
    def of(self) -> Book:
        """The file as it was read."""
        return self.book

    def said(self) -> str:
        """Return what was said of the columns, and the decisions."""
        return wishes_to_json(self.wishes)

    @property
    def applied(self) -> Receipt | None:
        """What applying it came to, once it was."""
        return self.taken

    def look_again(self, desk: Desk) -> "RegisterReview":
        """Compare the register anew."""
        again = compare_register(desk, self.book, self.content, self.wishes)
        again.taken = self.taken if again.receipt.seen_before else None
        return again

    def apply(self, desk: Desk) -> "RegisterReview":
        """Apply what is accepted, and compare what is left."""
        taken, _ = adopt_book(desk, self.book, replace(self.wishes, apply=True), self.content)
        after = self.look_again(desk)
        after.taken = taken
        return after

    def hold(self, desk: Desk) -> None:
        """Keep the file, what was said of its columns and the decisions."""
        hold_register(desk, self.register, self.book, self.content, self.wishes)

    def file(self, desk: Desk) -> Path:
        """Return the file that was chosen, or a copy of it."""
        if self.book.path.exists():
            return self.book.path
        path = Path(tempfile.mkdtemp(prefix="ctdesk-")) / self.book.path.name
        path.write_bytes(self.content())
        return path


def compare_register(desk: Desk, book: Book, content: Callable[[], bytes], wishes: AdoptionWishes) -> RegisterReview:
    """Compare a register with the desk and lay it out; nothing is altered. Raises DeskError in one sentence.

    Fields and rows that are declined are compared all the same, so that they can be shown and taken after all.
    """
    decisions = wishes.decisions
    shown = replace(wishes, decisions=decisions.for_comparing())
    receipt, register = adopt_book(desk, book, shown)
    sheet = adoption_lines(desk, receipt, register, decisions)
    return RegisterReview(receipt, decisions, sheet, book, content, wishes, register)
