"""Putting blocks on pages: everything is measured once, then drawn once, when the number of pages is known."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Protocol

from ctdesk.domain.cancelling import cancelling, heeded
from ctdesk.reports.blocks import Heading
from ctdesk.reports.pen import Pen
from ctdesk.reports.style import PORTRAIT, Sheet, mm


class Block(Protocol):
    """Something that stands in one piece on a page."""

    @property
    def height(self) -> float:
        """How much of the page it takes, in points."""

    def draw(self, pen: Pen, x: float, top: float) -> None:
        """Draw it, hanging from `top`."""


@dataclass(frozen=True, slots=True)
class Piece:
    """The part of a divisible block that fits on one page, and where the rest of the block goes on."""

    block: Block
    next_row: int


class Divisible(Protocol):
    """Something that may go on over several pages, row by row."""

    @property
    def rows(self) -> int:
        """How many rows there are to place."""

    def least(self) -> float:
        """Return the height of the smallest beginning worth putting at the foot of a page."""

    def piece(self, start: int, room: float) -> Piece:
        """Return as many rows from `start` on as go into `room`, at least one."""


@dataclass(slots=True)
class Page:
    """One page: its paper, its blocks with their heights above the foot, and the places marked on it."""

    sheet: Sheet
    name: str
    blocks: list[tuple[Block, float]] = field(default_factory=list)
    places: list[str] = field(default_factory=list)
    bare: bool = False
    """Whether it goes without header and footer, as a cover does."""
    headless: bool = False
    """Whether it goes without header, as a page with a letterhead does."""


HEADING_GAP, CLOSE_GAP = 7 * mm, 4 * mm
"""Over the heading of a section, as a rule and at least."""
FIGURE_GAP = 3 * mm
_LITTLE = 0.25
"""A last page that is filled no further than this is better saved."""


class Flow:
    """A report in the making: blocks are added from top to bottom, and go over to a new page by themselves."""

    def __init__(self, name: str, sheet: Sheet = PORTRAIT, *, heading_gap: float = HEADING_GAP) -> None:
        self.pages = [Page(sheet, name)]
        self._heading_gap = heading_gap
        self._at = sheet.top

    @property
    def page(self) -> Page:
        """The page that is being filled."""
        return self.pages[-1]

    @property
    def room(self) -> float:
        """The height left on this page."""
        return self._at - self.page.sheet.foot

    def new_page(self, sheet: Sheet | None = None, name: str = "") -> None:
        """Go over to a new page, of other paper or under another name in its header if asked."""
        cancelling().heed()
        self.pages.append(Page(sheet or self.page.sheet, name or self.page.name))
        self._at = self.page.sheet.top

    def add(self, block: Block, *, gap: float = 0, keep: float = 0) -> None:
        """Put a block `gap` points below the last; it goes over if it and `keep` points more do not fit here."""
        if gap + block.height + keep > self.room and self.page.blocks:
            self.new_page()
        if self.page.blocks:
            self._at -= gap
        self.page.blocks.append((block, self._at))
        self._at -= block.height

    def add_heading(self, heading: Heading, *, keep: float = 0) -> None:
        """Put a section heading, which goes over with the first `keep` points of what it heads."""
        self.add(heading, gap=self._heading_gap, keep=keep)
        self.page.places.append(heading.place)

    def add_rows(self, table: Divisible, *, gap: float = 0) -> None:
        """Put a table below the last block, going on over as many pages as it takes."""
        start = 0
        while start < table.rows:
            if start or (gap + table.least() > self.room and self.page.blocks):
                self.new_page()
            piece = table.piece(start, self.room - gap)
            self.add(piece.block, gap=gap)
            start = piece.next_row

    def places(self) -> dict[str, int]:
        """Return the number of the page on which each marked place stands."""
        return {place: number for number, page in enumerate(self.pages, 1) for place in page.places}

    def draw(self, pen: Pen, furniture: Callable[[Pen, Page], None]) -> None:
        """Draw every page, its furniture first."""
        for page in heeded(self.pages):
            pen.canvas.setPageSize((page.sheet.width, page.sheet.height))
            with pen.artifact():
                furniture(pen, page)
            for block, top in page.blocks:
                pen.new_block()
                block.draw(pen, page.sheet.side, top)
            pen.end_page()


def laid_out(lay: Callable[[float], Flow]) -> Flow:
    """Return a report as `lay` lays it out with a gap over headings; closer, if that saves a last page of little."""
    flow = lay(HEADING_GAP)
    sheet = flow.page.sheet
    if len(flow.pages) > 1 and 1 - flow.room / (sheet.top - sheet.foot) < _LITTLE:
        closer = lay(CLOSE_GAP)
        return closer if len(closer.pages) < len(flow.pages) else flow
    return flow
