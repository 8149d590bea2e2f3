"""One part of a record as a row of the table in its form: typed in place, and what is wrong below it."""

from collections.abc import Mapping

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QGridLayout, QMenu, QWidget

from ctdesk.domain.definition import DEFINITIONS, Field, Kind, Value, Values
from ctdesk.domain.findings import Grade
from ctdesk.services.desk import Desk
from ctdesk.services.faults import FieldFault, plain, read_field
from ctdesk.services.record_parts import PartEdit, PartKind
from ctdesk.ui.form.editors import FieldEditor, LineEditor, ListEditor, as_typed, make_editor
from ctdesk.ui.form.typed import PartTyped
from ctdesk.ui.theme import size
from ctdesk.ui.widgets import icon_button, label, set_tone

_WIDTHS = {Kind.YEAR: 84, Kind.MONEY: 120}


class PartRow(QObject):
    """The editors of one part; `altered` at every keystroke, `wants` carries what is to become of it."""

    altered = Signal()
    left = Signal()
    wants = Signal(str)

    def __init__(self, part: PartKind, desk: Desk, uid: str | None, values: Values) -> None:
        """Make the row of a part that is held, or with no uid of a new one."""
        super().__init__()
        self.part, self.uid, self.before = part, uid, dict(values)
        self._desk = desk
        self.fields = [DEFINITIONS[part.kind][name] for name in part.columns]
        self.editors: dict[str, FieldEditor] = {}
        self._shown: dict[str, str] = {}
        self.fault: FieldFault | None = None
        self._read_only = self._as_whole = False
        self._said = label("", "help", wrap=True)
        self._said.hide()
        for field in self.fields:
            editor = make_editor(field, desk)
            _fit(editor, _WIDTHS.get(field.kind, 0))
            editor.show_text(as_typed(field, values.get(field.name), desk))
            editor.setToolTip(editor.typed())
            editor.edited.connect(self.altered)
            editor.left.connect(self._look)
            self.editors[field.name], self._shown[field.name] = editor, editor.typed()
        self.more = icon_button("More", "more", small=True)
        self.more.setProperty("kind", "quiet")
        self.more.clicked.connect(self._open_menu)

    def put_into(self, grid: QGridLayout, at: int) -> None:
        """Lay the row out, with room below it for a fault."""
        for column, name in enumerate(self.part.columns):
            grid.addWidget(self.editors[name], at, column)
        grid.addWidget(self.more, at, len(self.part.columns))
        grid.addWidget(self._said, at + 1, 0, 1, len(self.part.columns))

    def take_out(self) -> None:
        """Let the row be seen no more."""
        self.hide()
        for each in self._widgets:
            each.deleteLater()
        self.deleteLater()

    def hide(self) -> None:
        """Show nothing of a part that is to be deleted."""
        for each in self._widgets:
            each.hide()

    @property
    def _widgets(self) -> tuple[QWidget, ...]:
        return (*self.editors.values(), self.more, self._said)

    def call(self, number: int) -> None:
        """Name the parts of the row for a screen reader."""
        for field in self.fields:
            editor = self.editors[field.name]
            (editor.focusProxy() or editor).setAccessibleName(f"{field.label}, line {number}")
        self.more.setAccessibleName(f"More about line {number}")

    @property
    def touched(self) -> bool:
        """Whether something else stands there than is held; a new part is held nowhere."""
        return self.uid is None or any(self.editors[name].typed() != text for name, text in self._shown.items())

    def _is_typed(self, field: Field) -> bool:
        """Whether something else stands in a field than is held."""
        return self.uid is None or self.editors[field.name].typed() != self._shown[field.name]

    def values(self) -> dict[str, Value]:
        """Return the part as typed; what cannot be read is left as it was."""
        values = dict(self.before)
        for field in self.fields:
            if self._is_typed(field):
                reading = read_field(self._desk, field, self.editors[field.name].typed())
                if reading.fault is None:
                    values[field.name] = reading.value
        return values

    def edit(self) -> PartEdit:
        """Return what becomes of the part."""
        return PartEdit(self.part.kind, self.uid, self.before if self.uid else {}, self.values())

    def typed(self) -> PartTyped:
        """Return what is typed; of a new part also what it was given and shows nowhere."""
        texts = {field.name: self.editors[field.name].typed() for field in self.fields if self._is_typed(field)}
        if self.uid is None:
            of = DEFINITIONS[self.part.kind]
            unseen = {name: value for name, value in self.before.items() if name not in self.editors}
            texts |= {name: as_typed(of[name], value, self._desk) for name, value in unseen.items()}
        return PartTyped(self.uid, texts)

    def show_typed(self, texts: Mapping[str, str]) -> None:
        """Show again what was typed into the part."""
        for name, text in texts.items():
            if name in self.editors:
                self.editors[name].show_text(text)
        self.look()

    def look(self, *, whole: bool = False) -> None:
        """Look at what is typed, and say what is wrong; once the whole part was asked for also what it lacks."""
        self._as_whole = self._as_whole or whole
        lacking = map(self._lack_of, self.fields) if self._as_whole else ()
        self.fault = next(filter(None, (*map(self._fault_of, self.fields), *lacking)), None)
        for field in self.fields:
            faulty = self.fault is not None and self.fault.field == field.name
            self.editors[field.name].set_fault(faulty=faulty)
        self._said.setVisible(self.fault is not None)
        if self.fault is not None:
            self._said.setText(self.fault.message)
            set_tone(self._said, "bad" if self.fault.grade is Grade.MUST_FIX else "warn")

    def _fault_of(self, field: Field) -> FieldFault | None:
        return read_field(self._desk, field, self.editors[field.name].typed()).fault

    def _lack_of(self, field: Field) -> FieldFault | None:
        """Return that a field that a part cannot be without was emptied, or never filled."""
        if not field.required or not self._is_typed(field) or self.editors[field.name].typed().strip():
            return None
        label = DEFINITIONS[self.part.kind].label.lower()
        return FieldFault(field.name, "required", f"{plain(field)} is empty: fill it, or delete the {label}.")

    @property
    def stands_in_the_way(self) -> bool:
        """Whether the fault found is of something typed here, which would not be saved as it stands."""
        return self.fault is not None and self._is_typed(DEFINITIONS[self.part.kind][self.fault.field])

    def _look(self) -> None:
        self.look()
        self.left.emit()

    def set_read_only(self, *, read_only: bool) -> None:
        """Let nothing be typed."""
        self._read_only = read_only
        for editor in self.editors.values():
            editor.set_read_only(read_only=read_only)

    def _open_menu(self) -> None:
        menu = QMenu(self.more)
        opens = menu.addAction("Open", lambda: self.wants.emit("open"))
        opens.setEnabled(self.uid is not None)
        if not self._read_only:
            menu.addAction("Copy", lambda: self.wants.emit("copy"))
            menu.addAction("Delete", lambda: self.wants.emit("delete"))
        menu.exec(self.more.mapToGlobal(self.more.rect().bottomLeft()))
        menu.deleteLater()


def _fit(editor: FieldEditor, width: int) -> None:
    """Let an editor be as narrow as a column."""
    if width and isinstance(editor, LineEditor):
        editor.line.setFixedWidth(size(width))
    elif isinstance(editor, LineEditor):
        editor.line.setMinimumWidth(size(70))
    elif isinstance(editor, ListEditor):
        editor.box.setMinimumContentsLength(8)
