"""Copying a workspace that somebody else has open, between their writes, and proving the copy sound."""

import shutil
import time
from pathlib import Path

from ctdesk.db.backup import prove_sound
from ctdesk.db.errors import LockedWorkspace, MissingWorkspace
from ctdesk.db.lock import read_holder

_TRIES, _PAUSE = 20, 0.25
_JOURNAL_BEGINS = bytes.fromhex("d9d505f920a163d7")
"""The first bytes of a rollback journal in use (SQLite file format, section 3); a holder keeps an empty one between."""


def copy_in_use(path: Path, target: Path) -> None:
    """Copy a workspace's bytes at a moment when nobody is writing.

    The holder's lock keeps SQLite from reading the file, not us from copying it; a copy is taken only if no
    journal was in use and the file did not change meanwhile, and only kept if it is sound. Must not be used on a
    workspace that this very process has open. Raises LockedWorkspace if no quiet moment was found.
    """
    if not path.is_file():
        raise MissingWorkspace(path)
    journal = path.with_name(path.name + "-journal")
    for _ in range(_TRIES):
        before = path.stat()
        if not _is_live(journal):
            shutil.copyfile(path, target)
            after = path.stat()
            if not _is_live(journal) and (before.st_mtime_ns, before.st_size) == (after.st_mtime_ns, after.st_size):
                prove_sound(target)
                return
        time.sleep(_PAUSE)
    target.unlink(missing_ok=True)
    raise LockedWorkspace(path, read_holder(path))


def _is_live(journal: Path) -> bool:
    """Whether a journal says that a write is under way."""
    try:
        with journal.open("rb") as opened:
            return opened.read(8) == _JOURNAL_BEGINS
    except FileNotFoundError:
        return False
