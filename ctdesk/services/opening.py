"""Opening a workspace for a person: live, to read only, or as a working copy while a colleague has it."""

import tempfile
from dataclasses import dataclass
from pathlib import Path

from ctdesk.db.backup import free_name
from ctdesk.db.copying import copy_in_use
from ctdesk.db.errors import LockedWorkspace
from ctdesk.db.workspace import Workspace
from ctdesk.domain import clock
from ctdesk.services.desk import Desk, who_am_i
from ctdesk.services.recent import remember_opened
from ctdesk.services.rescue import naming_a_backup


@dataclass(frozen=True, slots=True)
class InUse:
    """A workspace that a colleague has open; the sentence names who, on which computer, since when."""

    path: Path
    sentence: str


def open_desk(path: Path) -> Desk | InUse:
    """Open a workspace to work in it, or say who has it.

    Raises DeskError if it is missing, not a workspace, newer than the program, or damaged.
    """
    with naming_a_backup(path):
        try:
            workspace = Workspace.open(path)
        except LockedWorkspace as held:
            return InUse(path, str(held))
        desk = Desk(workspace, who_am_i())
        remember_opened(path, desk.setting("name"))
    return desk


def open_to_read(path: Path) -> Desk:
    """Open a workspace to read only, as it is at this moment; nobody is kept out of the file itself.

    Raises DeskError if it cannot be read.
    """
    try:
        return Desk(Workspace.open(path, read_only=True), who_am_i())
    except LockedWorkspace:
        with tempfile.TemporaryDirectory(prefix="ctdesk-") as folder:
            copy = Path(folder) / path.name
            copy_in_use(path, copy)
            return Desk(Workspace.open(copy, read_only=True), who_am_i())


def working_copy(path: Path, folder: Path | None = None) -> Path:
    """Make a copy of a workspace that a colleague has open, and return its path; what is altered in it stays there."""
    today = clock.today()
    target = free_name(folder or path.parent, f"{path.stem} copy {today:%Y-%m-%d}", path.suffix)
    copy_in_use(path, target)
    return target
