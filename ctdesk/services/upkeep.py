"""Looking after the file: checking it, backing it up, bringing a backup back."""

from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from ctdesk.db import backup as backups
from ctdesk.db.check import Problem, check
from ctdesk.db.workspace import Workspace
from ctdesk.domain.errors import DeskError
from ctdesk.services.desk import Desk
from ctdesk.services.naming import counted


def check_workspace(desk: Desk) -> list[Problem]:
    """Return everything wrong with the file or with what it holds; an empty list is a clean bill."""
    return check(desk.workspace)


def back_up(desk: Desk, folder: Path | None = None) -> Path:
    """Make a verified copy of the workspace and return its path."""
    return backups.backup(desk.workspace, folder)


def restore(backup: Path, workspace: Path) -> Path | None:
    """Put a backup in the workspace's place; return the safety copy of what was there, if anything was."""
    return backups.restore(backup, workspace)


@dataclass(frozen=True, slots=True)
class Backup:
    """One backup beside the workspace: when it was made, how large it is, and why, if it is kept for a reason."""

    path: Path
    made: datetime
    bytes: int
    why: str


def backups_folder(desk: Desk) -> Path:
    """Return the folder in which the workspace's backups are kept; it need not exist yet."""
    return backups.backups_folder(desk.workspace.path)


def kept_backups(desk: Desk) -> list[Backup]:
    """Return the backups beside the workspace, the newest first."""
    folder = backups_folder(desk)
    found = [
        Backup(path, made, path.stat().st_size, path.stem.partition(" before ")[2])
        for path in (folder.glob("*.ctdesk") if folder.is_dir() else ())
        if (made := backups.backup_moment(path)) is not None
    ]
    return sorted(found, key=lambda it: it.made, reverse=True)


@dataclass(frozen=True, slots=True)
class HeldBy:
    """What one backup holds, in words: its records, and its last change with its moment."""

    counts: str
    last: str
    when: datetime | None


def held_by(backup: Backup) -> HeldBy:
    """Return what a backup holds; one that cannot be read says so."""
    try:
        found = backups.glance(backup.path)
    except DeskError:
        return HeldBy("Cannot be read", "", None)
    counts = ", ".join(counted(kind, count) for kind, count in found.counts.items() if count)
    return HeldBy(counts or "No records yet", f"{found.step}. {found.title}", found.when)


def place_of(backup: Path) -> Path:
    """Return where the workspace of a backup is, or was, if the backup lies where the desk puts them."""
    folder = backup.parent
    if folder.name.endswith(" backups"):
        return folder.with_name(f"{folder.name.removesuffix(' backups')}{backup.suffix}")
    return backup.with_name(f"{backup.stem} restored{backup.suffix}")


def restore_open(desk: Desk, backup: Path) -> Path | None:
    """Put a backup in the place of the workspace the desk has open; return the safety copy of what was there.

    Raises DeskError if the backup is not sound; the workspace then stays as it is, and open.
    """
    path = desk.workspace.path
    backups.prove_sound(backup)
    desk.workspace.close()
    try:
        return backups.restore(backup, path)
    finally:
        desk.take_up(Workspace.open(path))


def second_place_problem(desk: Desk) -> str:
    """Return what is wrong with the second place for backups in a sentence; empty if nothing is, or there is none."""
    named = desk.setting(backups.SECOND_PLACE)
    if not named:
        return ""
    if not Path(named).is_dir():
        return f"The second place for backups, {named}, cannot be reached: connect it, or name another in Settings."
    first = kept_backups(desk)
    if first and not (Path(named) / first[0].path.name).exists() and not first[0].why:
        return f"The newest backup is not in the second place, {named}: press Back up now when it can be written."
    return ""


def last_backup(desk: Desk) -> datetime | None:
    """Return when the newest backup beside the workspace was made, or None if there is none."""
    folder = backups.backups_folder(desk.workspace.path)
    made = [path.stat().st_mtime for path in folder.glob("*.ctdesk")] if folder.is_dir() else []
    return datetime.fromtimestamp(max(made), UTC) if made else None
