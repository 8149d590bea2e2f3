"""One record's life at the form: made, copied, saved through the door, ended."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from ctdesk.domain.changes import Action, ChangeSet, RecordChange, created, deleted, present, updated, without_blanks
from ctdesk.domain.definition import DEFINITIONS, Kind, RecordDefinition, Value, Values
from ctdesk.domain.errors import DeskError
from ctdesk.domain.incoming import Suggestions
from ctdesk.domain.merge import Conflict, compare
from ctdesk.domain.records.agreement_terms import ExtensionState
from ctdesk.domain.records.agreement_watch import ActionState, ConcernStep, RiskState
from ctdesk.services.desk import Desk
from ctdesk.services.editing import edit_title
from ctdesk.services.faults import must_hold
from ctdesk.services.new_names import NewNames, taking_on_roles
from ctdesk.services.notes import notes_about
from ctdesk.services.receipt import reference_of
from ctdesk.services.record_parts import PartEdit, part_kind
from ctdesk.services.references import numbered
from ctdesk.services.unique import refuse_taken
from ctdesk.services.watching import refuse_unready

NewNamesTyped = Mapping[str, str]
"""Names typed into open links that are to become new organisations or teams, by field."""


@dataclass(frozen=True, slots=True)
class StaleField:
    """A field that somebody else changed since the form was opened: what it was, what it is now, what was wanted."""

    field: str
    label: str
    was: str
    now: Value
    now_text: str
    wanted: Value
    wanted_text: str


@dataclass(frozen=True, slots=True)
class SaveOutcome:
    """What saving came to: the change set, None if nothing was altered; with stale fields nothing was saved."""

    change_set: ChangeSet | None
    stale: tuple[StaleField, ...] = ()

    @property
    def saved(self) -> bool:
        """Whether what was wanted now stands in the desk."""
        return not self.stale


def record(desk: Desk, kind: str, uid: str) -> dict[str, Value]:
    """Return the fields of one record; DeskError if it is no longer there."""
    found = desk.load_some(kind, [uid]).get(uid)
    if found is None:
        raise DeskError(f"This {DEFINITIONS[kind].label.lower()} has been deleted meanwhile; nothing was altered.")
    return found


_ENDING = frozenset({"activity", "post"})
"""Kinds whose end date is the end of the record; that of a variation is only what it agrees."""

_BEGINS: dict[str, dict[str, Value]] = {
    "extension": {"state": ExtensionState.DRAFTED.value},
    "risk": {"state": RiskState.OPEN.value},
    "action": {"state": ActionState.OPEN.value},
    "concern": {"step": ConcernStep.CONCERN.value},
}


def beginning(kind: str) -> dict[str, Value]:
    """Return what a new record of a kind holds unless somebody says otherwise: where its life begins."""
    return dict(_BEGINS.get(kind, {}))


def _begun(desk: Desk, kind: str, values: Values) -> dict[str, Value]:
    """Return values with what a new record begins with; an action belongs to the agreement of its review."""
    begun = beginning(kind) | without_blanks(values)
    if kind == "action" and begun.get("review"):
        return {"agreement": record(desk, "review", str(begun["review"]))["agreement"], **begun}
    return begun


def new_record(
    desk: Desk, kind: str, values: Values, new_names: NewNamesTyped | None = None, parts: Sequence[PartEdit] = ()
) -> str:
    """Make a record with its parts and return its uid; an activity without a reference is given its agency's next.

    Blank required fields may be filled later, but for what tells whose and what it is. Raises DeskError if one
    of those is missing or the values cannot stand.
    """
    definition = DEFINITIONS[kind]
    values, along = _with_new_names(desk, definition, _begun(desk, kind, values), new_names or {})
    tells_what_it_is(definition, values)
    must_hold(definition, values, without_blanks(values))
    (values,) = numbered(desk, kind, [values], along.names.get("organisation"))
    change = created(kind, values)
    refuse_taken(desk, change)
    refuse_unready(desk, change)
    called = reference_of(kind, change.after)
    changes = [change, *_part_changes(desk, kind, change.uid, parts)]
    desk.apply(Action.EDIT, f"New {definition.label.lower()} {called}", _whole(desk, changes, along))
    return change.uid


_NOT_COPIED = {
    "agreement": frozenset(
        {
            "signed_on",
            "signed",
            "successor",
            "notice_given_on",
            "terminated_on",
            "termination_reason",
            "termination_plan",
            "data_protection_signed",
        }
    )
}
"""What happened to one record and so is not true of its copy."""


_COPIED_ALONG = {"activity": ("funding_line", "weight")}
"""The parts that a copy of a record has too."""


def values_to_duplicate(desk: Desk, kind: str, uid: str) -> dict[str, Value]:
    """Return what a copy of a record begins with: all but the reference, the title marked as a copy."""
    definition = DEFINITIONS[kind]
    values = without_blanks(record(desk, kind, uid))
    if definition.reference != definition.title:
        values.pop(definition.reference, None)
    if definition[definition.title].kind is Kind.TEXT:
        values[definition.title] = f"{values.get(definition.title) or definition.label} (copy)"
    return {name: value for name, value in values.items() if name not in _NOT_COPIED.get(kind, ())}


def duplicate(desk: Desk, kind: str, uid: str) -> str:
    """Make a copy of a record, with the funding lines and weights of an activity, and return the copy's uid."""
    definition = DEFINITIONS[kind]
    values = values_to_duplicate(desk, kind, uid)
    (values,) = numbered(desk, kind, [values])
    copy = created(kind, values)
    parts = [(part, it) for part in _COPIED_ALONG.get(kind, ()) for it in desk.load(part, **{kind: uid}).values()]
    copies = [copy, *(created(part, {**values, kind: copy.uid}) for part, values in parts)]
    desk.apply(
        Action.EDIT, f"Duplicate {definition.label.lower()} {reference_of(kind, record(desk, kind, uid))}", copies
    )
    return copy.uid


