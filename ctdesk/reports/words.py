"""Small pieces of sentence: a capital at the start, what was not given, cells drawn together."""

from collections.abc import Sequence


def sentence(text: str) -> str:
    """Return the text with a capital at its start."""
    return text[:1].upper() + text[1:]


def or_not_given(name: str) -> str:
    """Return the name, or what stands for one that was not given."""
    return name or "Not given"


def cell_ranges(cells: Sequence[str]) -> list[str]:
    """Return cells with those below one another drawn together: Activity!H12 and H13 become Activity!H12 to H13."""
    ranges: list[tuple[str, int, int]] = []
    for cell in cells:
        column = cell.rstrip("0123456789")
        row = int(cell[len(column) :] or 0)
        if ranges and row and ranges[-1][0] == column and ranges[-1][2] + 1 == row:
            ranges[-1] = (column, ranges[-1][1], row)
        else:
            ranges.append((column, row, row))
    return [_range(*found) for found in ranges]


def _range(column: str, first: int, last: int) -> str:
    if not first:
        return column
    return f"{column}{first}" if first == last else f"{column}{first} to {column.rpartition('!')[2]}{last}"
