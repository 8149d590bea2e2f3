"""The rows of a data sheet: what is known, then empty rows prepared for more, each with its Check."""

import math
from collections.abc import Iterator, Mapping, Sequence, Set
from datetime import date, datetime, time, timedelta

from ctdesk.domain.definition import Kind
from ctdesk.returns.layout import CROSS, Column, Role, SheetLayout
from ctdesk.returns.sheets import is_number
from ctdesk.returns.workbook import RequestBook, SheetRow
from ctdesk.returns.workbook_cells import Computed, Content, Contents, Row, as_returned, refuse_long_texts
from ctdesk.returns.workbook_checks import NOT_FOUND, Check, Extent
from ctdesk.returns.workbook_conditions import RowCells, reference, shielded
from ctdesk.returns.workbook_worked import Worked, worked_columns

_THE_DESKS = frozenset({Role.KEY, Role.LOOKUP, Role.GIVEN, Role.STATE})
FEWEST_ROWS, MOST_SPARE_ROWS, PRINTED_SPARE_ROWS = 60, 2_000, 5
ROW_HEIGHT = 15.75

_STYLES = {
    Kind.CODE: "text",
    Kind.TEXT: "text",
    Kind.EMAIL: "text",
    Kind.YEAR: "text",
    Kind.LONG_TEXT: "long",
    Kind.CHOICES: "long",
    Kind.LINKS: "long",
    Kind.MONEY: "money",
    Kind.DATE: "date",
    Kind.INTEGER: "whole",
    Kind.PERCENT: "whole",
    Kind.DECIMAL: "decimal",
}


def extent(known: int, *, grows: bool = True) -> Extent:
    """Return how far a sheet with so many known rows is prepared and printed; one that does not grow ends with them."""
    if not grows:
        last = SheetLayout.FIRST_ROW + max(known, 1) - 1
        return Extent(last, last)
    prepared = min(max(known + math.ceil(known / 2), FEWEST_ROWS), known + MOST_SPARE_ROWS)
    first = SheetLayout.FIRST_ROW
    return Extent(first + prepared - 1, first + min(known + PRINTED_SPARE_ROWS, prepared) - 1)


def column_style(column: Column) -> str:
    """Return the name of the style of a column's cells."""
    if column.role is Role.CHECK:
        return "check"
    if column.role is Role.DIFFERENCE:
        return "decimal"
    if column.role in _THE_DESKS and not (column.field and column.field.kind is Kind.DATE):
        return "desk"
    if column.role is Role.STEP:
        return "cross"
    return _STYLES.get(column.field.kind, "word") if column.field else "word"


