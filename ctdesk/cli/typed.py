"""What arguments are read as: each function takes the text that was typed, and argparse names the argument."""

from argparse import ArgumentTypeError
from datetime import date
from pathlib import Path

from ctdesk.domain.dates import read_date
from ctdesk.domain.reading import Unreadable

_MOST_MONTHS = 1200


def typed_day(text: str) -> date:
    """Return a day, written as people write them."""
    try:
        return read_date(text)
    except Unreadable as fault:
        raise ArgumentTypeError(f"“{text}” {fault}") from fault


def typed_months(text: str) -> int:
    """Return a number of months to look ahead."""
    number = text.strip()
    if not (number.isdecimal() and len(number) <= len(str(_MOST_MONTHS)) and int(number) <= _MOST_MONTHS):
        raise ArgumentTypeError(f"“{number}” is no number of months from 0 to {_MOST_MONTHS:,}")
    return int(number)


def typed_path(text: str) -> Path:
    """Return a file or folder; nothing at all would be the folder one happens to be in."""
    if not text.strip():
        raise ArgumentTypeError("no file or folder is named")
    return Path(text)


def typed_pdf(text: str) -> Path:
    """Return a file that a PDF is written to: under any other name nobody could open it."""
    path = typed_path(text)
    if path.suffix.lower() != ".pdf":
        raise ArgumentTypeError(f"“{text}” is not named as a PDF; end it in .pdf")
    return path
