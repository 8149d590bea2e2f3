"""One edit through the door: fields of one record, set to what a person typed."""

from collections.abc import Mapping, Sequence

from ctdesk.domain.changes import Action, ChangeSet, RecordChange, updated
from ctdesk.domain.checks import check_value
from ctdesk.domain.definition import Field, RecordDefinition, Value, Values
from ctdesk.domain.errors import DeskError
from ctdesk.domain.findings import sentence
from ctdesk.domain.reading import Unreadable
from ctdesk.domain.values import CLEAR
from ctdesk.services.desk import Desk, definition_of
from ctdesk.services.faults import must_hold
from ctdesk.services.unique import refuse_taken
from ctdesk.services.watching import refuse_unready


def edit(desk: Desk, kind: str, which: str, typed: Mapping[str, str], *, why: str = "") -> ChangeSet | None:
    """Set fields of one record to typed values; None if they hold them already.

    An empty text, or the word clear, empties a field. Raises DeskError naming the field if a value cannot be
    taken or breaks a rule that must hold.
    """
    definition = definition_of(kind)
    uid, before = desk.find(definition.kind, which)
    after = {
        field_named(definition, name).name: read_typed(desk, definition, name, text) for name, text in typed.items()
    }
    must_hold(definition, {**before, **after}, after)
    change = updated(definition.kind, uid, before, after)
    if change is None:
        return None
    refuse_taken(desk, change)
    refuse_unready(desk, change, why)
    return desk.apply(Action.EDIT, edit_title(definition, before, change), [change], why=why)


def edit_title(definition: RecordDefinition, values: Values, change: RecordChange) -> str:
    """Return what an edit of one record is called in the history."""
    called = str(values.get(definition.reference) or values.get(definition.title) or change.uid)
    labels = ", ".join(definition[name].label for name in change.after)
    return f"{definition.label} {called}: {labels}"


def split_pairs(pairs: Sequence[str]) -> dict[str, str]:
    """Return `field=value` texts as a mapping; DeskError if one has no equals sign."""
    split = {}
    for pair in pairs:
        name, equals, value = pair.partition("=")
        if not equals or not name.strip():
            raise DeskError(f"“{pair}” is not of the form field=value.")
        split[name.strip()] = value.strip()
    return split


def field_named(definition: RecordDefinition, name: str) -> Field:
    """Return the field a person names, by its name or else its label; DeskError lists the fields."""
    wanted = name.strip().casefold()
    labelled = (field for field in definition.fields if wanted == field.label.casefold())
    found = definition.by_name.get(wanted) or next(labelled, None)
    if found is not None:
        return found
    raise DeskError(
        f"{definition.plural} have no field “{name}”; they have {', '.join(field.name for field in definition.fields)}."
    )


def read_typed(desk: Desk, definition: RecordDefinition, name: str, text: str) -> Value:
    """Return the value of a typed text for a field; DeskError if it cannot be one."""
    field = field_named(definition, name)
    if text.casefold() == CLEAR:
        text = ""
    if text and field.target and field.target not in desk.names:
        return desk.find(field.target, text)[0]
    try:
        value = desk.reader.read(field, text)
    except Unreadable as fault:
        raise DeskError(f"{field.label}: “{text}” {fault}.") from fault
    for found in check_value(field, value) if value is not None else ():
        raise DeskError(sentence(found.rule, label=field.label, **found.words))
    return value
