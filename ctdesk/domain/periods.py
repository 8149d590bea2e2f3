"""Monitoring periods of the financial year: quarters, halves and the whole, held as `2026-Q1`, `2026-H1`, `2026-Y`."""

import re
from dataclasses import dataclass
from datetime import date, timedelta

from ctdesk.domain.dates import add_months, financial_year
from ctdesk.domain.errors import DeskError

QUARTER, HALF, YEAR = 3, 6, 12
"""The lengths a period may have, in months."""

_CODE = re.compile(r"((?:19|20)\d\d)-(?:(Q)([1-4])|(H)([12])|(Y))", re.ASCII)
_SPOKEN = re.compile(r"(?:quarter|q)\s*([1-4])\s*(?:of)?\s*((?:19|20)\d\d/\d\d)", re.IGNORECASE | re.ASCII)
_LETTERS = {QUARTER: "Q", HALF: "H"}
_NAMES = {QUARTER: "quarter", HALF: "half-year"}
_MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
    "December",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Period:
    """One period: the calendar year in which its financial year begins, its length in months, its number from 1."""

    year: int
    months: int
    number: int = 1

    @property
    def code(self) -> str:
        """How it is held: 2026-Q1, 2026-H2, 2026-Y."""
        return f"{self.year}-{_LETTERS[self.months]}{self.number}" if self.months != YEAR else f"{self.year}-Y"

    @property
    def first(self) -> date:
        """Its first day."""
        return add_months(date(self.year, 4, 1), self.months * (self.number - 1))

    @property
    def last(self) -> date:
        """Its last day."""
        return add_months(self.first, self.months) - timedelta(days=1)

    @property
    def financial_year(self) -> str:
        """Its financial year: 2026/27."""
        return financial_year(self.first)

    @property
    def label(self) -> str:
        """Its name for people: quarter 1 of 2026/27, or 2026/27 for the whole year."""
        if self.months == YEAR:
            return self.financial_year
        return f"{_NAMES[self.months]} {self.number} of {self.financial_year}"

    @property
    def short(self) -> str:
        """Its name for the head of a narrow column: Q1 2026/27."""
        return f"{_LETTERS[self.months]}{self.number} {self.financial_year}" if self.months != YEAR else self.label

    @property
    def span(self) -> str:
        """Its months in words: April to June 2026."""
        first, last = self.first, self.last
        year = "" if first.year == last.year else f" {first.year}"
        return f"{_MONTHS[first.month - 1]}{year} to {_MONTHS[last.month - 1]} {last.year}"

    def moved(self, by: int) -> "Period":
        """Return the period of the same length so many later, or earlier."""
        of_year = YEAR // self.months
        years, place = divmod(self.number - 1 + by, of_year)
        return Period(self.year + years, self.months, place + 1)

    def covers(self, months: int) -> "Period | None":
        """Return the period of that length that ends with this one; None if none does."""
        if (self.number * self.months) % months:
            return None
        return Period(self.year, months, self.number * self.months // months)


def period_of(day: date, months: int = QUARTER) -> Period:
    """Return the period of that length in which a day falls."""
    year = day.year if day.month >= 4 else day.year - 1
    return Period(year, months, (day.month - 4) % 12 // months + 1)


def read_period(words: str) -> Period:
    """Return a period from 2026-Q1, 2026-H1, 2026-Y or Q1 2026/27; DeskError if it is none."""
    text = words.strip()
    if found := _CODE.fullmatch(text.upper()):
        year, _, quarter, _, half, _ = found.groups()
        months = QUARTER if quarter else HALF if half else YEAR
        return Period(int(year), months, int(quarter or half or 1))
    if found := _SPOKEN.fullmatch(text):
        quarter_of = Period(int(found[2][:4]), QUARTER, int(found[1]))
        if quarter_of.financial_year == found[2]:
            return quarter_of
    raise DeskError(f"“{words}” is not a period; write it like 2026-Q1 (April to June 2026), 2026-H1 or 2026-Y.")
