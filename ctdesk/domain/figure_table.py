"""A table of figures that adds up: what a spreadsheet writes with formulas for totals, and a page with the sums."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

Cell = str | int | Decimal | date | None
"""Text, pence, a count, a whole percentage, a number, a date, or nothing."""

LOW = "▼ low"
"""The sign of a figure that is far below the mean."""


class Figure(StrEnum):
    """What the cells of a column are."""

    TEXT = "text"
    MONEY = "pence"
    COUNT = "count"
    PERCENT = "per cent"
    NUMBER = "number"
    DATE = "date"


@dataclass(frozen=True, slots=True)
class Head:
    """The head of a column; `adds` says that its cells add up to its total."""

    label: str
    figure: Figure = Figure.TEXT
    adds: bool = False


@dataclass(frozen=True, slots=True)
class FigureTable:
    """Rows under heads, with the row of totals if there is one.

    `across` are the columns, first and last, whose cells add up to the last column of their row. `notes` say what a
    reader must know of the figures. `sheet` is a short name where the title is too long for a sheet of a workbook.
    `low` are the cells of money, by row and column, that bear the sign of what is far below the mean.
    """

    title: str
    heads: Sequence[Head]
    rows: Sequence[Sequence[Cell]]
    totals: Sequence[Cell] = ()
    across: tuple[int, int] | None = None
    notes: Sequence[str] = ()
    sheet: str = ""
    low: frozenset[tuple[int, int]] = frozenset()

    def check(self) -> None:
        """Raise ValueError if a total is not the sum of what it stands under or behind."""
        for at, head in enumerate(self.heads):
            if head.adds and self.totals and _sum(row[at] for row in self.rows) != self.totals[at]:
                raise ValueError(f"{self.title}: the column {head.label} does not add up to its total.")
        if self.across:
            first, last = self.across
            for row in (*self.rows, *([self.totals] if self.totals else [])):
                if _sum(row[first : last + 1]) != row[last + 1]:
                    raise ValueError(f"{self.title}: the row {row[0]} does not add up to its total.")


def _sum(cells: Iterable[Cell]) -> int | Decimal:
    return sum(cell for cell in cells if isinstance(cell, int | Decimal))


def total_row(heads: Sequence[Head], rows: Sequence[Sequence[Cell]], name: str = "Total") -> tuple[Cell, ...]:
    """Return the row of totals: its name, the sums of columns that add up, and nothing under the others."""
    sums = [_sum(row[at] for row in rows) if head.adds else None for at, head in enumerate(heads)]
    return (name, *sums[1:])
