"""The editor of each kind of field: people type as they are used to, and the desk reads it."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QComboBox, QCompleter, QHBoxLayout, QLineEdit, QPlainTextEdit, QWidget

from ctdesk.domain.dates import date_text
from ctdesk.domain.definition import Field, Kind, Value
from ctdesk.services.desk import Desk
from ctdesk.ui.form.calendar import CalendarButton
from ctdesk.ui.theme import size
from ctdesk.ui.widgets import ValueChips, set_look

_NARROW = {Kind.INTEGER, Kind.PERCENT, Kind.DECIMAL}
_FIGURES = {Kind.INTEGER, Kind.PERCENT, Kind.DECIMAL, Kind.MONEY}


class FieldEditor(QWidget):
    """One field's editor. `edited` is told at every keystroke, `left` when the person goes on."""

    edited = Signal()
    left = Signal()

    def __init__(self, field: Field) -> None:
        """Make the editor of a field."""
        super().__init__()
        self.field = field
        self._inner = QHBoxLayout(self)
        self._inner.setContentsMargins(0, 0, 0, 0)
        self._inner.setSpacing(size(8))

    def typed(self) -> str:
        """Return what stands in the editor, as typed."""
        raise NotImplementedError

    def show_text(self, text: str) -> None:
        """Put a text into the editor, as a person would have typed it."""
        raise NotImplementedError

    def set_fault(self, *, faulty: bool) -> None:
        """Mark the editor as holding a fault, or not."""
        set_look(self.focusProxy() or self, "fault", "true" if faulty else "false")

    def set_read_only(self, *, read_only: bool) -> None:
        """Let the editor be read only."""
        self.setEnabled(not read_only)


