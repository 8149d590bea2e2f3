"""Organisations that look alike: found, seen side by side, merged with all that points at them, or told apart."""

import json
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import combinations

from ctdesk.db import links
from ctdesk.db.links import Link
from ctdesk.domain.changes import Action, ChangeSet, RecordChange, created, deleted, present, updated
from ctdesk.domain.definition import DEFINITIONS, Value, Values
from ctdesk.domain.errors import DeskError
from ctdesk.domain.names import plain_name
from ctdesk.domain.records.round import RequestState
from ctdesk.services.desk import Desk
from ctdesk.services.naming import counted
from ctdesk.services.records import record

_ORGANISATION = DEFINITIONS["organisation"]
_DIFFERENT = "different_organisations"
"""The setting that remembers pairs said to be two bodies, as JSON."""

_NUMBERS = ("charity_number", "company_number")
_WAITING = frozenset({RequestState.SENT.value, RequestState.CHASED.value})
_LARGEST_GROUP = 6


@dataclass(frozen=True, slots=True)
class Pair:
    """Two organisations that may be one: how alike their names are (to 100), and the evidence in words."""

    first: str
    second: str
    first_name: str
    second_name: str
    score: float
    evidence: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SideField:
    """One field of two organisations side by side, in words."""

    field: str
    label: str
    first: str
    second: str

    @property
    def differs(self) -> bool:
        """Whether the two say something different, a blank aside."""
        return bool(self.first and self.second and self.first != self.second)


@dataclass(frozen=True, slots=True)
class SideBySide:
    """Two organisations side by side: their fields, and how many records of each kind point at either."""

    fields: tuple[SideField, ...]
    first_links: Mapping[str, str]
    second_links: Mapping[str, str]


def likely_duplicates(desk: Desk) -> list[Pair]:
    """Return the pairs that look alike, the likeliest first; those told apart before are left out."""
    from ctdesk.returns.name_matching import spellings

    organisations = desk.organisations
    owners: dict[str, set[str]] = defaultdict(set)
    for uid, values in organisations.items():
        for name in _spellings(values):
            owners[name].add(uid)
    groups: list[set[str]] = [set().union(*(owners[name] for name in group)) for group in spellings(owners)]
    groups += [uids for uids in owners.values() if len(uids) > 1]
    groups += _same_numbers(organisations)
    apart = _told_apart(desk)
    pairs = {pair for group in groups for pair in _pairs(group)} - apart
    found = [_pair(organisations, first, second) for first, second in pairs]
    return sorted((it for it in found if it is not None), key=lambda it: (-it.score, it.first_name, it.second_name))


def side_by_side(desk: Desk, first: str, second: str) -> SideBySide:
    """Return two organisations side by side."""
    one, other = record(desk, "organisation", first), record(desk, "organisation", second)
    fields = tuple(
        SideField(it.name, it.label, desk.show(it, one.get(it.name)), desk.show(it, other.get(it.name)))
        for it in _ORGANISATION.fields
    )
    return SideBySide(fields, _counts(desk, first), _counts(desk, second))


def merge(desk: Desk, keep: str, gone: str, take: Collection[str] = ()) -> ChangeSet:
    """Make one organisation of two: all that pointed at *gone* follows to *keep*, which also learns its names.

    `take` are the fields in which what *gone* says is right; what *keep* leaves blank is filled from it anyway.
    One change set, which an undo takes back whole. Raises DeskError if both were asked in one round, or a workbook
    of *gone* is still out.
    """
    if keep == gone:
        raise DeskError("An organisation cannot be merged with itself; choose two.")
    kept, lost = record(desk, "organisation", keep), record(desk, "organisation", gone)
    _refuse_rounds(desk, keep, gone)
    changes = [
        updated("organisation", keep, kept, _merged(kept, lost, take)),
        deleted("organisation", gone, lost),
        *_followers(desk, keep, gone),
    ]
    title = f"Merge {lost.get('name')} into {kept.get('name')}"
    return desk.apply(Action.MERGE, title, present(changes), backup_first=True)


def mark_different(desk: Desk, first: str, second: str) -> ChangeSet:
    """Remember that two organisations are two, so that the pair does not come back."""
    apart = _told_apart(desk) | {_ordered(first, second)}
    value = json.dumps(sorted(apart))
    names = " and ".join(desk.names["organisation"].name(uid) for uid in (first, second))
    held = desk.load("setting", name=_DIFFERENT)
    change = (
        updated("setting", next(iter(held)), next(iter(held.values())), {"value": value})
        if held
        else created("setting", {"name": _DIFFERENT, "value": value})
    )
    return desk.apply(Action.EDIT, f"{names} are different", present([change]))


def _spellings(values: Values) -> set[str]:
    """Return every name an organisation is known by."""
    texts = (values.get("name"), values.get("aliases"))
    return {piece.strip() for text in texts if text for piece in str(text).split(";") if piece.strip()}


def _same_numbers(organisations: Mapping[str, Values]) -> list[set[str]]:
    """Return the groups that share a charity or company number."""
    owners: dict[tuple[str, str], set[str]] = defaultdict(set)
    for uid, values in organisations.items():
        for name in _NUMBERS:
            if values.get(name):
                owners[name, str(values[name])].add(uid)
    return [uids for uids in owners.values() if len(uids) > 1]


