"""What is under review: how it is spoken of, and what is done with it. A return and a register each have their own."""

from abc import ABC, abstractmethod
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from ctdesk.domain.decisions import Decisions
from ctdesk.services.desk import Desk
from ctdesk.services.receipt import Receipt
from ctdesk.services.review_sheet import ReviewSheet

if TYPE_CHECKING:
    from ctdesk.returns.sheets import Book


@dataclass(frozen=True, slots=True)
class ReviewWords:
    """The words of a review that differ between a return and a register.

    `theirs` heads what came, `teller` says whose value it is, `base` when both last agreed; `state` is that of the
    request, if there is one.
    """

    title: str
    back: str
    file: str
    theirs: str
    teller: str
    base: str
    money: str
    state: str = ""

    @property
    def thing(self) -> str:
        """The title inside a sentence."""
        return f"the {self.title[:1].lower()}{self.title[1:]}"


@dataclass(slots=True)
class Review(ABC):
    """One file under review: what was read, what is decided, and how it is laid out."""

    receipt: Receipt
    decisions: Decisions
    sheet: ReviewSheet

    @property
    @abstractmethod
    def words(self) -> ReviewWords:
        """How it is spoken of."""

    @property
    @abstractmethod
    def of(self) -> "Book":
        """The file as it was read."""

    @abstractmethod
    def said(self) -> str:
        """Return what was decided so far as text, to be kept in case the program ends."""

    @property
    @abstractmethod
    def applied(self) -> Receipt | None:
        """What applying it came to, once it was."""

    @abstractmethod
    def look_again(self, desk: Desk) -> "Review":
        """Compare anew: the desk has changed, or rows or cells are to be read otherwise."""

    @abstractmethod
    def apply(self, desk: Desk) -> "Review":
        """Apply what is accepted as one change set, after a backup, and compare what is left."""

    @abstractmethod
    def hold(self, desk: Desk) -> None:
        """Keep the file and the decisions in the workspace."""

    @abstractmethod
    def file(self, desk: Desk) -> Path:
        """Return a file to open: the one that came, or a copy of the one the workspace keeps."""
