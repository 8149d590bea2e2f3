"""Charts as drawings for paper and screen, each with its equivalent in words."""

from collections.abc import Sequence
from dataclasses import dataclass

from reportlab.graphics.shapes import Drawing, Line, PolyLine, Rect, String
from reportlab.lib.colors import Color

from ctdesk.domain.baseline_figures import Coverage
from ctdesk.reports import style
from ctdesk.reports.fonts import BOLD, ITALIC, REGULAR, SEMIBOLD, clean, register, width, wrap
from ctdesk.reports.numbers import percents
from ctdesk.reports.style import mm

_LABEL = 8.5
_LEADING = 9.6
_STEP = 8.2 * mm
_THICK = 0.76
"""The part of a step that the bar fills."""


@dataclass(frozen=True, slots=True)
class Chart:
    """A drawing, and in one sentence what it shows to those who do not see it."""

    drawing: Drawing
    words: str


@dataclass(frozen=True, slots=True)
class Part:
    """A stretch of a bar: its length in the unit of the chart, and the figure printed in it."""

    length: float
    figure: str


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar: its label, its parts in the order of the chart's names, the figure at its end and its share."""

    label: str
    parts: Sequence[Part]
    figure: str
    share: str = ""
    named: bool = True
    """False where the label stands for a value not given."""

    @property
    def length(self) -> float:
        """The whole length."""
        return sum(part.length for part in self.parts)


def blank(wide: float, high: float) -> Drawing:
    """Return an empty drawing that uses our typeface alone."""
    register()
    return Drawing(wide, high, initialFontName=REGULAR)


def stacked_bars(
    bars: Sequence[Bar], names: Sequence[str], wide: float, *, unknown_last: bool = False, step: float = _STEP
) -> Chart:
    """Draw bars of several parts; the name of each part stands over the first bar that has it.

    With `unknown_last` the last part is what has no name: it is hatched, not toned.
    """
    head = 13 if len(names) > 1 else 0
    left = _left(bars)
    deepest = max((len(_label_lines(bar, left - 2.5 * mm)) for bar in bars), default=1)
    step = max(step, deepest * _LEADING + 3)
    drawing, scale = _frame(bars, wide, head, step)
    colours: list[Color | None] = [
        style.tone(place, len(names) - unknown_last) for place in range(len(names) - unknown_last)
    ]
    colours += [None] * unknown_last
    thick = step * _THICK
    for row, bar in enumerate(bars):
        top = drawing.height - head - row * step
        x = left
        for part, colour in zip(bar.parts, colours, strict=True):
            _part(drawing, (x, top, part.length * scale, thick), part, colour)
            x += part.length * scale
        _end(drawing, x, top - thick / 2 - 3.1, bar)
    drawing.add(Line(left, 0, left, drawing.height - head + 2, strokeColor=style.INK, strokeWidth=1.2))
    if head and bars:
        _names_over(drawing, bars[0], names, left, scale)
    return Chart(drawing, _in_words(bars, names))


def plain_bars(bars: Sequence[Bar], wide: float) -> Chart:
    """Draw bars of one part each, from nought, with the figure at the end."""
    return stacked_bars(bars, ("",), wide, step=6.6 * mm)


def columns(labels: Sequence[tuple[str, str]], heights: Sequence[float], figures: Sequence[str], wide: float) -> Chart:
    """Draw a column for each period, its figure on top and its label in two lines below."""
    high, foot = 42 * mm, 22.0
    drawing = blank(wide, high)
    step = wide / max(len(labels), 1)
    scale = (high - foot - 14) / (max(heights, default=0) or 1)
    for place, ((upper, lower), height, figure) in enumerate(zip(labels, heights, figures, strict=True)):
        x, centre = place * step, (place + 0.5) * step
        drawing.add(rect(x + step * 0.14, foot, step * 0.72, height * scale, style.ACCENT))
        drawing.add(string(centre, foot + height * scale + 3, figure, SEMIBOLD, 8, anchor="middle"))
        drawing.add(string(centre, foot - 10, upper, REGULAR, 8, anchor="middle"))
        drawing.add(string(centre, foot - 19, lower, REGULAR, 8, colour=style.GREY, anchor="middle"))
    drawing.add(Line(0, foot, wide, foot, strokeColor=style.INK, strokeWidth=1.2))
    said = (f"{' '.join(label)} {figure}" for label, figure in zip(labels, figures, strict=True))
    return Chart(drawing, f"{'; '.join(said)}.")


def coverage_bar(coverage: Coverage, wide: float, high: float = 2.2 * mm) -> Chart:
    """Draw what a total rests on: solid returned, hatched estimated, dashed outline missing."""
    drawing = blank(wide, high)
    x = 0.0
    shares = coverage.shares()
    for share, kind in zip(shares, (_solid, hatched, _dashed), strict=True):
        if share:
            kind(drawing, x, 0, wide * float(share), high)
        x += wide * float(share)
    said = (
        f"{share} {kind}" for share, kind in zip(percents(shares), ("returned", "estimated", "missing"), strict=True)
    )
    return Chart(drawing, f"Coverage: {', '.join(said)}.")


