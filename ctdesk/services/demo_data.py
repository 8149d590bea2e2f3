"""The invented borough of the demonstration: what its desk knows before the round, and how its agencies answer.

All of it stands in `resources/demo/`, as a person would type it, and is read with the reader that reads workbooks.
The figures that come from published papers are named, with paper and section, in `borough.toml`.
"""

import csv
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any

from ctdesk.domain.changes import RecordChange, created
from ctdesk.domain.definition import DEFINITIONS, Value
from ctdesk.domain.errors import DeskError
from ctdesk.domain.lists import ReferenceLists
from ctdesk.domain.names import NameIndex
from ctdesk.domain.reading import Unreadable
from ctdesk.domain.values import ValueReader
from ctdesk.resources import resource

_TABLES = {
    "organisation": "organisations.csv",
    "team": "teams.csv",
    "contact": "contacts.csv",
    "activity": "activities.csv",
    "funding_line": "funding.csv",
    "post": "posts.csv",
    "agreement": "agreements.csv",
    "agreement_share": "shares.csv",
    "extension": "extensions.csv",
    "variation": "variations.csv",
    "requirement": "requirements.csv",
    "payment": "payments.csv",
    "risk": "risks.csv",
    "review": "reviews.csv",
    "action": "actions.csv",
    "weakness": "weaknesses.csv",
    "concern": "concerns.csv",
    "document": "documents.csv",
    "exempt_mark": "exempt.csv",
    "act_rating": "ratings.csv",
    "board_meeting": "boards.csv",
    "measure": "measures.csv",
    "agreement_measure": "agreement_measures.csv",
    "measure_result": "results.csv",
    "population": "populations.csv",
    "need": "needs.csv",
}
"""The tables in the order in which their links can be followed."""

CALLED = "called"
"""The column under which a table names its rows, where no field of the record does."""

Typed = str | int | float | bool | date
"""What somebody puts into a cell."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Borough:
    """The demonstration's trust, whom its agencies write to, and the round it holds."""

    name: str
    team: str
    reply_to: str
    telephone: str
    round: str
    as_at: date
    due: date


@dataclass(frozen=True, slots=True)
class Edit:
    """A cell an agency fills or changes: the row found by its reference or post title, the column by its heading."""

    sheet: str
    row: str
    column: str
    value: Typed


@dataclass(frozen=True, slots=True)
class NewRow:
    """A row an agency adds, its cells by heading."""

    sheet: str
    cells: Mapping[str, Typed]


@dataclass(frozen=True, slots=True)
class DeskEdit:
    """A field of an activity that the desk itself changes while the workbook is away, as typed."""

    reference: str
    field: str
    value: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """How one agency answers; `answered_on` is None where it never does.

    `confirms`: every row that has no edit under *Still yours?* is answered with Yes.
    """

    agency: str
    note: str
    answered_on: date | None
    format: str
    confirms: bool
    edits: tuple[Edit, ...]
    new_rows: tuple[NewRow, ...]
    meanwhile: tuple[DeskEdit, ...]


def borough() -> Borough:
    """Return the invented trust and its round."""
    content = _toml("borough.toml")
    told = content["round"]
    settings = {name: content[name] for name in ("name", "team", "reply_to", "telephone")}
    return Borough(**settings, round=told["name"], as_at=told["as_at"], due=told["due"])


def demo_changes(lists: ReferenceLists) -> tuple[RecordChange, ...]:
    """Return the creation of every record the demonstration begins with.

    `lists` are those of the framework Every Child Matters; DeskError names file, line and column of a word that is
    not in them.
    """
    names = {kind: NameIndex() for kind in _TABLES}
    reader = ValueReader(lists, names)
    return tuple(change for kind in _TABLES for change in _records(kind, reader, names[kind]))


@cache
def agency_answers() -> tuple[Answer, ...]:
    """Return how each agency answers the round, in the order of the file."""
    return tuple(_answer(given) for given in _toml("answers.toml")["agency"])


def _records(kind: str, reader: ValueReader, names: NameIndex) -> Iterator[RecordChange]:
    """Yield the records of one table, and enter each under the name by which later tables link to it."""
    definition = DEFINITIONS[kind]
    with resource("demo", _TABLES[kind]).open(encoding="utf-8", newline="") as file:
        for line, row in enumerate(csv.DictReader(file), start=2):
            change = created(kind, _values(kind, row, reader, line))
            names.add(change.uid, row.get(CALLED) or row[definition.reference])
            yield change


def _values(kind: str, row: Mapping[str, str], reader: ValueReader, line: int) -> dict[str, Value]:
    """Read the columns that are fields of the record; the others (service, block) say what the row is there for."""
    definition = DEFINITIONS[kind]
    values: dict[str, Value] = {}
    for name in (field.name for field in definition.fields if field.name in row):
        try:
            values[name] = reader.read(definition[name], row[name])
        except Unreadable as fault:
            raise DeskError(f"{_TABLES[kind]}, line {line}, {name}: “{row[name]}” {fault}.") from None
    return values


def _answer(given: Mapping[str, Any]) -> Answer:
    return Answer(
        agency=given["name"],
        note=given["note"],
        answered_on=given.get("answered_on"),
        format=given.get("format", "xlsx"),
        confirms=given.get("confirms", True),
        edits=tuple(Edit(*edit) for edit in given.get("edits", ())),
        new_rows=tuple(NewRow(**row) for row in given.get("new_rows", ())),
        meanwhile=tuple(DeskEdit(*edit) for edit in given.get("meanwhile", ())),
    )


def _toml(name: str) -> dict[str, Any]:
    return tomllib.loads(resource("demo", name).read_text(encoding="utf-8"))
