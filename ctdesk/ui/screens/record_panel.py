"""Beside the form: what is related to the record, the team's notes on it, and its history field by field."""

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPlainTextEdit, QScrollArea, QTabWidget, QVBoxLayout, QWidget

from ctdesk.domain.errors import DeskError
from ctdesk.domain.money import money_text
from ctdesk.domain.records.round import RequestState
from ctdesk.services.field_history import FieldChange, field_history, undo_field
from ctdesk.services.notes import add_note, notes
from ctdesk.services.related import RelatedGroup, related
from ctdesk.services.requests import request_view
from ctdesk.ui.places import Place
from ctdesk.ui.session import Session
from ctdesk.ui.theme import size
from ctdesk.ui.widgets import Link, button, clear, label

_TITLES = ("Related", "Notes", "History")
_UNBOUNDED = 16_777_215
"""The width that Qt takes for no bound."""
_WITHOUT_FORM = frozenset({"stored_file", "saved_view", "setting", "list_entry", "pack", "pack_item"})
"""Kinds that are altered in places of their own, never at a form."""
_CAME = frozenset({RequestState.RECEIVED, RequestState.QUERIED, RequestState.ACCEPTED})


class RecordPanel(QTabWidget):
    """Three tabs about one record. `wants` leads to a related record, `said` tells what came of an undo."""

    wants = Signal(object)
    said = Signal(str)
    told = Signal()
    """The tabs say other words: how many there are on each."""

    def __init__(self, session: Session) -> None:
        """Make the tabs, empty."""
        super().__init__()
        self._session = session
        self._kind = self._uid = ""
        self.setAccessibleName("About this record")
        self.setDocumentMode(True)
        self._bodies = [QVBoxLayout() for _ in range(3)]
        for layout, title in zip(self._bodies, _TITLES, strict=True):
            self.addTab(_scrolling(layout, title), title)

    def words(self) -> list[str]:
        """Return what the tabs say."""
        return [self.tabText(at) for at in range(self.count())]

    def show_beside(self, *, beside: bool) -> None:
        """Stand beside a form, with tabs of its own, or in its place and turned to from elsewhere."""
        self.tabBar().setVisible(beside)
        self.setMinimumWidth(size(250))
        self.setMaximumWidth(size(320) if beside else _UNBOUNDED)

    def show_record(self, kind: str, uid: str | None) -> None:
        """Show what there is about a record; of a new one there is nothing yet."""
        self._fill(kind, uid)
        self.told.emit()

    def _fill(self, kind: str, uid: str | None) -> None:
        self._kind, self._uid = kind, uid or ""
        for layout in self._bodies:
            clear(layout)
        if uid is None:
            for at, (layout, title) in enumerate(zip(self._bodies, _TITLES, strict=True)):
                self.setTabText(at, title)
                layout.addWidget(_quiet("There is nothing here before the record is saved."))
                layout.addStretch(1)
            return
        desk = self._session.desk
        self._show_related(related(desk, kind, uid))
        self._show_notes()
        self._show_history(field_history(desk, kind, uid))

    def _show_related(self, groups: list[RelatedGroup]) -> None:
        layout, count = self._bodies[0], sum(len(group.lines) for group in groups)
        self.setTabText(0, f"Related {count}" if count else "Related")
        for group in groups:
            layout.addWidget(_heading(group.heading))
            for line in group.lines:
                layout.addWidget(_line(line.title, line.detail, line.value, self._leads_to(line.kind, line.uid)))
        if not count:
            layout.addWidget(_quiet("Nothing is related to this record yet."))
        layout.addStretch(1)

    def _leads_to(self, kind: str, uid: str) -> Callable[[], None] | None:
        if kind in {"request", "finding"}:
            return lambda: self._go_to_return(kind, uid)
        if kind == "agreement":
            return lambda: self.wants.emit(Place("contract", kind=kind, uid=uid))
        if kind == "round":
            return lambda: self.wants.emit(Place("rounds", uid=uid))
        if kind in _WITHOUT_FORM:
            return None
        return lambda: self.wants.emit(Place("record", kind=kind, uid=uid))

    def _go_to_return(self, kind: str, uid: str) -> None:
        """Open the return in which a record came or was asked about; where none has come, its round."""
        desk = self._session.desk
        request = uid if kind == "request" else str(desk.load_some("finding", [uid]).get(uid, {}).get("request") or "")
        view = request_view(desk, request) if request else None
        if view is None:
            self.said.emit("No return is kept for this; it came with a register.")
        elif view.state in _CAME:
            self.wants.emit(Place("review", kind="request", uid=request))
        else:
            self.wants.emit(Place("rounds", uid=view.round_uid))

    def _show_notes(self) -> None:
        layout = self._bodies[1]
        written = notes(self._session.desk, self._kind, self._uid)
        self.setTabText(1, f"Notes {len(written)}" if written else "Notes")
        self._note = QPlainTextEdit(placeholderText="Write a note for the team")
        self._note.setAccessibleName("New note")
        self._note.setTabChangesFocus(True)
        self._note.setFixedHeight(self._note.fontMetrics().lineSpacing() * 3 + size(16))
        self._note.setEnabled(not self._session.read_only)
        keep = button("Add note", kind="plain")
        keep.clicked.connect(self._add_note)
        keep.allow(allowed=not self._session.read_only, why=self._session.why_not)
        layout.addWidget(self._note)
        layout.addWidget(keep, 0, Qt.AlignmentFlag.AlignRight)
        for line in written:
            layout.addWidget(_quiet(f"{line.when.astimezone():%d/%m/%Y %H:%M}, {line.who}"))
            layout.addWidget(_wrapped(line.words))
        layout.addStretch(1)

    def _add_note(self) -> None:
        words = self._note.toPlainText().strip()
        if words:
            add_note(self._session.desk, self._kind, self._uid, words)
            self.show_record(self._kind, self._uid)

    def _show_history(self, changes: list[FieldChange]) -> None:
        layout = self._bodies[2]
        self.setTabText(2, f"History {len(changes)}" if changes else "History")
        for change in changes:
            layout.addWidget(self._change(change))
        if not changes:
            layout.addWidget(_quiet("Nothing has been altered yet."))
        layout.addStretch(1)

    def _change(self, change: FieldChange) -> QWidget:
        box = QFrame()
        inner = QVBoxLayout(box)
        inner.setContentsMargins(0, size(6), 0, size(6))
        inner.setSpacing(size(2))
        head = QHBoxLayout()
        head.addWidget(_quiet(f"{change.when.astimezone():%d/%m/%Y %H:%M}, {change.who}"))
        head.addStretch(1)
        if change.can_undo:
            undo = button("Undo", kind="quiet")
            undo.allow(allowed=not self._session.read_only, why=self._session.why_not)
            undo.setAccessibleName(f"Undo the change of {change.label}")
            undo.clicked.connect(lambda: self._undo(change))
            head.addWidget(undo)
        inner.addLayout(head)
        if change.field:
            inner.addWidget(_heading(change.label))
            inner.addWidget(_wrapped(f"old  {change.old or '–'}"))
            inner.addWidget(_wrapped(f"new  {change.new or '–'}"))
        inner.addWidget(_quiet(change.title if not change.why else f"{change.title}: {change.why}"))
        return box

    def _undo(self, change: FieldChange) -> None:
        try:
            undo_field(self._session.desk, self._kind, self._uid, change.change_set, change.field)
        except DeskError as fault:
            self.said.emit(str(fault))
            return
        self.said.emit(f"{change.label} is as it was.")


