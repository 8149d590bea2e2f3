"""The box round a state: the worse it is, the more ink, so that it can be told in grey; a word always stands in it."""

from collections.abc import Mapping
from dataclasses import dataclass

from reportlab.lib.colors import Color
from reportlab.pdfgen.canvas import Canvas

from ctdesk.reports import style, symbols
from ctdesk.reports.style import Style, mm

PAD = 1.1 * mm
"""Room between the box and what stands in it."""
INDENT = PAD + 2.9 * mm
"""How far from the left of the box its word begins, after the symbol."""
_CORNER = 2


@dataclass(frozen=True, slots=True)
class Chip:
    """How the box of a state looks: what fills it, its edge, and the styles of symbol and word."""

    fill: Color
    edge: Color
    weight: float
    mark: Color
    look: Style
    dashed: bool = False


CHIPS: Mapping[str, Chip] = {
    "diamond": Chip(style.RED, style.RED, 0.7, style.WHITE, style.CELL_ON_RED),
    "triangle": Chip(style.AMBER_PALE, style.AMBER_EDGE, 0.9, style.AMBER_EDGE, style.CELL_STRONG),
    "disc": Chip(style.WHITE, style.GREEN, 0.7, style.GREEN, style.CELL_STRONG),
    "ring": Chip(style.WHITE, style.INK, 0.8, style.INK, style.CELL_STRONG, dashed=True),
}
"""The states that have a box, by their symbol: red, amber, green, and what is not known."""


def draw(canvas: Canvas, symbol: str, box: tuple[float, float, float, float]) -> None:
    """Draw the box of a state (left, top, width, height) with its symbol before the first line of words."""
    chip, (left, top, wide, high) = CHIPS[symbol], box
    canvas.saveState()
    canvas.setFillColor(chip.fill)
    canvas.setStrokeColor(chip.edge)
    canvas.setLineWidth(chip.weight)
    if chip.dashed:
        canvas.setDash([1.6, 1.3])
    canvas.roundRect(left, top - high, wide, high, _CORNER, stroke=1, fill=1)
    canvas.restoreState()
    symbols.draw(canvas, symbol, left + PAD, top - 8.8, 5.4, colour=chip.mark)
