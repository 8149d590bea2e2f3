"""Charts of ratings: how many agreements are red, amber, green or missing, and how one measure has moved.

Every part carries its figure and every state its symbol or edge, so that nothing hangs on colour.
"""

from collections.abc import Sequence
from decimal import Decimal

from reportlab.graphics.shapes import Circle, Drawing, Line, Polygon, PolyLine, Rect, Shape, String
from reportlab.lib.colors import Color

from ctdesk.domain.performance import Standing
from ctdesk.reports import style
from ctdesk.reports.charts import Chart, blank
from ctdesk.reports.fonts import BOLD, SEMIBOLD, width, wrap
from ctdesk.reports.style import Style, mm
from ctdesk.reports.symbols import CORNERS

_FILLS: dict[Standing, Color] = {
    Standing.RED: style.RED,
    Standing.AMBER: style.AMBER,
    Standing.GREEN: style.GREEN_PALE,
    Standing.MISSING: style.WHITE,
    Standing.NOT_DUE: style.WASH,
}
SYMBOLS = {
    Standing.RED: "diamond",
    Standing.AMBER: "triangle",
    Standing.GREEN: "disc",
    Standing.MISSING: "ring",
    Standing.NOT_DUE: "dash",
}
"""The symbol before the word of each standing."""
_MARKS = {Standing.RED: style.RED, Standing.AMBER: style.AMBER_EDGE, Standing.GREEN: style.GREEN}
SHOWN = (Standing.RED, Standing.AMBER, Standing.GREEN, Standing.MISSING, Standing.NOT_DUE)
"""The order in which standings are drawn: missing ones last, as nothing is known of them."""

_BAR, _STEP, _LABELS = 8 * mm, 6.4 * mm, 46 * mm
_NAME, _LABEL = Style(SEMIBOLD, 8, 0), Style(SEMIBOLD, 8.5, 0)


def rating_bar(counts: Sequence[tuple[Standing, int]], wide: float) -> Chart:
    """Draw one bar in the parts that stand so, each named above and counted within."""
    held = [(standing, count) for standing, count in counts if count]
    drawing = blank(wide, _BAR + 13)
    total = sum(count for _, count in held) or 1
    least = 14 * mm
    parts = _at_least([count / total * wide for _, count in held], least, wide)
    x = 0.0
    for (standing, count), part in zip(held, parts, strict=True):
        _box(drawing, standing, (x, 0, part, _BAR))
        drawing.add(_mark(standing, x + 0.4, _BAR + 3.9, 5.4))
        drawing.add(_string(x + 8, _BAR + 4, standing.value.capitalize(), _NAME))
        drawing.add(_string(x + 2.2 * mm, _BAR / 2 - 4, str(count), Style(BOLD, 11, 0, _on(standing))))
        x += part
    said = ", ".join(f"{standing.value} {count}" for standing, count in held)
    return Chart(drawing, f"Agreements by state: {said or 'none'}.")


def _at_least(parts: Sequence[float], least: float, wide: float) -> list[float]:
    """Widen parts too narrow for their names, at the cost of the others in proportion."""
    narrow = [part < least for part in parts]
    room = wide - least * sum(narrow)
    rest = sum(part for part, is_narrow in zip(parts, narrow, strict=True) if not is_narrow) or 1
    return [least if is_narrow else part * room / rest for part, is_narrow in zip(parts, narrow, strict=True)]


def rating_bars(rows: Sequence[tuple[str, Sequence[int]]], wide: float) -> Chart:
    """Draw a bar for each row: its label, its counts in the order of `SHOWN`, and their sum at the end."""
    labels = [wrap(label, SEMIBOLD, 8.5, _LABELS - 3 * mm) for label, _ in rows]
    steps = [max(_STEP, len(lines) * 10 + 3) for lines in labels]
    drawing = blank(wide, max(sum(steps), 1))
    scale = (wide - _LABELS - 10 * mm) / max((sum(counts) for _, counts in rows), default=1)
    top = drawing.height
    for (_, counts), lines, step in zip(rows, labels, steps, strict=True):
        _row(drawing, lines, counts, top - step / 2, scale)
        top -= step
    said = "; ".join(f"{label}: {_told(counts)}" for label, counts in rows)
    return Chart(drawing, f"Agreements by outcome. {said}.")


