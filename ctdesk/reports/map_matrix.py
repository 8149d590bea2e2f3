"""The map drawn: figures in shaded cells with the number of activities below, bars and totals at the right."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from reportlab.graphics.shapes import Drawing, Line, Polygon, PolyLine, Rect, String
from reportlab.lib.colors import Color, HexColor

from ctdesk.domain.heat import step_of
from ctdesk.domain.map_paper import MapPaper
from ctdesk.domain.round_table import round_table
from ctdesk.domain.service_map import NOT_GIVEN
from ctdesk.domain.suppression import MARK
from ctdesk.reports import style
from ctdesk.reports.charts import Chart, blank
from ctdesk.reports.fonts import BOLD, ITALIC, REGULAR, SEMIBOLD, width, wrap
from ctdesk.reports.numbers import NONE, Scale, number, table_scale
from ctdesk.reports.style import mm

RAMP = (HexColor("#E1ECF4"), HexColor("#B5D0E3"), style.MIDDLE, style.ACCENT)
"""Four shades that differ in grey as well."""

MOST_COLUMNS, MOST_ROWS = 9, 8
"""What goes beside and below each other on one page."""

_LABEL, _TOTAL = 46 * mm, 38 * mm
_ROW, _HEAD, _GROUP, _GAP = 14 * mm, 12 * mm, 6 * mm, 1.1 * mm


@dataclass(frozen=True, slots=True)
class Part:
    """The rows and columns of a map that stand in one drawing; the last columns bring the totals along."""

    rows: range
    columns: range
    row_totals: bool
    column_totals: bool


def parts(paper: MapPaper) -> list[Part]:
    """Return the drawings a map takes: columns beside each other as far as they go, then the rows below."""
    columns, rows = len(paper.matrix.columns), len(paper.matrix.rows)
    across = [range(at, min(at + MOST_COLUMNS, columns)) for at in range(0, max(columns, 1), MOST_COLUMNS)]
    down = [range(at, min(at + MOST_ROWS, rows)) for at in range(0, max(rows, 1), MOST_ROWS)]
    return [Part(r, c, row_totals=c is across[-1], column_totals=r is down[-1]) for c in across for r in down]


class Figures:
    """The figures of a map as they are printed: in thousands or pounds, counts, rounded so that they add up."""

    def __init__(self, paper: MapPaper) -> None:
        """Round the whole map at once."""
        matrix = paper.matrix
        self._money = paper.is_money
        self.scale: Scale | None = None
        if paper.is_money and paper.adds_up:
            self.scale = table_scale(matrix.total or 0)
            self._cells = round_table([[cell or 0 for cell in row] for row in matrix.cells], self.scale.unit)
        self._matrix = matrix

    @property
    def unit(self) -> str:
        """What the figures are counted in."""
        return self.scale.label if self.scale else "£" if self._money else ""

    def cell(self, row: int, column: int) -> str:
        """Return a cell in print."""
        if self.scale:
            return self.scale.text(self._cells[row][column])
        return self._plain(self._matrix.cells[row][column])

    def row(self, row: int) -> str:
        """Return the total of a row."""
        return self.scale.text(sum(self._cells[row])) if self.scale else self._plain(self._matrix.row_totals[row])

    def column(self, column: int) -> str:
        """Return the total of a column."""
        if self.scale:
            return self.scale.text(sum(row[column] for row in self._cells))
        return self._plain(self._matrix.column_totals[column])

    def total(self) -> str:
        """Return the total of the map."""
        return self.scale.text(sum(map(sum, self._cells))) if self.scale else self._plain(self._matrix.total)

    def _plain(self, figure: int | None) -> str:
        if figure is None:
            return MARK if self._matrix.kept_back else NONE
        return number((2 * figure + 100) // 200) if self._money else number(figure)


def matrix_chart(paper: MapPaper, figures: Figures, part: Part, wide: float) -> Chart:
    """Draw a part of a map, and say its totals in words."""
    rows, foot = len(part.rows), _ROW if part.column_totals else 0
    head = _HEAD + (_GROUP if paper.levels else 0)
    drawing = blank(wide, head + rows * _ROW + foot)
    room = (wide - _LABEL - (_TOTAL if part.row_totals else 0)) / max(len(part.columns), 1)
    step = min(room, 40 * mm)
    top = drawing.height - head
    for at, column in enumerate(part.columns):
        name = paper.levels[column][1] if paper.levels else paper.matrix.columns[column]
        _head(drawing, _LABEL + at * step, top, step, name)
    if paper.levels:
        _groups(drawing, [paper.levels[column][0] for column in part.columns], top + _HEAD, step)
    for at, row in enumerate(part.rows):
        y = top - (at + 1) * _ROW
        _row_label(drawing, y, paper.matrix.rows[row], paper.rows)
        for place, column in enumerate(part.columns):
            box = (_LABEL + place * step, y + _GAP, step - _GAP, _ROW - _GAP)
            _cell(drawing, box, paper, figures, (row, column))
        if part.row_totals:
            _row_total(drawing, y, paper, figures.row(row), row)
    if part.row_totals:
        _text(drawing, wide, top + 3, "Total", SEMIBOLD, 8.5, anchor="end")
    if part.column_totals:
        _column_totals(drawing, paper, figures, part, step)
    return Chart(drawing, _in_words(paper, figures))


def _head(drawing: Drawing, x: float, y: float, wide: float, name: str) -> None:
    lines = wrap(_named(name), SEMIBOLD, 8.5, wide - 3)[:3]
    for at, line in enumerate(reversed(lines)):
        _text(drawing, x + (wide - _GAP) / 2, y + 3 + at * 9.6, line, SEMIBOLD, 8.5, anchor="middle")


def _groups(drawing: Drawing, outer: Sequence[str], y: float, step: float) -> None:
    """Write each outer head above the columns it stands for."""
    at = 0
    for name, group in groupby(outer):
        many = len(list(group))
        left, right = _LABEL + at * step, _LABEL + (at + many) * step - _GAP
        drawing.add(Line(left, y, right, y, strokeColor=style.INK, strokeWidth=0.7))
        said = wrap(_named(name), SEMIBOLD, 9, right - left)[0]
        _text(drawing, (left + right) / 2, y + 4, said, SEMIBOLD, 9, anchor="middle")
        at += many


def _named(name: str, what: str = "") -> str:
    return f"No {what.lower()} given" if name == NOT_GIVEN and what else name


def _row_label(drawing: Drawing, y: float, name: str, what: str) -> None:
    face = ITALIC if name == NOT_GIVEN else SEMIBOLD
    lines = wrap(_named(name, what), face, 9, _LABEL - 4 * mm)[:3]
    start = y + _ROW / 2 - 2.6 + (len(lines) - 1) * 5.2
    for at, line in enumerate(lines):
        _text(drawing, 0, start - at * 10.4, line, face, 9)


def _cell(
    drawing: Drawing, box: tuple[float, float, float, float], paper: MapPaper, figures: Figures, at: tuple[int, int]
) -> None:
    x, y, wide, high = box
    count, figure = paper.matrix.counts[at[0]][at[1]], paper.matrix.cells[at[0]][at[1]]
    middle = x + wide / 2
    if not count:
        if at in paper.gaps:
            _gap(drawing, box)
            return
        drawing.add(_rect(box, style.WHITE, style.HAIR, 0.5))
        _text(drawing, middle, y + high / 2 - 3, NONE, REGULAR, 8.5, style.GREY, "middle")
        if at in paper.low:
            _fall(drawing, x + 4, y + high / 2, style.GREY)
        return
    shade = RAMP[min(step_of(figure or 0, paper.steps), len(RAMP)) - 1]
    drawing.add(_rect(box, shade, style.RULE, 0.4))
    ink = style.on(shade)
    _text(drawing, middle, y + high / 2 + 1, figures.cell(*at), BOLD, 9.5, ink, "middle")
    low = at in paper.low
    _text(drawing, middle, y + high / 2 - 9, f"{count:,}, low" if low else f"{count:,}", REGULAR, 8, ink, "middle")
    if low:
        _fall(drawing, x + 4, y + high / 2, ink)


def _fall(drawing: Drawing, x: float, y: float, ink: Color) -> None:
    """Draw the sign of what is low for each head."""
    drawing.add(Polygon([x, y + 3, x + 6, y + 3, x + 3, y - 3], fillColor=ink, strokeColor=None))


def _gap(drawing: Drawing, box: tuple[float, float, float, float]) -> None:
    x, y, wide, high = box
    drawing.add(_rect(box, style.WHITE, style.INK, 1.4))
    at = x - high + 2
    while at < x + wide:
        start, end = max(at, x), min(at + high, x + wide)
        points = [start, y + start - at, end, y + end - at]
        drawing.add(PolyLine(points, strokeColor=style.GREY, strokeWidth=0.4))
        at += 4
    drawing.add(_rect((x + 4, y + 6, wide - 8, high - 12), style.WHITE, None, 0))
    _text(drawing, x + wide / 2, y + high / 2 + 1, "Gap", BOLD, 9, anchor="middle")
    _text(drawing, x + wide / 2, y + high / 2 - 8.5, "no service", REGULAR, 8, anchor="middle")


def _row_total(drawing: Drawing, y: float, paper: MapPaper, figure: str, row: int) -> None:
    wide = drawing.width
    totals = [total or 0 for total in paper.matrix.row_totals]
    room, length = 18 * mm, totals[row] / (max(totals) or 1)
    if paper.adds_up:
        drawing.add(_rect((wide - _TOTAL + 2 * mm, y + _ROW / 2 - 5, room * length, 10), style.GREY, None, 0))
    _text(drawing, wide, y + _ROW / 2, figure, BOLD, 10, anchor="end")
    _text(drawing, wide, y + _ROW / 2 - 9.5, f"{paper.matrix.row_counts[row]:,}", REGULAR, 8, style.GREY, "end")


def _column_totals(drawing: Drawing, paper: MapPaper, figures: Figures, part: Part, step: float) -> None:
    drawing.add(Line(0, _ROW, drawing.width, _ROW, strokeColor=style.INK, strokeWidth=0.9))
    _text(drawing, 0, _ROW - 13, "Total", BOLD, 9)
    for at, column in enumerate(part.columns):
        middle = _LABEL + at * step + (step - _GAP) / 2
        _text(drawing, middle, _ROW - 13, figures.column(column), BOLD, 9.5, anchor="middle")
        count = f"{paper.matrix.column_counts[column]:,}"
        _text(drawing, middle, _ROW - 23, count, REGULAR, 8, style.GREY, "middle")
    if part.row_totals:
        _text(drawing, drawing.width, _ROW - 13, figures.total(), BOLD, 11, anchor="end")
        _text(drawing, drawing.width, _ROW - 23, f"{paper.matrix.count:,} activities", REGULAR, 8, style.GREY, "end")


def key(paper: MapPaper, figures: Figures, wide: float) -> Chart:
    """Draw what the shades mean."""
    about = ["– no service; small figures: activities"]
    if paper.gaps:
        about.insert(0, "Gap: a need of the plan, no service")
    if paper.low:
        about.insert(0, "▼ low: under half the mean for each head")
    drawing = blank(wide, 28)
    unit = figures.scale.unit if figures.scale else 100 if paper.is_money else 1
    bounds = [number((2 * bound + unit) // (2 * unit)) for bound in paper.steps]
    words = [f"under {bounds[0]}", *(f"from {it}" for it in bounds)] if bounds else []
    _text(drawing, 0, 17, f"Key{', ' + figures.unit if figures.unit else ''}", SEMIBOLD, 8)
    x = _LABEL
    for shade, said in zip(RAMP, words, strict=False):
        drawing.add(_rect((x, 15, 10 * mm, 10), shade, style.RULE, 0.4))
        _text(drawing, x + 11.5 * mm, 17, said, REGULAR, 8)
        x += 14 * mm + width(said, REGULAR, 8) + 5 * mm
    _text(drawing, _LABEL, 3, "   ".join(about), REGULAR, 8)
    return Chart(drawing, f"Key: {', '.join(words)}.")


def _in_words(paper: MapPaper, figures: Figures) -> str:
    rows = (f"{_named(name, paper.rows)} {figures.row(at)}" for at, name in enumerate(paper.matrix.rows))
    return f"{paper.title}. {figures.unit} {'; '.join(rows)}; together {figures.total()}."


def _rect(box: Sequence[float], fill: Color, edge: Color | None, weight: float) -> Rect:
    x, y, wide, high = box
    return Rect(x, y, wide, high, fillColor=fill, strokeColor=edge, strokeWidth=weight)


def _text(  # noqa: PLR0917 - a line of text and how it looks
    drawing: Drawing,
    x: float,
    y: float,
    text: str,
    face: str,
    size: float,
    colour: Color = style.INK,
    anchor: str = "start",
) -> None:
    drawing.add(String(x, y, text, fontName=face, fontSize=size, fillColor=colour, textAnchor=anchor))
