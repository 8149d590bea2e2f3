"""Notes that the team keeps about its records; they travel in no workbook and no report."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime

from ctdesk.domain.changes import Action, created
from ctdesk.domain.definition import DEFINITIONS, Value, Values
from ctdesk.services.desk import Desk
from ctdesk.services.faults import must_hold
from ctdesk.services.naming import called


@dataclass(frozen=True, slots=True)
class NoteLine:
    """One note: what it says, who wrote it and when (UTC)."""

    uid: str
    about: str
    words: str
    who: str
    when: datetime


def notes(desk: Desk, kind: str, uid: str) -> list[NoteLine]:
    """Return the notes about a record, newest first."""
    return notes_about(desk, kind, [uid])


def notes_about(desk: Desk, kind: str, uids: Iterable[str]) -> list[NoteLine]:
    """Return the notes about any of these records, newest first."""
    wanted = set(uids)
    found = [
        _line(uid, values)
        for uid, values in desk.load("note", about_kind=kind).items()
        if str(values.get("about")) in wanted
    ]
    return sorted(found, key=lambda line: (line.when, line.uid), reverse=True)


def add_note(desk: Desk, kind: str, uid: str, words: str) -> str:
    """Keep a note about a record and return the note's uid; DeskError if it is empty or names a child."""
    values: dict[str, Value] = {
        "about_kind": kind,
        "about": uid,
        "words": words.strip() or None,
        "who": desk.who,
        "written_on": datetime.now(UTC),
    }
    must_hold(DEFINITIONS["note"], values, values)
    note = created("note", values)
    desk.apply(Action.EDIT, f"Note on {_about(desk, kind, uid)}", [note])
    return note.uid


def _about(desk: Desk, kind: str, uid: str) -> str:
    values = desk.load_some(kind, [uid]).get(uid, {})
    return f"{DEFINITIONS[kind].label.lower()} {called(desk, kind, values)}"


def _line(uid: str, values: Values) -> NoteLine:
    when = values.get("written_on")
    return NoteLine(
        uid=uid,
        about=str(values.get("about") or ""),
        words=str(values.get("words") or ""),
        who=str(values.get("who") or ""),
        when=when if isinstance(when, datetime) else datetime.min.replace(tzinfo=UTC),
    )
