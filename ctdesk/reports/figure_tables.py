"""Tables of figures on paper: as wide as the page, money in pounds, the totals strong."""

from collections.abc import Sequence
from decimal import Decimal

from ctdesk.domain.figure_table import Cell, Figure, FigureTable, Head
from ctdesk.reports import style
from ctdesk.reports.blocks import Heading
from ctdesk.reports.flow import FIGURE_GAP, Flow
from ctdesk.reports.fonts import clean, width
from ctdesk.reports.numbers import NONE, day, number
from ctdesk.reports.style import mm
from ctdesk.reports.tables import Column, Line, Table
from ctdesk.reports.text import Paragraph

_GUTTER, _WIDEST, _MEASURED = 4 * mm, 70 * mm, 200
_HALF = 0.62
"""Which part of a head's length it needs to go on two lines, as words seldom part it in the middle."""


def add_figures(flow: Flow, table: FigureTable, place: str, *, most: int = 0) -> None:
    """Add a table under its heading, with its notes; with `most` only so many rows, and how many there are."""
    room = flow.page.sheet.measure
    shown = table.rows[:most] if most else table.rows
    columns = _columns(table, shown, room)
    lines = [Line([_words(*cell) for cell in zip(table.heads, row, strict=True)]) for row in shown]
    if table.totals:
        lines.append(Line([_total(*cell) for cell in zip(table.heads, table.totals, strict=True)], total=True))
    if not shown:
        lines = [Line(["Nothing", *[""] * (len(columns) - 1)])]
    drawn = Table(columns, lines, table.title)
    note = f"the first {most:,} of {len(table.rows):,}" if most and len(table.rows) > most else ""
    flow.add_heading(Heading(table.title, room, place, note), keep=drawn.least())
    flow.add_rows(drawn)
    if table.notes:
        flow.add(Paragraph([(" ".join(table.notes), style.NOTE)], room), gap=FIGURE_GAP)


def _columns(table: FigureTable, rows: Sequence[Sequence[Cell]], room: float) -> list[Column]:
    """Return the columns: figures as wide as they are, texts by what they would like, together as wide as the page."""
    least, wanted = [], []
    for at, head in enumerate(table.heads):
        cells = [_words(head, row[at]) for row in rows[:_MEASURED]]
        if table.totals:
            cells.append(_total(head, table.totals[at]))
        whole = max((width(clean(it), style.CELL_STRONG.face, style.CELL.size) for it in cells), default=0)
        word = max((width(clean(it), style.HEAD.face, style.HEAD.size) for it in _head(head).split()), default=0)
        in_two = min(width(clean(_head(head)), style.HEAD.face, style.HEAD.size) * _HALF, _WIDEST)
        right = head.figure is not Figure.TEXT
        least.append((max(whole, word) if right else max(word, 16 * mm)) + _GUTTER)
        wanted.append(max(whole if right else min(whole, _WIDEST), word, in_two) + _GUTTER)
    widths = _fitted(least, wanted, room)
    return [
        Column(_head(head), wide, right=head.figure is not Figure.TEXT)
        for head, wide in zip(table.heads, widths, strict=True)
    ]


def _fitted(least: list[float], wanted: list[float], room: float) -> list[float]:
    """Share the room: the least, then what is wanted; what is over goes to the first column."""
    if sum(wanted) <= room:
        return [wanted[0] + min(room - sum(wanted), 40 * mm), *wanted[1:]]
    if sum(least) >= room:
        return [low * room / sum(least) for low in least]
    part = (room - sum(least)) / (sum(wanted) - sum(least))
    return [low + (like - low) * part for low, like in zip(least, wanted, strict=True)]


def _head(head: Head) -> str:
    return f"{head.label}, £" if head.figure is Figure.MONEY and "£" not in head.label else head.label


def _words(head: Head, cell: Cell) -> str:
    if cell is None or cell == "":
        return NONE
    match head.figure:
        case Figure.MONEY if isinstance(cell, int):
            return _pounds(cell)
        case Figure.DATE:
            return day(cell)  # type: ignore[arg-type]  # a column of dates holds dates
        case Figure.PERCENT:
            return f"{cell}%"
        case Figure.NUMBER if isinstance(cell, Decimal):
            return f"{cell:,.2f}"
    return number(cell) if isinstance(cell, int) else str(cell)


def _total(head: Head, cell: Cell) -> str:
    return "" if cell is None else _words(head, cell)


def _pounds(pence: int) -> str:
    """Return pounds, with pence only where there are any."""
    pounds, rest = divmod(abs(pence), 100)
    sign = "−" if pence < 0 else ""
    return f"{sign}{pounds:,}.{rest:02d}" if rest else f"{sign}{pounds:,}"
