"""What gives way where there is little room: the words of buttons in a row, and the size of dialogs."""

from collections.abc import Iterator, Sequence

from PySide6.QtCore import QSize
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget

from ctdesk.ui.theme import size
from ctdesk.ui.widgets.buttons import Button

_FULL, _WITHOUT_KEYS, _ICON = 0, 1, 2


def dialog_size(over: QWidget | None, wide: float, high: float) -> QSize:
    """Return a size, given in pixels at base 13, but no larger than the window that is opened over, or the screen."""
    wanted = QSize(size(wide), size(high))
    if over is None:
        return wanted.boundedTo(QGuiApplication.primaryScreen().availableSize())
    return wanted.boundedTo(over.window().size()).boundedTo(over.screen().availableSize())


def fit_buttons(row: Sequence[QWidget], room: int, gap: int) -> int:
    """Shorten the buttons of a row as little as will fit it into so many pixels; return the width it takes then.

    The main button keeps its word longest. Whatever else stands in the row keeps its width.
    """
    shown = [widget for widget in row if not widget.isHidden()]
    for levels in _steps(shown):
        width = sum(_width(widget, levels) for widget in shown) + gap * max(0, len(shown) - 1)
        if width <= room:
            break
    for widget, level in levels.items():
        widget.shorten(level)
    return width


def _steps(row: Sequence[QWidget]) -> Iterator[dict[Button, int]]:
    """Yield what each button would be, the longest row first."""
    buttons = [widget for widget in row if isinstance(widget, Button)]
    quiet = [button for button in buttons if not button.is_main]
    yield dict.fromkeys(buttons, _FULL)
    levels = dict.fromkeys(buttons, _WITHOUT_KEYS)
    yield dict(levels)
    for button in quiet:
        levels[button] = _ICON
        yield dict(levels)
    yield dict.fromkeys(buttons, _ICON)


def _width(widget: QWidget, levels: dict[Button, int]) -> int:
    return widget.width_at(levels[widget]) if isinstance(widget, Button) else widget.sizeHint().width()
