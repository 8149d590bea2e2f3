"""Buttons in a row made shorter where there is no room: first without their keys, then as icons alone."""

from collections.abc import Iterator, Sequence

from PySide6.QtWidgets import QWidget

from ctdesk.ui.widgets.buttons import Button

_FULL, _WITHOUT_KEYS, _ICON = 0, 1, 2


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
