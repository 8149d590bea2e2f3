"""Rounding a table to larger units, so that rows and columns still add up to its rounded total."""

from collections.abc import Sequence

from ctdesk.domain.rounding import nearest


def round_table(cells: Sequence[Sequence[int]], unit: int) -> list[list[int]]:
    """Return the cells in whole units; they add up to the table's sum rounded, halves up.

    The sum of each row and column is its exact sum rounded up or down. Each cell is rounded down or up, those with
    the largest remainders up; one is further from its figure only where no other could take what is left.
    """
    if not cells:
        return []
    rows, columns = [sum(row) for row in cells], [sum(column) for column in zip(*cells, strict=True)]
    total = nearest(sum(rows), unit)
    rounded = [[cell // unit for cell in row] for row in cells]
    short = [part - sum(row) for part, row in zip(_split(total, rows, unit), rounded, strict=True)]
    lacking = [
        part - sum(column)
        for part, column in zip(_split(total, columns, unit), zip(*rounded, strict=True), strict=True)
    ]
    places = [(row, column) for row in range(len(rows)) for column in range(len(columns))]
    places.sort(key=lambda at: cells[at[0]][at[1]] % unit, reverse=True)
    while any(short):
        for row, column in places:
            if short[row] and lacking[column]:
                rounded[row][column] += 1
                short[row] -= 1
                lacking[column] -= 1
    return rounded


def _split(total: int, parts: Sequence[int], unit: int) -> list[int]:
    """Return the parts in whole units that add up to the total, those with the largest remainders rounded up."""
    whole = [part // unit for part in parts]
    by_remainder = sorted(range(len(parts)), key=lambda place: parts[place] % unit, reverse=True)
    for place in by_remainder[: total - sum(whole)]:
        whole[place] += 1
    return whole
