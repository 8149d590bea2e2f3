"""Raw sheets: what stands in the cells of a spreadsheet, before anybody knows what it means."""

import datetime as dt
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeGuard

Cell = str | int | float | bool | dt.date | dt.datetime | dt.time | dt.timedelta | None
"""One cell's value; None where nothing is written. Whole numbers may arrive as floats."""

HIDDEN_SHEET = "_ctdesk"
"""The sheet of the form that says whose workbook it is."""

Position = tuple[int, int]
"""Row and column, both counted from zero."""


def is_number(cell: object) -> TypeGuard[int | float]:
    """Whether a cell holds a number; to Python a yes or no is also one."""
    return isinstance(cell, int | float) and not isinstance(cell, bool)


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet as the file holds it.

    `rows[0]` is the sheet's row 1 and `row[0]` is column A; all rows are equally long, and empty rows and
    columns at the end are left out. A cell holding an error such as #REF! is None in `rows`.
    """

    name: str
    rows: list[list[Cell]]
    hidden: bool = False
    errors: dict[Position, str] = field(default_factory=dict)
    """Cells that hold an error, and which."""
    uncomputed: frozenset[Position] = frozenset()
    """Formula cells without a stored result; .xls and .xlsb do not tell, so none there."""
    formulas: frozenset[Position] = frozenset()
    """All formula cells, computed or not."""
    merged: tuple[tuple[int, int, int, int], ...] = ()
    """Merged ranges: first row, first column, last row, last column; cut to the cells in `rows`."""


@dataclass(frozen=True, slots=True)
class Book:
    """A spreadsheet file that was read."""

    path: Path
    format: str
    """xlsx, xlsm, xls, xlsb, ods or csv: found from the content, not from the file's name."""
    sheets: tuple[Sheet, ...]
    sha256: str
    """Fingerprint of the file as it lies on the disk, in hexadecimal."""
    size: int
    """Bytes on the disk."""
    reader: str
    """What read it: calamine, openpyxl or csv."""

    def sheet(self, name: str) -> Sheet | None:
        """Return the sheet of this name, whatever its capitals and spaces; None if there is none."""
        wanted = _plain(name)
        return next((sheet for sheet in self.sheets if _plain(sheet.name) == wanted), None)


_UNSEEN = {
    **dict.fromkeys([*range(32), *range(127, 160), *range(0x202A, 0x202F), *range(0x2066, 0x206A)]),
    **{ord(kept): kept for kept in "\t\n\r"},
    **{ord(page): "\n" for page in "\v\f\x85"},
}
"""Letters that command a terminal or turn the writing around them about; nobody types them into a cell."""


def seen(text: str) -> str:
    """Return a text without letters that cannot be seen and alter how others are shown."""
    return text if text.isprintable() else text.translate(_UNSEEN)


def one_line(name: str) -> str:
    """Return a name as it can be seen, and in one line, so that no sentence it stands in looks like two."""
    return seen(name).translate(dict.fromkeys(map(ord, "\t\n\r"), " "))


def seen_cells(cells: list[Cell]) -> list[Cell]:
    """Return a row with the texts of its cells as they can be seen; the row itself where all can."""
    if "".join([cell for cell in cells if type(cell) is str]).isprintable():
        return cells
    return [seen(cell) if type(cell) is str else cell for cell in cells]


def cell_name(row: int, column: int) -> str:
    """Name a cell as spreadsheets do, from zero-based row and column: (0, 0) is A1."""
    return f"{column_letters(column)}{row + 1}"


def column_letters(column: int) -> str:
    """Letters of a zero-based column: 0 is A, 26 is AA."""
    letters = ""
    column += 1
    while column:
        column, remainder = divmod(column - 1, 26)
        letters = chr(ord("A") + remainder) + letters
    return letters


def _plain(name: str) -> str:
    return "".join(name.casefold().split())
