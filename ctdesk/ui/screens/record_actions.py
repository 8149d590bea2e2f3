"""The commands of a record, by name, with their keys."""

from collections.abc import Callable, Mapping

from PySide6.QtCore import QObject
from PySide6.QtGui import QAction

from ctdesk.ui.widgets import action

_COMMANDS = (
    ("save", "Save", ("Ctrl+S",), "tick"),
    ("next", "Save and next", ("Ctrl+PgDown", "Ctrl+Shift+S"), "chevron-right"),
    ("previous", "Save and previous", ("Ctrl+PgUp",), "chevron-left"),
    ("discard", "Discard changes", (), ""),
    ("duplicate", "Duplicate", ("Ctrl+Shift+D",), "copy"),
    ("end", "End…", (), ""),
    ("delete", "Delete…", (), "trash"),
)

OF_A_WALK = ("next", "previous")
"""Commands that are offered only where a record was opened from a list."""


def make_actions(parent: QObject, runs: Mapping[str, Callable[[], object]]) -> dict[str, QAction]:
    """Return the commands, each doing what *runs* says."""
    return {name: action(parent, words, runs[name], *keys, symbol=symbol) for name, words, keys, symbol in _COMMANDS}
