"""What is chosen in the grid: its records, its block of cells, and their sums."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from ctdesk.domain.definition import Field, Kind
from ctdesk.services.list_view import summed
from ctdesk.services.naming import counted
from ctdesk.ui.grid.sums import sum_text
from ctdesk.ui.grid.view import Grid

MOST_SUMMED = 5_000
"""More chosen rows than this are counted, but not added up while a person waits."""


@dataclass(frozen=True, slots=True)
class Block:
    """The rectangle that encloses all chosen cells, as rows and columns of the model, ends included."""

    top: int
    bottom: int
    left: int
    right: int

    @property
    def cells(self) -> int:
        """How many cells it has."""
        return (self.bottom - self.top + 1) * (self.right - self.left + 1)


def block(grid: Grid) -> Block | None:
    """Return the block of cells chosen, at least the current one; None without a current cell."""
    ranges = [it for it in grid.selectionModel().selection().toList() if it.isValid()]
    current = grid.currentIndex()
    if not ranges:
        return Block(current.row(), current.row(), current.column(), current.column()) if current.isValid() else None
    return Block(
        min(it.top() for it in ranges),
        max(it.bottom() for it in ranges),
        min(it.left() for it in ranges),
        max(it.right() for it in ranges),
    )


def rows(grid: Grid) -> Iterator[int]:
    """Give the rows of records that are chosen, each once, from top to bottom."""
    ranges = [(it.top(), it.bottom()) for it in grid.selectionModel().selection().toList() if it.isValid()]
    if not ranges and grid.currentIndex().isValid():
        ranges = [(grid.currentIndex().row(),) * 2]
    last = -1
    for top, bottom in sorted(ranges):
        for row in range(max(top, last + 1), bottom + 1):
            if grid.records.group(row) is None:
                yield row
        last = max(last, bottom)


def count(grid: Grid) -> int:
    """Return how many records are chosen."""
    return sum(1 for _ in rows(grid))


def uids(grid: Grid) -> list[str]:
    """Return the uids of the records chosen."""
    whole = block(grid)
    model = grid.records
    if whole is not None and whole.top == 0 and whole.bottom == model.rowCount() - 1 and count(grid) == len(model.list):
        return model.list.uids(0, len(model.list))
    return [uid for row in rows(grid) if (uid := model.uid(row)) is not None]


def sums(grid: Grid) -> str:
    """Return how many are chosen and what the chosen cells come to; nothing of a single cell."""
    whole = block(grid)
    if whole is None or whole.cells < 2:
        return ""
    chosen = count(grid)
    words = f"{counted(grid.records.view.kind, chosen)} selected"
    if not 1 <= chosen <= MOST_SUMMED:
        return words
    found = [sum_text(field, total) for field, total in _totals(grid, whole)]
    return f"{words}, sum {', '.join(found)}" if found else words


def _totals(grid: Grid, whole: Block) -> Iterator[tuple[Field, int | Decimal]]:
    """Give the sums of the chosen columns that can be added up."""
    model = grid.records
    records = [found for row in rows(grid) if (found := model.record(row)) is not None]
    for column in range(whole.left, whole.right + 1):
        field = model.fields[column]
        if summed(field) or field.kind is Kind.PERCENT:
            values = [it.values[column] for it in records]
            yield field, sum(it for it in values if isinstance(it, int | Decimal))
