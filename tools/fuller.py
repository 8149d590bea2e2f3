"""Makes a workspace full: the demonstration borough many times over, with long names and large sums."""

import shutil
from collections.abc import Collection, Iterator, Mapping
from pathlib import Path

from ctdesk.domain.changes import Action, RecordChange, created
from ctdesk.domain.definition import DEFINITIONS, Field, Kind, Value
from ctdesk.services.desk import at_desk

TIMES = 12
_LONG = " for children, young people and their parents and carers in every part of the borough, evenings and weekends"
_KINDS = ("activity", "post", "agreement")


def make_full(demo: Path, full: Path) -> None:
    """Copy a workspace and add each of its activities, posts and agreements many times over."""
    shutil.copyfile(demo, full)
    with at_desk(full) as desk:
        held = {kind: desk.load(kind).values() for kind in _KINDS}
        desk.apply(Action.EDIT, "Fill the workspace", list(_more(held)))


def _more(held: Mapping[str, Collection[Mapping[str, Value]]]) -> Iterator[RecordChange]:
    for kind, records in held.items():
        fields = DEFINITIONS[kind].fields
        for number in range(TIMES):
            for values in records:
                yield created(kind, {field.name: _larger(field, values[field.name], number) for field in fields})


def _larger(field: Field, value: Value, number: int) -> Value:
    if value is None:
        return None
    if field.kind is Kind.CODE:
        return f"{value}-{number}"
    if field.kind is Kind.MONEY:
        return min(int(str(value)) * (number + 1), field.maximum or 0)
    return f"{value}{_LONG}" if field.name == "title" and number % 2 else value
