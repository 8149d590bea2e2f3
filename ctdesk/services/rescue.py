"""Naming the way back when a workspace turns out to be damaged: its newest backup that is sound."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from ctdesk.db import backup as backups
from ctdesk.db.errors import DamagedWorkspace, NotAWorkspace
from ctdesk.domain.errors import DeskError


class Damaged(DeskError):
    """A workspace is damaged, and there is a sound backup of it."""

    def __init__(self, path: Path, backup: Path) -> None:
        """Name both; `backup` is for whoever offers to bring it back."""
        made = backups.backup_moment(backup)
        when = f", of {made:%d/%m/%Y %H:%M}" if made else ""
        super().__init__(
            f"{path} is damaged: bring back its newest sound backup, “{backup.name}”{when}, with Restore a backup"
            f" on the start page or `ctdesk restore`."
        )
        self.backup = backup


def newest_sound_backup(path: Path) -> Path | None:
    """Return the newest of the workspace's backups that passes its check, or None."""
    made = backups.backups_of(path)
    for file in sorted(made, key=made.__getitem__, reverse=True):
        try:
            backups.prove_sound(file)
        except DeskError:
            continue
        return file
    return None


@contextmanager
def naming_a_backup(path: Path) -> Iterator[None]:
    """Say of damage found in the block which backup to bring back, if there is one."""
    try:
        yield
    except (DamagedWorkspace, NotAWorkspace) as fault:
        found = newest_sound_backup(path)
        if found is None:
            raise
        raise Damaged(path, found) from fault
