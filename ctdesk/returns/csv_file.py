"""Reading .csv files of any common encoding, delimiter and line end; every cell stays text."""

import csv
import io

from ctdesk.returns.refusals import Refusal
from ctdesk.returns.sheets import Cell

_DELIMITERS = ",;\t|"
_LONGEST_CELL = 1_000_000
_LOOKED_AT = 50


def csv_rows(data: bytes, most_cells: int) -> list[list[Cell]]:
    """Return the rows of a csv file; empty cells are None, everything else text as it stands.

    Raises Refusal: `damaged` where a quotation mark is never closed, `too large` beyond `most_cells`.
    """
    text = decoded(data).rstrip("\x00\x1a")
    delimiter, text = _announced(text) or (guess_delimiter(text), text)
    csv.field_size_limit(_LONGEST_CELL)
    rows: list[list[Cell]] = []
    cells = 0
    try:
        for row in csv.reader(io.StringIO(text, newline=""), delimiter=delimiter):
            cells += len(row)
            if cells > most_cells:
                raise Refusal("too large", f"it has more than {most_cells:,} cells")
            rows.append([value or None for value in row])
    except csv.Error as error:
        remark = f"after line {len(rows) + 1:,}; a quotation mark may not be closed"
        raise Refusal("damaged", remark) from error
    return rows


def decoded(data: bytes) -> str:
    """Decode by byte order mark, else as UTF-8, else as Windows' western code page."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return data.decode("utf-16", "replace")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("cp1252", "replace")


def guess_delimiter(text: str) -> str:
    """Choose the delimiter that cuts the first lines into the same number of cells most often."""
    start = text[:200_000]
    return max(_DELIMITERS, key=lambda delimiter: _evenness(start, delimiter))


def _evenness(text: str, delimiter: str) -> tuple[int, int]:
    """How many of the first rows are as wide as the commonest width above one, and that width."""
    csv.field_size_limit(_LONGEST_CELL)
    widths: list[int] = []
    try:
        for row in csv.reader(io.StringIO(text, newline=""), delimiter=delimiter):
            widths.append(len(row))
            if len(widths) == _LOOKED_AT:
                break
    except csv.Error:
        return 0, 0
    several = [width for width in widths if width > 1]
    commonest = max(set(several), key=several.count, default=0)
    return several.count(commonest), commonest


def _announced(text: str) -> tuple[str, str] | None:
    """Return delimiter and rest of a file that begins, as Excel allows, with a line such as sep=;."""
    first, _, rest = text.partition("\n")
    first = first.rstrip("\r")
    if first[:4].casefold() == "sep=" and len(first) == 5:
        return first[4], rest
    return None
