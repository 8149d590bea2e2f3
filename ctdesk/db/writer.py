"""The one door: a change set is applied whole, in one transaction, or not at all.

In that transaction stand the check that every *before* still holds, the rows, their several values, the history,
the search index and the bytes of files that came with it.
"""

import hashlib
import json
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import UTC
from sqlite3 import Connection
from typing import Any

from ctdesk.db.conditions import AMONG, listed
from ctdesk.db.queries import load
from ctdesk.db.seal import SEALED, seal
from ctdesk.db.search import refresh
from ctdesk.db.stored import link_table, several, storer
from ctdesk.db.workspace import Workspace
from ctdesk.domain.changes import ChangeSet, Operation, RecordChange
from ctdesk.domain.definition import RecordDefinition, Values
from ctdesk.domain.errors import DeskError
from ctdesk.domain.records import DEFINITIONS
from ctdesk.domain.values import to_plain

_JSON = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), default=to_plain)


class StaleChange(DeskError):
    """A *before* no longer holds; `field` is None if the whole record came or went meanwhile."""

    def __init__(self, change: RecordChange, title: str, field: str | None) -> None:
        self.kind, self.uid, self.field = change.kind, change.uid, field
        definition = DEFINITIONS[change.kind]
        what = f"its {definition[field].label} is no longer what it was" if field else _CAME_OR_WENT[change.operation]
        super().__init__(
            f"{definition.label} “{title}” has changed meanwhile ({what}), so nothing was saved:"
            " look at it again and repeat what you did."
        )


_CAME_OR_WENT = {
    Operation.CREATE: "it is there already",
    Operation.UPDATE: "it is gone",
    Operation.DELETE: "it is gone",
}


def apply(
    workspace: Workspace,
    change_set: ChangeSet,
    *,
    backup_first: bool = False,
    also: Callable[[Connection], None] | None = None,
) -> None:
    """Apply a change set, keeping a backup before it if asked; `also` is done last, in the same transaction.

    Raises StaleChange if the workspace has moved on, BrokenLink if a link would lead nowhere, and the errors of
    `ctdesk.db.errors` for what goes wrong with the file; ValueError and TypeError are the caller's mistakes.
    """
    if backup_first:
        from ctdesk.db.backup import ensure_backup

        ensure_backup(workspace)
    by_kind = _by_kind(change_set.changes)
    with workspace.writing() as driver:
        for changes in by_kind.values():
            _refuse_stale(workspace, changes)
        for kind, changes in by_kind.items():
            _write_records(driver, DEFINITIONS[kind], changes)
            refresh(driver, DEFINITIONS[kind], changes)
        _write_history(driver, change_set)
        _keep_files(driver, change_set.files)
        if also is not None:
            also(driver)


def _by_kind(changes: Iterable[RecordChange]) -> dict[str, list[RecordChange]]:
    by_kind: dict[str, list[RecordChange]] = defaultdict(list)
    seen: set[tuple[str, str]] = set()
    for change in changes:
        if (change.kind, change.uid) in seen:
            raise ValueError(f"A change set changes each record once, but {change.kind} {change.uid} occurs twice.")
        seen.add((change.kind, change.uid))
        by_kind[change.kind].append(change)
    return by_kind


def _refuse_stale(workspace: Workspace, changes: list[RecordChange]) -> None:
    definition = DEFINITIONS[changes[0].kind]
    now = load(workspace, definition.kind, uids=[change.uid for change in changes])
    for change in changes:
        held = now.get(change.uid)
        if (held is None) != (change.operation is Operation.CREATE):
            raise StaleChange(change, _title(definition, held or change.before or change.after), None)
        if held is not None and (field := _differing(definition, change, held)) is not None:
            raise StaleChange(change, _title(definition, held), field)


def _differing(definition: RecordDefinition, change: RecordChange, held: Values) -> str | None:
    """Return the first field whose *before* does not hold; a deletion's covers all fields."""
    names = definition.by_name if change.operation is Operation.DELETE else change.before
    for name in names:
        before = change.before.get(name)
        if held[name] != before and not (held[name] == () and before is None):
            return name
    return None


def _title(definition: RecordDefinition, values: Values) -> str:
    return str(values.get(definition.title) or values.get(definition.reference) or "without a name")


def _write_records(driver: Connection, definition: RecordDefinition, changes: list[RecordChange]) -> None:
    gone = [change.uid for change in changes if change.operation is Operation.DELETE]
    new = [change for change in changes if change.operation is Operation.CREATE]
    _delete(driver, definition, gone)
    _insert(driver, definition, new)
    _update(driver, definition, [change for change in changes if change.operation is Operation.UPDATE])


