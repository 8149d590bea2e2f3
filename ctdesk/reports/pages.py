"""The pages of a finished PDF as pictures, for a screen or a printer."""

import threading
from dataclasses import dataclass
from typing import Any

import pypdfium2
from pypdfium2 import raw

from ctdesk.domain.errors import DeskError

_TURN = threading.Lock()
"""PDFium does one thing at a time in a whole process, whatever the document."""
_WHITE = (255, 255, 255, 255)


@dataclass(frozen=True, slots=True)
class PageSize:
    """Width and height of a page in points (1/72 inch)."""

    width: float
    height: float


@dataclass(frozen=True, slots=True)
class Pixels:
    """A picture, or a band of one: rows of `stride` bytes, 4 bytes a pixel (blue, green, red, unused)."""

    width: int
    height: int
    stride: int
    content: bytes


class Pages:
    """The pages of one PDF. May be asked from any thread; close it when done."""

    def __init__(self, content: bytes, name: str) -> None:
        """Open the bytes of a PDF; *name* is what errors call it. Raises DeskError if they are no sound PDF."""
        self._name = name
        with _TURN:
            try:
                self._document: Any = pypdfium2.PdfDocument(content)
                found = [self._document.get_page_size(at) for at in range(len(self._document))]
            except pypdfium2.PdfiumError as fault:
                raise DeskError(
                    f"The pages of {name} cannot be shown, because the PDF is damaged or locked; make it again."
                ) from fault
        self.sizes = tuple(PageSize(*size) for size in found)

    def picture(self, page: int, scale: float, *, top: int = 0, height: int | None = None) -> Pixels:
        """Return a page (the first is 0) at so many pixels a point, or only a band of it by rows of pixels.

        Raises DeskError if the page is damaged or the pages are closed.
        """
        size = self.sizes[page]
        wide, high = max(1, round(size.width * scale)), max(1, round(size.height * scale))
        rows = high - top if height is None else min(height, high - top)
        with _TURN:
            try:
                return self._drawn(page, (wide, high), top, rows)
            except (pypdfium2.PdfiumError, TypeError) as fault:
                raise DeskError(f"Page {page + 1} of {self._name} cannot be shown; make the PDF again.") from fault

    def _drawn(self, page: int, whole: tuple[int, int], top: int, rows: int) -> Pixels:
        bitmap = pypdfium2.PdfBitmap.new_native(whole[0], rows, raw.FPDFBitmap_BGRx)
        try:
            bitmap.fill_rect(_WHITE, 0, 0, whole[0], rows)
            opened = self._document[page]
            try:
                raw.FPDF_RenderPageBitmap(bitmap, opened, 0, -top, *whole, 0, raw.FPDF_ANNOT)
            finally:
                opened.close()
            return Pixels(whole[0], rows, bitmap.stride, bytes(bitmap.buffer))
        finally:
            bitmap.close()

    def text(self, page: int) -> str:
        """Return the words of a page (the first is 0), with single spaces. Raises DeskError if it is damaged."""
        with _TURN:
            try:
                opened = self._document[page]
                written = opened.get_textpage()
                words = str(written.get_text_range())
                written.close()
                opened.close()
            except (pypdfium2.PdfiumError, TypeError) as fault:
                raise DeskError(f"Page {page + 1} of {self._name} cannot be read; make the PDF again.") from fault
        return " ".join(words.split())

    def close(self) -> None:
        """Let the document go; no picture can be had afterwards."""
        with _TURN:
            if self._document is not None:
                self._document.close()
                self._document = None
