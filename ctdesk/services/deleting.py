"""Deleting records with what hangs on them, or refusing it in one sentence."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from ctdesk.db import links
from ctdesk.domain.changes import Action, ChangeSet, RecordChange, deleted
from ctdesk.domain.definition import DEFINITIONS
from ctdesk.domain.errors import DeskError
from ctdesk.services.contract_sheet import PART_KINDS
from ctdesk.services.desk import Desk
from ctdesk.services.naming import called, counted, title_of
from ctdesk.services.notes import notes_about
from ctdesk.services.records import record

PART_OF: dict[str, set[str]] = {
    "activity": {"funding_line", "weight", "mark"},
    "round": {"request"},
    "agreement": {*PART_KINDS},
    "agreement_measure": {"measure_target"},
    "review": {"weakness"},
    "pack": {"pack_item"},
}
"""Kinds that are deleted with the record they belong to; anything else that links to it stands in the way."""


@dataclass(frozen=True, slots=True)
class Hanging:
    """Records of one kind that hang on another: `goes_along` says that they would be deleted with it."""

    kind: str
    label: str
    uids: tuple[str, ...]
    titles: tuple[str, ...]
    goes_along: bool

    @property
    def count(self) -> int:
        """How many they are."""
        return len(self.uids)


def hanging_on(desk: Desk, kind: str, uids: Sequence[str]) -> list[Hanging]:
    """Return what links to these records, and to what would be deleted with them, by kind."""
    found = [_hanging(desk, linked, sorted(them), kind) for linked, them in _linking(desk, kind, uids).items()]
    noted = notes_about(desk, kind, uids)
    if noted:
        words = tuple(note.words for note in noted)
        found.append(Hanging("note", counted("note", len(noted)), tuple(n.uid for n in noted), words, goes_along=True))
    for part in [it for it in found if it.goes_along and it.kind != "note"]:
        found += hanging_on(desk, part.kind, part.uids)
    return _once(found)


def _once(found: Iterable[Hanging]) -> list[Hanging]:
    """Return what hangs on the records without what goes along already on another way, like an action of a review."""
    going: dict[str, set[str]] = defaultdict(set)
    kept = []
    for part in sorted(found, key=lambda it: not it.goes_along):
        if not set(part.uids) <= going[part.kind]:
            kept.append(part)
        if part.goes_along:
            going[part.kind].update(part.uids)
    return kept


def delete_record(desk: Desk, kind: str, uid: str) -> ChangeSet:
    """Delete a record with its parts and notes; DeskError if anything else links to it."""
    return delete_records(desk, kind, [uid])


def delete_records(desk: Desk, kind: str, uids: Sequence[str]) -> ChangeSet:
    """Delete several records with their parts and notes as one change set; all of them or none."""
    definition = DEFINITIONS[kind]
    going = {uid: record(desk, kind, uid) for uid in uids}
    hanging = hanging_on(desk, kind, uids)
    _refuse_linked(desk, kind, uids, hanging)
    changes = [deleted(kind, uid, values) for uid, values in going.items()]
    for part in hanging:
        changes += _deletions(desk, part.kind, part.uids)
    if len(going) == 1:
        what = f"{definition.label.lower()} {called(desk, kind, next(iter(going.values())))}"
    else:
        what = counted(kind, len(going))
    return desk.apply(Action.EDIT, f"Delete {what}", changes, backup_first=len(changes) > 1)


def _linking(desk: Desk, kind: str, uids: Iterable[str]) -> dict[str, set[str]]:
    found: dict[str, set[str]] = defaultdict(set)
    gone = set(uids)
    with desk.workspace.reading() as driver:
        for link in links.linking(driver, kind, sorted(gone)):
            if link.kind != kind or link.uid not in gone:
                found[link.kind].add(link.uid)
    return found


def _hanging(desk: Desk, kind: str, uids: list[str], on: str) -> Hanging:
    held = desk.load_some(kind, uids)
    titles = tuple(title_of(desk, kind, held[uid]) for uid in uids)
    return Hanging(kind, counted(kind, len(uids)), tuple(uids), titles, kind in PART_OF.get(on, ()))


def _refuse_linked(desk: Desk, kind: str, uids: Sequence[str], hanging: Iterable[Hanging]) -> None:
    blocking = [part.label for part in hanging if not part.goes_along]
    if not blocking:
        return
    what = called(desk, kind, record(desk, kind, uids[0])) if len(uids) == 1 else "One of them"
    listed = blocking[0] if len(blocking) == 1 else f"{', '.join(blocking[:-1])} and {blocking[-1]}"
    merge = ", or merge it with another" if kind == "organisation" else ""
    raise DeskError(f"{what} cannot be deleted: {listed} would be left pointing at nothing; change them first{merge}.")


def _deletions(desk: Desk, kind: str, uids: Sequence[str]) -> list[RecordChange]:
    return [deleted(kind, uid, values) for uid, values in desk.load_some(kind, uids).items()]
