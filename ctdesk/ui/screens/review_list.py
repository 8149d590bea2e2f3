"""The list of a review: every record of the return with its changes, decided on by keys or by ticks."""

from PySide6.QtCore import QEvent, QModelIndex, QPersistentModelIndex, QPoint, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractButton, QAbstractItemView, QListView, QPushButton, QWidget

from ctdesk.domain.incoming import Suggestions
from ctdesk.ui.models.review import ReviewLine, ReviewModel
from ctdesk.ui.screens.review_conflict import ConflictCells, MatchAgain, MatchButtons
from ctdesk.ui.screens.review_kinds import ReviewWords
from ctdesk.ui.screens.review_paints import ReviewPaint, columns, is_narrow
from ctdesk.ui.theme import font, size, themes_changed, token


class ReviewList(QListView):
    """`decided` carries a line and "accept", "decline" or "toggle"; the others what was said on a line.

    `moved` tells the record that the keyboard is on.
    """

    decided = Signal(object, str)
    settled = Signal(object, object)
    typed = Signal(object, str)
    matched = Signal(object, object)
    moved = Signal(str, int)

    def __init__(self, model: ReviewModel) -> None:
        """Show the lines of a model."""
        super().__init__()
        self.lines = model
        self.words: ReviewWords | None = None
        self.why_not = ""
        self._parts: dict[int, QWidget] = {}
        self.setModel(model)
        self.setItemDelegate(ReviewPaint(self, model, self))
        self.setProperty("bare", "true")
        self.setAccessibleName("What the file changes")
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setMinimumHeight(size(200))
        self.verticalScrollBar().valueChanged.connect(self._put_parts)
        model.modelAboutToBeReset.connect(self._drop_parts)
        model.dataChanged.connect(self._refresh_parts)
        themes_changed.changed.connect(self._drop_parts)

    @property
    def current(self) -> ReviewLine | None:
        """The line the keyboard is on."""
        index = self.currentIndex()
        return self.lines.line(index.row()) if index.isValid() else None

    def go_to(self, row: int | None) -> None:
        """Put the keyboard on a line and bring it into sight."""
        if row is None or not 0 <= row < self.lines.rowCount():
            return
        index = self.lines.index(row)
        self.setCurrentIndex(index)
        self.scrollTo(index)
        self._put_parts()

    def next_to_decide(self) -> None:
        """Go to the next line on which a person has to choose."""
        self.go_to(self.lines.next_to_decide(self.currentIndex().row()))
        self.setFocus()

    def currentChanged(  # noqa: N802 - Qt's name
        self, current: QModelIndex | QPersistentModelIndex, previous: QModelIndex | QPersistentModelIndex
    ) -> None:
        """Tell which record the keyboard is on."""
        super().currentChanged(current, previous)
        if current.isValid():
            self.moved.emit(*self.lines.line(current.row()).at)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Decide with A, D and space; fold with the arrows; step into a conflict with Enter."""
        line, key = self.current, event.key()
        plain = not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        does = {Qt.Key.Key_A: "accept", Qt.Key.Key_D: "decline", Qt.Key.Key_Space: "toggle"}.get(Qt.Key(key))
        if line is None or not plain:
            super().keyPressEvent(event)
        elif does:
            self._decide(line, does)
        elif key in (Qt.Key.Key_Left, Qt.Key.Key_Right):
            self.fold(line, folded=key == Qt.Key.Key_Left)
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_F2):
            self._step_in(line)
        elif not event.text().strip():
            super().keyPressEvent(event)

    def _decide(self, line: ReviewLine, does: str) -> None:
        chosen_within = line.sort == "record" and (line.record.match is not None or line.record.still)
        if does == "toggle" and (chosen_within or line.sort in {"conflict", "rest"}):
            self._step_in(line)
        else:
            self.decided.emit(line, does)

    def fold(self, line: ReviewLine, *, folded: bool) -> None:
        """Fold a record's lines away, or only its unchanged fields from among them, or show them."""
        kept = self.verticalScrollBar().value()
        if line.folds_rest:
            self.lines.fold_rest(line.record, folded=folded)
            row = self.lines.row_of_rest(*line.at)
        else:
            self.lines.fold(line.record, folded=folded)
            row = self.lines.row_of(*line.at)
        self.verticalScrollBar().setValue(kept)
        self.go_to(row)

    def _is_folded(self, line: ReviewLine) -> bool:
        return (self.lines.is_rest_folded if line.folds_rest else self.lines.is_folded)(line.record)

    def _step_in(self, line: ReviewLine) -> None:
        part = self._parts.get(self.currentIndex().row())
        if isinstance(part, ConflictCells):
            part.theirs.setFocus()
        elif isinstance(part, MatchButtons) and (first := part.findChild(QPushButton)) is not None:
            first.setFocus()
        elif line.sort in {"record", "rest"}:
            self.fold(line, folded=not self._is_folded(line))

    def mousePressEvent(self, event: QMouseEvent) -> None:  # noqa: N802 - Qt's name
        """Tick where a tick was clicked, fold where an arrow was."""
        super().mousePressEvent(event)
        index = self.indexAt(event.position().toPoint())
        if not index.isValid():
            return
        line, x = self.lines.line(index.row()), event.position().x()
        if line.sort == "rest" or (line.sort == "record" and (x < size(30) or line.record.still)):
            self.fold(line, folded=not self._is_folded(line))
        elif x >= columns(self.viewport().width()).decision and line.sort in {"record", "field"}:
            self._decide(line, "toggle")

    def focusInEvent(self, event: QFocusEvent) -> None:  # noqa: N802 - Qt's name
        """Begin at the first line."""
        super().focusInEvent(event)
        if not self.currentIndex().isValid():
            self.go_to(0)
        self.viewport().update()

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """Lay conflicts out anew for another width."""
        super().resizeEvent(event)
        if event.oldSize().width() != event.size().width():
            self._drop_parts()
            self.scheduleDelayedItemsLayout()
        self._put_parts()

    def updateGeometries(self) -> None:  # noqa: N802 - Qt's name
        """Put the parts in once the lines have their places."""
        super().updateGeometries()
        self._put_parts()

    def _put_parts(self) -> None:
        """Give the lines in sight on which a person has to choose what they choose with."""
        if not self.lines.rowCount():
            return
        first = self.indexAt(QPoint(size(50), 0)).row()
        last = self.indexAt(QPoint(size(50), self.viewport().height() - 1)).row()
        for row in range(max(first, 0), (last if last >= 0 else self.lines.rowCount() - 1) + 1):
            if row not in self._parts and (part := self._part(self.lines.line(row))) is not None:
                self._turn_off(part)
                self._parts[row] = part
                self.setIndexWidget(self.lines.index(row), part)

    def _turn_off(self, part: QWidget) -> None:
        """Let nothing be chosen where nothing may be altered, and say why."""
        part.setEnabled(not self.why_not)
        for each in part.findChildren(QAbstractButton):
            each.setToolTip(self.why_not)

    def _part(self, line: ReviewLine) -> QWidget | None:
        if line.sort == "conflict" and line.field is not None and self.words is not None:
            cells = ConflictCells(line.field, self.words, narrow=is_narrow(self.viewport().width()))
            cells.settled.connect(lambda decision: self.settled.emit(line, decision))
            cells.typed.connect(lambda text: self.typed.emit(line, text))
            cells.left.connect(self.setFocus)
            return cells
        if line.sort == "record" and line.record.match is not None:
            buttons = MatchButtons(line.record.match, line.record.kind)
            buttons.said.connect(lambda said: self.matched.emit(line, said))
            return buttons
        if line.sort == "record" and line.at in self.lines.matched:
            again = MatchAgain(line.record.title)
            again.wanted.connect(lambda: self.matched.emit(line, Suggestions.HOLD))
            return again
        return None

    def _drop_parts(self) -> None:
        for row, part in self._parts.items():
            self.setIndexWidget(self.lines.index(row), None)  # type: ignore[arg-type] # Qt takes null as "none"
            part.hide()
        self._parts = {}

    def _refresh_parts(self) -> None:
        for row, part in self._parts.items():
            item = self.lines.line(row).field
            if isinstance(part, ConflictCells) and item is not None:
                part.show_field(item)


class ReviewListHead(QWidget):
    """The names of the list's columns, above them."""

    def __init__(self, view: ReviewList) -> None:
        """Stand above a list."""
        super().__init__()
        self._view = view
        self.setFixedHeight(size(26))
        view.viewport().installEventFilter(self)

    def eventFilter(self, _watched: object, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        """Follow the list's width."""
        if event.type() == QEvent.Type.Resize:
            self.update()
        return False

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """Paint the names."""
        painter = QPainter(self)
        painter.fillRect(self.rect(), token("sunken"))
        at = columns(self._view.viewport().width())
        painter.setFont(font("badge"))
        painter.setPen(token("text2"))
        names = (
            (at.field, "Field"),
            (at.old, "On the desk now"),
            (at.new, self._view.words.theirs if self._view.words else ""),
            (at.decision, "Decision"),
        )
        for left, name in names:
            painter.drawText(self.rect().adjusted(left, 0, 0, 0), Qt.AlignmentFlag.AlignVCenter, name)
        painter.setPen(token("line2"))
        painter.drawLine(self.rect().topLeft(), self.rect().topRight())
        painter.drawLine(self.rect().bottomLeft(), self.rect().bottomRight())
