"""The reading process: takes one file's bytes on standard input, hands raw sheets back on standard output.

It runs confined (memory, processor time), may end in any way, and imports only what the file needs.
Frames in: a list [reader, password, limits], then the file. Frames out: ["book", format, reader]; for each sheet its
["rows", rows as long as they are filled] and then ["sheet", place, name, hidden, height, width, errors, formulas,
uncomputed, merged], the form's hidden sheet first; at last ["end"]. Or, at any point, ["refused", reason, detail].
"""

import sys
import zipfile
import zlib
from collections.abc import Callable
from dataclasses import dataclass
from typing import BinaryIO

from ctdesk.returns.confine import confine
from ctdesk.returns.engines import RawSheet, calamine_sheets, openpyxl_sheets
from ctdesk.returns.marks import Marks
from ctdesk.returns.package import Package
from ctdesk.returns.precheck import Limits, format_of
from ctdesk.returns.refusals import Refusal
from ctdesk.returns.sheets import Cell, cell_name, one_line, seen_cells
from ctdesk.returns.wire import Wired, decode, encode, read_frame, wired, write_frame

_BATCH = 20_000
"""Cells a frame, about: the desk decodes one while the next is read."""
_FORMULAS_MOST = 1_000_000
_BROKEN_ARCHIVE = (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError)


def main() -> int:
    """Read the file handed over and answer; 0 even if it was refused."""
    # A frozen program without a console has no sys.stdin, but the descriptors are there.
    with open(0, "rb", closefd=False) as inward, open(1, "wb", closefd=False) as outward:
        reader, password, bounds = decode(read_frame(inward) or b"")
        limits = Limits(*bounds)
        confine(limits.memory, limits.seconds)
        try:
            _answer(outward, read_frame(inward) or b"", reader, password, limits)
        except Refusal as refusal:
            write_frame(outward, encode(["refused", refusal.reason, refusal.detail]))
        except _BROKEN_ARCHIVE:
            write_frame(outward, encode(["refused", "damaged", ""]))
        except MemoryError:
            write_frame(outward, encode(["refused", "too much memory", ""]))
    return 0


def _answer(outward: BinaryIO, data: bytes, reader: str, password: str | None, limits: Limits) -> None:
    kind, data = _opened(data, password, limits)
    sender = _Sender(outward, limits)
    if kind == "csv":
        from ctdesk.returns.csv_file import csv_rows

        sender.send(["book", kind, "csv"])
        sender.send_sheet(RawSheet("", iter(csv_rows(data, limits.cells))), Marks())
    else:
        marks_of = _marks(data, kind, limits)
        sender.send(["book", kind, reader])
        if kind == "ods":
            from ctdesk.returns.ods_breaks import with_breaks

            data = with_breaks(data)
        sheets = calamine_sheets if reader == "calamine" else openpyxl_sheets
        for sheet in sheets(data, marks_of):
            sender.send_sheet(sheet, marks_of(sheet.name))
    sender.send(["end"])


def _opened(data: bytes, password: str | None, limits: Limits) -> tuple[str, bytes]:
    """Return format and content, out of its lock where it is in one."""
    kind = format_of(data, limits)
    if kind == "encrypted" or (kind == "xls" and _xls_is_locked(data)):
        from ctdesk.returns.passwords import unlocked

        data = unlocked(data, password)
        kind = format_of(data, limits)
    return kind, data


def _xls_is_locked(data: bytes) -> bool:
    from ctdesk.returns.marks_binary import xls_is_locked, xls_stream

    return xls_is_locked(xls_stream(data))


def _marks(data: bytes, kind: str, limits: Limits) -> Callable[[str], Marks]:
    """Return what tells errors, formulas and merged cells of a sheet by its name; checks the inside on the way."""
    if kind in {"xlsx", "xlsm"}:
        from ctdesk.returns.marks_xlsx import scan_parts

        return scan_parts(Package(data), limits.cells)
    marks = _all_marks(data, kind, limits)
    return lambda name: marks.get(name, Marks())


