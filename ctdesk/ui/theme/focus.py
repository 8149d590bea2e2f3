"""The button that has the keyboard: a ring of 2 px around it, with a gap of 1 px; Enter presses it as space does."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractButton, QApplication, QCheckBox, QRadioButton, QWidget

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


class EnterPresses(QObject):
    """Has Enter press the button that has focus, which by itself only the buttons of a dialog let it.

    Ticks are left out, as in a dialog Enter is for its main button.
    """

    def __init__(self, app: QApplication) -> None:
        """Follow the focus of an application."""
        super().__init__(app)
        app.focusChanged.connect(self._moved)

    def _moved(self, old: QWidget | None, new: QWidget | None) -> None:
        if old is not None:
            old.removeEventFilter(self)
        if isinstance(new, QAbstractButton) and not isinstance(new, QCheckBox | QRadioButton):
            new.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        """Press the button on Enter."""
        if not (event.type() is QEvent.Type.KeyPress and isinstance(event, QKeyEvent)):
            return False
        pressed = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not (
            event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        )
        if pressed and isinstance(watched, QAbstractButton):
            watched.click()
        return pressed


def _wants_ring(widget: QWidget) -> bool:
    told = widget.property("ring")
    return isinstance(widget, QAbstractButton) if told is None else bool(told)
