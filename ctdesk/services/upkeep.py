"""Looking after the file: checking it, backing it up, bringing a backup back."""

from pathlib import Path

from ctdesk.db import backup as backups
from ctdesk.db.check import Problem, check
from ctdesk.services.desk import Desk


def check_workspace(desk: Desk) -> list[Problem]:
    """Return everything wrong with the file or with what it holds; an empty list is a clean bill."""
    return check(desk.workspace)


def back_up(desk: Desk, folder: Path | None = None) -> Path:
    """Make a verified copy of the workspace and return its path."""
    return backups.backup(desk.workspace, folder)


def restore(backup: Path, workspace: Path) -> Path | None:
    """Put a backup in the workspace's place; return the safety copy of what was there, if anything was."""
    return backups.restore(backup, workspace)
