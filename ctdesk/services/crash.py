"""The report of a fault of the program: kept until the next start, offered there, and holding nobody's data.

A fault in Python is reported as it happens. Where the program ends at once, within Qt or another library, there is no
time for that: Python then writes where it was into a file that has been open from the start (faulthandler), and the
next start makes a report of it.
"""

import faulthandler
import platform
import re
from contextlib import suppress
from datetime import datetime
from pathlib import Path

from ctdesk import __version__
from ctdesk.services.own_folder import log_folder


def _report_file() -> Path:
    return log_folder() / "last fault.txt"


def _sudden_file() -> Path:
    return log_folder() / "sudden end.txt"


def watch_for_sudden_end() -> None:
    """Have a sudden end of this process noted for the next start, after a report was made of the last one."""
    report_sudden_end()
    with suppress(OSError, RuntimeError):
        # Another window may have the file open as well, so that both write behind what is there.
        faulthandler.enable(_sudden_file().open("ab"), all_threads=True)


def report_sudden_end() -> None:
    """Make a report of the last sudden end, once, if there was one."""
    path = _sudden_file()
    with suppress(OSError):
        if path.is_file() and (noted := path.read_text(encoding="utf-8", errors="replace").strip()):
            _keep(_without_places(noted))
            path.write_bytes(b"")


def _without_places(noted: str) -> str:
    """Return what Python noted without the folders in which its files lie: they name a user."""
    return re.sub(r'File "(?:[^"]*[\\/])?([^"\\/]*)"', r"\1", noted)


def keep_report(fault: BaseException) -> None:
    """Keep the report of a fault for the next start; where it cannot be written, there is none."""
    from ctdesk.services.log import fault_lines

    _keep(fault_lines(fault))


def _keep(told: str) -> None:
    lines = [
        f"ctdesk {__version__}, Python {platform.python_version()}, {platform.system()} {platform.release()}",
        f"{datetime.now().astimezone():%d/%m/%Y %H:%M}",
        "Where the program failed; no data of yours stands here.",
        "",
        told,
    ]
    with suppress(OSError):
        _report_file().write_text("\n".join(lines) + "\n", encoding="utf-8")


def waiting_report() -> str:
    """Return the report of a fault that has not been offered yet; empty if there is none."""
    try:
        return _report_file().read_text(encoding="utf-8")
    except (OSError, ValueError):
        return ""


def forget_report() -> None:
    """Take the report away, once it was saved or not wanted."""
    with suppress(OSError):
        _report_file().unlink(missing_ok=True)
