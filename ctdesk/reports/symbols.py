"""The symbols of states, drawn as paths because the typeface has none; a word always stands beside them."""

from collections.abc import Callable

from reportlab.lib.colors import Color
from reportlab.pdfgen.canvas import Canvas

from ctdesk.reports.style import GREY, INK, WHITE

CORNERS = {"diamond": ((0.5, 0), (1, 0.5), (0.5, 1), (0, 0.5)), "triangle": ((0, 0.04), (1, 0.04), (0.5, 1))}
"""The corners of symbols that have some, as shares of their size, right and up."""
_Draw = Callable[[Canvas, float, float, float], None]


def draw(canvas: Canvas, name: str, x: float, y: float, size: float, *, colour: Color = INK) -> None:
    """Draw the symbol `name` in a square of `size` points from x, y upwards; the lock is white, the dash grey."""
    canvas.saveState()
    canvas.setStrokeColor(colour)
    canvas.setFillColor(colour)
    _DRAWN[name](canvas, x, y, size)
    canvas.restoreState()


def _tick(canvas: Canvas, x: float, y: float, size: float) -> None:
    canvas.setLineWidth(size * 0.25)
    path = canvas.beginPath()
    path.moveTo(x + size * 0.05, y + size * 0.5)
    path.lineTo(x + size * 0.36, y + size * 0.16)
    path.lineTo(x + size * 0.95, y + size * 0.9)
    canvas.drawPath(path, stroke=1, fill=0)


def _half(canvas: Canvas, x: float, y: float, size: float) -> None:
    radius = size / 2
    canvas.setLineWidth(0.7)
    canvas.circle(x + radius, y + radius, radius - 0.35, stroke=1, fill=0)
    path = canvas.beginPath()
    path.arc(x + 0.35, y + 0.35, x + size - 0.35, y + size - 0.35, startAng=90, extent=180)
    path.close()
    canvas.drawPath(path, stroke=0, fill=1)


def _ring(canvas: Canvas, x: float, y: float, size: float) -> None:
    canvas.setLineWidth(0.9)
    canvas.setDash([1.4, 1.1])
    canvas.circle(x + size / 2, y + size / 2, size / 2 - 0.45, stroke=1, fill=0)


def _dash(canvas: Canvas, x: float, y: float, size: float) -> None:
    canvas.setStrokeColor(GREY)
    canvas.setLineWidth(1)
    canvas.line(x, y + size / 2, x + size, y + size / 2)


def _lock(canvas: Canvas, x: float, y: float, size: float) -> None:
    canvas.setStrokeColor(WHITE)
    canvas.setFillColor(WHITE)
    canvas.setLineWidth(size * 0.16)
    canvas.rect(x + size * 0.1, y, size * 0.8, size * 0.6, stroke=0, fill=1)
    path = canvas.beginPath()
    path.arc(x + size * 0.26, y + size * 0.35, x + size * 0.74, y + size * 0.98, startAng=0, extent=180)
    canvas.drawPath(path, stroke=1, fill=0)


def _cornered(name: str) -> _Draw:
    def drawn(canvas: Canvas, x: float, y: float, size: float) -> None:
        path = canvas.beginPath()
        for place, (right, up) in enumerate(CORNERS[name]):
            (path.lineTo if place else path.moveTo)(x + right * size, y + up * size)
        path.close()
        canvas.drawPath(path, stroke=0, fill=1)

    return drawn


def _disc(canvas: Canvas, x: float, y: float, size: float) -> None:
    canvas.circle(x + size / 2, y + size / 2, size / 2 - 0.3, stroke=0, fill=1)


_DRAWN: dict[str, _Draw] = {
    "tick": _tick,
    "half": _half,
    "ring": _ring,
    "dash": _dash,
    "lock": _lock,
    "diamond": _cornered("diamond"),
    "triangle": _cornered("triangle"),
    "disc": _disc,
}
