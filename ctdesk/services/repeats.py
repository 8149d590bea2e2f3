"""Rows of a register that say the same twice, or give one reference to two things."""

from collections.abc import Sequence

from ctdesk.domain.definition import RecordDefinition, Value
from ctdesk.domain.findings import Finding, sentence
from ctdesk.domain.identity import new_uid
from ctdesk.domain.incoming import IncomingRow
from ctdesk.domain.merge import UNCHANGED
from ctdesk.domain.review import RowOutcome, RowState


def part_repeats(
    rows: Sequence[IncomingRow], definition: RecordDefinition
) -> tuple[list[IncomingRow], list[RowOutcome]]:
    """Part the rows to be adopted from those that come second under a reference, each with the reason.

    A second row that says the same in every column used is a repetition; one that says something else must be
    given a reference of its own.
    """
    first: dict[tuple[Value, Value], IncomingRow] = {}
    kept: list[IncomingRow] = []
    repeats: list[RowOutcome] = []
    for row in rows:
        reference = row.values.get(definition.reference)
        if not reference or definition.reference == definition.title:
            kept.append(row)
            continue
        earlier = first.setdefault((row.values.get("agency"), str(reference).casefold()), row)
        if earlier is row:
            kept.append(row)
        else:
            repeats.append(_repeat(row, earlier, definition))
    return kept, repeats


def _repeat(row: IncomingRow, earlier: IncomingRow, definition: RecordDefinition) -> RowOutcome:
    row.uid, row.held = new_uid(), True
    if row.values == earlier.values:
        rule, words = "repeated_row", sentence("repeated_row", row=str(earlier.number))
    else:
        told = str(row.values[definition.reference])
        rule, words = "duplicate_reference", sentence("duplicate_reference", reference=told)
    cells = (row.cell(definition.reference), earlier.cell(definition.reference))
    finding = Finding(rule, words, cells, kind=row.kind, uid=row.uid, field=definition.reference, whole_row=True)
    return RowOutcome(row, row.uid, RowState.UNREADABLE, UNCHANGED, None, {}, [finding])
