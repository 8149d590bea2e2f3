"""Figures and dates as they stand on paper: pounds from pence, parts that add to their total, British dates."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from fractions import Fraction

from ctdesk.domain.apportion import apportion
from ctdesk.domain.rounding import nearest

NONE = "–"
"""What stands for none or not applicable."""


def number(value: int) -> str:
    """Return a whole number with commas and a true minus sign."""
    return f"{value:,}".replace("-", "−")


def tenths(value: int) -> str:
    """Return a count of tenths with one decimal: 416 is 41.6."""
    sign = "−" if value < 0 else ""
    return f"{sign}{abs(value) // 10:,}.{abs(value) % 10}"


def pounds(pence: int) -> str:
    """Return money for running text and headlines: £46.2m, £642k, £850."""
    if abs(pence) >= 99_950_000:
        return _signed(f"£{tenths(abs(nearest(pence, 10_000_000)))}m", pence)
    if abs(pence) >= 1_000_000:
        return _signed(f"£{number(abs(nearest(pence, 100_000)))}k", pence)
    return _signed(f"£{number(abs(nearest(pence, 100)))}", pence)


def whole_pounds(pence: int | None) -> str:
    """Return pounds without sign or pence, a dash for none given."""
    return NONE if pence is None else number(nearest(pence, 100))


def _signed(text: str, pence: int) -> str:
    return f"−{text}" if pence < 0 else text


@dataclass(frozen=True, slots=True)
class Scale:
    """The unit that one table or chart counts money in: `unit` pence to one step of the last figure shown."""

    unit: int
    label: str
    decimal: bool = False

    def steps(self, pence: int) -> int:
        """Return an amount in whole steps."""
        return nearest(pence, self.unit)

    def split(self, parts: Sequence[int]) -> list[int]:
        """Return the parts in whole steps that add up to the rounded total."""
        return apportion(self.steps(sum(parts)), parts)

    def text(self, steps: int) -> str:
        """Return steps as they are printed."""
        return tenths(steps) if self.decimal else number(steps)


THOUSANDS = Scale(100_000, "£000")
POUNDS = Scale(100, "£")
MILLIONS = Scale(10_000_000, "£m", decimal=True)


def table_scale(total: int) -> Scale:
    """Return the unit of a table: thousands from £1m, else pounds."""
    return THOUSANDS if total >= 100_000_000 else POUNDS


def chart_scale(total: int) -> Scale:
    """Return the unit of a chart: millions from £10m, thousands from £100,000, else pounds."""
    if total >= 1_000_000_000:
        return MILLIONS
    return THOUSANDS if total >= 10_000_000 else POUNDS


def percents(parts: Sequence[int | Fraction]) -> list[str]:
    """Return the shares of the parts without decimals, adding up to 100; a share that is not nought is never 0%."""
    shares = apportion(100 if sum(parts) else 0, parts)
    return [_percent(share, part) for share, part in zip(shares, parts, strict=True)]


def _percent(share: int, part: int | Fraction) -> str:
    if not part:
        return NONE
    return f"{share}%" if share else "under 1%"


def day(value: date | None) -> str:
    """Return dd/mm/yyyy, a dash for none."""
    return f"{value:%d/%m/%Y}" if value else NONE


def moment(value: datetime) -> str:
    """Return dd/mm/yyyy hh:mm."""
    return f"{value:%d/%m/%Y %H:%M}"


MONTHS = ("January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
    "December")  # fmt: skip


def month(value: date) -> str:
    """Return the month and year in words, whatever language the computer speaks."""
    return f"{MONTHS[value.month - 1]} {value.year}"


WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


def long_day(value: date, *, weekday: bool = False) -> str:
    """Return a day in words, with its weekday if asked, whatever language the computer speaks."""
    return f"{WEEKDAYS[value.weekday()] + ' ' if weekday else ''}{value.day} {month(value)}"


def ages(low: int | None, high: int | None) -> str:
    """Return an age range in words."""
    if low is None and high is None:
        return NONE
    if low is None:
        return f"Up to {high}"
    if high is None:
        return f"{low} and over"
    return str(low) if low == high else f"{low} to {high}"
