"""A pack written down as a JSON document: the meeting, and the agenda with what stands behind each item."""

import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from ctdesk.domain.changes import Action, RecordChange, deleted, present
from ctdesk.domain.dates import read_date
from ctdesk.domain.definition import Value
from ctdesk.domain.errors import DeskError
from ctdesk.domain.reading import Unreadable
from ctdesk.services.desk import Desk
from ctdesk.services.packs import (
    SAID,
    Paper,
    item_change,
    items_of,
    new_pack_changes,
    outside_paper,
    pack_name,
    refuse_issued,
    report_paper,
)

_OF_PACK = {"name", "board", "date", "time", "venue", "contact", "changes", "items"}
_OF_ITEM = {"title", "report", "choices", "file", *SAID}


def define_pack(desk: Desk, path: Path) -> str:
    """Make the pack that a JSON file describes, or give one of that name this agenda; return its uid.

    Outside PDFs are named by their paths, from the folder of the file. Raises DeskError in one sentence.
    """
    said = _read(path)
    _only(said, _OF_PACK, "A pack")
    items = [_item(number, item) for number, item in enumerate(_listed(said), 1)]
    pack, changes = _pack(desk, said)
    called = str(changes[-1].after["name"]) if changes else pack_name(desk, pack)
    title = f"New pack {called}" if changes else f"Agenda of {called}"
    changes += [deleted("pack_item", line.uid, line.values) for line in items_of(desk, pack)]
    files: dict[str, bytes] = {}
    for number, item in enumerate(items, 1):
        with _naming(number, item):
            paper = _paper(desk, item, path.parent)
            words = {name: item[name] for name in SAID if name in item}
            change = item_change(desk, pack, number, str(item["title"]), words, paper=paper)
        changes += present([paper.kept if paper else None, change])
        files |= paper.files if paper else {}
    if changes:
        desk.apply(Action.EDIT, title, changes, files=files)
    return pack


@contextmanager
def _naming(number: int, item: Mapping[str, Any]) -> Iterator[None]:
    """Name the item in whatever is refused."""
    try:
        yield
    except DeskError as fault:
        raise DeskError(f"Item {number}, {item['title']}: {fault}") from fault


def _read(path: Path) -> dict[str, Any]:
    try:
        said = json.loads(path.read_text(encoding="utf-8"))
    except OSError as fault:
        raise DeskError(f"{path} cannot be read ({fault.strerror}); name another file.") from fault
    except ValueError as fault:
        raise DeskError(f"{path} is not sound JSON ({fault}); correct it and try again.") from fault
    if not isinstance(said, dict):
        raise DeskError(f"{path} does not describe a pack; it begins with {{ and names board, date and items.")
    return said


def _only(said: Mapping[str, Any], known: set[str], what: str) -> None:
    unknown = sorted(set(said) - known)
    if unknown:
        raise DeskError(f"{what} has no “{unknown[0]}”; it has {', '.join(sorted(known))}.")


def _listed(said: Mapping[str, Any]) -> list[Any]:
    items = said.get("items", [])
    if not isinstance(items, list):
        raise DeskError("The items of a pack are a list; put them between [ and ].")
    return items


def _item(number: int, item: Any) -> dict[str, Any]:
    if not isinstance(item, dict) or not str(item.get("title") or "").strip():
        raise DeskError(f"Item {number} of the pack has no title; give it one.")
    _only(item, _OF_ITEM, f"Item {number} of the pack")
    if item.get("report") and item.get("file"):
        raise DeskError(f"Item {number} of the pack has both a report and a file; leave one of them out.")
    if not isinstance(item.get("choices", {}), dict):
        raise DeskError(f"The choices of item {number} of the pack are named; put them between {{ and }}.")
    return item


def _paper(desk: Desk, item: Mapping[str, Any], folder: Path) -> Paper | None:
    if item.get("report"):
        chosen = {name: str(it) for name, it in item.get("choices", {}).items()}
        return report_paper(desk, str(item["report"]), chosen)
    return outside_paper(folder / str(item["file"])) if item.get("file") else None


def _pack(desk: Desk, said: Mapping[str, Any]) -> tuple[str, list[RecordChange]]:
    """Return the pack of that name, or a new one with what makes it, itself last."""
    name = str(said.get("name") or "")
    for uid, values in desk.load("pack").items():
        if name and str(values["name"]).casefold() == name.casefold():
            refuse_issued(desk, uid)
            return uid, []
    try:
        held_on = read_date(said.get("date") or "")
    except Unreadable as fault:
        raise DeskError(f"The date of the meeting, “{said.get('date')}”, {fault}.") from fault
    more: dict[str, Value] = {field: str(said[field]) for field in ("time", "venue", "contact") if said.get(field)}
    more["changes"] = bool(said.get("changes", True))
    made, changes = new_pack_changes(desk, str(said.get("board") or ""), held_on, name=name, more=more)
    return made.uid, changes
