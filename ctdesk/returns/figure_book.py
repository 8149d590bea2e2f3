"""Tables of figures as workbooks whose totals are formulas, and as .csv."""

import io
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from decimal import Decimal
from math import ceil
from pathlib import Path
from typing import Any

from ctdesk.domain.errors import DeskError
from ctdesk.domain.figure_table import Cell, Figure, FigureTable, Head
from ctdesk.returns.export import write_table
from ctdesk.returns.sheet_names import sheet_name
from ctdesk.returns.sheets import column_letters
from ctdesk.returns.workbook import save
from ctdesk.returns.workbook_cells import Computed, Content, Row
from ctdesk.returns.workbook_conditions import ROW

_STYLES = {
    Figure.TEXT: "explained",
    Figure.MONEY: "money",
    Figure.COUNT: "thousands",
    Figure.PERCENT: "whole",
    Figure.NUMBER: "decimal",
    Figure.DATE: "date",
}
_HEAD_ROW, _FIRST_ROW = 3, 4
_NOTES = "Notes"
_WIDEST, _FIGURE_WIDTH, _LINE = 60, 15, 16


def write_figures(path: Path, tables: Sequence[FigureTable], notes: Sequence[str] = ()) -> None:
    """Write tables as .xlsx, a sheet each under the notes, with all notes on one of their own, or the first as .csv.

    Pence become pounds. Raises DeskError if the ending is another or the file cannot be written.
    """
    match path.suffix.lower():
        case ".xlsx":
            save(path, _book(tables, notes))
        case ".csv":
            _write_csv(path, tables[0])
        case _:
            raise DeskError(f"Figures cannot be written as {path.name}; end the name in .xlsx or .csv.")


def _write_csv(path: Path, table: FigureTable) -> None:
    rows = [*table.rows, *([table.totals] if table.totals else [])]
    cells = [[_plain(head, cell) for head, cell in zip(table.heads, row, strict=True)] for row in rows]
    write_table(path, [_heading(head) for head in table.heads], cells, sheet=table.title)


def _heading(head: Head) -> str:
    if head.figure is Figure.MONEY and "£" not in head.label:
        return f"{head.label} (£)"
    return head.label


def _plain(head: Head, cell: Cell) -> Content:
    """Return a cell with pence as pounds."""
    if head.figure is Figure.MONEY and isinstance(cell, int):
        return cell // 100 if cell % 100 == 0 else cell / 100
    return float(cell) if isinstance(cell, Decimal) else cell


def _book(tables: Sequence[FigureTable], notes: Sequence[str]) -> bytes:
    from ctdesk.returns.workbook_form import LockedWorkbook, write_rows
    from ctdesk.returns.workbook_styles import FONT, SIZE, Styles

    target = io.BytesIO()
    fonts = {"font_name": FONT, "font_size": SIZE}
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    workbook = LockedWorkbook(target, {**options, "default_format_properties": fonts})
    workbook.set_properties({"title": tables[0].title, "created": datetime(2000, 1, 1, tzinfo=UTC)})
    styles = Styles(workbook)
    for name, table in zip(_names(tables), tables, strict=True):
        sheet = workbook.add_worksheet(name)
        write_rows(sheet, [*_rows(table), Row(2, [" ".join(notes) or None], ["instruction"])], styles)
        _form(sheet, table)
    about = workbook.add_worksheet(_NOTES)
    about.set_column(0, 0, 110)
    said = [*notes, *(f"{table.title}: {note}" for table in tables for note in table.notes)]
    write_rows(about, (Row(at, [words], ["explained"]) for at, words in enumerate(said, start=1)), styles)
    workbook.close()
    return target.getvalue()


def _names(tables: Sequence[FigureTable]) -> list[str]:
    """Return names for the sheets: the titles, as far as a sheet can bear them, each once."""
    names = [_NOTES]
    for table in tables:
        names.append(sheet_name(table.sheet or table.title, names, "Figures"))
    return names[1:]


