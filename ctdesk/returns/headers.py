"""Finding the row of headings in a stranger's sheet, wherever it stands, under titles and in one row or two."""

import re
from collections.abc import Container, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, time, timedelta
from functools import lru_cache

from ctdesk.returns.sheets import Cell, Sheet

FARTHEST_HEADER = 60
"""How many rows from the top a header is looked for."""

_LONGEST_HEADING, _WIDEST, _ROWS_BELOW = 200, 2_000, 12
_KNOWN_WEIGHT = 4.0
_UNIT = re.compile(
    r"\(\s*(?:£|gbp|€|%|per cent|in pounds|years?|months?|weeks?|days?|hours?|dd.mm.yy(?:yy)?|yes.?/.?no|y/n)\s*\)",
    re.IGNORECASE,
)
_NEW_WORD = re.compile(r"(?<=[a-z])(?=[A-Z])")
_SPELLINGS = ((re.compile(r"\be[\s-]?mail\b"), "email"), (re.compile(r"\bp\.a\b|\bper (?:annum|year)\b"), "annual"))
_NOT_A_WORD = re.compile(r"[\W_]+")
_SAME_WORD = {
    "ref": "reference",
    "no": "number",
    "num": "number",
    "nr": "number",
    "org": "organisation",
    "organization": "organisation",
    "dept": "department",
    "desc": "description",
    "pa": "annual",
}
_FIGURES = re.compile(r"[\s£$€%(),.:/+\-–−TZ]*\d[\s£$€%(),.:/+\-–−\dTZkm]*$")
_TOTAL = re.compile(r"(?:(?:grand|overall|sub)[\s-]*)?totals?\b", re.IGNORECASE)
_TOTAL_ALONE = re.compile(
    r"(?:(?:grand|overall|sub)[\s-]*)?totals?[\s:\d/–-]*$|sum:?$|average:?$|count:?$", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Heading:
    """One heading: its column counted from zero, and its words as they stand (two rows joined by a space)."""

    column: int
    text: str


@dataclass(frozen=True, slots=True)
class HeaderRow:
    """The headings of a table. `row` is the last of its header rows, counted from zero: data follow below.

    `score` serves only to compare one candidate with another.
    """

    row: int
    headings: tuple[Heading, ...]
    score: float


def plain_heading(text: object) -> str:
    r"""Return a heading without regard to case, spaces, line breaks, punctuation and a unit in brackets.

    >>> plain_heading("Annual  value\n(£)") == plain_heading("annual_value")
    True
    """
    return _plain(text) if isinstance(text, str) else ""


@lru_cache(maxsize=20_000)
def _plain(text: str) -> str:
    spread = _NEW_WORD.sub(" ", _UNIT.sub(" ", text)).casefold().replace("’", "").replace("'", "")
    for pattern, word in _SPELLINGS:
        spread = pattern.sub(word, spread)
    words = _NOT_A_WORD.sub(" ", spread.replace("&", " and ")).split()
    return " ".join(_SAME_WORD.get(word, word) for word in words)


def find_header(sheet: Sheet, known: Container[str]) -> HeaderRow | None:
    """Find the headings of the table on a sheet, or None if no row looks like headings.

    `known` holds headings in their plain form: they count most. Otherwise headings are short, distinct words
    over columns of one sort of data. A header of two rows is joined where that makes its meaning clear.
    """
    best: HeaderRow | None = None
    full_rows_above = 0
    for row in range(min(FARTHEST_HEADER, len(sheet.rows))):
        if len(_texts(sheet.rows[row])) < 2:
            continue
        for headings in _readings(sheet, row, known):
            score = _score(sheet, row, headings, known) * (1 - 0.01 * full_rows_above)
            if score > 0 and (best is None or (score > best.score and not _says_again(best, headings))):
                best = HeaderRow(row, headings, score)
        full_rows_above += 1
    return best


def header_at(sheet: Sheet, row: int) -> HeaderRow | None:
    """Return a row (from zero) as the headings that a person says it holds; None if nothing is written there."""
    if not 0 <= row < len(sheet.rows):
        return None
    headings = tuple(Heading(column, text) for column, text in _texts(sheet.rows[row]).items())
    return HeaderRow(row, headings, 0.0) if headings else None


def _says_again(header: HeaderRow, headings: Sequence[Heading]) -> bool:
    """Whether headings only repeat those of a row above, as at the top of a printed page."""
    return [plain_heading(item.text) for item in header.headings] == [plain_heading(item.text) for item in headings]


def _readings(sheet: Sheet, row: int, known: Container[str]) -> Iterator[tuple[Heading, ...]]:
    """Yield the headings of a row by itself, and joined with the row above where that one may head groups."""
    alone = _texts(sheet.rows[row])
    yield tuple(Heading(column, text) for column, text in alone.items())
    if row and all(isinstance(cell, str) for cell in sheet.rows[row] if cell is not None):
        above = _texts(sheet.rows[row - 1])
        if len(above) > 1 and not any(_is_figures(text) for text in (*alone.values(), *above.values())):
            joined = tuple(_joined(sheet, row, alone, above, known))
            if any(_needs_two_rows(item, alone, known) for item in joined):
                yield joined


def _needs_two_rows(heading: Heading, alone: dict[int, str], known: Container[str]) -> bool:
    """Whether a heading is more than its own row says: two joined, or a known one from the row above."""
    if heading.column in alone:
        return heading.text != alone[heading.column]
    return plain_heading(heading.text) in known


def _joined(
    sheet: Sheet, row: int, lower: dict[int, str], upper: dict[int, str], known: Container[str]
) -> Iterator[Heading]:
    """Join each heading with the one over its group, if only the two together are known or tell it apart."""
    plains = [plain_heading(text) for text in lower.values()]
    group = ""
    for column in range(min(len(sheet.rows[row]), _WIDEST)):
        group = upper.get(column, group)
        text = lower.get(column)
        if text is None:
            if column in upper and _column_below(sheet, row, column):
                yield Heading(column, upper[column])
            continue
        plain = plain_heading(text)
        both = f"{group} {text}".strip()
        needed = plains.count(plain) > 1 or (plain not in known and plain_heading(both) in known)
        yield Heading(column, both if needed else text)


def _texts(row: Sequence[Cell]) -> dict[int, str]:
    """Return what could be headings in a row by their columns: everything written there, numbers as text."""
    return {
        column: " ".join(str(cell).split())
        for column, cell in enumerate(row[:_WIDEST])
        if cell is not None and str(cell).strip()
    }


def _score(sheet: Sheet, row: int, headings: Sequence[Heading], known: Container[str]) -> float:
    plains = [plain_heading(heading.text) for heading in headings]
    familiar = len({plain for plain in plains if plain in known})
    wordy = sum(_is_wordy(sheet.rows[row], heading) for heading in headings) / len(headings)
    if wordy < 0.5 and not familiar:
        return 0
    distinct = len(set(plains)) / len(plains)
    below = sum(_column_below(sheet, row, heading.column) for heading in headings)
    return _KNOWN_WEIGHT * familiar + wordy * distinct * (0.25 * len(headings) + below) - 2 * (1 - wordy)


def _is_wordy(row: Sequence[Cell], heading: Heading) -> bool:
    """Whether a cell has words, and no more than a heading has."""
    cell = row[heading.column]
    return (
        (cell is None or isinstance(cell, str))
        and not _is_figures(heading.text)
        and (len(heading.text) <= _LONGEST_HEADING)
    )


def _column_below(sheet: Sheet, row: int, column: int) -> float:
    """Say how much what stands below speaks for a heading: something, of one sort, best of all figures or dates."""
    sorts = [_sort(line[column]) for line in sheet.rows[row + 1 : row + 1 + _ROWS_BELOW]]
    filled = [sort for sort in sorts if sort]
    if not filled:
        return 0
    steady = len(set(filled)) == 1
    return 0.4 + 0.35 * steady + 0.5 * (steady and filled[0] != "words")


def _sort(cell: Cell) -> str:
    if cell is None or cell == "":
        return ""
    if isinstance(cell, date | time | timedelta):
        return "dates"
    return "words" if isinstance(cell, str) and not _is_figures(cell) else "figures"


def _is_figures(text: str) -> bool:
    return len(text) < 40 and _FIGURES.match(text) is not None


def is_blank_row(row: Sequence[Cell]) -> bool:
    """Whether nothing at all is written in a row."""
    return not any(cell is not None and (not isinstance(cell, str) or cell.strip()) for cell in row)


def is_total_row(row: Sequence[Cell]) -> bool:
    """Whether a row adds up others: it says total and little else, but for figures.

    A service called Total Communication, with a provider and dates, is not a total.
    """
    words: list[str] = []
    for cell in row:
        if isinstance(cell, str) and cell and not _is_figures(cell) and cell.strip():
            words.append(cell.strip())
            if len(words) > 2:
                return False
    if len(words) == 1 and any(_sort(cell) == "figures" for cell in row):
        return bool(_TOTAL.match(words[0]) or _TOTAL_ALONE.match(words[0]))
    return any(_TOTAL_ALONE.match(word) for word in words)


def is_repeated_header(row: Sequence[Cell], header: HeaderRow) -> bool:
    """Whether a row says again what the headings say, as at the top of a printed page."""
    same = 0
    for seen, heading in enumerate(header.headings, start=1):
        cell = row[heading.column] if heading.column < len(row) else None
        if isinstance(cell, str) and _same_heading(cell, heading.text):
            same += 1
        elif seen >= 6 and not same:
            return False
    filled = sum(cell is not None and cell != "" for cell in row)
    return same >= 2 and same >= 0.6 * filled


def _same_heading(cell: str, heading: str) -> bool:
    """Whether a cell says what a heading says, or its lower half; most cells already begin with another letter."""
    if cell.lstrip()[:1].casefold() not in _initials(heading):
        return False
    one, other = plain_heading(cell), plain_heading(heading)
    return bool(one) and (one == other or other.endswith(f" {one}"))


@lru_cache(maxsize=5_000)
def _initials(heading: str) -> frozenset[str]:
    return frozenset(word[:1] for word in heading.casefold().split())
