"""One new record through the door, its fields as a person typed them."""

from collections.abc import Mapping

from ctdesk.domain.definition import Value
from ctdesk.domain.errors import DeskError
from ctdesk.domain.values import UnknownName
from ctdesk.services.desk import Desk, definition_of
from ctdesk.services.editing import field_named, read_typed
from ctdesk.services.records import new_record
from ctdesk.services.stated_weights import as_stored

_OF_THE_DESK = frozenset({"finding", "list_entry", "note", "request", "round", "saved_view", "setting", "stored_file"})
"""Kinds that come about by other commands and by the desk itself."""


def add(desk: Desk, kind: str, typed: Mapping[str, str]) -> tuple[str, str]:
    """Make a record of typed values and return its kind and uid.

    A name that an open link does not know becomes a new organisation or team. Raises DeskError naming the field if a
    value cannot be taken, or what tells whose or what it is is missing.
    """
    definition = definition_of(kind)
    if definition.kind in _OF_THE_DESK:
        raise DeskError(f"{definition.plural} are not added by hand; the desk makes them as its work goes on.")
    values: dict[str, Value] = {}
    new_names: dict[str, str] = {}
    for name, text in typed.items():
        field = field_named(definition, name)
        if field.open and _unknown(desk, definition.kind, field.name, text):
            new_names[field.name] = text
        else:
            values[field.name] = read_typed(desk, definition, name, text)
    if definition.kind == "weight":
        values = as_stored(desk, values)
    return definition.kind, new_record(desk, definition.kind, values, new_names)


def _unknown(desk: Desk, kind: str, name: str, text: str) -> bool:
    try:
        desk.reader.read(definition_of(kind)[name], text)
    except UnknownName:
        return True
    return False
