"""Rows that came back, read but not yet compared: what each says, where it stands, and what could not be read."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from ctdesk.domain.definition import Value
from ctdesk.domain.findings import Finding


class StillYours(StrEnum):
    """An agency's answer to whether a row is still its own."""

    UNSAID = ""
    YES = "yes"
    ENDED = "ended"
    NOT_OURS = "not_ours"


class Suggestions(StrEnum):
    """What to do with likenesses and doubtful readings: ask about each, take them all, or take none."""

    HOLD = "hold"
    ACCEPT = "accept"
    DECLINE = "decline"


class FoundBy(StrEnum):
    """How a row was matched to a record."""

    KEY = "its key"
    REFERENCE = "its reference"
    IDENTITY = "its title and provider"
    SUGGESTION = "a likeness"
    NOTHING = "nothing"


@dataclass(frozen=True, slots=True)
class Place:
    """Where a table stands: the sheet's own name and the column letters of each field read from it."""

    sheet: str
    columns: Mapping[str, str]

    def cell(self, name: str, number: int) -> str:
        """Return the cell of a field in a row, like `Activity!H12`; the row alone if the field has no column."""
        return f"{self.sheet}!{self.columns.get(name, 'A')}{number}"


@dataclass(slots=True)
class IncomingRow:
    """One row as read. `values` hold what is filled and readable; a field cleared on purpose holds nothing.

    A field that is absent was left blank, which is not the same. `number` is the sheet's own row number.
    `answer` is what the row says under *Still yours?*, None if the sheet does not ask.
    `held` says that nothing of the row may be applied unasked. `suggested` is the record it only looks like, and
    `decided` what a person said to that.
    """

    kind: str
    number: int
    place: Place
    values: dict[str, Value]
    key: str = ""
    answer: StillYours | None = None
    findings: list[Finding] = field(default_factory=list)
    uid: str | None = None
    found_by: FoundBy = FoundBy.NOTHING
    held: bool = False
    suggested: str | None = None
    decided: Suggestions | None = None

    def cell(self, name: str) -> str:
        """Return the cell of a field."""
        return self.place.cell(name, self.number)

    def note(self, finding: Finding) -> None:
        """Add a finding to the row."""
        self.findings.append(finding)


@dataclass(frozen=True, slots=True)
class SentRow:
    """One row as it was sent, or as it was last agreed: the base of the comparison."""

    kind: str
    uid: str
    key: str
    values: Mapping[str, Value]
