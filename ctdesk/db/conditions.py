"""Which records are wanted, as SQL and the values it asks for."""

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from ctdesk.db.stored import Stored, link_table, several, storer
from ctdesk.domain.definition import Field, RecordDefinition, Value

AMONG = "IN (SELECT value FROM json_each(?))"
"""What follows a column that must hold one of some texts, however many: its parameter is made by `listed`."""


def listed(texts: Iterable[str]) -> str:
    """Return texts as one parameter, where a list of them would pass SQLite's limit on their number."""
    return json.dumps(list(texts))


@dataclass(frozen=True, slots=True)
class Condition:
    """The end of a query for records of one kind, from WHERE on, and its parameters; empty if all are wanted."""

    text: str = ""
    values: tuple[Stored, ...] = ()


def condition(
    definition: RecordDefinition,
    uids: Iterable[str] | None,
    where: Mapping[str, Value],
    since: Mapping[str, date],
) -> Condition:
    """Return the condition that a record is among these uids, if any are given, holds these values and later days."""
    parts: list[tuple[str, Stored]] = [] if uids is None else [(f"uid {AMONG}", listed(uids))]
    parts += [part for name, value in where.items() for part in _holds(definition.kind, definition[name], value)]
    parts += [(f'"{definition[name].name}" >= ?', day.isoformat()) for name, day in since.items()]
    if not parts:
        return Condition()
    return Condition(" WHERE " + " AND ".join(text for text, _ in parts), tuple(value for _, value in parts))


def _holds(kind: str, field: Field, value: Value) -> Iterator[tuple[str, Stored]]:
    if not field.several:
        yield f'"{field.name}" IS ?', storer(field)(value)
        return
    of_it = f'(SELECT value FROM {link_table(kind, field)} WHERE record = "{kind}".uid)'  # noqa: S608 - names of our own definitions
    if not value:
        yield f"EXISTS {of_it} IS ?", 0
    for one in several(field, value):
        yield f"? IN {of_it}", one
