"""What the values of a column say about which field it is."""

from collections.abc import Sequence
from datetime import date, time, timedelta

from ctdesk.domain.definition import Field, Kind
from ctdesk.domain.reading import Doubtful, Unreadable
from ctdesk.domain.values import UnknownName, ValueReader
from ctdesk.returns.sheets import Cell, Sheet

_SAMPLED_ROWS = 150
_DISTINCT = 40
_SAMPLES_SHOWN = 3
_NOTHING = frozenset({"", "-", "–", "—", ".", "n/a", "not applicable"})
_LONGEST_NOTHING = 24
_WRITTEN = frozenset({Kind.TEXT, Kind.LONG_TEXT, Kind.LINK, Kind.LINKS})
_LONGEST_CODE = 60


def says_nothing(cell: Cell) -> bool:
    """Whether a cell is empty, or says that there is nothing to say (a dash, n/a)."""
    if isinstance(cell, str):
        return len(cell) < _LONGEST_NOTHING and cell.strip().casefold() in _NOTHING
    return cell is None


def sample(sheet: Sheet, first_row: int, column: int) -> list[Cell]:
    """Return filled cells of a column, from rows spread evenly over the table."""
    rows = sheet.rows[first_row:]
    step = max(1, len(rows) // _SAMPLED_ROWS)
    return [row[column] for row in rows[::step] if not says_nothing(row[column])]


def shown(cells: Sequence[Cell]) -> tuple[str, ...]:
    """Return the first few distinct values as people would see them, long ones cut."""
    words = dict.fromkeys(" ".join(str(cell).split())[:60] for cell in cells)
    return tuple(words)[:_SAMPLES_SHOWN]


def share_readable(field: Field, cells: Sequence[Cell], reader: ValueReader, *, names_records: bool = False) -> float:
    """Return which share of the values (0 to 1) can be what the field holds.

    A title or reference that `names_records` should moreover differ from row to row.
    """
    distinct = list(dict.fromkeys(cells))
    tried = distinct[:_DISTINCT]
    share = sum(_fits(field, cell, reader) for cell in tried) / len(tried)
    return share * min(1.0, 2 * len(distinct) / len(cells)) if names_records else share


def _fits(field: Field, cell: Cell, reader: ValueReader) -> float:
    if field.kind in _WRITTEN:
        return float(_is_words(cell))
    if field.kind is Kind.CODE:
        return float(not isinstance(cell, date | time | timedelta) and len(str(cell)) <= _LONGEST_CODE)
    if field.kind is Kind.CHOICE:  # looking for near words as well, as reading does, would take most of the time
        return float(isinstance(cell, str) and reader.lists.find(field.list or "", cell) is not None)
    try:
        reader.read(field, cell)
    except UnknownName:
        return 1.0
    except Doubtful:
        return 0.5
    except Unreadable:
        return 0.0
    return 1.0 if field.kind is not Kind.EMAIL or "@" in str(cell) else 0.0


def _is_words(cell: Cell) -> bool:
    return isinstance(cell, str) and any(letter.isalpha() for letter in cell)
