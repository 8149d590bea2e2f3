"""Reading a stranger's spreadsheet safely: bytes in, raw sheets out, in a process of its own.

The desk itself only looks at the outside of the file (size, kind, directory). A child process with limits on
memory and time opens it; whatever happens to the child, the desk goes on and says one sentence.
"""

import hashlib
import os
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import astuple, dataclass, field, replace
from operator import itemgetter
from pathlib import Path
from typing import IO, Any, BinaryIO, cast

from ctdesk.domain.cancelling import cancelling
from ctdesk.returns.precheck import Limits, format_of
from ctdesk.returns.refusals import SENTENCES, Refusal, UnreadableFile
from ctdesk.returns.sheets import Book, Cell, Sheet
from ctdesk.returns.wire import decode, encode, read_frame, unwired, write_frame

__all__ = ["STANDARD_LIMITS", "Limits", "UnreadableFile", "read_book", "reading_command", "start_reading"]

STANDARD_LIMITS = Limits()

_NO_WINDOW = 0x08000000 if sys.platform == "win32" else 0
"""CREATE_NO_WINDOW: Windows would flash a console."""
_LIBRARY_FAILED = {"crashed", "damaged"}


Heard = Callable[[Sheet], None]
"""Told of each sheet as soon as it has been read, the form's hidden sheet first."""


@dataclass(frozen=True, slots=True)
class Reading:
    """A reading that has begun: the first sheet is there before the whole book, None if nothing could be read."""

    first: Future[Sheet | None]
    book: Future[Book]


def read_book(
    path: Path, *, password: str | None = None, limits: Limits = STANDARD_LIMITS, heard: Heard = lambda _: None
) -> Book:
    """Read a spreadsheet of any supported format into raw sheets.

    Raises UnreadableFile, whose message is fit for the person who chose the file and whose `reason` says which
    case it is (`password needed` and `wrong password` invite another attempt). Returns or raises within
    `limits.seconds` and a little; nothing outside the file is ever fetched and nothing is written. Raises Cancelled
    at once where a person calls the work off.
    """
    try:
        data = _content(path, limits)
        format_of(data, limits)
        answer = _read(data, password, limits, heard)
    except Refusal as refusal:
        raise UnreadableFile(path, refusal) from None
    in_order = sorted(answer.sheets, key=itemgetter(0))
    return Book(
        path=path,
        format=answer.format,
        # A csv file's only sheet is named after the file.
        sheets=tuple(replace(sheet, name=sheet.name or path.stem) for _, sheet in in_order),
        sha256=hashlib.sha256(data).hexdigest(),
        size=len(data),
        reader=answer.reader,
    )


def start_reading(path: Path, *, password: str | None = None) -> Reading:
    """Begin `read_book` and return at once; its result, or what it raises, is there to be waited for."""
    first: Future[Sheet | None] = Future()

    def heard(sheet: Sheet | None) -> None:
        if not first.done():
            first.set_result(sheet)

    thread = ThreadPoolExecutor(max_workers=1)
    try:
        book = thread.submit(read_book, path, password=password, heard=heard)
        book.add_done_callback(lambda _: heard(None))
        return Reading(first, book)
    finally:
        thread.shutdown(wait=False)


def reading_command() -> list[str]:
    """The command that starts the reading process: this very program, frozen or not."""
    if getattr(sys, "frozen", False):
        return [sys.executable, "--read-workbook"]
    return [sys.executable, "-m", "ctdesk.returns.reader_child"]


def _content(path: Path, limits: Limits) -> bytes:
    try:
        with path.open("rb") as stream:
            data = stream.read(limits.file_bytes + 1)
    except FileNotFoundError as error:
        raise Refusal("missing") from error
    except IsADirectoryError as error:
        raise Refusal("not a spreadsheet", "it is a folder") from error
    except OSError as error:
        remark = "it is a folder" if path.is_dir() else (error.strerror or "").lower()
        raise Refusal("not readable", remark) from error
    if len(data) > limits.file_bytes:
        raise Refusal("too large", f"more than {limits.file_bytes // 1_000_000} MB")
    return data


def _read(data: bytes, password: str | None, limits: Limits, heard: Heard) -> "_Answer":
    """Read with the first library; where it fails on an Office Open XML workbook, ask the second."""
    deadline = time.monotonic() + limits.seconds
    first = _attempt(data, "calamine", password, limits, deadline, heard=heard)
    if first.refusal is None:
        return first
    if first.refusal.reason in _LIBRARY_FAILED and first.format in {"xlsx", "xlsm"}:
        second = _attempt(data, "openpyxl", password, limits, deadline, heard=heard)
        if second.refusal is None:
            return second
    raise first.refusal


