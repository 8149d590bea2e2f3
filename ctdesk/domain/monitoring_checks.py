"""Checks of what a provider reported for a period, taken together and against what it reported before."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from statistics import fmean, pstdev

from ctdesk.domain.definition import Values
from ctdesk.domain.findings import Finding, sentence
from ctdesk.domain.money import money_text
from ctdesk.domain.performance import figure_text, rate, reached
from ctdesk.domain.records.monitoring import Polarity, Rating, TargetShape

ALL_USERS, OF_AN_AGE = "all_users", "age_"
"""Codes of the list of counts: everybody, and how the codes of age groups begin that add up to them."""

SPEND_OF_YEAR = "spend_year"
"""Code of the line of money that adds up since 1 April."""

_TOO_GOOD = 3
"""How many times better than its target a figure may be before it is asked about."""
_ENOUGH, _FAR, _USUAL_SPREAD = 4, 3, 0.1
"""Past figures needed to call one an outlier, in how many standard deviations, and the least spread assumed."""


@dataclass(frozen=True, slots=True)
class Reported:
    """One line as it would stand after the return; `cell` names the cell of a field."""

    uid: str
    values: Values
    cell: Callable[[str], str]


@dataclass(frozen=True, slots=True)
class Before:
    """What was reported of one measure in earlier periods, oldest first, and within the same year the last."""

    shape: str
    figures: Sequence[Decimal]
    earlier_this_year: Decimal | None


def result_findings(results: Sequence[Reported], before: Mapping[str, Before]) -> Iterator[Finding]:
    """Yield what is odd about results; `before` is by the measure's uid.

    A commentary answers everything but a sum over the year that has fallen.
    """
    for result in results:
        now, past = reached(result.values), before.get(str(result.values.get("measure")))
        if now is None:
            continue
        explained = bool(result.values.get("commentary"))
        if not explained:
            yield from _unexplained(result, now)
            yield from _outlier(result, now, past)
            yield from _too_good(result, now)
        yield from _fallen(result, now, past)


def _unexplained(result: Reported, now: Decimal) -> Iterator[Finding]:
    judged = rate(result.values)
    if judged.rating in {Rating.RED, Rating.AMBER}:
        words = {"name": _name(result), "rating": str(judged.rating.value), "reason": judged.reason.rstrip(".")}
        yield _finding("missed_unexplained", "measure_result", result, "commentary", str(now), **words)
    if result.values.get("unit") == "%" and now > 100:
        yield _finding(
            "over_hundred", "measure_result", result, "actual", str(now), name=_name(result), now=_figure(result, now)
        )


def _too_good(result: Reported, now: Decimal) -> Iterator[Finding]:
    """Yield a finding if a figure is so much better than its target that one of them, or the direction, looks wrong."""
    target, way = result.values.get("target"), result.values.get("polarity")
    if not isinstance(target, Decimal) or target <= 0:
        return
    low = way == Polarity.LOW
    if now * _TOO_GOOD < target if low else now > target * _TOO_GOOD:
        if low and not now:
            return  # none at all of what there should be little of
        words = {"name": _name(result), "now": _figure(result, now), "target": _figure(result, target)}
        yield _finding("too_good", "measure_result", result, "actual", str(now), **words, way=str(way))


def _outlier(result: Reported, now: Decimal, past: Before | None) -> Iterator[Finding]:
    if past is None or len(past.figures) < _ENOUGH or past.shape == TargetShape.CUMULATIVE:
        return
    figures = [float(figure) for figure in past.figures]
    mean = fmean(figures)
    spread = max(pstdev(figures), abs(mean) * _USUAL_SPREAD)
    if abs(float(now) - mean) > _FAR * spread:
        least, most = (_figure(result, figure) for figure in (min(past.figures), max(past.figures)))
        words = {"name": _name(result), "now": _figure(result, now), "least": least, "most": most}
        yield _finding("far_from_past", "measure_result", result, "actual", str(now), **words)


def _fallen(result: Reported, now: Decimal, past: Before | None) -> Iterator[Finding]:
    last = past.earlier_this_year if past and past.shape == TargetShape.CUMULATIVE else None
    if last is not None and now < last:
        words = {"name": _name(result), "now": _figure(result, now), "before": _figure(result, last)}
        yield _finding("sum_has_fallen", "measure_result", result, "actual", str(now), **words)


def count_findings(counts: Sequence[Reported]) -> Iterator[Finding]:
    """Yield a finding if the users by age do not add up to all users; blanks are asked for by themselves."""
    by_what = {str(line.values.get("what")): line for line in counts}
    everybody = by_what.get(ALL_USERS)
    ages = [line for what, line in by_what.items() if what.startswith(OF_AN_AGE)]
    figures = [line.values.get("count") for line in (*ages, *([everybody] if everybody else []))]
    if everybody is None or not ages or not all(isinstance(figure, int) for figure in figures):
        return
    total, users = sum(int(str(line.values["count"])) for line in ages), int(str(everybody.values["count"]))
    if total != users:
        value = f"{total}; {users}"
        yield _finding(
            "ages_do_not_add", "period_count", everybody, "count", value, total=f"{total:,}", users=f"{users:,}"
        )


def money_findings(lines: Sequence[Reported], annual_value: int | None) -> Iterator[Finding]:
    """Yield a finding if more was spent in the year than the agreement is worth a year, in pence."""
    for line in lines:
        spent = line.values.get("actual")
        if line.values.get("what") != SPEND_OF_YEAR or annual_value is None or not isinstance(spent, Decimal):
            continue
        if int(spent * 100) > annual_value:
            words = {"spent": money_text(int(spent * 100)), "value": money_text(annual_value)}
            yield _finding("over_spent", "period_money", line, "actual", str(spent), **words)


def _name(result: Reported) -> str:
    return str(result.values.get("measure_name") or "")


def _figure(result: Reported, figure: Decimal) -> str:
    return figure_text(figure, str(result.values.get("unit") or ""))


def _finding(rule: str, kind: str, line: Reported, field: str, value: str, /, **words: str) -> Finding:
    cells = (line.cell(field),)
    return Finding(rule, sentence(rule, **words), cells, kind=kind, uid=line.uid, field=field, value=value)
