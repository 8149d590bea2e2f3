"""What was done, by whom, when and why; and what taking a step back would mean for records that moved on since."""

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from ctdesk.db.errors import reading_back
from ctdesk.db.links import existing, linking
from ctdesk.db.queries import load
from ctdesk.db.workspace import Workspace
from ctdesk.domain.changes import Action, Operation, RecordChange, created, deleted, updated
from ctdesk.domain.definition import RecordDefinition, Value, Values
from ctdesk.domain.errors import DeskError
from ctdesk.domain.merge import compare
from ctdesk.domain.records import DEFINITIONS
from ctdesk.domain.values import from_plain


@dataclass(frozen=True, slots=True)
class ChangeSetLine:
    """One saved step. `number` counts from 1; `undoes` and `undone_by` are uids of other steps.

    `undone_by` is empty again once that undo has itself been taken back.
    """

    uid: str
    number: int
    action: Action
    title: str
    who: str
    when: datetime
    why: str
    records: int
    undoes: str | None
    undone_by: str | None


@dataclass(frozen=True, slots=True)
class UndoConflict:
    """Something that cannot be taken back as it moved on since: `field` is None if it is the whole record.

    `was` stood before the step, `became` after it, `now` stands today; `reason` ends a sentence about it.
    """

    kind: str
    uid: str
    field: str | None
    was: Value
    became: Value
    now: Value
    reason: str


@dataclass(frozen=True, slots=True)
class UndoPlan:
    """What taking a step back would change, ready to be applied, and what it cannot."""

    changes: tuple[RecordChange, ...]
    conflicts: tuple[UndoConflict, ...]


_Plan = dict[tuple[str, str], RecordChange]


def change_sets(workspace: Workspace) -> list[ChangeSetLine]:
    """Return every saved step, newest first."""
    query = "SELECT uid, number, action, title, who, moment, why, records, undoes FROM change_set ORDER BY number DESC"
    with workspace.reading() as driver:
        rows = driver.execute(query).fetchall()
    with reading_back(workspace.path):
        return _lines(rows)


def _lines(newest_first: Iterable[tuple[Any, ...]]) -> list[ChangeSetLine]:
    undone_by: dict[str, str] = {}
    lines = []
    for uid, number, action, title, who, moment, why, records, undoes in newest_first:
        when = datetime.fromisoformat(moment)
        line = ChangeSetLine(
            uid, number, Action(action), title, who, when, why, records, undoes, undone_by=undone_by.get(uid)
        )
        if line.undoes is not None and line.undone_by is None:
            undone_by.setdefault(line.undoes, line.uid)
        lines.append(line)
    return lines


def find_change_set(workspace: Workspace, text: str) -> ChangeSetLine:
    """Return the step of that number or uid, or the only one whose uid begins so; DeskError otherwise."""
    wanted = text.strip().removeprefix("#").casefold()
    lines = change_sets(workspace)
    exact = [line for line in lines if wanted in {str(line.number), line.uid}]
    found = exact or [line for line in lines if wanted and line.uid.startswith(wanted)]
    if len(found) == 1:
        return found[0]
    what = "Several change sets begin with" if found else "There is no change set"
    raise DeskError(f"{what} “{text}” in {workspace.path}: `ctdesk history` lists them with their numbers.")


_CHANGE = "SELECT kind, record, operation, before, after, change_set FROM history"


def changes_of(workspace: Workspace, uid: str) -> tuple[RecordChange, ...]:
    """Return what a step did, in its order; nothing for an unknown uid."""
    query = f"{_CHANGE} WHERE change_set = (SELECT number FROM change_set WHERE uid = ?) ORDER BY sequence"  # noqa: S608 - texts of our own
    with workspace.reading() as driver:
        rows = driver.execute(query, (uid,)).fetchall()
    with reading_back(workspace.path):
        return tuple(_change(*row) for *row, _ in rows)


def changes_to(workspace: Workspace, kind: str, uid: str) -> list[tuple[int, RecordChange]]:
    """Return what was done to one record, newest first, each with the number of its step."""
    query = f"{_CHANGE} WHERE record = ? AND kind = ? ORDER BY change_set DESC, sequence DESC"
    with workspace.reading() as driver:
        rows = driver.execute(query, (uid, kind)).fetchall()
    with reading_back(workspace.path):
        return [(number, _change(*row)) for *row, number in rows]


def _change(kind: str, record: str, operation: str, before: str, after: str) -> RecordChange:
    definition = DEFINITIONS[kind]
    return RecordChange(kind, record, Operation(operation), decoded(definition, before), decoded(definition, after))


def decoded(definition: RecordDefinition, text: str) -> dict[str, Value]:
    """Return the values that the history keeps as JSON; fields that records no longer have are left out."""
    fields = definition.by_name
    return {name: from_plain(fields[name], plain) for name, plain in json.loads(text).items() if name in fields}


def plan_undo(workspace: Workspace, uid: str) -> UndoPlan:
    """Return what taking a step back would change and what it cannot, as records have moved on since."""
    changes = changes_of(workspace, uid)
    now = _now(workspace, changes)
    plan: _Plan = {}
    conflicts: list[UndoConflict] = []
    for change in changes:
        taken_back, against = _take_back(change, now[change.kind].get(change.uid))
        conflicts.extend(against)
        if taken_back is not None:
            plan[change.kind, change.uid] = taken_back
    conflicts.extend(_keep_links_whole(workspace, plan))
    return UndoPlan(tuple(plan.values()), tuple(conflicts))


