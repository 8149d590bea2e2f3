"""The two lines over a list: its name, views and main commands; the filter, its chips, grouping and columns."""

from PySide6.QtCore import QPoint, QSignalBlocker, Qt, QTimer, Signal
from PySide6.QtGui import QAction, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QMenu, QVBoxLayout, QWidget

from ctdesk.domain.definition import DEFINITIONS, Kind
from ctdesk.services.desk import Desk
from ctdesk.services.faults import plain
from ctdesk.services.list_sentences import sentence_of
from ctdesk.services.lists import column_of, columns_of
from ctdesk.ui.grid.columns_chooser import ColumnsChooser
from ctdesk.ui.grid.view_tabs import ViewTabs
from ctdesk.ui.models.list_state import ListState
from ctdesk.ui.theme import size
from ctdesk.ui.widgets import ChipRow, SearchField, button, fit_buttons, icon_button, label, menu_button
from ctdesk.ui.widgets.chips import Filter as ShownFilter

_MIDDLE = Qt.AlignmentFlag.AlignVCenter
_PAUSE = 60
"""Milliseconds after a keystroke before the list is filtered, so that a fast typist is not held up."""
_GROUPED_BY = frozenset({Kind.CHOICE, Kind.LINK, Kind.DATE, Kind.YES_NO, Kind.YEAR})