@dataclass(slots=True)
class _Answer:
    """What a reading process said before it ended; each sheet with its place in the workbook."""

    heard: Heard
    format: str = ""
    reader: str = ""
    refusal: Refusal | None = None
    ended: bool = False
    sheets: list[tuple[int, Sheet]] = field(default_factory=list)
    unfinished: list[list[Cell]] = field(default_factory=list)

    def take(self, message: list[Any]) -> None:
        """Take in one frame; see reader_child for their meaning."""
        match message:
            case ["rows", rows]:
                self.unfinished.extend(map(unwired, rows))
            case ["sheet", int(place), *description]:
                sheet = _sheet(description, self.unfinished)
                self.sheets.append((place, sheet))
                self.unfinished = []
                self.heard(sheet)
            case ["book", kind, reader]:
                self.format, self.reader = kind, reader
            case ["refused", str(reason), str(detail)] if reason in SENTENCES:
                self.refusal = Refusal(reason, detail)
            case ["end"]:
                self.ended = True
            case _:
                raise ValueError("a frame of unknown kind")


def _sheet(description: list[Any], rows: list[list[Cell]]) -> Sheet:
    name, hidden, height, width, errors, formulas, uncomputed, merged = description
    rows.extend([] for _ in range(height - len(rows)))
    for row in rows:
        if len(row) < width:
            row.extend([None] * (width - len(row)))
    return Sheet(
        name=name,
        rows=rows,
        hidden=hidden,
        errors={(row, column): error for row, column, error in errors},
        formulas=frozenset(map(tuple, formulas)),
        uncomputed=frozenset(map(tuple, uncomputed)),
        merged=tuple((top, left, bottom, right) for top, left, bottom, right in merged),
    )


def _attempt(
    data: bytes, reader: str, password: str | None, limits: Limits, deadline: float, *, heard: Heard
) -> _Answer:
    answer = _Answer(heard)
    seconds = max(0.1, deadline - time.monotonic())
    person = cancelling()
    person.heed()
    with tempfile.TemporaryFile() as complaints, _started(complaints) as process, person.ending(process.kill):
        clock = threading.Timer(seconds, process.kill)
        clock.start()
        try:
            _ask(process, [reader, password, list(astuple(limits))], data)
            _listen(cast("BinaryIO", process.stdout), answer, limits.sent_bytes)
        except (ValueError, TypeError, KeyError, EOFError, AttributeError):
            # What it says is not what our reader says, unless the clock ended it in the middle of a frame.
            answer.refusal = Refusal("took too long" if time.monotonic() >= deadline else "crashed")
        finally:
            clock.cancel()
            # Even where it has said all, as giving back a large workbook's memory takes it a while.
            process.kill()
            process.wait()
        person.heed()
        if answer.refusal is None and not answer.ended:
            answer.refusal = _cause_of_death(complaints, process.returncode, late=time.monotonic() >= deadline)
    return answer


def _started(complaints: IO[bytes]) -> subprocess.Popen[bytes]:
    try:
        return subprocess.Popen(
            reading_command(),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=complaints,
            creationflags=_NO_WINDOW,
            env=os.environ | {"RUST_BACKTRACE": "0"},
        )
    except OSError as error:
        raise Refusal("not readable", "the reading program did not start") from error


def _ask(process: "subprocess.Popen[bytes]", request: list[Any], data: bytes) -> None:
    inward = cast("BinaryIO", process.stdin)
    try:
        write_frame(inward, encode(request))
        write_frame(inward, data)
        inward.close()
    except OSError:
        return  # it died before it had read all; listening will tell


def _listen(outward: BinaryIO, answer: _Answer, most: int) -> None:
    """Take in frames until the process ends its answer; raises ValueError beyond `most` bytes."""
    while not answer.ended and answer.refusal is None:
        frame = read_frame(outward, most)
        if frame is None:
            return
        most -= len(frame)
        answer.take(decode(frame))


def _cause_of_death(complaints: IO[bytes], code: int, *, late: bool) -> Refusal:
    complaints.seek(0)
    words = complaints.read(65_536)
    if late or (sys.platform != "win32" and code == -24):  # SIGXCPU
        return Refusal("took too long")
    if b"memory allocation" in words or b"MemoryError" in words or code == -9:
        return Refusal("too much memory")
    return Refusal("crashed")
