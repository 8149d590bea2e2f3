"""The lines of Home: one thing that waits, and one thing that changed."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout

from ctdesk.services.figures import Lately
from ctdesk.services.todo_lines import TodoLine
from ctdesk.ui.theme import size
from ctdesk.ui.widgets import Badge, ElidedLabel, Link, label


class TodoRow(QFrame):
    """State, sentence, hint, age and verb of one thing that waits; Enter or a click does the verb."""

    chosen = Signal(object)

    def __init__(self, line: TodoLine) -> None:
        """Make the row of a line."""
        super().__init__()
        self._line = line
        self.setProperty("part", "row")
        self.setAccessibleName(f"{line.badge}: {line.sentence} {line.hint} {line.age}. {line.verb}")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(size(14), size(5), size(14), size(5))
        layout.setSpacing(size(10))
        badge = Badge(line.state_set, line.state, line.badge)
        badge.setMinimumWidth(size(108))
        layout.addWidget(badge)
        layout.addWidget(ElidedLabel(line.sentence, "medium"))
        layout.addWidget(ElidedLabel(line.hint, "help", tone="3"), 1)
        layout.addWidget(label(line.age, "strong" if line.overdue else "body", tone="bad" if line.overdue else "2"))
        verb = Link(line.verb)
        verb.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        verb.clicked.connect(self._choose)
        layout.addWidget(verb)

    def _choose(self) -> None:
        self.chosen.emit(self._line.place)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:  # noqa: N802 - Qt's name
        """Do the verb on a click."""
        if event.button() == Qt.MouseButton.LeftButton:
            self._choose()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Do the verb on Enter; go up and down with the arrows."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self._choose()
        elif event.key() == Qt.Key.Key_Down:
            self.focusNextChild()
        elif event.key() == Qt.Key.Key_Up:
            self.focusPreviousChild()
        else:
            super().keyPressEvent(event)


class LatelyRow(QFrame):
    """When, who and what of one step, with Undo while it stands."""

    undone = Signal(str)

    def __init__(self, line: Lately, *, may_undo: bool) -> None:
        """Make the row of a step."""
        super().__init__()
        layout = QHBoxLayout(self)
        layout.setContentsMargins(size(14), size(7), size(14), size(7))
        layout.setSpacing(size(10))
        when = label(f"{line.when.astimezone():%d/%m %H:%M}", "help", tone="3")
        when.setMinimumWidth(size(78))
        layout.addWidget(when, 0, Qt.AlignmentFlag.AlignTop)
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(label(line.who, "strong"))
        words.addWidget(label(line.what + (" (taken back)" if line.undone else ""), wrap=True))
        layout.addLayout(words, 1)
        if may_undo:
            undo = Link("Undo")
            undo.setAccessibleName(f"Undo: {line.what}")
            undo.clicked.connect(lambda: self.undone.emit(line.change_set))
            layout.addWidget(undo, 0, Qt.AlignmentFlag.AlignTop)
