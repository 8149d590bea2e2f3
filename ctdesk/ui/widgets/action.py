"""Commands: what menus, palette, keys and buttons run."""

from collections.abc import Callable

from PySide6.QtCore import QObject
from PySide6.QtGui import QAction, QKeySequence

from ctdesk.ui.theme import icon


def action(
    parent: QObject, words: str, run: Callable[[], object], *keys: str, symbol: str = "", why_not: str = ""
) -> QAction:
    """Return a command with its words, keys and icon; one that may not be run now is off, and its tip says why."""
    made = QAction(words, parent)
    if symbol:
        made.setIcon(icon(symbol))
    made.setShortcuts([QKeySequence(each) for each in keys])
    if why_not:
        made.setEnabled(False)
        made.setToolTip(why_not)
    made.triggered.connect(lambda _=False: run())
    return made
