"""Building a pack: cover, contents and every paper in one PDF, in the public or the restricted edition.

The public pages bear the same numbers in both editions; what is not for publication is numbered R1, R2 ... in the
restricted edition, and in its place both have a page that says so. A hidden paper is never even drawn for the
public edition.
"""

from collections.abc import Callable
from dataclasses import replace
from io import BytesIO

import pikepdf

from ctdesk.domain.counting import counted
from ctdesk.domain.errors import DeskError
from ctdesk.domain.pack import Built, Edition, Pack, Placed
from ctdesk.domain.pack import numbered as in_order
from ctdesk.reports.fonts import register
from ctdesk.reports.numbering import Numbering, numbered
from ctdesk.reports.numbers import day
from ctdesk.reports.pack_contents import range_of
from ctdesk.reports.pack_front import front, meeting_words, notice
from ctdesk.reports.pack_join import Joined, Properties
from ctdesk.reports.pack_outline import Bookmark
from ctdesk.reports.pack_outside import Outside, opened
from ctdesk.reports.pack_stamps import Stamp

_TRIES = 4
"""How often papers are drawn anew because the pages before them came out more or fewer: hardly ever twice."""


def build(pack: Pack, edition: Edition) -> Built:
    """Return an edition of a pack; the same pack gives the same bytes.

    Raises DeskError naming the item that cannot be drawn, or whose outside PDF cannot go into a pack.
    """
    register()
    return _Builder(pack, edition).built()


