"""What stands in the cells of a workbook, before any library writes it: contents, rows, and how values become them."""

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, time, timedelta
from decimal import Decimal

from ctdesk.domain.definition import Field, Kind, Value
from ctdesk.domain.errors import DeskError
from ctdesk.domain.lists import ReferenceLists
from ctdesk.domain.names import Names
from ctdesk.returns.sheets import cell_name
from ctdesk.returns.workbook_conditions import ROW

LONGEST_TEXT = 32_767
"""Characters a cell holds, as Excel counts them (UTF-16 units)."""


@dataclass(frozen=True, slots=True)
class Computed:
    """A formula, without its equals sign and with ROW for the row's number, and what it comes to.

    `down` says that every row of the column has the same formula.
    """

    pattern: str
    result: str | int | float
    down: bool = False

    def formula(self, row: int) -> str:
        """Return the formula as it stands in a row."""
        return "=" + self.pattern.replace(ROW, str(row))


Content = str | int | float | bool | date | time | timedelta | Computed | None
"""What one cell holds; None for a cell that is only formatted."""


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a sheet: the sheet's own number, contents and names of styles from column A on.

    A cell without content and with the empty style is not written at all.
    """

    number: int
    contents: Sequence[Content]
    styles: Sequence[str]
    height: float | None = None


def refuse_long_texts(sheet: str, row: Row) -> None:
    """Raise DeskError if a text of the row is longer than a cell may hold."""
    for column, content in enumerate(row.contents):
        if isinstance(content, str) and len(content) > LONGEST_TEXT // 2:
            length = len(content.encode("utf-16-le", "surrogatepass")) // 2
            if length > LONGEST_TEXT:
                raise DeskError(
                    f"The text for {sheet}!{cell_name(row.number - 1, column)} has {length:,} characters and a cell of "
                    f"a workbook holds {LONGEST_TEXT:,}; shorten it in the desk and write the workbook again."
                )


def as_returned(cell: object) -> Content:
    """Return a cell that came back in a form that can be written again, shown as it was."""
    match cell:
        case None | "":
            return None
        case str() | bool() | int() | time() | timedelta():
            return cell
        case float():
            return cell if math.isfinite(cell) else str(cell)
        case date():
            return cell if cell.year >= 1900 else cell.isoformat()
        case Decimal():
            return float(cell)
    return str(cell)


class Contents:
    """Turns values of records into cells, in the words of one workspace."""

    def __init__(self, lists: ReferenceLists, names: Names, references: Mapping[str, str]) -> None:
        """Take the lists and names to show choices and links by, and the references of the workbook's activities."""
        self._lists = lists
        self._names = names
        self._references = references

    def of(self, field: Field) -> Callable[[Value], Content]:
        """Return what turns the values of one field into cells."""
        if field.kind is Kind.MONEY:
            return _pounds
        if field.list or field.target:
            return lambda value: self._words(field, value)
        return _plain

    def _words(self, field: Field, value: Value) -> Content:
        if isinstance(value, tuple):
            return "; ".join(self._word(field, item) for item in value) or None
        return self._word(field, str(value)) if value is not None else None

    def _word(self, field: Field, value: str) -> str:
        if field.list:
            return self._lists.label(field.list, value)
        if field.target == "activity" and value in self._references:
            return self._references[value]
        known = self._names.get(field.target or "")
        return known.name(value) if known else value


def _pounds(value: Value) -> Content:
    if not isinstance(value, int):
        return None
    return value // 100 if value % 100 == 0 else value / 100


def _plain(value: Value) -> Content:
    match value:
        case bool():
            return "Yes" if value else "No"
        case tuple():
            return "; ".join(value) or None
        case Decimal():
            return float(value)
        case str():
            return value.replace("\r\n", "\n").replace("\r", "\n") or None
    return value
