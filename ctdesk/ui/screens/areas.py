"""The areas of a window that F6 goes between, each with what takes the keys there."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractItemView, QWidget

from ctdesk.ui.widgets import EmptyState, FootBar, PageHead

Area = tuple[QWidget, QWidget]
"""An area, and the control in it that is gone to."""


def areas_of(screen: QWidget) -> list[Area]:
    """Return the head, the lists and the foot of a screen, as far as they are in sight and take the keys."""
    kinds: tuple[type[QWidget], ...] = (PageHead, QAbstractItemView, FootBar)
    parts = [part for kind in kinds for part in screen.findChildren(kind) if part.isVisible()]
    return [(part, taker) for part in parts if (taker := _taker(part)) is not None]


def go_to_area(areas: Sequence[Area], focused: QWidget | None, step: int) -> None:
    """Give the keys to the area after the one that has them, or with a step of -1 to the one before."""
    here = (at for at, (area, _) in enumerate(areas) if focused is not None and _holds(area, focused))
    at = next(here, -1 if step > 0 else 0)
    areas[(at + step) % len(areas)][1].setFocus(Qt.FocusReason.ShortcutFocusReason)


def take_keys(screen: QWidget, focused: QWidget | None) -> None:
    """Give the keys to the first list of a screen, or else to the first way to begin.

    Where there is neither, they stay with what has them in the screen, or go to the screen itself.
    """
    lists = (area for area, _ in areas_of(screen) if isinstance(area, QAbstractItemView))
    ways = (_taker(each) for each in screen.findChildren(EmptyState) if each.isVisible())
    held = focused if focused is not None and _holds(screen, focused) else screen
    next((it for it in (*lists, *ways) if it is not None), held).setFocus(Qt.FocusReason.OtherFocusReason)


def _holds(area: QWidget, focused: QWidget) -> bool:
    return area is focused or area.isAncestorOf(focused)


def _taker(part: QWidget) -> QWidget | None:
    """Return what takes the keys in a part: itself, or the first control in it."""
    candidates = (part, *part.findChildren(QWidget))
    tab = Qt.FocusPolicy.TabFocus
    return next((it for it in candidates if it.focusPolicy() & tab and it.isVisible() and it.isEnabled()), None)