def ends(kind: str) -> bool:
    """Say whether records of a kind end on a day and are kept; an agreement ends in ways of its own."""
    return kind in _ENDING


def end_record(desk: Desk, kind: str, uid: str, on: date) -> SaveOutcome:
    """Say that an activity or post ends on a day; it is kept, and open-ended no longer.

    Raises DeskError if the kind has no end date, or it would end before it starts.
    """
    if kind == "agreement":
        raise DeskError("An agreement ends with its term, by a variation, or early; open it and choose there.")
    if not ends(kind):
        raise DeskError(f"{DEFINITIONS[kind].plural} do not end; delete it instead.")
    before = record(desk, kind, uid)
    after: dict[str, Value] = {"end": on}
    if before.get("open_ended"):
        after["open_ended"] = False
    return save_record(desk, kind, uid, before, after)


def save_record(
    desk: Desk,
    kind: str,
    uid: str,
    before: Values,
    after: Values,
    *,
    why: str = "",
    new_names: NewNamesTyped | None = None,
    parts: Sequence[PartEdit] = (),
) -> SaveOutcome:
    """Save what a form changed: *before* as it was opened, *after* as it is wanted, and what became of its parts.

    What somebody else has changed meanwhile in other fields stays. Where both changed one field, nothing is
    saved and the stale fields come back; saving again with their newer values as *before* overrules them.
    Raises DeskError if the values cannot stand.
    """
    definition = DEFINITIONS[kind]
    after, along = _with_new_names(desk, definition, after, new_names or {}, before)
    now = record(desk, kind, uid)
    comparison = compare(definition.by_name, before, after, now)
    if comparison.conflicts:
        return SaveOutcome(None, tuple(_stale(desk, definition, it) for it in comparison.conflicts))
    must_hold(definition, {**now, **comparison.take}, comparison.take)
    change = updated(kind, uid, now, comparison.take)
    of_parts = _part_changes(desk, kind, uid, parts)
    if change is None and not of_parts:
        return SaveOutcome(None)
    if change is None:
        called = f"{definition.label} {reference_of(kind, now)}"
        title = f"{called}: {DEFINITIONS[of_parts[0].kind].plural.lower()}"
        return SaveOutcome(desk.apply(Action.EDIT, title, of_parts, why=why))
    refuse_taken(desk, change)
    refuse_unready(desk, change, why)
    changes = _whole(desk, [change, *of_parts], along)
    return SaveOutcome(desk.apply(Action.EDIT, edit_title(definition, now, change), changes, why=why))


