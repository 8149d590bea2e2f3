"""The full-text index of titles and texts of every kind, kept in step within the writer's own transaction."""

import sqlite3
from collections.abc import Iterable

from ctdesk.db.conditions import AMONG, listed
from ctdesk.domain.changes import Operation, RecordChange
from ctdesk.domain.definition import FREE_TEXT, Field, Kind, RecordDefinition
from ctdesk.domain.records import DEFINITIONS

_SEARCHED = FREE_TEXT | {Kind.CODE, Kind.EMAIL}
_DESKS_OWN = frozenset({"list_entry", "setting", "saved_view"})


def searched_kinds() -> list[RecordDefinition]:
    """Return the kinds of record that people look for by their words."""
    return [it for kind, it in DEFINITIONS.items() if kind not in _DESKS_OWN and searched_fields(it)]


def searched_fields(definition: RecordDefinition) -> list[Field]:
    """Return the fields whose words are found, the title first if it is one of them."""
    fields = [field for field in definition.fields if field.kind in _SEARCHED]
    return sorted(fields, key=lambda field: field.name != definition.title)


def refresh(driver: sqlite3.Connection, definition: RecordDefinition, changes: Iterable[RecordChange]) -> None:
    """Bring the index in step with changes to one kind of record that have just been written."""
    if definition not in searched_kinds():
        return
    words = {field.name for field in searched_fields(definition)}
    touched = [it for it in changes if it.operation is not Operation.UPDATE or not words.isdisjoint(it.after)]
    _forget(driver, definition.kind, [it.uid for it in touched if it.operation is not Operation.CREATE])
    _enter(driver, definition, [it.uid for it in touched if it.operation is not Operation.DELETE])


def rebuild(driver: sqlite3.Connection) -> None:
    """Fill the index afresh: what is searched of a record may be more than it was in an older form of the file."""
    driver.execute("DELETE FROM search_index")
    driver.execute("DELETE FROM search_entry")
    for definition in searched_kinds():
        uids = driver.execute(f'SELECT uid FROM "{definition.kind}" ORDER BY uid')  # noqa: S608 - names of our own definitions
        _enter(driver, definition, [uid for (uid,) in uids.fetchall()])


def indexed_words(definition: RecordDefinition) -> str:
    """Return the query for what the index should hold of a kind after the entry of an id: entry id, title, body."""
    kind = definition.kind
    return (
        f"SELECT search_entry.id, {_title(definition)}, {_body(definition)}"  # noqa: S608 - names of our own definitions
        f' FROM search_entry JOIN "{kind}" ON "{kind}".uid = search_entry.uid'
        f" WHERE search_entry.kind = '{kind}' AND search_entry.id > ?"
    )


def _title(definition: RecordDefinition) -> str:
    """Return the title's words; a title that is a link or a choice has none of its own."""
    return _words(definition, definition.title) if definition[definition.title].kind in _SEARCHED else "''"


def _body(definition: RecordDefinition) -> str:
    names = [field.name for field in searched_fields(definition) if field.name != definition.title]
    return " || ' ' || ".join(_words(definition, name) for name in names) or "''"


def _words(definition: RecordDefinition, name: str) -> str:
    return f'coalesce("{definition.kind}"."{name}", \'\')'


def _forget(driver: sqlite3.Connection, kind: str, uids: list[str]) -> None:
    if not uids:
        return
    concerned = f"kind = ? AND uid {AMONG}"
    entries = f"SELECT id FROM search_entry WHERE {concerned}"  # noqa: S608 - a text of our own
    driver.execute(f"DELETE FROM search_index WHERE rowid IN ({entries})", (kind, listed(uids)))  # noqa: S608 - as above
    driver.execute(f"DELETE FROM search_entry WHERE {concerned}", (kind, listed(uids)))  # noqa: S608 - as above


def _enter(driver: sqlite3.Connection, definition: RecordDefinition, uids: list[str]) -> None:
    if not uids:
        return
    (last,) = driver.execute("SELECT coalesce(max(id), 0) FROM search_entry").fetchone()
    entries = [(definition.kind, uid) for uid in uids]
    driver.executemany("INSERT INTO search_entry (kind, uid) VALUES (?, ?)", entries)
    # One statement for all rows is nine times as fast as a trigger for each (measured).
    words = f"{indexed_words(definition)} ORDER BY search_entry.id"
    driver.execute(f"INSERT INTO search_index (rowid, title, body) {words}", (last,))
