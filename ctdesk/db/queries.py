"""Reading a workspace: records as plain values or dataclasses, lists, names, settings, kept files."""

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, TypeVar

from sqlalchemy import ColumnElement, Connection, Select, exists, false, func, or_, select

from ctdesk.db.errors import reading_back
from ctdesk.db.stored import restorer, several, storer
from ctdesk.db.tables import FILE_CONTENT, LINKS, RECORDS
from ctdesk.db.workspace import Workspace
from ctdesk.domain.definition import Field, RecordDefinition, Value
from ctdesk.domain.errors import DeskError
from ctdesk.domain.lists import Entry, ReferenceLists
from ctdesk.domain.names import NameIndex
from ctdesk.domain.records import DEFINITIONS, ListEntry, Organisation, Setting

_Record = TypeVar("_Record")


def load(
    workspace: Workspace,
    kind: str,
    *,
    uids: Iterable[str] | None = None,
    where: Mapping[str, Value] | None = None,
    fields: Iterable[str] | None = None,
) -> dict[str, dict[str, Value]]:
    """Return the records of a kind as uid -> values of all fields, or of those named, oldest first.

    `uids` and `where` narrow them: a field must hold that value, or nothing if it is None; one that holds
    several must hold all of those given.
    """
    definition = DEFINITIONS[kind]
    wanted = definition.fields if fields is None else [definition[name] for name in fields]
    conditions = _conditions(definition, uids, where or {})
    with workspace.reading() as connection, reading_back(workspace.path):
        found = _single_values(connection, kind, wanted, conditions)
        _add_several(connection, kind, wanted, conditions, found)
    return found


def incomplete(workspace: Workspace, kind: str) -> list[str]:
    """Return the records of a kind that lack a required value, oldest first."""
    definition = DEFINITIONS[kind]
    lacking = [condition for field in definition.fields if field.required for condition in _holds(kind, field, None)]
    uid = RECORDS[kind].c.uid
    with workspace.reading() as connection:
        return list(connection.execute(select(uid).where(or_(false(), *lacking)).order_by(uid)).scalars())


def records(
    workspace: Workspace,
    record_class: type[_Record],
    *,
    uids: Iterable[str] | None = None,
    where: Mapping[str, Value] | None = None,
) -> list[_Record]:
    """Return the records of a class, oldest first, narrowed as by `load`."""
    kind = next(kind for kind, definition in DEFINITIONS.items() if definition.record is record_class)
    make: Any = record_class
    return [make(uid=uid, **values) for uid, values in load(workspace, kind, uids=uids, where=where).items()]


def reference_lists(workspace: Workspace) -> ReferenceLists:
    """Return the workspace's lists, each in the order of its positions."""
    lists: dict[str, list[Entry]] = defaultdict(list)
    entries = records(workspace, ListEntry)
    for entry in sorted(entries, key=lambda entry: (entry.position is None, entry.position or 0)):
        lists[entry.list or ""].append(_entry(entry))
    return ReferenceLists(lists)


def names(workspace: Workspace) -> dict[str, NameIndex]:
    """Return what organisations, teams, activities and rounds are known by, for reading and showing links."""
    return {
        "organisation": NameIndex(
            (it.uid, it.name or "", _spellings(it.short_name, it.aliases)) for it in records(workspace, Organisation)
        ),
        "team": _by_title(workspace, "team"),
        "round": _by_title(workspace, "round"),
        "activity": _by_reference(workspace),
    }


def settings(workspace: Workspace) -> dict[str, str]:
    """Return the team's settings by name."""
    return {setting.name or "": setting.value or "" for setting in records(workspace, Setting)}


def file_bytes(workspace: Workspace, fingerprint: str) -> bytes:
    """Return the bytes of a kept file by its SHA-256; DeskError if the workspace does not hold them."""
    wanted = select(FILE_CONTENT.c.bytes).where(FILE_CONTENT.c.sha256 == fingerprint)
    with workspace.reading() as connection:
        found = connection.execute(wanted).scalar()
    if found is None:
        raise DeskError(f"{workspace.path} has lost a file it kept ({fingerprint[:12]}…): bring back a backup.")
    return bytes(found)


