"""What taking in a return and adopting a register have in common once their rows are reviewed."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace

from ctdesk.domain.changes import Operation, RecordChange
from ctdesk.domain.definition import DEFINITIONS, Values
from ctdesk.domain.findings import Finding
from ctdesk.domain.identity import row_key
from ctdesk.domain.incoming import SentRow
from ctdesk.domain.names import NameIndex
from ctdesk.domain.review import Review, RowOutcome, RowState
from ctdesk.services.desk import Desk
from ctdesk.services.receipt import HeldConflict, reference_of
from ctdesk.services.references import numbered

Reviews = Mapping[str, Review]
"""Reviews by kind of record."""


def outcomes_of(reviews: Reviews) -> list[RowOutcome]:
    """Return every row of every kind."""
    return [outcome for review in reviews.values() for outcome in review.outcomes]


def row_changes(
    desk: Desk, reviews: Reviews, agency_of: Callable[[RowOutcome], str], names: NameIndex
) -> list[RecordChange]:
    """Return what the clean parts of the rows change; new records are given their agency and a reference.

    `names` are those of the organisations, the new ones that came with the file too.
    """
    changes = []
    for outcome in outcomes_of(reviews):
        change = outcome.change()
        if change is not None:
            changes.append(_owned(change, agency_of(outcome)))
    return _with_references(desk, changes, names)


def _owned(change: RecordChange, agency: str) -> RecordChange:
    if change.operation is not Operation.CREATE or not DEFINITIONS[change.kind].owner:
        return change
    return replace(change, after={**change.after, "agency": agency})


def _with_references(desk: Desk, changes: list[RecordChange], names: NameIndex) -> list[RecordChange]:
    """Give new activities without a reference the next ones of their agency's series."""
    new = [change for change in changes if change.kind == "activity" and change.operation is Operation.CREATE]
    given = [str(reference) for change in changes if (reference := change.after.get("reference"))]
    values = numbered(desk, "activity", [change.after for change in new], names, given)
    whole = {change.uid: after for change, after in zip(new, values, strict=True)}
    return [replace(change, after=whole.get(change.uid, change.after)) for change in changes]


def held_conflicts(reviews: Reviews) -> list[HeldConflict]:
    """Return the conflicts that wait for a person."""
    return [
        HeldConflict(o.row.kind, o.uid, reference_of(o.row.kind, {**o.sent, **(o.ours or {})}), conflict)
        for o in outcomes_of(reviews)
        if o.state is RowState.CONFLICTING
        for conflict in o.comparison.conflicts
    ]


def row_findings(reviews: Reviews) -> list[Finding]:
    """Return what was found in the rows, each told what people call its record.

    A row that is no record yet and is not being made one has no uid to be remembered by.
    """
    findings = []
    for outcome in outcomes_of(reviews):
        if not outcome.findings:
            continue
        uid = outcome.uid if outcome.sent or outcome.ours or outcome.change() else ""
        title = DEFINITIONS[outcome.row.kind].title
        values = {**outcome.sent, **(outcome.ours or {}), **outcome.row.values}
        name = str(values.get(title) or "")
        findings += [replace(finding, name=name, uid=uid) for finding in outcome.findings]
    return findings


def agreed_rows(base: Iterable[SentRow], reviews: Reviews, changes: Sequence[RecordChange]) -> list[SentRow]:
    """Return the base of the next comparison: the rows as they were, with everything that is now agreed."""
    agreed = {row.uid: row for row in base}
    after = {change.uid: change.after for change in changes}
    for outcome in outcomes_of(reviews):
        told = {name: outcome.row.values[name] for name in outcome.comparison.agreed}
        settled = outcome.comparison.settled if not outcome.row.held else {}
        news = {**after.get(outcome.uid, {}), **told, **settled}
        if news:
            old = agreed.get(outcome.uid) or SentRow(outcome.row.kind, outcome.uid, row_key(outcome.uid), {})
            agreed[outcome.uid] = replace(old, values={**old.values, **news})
    return list(agreed.values())


MONEY = {"activity": "annual_value", "agreement": "total_value"}
"""The sum by which the records of a kind are weighed: of activities a year, of agreements over the term."""


def total_value(records: Iterable[Values], kind: str = "activity") -> int:
    """Return the total of records of a kind in pence; nought for kinds without such a sum."""
    name = MONEY.get(kind, "")
    return sum(value for values in records if isinstance(value := values.get(name), int))


def value_moved(changes: Sequence[RecordChange]) -> int:
    """Return by how many pence the changes move the totals of their kinds."""
    moved = 0
    for change in changes:
        name = MONEY.get(change.kind)
        if name is not None and name in change.after:
            before, after = change.before.get(name), change.after.get(name)
            moved += (after if isinstance(after, int) else 0) - (before if isinstance(before, int) else 0)
    return moved
