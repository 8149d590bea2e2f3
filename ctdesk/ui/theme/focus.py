"""The focus ring: 2 px of the focus colour outside whatever button has the keyboard, with a gap of 1 px."""

from PySide6.QtCore import QObject, QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QApplication, QFocusFrame, QProxyStyle, QStyle, QWidget

from ctdesk.ui.theme.current import token
from ctdesk.ui.theme.fonts import size


class FocusRing(QObject):
    """Moves one ring to the button that has focus; fields and cells show theirs on their own edge.

    A widget with the property `ring` set to False paints its own; any other widget gets one by setting it to True.
    """

    def __init__(self, app: QApplication) -> None:
        """Follow the focus of an application."""
        super().__init__(app)
        self._style = _RingStyle()
        self._style.setParent(self)
        self._frame: _Ring | None = None
        app.focusChanged.connect(self._moved)

    def _moved(self, _old: QWidget | None, new: QWidget | None) -> None:
        if self._frame is not None:
            self._frame.setWidget(None)  # type: ignore[arg-type] # Qt takes null as "frame nothing"
            self._frame.deleteLater()
            self._frame = None
        if new is not None and not new.isWindow() and _wants_ring(new):
            self._frame = _Ring(new, self._style)
            self._frame.destroyed.connect(self._forget)

    def _forget(self) -> None:
        self._frame = None


class _Ring(QFocusFrame):
    def __init__(self, widget: QWidget, style: QStyle) -> None:
        super().__init__(widget.parentWidget())
        self.setStyle(style)
        self.setWidget(widget)

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        width = size(2)
        painter.setPen(QPen(token("focus"), width))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(
            QRectF(self.rect()).adjusted(width / 2, width / 2, -width / 2, -width / 2), size(6), size(6)
        )


class _RingStyle(QProxyStyle):
    """Asked by the ring alone, since a style in Python is too slow for the rest of the window."""

    def pixelMetric(  # noqa: N802 - Qt's name
        self, metric: QStyle.PixelMetric, option: object = None, widget: QWidget | None = None
    ) -> int:
        if metric in (QStyle.PixelMetric.PM_FocusFrameHMargin, QStyle.PixelMetric.PM_FocusFrameVMargin):
            return size(3)
        return super().pixelMetric(metric, option, widget)  # type: ignore[arg-type] # the option is passed on as it came

    def styleHint(  # noqa: N802 - Qt's name
        self, hint: QStyle.StyleHint, option: object = None, widget: QWidget | None = None, data: object = None
    ) -> int:
        if hint == QStyle.StyleHint.SH_FocusFrame_AboveWidget:
            return 1
        if hint == QStyle.StyleHint.SH_FocusFrame_Mask:
            return 0
        return super().styleHint(hint, option, widget, data)  # type: ignore[arg-type] # passed on as it came


def _wants_ring(widget: QWidget) -> bool:
    told = widget.property("ring")
    return isinstance(widget, QAbstractButton) if told is None else bool(told)
