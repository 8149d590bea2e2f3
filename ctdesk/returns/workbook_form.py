"""The form of a workbook put together with XlsxWriter, sheet by sheet."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import IO, Any

from xlsxwriter import Workbook

from ctdesk.returns.layout import SheetLayout
from ctdesk.returns.sheets import HIDDEN_SHEET
from ctdesk.returns.workbook import RequestBook
from ctdesk.returns.workbook_cells import Computed, Content, Row
from ctdesk.returns.workbook_checks import Extent
from ctdesk.returns.workbook_data import DataSheet
from ctdesk.returns.workbook_data_form import Additions, form_data_sheet, head_rows
from ctdesk.returns.workbook_lists import (
    EXPLAINED,
    LISTS,
    explained_rows,
    form_explained,
    form_hidden,
    form_lists,
    list_rows,
    word_lists,
)
from ctdesk.returns.workbook_start import START, form_guide
from ctdesk.returns.workbook_styles import FONT, SIZE, Styles


class LockedWorkbook(Workbook):  # type: ignore[misc]  # XlsxWriter ships no types
    """A workbook whose structure is locked without a password, which XlsxWriter has no call for."""

    def _write_book_views(self) -> None:
        self._xml_empty_tag("workbookProtection", [("lockStructure", 1)])
        super()._write_book_views()


def new_workbook(target: IO[bytes], book: RequestBook) -> tuple[Any, Styles]:
    """Return an empty workbook with its properties, and its formats."""
    options = {
        "in_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "default_format_properties": {"font_name": FONT, "font_size": SIZE},
    }
    workbook = LockedWorkbook(target, options)
    workbook.set_properties(properties(book))
    return workbook, Styles(workbook)


def properties(book: RequestBook) -> dict[str, Any]:
    """Return the document's properties: the trust's, nobody's name, and dated as at the day it describes."""
    return {
        "title": f"{book.round}: {book.agency}",
        "subject": book.form.subject,
        "author": book.trust,
        "company": book.trust,
        "comments": "No macros and no links. The hidden sheet _ctdesk is explained on Start here.",
        "created": datetime.combine(book.as_at, time()),
    }


@dataclass(frozen=True, slots=True)
class Form:
    """The sheets of a workbook that were formed and wait for their rows."""

    guide: Any
    data: Sequence[Any]
    hidden: Any


def form_workbook(
    workbook: Any,
    styles: Styles,
    book: RequestBook,
    *,
    layouts: Sequence[SheetLayout],
    extents: Sequence[Extent],
    additions: Sequence[Additions] = (),
) -> Form:
    """Add the sheets of the form and give them everything but the rows that are one agency's."""
    guide = workbook.add_worksheet(START)
    data = [workbook.add_worksheet(layout.name) for layout in layouts]
    explained, listed, hidden = (workbook.add_worksheet(name) for name in (EXPLAINED, LISTS, HIDDEN_SHEET))
    form_guide(guide, styles, book, [layout.name for layout in layouts])
    added_to = additions or [Additions()] * len(layouts)
    for sheet, layout, extent, added in zip(data, layouts, extents, added_to, strict=True):
        form_data_sheet(sheet, styles, layout, extent, book, additions=added)
    lists = word_lists(layouts, book)
    form_explained(explained, book, layouts)
    write_rows(explained, explained_rows(layouts), styles)
    form_lists(workbook, listed, book, lists)
    write_rows(listed, list_rows(lists), styles)
    form_hidden(hidden)
    if layouts[0].kind == "activity":
        references = f"={layouts[0].name}!{extents[0].area(layouts[0].position('reference'))}"
        workbook.define_name("refs", references)
    return Form(guide, data, hidden)


def data_rows(data: DataSheet, marked: frozenset[tuple[int, int]] = frozenset()) -> Iterable[Row]:
    """Yield all rows of a data sheet, the heads first; `marked` are cells by row number and column."""
    yield from head_rows(data.layout)
    yield from data.rows(marked)


def write_rows(sheet: Any, rows: Iterable[Row], styles: Styles) -> None:
    """Write rows into a sheet, cell by cell."""
    for row in rows:
        at_row = row.number - 1
        if row.height is not None:
            sheet.set_row(at_row, row.height)
        for column, (content, style) in enumerate(zip(row.contents, row.styles, strict=True)):
            if content is not None or style:
                _write_cell(sheet, at_row, column, content, styles[style])


def _write_cell(sheet: Any, row: int, column: int, content: Content, style: Any) -> None:
    match content:
        case None:
            sheet.write_blank(row, column, None, style)
        case str():
            sheet.write_string(row, column, content, style)
        case bool():
            sheet.write_boolean(row, column, content, style)
        case int() | float():
            sheet.write_number(row, column, content, style)
        case Computed():
            sheet.write_formula(row, column, content.formula(row + 1), style, content.result)
        case date() | time() | timedelta():
            sheet.write_datetime(row, column, content, style)