def _scrolling(layout: QVBoxLayout, name: str) -> QScrollArea:
    area, body = QScrollArea(), QWidget()
    area.setAccessibleName(name)
    layout.setContentsMargins(size(14), size(10), size(14), size(10))
    layout.setSpacing(size(4))
    body.setLayout(layout)
    area.setWidget(body)
    area.setWidgetResizable(True)
    area.setFrameShape(QFrame.Shape.NoFrame)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    return area


def _heading(words: str) -> QLabel:
    return label(words, "strong", wrap=True)


def _quiet(words: str) -> QLabel:
    return label(words, "help", tone="3", wrap=True)


def _wrapped(words: str) -> QLabel:
    return label(words, wrap=True)


def _line(title: str, detail: str, value: int | None, go: Callable[[], None] | None) -> QWidget:
    """Return the name of a related record, and quieter below it how it stands and what it comes to."""
    box = QWidget()
    inner = QVBoxLayout(box)
    inner.setContentsMargins(0, 0, 0, size(4))
    inner.setSpacing(0)
    if go is None:
        inner.addWidget(_wrapped(title))
    else:
        link = Link(title, shrinks=True)
        link.clicked.connect(go)
        inner.addWidget(link)
    if detail or value is not None:
        below = QHBoxLayout()
        below.addWidget(_quiet(detail), 1)
        below.addWidget(QLabel(money_text(value) if value is not None else ""))
        inner.addLayout(below)
    return box
