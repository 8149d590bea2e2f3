"""The records of one kind that belong to an agreement, as a table that is edited in its place."""

from collections.abc import Sequence

from PySide6.QtCore import (
    QAbstractItemModel,
    QAbstractTableModel,
    QModelIndex,
    QPersistentModelIndex,
    Qt,
    Signal,
    SignalInstance,
)
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QHeaderView,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from ctdesk.domain.contract_lines import PartLine
from ctdesk.domain.definition import DEFINITIONS, Field, Kind, Value
from ctdesk.domain.errors import DeskError
from ctdesk.domain.words import in_a_sentence
from ctdesk.services.desk import Desk
from ctdesk.services.faults import read_field
from ctdesk.services.records import save_record
from ctdesk.ui.form.editors import FieldEditor, ListEditor, as_typed, make_editor
from ctdesk.ui.models.records import FIGURES
from ctdesk.ui.session import Session
from ctdesk.ui.theme import size
from ctdesk.ui.widgets import Button, button, label
from ctdesk.ui.widgets.flow import FlowLayout

_Index = QModelIndex | QPersistentModelIndex
_NOWHERE = QModelIndex()


def fields_of_part(desk: Desk, kind: str) -> list[Field]:
    """Return the fields a person fills: not what it belongs to, nor links that only the desk makes."""
    return [
        field
        for field in DEFINITIONS[kind].fields
        if field.target != "agreement" and (not field.target or field.target in desk.names)
    ]


def offer_own(editor: FieldEditor, desk: Desk, agreement: Value) -> None:
    """Offer only what belongs to the agreement in an editor of a link to one of its parts, such as its reviews."""
    target = editor.field.target
    if target == "review" and isinstance(editor, ListEditor):
        own = desk.load_fields(target, "held_on", agreement=agreement)
        editor.offer([desk.names[target].name(uid) for uid in own])


class PartsModel(QAbstractTableModel):
    """The records as rows. `said` tells why something typed was not taken."""

    said = Signal(str)

    def __init__(self, session: Session, kind: str) -> None:
        """Prepare for a kind of record."""
        super().__init__()
        self._session = session
        shown = {field.name for field in fields_of_part(session.desk, kind)}
        self.kind = kind
        self.fields = [it for it in DEFINITIONS[kind].fields if it.name in shown or it.target == "stored_file"]
        self.parts: tuple[PartLine, ...] = ()

    def show_parts(self, parts: tuple[PartLine, ...]) -> None:
        """Show other records."""
        if parts != self.parts:
            self.beginResetModel()
            self.parts = parts
            self.endResetModel()

    def rowCount(self, parent: _Index = _NOWHERE) -> int:  # noqa: N802 - Qt's name
        """Return how many records there are."""
        return 0 if parent.isValid() else len(self.parts)

    def columnCount(self, parent: _Index = _NOWHERE) -> int:  # noqa: N802 - Qt's name
        """Return how many fields are shown."""
        return 0 if parent.isValid() else len(self.fields)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = 0) -> object:  # noqa: N802 - Qt's name
        """Return the label of a field, and its help as a tooltip."""
        if orientation is not Qt.Orientation.Horizontal:
            return None
        field = self.fields[section]
        return {Qt.ItemDataRole.DisplayRole: field.label, Qt.ItemDataRole.ToolTipRole: field.help}.get(
            Qt.ItemDataRole(role)
        )

    def data(self, index: _Index, role: int = 0) -> object:
        """Return a value in words."""
        field, part = self.fields[index.column()], self.parts[index.row()]
        match role:
            case Qt.ItemDataRole.DisplayRole | Qt.ItemDataRole.AccessibleTextRole:
                return part.words[field.name].replace("\n", " ")
            case Qt.ItemDataRole.ToolTipRole:
                return part.words[field.name] if field.kind is Kind.LONG_TEXT else None
            case Qt.ItemDataRole.EditRole:
                return as_typed(field, part.values.get(field.name), self._session.desk)
            case Qt.ItemDataRole.TextAlignmentRole if field.kind in FIGURES - {Kind.DATE}:
                return int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        return None

    def flags(self, index: _Index) -> Qt.ItemFlag:
        """Let everything but long texts and files be typed in its place, where anything may be altered."""
        flags = super().flags(index)
        field = self.fields[index.column()]
        in_place = field.kind is not Kind.LONG_TEXT and field.target != "stored_file"
        return flags | Qt.ItemFlag.ItemIsEditable if in_place and not self._session.read_only else flags

    def setData(self, index: _Index, value: object, role: int = 2) -> bool:  # noqa: N802 - Qt's name
        """Save what was typed into a cell; what cannot be taken is told, and the cell stays as it was."""
        field, part, desk = self.fields[index.column()], self.parts[index.row()], self._session.desk
        typed = str(value).strip()
        if role != Qt.ItemDataRole.EditRole or typed == str(self.data(index, role)).strip():
            return False
        reading = read_field(desk, field, typed)
        if reading.fault is not None and not reading.fault.new_name:
            self.said.emit(reading.fault.message)
            return False
        new_names = {field.name: reading.fault.new_name} if reading.fault else {}
        held = {field.name: part.values.get(field.name)}
        try:
            outcome = save_record(desk, self.kind, part.uid, held, {field.name: reading.value}, new_names=new_names)
        except DeskError as fault:
            self.said.emit(str(fault))
            return False
        if outcome.stale:
            self.said.emit(f"{field.label} has become “{outcome.stale[0].now_text}” meanwhile; look at it again.")
        return outcome.saved