def _row(drawing: Drawing, lines: Sequence[str], counts: Sequence[int], middle: float, scale: float) -> None:
    high = _STEP * 0.78
    for place, line in enumerate(lines):
        y = middle - 3 + ((len(lines) - 1) / 2 - place) * 10
        drawing.add(_string(_LABELS - 3 * mm, y, line, _LABEL, "end"))
    x = _LABELS
    for standing, count in zip(SHOWN, counts, strict=True):
        if count:
            _box(drawing, standing, (x, middle - high / 2, count * scale, high))
            if count * scale > width(str(count), SEMIBOLD, 8) + 2:
                drawing.add(
                    _string(
                        x + count * scale / 2, middle - 2.8, str(count), Style(SEMIBOLD, 8, 0, _on(standing)), "middle"
                    )
                )
            x += count * scale
    drawing.add(_string(x + 2 * mm, middle - 3.1, str(sum(counts)), Style(BOLD, 9, 0)))


def _told(counts: Sequence[int]) -> str:
    return ", ".join(f"{standing.value} {count}" for standing, count in zip(SHOWN, counts, strict=True) if count)


def sparkline(figures: Sequence[Decimal | None], target: Decimal | None, wide: float, high: float) -> Chart:
    """Draw the figures of successive periods as a line with its last point, and the target as dashes.

    A period without a figure is a gap. With nothing reported only the target is drawn.
    """
    drawing = blank(wide, high)
    known = [figure for figure in figures if figure is not None]
    levels = [*known, *([target] if target is not None else [])]
    if not levels:
        return Chart(drawing, "Nothing was reported.")
    low, top = float(min(levels)), float(max(levels))
    spread = (top - low) or 1.0

    def height(value: Decimal) -> float:
        return 2 + (float(value) - low) / spread * (high - 4) if top > low else high / 2

    if target is not None:
        y = height(target)
        drawing.add(Line(0, y, wide, y, strokeColor=style.GREY, strokeWidth=0.6, strokeDashArray=[2, 1.6]))
    step = wide / max(len(figures) - 1, 1)
    run: list[float] = []
    for place, figure in enumerate((*figures, None)):
        if figure is not None:
            run += [place * step, height(figure)]
            continue
        if len(run) > 2:
            drawing.add(PolyLine(run, strokeColor=style.ACCENT, strokeWidth=1.1))
        elif run:
            drawing.add(Circle(run[0], run[1], 1, fillColor=style.ACCENT, strokeColor=None))
        run = []
    if figures and figures[-1] is not None:
        drawing.add(Circle(wide - 1.5, height(figures[-1]), 1.5, fillColor=style.ACCENT, strokeColor=None))
    return Chart(drawing, f"Figures: {', '.join('none' if it is None else f'{it.normalize():f}' for it in figures)}.")


def _mark(standing: Standing, x: float, y: float, size: float) -> Shape:
    """Return the symbol of a standing as it stands before its word in tables."""
    name, colour = SYMBOLS[standing], _MARKS.get(standing, style.INK)
    if name in CORNERS:
        corners = [side for right, up in CORNERS[name] for side in (x + right * size, y + up * size)]
        return Polygon(corners, fillColor=colour, strokeColor=None)
    if name == "dash":
        return Line(x, y + size / 2, x + size, y + size / 2, strokeColor=style.GREY, strokeWidth=1)
    round_ = Circle(x + size / 2, y + size / 2, size / 2 - 0.3, fillColor=colour, strokeColor=None)
    if name == "ring":
        round_.fillColor, round_.strokeColor, round_.strokeWidth = None, colour, 0.9
        round_.strokeDashArray = [1.4, 1.1]
    return round_


def _box(drawing: Drawing, standing: Standing, place: tuple[float, float, float, float]) -> None:
    x, y, wide, high = place
    missing = standing in {Standing.MISSING, Standing.NOT_DUE}
    box = Rect(x + 0.4, y, max(wide - 0.8, 0.4), high, fillColor=_FILLS[standing], strokeColor=style.INK)
    box.strokeWidth = 0.7
    if missing:
        box.strokeDashArray = [1.6, 1.2]
    drawing.add(box)


def _on(standing: Standing) -> Color:
    return style.on(_FILLS[standing])


def _string(x: float, y: float, text: str, look: Style, anchor: str = "start") -> String:
    return String(x, y, text, fontName=look.face, fontSize=look.size, fillColor=look.colour, textAnchor=anchor)
