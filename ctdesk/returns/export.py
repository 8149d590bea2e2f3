"""Exports of tables for other programs: .xlsx with real dates and sums, .csv that no spreadsheet will compute."""

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

from ctdesk.domain.cancelling import heeded
from ctdesk.domain.errors import DeskError
from ctdesk.returns.workbook import save
from ctdesk.returns.workbook_cells import Content, Row, as_returned, refuse_long_texts

_WOULD_COMPUTE = ("=", "+", "-", "@", "\t", "\r")
_WIDEST, _NARROWEST, _MEASURED_ROWS = 50, 8, 200
_MOST_ROWS = 1_048_576


def write_table(
    path: Path, headings: Sequence[str], rows: Iterable[Sequence[object]], *, sheet: str, notes: Sequence[str] = ()
) -> None:
    """Write a table under its headings, as .xlsx or .csv by the ending of the path.

    Sums under a heading with £ are pounds as numbers. In .xlsx the notes stand on a sheet of their own; .csv, which
    is UTF-8 with a mark that Excel knows and has dates as 2026-03-31, has none. Raises DeskError if the ending is
    another, a text is too long for a cell, there are more rows than a sheet holds, or the file cannot be written.
    """
    ending = path.suffix.lower()
    if ending == ".csv":
        save(path, _csv(headings, heeded(rows)))
    elif ending == ".xlsx":
        save(path, _xlsx(headings, heeded(rows), sheet, notes))
    else:
        raise DeskError(f"A table cannot be written as {path.name}; end the name in .xlsx or .csv.")


def _csv(headings: Sequence[str], rows: Iterable[Sequence[object]]) -> bytes:
    target = io.StringIO()
    writer = csv.writer(target)
    writer.writerow([_csv_cell(heading) for heading in headings])
    writer.writerows([_csv_cell(cell) for cell in row] for row in rows)
    return target.getvalue().encode("utf-8-sig", "replace")


def _csv_cell(cell: object) -> object:
    """Return a cell as text that is read back as it was; what would be computed is led by an apostrophe."""
    match cell:
        case None:
            return ""
        case bool():
            return _yes_no(cell)
        case datetime():
            return cell.isoformat(" ", "minutes")
        case date():
            return cell.isoformat()
        case int() | float() | Decimal():
            return cell
        case list() | tuple():
            return _csv_cell("; ".join(map(str, cell)))
    text = str(cell)
    return f"'{text}" if text.startswith(_WOULD_COMPUTE) else text


def _xlsx(headings: Sequence[str], rows: Iterable[Sequence[object]], sheet: str, notes: Sequence[str]) -> bytes:
    from ctdesk.returns.workbook_form import LockedWorkbook, write_rows
    from ctdesk.returns.workbook_styles import FONT, SIZE, Styles

    target = io.BytesIO()
    fonts = {"font_name": FONT, "font_size": SIZE}
    options = {"in_memory": True, "strings_to_formulas": False, "default_format_properties": fonts}
    workbook = LockedWorkbook(target, options)
    workbook.set_properties({"title": sheet, "created": datetime(2000, 1, 1, tzinfo=UTC)})
    styles = Styles(workbook)
    table = workbook.add_worksheet(sheet)
    made = list(_table_rows(headings, rows, sheet))
    write_rows(table, made, styles)
    _form_table(table, made, len(headings))
    if notes:
        about = workbook.add_worksheet("Notes")
        about.set_column(0, 0, 100)
        write_rows(about, (Row(at, [words], ["explained"]) for at, words in enumerate(notes, start=1)), styles)
    workbook.close()
    return target.getvalue()


def _table_rows(headings: Sequence[str], rows: Iterable[Sequence[object]], sheet: str) -> Iterator[Row]:
    yield Row(1, list(headings), ["list head"] * len(headings), 33)
    money = ["£" in heading for heading in headings]
    for number, cells in enumerate(rows, start=2):
        if number > _MOST_ROWS:
            raise DeskError(f"A sheet holds {_MOST_ROWS:,} rows and there are more; write the table as .csv instead.")
        contents = [_content(cell) for cell in cells]
        styles = [_style(content, is_money) for content, is_money in zip(contents, money, strict=True)]
        row = Row(number, contents, styles)
        refuse_long_texts(sheet, row)
        yield row


def _content(cell: object) -> Content:
    match cell:
        case bool():
            return _yes_no(cell)
        case list() | tuple():
            return "; ".join(map(str, cell)) or None
    return as_returned(cell)


def _yes_no(answer: bool) -> str:
    return "Yes" if answer else "No"


def _style(content: Content, is_money: bool) -> str:
    match content:
        case datetime():
            return "own moment"
        case date():
            return "own date"
        case int() | float() if is_money:
            return "own money"
        case None:
            return ""
    return "own"


def _form_table(table: Any, rows: Sequence[Row], width: int) -> None:
    for at in range(width):
        lengths = [len(str(row.contents[at] or "")) for row in rows[:_MEASURED_ROWS]]
        table.set_column(at, at, min(max(max(lengths) + 2, _NARROWEST), _WIDEST))
    table.freeze_panes(1, 0)
    table.autofilter(0, 0, max(len(rows) - 1, 1), max(width - 1, 0))
    table.set_landscape()
    table.set_paper(9)
    table.fit_to_pages(1, 0)
    table.repeat_rows(0)
    table.set_footer("&L&A, printed &D &T&RPage &P of &N")
