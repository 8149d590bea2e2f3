"""The log of the program's own faults: a small file in the user's log folder that names nobody and no file of one."""

import logging
import re
import traceback
from logging.handlers import RotatingFileHandler
from pathlib import Path
from types import TracebackType

from ctdesk.services.own_folder import log_folder

ExcInfo = tuple[type[BaseException] | None, BaseException | None, TracebackType | None]

_PLACE = re.compile(r"(?:[A-Za-z]:\\|\\\\|/)[^\s:'\"]*[\\/][^:'\"()]*")
_QUOTED = re.compile(r"“[^”]*”|'[^']*'|\"[^\"]*\"")
_MAIL = re.compile(r"\S+@\S+")


class DiscreetFormatter(logging.Formatter):
    """Writes where in the program a fault arose and of what sort it is, but no value, name or place."""

    def formatMessage(self, record: logging.LogRecord) -> str:  # noqa: N802 - the library's name
        """Return the line without what stands in quotes, places of files and addresses."""
        record.message = discreet(record.message)
        return super().formatMessage(record)

    def formatException(self, ei: ExcInfo) -> str:  # noqa: N802 - the library's name
        """Return the lines of the program that led to a fault, and the sorts of fault; their words may quote data."""
        return fault_lines(ei[1])


def discreet(text: str) -> str:
    """Return a text without quoted words, places of files and addresses."""
    for pattern, word in ((_MAIL, "(an address)"), (_PLACE, "(a place)"), (_QUOTED, "“…”")):
        text = pattern.sub(word, text)
    return text


def fault_lines(fault: BaseException | None) -> str:
    """Return the sorts of a fault and of its causes, each with the lines of the program that led to it."""
    lines = []
    while fault is not None:
        frames = traceback.extract_tb(fault.__traceback__)
        lines += [f"  {Path(frame.filename).name}:{frame.lineno} in {frame.name}" for frame in frames]
        # What could not be imported is the program's own, and tells more than that something could not.
        missing = f": {fault.name}" if isinstance(fault, ImportError) and fault.name else ""
        lines.append(type(fault).__name__ + missing)
        fault = fault.__cause__ or fault.__context__
    return "\n".join(lines)


def log_file() -> Path:
    """Send the program's log to its file, and return where that is."""
    path = log_folder() / "ctdesk.log"
    logger = logging.getLogger("ctdesk")
    if not logger.handlers:
        handler = RotatingFileHandler(path, maxBytes=1_000_000, backupCount=3, encoding="utf-8")
        handler.setFormatter(DiscreetFormatter("%(asctime)s %(levelname)s %(message)s"))
        logger.addHandler(handler)
        logger.propagate = False
    return path
