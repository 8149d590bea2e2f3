"""Rows for the tests of the workspace file: change sets and values of any kind of field."""

from collections.abc import Iterable, Mapping
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

from ctdesk.db.queries import load
from ctdesk.db.workspace import Workspace
from ctdesk.domain.changes import Action, ChangeSet, RecordChange, created
from ctdesk.domain.definition import Field, Kind, Value
from ctdesk.domain.records import DEFINITIONS
from hypothesis import strategies as st

_LONGEST = 1_000_000_000_000
_WORDS = st.text(st.characters(codec="utf-8", exclude_characters="\0"), min_size=1, max_size=20)
_BY_KIND: dict[Kind, st.SearchStrategy[Any]] = {
    Kind.INTEGER: st.integers(-_LONGEST, _LONGEST),
    Kind.PERCENT: st.integers(0, 100),
    Kind.MONEY: st.integers(-_LONGEST, _LONGEST),
    Kind.DECIMAL: st.integers(-10_000, 10_000).map(lambda number: Decimal(number).scaleb(-2)),
    Kind.DATE: st.dates(date(1900, 1, 1)),
    Kind.MOMENT: st.datetimes(datetime(1900, 1, 1), timezones=st.just(UTC)),  # noqa: DTZ001 - the strategy adds the zone
    Kind.YES_NO: st.booleans(),
}


def step(*changes: RecordChange | None, action: Action = Action.EDIT, **more: Any) -> ChangeSet:
    """A change set with these changes; updates that change nothing are left out."""
    kept = tuple(change for change in changes if change is not None)
    return ChangeSet(**{"action": action, "title": "A step", "who": "sam", "changes": kept, **more})


def entries(list_name: str, *codes: str) -> list[RecordChange]:
    """A reference list with these codes."""
    return [
        created("list_entry", {"list": list_name, "code": code, "label": code.title(), "position": position})
        for position, code in enumerate(codes)
    ]


def everything(workspace: Workspace) -> dict[str, dict[str, dict[str, Value]]]:
    """All records of all kinds."""
    return {kind: load(workspace, kind) for kind in DEFINITIONS}


def value_of(field: Field, linked: Mapping[str, list[str]]) -> st.SearchStrategy[Any]:
    """Any value, or none, that a field may hold; links lead to one of the records given by kind."""
    if field.kind is Kind.LINK:
        return st.sampled_from([None, *linked.get(field.target or "", [])])
    if field.several:
        held = linked.get(field.target or "", []) if field.kind is Kind.LINKS else ["a", "b", "c"]
        return st.sets(st.sampled_from(held)).map(lambda codes: tuple(sorted(codes))) if held else st.just(())
    if field.kind is Kind.CHOICE:
        return st.sampled_from([None, "a", "b"])
    return st.none() | _BY_KIND.get(field.kind, _WORDS)


def values_of(kind: str, linked: Mapping[str, list[str]], names: Iterable[str] = ()) -> st.SearchStrategy[Any]:
    """Values of all fields of a kind of record, or of those named."""
    fields = DEFINITIONS[kind].by_name
    return st.fixed_dictionaries({name: value_of(fields[name], linked) for name in names or fields})