class _Line(QLineEdit):
    """A line that says when it is left, and opens what it has on Alt+Down."""

    left = Signal()
    opens: Callable[[], None] | None = None

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Open what belongs to the line, such as the calendar of a date."""
        asked = event.key() == Qt.Key.Key_Down and event.modifiers() & Qt.KeyboardModifier.AltModifier
        if asked and self.opens is not None and not self.isReadOnly():
            self.opens()
            return
        super().keyPressEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:  # noqa: N802 - Qt's name
        """Say that it is left, but for a list or menu of its own."""
        super().focusOutEvent(event)
        if event.reason() != Qt.FocusReason.PopupFocusReason:
            self.left.emit()


class LineEditor(FieldEditor):
    """A single line; figures stand at the right."""

    def __init__(self, field: Field) -> None:
        """Make a line as wide as what it holds."""
        super().__init__(field)
        self.line = _Line()
        self.line.setAccessibleName(field.label)
        self.line.setAccessibleDescription(field.help)
        if field.kind in _FIGURES:
            self.line.setAlignment(Qt.AlignmentFlag.AlignRight)
        width = (
            90 if field.kind in _NARROW else 140 if field.kind in {Kind.MONEY, Kind.CODE, Kind.DATE, Kind.YEAR} else 0
        )
        if width:
            self.line.setFixedWidth(size(width))
        self.setFocusProxy(self.line)
        self._inner.addWidget(self.line, 0 if width else 1)
        if field.kind is Kind.DATE:
            self.line.opens = CalendarButton(self.line, field.label).open
        if width:
            self._inner.addStretch(1)
        self.line.textEdited.connect(lambda _: self.edited.emit())
        self.line.left.connect(self.left)

    def typed(self) -> str:
        """Return the line."""
        return self.line.text()

    def set_read_only(self, *, read_only: bool) -> None:
        """Let the line be read and copied, but not typed into."""
        self.line.setReadOnly(read_only)
        for opener in self.findChildren(CalendarButton):
            opener.setEnabled(not read_only)

    def show_text(self, text: str) -> None:
        """Fill the line."""
        self.line.setText(text)
        self.line.setCursorPosition(0)


class _Area(QPlainTextEdit):
    """Several lines; Tab goes on to the next field."""

    left = Signal()

    def focusOutEvent(self, event: QFocusEvent) -> None:  # noqa: N802 - Qt's name
        """Say that it is left."""
        super().focusOutEvent(event)
        self.left.emit()


class AreaEditor(FieldEditor):
    """A text of several sentences."""

    def __init__(self, field: Field) -> None:
        """Make an area of three lines."""
        super().__init__(field)
        self.area = _Area()
        self.area.setTabChangesFocus(True)
        self.area.setAccessibleName(field.label)
        self.area.setAccessibleDescription(field.help)
        self.area.setFixedHeight(self.area.fontMetrics().lineSpacing() * 3 + size(16))
        self.setFocusProxy(self.area)
        self._inner.addWidget(self.area)
        self.area.textChanged.connect(self.edited)
        self.area.left.connect(self.left)

    def typed(self) -> str:
        """Return the text."""
        return self.area.toPlainText()

    def set_read_only(self, *, read_only: bool) -> None:
        """Let the text be read and copied, but not typed into."""
        self.area.setReadOnly(read_only)

    def show_text(self, text: str) -> None:
        """Fill the area."""
        self.area.blockSignals(True)  # noqa: FBT003 - Qt's signature
        self.area.setPlainText(text)
        self.area.blockSignals(False)  # noqa: FBT003 - Qt's signature


class ListEditor(FieldEditor):
    """One word of a list, or one name: typed with type-ahead, or picked."""

    def __init__(self, field: Field, words: list[str], *, open_list: bool = False) -> None:
        """Offer words; an open list takes others too."""
        super().__init__(field)
        self.box = QComboBox()
        self.box.setEditable(True)
        self.box.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        self.box.setLineEdit(_Line())
        self.box.setAccessibleName(field.label)
        self.line.setAccessibleName(field.label)
        self.box.setAccessibleDescription(field.help)
        self.box.setMaxVisibleItems(14)
        self.box.setMinimumContentsLength(14)
        self.offer(words)
        if open_list:
            self.line.setPlaceholderText("Pick or type a name")
        self.setFocusProxy(self.box)
        self._inner.addWidget(self.box, 1)
        self.line.textEdited.connect(lambda _: self.edited.emit())
        self.box.activated.connect(self._picked)
        self.line.left.connect(self.left)

    def offer(self, words: Sequence[str]) -> None:
        """Offer these words and no others."""
        self.box.clear()
        self.box.addItems(["", *words])
        completer = QCompleter(words, self.box)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        completer.setFilterMode(Qt.MatchFlag.MatchContains)
        self.box.setCompleter(completer)

    def _picked(self, _index: int) -> None:
        self.edited.emit()
        self.left.emit()

    @property
    def line(self) -> _Line:
        """The line in which is typed."""
        line = self.box.lineEdit()
        assert isinstance(line, _Line)  # noqa: S101 - set above
        return line

    def typed(self) -> str:
        """Return the word."""
        return self.box.currentText()

    def show_text(self, text: str) -> None:
        """Show a word, whether the list has it or not."""
        at = self.box.findText(text)
        self.box.setCurrentIndex(at)
        if at < 0:
            self.box.setEditText(text)
        self.line.setCursorPosition(0)


class ChipsEditor(FieldEditor):
    """Several words of a list, as chips."""

    def __init__(self, field: Field, words: list[str], retired: list[str]) -> None:
        """Offer words; the retired ones last."""
        super().__init__(field)
        self.chips = ValueChips(field.label, words, retired)
        self.setFocusProxy(self.chips)
        self._inner.addWidget(self.chips)
        self.chips.changed.connect(self.edited)
        self.chips.changed.connect(self.left)

    def typed(self) -> str:
        """Return the words with ; between them, and what is still being typed."""
        return "; ".join(filter(None, (*self.chips.values(), self.chips.entry.text().strip())))

    def show_text(self, text: str) -> None:
        """Show words parted by ;."""
        self.chips.entry.clear()
        self.chips.set_values([word.strip() for word in text.split(";") if word.strip()])


def make_editor(field: Field, desk: Desk) -> FieldEditor:
    """Return the editor for a field, with this workspace's words and names."""
    if field.kind is Kind.LONG_TEXT:
        return AreaEditor(field)
    if field.kind is Kind.CHOICES:
        retired = [entry.label for entry in desk.lists.all(field.list or "") if entry.retired]
        return ChipsEditor(field, _offered(field, desk), retired)
    if field.kind is Kind.CHOICE:
        return ListEditor(field, _offered(field, desk))
    if field.kind is Kind.YES_NO:
        return ListEditor(field, ["Yes", "No"])
    if field.kind in {Kind.LINK, Kind.LINKS}:
        known = desk.names.get(field.target or "")
        names = list(dict.fromkeys(sorted(known.name_of.values(), key=str.casefold))) if known else []
        return ChipsEditor(field, names, []) if field.several else ListEditor(field, names, open_list=field.open)
    if field.options:
        return ListEditor(field, list(field.option_words or field.options))
    return LineEditor(field)


def _offered(field: Field, desk: Desk) -> list[str]:
    return [entry.label for entry in desk.lists.offered(field.list or "")]


def as_typed(field: Field, value: Value, desk: Desk) -> str:
    """Return a value as a person would type it: pounds without their sign, everything else as it is read."""
    if field.kind is Kind.MONEY and isinstance(value, int):
        return f"{value / 100:,.2f}"
    if field.kind is Kind.DATE and value is not None:
        return date_text(value)  # type: ignore[arg-type]  # a date field holds a date
    if field.kind in {Kind.INTEGER, Kind.PERCENT} and isinstance(value, int):
        return str(value)
    return desk.show(field, value)
