"""The measures of an agreement: taken from the library, given targets by period, and asked for no longer."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from ctdesk.domain.changes import Action, ChangeSet, RecordChange, created, deleted, present, updated
from ctdesk.domain.counting import counted
from ctdesk.domain.definition import DEFINITIONS, Value, Values
from ctdesk.domain.errors import DeskError
from ctdesk.domain.periods import HALF, QUARTER, YEAR, Period, period_of, read_period
from ctdesk.domain.records.monitoring import Frequency
from ctdesk.services.desk import Desk
from ctdesk.services.faults import must_hold
from ctdesk.services.records import new_record, record

_MONTHS = {Frequency.QUARTERLY: QUARTER, Frequency.HALF_YEARLY: HALF, Frequency.YEARLY: YEAR}


def months_between_reports(measure: Values) -> int:
    """Return how many months lie between two reports of a measure; a quarter where that is not said."""
    return _MONTHS[Frequency(str(measure.get("frequency") or Frequency.QUARTERLY))]


_QUARTERS_SET, _LONGER_SET = 6, 3
"""How many periods targets are set for at a time: of quarters, of half years and years."""

_TAKEN = ("name", "definition", "unit", "polarity", "outcome", "numerator_words", "denominator_words")
"""What a measure of an agreement takes over from the library."""


@dataclass(frozen=True, slots=True)
class Offered:
    """One measure of the library: its uid, its name, and what it says it is."""

    uid: str
    name: str
    definition: str


def offered(desk: Desk, agreement: str) -> list[Offered]:
    """Return the measures of the library that an agreement does not have yet, by name; none that is retired."""
    taken = {values.get("measure") for values in desk.load("agreement_measure", agreement=agreement).values()}
    found = [
        Offered(uid, str(values.get("name") or ""), str(values.get("definition") or ""))
        for uid, values in desk.load("measure").items()
        if uid not in taken and not values.get("retired")
    ]
    return sorted(found, key=lambda one: one.name.casefold())


def take_from_library(desk: Desk, agreement: str, measure: str, agreed: Values) -> str:
    """Give an agreement a measure of the library with what was agreed about it, and return its uid.

    `agreed` holds at least how often it is reported and how its target falls. Raises DeskError if the agreement has
    it already, it is retired, or something is missing.
    """
    held = record(desk, "measure", measure)
    if held.get("retired"):
        raise DeskError(f"{held['name']} is retired from the library; take another measure.")
    if desk.load("agreement_measure", agreement=agreement, measure=measure):
        raise DeskError(f"The agreement has {held['name']} already; alter it there.")
    values = {**{name: held.get(name) for name in _TAKEN}, **agreed, "agreement": agreement, "measure": measure}
    _must_be_whole(values)
    return new_record(desk, "agreement_measure", values)


def _must_be_whole(values: Values) -> None:
    definition = DEFINITIONS["agreement_measure"]
    must_hold(definition, values, definition.by_name)


def periods_to_set(values: Values, on: date) -> list[Period]:
    """Return the periods whose targets a measure may still be given, from the one that ended last."""
    months = months_between_reports(values)
    first = period_of(on, months).moved(-1)
    return [first.moved(by) for by in range(_QUARTERS_SET if months == QUARTER else _LONGER_SET)]


def targets(desk: Desk, measure: str) -> dict[str, Decimal]:
    """Return the targets set for single periods of a measure, by the period's code."""
    held = desk.load("measure_target", measure=measure).values()
    return {str(it["period"]): value for it in held if isinstance(value := it.get("target"), Decimal)}


def set_targets(desk: Desk, measure: str, wanted: Mapping[str, Decimal | None]) -> ChangeSet | None:
    """Set targets for single periods of a measure, by code; None takes one back. Other periods stay as they are.

    Returns None if they stand so already. Raises DeskError if a period cannot be read.
    """
    held = record(desk, "agreement_measure", measure)
    codes = {read_period(code).code: target for code, target in wanted.items()}
    changes = list(_target_changes(desk, measure, codes))
    if not changes:
        return None
    return desk.apply(Action.EDIT, f"{held['name']}: {counted(len(changes), 'target')} by period", changes)


def _target_changes(desk: Desk, measure: str, wanted: Mapping[str, Decimal | None]) -> Iterator[RecordChange]:
    there = {
        str(values["period"]): (uid, values) for uid, values in desk.load("measure_target", measure=measure).items()
    }
    for code, target in wanted.items():
        uid, values = there.get(code, ("", {}))
        if uid and target is None:
            yield deleted("measure_target", uid, values)
        elif uid:
            yield from present([updated("measure_target", uid, values, {"target": target})])
        elif target is not None:
            yield created("measure_target", {"measure": measure, "period": code, "target": target})


def ask_until(desk: Desk, measure: str, last: str) -> ChangeSet | None:
    """Ask for a measure up to a period and no longer; what was reported stays. An empty period asks for ever again.

    Raises DeskError if it is no period, or lies before the first one asked for.
    """
    held = record(desk, "agreement_measure", measure)
    until = read_period(last) if last.strip() else None
    first = held.get("from_period")
    if until and first and until.last < read_period(str(first)).first:
        raise DeskError(f"{held['name']} is asked for from {first}; {until.code} comes before it.")
    after: dict[str, Value] = {"to_period": until.code if until else None}
    change = updated("agreement_measure", measure, held, after)
    words = f"asked for until {until.label}" if until else "asked for without end"
    return desk.apply(Action.EDIT, f"{held['name']}: {words}", [change]) if change else None
