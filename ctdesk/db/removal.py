"""Removing records for good: out of the tables, the history, the search, the kept files and the file's free pages.

It is one step of the history like any other, through the one door, and leaves of each record that it was there: its
kind and uid, and the numbers of the steps that made, altered and removed it. What those steps held of it is blank from
then on, so that the history still replays. This is the only thing that alters what a step has written.
"""

import hashlib
import json
import logging
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from sqlite3 import Connection

from ctdesk.db.conditions import AMONG, listed
from ctdesk.db.seal import SEALED, seal
from ctdesk.db.search import refresh
from ctdesk.db.workspace import Workspace
from ctdesk.db.writer import apply
from ctdesk.domain.changes import ChangeSet, Operation, RecordChange
from ctdesk.domain.errors import DeskError
from ctdesk.domain.records import DEFINITIONS

GONE = "(removed)"
"""What stands in the title of an older step in place of the name of a record that was removed."""

_log = logging.getLogger(__name__)
_BLANK = "{}"


@dataclass(frozen=True, slots=True)
class Forgotten:
    """What is to be forgotten besides the deletions of a step.

    `records` are uids by kind, deleted now or earlier, of which the history is to hold nothing. `names` are what they
    were called, for the titles of older steps that did other things too. `rewritten` are new bytes of kept files by
    their old fingerprint.
    """

    records: Mapping[str, Sequence[str]]
    names: Sequence[str] = ()
    rewritten: Mapping[str, bytes] = field(default_factory=dict)


def ever_there(workspace: Workspace, kind: str) -> dict[str, dict[str, object]]:
    """Return every record of a kind there ever was, by its uid, with its fields as they last were; plain values.

    What was removed for good is left out, as nothing is known of it.
    """
    query = "SELECT record, after FROM history WHERE kind = ? ORDER BY change_set, sequence"
    found: dict[str, dict[str, object]] = {}
    with workspace.reading() as driver:
        for uid, after in driver.execute(query, (kind,)):
            found.setdefault(uid, {}).update(json.loads(after))
    return {uid: values for uid, values in found.items() if values}


def remove(workspace: Workspace, change_set: ChangeSet, forgotten: Forgotten) -> None:
    """Apply a step of deletions and forget what was deleted; whole or not at all, and no undo brings it back.

    Raises what `writer.apply` raises. No backup is made: it would hold what is to go.
    """
    with workspace.reading() as driver:
        (overwriting,) = driver.execute("PRAGMA secure_delete").fetchone()
        # What is deleted is overwritten in the same transaction, and the journal of it does not stay either.
        driver.execute("PRAGMA secure_delete = ON")
        driver.execute("PRAGMA journal_size_limit = 0")
    try:
        apply(workspace, change_set, also=partial(_forget, step=change_set.uid, forgotten=forgotten))
        _give_back_room(workspace)
    finally:
        with workspace.reading() as driver:
            driver.execute(f"PRAGMA secure_delete = {overwriting}")
            driver.execute("PRAGMA journal_size_limit = -1")


def _give_back_room(workspace: Workspace) -> None:
    """Make the file as small as what it holds; it is safe without, so that this may fail."""
    try:
        with workspace.reading() as driver:
            driver.execute("VACUUM")
    except DeskError as error:
        _log.warning("What was removed is overwritten, but its room could not be given back: %s", error)


def _forget(driver: Connection, *, step: str, forgotten: Forgotten) -> None:
    for kind, uids in forgotten.records.items():
        blank = f"UPDATE history SET before = '{_BLANK}', after = '{_BLANK}' WHERE kind = ? AND record {AMONG}"  # noqa: S608 - texts of our own
        driver.execute(blank, (kind, listed(uids)))
    _rename_steps(driver, forgotten.names, but=step)
    _rewrite_files(driver, forgotten.rewritten)
    _drop_unnamed_files(driver)
    # The index only marks words as deleted until its parts are merged.
    driver.execute("INSERT INTO search_index (search_index) VALUES ('optimize')")


def _rename_steps(driver: Connection, names: Iterable[str], *, but: str) -> None:
    """Take what is removed out of the titles and reasons of older steps, not of the step of the removal itself.

    Of a step that is all blank now nothing is left to say; in others the names are taken out.
    """
    said = sorted({name for name in names if name}, key=len, reverse=True)
    pattern = re.compile("|".join(map(re.escape, said)) or "$.", re.IGNORECASE)
    blank = {number for (number,) in driver.execute(_BLANK_STEPS)}
    for values in driver.execute(f"SELECT {', '.join(SEALED)} FROM change_set WHERE uid <> ?", (but,)).fetchall():  # noqa: S608 - texts of our own
        step = dict(zip(SEALED, values, strict=True))
        if step["number"] in blank:
            told = step | {"title": GONE, "why": ""}
        else:
            told = step | {name: pattern.sub(GONE, step[name]) for name in ("title", "why")}
        if told != step:
            driver.execute(
                "UPDATE change_set SET title = ?, why = ?, seal = ? WHERE number = ?",
                (told["title"], told["why"], seal(told[name] for name in SEALED), told["number"]),
            )


_BLANK_STEPS = f"SELECT change_set FROM history GROUP BY change_set HAVING min(before || after = '{2 * _BLANK}')"  # noqa: S608 - as above


def _rewrite_files(driver: Connection, rewritten: Mapping[str, bytes]) -> None:
    """Put other bytes in the place of kept files, in their records and wherever the history names them."""
    for old, content in rewritten.items():
        new = hashlib.sha256(content).hexdigest()
        driver.execute("INSERT OR IGNORE INTO file_content (sha256, bytes) VALUES (?, ?)", (new, content))
        there = driver.execute("SELECT uid FROM stored_file WHERE fingerprint = ?", (old,)).fetchall()
        driver.execute(
            "UPDATE stored_file SET fingerprint = ?, size = ? WHERE fingerprint = ?", (new, len(content), old)
        )
        found_by = [RecordChange("stored_file", uid, Operation.UPDATE, {}, {"fingerprint": new}) for (uid,) in there]
        refresh(driver, DEFINITIONS["stored_file"], found_by)
        rows = driver.execute(f"{_FILE_ROWS} AND (before LIKE ? OR after LIKE ?)", (f"%{old}%", f"%{old}%")).fetchall()
        for number, sequence, *sides in rows:
            told = [_with_fingerprint(side, old, new, len(content)) for side in sides]
            driver.execute(
                "UPDATE history SET before = ?, after = ? WHERE change_set = ? AND sequence = ?",
                (*told, number, sequence),
            )


_FILE_ROWS = "SELECT change_set, sequence, before, after FROM history WHERE kind = 'stored_file'"


def _with_fingerprint(text: str, old: str, new: str, size: int) -> str:
    values = json.loads(text)
    if values.get("fingerprint") == old:
        values |= {"fingerprint": new, "size": size}
    return json.dumps(values, ensure_ascii=False, separators=(",", ":"))


def _drop_unnamed_files(driver: Connection) -> None:
    """Delete the bytes of files that no step names any more."""
    named = {fingerprint for row in driver.execute(_FILE_ROWS) for fingerprint in _fingerprints(row[2:])}
    held = [sha for (sha,) in driver.execute("SELECT sha256 FROM file_content").fetchall()]
    driver.executemany("DELETE FROM file_content WHERE sha256 = ?", [(sha,) for sha in held if sha not in named])


def _fingerprints(sides: Iterable[str]) -> Iterator[str]:
    for side in sides:
        if fingerprint := json.loads(side).get("fingerprint"):
            yield fingerprint
