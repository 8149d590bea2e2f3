"""The marked copy itself: the form filled with the cells as returned, orange where something is to be done."""

import io
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from ctdesk.domain.definition import DEFINITIONS
from ctdesk.returns.answers import PLEASE_FIX
from ctdesk.returns.hand_back import HandBack
from ctdesk.returns.hand_back_list import Numbered, fix_rows, form_list, numbered, spot
from ctdesk.returns.layout import SheetLayout
from ctdesk.returns.sheet_names import sheet_name
from ctdesk.returns.workbook_cells import Content, Row, as_returned, refuse_long_texts
from ctdesk.returns.workbook_data import DataSheet, data_sheets, style_as_returned
from ctdesk.returns.workbook_data_form import Additions
from ctdesk.returns.workbook_form import data_rows, form_workbook, new_workbook
from ctdesk.returns.workbook_lists import EXPLAINED, LISTS, hidden_rows
from ctdesk.returns.workbook_skeleton import Filling, Skeleton, part_of
from ctdesk.returns.workbook_start import SIGN_OFF, START, Guide

_OWN_GROUP = "Your own columns"
_OWN_WIDTH, _NOTE_WIDTH = 18, 280

Marks = Mapping[tuple[int, int], Sequence[Numbered]]
"""The things that concern each cell of one sheet, by row number and zero-based column."""


def marked_copy(hand_back: HandBack) -> bytes:
    """Return the marked copy of a return."""
    book = hand_back.book
    layouts = book.layouts
    sheets = data_sheets(layouts, book)
    things = numbered(hand_back)
    marks = [_marks(data, things) for data in sheets]
    own = [hand_back.extra_columns.get(layout.name, ()) for layout in layouts]
    added = [Additions(len(columns), frozenset(marked)) for columns, marked in zip(own, marks, strict=True)]
    target = io.BytesIO()
    workbook, styles = new_workbook(target, book)
    listed = workbook.add_worksheet(PLEASE_FIX)
    extents = [data.extent for data in sheets]
    form = form_workbook(workbook, styles, book, layouts=layouts, extents=extents, additions=added)
    form_list(listed, styles, hand_back, things, {layout.name for layout in layouts})
    guide = Guide(book, sheets, _answers(hand_back.other_sheets.get(START, ())))
    fillings = {
        part_of(listed): Filling(fix_rows(hand_back, things, _titles(sheets))),
        part_of(form.guide): Filling(guide.rows()),
        part_of(form.hidden): Filling(hidden_rows(book)),
    }
    for at, (sheet, data) in enumerate(zip(form.data, sheets, strict=True)):
        _write_notes(sheet, marks[at], book.trust)
        sheet.set_column(len(data.layout.columns), len(data.layout.columns) + max(len(own[at]) - 1, 0), _OWN_WIDTH)
        fillings[part_of(sheet)] = Filling(_with_own(data, added[at].marked, own[at]), data.extent.last)
    fillings |= _other_sheets(workbook, hand_back.other_sheets)
    numbers = styles.numbers(marked=True)
    workbook.close()
    return Skeleton(target, numbers).filled(fillings)


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
    """Return what people call the record of each row, by its uid."""
    names: dict[str, str] = {}
    for data in sheets:
        named = DEFINITIONS[data.layout.kind].title
        for row, title in zip(data.known, data.column(named), strict=True):
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


def _other_sheets(workbook: Any, others: Mapping[str, Sequence[Sequence[object]]]) -> dict[str, Filling]:
    """Add the agency's own sheets, to be filled with plain values."""
    form = {PLEASE_FIX, START, EXPLAINED, LISTS, *(sheet.get_name() for sheet in workbook.worksheets())}
    taken = {name.casefold() for name in form}
    fillings = {}
    for name, rows in others.items():
        if name.casefold() not in taken:
            fitting = sheet_name(name, taken, "Sheet")
            taken.add(fitting.casefold())
            fillings[part_of(workbook.add_worksheet(fitting))] = Filling(_own_rows(fitting, rows))
    return fillings


def _own_rows(name: str, rows: Iterable[Sequence[object]]) -> Iterator[Row]:
    for number, cells in enumerate(rows, start=1):
        contents = [as_returned(cell) for cell in cells]
        row = Row(number, contents, ["" if cell is None else style_as_returned(cell, "own") for cell in contents])
        refuse_long_texts(name, row)
        yield row
