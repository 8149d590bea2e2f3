"""A white sheet with a hairline edge: a title, a hint beside it, actions at the right, and what it holds."""

from collections.abc import Sequence

from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from ctdesk.ui.theme import size
from ctdesk.ui.widgets.clearing import clear
from ctdesk.ui.widgets.labels import label


class Card(QFrame):
    """Add what it holds to `body`. A card never stands within a card."""

    def __init__(self, title: str = "", hint: str = "", actions: Sequence[QWidget] = ()) -> None:
        """Make a card; without title, hint and actions it has no head."""
        super().__init__()
        self.setProperty("part", "card")
        self.title, self.hint = label(title, "section"), label(hint, "help", tone="3")
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        if title or hint or actions:
            whole.addLayout(self._head(actions))
            self.setAccessibleName(title)
        self.body = QVBoxLayout()
        self.body.setContentsMargins(0, 0, 0, 0)
        self.body.setSpacing(0)
        whole.addLayout(self.body, 1)

    def _head(self, actions: Sequence[QWidget]) -> QHBoxLayout:
        head = QHBoxLayout()
        head.setContentsMargins(size(14), size(8), size(14), size(8))
        head.setSpacing(size(8))
        head.addWidget(self.title)
        head.addWidget(self.hint)
        head.addStretch(1)
        for action in actions:
            head.addWidget(action)
        return head

    def add(self, widget: QWidget, *, ruled: bool = True) -> None:
        """Add a widget below the last, with a hairline above it unless it comes first in a card without a head."""
        if ruled and (self.body.count() or self.title.parent() is not None):
            self.body.addWidget(rule())
        self.body.addWidget(widget)

    def clear(self) -> None:
        """Take out everything below the head."""
        clear(self.body)


def rule() -> QFrame:
    """Return a hairline across."""
    made = QFrame()
    made.setProperty("part", "rule")
    made.setFixedHeight(1)
    return made


class Figure(QWidget):
    """A figure of a card: what it counts, how many, and the coverage or detail without which it would mislead."""

    def __init__(self, name: str, value: str, note: str = "") -> None:
        """Show a figure."""
        super().__init__()
        self._name, self._value = label(name), label(value, "figure")
        self._note = label(note, "help", tone="3", wrap=True)
        self._noted = True
        top = QHBoxLayout()
        top.setSpacing(size(8))
        top.addWidget(self._name)
        top.addStretch(1)
        top.addWidget(self._value)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(size(14), size(6), size(14), size(6))
        whole.setSpacing(0)
        whole.addLayout(top)
        whole.addWidget(self._note)
        self.show_figure(value, note)

    def show_figure(self, value: str, note: str = "") -> None:
        """Show another value and note."""
        self._value.setText(value)
        self._note.setText(note)
        self._note.setVisible(self._noted and bool(note))
        self.setToolTip("" if self._noted else note)
        self.setAccessibleName(f"{self._name.text()}: {value}")
        self.setAccessibleDescription(note)

    def show_note(self, *, shown: bool) -> None:
        """Let the note stand below the value, or only in the tip."""
        self._noted = shown
        self.show_figure(self._value.text(), self._note.text())

    @property
    def value(self) -> QLabel:
        """The label that shows the value."""
        return self._value
