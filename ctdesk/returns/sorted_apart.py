"""Noticing a sheet that was sorted without all its columns, so that rows hold pieces of one another."""

from collections.abc import Mapping, Sequence

from ctdesk.domain.definition import Kind, RecordDefinition
from ctdesk.domain.findings import Finding, sentence
from ctdesk.domain.incoming import FoundBy, IncomingRow, SentRow

_FEWEST = 3
"""Rows whose values must have changed places before a column is taken to have been sorted by itself."""


def hold_sorted_apart(
    rows: Sequence[IncomingRow], sent: Mapping[str, SentRow], definition: RecordDefinition
) -> list[Finding]:
    """Hold the rows that hold pieces of one another, and return one finding that names them."""
    changed = _changed(rows, sent)
    labels = _labels(definition)
    apart = _under_other_labels(changed, sent, labels)
    at = labels[0] if apart else ""
    for name in changed if not apart else ():
        moved = _changed_places(changed[name], sent, name)
        apart |= moved
        at = at or (name if moved else "")
    if not apart:
        return []
    for row in apart.values():
        row.held = True
    cells = tuple(row.cell(at) for _, row in sorted(apart.items()))
    words = sentence("sorted_apart", count=str(len(apart)), label=definition[at].label)
    return [Finding("sorted_apart", words, cells, kind=definition.kind, field=at)]


def _labels(definition: RecordDefinition) -> list[str]:
    """Return the fields that tell records apart: the reference, or else the title if it is a text of its own."""
    if definition.reference != definition.title:
        return [definition.reference]
    return [definition.title] if definition[definition.title].kind is Kind.TEXT else []


def _changed(rows: Sequence[IncomingRow], sent: Mapping[str, SentRow]) -> dict[str, list[IncomingRow]]:
    """Return, by field, the rows found by their keys that say something else than was sent."""
    changed: dict[str, list[IncomingRow]] = {}
    for row in rows:
        if row.uid is None or row.found_by is not FoundBy.KEY or row.uid not in sent:
            continue
        before = sent[row.uid].values
        if row.values.items() <= before.items():
            continue  # nothing changed, which most rows say
        for name, value in row.values.items():
            if value != before.get(name):
                changed.setdefault(name, []).append(row)
    return changed


def _under_other_labels(
    changed: Mapping[str, Sequence[IncomingRow]], sent: Mapping[str, SentRow], names: Sequence[str]
) -> dict[int, IncomingRow]:
    """Return the rows, if there are two or more, whose key is one record's and whose label another's."""
    apart: dict[int, IncomingRow] = {}
    for name in names:
        labels = {row.values.get(name) for row in sent.values()} - {None} if name in changed else set()
        apart |= {row.number: row for row in changed.get(name, ()) if row.values[name] in labels}
    return apart if len(apart) > 1 else {}


def _changed_places(rows: Sequence[IncomingRow], sent: Mapping[str, SentRow], name: str) -> dict[int, IncomingRow]:
    """Return the rows, all of one field changed, if their values have only changed places with one another."""
    before = {sent[row.uid or ""].values.get(name) for row in rows}
    told = {row.values[name] for row in rows}
    return {row.number: row for row in rows} if len(rows) == len(before) >= _FEWEST and before == told else {}
