"""Bringing a workspace of an older form up to date, one migration after another in one transaction.

The schema version in the file's header says where it stands; Alembic's own version table is not used.
"""

from pathlib import Path

from alembic.migration import MigrationContext
from alembic.operations import Operations
from alembic.script import Script, ScriptDirectory
from sqlalchemy import Connection

from ctdesk.db.errors import BrokenLink
from ctdesk.db.recognise import SCHEMA_VERSION
from ctdesk.db.search import rebuild

MIGRATIONS = Path(__file__).parent / "migrations"
"""The folder of migrations: `versions/0001_*.py` makes schema version 1, and so on."""


def newest(folder: Path = MIGRATIONS) -> int:
    """Return the schema version that the last migration makes."""
    return int(ScriptDirectory(str(folder)).get_current_head() or 0)


def migrate(connection: Connection, version: int, wanted: int, folder: Path = MIGRATIONS) -> None:
    """Take a workspace from one schema version to another, up or down, whole or not at all."""
    steps = _steps(folder, version, wanted)
    # A migration may rebuild a table that others link to; all links are looked at before the end.
    connection.exec_driver_sql("PRAGMA foreign_keys = OFF")
    connection.exec_driver_sql("BEGIN IMMEDIATE")
    try:
        with Operations.context(MigrationContext.configure(connection)):
            for step in steps:
                (step.module.upgrade if wanted > version else step.module.downgrade)()
        _refuse_broken_links(connection)
        driver = connection.connection.driver_connection
        if driver is not None and version < wanted == SCHEMA_VERSION:
            rebuild(driver)
        connection.exec_driver_sql(f"PRAGMA user_version = {wanted}")
        connection.exec_driver_sql("COMMIT")
    except BaseException:
        # After an error of the disk SQLite has rolled back by itself, and would complain of a second time.
        driver = connection.connection.driver_connection
        if driver is not None:
            driver.rollback()
        raise
    connection.exec_driver_sql("PRAGMA foreign_keys = ON")


def _steps(folder: Path, version: int, wanted: int) -> list[Script]:
    """Return the migrations that lie between two versions, in the order in which to run them."""
    low, high = sorted((version, wanted))
    newest_first = [it for it in ScriptDirectory(str(folder)).walk_revisions() if low < int(it.revision) <= high]
    return newest_first[::-1] if wanted > version else newest_first


def _refuse_broken_links(connection: Connection) -> None:
    broken = connection.exec_driver_sql("PRAGMA foreign_key_check").first()
    if broken is not None:
        raise BrokenLink(f"The workspace cannot be brought up to date: a link in {broken[0]} leads nowhere.")
