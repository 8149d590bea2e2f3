"""Papers of agreements: kept inside the workspace under their fingerprint, or linked where they lie."""

from datetime import date
from pathlib import Path

from ctdesk.domain.changes import Action, created
from ctdesk.domain.definition import Value
from ctdesk.domain.errors import DeskError
from ctdesk.domain.records.round import FilePurpose
from ctdesk.services.desk import Desk
from ctdesk.services.kept_files import keep_file, read_whole, write_kept
from ctdesk.services.naming import called
from ctdesk.services.records import record

MOST_BYTES = 50_000_000
"""A larger file is better linked than kept: every backup would carry it."""


def keep_document(desk: Desk, agreement: str, path: Path, title: str = "", dated: date | None = None) -> str:
    """Keep a file as a paper of an agreement and return the document’s uid.

    Raises DeskError if it cannot be read or is too large to be kept.
    """
    content = read_paper(path)
    files: dict[str, bytes] = {}
    kept = keep_file(content, path.name, FilePurpose.DOCUMENT, files)
    values: dict[str, Value] = {"agreement": agreement, "title": title.strip() or path.stem, "dated": dated}
    document = created("document", {**values, "file": kept.uid})
    desk.apply(Action.EDIT, f"Keep {path.name} with {agreement_called(desk, agreement)}", [kept, document], files=files)
    return document.uid


def link_document(desk: Desk, agreement: str, address: str, title: str, dated: date | None = None) -> str:
    """Note where a paper of an agreement lies and return the document’s uid; DeskError if no address is given."""
    if not address.strip():
        raise DeskError("Say where the document lies: a folder and file, or an address on the intranet.")
    values: dict[str, Value] = {
        "agreement": agreement,
        "title": title.strip() or address.strip(),
        "address": address.strip(),
        "dated": dated,
    }
    document = created("document", values)
    desk.apply(Action.EDIT, f"Link {values['title']} with {agreement_called(desk, agreement)}", [document])
    return document.uid


def write_document(desk: Desk, document: str, folder: Path) -> Path:
    """Write a kept paper into a folder, so that it can be opened, and return its path.

    Raises DeskError if it is only linked, or the folder cannot be written.
    """
    stored = record(desk, "document", document).get("file")
    if not stored:
        raise DeskError("The document is not kept in the workspace; open it where it lies.")
    return write_kept(desk, record(desk, "stored_file", str(stored)), folder)


def read_paper(path: Path) -> bytes:
    """Return the bytes of a file that is to be kept; DeskError if it cannot be read or is too large for that."""
    return read_whole(path, MOST_BYTES, "make it smaller, or link it where it lies")


def agreement_called(desk: Desk, agreement: str) -> str:
    """Return what a person calls an agreement by."""
    return called(desk, "agreement", record(desk, "agreement", agreement))
