"""The report of a fault of the program: kept until the next start, offered there, and holding nobody's data."""

import platform
from contextlib import suppress
from datetime import datetime
from pathlib import Path

from ctdesk import __version__
from ctdesk.services.log import fault_lines
from ctdesk.services.own_folder import log_folder


def _report_file() -> Path:
    return log_folder() / "last fault.txt"


def keep_report(fault: BaseException) -> None:
    """Keep the report of a fault for the next start; where it cannot be written, there is none."""
    lines = [
        f"ctdesk {__version__}, Python {platform.python_version()}, {platform.system()} {platform.release()}",
        f"{datetime.now().astimezone():%d/%m/%Y %H:%M}",
        "Where the program failed; no data of yours stands here.",
        "",
        fault_lines(fault),
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
