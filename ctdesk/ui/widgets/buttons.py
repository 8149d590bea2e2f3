"""Push buttons: main (one a screen), plain, quiet and harmful, with icon and the keys that do the same."""

from collections.abc import Sequence
from typing import Literal

from PySide6.QtCore import QEvent, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QAction, QFontMetrics, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QMenu, QPushButton, QSizePolicy, QStyle, QStyleOptionButton

from ctdesk.ui.theme import font, icon_pixmap, size, themes_changed, token

Kind = Literal["main", "plain", "quiet", "harm"]

_TONES = {"main": "onaccent", "plain": "text", "quiet": "accent", "harm": "bad"}
_WORDS = int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft | Qt.TextFlag.TextShowMnemonic)


def button(text: str, kind: Kind = "plain", icon: str = "", shortcut: str = "", *, small: bool = False) -> "Button":
    """Return a button labelled with a verb.

    `icon` names an icon; `shortcut` ("Ctrl+N") is shown, not bound: the keys belong to the screen's QAction.
    """
    return Button(text, kind, icon, shortcut, small=small)


def icon_button(name: str, icon: str, *, small: bool = False) -> "Button":
    """Return a square button that shows an icon alone; its name is its tooltip and what a screen reader says."""
    made = Button("", "plain", icon, "", small=small)
    made.setProperty("square", "true")
    made.setToolTip(name)
    made.setAccessibleName(name)
    return made


def menu_button(text: str, actions: Sequence[QAction], icon: str = "") -> "Button":
    """Return a plain button that opens a menu of commands."""
    made = button(text, icon=icon)
    menu = QMenu(made)
    menu.addActions(actions)
    made.setMenu(menu)
    return made


class Button(QPushButton):
    """A button whose content is laid out as designed: icon, words, keys, and an arrow where it opens a menu."""

    def __init__(self, text: str, kind: Kind, icon: str, shortcut: str, *, small: bool) -> None:
        """Make a button; see `button`."""
        super().__init__(text)
        self._kind: Kind = kind
        self._icon, self._keys, self._small = icon, shortcut, small
        self._level = 0
        self._says_itself = False
        self._why = self._tip = ""
        self.setProperty("kind", kind)
        self.setProperty("small", "true" if small else "false")
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setAutoDefault(False)
        if shortcut:
            self.setAccessibleDescription(shortcut)
        themes_changed.changed.connect(self.updateGeometry)

    @property
    def is_main(self) -> bool:
        """Whether it is the main button of its screen."""
        return self._kind == "main"

    def shorten(self, level: int) -> None:
        """Show itself whole (0), without its keys (1), or as its icon alone (2), its words then in the tooltip."""
        if level == self._level:
            return
        self._level = level
        if self._says_itself or not self.toolTip():
            self._says_itself = not self._words
            self.setToolTip(self.text().replace("&", "") if self._says_itself else "")
        self.updateGeometry()
        self.update()

    def allow(self, *, allowed: bool, why: str = "") -> None:
        """Be on, or off with the reason in the tooltip and to a screen reader."""
        self.setEnabled(allowed)
        reason = "" if allowed else why
        if reason == self._why:
            return
        if not self._why:
            self._tip = "" if self._says_itself else self.toolTip()
        self._why, self._says_itself = reason, not reason and not self._tip and not self._words
        self.setToolTip(reason or self._tip or (self.text().replace("&", "") if self._says_itself else ""))

    def event(self, event: QEvent) -> bool:
        """Let a screen reader say why it is off, which the tooltip tells; while it is on, its keys."""
        if event.type() in {QEvent.Type.EnabledChange, QEvent.Type.ToolTipChange}:
            self.setAccessibleDescription(self._keys if self.isEnabled() or not self.toolTip() else self.toolTip())
        return super().event(event)

    @property
    def _words(self) -> str:
        return "" if self._level > 1 and self._icon else self.text()

    @property
    def _shown_keys(self) -> str:
        return self._keys if self._level == 0 else ""

    def width_at(self, level: int) -> int:
        """Return how wide it is when shortened so far."""
        before, self._level = self._level, level
        try:
            return self.sizeHint().width()
        finally:
            self._level = before

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """Return the width of what it shows and the height of its kind."""
        height = size(24 if self._small else 28)
        if not self._words and self.menu() is None:
            return QSize(height, height)
        edges = 2 * size(8 if self._small or self._kind == "quiet" else 11) + 2
        return QSize(self._content_width() + edges, height)

    def minimumSizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """Return the same: the words of a button are never cut."""
        return self.sizeHint()

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """Paint the body by the style sheet, then the content in its middle."""
        painter = QPainter(self)
        option = QStyleOptionButton()
        self.initStyleOption(option)
        self.style().drawControl(QStyle.ControlElement.CE_PushButtonBevel, option, painter, self)
        left = (self.width() - self._content_width()) // 2
        if self._icon:
            left = self._paint_icon(painter, left, self._icon, 15)
        if self._words:
            left = self._paint_words(painter, left)
        if self._shown_keys:
            left = self._paint_keys(painter, left)
        if self.menu() is not None:
            self._paint_icon(painter, left, "chevron-down", 12)

    @property
    def _tone(self) -> str:
        return _TONES[self._kind] if self.isEnabled() else "text3"

    def _content_width(self) -> int:
        parts = [size(15)] if self._icon else []
        if self._words:
            parts.append(self._words_width())
        if self._shown_keys:
            parts.append(keys_width(self._keys))
        if self.menu() is not None:
            parts.append(size(12))
        return sum(parts) + size(6) * (len(parts) - 1)

    def _words_width(self) -> int:
        return self.fontMetrics().size(Qt.TextFlag.TextShowMnemonic, self.text()).width()

    def _paint_icon(self, painter: QPainter, left: int, name: str, side_at_13: int) -> int:
        side = size(side_at_13)
        drawn = icon_pixmap(name, self._tone, side, self.devicePixelRatio())
        painter.drawPixmap(left, (self.height() - side) // 2, drawn)
        return left + side + size(6)

    def _paint_words(self, painter: QPainter, left: int) -> int:
        width = self._words_width()
        painter.setPen(token(self._tone))
        painter.drawText(QRect(left, 0, width + 2, self.height()), _WORDS, self.text())
        return left + width + size(6)

    def _paint_keys(self, painter: QPainter, left: int) -> int:
        filled = self._kind == "main" and self.isEnabled()
        width = keys_width(self._keys)
        height = size(16)
        paint_keys(painter, QRect(left, (self.height() - height) // 2, width, height), self._keys, filled=filled)
        return left + width + size(6)


def keys_width(keys: str) -> int:
    """Return the width of a box of keys."""
    return QFontMetrics(font("small")).horizontalAdvance(keys) + 2 * size(4) + 2


def paint_keys(painter: QPainter, rect: QRect, keys: str, *, filled: bool = False) -> None:
    """Paint keys ("Ctrl+N") in a small box; `filled` says that they stand on the accent colour."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(token("onaccent" if filled else "line2"), 1))
    painter.setBrush(Qt.BrushStyle.NoBrush if filled else token("sunken"))
    painter.drawRoundedRect(QRectF(rect).adjusted(0.5, 0.5, -0.5, -0.5), size(3), size(3))
    painter.setFont(font("small"))
    painter.setPen(token("onaccent" if filled else "text3"))
    painter.drawText(rect, Qt.AlignmentFlag.AlignCenter, keys)
    painter.restore()