def _all_marks(data: bytes, kind: str, limits: Limits) -> dict[str, Marks]:
    if kind == "xls":
        from ctdesk.returns.marks_binary import scan_xls, xls_stream

        return scan_xls(xls_stream(data))
    package = Package(data)
    if kind == "ods":
        from ctdesk.returns.marks_ods import scan_content

        return scan_content(package, limits.cells)
    from ctdesk.returns.marks_binary import scan_xlsb
    from ctdesk.returns.marks_xlsx import check_xml

    check_xml(package)
    return scan_xlsb(package)


@dataclass(slots=True)
class _Sender:
    """Hands sheets to the desk in frames and stops where they grow beyond the limits."""

    outward: BinaryIO
    limits: Limits
    cells: int = 0
    sent: int = 0

    def send(self, message: list[object]) -> None:
        frame = encode(message)
        self.sent += len(frame)
        if self.sent > self.limits.sent_bytes:
            raise Refusal("too large", f"its cells hold more than {self.limits.sent_bytes // 1_000_000} MB")
        write_frame(self.outward, frame)

    def send_sheet(self, sheet: RawSheet, marks: Marks) -> None:
        """Send the rows up to the last that holds anything, then what is known about the sheet."""
        height = width = 0
        batch: list[list[Wired]] = []
        pending = 0
        faults = _rows_with_faults(marks)
        for number, row in enumerate(sheet.rows):
            cells = _without_faults(seen_cells(row), faults.get(number, ()))
            if not cells:
                continue
            batch.extend([] for _ in range(number - height))
            batch.append(wired(cells))
            height, width = number + 1, max(width, len(cells))
            pending += width
            self._check_size(sheet.name, height, width)
            if pending >= _BATCH:
                self.send(["rows", batch])
                batch, pending = [], 0
        self.send(["rows", batch])
        self._describe(sheet, marks, height, width)
        self.outward.flush()  # the desk begins with a whole sheet while the next is looked through

    def _describe(self, sheet: RawSheet, marks: Marks, height: int, width: int) -> None:
        rows, columns = marks.extent()
        height, width = max(height, rows), max(width, columns)
        self._check_size(sheet.name, height, width)
        self.cells += height * width
        if len(marks.formulas) > _FORMULAS_MOST:
            raise Refusal("too large", f"sheet “{sheet.name}” has more than {_FORMULAS_MOST:,} formulas")
        marks.merged = marks.merged or sheet.merged
        self.send(
            [
                "sheet",
                sheet.place,
                one_line(sheet.name),
                sheet.hidden,
                height,
                width,
                [[row, column, error] for (row, column), error in marks.errors.items()],
                _within(marks.formulas, height, width),
                _within(marks.uncomputed, height, width),
                marks.merged_within(height, width),
            ]
        )

    def _check_size(self, name: str, height: int, width: int) -> None:
        if self.cells + height * width > self.limits.cells:
            where = f"sheet “{name}” reaches to cell {cell_name(height - 1, width - 1)}"
            raise Refusal("too large", where)


def _within(cells: set[tuple[int, int]], height: int, width: int) -> list[tuple[int, int]]:
    return [cell for cell in cells if cell[0] < height and cell[1] < width]


def _rows_with_faults(marks: Marks) -> dict[int, list[int]]:
    """Columns of the error cells by row."""
    rows: dict[int, list[int]] = {}
    for row, column in marks.errors:
        rows.setdefault(row, []).append(column)
    return rows


def _without_faults(cells: list[Cell], faults: list[int] | tuple[()]) -> list[Cell]:
    """Blank the error cells, as some readers give their texts, and cut empty cells off the end."""
    for column in faults:
        if column < len(cells):
            cells[column] = None
    while cells and cells[-1] is None:
        cells.pop()
    return cells


if __name__ == "__main__":
    sys.exit(main())
