"""The marked copy itself: the form filled with the cells as returned, orange where something is to be done."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import IO, Any

from ctdesk.returns.answers import PLEASE_FIX
from ctdesk.returns.hand_back import HandBack
from ctdesk.returns.hand_back_list import Numbered, fix_rows, form_list, numbered, spot
from ctdesk.returns.layout import SheetLayout, baseline_layout
from ctdesk.returns.workbook_cells import Content, Row, as_returned, refuse_long_texts
from ctdesk.returns.workbook_data import DataSheet, data_sheets, style_as_returned
from ctdesk.returns.workbook_data_form import Additions
from ctdesk.returns.workbook_form import data_rows, fill_form, form_workbook, new_workbook, write_rows
from ctdesk.returns.workbook_lists import EXPLAINED, LISTS
from ctdesk.returns.workbook_start import SIGN_OFF, START, Guide
from ctdesk.returns.workbook_styles import Styles

_OWN_GROUP = "Your own columns"
_OWN_WIDTH, _NOTE_WIDTH = 18, 280
_NOT_IN_A_NAME = re.compile(r"[\[\]:*?/\\]")
_LONGEST_NAME = 31

Marks = Mapping[tuple[int, int], Sequence[Numbered]]
"""The things that concern each cell of one sheet, by row number and zero-based column."""


def write_copy(hand_back: HandBack, target: IO[bytes]) -> None:
    """Write the marked copy of a return."""
    book = hand_back.book
    layouts = baseline_layout(book.lists)
    sheets = data_sheets(layouts, book)
    things = numbered(hand_back)
    marks = [_marks(data, things) for data in sheets]
    own = [hand_back.extra_columns.get(layout.name, ()) for layout in layouts]
    added = [Additions(len(columns), frozenset(marked)) for columns, marked in zip(own, marks, strict=True)]
    workbook, styles = new_workbook(target, book)
    listed = workbook.add_worksheet(PLEASE_FIX)
    extents = [data.extent for data in sheets]
    form = form_workbook(workbook, styles, book, layouts=layouts, extents=extents, additions=added)
    form_list(listed, styles, hand_back, things, {layout.name for layout in layouts})
    write_rows(listed, fix_rows(hand_back, things, _titles(sheets)), styles)
    guide = Guide(book, sheets, _answers(hand_back.other_sheets.get(START, ())))
    rows = [_with_own(data, added[at].marked, own[at]) for at, data in enumerate(sheets)]
    fill_form(form, styles, book, guide, rows)
    for sheet, data, marked, columns in zip(form.data, sheets, marks, own, strict=True):
        _write_notes(sheet, marked, book.trust)
        sheet.set_column(len(data.layout.columns), len(data.layout.columns) + max(len(columns) - 1, 0), _OWN_WIDTH)
    _add_other_sheets(workbook, styles, hand_back.other_sheets)
    workbook.close()


def _marks(data: DataSheet, things: Sequence[Numbered]) -> Marks:
    """Return the cells of a sheet that things concern; cells above or below its known rows are left."""
    first = SheetLayout.FIRST_ROW
    found: dict[tuple[int, int], list[Numbered]] = {}
    for thing in things:
        for place in filter(None, map(spot, thing.cells)):
            inside = first <= place.row < first + len(data.known) and place.column < len(data.layout.columns)
            if place.sheet == data.layout.name and inside:
                found.setdefault((place.row, place.column), []).append(thing)
    return found


def _write_notes(sheet: Any, marks: Marks, author: str) -> None:
    for (row, column), things in marks.items():
        text = "\n".join(dict.fromkeys(thing.note for thing in things))
        height = 24 + 18 * (1 + len(text) // 38 + text.count("\n"))
        sheet.write_comment(
            row - 1, column, text, {"author": author, "x_scale": 1, "width": _NOTE_WIDTH, "height": height}
        )


def _titles(sheets: Sequence[DataSheet]) -> dict[str, str]:
    """Return the names of services and posts by the uids of their rows."""
    names: dict[str, str] = {}
    for data in sheets[:2]:
        for row, title in zip(data.known, data.column("title"), strict=True):
            names[row.uid] = "" if title is None else str(title)
    return names


def _answers(guide: Sequence[Sequence[object]]) -> dict[str, Content]:
    """Return what the agency put at the foot of the guide, by its labels."""
    found: dict[str, Content] = {}
    for row in guide:
        for label in set(SIGN_OFF) & {cell for cell in row if isinstance(cell, str)}:
            at = list(row).index(label)
            found[label] = as_returned(row[at + 1]) if at + 1 < len(row) else None
    return found


def _with_own(
    data: DataSheet, marked: frozenset[tuple[int, int]], own: Sequence[tuple[str, Sequence[object]]]
) -> Iterator[Row]:
    """Yield the rows of a sheet, with the agency's own columns at the right."""
    for row in data_rows(data, marked):
        contents = [_own_cell(row.number, at, *column) for at, column in enumerate(own)]
        styles = [_own_style(row.number, content) for content in contents]
        wider = Row(row.number, [*row.contents, *contents], [*row.styles, *styles], row.height)
        refuse_long_texts(data.layout.name, wider)
        yield wider


def _own_cell(number: int, at: int, heading: str, cells: Sequence[object]) -> Content:
    if number == SheetLayout.HEAD_ROW:
        return heading
    if number == SheetLayout.HEAD_ROW - 2 and at == 0:
        return _OWN_GROUP
    row = number - SheetLayout.FIRST_ROW
    return as_returned(cells[row]) if 0 <= row < len(cells) else None


def _own_style(number: int, content: Content) -> str:
    if number < SheetLayout.FIRST_ROW:
        return {SheetLayout.HEAD_ROW: "heading", SheetLayout.HEAD_ROW - 2: "band 1"}.get(number, "")
    return style_as_returned(content, "word")


def _add_other_sheets(workbook: Any, styles: Styles, others: Mapping[str, Sequence[Sequence[object]]]) -> None:
    """Copy the agency's own sheets as plain values."""
    form = {PLEASE_FIX, START, EXPLAINED, LISTS, *(sheet.get_name() for sheet in workbook.worksheets())}
    taken = {name.casefold() for name in form}
    for name, rows in others.items():
        if name.casefold() in taken:
            continue
        fitting = _fitting_name(name, taken)
        taken.add(fitting.casefold())
        write_rows(workbook.add_worksheet(fitting), _own_rows(rows), styles)


def _fitting_name(name: str, taken: set[str]) -> str:
    """Return a sheet's name as Excel takes it: short, without its forbidden characters, unlike the others."""
    plain = _NOT_IN_A_NAME.sub(" ", name).strip(" '")[:_LONGEST_NAME] or "Sheet"
    fitting, number = plain, 2
    while fitting.casefold() in taken:
        fitting, number = f"{plain[: _LONGEST_NAME - 4]} {number}", number + 1
    return fitting


def _own_rows(rows: Iterable[Sequence[object]]) -> Iterator[Row]:
    for number, cells in enumerate(rows, start=1):
        contents = [as_returned(cell) for cell in cells]
        yield Row(
            number, contents, ["" if content is None else style_as_returned(content, "own") for content in contents]
        )
