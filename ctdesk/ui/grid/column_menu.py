"""What can be done with one column: sort, group, hide, and filter by its values or its range."""

from collections.abc import Callable, Sequence
from dataclasses import replace

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtWidgets import (
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from ctdesk.domain.definition import Field, Kind, Value
from ctdesk.services.desk import Desk
from ctdesk.services.faults import plain, read_field
from ctdesk.services.lists import Facet, Filter
from ctdesk.ui.form.editors import as_typed
from ctdesk.ui.models.list_state import ListState
from ctdesk.ui.theme import icon, size
from ctdesk.ui.widgets import SearchField, button, dialog_size, label

_RANGES = frozenset({Kind.MONEY, Kind.INTEGER, Kind.DECIMAL, Kind.PERCENT, Kind.DATE, Kind.YEAR})
_WORDS = frozenset({Kind.TEXT, Kind.LONG_TEXT, Kind.CODE, Kind.EMAIL})
_VALUE = int(Qt.ItemDataRole.UserRole)


class ColumnMenu(QFrame):
    """A popup under the head of a column. `said` tells why a bound cannot be read."""

    said = Signal(str)

    def __init__(self, parent: QWidget, desk: Desk, state: ListState, field: Field, facets: Sequence[Facet]) -> None:
        """Offer what a column can do; the facets are its values where there are few enough to tick."""
        super().__init__(parent, Qt.WindowType.Popup)
        self.setProperty("part", "card")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setAccessibleName(f"Column {field.label}")
        self._desk, self._state, self._field = desk, state, field
        self.fault = label("", "help", tone="bad", wrap=True)
        self.fault.hide()
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(size(8), size(8), size(8), size(8))
        self._layout.setSpacing(size(4))
        self._layout.addWidget(label(plain(field), "section"))
        self._add_orders()
        self._read: Callable[[], Filter | None]
        if field.kind in _RANGES:
            self._add_range()
        elif field.kind in _WORDS and not field.options:
            self._add_words()
        else:
            self._add_values(facets)
        self._layout.addWidget(self.fault)
        self._add_buttons()
        self.setFixedWidth(size(270))
        self.setMaximumHeight(dialog_size(parent, 270, 640).height())

    def _add_orders(self) -> None:
        name = self._field.name
        grouped = self._state.view.group == name
        for words, symbol, run in (
            ("Sort first to last", "sort-up", lambda: self._state.sort_by(name, descending=False)),
            ("Sort last to first", "sort-down", lambda: self._state.sort_by(name, descending=True)),
            ("Sort also by this", "sort-up", lambda: self._state.sort_by(name, also=True)),
            (
                "Do not group" if grouped else "Group by this",
                "group",
                lambda: self._state.group_by(None if grouped else name),
            ),
            ("Hide this column", "columns", self._hide_column),
        ):
            item = QPushButton(icon(symbol), words)
            item.setProperty("kind", "quiet")
            item.setStyleSheet("text-align: left;")
            item.clicked.connect(lambda _=False, run=run: self._do(run))
            self._layout.addWidget(item)

    def _do(self, run: Callable[[], None]) -> None:
        self.close()
        run()

    def _hide_column(self) -> None:
        view = self._state.view
        self._state.show_columns(name for name in view.columns if name != self._field.name)

    def _add_range(self) -> None:
        held = self._state.filter_of(self._field.name)
        low, high = _ends(held)
        self.least, self.most = QLineEdit(), QLineEdit()
        grid = QGridLayout()
        for row, (words, line, value) in enumerate((("From", self.least, low), ("To", self.most, high))):
            name = label(words, tone="2")
            name.setBuddy(line)
            line.setAccessibleName(f"{plain(self._field)} {words.lower()}")
            line.setText(as_typed(self._field, value, self._desk) if value is not None else "")
            line.returnPressed.connect(self.apply)
            grid.addWidget(name, row, 0)
            grid.addWidget(line, row, 1)
        self._layout.addLayout(grid)
        self._read = self._range
        self.setFocusProxy(self.least)

    def _range(self) -> Filter | None:
        ends: list[Value] = []
        for line in (self.least, self.most):
            reading = read_field(self._desk, self._field, line.text())
            if reading.fault is not None and reading.fault.rule in ("unreadable", "doubtful"):
                raise ValueError(reading.fault.message)
            ends.append(reading.value)
        low, high = ends
        if low is None and high is None:
            return None
        if high is None:
            return Filter(self._field.name, "at least", (low,))
        return (
            Filter(self._field.name, "at most", (high,))
            if low is None
            else Filter(self._field.name, "between", (low, high))
        )

    def _add_words(self) -> None:
        held = self._state.filter_of(self._field.name)
        self.words = SearchField("Contains", key="")
        self.words.setAccessibleName(f"{plain(self._field)} contains")
        self.words.setText(str(held.values[0]) if held is not None and held.how == "contains" else "")
        self.words.returnPressed.connect(self.apply)
        self._layout.addWidget(self.words)
        self._read = lambda: (
            Filter(self._field.name, "contains", (self.words.text().strip(),)) if self.words.text().strip() else None
        )
        self.setFocusProxy(self.words)

    def _add_values(self, facets: Sequence[Facet]) -> None:
        held = self._state.filter_of(self._field.name)
        ticked = held.values if held is not None and held.how in ("is", "any of") else ()
        find = SearchField("Find a value", key="")
        self.values = QListWidget()
        self.values.setAccessibleName(f"Values of {plain(self._field)}")
        self.values.setMinimumHeight(size(56))
        self.values.setMaximumHeight(size(190))
        for facet in facets:
            item = QListWidgetItem(f"{facet.label}  ({facet.count:,})")
            item.setData(_VALUE, facet.value)
            item.setFlags(item.flags() | Qt.ItemFlag.ItemIsUserCheckable)
            item.setCheckState(Qt.CheckState.Checked if facet.value in ticked else Qt.CheckState.Unchecked)
            self.values.addItem(item)
        self._facets = facets
        find.textChanged.connect(self._find)
        self._layout.addWidget(find)
        self._layout.addWidget(self.values)
        self._read = self._ticked
        self.setFocusProxy(find)

    def _find(self, text: str) -> None:
        for at in range(self.values.count()):
            item = self.values.item(at)
            item.setHidden(text.casefold() not in item.text().casefold())

    def _ticked(self) -> Filter | None:
        chosen = [
            facet.value
            for at, facet in enumerate(self._facets)
            if self.values.item(at).checkState() == Qt.CheckState.Checked
        ]
        return Filter(self._field.name, "any of", tuple(chosen)) if chosen else None

    def _add_buttons(self) -> None:
        row = QHBoxLayout()
        row.setSpacing(size(4))
        blanks = button("Blank only", kind="quiet", small=True)
        blanks.clicked.connect(lambda: self._use(Filter(self._field.name, "blank")))
        filled = button("Not blank", kind="quiet", small=True)
        filled.clicked.connect(lambda: self._use(Filter(self._field.name, "not blank")))
        apply = button("Filter", kind="main", small=True)
        apply.clicked.connect(self.apply)
        row.addWidget(blanks)
        row.addWidget(filled)
        row.addStretch(1)
        row.addWidget(apply)
        self._layout.addLayout(row)

    def apply(self) -> None:
        """Filter by what is asked; say why if a bound cannot be read."""
        try:
            self._use(self._read())
        except ValueError as fault:
            self.fault.setText(str(fault))
            self.fault.show()
            self.adjustSize()

    def _use(self, asked: Filter | None) -> None:
        self.close()
        if asked is None:
            self._state.take_off(self._field.name)
        else:
            self._state.filter(replace(asked, field=self._field.name))

    def open_at(self, place: QPoint) -> None:
        """Show the popup at a place on the screen, with the keys in its first field."""
        self.adjustSize()
        room = self.screen().availableGeometry()
        left = min(place.x(), room.right() - self.width())
        top = min(place.y(), room.bottom() - self.height())
        self.move(max(left, room.left()), max(top, room.top()))
        self.show()
        proxy = self.focusProxy()
        if proxy is not None:
            proxy.setFocus()


def _ends(held: Filter | None) -> tuple[Value, Value]:
    if held is None:
        return None, None
    if held.how == "between":
        return held.values[0], held.values[1]
    if held.how == "at least":
        return held.values[0], None
    return (None, held.values[0]) if held.how == "at most" else (None, None)
