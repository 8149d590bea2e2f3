"""The reading panel beside a list: one record in short, and what is about it."""

import re

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import (
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QScrollArea,
    QStackedWidget,
    QTabBar,
    QVBoxLayout,
    QWidget,
)

from ctdesk.domain.definition import DEFINITIONS, Field, Value
from ctdesk.domain.errors import DeskError
from ctdesk.services.faults import plain
from ctdesk.services.naming import headed
from ctdesk.services.record_parts import part_kind
from ctdesk.services.records import record
from ctdesk.ui.screens.record_panel import RecordPanel
from ctdesk.ui.screens.record_parts_short import PartsInShort
from ctdesk.ui.screens.record_state import state_of_record
from ctdesk.ui.session import Session
from ctdesk.ui.theme import size
from ctdesk.ui.widgets import Badge, ElidedLabel, button, clear, icon_button, label
from ctdesk.ui.widgets.states import find_state

_LONG_WORD, _BREAKS = re.compile(r"\S{16,}"), re.compile(r"([-@./_\\]|\S{14})")
_TABS = ("Related", "Notes", "History")
_PAUSE = 120
"""Milliseconds a row must stay current before its record is read: holding an arrow key reads nothing."""


class ReadingPanel(QFrame):
    """Follows the current row without taking the keys. `stepped` asks for the row before or after."""

    opened = Signal(str)
    stepped = Signal(int)
    closed = Signal()
    duplicated = Signal()

    def __init__(self, session: Session, kind: str) -> None:
        """Make the panel of a kind of record."""
        super().__init__()
        self.setProperty("part", "card")
        self.setAccessibleName("The record in short")
        self._session, self._kind, self.uid = session, kind, ""
        self._wanted = ""
        self._timer = QTimer(self, singleShot=True, interval=_PAUSE)
        self._timer.timeout.connect(self.read_wanted)
        self.reference = label("", "help", tone="2")
        self._state_place = QHBoxLayout()
        self.title = label("", "panel title", wrap=True)
        self.under = label("", tone="2", wrap=True)
        self.about = RecordPanel(session)
        self.about.tabBar().hide()
        self.tabs = QTabBar()
        self.tabs.setAccessibleName("About this record")
        self.tabs.setExpanding(False)
        part = part_kind(kind)
        self.parts = PartsInShort(kind, part, session.desk) if part is not None else None
        heading = [part.heading] if part is not None else []
        if part is not None:  # five tabs leave no room for counts and wide edges
            self.tabs.setStyleSheet(f"QTabBar::tab {{ padding-left: {size(4)}px; padding-right: {size(4)}px; }}")
        for word in ("Record", *heading, *_TABS):
            self.tabs.addTab(word)
        self._pages = QStackedWidget()
        for page in (self._record_tab(), *([self.parts] if self.parts is not None else []), self.about):
            self._pages.addWidget(page)
        self.tabs.currentChanged.connect(self._turn)
        self._lay_out()

    def _lay_out(self) -> None:
        head = QVBoxLayout()
        head.setContentsMargins(size(14), size(10), size(10), size(6))
        head.setSpacing(size(3))
        head.addLayout(self._first_line())
        head.addWidget(self.title)
        head.addWidget(self.under)
        foot = QHBoxLayout()
        foot.setContentsMargins(size(12), size(8), size(12), size(8))
        self.open = button("Open record", shortcut="Enter")
        self.open.clicked.connect(lambda: self.opened.emit(self.uid))
        self.duplicate = button("Duplicate", kind="quiet")
        self.duplicate.clicked.connect(self.duplicated)
        foot.addWidget(self.open)
        foot.addWidget(self.duplicate)
        foot.addStretch(1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(1, 1, 1, 1)
        layout.setSpacing(0)
        layout.addLayout(head)
        layout.addWidget(self.tabs)
        layout.addWidget(_rule())
        layout.addWidget(self._pages, 1)
        layout.addWidget(_rule())
        layout.addLayout(foot)

    def _first_line(self) -> QHBoxLayout:
        line = QHBoxLayout()
        line.setSpacing(size(6))
        line.addWidget(self.reference)
        line.addLayout(self._state_place)
        line.addStretch(1)
        for name, symbol, run in (
            ("Record before", "chevron-left", lambda: self.stepped.emit(-1)),
            ("Record after", "chevron-right", lambda: self.stepped.emit(1)),
            ("Close the panel", "close", self.closed.emit),
        ):
            small = icon_button(name, symbol, small=True)
            small.setProperty("kind", "quiet")
            small.clicked.connect(lambda _=False, run=run: run())
            line.addWidget(small)
        return line

    def _record_tab(self) -> QScrollArea:
        self._area = QScrollArea()
        self._area.setWidgetResizable(True)
        self._area.setFrameShape(QFrame.Shape.NoFrame)
        self._area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._area.viewport().setAutoFillBackground(False)
        return self._area

    def follow(self, uid: str | None) -> None:
        """Show a record as soon as its row has been current for a moment."""
        self._wanted = uid or ""
        if not self.isVisible():
            self.uid = ""
        elif self._wanted != self.uid:
            self._timer.start()

    def read_wanted(self) -> None:
        """Read the record that is followed, unless it is shown already or the window has gone meanwhile."""
        if self.isVisible():
            self.read()

    def read(self, *, again: bool = False) -> None:
        """Read and show the record that is followed; `again` even if it is shown already."""
        if self._wanted == self.uid and not again:
            return
        self.uid = self._wanted
        try:
            values = record(self._session.desk, self._kind, self.uid) if self.uid else {}
        except DeskError:
            self.uid, values = "", {}
        self._show(values)

    def _show(self, values: dict[str, Value]) -> None:
        definition, desk = DEFINITIONS[self._kind], self._session.desk
        self.title.setText(headed(desk, self._kind, values) if values else "No record chosen")
        reference = values.get(definition.reference) if definition.reference != definition.title else None
        self.reference.setText(str(reference or ""))
        self._show_state(values)
        self.under.setText(self._parties(values))
        self.under.setVisible(bool(self.under.text()))
        self.open.setEnabled(bool(values))
        self.duplicate.allow(allowed=bool(values) and not self._session.read_only, why=self._session.why_not)
        self._show_fields(values)
        self.about.show_record(self._kind, self.uid or None)
        for at in range(self.about.count()):
            self.tabs.setTabText(self._own + at, self.about.tabText(at) if self.parts is None else _TABS[at])
        part = part_kind(self._kind)
        if self.parts is not None and part is not None:
            self.parts.show_record(self.uid, values)
            self.tabs.setTabText(1, f"{part.heading} {self.parts.count}" if self.parts.count else part.heading)

    @property
    def _own(self) -> int:
        """How many tabs are the panel's own; those after them are the form's too."""
        return 1 if self.parts is None else 2

    def _turn(self, at: int) -> None:
        """Turn to a tab: the first are our own, the others are the panel's that the form has too."""
        self._pages.setCurrentIndex(min(at, self._own))
        self.about.setCurrentIndex(max(at - self._own, 0))

    def _show_state(self, values: dict[str, Value]) -> None:
        clear(self._state_place)
        state = state_of_record(self._kind, values)
        if state and find_state(self._kind, state) is not None:
            self._state_place.addWidget(Badge(self._kind, state, state.split(" within")[0]))

    def _parties(self, values: dict[str, Value]) -> str:
        """Return whose the record is: "Vale Community Health, for Eastmere Council"."""
        definition, desk = DEFINITIONS[self._kind], self._session.desk
        provider, agency = (
            desk.show(definition[name], values.get(name)) if name in definition.by_name else ""
            for name in ("provider", "agency")
        )
        return f"{provider}, for {agency}" if provider and agency and provider != agency else provider or agency

    def _show_fields(self, values: dict[str, Value]) -> None:
        body = QWidget()
        grid = QGridLayout(body)
        grid.setContentsMargins(size(14), size(10), size(14), size(10))
        grid.setHorizontalSpacing(size(12))
        grid.setVerticalSpacing(size(5))
        grid.setColumnStretch(1, 1)
        told = [(it, self._session.desk.show(it, values.get(it.name))) for it in _in_short(self._kind)]
        filled = [(field, text) for field, text in told if text]
        for row, (field, text) in enumerate(filled):
            _add_field(grid, row, field, text)
        grid.setRowStretch(len(filled), 1)
        self._area.setWidget(body)
        body.setAutoFillBackground(False)


def _add_field(grid: QGridLayout, row: int, field: Field, text: str) -> None:
    name = ElidedLabel(plain(field), tone="2")
    name.setFixedWidth(size(98))
    shown = label(_breakable(text), wrap=True)
    shown.setAccessibleName(text)
    name.setBuddy(shown)
    top = Qt.AlignmentFlag.AlignTop
    grid.addWidget(name, row, 0, top)
    grid.addWidget(shown, row, 1)


def _breakable(text: str) -> str:
    """Return a text with unseen places to break its long words at, such as those of an address."""
    return _LONG_WORD.sub(lambda word: _BREAKS.sub("\\1\u200b", word[0]), text)


def _rule() -> QFrame:
    line = QFrame()
    line.setProperty("part", "rule")
    return line


def _in_short(kind: str) -> list[Field]:
    """Return the fields told of a record: all but those that its head tells already."""
    definition = DEFINITIONS[kind]
    told = {definition.title, definition.reference, "agency", "provider"}
    return [field for field in definition.fields if field.name not in told]
