"""The history of one record, field by field, and taking back what a step did to one field."""

from dataclasses import dataclass
from datetime import datetime

from ctdesk.db import history
from ctdesk.db.history import ChangeSetLine
from ctdesk.domain.changes import Action, ChangeSet, Operation, RecordChange, updated
from ctdesk.domain.definition import DEFINITIONS
from ctdesk.domain.errors import DeskError
from ctdesk.domain.merge import compare
from ctdesk.services.desk import Desk
from ctdesk.services.faults import must_hold
from ctdesk.services.naming import called
from ctdesk.services.records import record


@dataclass(frozen=True, slots=True)
class FieldChange:
    """What one step did to one field of a record; without a field it is the making or deleting of the record.

    `can_undo` says that the field still holds what the step wrote.
    """

    change_set: str
    number: int
    when: datetime
    who: str
    title: str
    why: str
    field: str
    label: str
    old: str
    new: str
    can_undo: bool


def field_history(desk: Desk, kind: str, uid: str) -> list[FieldChange]:
    """Return every change of a record's fields, newest first."""
    steps = {line.number: line for line in history.change_sets(desk.workspace)}
    now = desk.load_some(kind, [uid]).get(uid, {})
    found = []
    for number, change in history.changes_to(desk.workspace, kind, uid):
        if change.operation is not Operation.UPDATE:
            found.append(_whole(steps[number], change))
            continue
        found += [
            _of_field(desk, steps[number], change, name, stands=now.get(name) == new and bool(now))
            for name, new in change.after.items()
        ]
    return found


def undo_field(desk: Desk, kind: str, uid: str, change_set: str, field: str) -> ChangeSet | None:
    """Give a field back what it held before a step; None if it holds that already.

    Raises DeskError if the step did not touch the field, or it has been changed again since.
    """
    line = history.find_change_set(desk.workspace, change_set)
    change = next((c for c in history.changes_of(desk.workspace, line.uid) if (c.kind, c.uid) == (kind, uid)), None)
    item = DEFINITIONS[kind][field]
    if change is None or change.operation is not Operation.UPDATE or field not in change.after:
        raise DeskError(f"Step {line.number} did not change {item.label} of this record; nothing was altered.")
    now = record(desk, kind, uid)
    comparison = compare([field], change.after, change.before, now)
    if comparison.conflicts:
        shown = desk.show(item, now.get(field)) or "empty"
        raise DeskError(f"{item.label} has been changed again since, to {shown}; take that back first.")
    must_hold(DEFINITIONS[kind], {**now, **comparison.take}, comparison.take)
    taken_back = updated(kind, uid, now, comparison.take)
    if taken_back is None:
        return None
    return desk.apply(Action.EDIT, f"Undo {item.label} of {called(desk, kind, now)}, step {line.number}", [taken_back])


def _of_field(desk: Desk, line: ChangeSetLine, change: RecordChange, name: str, *, stands: bool) -> FieldChange:
    item = DEFINITIONS[change.kind][name]
    old, new = change.before.get(name), change.after.get(name)
    return _entry(line, name, item.label, desk.show(item, old), desk.show(item, new), can_undo=stands)


def _whole(line: ChangeSetLine, change: RecordChange) -> FieldChange:
    made = change.operation is Operation.CREATE
    filled = len(change.after if made else change.before)
    words = f"{filled} fields filled"
    label = "Made" if made else "Deleted"
    return _entry(line, "", label, "" if made else words, words if made else "", can_undo=False)


def _entry(line: ChangeSetLine, field: str, label: str, old: str, new: str, *, can_undo: bool) -> FieldChange:
    return FieldChange(
        change_set=line.uid,
        number=line.number,
        when=line.when,
        who=line.who,
        title=line.title,
        why=line.why,
        field=field,
        label=label,
        old=old,
        new=new,
        can_undo=can_undo,
    )
