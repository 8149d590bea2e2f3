"""Looking words up in the full-text index: which records hold them, their texts, and the words there are."""

import json
from collections.abc import Iterable, Sequence

from ctdesk.db.search import searched_fields, searched_kinds
from ctdesk.db.workspace import Workspace
from ctdesk.domain.definition import DEFINITIONS

SMALL_KIND = 5_000
"""Up to so many records of a kind are looked through one and all, however many records of other kinds fit."""


def numbers_of(workspace: Workspace, wanted: str) -> list[int]:
    """Return the numbers of all records that fit an expression of the full-text index, oldest entry first."""
    query = "SELECT json_group_array(rowid) FROM search_index WHERE search_index MATCH ?"
    with workspace.reading():
        # As one text they come in half the time of 100,000 rows (measured).
        (numbers,) = workspace.driver.execute(query, (wanted,)).fetchone()
    return list(json.loads(numbers))


def is_known(workspace: Workspace, wanted: str) -> bool:
    """Whether any record fits an expression of the full-text index."""
    query = "SELECT 1 FROM search_index WHERE search_index MATCH ? LIMIT 1"
    with workspace.reading():
        return workspace.driver.execute(query, (wanted,)).fetchone() is not None


def records_of(workspace: Workspace, numbers: Sequence[int]) -> dict[str, list[str]]:
    """Return which records stand under these numbers of the index, kind -> uids in the order of the numbers."""
    found: dict[str, list[str]] = {}
    query = "SELECT kind, uid FROM json_each(:numbers) AS n JOIN search_entry AS e ON e.id = n.value ORDER BY n.key"
    with workspace.reading():
        for kind, uid in workspace.driver.execute(query, {"numbers": json.dumps(list(numbers))}):
            found.setdefault(kind, []).append(uid)
    return found


def numbers_of_small_kinds(workspace: Workspace) -> dict[str, set[int]]:
    """Return the index's numbers for all records of each kind of which there are few."""
    with workspace.reading():
        kinds = [definition.kind for definition in searched_kinds()]
        return {kind: _numbers_of_kind(workspace, kind) for kind in kinds if _is_small(workspace, kind)}


def _numbers_of_kind(workspace: Workspace, kind: str) -> set[int]:
    # CROSS JOIN keeps SQLite from going through the entries of all kinds, forty times as long (measured).
    query = f'SELECT id FROM "{kind}" AS r CROSS JOIN search_entry AS e ON e.uid = r.uid AND e.kind = ?'  # noqa: S608 - our own names
    return {number for (number,) in workspace.driver.execute(query, (kind,))}


def _is_small(workspace: Workspace, kind: str) -> bool:
    query = f'SELECT count(*) FROM (SELECT 1 FROM "{kind}" LIMIT {SMALL_KIND + 1})'  # noqa: S608 - as above
    return int(workspace.driver.execute(query).fetchone()[0]) <= SMALL_KIND


def texts_of(workspace: Workspace, kind: str, uids: Iterable[str]) -> dict[str, dict[str, str]]:
    """Return what the index holds of some records, uid -> field -> text, the title first; blank fields are left out."""
    names = [field.name for field in searched_fields(DEFINITIONS[kind])]
    chosen = ", ".join(f'"{name}"' for name in names)
    query = f'SELECT uid, {chosen} FROM "{kind}" WHERE uid IN (SELECT value FROM json_each(?))'  # noqa: S608 - as above
    with workspace.reading():
        rows = workspace.driver.execute(query, (json.dumps(list(uids)),)).fetchall()
    return {
        uid: {name: text for name, text in zip(names, texts, strict=True) if text is not None} for uid, *texts in rows
    }


def vocabulary(workspace: Workspace) -> list[str]:
    """Return every word the index holds, those with digits aside, in alphabetical order."""
    with workspace.reading():
        workspace.driver.execute(
            "CREATE VIRTUAL TABLE IF NOT EXISTS temp.search_words USING fts5vocab('main', 'search_index', 'row')"
        )
        query = "SELECT json_group_array(term) FROM temp.search_words WHERE term >= 'a' AND term NOT GLOB '*[0-9]*'"
        (words,) = workspace.driver.execute(query).fetchone()
    return list(json.loads(words))


def newest_entry(workspace: Workspace) -> int:
    """Return the highest number of the index, which grows with every record whose words are new."""
    with workspace.reading():
        return int(workspace.driver.execute("SELECT coalesce(max(id), 0) FROM search_entry").fetchone()[0])


def owner_of(workspace: Workspace, kind: str, uid: str) -> str | None:
    """Return the uid of the agency whose record this is."""
    query = f'SELECT "{DEFINITIONS[kind].owner}" FROM "{kind}" WHERE uid = ?'  # noqa: S608 - as above
    with workspace.reading():
        found = workspace.driver.execute(query, (uid,)).fetchone()
    return None if found is None else found[0]