class ListHead(QWidget):
    """Shows the state of the list and asks it for changes. `edited` asks for the filter of a column."""

    edited = Signal(str)
    facets_asked = Signal()

    def __init__(self, desk: Desk, state: ListState, tabs: ViewTabs, actions: dict[str, QAction]) -> None:
        """Make both lines from the screen's commands."""
        super().__init__()
        self._desk, self._state, self._actions = desk, state, actions
        self.tabs = tabs
        self._more: list[QWidget] = []
        self._timer = QTimer(self, singleShot=True, interval=_PAUSE)
        self._timer.timeout.connect(self.type_now)
        self.search = SearchField()
        self.search.textEdited.connect(lambda _: self._timer.start())
        self.search.textChanged.connect(lambda text: text or self._timer.start())
        self.chips = ChipRow()
        self.chips.edited.connect(self.edited)
        self.chips.removed.connect(state.take_off)
        self.chips.reset.connect(self._reset)
        self.group = button("Group", icon="group")
        self.group.setMenu(self._group_menu())
        self.columns = button("Columns", icon="columns")
        self.columns.clicked.connect(self.choose_columns)
        self.facets = icon_button("Show filters by value", "filter")
        self.facets.clicked.connect(self.facets_asked)
        self._lay_out()

    def _lay_out(self) -> None:
        layout = QVBoxLayout(self)
        layout.setContentsMargins(size(16), size(11), size(16), 0)
        layout.setSpacing(size(8))
        layout.addLayout(self._first_line())
        self._second = QHBoxLayout()
        self._second.setSpacing(size(8))
        self._second.addWidget(self.facets)
        self._second.addWidget(self.search)
        self._second.addWidget(self.chips, 1, _MIDDLE)
        self._second.addStretch(0)
        self._second.addWidget(self.group)
        self._second.addWidget(self.columns)
        layout.addLayout(self._second)
        self._third = QHBoxLayout()
        layout.addLayout(self._third)
        self._narrow = False

    def _first_line(self) -> QHBoxLayout:
        line = QHBoxLayout()
        line.setSpacing(size(8))
        self.title = label(DEFINITIONS[self._state.kind].plural, "screen title")
        line.addWidget(self.title)
        self.hint = label("nothing here yet", tone="2")
        line.addWidget(self.hint)
        line.addWidget(self.tabs)
        self.save = button("Save view", kind="quiet", icon="plus")
        self.save.clicked.connect(self.tabs.save_as)
        self.many = button("Edit many", icon="pencil")
        self.many.clicked.connect(self._actions["many"].trigger)
        self.export = menu_button("Export", [self._actions["export"], self._actions["export_csv"]], icon="export")
        self.printing = icon_button("Print what is seen (Ctrl+P)", "print")
        self.printing.clicked.connect(self._actions["print"].trigger)
        self.new = button("New", kind="main", icon="plus", shortcut="Ctrl+N")
        self.new.clicked.connect(self._actions["new"].trigger)
        line.addWidget(self.save)
        line.addStretch(1)
        for widget in (self.many, self.export, self.printing, self.new):
            line.addWidget(widget)
        return line

    def add(self, widget: QWidget) -> None:
        """Put one more button at the end of the second line."""
        self._second.addWidget(widget)
        self._more.append(widget)

    def offer_editing(self, why_not: str) -> None:
        """Put off what alters data, with the reason, where nothing may be altered; an empty reason puts it on."""
        for widget in (self.save, self.many, self.new):
            widget.allow(allowed=not why_not, why=why_not)

    def show_whether_empty(self, *, empty: bool) -> None:
        """Leave out what is of no use while there is not one record."""
        of_rows: tuple[QWidget, ...] = (
            self.tabs,
            self.save,
            self.many,
            self.export,
            self.printing,
            self.facets,
            self.search,
            self.group,
            self.columns,
        )
        for each in of_rows:
            each.setVisible(not empty)
        self.hint.setVisible(empty)
        self._fit()

    def _group_menu(self) -> QMenu:
        menu = QMenu(self)
        menu.aboutToShow.connect(lambda: self._fill_groups(menu))
        return menu

    def _fill_groups(self, menu: QMenu) -> None:
        menu.clear()
        self._group_line(menu, "No groups", None)
        menu.addSeparator()
        for field in columns_of(self._state.kind):
            if field.kind in _GROUPED_BY or field.options:
                self._group_line(menu, plain(field), field.name)

    def _group_line(self, menu: QMenu, words: str, name: str | None) -> None:
        action = menu.addAction(words, lambda: self._state.group_by(name))
        action.setCheckable(True)
        action.setChecked(self._state.view.group == name)

    def choose_columns(self) -> ColumnsChooser:
        """Offer the columns."""
        chooser = ColumnsChooser(self, self._state)
        chooser.open_at(self.columns.mapToGlobal(QPoint(self.columns.width(), self.columns.height() + size(4))))
        return chooser

    def _reset(self) -> None:
        self._timer.stop()
        self._state.reset()

    def type_now(self) -> None:
        """Filter by what is typed so far."""
        self._timer.stop()
        self._state.type_text(self.search.text().strip())

    def type_on(self, text: str) -> None:
        """Go on typing in the filter with a text typed elsewhere; "/" only leads there."""
        self.search.setFocus()
        if text != "/":
            self.search.insert(text)
            self._timer.start()
        else:
            self.search.selectAll()

    def refresh(self) -> None:
        """Show the filters and the group that are in force."""
        view = self._state.view
        shown = [ShownFilter(it.field, *sentence_of(self._desk, view.kind, it)) for it in view.filters]
        self.chips.show_filters(shown)
        if self.search.text().strip() != view.text and not self._timer.isActive():
            with QSignalBlocker(self.search):
                self.search.setText(view.text)
        group = "none" if view.group is None else plain(column_of(view.kind, view.group))
        self.group.setText("Group" if view.group is None else f"Group: {group}")
        self.group.setAccessibleName(f"Group by, now {group}")
        self.group.updateGeometry()
        self._place_chips()

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """Give the chips a line of their own where there is no room beside the filter."""
        super().resizeEvent(event)
        self._fit()
        self._place_chips()

    def _fit(self) -> None:
        """Shorten the buttons of both lines where there is no room for their words."""
        gap, room = size(8), self.width() - 2 * size(16)
        beside = [widget for widget in (self.title, self.hint, self.tabs) if not widget.isHidden()]
        taken = sum(widget.sizeHint().width() + gap for widget in beside)
        fit_buttons([self.save, self.many, self.export, self.printing, self.new], room - taken, gap)
        least = self.facets.sizeHint().width() + self.search.minimumSizeHint().width() + 2 * gap
        fit_buttons([self.group, self.columns, *self._more], room - least, gap)

    def _place_chips(self) -> None:
        beside = self.width() - size(196 + 28 + 64) - self.group.sizeHint().width() - self.columns.sizeHint().width()
        wanted = sum(chip.sizeHint().width() + size(8) for chip in self.chips.chips()) + size(90)
        narrow = bool(self.chips.chips()) and wanted > beside
        if narrow == self._narrow:
            return
        self._narrow = narrow
        old, new = (self._second, self._third) if narrow else (self._third, self._second)
        old.removeWidget(self.chips)
        if narrow:
            new.addWidget(self.chips, 1)
        else:
            new.insertWidget(2, self.chips, 1, _MIDDLE)
