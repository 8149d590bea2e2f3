"""Reading again the return that was last taken in for a request, from the copy the workspace keeps."""

import tempfile
from collections.abc import Mapping
from datetime import date, datetime
from pathlib import Path

from ctdesk.domain.definition import Value
from ctdesk.domain.errors import DeskError
from ctdesk.domain.records.round import FilePurpose
from ctdesk.returns.reader import read_book
from ctdesk.services.desk import Desk
from ctdesk.services.kept_files import bytes_of, write_kept
from ctdesk.services.receipt import Receipt
from ctdesk.services.receiving import Return, Wishes, take_in


def open_stored(desk: Desk, request: str, *, password: str | None = None) -> tuple[Receipt, Return]:
    """Compare the return that was last taken in anew with the desk; nothing is altered.

    Raises DeskError if no return of the request is kept, or the file cannot be read.
    """
    content = bytes_of(desk, _kept(desk, request))
    with tempfile.TemporaryDirectory() as folder:
        book = read_book(write_stored(desk, request, Path(folder)), password=password)
    received = desk.load_some("request", [request])[request].get("received_on")
    came = received if isinstance(received, date) else None
    return take_in(desk, book, lambda: content, Wishes(received=came))


def write_stored(desk: Desk, request: str, folder: Path) -> Path:
    """Write the return that was last taken in into a folder, so that it can be opened, and return its path."""
    return write_kept(desk, _kept(desk, request), folder)


def _kept(desk: Desk, request: str) -> Mapping[str, Value]:
    found = _latest(desk, request)
    if found is None:
        raise DeskError("No return of this request is kept in the workspace; choose its file again.")
    return found


def _latest(desk: Desk, request: str) -> Mapping[str, Value] | None:
    kept = desk.load("stored_file", request=request, purpose=FilePurpose.RETURN.value).values()
    return max(kept, key=_kept_on, default=None)


def _kept_on(values: Mapping[str, Value]) -> datetime:
    when = values["kept_on"]
    assert isinstance(when, datetime)  # noqa: S101 - a file is never kept without it
    return when
