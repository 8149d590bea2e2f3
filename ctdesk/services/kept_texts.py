"""What stands in the files that a workspace keeps, text by text: sheets cell by cell, rows as sent, pages of PDFs.

Files that were let go of are looked into too, as long as their bytes are kept for an undo. Each is read once, however
often it is kept.
"""

import tempfile
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from ctdesk.db import queries
from ctdesk.db.removal import ever_there
from ctdesk.domain.cancelling import cancelling
from ctdesk.domain.definition import DEFINITIONS
from ctdesk.domain.errors import DeskError
from ctdesk.domain.records.round import FilePurpose
from ctdesk.domain.snapshot import unpack
from ctdesk.services.desk import Desk

ROWS = frozenset({FilePurpose.SENT_ROWS.value, FilePurpose.AGREED_ROWS.value, FilePurpose.REGISTER_ROWS.value})
"""What the desk's own packed rows are kept as."""

_SHEETS = frozenset({".xlsx", ".xlsm", ".xls", ".xlsb", ".ods", ".csv"})
_PLAIN = frozenset({".txt", ".csv", ".json", ".md", ".eml", ".ics"})


@dataclass(frozen=True, slots=True)
class KeptText:
    """One text in a kept file: the file's own name, what it is kept for, where in it, and the text."""

    file: str
    purpose: str
    where: str
    text: str


@dataclass(frozen=True, slots=True)
class NotLookedInto:
    """A kept file that could not be looked into, and why, as a sentence."""

    file: str
    purpose: str
    why: str


def kept_texts(
    desk: Desk, on_file: Callable[[int, int], object] = lambda _done, _of: None
) -> Iterator[KeptText | NotLookedInto]:
    """Yield every text of every kept file, or that the file could not be looked into.

    `on_file` is told after each how many of how many are done.
    """
    files: dict[str, Mapping[str, object]] = {}
    for file in ever_there(desk.workspace, "stored_file").values():
        files.setdefault(str(file.get("fingerprint")), file)
    for done, (fingerprint, values) in enumerate(files.items(), start=1):
        for found in _texts_of(desk, values, queries.file_bytes(desk.workspace, fingerprint)):
            cancelling().heed()
            yield found
        on_file(done, len(files))


def _texts_of(desk: Desk, values: Mapping[str, object], content: bytes) -> Iterator[KeptText | NotLookedInto]:
    name, purpose = str(values.get("name")), str(values.get("purpose"))
    read = _in_rows if purpose in ROWS else _READERS.get(Path(name).suffix.lower())
    called = f"{purpose} of {_whose(desk, values)}" if purpose in ROWS else name
    if read is None:
        yield NotLookedInto(called, purpose, "Only its name was looked at: open it and look through it.")
        return
    try:
        for where, text in read(content, name):
            yield KeptText(called, purpose, where, text)
    except DeskError as fault:
        yield NotLookedInto(called, purpose, str(fault))


def _whose(desk: Desk, values: Mapping[str, object]) -> str:
    """Return whose rows they are: the agency of the request, or a register."""
    found = desk.load_some("request", [str(values.get("request"))])
    agency = next((str(it["agency"]) for it in found.values()), "")
    return str(desk.organisations.get(agency, {}).get("name") or "a register")


def _in_rows(content: bytes, _: str) -> Iterator[tuple[str, str]]:
    for row in unpack(content):
        definition = DEFINITIONS[row.kind]
        for name, value in row.values.items():
            if isinstance(value, str):
                yield f"{definition.label} {row.key}, {definition[name].label}", value


def _in_sheets(content: bytes, name: str) -> Iterator[tuple[str, str]]:
    from ctdesk.returns.reader import read_book
    from ctdesk.returns.sheets import cell_name

    with tempfile.TemporaryDirectory(prefix="ctdesk ") as folder:
        path = Path(folder) / Path(name).name
        path.write_bytes(content)
        for sheet in read_book(path).sheets:
            for at, row in enumerate(sheet.rows):
                for column, cell in enumerate(row):
                    if isinstance(cell, str):
                        yield f"{sheet.name}!{cell_name(at, column)}", cell


def _in_pages(content: bytes, name: str) -> Iterator[tuple[str, str]]:
    from ctdesk.services.preview import Paper, pages_of

    pages = pages_of(Paper(name, content))
    try:
        for at in range(len(pages.sizes)):
            yield f"page {at + 1}", " ".join(pages.text(at).split())
    finally:
        pages.close()


def _in_lines(content: bytes, _: str) -> Iterator[tuple[str, str]]:
    for number, line in enumerate(content.decode("utf-8", "replace").splitlines(), start=1):
        yield f"line {number}", line


_READERS: dict[str, Callable[[bytes, str], Iterator[tuple[str, str]]]] = {
    **dict.fromkeys(_PLAIN, _in_lines),
    **dict.fromkeys(_SHEETS, _in_sheets),
    ".pdf": _in_pages,
}
