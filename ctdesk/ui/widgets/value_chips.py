"""A field that holds several values, each as a small tag, with type-ahead from a list."""

from collections.abc import Iterable, Sequence

from PySide6.QtCore import QEvent, QObject, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QCompleter, QFrame, QHBoxLayout, QLineEdit, QSizePolicy, QToolButton, QWidget

from ctdesk.ui.theme import icon, size
from ctdesk.ui.widgets.flow import FlowLayout
from ctdesk.ui.widgets.labels import label, set_look

RETIRED = " (retired)"


class ValueChips(QFrame):
    """Values of a list in the order they were chosen. Backspace in the empty field takes the last one off."""

    changed = Signal()

    def __init__(self, name: str, choices: Iterable[str] = (), retired: Iterable[str] = ()) -> None:
        """Make an empty field; `name` is what a screen reader calls it; retired choices are offered last, marked."""
        super().__init__()
        self.setProperty("part", "field")
        self.setAccessibleName(name)
        self._values: list[str] = []
        self._tags: list[QWidget] = []
        self.entry = QLineEdit()
        self.entry.setProperty("bare", "true")
        self.entry.setPlaceholderText("Add")
        self.entry.setAccessibleName(f"{name}: add")
        self.entry.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.entry.setMinimumWidth(size(36))
        self.entry.installEventFilter(self)
        self.entry.returnPressed.connect(self._take_typed)
        self.setFocusProxy(self.entry)
        self._flow = FlowLayout(self, gap=size(4))
        self._flow.setContentsMargins(size(4), size(3), size(4), size(3))
        self._flow.addWidget(self.entry)
        self.set_choices(choices, retired)

    def values(self) -> tuple[str, ...]:
        """Return the values chosen."""
        return tuple(self._values)

    def set_values(self, values: Sequence[str]) -> None:
        """Show these values instead; `changed` is not emitted, since no person changed them."""
        for tag in self._tags:
            self._drop(tag)
        self._values, self._tags = [], []
        for value in values:
            self._put(value)

    def set_choices(self, choices: Iterable[str], retired: Iterable[str] = ()) -> None:
        """Offer these words while a person types."""
        self._choices = [*choices, *(word + RETIRED for word in retired)]
        completer = QCompleter(self._choices, self.entry)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        completer.setFilterMode(Qt.MatchFlag.MatchContains)
        completer.activated.connect(self._take, Qt.ConnectionType.QueuedConnection)
        self.entry.setCompleter(completer)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        """Show focus on the whole field, and take the last value off on Backspace."""
        if event.type() in (QEvent.Type.FocusIn, QEvent.Type.FocusOut):
            set_look(self, "active", "true" if event.type() == QEvent.Type.FocusIn else "false")
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress and self._empties(event):
            self.remove(self._values[-1])
            return True
        return super().eventFilter(watched, event)

    def mousePressEvent(self, event: QMouseEvent) -> None:  # noqa: N802 - Qt's name
        """Begin typing wherever the field is clicked."""
        self.entry.setFocus(Qt.FocusReason.MouseFocusReason)
        super().mousePressEvent(event)

    def add(self, value: str) -> None:
        """Add a value after the last, unless it is there already."""
        if value and value not in self._values:
            self._put(value)
            self.changed.emit()

    def remove(self, value: str) -> None:
        """Take a value off."""
        place = self._values.index(value)
        del self._values[place]
        self._drop(self._tags.pop(place))
        self.changed.emit()

    def _empties(self, event: QKeyEvent) -> bool:
        return event.key() == Qt.Key.Key_Backspace and not self.entry.text() and bool(self._values)

    def _take_typed(self) -> None:
        typed = self.entry.text().strip().casefold()
        found = [word for word in self._choices if word.casefold() == typed or word.casefold() == typed + RETIRED]
        if found:
            self._take(found[0])

    def _take(self, word: str) -> None:
        self.entry.clear()
        self.add(word.removesuffix(RETIRED))

    def _put(self, value: str) -> None:
        tag = self._tag(value)
        self._values.append(value)
        self._tags.append(tag)
        self._flow.insert(len(self._tags) - 1, tag)
        tag.show()
        self.updateGeometry()

    def _drop(self, tag: QWidget) -> None:
        self._flow.removeWidget(tag)
        tag.hide()
        tag.deleteLater()
        self.updateGeometry()

    def _tag(self, value: str) -> QWidget:
        tag = QFrame()
        tag.setProperty("part", "tag")
        tag.setFixedHeight(size(20))
        tag.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        row = QHBoxLayout(tag)
        row.setContentsMargins(size(7), 0, size(2), 0)
        row.setSpacing(size(2))
        row.addWidget(label(value, "help"))
        row.addWidget(self._cross(value))
        return tag

    def _cross(self, value: str) -> QWidget:
        cross = QToolButton()
        cross.setProperty("part", "cross")
        cross.setIcon(icon("close", tone="text3"))
        cross.setIconSize(QSize(size(11), size(11)))
        cross.setFixedSize(size(15), size(15))
        cross.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        cross.setToolTip(f"Take off {value}")
        cross.setAccessibleName(f"Take off {value}")
        cross.clicked.connect(lambda: self.remove(value))
        return cross