def _pairs(group: Iterable[str]) -> Iterator[tuple[str, str]]:
    """Yield the pairs of a group; of a large one only those with its first, as one merge leads to the next."""
    uids = sorted(group)
    if len(uids) <= _LARGEST_GROUP:
        yield from combinations(uids, 2)
    else:
        yield from ((uids[0], other) for other in uids[1:])


def _pair(organisations: Mapping[str, Values], first: str, second: str) -> Pair | None:
    """Return a pair with its evidence, or None if their register numbers say that they are two."""
    from ctdesk.returns.name_matching import likeness

    one, other = organisations[first], organisations[second]
    numbers = {name: (one.get(name), other.get(name)) for name in _NUMBERS if one.get(name) and other.get(name)}
    shared = [name for name, (left, right) in numbers.items() if left == right]
    if numbers and not shared:
        return None
    score = max(likeness(a, b) for a in _spellings(one) or {""} for b in _spellings(other) or {""})
    evidence = [f"same {_ORGANISATION[name].label.lower()}" for name in shared]
    evidence.append(f"names {score:.0f}% alike" if score < 100 else "same name but for spelling or legal form")
    if one.get("sector") and one.get("sector") == other.get("sector"):
        evidence.append("same sector")
    return Pair(
        first, second, str(one.get("name")), str(other.get("name")), 100.0 if shared else score, tuple(evidence)
    )


def _told_apart(desk: Desk) -> set[tuple[str, str]]:
    try:
        return {_ordered(*pair) for pair in json.loads(desk.setting(_DIFFERENT) or "[]")}
    except (ValueError, TypeError):
        return set()


def _ordered(first: str, second: str) -> tuple[str, str]:
    return (first, second) if first < second else (second, first)


def _linking(desk: Desk, uid: str) -> list[Link]:
    with desk.workspace.reading() as driver:
        return list(links.linking(driver, "organisation", [uid]))


def _counts(desk: Desk, uid: str) -> dict[str, str]:
    uids: dict[str, set[str]] = defaultdict(set)
    for link in _linking(desk, uid):
        uids[link.kind].add(link.uid)
    return {kind: counted(kind, len(found)) for kind, found in uids.items()}


def _merged(kept: Values, lost: Values, take: Collection[str]) -> dict[str, Value]:
    """Return what the kept organisation is to hold."""
    after: dict[str, Value] = {}
    for field in _ORGANISATION.fields:
        ours, theirs = kept.get(field.name), lost.get(field.name)
        blank = ours in (None, ())
        after[field.name] = theirs if theirs not in (None, ()) and (blank or field.name in take) else ours
    for role in ("is_agency", "is_provider"):
        if kept.get(role) or lost.get(role):
            after[role] = True
    after["aliases"] = _aliases(after, kept, lost)
    return after


def _aliases(after: Values, *both: Values) -> str | None:
    """Return every other name of both, each once, without the name that stays."""
    found: dict[str, str] = {}
    for values in both:
        for text in (values.get("name"), values.get("short_name"), values.get("aliases")):
            for piece in str(text or "").split(";"):
                if piece.strip():
                    found.setdefault(plain_name(piece), piece.strip())
    for name in (after.get("name"), after.get("short_name")):
        found.pop(plain_name(str(name or "")), None)
    return "; ".join(found.values()) or None


def _followers(desk: Desk, keep: str, gone: str) -> Iterator[RecordChange | None]:
    """Yield the change of every record that points at the one that goes, and of the notes about it."""
    fields: dict[tuple[str, str], set[str]] = defaultdict(set)
    for link in _linking(desk, gone):
        fields[link.kind, link.uid].add(link.field)
    by_kind: dict[str, list[str]] = defaultdict(list)
    for kind, uid in fields:
        by_kind[kind].append(uid)
    for kind, uids in by_kind.items():
        for uid, values in desk.load_some(kind, uids).items():
            yield updated(kind, uid, values, {name: _moved(values[name], keep, gone) for name in fields[kind, uid]})
    for kind in ("note", "finding"):
        for uid, values in desk.load(kind, about_kind="organisation", about=gone).items():
            yield updated(kind, uid, values, {"about": keep})


def _moved(value: Value, keep: str, gone: str) -> Value:
    if isinstance(value, tuple):
        return tuple(sorted({keep if item == gone else item for item in value}))
    return keep if value == gone else value


def _refuse_rounds(desk: Desk, keep: str, gone: str) -> None:
    """Refuse a merge that would leave one agency with two requests of a round, or a workbook nobody sent."""
    ours = {values["round"] for values in desk.load("request", agency=keep).values()}
    for values in desk.load("request", agency=gone).values():
        round_name = desk.names["round"].name(str(values["round"]))
        if values["round"] in ours:
            raise DeskError(f"Both were asked in {round_name}; finish that round with each before merging them.")
        if values["state"] in _WAITING:
            name = desk.names["organisation"].name(gone)
            raise DeskError(f"{name} has a workbook of {round_name} out; take it in or excuse it before merging.")
