"""The saved views of a list as tabs, each with how many records it shows."""

from dataclasses import replace

from PySide6.QtCore import QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import QContextMenuEvent, QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QInputDialog, QMenu, QSizePolicy, QTabBar

from ctdesk.domain.errors import DeskError
from ctdesk.services.desk import Desk
from ctdesk.services.lists import RecordList, View, standard_view
from ctdesk.services.saved_views import delete_view, save_view, saved_views
from ctdesk.ui.grid.asking import agreed
from ctdesk.ui.models.list_state import ALL, ListState
from ctdesk.ui.theme import font, icon, icon_pixmap, size, token

_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter


class ViewTabs(QTabBar):
    """One tab a view, "All" first. `said` tells what came of saving one."""

    said = Signal(str)

    def __init__(self, desk: Desk, state: ListState, *, read_only: bool) -> None:
        """Make the tabs; they are filled by `refresh`."""
        super().__init__()
        self._desk, self._state, self._read_only = desk, state, read_only
        self._views: dict[str, View] = {}
        self._filling = False
        self.setAccessibleName("Saved views")
        self.setDrawBase(False)
        self.setExpanding(False)
        self.setUsesScrollButtons(True)
        self.setElideMode(Qt.TextElideMode.ElideNone)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self.currentChanged.connect(self._on_chosen)

    def refresh(self) -> None:
        """Show the views that are kept now."""
        self._filling = True
        self._views = {ALL: standard_view(self._state.kind), **saved_views(self._desk, self._state.kind)}
        while self.count() > len(self._views):
            self.removeTab(self.count() - 1)
        while self.count() < len(self._views):
            self.addTab("")
        for at, name in enumerate(self._views):
            self.setTabText(at, name or "All")
        names = list(self._views)
        if self._state.tab not in names:
            self._state.show(self._state.view, ALL)
        self.setCurrentIndex(names.index(self._state.tab))
        self._filling = False
        self.count_records()

    def count_records(self) -> None:
        """Count anew what each view shows."""
        for at, view in enumerate(self._views.values()):
            shown = RecordList(self._desk, replace(view, columns=())).counted.shown
            self.setTabData(at, shown)
            self.setAccessibleTabName(at, f"{self.tabText(at)}, {shown:,}")
        self.updateGeometry()
        self.update()

    def _on_chosen(self, at: int) -> None:
        if not self._filling and at >= 0:
            self.choose(list(self._views)[at])

    def choose(self, name: str) -> None:
        """Show a view by its name."""
        view = self._views[name]
        if name == ALL:
            now = self._state.view
            view = View(now.kind, now.columns, sort=now.sort, group=now.group)
        self._state.show(view, name)

    def save_as(self) -> None:
        """Ask for a name and keep the present view under it, for everybody."""
        name, given = QInputDialog.getText(
            self, "Save view", "Name of the view, which everybody will see:", text=self._state.tab
        )
        if given and name.strip():
            self.keep_as(name.strip())

    def keep_as(self, name: str) -> None:
        """Keep the present view under a name."""
        try:
            save_view(self._desk, name, self._state.view)
        except DeskError as fault:
            self.said.emit(str(fault))
            return
        self._state.show(self._state.view, name)
        self.refresh()
        self.said.emit(f"The view “{name}” is saved for everybody.")

    def rename(self, old: str) -> None:
        """Ask for another name of a view."""
        name, given = QInputDialog.getText(self, "Rename view", f"New name of “{old}”:", text=old)
        if given and name.strip() and name.strip() != old:
            self.rename_to(old, name.strip())

    def rename_to(self, old: str, name: str) -> None:
        """Give a view another name."""
        try:
            save_view(self._desk, name, self._views[old])
            delete_view(self._desk, self._state.kind, old)
        except DeskError as fault:
            self.said.emit(str(fault))
        if self._state.tab == old:
            self._state.show(self._state.view, name)
        self.refresh()

    def delete(self, name: str) -> None:
        """Forget a view, once the officer agrees."""
        if agreed(self, "Delete view", f"Delete the view “{name}” for everybody?", "Undo brings it back.", "Delete"):
            self.forget(name)

    def forget(self, name: str) -> None:
        """Forget a view."""
        try:
            delete_view(self._desk, self._state.kind, name)
        except DeskError as fault:
            self.said.emit(str(fault))
        self.refresh()

    def menu(self, name: str) -> QMenu:
        """Return what can be done with a view."""
        menu = QMenu(self)
        menu.addAction(icon("bookmark"), "Save what is shown as a view…", self.save_as)
        if name != ALL:
            menu.addAction("Save what is shown under this name", lambda: self.keep_as(name))
            menu.addAction(icon("pencil"), "Rename…", lambda: self.rename(name))
            menu.addAction(icon("trash"), "Delete…", lambda: self.delete(name))
        for action in menu.actions():
            action.setEnabled(not self._read_only)
        return menu

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:  # noqa: N802 - Qt's name
        """Offer what can be done with the view under the pointer, or the current one."""
        at = self.tabAt(event.pos())
        name = list(self._views)[at if at >= 0 else self.currentIndex()]
        menu = self.menu(name)
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(event.globalPos() if at >= 0 else self.mapToGlobal(QPoint(0, self.height())))

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """Return room for all tabs."""
        return QSize(sum(self.tabSizeHint(at).width() for at in range(self.count())), size(28))

    def minimumSizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """Return room for one tab and the buttons that scroll to others."""
        return QSize(min(self.sizeHint().width(), size(150)), size(28))

    def tabSizeHint(self, index: int) -> QSize:  # noqa: N802 - Qt's name
        """Return room for mark, name and count."""
        wide = QFontMetrics(font("strong")).horizontalAdvance(self.tabText(index))
        wide += QFontMetrics(font("body")).horizontalAdvance(self._count(index))
        return QSize(wide + size(26) + (size(19) if index else 0), size(28))

    def minimumTabSizeHint(self, index: int) -> QSize:  # noqa: N802 - Qt's name
        """Return the same: names are not cut, but scrolled."""
        return self.tabSizeHint(index)

    def _count(self, index: int) -> str:
        shown = self.tabData(index)
        return f"{shown:,}" if shown is not None else ""

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """Paint the tabs."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for at in range(self.count()):
            self._paint_tab(painter, self.tabRect(at), at, chosen=at == self.currentIndex())

    def _paint_tab(self, painter: QPainter, rect: QRect, at: int, *, chosen: bool) -> None:
        if chosen:
            focused = self.hasFocus()
            painter.setPen(token("focus" if focused else "line2"))
            painter.setBrush(token("surface"))
            inner = rect.adjusted(1, 1, -2, -2)
            painter.drawRoundedRect(inner, size(4), size(4))
            if focused:
                painter.drawRoundedRect(inner.adjusted(1, 1, -1, -1), size(3), size(3))
        left = rect.left() + size(10)
        if at and chosen:
            side = size(13)
            mark = icon_pixmap("bookmark", "text2", side, self.devicePixelRatio())
            painter.drawPixmap(left, rect.top() + (rect.height() - side) // 2, mark)
            left += side + size(6)
        words = font("strong" if chosen else "body")
        painter.setFont(words)
        painter.setPen(token("text" if chosen else "text2"))
        painter.drawText(QRect(left, rect.top(), rect.width(), rect.height()), _LEFT, self.tabText(at))
        left += QFontMetrics(words).horizontalAdvance(self.tabText(at)) + size(6)
        painter.setFont(font("body"))
        painter.setPen(token("text3"))
        painter.drawText(QRect(left, rect.top(), rect.width(), rect.height()), _LEFT, self._count(at))
