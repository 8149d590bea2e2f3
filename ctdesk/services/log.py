"""The log of the program's own faults: a small file in the user's log folder."""

import logging
from logging.handlers import RotatingFileHandler
from pathlib import Path


def log_file() -> Path:
    """Send the program's log to its file, and return where that is."""
    from platformdirs import user_log_path

    path = user_log_path("ctdesk", appauthor=False, ensure_exists=True) / "ctdesk.log"
    logger = logging.getLogger("ctdesk")
    if not logger.handlers:
        handler = RotatingFileHandler(path, maxBytes=1_000_000, backupCount=3, encoding="utf-8")
        handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(message)s"))
        logger.addHandler(handler)
        logger.propagate = False
    return path
