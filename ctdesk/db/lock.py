"""Who holds a workspace: a small file beside it names the holder; the lock itself is SQLite's own.

The file outlives a crash, so it is believed only when SQLite says that the workspace is in use.
"""

import getpass
import json
import os
import platform
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Holder:
    """Who has a workspace open: user, computer, process number, and since when (local time, ISO)."""

    user: str
    host: str
    pid: int
    since: str

    def words(self) -> str:
        """Return the holder for a sentence, for instance *sam on LAPTOP-3, since 09:12 on 04/03/2026*."""
        return f"{self.user} on {self.host}, since {datetime.fromisoformat(self.since):%H:%M on %d/%m/%Y}"


def holder_file(path: Path) -> Path:
    """Return the path of the file that names a workspace's holder."""
    return path.with_name(path.name.removesuffix(".ctdesk") + ".ctdesk-lock")


def name_holder(path: Path) -> None:
    """Say beside the workspace that this process holds it; OSError if the folder cannot be written."""
    now = datetime.now().astimezone().isoformat(timespec="seconds")
    holder = Holder(_user(), platform.node() or "this computer", os.getpid(), now)
    file = holder_file(path)
    # One left by somebody else's crash may not be ours to overwrite, but may be removed.
    file.unlink(missing_ok=True)
    file.write_text(json.dumps(asdict(holder)), encoding="utf-8")


def read_holder(path: Path) -> Holder | None:
    """Return who says that they hold the workspace, or None if nobody says so legibly."""
    try:
        plain = json.loads(holder_file(path).read_text(encoding="utf-8"))
        holder = Holder(str(plain["user"]), str(plain["host"]), int(plain["pid"]), str(plain["since"]))
        holder.words()
    except (OSError, ValueError, KeyError, TypeError):
        return None
    return holder


def forget_holder(path: Path) -> None:
    """Take the holder's file away; one that cannot be removed misleads nobody."""
    try:
        holder_file(path).unlink(missing_ok=True)
    except OSError:
        return


def _user() -> str:
    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError):
        return "somebody"
