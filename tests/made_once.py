"""Workspaces that are made once in a process and copied for every test that begins with one."""

from collections.abc import Callable
from pathlib import Path

from ctdesk.db.workspace import Workspace

_MADE: dict[str, bytes] = {}


def copied(name: str, make: Callable[[Path], Workspace], path: Path) -> Workspace:
    """Open a copy at *path* of the workspace of that name, which is made there if it is the first."""
    if name not in _MADE:
        with make(path) as workspace:
            workspace.changed = False
        _MADE[name] = path.read_bytes()
    else:
        path.write_bytes(_MADE[name])
    return Workspace.open(path)
