"""What a pack prints over its pages: the running number, and on outside pages where they belong."""

from collections.abc import Sequence
from dataclasses import dataclass
from io import BytesIO

from reportlab import rl_config
from reportlab.pdfgen.canvas import Canvas

from ctdesk.reports import style
from ctdesk.reports.fonts import REGULAR, clean, register, width
from ctdesk.reports.style import Style, mm

_FOOT_OUTSIDE = 11.5 * mm
"""How high the rule over the foot of an outside page stands, under what the page itself may show."""


@dataclass(frozen=True, slots=True)
class Stamp:
    """What is printed over one page: its number, and what stands at its foot if it has no foot of its own."""

    width: float
    height: float
    number: str
    foot: str = ""
    closed: bool = False


def stamps(wanted: Sequence[Stamp]) -> bytes:
    """Return a PDF with one page for each stamp."""
    register()
    rl_config.useA85 = 0  # as in every document of ours
    drawn = BytesIO()
    canvas = Canvas(drawn, invariant=1, pageCompression=1, initialFontName=REGULAR)
    for stamp in wanted:
        canvas.setPageSize((stamp.width, stamp.height))
        _draw(canvas, stamp)
        canvas.showPage()
    canvas.save()
    return drawn.getvalue()


def _draw(canvas: Canvas, stamp: Stamp) -> None:
    side, foot = min(20 * mm, stamp.width / 10), _FOOT_OUTSIDE if stamp.foot else 14 * mm
    if stamp.foot:
        canvas.setStrokeColor(style.RULE)
        canvas.setLineWidth(0.6)
        canvas.line(side, foot, stamp.width - side, foot)
        _text(canvas, side, foot - 11, clean(stamp.foot), style.FURNITURE)
    look = style.FURNITURE_PAGE
    _text(canvas, stamp.width - side - width(stamp.number, look.face, look.size), foot - 11, stamp.number, look)
    if stamp.closed:
        wide = width(style.CLOSED_WORDS, style.CLOSED.face, style.CLOSED.size)
        canvas.setFillColor(style.INK)
        canvas.rect((stamp.width - wide) / 2 - 7, stamp.height - 12.8 * mm, wide + 14, 16, stroke=0, fill=1)
        _text(canvas, (stamp.width - wide) / 2, stamp.height - 12.8 * mm + 5, style.CLOSED_WORDS, style.CLOSED)


def _text(canvas: Canvas, x: float, y: float, text: str, look: Style) -> None:
    canvas.setFont(look.face, look.size)
    canvas.setFillColor(look.colour)
    canvas.drawString(x, y, text)
