"""The focus ring: 2 px of the focus colour outside whatever button has the keyboard, with a gap of 1 px."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QAbstractButton, QApplication, QWidget

if TYPE_CHECKING:
    from ctdesk.ui.theme.ring import Ring, RingStyle


class FocusRing(QObject):
    """Moves one ring to the button that has focus; fields and cells show theirs on their own edge.

    A widget with the property `ring` set to False paints its own; any other widget gets one by setting it to True.
    """

    def __init__(self, app: QApplication) -> None:
        """Follow the focus of an application."""
        super().__init__(app)
        self._style: RingStyle | None = None
        self._frame: Ring | None = None
        app.focusChanged.connect(self._moved)

    def _moved(self, _old: QWidget | None, new: QWidget | None) -> None:
        if self._frame is not None:
            self._frame.destroyed.disconnect(self._forget)  # or its end would have the next ring forgotten
            self._frame.setWidget(None)  # type: ignore[arg-type] # Qt takes null as "frame nothing"
            self._frame.deleteLater()
            self._frame = None
        if new is not None and not new.isWindow() and _wants_ring(new):
            self._frame = self._around(new)
            self._frame.destroyed.connect(self._forget)

    def _around(self, widget: QWidget) -> "Ring":
        from ctdesk.ui.theme.ring import Ring, RingStyle

        if self._style is None:
            self._style = RingStyle()
            self._style.setParent(self)
        return Ring(widget, self._style)

    def _forget(self) -> None:
        self._frame = None


def _wants_ring(widget: QWidget) -> bool:
    told = widget.property("ring")
    return isinstance(widget, QAbstractButton) if told is None else bool(told)
