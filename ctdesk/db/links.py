"""Links between records: who links to whom, and which link would lead nowhere."""

import sqlite3
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from ctdesk.db.conditions import AMONG, listed
from ctdesk.db.stored import link_table
from ctdesk.domain.definition import Field
from ctdesk.domain.records import DEFINITIONS


@dataclass(frozen=True, slots=True)
class Link:
    """One link from a record's field to another record."""

    kind: str
    uid: str
    field: str
    target: str


def link_fields(target: str | None = None) -> Iterator[tuple[str, Field]]:
    """Yield every field that links to a kind of record (to any kind if none is named), with its own kind."""
    for kind, definition in DEFINITIONS.items():
        for field in definition.fields:
            if field.target is not None and target in {None, field.target}:
                yield kind, field


def linking(driver: sqlite3.Connection, target: str, uids: list[str]) -> Iterator[Link]:
    """Yield the links that lead to these records of a kind."""
    for kind, field in link_fields(target):
        record, value = ("record", "value") if field.several else ("uid", f'"{field.name}"')
        table = link_table(kind, field) if field.several else f'"{kind}"'
        query = f"SELECT {record}, {value} FROM {table} WHERE {value} {AMONG}"  # noqa: S608 - names of our own definitions
        for uid, linked in driver.execute(query, (listed(uids),)):
            yield Link(kind, uid, field.name, linked)


def existing(driver: sqlite3.Connection, kind: str, uids: Iterable[str]) -> set[str]:
    """Return which of these records there are."""
    query = f'SELECT uid FROM "{kind}" WHERE uid {AMONG}'  # noqa: S608 - as above
    return {uid for (uid,) in driver.execute(query, (listed(uids),))}


def broken_link(driver: sqlite3.Connection) -> str:
    """Return a sentence about the first link that leads nowhere; empty if all hold."""
    found = driver.execute("PRAGMA foreign_key_check").fetchone()
    if found is None:
        return ""
    table, rowid, target, number = found
    definition = DEFINITIONS.get(table)
    if definition is None or target not in DEFINITIONS:
        return f"A row of {table} belongs to a record that is not there, so nothing was saved: look at it again."
    keys = driver.execute(f'PRAGMA foreign_key_list("{table}")')
    field = definition[next(row[3] for row in keys if row[0] == number)]
    query = f'SELECT "{definition.title}" FROM "{table}" WHERE rowid = ?'  # noqa: S608 - as above
    (title,) = driver.execute(query, (rowid,)).fetchone()
    return (
        f"{definition.label} “{title or 'without a name'}” would name under {field.label} something that is not"
        f" among the {DEFINITIONS[target].plural.lower()}, so nothing was saved: look at it again."
    )
