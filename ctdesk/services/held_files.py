"""Returns and registers held for later: the file and the decisions so far, kept until they are applied."""

from dataclasses import dataclass
from datetime import datetime

from ctdesk.domain.changes import RecordChange, deleted
from ctdesk.domain.definition import Value
from ctdesk.domain.records.round import FilePurpose
from ctdesk.services.desk import Desk

HELD = frozenset({FilePurpose.HELD_RETURN.value, FilePurpose.DECISIONS.value})
"""The purposes under which a held file is kept: with its request, or with the source of a register."""


@dataclass(frozen=True, slots=True)
class HeldRegister:
    """A register that waits for its review: the uid of its stored file, the file's own name, and since when."""

    uid: str
    name: str
    since: datetime


def held_files(desk: Desk, request: str) -> dict[str, dict[str, Value]]:
    """Return the stored files of the return that a request holds for later, by their purpose."""
    stored = desk.load("stored_file", request=request)
    return {str(values["purpose"]): values for values in stored.values() if values["purpose"] in HELD}


def let_go_of_held(desk: Desk, **of: Value) -> list[RecordChange]:
    """Return the end of holding the file of a request or source; its bytes stay for the undo."""
    stored = desk.load("stored_file", **of)
    return [deleted("stored_file", uid, values) for uid, values in stored.items() if values["purpose"] in HELD]


def held_registers(desk: Desk) -> list[HeldRegister]:
    """Return the registers that are held for later, the youngest first."""
    held = desk.load("stored_file", request=None, purpose=FilePurpose.HELD_RETURN.value)
    found = [HeldRegister(uid, str(values["name"]), _since(values["kept_on"])) for uid, values in held.items()]
    return sorted(found, key=lambda each: each.since, reverse=True)


def _since(value: Value) -> datetime:
    assert isinstance(value, datetime)  # noqa: S101 - a file is never kept without it
    return value
