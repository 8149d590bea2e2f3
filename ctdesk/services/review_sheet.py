"""A return laid out for a person to decide on: its records with old beside new, its questions, its totals.

Everything is shown as the return stands; the decisions only say what is ticked, so that a tick costs nothing.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from ctdesk.domain.decisions import Decisions
from ctdesk.domain.definition import DEFINITIONS, Kind, Value
from ctdesk.domain.findings import Finding, Grade
from ctdesk.domain.incoming import Suggestions
from ctdesk.domain.review_policy import Choice, FieldDecision
from ctdesk.services.intake import MONEY

FieldState = Literal["accepted", "declined", "to decide"]
RecordState = Literal[
    "conflict", "suggested match", "changed", "new", "ended", "unreadable", "not in the return", "unchanged"
]

ORDER: tuple[RecordState, ...] = (
    "conflict",
    "suggested match",
    "changed",
    "new",
    "ended",
    "unreadable",
    "not in the return",
    "unchanged",
)
"""The order in which records are shown: what is to be decided first, what needs nothing last."""

_CELL = re.compile(r"(.+)![A-Z]+(\d+)$")


@dataclass(frozen=True, slots=True)
class ReviewField:
    """One field of a record: as sent, on the desk now and in the return, in words, and what is decided.

    `moved` says by how much a sum moved. Of a conflict `told` says who last changed the desk's value, and `other`
    is the third value that was chosen. `rules` are the findings about the field.
    """

    name: str
    label: str
    cell: str
    sent: str
    old: str
    new: str
    new_value: Value
    old_value: Value
    moved: str
    conflict: bool
    state: FieldState
    choice: Choice | None
    other: str
    other_value: Value
    told: str
    rules: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class UnchangedField:
    """One field of a record that stays as the desk has it; `note` says why, where the return was not simply alike."""

    label: str
    cell: str
    value: str
    note: str


@dataclass(frozen=True, slots=True)
class Evidence:
    """One line of what speaks for a suggested match or against it."""

    label: str
    old: str
    new: str
    word: str


@dataclass(frozen=True, slots=True)
class SuggestedMatch:
    """The record a row without a key looks like, the evidence, and what was said to it."""

    uid: str
    reference: str
    title: str
    evidence: tuple[Evidence, ...]
    said: Suggestions


@dataclass(frozen=True, slots=True)
class ReviewRecord:
    """One record of the return with what it would change; `number` is the row in the file.

    A record that did not come back has a number below zero. `wanted` is False for a new record that was declined;
    `unchanged` counts the fields folded away, which `unchanged_fields` tells when they are wanted.
    """

    kind: str
    number: int
    uid: str
    state: RecordState
    reference: str
    title: str
    fields: tuple[ReviewField, ...]
    unchanged: int
    match: SuggestedMatch | None = None
    wanted: bool = True

    def count(self, state: FieldState) -> int:
        """Return how many of its fields are so decided."""
        return sum(1 for item in self.fields if item.state == state)

    @property
    def still(self) -> bool:
        """Whether nothing of it changes or is asked."""
        return self.state in {"unchanged", "not in the return"}

    @property
    def to_decide(self) -> bool:
        """Whether a person still has to choose."""
        waiting = self.match is not None and self.match.said is Suggestions.HOLD
        return waiting or self.count("to decide") > 0


@dataclass(frozen=True, slots=True)
class ReviewQuestion:
    """One finding: its words and cells, the row it is about, what the row's comment says, and the answer taken down.

    `carried` is what was answered to the same question before, so that it is not asked again. `said` is what was
    decided about a suggested name or reading, `typed` the cell that the decision is about.
    """

    finding: Finding
    kind: str
    number: int | None
    comment: str
    explanation: str
    can_explain: bool
    field: str
    typed: str
    said: Suggestions | None
    carried: str = ""


@dataclass(frozen=True, slots=True)
class ReviewRule:
    """The findings of one rule, and how many cells they concern."""

    rule: str
    grade: Grade
    questions: tuple[ReviewQuestion, ...]

    @property
    def cells(self) -> int:
        """How many cells are concerned."""
        return sum(len(question.finding.cells) for question in self.questions)


@dataclass(frozen=True, slots=True)
class ReviewTotals:
    """What applying would do with the decisions so far; money is the agency's yearly total in pence.

    `fields` are accepted fields of known records, `records` accepted new ones.
    """

    fields: int
    records: int
    declined: int
    to_decide: int
    money_before: int
    money_after: int
    money_parts: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class ReviewSheet:
    """Everything the review of one return shows; `counts` are the rows by kind and state.

    `strong` are the words of the sentence that matter most; `kinds` tells which kind of record stands on a sheet of
    the file.
    """

    sentence: str
    strong: tuple[str, ...]
    seen_before: bool
    counts: Mapping[str, Mapping[str, int]]
    kinds: Mapping[str, str]
    records: tuple[ReviewRecord, ...]
    rules: tuple[ReviewRule, ...]
    totals: ReviewTotals

    @property
    def has_money(self) -> bool:
        """Whether any of its kinds of record has a sum."""
        return bool(MONEY.keys() & self.counts.keys())

    def row_at(self, cell: str) -> tuple[str, int] | None:
        """Return the kind and number of the row that a cell stands in, or None if no row was read there."""
        sheet, number = sheet_and_row(cell)
        return (self.kinds[sheet], number) if sheet in self.kinds else None


def sheet_and_row(cell: str) -> tuple[str, int]:
    """Return the sheet and the row of a cell like `Activity!H12`; no sheet and row 0 if it is none."""
    found = _CELL.match(cell)
    return (found[1], int(found[2])) if found else ("", 0)


def accept_without_findings(sheet: ReviewSheet, decisions: Decisions) -> None:
    """Accept every field and new record that no finding is about; conflicts and matches are left to decide."""
    for record in sheet.records:
        if not any(item.rules for item in record.fields):
            tick_record(record, decisions, accept=True)


def settle_conflicts(sheet: ReviewSheet, decisions: Decisions, choice: Choice | None) -> None:
    """Settle every conflict as the file or the desk says, or with None ask about each again."""
    for record in sheet.records:
        for item in record.fields:
            if item.conflict:
                said = FieldDecision(choice) if choice else None
                decisions.settle(record.kind, record.number, item.name, said)


def tick_record(record: ReviewRecord, decisions: Decisions, *, accept: bool) -> None:
    """Accept or decline all of a record but its conflicts, which are chosen one by one."""
    if record.state == "new":
        decisions.want_row(record.kind, record.number, wanted=accept)
    if record.state != "new" or accept:
        _tick(record, decisions, [item.name for item in record.fields if not item.conflict], accept=accept)


def tick_field(record: ReviewRecord, name: str, decisions: Decisions, *, accept: bool) -> None:
    """Accept or decline one field of a record that is no conflict.

    A new record without what makes it one is declined as a whole; of one that was declined, accepting a field
    takes this field and what makes the record one, and nothing else.
    """
    needed = makes_a_record(record.kind) if record.state == "new" else frozenset()
    if name in needed and not accept:
        tick_record(record, decisions, accept=False)
        return
    if accept and not record.wanted:
        decisions.want_row(record.kind, record.number, wanted=True)
        _tick(record, decisions, [item.name for item in record.fields if item.name not in needed], accept=False)
    _tick(record, decisions, [name], accept=accept)


def makes_a_record(kind: str) -> frozenset[str]:
    """Return the fields without which there is no new record of a kind: its title, whose and what it is a part of."""
    definition = DEFINITIONS[kind]
    parts = (item.name for item in definition.required if item.kind is Kind.LINK and not item.open)
    return frozenset({definition.title, *parts, *([definition.owner] if definition.owner else [])})


def _tick(record: ReviewRecord, decisions: Decisions, names: Iterable[str], *, accept: bool) -> None:
    for name in names:
        if accept:
            decisions.settle(record.kind, record.number, name, None)
        else:
            decisions.decline(record.kind, record.number, name)


def totals(records: Sequence[ReviewRecord], money_before: int) -> ReviewTotals:
    """Add up what applying these records would do."""
    known = [record for record in records if record.state != "new"]
    new = [record for record in records if record.state == "new"]
    parts: dict[str, int] = {}
    for record in records:
        moved = _moved(record)
        if moved:
            parts[record.state] = parts.get(record.state, 0) + moved
    return ReviewTotals(
        fields=sum(record.count("accepted") for record in known),
        records=sum(1 for record in new if record.wanted),
        declined=sum(record.count("declined") if record.wanted else 1 for record in records),
        to_decide=sum(max(record.count("to decide"), 1) for record in records if record.to_decide),
        money_before=money_before,
        money_after=money_before + sum(parts.values()),
        money_parts=parts,
    )


def _moved(record: ReviewRecord) -> int:
    """Return by how many pence a record would move the agency's yearly total."""
    item = next((it for it in record.fields if it.name == MONEY.get(record.kind)), None)
    if item is None or item.state != "accepted" or not record.wanted:
        return 0
    new = item.other_value if item.choice is Choice.OTHER else item.new_value
    return (new if isinstance(new, int) else 0) - (item.old_value if isinstance(item.old_value, int) else 0)
