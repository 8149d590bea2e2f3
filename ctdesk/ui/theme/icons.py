"""Icons and state symbols: one SVG each, read when first shown and tinted with the theme of the moment."""

from functools import cache

from PySide6.QtCore import QByteArray, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QIcon, QIconEngine, QPainter, QPixmap

from ctdesk.resources import resource
from ctdesk.ui.theme.current import token


def icon(name: str, *, tone: str = "text2") -> QIcon:
    """Return the icon of a name, which takes its colour from the theme whenever it is painted.

    Raises FileNotFoundError if no icon of that name is shipped.
    """
    _svg(name)
    return _icon(name, tone)


def symbol(name: str, *, tone: str) -> QIcon:
    """Return the symbol of a state, for instance `symbol("tick-disc", tone="good")`."""
    return icon(f"states/{name}", tone=tone)


def icon_pixmap(name: str, tone: str, side: int, ratio: float) -> QPixmap:
    """Return an icon as a square of `side` device-independent pixels; kept, so cells may ask at every paint."""
    return _pixmap(name, token(tone).rgba(), token("ink").rgba(), side, ratio)


def tinted(name: str, colour: QColor, ink: QColor) -> str:
    """Return an icon's SVG in a colour; `ink` is for the mark inside a solid symbol."""
    return _svg(name).replace("currentColor", colour.name()).replace('"white"', f'"{ink.name()}"')


class _Engine(QIconEngine):
    """Paints one SVG in a tone of the current theme, so that icons follow a change of theme by themselves."""

    def __init__(self, name: str, tone: str) -> None:
        super().__init__()
        self._name, self._tone = name, tone

    def clone(self) -> QIconEngine:
        return _Engine(self._name, self._tone)

    def paint(self, painter: QPainter, rect: QRect, mode: QIcon.Mode, state: QIcon.State) -> None:
        ratio = painter.device().devicePixelRatio()
        side = min(rect.width(), rect.height())
        drawn = self.scaledPixmap(QSize(side, side) * ratio, mode, state, ratio)
        painter.drawPixmap(
            rect.x() + (rect.width() - side) // 2, rect.y() + (rect.height() - side) // 2, side, side, drawn
        )

    def pixmap(self, wanted: QSize, mode: QIcon.Mode, state: QIcon.State) -> QPixmap:
        return self.scaledPixmap(wanted, mode, state, 1.0)

    def scaledPixmap(self, wanted: QSize, mode: QIcon.Mode, _state: QIcon.State, scale: float) -> QPixmap:  # noqa: N802 - Qt's name
        tone = "text3" if mode == QIcon.Mode.Disabled else self._tone
        side = round(min(wanted.width(), wanted.height()) / scale)
        return icon_pixmap(self._name, tone, side, scale)


@cache
def _icon(name: str, tone: str) -> QIcon:
    return QIcon(_Engine(name, tone))


@cache
def _svg(name: str) -> str:
    return resource("icons", *f"{name}.svg".split("/")).read_text(encoding="utf-8")


@cache
def _pixmap(name: str, colour: int, ink: int, side: int, ratio: float) -> QPixmap:
    from PySide6.QtSvg import QSvgRenderer

    text = tinted(name, QColor.fromRgba(colour), QColor.fromRgba(ink))
    pixmap = QPixmap(QSize(side, side) * ratio)
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    QSvgRenderer(QByteArray(text.encode())).render(painter, QRectF(0, 0, pixmap.width(), pixmap.height()))
    painter.end()
    pixmap.setDevicePixelRatio(ratio)
    return pixmap
