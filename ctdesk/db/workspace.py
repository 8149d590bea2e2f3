"""The workspace: one SQLite file, held alone by whoever has it open, with one connection to it."""

import logging
import os
import sqlite3
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Self

from ctdesk.db import lock
from ctdesk.db.durable import discard, replace
from ctdesk.db.errors import BrokenLink, ExistingFile, ReadOnlyWorkspace, UnwritableFolder, explaining
from ctdesk.db.recognise import SCHEMA_VERSION, connect, recognise
from ctdesk.domain.cancelling import cancelling
from ctdesk.domain.changes import ChangeSet
from ctdesk.domain.errors import DeskError

if TYPE_CHECKING:
    from sqlalchemy import Connection

_log = logging.getLogger(__name__)

_SETTINGS = (
    "PRAGMA foreign_keys = ON",
    # With the DELETE journal this loses no commit when the power fails (measured).
    "PRAGMA journal_mode = DELETE",
    "PRAGMA synchronous = EXTRA",
    # A file may come from anybody: nothing in its schema may run code, and its pages are looked at twice.
    "PRAGMA trusted_schema = OFF",
    "PRAGMA cell_size_check = ON",
    # 32 MB, so that a large return is written once and not spilled half-way.
    "PRAGMA cache_size = -32000",
    "PRAGMA temp_store = MEMORY",
)


