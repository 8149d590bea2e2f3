"""Where one person's own files go: settings, what the window remembers, the log. Never beside the program, but for one.

A built program with a file named PORTABLE beside it keeps them in a folder next to itself, as on a memory stick, if it
may write there. Otherwise they go where the system keeps such files of a person.
"""

import os
import sys
from functools import cache
from pathlib import Path

PORTABLE, DATA = "ctdesk-portable.txt", "ctdesk data"
"""The marker beside the program, whose content does not matter, and the folder that is then used."""


def config_folder() -> Path:
    """Return the folder of this person's configuration, which need not exist yet; CTDESK_CONFIG names another."""
    named = os.environ.get("CTDESK_CONFIG")
    if named:
        return Path(named)
    portable = portable_folder()
    if portable is not None:
        return portable
    from platformdirs import user_config_path

    return user_config_path("ctdesk", appauthor=False)


def log_folder() -> Path:
    """Return the folder of the log, which is there; where the system's may not be written, one for this run alone."""
    portable = portable_folder()
    try:
        if portable is None:
            from platformdirs import user_log_path

            return user_log_path("ctdesk", appauthor=False, ensure_exists=True)
        folder = portable / "log"
        folder.mkdir(parents=True, exist_ok=True)
    except OSError:
        return _passing()
    return folder


@cache
def _passing() -> Path:
    import tempfile

    return Path(tempfile.mkdtemp(prefix="ctdesk-log-"))


def portable_folder() -> Path | None:
    """Return the folder beside a program that is marked as portable and may be written, or None."""
    return _beside(Path(sys.executable)) if getattr(sys, "frozen", False) else None


@cache
def _beside(program: Path) -> Path | None:
    if not (program.parent / PORTABLE).is_file():
        return None
    import tempfile

    folder = program.parent / DATA
    try:
        folder.mkdir(exist_ok=True)
        # Windows lets a person see a folder as writable that is not: only writing tells.
        with tempfile.TemporaryFile(dir=folder):
            return folder
    except OSError:
        return None