def _part_changes(desk: Desk, kind: str, uid: str, edits: Sequence[PartEdit]) -> list[RecordChange]:
    """Return what becomes of the parts of a record."""
    return [change for edit in edits for change in _part_change(desk, kind, uid, edit)]


def _part_change(desk: Desk, kind: str, whole: str, edit: PartEdit) -> Iterator[RecordChange]:
    """Yield the change of one part; DeskError if it cannot stand so, or somebody else altered it meanwhile."""
    definition, part = DEFINITIONS[edit.kind], part_kind(kind)
    if edit.uid is None:
        values = {**(edit.after or {}), **({part.link: whole} if part else {})}
        tells_what_it_is(definition, values)
        _refuse_half(definition, values, part.unseen if part else ())
        must_hold(definition, values, without_blanks(values))
        yield created(edit.kind, values)
        return
    now = record(desk, edit.kind, edit.uid)
    if edit.after is None:
        yield deleted(edit.kind, edit.uid, now)
        noted = notes_about(desk, edit.kind, [edit.uid])
        yield from (deleted("note", note.uid, record(desk, "note", note.uid)) for note in noted)
        return
    comparison = compare(definition.by_name, edit.before, edit.after, now)
    if comparison.conflicts:
        raise DeskError(f"The {definition.label.lower()} was altered elsewhere meanwhile; look at it again.")
    must_hold(definition, {**now, **comparison.take}, comparison.take)
    yield from present([updated(edit.kind, edit.uid, now, comparison.take)])


def _refuse_half(definition: RecordDefinition, values: Values, unseen: Collection[str]) -> None:
    """Refuse a new part that lacks anything it needs, but for what it takes from the whole and shows nowhere."""
    for field in definition.fields:
        if field.required and field.name not in unseen and values.get(field.name) in (None, ()):
            raise DeskError(f"{field.label} cannot be empty in a new {definition.label.lower()}.")


def _stale(desk: Desk, definition: RecordDefinition, conflict: Conflict) -> StaleField:
    field = definition[conflict.field]
    return StaleField(
        field=field.name,
        label=field.label,
        was=desk.show(field, conflict.base),
        now=conflict.ours,
        now_text=desk.show(field, conflict.ours),
        wanted=conflict.theirs,
        wanted_text=desk.show(field, conflict.theirs),
    )


def _with_new_names(
    desk: Desk, definition: RecordDefinition, values: Values, typed: NewNamesTyped, held: Values | None = None
) -> tuple[dict[str, Value], NewNames]:
    """Return the values with links to the new names, and what must be made for them."""
    agency = {**(held or {}), **values}.get("agency")
    names = {kind: index.copy() for kind, index in desk.names.items()} if typed else desk.names
    new_names = NewNames(names, str(agency) if agency else None, Suggestions.DECLINE)
    linked = {name: new_names.known_or_new(definition[name], text) for name, text in typed.items()}
    return {**values, **linked}, new_names


def _whole(desk: Desk, changes: list[RecordChange], new_names: NewNames) -> list[RecordChange]:
    """Return the changes with the new names they use and the roles they give to known organisations."""
    return [*new_names.creations(changes), *_merged(changes, taking_on_roles(desk.organisations, changes))]


def _merged(changes: list[RecordChange], roles: Iterable[RecordChange]) -> list[RecordChange]:
    """Join a role to the change of the same organisation, as a change set names each record once."""
    by_uid = {change.uid: change for change in changes}
    for role in roles:
        own = by_uid.get(role.uid)
        if own is None:
            by_uid[role.uid] = role
        else:
            by_uid[role.uid] = replace(own, before={**role.before, **own.before}, after={**role.after, **own.after})
    return list(by_uid.values())


def tells_what_it_is(definition: RecordDefinition, values: Values) -> None:
    """Refuse a record that says neither what nor whose it is."""
    needed = {definition.title, definition.owner} - {None}
    if definition.owner is None:
        needed |= {field.name for field in definition.fields if field.kind is Kind.LINK and field.required}
    for field in definition.fields:
        if field.name in needed and values.get(field.name) in (None, ()):
            raise DeskError(f"{field.label} cannot be empty: it says what this {definition.label.lower()} is.")