def _rows(table: FigureTable) -> Iterator[Row]:
    """Yield the title, the heads, the rows and the row of totals."""
    width = len(table.heads)
    yield Row(1, [table.title, *[None] * (width - 1)], ["title", *[""] * (width - 1)], 26)
    widths = _widths(table)
    heads = ["heading" if head.figure is Figure.TEXT else "heading right" for head in table.heads]
    yield Row(_HEAD_ROW, [_heading(head) for head in table.heads], heads, _height(table.heads))
    for at, row in enumerate(table.rows):
        number = _FIRST_ROW + at
        cells = [_plain(head, cell) for head, cell in zip(table.heads, row, strict=True)]
        styles = [_style(*it) for it in zip(table.heads, cells, strict=True)]
        styles = [f"{style} low" if (at, column) in table.low else style for column, style in enumerate(styles)]
        yield Row(number, _with_sum_across(table, cells), styles, _height_of(cells, widths))
    if table.totals:
        yield _total_row(table)


def _widths(table: FigureTable) -> list[int]:
    """Return how many characters go beside each other in every column."""
    return [_width(table, at, head) for at, head in enumerate(table.heads)]


def _width(table: FigureTable, at: int, head: Head) -> int:
    if head.figure is not Figure.TEXT:
        return _FIGURE_WIDTH
    longest = max((len(str(row[at] or "")) for row in table.rows), default=0)
    return min(max(longest, len(head.label)) + 3, _WIDEST)


def _height_of(cells: Sequence[Content], widths: Sequence[int]) -> int | None:
    """Return the height of a row whose texts take several lines; None for the height of one."""
    lines = [ceil(len(cell) / wide) for cell, wide in zip(cells, widths, strict=True) if isinstance(cell, str)]
    return _LINE * max(lines) if max(lines, default=1) > 1 else None


def _height(heads: Sequence[Head]) -> int:
    """Return the height in which the longest head over figures has room for its lines: two at least."""
    lengths = (len(_heading(head)) for head in heads if head.figure is not Figure.TEXT)
    return _LINE * max(2, *(1 + length // (_FIGURE_WIDTH - 3) for length in lengths), 0) + 1


def _with_sum_across(table: FigureTable, cells: list[Content]) -> list[Content]:
    """Return a row whose last figure is the sum of those before it, as a formula."""
    if not table.across:
        return cells
    first, last = table.across
    total = cells[last + 1]
    pattern = f"SUM({column_letters(first)}{ROW}:{column_letters(last)}{ROW})"
    result = total if isinstance(total, int | float) else 0
    return [*cells[: last + 1], Computed(pattern, result), *cells[last + 2 :]]


def _total_row(table: FigureTable) -> Row:
    last = _FIRST_ROW + len(table.rows) - 1
    contents: list[Content] = []
    for at, (head, cell) in enumerate(zip(table.heads, table.totals, strict=True)):
        total = _plain(head, cell)
        if head.adds and table.rows and isinstance(total, int | float):
            letters = column_letters(at)
            contents.append(Computed(f"SUM({letters}{_FIRST_ROW}:{letters}{last})", total))
        else:
            contents.append(total)
    plain = (_plain(head, cell) for head, cell in zip(table.heads, table.totals, strict=True))
    styles = [f"total {_style(head, cell)}" for head, cell in zip(table.heads, plain, strict=True)]
    return Row(last + 1, contents, styles)


def _style(head: Head, cell: Content) -> str:
    with_pence = head.figure is Figure.MONEY and isinstance(cell, float)
    return _STYLES[head.figure] + (" with pence" if with_pence else "")


def _form(sheet: Any, table: FigureTable) -> None:
    for at, wide in enumerate(_widths(table)):
        sheet.set_column(at, at, wide)
    sheet.freeze_panes(_HEAD_ROW, 1)
    sheet.hide_gridlines(2)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(_HEAD_ROW - 1)
    sheet.set_footer("&L&A, printed &D &T&RPage &P of &N")
