"""An agreement's monitoring as the public may read it: without small numbers of people, or what would tell them.

What counts as a number of people is told by the unit: whatever is not plainly money, time, a share or a thing is taken
for one, since to leave out three sessions is a smaller fault than to print three children. A rate tells of people too,
through the numbers above and below its line, where those were given.
"""

import re
from collections.abc import Iterable
from dataclasses import replace
from decimal import Decimal

from ctdesk.domain.definition import Values
from ctdesk.domain.monitoring_lines import AgreementPeriod, MeasureLine
from ctdesk.domain.performance import Direction, Judged, rate
from ctdesk.domain.records.monitoring import PER_CENT
from ctdesk.domain.suppression import is_small, words

_PEOPLE = re.compile(
    r"\b(?:child|bab(?:y|ies)|infant|young|youth|pupil|student|famil|parent|mother|father|carer|adult|people|person|"
    r"user|client|patient|household|case|referral|worker|staff|volunteer|girl|boy)",
    re.IGNORECASE,
)
_NOT_PEOPLE = re.compile(
    r"%|\bper ?cent|£|\b(?:pounds?|pence|minutes?|hours?|days?|weeks?|months?|years?|terms?|fte|points?|scores?|stars?|"
    r"ratings?|ratios?|sessions?|visits?|meetings?|events?|courses?|places?|beds?|rooms?|sites?|miles|km|items?|"
    r"reports?|plans?|audits?)\b",
    re.IGNORECASE,
)
_NOT_TOLD = "Not published"


def counts_people(unit: str) -> bool:
    """Whether figures in a unit are numbers of people: children are, and weeks are not."""
    if unit.strip().casefold() in PER_CENT or unit.lstrip().startswith("%"):
        return False
    return bool(_PEOPLE.search(unit)) or not _NOT_PEOPLE.search(unit)


def people_behind(values: Values) -> tuple[Decimal, ...]:
    """Return the numbers of people that a result tells of: its figure, or both parts of its rate and their difference.

    `values` are those of a result.
    """
    top, bottom, actual = values.get("numerator"), values.get("denominator"), values.get("actual")
    found = [it for it in (top, bottom) if isinstance(it, Decimal)]
    if len(found) > 1:
        found.append(abs(found[1] - found[0]))
    if isinstance(actual, Decimal) and counts_people(str(values.get("unit") or "")):
        found.append(actual)
    return tuple(found)


def published_period(period: AgreementPeriod, smallest: int) -> AgreementPeriod:
    """Return how an agreement stands as the public may read it; what users and incidents it had is left out."""
    told = [published_measure(line, smallest) for line in period.measures]
    if told == list(period.measures):
        return replace(period, counts=())
    why = {_said(old): _said(new) for old, new in zip(period.measures, told, strict=True)}
    return replace(
        period, measures=tuple(told), counts=(), why=why.get(period.why, period.why), kept_back=words(smallest)
    )


def published_measure(line: MeasureLine, smallest: int) -> MeasureLine:
    """Return a measure without each figure that is a small number of people, or rests on one.

    With a figure go what would tell it: the reason, comments and target where they do, and in which direction it moved.
    """
    small = [_is_small(people, smallest) for people in line.people]
    if not any(small):
        return line
    past = tuple(None if hidden else figure for figure, hidden in zip(line.past, small, strict=True))
    told = replace(line, past=past, direction=Direction.UNKNOWN, movement=_NOT_TOLD)
    return _without_figure(told, smallest) if small[-1] else told


def _without_figure(line: MeasureLine, smallest: int) -> MeasureLine:
    reason = f"Rests on a number of people below {smallest}, which is not published."
    return replace(
        line,
        actual=None,
        target=None if _target_tells(line, smallest) else line.target,
        computed=Judged(line.computed.rating, reason),
        judged=Judged(line.judged.rating, reason),
        commentary=_NOT_TOLD,
        kept_back=True,
    )


def _target_tells(line: MeasureLine, smallest: int) -> bool:
    """Whether the rating beside the target narrows a small number down: of a target of 2, only 1 can be missed."""
    if not counts_people(line.unit):
        return False
    agreed: Values = {"target": line.target, "polarity": line.polarity, "amber_percent": line.amber_percent}
    return len({rate({**agreed, "actual": Decimal(count)}).rating for count in range(1, smallest)}) > 1


def _is_small(people: Iterable[Decimal], smallest: int) -> bool:
    return any(is_small(float(count), smallest) for count in people)


def _said(line: MeasureLine) -> str:
    """Return a measure's reason as the agreement it decides says it."""
    return f"{line.name}: {line.judged.reason}"
