"""Whether a workspace is what it should be: SQLite's own checks, then what the desk promises of its file."""

import hashlib
import sqlite3
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from ctdesk.db.errors import reading_back
from ctdesk.db.history import decoded
from ctdesk.db.queries import load, reference_lists
from ctdesk.db.seal import SEALED, seal
from ctdesk.db.search import indexed_words, searched_kinds
from ctdesk.db.stored import link_table
from ctdesk.db.workspace import Workspace
from ctdesk.domain.changes import Operation, without_blanks
from ctdesk.domain.definition import Field, Value
from ctdesk.domain.records import DEFINITIONS

_States = dict[str, dict[str, dict[str, Value]]]


@dataclass(frozen=True, slots=True)
class Problem:
    """Something wrong with the file, in one sentence."""

    what: str


def check(workspace: Workspace) -> list[Problem]:
    """Return what is wrong with a workspace; nothing is altered. If pages are damaged, only that is said."""
    damage = list(_damaged_pages(workspace))
    if damage:
        return [Problem(what) for what in damage]
    return [Problem(what) for promise in _PROMISES for what in promise(workspace)]


def _damaged_pages(workspace: Workspace) -> Iterator[str]:
    try:
        rows = workspace.driver.execute("PRAGMA integrity_check(20)").fetchall()
    except sqlite3.DatabaseError as error:
        rows = [(str(error),)]
    for (said,) in rows:
        if said != "ok":
            yield f"The file is damaged ({said}): bring back its latest backup with `ctdesk restore`."


def _links_hold(workspace: Workspace) -> Iterator[str]:
    with workspace.reading() as driver:
        broken = Counter((row[0], row[2]) for row in driver.execute("PRAGMA foreign_key_check"))
    for (table, target), count in broken.items():
        yield f"{count} of the rows in {table} name something that is not in {target}."


def _steps_are_numbered(workspace: Workspace) -> Iterator[str]:
    with workspace.reading() as driver:
        steps = driver.execute("SELECT number, records FROM change_set ORDER BY number").fetchall()
        rows = dict(driver.execute("SELECT change_set, count(*) FROM history GROUP BY change_set").fetchall())
    for expected, (number, records) in enumerate(steps, 1):
        if number != expected:
            yield f"The history lacks change set {expected}."
            return
        if rows.get(number, 0) != records:
            yield f"Change set {number} changed {records} records, but the history holds {rows.get(number, 0)}."


def _steps_are_as_written(workspace: Workspace) -> Iterator[str]:
    query = f"SELECT seal, {', '.join(SEALED)} FROM change_set WHERE seal IS NOT NULL ORDER BY number"  # noqa: S608 - our own
    with workspace.reading() as driver:
        for held, *values in driver.execute(query):
            if held != seal(values):
                yield f"What is noted of change set {values[0]} is no longer what was written."


def _history_replays(workspace: Workspace) -> Iterator[str]:
    """Replay the whole history from nothing: each step must fit, and the end must be what the tables hold."""
    states: _States = {kind: {} for kind in DEFINITIONS}
    yield from _replay(workspace, states)
    for kind, definition in DEFINITIONS.items():
        held = {uid: without_blanks(values) for uid, values in load(workspace, kind).items()}
        replayed = {uid: without_blanks(values) for uid, values in states[kind].items()}
        differing = {uid for uid in held.keys() | replayed.keys() if held.get(uid) != replayed.get(uid)}
        if differing:
            yield (
                f"{len(differing)} of the {definition.plural.lower()} are not as the history says they should be,"
                f" {min(differing)} among them."
            )


def _replay(workspace: Workspace, states: _States) -> Iterator[str]:
    query = "SELECT change_set, kind, record, operation, before, after FROM history ORDER BY change_set, sequence"
    with workspace.reading() as driver, reading_back(workspace.path):
        for number, kind, record, operation, *sides in driver.execute(query):
            definition, held = DEFINITIONS[kind], states[kind]
            before, after = (decoded(definition, side) for side in sides)
            known = held.get(record, {})
            surprising = (record in held) == (operation == Operation.CREATE)
            if surprising or any(known.get(name, _blank(definition[name])) != value for name, value in before.items()):
                yield f"Change set {number} does not follow from those before it, at {kind} {record}."
            if operation == Operation.DELETE:
                held.pop(record, None)
            else:
                held[record] = {**known, **after}


def _blank(field: Field) -> Value:
    return () if field.several else None


def _codes_are_in_lists(workspace: Workspace) -> Iterator[str]:
    lists = reference_lists(workspace)
    for kind, definition in DEFINITIONS.items():
        for field in definition.fields:
            if field.list is not None:
                unknown = [code for code in _codes(workspace, kind, field) if not lists.has(field.list, code)]
                for code in unknown:
                    yield f"{definition.plural} use {code} under {field.label}, which the list {field.list} lacks."


def _codes(workspace: Workspace, kind: str, field: Field) -> list[str]:
    table, column = (link_table(kind, field), "value") if field.several else (f'"{kind}"', f'"{field.name}"')
    query = f"SELECT DISTINCT {column} FROM {table} WHERE {column} IS NOT NULL"  # noqa: S608 - names of our own definitions
    with workspace.reading() as driver:
        return [code for (code,) in driver.execute(query)]


def _files_are_whole(workspace: Workspace) -> Iterator[str]:
    sound: dict[str, int] = {}
    with workspace.reading() as driver:
        for fingerprint, content in driver.execute("SELECT sha256, bytes FROM file_content"):
            sound[fingerprint] = len(content)
            if hashlib.sha256(content).hexdigest() != fingerprint:
                yield f"The kept file {fingerprint[:12]}… is no longer what it was."
    for values in load(workspace, "stored_file").values():
        if values["fingerprint"] not in sound:
            yield f"The bytes of the kept file {values['name']} are not there."
        elif values["size"] not in {None, sound[str(values["fingerprint"])]}:
            yield f"The kept file {values['name']} is not as long as it should be."


def _search_is_in_step(workspace: Workspace) -> Iterator[str]:
    entered: dict[str, set[str]] = defaultdict(set)
    with workspace.reading() as driver:
        for kind, uid in driver.execute("SELECT kind, uid FROM search_entry"):
            entered[kind].add(uid)
        for definition in searched_kinds():
            held = {uid for (uid,) in driver.execute(f'SELECT uid FROM "{definition.kind}"')}  # noqa: S608 - as above
            differing = f"{indexed_words(definition)} EXCEPT SELECT rowid, title, body FROM search_index"  # noqa: S608 - as above
            if held != entered[definition.kind] or driver.execute(differing, (0,)).fetchone() is not None:
                yield f"The search does not find all {definition.plural.lower()} by their present words."
        entries, rows = driver.execute(_ENTRIES_AND_ROWS).fetchone()
    if entries != rows:
        yield "The search holds words of records that are not there."


_ENTRIES_AND_ROWS = "SELECT (SELECT count(*) FROM search_entry), (SELECT count(*) FROM search_index)"

_PROMISES: tuple[Callable[[Workspace], Iterator[str]], ...] = (
    _links_hold,
    _steps_are_numbered,
    _steps_are_as_written,
    _history_replays,
    _codes_are_in_lists,
    _files_are_whole,
    _search_is_in_step,
)
