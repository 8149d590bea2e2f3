"""What a person has decided about one return in review: plain values that a workspace keeps as JSON.

Rows are known by their kind and number in the file, which never changes; a field by its row and name; a doubtful
or unknown cell by its field and what is typed there, once for all rows; a question by its rule and first cell.
"""

import json
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field

from ctdesk.domain.definition import DEFINITIONS, Value
from ctdesk.domain.findings import Finding
from ctdesk.domain.incoming import IncomingRow, Suggestions
from ctdesk.domain.review_policy import Choice, FieldDecision
from ctdesk.domain.values import from_plain, to_plain

RowAt = tuple[str, int]
"""The kind and number of a row."""

FieldAt = tuple[str, int, str]
"""The kind and number of a row, and a field of it."""

ReadingAt = tuple[str, str]
"""A field, and what is typed in a cell of it."""

QuestionAt = tuple[str, str]
"""A rule, and the first cell that it names, like `Activity!H12`."""


@dataclass(slots=True)
class Decisions:
    """The decisions so far. What is clean counts as accepted until it is declined.

    `fields` are declined fields (ours) and settled conflicts, `matches` what was said to suggested matches,
    `declined_rows` new rows that are not wanted, `readings` what was said to likenesses of names and to doubtful
    cells, `explanations` what was taken down as the answer to a question.
    """

    fields: dict[FieldAt, FieldDecision] = field(default_factory=dict)
    matches: dict[RowAt, Suggestions] = field(default_factory=dict)
    declined_rows: set[RowAt] = field(default_factory=set)
    readings: dict[ReadingAt, Suggestions] = field(default_factory=dict)
    explanations: dict[QuestionAt, str] = field(default_factory=dict)

    def decide(self, row: IncomingRow, name: str) -> FieldDecision | None:
        """Return what was decided about a field of a row."""
        return self.fields.get((row.kind, row.number, name))

    def decline(self, kind: str, number: int, *names: str) -> None:
        """Keep the desk's own values of these fields of a row."""
        for name in names:
            self.fields[kind, number, name] = FieldDecision(Choice.OURS)

    def accept(self, kind: str, number: int, *names: str) -> None:
        """Take the return's values of these fields of a row; of a conflict too."""
        for name in names:
            self.fields[kind, number, name] = FieldDecision(Choice.THEIRS)

    def settle(self, kind: str, number: int, name: str, decision: FieldDecision | None) -> None:
        """Decide a conflict, or leave it to decide again."""
        if decision is None:
            self.fields.pop((kind, number, name), None)
        else:
            self.fields[kind, number, name] = decision

    def want_row(self, kind: str, number: int, *, wanted: bool) -> None:
        """Say whether a new row is wanted."""
        (self.declined_rows.discard if wanted else self.declined_rows.add)((kind, number))

    def match(self, kind: str, number: int, said: Suggestions) -> None:
        """Say whether a row is the record it looks like (accept), a new one (decline), or leave it (hold)."""
        self.matches[kind, number] = said

    def read_as(self, name: str, typed: str, said: Suggestions) -> None:
        """Say whether a typed name or doubtful cell means what was suggested (accept), or something new (decline)."""
        self.readings[name, typed] = said

    def explain(self, rule: str, cell: str, text: str) -> None:
        """Take down the answer to a question; an empty one asks again."""
        if text.strip():
            self.explanations[rule, cell] = text.strip()
        else:
            self.explanations.pop((rule, cell), None)

    def explanation(self, finding: Finding) -> str | None:
        """Return the answer that was taken down to a finding."""
        return self.explanations.get((finding.rule, finding.cells[0] if finding.cells else ""))

    def for_comparing(self) -> "Decisions":
        """Return only what says which record a row is and what a cell means.

        So all that is declined is compared too, and can be shown and taken after all.
        """
        return Decisions(matches=self.matches, readings=self.readings)

    def accepted_readings(self) -> Collection[ReadingAt]:
        """Return the doubtful cells whose suggestion was accepted."""
        return {at for at, said in self.readings.items() if said is Suggestions.ACCEPT}

    def tell_matches(self, rows: Iterable[IncomingRow]) -> None:
        """Put on each row what was said to its suggested match."""
        for row in rows if self.matches else ():
            row.decided = self.matches.get((row.kind, row.number))

    def hold_declined(self, rows: Iterable[IncomingRow]) -> set[str | None]:
        """Hold the new rows that are not wanted, and return their uids."""
        unwanted = [row for row in rows if (row.kind, row.number) in self.declined_rows] if self.declined_rows else []
        for row in unwanted:
            row.held = True
        return {row.uid for row in unwanted}

    def to_json(self) -> str:
        """Return the decisions as `from_json` reads them."""
        plain = {
            "fields": [[*at, it.choice.value, to_plain(it.value)] for at, it in self.fields.items()],
            "matches": [[*at, said.value] for at, said in self.matches.items()],
            "declined_rows": sorted(self.declined_rows),
            "readings": [[*at, said.value] for at, said in self.readings.items()],
            "explanations": [[*at, text] for at, text in self.explanations.items()],
        }
        return json.dumps(plain, ensure_ascii=False)

    @classmethod
    def from_json(cls, text: str) -> "Decisions":
        """Return the decisions that `to_json` wrote; fields that records no longer have are left out."""
        plain = json.loads(text)
        fields = {
            (kind, number, name): FieldDecision(Choice(choice), _value(kind, name, value))
            for kind, number, name, choice, value in plain["fields"]
            if name in DEFINITIONS[kind].by_name
        }
        return cls(
            fields,
            {(kind, number): Suggestions(said) for kind, number, said in plain["matches"]},
            {(kind, number) for kind, number in plain["declined_rows"]},
            {(name, typed): Suggestions(said) for name, typed, said in plain["readings"]},
            {(rule, cell): answer for rule, cell, answer in plain["explanations"]},
        )


def _value(kind: str, name: str, plain: object) -> Value:
    return from_plain(DEFINITIONS[kind][name], plain)
