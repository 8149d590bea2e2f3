"""Words on the window: in a role of the type scale, cut with a tooltip where there is no room, or as a link."""

from PySide6.QtCore import QEvent, QRect, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QLabel, QPushButton, QSizePolicy, QWidget

from ctdesk.ui.theme import font, token


def label(text: str, role: str = "body", *, tone: str = "", wrap: bool = False) -> QLabel:
    """Return plain words in a role of the type scale.

    `tone` is "2" or "3" for the quieter text colours, or a state's tone; `wrap` lets the words run over lines.
    """
    made = QLabel(text)
    made.setTextFormat(Qt.TextFormat.PlainText)
    made.setProperty("role", role)
    made.setProperty("tone", tone)
    made.setWordWrap(wrap)
    made.setTextInteractionFlags(Qt.TextInteractionFlag.NoTextInteraction)
    return made


def set_tone(widget: QWidget, tone: str) -> None:
    """Change the tone of a label, or whatever else the style sheet knows by its tone."""
    set_look(widget, "tone", tone)


def set_look(widget: QWidget, name: str, value: object) -> None:
    """Set a property the style sheet looks at, and have the widget painted by its new value."""
    if widget.property(name) == value:
        return
    widget.setProperty(name, value)
    widget.style().unpolish(widget)
    widget.style().polish(widget)
    widget.update()


class ElidedLabel(QLabel):
    """One line that is cut with an ellipsis where it does not fit; the tooltip then shows the whole."""

    def __init__(self, text: str = "", role: str = "body", *, tone: str = "") -> None:
        """Show a text in a role of the type scale."""
        super().__init__(text)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setProperty("role", role)
        self.setProperty("tone", tone)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)

    def setText(self, text: str) -> None:  # noqa: N802 - Qt's name
        """Show another text."""
        super().setText(text)
        self._tell()

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """Return the room of the whole text, whatever width it was once held to."""
        margins = self.contentsMargins()
        whole = self.fontMetrics().size(0, self.text()).width() + margins.left() + margins.right()
        return QSize(whole + 2 * self.margin(), super().sizeHint().height())

    def minimumSizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """Return room for the ellipsis alone."""
        return QSize(self.fontMetrics().horizontalAdvance("…"), super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """Take note of whether the text is still whole."""
        super().resizeEvent(event)
        self._tell()

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """Paint as much of the text as fits."""
        painter = QPainter(self)
        painter.setPen(self.palette().color(self.foregroundRole()))
        painter.drawText(self.contentsRect(), int(self.alignment()), self._cut())

    def _cut(self) -> str:
        return self.fontMetrics().elidedText(self.text(), Qt.TextElideMode.ElideRight, self.contentsRect().width())

    def _tell(self) -> None:
        self.setToolTip("" if self._cut() == self.text() else self.text())


class Link(QPushButton):
    """A verb in the accent colour that does something when chosen; underlined where it stands in running text.

    The name of a record may be long: a link that `shrinks` is cut where there is no room, and shows the whole in its
    tooltip.
    """

    def __init__(self, text: str, *, role: str = "body", underline: bool = False, shrinks: bool = False) -> None:
        """Show the words."""
        super().__init__(text)
        self._role, self._underline, self._shrinks = role, underline, shrinks
        self.setProperty("kind", "link")
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        across = QSizePolicy.Policy.Preferred if shrinks else QSizePolicy.Policy.Fixed
        self.setSizePolicy(across, QSizePolicy.Policy.Fixed)
        self.setToolTip(text if shrinks else "")

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """Return the size of the words alone."""
        metrics = QFontMetrics(font(self._role))
        return QSize(metrics.horizontalAdvance(self.text()) + 2, metrics.height() + 2)

    def minimumSizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """Return the same, as a link is never cut, but for one that shrinks."""
        whole = self.sizeHint()
        return QSize(QFontMetrics(font(self._role)).horizontalAdvance("…"), whole.height()) if self._shrinks else whole

    def event(self, event: QEvent) -> bool:
        """Paint again when the pointer comes or goes."""
        if event.type() in (QEvent.Type.Enter, QEvent.Type.Leave):
            self.update()
        return super().event(event)

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """Paint the words."""
        painter = QPainter(self)
        words = font(self._role)
        words.setUnderline(self._underline or (self.underMouse() and self.isEnabled()))
        painter.setFont(words)
        tone = "text3" if not self.isEnabled() else "accent.hover" if self.underMouse() else "accent"
        painter.setPen(token(tone))
        place = QRect(1, 0, self.width() - 1, self.height())
        text = painter.fontMetrics().elidedText(self.text(), Qt.TextElideMode.ElideRight, place.width())
        painter.drawText(place, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, text)
