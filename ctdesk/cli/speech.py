"""What the command line says: lines for people, documents for programs."""

import json
import sys
from collections.abc import Iterable, Sequence


def say(*lines: str) -> None:
    """Print lines for a person."""
    sys.stdout.write("".join(f"{line}\n" for line in lines))


def complain(sentence: str) -> None:
    """Print one sentence on standard error."""
    sys.stderr.write(f"{sentence}\n")


def say_document(document: object) -> None:
    """Print one JSON document, on one line: a large one is written several times faster so."""
    sys.stdout.write(json.dumps(document, ensure_ascii=False) + "\n")


_WIDEST = ((5, 110), (8, 48), (99, 36))
"""The most characters a cell may have in a table of up to so many columns, so that its lines fit a wide window."""


def say_table(headings: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    """Print a table with columns as wide as they need to be; the more there are, the fewer characters each may have."""
    widest = next(most for columns, most in _WIDEST if len(headings) <= columns)
    table = [[_short(cell, widest) for cell in row] for row in (headings, *rows)]
    widths = [max(len(row[at]) for row in table) for at in range(len(headings))]
    for row in table:
        say("  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip())


def _short(cell: str, widest: int) -> str:
    line = " ".join(str(cell).split())
    return line if len(line) <= widest else f"{line[: widest - 1]}…"
