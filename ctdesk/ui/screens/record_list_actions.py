"""The commands of a list, by name, with their keys."""

from collections.abc import Callable, Mapping

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QAction

from ctdesk.ui.session import READ_ONLY
from ctdesk.ui.widgets import action

_COMMANDS = (
    ("new", "New", "Ctrl+N", "plus"),
    ("open", "Open record", "", ""),
    ("edit", "Edit cell", "F2", "pencil"),
    ("many", "Edit many…", "Ctrl+Shift+E", "pencil"),
    ("fill", "Fill down", "Ctrl+D", ""),
    ("duplicate", "Duplicate", "Ctrl+Shift+D", "copy"),
    ("end", "End…", "", ""),
    ("delete", "Delete…", "Ctrl+Del", "trash"),
    ("copy", "Copy cells", "Ctrl+C", "copy"),
    ("paste", "Paste with preview…", "Ctrl+V", ""),
    ("paste_new", "Paste as new records…", "Ctrl+Shift+V", ""),
    ("filter", "Filter what is shown", "Ctrl+F", "filter"),
    ("reset", "Reset filters", "", ""),
    ("columns", "Choose columns…", "", "columns"),
    ("fold", "Fold all groups", "", ""),
    ("unfold", "Unfold all groups", "", ""),
    ("save_view", "Save view…", "", "bookmark"),
    ("panel", "Show the reading panel", "Ctrl+I", ""),
    ("export", "Export what is seen to Excel…", "Ctrl+E", "export"),
    ("export_csv", "Export what is seen to CSV…", "", "export"),
    ("print", "Print what is seen…", "Ctrl+P", "print"),
)

ALTERING = frozenset({"new", "edit", "many", "fill", "duplicate", "end", "delete", "paste", "paste_new", "save_view"})
"""Commands that a workspace open to read only does not offer."""

_OF_CELLS = frozenset({"copy", "paste", "fill"})
"""Keys that mean something else in a field that is being typed in."""


def make_actions(parent: QObject, runs: Mapping[str, Callable[[], object]], *, read_only: bool) -> dict[str, QAction]:
    """Return the commands, each doing what *runs* says; those that alter are off where nothing may be altered."""
    made = {}
    for name, words, keys, symbol in _COMMANDS:
        why_not = READ_ONLY if read_only and name in ALTERING else ""
        made[name] = action(parent, words, runs[name], *filter(None, [keys]), symbol=symbol, why_not=why_not)
        if name in _OF_CELLS:
            made[name].setShortcutContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
    return made
