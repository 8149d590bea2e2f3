"""The form of one record: its fields by section, with what is wrong beside each as it is left."""

from collections.abc import Iterable, Iterator

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QLabel, QScrollArea, QVBoxLayout, QWidget

from ctdesk.domain.definition import Field, RecordDefinition, Value
from ctdesk.domain.findings import Grade
from ctdesk.services.desk import Desk
from ctdesk.services.faults import FieldFault, faults
from ctdesk.services.record_parts import PartEdit, part_kind
from ctdesk.services.stated_weights import FIELDS, WEIGHTS
from ctdesk.ui.form.editors import as_typed
from ctdesk.ui.form.part_row import PartRow
from ctdesk.ui.form.part_table import PartTable
from ctdesk.ui.form.row import FormRow
from ctdesk.ui.form.typed import Typed
from ctdesk.ui.form.weight_table import WeightTable
from ctdesk.ui.theme import size
from ctdesk.ui.widgets import label

_THREE_COLUMNS = 500
"""From this width, at 100% text, label, editor and help stand side by side unless somebody says otherwise."""


class RecordForm(QScrollArea):
    """All fields of a record, and its parts. `altered` is told whenever what is typed changes.

    `faults_changed` is told after checks; `part_opened` carries the kind and uid of a part.
    """

    altered = Signal()
    part_opened = Signal(str, str)
    faults_changed = Signal()

    def __init__(self, definition: RecordDefinition, desk: Desk) -> None:
        """Make the rows of a kind of record."""
        super().__init__()
        self._definition, self._desk = definition, desk
        self._uid: str | None = None
        self._before: dict[str, Value] = {}
        self._narrow: bool | None = None
        self._three = _THREE_COLUMNS
        self._hidden: frozenset[str] = frozenset()
        self.setWidgetResizable(True)
        self.setProperty("part", "card")
        self.viewport().setAutoFillBackground(False)
        self.setAccessibleName(f"Form of the {definition.label.lower()}")
        self.rows = {field.name: FormRow(field, desk) for field in definition.fields}
        self.headings: dict[str, QLabel] = {}
        for row in self.rows.values():
            row.edited.connect(self.altered)
            row.left.connect(self.check)
        if "type" in self.rows:
            self.rows["type"].left.connect(self._leave_out)
        self.parts = self._make_parts()
        self.weights = self._make_weights()
        self._lay_out(narrow=False)

    def _make_parts(self) -> PartTable | None:
        """Make the table of what belongs to a record of this kind, if anything is typed at its form."""
        part = part_kind(self._definition.kind)
        if part is None:
            return None
        made = PartTable(self._definition.kind, part, self._desk, lambda: self.values()[0])
        made.altered.connect(self.altered)
        made.left.connect(self.check)
        self.rows[part.against].edited.connect(made.show_sums)
        made.opened.connect(lambda uid: self.part_opened.emit(part.kind, uid))
        return made

    def _make_weights(self) -> WeightTable | None:
        """Make the table of the weights by which an activity is shared; it follows what is said to be served."""
        if self._definition.kind != WEIGHTS.link:
            return None
        made = WeightTable(self._desk)
        made.altered.connect(self.altered)
        made.left.connect(self.check)
        for name in FIELDS:
            self.rows[name].edited.connect(lambda: made.show_served(self.values()[0]))
        return made

    @property
    def tables(self) -> list[PartTable | WeightTable]:
        """What is typed at the form beside the fields."""
        return [table for table in (self.parts, self.weights) if table is not None]

    def part_edits(self) -> list[PartEdit]:
        """Return what becomes of the parts on saving."""
        return [edit for table in self.tables for edit in table.edits()]

    def faulty_part(self) -> PartRow | None:
        """Return the first part in which something stands in the way of saving."""
        return next(filter(None, (table.must_fix() for table in self.tables)), None)

    def sections(self) -> dict[str, list[Field]]:
        """Return the fields of each section, in order."""
        found: dict[str, list[Field]] = {}
        for field in self._definition.fields:
            found.setdefault(field.section or self._definition.label, []).append(field)
        return found

    def _lay_out(self, *, narrow: bool) -> None:
        if self._narrow == narrow:
            return
        self._narrow = narrow
        body = QWidget()
        layout = QVBoxLayout(body)
        layout.setContentsMargins(size(16), size(12), size(16), size(24))
        layout.setSpacing(size(8))
        for name, fields in self.sections().items():
            heading = label(name, "section")
            heading.setContentsMargins(0, size(12), 0, size(2))
            self.headings[name] = heading
            layout.addWidget(heading)
            layout.addLayout(self._section(fields, narrow=narrow))
            for table in self.tables:
                if table.part.against in {field.name for field in fields}:
                    layout.addWidget(table)
        layout.addStretch(1)
        old = self.takeWidget()
        self.setWidget(body)
        body.setAutoFillBackground(False)
        self._leave_out()
        if old is not None:
            old.deleteLater()

    def _section(self, fields: list[Field], *, narrow: bool) -> QGridLayout:
        grid = QGridLayout()
        grid.setHorizontalSpacing(size(14))
        grid.setVerticalSpacing(size(6))
        if not narrow:
            grid.setColumnMinimumWidth(0, size(136))
            for column, stretch in enumerate((0, 5, 4)):
                grid.setColumnStretch(column, stretch)
        for at, field in enumerate(fields):
            self.rows[field.name].put_into(grid, at, narrow=narrow)
        return grid

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """Turn to one column where the form is too narrow for three."""
        super().resizeEvent(event)
        self._lay_out(narrow=self.viewport().width() < size(self._three))

    def keep_to_columns(self, *, narrowest: int) -> None:
        """Stand in three columns from a width, given at 100% text; below it one thing stands under the other."""
        self._three = narrowest
        self._lay_out(narrow=self.viewport().width() < size(narrowest))

    def show_record(self, uid: str | None, values: dict[str, Value]) -> None:
        """Show a record; with no uid it is a new one."""
        self._uid, self._before = uid, dict(values)
        for name, row in self.rows.items():
            row.show_value(values.get(name))
        self._leave_out()
        for table in self.tables:
            table.show_parts(uid)
        if self.weights is not None:
            self.weights.show_served(values)
        self.check(only_known=uid is None)
        self.altered.emit()

    def show_copy(self, values: dict[str, Value]) -> None:
        """Show a new record with the values of another, and with the parts that stand at the form."""
        copied = [(table, table.values()) for table in self.tables]
        self.show_record(None, {})
        for name, row in self.rows.items():
            row.editor.show_text(as_typed(row.field, values.get(name), self._desk))
        if self.weights is not None:
            self.weights.show_served(self.values()[0])
        for table, parts in copied:
            table.show_new(parts)

    def hide_fields(self, names: Iterable[str]) -> None:
        """Leave fields out for good, for instance those that say what the record belongs to."""
        self._hidden = frozenset(names)
        self._leave_out()

    def _leave_out(self) -> None:
        """Show only the fields that a record of this type has, and those that hold something all the same."""
        type_row = self.rows.get("type")
        chosen = type_row.read()[0] if type_row is not None else None
        for name, row in self.rows.items():
            of_type = not row.field.only_for or chosen is None or chosen in row.field.only_for
            row.show_row(shown=name not in self._hidden and (of_type or bool(row.editor.typed().strip())))

    def values(self) -> tuple[dict[str, Value], list[FieldFault]]:
        """Return the record as typed, and what could not be read."""
        values, unread = dict(self._before), []
        for name, row in self.rows.items():
            if not row.touched:
                continue
            value, fault = row.read()
            if fault is None:
                values[name] = value
            else:
                unread.append(fault)
        return values, unread

    def touched(self) -> list[str]:
        """Return the fields in which something else stands than in the desk."""
        return [name for name, row in self.rows.items() if row.touched]

    def typed(self) -> Typed:
        """Return what is typed in the fields and parts touched, letter for letter."""
        fields = {name: self.rows[name].editor.typed() for name in self.touched()}
        parts = {table.part.kind: lines for table in self.tables if (lines := table.typed())}
        return Typed(fields, parts)

    def show_typed(self, typed: Typed) -> None:
        """Type again what was typed, over the record that is shown."""
        for name, text in typed.fields.items():
            if name in self.rows:
                self.rows[name].editor.show_text(text)
        self._leave_out()
        if self.weights is not None:
            self.weights.show_served(self.values()[0])
        for table in self.tables:
            table.show_typed(typed.parts.get(table.part.kind, ()))

    def unsaved(self) -> str:
        """Return how much is not saved yet, in words; nothing if all is."""
        fields = len(self.touched())
        words = f"{fields} field{'s' if fields != 1 else ''}" if fields else ""
        return " and ".join(filter(None, (words, *(table.touched for table in self.tables))))

    def check(self, *, only_known: bool = False) -> None:
        """Look at everything typed and say what is wrong beside each field."""
        values, unread = self.values()
        lines = self.parts.values() if self.parts is not None else None
        told = faults(self._desk, self._definition, values, self._uid, lines)
        found = {fault.field: fault for fault in reversed(told)}
        found.update({fault.field: fault for fault in unread})
        for name, row in self.rows.items():
            fault = found.get(name)
            blank_of_new = only_known and fault is not None and fault.rule == "required"
            row.show_fault(None if blank_of_new else fault)
        self.faults_changed.emit()

    def faulty(self) -> Iterator[FieldFault]:
        """Yield the faults shown, in the order of the fields."""
        for row in self.rows.values():
            if row.fault is not None:
                yield row.fault

    def must_fix(self) -> list[FieldFault]:
        """Return the faults that stand in the way of saving: of fields touched, what cannot be read or hold.

        What is only doubtful is not read either, and would be dropped without a word.
        """
        touched, unread = set(self.touched()), {fault.field for fault in self.values()[1]}
        return [
            fault
            for fault in self.faulty()
            if fault.field in touched
            and (fault.grade is Grade.MUST_FIX or fault.field in unread)
            and not fault.new_name
            and fault.rule != "required"
        ]

    def new_names(self) -> dict[str, str]:
        """Return the names typed that the desk is to take as new."""
        touched = set(self.touched())
        return {f.field: f.new_name for f in self.faulty() if f.new_name and f.field in touched}

    def show_field(self, name: str) -> None:
        """Bring a field into sight and into it the cursor."""
        row = self.rows[name]
        self.ensureWidgetVisible(row.editor)
        row.editor.setFocus()

    def show_section(self, name: str) -> None:
        """Bring a section's heading to the top."""
        top = self.headings[name].y() - size(8)
        self.verticalScrollBar().setValue(max(0, top))

    def section_in_sight(self) -> str:
        """Return the section at the top of what is seen."""
        at = self.verticalScrollBar().value() + size(40)
        seen = [name for name, heading in self.headings.items() if heading.y() <= at]
        return seen[-1] if seen else next(iter(self.headings), "")

    def set_read_only(self, *, read_only: bool) -> None:
        """Let nothing be typed."""
        for row in self.rows.values():
            row.editor.set_read_only(read_only=read_only)
        for table in self.tables:
            table.set_read_only(read_only=read_only)
