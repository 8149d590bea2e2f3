"""What was done, by whom, and taking any of it back."""

from dataclasses import dataclass

from ctdesk.db import history
from ctdesk.db.history import ChangeSetLine, UndoConflict
from ctdesk.domain.changes import Action
from ctdesk.domain.errors import DeskError
from ctdesk.services.desk import Desk

NOT_UNDONE = frozenset({Action.NEW, Action.REMOVAL})
"""Steps that are never taken back."""


@dataclass(frozen=True, slots=True)
class Undone:
    """What taking a change set back came to; conflicts are fields that were altered again since."""

    line: ChangeSetLine
    change_set: str | None
    records: int
    conflicts: tuple[UndoConflict, ...]


def past(desk: Desk) -> list[ChangeSetLine]:
    """Return every change set, the newest first."""
    return history.change_sets(desk.workspace)


def undo(desk: Desk, which: str) -> Undone:
    """Take a change set back, but for what has been altered since; that stays and comes out as conflicts.

    Raises DeskError if there is no such change set, or it is the making of the workspace itself.
    """
    line = history.find_change_set(desk.workspace, which)
    if line.action == Action.NEW:
        raise DeskError("The making of the workspace cannot be undone; delete the file instead.")
    if line.action == Action.REMOVAL:
        raise DeskError("A removal cannot be undone; a backup made before it may still hold what was removed.")
    if line.undone_by:
        raise DeskError(f"Step {line.number} has already been undone; undo the undoing to have it again.")
    plan = history.plan_undo(desk.workspace, line.uid)
    if not plan.changes:
        return Undone(line, None, 0, plan.conflicts)
    change_set = desk.apply(
        Action.UNDO, f"Undo {line.number}: {line.title}", plan.changes, undoes=line.uid, backup_first=True
    )
    return Undone(line, change_set.uid, len(plan.changes), plan.conflicts)


def last_to_undo(desk: Desk) -> ChangeSetLine | None:
    """Return the newest step that still stands and may be taken back, undos themselves left aside."""
    for line in past(desk):
        if line.action not in {Action.UNDO, *NOT_UNDONE} and not line.undone_by:
            return line
    return None


def last_to_redo(desk: Desk) -> ChangeSetLine | None:
    """Return the newest undo, as long as nothing else has been done since it."""
    for line in past(desk):
        if line.action == Action.UNDO:
            if not line.undone_by and not _is_redo(line, past(desk)):
                return line
            continue
        return None
    return None


def taken_back_by(desk: Desk, line: ChangeSetLine) -> ChangeSetLine:
    """Return the step that an undo took back, which is what a redo does again; any other step itself."""
    return next((other for other in past(desk) if other.uid == line.undoes), line)


def _is_redo(line: ChangeSetLine, lines: list[ChangeSetLine]) -> bool:
    """Whether an undo took back another undo, and so did something again."""
    undone = next((other for other in lines if other.uid == line.undoes), None)
    return undone is not None and undone.action == Action.UNDO
