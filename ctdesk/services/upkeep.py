"""Looking after the file: checking it, backing it up, bringing a backup back."""

from datetime import UTC, datetime
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


def last_backup(desk: Desk) -> datetime | None:
    """Return when the newest backup beside the workspace was made, or None if there is none."""
    folder = backups.backups_folder(desk.workspace.path)
    made = [path.stat().st_mtime for path in folder.glob("*.ctdesk")] if folder.is_dir() else []
    return datetime.fromtimestamp(max(made), UTC) if made else None
