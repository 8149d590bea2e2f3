"""The window that shows what will be printed: pages, their list, Save, Open and Print."""

from collections.abc import Callable
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, TypeVar

from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QDesktopServices, QKeySequence, QResizeEvent, QShortcut
from PySide6.QtPrintSupport import QAbstractPrintDialog, QPrintDialog, QPrinter, QPrinterInfo
from PySide6.QtWidgets import QDialog, QFileDialog, QHBoxLayout, QWidget
from shiboken6 import isValid

from ctdesk.domain.errors import DeskError
from ctdesk.services.preview import Paper, in_words, pages_of, save_paper
from ctdesk.ui.preview.bar import PreviewBar
from ctdesk.ui.preview.page_list import PageList
from ctdesk.ui.preview.pages_view import FIT_PAGE, FIT_WIDTH, PagesView
from ctdesk.ui.preview.printing import print_pages, printer_for
from ctdesk.ui.session import Session
from ctdesk.ui.tasks import Progress, Task
from ctdesk.ui.theme import size
from ctdesk.ui.widgets import ElidedLabel, FootBar, button, edge_to_edge

if TYPE_CHECKING:
    from ctdesk.reports.pages import Pages, PageSize

_T = TypeVar("_T")
_ZOOM = "preview zoom"
_LIST_FROM = 760
"""Width at 100% text from which the list of pages has room beside them."""
_NAMED = {(210, 297): "A4", (297, 420): "A3", (148, 210): "A5"}


