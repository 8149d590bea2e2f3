"""The part of a table that stands on one page, drawn from rows that were measured before."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple, Protocol

from reportlab.graphics.shapes import Drawing

from ctdesk.reports import style
from ctdesk.reports.fonts import clean
from ctdesk.reports.pen import Pen
from ctdesk.reports.style import Style, mm


class Text(NamedTuple):
    """One line of a cell, placed from the upper left corner of its row; `column` counts from 0."""

    x: float
    y: float
    text: str
    look: Style
    column: int


class Symbol(NamedTuple):
    """The symbol of a state, how far right it stands, and how wide and how many lines deep its box is."""

    x: float
    name: str
    width: float
    lines: int


@dataclass(frozen=True, slots=True)
class Band:
    """The band over a group of rows: its name, its number of rows, the same in words, and its bookmark."""

    name: str
    count: int
    words: str
    place: str = ""


Drawn = tuple[float, float, Drawing, str, int]
"""A small chart: how far right and down it hangs, the chart, its words, its column."""


@dataclass(frozen=True, slots=True)
class Laid:
    """A row measured: what to write and draw where; `number` counts within its band, 0 for bands and totals."""

    height: float
    texts: Sequence[Text] = ()
    symbols: Sequence[Symbol] = ()
    bars: Sequence[tuple[float, float]] = ()
    pictures: Sequence[Drawn] = ()
    band: Band | None = None
    number: int = 0
    opens: bool = False
    total: bool = False
    last: bool = True


class _Table(Protocol):
    title: str
    title_look: Style
    note: str
    laid: list[Laid]
    head: Laid
    element: int | None

    @property
    def measure(self) -> float: ...

    @property
    def width(self) -> int: ...


@dataclass(frozen=True, slots=True)
class TablePiece:
    """Rows `start` to `end` of a table; `above` is the height of what stands over the first of them."""

    table: _Table
    start: int
    end: int
    above: float

    @property
    def height(self) -> float:
        """How much of the page it takes, in points."""
        goes_on = style.NOTE.leading if self._goes_on else 0
        return self.above + sum(row.height for row in self._rows) + goes_on

    @property
    def _rows(self) -> Sequence[Laid]:
        return self.table.laid[self.start : self.end]

    @property
    def _goes_on(self) -> bool:
        return self.end < len(self.table.laid)

    def draw(self, pen: Pen, x: float, top: float) -> None:
        """Draw title if it is continued, head, rows, and where it goes on."""
        top = self._draw_title(pen, x, top) if self.start else top
        if self.table.element is None or not self.start:
            with pen.element("Table") as self.table.element:
                head = pen.tags.row(self.table.element, self.table.width, "TH")
                _write(pen, x, top, self.table.head, head)
        else:
            with pen.artifact():
                _write(pen, x, top, self.table.head)
        with pen.within(self.table.element):
            self._draw_body(pen, x, top - self.table.head.height)

    def _draw_body(self, pen: Pen, x: float, top: float) -> None:
        pen.rule(x, top, self.table.measure, style.INK, 0.9)
        first = self._rows[0]
        if first.band and not first.opens:
            with pen.artifact():
                more = f" (continued from page {pen.number(-1)})"
                top = self._draw_band(pen, x, top, first.band, more)
        self._draw_rows(pen, x, top)
        if self._goes_on:
            with pen.artifact():
                self._draw_where_it_goes_on(pen, x, top - sum(row.height for row in self._rows))

    def _draw_title(self, pen: Pen, x: float, top: float) -> float:
        look = self.table.title_look
        with pen.artifact():
            pen.text(x, top - look.size, f"{clean(self.table.title)}", look)
            from_page = f"continued from page {pen.number(-1)}"
            pen.right(x + self.table.measure, top - look.size, from_page, style.NOTE_ITALIC)
        return top - look.leading - 2.5 * mm

    def _draw_band(self, pen: Pen, x: float, top: float, band: Band, more: str = "") -> float:
        height = style.GROUP.leading + 4.8
        base = top - style.GROUP.size - 2.6
        pen.box(x, top, self.table.measure, height, style.WASH)
        if band.place and not more:
            pen.bookmark(band.place, band.name, top, level=1)
        pen.text(x + 2 * mm, base, band.name + more, style.GROUP)
        pen.right(x + self.table.measure - 2 * mm, base, self._count(band), style.CELL_STRONG)
        return top - height

    def _count(self, band: Band) -> str:
        shown = [row.number for row in self._rows if row.band is band and row.number]
        if not shown or (shown[0], shown[-1]) == (1, band.count):
            return band.words
        return f"{shown[0]:,} to {shown[-1]:,} of {band.words}"

    def _draw_rows(self, pen: Pen, x: float, top: float) -> None:
        rules = []
        for row in self._rows:
            if row.opens and row.band:
                self._open_band(pen, x, top, row.band)
            else:
                _write(pen, x, top, row, pen.tags.row(self._element, self.table.width))
                if not row.total and row.last:
                    rules.append(top - row.height)
            top -= row.height
        pen.rules(x, rules, self.table.measure, style.HAIR)
        self._draw_total_rules(pen, x, top)

    @property
    def _element(self) -> int:
        assert self.table.element is not None  # noqa: S101 - the head was drawn before
        return self.table.element

    def _open_band(self, pen: Pen, x: float, top: float, band: Band) -> None:
        """Draw a band as a row of one cell."""
        with pen.element("TR"), pen.element("TD", f"/A<</O/Table/ColSpan {self.table.width}>>"):
            self._draw_band(pen, x, top, band)

    def _draw_total_rules(self, pen: Pen, x: float, foot: float) -> None:
        rules = []
        for row in reversed(self._rows):
            if row.total:
                rules += [foot, foot + row.height]
            foot += row.height
        pen.rules(x, rules, self.table.measure, style.INK, 0.7)

    def _draw_where_it_goes_on(self, pen: Pen, x: float, top: float) -> None:
        following = self.table.laid[self.end]
        within = following.band.name if following.band and not following.opens else ""
        words = f"{within} continues on page {pen.number(1)}" if within else f"Continues on page {pen.number(1)}"
        pen.right(x + self.table.measure, top - style.NOTE.size, words, style.NOTE_ITALIC)


def _write(pen: Pen, x: float, top: float, row: Laid, first: int | None = None) -> None:
    """Write a row; `first` is the element of its first cell, unless it is furniture."""
    for symbol in row.symbols:
        pen.state(symbol.name, x + symbol.x, top - 1, symbol.width, symbol.lines * style.CELL.leading + 1.8)
    for dx, dy, text, look, column in row.texts:
        if first is not None:
            pen.into(first + column)
        pen.text(x + dx, top + dy, text, look)
    for dx, length in row.bars:
        pen.box(x + dx, top - 3.6, length, 7, style.MIDDLE)
    for dx, dy, drawing, words, column in row.pictures:
        if first is None or not words:
            with pen.artifact():
                pen.drawing(drawing, x + dx, top - dy)
        else:
            with pen.within(first + column):
                pen.drawing(drawing, x + dx, top - dy, words)
