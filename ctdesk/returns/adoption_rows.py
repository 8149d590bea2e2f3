"""Taking the rows of a stranger's table: what is a record, what is not and why, and each cell made plain."""

import html
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import islice
from statistics import median

from ctdesk.domain.cancelling import heeded
from ctdesk.domain.lists import plain
from ctdesk.returns.adoption_evidence import says_nothing
from ctdesk.returns.headers import HeaderRow, is_blank_row, is_repeated_header, is_total_row
from ctdesk.returns.sheets import Cell, Sheet, is_number

_ENTITY = re.compile(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[a-zA-Z][a-zA-Z0-9]{1,30});")
_NOTE = re.compile(
    r"(?:notes?|source|key|footnotes?|\*|†|‡|n\.?b\.?|please note|figures|data as)\b|[*†‡¹²³]", re.IGNORECASE
)
_FIGURE = re.compile(r"[£\s]*(\d[\d,]*(?:\.\d+)?)\s*$")


@dataclass(frozen=True, slots=True)
class RegisterRow:
    """One record of a register: its sheet row counted from one, its raw cells by field name.

    `columns` says which column, counted from zero, each cell came from; constants of a profile have none.
    """

    number: int
    cells: Mapping[str, object]
    columns: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class SkippedRow:
    """A row below the headings that is no record: its sheet row counted from one, why, and what it begins with."""

    number: int
    reason: str
    text: str = ""


@dataclass(frozen=True, slots=True)
class Source:
    """Where a field's cells come from: its columns in the order they are tried, and what is done to them.

    `words` turn the register's words (in plain form) into the desk's; `factor` turns thousands into pounds;
    `digits` is how many a number has whose leading noughts the spreadsheet has lost, 0 if that does not matter.
    """

    field: str
    columns: tuple[int, ...]
    words: Mapping[str, str]
    factor: int = 1
    digits: int = 0


def take_rows(
    sheet: Sheet, header: HeaderRow, sources: Sequence[Source], constants: Mapping[str, object]
) -> tuple[tuple[RegisterRow, ...], tuple[SkippedRow, ...]]:
    """Return the records of a table, and every other row below its headings with the reason."""
    sort_out = _Sorter(sheet, header)
    rows: list[RegisterRow] = []
    skipped: list[SkippedRow] = []
    for number, row in enumerate(heeded(sheet.rows[header.row + 1 :]), start=header.row + 2):
        reason = sort_out.reason_against(row, number)
        if reason is None:
            rows.append(_register_row(number, row, sources, constants))
        else:
            skipped.append(SkippedRow(number, reason, _beginning(row)))
    return tuple(rows), tuple(skipped)


class _Sorter:
    """Tells records from the other rows of one table."""

    def __init__(self, sheet: Sheet, header: HeaderRow) -> None:
        self._sheet, self._header = sheet, header
        self._columns = [heading.column for heading in header.headings]
        filled = [count for row in sheet.rows[header.row + 1 :][:500] if (count := _filled(row))]
        self._usual = median(filled) if filled else 0
        self._last = max((at for at, row in enumerate(sheet.rows) if not is_blank_row(row)), default=0) + 1

    def reason_against(self, row: Sequence[Cell], number: int) -> str | None:
        """Return why a row is not a record, or None if it is one."""
        if is_blank_row(row):
            return "blank"
        if is_repeated_header(row, self._header):
            return "repeated header"
        if is_total_row(row) or (number == self._last and self._adds_up(row)):
            return "total"
        if self._is_note(row):
            return "note"
        return None

    def _is_note(self, row: Sequence[Cell]) -> bool:
        """Whether a row is a footnote or a heading between groups: words in one cell of a table of several."""
        if self._usual < 3:
            return False
        filled = list(islice((cell for cell in row if not says_nothing(cell)), 3))
        if len(filled) not in {1, 2} or not isinstance(filled[0], str):
            return False
        return len(filled) == 1 or (self._usual > 3 and _NOTE.match(filled[0]) is not None)

    def _adds_up(self, row: Sequence[Cell]) -> bool:
        """Whether a last row of figures alone is the sum of what stands above one of them."""
        filled = [(at, cell) for at, cell in enumerate(row) if not says_nothing(cell)]
        if self._usual < 3 or len(filled) >= self._usual or not all(is_number(cell) for _, cell in filled):
            return False
        above = self._sheet.rows[self._header.row + 1 : self._last - 1]
        return any(abs(_sum(line[at] for line in above) - _sum([cell])) < 0.01 for at, cell in filled)


def _sum(cells: Iterable[Cell]) -> float:
    return sum(filter(is_number, cells))


def _filled(row: Sequence[Cell]) -> int:
    return sum(not says_nothing(cell) for cell in row)


def _beginning(row: Sequence[Cell]) -> str:
    return next((" ".join(str(cell).split())[:80] for cell in row if not says_nothing(cell)), "")


def _register_row(
    number: int, row: Sequence[Cell], sources: Sequence[Source], constants: Mapping[str, object]
) -> RegisterRow:
    cells: dict[str, object] = {}
    columns: dict[str, int] = {}
    for source in sources:
        for column in source.columns:
            cell = row[column]
            if not says_nothing(cell):
                cells[source.field] = _plain_cell(cell, source)
                columns[source.field] = column
                break
    for name, value in constants.items():
        cells.setdefault(name, value)
    return RegisterRow(number, cells, columns)


def _plain_cell(cell: Cell, source: Source) -> object:
    if isinstance(cell, str):
        cell = plain_text(cell)
    if source.words and isinstance(cell, str | int | float):
        cell = source.words.get(plain(word_of(cell)), cell)
    if source.digits:
        return _with_noughts(cell, source.digits)
    return cell if source.factor == 1 else _multiplied(cell, source.factor)


def word_of(cell: Cell) -> str:
    """Return a cell as a word whose meaning is said once for all: 2.0 is 2."""
    whole = isinstance(cell, float) and cell.is_integer()
    return str(int(cell)) if whole and isinstance(cell, float) else plain_text(str(cell))


def _with_noughts(cell: Cell, digits: int) -> object:
    whole = str(int(cell)) if isinstance(cell, float) and cell.is_integer() else str(cell)
    return whole.zfill(digits) if whole.isdecimal() else cell


def plain_text(text: str) -> str:
    """Return a text with the entities of web pages (`&amp;` `&#039;`) as the characters they stand for."""
    if "&" in text:
        text = _ENTITY.sub(lambda found: html.unescape(found[0]), text)
    return text.replace("\xa0", " ").strip()


def _multiplied(cell: Cell, factor: int) -> object:
    if is_number(cell):
        return Decimal(str(cell)) * factor
    found = _FIGURE.match(cell) if isinstance(cell, str) else None
    return Decimal(found[1].replace(",", "")) * factor if found else cell
