"""Reading a workspace: records as plain values or dataclasses, lists, names, settings, kept files."""

import sqlite3
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import Any, TypeVar

from ctdesk.db.conditions import Condition, condition
from ctdesk.db.errors import reading_back
from ctdesk.db.stored import link_table, restorer
from ctdesk.db.workspace import Workspace
from ctdesk.domain.dates import date_text
from ctdesk.domain.definition import Field, Value
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
    since: Mapping[str, date] | None = None,
    fields: Iterable[str] | None = None,
) -> dict[str, dict[str, Value]]:
    """Return the records of a kind as uid -> values of all fields, or of those named, oldest first.

    `uids`, `where` and `since` narrow them: a field must hold that value, or nothing if it is None; one that holds
    several must hold all of those given; a date must be that day or later.
    """
    definition = DEFINITIONS[kind]
    wanted = definition.fields if fields is None else [definition[name] for name in fields]
    narrowed = condition(definition, uids, where or {}, since or {})
    with workspace.reading() as driver, reading_back(workspace.path):
        found = _single_values(driver, kind, wanted, narrowed)
        _add_several(driver, kind, wanted, narrowed, found)
    return found


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
    """Return what organisations, teams, activities, agreements, reviews and rounds are known by, for their links."""
    agreements = _by_reference(workspace, "agreement")
    return {
        "organisation": NameIndex(
            (it.uid, it.name or "", _spellings(it.short_name, it.aliases)) for it in records(workspace, Organisation)
        ),
        "team": _by_title(workspace, "team"),
        "round": _by_title(workspace, "round"),
        "activity": _by_reference(workspace, "activity"),
        "agreement": agreements,
        "review": NameIndex(_reviews(workspace, agreements)),
    }


def settings(workspace: Workspace) -> dict[str, str]:
    """Return the team's settings by name."""
    return {setting.name or "": setting.value or "" for setting in records(workspace, Setting)}


def file_bytes(workspace: Workspace, fingerprint: str) -> bytes:
    """Return the bytes of a kept file by its SHA-256; DeskError if the workspace does not hold them."""
    with workspace.reading() as driver:
        found = driver.execute("SELECT bytes FROM file_content WHERE sha256 = ?", (fingerprint,)).fetchone()
    if found is None:
        raise DeskError(f"{workspace.path} has lost a file it kept ({fingerprint[:12]}…): bring back a backup.")
    return bytes(found[0])


def _single_values(
    driver: sqlite3.Connection, kind: str, fields: Sequence[Field], narrowed: Condition
) -> dict[str, dict[str, Value]]:
    single = [field for field in fields if not field.several]
    names = [field.name for field in single]
    chosen = ", ".join(["uid", *(f'"{name}"' for name in names)])
    query = f'SELECT {chosen} FROM "{kind}"{narrowed.text} ORDER BY uid'  # noqa: S608 - names of our own definitions
    rows = driver.execute(query, narrowed.values).fetchall()
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
    driver: sqlite3.Connection,
    kind: str,
    fields: Sequence[Field],
    narrowed: Condition,
    found: dict[str, dict[str, Value]],
) -> None:
    for field in fields:
        if field.several:
            held: dict[str, tuple[str, ...]] = {}
            for record, value in driver.execute(_several_of(kind, field, narrowed), narrowed.values):
                held[record] = (*held.get(record, ()), value)
            for uid, values in found.items():
                values[field.name] = held.get(uid, ())


def _several_of(kind: str, field: Field, narrowed: Condition) -> str:
    wanted = f' WHERE record IN (SELECT uid FROM "{kind}"{narrowed.text})' if narrowed.text else ""  # noqa: S608 - as above
    return f"SELECT record, value FROM {link_table(kind, field)}{wanted} ORDER BY record, value"  # noqa: S608 - as above


def _entry(entry: ListEntry) -> Entry:
    return Entry(entry.code or "", entry.label or "", entry.short or "", _spellings(entry.aliases), bool(entry.retired))


def _by_title(workspace: Workspace, kind: str) -> NameIndex:
    title = DEFINITIONS[kind].title
    return NameIndex((uid, str(values[title] or ""), ()) for uid, values in load(workspace, kind).items())


def _by_reference(workspace: Workspace, kind: str) -> NameIndex:
    query = f'SELECT uid, reference, title FROM "{kind}" ORDER BY uid'  # noqa: S608 - names of our own definitions
    with workspace.reading() as driver:
        rows = driver.execute(query).fetchall()
    return NameIndex((uid, reference or title or "", (title,) if title else ()) for uid, reference, title in rows)


def _reviews(workspace: Workspace, agreements: NameIndex) -> Iterator[tuple[str, str, tuple[str, ...]]]:
    """Yield reviews under their agreement and day, a second one of a day with its number; found by uid too."""
    times: dict[str, int] = defaultdict(int)
    for uid, values in load(workspace, "review", fields=("agreement", "held_on")).items():
        held_on = values["held_on"]
        name = f"{agreements.name(str(values['agreement']))}, {date_text(held_on) if isinstance(held_on, date) else ''}"
        times[name] += 1
        yield uid, name if times[name] == 1 else f"{name} ({times[name]})", (uid,)


def _spellings(*texts: str | None) -> tuple[str, ...]:
    return tuple(piece.strip() for text in texts for piece in (text or "").split(";") if piece.strip())
