"""Reading very many records for a list: single fields of all of them, pages of some, words found, and what is new."""

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from ctdesk.db.search import searched_kinds
from ctdesk.db.stored import Stored, link_table, restorer
from ctdesk.db.workspace import Workspace
from ctdesk.domain.activity_state import ActivityState
from ctdesk.domain.dates import add_months
from ctdesk.domain.definition import DEFINITIONS, Field, Kind, Value

_BETWEEN = "\x1f"
"""What stands between several values when they travel as one text; no code or uid holds it."""

_STATE = f"""CASE
    WHEN start > :today THEN '{ActivityState.UPCOMING}'
    WHEN "end" < :today THEN '{ActivityState.ENDED}'
    WHEN "end" <= :in_a_year THEN '{ActivityState.ENDING}'
    WHEN "end" IS NOT NULL THEN '{ActivityState.RUNNING}'
    WHEN open_ended THEN '{ActivityState.OPEN_ENDED}'
    WHEN start IS NOT NULL THEN '{ActivityState.RUNNING}' END"""

COMPUTED: Mapping[tuple[str, str], str] = {("activity", "state"): _STATE}
"""Columns worked out from others, by kind and name, as SQL that may ask for *today* and *in_a_year*."""

INCOMPLETE = "incomplete"
"""The column, of any kind, that says whether a record lacks a required value."""

_CHUNK = 4_000


def read_columns(
    workspace: Workspace, kind: str, columns: Sequence[str], today: date, uids: Sequence[str] | None = None
) -> Iterator[list[tuple[Stored, ...]]]:
    """Give the uid and these columns of all records, or of those named, as stored, some thousand rows at a time.

    Nothing else may use the workspace until all are given: call it within `reading()`.
    """
    chosen = ", ".join(["uid", *(_expression(kind, name) for name in columns)])
    query = f'SELECT {chosen} FROM "{kind}"'  # noqa: S608 - names of our own definitions
    if uids is not None:
        query += " WHERE uid IN (SELECT value FROM json_each(:uids))"
    days = {"today": today.isoformat(), "in_a_year": add_months(today, 12).isoformat()}
    cursor = workspace.driver.execute(query, {**days, "uids": json.dumps(uids)})
    while rows := cursor.fetchmany(_CHUNK):
        yield rows


def _expression(kind: str, name: str) -> str:
    if (kind, name) in COMPUTED:
        return COMPUTED[kind, name]
    if name == INCOMPLETE:
        return _incomplete(kind)
    if (field := DEFINITIONS[kind][name]).several:
        # A link table stands in the order of its key, so the values come sorted.
        values = f"SELECT group_concat(value, '{_BETWEEN}') FROM {link_table(kind, field)}"  # noqa: S608 - as above
        return f'({values} WHERE record = "{kind}".uid)'
    return f'"{name}"'


def count_incomplete(workspace: Workspace, kind: str) -> int:
    """Return how many records of a kind lack a required value."""
    query = f'SELECT count(*) FROM "{kind}" WHERE {_incomplete(kind)}'  # noqa: S608 - as above
    with workspace.reading() as driver:
        return int(driver.execute(query).fetchone()[0])


def _incomplete(kind: str) -> str:
    """Return the SQL that is 1 where a record lacks a required value, else 0."""
    lacking = [
        f'NOT EXISTS (SELECT 1 FROM {link_table(kind, field)} WHERE record = "{kind}".uid)'  # noqa: S608 - as above
        if field.several
        else f'"{field.name}" IS NULL'
        for field in DEFINITIONS[kind].required
    ]
    return f"({' OR '.join(lacking) or '0'})"


def reader_of(field: Field) -> Callable[[Stored], Value]:
    """Return the function that makes a value of what `read_columns` gives for a field."""
    if field.several:
        return lambda stored: tuple(sorted(str(stored).split(_BETWEEN))) if stored is not None else ()
    restore = restorer(field)
    if restore is None:
        return lambda stored: stored
    return lambda stored: None if stored is None else restore(stored)


def searched(kind: str) -> bool:
    """Whether the full-text index knows the words of a kind of record."""
    return any(definition.kind == kind for definition in searched_kinds())


def entries(workspace: Workspace, kind: str) -> dict[str, int]:
    """Return under which number the full-text index knows each record of a kind."""
    with workspace.reading():
        rows = workspace.driver.execute("SELECT uid, id FROM search_entry WHERE kind = ? ORDER BY uid", (kind,))
        return dict(rows.fetchall())


def titles(workspace: Workspace, kind: str) -> dict[str, str]:
    """Return by what every record of a kind is known: its reference or else its title; a request's round and agency."""
    definition = DEFINITIONS[kind]
    if definition[definition.title].kind is Kind.LINK:
        return _linked_titles(workspace, kind, [definition.title, *filter(None, [definition.owner])])
    query = f'SELECT uid, coalesce("{definition.reference}", "{definition.title}", \'\') FROM "{kind}"'  # noqa: S608 - names of our own definitions
    with workspace.reading():
        return dict(workspace.driver.execute(query).fetchall())


def _linked_titles(workspace: Workspace, kind: str, names: Sequence[str]) -> dict[str, str]:
    targets = [titles(workspace, DEFINITIONS[kind][name].target or "") for name in names]
    query = f'SELECT uid, {", ".join(names)} FROM "{kind}"'  # noqa: S608 - as above
    with workspace.reading():
        rows = workspace.driver.execute(query).fetchall()
    return {
        uid: ", ".join(known[it] for known, it in zip(targets, linked, strict=True) if it in known)
        for uid, *linked in rows
    }


@dataclass(frozen=True, slots=True)
class News:
    """What was saved since somebody last asked: the last step's number, and the records it altered.

    `touched` is None if there were too many to name.
    """

    step: int
    touched: frozenset[str] | None


_MOST_NAMED = 2_000


def news(workspace: Workspace, kind: str, since: int) -> News | None:
    """Return which records of a kind were altered after a step, or None if nothing at all was saved since."""
    with workspace.reading():
        step, records = workspace.driver.execute(
            "SELECT max(number), sum(records) FROM change_set WHERE number > ?", (since,)
        ).fetchone()
        if step is None:
            return None
        if since == 0 or records > _MOST_NAMED:
            return News(step, None)
        query = "SELECT DISTINCT record FROM history WHERE change_set > ? AND kind = ?"
        return News(step, frozenset(uid for (uid,) in workspace.driver.execute(query, (since, kind))))
