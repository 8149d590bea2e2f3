"""Small pieces of sentence: numbers in words, lists, one or many."""

from collections.abc import Sequence

_WORDS = ("none", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")


def in_words(count: int) -> str:
    """Return a count for running text: words to twelve, then figures."""
    return _WORDS[count] if 0 <= count < len(_WORDS) else f"{count:,}"


def of_them(count: int, singular: str, plural: str = "") -> str:
    """Return a count in figures with its noun: 1 agency, 1,200 agencies."""
    return f"{count:,} {singular if count == 1 else plural or singular + 's'}"


def listed(names: Sequence[str], most: int = 4) -> str:
    """Return names as in a sentence; beyond `most` the rest are counted."""
    shown = list(names[:most])
    if len(names) > most:
        shown[-1:] = [f"{in_words(len(names) - most + 1)} more"]
    if len(shown) < 2:
        return "".join(shown)
    return f"{', '.join(shown[:-1])} and {shown[-1]}"


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
