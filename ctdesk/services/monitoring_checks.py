"""The findings about a period's return as a whole, gathered from its review and from what was reported before."""

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal

from ctdesk.domain.definition import Value, Values
from ctdesk.domain.findings import Finding
from ctdesk.domain.monitoring_checks import Before, Reported, count_findings, money_findings, result_findings
from ctdesk.domain.performance import reached
from ctdesk.domain.periods import read_period
from ctdesk.domain.review import Review
from ctdesk.services.desk import Desk


def monitoring_findings(desk: Desk, agreement: str, reviews: Mapping[str, Review]) -> Iterator[Finding]:
    """Yield what is odd about the return of one agreement, as its records would stand after it."""
    results = _reported(reviews["measure_result"])
    yield from result_findings(results, _before(desk, agreement, results))
    yield from count_findings(_reported(reviews["period_count"]))
    held: Values = desk.load_some("agreement", [agreement]).get(agreement, {})
    annual = held.get("annual_value")
    yield from money_findings(_reported(reviews["period_money"]), annual if isinstance(annual, int) else None)


def _reported(review: Review) -> list[Reported]:
    lines = []
    for outcome in review.outcomes:
        change = outcome.change()
        if outcome.row.held:
            continue
        values = {**outcome.sent, **(outcome.ours or {}), **(change.after if change else {})}
        lines.append(Reported(outcome.uid, values, outcome.row.cell))
    return lines


def _before(desk: Desk, agreement: str, results: Sequence[Reported]) -> dict[str, Before]:
    """Return what was reported of each measure in periods of the same length before the one at hand."""
    code = next((told for one in results if isinstance(told := one.values.get("period"), str)), None)
    if code is None:
        return {}
    period = read_period(code)
    shapes = desk.load_fields("agreement_measure", "shape", agreement=agreement)
    past: dict[str, list[tuple[str, Decimal]]] = {}
    for values in desk.load("measure_result", agreement=agreement).values():
        figure, when = reached(values), str(values.get("period") or "")
        if figure is not None and when < code and read_period(when).months == period.months:
            past.setdefault(str(values["measure"]), []).append((when, figure))
    return {
        uid: _one_before(shapes.get(uid, {}).get("shape"), sorted(found), period.year) for uid, found in past.items()
    }


def _one_before(shape: Value, found: Sequence[tuple[str, Decimal]], year: int) -> Before:
    this_year = [figure for when, figure in found if read_period(when).year == year]
    return Before(str(shape or ""), [figure for _, figure in found], this_year[-1] if this_year else None)
