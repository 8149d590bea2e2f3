"""Returns held for later: the file and the decisions made so far, kept with the request until they are applied."""

from ctdesk.domain.changes import RecordChange, deleted
from ctdesk.domain.definition import Value
from ctdesk.domain.records.round import FilePurpose
from ctdesk.services.desk import Desk

HELD = frozenset({FilePurpose.HELD_RETURN.value, FilePurpose.DECISIONS.value})
"""The purposes under which a held return is kept."""


def held_files(desk: Desk, request: str) -> dict[str, dict[str, Value]]:
    """Return the stored files of the return that a request holds for later, by their purpose."""
    stored = desk.load("stored_file", request=request)
    return {str(values["purpose"]): values for values in stored.values() if values["purpose"] in HELD}


def let_go_of_held(desk: Desk, request: str) -> list[RecordChange]:
    """Return the end of holding a return; its bytes stay for the undo."""
    stored = desk.load("stored_file", request=request)
    return [deleted("stored_file", uid, values) for uid, values in stored.items() if values["purpose"] in HELD]
