"""Tables drawn straight on the page: measured once, broken between rows, with heads and continuation lines.

A table of n rows takes time in proportion to n, which reportlab's own long tables do not.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import accumulate

from reportlab.graphics.shapes import Drawing

from ctdesk.domain.counting import counted
from ctdesk.reports import chips, style
from ctdesk.reports.flow import Piece
from ctdesk.reports.fonts import clean, width, wrap
from ctdesk.reports.style import Style, mm
from ctdesk.reports.table_pieces import Band, Drawn, Laid, Symbol, TablePiece, Text
from ctdesk.reports.text import Run

_PAD = 1.9
_GUTTER = 2.8 * mm
_SYMBOL = 3.2 * mm
_SHORT = 9
"""A table of no more rows than this is not broken, if it can be helped."""
_LEAST = 110 * mm
"""More room than this is never asked for: the deepest row goes into it."""
_MOST_LINES = 24
"""A row of more lines than this is set as several, so that it always goes on a page."""
_DEEP, _NARROW, _INDENT = 14, 0.6, 4 * mm
"""A text of more lines than this, in a column narrower than this part of the table, is set below its row."""


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its head, its width with the space to the next, and the side its text keeps to."""

    head: str
    width: float
    right: bool = False
    look: Style = style.CELL
    scale: Drawing | None = None
    """Drawn under the head, to read the pictures of the column by."""


@dataclass(frozen=True, slots=True)
class Styled:
    """A cell in a style of its own."""

    text: str
    look: Style


@dataclass(frozen=True, slots=True)
class Parts:
    """A cell of several stretches of text, each on lines of its own."""

    parts: Sequence[Styled]


@dataclass(frozen=True, slots=True)
class State:
    """A cell with the symbol of a state before its words, in a box where the state has one."""

    symbol: str
    text: str

    @property
    def look(self) -> Style:
        """The style of its words."""
        return chips.CHIPS[self.symbol].look if self.symbol in chips.CHIPS else style.CELL

    @property
    def indent(self) -> float:
        """How far from the left its words begin."""
        return chips.INDENT if self.symbol in chips.CHIPS else _SYMBOL

    @property
    def taken(self) -> float:
        """How much of the width symbol and box take."""
        return self.indent + (chips.PAD if self.symbol in chips.CHIPS else 0)


@dataclass(frozen=True, slots=True)
class Length:
    """A cell with a bar that fills the share `part` of its column."""

    part: float


@dataclass(frozen=True, slots=True)
class Picture:
    """A cell with a small chart, and what it shows in words."""

    drawing: Drawing
    words: str


Cell = str | Styled | Parts | State | Length | Picture
# Looked for in every cell of thousands of rows; joining the types anew each time would take longer than the look.
_WORDLESS, _DRAWN = (Length, Picture), (State, Length, Picture)


@dataclass(frozen=True, slots=True)
class Line:
    """A row of the table; `total` rows are strong between rules, and empty cells lend their room to the left."""

    cells: Sequence[Cell]
    total: bool = False


@dataclass(frozen=True, slots=True)
class Group:
    """Rows under one band; `place` and `level` make a bookmark of it."""

    name: str
    lines: Sequence[Line]
    place: str = ""
    noun: tuple[str, str] = ("row", "rows")