class DataSheet:
    """One data sheet of one agency's workbook: its layout, how far it goes, its Check and its rows."""

    def __init__(self, layout: SheetLayout, book: RequestBook, activities: "DataSheet | None" = None) -> None:
        """Prepare the rows of a sheet; the sheet Funding looks up titles among the activities."""
        self.layout = layout
        self.known: Sequence[SheetRow] = book.rows.get(layout.kind, ())
        self.extent = extent(len(self.known), grows=layout.grows)
        self.check = Check(layout, book.lists, self.extent)
        self._activities = activities or self
        self._contents = self._converted(book)
        self._first_rows = self._repeats()
        self._complete()

    def _converted(self, book: RequestBook) -> list[list[Content]]:
        contents = Contents(book.lists, book.names, _references(book))
        makers = [(column, contents.of(column.field) if column.field else None) for column in self.layout.columns]
        return [[_content(column, maker, row) for column, maker in makers] for row in self.known]

    def _repeats(self) -> dict[int, dict[str, int]]:
        """Return, for the column of references, the first row in which each stands."""
        if self.layout.kind != "activity":
            return {}
        column, first = self.layout.position("reference"), self.layout.FIRST_ROW
        found: dict[str, int] = {}
        for number, cells in enumerate(self._contents, start=first):
            text = cells[column]
            if isinstance(text, str):
                found.setdefault(text.lower(), number)
        return {column: found}

    def _complete(self) -> None:
        """Put the results of the formulas into the known rows, first the titles looked up and then the checks."""
        formula, worked = self.check.formula, self._worked()
        self.blank: list[Content] = [None] * len(self.layout.columns)
        self.blank[0] = Computed(formula, "", down=True)
        for at, one in worked.items():
            self.blank[at] = Computed(one.formula, "", down=True)
        for number, cells in enumerate(self._contents, start=self.layout.FIRST_ROW):
            seen: list[object] = list(cells)
            for at, one in worked.items():
                result = one.result(cells)
                seen[at], cells[at] = result, Computed(one.formula, result, down=True)
            cells[0] = Computed(formula, self.check.result(RowCells(seen, number, self._first_rows)), down=True)

    def _worked(self) -> dict[int, Worked]:
        """Return the columns that the workbook works out, other than Check."""
        worked = worked_columns(self.layout)
        lookup = next((at for at, column in enumerate(self.layout.columns) if column.role is Role.LOOKUP), None)
        if lookup is not None:
            titles, at = self._activities.titles(), self.layout.position("activity")
            worked[lookup] = Worked(self._lookup_formula(), lambda cells: _title_of(cells[at], titles))
        return worked

    def titles(self) -> dict[str, str]:
        """Return the titles of the services on this sheet by their references in small letters."""
        reference_at, title_at = self.layout.position("reference"), self.layout.position("title")
        found: dict[str, str] = {}
        for cells in self._contents:
            code, title = cells[reference_at], cells[title_at]
            if isinstance(code, str):
                found.setdefault(code.lower(), "" if title is None else str(title))
        return found

    def _lookup_formula(self) -> str:
        cell, other = reference(self.layout.position("activity")), self._activities
        area = {name: f"Activity!{other.extent.area(other.layout.position(name))}" for name in ("reference", "title")}
        found = f'INDEX({area["title"]},MATCH({shielded(cell)},{area["reference"]},0))&""'
        return f'IF({cell}="","",IFERROR({found},"{NOT_FOUND}"))'

    def rows(self, marked: Set[tuple[int, int]] = frozenset()) -> Iterator[Row]:
        """Yield the known rows and the empty ones; `marked` are cells (row number, column) to be marked."""
        styles = [column_style(column) for column in self.layout.columns]
        first = self.layout.FIRST_ROW
        marked_rows = {number for number, _ in marked}
        for number, (cells, known) in enumerate(zip(self._contents, self.known, strict=True), start=first):
            own = _styles_as_returned(cells, styles) if known.raw else styles
            if number in marked_rows:
                own = [f"marked {style}" if (number, at) in marked else style for at, style in enumerate(own)]
            row = Row(number, cells, own, ROW_HEIGHT)
            refuse_long_texts(self.layout.name, row)
            yield row
        for number in range(first + len(self.known), self.extent.last + 1):
            yield Row(number, self.blank, styles, ROW_HEIGHT)

    def results(self) -> list[str]:
        """Return what Check says in each known row."""
        return [str(cells[0].result) for cells in self._contents if isinstance(cells[0], Computed)]

    def column(self, name: str) -> list[Content]:
        """Return the known cells of one column."""
        at = self.layout.position(name)
        return [cells[at] for cells in self._contents]

    def area(self, at: int) -> str:
        """Return the whole of a column's data as other sheets refer to it."""
        name = self.layout.name
        return f"{name if name.isalpha() else quoted_name(name)}!{self.extent.area(at)}"


def quoted_name(sheet: str) -> str:
    """Return a sheet's name with spaces as formulas refer to it."""
    return "'" + sheet.replace("'", "''") + "'"


def data_sheets(layouts: Sequence[SheetLayout], book: RequestBook) -> list[DataSheet]:
    """Return the data sheets of a workbook in their order; the activities come first."""
    activities = DataSheet(layouts[0], book)
    return [activities, *(DataSheet(layout, book, activities) for layout in layouts[1:])]


def _references(book: RequestBook) -> dict[str, str]:
    """Return the references of the workbook's activities by their uids."""
    found = {}
    for row in book.rows.get("activity", ()):
        code = row.values.get("reference") or row.raw.get("Reference")
        if code:
            found[row.uid] = str(code)
    return found


def _content(column: Column, maker: object, row: SheetRow) -> Content:
    if column.role is Role.KEY:
        return row.key or None
    if row.raw:
        return _typed(column, as_returned(row.raw.get(column.heading)))
    if column.field is None:
        return row.shown.get(column.heading)
    value = row.values.get(column.field.name)
    if column.role is Role.STEP:
        return CROSS if isinstance(value, tuple) and column.entry in value else None
    return maker(value) if callable(maker) and value is not None else None


def _typed(column: Column, cell: Content) -> Content:
    """Return a returned cell; a number in a column of text becomes the text it looks like, as programs differ on it."""
    return f"{cell:.15G}" if is_number(cell) and column_style(column) == "text" else cell


def _title_of(code: Content, titles: Mapping[str, str]) -> str:
    if code is None:
        return ""
    return titles.get(str(code).lower(), NOT_FOUND)


def _styles_as_returned(cells: Sequence[Content], styles: Sequence[str]) -> list[str]:
    """Return styles that show cells as they were typed: a date in a column of text is still seen as a date."""
    return [style_as_returned(cell, style) for cell, style in zip(cells, styles, strict=True)]


def style_as_returned(cell: Content, style: str) -> str:
    """Return the style that shows a cell as it was typed, the column's own unless that would hide what it is."""
    own = "own " if style == "own" else ""
    match cell:
        case datetime() if cell.time() != time():
            return f"{own}moment"
        case date():
            return f"{own}date"
        case time() | timedelta():
            return f"{own}time"
        case int() | float() if style == "date":
            return "word"
    return style
