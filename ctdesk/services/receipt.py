"""What taking in one file came to: the same value for the command line, the window and the hand-back."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from ctdesk.domain.changes import RecordChange
from ctdesk.domain.definition import DEFINITIONS, Value, Values
from ctdesk.domain.findings import Finding, Grade
from ctdesk.domain.merge import Conflict
from ctdesk.domain.names import Names
from ctdesk.domain.review import Review, RowOutcome, RowState

ASKED = frozenset({Grade.MUST_FIX, Grade.EXPLAIN})
"""The grades that leave something to decide or to fix."""


@dataclass(frozen=True, slots=True)
class HeldConflict:
    """One field that both sides changed, and whose record it is."""

    kind: str
    uid: str
    reference: str
    conflict: Conflict


@dataclass(slots=True)
class Receipt:
    """The outcome of one file: whose it is, what it would change, what is asked, and whether it was applied.

    `changes` are those of the rows themselves; `along` are the records made or altered with them (new
    organisations, the request, findings). `explained` are findings that a person answered just now, with the
    answer, `carried` those that were answered before, in whatever round. Money is the agency's yearly total in pence.
    """

    path: Path
    round: str
    agency: str
    form_version: str
    reviews: Mapping[str, Review]
    changes: Sequence[RecordChange]
    along: Sequence[RecordChange]
    conflicts: Sequence[HeldConflict]
    findings: Sequence[Finding]
    money_before: int
    money_after: int
    names: Names
    explained: Sequence[tuple[Finding, str]] = ()
    carried: Sequence[tuple[Finding, str]] = ()
    seen_before: bool = False
    applied: bool = False
    change_set: str | None = None
    hand_back: Path | None = None
    notes: list[str] = field(default_factory=list)
    _rows: dict[str, RowOutcome] = field(default_factory=dict)
    _after: dict[str, Values] = field(default_factory=dict)

    @property
    def left_to_decide(self) -> bool:
        """Whether somebody still has to decide or fix something."""
        return bool(self.conflicts) or any(finding.grade in ASKED for finding in self.findings)

    def reference(self, uid: str) -> str:
        """Return what a person calls a record of this file by, as it would be called after the changes."""
        if not self._rows:
            self._rows = {row.uid: row for review in self.reviews.values() for row in review.outcomes}
            self._after = {change.uid: change.after for change in self.changes}
        row = self._rows.get(uid)
        if row is None:
            return uid
        return reference_of(row.row.kind, {**row.sent, **(row.ours or {}), **self._after.get(uid, {})}) or uid

    def counts(self, kind: str) -> dict[str, int]:
        """Return how many rows of a kind came to what; all but *missing* add up to *read*."""
        review = self.reviews[kind]
        states = {state.value: review.count(state) for state in RowState}
        return {"read": len(review.outcomes), **states, "missing": len(review.missing)}


def reference_of(kind: str, values: Mapping[str, Value]) -> str:
    """Return what a person calls a record by: its reference, or its title where it has none."""
    definition = DEFINITIONS[kind]
    return str(values.get(definition.reference) or values.get(definition.title) or "")