class PreviewWindow(QDialog):
    """Shows the very PDF that is saved and printed. It owns the pages, and closes them with itself."""

    def __init__(self, session: Session, parent: QWidget, printed: Paper, pages: "Pages") -> None:
        """Show a paper over the window of *parent*."""
        super().__init__(parent, Qt.WindowType.Window)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(f"{printed.title} – preview")
        self._session, self._paper, self._pages = session, printed, pages
        self._task: Task | None = None
        self.bar = PreviewBar(len(pages.sizes))
        self.list = PageList(pages)
        self.view = PagesView(pages, float(session.memory.get(_ZOOM, FIT_WIDTH)))
        self.said = ElidedLabel(_described(pages.sizes), tone="2")
        self.cancel = button("Cancel", "quiet")
        self.cancel.clicked.connect(self._cancel_printing)
        self.cancel.hide()
        self.viewer = button("Open in viewer", icon="export")
        self.save = button("Save as…", icon="file", shortcut="Ctrl+S")
        self.print = button("Print…", "main", "print", "Ctrl+P")
        self._connect()
        self._lay_out()
        self.resize(parent.size() * 0.94)
        self.list.show_current(0)
        self.bar.show_page(0)
        self.bar.show_zoom(self.view.zoom)
        self.view.setFocus()

    def _connect(self) -> None:
        self.bar.page_wanted.connect(self.view.turn_to)
        self.bar.zoom_wanted.connect(self.zoom_to)
        self.bar.larger.clicked.connect(self.view.larger)
        self.bar.smaller.clicked.connect(self.view.smaller)
        self.list.chosen.connect(self.view.turn_to)
        self.view.turned.connect(self.bar.show_page)
        self.view.turned.connect(self.list.show_current)
        self.view.zoomed.connect(self._zoomed)
        self.view.failed.connect(self.say)
        self.viewer.clicked.connect(self.open_elsewhere)
        self.save.clicked.connect(self.ask_where_to_save)
        self.print.clicked.connect(self.ask_how_to_print)
        keys: dict[str, Callable[[], object]] = {
            "Ctrl+PgDown": lambda: self.view.turn_to(self.view.current + 1),
            "Ctrl+PgUp": lambda: self.view.turn_to(self.view.current - 1),
            "Ctrl+G": self._choose_page,
            "Ctrl++": self.view.larger,
            "Ctrl+=": self.view.larger,
            "Ctrl+-": self.view.smaller,
            "Ctrl+0": lambda: self.zoom_to(FIT_WIDTH),
            "Ctrl+9": lambda: self.zoom_to(FIT_PAGE),
            "Ctrl+1": lambda: self.zoom_to(1.0),
            "Ctrl+S": self.ask_where_to_save,
            "Ctrl+P": self.ask_how_to_print,
            "Ctrl+W": self.close,
        }
        for key, run in keys.items():
            QShortcut(QKeySequence(key), self, run)

    def _lay_out(self) -> None:
        middle = QHBoxLayout()
        middle.setSpacing(0)
        middle.addWidget(self.list)
        middle.addWidget(self.view, 1)
        whole = edge_to_edge(self)
        whole.addWidget(self.bar)
        whole.addLayout(middle, 1)
        whole.addWidget(FootBar([self.said, self.cancel], [self.viewer, self.save, self.print]))
        QWidget.setTabOrder(self.bar, self.list)
        QWidget.setTabOrder(self.list, self.view)

    def say(self, words: str) -> None:
        """Say one sentence in the foot."""
        self.said.setText(words)

    def zoom_to(self, zoom: float) -> None:
        """Show the pages at a factor, or FIT_WIDTH or FIT_PAGE."""
        self.view.set_zoom(zoom)

    def _zoomed(self, _factor: float) -> None:
        self.bar.show_zoom(self.view.zoom)
        self._session.memory.put(_ZOOM, self.view.zoom)

    def _choose_page(self) -> None:
        self.bar.page.setFocus()
        self.bar.page.selectAll()

    def ask_where_to_save(self) -> None:
        """Ask where to, and write the PDF there."""
        folder = str(self._session.memory.get("folder", ""))
        name = str(Path(folder) / self._paper.file_name) if folder else self._paper.file_name
        path, _ = QFileDialog.getSaveFileName(self, "Save as", name, "PDF (*.pdf)")
        if path:
            self.save_to(Path(path) if Path(path).suffix else Path(path + ".pdf"))

    def save_to(self, path: Path) -> None:
        """Write the PDF to a file, or say why not."""
        try:
            remarks = save_paper(self._paper, path)
        except DeskError as fault:
            self.say(str(fault))
            return
        self._session.memory.put("folder", str(path.parent))
        self.say(f"Saved as {path}.{in_words(remarks)}")

    def open_elsewhere(self) -> None:
        """Show the PDF in whatever the computer shows PDFs with."""
        path = Path(_folder().name) / self._paper.file_name
        try:
            save_paper(self._paper, path)
        except DeskError as fault:
            self.say(str(fault))
            return
        if not QDesktopServices.openUrl(QUrl.fromLocalFile(str(path))):
            self.say("No program on this computer opened the PDF; save it and open it from its folder.")

    def ask_how_to_print(self) -> None:
        """Ask for printer, pages and copies, and print."""
        if not QPrinterInfo.availablePrinterNames():
            self.say("This computer knows no printer; add one in its settings, or save the PDF and print it elsewhere.")
            return
        printer = printer_for(self._pages, self._paper.title)
        dialog = QPrintDialog(printer, self)
        dialog.setOption(QAbstractPrintDialog.PrintDialogOption.PrintCurrentPage)
        dialog.setMinMax(1, len(self._pages.sizes))
        agreed = dialog.exec()
        current = dialog.printRange() == QAbstractPrintDialog.PrintRange.CurrentPage
        dialog.deleteLater()
        if agreed:
            self.print_on(printer, only=self.view.current + 1 if current else 0)

    def print_on(self, printer: QPrinter, *, only: int = 0) -> None:
        """Print in the background, on a printer as a person has set it; `only` is the number of a single page."""
        if only:
            printer.setFromTo(only, only)
        session, paper = self._session, self._paper

        def job(progress: Progress) -> int:
            pages = pages_of(paper)  # pages of its own, so that this window may be closed meanwhile
            try:
                return print_pages(pages, printer, progress)
            finally:
                pages.close()

        self._task = session.run(f"Printing {paper.title}", job, self._told_by(_sent), self._told_by(str))
        self._task.moved.connect(self._moved, Qt.ConnectionType.QueuedConnection)
        self.print.setEnabled(False)
        self.cancel.show()

    def _told_by(self, words_of: Callable[[_T], str]) -> Callable[[_T], None]:
        """Return what says the outcome: in the status bar, and here if this window is still open."""
        session = self._session

        def told(outcome: _T) -> None:
            session.said.emit(words_of(outcome))
            if isValid(self):
                self._finish(words_of(outcome))

        return told

    def _moved(self, done: int, of: int) -> None:
        if self._task is not None:
            self.say(f"Printing page {done + 1} of {of}")

    def _finish(self, words: str) -> None:
        self._task = None
        self.cancel.hide()
        self.print.setEnabled(True)
        self.say(words)

    def _cancel_printing(self) -> None:
        if self._task is not None:
            self._task.cancel()

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """Leave the list of pages out where there is no room for it."""
        super().resizeEvent(event)
        self.list.setVisible(self.width() >= size(_LIST_FROM))

    def done(self, result: int) -> None:
        """Let the pages go, however the window is closed; printing under way goes on."""
        self.view.close_pages()
        self.list.close_pages()
        self._pages.close()
        super().done(result)


def _sent(sheets: int) -> str:
    return f"{sheets:,} {'page' if sheets == 1 else 'pages'} sent to the printer."


def _described(sizes: "tuple[PageSize, ...]") -> str:
    """Return how many pages there are on what paper."""
    first = sizes[0] if sizes else None
    pages = f"{len(sizes):,} {'page' if len(sizes) == 1 else 'pages'}"
    if first is None:
        return pages
    short, long = sorted((round(first.width / 72 * 25.4), round(first.height / 72 * 25.4)))
    way = "landscape" if first.width > first.height else "portrait"
    return f"{pages}, {_NAMED.get((short, long), f'{short} × {long} mm')} {way}"


@cache
def _folder() -> "TemporaryDirectory[str]":
    """Return where other programs find the PDF until this one ends."""
    return TemporaryDirectory(prefix="ctdesk ", ignore_cleanup_errors=True)
