"""The list of one kind of record: facets, the grid, and a panel to read the current record in."""

from collections.abc import Callable
from dataclasses import replace

from PySide6.QtCore import QPoint, Qt, QTimer
from PySide6.QtGui import QAction, QContextMenuEvent, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QMenu, QStackedWidget, QWidget

from ctdesk.domain.definition import DEFINITIONS
from ctdesk.services.lists import column_of
from ctdesk.services.naming import counted
from ctdesk.ui.grid import chosen
from ctdesk.ui.grid.cell_editor import CellEditing
from ctdesk.ui.grid.column_menu import ColumnMenu
from ctdesk.ui.grid.facets import FacetsPanel
from ctdesk.ui.grid.sheet import sheet_of
from ctdesk.ui.grid.totals import TotalsRow
from ctdesk.ui.grid.view import Grid
from ctdesk.ui.grid.view_tabs import ViewTabs
from ctdesk.ui.models.list_state import ListState
from ctdesk.ui.models.records import RecordsModel
from ctdesk.ui.models.walk import Walk
from ctdesk.ui.places import Place
from ctdesk.ui.screens.areas import Area
from ctdesk.ui.screens.record_list_actions import make_actions
from ctdesk.ui.screens.record_list_doing import ListDoing
from ctdesk.ui.screens.record_list_empty import NothingLeft, NothingYet
from ctdesk.ui.screens.record_list_head import ListHead
from ctdesk.ui.screens.record_list_panel import ReadingPanel
from ctdesk.ui.screens.record_list_places import view_of
from ctdesk.ui.screens.record_list_sums import WholeSums
from ctdesk.ui.screens.screen import Screen
from ctdesk.ui.session import Session
from ctdesk.ui.theme import size
from ctdesk.ui.widgets import edge_to_edge

_COUNTING_PAUSE, _WARMING_PAUSE = 150, 300
_WARMED_FROM = 5_000
"""Lists of more records than this are read ahead."""
_PANEL_FROM, _FACETS_FROM = 1200, 760
"""Widths, of the window and of the screen at 100% text, from which panel and facets have room."""