def _now(workspace: Workspace, changes: tuple[RecordChange, ...]) -> Mapping[str, dict[str, dict[str, Value]]]:
    uids = defaultdict(list)
    for change in changes:
        uids[change.kind].append(change.uid)
    return {kind: load(workspace, kind, uids=concerned) for kind, concerned in uids.items()}


def _take_back(change: RecordChange, held: Values | None) -> tuple[RecordChange | None, list[UndoConflict]]:
    match change.operation:
        case Operation.CREATE:
            return _take_back_creation(change, held)
        case Operation.DELETE:
            return _take_back_deletion(change, held)
    if held is None:
        return None, [_whole(change, "it has been deleted since")]
    comparison = compare(change.after, base=change.after, theirs=change.before, ours=held)
    conflicts = [
        UndoConflict(change.kind, change.uid, it.field, it.theirs, it.base, it.ours, "it has been changed since")
        for it in comparison.conflicts
    ]
    return updated(change.kind, change.uid, held, comparison.take), conflicts


def _take_back_creation(change: RecordChange, held: Values | None) -> tuple[RecordChange | None, list[UndoConflict]]:
    if held is None:
        return None, []
    conflicts = [
        UndoConflict(change.kind, change.uid, name, None, made, held[name], "it has been changed since")
        for name, made in _all_fields(change.kind, change.after).items()
        if held[name] != made
    ]
    return (None, conflicts) if conflicts else (deleted(change.kind, change.uid, held), [])


def _take_back_deletion(change: RecordChange, held: Values | None) -> tuple[RecordChange | None, list[UndoConflict]]:
    if held is None and not change.before:
        return None, [_whole(change, "it has been removed for good")]
    if held is None:
        return created(change.kind, change.before, change.uid), []
    same = held == _all_fields(change.kind, change.before)
    return None, [] if same else [_whole(change, "it has been made again since")]


def _all_fields(kind: str, values: Values) -> dict[str, Value]:
    return {it.name: values.get(it.name, () if it.several else None) for it in DEFINITIONS[kind].fields}


def _whole(change: RecordChange, reason: str) -> UndoConflict:
    return UndoConflict(change.kind, change.uid, None, None, None, None, reason)


def _keep_links_whole(workspace: Workspace, plan: _Plan) -> list[UndoConflict]:
    """Take out of the plan what would leave a link that leads nowhere, until none is left; return why."""
    conflicts: list[UndoConflict] = []
    while blocked := [*_still_linked_to(workspace, plan), *_linking_nowhere(workspace, plan)]:
        for conflict in blocked:
            _strike_out(plan, conflict)
        conflicts.extend(blocked)
    return conflicts


def _strike_out(plan: _Plan, conflict: UndoConflict) -> None:
    change = plan.pop((conflict.kind, conflict.uid), None)
    if change is None or conflict.field is None:
        return
    after = {name: value for name, value in change.after.items() if name != conflict.field}
    if after:
        before = {name: change.before[name] for name in after}
        plan[change.kind, change.uid] = replace(change, before=before, after=after)


def _still_linked_to(workspace: Workspace, plan: _Plan) -> Iterator[UndoConflict]:
    """Yield the planned deletions of records to which something will still link."""
    for kind in DEFINITIONS:
        gone = [uid for (planned, uid), it in plan.items() if planned == kind and it.operation is Operation.DELETE]
        if not gone:
            continue
        with workspace.reading() as driver:
            links = [it for it in linking(driver, kind, gone) if _will_hold(plan, it.kind, it.uid, it.field)]
        for uid in sorted({link.target for link in links}):
            count = len({link.uid for link in links if link.target == uid})
            reason = f"{count} {'record links' if count == 1 else 'records link'} to it now"
            yield _whole(plan[kind, uid], reason)


def _will_hold(plan: _Plan, kind: str, uid: str, field: str) -> bool:
    """Whether a link that stands today will still stand once the plan is applied."""
    change = plan.get((kind, uid))
    return change is None or (change.operation is Operation.UPDATE and field not in change.after)


def _linking_nowhere(workspace: Workspace, plan: _Plan) -> Iterator[UndoConflict]:
    """Yield the planned values that link to a record that will not be there."""
    wanted = [(change, name, target) for change in plan.values() for name, target in _targets(change)]
    there = _will_be_there(workspace, plan, {target for _, _, target in wanted})
    for change, name, (kind, target) in wanted:
        if (kind, target) not in there:
            label = DEFINITIONS[kind].label
            reason = f"the {label.lower()} it was linked to is no longer there"
            if change.operation is Operation.CREATE:
                yield _whole(change, reason)
            else:
                now = change.before[name]
                yield UndoConflict(change.kind, change.uid, name, target, now, now, reason)


def _targets(change: RecordChange) -> Iterator[tuple[str, tuple[str, str]]]:
    for name, value in change.after.items():
        field = DEFINITIONS[change.kind][name]
        if field.target is not None and value is not None:
            for target in value if isinstance(value, tuple) else (str(value),):
                yield name, (field.target, target)


def _will_be_there(workspace: Workspace, plan: _Plan, targets: set[tuple[str, str]]) -> set[tuple[str, str]]:
    kinds = {kind for kind, _ in targets}
    with workspace.reading() as driver:
        found = {
            (kind, uid)
            for kind in kinds
            for uid in existing(driver, kind, [uid for wanted, uid in targets if wanted == kind])
        }
    made = {key for key, change in plan.items() if change.operation is Operation.CREATE}
    return (found | made) - {key for key, change in plan.items() if change.operation is Operation.DELETE}
