"""The guide: short pages by task, and the keys, as they stand in docs/guide/window."""

from pathlib import Path

from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QDesktopServices, QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QListWidget, QListWidgetItem, QTextBrowser

from ctdesk.resources import resource
from ctdesk.ui.places import Place
from ctdesk.ui.screens.guide_page import dressed
from ctdesk.ui.screens.screen import Screen
from ctdesk.ui.session import Session
from ctdesk.ui.theme import size, themes_changed
from ctdesk.ui.widgets import PageHead, edge_to_edge

_PAGE = Qt.ItemDataRole.UserRole


class GuideScreen(Screen):
    """The tasks at the left, the page at the right. A place's kind names a page, for instance "keys"."""

    name, title, icon = "guide", "Guide", "guide"
    about = frozenset({"nothing"})  # no change of a record alters the guide

    def __init__(self, session: Session) -> None:
        """Make the screen, empty."""
        super().__init__(session)
        self.tasks = QListWidget()
        self.tasks.setAccessibleName("Pages of the guide")
        self.tasks.currentItemChanged.connect(lambda *_: self._show())
        self.page = QTextBrowser()
        self.tasks.itemActivated.connect(lambda *_: self.page.setFocus())
        self.page.setAccessibleName("The page")
        self.page.setOpenLinks(False)
        self.page.anchorClicked.connect(self._follow)
        themes_changed.changed.connect(self._show)
        self._columns = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._columns.setContentsMargins(size(16), 0, size(16), size(16))
        self._columns.setSpacing(size(12))
        self._columns.addWidget(self.tasks)
        self._columns.addWidget(self.page, 1)
        layout = edge_to_edge(self)
        layout.addWidget(PageHead("Guide", "by task; F1 leads here"))
        layout.addLayout(self._columns, 1)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """Put the tasks above the page where there is no room beside it."""
        super().resizeEvent(event)
        narrow = self.width() < size(700)
        self._columns.setDirection(QBoxLayout.Direction.TopToBottom if narrow else QBoxLayout.Direction.LeftToRight)
        self.tasks.setMaximumSize(size(2000) if narrow else size(236), size(64) if narrow else size(2000))

    def read(self) -> None:
        """List the pages; they do not change while the program runs."""
        if self.tasks.count():
            return
        for path in sorted(resource("guide", "window").glob("*.md")):
            title = path.read_text(encoding="utf-8").partition("\n")[0].lstrip("# ")
            item = QListWidgetItem(title)
            item.setData(_PAGE, path)
            self.tasks.addItem(item)
        self.tasks.setCurrentRow(0)

    def go(self, place: object) -> None:
        """Show one page, and let the arrow keys go through the others."""
        if isinstance(place, Place) and place.kind:
            self._choose(place.kind)
        self.tasks.setFocus()

    def _choose(self, name: str) -> None:
        for at in range(self.tasks.count()):
            path: Path = self.tasks.item(at).data(_PAGE)
            if name in {path.name, path.stem.partition("-")[2]}:
                self.tasks.setCurrentRow(at)

    def _show(self) -> None:
        item = self.tasks.currentItem()
        if item is not None:
            path: Path = item.data(_PAGE)
            self.page.setDocument(dressed(path.read_text(encoding="utf-8"), path.parent, self.page))

    def _follow(self, link: QUrl) -> None:
        if link.isRelative():
            self._choose(link.fileName())
        else:
            QDesktopServices.openUrl(link)
