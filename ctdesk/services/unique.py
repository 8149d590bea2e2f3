"""What only one record may be called by: an activity's reference, the name of an organisation or a round."""

from ctdesk.domain.changes import RecordChange
from ctdesk.domain.definition import DEFINITIONS, Kind, Value, Values
from ctdesk.domain.errors import DeskError
from ctdesk.domain.names import plain_name
from ctdesk.services.desk import Desk

_CALLED_BY = {"activity": "reference", "organisation": "name", "round": "name", "scenario": "name"}


def refuse_taken(desk: Desk, change: RecordChange) -> None:
    """Raise DeskError if the change would give a record what another of its kind is already called by."""
    name = _CALLED_BY.get(change.kind, "")
    wanted = change.after.get(name)
    if not wanted:
        return
    definition = DEFINITIONS[change.kind]
    is_code = definition[name].kind is Kind.CODE
    for uid, values in desk.load(change.kind).items():
        if uid != change.uid and _plain(values.get(name), is_code=is_code) == _plain(wanted, is_code=is_code):
            of = f"is already the {definition[name].label.lower()} of {values.get(definition.title)}"
            raise DeskError(f"{wanted} {'is taken' if name == definition.title else of}; choose another.")


def called_by(kind: str) -> str:
    """Return the field that only one record of a kind may be called by; empty if there is none."""
    return _CALLED_BY.get(kind, "")


def calls(kind: str, values: Values) -> str:
    """Return what these values would have a record called by, in the plain form that is compared; empty if nothing."""
    name = called_by(kind)
    return _plain(values.get(name), is_code=DEFINITIONS[kind][name].kind is Kind.CODE) if name else ""


def taken_calls(desk: Desk, kind: str) -> set[str]:
    """Return what records of a kind are called by already, in their plain form."""
    name = called_by(kind)
    return {calls(kind, values) for values in desk.load_fields(kind, name).values()} if name else set()


def _plain(told: Value, *, is_code: bool) -> str:
    return str(told or "").strip().casefold() if is_code else plain_name(str(told or ""))
