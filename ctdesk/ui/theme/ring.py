"""What the focus ring is drawn with; imported when the first ring is wanted, since styles take long to import."""

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QFocusFrame, QProxyStyle, QStyle, QWidget

from ctdesk.ui.theme.current import token
from ctdesk.ui.theme.fonts import size


class Ring(QFocusFrame):
    """The ring around one widget."""

    def __init__(self, widget: QWidget, style: QStyle) -> None:
        """Surround a widget, by the measures of a style."""
        super().__init__(widget.parentWidget())
        self.setStyle(style)
        self.setWidget(widget)

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """Paint the ring."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        width = size(2)
        painter.setPen(QPen(token("focus"), width))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(
            QRectF(self.rect()).adjusted(width / 2, width / 2, -width / 2, -width / 2), size(6), size(6)
        )


class RingStyle(QProxyStyle):
    """Asked by the ring alone, since a style in Python is too slow for the rest of the window."""

    def pixelMetric(  # noqa: N802 - Qt's name
        self, metric: QStyle.PixelMetric, option: object = None, widget: QWidget | None = None
    ) -> int:
        """Return the gap between the widget and its ring."""
        if metric in (QStyle.PixelMetric.PM_FocusFrameHMargin, QStyle.PixelMetric.PM_FocusFrameVMargin):
            return size(3)
        return super().pixelMetric(metric, option, widget)  # type: ignore[arg-type] # the option is passed on as it came

    def styleHint(  # noqa: N802 - Qt's name
        self, hint: QStyle.StyleHint, option: object = None, widget: QWidget | None = None, data: object = None
    ) -> int:
        """Have the ring drawn above the widget, and whole."""
        if hint == QStyle.StyleHint.SH_FocusFrame_AboveWidget:
            return 1
        if hint == QStyle.StyleHint.SH_FocusFrame_Mask:
            return 0
        return super().styleHint(hint, option, widget, data)  # type: ignore[arg-type] # passed on as it came
