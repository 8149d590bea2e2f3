"""Removing for good what need be kept no longer: what goes with it, what stands in the way, and what still holds it.

What goes: the record with its parts, notes and questions; of an agreement also its monitoring with the requests, and
the papers kept with it. The history keeps the kind and uid of each, and who removed it, when and by which rule, and no
value. A workbook or register that came from outside cannot be altered and still be what came, so one that holds a
removed row goes whole; the desk's own copies of rows, with which the next return is compared, are written anew without
it. Issued packs stay as they were printed: they are the board's papers, with a rule of their own.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from ctdesk.db import links, queries
from ctdesk.db.backup import SECOND_PLACE, backup_moment
from ctdesk.db.history import changes_to
from ctdesk.db.removal import Forgotten, ever_there
from ctdesk.domain.changes import Action, ChangeSet, deleted
from ctdesk.domain.counting import counted as number_of
from ctdesk.domain.dates import date_text
from ctdesk.domain.definition import DEFINITIONS, Values
from ctdesk.domain.errors import DeskError
from ctdesk.domain.records.round import FilePurpose
from ctdesk.domain.snapshot import pack, unpack
from ctdesk.services.deleting import PART_OF
from ctdesk.services.desk import Desk
from ctdesk.services.keeping import PastKeeping, past_keeping
from ctdesk.services.kept_texts import ROWS
from ctdesk.services.naming import counted
from ctdesk.services.upkeep import kept_backups

_MONITORED = frozenset({"measure_result", "period_count", "period_money", "request"})
_GOES_ALONG: Mapping[str, Collection[str]] = {
    **PART_OF,
    "agreement": PART_OF["agreement"] | _MONITORED,
    "agreement_measure": PART_OF["agreement_measure"] | {"measure_result"},
    "request": {"finding", "stored_file"},
}
"""Kinds that are removed with the record they link to; anything else that links to it stands in the way."""

_CAME = frozenset(
    {
        FilePurpose.RETURN.value,
        FilePurpose.HELD_RETURN.value,
        FilePurpose.DECISIONS.value,
        FilePurpose.REGISTER.value,
    }
)
_KINDS = 12
"""Kinds of record that are named before the rest is only counted."""

_NAMED = 3
"""Files that are named before the rest is only counted."""

_SHORTEST = 4
"""A title or reference shorter than this stands by chance in other texts."""

_Going = dict[str, set[str]]


@dataclass(frozen=True, slots=True)
class Removal:
    """What a removal would do, for a person to look at before it is done.

    `records` are those chosen, `along` what goes with them by kind, in words, `files` the names of kept files that go
    whole. `rewritten` counts the desk's own copies of rows that are written anew, `backups` are files that still hold
    everything afterwards. `going` are all uids by kind, `forgotten` what the history is to forget.
    """

    records: tuple[PastKeeping, ...]
    along: tuple[str, ...]
    files: tuple[str, ...]
    rewritten: int
    backups: tuple[Path, ...]
    rule: str
    going: Mapping[str, frozenset[str]]
    forgotten: Forgotten

    @property
    def what(self) -> str:
        """What is removed, in words: 2 agreements and 1 activity."""
        kinds = [kind for kind in ("agreement", "activity") if any(it.kind == kind for it in self.records)]
        return " and ".join(counted(kind, sum(it.kind == kind for it in self.records)) for kind in kinds)

    def words(self) -> Iterator[str]:
        """Yield what a person must know before agreeing, a sentence each."""
        yield f"{self.what} {'is' if len(self.records) == 1 else 'are'} removed for good. This cannot be undone."
        if self.along:
            told = [*self.along[:_KINDS], *([f"{more} other kinds"] if (more := len(self.along) - _KINDS) > 0 else [])]
            yield f"With {'it' if len(self.records) == 1 else 'them'} {_goes(self.along)}: {', '.join(told)}."
        if self.files:
            named = [*self.files[:_NAMED], *([f"{more:,} more"] if (more := len(self.files) - _NAMED) > 0 else [])]
            hold = "holds rows of it goes" if len(self.files) == 1 else "hold rows of it go"
            yield f"{number_of(len(self.files), 'kept file')} that {hold} whole: {', '.join(named)}."
        if self.rewritten:
            yield f"{number_of(self.rewritten, 'copy', 'copies')} of rows sent or agreed are written anew without them."
        yield "The history keeps that they were there and were removed, by whom, when and why, and no more of them."
        if self.backups:
            yield f"{number_of(len(self.backups), 'backup')} made before will still hold them until they are deleted."


def _goes(along: Sequence[str]) -> str:
    return "goes" if len(along) == 1 and along[0].startswith("1 ") else "go"


def plan_removal(desk: Desk, uids: Collection[str], on: date) -> Removal:
    """Return what the removal of these records would do; nothing is altered.

    Raises DeskError if one of them must still be kept, or something that stays links to one.
    """
    chosen = [it for it in past_keeping(desk, on) if it.uid in uids]
    if missing := set(uids) - {it.uid for it in chosen}:
        raise DeskError(f"{len(missing)} of these records must still be kept, or are gone: look at the list again.")
    if not chosen:
        raise DeskError("Nothing is chosen: choose what is to be removed.")
    going = _all_that_goes(desk, chosen)
    names = frozenset(name for it in chosen for name in _names(desk, it.kind, it.uid))
    going["finding"] |= _findings(desk, going, names)
    former = _former(desk, going)
    whole, rewritten = _files(desk, going, former)
    former["stored_file"] |= whole
    going["stored_file"] |= desk.load_some("stored_file", whole).keys()
    kept = desk.load_some("stored_file", going["stored_file"]).values()
    files = sorted({str(it["name"]) for it in kept if it["purpose"] not in ROWS})
    return Removal(
        records=tuple(chosen),
        along=tuple(_along(chosen, going)),
        files=tuple(files),
        rewritten=len(rewritten),
        backups=tuple(backups_that_hold(desk)),
        rule=_rule(desk, chosen),
        going={kind: frozenset(them) for kind, them in going.items() if them},
        forgotten=Forgotten(
            records={kind: sorted(going[kind] | former[kind]) for kind in {*going, *former}},
            names=sorted(names),
            rewritten=rewritten,
        ),
    )


def remove(desk: Desk, removal: Removal) -> ChangeSet:
    """Do a removal that a person has agreed to; whole or not at all."""
    changes = [
        deleted(kind, uid, values)
        for kind, uids in removal.going.items()
        for uid, values in desk.load_some(kind, uids).items()
    ]
    title = f"Remove {removal.what} kept long enough"
    return desk.apply(Action.REMOVAL, title, changes, why=removal.rule, forgotten=removal.forgotten)


def backups_that_hold(desk: Desk) -> list[Path]:
    """Return the backups there are now, here and in the second place: what is removed later stays in them."""
    found = [it.path for it in kept_backups(desk)]
    place = desk.setting(SECOND_PLACE)
    if place and Path(place).is_dir():
        stem = desk.workspace.path.stem
        found += [path for path in sorted(Path(place).glob(f"{stem} *.ctdesk")) if backup_moment(path)]
    return found


def _rule(desk: Desk, chosen: Sequence[PastKeeping]) -> str:
    years = number_of(int(desk.setting("keep_years")), "year")
    latest = max(it.keep_until for it in chosen)
    return f"Records are kept {years} after their end; the time of all of these was over by {date_text(latest)}."


def _all_that_goes(desk: Desk, chosen: Iterable[PastKeeping]) -> _Going:
    going: _Going = defaultdict(set)
    in_the_way: dict[tuple[str, str], tuple[str, str]] = {}
    waiting = [(it.kind, {it.uid}) for it in chosen]
    while waiting:
        kind, new = waiting.pop()
        new = new - going[kind]
        going[kind] |= new
        waiting += _hanging_on(desk, kind, new, in_the_way)
    _refuse_what_is_needed(desk, {by: on for by, on in in_the_way.items() if by[1] not in going[by[0]]})
    return going


def _hanging_on(
    desk: Desk, kind: str, uids: set[str], in_the_way: dict[tuple[str, str], tuple[str, str]]
) -> Iterator[tuple[str, set[str]]]:
    """Yield what goes with records; what else links to them is put among what stands in the way."""
    if not uids:
        return
    with desk.workspace.reading() as driver:
        found = list(links.linking(driver, kind, sorted(uids)))
    for link in found:
        if link.kind in _GOES_ALONG.get(kind, ()):
            yield link.kind, {link.uid}
        else:
            in_the_way[link.kind, link.uid] = kind, link.target
    yield "note", {uid for uid, it in desk.load("note", about_kind=kind).items() if it["about"] in uids}
    if kind == "document":
        papers = desk.load_some("document", uids).values()
        yield "stored_file", {str(it["file"]) for it in papers if it["file"]}


def _refuse_what_is_needed(desk: Desk, in_the_way: Mapping[tuple[str, str], tuple[str, str]]) -> None:
    needed: dict[str, str] = {}
    for (kind, uid), (target_kind, target) in in_the_way.items():
        what = _called(target_kind, desk.load_some(target_kind, [target])[target])
        needed.setdefault(what, f"{DEFINITIONS[kind].label.lower()} {_called(kind, desk.load_some(kind, [uid])[uid])}")
    if needed:
        told = [f"{what} (named by {by})" for what, by in needed.items()]
        more = f" and {len(told) - _NAMED:,} more" if len(told) > _NAMED else ""
        raise DeskError(
            f"What is kept still names {', '.join(told[:_NAMED])}{more}, so that nothing was removed:"
            " choose that too, leave these out, or take the links out of it first."
        )


def _called(kind: str, values: Values) -> str:
    definition = DEFINITIONS[kind]
    return str(values.get(definition.reference) or values.get(definition.title) or "without a name")


def _names(desk: Desk, kind: str, uid: str) -> Iterator[str]:
    """Yield what a record was ever called."""
    definition = DEFINITIONS[kind]
    for _, change in changes_to(desk.workspace, kind, uid):
        for values in (change.before, change.after):
            for field in (definition.title, definition.reference):
                text = str(values.get(field) or "")
                if len(text) >= _SHORTEST:
                    yield text


def _findings(desk: Desk, going: _Going, names: Collection[str]) -> set[str]:
    """Return the questions about what goes, or that name it."""
    gone = set().union(*going.values())
    folded = [name.casefold() for name in names]
    found = set()
    for uid, values in desk.load("finding").items():
        texts = " ".join(text for text in values.values() if isinstance(text, str)).casefold()
        if values["about"] in gone or values["request"] in going["request"] or any(it in texts for it in folded):
            found.add(uid)
    return found


def _former(desk: Desk, going: _Going) -> _Going:
    """Return what was a part of what goes, or was about it, and was deleted before: the history still holds it."""
    former: _Going = defaultdict(set)
    gone = set().union(*going.values())
    parts = {"note", "finding", *(kind for kinds in _GOES_ALONG.values() for kind in kinds)} - {"stored_file"}
    ever = {kind: ever_there(desk.workspace, kind) for kind in parts}
    there = {kind: desk.load_some(kind, them).keys() for kind, them in ever.items()}
    found = True
    while found:
        found = False
        for kind, them in ever.items():
            new = {uid for uid, values in them.items() if uid not in gone and not gone.isdisjoint(_texts(values))}
            new -= there[kind]
            former[kind] |= new
            gone |= new
            found = found or bool(new)
    former["stored_file"] = {
        str(file) for uid, it in ever["document"].items() if uid in former["document"] and (file := it.get("file"))
    }
    return former


def _texts(values: Mapping[str, object]) -> Iterator[str]:
    yield from (value for value in values.values() if isinstance(value, str))


def _files(desk: Desk, going: _Going, former: _Going) -> tuple[set[str], dict[str, bytes]]:
    """Return the stored files, also those let go of earlier, that go whole, and the new bytes of those written anew."""
    files = ever_there(desk.workspace, "stored_file")
    gone = set().union(*going.values())
    papers, requests = going["stored_file"] | former["stored_file"], going["request"] | former["request"]
    whole = {uid for uid, it in files.items() if uid in papers or it.get("request") in requests}
    rewritten, touched = {}, set()
    for uid, values in files.items():
        if uid in whole or values.get("purpose") not in ROWS:
            continue
        fingerprint = str(values["fingerprint"])
        rows = unpack(queries.file_bytes(desk.workspace, fingerprint))
        kept = [row for row in rows if row.uid not in gone]
        if len(kept) < len(rows):
            rewritten[fingerprint] = pack(kept)
            touched.add(_belongs_to(values))
    whole |= {uid for uid, it in files.items() if it.get("purpose") in _CAME and _belongs_to(it) in touched}
    return whole, rewritten


def _belongs_to(values: Mapping[str, object]) -> tuple[object, object]:
    return values.get("request"), values.get("source")


def _along(chosen: Sequence[PastKeeping], going: _Going) -> Iterator[str]:
    picked = {it.uid for it in chosen}
    for kind, uids in going.items():
        if kind != "stored_file" and (others := uids - picked):
            yield counted(kind, len(others))
