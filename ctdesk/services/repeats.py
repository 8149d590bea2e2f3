"""Rows of a register that cannot be adopted: the same said twice, one reference for two things, nobody's row."""

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

    A second row that says the same in every column used is a repetition, which changes nothing; one that says
    something else must be given a reference of its own.
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


def ownerless(row: IncomingRow) -> RowOutcome:
    """Return the outcome of a row that does not say, or not surely, which agency commissions."""
    asked = any(finding.field == "agency" for finding in row.findings)
    finding = Finding("no_agency", sentence("no_agency"), (row.cell("agency"),), kind=row.kind, field="agency")
    return _apart(row, [*row.findings] if asked else [finding])


def _apart(row: IncomingRow, findings: list[Finding], state: RowState = RowState.UNREADABLE) -> RowOutcome:
    row.uid, row.held = new_uid(), True
    return RowOutcome(row, row.uid, state, UNCHANGED, None, {}, findings)


def _repeat(row: IncomingRow, earlier: IncomingRow, definition: RecordDefinition) -> RowOutcome:
    state = RowState.UNCHANGED if row.values == earlier.values else RowState.UNREADABLE
    if state is RowState.UNCHANGED:
        rule, words = "repeated_row", sentence("repeated_row", row=str(earlier.number))
    else:
        told = str(row.values[definition.reference])
        rule, words = "duplicate_reference", sentence("duplicate_reference", reference=told)
    cells = (row.cell(definition.reference), earlier.cell(definition.reference))
    finding = Finding(rule, words, cells, kind=row.kind, field=definition.reference, whole_row=True)
    return _apart(row, [finding], state)
