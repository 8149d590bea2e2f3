"""The bar over the pages: which page is read, and how large."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QIntValidator
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLineEdit, QWidget

from ctdesk.ui.preview.pages_view import FIT_PAGE, FIT_WIDTH, STEPS
from ctdesk.ui.theme import size, themes_changed
from ctdesk.ui.widgets import icon_button, label


class PreviewBar(QWidget):
    """`page_wanted` carries a page, the first being 0; `zoom_wanted` a factor, FIT_WIDTH or FIT_PAGE."""

    page_wanted = Signal(int)
    zoom_wanted = Signal(float)

    def __init__(self, count: int) -> None:
        """Make the bar of a paper of so many pages."""
        super().__init__()
        self.setProperty("part", "topbar")
        self._count, self._current = count, 0
        self.previous = icon_button("Previous page (Ctrl+Page Up)", "chevron-up")
        self.next = icon_button("Next page (Ctrl+Page Down)", "chevron-down")
        self.smaller = icon_button("Smaller (Ctrl+−)", "dash")
        self.larger = icon_button("Larger (Ctrl++)", "plus")
        self.page = QLineEdit()
        self.page.setValidator(QIntValidator(1, max(1, count), self))
        self.page.setAlignment(Qt.AlignmentFlag.AlignRight)
        self.page.setAccessibleName("Page")
        self.page.setToolTip("Page (Ctrl+G)")
        self.page.returnPressed.connect(lambda: self.page_wanted.emit(int(self.page.text()) - 1))
        self.previous.clicked.connect(lambda: self.page_wanted.emit(self._current - 1))
        self.next.clicked.connect(lambda: self.page_wanted.emit(self._current + 1))
        self.zoom = QComboBox()
        self.zoom.setAccessibleName("Size of the pages")
        for words, factor in (("Fit width", FIT_WIDTH), ("Fit page", FIT_PAGE), *((f"{s:.0%}", s) for s in STEPS)):
            self.zoom.addItem(words, factor)
        self.zoom.activated.connect(lambda at: self.zoom_wanted.emit(float(self.zoom.itemData(at))))
        self._lay_out()
        themes_changed.changed.connect(self._measure)
        self._measure()

    def _lay_out(self) -> None:
        row = QHBoxLayout(self)
        row.setContentsMargins(size(12), size(6), size(12), size(6))
        row.setSpacing(size(6))
        turning: list[QWidget] = [self.previous, label("Page"), self.page, label(f"of {self._count:,}"), self.next]
        for widget in turning:
            row.addWidget(widget)
        row.addStretch(1)
        sizing: list[QWidget] = [self.smaller, self.zoom, self.larger]
        for widget in sizing:
            row.addWidget(widget)

    def _measure(self) -> None:
        self.page.setFixedWidth(self.fontMetrics().horizontalAdvance("0" * len(f"{self._count}")) + size(24))

    def show_page(self, page: int) -> None:
        """Tell which page is read."""
        self._current = page
        self.page.setText(str(page + 1))
        self.previous.setEnabled(page > 0)
        self.next.setEnabled(page + 1 < self._count)

    def show_zoom(self, zoom: float) -> None:
        """Tell which size was chosen."""
        at = self.zoom.findData(zoom)
        if at >= 0:
            self.zoom.setCurrentIndex(at)
