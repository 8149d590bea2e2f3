"""Conditions on the cells of a row, each told once: as a spreadsheet formula and as what it comes to.

A workbook must hold the right result beside every formula, since mail previews and some programs never compute.
Both are made here from one object, so that they cannot differ. Columns are zero-based positions.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Protocol

from ctdesk.domain.values import CLEAR
from ctdesk.returns.sheets import column_letters

ROW = "#row#"
"""Stands in a formula for the number of the row it is written in."""


_NO_LEAP_DAY = date(1900, 3, 1)
"""Spreadsheets count a 29/02/1900, which never was: earlier days have numbers lower by one."""


def day_count(when: date | time | timedelta) -> float:
    """Return the number that a spreadsheet keeps for a day, a moment of it, a time of day or a span of time."""
    match when:
        case datetime():
            return day_count(when.date()) + day_count(when.time())
        case date():
            return when.toordinal() - 693_594 - (when < _NO_LEAP_DAY)
        case time():
            return day_count(timedelta(0, when.second, when.microsecond, 0, when.minute, when.hour))
    return when / timedelta(days=1)


@dataclass(frozen=True, slots=True)
class RowCells:
    """The cells of one row as a spreadsheet sees them. `first_rows` has, by column, the first row of each text."""

    cells: Sequence[object]
    number: int = 0
    first_rows: Mapping[int, Mapping[str, int]] = field(default_factory=dict)

    def text(self, column: int) -> str | None:
        """Return the lower-case text of a cell, None if it holds no text."""
        cell = self.cells[column]
        return cell.lower() if isinstance(cell, str) else None

    def is_blank(self, column: int) -> bool:
        """Whether a cell is equal to an empty text."""
        return self.cells[column] in (None, "")

    def amount(self, column: int) -> float | None:
        """Return the number in a cell, dates as their day count; None if it holds no number."""
        cell = self.cells[column]
        if isinstance(cell, bool) or cell is None or isinstance(cell, str):
            return None
        if isinstance(cell, date | time | timedelta):
            return day_count(cell)
        return float(cell) if isinstance(cell, int | float | Decimal) else None


class Condition(Protocol):
    """Something that is so or not in a row."""

    @property
    def formula(self) -> str:
        """The condition as a formula, with ROW for the row's number."""

    def holds(self, row: RowCells) -> bool:
        """Whether it is so in a row."""


def reference(column: int) -> str:
    """Return the reference to a row's cell: the column fixed, the row to be put in."""
    return f"${column_letters(column)}{ROW}"


def quoted(text: str) -> str:
    """Return a text as it stands in a formula."""
    return '"' + text.replace('"', '""') + '"'


@dataclass(frozen=True, slots=True)
class Blank:
    """The cell is empty."""

    column: int

    @property
    def formula(self) -> str:
        """The condition as a formula."""
        return f'{reference(self.column)}=""'

    def holds(self, row: RowCells) -> bool:
        """Whether it is so in a row."""
        return row.is_blank(self.column)


@dataclass(frozen=True, slots=True)
class Filled:
    """The cell holds something, and not the word that empties it."""

    column: int

    @property
    def formula(self) -> str:
        """The condition as a formula."""
        cell = reference(self.column)
        return f'AND({cell}<>"",{cell}<>"{CLEAR}")'

    def holds(self, row: RowCells) -> bool:
        """Whether it is so in a row."""
        return not row.is_blank(self.column) and row.text(self.column) != CLEAR


@dataclass(frozen=True, slots=True)
class Words:
    """The cell holds words where a number or a date should be."""

    column: int

    @property
    def formula(self) -> str:
        """The condition as a formula."""
        cell = reference(self.column)
        return f'AND(ISTEXT({cell}),{cell}<>"",{cell}<>"{CLEAR}")'

    def holds(self, row: RowCells) -> bool:
        """Whether it is so in a row."""
        return row.text(self.column) not in {None, "", CLEAR}


@dataclass(frozen=True, slots=True)
class Says:
    """The cell says a certain word, in whatever letters."""

    column: int
    word: str

    @property
    def formula(self) -> str:
        """The condition as a formula."""
        return f"{reference(self.column)}={quoted(self.word)}"

    def holds(self, row: RowCells) -> bool:
        """Whether it is so in a row."""
        return row.text(self.column) == self.word.lower()


@dataclass(frozen=True, slots=True)
class PartOfOne:
    """The cell holds a number above nought and not above one."""

    column: int

    @property
    def formula(self) -> str:
        """The condition as a formula."""
        cell = reference(self.column)
        return f"AND(ISNUMBER({cell}),{cell}>0,{cell}<=1)"

    def holds(self, row: RowCells) -> bool:
        """Whether it is so in a row."""
        amount = row.amount(self.column)
        return amount is not None and 0 < amount <= 1


@dataclass(frozen=True, slots=True)
class Below:
    """Both cells hold numbers or dates, and the first is below the second."""

    column: int
    other: int

    @property
    def formula(self) -> str:
        """The condition as a formula."""
        one, two = reference(self.column), reference(self.other)
        return f"AND(ISNUMBER({one}),ISNUMBER({two}),{one}<{two})"

    def holds(self, row: RowCells) -> bool:
        """Whether it is so in a row."""
        one, two = row.amount(self.column), row.amount(self.other)
        return one is not None and two is not None and one < two


@dataclass(frozen=True, slots=True)
class Repeated:
    """The cell's text stands in the same column higher up. Characters that MATCH takes for wild ones are shielded."""

    column: int
    area: str
    """The whole column of data, like `$B$6:$B$205`."""

    @property
    def formula(self) -> str:
        """The condition as a formula."""
        cell, start = reference(self.column), self.area.split(":")[0]
        place = f"MATCH({shielded(cell)},{self.area},0)"
        return f'IF({cell}="",FALSE,IFERROR({place}<ROW()-ROW({start})+1,FALSE))'

    def holds(self, row: RowCells) -> bool:
        """Whether it is so in a row."""
        text = row.text(self.column)
        return bool(text) and row.first_rows[self.column].get(text or "", row.number) < row.number


def shielded(formula: str) -> str:
    """Return a formula for a text in which ~ * and ? stand for themselves when it is looked up."""
    for character in "~*?":
        formula = f'SUBSTITUTE({formula},"{character}","~{character}")'
    return formula


@dataclass(frozen=True, slots=True)
class Not:
    """The condition does not hold."""

    part: Condition

    @property
    def formula(self) -> str:
        """The condition as a formula."""
        return f"NOT({self.part.formula})"

    def holds(self, row: RowCells) -> bool:
        """Whether it is so in a row."""
        return not self.part.holds(row)


@dataclass(frozen=True, slots=True)
class All:
    """All conditions hold."""

    parts: tuple[Condition, ...]

    @property
    def formula(self) -> str:
        """The condition as a formula."""
        return f"AND({','.join(part.formula for part in self.parts)})"

    def holds(self, row: RowCells) -> bool:
        """Whether it is so in a row."""
        return all(part.holds(row) for part in self.parts)


@dataclass(frozen=True, slots=True)
class Any:
    """At least one condition holds."""

    parts: tuple[Condition, ...]

    @property
    def formula(self) -> str:
        """The condition as a formula."""
        return f"OR({','.join(part.formula for part in self.parts)})"

    def holds(self, row: RowCells) -> bool:
        """Whether it is so in a row."""
        return any(part.holds(row) for part in self.parts)
