"""One icon or state symbol standing by itself beside words."""

from PySide6.QtCore import QSize
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from ctdesk.ui.theme import icon_pixmap, size


class SymbolLabel(QWidget):
    """A picture that repeats what the words beside it say, and so has no accessible name of its own."""

    def __init__(self, name: str, tone: str, *, side: float = 13, folder: str = "states/") -> None:
        """Show a state symbol, or with `folder=""` an icon; `side` is in pixels at base 13."""
        super().__init__()
        self._name, self._tone, self._side = folder + name, tone, side
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def set_tone(self, tone: str, name: str = "") -> None:
        """Paint in another tone, and another symbol if one is named."""
        self._tone = tone
        if name:
            self._name = f"{self._name.rpartition('/')[0]}/{name}"
        self.update()

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """Return the picture's size."""
        return QSize(size(self._side), size(self._side))

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """Paint the picture."""
        side = size(self._side)
        drawn = icon_pixmap(self._name, self._tone, side, self.devicePixelRatio())
        QPainter(self).drawPixmap((self.width() - side) // 2, (self.height() - side) // 2, drawn)
