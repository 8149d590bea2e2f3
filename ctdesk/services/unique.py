"""What only one record may be called by: the reference of an activity, the name of an organisation or a round.

The reference of an agreement is its own within its agency: two partners number their contracts alike.
"""

from ctdesk.domain.changes import RecordChange
from ctdesk.domain.definition import DEFINITIONS, Kind, Value, Values
from ctdesk.domain.errors import DeskError
from ctdesk.domain.names import plain_name
from ctdesk.services.desk import Desk

_CALLED_BY = {
    "activity": "reference",
    "agreement": "reference",
    "organisation": "name",
    "round": "name",
    "scenario": "name",
}
_WITHIN = {"agreement": "agency"}
"""Whose record it is, where others may be called the same."""


def refuse_taken(desk: Desk, change: RecordChange) -> None:
    """Raise DeskError if the change would give a record what another of its kind is already called by."""
    name = called_by(change.kind)
    if not any(change.after.get(each) for each in _told_by(change.kind)):
        return
    definition, held = DEFINITIONS[change.kind], desk.load(change.kind)
    whole = {**held.get(change.uid, {}), **change.after}
    call = calls(change.kind, whole)
    for uid, values in held.items() if call else ():
        if uid != change.uid and calls(change.kind, values) == call:
            of = f"is already the {definition[name].label.lower()} of {values.get(definition.title)}"
            raise DeskError(f"{whole[name]} {'is taken' if name == definition.title else of}; choose another.")


def _told_by(kind: str) -> tuple[str, ...]:
    """Return the fields that tell what only one record is called by."""
    return tuple(filter(None, (_CALLED_BY.get(kind), _WITHIN.get(kind))))


def called_by(kind: str) -> str:
    """Return the field that only one record of a kind may be called by; empty if there is none."""
    return _CALLED_BY.get(kind, "")


def calls(kind: str, values: Values) -> str:
    """Return what these values would have a record called by, in the plain form that is compared; empty if nothing."""
    name = called_by(kind)
    plain = _plain(values.get(name), is_code=DEFINITIONS[kind][name].kind is Kind.CODE) if name else ""
    return f"{values.get(_WITHIN[kind])}: {plain}" if plain and kind in _WITHIN else plain


def taken_calls(desk: Desk, kind: str) -> set[str]:
    """Return what records of a kind are called by already, in their plain form."""
    fields = _told_by(kind)
    return {calls(kind, values) for values in desk.load_fields(kind, *fields).values()} if fields else set()


def _plain(told: Value, *, is_code: bool) -> str:
    return str(told or "").strip().casefold() if is_code else plain_name(str(told or ""))
