"""What a file is, said before anything is done with it: a return, a register, a workspace, a backup, or none."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from ctdesk.db.backup import backup_moment
from ctdesk.db.recognise import APPLICATION_ID, SCHEMA_VERSION
from ctdesk.domain.counting import counted
from ctdesk.domain.dates import date_text
from ctdesk.domain.errors import DeskError
from ctdesk.domain.records import DEFINITIONS
from ctdesk.services.desk import Desk

if TYPE_CHECKING:
    from ctdesk.returns.recognition import Recognition
    from ctdesk.returns.sheets import Book

What = Literal["return", "register", "workspace", "backup", "nothing"]

_SQLITE = b"SQLite format 3\0"


@dataclass(frozen=True, slots=True)
class Recognised:
    """What a file is, in one sentence, and what else is known of it.

    `details` may hold `agency`, `round`, `request` (a uid) and `seen` of a return, `sheet`, `rows` and `kind` of a
    register, `made` of a backup, and `password` (needed or wrong) of a file that opens only with one.
    """

    kind: What
    sentence: str
    details: Mapping[str, str] = field(default_factory=dict)


def what_is(path: Path, desk: Desk | None = None, *, password: str | None = None) -> Recognised:
    """Say what a file is without altering anything; only with a desk can its returns be told from registers."""
    if not path.is_file():
        missing = "is a folder" if path.is_dir() else "is not there"
        return Recognised("nothing", f"{path.name} {missing}; choose a file.")
    if desk is not None and is_own(path, desk):
        # Not even its first bytes may be read here: closing the file would let go of the workspace's lock.
        return Recognised("workspace", f"{path.name} is the workspace that is open now.")
    try:
        return workspace_or_backup(path) or _spreadsheet(path, desk, password)
    except OSError as fault:
        return Recognised("nothing", f"{path.name} cannot be read ({fault.strerror}); choose another file.")


def is_own(path: Path, desk: Desk) -> bool:
    """Whether a file is the very workspace that the desk has open."""
    own = desk.workspace.path
    # One that a colleague has open is read from a passing copy, which is gone by now.
    return own.exists() and path.exists() and path.samefile(own)


def workspace_or_backup(path: Path) -> Recognised | None:
    """Say what a SQLite file is, or None if the file is none; its header says so (sqlite.org/fileformat.html).

    Must not be asked of a workspace that is open here. Raises OSError if the file cannot be read.
    """
    with path.open("rb") as stream:
        head = stream.read(100)
    if not head.startswith(_SQLITE):
        return None
    if int.from_bytes(head[68:72]) != APPLICATION_ID:
        return Recognised("nothing", f"{path.name} is a database, but not a workspace of the desk.")
    if int.from_bytes(head[60:64]) > SCHEMA_VERSION:
        return Recognised("nothing", f"{path.name} was made with a newer version of ctdesk; install that to open it.")
    made = backup_moment(path)
    if made is None:
        return Recognised("workspace", f"{path.name} is a workspace of the desk.")
    when = f"{date_text(made)} {made:%H:%M}"
    return Recognised("backup", f"{path.name} is a backup made on {when}.", {"made": made.isoformat()})


def _spreadsheet(path: Path, desk: Desk | None, password: str | None) -> Recognised:
    from ctdesk.returns.reader import UnreadableFile, read_book
    from ctdesk.returns.recognition import recognise

    try:
        book = read_book(path, password=password)
    except UnreadableFile as refusal:
        needs = {"password": refusal.reason} if "password" in refusal.reason else {}
        return Recognised("nothing", str(refusal), needs)
    said = recognise(book)
    if desk is None:
        if said.is_ours:
            words = f"{path.name} is a workbook of {said.agency} for {said.round}; open its workspace to take it in."
            return Recognised("return", words, {"agency": said.agency, "round": said.round})
        return Recognised("register", f"{path.name} is a spreadsheet; open a workspace to adopt it as a register.")
    try:
        return _return(desk, book, said)
    except DeskError as other:
        return Recognised("nothing", str(other)) if said.is_ours else _register(desk, book)


def _return(desk: Desk, book: "Book", said: "Recognition") -> Recognised:
    from ctdesk.services.receiving import seen_before
    from ctdesk.services.whose_return import whose

    request = whose(desk, book, said)
    seen = seen_before(desk, request.uid, book)
    again = ", and was taken in before" if seen else ""
    return Recognised(
        "return",
        f"{book.path.name} is the workbook of {request.agency} for {request.round}{again}.",
        {"agency": request.agency, "round": request.round, "request": request.uid, "seen": "yes" if seen else ""},
    )


def _register(desk: Desk, book: "Book") -> Recognised:
    """Return which kind of register a stranger's spreadsheet looks like."""
    from ctdesk.returns.adoption import read_register

    reason = ""
    for kind in ("activity", "post"):
        try:
            found = read_register(book, kind, desk.reader)
        except DeskError as fault:
            reason = reason or str(fault)
            continue
        rows = counted(len(found.rows), "row")
        plural = DEFINITIONS[kind].plural.lower()
        looks = f"its sheet {found.sheet} looks like a register of {plural}, {rows}"
        words = f"{book.path.name} is not a workbook of the desk; {looks}."
        return Recognised("register", words, {"sheet": found.sheet, "rows": str(len(found.rows)), "kind": kind})
    return Recognised("nothing", reason)