def among(column: ColumnElement[Any], values: Iterable[str]) -> ColumnElement[bool]:
    """Return the condition that a column holds one of these texts, however many."""
    # One JSON text is one parameter, where a list would pass SQLite's limit on their number.
    each = func.json_each(json.dumps(list(values))).table_valued("value")
    return column.in_(select(each.c.value))


def _conditions(
    definition: RecordDefinition, uids: Iterable[str] | None, where: Mapping[str, Value]
) -> list[ColumnElement[bool]]:
    conditions = [] if uids is None else [among(RECORDS[definition.kind].c.uid, uids)]
    for name, value in where.items():
        conditions.extend(_holds(definition.kind, definition[name], value))
    return conditions


def _holds(kind: str, field: Field, value: Value) -> Iterable[ColumnElement[bool]]:
    table = RECORDS[kind]
    if not field.several:
        return [table.c[field.name].is_not_distinct_from(storer(field)(value))]
    link = LINKS[kind, field.name]
    if not value:
        return [~exists().where(link.c.record == table.c.uid)]
    return [exists().where(link.c.record == table.c.uid, link.c.value == one) for one in several(field, value)]


def _single_values(
    connection: Connection, kind: str, fields: Sequence[Field], conditions: list[ColumnElement[bool]]
) -> dict[str, dict[str, Value]]:
    table = RECORDS[kind]
    single = [field for field in fields if not field.several]
    names = [field.name for field in single]
    chosen = select(table.c.uid, *(table.c[name] for name in names)).where(*conditions).order_by(table.c.uid)
    rows = connection.execute(chosen).all()
    if not rows:
        return {}
    # Column by column: a function called for every single value would take longer than the database does.
    uids, *columns = zip(*rows, strict=True)
    restored = map(_restored, single, columns)
    return {uid: dict(zip(names, values, strict=True)) for uid, *values in zip(uids, *restored, strict=True)}


def _restored(field: Field, column: Sequence[Any]) -> Sequence[Value]:
    restore = restorer(field)
    return column if restore is None else [value if value is None else restore(value) for value in column]


def _add_several(
    connection: Connection,
    kind: str,
    fields: Sequence[Field],
    conditions: list[ColumnElement[bool]],
    found: dict[str, dict[str, Value]],
) -> None:
    for field in fields:
        if field.several:
            held: dict[str, tuple[str, ...]] = {}
            for record, value in connection.execute(_several_of(kind, field, conditions)):
                held[record] = (*held.get(record, ()), value)
            for uid, values in found.items():
                values[field.name] = held.get(uid, ())


def _several_of(kind: str, field: Field, conditions: list[ColumnElement[bool]]) -> Select[Any]:
    link, table = LINKS[kind, field.name], RECORDS[kind]
    chosen = select(link.c.record, link.c.value).order_by(link.c.record, link.c.value)
    return chosen.where(link.c.record.in_(select(table.c.uid).where(*conditions))) if conditions else chosen


def _entry(entry: ListEntry) -> Entry:
    return Entry(entry.code or "", entry.label or "", entry.short or "", _spellings(entry.aliases), bool(entry.retired))


def _by_title(workspace: Workspace, kind: str) -> NameIndex:
    title = DEFINITIONS[kind].title
    return NameIndex((uid, str(values[title] or ""), ()) for uid, values in load(workspace, kind).items())


def _by_reference(workspace: Workspace) -> NameIndex:
    activity = RECORDS["activity"].c
    with workspace.reading() as connection:
        rows = connection.execute(select(activity.uid, activity.reference, activity.title).order_by(activity.uid)).all()
    return NameIndex((uid, reference or title or "", (title,) if title else ()) for uid, reference, title in rows)


def _spellings(*texts: str | None) -> tuple[str, ...]:
    return tuple(piece.strip() for text in texts for piece in (text or "").split(";") if piece.strip())