class Workspace:
    """An open workspace; leaving the `with` block closes it and keeps a backup if anything was changed.

    Open for reading only, it is a snapshot in memory that leaves the file free for others. Several threads may
    use it: while one reads or writes, the others wait.
    """

    def __init__(self, path: Path, driver: sqlite3.Connection, *, read_only: bool) -> None:
        """Take a connection that is already known to lead to a workspace; use `open` or `create`."""
        self.path = path
        self.read_only = read_only
        self.changed = False
        """Whether anything was written that no backup holds yet."""
        self.driver = driver
        self._closed = False
        self._turn = threading.RLock()
        self._statements: Connection | None = None

    @classmethod
    def create(cls, path: Path, first: ChangeSet) -> Self:
        """Make a workspace whose first change set is this one, whole or not at all, and open it."""
        if path.exists():
            raise ExistingFile(path)
        part = path.with_name(f".{path.name}.{os.getpid()}.part")
        try:
            with explaining(path):
                cls._make(path, part, first)
            replace(part, path)
        except OSError as error:
            raise UnwritableFolder(path.parent) from error
        finally:
            discard(part)
        workspace = cls.open(path)
        workspace.changed = True
        return workspace

    @classmethod
    def _make(cls, path: Path, part: Path, first: ChangeSet) -> None:
        from ctdesk.db.tables import make_tables
        from ctdesk.db.writer import apply

        try:
            part.touch(exist_ok=False)
        except OSError as error:
            raise UnwritableFolder(path.parent) from error
        made = cls(path, connect(part), read_only=False)
        made.driver.execute("PRAGMA foreign_keys = ON")
        try:
            with made.writing() as driver:
                make_tables(driver)
            apply(made, first)
        finally:
            made._disconnect()

    @classmethod
    def open(cls, path: Path, *, read_only: bool = False) -> Self:
        """Open a workspace, bringing one of an older form up to date after keeping a copy of it.

        Raises one of the errors of `ctdesk.db.errors` if it is missing, none of ours, newer than the program,
        held by someone, damaged, or (unless only read) may not be written.
        """
        driver = connect(path)
        try:
            with explaining(path):
                version = recognise(driver, path)
                driver = _snapshot(driver) if read_only else _hold(driver, path, version)
                for setting in _SETTINGS:
                    driver.execute(setting)
                workspace = cls(path, driver, read_only=read_only)
        except BaseException:
            driver.close()
            raise
        if version < SCHEMA_VERSION:
            workspace._bring_up_to_date(version)
        return workspace

    @contextmanager
    def reading(self) -> Iterator[sqlite3.Connection]:
        """Yield the connection to read with, by plain SQL; what goes wrong becomes a sentence.

        Once the work of this thread is called off, SQLite stops where it is, and Cancelled is raised.
        """
        with self._turn, explaining(self.path), cancelling().ending(self.driver.interrupt):
            yield self.driver

    def statements(self) -> "Connection":
        """Return the same connection for SQLAlchemy's statements, which make tables; it is imported only now."""
        from sqlalchemy import StaticPool, create_engine

        if self._statements is None:
            # The driver begins nothing by itself (isolation_level None), and AUTOCOMMIT stops SQLAlchemy expecting
            # it to: https://docs.sqlalchemy.org/en/20/dialects/sqlite.html#serializable-isolation-savepoints-transactional-ddl
            engine = create_engine(
                "sqlite://", creator=lambda: self.driver, poolclass=StaticPool, isolation_level="AUTOCOMMIT"
            )
            self._statements = engine.connect()
        return self._statements

    @contextmanager
    def writing(self) -> Iterator[sqlite3.Connection]:
        """Yield the connection to write with, within one transaction, which is kept only if the block ends well.

        Until then the work of this thread may be called off, as in `reading`.
        """
        if self.read_only:
            raise ReadOnlyWorkspace(self.path)
        person = cancelling()
        with self._turn, explaining(self.path), person.ending(self.driver.interrupt):
            self.driver.execute("BEGIN IMMEDIATE")
            try:
                yield self.driver
                person.heed()
                self._commit()
                person.went_in()
            except BaseException:
                self.driver.rollback()
                raise
            self.changed = True

    def _commit(self) -> None:
        from ctdesk.db.links import broken_link

        try:
            self.driver.execute("COMMIT")
        except sqlite3.IntegrityError as error:
            # Links are looked at when all changes are in; the transaction still stands, so the culprit can be found.
            raise BrokenLink(broken_link(self.driver)) from error

    def close(self) -> None:
        """Keep a backup if anything was changed, and let the file go; a backup that fails is only warned of."""
        from ctdesk.db.backup import backup

        if self._closed:
            return
        try:
            if self.changed:
                backup(self)
        except DeskError as error:
            _log.warning("The workspace is saved, but no backup of it could be made: %s", error)
        finally:
            self._let_go()

    def _bring_up_to_date(self, version: int) -> None:
        from ctdesk.db.backup import keep_aside
        from ctdesk.db.migrate import migrate

        try:
            if not self.read_only:
                keep_aside(self, f"before schema {SCHEMA_VERSION}")
            with explaining(self.path):
                migrate(self.statements(), version, SCHEMA_VERSION)
        except BaseException:
            self._let_go()
            raise

    def _let_go(self) -> None:
        self._closed = True
        if not self.read_only:
            # While the lock is still ours, or the file could be that of the next holder.
            lock.forget_holder(self.path)
        self._disconnect()

    def _disconnect(self) -> None:
        if self._statements is not None:
            self._statements.close()
            self._statements.engine.dispose()
        self.driver.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


def _hold(driver: sqlite3.Connection, path: Path, version: int) -> sqlite3.Connection:
    """Take the file's exclusive lock, which lasts until the connection is closed, and say who holds it."""
    driver.execute("PRAGMA locking_mode = EXCLUSIVE")
    driver.execute("BEGIN EXCLUSIVE")
    # On a file that may not be written SQLite begins without a word, and without a lock: only writing tells.
    driver.execute(f"PRAGMA user_version = {version}")
    driver.execute("ROLLBACK")
    try:
        lock.name_holder(path)
    except OSError as error:
        raise UnwritableFolder(path.parent) from error
    return driver


def _snapshot(driver: sqlite3.Connection) -> sqlite3.Connection:
    """Return a copy of the file in memory and let the file go."""
    memory = sqlite3.connect(":memory:", isolation_level=None, check_same_thread=False)
    driver.backup(memory)
    driver.close()
    return memory
