"""The parts of a review on which a person has to choose: a conflict's values, and a suggested match."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import (
    QButtonGroup,
    QGridLayout,
    QHBoxLayout,
    QLineEdit,
    QMenu,
    QPushButton,
    QRadioButton,
    QVBoxLayout,
    QWidget,
)

from ctdesk.domain.incoming import Suggestions
from ctdesk.domain.review_policy import Choice, FieldDecision
from ctdesk.services.review_sheet import ReviewField, SuggestedMatch
from ctdesk.ui.screens.review_kinds import ReviewWords
from ctdesk.ui.theme import size, token
from ctdesk.ui.widgets import ElidedLabel, button
from ctdesk.ui.widgets.state_delegate import paint_cell_focus

_LONG_CELL = 14
"""Of a cell with a longer name, its place on the sheet is enough."""


class ConflictCells(QWidget):
    """A conflict's three values in time order, and room for another; nothing is chosen before a person does.

    `settled` carries the decision, `typed` another value as it was typed, `left` that the list is wanted again.
    """

    settled = Signal(object)
    typed = Signal(str)
    left = Signal()

    def __init__(self, item: ReviewField, words: ReviewWords, *, narrow: bool) -> None:
        """Show a conflict in the words of its review."""
        super().__init__()
        self.theirs, self.ours, self.other = QRadioButton(), QRadioButton(), QLineEdit()
        self._group = QButtonGroup(self)
        told = item.cell if len(item.cell) <= _LONG_CELL else item.cell.rpartition("!")[2]
        cell = f", {told}" if told else ""
        cells = [
            _Cell(
                f"{item.label.split(' (')[0]}, {words.base}",
                item.sent,
                "where both started" if item.sent else "nothing agreed",
            ),
            _Cell(f"{words.theirs}{cell}", item.new, words.teller, self.theirs),
            _Cell("On the desk now", item.old, item.told or "changed since", self.ours),
            self._another(item),
        ]
        grid = QGridLayout(self)
        grid.setContentsMargins(size(38), size(5), size(10), size(6))
        grid.setSpacing(0)
        for at, each in enumerate(cells):
            grid.addWidget(each, *(divmod(at, 2) if narrow else (0, at)))
        for column in range(2 if narrow else 4):
            grid.setColumnStretch(column, 1)
        for place, radio in enumerate((self.theirs, self.ours)):
            self._group.addButton(radio, place)
            radio.setProperty("ring", False)  # noqa: FBT003 - Qt's signature
        self.theirs.setAccessibleName(f"{item.label}: take what came, {item.new}")
        self.ours.setAccessibleName(f"{item.label}: keep the desk’s {item.old}")
        self._group.idClicked.connect(self._chosen)
        self.show_field(item)

    def _another(self, item: ReviewField) -> "_Cell":
        cell = _Cell("Another value", "", "")
        self.other.setAccessibleName(f"{item.label}: another value")
        self.other.setPlaceholderText("£" if item.new.startswith("£") or item.old.startswith("£") else "Type it")
        self.other.returnPressed.connect(self._told)
        self.other.editingFinished.connect(self._told)
        cell.add(self.other)
        return cell

    def show_field(self, item: ReviewField) -> None:
        """Show what has been chosen."""
        self._group.setExclusive(False)
        self.theirs.setChecked(item.choice is Choice.THEIRS)
        self.ours.setChecked(item.choice is Choice.OURS)
        self._group.setExclusive(True)
        self._said = item.other if item.choice is Choice.OTHER else ""
        if not self.other.isModified() or self._said:
            self.other.setText(self._said)
            self.other.setModified(False)
        self.update()

    def _chosen(self, place: int) -> None:
        self.other.clear()
        self.settled.emit(FieldDecision((Choice.THEIRS, Choice.OURS)[place]))

    def _told(self) -> None:
        text = self.other.text().strip()
        if not self.other.isModified() or text == self._said:
            return
        self.other.setModified(False)
        self._said = text
        if text:
            self.typed.emit(text)
        else:
            self.settled.emit(None)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Go back to the list."""
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)


