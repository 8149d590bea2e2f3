"""Filling a workbook in as an agency would: cells typed into rows found by their reference or title.

It serves the demo borough and the tests; people use Excel or LibreOffice.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from ctdesk.domain.lists import ReferenceLists
from ctdesk.domain.records import DEFINITIONS
from ctdesk.returns.forms import form_called
from ctdesk.returns.layout import Role
from ctdesk.returns.ods_file import write_ods
from ctdesk.returns.reader import read_book
from ctdesk.returns.recognition import recognise
from ctdesk.returns.sheets import HIDDEN_SHEET, Book, Cell
from ctdesk.returns.tables import ReturnedTable, find_tables


@dataclass(frozen=True, slots=True)
class TypedCell:
    """One cell that is typed: its sheet, the row by reference or title, the column by heading."""

    sheet: str
    row: str
    column: str
    value: Cell


@dataclass(frozen=True, slots=True)
class TypedRow:
    """One row that is added, its cells by heading."""

    sheet: str
    cells: Mapping[str, Cell]


def fill_in(
    sent: Path,
    filled: Path,
    lists: ReferenceLists,
    typed: Sequence[TypedCell],
    added: Sequence[TypedRow] = (),
    *,
    confirm: bool = False,
) -> None:
    """Write a filled copy of a workbook that was sent, as .xlsx or .ods by the ending of its name.

    With *confirm*, every row without an answer of its own under *Still yours?* is answered Yes. Raises KeyError
    if a row or column is not there.
    """
    book = read_book(sent)
    form = form_called(recognise(book).form_version, sent.name)
    tables, _ = find_tables(book, form.layouts(lists, ""))
    cells = dict(_cells(tables, typed, added, confirm=confirm))
    if filled.suffix == ".ods":
        _as_ods(book, cells, filled)
    else:
        _as_xlsx(sent, cells, filled)


_At = tuple[str, int, int]


def _cells(
    tables: Sequence[ReturnedTable], typed: Sequence[TypedCell], added: Sequence[TypedRow], *, confirm: bool
) -> Iterator[tuple[_At, Cell]]:
    """Yield every cell to be typed: its sheet, one-based row and zero-based column."""
    for table in tables:
        columns = {column.heading: at for column, at in table.columns}
        rows = dict(_rows(table))
        answer = table.position(Role.STILL_YOURS)
        if confirm and answer is not None:
            for number in rows.values():
                yield (table.sheet.name, number, answer), "Yes"
        for cell in typed:
            if cell.sheet == table.layout.name:
                yield (table.sheet.name, rows[cell.row], columns[cell.column]), cell.value
        free = max(rows.values(), default=table.header_row + 1) + 1
        for number, row in enumerate((row for row in added if row.sheet == table.layout.name), start=free):
            for heading, value in row.cells.items():
                yield (table.sheet.name, number, columns[heading]), value


def _rows(table: ReturnedTable) -> Iterator[tuple[str, int]]:
    """Yield what each filled row is known by, its reference and its title, with its number."""
    definition = DEFINITIONS[table.layout.kind]
    names = {definition.reference, definition.title}
    places = [at for column, at in table.columns if column.field and column.field.name in names]
    for number, row in table.filled_rows():
        for at in places:
            if row[at] is not None:
                yield str(row[at]), number


def _as_xlsx(sent: Path, cells: Mapping[_At, Cell], filled: Path) -> None:
    from openpyxl import load_workbook

    workbook = load_workbook(sent)
    for (sheet, row, column), value in cells.items():
        workbook[sheet].cell(row, column + 1).value = value
    workbook.save(filled)


def _as_ods(book: Book, cells: Mapping[_At, Cell], filled: Path) -> None:
    sheets: dict[str, list[list[Cell]]] = {sheet.name: [[*row] for row in sheet.rows] for sheet in book.sheets}
    for (name, number, column), value in cells.items():
        rows = sheets[name]
        rows += [[None] * len(rows[0]) for _ in range(number - len(rows))]
        rows[number - 1][column] = value
    write_ods(sheets, filled, frozenset({HIDDEN_SHEET}))
