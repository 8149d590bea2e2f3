"""Blocks of cells as text that Excel takes and gives: cells parted by tabs, rows by line ends."""

import csv
import io

from ctdesk.ui.grid import chosen
from ctdesk.ui.grid.view import Grid

MOST_COPIED = 20_000
"""More rows than this are exported, not copied."""


def block_text(grid: Grid) -> str:
    """Return the chosen block as Excel takes it; rows of groups are left out."""
    block = chosen.block(grid)
    if block is None:
        return ""
    model, columns = grid.records, range(block.left, block.right + 1)
    rows = range(block.top, min(block.bottom + 1, block.top + MOST_COPIED))
    found = (it for row in rows if (it := model.record(row)) is not None)
    return as_tabbed([[record.texts[at] for at in columns] for record in found])


def as_tabbed(rows: list[list[str]]) -> str:
    """Return rows as tabbed text, with quotes round what has a tab or a line end in it."""
    target = io.StringIO()
    csv.writer(target, "excel-tab", lineterminator="\n").writerows(rows)
    return target.getvalue()


def from_tabbed(text: str) -> list[list[str]]:
    """Return the rows of tabbed text, without an empty line at its end; all rows are as long as the longest."""
    rows = list(csv.reader(io.StringIO(text.replace("\r\n", "\n").replace("\r", "\n")), "excel-tab"))
    while rows and not any(rows[-1]):
        rows.pop()
    longest = max((len(row) for row in rows), default=0)
    return [[*row, *[""] * (longest - len(row))] for row in rows]
