"""Exports of tables to .xlsx and .csv."""

from collections.abc import Iterable, Sequence
from pathlib import Path


def write_table(
    path: Path, headings: Sequence[str], rows: Iterable[Sequence[object]], *, sheet: str, notes: Sequence[str] = ()
) -> None:
    """Write a table under its headings, as .xlsx or .csv by the ending of the path."""
    raise NotImplementedError
