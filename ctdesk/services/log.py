"""The log of the program's own faults: a small file in the user's log folder."""

import logging
from logging.handlers import RotatingFileHandler
from pathlib import Path

from ctdesk.services.own_folder import log_folder


def log_file() -> Path:
    """Send the program's log to its file, and return where that is."""
    path = log_folder() / "ctdesk.log"
    logger = logging.getLogger("ctdesk")
    if not logger.handlers:
        handler = RotatingFileHandler(path, maxBytes=1_000_000, backupCount=3, encoding="utf-8")
        handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(message)s"))
        logger.addHandler(handler)
        logger.propagate = False
    return path
