"""The style under the style sheet: ticks, radio marks and arrows as designed, and no focus rectangle of its own."""

from collections.abc import Callable

from PySide6.QtCore import QPoint, QRect, QRectF, Qt
from PySide6.QtGui import QPainter, QPen
from PySide6.QtWidgets import QProxyStyle, QStyle, QStyleOption, QWidget

from ctdesk.ui.theme.current import token
from ctdesk.ui.theme.fonts import size
from ctdesk.ui.theme.icons import icon_pixmap

_Primitive = QStyle.PrimitiveElement
_ON = QStyle.StateFlag.State_On
_PART = QStyle.StateFlag.State_NoChange
_ENABLED = QStyle.StateFlag.State_Enabled


class DeskStyle(QProxyStyle):
    """Fusion with our marks. Only drawPrimitive is written in Python: anything asked more often would be too slow."""

    def __init__(self) -> None:
        """Stand on Fusion, which looks the same on every system."""
        super().__init__("Fusion")

    def drawPrimitive(  # noqa: N802 - Qt's name
        self,
        element: QStyle.PrimitiveElement,
        option: QStyleOption,
        painter: QPainter,
        widget: QWidget | None = None,
    ) -> None:
        """Paint one of our marks, or leave it to Fusion."""
        ours = _OURS.get(element)
        if ours is None:
            super().drawPrimitive(element, option, painter, widget)
            return
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        ours(painter, option.rect, option.state)
        painter.restore()


def paint_tick_box(painter: QPainter, rect: QRect, state: QStyle.StateFlag) -> None:
    """Paint a tick box: empty, ticked, or with a bar where only some of what it stands for is ticked."""
    box = _middle(rect, size(14))
    on, part, able = bool(state & _ON), bool(state & _PART), bool(state & _ENABLED)
    edge = "line2" if not able else "accent" if on or part else "control"
    ground = "sunken" if not able else "accent" if on else "surface"
    painter.setPen(QPen(token(edge), 1))
    painter.setBrush(token(ground))
    painter.drawRoundedRect(QRectF(box).adjusted(0.5, 0.5, -0.5, -0.5), size(3), size(3))
    unit = box.width() / 14
    mark = QPen(token(("onaccent" if on else "accent") if able else "text3"), 2 * unit)
    mark.setCapStyle(Qt.PenCapStyle.RoundCap)
    painter.setPen(mark)
    origin = QRectF(box).topLeft()
    if part:
        painter.drawLine(origin + QPoint(4, 7) * unit, origin + QPoint(10, 7) * unit)
    elif on:
        first, turn, last = (origin + QPoint(x, y) * unit for x, y in ((4, 7), (6, 10), (11, 4)))
        painter.drawPolyline([first, turn, last])


def _paint_radio(painter: QPainter, rect: QRect, state: QStyle.StateFlag) -> None:
    circle = QRectF(_middle(rect, size(14)))
    on, able = bool(state & _ON), bool(state & _ENABLED)
    edge = "line2" if not able else "accent" if on else "control"
    width = size(2) if on else 1
    painter.setPen(QPen(token(edge), width))
    painter.setBrush(token("surface" if able else "sunken"))
    painter.drawEllipse(circle.adjusted(width / 2, width / 2, -width / 2, -width / 2))
    if on:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(token(edge if able else "text3"))
        inset = circle.width() * 4 / 14
        painter.drawEllipse(circle.adjusted(inset, inset, -inset, -inset))


def _paint_nothing(_painter: QPainter, _rect: QRect, _state: QStyle.StateFlag) -> None:
    """Focus is shown by the ring, the edge of a field or the cell itself."""


def _arrow(name: str) -> Callable[[QPainter, QRect, QStyle.StateFlag], None]:
    def paint(painter: QPainter, rect: QRect, state: QStyle.StateFlag) -> None:
        box = _middle(rect, size(13))
        tone = "text2" if state & _ENABLED else "text3"
        painter.drawPixmap(box.topLeft(), icon_pixmap(name, tone, box.width(), painter.device().devicePixelRatio()))

    return paint


def _middle(rect: QRect, side: int) -> QRect:
    return QRect(rect.left() + (rect.width() - side) // 2, rect.top() + (rect.height() - side) // 2, side, side)


_OURS: dict[QStyle.PrimitiveElement, Callable[[QPainter, QRect, QStyle.StateFlag], None]] = {
    _Primitive.PE_IndicatorCheckBox: paint_tick_box,
    _Primitive.PE_IndicatorItemViewItemCheck: paint_tick_box,
    _Primitive.PE_IndicatorRadioButton: _paint_radio,
    _Primitive.PE_FrameFocusRect: _paint_nothing,
    _Primitive.PE_IndicatorArrowDown: _arrow("chevron-down"),
    _Primitive.PE_IndicatorArrowUp: _arrow("chevron-up"),
    _Primitive.PE_IndicatorArrowRight: _arrow("chevron-right"),
    _Primitive.PE_IndicatorArrowLeft: _arrow("chevron-left"),
}
