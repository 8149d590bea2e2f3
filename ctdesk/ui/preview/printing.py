"""Pages put on a printer, as fine as it prints."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from PySide6.QtCore import QMarginsF, QRectF, QSizeF
from PySide6.QtGui import QPageLayout, QPageSize, QPainter
from PySide6.QtPrintSupport import QPrinter

from ctdesk.domain.errors import DeskError
from ctdesk.ui.preview.pictures import image_of
from ctdesk.ui.tasks import Progress

if TYPE_CHECKING:
    from ctdesk.reports.pages import Pages, PageSize

_FINEST = 600
"""Dots an inch beyond which nobody sees a difference, and an A3 page would be a gigabyte."""
_BAND = 8_000_000
"""Pixels drawn at once, so that a page at 600 dots an inch takes 32 MB and not 140."""


def printer_for(pages: "Pages", title: str) -> QPrinter:
    """Return the usual printer, set to the paper of the first page."""
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setDocName(title)
    printer.setCreator("ctdesk")
    if pages.sizes:
        printer.setPageLayout(_layout(pages.sizes[0], _paper_of(pages.sizes[0])))
    return printer


def print_pages(pages: "Pages", printer: QPrinter, progress: Progress) -> int:
    """Print the pages a person chose in the printer's dialog, and return how many sheets that is.

    A page larger than the paper is made smaller to fit. Works on any thread. Raises DeskError if the printer does not
    take them; once cancelled, what has not gone to the printer is not printed.
    """
    numbers = list(_chosen(printer, len(pages.sizes)))
    paper = printer.pageLayout().pageSize()
    painter = QPainter()
    try:
        for done, number in enumerate(numbers):
            progress.step(done, len(numbers))
            printer.setPageLayout(_layout(pages.sizes[number], paper))
            _begin_sheet(painter, printer)
            _draw(painter, pages, number, printer)
        # CUPS asks at the end how the paper lies, and would turn the upright pages of a job that ends with a wide one.
        printer.setPageOrientation(QPageLayout.Orientation.Portrait)
    except BaseException:
        printer.abort()
        raise
    finally:
        ended = not painter.isActive() or painter.end()
    if not ended or printer.printerState() == QPrinter.PrinterState.Error:
        raise _not_taken(printer)
    return len(numbers)


def _chosen(printer: QPrinter, count: int) -> Iterator[int]:
    """Return the places of the pages to print, in the order they are to come out."""
    wanted = [at for at in range(count) if not printer.pageRanges().toString() or printer.pageRanges().contains(at + 1)]
    if printer.pageOrder() == QPrinter.PageOrder.LastPageFirst:
        wanted.reverse()
    copies = 1 if printer.supportsMultipleCopies() else printer.copyCount()
    if printer.collateCopies():
        yield from wanted * copies
    else:
        yield from (at for at in wanted for _ in range(copies))


def _paper_of(page: "PageSize") -> QPageSize:
    short, long = sorted((page.width, page.height))
    return QPageSize(QSizeF(short, long), QPageSize.Unit.Point)


def _layout(page: "PageSize", paper: QPageSize) -> QPageLayout:
    """Return the paper turned as the page is; the margins are in the page already."""
    upright = page.width <= page.height
    way = QPageLayout.Orientation.Portrait if upright else QPageLayout.Orientation.Landscape
    layout = QPageLayout(paper, way, QMarginsF())
    layout.setMode(QPageLayout.Mode.FullPageMode)
    return layout


def _begin_sheet(painter: QPainter, printer: QPrinter) -> None:
    begun = printer.newPage() if painter.isActive() else painter.begin(printer)
    if not begun:
        raise _not_taken(printer)
    painter.setRenderHint(QPainter.RenderHint.LosslessImageRendering)


def _draw(painter: QPainter, pages: "Pages", number: int, printer: QPrinter) -> None:
    """Draw one page in bands, its own size or as large as the paper holds, in the middle of it."""
    page, dots = pages.sizes[number], printer.resolution() / 72
    sheet = printer.pageLayout().fullRectPixels(printer.resolution())
    fit = min(1.0, sheet.width() / (page.width * dots) + 0.005, sheet.height() / (page.height * dots) + 0.005)
    scale = min(_FINEST / 72, dots) * fit
    wide, high = round(page.width * scale), round(page.height * scale)
    shown = dots * fit / scale
    left, top = (sheet.width() - wide * shown) / 2, (sheet.height() - high * shown) / 2
    rows = max(1, _BAND // wide)
    for first in range(0, high, rows):
        band = image_of(pages.picture(number, scale, top=first, height=rows))
        target = QRectF(left, top + first * shown, band.width() * shown, band.height() * shown)
        painter.drawImage(target, band)


def _not_taken(printer: QPrinter) -> DeskError:
    name = printer.printerName() or printer.outputFileName() or "The printer"
    return DeskError(
        f"{name} did not take the pages; see that it is on and connected, or save the PDF and print it elsewhere."
    )
