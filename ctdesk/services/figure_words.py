"""Cells of tables of figures as people read them."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from ctdesk.domain.dates import date_text
from ctdesk.domain.figure_table import Cell, Figure, Head
from ctdesk.domain.money import money_text

NONE = "–"
"""What stands for nothing."""


def row_words(heads: Sequence[Head], row: Sequence[Cell]) -> list[str]:
    """Return the cells of a row in words."""
    return [cell_words(head, cell) for head, cell in zip(heads, row, strict=True)]


def cell_words(head: Head, cell: Cell) -> str:
    """Return one cell in words: money with £, numbers with commas and two decimals if any, a dash for nothing."""
    if cell is None or cell == "":
        return NONE
    if isinstance(cell, date):
        return date_text(cell)
    if head.figure is Figure.MONEY and isinstance(cell, int):
        return money_text(cell)
    if head.figure is Figure.PERCENT:
        return f"{cell}%"
    if head.figure is Figure.NUMBER and isinstance(cell, Decimal):
        return f"{cell:,.2f}"
    return f"{cell:,}" if isinstance(cell, int) else str(cell)
