"""Drawing on the page: text, rules, boxes, symbols and charts, each in the order it is to be read, and marked.

Text belongs to the element that is being written (a paragraph of its own if none was named), a chart is a figure
with its words; rules, boxes and symbols are artifacts, as a word always says the same.
"""

import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from io import BytesIO

from reportlab.graphics import renderPDF
from reportlab.graphics.shapes import Drawing
from reportlab.lib.colors import Color
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas
from reportlab.pdfgen.textobject import PDFTextObject

from ctdesk.reports import chips, symbols
from ctdesk.reports.fonts import width
from ctdesk.reports.numbering import numbering
from ctdesk.reports.style import INK, Style
from ctdesk.reports.tags import ARTIFACT, DOCUMENT, Tags, text_string

_PLACE = re.compile("\ue000(.*?)\ue001")
_UNNAMED = -2
"""Stands for the paragraph that text will make for itself."""


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
        self.tags = Tags()
        self._numbers = numbering()
        self._places = places
        self._text: PDFTextObject | None = None
        self._style: Style | None = None
        self._y = 0.0
        self._encoded: dict[tuple[str, str, int], str] = {}
        self._inside = [DOCUMENT]
        self._now, self._lines = _UNNAMED, ARTIFACT
        """The elements to which text and lines belong."""
        self._marked: int | None = None
        """The element of the mark that is open, if one is."""

    def number(self, ahead: int = 0) -> str:
        """Return the number of this page as printed, or of one that many pages on."""
        return self._numbers.name(self.page + ahead)

    def new_block(self) -> None:
        """Let the text that follows be a paragraph of its own, unless an element is named."""
        self._now = _UNNAMED

    @contextmanager
    def element(self, kind: str, said: str = "") -> Iterator[int]:
        """Let what is written meanwhile be an element of this kind (H1, H2, P, Table, TD ...)."""
        made = self.tags.element(kind, self._inside[-1], said)
        with self.within(made):
            yield made

    @contextmanager
    def within(self, element: int) -> Iterator[None]:
        """Let what is written meanwhile belong to an element that was made before."""
        before = self._now
        self._inside.append(element)
        self._now = element
        yield
        self._inside.pop()
        self._now = before

    def into(self, element: int) -> None:
        """Let the text that follows belong to an element that was made before."""
        self._now = element

    @contextmanager
    def artifact(self) -> Iterator[None]:
        """Let what is written meanwhile be furniture, which is not read out."""
        before, self._now = self._now, ARTIFACT
        yield
        self._now = before

    @contextmanager
    def figure(self, words: str, box: tuple[float, float, float, float]) -> Iterator[None]:
        """Let everything drawn meanwhile, text and lines, be one figure in this box, described by `words`."""
        if self._now == ARTIFACT:
            yield
            return
        corners = " ".join(f"{it:.1f}" for it in box)
        self.tags.undescribed |= not words
        alt = f"/Alt{text_string(words)}" if words else ""
        with self.element("Figure", f"{alt}/A<</O/Layout/Placement/Block/BBox[{corners}]>>") as made:
            self._lines = made
            yield
            self._lines = ARTIFACT

    def text(self, x: float, y: float, text: str, style: Style) -> None:
        """Write one line with its left end and base line at x, y."""
        if "\ue000" in text:
            # someone may have typed our private marks: that is no reason to print nothing
            text = _PLACE.sub(lambda found: self._place_number(found[1]), text)
        writing = self._writing()
        if self._now != self._marked:
            self._mark_text(writing)
        elif y != self._y:
            writing.textOut(" ")  # else the words on both sides of the line's end are read as one
        self._y = y
        if style is not self._style:
            self._use(writing, style)
        _add(writing, f"1 0 0 1 {x:.3f} {y:.3f} Tm {self._shown(writing, text, style.face)}")

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

    def state(self, name: str, x: float, top: float, wide: float, high: float) -> None:
        """Draw the symbol of a state before a line of a table, in its box if it has one."""
        if name in chips.CHIPS:
            chips.draw(self._drawing(), name, (x, top, wide, high))
        else:
            self.symbol(name, x, top - 9.2)

    def drawing(self, drawing: Drawing, x: float, top: float, words: str = "") -> None:
        """Draw a chart that hangs from `top`; `words` say what it shows."""
        foot = top - drawing.height
        with self.figure(words, (x, foot, x + drawing.width, top)):
            renderPDF.draw(drawing, self._drawing(), x, foot)

    def picture(self, content: bytes, x: float, top: float, room: tuple[float, float], words: str) -> float:
        """Draw a PNG or JPEG that hangs from `top`, as large as the room allows, and return its width."""
        image = ImageReader(BytesIO(content))
        wide, high = (float(side) for side in image.getSize())
        scale = min(room[0] / wide, room[1] / high)
        wide, high = wide * scale, high * scale
        with self.figure(words, (x, top - high, x + wide, top)):
            self._drawing().drawImage(image, x, top - high, wide, high, mask="auto")
        return wide

    def bookmark(self, place: str, title: str, top: float, level: int = 0) -> None:
        """Set a bookmark with an entry in the reader's outline."""
        self.canvas.bookmarkPage(place, fit="XYZ", left=0, top=top + 6, zoom=0)
        self.canvas.addOutlineEntry(title, place, level=level, closed=level > 0)

    def end_page(self) -> None:
        """Finish the page and go to the next."""
        self._put_down()
        self._end_mark()
        self.canvas.showPage()
        self.tags.end_page()
        self.page += 1

    def _place_number(self, place: str) -> str:
        return self._numbers.name(self._places[place]) if place in self._places else "?"

    def _writing(self) -> PDFTextObject:
        if self._text is None:
            self._end_mark()
            self._text = self.canvas.beginText()
        return self._text

    def _use(self, writing: PDFTextObject, style: Style) -> None:
        writing.setFont(style.face, style.size, style.leading)
        if self._style is None or style.colour is not self._style.colour:
            writing.setFillColor(style.colour)
        self._style = style

    def _shown(self, writing: PDFTextObject, text: str, face: str) -> str:
        """Return the operators that show a text; as encoding is slow, what comes again is kept."""
        part = writing._curSubset  # noqa: SLF001 - the part of the typeface in use has no other name
        if (known := self._encoded.get((text, face, part))) is not None:
            return known
        shown: str = writing._formatText(text)  # noqa: SLF001 - there is no other way to encode without drawing
        if writing._curSubset == part:  # noqa: SLF001 - as above; else it changes the typeface, and serves once
            self._encoded[text, face, part] = shown
        return shown

    def _drawing(self) -> Canvas:
        """Put down what has been written, so that lines and boxes come after it, under a mark of their own."""
        self._put_down()
        if self._marked != self._lines:
            self._end_mark()
            self.canvas.addLiteral(self._opening(self._lines))
        return self.canvas

    def _put_down(self) -> None:
        if self._text is not None:
            if self._marked is not None:
                _add(self._text, "EMC")
            self.canvas.drawText(self._text)
            self._text = self._style = self._marked = None

    def _mark_text(self, writing: PDFTextObject) -> None:
        if self._marked is not None:
            _add(writing, "EMC")
        if self._now == _UNNAMED:
            self._now = self.tags.element("P", self._inside[-1])
        _add(writing, self._opening(self._now))

    def _opening(self, element: int) -> str:
        self._marked = element
        if element == ARTIFACT:
            return "/Artifact BMC"
        return f"/{self.tags.kinds[element]} <</MCID {self.tags.mark(element)}>> BDC"

    def _end_mark(self) -> None:
        if self._marked is not None:
            self.canvas.addLiteral("EMC")
        self._marked = None


def _add(writing: PDFTextObject, operator: str) -> None:
    writing._code.append(operator)  # noqa: SLF001 - a text object offers no way to write an operator it does not know
