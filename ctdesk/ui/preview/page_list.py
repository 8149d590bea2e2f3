"""The pages as a list of small pictures, to find one's way in a long paper."""

from collections import OrderedDict
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QIcon, QImage, QPainter, QPixmap
from PySide6.QtWidgets import QListView

from ctdesk.ui.preview.pictures import Pictures
from ctdesk.ui.theme import size, themes_changed, token

if TYPE_CHECKING:
    from ctdesk.reports.pages import Pages

_SIDE = 104
_KEPT = 120
"""Small pictures that are kept; a paper of thousands of pages is scrolled through without holding them all."""


class _Model(QAbstractListModel):
    """The pages by number; pictures come as they are made."""

    wanted = Signal()

    def __init__(self, pages: "Pages", parent: QObject) -> None:
        super().__init__(parent)
        self._pages = pages
        self._held: OrderedDict[int, QIcon] = OrderedDict()
        self.missing: list[int] = []

    def rowCount(self, parent: QModelIndex | QPersistentModelIndex = QModelIndex()) -> int:  # noqa: B008, N802 - Qt's
        return 0 if parent.isValid() else len(self._pages.sizes)

    def data(self, index: QModelIndex | QPersistentModelIndex, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        page = index.row()
        if role == Qt.ItemDataRole.DisplayRole:
            return str(page + 1)
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return f"Page {page + 1}"
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return Qt.AlignmentFlag.AlignCenter
        if role == Qt.ItemDataRole.DecorationRole:
            return self._picture(page)
        if role == Qt.ItemDataRole.SizeHintRole:
            return QSize(size(_SIDE + 16), size(_SIDE + 36))
        return None

    def _picture(self, page: int) -> QIcon:
        if page in self._held:
            self._held.move_to_end(page)
            return self._held[page]
        if page not in self.missing:
            self.missing = [*self.missing, page][-_KEPT:]
            self.wanted.emit()
        return self._blank(page)

    def _blank(self, page: int) -> QIcon:
        paper = self._pages.sizes[page]
        scale = scale_of(self._pages, page)
        return _edged(QSize(round(paper.width * scale), round(paper.height * scale)), None)

    def take(self, page: int, picture: QImage, ratio: float) -> None:
        picture.setDevicePixelRatio(ratio)
        self._held[page] = _edged(picture.deviceIndependentSize().toSize(), picture)
        while len(self._held) > _KEPT:
            self._held.popitem(last=False)
        self.missing = [each for each in self.missing if each != page]
        at = self.index(page)
        self.dataChanged.emit(at, at, [Qt.ItemDataRole.DecorationRole])

    def forget(self) -> None:
        """Make the pictures anew, for another text size."""
        self._held.clear()
        self.missing = []
        self.layoutChanged.emit()


def scale_of(pages: "Pages", page: int) -> float:
    """Return the pixels a point at which a page is as large as its place in the list."""
    paper = pages.sizes[page]
    return size(_SIDE) / max(paper.width, paper.height)


def _edged(whole: QSize, picture: QImage | None) -> QIcon:
    ratio = picture.devicePixelRatio() if picture is not None else 1.0
    made = QPixmap(whole * ratio)
    made.setDevicePixelRatio(ratio)
    made.fill(Qt.GlobalColor.white)
    painter = QPainter(made)
    if picture is not None:
        painter.drawImage(0, 0, picture)
    painter.setPen(token("line2"))
    painter.drawRect(0, 0, whole.width() - 1, whole.height() - 1)
    painter.end()
    icon = QIcon(made)
    icon.addPixmap(made, QIcon.Mode.Selected)  # or the selected page would be tinted
    return icon


class PageList(QListView):
    """`chosen` carries the page a person goes to, the first being 0."""

    chosen = Signal(int)

    def __init__(self, pages: "Pages") -> None:
        """List the pages."""
        super().__init__()
        self._pages = pages
        self._following = False
        self.setAccessibleName("Pages")
        self.setProperty("bare", "true")
        self.setViewMode(QListView.ViewMode.IconMode)
        self.setFlow(QListView.Flow.TopToBottom)
        self.setWrapping(False)
        self.setMovement(QListView.Movement.Static)
        self.setUniformItemSizes(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._model = _Model(pages, self)
        self._pictures = Pictures(pages, self)
        self._pictures.made.connect(lambda page, _, it: self._model.take(page, it, self.devicePixelRatioF()))
        self._soon = QTimer(self, singleShot=True, interval=0)
        self._soon.timeout.connect(self._ask)
        self._model.wanted.connect(self._soon.start)
        self.setModel(self._model)
        self.selectionModel().currentChanged.connect(self._told)
        themes_changed.changed.connect(self._measure)
        self._measure()

    def _measure(self) -> None:
        side = size(_SIDE)
        self.setIconSize(QSize(side, side))
        self.setGridSize(QSize(side + size(24), side + size(46)))
        self.setFixedWidth(side + size(24) + self.verticalScrollBar().sizeHint().width() + size(4))
        self._model.forget()

    def _ask(self) -> None:
        """Want the pictures that were missed last first: they are in sight."""
        ratio = self.devicePixelRatioF()
        self._pictures.want([(page, scale_of(self._pages, page) * ratio) for page in reversed(self._model.missing)])

    def show_current(self, page: int) -> None:
        """Mark the page that is being read."""
        if page != self.currentIndex().row():
            self._following = True
            self.setCurrentIndex(self._model.index(page))
            self._following = False

    def _told(self, index: QModelIndex) -> None:
        if index.isValid() and not self._following:
            self.chosen.emit(index.row())

    def close_pages(self) -> None:
        """Make no more pictures."""
        themes_changed.changed.disconnect(self._measure)
        self._soon.stop()
        self._pictures.close()
