"""What a provider reported before, as the columns of its workbook show it."""

from collections.abc import Mapping, Sequence
from decimal import Decimal

from ctdesk.domain.definition import Value
from ctdesk.domain.incoming import SentRow
from ctdesk.domain.performance import reached
from ctdesk.domain.periods import Period, read_period
from ctdesk.returns.monitoring_layout import LAST_PERIOD, PAST_PERIODS
from ctdesk.services.desk import Desk
from ctdesk.services.requests import RequestView

Shown = dict[str, str | float | None]
"""What stands under the headings of one row that are no fields of its record."""


def asked_period(rows: Sequence[SentRow], request: RequestView) -> Period:
    """Return the period a workbook asks about: that of its results, else the round's own."""
    own = (period for row in rows if isinstance(period := row.values.get("period"), str))
    return read_period(next(own, request.period))


def shown_before(desk: Desk, rows: Sequence[SentRow], period: Period) -> dict[str, Shown]:
    """Return, by the uid of a row's record, what was reported for the same thing in the periods before."""
    found: dict[str, Shown] = {}
    results = _by_period(desk, rows, "measure_result", "measure")
    counts = _by_period(desk, rows, "period_count", "what")
    for row in rows:
        if row.kind == "measure_result":
            past = [period.moved(-back) for back in range(PAST_PERIODS, 0, -1)]
            found[row.uid] = {one.short: _figure(results.get((row.values.get("measure"), one.code))) for one in past}
        elif row.kind == "period_count":
            before = counts.get((row.values.get("what"), period.moved(-1).code), {}).get("count")
            found[row.uid] = {LAST_PERIOD: before if isinstance(before, int) else None}
    return found


def _by_period(
    desk: Desk, rows: Sequence[SentRow], kind: str, name: str
) -> dict[tuple[Value, Value], Mapping[str, Value]]:
    agreement = next((row.values.get("agreement") for row in rows if row.kind == kind), None)
    held = desk.load(kind, agreement=agreement).values() if agreement else ()
    return {(values.get(name), values.get("period")): values for values in held}


def _figure(values: Mapping[str, Value] | None) -> float | None:
    figure: Decimal | None = reached(values) if values else None
    return None if figure is None else float(figure)
