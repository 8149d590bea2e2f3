"""Links between records: who links to whom, and which link would lead nowhere."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from sqlalchemy import Connection, select, text

from ctdesk.db.queries import among
from ctdesk.db.tables import LINKS, RECORDS
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


def linking(connection: Connection, target: str, uids: list[str]) -> Iterator[Link]:
    """Yield the links that lead to these records of a kind."""
    for kind, field in link_fields(target):
        table = LINKS[kind, field.name] if field.several else RECORDS[kind]
        record, value = (table.c.record, table.c.value) if field.several else (table.c.uid, table.c[field.name])
        for uid, linked in connection.execute(select(record, value).where(among(value, uids))):
            yield Link(kind, uid, field.name, linked)


def existing(connection: Connection, kind: str, uids: Iterable[str]) -> set[str]:
    """Return which of these records there are."""
    table = RECORDS[kind]
    return set(connection.execute(select(table.c.uid).where(among(table.c.uid, uids))).scalars())


def broken_link(connection: Connection) -> str:
    """Return a sentence about the first link that leads nowhere; empty if all hold."""
    found = connection.exec_driver_sql("PRAGMA foreign_key_check").first()
    if found is None:
        return ""
    table, rowid, target, number = found
    definition = DEFINITIONS.get(table)
    if definition is None or target not in DEFINITIONS:
        return f"A row of {table} belongs to a record that is not there, so nothing was saved: look at it again."
    listed = connection.exec_driver_sql(f'PRAGMA foreign_key_list("{table}")').all()
    field = definition[next(row[3] for row in listed if row[0] == number)]
    chosen = select(RECORDS[table].c[definition.title]).where(text("rowid = :rowid"))
    title = connection.execute(chosen, {"rowid": rowid}).scalar()
    return (
        f"{definition.label} “{title or 'without a name'}” would name under {field.label} something that is not"
        f" among the {DEFINITIONS[target].plural.lower()}, so nothing was saved: look at it again."
    )