@dataclass(slots=True)
class Table:
    """Rows under a head, in groups or not; `title` stands again over each page it goes on to."""

    columns: Sequence[Column]
    content: Sequence[Line | Group]
    title: str
    title_look: Style = style.SECTION
    note: str = ""
    laid: list[Laid] = field(init=False)
    head: Laid = field(init=False)
    element: int | None = field(init=False, default=None)
    """The element of the table, once its first part is drawn."""
    _lefts: tuple[float, ...] = field(init=False)
    """Where each column starts, and last where the table ends."""
    _rooms: tuple[float, ...] = field(init=False)
    """How much of each column its text may fill."""

    def __post_init__(self) -> None:
        self._lefts = tuple(accumulate((column.width for column in self.columns), initial=0.0))
        self._rooms = tuple(self._room(place, 1) for place in range(len(self.columns)))
        self.head = self._lay_head()
        self.laid = []
        for item in self.content:
            if isinstance(item, Group):
                self._lay_group(item)
            else:
                self.laid += self._lay(item)

    @property
    def rows(self) -> int:
        """How many rows there are to place, bands and totals included."""
        return len(self.laid)

    @property
    def measure(self) -> float:
        """The width of the table."""
        return self._lefts[-1]

    @property
    def width(self) -> int:
        """How many columns there are."""
        return len(self.columns)

    def least(self) -> float:
        """Return the height of a short table, or that of the head and the first rows of a long one."""
        whole = self.head.height + sum(row.height for row in self.laid[:_SHORT])
        if len(self.laid) <= _SHORT and whole < 60 * mm:
            return whole
        return min(self.head.height + sum(row.height for row in self.laid[:3]) + style.NOTE.leading, _LEAST)

    def piece(self, start: int, room: float) -> Piece:
        """Return as many rows from `start` on as go into `room`, at least one."""
        again = start > 0
        used = self.head.height + (self.title_look.leading + 2.5 * mm if again else 0)
        used += self._band_height(start)
        end = self._end(start, room - used)
        piece = TablePiece(self, start, end, used)
        return Piece(piece, end)

    def _band_height(self, start: int) -> float:
        row = self.laid[start]
        return style.GROUP.leading + 2 * _PAD + 1 if row.band and not row.opens else 0

    def _end(self, start: int, room: float) -> int:
        """Return the row at which the next page starts: after no band alone, and before no total alone."""
        rows, used, end = self.laid, 0.0, start
        while end < len(rows) and used + rows[end].height <= room - style.NOTE.leading:
            used += rows[end].height
            end += 1
        if end == len(rows) - 1 and used + rows[end].height <= room:
            return len(rows)
        if end == len(rows):
            return end
        best = end
        while best > start + 1 and (rows[best - 1].opens or rows[best].total or rows[best - 2].opens):
            best -= 1
        return best if best > start + 1 else max(end, start + 1)

    def _lay_head(self) -> Laid:
        look = style.HEAD
        cells = [_wrapped(column.head, look, self._rooms[place]) for place, column in enumerate(self.columns)]
        deepest = max(len(lines) for lines in cells)
        texts: list[Text] = []
        for place, lines in enumerate(cells):
            down = (deepest - len(lines)) * look.leading
            texts += self._texts(place, lines, down)
        high = deepest * look.leading + 2 * _PAD
        scales = [(x, column.scale) for x, column in zip(self._lefts, self.columns, strict=False) if column.scale]
        pictures = tuple((x, high - _PAD, scale, "", 0) for x, scale in scales)
        return Laid(high + max((scale.height for _, scale in scales), default=0), tuple(texts), pictures=pictures)

    def _lay_group(self, group: Group) -> None:
        count = sum(not line.total for line in group.lines)
        band = Band(clean(group.name), count, counted(count, *group.noun), group.place)
        self.laid.append(Laid(style.GROUP.leading + 2 * _PAD + 1, band=band, opens=True))
        number = 0
        for line in group.lines:
            number += not line.total
            self.laid += self._lay(line, band, 0 if line.total else number)

    def _lay(self, line: Line, band: Band | None = None, number: int = 0) -> Iterable[Laid]:
        """Yield the row measured; a row too deep for any page as several, and long texts below it."""
        cells = [self._lines(place, cell, line) for place, cell in enumerate(line.cells)]
        deep = [place for place, lines in enumerate(cells) if self._is_deep(place, line.cells[place], lines)]
        for place in deep:
            cells[place] = [("Below", style.CELL_ITALIC)]
        yield from self._lay_row(line, cells, band, number, whole=not deep)
        for place in deep:
            yield from self._lay_below(place, line.cells[place], band, last=place == deep[-1])

    def _is_deep(self, place: int, cell: Cell, lines: Sequence[Run]) -> bool:
        if len(lines) <= _DEEP:
            return False
        return self.columns[place].width < self.measure * _NARROW and isinstance(cell, str | Styled)

    def _lay_below(self, place: int, cell: Cell, band: Band | None, *, last: bool) -> Iterable[Laid]:
        """Yield a long text under the head of its column, over the width of the table."""
        assert isinstance(cell, str | Styled)  # noqa: S101 - no other is deep
        text = cell if isinstance(cell, str) else cell.text
        lines = [(clean(self.columns[place].head), style.CELL_STRONG)]
        lines += _wrapped(text, style.CELL, self.measure - 2 * _INDENT)
        for first in range(0, len(lines), _MOST_LINES):
            shown = lines[first : first + _MOST_LINES]
            texts = [
                Text(_INDENT, -_PAD - look.size * 0.96 - at * look.leading, words, look, place)
                for at, (words, look) in enumerate(shown)
            ]
            height = len(shown) * style.CELL.leading + 2 * _PAD
            yield Laid(height, tuple(texts), band=band, last=last and first + _MOST_LINES >= len(lines))

    def _lay_row(
        self, line: Line, cells: Sequence[Sequence[Run]], band: Band | None, number: int, *, whole: bool
    ) -> Iterable[Laid]:
        deepest = max(1, *(len(lines) for lines in cells))
        # Most rows are words alone, and a report has thousands of them: looked through once, not for each sort.
        drawn = any(isinstance(cell, _DRAWN) for cell in line.cells)
        for first in range(0, deepest, _MOST_LINES):
            depth = min(deepest - first, _MOST_LINES)
            texts: list[Text] = []
            for place, lines in enumerate(cells):
                if lines:
                    cell = line.cells[place]
                    indent = cell.indent if isinstance(cell, State) else 0
                    texts += self._texts(place, lines[first : first + _MOST_LINES], 0, indent)
            yield Laid(
                height=max(depth * style.CELL.leading, _tallest(line) if drawn and not first else 0) + 2 * _PAD,
                texts=tuple(texts),
                symbols=self._symbols(line, cells) if drawn and not first else (),
                pictures=self._pictures(line) if drawn and not first else (),
                bars=self._bars(line) if drawn and not first else (),
                band=band,
                number=number,
                total=line.total,
                last=whole and first + depth == deepest,
            )

    def _lines(self, place: int, cell: Cell, line: Line) -> Sequence[Run]:
        """Return the lines of a cell, each with its style."""
        if cell == "" or isinstance(cell, _WORDLESS):
            return ()
        room = self._room(place, self._span(place, line)) if line.total else self._rooms[place]
        if isinstance(cell, Parts):
            return [run for part in cell.parts for run in _wrapped(part.text, part.look, room)]
        look = self._look(place, cell, line)
        text = cell if isinstance(cell, str) else cell.text
        if self.columns[place].right and " " not in text:  # a figure is never broken
            return ((clean(text), look),)
        return _wrapped(text, look, room - (cell.taken if isinstance(cell, State) else 0))

    def _look(self, place: int, cell: Cell, line: Line) -> Style:
        if isinstance(cell, Styled) or (isinstance(cell, State) and cell.symbol in chips.CHIPS):
            return cell.look
        return style.CELL_STRONG if line.total else self.columns[place].look

    def _span(self, place: int, line: Line) -> int:
        """Return how many columns a cell of a total may run over: the empty ones to its right as well."""
        span = 1
        if not self.columns[place].right:
            while place + span < len(line.cells) and line.cells[place + span] == "":
                span += 1
        return span

    def _room(self, place: int, span: int) -> float:
        room = self._lefts[place + span] - self._lefts[place]
        return room if place + span == len(self.columns) else room - _GUTTER

    def _texts(self, place: int, lines: Sequence[Run], down: float, indent: float = 0) -> list[Text]:
        left, texts = self._lefts[place], []
        for number, (text, look) in enumerate(lines):
            y = -_PAD - down - look.size * 0.96 - number * look.leading
            x = left + indent
            if self.columns[place].right:
                x = left + self._rooms[place] - width(text, look.face, look.size)
            texts.append(Text(x, y, text, look, place))
        return texts

    def _symbols(self, line: Line, cells: Sequence[Sequence[Run]]) -> tuple[Symbol, ...]:
        found = []
        for place, cell in enumerate(line.cells):
            if isinstance(cell, State):
                lines = cells[place][:_MOST_LINES]
                widest = max((width(text, look.face, look.size) for text, look in lines), default=0)
                found.append(Symbol(self._lefts[place], cell.symbol, widest + cell.taken, len(lines)))
        return tuple(found)

    def _bars(self, line: Line) -> tuple[tuple[float, float], ...]:
        return tuple(
            (self._lefts[place], self._rooms[place] * cell.part)
            for place, cell in enumerate(line.cells)
            if isinstance(cell, Length) and cell.part
        )

    def _pictures(self, line: Line) -> tuple[Drawn, ...]:
        return tuple(
            (self._lefts[place], _PAD, cell.drawing, cell.words, place)
            for place, cell in enumerate(line.cells)
            if isinstance(cell, Picture)
        )


def _wrapped(text: str, look: Style, room: float) -> list[Run]:
    return [(piece, look) for piece in wrap(text, look.face, look.size, room)]


def _tallest(line: Line) -> float:
    return max((float(cell.drawing.height) for cell in line.cells if isinstance(cell, Picture)), default=0)
