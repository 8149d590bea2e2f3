"""Agenda and contents of a pack in one list: what, for what purpose, who leads, when, and on which page."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import groupby

from ctdesk.domain.counting import counted
from ctdesk.domain.pack import Edition, Pack, Placed, exemption
from ctdesk.reports import style
from ctdesk.reports.blocks import Title
from ctdesk.reports.flow import Flow
from ctdesk.reports.fonts import BOLD, REGULAR, SEMIBOLD, clean, width, wrap
from ctdesk.reports.numbers import long_day
from ctdesk.reports.pen import Pen
from ctdesk.reports.style import Style, mm
from ctdesk.reports.text import Paragraph

_NUMBER = Style(SEMIBOLD, 10, 12.5)
_TITLE = Style(SEMIBOLD, 10, 12.5)
_NOTE = Style(REGULAR, 8.5, 10.6, style.GREY)
_CELL = Style(REGULAR, 9, 12.5)
_PAGE = Style(BOLD, 10, 12.5)
_HEAD = Style(SEMIBOLD, 8.5, 11, style.GREY)
_PART = Style(SEMIBOLD, 10.5, 13, style.ACCENT)
_CLOSED = Style(SEMIBOLD, 10.5, 13, style.WHITE)

_LEFTS = (0.0, 11 * mm, 92 * mm, 114 * mm, 144 * mm, 156 * mm)
_HEADS = ("Item", "", "For", "Led by", "Time", "Page")
_TITLE_ROOM = 78 * mm
_FOR_ROOM, _LEAD_ROOM = 20 * mm, 29 * mm
_TIME_END, _PAGE_END = 155 * mm, 170 * mm
_AFTER = (
    "Page numbers run through the whole pack, outside documents included; they are at the foot of every page. In the "
    "PDF, items are links, and the same list is in the bookmarks. “Report of the desk” means made from the trust’s "
    "commissioning file; its figures do not change after they are fixed."
)


def add_contents(flow: Flow, pack: Pack, edition: Edition, placed: Sequence[Placed]) -> None:
    """Add the agenda with the page of every item; it goes on over as many pages as it takes."""
    room, meeting = flow.page.sheet.measure, pack.meeting
    when = ", ".join(part for part in (long_day(meeting.held_on, weekday=True), meeting.time) if part)
    flow.add(Title(when, "Agenda and contents", room))
    table = _Shared()
    flow.add(_Head(table), gap=4 * mm)
    for (appendix, closed), run in groupby(placed, lambda one: (one.item.appendix, bool(one.item.exempt))):
        first, *others = [_Row(table, one, edition) for one in run]
        part = _Part(table, _part_words(table, appendix=appendix, closed=closed), closed)
        _add(flow, table, part, gap=3 * mm, keep=first.height)
        for row in (first, *others):
            _add(flow, table, row)
    flow.add(Paragraph([(_AFTER, style.NOTE)], room), gap=6 * mm)


def _add(flow: Flow, table: "_Shared", block: "_Part | _Row", gap: float = 0, keep: float = 0) -> None:
    """Add a row; on a new page the head stands over it again."""
    if gap + block.height + keep > flow.room:
        flow.new_page()
        flow.add(_Head(table))
    flow.add(block, gap=gap)


def _part_words(table: "_Shared", *, appendix: bool, closed: bool) -> str:
    if appendix:
        return "Appendices, not for publication" if closed else "Appendices"
    table.parts += 1
    return f"Part {table.parts}: {'not for publication' if closed else 'open to the public'}"


@dataclass(slots=True)
class _Shared:
    """What the rows of the list have in common: its element, once it is drawn, and how many parts there are."""

    element: int | None = None
    parts: int = 0


@dataclass(frozen=True, slots=True)
class _Head:
    """The head of the list; where it stands again, it is furniture."""

    table: _Shared
    height: float = 15.0

    def draw(self, pen: Pen, x: float, top: float) -> None:
        """Write the heads over a rule."""
        if self.table.element is None:
            with pen.element("Table") as self.table.element:
                self._heads(pen, x, top, pen.tags.row(self.table.element, len(_HEADS), "TH"))
        else:
            with pen.artifact():
                self._heads(pen, x, top, None)
        pen.rule(x, top - self.height, _PAGE_END, style.INK, 0.9)

    def _heads(self, pen: Pen, x: float, top: float, first: int | None) -> None:
        for place, head in enumerate(_HEADS):
            if head and first is not None:
                pen.into(first + place)
            if place == 4:
                pen.right(x + _TIME_END, top - 9, head, _HEAD)
            elif place == 5:
                pen.right(x + _PAGE_END, top - 9, head, _HEAD)
            elif head:
                pen.text(x + _LEFTS[place], top - 9, head, _HEAD)


@dataclass(frozen=True, slots=True)
class _Part:
    """The band over the items that are open, or not for publication."""

    table: _Shared
    words: str
    closed: bool
    height: float = 22.0

    def draw(self, pen: Pen, x: float, top: float) -> None:
        """Write the words, white on black where they are not for publication."""
        look = _CLOSED if self.closed else _PART
        if self.closed:
            wide = width(self.words, look.face, look.size)
            pen.box(x, top - 2, wide + 14 * mm, 18, style.INK)
            pen.symbol("lock", x + 3 * mm, top - 15.5, 8)
        assert self.table.element is not None  # noqa: S101 - the head was drawn before
        with (
            pen.within(self.table.element),
            pen.element("TR"),
            pen.element("TD", f"/A<</O/Table/ColSpan {len(_HEADS)}>>"),
        ):
            pen.text(x + (9 * mm if self.closed else 0), top - 14.5, self.words, look)
        pen.rule(x, top - self.height + 1, _PAGE_END, style.RULE, 0.6)


@dataclass(slots=True)
class _Row:
    """One item: its number, title with what there is to say of it, purpose, lead, time and page."""

    table: _Shared
    placed: Placed
    edition: Edition
    titles: tuple[str, ...] = field(init=False)
    notes: tuple[str, ...] = field(init=False)
    purposes: tuple[str, ...] = field(init=False)
    leads: tuple[str, ...] = field(init=False)

    def __post_init__(self) -> None:
        item = self.placed.item
        hidden = self.placed.hidden(self.edition)
        self.titles = wrap(self.placed.title(self.edition), _TITLE.face, _TITLE.size, _TITLE_ROOM)
        note = " ".join(_notes(self.placed, self.edition))
        self.notes = wrap(note, _NOTE.face, _NOTE.size, _TITLE_ROOM) if note else ()
        self.purposes = wrap(item.purpose, _CELL.face, _CELL.size, _FOR_ROOM)
        self.leads = wrap("" if hidden else item.lead, _CELL.face, _CELL.size, _LEAD_ROOM)

    @property
    def height(self) -> float:
        """How much of the page it takes, in points."""
        left = len(self.titles) * _TITLE.leading + len(self.notes) * _NOTE.leading
        return max(left, len(self.leads) * _CELL.leading, len(self.purposes) * _CELL.leading) + 8

    def draw(self, pen: Pen, x: float, top: float) -> None:
        """Write the row; all of it is one link to the item."""
        assert self.table.element is not None  # noqa: S101 - the head was drawn before
        first, base = pen.tags.row(self.table.element, len(_HEADS)), top - 13
        pen.into(first)
        pen.text(x, base, self.placed.number, _NUMBER)
        with pen.within(first + 1):
            self._title(pen, x + _LEFTS[1], base, (x, top - self.height, x + _PAGE_END, top))
        for place, lines in ((2, self.purposes), (3, self.leads)):
            pen.into(first + place)
            for at, line in enumerate(lines):
                pen.text(x + _LEFTS[place], base - at * _CELL.leading, line, _CELL)
        pen.into(first + 4)
        pen.right(x + _TIME_END, base, clean(self.placed.item.time), _CELL)
        pen.into(first + 5)
        pen.right(x + _PAGE_END, base, self.placed.first or self.placed.notice or "–", _PAGE)
        pen.rule(x, top - self.height, _PAGE_END, style.HAIR)

    def _title(self, pen: Pen, x: float, base: float, box: tuple[float, float, float, float]) -> None:
        goes = bool(self.placed.first or self.placed.notice)
        if goes:
            with pen.element("Link") as link:
                pen.tags.link(box, self.placed.place, f"{self.placed.words}: {' '.join(self.titles)}", link)
                self._titles(pen, x, base)
        else:
            self._titles(pen, x, base)
        y = base - len(self.titles) * _TITLE.leading + 1
        for line in self.notes:
            pen.text(x, y, line, _NOTE)
            y -= _NOTE.leading

    def _titles(self, pen: Pen, x: float, base: float) -> None:
        for at, line in enumerate(self.titles):
            pen.text(x, base - at * _TITLE.leading, line, _TITLE)


def _notes(placed: Placed, edition: Edition) -> list[str]:
    """Return what there is to say of an item below its title."""
    item = placed.item
    if item.exempt:
        where = "In the restricted edition only."
        if edition is Edition.RESTRICTED:
            where = f"In this edition only, {range_of(placed)}." if placed.pages else "Without a paper."
        return [where, f"Exempt: {exemption(item.exempt)}.", *_late(placed, edition)]
    notes = _late(placed, edition)
    if placed.pages:
        kind = "Outside document" if item.outside else "Report of the desk"
        notes.append(f"{kind}, {counted(placed.pages, 'page')}.")
    return notes


def _late(placed: Placed, edition: Edition) -> list[str]:
    if not placed.item.late or placed.hidden(edition):
        return []
    return [f"Late item: {placed.item.late.rstrip('.')}."]


def range_of(placed: Placed) -> str:
    """Return the pages of the paper of an item in words."""
    if placed.first == placed.last:
        return f"page {placed.first}"
    return f"pages {placed.first} to {placed.last}"
