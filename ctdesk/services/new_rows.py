"""Rows of a pasted block that are to become new records: read, looked at one by one, and made together."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from ctdesk.domain.changes import RecordChange, created, without_blanks
from ctdesk.domain.definition import DEFINITIONS, RecordDefinition, Value, Values
from ctdesk.domain.errors import DeskError
from ctdesk.services.desk import Desk
from ctdesk.services.faults import must_hold, read_cell
from ctdesk.services.new_names import taking_on_roles
from ctdesk.services.records import beginning, tells_what_it_is
from ctdesk.services.references import numbered
from ctdesk.services.unique import called_by, calls, taken_calls


@dataclass(frozen=True, slots=True)
class NewCell:
    """One cell of a new record: what was typed, the value, and why that is refused, if it is."""

    field: str
    text: str
    value: Value
    refused: str = ""


@dataclass(frozen=True, slots=True)
class NewRow:
    """One row that is to become a record: its cells that hold something, and why it cannot be made, if it cannot."""

    called: str
    cells: tuple[NewCell, ...]
    refused: str = ""

    @property
    def values(self) -> dict[str, Value]:
        """What the record is to hold."""
        return {cell.field: cell.value for cell in self.cells if not cell.refused}


def columns_named(kind: str, heads: Sequence[str]) -> list[str] | None:
    """Return the fields that a row of headings names, in its order; None if it is no row of headings."""
    labels = {_plain(field.label): field.name for field in DEFINITIONS[kind].fields}
    found = [labels.get(_plain(head)) for head in heads]
    return [name for name in found if name] if found and all(found) else None


def _plain(label: str) -> str:
    return " ".join(label.split(" (", maxsplit=1)[0].casefold().split())


def read_new_rows(
    desk: Desk, kind: str, columns: Sequence[str], rows: Iterable[Sequence[str]], given: Values
) -> tuple[NewRow, ...]:
    """Return what making a record of each row would do; `given` are values that all of them hold unless typed.

    Rows without anything in them are passed over. Blank required fields may be filled later, but for what tells
    what and whose the record is.
    """
    definition = DEFINITIONS[kind]
    known: dict[tuple[str, str], tuple[Value, str]] = {}
    taken = taken_calls(desk, kind)
    found: list[NewRow] = []
    for row in rows:
        typed = {name: text for name, text in zip(columns, row, strict=False) if text.strip()}
        if not typed:
            continue
        cells = [NewCell(name, text, *_once(desk, definition, name, text, known)) for name, text in typed.items()]
        cells += [
            NewCell(name, desk.show(definition[name], value), value)
            for name, value in given.items()
            if name not in typed
        ]
        found.append(_judged(definition, cells, len(found) + 1, taken))
    return tuple(found)


def _once(
    desk: Desk, definition: RecordDefinition, name: str, text: str, known: dict[tuple[str, str], tuple[Value, str]]
) -> tuple[Value, str]:
    """Read a typed text, each distinct one of a field once."""
    if (name, text) not in known:
        known[name, text] = read_cell(desk, definition[name], text)
    return known[name, text]


def _judged(definition: RecordDefinition, cells: Sequence[NewCell], number: int, taken: set[str]) -> NewRow:
    """Return the row with the reason why it cannot be made; what it is called by is taken from then on."""
    row = NewRow(_called(definition, cells, number), tuple(cells))
    refused = _refusal(definition, row.values, taken)
    if not refused and (call := calls(definition.kind, row.values)):
        taken.add(call)
    return NewRow(row.called, row.cells, refused)


def _called(definition: RecordDefinition, cells: Iterable[NewCell], number: int) -> str:
    texts = {cell.field: cell.text for cell in cells}
    return texts.get(definition.reference) or texts.get(definition.title) or f"Row {number}"


def _refusal(definition: RecordDefinition, values: Values, taken: set[str]) -> str:
    try:
        tells_what_it_is(definition, values)
        must_hold(definition, values, without_blanks(values))
    except DeskError as fault:
        return str(fault)
    call = calls(definition.kind, values)
    if call and call in taken:
        return f"{values[called_by(definition.kind)]} is taken already."
    return ""


def creations(desk: Desk, kind: str, rows: Iterable[NewRow]) -> list[RecordChange]:
    """Return the making of every row that is not refused, with the roles it gives to organisations."""
    values = numbered(desk, kind, [beginning(kind) | row.values for row in rows if not row.refused])
    changes = [created(kind, each) for each in values]
    return [*changes, *taking_on_roles(desk.organisations, changes)]
