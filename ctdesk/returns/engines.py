"""The two libraries that read workbooks, brought to one shape: sheets with ragged rows of plain cells."""

import io
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

from ctdesk.returns.refusals import Refusal
from ctdesk.returns.sheets import HIDDEN_SHEET, Cell


@dataclass(slots=True)
class RawSheet:
    """A sheet as a library gives it: rows from row 1 and column A on, None for blank cells.

    `place` is its position among the workbook's sheets, which may be given in another order.
    """

    name: str
    rows: Iterator[list[Cell]]
    hidden: bool = False
    merged: list[tuple[int, int, int, int]] = field(default_factory=list)
    place: int = 0


def calamine_sheets(data: bytes, look_at: Callable[[str], object]) -> Iterator[RawSheet]:
    """Read with python-calamine; raises Refusal (damaged, truncated, password needed) where it gives up.

    `look_at` is told the name of each sheet before it is read. The library can also abort the whole process.
    """
    import python_calamine

    try:
        book = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(data))
        # The form's hidden sheet first: it says whose workbook it is, for which the desk need not wait longer.
        for index, about in sorted(enumerate(book.sheets_metadata), key=lambda it: it[1].name != HIDDEN_SHEET):
            if about.typ == python_calamine.SheetTypeEnum.WorkSheet:
                look_at(about.name)
                sheet = book.get_sheet_by_index(index)
                hidden = about.visible != python_calamine.SheetVisibleEnum.Visible
                merged = [(*first, *last) for first, last in sheet.merged_cell_ranges or []]
                yield RawSheet(about.name, _calamine_rows(sheet), hidden, merged, index)
    except python_calamine.PasswordError as error:
        raise Refusal("password not supported") from error
    except python_calamine.CalamineError as error:
        raise _calamine_refusal(str(error)) from error
    except BaseException as error:
        # A panic in the library derives from BaseException alone.
        if type(error).__name__ == "PanicException":
            raise Refusal("damaged") from error
        raise


def _calamine_rows(sheet: Any) -> Iterator[list[Cell]]:
    # The library's rows begin at row 1 but at the first used column.
    before = [None] * sheet.start[1] if sheet.start else []
    for row in sheet.iter_rows():
        if any(row) or row.count("") < len(row):
            yield before + [None if value == "" else value for value in row]
        else:
            yield []


def _calamine_refusal(message: str) -> Refusal:
    if "points past end of file" in message or "End of stream" in message:
        return Refusal("truncated")
    if "Cell limit exceeded" in message:
        return Refusal("too large", "it repeats cells without end")
    return Refusal("damaged")


def openpyxl_sheets(data: bytes, look_at: Callable[[str], object]) -> Iterator[RawSheet]:
    """Read with openpyxl's read-only mode, the second opinion for .xlsx and .xlsm; raises Refusal (damaged)."""
    import openpyxl

    look_at("")  # no sheet's name, so it looks at all: the library opens every sheet at once
    try:
        book = openpyxl.load_workbook(io.BytesIO(data), read_only=True, data_only=True, keep_links=False)
        for place, sheet in enumerate(book.worksheets):
            sheet.reset_dimensions()  # a false dimension would cut or pad the rows
            yield RawSheet(sheet.title, _openpyxl_rows(sheet), sheet.sheet_state != "visible", place=place)
    except (MemoryError, Refusal):
        raise
    except Exception as error:  # the library meets damage with whatever its parsers raise
        raise Refusal("damaged") from error


def _openpyxl_rows(sheet: Any) -> Iterator[list[Cell]]:
    for row in sheet.iter_rows(values_only=True):
        yield [None if value == "" else value for value in row]
