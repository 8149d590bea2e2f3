"""How often an agreement reports, and which of its periods ends with a given quarter."""

from collections.abc import Callable

from ctdesk.domain.definition import Value
from ctdesk.domain.periods import HALF, QUARTER, YEAR, Period
from ctdesk.services.desk import Desk


def months_between_returns(desk: Desk) -> dict[str, int]:
    """Return, by contract tier, how many months lie between an agreement's returns."""
    entries = desk.load("list_entry", list="agreement_tier").values()
    return {str(entry["code"]): n for entry in entries if isinstance(n := entry.get("number"), int) and n > 0}


def period_for(months: dict[str, int], tier: Value, quarter: Period) -> Period | None:
    """Return the period that an agreement of a tier reports when a quarter ends; None if it is not yet due.

    An agreement without a tier, or whose tier says nothing, reports every quarter.
    """
    length = months.get(str(tier), QUARTER)
    return quarter.covers(length if length in {QUARTER, HALF, YEAR} else QUARTER)


def period_asked(quarter: Period, is_asked: Callable[[str], bool]) -> Period | None:
    """Return the period ending with a quarter that an agreement was asked about, whatever its tier is now.

    `is_asked` says whether anything is held of the agreement about a period, by its code.
    """
    ending = (period for length in (QUARTER, HALF, YEAR) if (period := quarter.covers(length)))
    return next((period for period in ending if is_asked(period.code)), None)
