"""One row of the form: label, editor, and help or, in its place, the fault."""

from html import escape

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QLabel

from ctdesk.domain.definition import Field, Value
from ctdesk.domain.findings import Grade
from ctdesk.services.desk import Desk
from ctdesk.services.faults import FieldFault, read_field
from ctdesk.ui.form.editors import FieldEditor, as_typed, make_editor
from ctdesk.ui.theme import size, token
from ctdesk.ui.widgets import label, set_tone


class FormRow(QLabel):
    """The label of a field, which also knows its editor and what is said beside it."""

    edited = Signal()
    left = Signal()

    def __init__(self, field: Field, desk: Desk) -> None:
        """Make the parts of a row; they are put into a grid by `put_into`."""
        super().__init__()
        self.field = field
        self._desk = desk
        self.editor: FieldEditor = make_editor(field, desk)
        self.said = label(field.help, "help", tone="3", wrap=True)
        self.said.setTextFormat(Qt.TextFormat.RichText)
        self.said.setTextInteractionFlags(
            Qt.TextInteractionFlag.LinksAccessibleByMouse | Qt.TextInteractionFlag.LinksAccessibleByKeyboard
        )
        self.said.linkActivated.connect(self._take_suggestion)
        self.fault: FieldFault | None = None
        star = f" <span style='color:{token('bad').name()}'>*</span>" if field.required else ""
        self.setText(f"{field.label}{star}")
        self.setBuddy(self.editor)
        self.setWordWrap(True)
        self.editor.edited.connect(self.edited)
        self.editor.left.connect(self.left)
        self._shown = ""

    def put_into(self, grid: QGridLayout, at: int, *, narrow: bool) -> None:
        """Lay the row out: three columns, or one under the other."""
        top = Qt.AlignmentFlag.AlignTop
        if narrow:
            self.setContentsMargins(0, size(8), 0, 0)
            self.said.setContentsMargins(0, 0, 0, 0)
            for step, part in enumerate((self, self.said, self.editor)):
                grid.addWidget(part, at * 3 + step, 0, 1, 3)
        else:
            grid.addWidget(self, at, 0, top)
            grid.addWidget(self.editor, at, 1, top)
            grid.addWidget(self.said, at, 2, top)
            self.setContentsMargins(0, size(6), 0, 0)
            self.said.setContentsMargins(0, size(6), 0, 0)

    def show_row(self, *, shown: bool) -> None:
        """Show the whole row, or leave it out."""
        for part in (self, self.said, self.editor):
            part.setVisible(shown)

    def show_value(self, value: Value) -> None:
        """Show a value as a person would type it."""
        self._shown = as_typed(self.field, value, self._desk)
        self.editor.show_text(self._shown)
        self._shown = self.editor.typed()
        self.show_fault(None)

    @property
    def touched(self) -> bool:
        """Whether something else stands there than was shown."""
        return self.editor.typed().strip() != self._shown.strip()

    def read(self) -> tuple[Value, FieldFault | None]:
        """Return the value of what is typed, or the fault in it."""
        reading = read_field(self._desk, self.field, self.editor.typed())
        value: Value = reading.value
        if value is None and self.field.several:
            value = ()
        return value, reading.fault

    def show_fault(self, fault: FieldFault | None) -> None:
        """Put a fault in the place of the help, or the help back."""
        self.fault = fault
        self.editor.set_fault(faulty=fault is not None)
        if fault is None:
            self.said.setText(escape(self.field.help))
            set_tone(self.said, "3")
        else:
            self.said.setText(_words(fault))
            must_fix = fault.grade is Grade.MUST_FIX and not fault.new_name
            set_tone(self.said, "bad" if must_fix else "warn")

    def _take_suggestion(self, _link: str) -> None:
        if self.fault is not None and self.fault.suggestion not in (None, ()):
            self.editor.show_text(as_typed(self.field, self.fault.suggestion, self._desk))
            self.edited.emit()
            self.left.emit()


_SIGNS = {Grade.MUST_FIX: "Must fix", Grade.EXPLAIN: "Look at", Grade.BETTER: "Could be better"}


def _words(fault: FieldFault) -> str:
    """Return what is said of a fault, with a link that takes what was perhaps meant."""
    if fault.new_name and not fault.suggested:
        return f"New to the desk: {escape(fault.new_name)} is added when you save."
    words = escape(f"{_SIGNS[fault.grade]}: {fault.message}")
    if fault.suggested:
        words += f" <a href='take'>Take {escape(fault.suggested)}</a>"
    return words
