"""Copying a workspace that somebody else has open, between their writes, and proving the copy sound."""

import shutil
import time
from pathlib import Path

from ctdesk.db.backup import prove_sound
from ctdesk.db.errors import LockedWorkspace, MissingWorkspace
from ctdesk.db.lock import read_holder

_TRIES, _PAUSE = 20, 0.25


def copy_in_use(path: Path, target: Path) -> None:
    """Copy a workspace's bytes at a moment when nobody is writing.

    The holder's lock keeps SQLite from reading the file, not us from copying it; a copy is taken only if no
    journal was there and the file did not change meanwhile, and only kept if it is sound. Must not be used on a
    workspace that this very process has open. Raises LockedWorkspace if no quiet moment was found.
    """
    if not path.is_file():
        raise MissingWorkspace(path)
    journal = path.with_name(path.name + "-journal")
    for _ in range(_TRIES):
        before = path.stat()
        if not journal.exists():
            shutil.copyfile(path, target)
            after = path.stat()
            if not journal.exists() and (before.st_mtime_ns, before.st_size) == (after.st_mtime_ns, after.st_size):
                prove_sound(target)
                return
        time.sleep(_PAUSE)
    target.unlink(missing_ok=True)
    raise LockedWorkspace(path, read_holder(path))