def _delete(driver: Connection, definition: RecordDefinition, uids: list[str]) -> None:
    if not uids:
        return
    for field in definition.fields:
        if field.several:
            _delete_several(driver, link_table(definition.kind, field), uids)
    driver.execute(f'DELETE FROM "{definition.kind}" WHERE uid {AMONG}', (listed(uids),))  # noqa: S608 - names of our own definitions


def _delete_several(driver: Connection, link: str, uids: Iterable[str]) -> None:
    driver.execute(f"DELETE FROM {link} WHERE record {AMONG}", (listed(uids),))  # noqa: S608 - as above


def _insert(driver: Connection, definition: RecordDefinition, changes: list[RecordChange]) -> None:
    _refuse_unknown_fields(definition, changes)
    single = [field for field in definition.fields if not field.several]
    stores = [(field.name, storer(field)) for field in single]
    rows = [(change.uid, *(store(change.after.get(name)) for name, store in stores)) for change in changes]
    _insert_many(driver, f'"{definition.kind}"', ("uid", *(field.name for field in single)), rows)
    for field in definition.fields:
        if field.several:
            _insert_several(driver, definition, field.name, changes)


def _update(driver: Connection, definition: RecordDefinition, changes: list[RecordChange]) -> None:
    _refuse_unknown_fields(definition, changes)
    same_fields: dict[tuple[str, ...], list[RecordChange]] = defaultdict(list)
    several_fields: dict[str, list[RecordChange]] = defaultdict(list)
    for change in changes:
        same_fields[tuple(name for name in sorted(change.after) if not definition[name].several)].append(change)
        for name in change.after:
            if definition[name].several:
                several_fields[name].append(change)
    for names, group in same_fields.items():
        _update_fields(driver, definition, names, group)
    for name, group in several_fields.items():
        _delete_several(driver, link_table(definition.kind, definition[name]), [change.uid for change in group])
        _insert_several(driver, definition, name, group)


def _update_fields(
    driver: Connection, definition: RecordDefinition, names: tuple[str, ...], changes: list[RecordChange]
) -> None:
    if not names:
        return
    stores = [(name, storer(definition[name])) for name in names]
    rows = [(*(store(change.after[name]) for name, store in stores), change.uid) for change in changes]
    assigned = ", ".join(f'"{name}" = ?' for name in names)
    driver.executemany(f'UPDATE "{definition.kind}" SET {assigned} WHERE uid = ?', rows)  # noqa: S608 - as above


def _insert_several(driver: Connection, definition: RecordDefinition, name: str, changes: list[RecordChange]) -> None:
    field = definition[name]
    rows = [(change.uid, value) for change in changes for value in several(field, change.after.get(name))]
    _insert_many(driver, link_table(definition.kind, field), ("record", "value"), rows)


def _refuse_unknown_fields(definition: RecordDefinition, changes: list[RecordChange]) -> None:
    known = definition.by_name.keys()
    for change in changes:
        if not change.after.keys() <= known:
            raise ValueError(f"{definition.label} has no field {', '.join(sorted(change.after.keys() - known))}.")


def _write_history(driver: Connection, change_set: ChangeSet) -> None:
    (number,) = driver.execute("SELECT coalesce(max(number), 0) + 1 FROM change_set").fetchone()
    step = {
        "number": number,
        "uid": change_set.uid,
        "action": str(change_set.action),
        "title": change_set.title,
        "who": change_set.who,
        "moment": change_set.when.astimezone(UTC).isoformat(),
        "why": change_set.why,
        "records": len(change_set.changes),
        "undoes": change_set.undoes,
    }
    sealed = step | {"seal": seal(step[name] for name in SEALED)}
    _insert_many(driver, "change_set", sealed, [tuple(sealed.values())])
    encode = _JSON.encode
    rows = [
        (number, sequence, it.kind, it.uid, str(it.operation), encode(dict(it.before)), encode(dict(it.after)))
        for sequence, it in enumerate(change_set.changes, 1)
    ]
    columns = ("change_set", "sequence", "kind", "record", "operation", "before", "after")
    _insert_many(driver, "history", columns, rows)


def _keep_files(driver: Connection, files: Mapping[str, bytes]) -> None:
    for fingerprint, content in files.items():
        if hashlib.sha256(content).hexdigest() != fingerprint:
            raise ValueError(f"A file that came with the change set does not have the fingerprint {fingerprint}.")
    driver.executemany("INSERT OR IGNORE INTO file_content (sha256, bytes) VALUES (?, ?)", files.items())


def _insert_many(driver: Connection, table: str, columns: Iterable[str], rows: Sequence[tuple[Any, ...]]) -> None:
    named = [f'"{column}"' for column in columns]
    query = f"INSERT INTO {table} ({', '.join(named)}) VALUES ({', '.join('?' * len(named))})"  # noqa: S608 - as above
    driver.executemany(query, rows)