class RecordListScreen(Screen):
    """Every record of a kind, however many, as the person wants to see them."""

    def __init__(self, session: Session, kind: str) -> None:
        """Make the parts; rows are read when the screen is first shown."""
        self.kind = kind
        self.name, self.title = kind, DEFINITIONS[kind].plural
        super().__init__(session)
        desk = session.desk
        self.state = ListState(kind, session.memory)
        self.records = RecordsModel(desk, self.state.view, self)
        self.grid = Grid(self.records, self.state)
        self.totals = TotalsRow(self.grid)
        self.facets = FacetsPanel(self.state)
        self.panel = ReadingPanel(session, kind)
        self.tabs = ViewTabs(desk, self.state, read_only=session.read_only)
        self.editing = CellEditing(self.grid, desk)
        self.doing = ListDoing(self, session, self.grid)
        self.commands = make_actions(self, self._runs(), read_only=session.read_only)
        self.head = ListHead(desk, self.state, self.tabs, self.commands)
        self.head.offer_editing(session.why_not)
        self.nothing_yet = NothingYet(kind, session.why_not)
        self.nothing_left = NothingLeft()
        self._facets_open: bool | None = None
        self._whole_sums = WholeSums(desk)
        self._warmed = self._showing = False
        self._walk: Walk | None = None
        self._counting = QTimer(self, singleShot=True, interval=_COUNTING_PAUSE)
        self._counting.timeout.connect(self.count_facets)
        self._lay_out()
        self._connect()

    def _runs(self) -> dict[str, Callable[[], object]]:
        return {
            "open": self.open_current,
            "edit": self.edit_current,
            "filter": self.head_to_filter,
            "reset": self.state.reset,
            "columns": self.choose_columns,
            "fold": lambda: self.state.fold_all(group.value for group in self.records.rows.groups),
            "unfold": lambda: self.state.fold_all(()),
            "save_view": self.tabs.save_as,
            "panel": self.toggle_panel,
            **self.doing.runs(),
        }

    def _lay_out(self) -> None:
        self.rows = QStackedWidget()
        self.rows.addWidget(self.grid)
        self.rows.addWidget(self.nothing_left)
        self._rule = QFrame()
        sheet = sheet_of(self.facets, self._rule, self.rows, self.totals)
        self._body = QWidget()
        body = QHBoxLayout(self._body)
        body.setContentsMargins(size(16), 0, size(16), size(12))
        body.setSpacing(size(12))
        body.addWidget(sheet, 1)
        body.addWidget(self.panel)
        self.panel.setFixedWidth(size(304))
        self._whole = QStackedWidget()
        self._whole.addWidget(self._body)
        self._whole.addWidget(self.nothing_yet)
        layout = edge_to_edge(self, size(10))
        layout.addWidget(self.head)
        layout.addWidget(self._whole, 1)

    def _connect(self) -> None:
        self.state.changed.connect(self._on_view)
        grid = self.grid
        grid.addActions([self.commands[name] for name in ("copy", "paste", "fill")])
        grid.opened.connect(self._open)
        grid.typed.connect(self.head.type_on)
        grid.filter_asked.connect(self.open_column_menu)
        grid.folded.connect(grid.fold)
        grid.moved.connect(self._on_moved)
        self.head.edited.connect(self._edit_filter)
        self.head.facets_asked.connect(self.toggle_facets)
        self.head.search.installEventFilter(self)
        self.facets.opened.connect(self.count_facets)
        self.panel.opened.connect(self._open)
        self.panel.stepped.connect(grid.step)
        self.panel.closed.connect(self.toggle_panel)
        self.panel.duplicated.connect(self.doing.duplicate)
        self.panel.about.wants.connect(self.wants)
        for said in (self.panel.about.said, self.tabs.said, self.editing.said, self.doing.said):
            said.connect(self.said)
        self.editing.ended.connect(self._on_edited)
        self.nothing_yet.wants.connect(self.wants)
        self.nothing_yet.made.connect(self.doing.new)
        self.nothing_left.reset.connect(self.state.reset)
        self.nothing_left.taken_off.connect(self.state.take_last_off)

    # What is shown

    def read(self) -> None:
        """Read the list as the desk is now, and stay at the record that was current."""
        self._whole_sums.forget()
        self.tabs.refresh()
        self.show_view(stay=True)
        self.panel.read(again=True)
        if self.records.counted.of > _WARMED_FROM and not self._warmed:
            self._warmed = True
            QTimer.singleShot(_WARMING_PAUSE, self, self._warm)

    def _warm(self) -> None:
        """Read ahead, off the window's thread, what typing and sorting will need."""
        whole = self.records.list
        title = f"Reading {self.title.lower()} ahead"
        self.session.run(title, lambda _: whole.warm(), lambda _: None, by_the_way=True)

    def _on_view(self) -> None:
        """Show another view from its first row, unless it differs in its columns or folded groups alone."""
        old, new = self.records.view, self.state.view
        self.show_view(stay=replace(old, columns=new.columns, closed_groups=new.closed_groups) == new)

    def show_view(self, *, stay: bool) -> None:
        """Show the view in force, at its first row or at the record that was current."""
        if self.editing.editor is not None:
            self.editing.close(keys_back=False)
        had_keys, uid = self.grid.hasFocus(), self.grid.current_uid()
        column, at = max(self.grid.currentIndex().column(), 0), self.grid.verticalScrollBar().value()
        self._showing = True
        self.records.show(self.state.view)
        self.head.refresh()
        self._show_rows_or_why_not()
        self.grid.stay_at(uid if stay else None, column, at)
        self._showing = False
        self._tell()
        self.panel.follow(self.grid.current_uid())
        self._counting.start()
        if had_keys:
            self.grid.setFocus()

    def _show_rows_or_why_not(self) -> None:
        found = self.records.counted
        self._whole.setCurrentWidget(self._body if found.of else self.nothing_yet)
        self.head.show_whether_empty(empty=not found.of)
        self.rows.setCurrentWidget(self.grid if found.shown else self.nothing_left)
        view = self.state.view
        if found.of and not found.shown and (view.filters or view.text):
            self.nothing_left.say(self.session.desk, view, found.of)

    def _tell(self) -> None:
        found = self.records.counted
        words = f"Shown: {found.shown:,} of {counted(self.kind, found.of)}"
        self.totals.say(words, chosen.sums(self.grid) or self._whole_sums.share(self.records))

    def count_facets(self) -> None:
        """Count the facets that are in sight."""
        if self.facets.isVisible():
            for name, facets in self.records.list.facets(self.facets.wanted()).items():
                self.facets.show_facets(name, facets)

    def _on_moved(self) -> None:
        if not self._showing:
            self.panel.follow(self.grid.current_uid())
            self._tell()

    # Where to go, and what is asked for

    def go(self, place: object) -> None:
        """Show the records a place names: those whose fields hold its values, or one of them."""
        assert isinstance(place, Place)  # noqa: S101 - the frame hands places
        if place.filters:
            self.state.show(view_of(self.session.desk, self.state.view, place.filters))
        uid = place.uid or (self._walk.uid if self._walk is not None else "")
        self._walk = None
        row = self.records.row_of(uid) if uid else None
        if row is not None:
            self.grid.select_row(row)
        if self.records.counted.of:
            self.grid.setFocus()

    def actions_offered(self) -> list[QAction]:
        """Return the commands of the list."""
        return list(self.commands.values())

    def open_current(self) -> None:
        """Open the current record."""
        uid = self.grid.current_uid()
        if uid is not None:
            self._open(uid)

    def _open(self, uid: str) -> None:
        """Open a record, to go on from it through the rows that are seen; coming back leads to the last of them."""
        whole = self.records.list
        self._walk = Walk(whole.uids(0, len(whole)), uid) if whole.position_of(uid) is not None else None
        self.wants.emit(Place("record", kind=self.kind, uid=uid, among=self._walk))

    def edit_current(self) -> None:
        """Edit the current cell in its place."""
        if not self.session.read_only and self.grid.currentIndex().isValid():
            self.editing.begin(self.grid.currentIndex())

    def _on_edited(self, down: int, right: int) -> None:
        """Go on to the next cell; after Tab it is edited too."""
        current = self.grid.currentIndex()
        row = min(current.row() + down, self.records.rowCount() - 1)
        column = min(max(current.column() + right, 0), self.records.columnCount() - 1)
        if current.isValid() and (row, column) != (current.row(), current.column()):
            self.grid.select_row(row, column)
            if right:
                self.edit_current()

    def choose_columns(self) -> None:
        """Offer the columns."""
        self.head.choose_columns()

    def head_to_filter(self) -> None:
        """Give the keys to the filter."""
        self.head.search.setFocus()
        self.head.search.selectAll()

    def areas(self) -> list[Area]:
        """Return filter, facets, grid and panel, as far as they are in sight."""
        section = next(iter(self.facets.sections.values()), None)
        areas: list[Area] = [(self.head, self.head.search), (self.rows, self.grid)]
        if section is not None and self.facets.isVisible():
            areas.insert(1, (self.facets, section.head))
        if self.panel.isVisible():
            areas.append((self.panel, self.panel.tabs))
        return areas

    def eventFilter(self, watched: object, event: object) -> bool:  # noqa: N802 - Qt's name
        """Lead from the filter into the rows by Down and Enter."""
        if isinstance(event, QKeyEvent) and event.type() == event.Type.KeyPress and watched is self.head.search:
            if event.key() in (Qt.Key.Key_Down, Qt.Key.Key_Return, Qt.Key.Key_Enter):
                self.head.type_now()
                self.grid.setFocus()
                return True
            if event.key() == Qt.Key.Key_Escape and not self.head.search.text():
                self.grid.setFocus()
                return True
        return False

    def open_column_menu(self, column: int) -> ColumnMenu:
        """Show what can be done with a column below its head."""
        field = self.records.fields[column]
        left = max(self.grid.columnViewportPosition(column), 0)
        head = self.grid.horizontalHeader()
        return self._column_menu(field.name, head.mapToGlobal(QPoint(left, head.height())))

    def _edit_filter(self, name: str) -> None:
        self._column_menu(name, self.head.chips.mapToGlobal(QPoint(0, self.head.chips.height())))

    def _column_menu(self, name: str, place: QPoint) -> ColumnMenu:
        facets = self.records.list.facets([name])[name]
        menu = ColumnMenu(self, self.session.desk, self.state, column_of(self.kind, name), facets)
        menu.open_at(place)
        return menu

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:  # noqa: N802 - Qt's name
        """Offer what can be done with the rows chosen."""
        if not self.grid.isVisible() or not self.grid.geometry().contains(self.rows.mapFrom(self, event.pos())):
            return
        menu = QMenu(self)
        for name in ("open", "edit", "copy", "paste", "fill", "many", "duplicate", "end", "delete"):
            if self.commands[name].isEnabled():
                menu.addAction(self.commands[name])
        menu.addActions([action for action in self.on_rows() if action.isEnabled()])
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(event.globalPos())

    def on_rows(self) -> list[QAction]:
        """Return what only records of this kind can have done to them."""
        return []

    # What has room

    def toggle_panel(self) -> None:
        """Show or hide the reading panel."""
        self.state.keep("panel", not self._panel_wanted())
        self._share_room()

    def _panel_wanted(self) -> bool:
        return bool(self.state.kept("panel", default=True))

    def toggle_facets(self) -> None:
        """Show or hide the facets; where the screen is narrow they are hidden until asked for."""
        self._facets_open = not self.facets.isVisibleTo(self)
        self._share_room()

    def _share_room(self) -> None:
        wide = self.width()
        panel = self.window().width() >= size(_PANEL_FROM) and self._panel_wanted()
        facets = wide >= size(_FACETS_FROM) if self._facets_open is None else self._facets_open
        self.panel.setVisible(panel)
        self.facets.setVisible(facets)
        self._rule.setVisible(facets)
        if facets:
            self._counting.start()
        if panel:
            self.panel.follow(self.grid.current_uid())

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """Leave out what has no room."""
        super().resizeEvent(event)
        self._share_room()