class _Builder:
    """Builds one edition: draws the papers in their places, then the pages before them, then joins all."""

    def __init__(self, pack: Pack, edition: Edition) -> None:
        self.pack, self.edition = pack, edition
        self.placed = in_order(pack.items)
        self.papers: list[bytes | None] = [None] * len(self.placed)
        self.outside: dict[int, Outside] = {}
        self.public = self.closed = 0
        """How many pages are numbered so far, of those for publication and of those not."""
        self.labels: list[tuple[int, str, int]] = [(0, "", 1)]
        self.stamps: list[Stamp | None] = []

    def built(self) -> Built:
        fore = self._guessed_fore()
        for _ in range(_TRIES):
            self._place_from(fore)
            content, again, changed_on = front(self.pack, self.edition, self.placed, self._pages_in_words())
            if again == fore:
                break
            fore = again
        else:
            raise DeskError("The agenda does not settle on its pages; shorten the longest title and build it again.")
        joined = self._join(content, changed_on)
        untagged = [self.placed[at].words for at, outside in self.outside.items() if not outside.tagged]
        return Built(self._written(joined), joined.count, self.placed, self.papers, untagged)

    def _guessed_fore(self) -> int:
        """Return how many pages come before the first paper, if every item says of its pages as much as it may."""
        guessed = [
            replace(one, pages=888, first="R888", last="R888", notice="888" if one.item.exempt else "")
            if one.item.draw and not one.hidden(self.edition)
            else one
            for one in self.placed
        ]
        return front(self.pack, self.edition, guessed, "")[1]

    def _place_from(self, fore: int) -> None:
        """Draw every paper in its place, the first after so many pages."""
        self.public, self.closed = fore, 0
        self.outside.clear()
        self.placed = [self._place(at, one) for at, one in enumerate(in_order(self.pack.items))]

    def _place(self, at: int, placed: Placed) -> Placed:
        """Draw the paper of an item in its place, and return where it stands."""
        item, name = placed.item, ""
        if item.exempt:
            self.public += 1
            name = str(self.public)
        if item.draw is None or placed.hidden(self.edition):
            return replace(placed, notice=name)
        before, letter = (self.closed, "R") if item.exempt else (self.public, "")
        meeting = f"{meeting_words(self.pack.meeting)} · {placed.words}"
        with numbered(Numbering(before, letter, meeting)):
            paper = _drawn(placed, item.draw)
        count = self._count(at, paper, placed)
        if item.exempt:
            self.closed += count
        else:
            self.public += count
        self.papers[at] = paper
        first, last = f"{letter}{before + 1}", f"{letter}{before + count}"
        return replace(placed, pages=count, first=first, last=last, notice=name)

    def _count(self, at: int, paper: bytes, placed: Placed) -> int:
        if not placed.item.outside:
            return _pages_of(paper)
        name = f"The PDF of {placed.words.lower()}, {placed.item.title},"
        self.outside[at] = opened(paper, name, closed=bool(placed.item.exempt))
        return len(self.outside[at].sheets)

    def _pages_in_words(self) -> str:
        words = counted(self.public, "page")
        return f"{words} and {self.closed:,} not for publication" if self.closed else words

    def _join(self, fore: bytes, changed_on: int) -> Joined:
        joined = Joined()
        starts: dict[str, int] = {}
        joined.add(fore, "Cover")
        joined.bookmarks = [Bookmark("Cover", 0), Bookmark("Agenda and contents", 1)]
        if changed_on:
            joined.bookmarks.append(Bookmark("What has changed since the last meeting", changed_on - 1))
        self._stamp(joined, 1)
        self.stamps[0] = None
        for at, placed in enumerate(self.placed):
            if placed.notice:
                starts[placed.place] = joined.count
                self._add_notice(joined, placed)
            if (paper := self.papers[at]) is not None:
                self._add_paper(joined, at, paper, starts)
        joined.lead(starts)
        joined.stamp(self.stamps)
        return joined

    def _add_notice(self, joined: Joined, placed: Placed) -> None:
        where = range_of(placed) if placed.pages else "no page, as there is no paper"
        number = int(placed.notice)
        joined.add(notice(self.pack.meeting, self.edition, placed, number - 1, where), self._title(placed))
        joined.bookmarks[-1].kids.clear()
        self._stamp(joined, number)

    def _add_paper(self, joined: Joined, at: int, paper: bytes, starts: dict[str, int]) -> None:
        placed = self.placed[at]
        start = starts[placed.place] = joined.count
        if at in self.outside:
            joined.add_outside(self.outside[at], self._title(placed))
        else:
            joined.add(paper, self._title(placed))
        self._stamp(joined, int(placed.first.lstrip("R")), placed)
        if placed.item.exempt:
            own = joined.bookmarks.pop()
            own.title = f"Not for publication, {range_of(placed)}"
            joined.bookmarks[-1].kids.append(own)
            self.labels += [(start, "R", int(placed.first[1:])), (joined.count, "", int(placed.notice) + 1)]

    def _title(self, placed: Placed) -> str:
        return f"{placed.number}. {placed.title(self.edition)}"

    def _stamp(self, joined: Joined, number: int, placed: Placed | None = None) -> None:
        """Number the pages that were added last, the first of them with `number`."""
        letter, last = ("R", self.closed) if placed and placed.item.exempt else ("", self.public)
        outside = placed is not None and placed.item.outside
        foot = f"{meeting_words(self.pack.meeting)} · {placed.words}" if placed and outside else ""
        for at, page in enumerate(joined.pages_from(len(self.stamps))):
            wide, high = (float(side) for side in list(page.mediabox)[2:])
            name = f"Page {letter}{number + at} of {letter}{last}"
            self.stamps.append(Stamp(wide, high, name, foot, closed=bool(letter) or self._holds_closed(placed)))

    def _holds_closed(self, placed: Placed | None) -> bool:
        """Return whether pages made by the desk itself (no item's) tell of what is not for publication."""
        return placed is None and self.edition is Edition.RESTRICTED and self.closed > 0

    def _written(self, joined: Joined) -> bytes:
        meeting = self.pack.meeting
        title = f"{meeting.board}, {day(meeting.held_on)}: pack, {self.edition} edition"
        subject = f"Papers for the meeting of the {meeting.board} on {day(meeting.held_on)}"
        labels = [label for label in self.labels if label[0] < joined.count]
        return joined.written(Properties(title, subject, meeting.trust, meeting.fixed, labels))


def _drawn(placed: Placed, draw: Callable[[], bytes]) -> bytes:
    """Return the paper of an item; DeskError, naming the item, if it cannot be drawn."""
    try:
        return draw()
    except DeskError as fault:
        raise DeskError(f"{placed.words}, {placed.item.title}: {fault}") from fault


def _pages_of(paper: bytes) -> int:
    with pikepdf.open(BytesIO(paper)) as pdf:
        return len(pdf.pages)
