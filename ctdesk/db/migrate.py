"""Bringing a workspace of an older form up to date, one migration after another in one transaction.

The schema version in the file's header says where it stands; Alembic's own version table is not used.
"""

import sqlite3
from pathlib import Path

from alembic.migration import MigrationContext
from alembic.operations import Operations
from alembic.script import Script, ScriptDirectory
from sqlalchemy import Connection, StaticPool, create_engine

from ctdesk.db.errors import BrokenLink

MIGRATIONS = Path(__file__).parent / "migrations"
"""The folder of migrations: `versions/0001_*.py` makes schema version 1, and so on."""


def newest(folder: Path = MIGRATIONS) -> int:
    """Return the schema version that the last migration makes."""
    return int(ScriptDirectory(str(folder)).get_current_head() or 0)


def migrate(driver: sqlite3.Connection, version: int, wanted: int, folder: Path = MIGRATIONS) -> None:
    """Take a workspace from one schema version to another, up or down, whole or not at all."""
    steps = _steps(folder, version, wanted)
    # A migration may rebuild a table that others link to; all links are looked at before the end.
    driver.execute("PRAGMA foreign_keys = OFF")
    driver.execute("BEGIN IMMEDIATE")
    try:
        _run(driver, steps, upwards=wanted > version)
        _refuse_broken_links(driver)
        driver.execute(f"PRAGMA user_version = {wanted}")
        driver.execute("COMMIT")
    except BaseException:
        driver.rollback()
        raise
    driver.execute("PRAGMA foreign_keys = ON")


def _refuse_broken_links(driver: sqlite3.Connection) -> None:
    if (broken := driver.execute("PRAGMA foreign_key_check").fetchone()) is not None:
        raise BrokenLink(f"The workspace cannot be brought up to date: a link in {broken[0]} leads nowhere.")


def _steps(folder: Path, version: int, wanted: int) -> list[Script]:
    """Return the migrations that lie between two versions, in the order in which to run them."""
    low, high = sorted((version, wanted))
    newest_first = [it for it in ScriptDirectory(str(folder)).walk_revisions() if low < int(it.revision) <= high]
    return newest_first[::-1] if wanted > version else newest_first


def _run(driver: sqlite3.Connection, steps: list[Script], *, upwards: bool) -> None:
    engine = create_engine("sqlite://", creator=lambda: driver, poolclass=StaticPool, isolation_level="AUTOCOMMIT")
    connection = engine.connect()
    try:
        with Operations.context(_context(connection)):
            for step in steps:
                (step.module.upgrade if upwards else step.module.downgrade)()
    finally:
        # The driver stays open and in its transaction; only SQLAlchemy's hold on it ends.
        connection.detach()


def _context(connection: Connection) -> MigrationContext:
    return MigrationContext.configure(connection, opts={"transactional_ddl": False})
