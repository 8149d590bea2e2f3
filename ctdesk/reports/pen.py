"""Drawing on the page: text, rules, boxes, symbols and charts, each in the order it is to be read."""

import re
from collections.abc import Mapping

from reportlab.graphics import renderPDF
from reportlab.graphics.shapes import Drawing
from reportlab.lib.colors import Color
from reportlab.pdfgen.canvas import Canvas
from reportlab.pdfgen.textobject import PDFTextObject

from ctdesk.reports import symbols
from ctdesk.reports.fonts import width
from ctdesk.reports.style import INK, Style

_PLACE = re.compile("\ue000(.*?)\ue001")


def page_of(place: str) -> str:
    """Return text that is printed as the number of the page on which the bookmark `place` stands."""
    return f"\ue000{place}\ue001"


def measured(text: str) -> str:
    """Return `text` with a wide number where a page number will stand, to measure it by."""
    return _PLACE.sub("000", text) if "\ue000" in text else text


class Pen:
    """Draws on one page after another of a canvas; knows the number of the page, of all pages, and of places."""

    def __init__(self, canvas: Canvas, pages: int, places: Mapping[str, int]) -> None:
        self.canvas = canvas
        self.pages = pages
        self.page = 1
        self._places = places
        self._text: PDFTextObject | None = None
        self._style: Style | None = None

    def text(self, x: float, y: float, text: str, style: Style) -> None:
        """Write one line with its left end and base line at x, y."""
        if "\ue000" in text:
            # someone may have typed our private marks: that is no reason to print nothing
            text = _PLACE.sub(lambda found: str(self._places.get(found[1], "?")), text)
        writing = self._writing()
        if style is not self._style:
            self._use(writing, style)
        writing.setTextOrigin(x, y)
        writing.textLine(text)

    def right(self, x: float, y: float, text: str, style: Style) -> None:
        """Write one line with its right end at x."""
        self.text(x - width(measured(text), style.face, style.size), y, text, style)

    def rule(self, x: float, y: float, length: float, colour: Color = INK, weight: float = 0.5) -> None:
        """Draw a level line."""
        canvas = self._drawing()
        canvas.setStrokeColor(colour)
        canvas.setLineWidth(weight)
        canvas.line(x, y, x + length, y)

    def rules(self, x: float, heights: list[float], length: float, colour: Color, weight: float = 0.5) -> None:
        """Draw many level lines alike."""
        canvas = self._drawing()
        canvas.setStrokeColor(colour)
        canvas.setLineWidth(weight)
        canvas.lines([(x, y, x + length, y) for y in heights])

    def box(self, x: float, top: float, length: float, height: float, colour: Color) -> None:
        """Fill a box that hangs from `top`."""
        canvas = self._drawing()
        canvas.setFillColor(colour)
        canvas.rect(x, top - height, length, height, stroke=0, fill=1)

    def symbol(self, name: str, x: float, y: float, size: float = 5.6) -> None:
        """Draw the symbol of a state with its lower left corner at x, y."""
        symbols.draw(self._drawing(), name, x, y, size)

    def drawing(self, drawing: Drawing, x: float, top: float) -> None:
        """Draw a chart that hangs from `top`."""
        renderPDF.draw(drawing, self._drawing(), x, top - drawing.height)

    def bookmark(self, place: str, title: str, top: float, level: int = 0) -> None:
        """Set a bookmark with an entry in the reader's outline."""
        canvas = self._drawing()
        canvas.bookmarkPage(place, fit="XYZ", left=0, top=top + 6, zoom=0)
        canvas.addOutlineEntry(title, place, level=level, closed=level > 0)

    def end_page(self) -> None:
        """Finish the page and go to the next."""
        self._drawing().showPage()
        self.page += 1

    def _writing(self) -> PDFTextObject:
        if self._text is None:
            self._text = self.canvas.beginText()
        return self._text

    def _use(self, writing: PDFTextObject, style: Style) -> None:
        writing.setFont(style.face, style.size, style.leading)
        if self._style is None or style.colour is not self._style.colour:
            writing.setFillColor(style.colour)
        self._style = style

    def _drawing(self) -> Canvas:
        """Put down what has been written, so that lines and boxes come after it."""
        if self._text is not None:
            self.canvas.drawText(self._text)
        self._text = self._style = None
        return self.canvas
