"""The walk over what a screen reader finds on a screen."""

from collections.abc import Iterator

from PySide6.QtGui import QAccessible, QAccessibleInterface
from PySide6.QtWidgets import QWidget

_PARTS = {QAccessible.Role.ScrollBar, QAccessible.Role.Cell, QAccessible.Role.ListItem, QAccessible.Role.TreeItem}


def unnamed(screen: QWidget) -> list[str]:
    """Return the controls of a screen that take the keyboard and have no name."""
    return [
        f"{type(it.object()).__name__} ({it.role().name})"
        for it in _walk(QAccessible.queryAccessibleInterface(screen))
        if it.state().focusable
        and not it.state().invisible
        and it.role() not in _PARTS
        and not it.text(QAccessible.Text.Name).strip()
    ]


def _walk(interface: QAccessibleInterface) -> Iterator[QAccessibleInterface]:
    yield interface
    if interface.role() in {QAccessible.Role.Tree, QAccessible.Role.Table, QAccessible.Role.List}:
        return
    for at in range(interface.childCount()):
        child = interface.child(at)
        if child is not None and child.isValid():
            yield from _walk(child)
