"""The field that filters what is shown, with a lens before the words and the key that leads to it after them."""

from PySide6.QtCore import QRect, QSize
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, Qt
from PySide6.QtWidgets import QLineEdit, QSizePolicy

from ctdesk.ui.theme import icon_pixmap, size
from ctdesk.ui.widgets.buttons import keys_width, paint_keys


class SearchField(QLineEdit):
    """A field that shows a key ("/") while it is empty; Esc clears it."""

    def __init__(self, hint: str = "Type to filter", key: str = "/") -> None:
        """Make the field; the hint is also its accessible name. The key is shown, not bound."""
        super().__init__()
        self._key = key
        self.setPlaceholderText(hint)
        self.setAccessibleName(hint)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.setTextMargins(size(21), 0, keys_width(key) if key else 0, 0)

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """Return the designed width."""
        return QSize(size(196), size(28))

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Clear on Esc, where there is something to clear."""
        if event.key() == Qt.Key.Key_Escape and self.text():
            self.clear()
            return
        super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """Paint the field, the lens and, while it is empty, the key."""
        super().paintEvent(event)
        painter = QPainter(self)
        side = size(15)
        lens = icon_pixmap("search", "text3", side, self.devicePixelRatio())
        painter.drawPixmap(size(8), (self.height() - side) // 2, lens)
        if self._key and not self.text():
            width, height = keys_width(self._key), size(16)
            place = QRect(self.width() - width - size(7), (self.height() - height) // 2, width, height)
            paint_keys(painter, place, self._key)
