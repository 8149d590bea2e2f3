"""Packs of papers: put together, ordered, copied to the next meeting; `pack_issue.py` builds and issues them."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path

from ctdesk.domain.changes import Action, RecordChange, created, present, updated, without_blanks
from ctdesk.domain.dates import date_text
from ctdesk.domain.definition import DEFINITIONS, Value, Values
from ctdesk.domain.errors import DeskError
from ctdesk.domain.reading import Unreadable
from ctdesk.domain.records.round import FilePurpose
from ctdesk.services.desk import Desk
from ctdesk.services.documents import read_paper
from ctdesk.services.faults import must_hold
from ctdesk.services.kept_files import keep_file
from ctdesk.services.pack_reports import report_named, written_choices

_ITEM = DEFINITIONS["pack_item"]
SAID = ("purpose", "lead", "time", "exempt", "public_title", "late", "appendix")
"""What may be said of an item besides its title and its paper."""


@dataclass(frozen=True, slots=True)
class PackLine:
    """One pack in the list: its meeting, how many items it has, and when it was issued."""

    uid: str
    name: str
    board: str
    held_on: date | None
    items: int
    issued_on: datetime | None


@dataclass(frozen=True, slots=True)
class ItemLine:
    """One item of a pack in its order, with its paper in words."""

    uid: str
    values: Values
    paper: str


@dataclass(frozen=True, slots=True)
class Paper:
    """What stands behind an item: the fields that say so, and what has to be kept with them."""

    values: Values
    kept: RecordChange | None = None
    files: Mapping[str, bytes] = field(default_factory=dict)


def report_paper(desk: Desk, report: str, chosen: Mapping[str, str]) -> Paper:
    """Return a report of the desk as a paper; DeskError if there is none of that name, or a choice cannot be made."""
    return Paper({"report": report, "choices": written_choices(desk, report, chosen)})


def outside_paper(path: Path) -> Paper:
    """Return an outside PDF, to be kept, as a paper; DeskError if it cannot be read or cannot go into a pack."""
    from ctdesk.reports.pack_outside import opened

    content = read_paper(path)
    opened(content, path.name)
    files: dict[str, bytes] = {}
    kept = keep_file(content, path.name, FilePurpose.PACK_PAPER, files)
    return Paper({"file": kept.uid}, kept, files)


def packs(desk: Desk) -> list[PackLine]:
    """Return the packs, that of the latest meeting first."""
    meetings = desk.load("board_meeting")
    counts: dict[str, int] = {}
    for item in desk.load_fields("pack_item", "pack").values():
        counts[str(item["pack"])] = counts.get(str(item["pack"]), 0) + 1
    found = [
        _line(uid, values, meetings.get(str(values["meeting"]), {}), counts.get(uid, 0))
        for uid, values in desk.load("pack").items()
    ]
    return sorted(found, key=lambda line: (line.held_on or date.min, line.name), reverse=True)


def _line(uid: str, values: Values, meeting: Values, items: int) -> PackLine:
    held, issued = meeting.get("held_on"), values.get("issued_on")
    return PackLine(
        uid,
        str(values["name"]),
        str(meeting.get("board") or ""),
        held if isinstance(held, date) else None,
        items,
        issued if isinstance(issued, datetime) else None,
    )


def items_of(desk: Desk, pack: str) -> list[ItemLine]:
    """Return the items of a pack in the order of the agenda."""
    items = sorted(desk.load("pack_item", pack=pack).items(), key=lambda it: (_position(it[1]), it[0]))
    files = desk.load_some("stored_file", [str(values["file"]) for _, values in items if values["file"]])
    return [ItemLine(uid, values, _paper_in_words(values, files)) for uid, values in items]


def _position(values: Values) -> int:
    position = values.get("position")
    return position if isinstance(position, int) else 0


def _paper_in_words(values: Values, files: Mapping[str, Values]) -> str:
    if values["report"]:
        return report_named(str(values["report"])).title
    if values["file"]:
        return f"Outside PDF, {files[str(values['file'])]['name']}"
    return "No paper"


def new_pack(desk: Desk, board: str, held_on: date, *, name: str = "", more: Values | None = None) -> str:
    """Make a pack for the meeting of a board, and the meeting if it is not known; return the pack's uid.

    `more` are time and venue of the meeting, and contact and changes of the pack. DeskError if the name is taken.
    """
    pack, changes = new_pack_changes(desk, board, held_on, name=name, more=more)
    desk.apply(Action.EDIT, f"New pack {pack.after['name']}", changes)
    return pack.uid


def new_pack_changes(
    desk: Desk, board: str, held_on: date, *, name: str = "", more: Values | None = None
) -> tuple[RecordChange, list[RecordChange]]:
    """Return the creation of a pack, and it with that of its meeting, as `new_pack` makes them."""
    board, more = board.strip(), more or {}
    if not board:
        raise DeskError("Say which board the pack is for.")
    name = name.strip() or f"{board} {date_text(held_on)}"
    if any(str(values["name"]).casefold() == name.casefold() for values in desk.load("pack").values()):
        raise DeskError(f"There is a pack “{name}” already; give this one another name.")
    meeting, changes = _meeting(desk, board, held_on, more)
    own = {"name": name, "meeting": meeting, "contact": more.get("contact"), "changes": more.get("changes", True)}
    pack = created("pack", own)
    return pack, [*changes, pack]


def _meeting(desk: Desk, board: str, held_on: date, more: Mapping[str, Value]) -> tuple[str, list[RecordChange]]:
    said = {field: more[field] for field in ("time", "venue") if more.get(field)}
    for uid, values in desk.load("board_meeting", held_on=held_on).items():
        if str(values["board"]).casefold() == board.casefold():
            change = updated("board_meeting", uid, values, said)
            return uid, [change] if change else []
    made = created("board_meeting", {"board": board, "held_on": held_on, **said})
    return made.uid, [made]


def add_item(desk: Desk, pack: str, title: str, **said: Value) -> str:
    """Add an item without a paper at the end, and return its uid."""
    return _add(desk, pack, title, said)


def add_report(desk: Desk, pack: str, report: str, chosen: Mapping[str, str], title: str = "", **said: Value) -> str:
    """Add a report of the desk at the end, and return the item's uid; DeskError if a choice is not known."""
    return _add(desk, pack, title or report_named(report).title, said, report_paper(desk, report, chosen))


