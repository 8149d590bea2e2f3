"""What can go wrong with a workspace file, each in one sentence that names the file and what to do next."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from ctdesk.db.lock import Holder, read_holder
from ctdesk.domain.cancelling import Cancelled
from ctdesk.domain.errors import DeskError


class MissingWorkspace(DeskError):
    """There is no such file."""

    def __init__(self, path: Path) -> None:
        what = "is a folder, not a workspace" if path.is_dir() else "does not exist"
        super().__init__(f"{path} {what}: check the name, or make a workspace with `ctdesk new`.")


class ExistingFile(DeskError):
    """A new workspace would take the place of a file."""

    def __init__(self, path: Path) -> None:
        super().__init__(f"{path} exists already: choose another name, or move that file away first.")


class NotAWorkspace(DeskError):
    """The file is something else, or is damaged beyond recognition."""

    def __init__(self, path: Path) -> None:
        super().__init__(
            f"{path} is not a workspace of the desk: choose another file, or, if it once was one,"
            " bring back its latest backup with `ctdesk restore`."
        )


class NewerWorkspace(DeskError):
    """The file was last opened by a newer version of the program."""

    def __init__(self, path: Path) -> None:
        super().__init__(f"{path} was last opened with a newer version of ctdesk: install that version to open it.")


class LockedWorkspace(DeskError):
    """Somebody has the file open; `holder` is who, if that is known."""

    def __init__(self, path: Path, holder: Holder | None) -> None:
        self.holder = holder
        who = f"open elsewhere ({holder.words()})" if holder else "in use by another program"
        super().__init__(f"{path} is {who}: close it there, or work on a copy of the file.")


class UnwritableWorkspace(DeskError):
    """The file or its folder may not be written."""

    def __init__(self, path: Path) -> None:
        super().__init__(
            f"{path} cannot be written: ask for permission to write the file and its folder, or copy it elsewhere."
        )


class UnwritableFolder(DeskError):
    """No file can be made in the folder."""

    def __init__(self, folder: Path) -> None:
        what = "cannot be written" if folder.is_dir() else "does not exist"
        super().__init__(f"The folder {folder} {what}: choose another, or make it and see that you may write there.")


class DamagedWorkspace(DeskError):
    """The file's content does not hold together."""

    def __init__(self, path: Path) -> None:
        super().__init__(f"{path} is damaged: bring back its latest backup with `ctdesk restore`.")


class FullDisk(DeskError):
    """There was no room left; the file is as it was."""

    def __init__(self, path: Path) -> None:
        super().__init__(f"The disk that holds {path} is full, so nothing was saved: make room and try again.")


class UnreachableDisk(DeskError):
    """The operating system could not read or write."""

    def __init__(self, path: Path) -> None:
        super().__init__(f"{path} could not be read or written: check the disk or the network drive and try again.")


class BrokenLink(DeskError):
    """A change would leave a link that leads nowhere, or contradicts the workspace in another way."""


class ReadOnlyWorkspace(DeskError):
    """The workspace was opened only to be read."""

    def __init__(self, path: Path) -> None:
        super().__init__(f"{path} was opened only to be read, so nothing can be saved: open it again for writing.")


@contextmanager
def explaining(path: Path) -> Iterator[None]:
    """Turn what SQLite reports about a file, also through SQLAlchemy, into a sentence for a person."""
    try:
        yield
    except DeskError:
        raise
    except UnicodeDecodeError as error:
        # What SQLite says of a damaged schema quotes it, and that need be no text any more.
        raise DamagedWorkspace(path) from error
    except Exception as error:
        cause = getattr(error, "orig", error)
        if getattr(cause, "sqlite_errorcode", None) == sqlite3.SQLITE_INTERRUPT:
            raise Cancelled from error
        known = explained(cause, path) if isinstance(cause, sqlite3.Error) else None
        if known is None:
            raise
        raise known from error


@contextmanager
def reading_back(path: Path) -> Iterator[None]:
    """Take what cannot be read back, a date that is no date for instance, as damage: the writer lets none in."""
    try:
        yield
    except (ValueError, KeyError, ArithmeticError) as error:
        raise DamagedWorkspace(path) from error


def explained(error: sqlite3.Error, path: Path) -> DeskError | None:
    """Return the sentence for an error of SQLite, or None if the program itself is at fault."""
    if "decode to UTF-8" in str(error):
        return DamagedWorkspace(path)
    # The low byte is the primary code: https://www.sqlite.org/rescode.html
    match getattr(error, "sqlite_errorcode", sqlite3.SQLITE_MISUSE) & 0xFF:
        case sqlite3.SQLITE_BUSY | sqlite3.SQLITE_LOCKED:
            return LockedWorkspace(path, read_holder(path))
        case sqlite3.SQLITE_NOTADB:
            return NotAWorkspace(path)
        case sqlite3.SQLITE_CORRUPT | sqlite3.SQLITE_FORMAT:
            return DamagedWorkspace(path)
        case sqlite3.SQLITE_FULL:
            return FullDisk(path)
        case sqlite3.SQLITE_READONLY | sqlite3.SQLITE_PERM | sqlite3.SQLITE_CANTOPEN:
            return UnwritableWorkspace(path)
        case sqlite3.SQLITE_IOERR:
            return UnreachableDisk(path)
        case sqlite3.SQLITE_CONSTRAINT:
            return BrokenLink(f"The change does not fit {path} and was not saved ({error}): look at it again.")
        case sqlite3.SQLITE_ERROR if "no such" in str(error):  # a table, a column, a module: its schema is damaged
            return DamagedWorkspace(path)
    return None