class _Cell(QWidget):
    """One value: where it stands, the value, who told it."""

    def __init__(self, head: str, value: str, foot: str, radio: QRadioButton | None = None) -> None:
        super().__init__()
        self._radio = radio
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(size(11), size(4), size(11), size(4))
        self._column.setSpacing(size(1))
        self._column.addWidget(ElidedLabel(head, "help", tone="2"))
        if value or foot:
            self._column.addLayout(self._value(value or "–"))
            self._column.addWidget(ElidedLabel(foot, "help", tone="3"))
        else:
            self._column.addStretch(1)

    def _value(self, value: str) -> QHBoxLayout:
        line = QHBoxLayout()
        line.setSpacing(0)
        words = ElidedLabel(value, "panel title" if self._radio is not None else "body")
        if self._radio is not None:
            line.addWidget(self._radio)
            self._radio.toggled.connect(self.update)
            self._radio.installEventFilter(self)
        line.addWidget(words, 1)
        return line

    def add(self, widget: QWidget) -> None:
        """Put a field in."""
        self._column.insertWidget(1, widget)

    def eventFilter(self, _watched: object, event: object) -> bool:  # noqa: N802 - Qt's name
        """Paint the ring when the choice gets or loses the keyboard."""
        self.update()
        return False

    def mousePressEvent(self, event: object) -> None:  # noqa: N802 - Qt's name
        """Choose the value wherever its cell is clicked."""
        if self._radio is not None:
            self._radio.setFocus()
            self._radio.click()

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """Paint the ground of the chosen value, the edge, and the ring of the one with the keyboard."""
        painter = QPainter(self)
        chosen = self._radio is not None and self._radio.isChecked()
        painter.fillRect(self.rect(), token("sel" if chosen else "surface"))
        painter.setPen(QPen(token("line2"), 1))
        painter.drawRect(self.rect().adjusted(0, 0, -1, -1))
        if self._radio is not None and self._radio.hasFocus():
            paint_cell_focus(painter, self.rect())


class ConflictsButton(QPushButton):
    """Settles all conflicts one way; `chosen` carries whose word counts, or None to ask about each again."""

    chosen = Signal(object)

    def __init__(self) -> None:
        """Offer the three ways."""
        super().__init__("All conflicts")
        self.setProperty("kind", "quiet")
        self.setProperty("small", True)  # noqa: FBT003 - Qt's signature
        menu = QMenu(self)
        for words, choice in (
            ("Take what came in all of them", Choice.THEIRS),
            ("Keep what the desk says in all of them", Choice.OURS),
            ("Ask about each again", None),
        ):
            menu.addAction(words).triggered.connect(lambda _=False, choice=choice: self.chosen.emit(choice))
        self.setMenu(menu)


class MatchAgain(QWidget):
    """The way back to a suggested match that has been settled."""

    wanted = Signal()

    def __init__(self, title: str) -> None:
        """Offer it beside the decision on a record."""
        super().__init__()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, size(118), 0)
        row.addStretch(1)
        made = button("Match again", "quiet", small=True)
        made.setAccessibleName(f"Look at the suggested match of {title} again")
        made.clicked.connect(self.wanted)
        row.addWidget(made, 0, Qt.AlignmentFlag.AlignVCenter)


class MatchButtons(QWidget):
    """What to say to a suggested match: the same service, a new one, or later."""

    said = Signal(object)

    def __init__(self, match: SuggestedMatch, kind: str) -> None:
        """Offer the three answers."""
        super().__init__()
        thing = {"activity": "service", "post": "post"}.get(kind, "line")
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, size(10), size(4))
        row.setSpacing(size(8))
        row.addStretch(1)
        for words, said, look in (
            (f"Same {thing}", Suggestions.ACCEPT, "plain"),
            (f"New {thing}", Suggestions.DECLINE, "plain"),
            ("Later", Suggestions.HOLD, "quiet"),
        ):
            made = button(words, "quiet" if look == "quiet" else "plain", small=True)
            made.setAccessibleName(f"{words}: {match.reference or match.title}")
            made.clicked.connect(lambda _=False, said=said: self.said.emit(said))
            row.addWidget(made, 0, Qt.AlignmentFlag.AlignBottom)