class _EditorInPlace(QStyledItemDelegate):
    """Gives each field its own editor."""

    def __init__(self, model: PartsModel, desk: Desk, parent: QWidget) -> None:
        super().__init__(parent)
        self._model, self._desk = model, desk

    def createEditor(  # noqa: N802 - Qt's name
        self, parent: QWidget, _option: QStyleOptionViewItem, index: _Index
    ) -> QWidget:
        editor = make_editor(self._model.fields[index.column()], self._desk)
        offer_own(editor, self._desk, self._model.parts[index.row()].values.get("agreement"))
        editor.setParent(parent)
        editor.setAutoFillBackground(True)
        return editor

    def setEditorData(self, editor: QWidget, index: _Index) -> None:  # noqa: N802 - Qt's name
        assert isinstance(editor, FieldEditor)  # noqa: S101 - made above
        editor.show_text(str(index.data(Qt.ItemDataRole.EditRole) or ""))

    def setModelData(self, editor: QWidget, model: QAbstractItemModel, index: _Index) -> None:  # noqa: N802 - Qt's name
        assert isinstance(editor, FieldEditor)  # noqa: S101 - made above
        model.setData(index, editor.typed(), Qt.ItemDataRole.EditRole)


class PartsPage(QWidget):
    """A table with what can be done above it. `opened` asks for a record’s form ("" for a new one), `deleted` its end.

    `said` tells why something was not taken.
    """

    opened = Signal(str)
    deleted = Signal(str)
    said = Signal(str)

    def __init__(self, session: Session, kind: str, more: Sequence[Button] = ()) -> None:
        """Make the page of a kind; `more` are further buttons."""
        super().__init__()
        self.kind, definition = kind, DEFINITIONS[kind]
        self.model = PartsModel(session, kind)
        self.model.said.connect(self.said)
        self.table = QTableView()
        self.table.setModel(self.model)
        self.table.setItemDelegate(_EditorInPlace(self.model, session.desk, self.table))
        self.table.setAccessibleName(definition.plural)
        self.table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.table.setWordWrap(False)
        self.table.verticalHeader().hide()
        self.table.verticalHeader().setDefaultSectionSize(size(30))
        self.table.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        self.table.horizontalHeader().setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        self.table.horizontalHeader().setStretchLastSection(True)
        self.table.doubleClicked.connect(self._on_double)
        self.nothing = label(f"There are no {in_a_sentence(definition.plural)} yet.", tone="2")
        self.sums = label("", tone="2", wrap=True)
        self.new = button(f"Add {in_a_sentence(definition.label)}", icon="plus")
        self.open = button("Open form", icon="pencil")
        self.delete = button("Delete", kind="harm", icon="trash")
        self.new.clicked.connect(lambda: self.opened.emit(""))
        self.open.clicked.connect(lambda: self._tell(self.opened))
        self.delete.clicked.connect(lambda: self._tell(self.deleted))
        for each in (self.new, self.delete, *more):
            each.allow(allowed=not session.read_only, why=session.why_not)
        self._lay_out(more)

    def _lay_out(self, more: Sequence[Button]) -> None:
        line, several = QHBoxLayout(), FlowLayout(gap=size(8))
        for each in (self.new, self.open, *more):
            several.addWidget(each)
        line.addLayout(several, 1)
        line.addWidget(self.delete, 0, Qt.AlignmentFlag.AlignTop)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(size(16), size(10), size(16), size(12))
        layout.setSpacing(size(10))
        layout.addLayout(line)
        layout.addWidget(self.nothing)
        layout.addWidget(self.table, 1)
        layout.addWidget(self.sums)
        layout.addStretch(0)

    def show_parts(self, parts: tuple[PartLine, ...], sums: str) -> None:
        """Show the records, at the row that was current, and what they come to."""
        self.sums.setText(sums)
        self.sums.setVisible(bool(sums))
        row = self.table.currentIndex().row()
        first = not self.model.parts
        self.model.show_parts(parts)
        if parts and first:
            self._fit_columns()
        if parts:
            self.table.selectRow(min(max(row, 0), len(parts) - 1))
        self.nothing.setVisible(not parts)
        self.table.setVisible(bool(parts))
        self.open.setVisible(bool(parts))
        self.delete.setVisible(bool(parts))

    def _fit_columns(self) -> None:
        self.table.resizeColumnsToContents()
        for at in range(self.model.columnCount()):
            wide = min(max(self.table.columnWidth(at) + size(20), size(84)), size(300))
            self.table.setColumnWidth(at, wide)

    def current(self) -> str:
        """Return the uid of the current record, or an empty text."""
        row = self.table.currentIndex().row()
        return self.model.parts[row].uid if 0 <= row < len(self.model.parts) else ""

    def _tell(self, told: SignalInstance) -> None:
        """Tell of the current record, if there is one."""
        if self.current():
            told.emit(self.current())

    def _on_double(self, index: QModelIndex) -> None:
        if self.model.fields[index.column()].kind is Kind.LONG_TEXT:
            self.opened.emit(self.current())
