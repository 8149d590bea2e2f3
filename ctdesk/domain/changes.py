"""Changes as pure data: everything that alters the database is a `ChangeSet` handed to the one writer."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from enum import StrEnum

from ctdesk.domain.definition import Value, Values
from ctdesk.domain.identity import new_uid


class Operation(StrEnum):
    """What happens to a record."""

    CREATE = "create"
    UPDATE = "update"
    DELETE = "delete"


class Action(StrEnum):
    """The kind of step a change set was, in the words of the history."""

    NEW = "new workspace"
    EDIT = "edit"
    ROUND = "round"
    SEND = "send"
    RETURN = "return"
    ADOPTION = "adoption"
    MERGE = "merge"
    UNDO = "undo"
    REMOVAL = "removal"


@dataclass(frozen=True, slots=True)
class RecordChange:
    """What happens to one record: the fields concerned with their values before and after.

    A created record has no *before*, a deleted one no *after*; an update names only fields that differ.
    """

    kind: str
    uid: str
    operation: Operation
    before: Values
    after: Values


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangeSet:
    """One saved step: its record changes, with who, when and why.

    `files` are the bytes of stored files that come with it, by SHA-256 fingerprint. `undoes` names the change
    set that this one takes back.
    """

    action: Action
    title: str
    who: str
    changes: tuple[RecordChange, ...]
    why: str = ""
    when: datetime = field(default_factory=lambda: datetime.now(UTC))
    uid: str = field(default_factory=new_uid)
    undoes: str | None = None
    files: Mapping[str, bytes] = field(default_factory=dict)


def created(kind: str, values: Values, uid: str | None = None) -> RecordChange:
    """Return the creation of a record with these values; blanks are left out."""
    return RecordChange(kind, uid or new_uid(), Operation.CREATE, {}, without_blanks(values))


def updated(kind: str, uid: str, before: Values, after: Values) -> RecordChange | None:
    """Return the update that turns *before* into *after*, or None if nothing in *after* differs."""
    names = [name for name, value in after.items() if before.get(name) != value]
    if not names:
        return None
    old = {name: before.get(name) for name in names}
    return RecordChange(kind, uid, Operation.UPDATE, old, {name: after[name] for name in names})


def deleted(kind: str, uid: str, values: Values) -> RecordChange:
    """Return the deletion of a record that now holds these values.

    One that holds nothing names its blank fields: a deletion that names none is of a record removed for good.
    """
    return RecordChange(kind, uid, Operation.DELETE, without_blanks(values) or dict(values), {})


def without_blanks(values: Values) -> dict[str, Value]:
    """Return only the fields that hold something."""
    return {name: value for name, value in values.items() if value is not None and value != ()}


def present(changes: Iterable[RecordChange | None]) -> tuple[RecordChange, ...]:
    """Drop the updates that turned out to change nothing."""
    return tuple(change for change in changes if change is not None)
