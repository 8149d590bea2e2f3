"""One step of the history in full: what it did to which record, and what an undo of it had to leave."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from ctdesk.db import history
from ctdesk.db.history import UndoConflict
from ctdesk.domain.changes import Operation, RecordChange
from ctdesk.domain.definition import DEFINITIONS, Field, Value, Values
from ctdesk.domain.names import NameIndex
from ctdesk.domain.values import show
from ctdesk.services.desk import Desk
from ctdesk.services.naming import title_of, with_names

MOST = 300
"""How many records of a step are told one by one; an adoption may hold thousands."""

_DONE = {Operation.CREATE: "made", Operation.UPDATE: "changed", Operation.DELETE: "deleted"}


@dataclass(frozen=True, slots=True)
class StepField:
    """One field of a record: what stood there before and after, in words."""

    label: str
    old: str
    new: str


@dataclass(frozen=True, slots=True)
class StepRecord:
    """What a step did to one record: `done` is made, changed or deleted; `there` says whether it exists today."""

    kind: str
    kind_label: str
    uid: str
    called: str
    done: str
    there: bool
    fields: tuple[StepField, ...]


@dataclass(frozen=True, slots=True)
class StepDetail:
    """The records of a step, at most MOST of them, and how many more there are."""

    records: tuple[StepRecord, ...]
    more: int


def step_detail(desk: Desk, change_set: str) -> StepDetail:
    """Return what a step did, record by record in its order; nothing for an unknown uid."""
    changes = history.changes_of(desk.workspace, change_set)
    told = changes[:MOST]
    held = {kind: desk.load_some(kind, [it.uid for it in told if it.kind == kind]) for kind in {it.kind for it in told}}
    names = with_names(desk, {f.target for kind in held for f in DEFINITIONS[kind].fields if f.target})
    records = tuple(_record(desk, it, held[it.kind].get(it.uid), names) for it in told)
    return StepDetail(records, max(0, len(changes) - MOST))


def left_alone(desk: Desk, conflicts: Iterable[UndoConflict]) -> list[str]:
    """Return, in a sentence each, what an undo could not take back and why."""
    return [_left_alone(desk, conflict) for conflict in conflicts]


def _record(
    desk: Desk, change: RecordChange, held: dict[str, Value] | None, names: Mapping[str, NameIndex]
) -> StepRecord:
    definition = DEFINITIONS[change.kind]

    def told(field: Field, side: Values) -> str:
        return show(field, side.get(field.name), desk.lists, names)

    fields = tuple(
        StepField(it.label, told(it, change.before), told(it, change.after))
        for it in definition.fields
        if it.name in change.before or it.name in change.after
    )
    name = title_of(desk, change.kind, held or {**change.before, **change.after})
    return StepRecord(
        change.kind, definition.label, change.uid, name, _DONE[change.operation], held is not None, fields
    )


def _left_alone(desk: Desk, conflict: UndoConflict) -> str:
    definition = DEFINITIONS[conflict.kind]
    held = desk.load_some(conflict.kind, [conflict.uid]).get(conflict.uid)
    name = title_of(desk, conflict.kind, held) if held else "a record that is gone"
    if conflict.field is None:
        return f"{definition.label} {name} stays: {conflict.reason}."
    field = definition[conflict.field]
    now = desk.show(field, conflict.now) or "blank"
    return f"{field.label} of {definition.label.lower()} {name} stays {now}: {conflict.reason}."