def coverage_key() -> Drawing:
    """Draw the key of the coverage bars."""
    drawing = blank(95 * mm, 9)
    x = 0.0
    for kind, words in ((_solid, "returned"), (hatched, "estimated by the team"), (_dashed, "missing")):
        kind(drawing, x, 1.6, 5 * mm, 2.2 * mm)
        drawing.add(string(x + 6.4 * mm, 2, words, REGULAR, 8.5, colour=style.GREY))
        x += 11 * mm + width(words, REGULAR, 8.5)
    return drawing


def _left(bars: Sequence[Bar]) -> float:
    """Return where the bars start: the labels stand before, on several lines if they are long."""
    widest = max((width(clean(bar.label), SEMIBOLD, _LABEL) for bar in bars), default=0)
    return min(max(widest, 25 * mm), 62 * mm) + 2.5 * mm


def _frame(bars: Sequence[Bar], wide: float, head: float, step: float) -> tuple[Drawing, float]:
    """Return the drawing with its labels, and points to a unit of length."""
    left = _left(bars)
    drawing = blank(wide, head + max(len(bars), 1) * step)
    for row, bar in enumerate(bars):
        _label(drawing, bar, left - 2.5 * mm, drawing.height - head - (row + _THICK / 2) * step)
    ends = max((width(f"{bar.figure} {bar.share}", BOLD, 9) for bar in bars), default=0) + 3 * mm
    longest = max((bar.length for bar in bars), default=0)
    return drawing, (wide - left - ends) / longest if longest else 0.0


def _label_lines(bar: Bar, room: float) -> tuple[str, ...]:
    return wrap(bar.label, SEMIBOLD if bar.named else ITALIC, _LABEL, room)


def _label(drawing: Drawing, bar: Bar, right: float, middle: float) -> None:
    lines = _label_lines(bar, right)
    y = middle - 3 + (len(lines) - 1) * _LEADING / 2
    for line in lines:
        drawing.add(string(right, y, line, SEMIBOLD if bar.named else ITALIC, _LABEL, anchor="end"))
        y -= _LEADING


def _part(drawing: Drawing, place: tuple[float, float, float, float], part: Part, colour: Color | None) -> None:
    x, top, wide, high = place
    if not wide:
        return
    if colour is None:
        hatched(drawing, x, top - high, wide, high)
        return
    drawing.add(rect(x, top - high, wide, high, colour, edge=style.WHITE))
    if part.figure and wide > width(part.figure, SEMIBOLD, 8) + 3 * mm:
        centre, y = x + wide / 2, top - high / 2 - 2.8
        drawing.add(string(centre, y, part.figure, SEMIBOLD, 8, colour=style.on(colour), anchor="middle"))


def _end(drawing: Drawing, x: float, y: float, bar: Bar) -> None:
    drawing.add(string(x + 2.2 * mm, y, bar.figure, BOLD, 9))
    if bar.share:
        at = x + 3.4 * mm + width(bar.figure, BOLD, 9)
        drawing.add(string(at, y, bar.share, REGULAR, _LABEL, colour=style.GREY))


def _names_over(drawing: Drawing, bar: Bar, names: Sequence[str], left: float, scale: float) -> None:
    """Write the names of the parts over those of the first bar, moved right where they would touch."""
    x, free = left, left
    for name, part in zip(names, bar.parts, strict=True):
        at = max(x, free)
        drawing.add(string(at, drawing.height - 9, clean(name), REGULAR, 8, colour=style.GREY))
        free = at + width(clean(name), REGULAR, 8) + 2.5 * mm
        x += part.length * scale


def _in_words(bars: Sequence[Bar], names: Sequence[str]) -> str:
    said = []
    for bar in bars:
        parts = [f"{name} {part.figure}" for name, part in zip(names, bar.parts, strict=True) if name]
        share = f" ({bar.share})" if bar.share else ""
        said.append(f"{bar.label} {bar.figure}{share}{': ' if parts else ''}{', '.join(parts)}")
    return f"{'; '.join(said)}."


def _solid(drawing: Drawing, x: float, y: float, wide: float, high: float) -> None:
    drawing.add(rect(x, y, wide, high, style.ACCENT))


def hatched(drawing: Drawing, x: float, y: float, wide: float, high: float) -> None:
    """Draw a box of slanting lines: what is estimated, optional or not named."""
    drawing.add(rect(x, y, wide, high, style.WHITE, edge=style.ACCENT, weight=0.7))
    step = 2.6
    at = x - high + step / 2
    while at < x + wide:
        start, end = max(at, x), min(at + high, x + wide)
        points = [start, y + start - at, end, y + end - at]
        drawing.add(PolyLine(points, strokeColor=style.ACCENT, strokeWidth=0.6))
        at += step


def _dashed(drawing: Drawing, x: float, y: float, wide: float, high: float) -> None:
    box = rect(x + 0.4, y, max(wide - 0.8, 0.4), high, style.WHITE, edge=style.INK, weight=0.7)
    box.strokeDashArray = [1.6, 1.2]
    drawing.add(box)


def rect(
    x: float, y: float, wide: float, high: float, fill: Color, *, edge: Color | None = None, weight: float = 0.8
) -> Rect:
    """Return a filled box."""
    return Rect(x, y, wide, high, fillColor=fill, strokeColor=edge, strokeWidth=weight)


def string(
    x: float, y: float, text: str, face: str, size: float, *, colour: Color = style.INK, anchor: str = "start"
) -> String:
    """Return a line of text."""
    return String(x, y, text, fontName=face, fontSize=size, fillColor=colour, textAnchor=anchor)
