"""Many cells at once: a block pasted, filled down or set to one value, first as a preview, then as one change set."""

from collections.abc import Sequence
from dataclasses import dataclass

from ctdesk.domain.changes import Action, ChangeSet, present, updated
from ctdesk.domain.definition import DEFINITIONS, RecordDefinition, Value, Values
from ctdesk.domain.errors import DeskError
from ctdesk.domain.values import CLEAR
from ctdesk.services.desk import Desk
from ctdesk.services.faults import must_hold, read_field
from ctdesk.services.naming import called, counted
from ctdesk.services.unique import refuse_taken

_CANNOT_BE_READ = frozenset({"unreadable", "doubtful", "new_name"})


@dataclass(frozen=True, slots=True)
class TypedCell:
    """A text meant for one field of one record; an empty text, or the word clear, empties the field."""

    uid: str
    field: str
    typed: str


@dataclass(frozen=True, slots=True)
class CellChange:
    """What a cell would change: how people call the record, the field's label, old and new as people read them."""

    uid: str
    field: str
    called: str
    label: str
    old: str
    new: str
    value: Value


@dataclass(frozen=True, slots=True)
class CellRefusal:
    """A cell that cannot be taken, with the sentence that says why."""

    uid: str
    field: str
    called: str
    label: str
    typed: str
    why: str


@dataclass(frozen=True, slots=True)
class CellsPreview:
    """What would come of some cells: what changes, what is refused, and how many say what is there already."""

    kind: str
    changes: tuple[CellChange, ...]
    refused: tuple[CellRefusal, ...]
    same: int

    @property
    def records(self) -> int:
        """How many records would change."""
        return len({change.uid for change in self.changes})

    @property
    def sentence(self) -> str:
        """What would happen, in one sentence."""
        fields = f"{len(self.changes):,} field{'' if len(self.changes) == 1 else 's'}"
        said = [
            f"{fields} of {counted(self.kind, self.records)} would change" if self.changes else "Nothing would change"
        ]
        if self.refused:
            said.append(f"{len(self.refused):,} {'is' if len(self.refused) == 1 else 'are'} refused")
        if self.same:
            said.append(
                f"{self.same:,} {'stays' if self.same == 1 else 'stay'} as {'it is' if self.same == 1 else 'they are'}"
            )
        return ", ".join(said) + "."


def preview_cells(desk: Desk, kind: str, cells: Sequence[TypedCell]) -> CellsPreview:
    """Return what would come of typing these texts; nothing is altered."""
    definition = DEFINITIONS[kind]
    by_record: dict[str, list[TypedCell]] = {}
    for cell in cells:
        by_record.setdefault(cell.uid, []).append(cell)
    held = desk.load_some(kind, list(by_record))
    changes: list[CellChange] = []
    refused: list[CellRefusal] = []
    for uid, own in by_record.items():
        if uid in held:
            taken, not_taken = _of_record(desk, definition, uid, held[uid], own)
            changes += taken
            refused += not_taken
    return CellsPreview(kind, tuple(changes), tuple(refused), len(cells) - len(changes) - len(refused))


def apply_cells(desk: Desk, preview: CellsPreview, title: str) -> ChangeSet | None:
    """Make the changes of a preview as one change set of that title; None if nothing differs any longer."""
    after: dict[str, dict[str, Value]] = {}
    for change in preview.changes:
        after.setdefault(change.uid, {})[change.field] = change.value
    held = desk.load_some(preview.kind, list(after))
    changes = present(updated(preview.kind, uid, held[uid], values) for uid, values in after.items() if uid in held)
    if not changes:
        return None
    return desk.apply(Action.EDIT, title, changes, backup_first=len(changes) > 1)


def _of_record(
    desk: Desk, definition: RecordDefinition, uid: str, held: Values, cells: Sequence[TypedCell]
) -> tuple[list[CellChange], list[CellRefusal]]:
    """Return what changes in one record and what is refused; what would break a rule is refused as a whole."""
    name = called(desk, definition.kind, held)
    changes: list[CellChange] = []
    refused: list[CellRefusal] = []
    for cell in cells:
        result = _read(desk, definition, held, cell, name)
        if isinstance(result, CellRefusal):
            refused.append(result)
        elif result is not None:
            changes.append(result)
    why = _broken_rule(desk, definition, uid, held, changes)
    if why:
        refused += [CellRefusal(uid, it.field, name, it.label, it.new, why) for it in changes]
        changes = []
    return changes, refused


def _read(
    desk: Desk, definition: RecordDefinition, held: Values, cell: TypedCell, name: str
) -> CellChange | CellRefusal | None:
    field = definition.by_name.get(cell.field)
    if field is None:
        return CellRefusal(
            cell.uid, cell.field, name, cell.field.capitalize(), cell.typed, "It is worked out from other fields."
        )
    typed = "" if cell.typed.strip().casefold() == CLEAR else cell.typed
    reading = read_field(desk, field, typed)
    if reading.fault is not None and reading.fault.rule in _CANNOT_BE_READ:
        return CellRefusal(cell.uid, cell.field, name, field.label, cell.typed, reading.fault.message)
    old, new = desk.show(field, held.get(field.name)), desk.show(field, reading.value)
    if old == new:
        return None
    return CellChange(cell.uid, field.name, name, field.label, old, new, reading.value)


def _broken_rule(
    desk: Desk, definition: RecordDefinition, uid: str, held: Values, changes: Sequence[CellChange]
) -> str:
    """Return why these changes cannot stand together, or nothing if they can."""
    after = {change.field: change.value for change in changes}
    change = updated(definition.kind, uid, held, after)
    if change is None:
        return ""
    try:
        must_hold(definition, {**held, **after}, after)
        refuse_taken(desk, change)
    except DeskError as fault:
        return str(fault)
    return ""
