"""A state as a small label: its symbol and its word, always both."""

from PySide6.QtCore import QPoint, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from ctdesk.ui.theme import font, high_contrast, icon_pixmap, size, themes_changed, token
from ctdesk.ui.widgets.states import State, state_of

_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter


class Badge(QWidget):
    """A state of one of the sets of `states.SETS`; `word` says it differently, for instance "7 late"."""

    def __init__(self, state_set: str, state: str, word: str = "", *, ground: bool = True) -> None:
        """Show a state by its key or word. Raises KeyError if the set has no such state."""
        super().__init__()
        self._ground = ground
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.show_state(state_set, state, word)
        themes_changed.changed.connect(self.updateGeometry)

    def show_state(self, state_set: str, state: str, word: str = "") -> None:
        """Show another state."""
        self._state = state_of(state_set, state)
        self.word = word or self._state.word
        self.setAccessibleName(self.word)
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """Return the width of symbol and word."""
        words = QFontMetrics(font("badge")).horizontalAdvance(self.word)
        edges = size(12) if self._ground else 0
        return QSize(size(13) + size(5) + words + edges + 1, size(20))

    def minimumSizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """Return the same: a badge is never cut."""
        return self.sizeHint()

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """Paint the ground, the symbol and the word."""
        painter = QPainter(self)
        inner = self.rect()
        if self._ground:
            paint_ground(painter, self.rect(), self._state.tone)
            inner = self.rect().adjusted(size(5), 0, 0, 0)
        paint_state(painter, inner, self._state, self.word)


def paint_ground(painter: QPainter, rect: QRect, tone: str) -> None:
    """Paint the soft ground of a badge; in high contrast an edge stands for it."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setBrush(token(f"{tone}.ground"))
    painter.setPen(QPen(token("text"), 1) if high_contrast() else Qt.PenStyle.NoPen)
    inset = 0.5 if high_contrast() else 0.0
    painter.drawRoundedRect(QRectF(rect).adjusted(inset, inset, -inset, -inset), size(3), size(3))


def paint_state(painter: QPainter, rect: QRect, state: State, word: str) -> None:
    """Paint symbol and word in the state's tone from the left edge of a rectangle, cut to its width."""
    side = size(13)
    ratio = painter.device().devicePixelRatio()
    place = QPoint(rect.left(), rect.top() + (rect.height() - side) // 2)
    painter.drawPixmap(place, icon_pixmap(f"states/{state.symbol}", state.tone, side, ratio))
    role = font("badge")
    painter.setFont(role)
    painter.setPen(token(state.tone))
    words = rect.adjusted(side + size(5), 0, 0, 0)
    cut = QFontMetrics(role).elidedText(word, Qt.TextElideMode.ElideRight, words.width())
    painter.drawText(words, _LEFT, cut)
