"""What marks a SQLite file as a workspace of the desk; read with one pragma each, before anything heavy is imported."""

import sqlite3
from pathlib import Path

from ctdesk.db.errors import MissingWorkspace, NewerWorkspace, NotAWorkspace, explaining

APPLICATION_ID = 0x6374646B
"""The application id in the file's header: `ctdk` in ASCII."""

SCHEMA_VERSION = 12
"""The form of the tables this program works with; the newest migration has the same number."""

PATIENCE = 0.3
"""Seconds to wait for a lock, so that somebody's passing glance at the file is not taken for its holder."""


def connect(path: Path) -> sqlite3.Connection:
    """Return a connection to an existing file; transactions are begun and ended by name only.

    Any thread may use it, one at a time: `Workspace` sees to that.
    """
    if not path.is_file():
        raise MissingWorkspace(path)
    with explaining(path):
        return sqlite3.connect(path, timeout=PATIENCE, isolation_level=None, check_same_thread=False)


def recognise(connection: sqlite3.Connection, path: Path) -> int:
    """Return the schema version of a workspace; a DeskError if it is none, newer than the program, or in use."""
    with explaining(path):
        application = connection.execute("PRAGMA application_id").fetchone()[0]
        version = int(connection.execute("PRAGMA user_version").fetchone()[0])
    if application != APPLICATION_ID:
        raise NotAWorkspace(path)
    if version > SCHEMA_VERSION:
        raise NewerWorkspace(path)
    return version
