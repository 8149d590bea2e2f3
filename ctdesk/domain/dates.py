"""Dates and financial years: read day first as people type them, written dd/mm/yyyy and 2026/27."""

import re
from datetime import date, datetime, timedelta
from functools import lru_cache

from ctdesk.domain.reading import Doubtful, Unreadable

EARLIEST, LATEST = date(1900, 1, 1), date(2100, 12, 31)
"""The dates a workbook may hold; anything outside is a slip of the finger."""

MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
"""The first three letters of each month."""
_ISO = re.compile(
    r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?:[T\s]\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?\s*(?:Z|[+-]\d{2}:?\d{2})?)?$"
)
_NUMBERS = re.compile(r"(\d{1,2})[/.\-\s](\d{1,2})[/.\-\s](\d{4}|\d{2})(?:\s+\d{1,2}:\d{2}(?::\d{2})?)?$")
_WORDS = re.compile(
    r"(?:(?:mon|tue|wed|thu|fri|sat|sun)[a-z]*,?\s+)?(\d{1,2})(?:st|nd|rd|th)?[\s\-/.]+(?:of\s+)?([a-z]{3,9})\.?,?[\s\-/.]+(\d{4}|\d{2})$",
    re.IGNORECASE,
)
_WORDS_MONTH_FIRST = re.compile(r"([a-z]{3,9})\.?\s+(\d{1,2})(?:st|nd|rd|th)?,?\s+(\d{4})$", re.IGNORECASE)
_MONTH_YEAR = re.compile(r"([a-z]{3,9})\.?[\s\-/]+(\d{4})$", re.IGNORECASE)
_YEAR = re.compile(r"(\d{4})\s*[/\-–]\s*(\d{4}|\d{2})$")


def read_date(cell: object) -> date:
    """Return a date from a real date or from text, day first: 1/4/2026, 01.04.26, 1 April 2026, 2026-04-01.

    Raises Unreadable if it is no date, Doubtful if it could be read in more than one way.
    """
    if isinstance(cell, datetime):
        return _within(cell.date())
    if isinstance(cell, date):
        return _within(cell)
    if isinstance(cell, bool) or not isinstance(cell, str | int | float):
        raise Unreadable("is not a date")
    if isinstance(cell, int | float):
        return _from_serial(cell)
    return _within(_from_text(cell.strip()))


def _from_serial(number: float) -> date:
    """A bare number in a date column: most likely Excel's day count that lost its format."""
    if 32_874 <= number <= 73_415:  # 01/01/1990 to 31/12/2100
        suggestion = date(1899, 12, 30) + timedelta(days=int(number))
        raise Doubtful(f"is a number, perhaps {date_text(suggestion)}", suggestion)
    raise Unreadable("is a number, not a date; use dd/mm/yyyy")


@lru_cache(maxsize=20_000)
def _from_text(text: str) -> date:
    if found := _ISO.match(text):
        return _day(int(found[1]), int(found[2]), int(found[3]))
    if found := _NUMBERS.match(text):
        return _day_first(int(found[1]), int(found[2]), found[3])
    if found := _WORDS.match(text):
        return _day(_full_year(found[3]), _month(found[2]), int(found[1]))
    if found := _WORDS_MONTH_FIRST.match(text):
        return _day(int(found[3]), _month(found[1]), int(found[2]))
    if found := _MONTH_YEAR.match(text):
        suggestion = _day(int(found[2]), _month(found[1]), 1)
        raise Doubtful(f"has no day; perhaps {date_text(suggestion)}", suggestion)
    raise Unreadable("is not a date; use dd/mm/yyyy")


def _day_first(day: int, month: int, year: str) -> date:
    if month > 12 >= day:
        suggestion = _day(_full_year(year), day, month)
        raise Doubtful(f"has no month {month}; perhaps {date_text(suggestion)}, month first", suggestion)
    return _day(_full_year(year), month, day)


def _full_year(text: str) -> int:
    return int(text) if len(text) == 4 else 2000 + int(text) if int(text) < 70 else 1900 + int(text)


def _month(word: str) -> int:
    short = word.lower()[:3]
    if short not in MONTHS:
        raise Unreadable("is not a date; use dd/mm/yyyy")
    return MONTHS.index(short) + 1


def _day(year: int, month: int, day: int) -> date:
    try:
        return date(year, month, day)
    except ValueError:
        raise Unreadable("is a day that does not exist; use dd/mm/yyyy") from None


def _within(day: date) -> date:
    if not EARLIEST <= day <= LATEST:
        raise Unreadable(f"is outside {EARLIEST.year} to {LATEST.year}")
    return day


def date_text(day: date) -> str:
    """Return a date for people: 31/03/2027."""
    return f"{day.day:02d}/{day.month:02d}/{day.year:04d}"


@lru_cache(maxsize=20_000)
def add_months(day: date, months: int) -> date:
    """Return the same day of the month so many months later (or earlier), or that month's last day if it has none."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    first_of_next = date(year + (month + 1) // 12, (month + 1) % 12 + 1, 1)
    return date(year, month + 1, min(day.day, (first_of_next - timedelta(days=1)).day))


def read_financial_year(cell: object) -> str:
    """Return a financial year as `2026/27` from 2026/27, 2026-27, 2026/2027 or a date within it; else Unreadable."""
    if isinstance(cell, date):
        return financial_year(cell if not isinstance(cell, datetime) else cell.date())
    found = _YEAR.match(str(cell).strip())
    if not found or int(found[2]) % 100 != (int(found[1]) + 1) % 100:
        raise Unreadable("is not a financial year; use the form 2026/27")
    return f"{found[1]}/{int(found[2]) % 100:02d}"


def financial_year(day: date) -> str:
    """Return the financial year (1 April to 31 March) that a day falls in."""
    first = day.year if day >= date(day.year, 4, 1) else day.year - 1
    return f"{first}/{(first + 1) % 100:02d}"