def add_outside(desk: Desk, pack: str, path: Path, title: str = "", **said: Value) -> str:
    """Add an outside PDF at the end, kept in the workspace, and return the item's uid.

    Raises DeskError in one sentence if the file cannot be read, or cannot go into a pack.
    """
    return _add(desk, pack, title or path.stem, said, outside_paper(path))


def _add(desk: Desk, pack: str, title: str, said: Values, paper: Paper | None = None) -> str:
    refuse_issued(desk, pack)
    position = max((_position(item.values) for item in items_of(desk, pack)), default=0) + 1
    item, paper = item_change(desk, pack, position, title, said, paper=paper), paper or Paper({})
    along = [paper.kept] if paper.kept else []
    desk.apply(Action.EDIT, f"Add {title} to {pack_name(desk, pack)}", [*along, item], files=paper.files)
    return item.uid


def item_change(
    desk: Desk, pack: str, position: int, title: str, said: Values, *, paper: Paper | None = None
) -> RecordChange:
    """Return the creation of an item; DeskError if something is said of it that items do not have or cannot be."""
    values = {"pack": pack, "position": position, "title": title, **(paper.values if paper else {})}
    values |= item_words(desk, said)
    must_hold(_ITEM, values, without_blanks(values))
    return created("pack_item", values)


def item_words(desk: Desk, said: Values) -> dict[str, Value]:
    """Return what is said of an item as it is kept; DeskError if it cannot be, naming what is allowed."""
    unknown = [name for name in said if name not in SAID]
    if unknown:
        raise DeskError(f"An item of a pack has no “{unknown[0]}”; it has {', '.join(SAID)}.")
    words: dict[str, Value] = {}
    for name, value in said.items():
        try:
            words[name] = desk.reader.read(_ITEM[name], value)
        except Unreadable as fault:
            raise DeskError(f"{_ITEM[name].label} “{value}” {fault}.") from fault
    return words


def give_paper(desk: Desk, item: str, path: Path) -> None:
    """Put an outside PDF behind an item, in place of what was there. Raises DeskError if it cannot go into a pack."""
    before = desk.load_some("pack_item", [item])[item]
    refuse_issued(desk, str(before["pack"]))
    paper = outside_paper(path)
    change = updated("pack_item", item, before, {"report": None, "choices": None, **paper.values})
    desk.apply(Action.EDIT, f"{before['title']}: {path.name}", present([paper.kept, change]), files=paper.files)


def move_item(desk: Desk, item: str, by: int) -> None:
    """Move an item up (-1) or down (1) the agenda; at either end nothing happens."""
    pack = str(desk.load_some("pack_item", [item])[item]["pack"])
    refuse_issued(desk, pack)
    items = items_of(desk, pack)
    place = next(at for at, line in enumerate(items) if line.uid == item)
    wanted = min(max(place + by, 0), len(items) - 1)
    items.insert(wanted, items.pop(place))
    changes = [updated("pack_item", it.uid, it.values, {"position": at}) for at, it in enumerate(items, 1)]
    if present(changes):
        desk.apply(Action.EDIT, f"Put the agenda of {pack_name(desk, pack)} in order", present(changes))


def copy_pack(desk: Desk, pack: str, held_on: date, name: str = "") -> str:
    """Copy a pack to the next meeting of its board, and return the new one's uid.

    Reports come along with their choices and will be drawn anew; outside PDFs belong to the old meeting, so their
    items come without a paper, and nothing is late yet.
    """
    values = desk.load_some("pack", [pack])[pack]
    meeting = desk.load_some("board_meeting", [str(values["meeting"])])[str(values["meeting"])]
    more = {"time": meeting["time"], "venue": meeting["venue"], "contact": values["contact"]}
    more["changes"] = values["changes"]
    new, changes = new_pack_changes(desk, str(meeting["board"]), held_on, name=name, more=more)
    left = {"pack": new.uid, "file": None, "late": None}
    changes += [created("pack_item", {**item.values, **left}) for item in items_of(desk, pack)]
    desk.apply(Action.EDIT, f"Copy {values['name']} to {new.after['name']}", changes)
    return new.uid


def pack_name(desk: Desk, pack: str) -> str:
    """Return what a pack is called."""
    return str(desk.load_some("pack", [pack])[pack]["name"])


def refuse_issued(desk: Desk, pack: str) -> None:
    """Raise DeskError if a pack has been issued: what was printed stands."""
    values = desk.load_some("pack", [pack])[pack]
    if values["issued_on"]:
        raise DeskError(f"{values['name']} has been issued and stands as it is; open it again to alter it.")
