"""Framework files: the reference lists a new workspace begins with, read from `resources/` or a team's own file.

A framework is a TOML file with a title and, under `[lists]`, every list of `LIST_LABELS` with its entries in order.
One that is `based_on` a shipped framework need only hold the lists that differ.
"""

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from ctdesk.domain.changes import RecordChange, created
from ctdesk.domain.errors import DeskError
from ctdesk.domain.lists import Entry, plain
from ctdesk.domain.records.workspace import LIST_LABELS
from ctdesk.resources import resource

_CODE = re.compile(r"[a-z][a-z0-9_]*")
_TEXTS = ("code", "label", "short", "meaning")
_MOST = 999


@dataclass(frozen=True, slots=True)
class Framework:
    """The lists of one framework in their order.

    `meanings` holds, by list and code, what an entry covers; `numbers` likewise the lead time of a procurement route
    in weeks, or a contract tier's months between returns.
    """

    name: str
    title: str
    description: str
    lists: Mapping[str, tuple[Entry, ...]]
    meanings: Mapping[str, Mapping[str, str]]
    numbers: Mapping[str, Mapping[str, int]]


def shipped() -> list[str]:
    """Return the names of the frameworks that come with the program."""
    return sorted(path.stem for path in resource("frameworks").glob("*.toml"))


def framework(name_or_path: str) -> Framework:
    """Return a framework by its name, or from a file of one's own.

    Raises DeskError naming file, list and entry if there is no such framework or a list of it is at fault.
    """
    if name_or_path in shipped():
        return _shipped(name_or_path)
    return _read(_find(name_or_path))


@cache
def _shipped(name: str) -> Framework:
    return _read(resource("frameworks", f"{name}.toml"))


def list_records(source: Framework) -> tuple[RecordChange, ...]:
    """Return the creation of one list entry for each word of the framework."""
    return tuple(
        created("list_entry", _entry_values(source, name, position, entry))
        for name, entries in source.lists.items()
        for position, entry in enumerate(entries, start=1)
    )


def _entry_values(source: Framework, name: str, position: int, entry: Entry) -> dict[str, Any]:
    return {
        "list": name,
        "code": entry.code,
        "label": entry.label,
        "short": entry.short or None,
        "position": position,
        "retired": False,
        "aliases": "; ".join(entry.aliases) or None,
        "description": source.meanings[name].get(entry.code),
        "number": source.numbers[name].get(entry.code),
    }


def _find(name_or_path: str) -> Path:
    path = Path(name_or_path)
    if path.is_file():
        return path
    names = ", ".join(shipped())
    raise DeskError(f"There is no framework called {name_or_path}; give one of {names}, or the path of a file.")


def _read(path: Path) -> Framework:
    content = _load(path)
    base = _base(path, content)
    given = _given_lists(path, content)
    lists = {name: base.lists[name] if base else () for name in LIST_LABELS}
    meanings = {name: base.meanings[name] if base else {} for name in LIST_LABELS}
    numbers = {name: base.numbers[name] if base else {} for name in LIST_LABELS}
    for name, entries in given.items():
        lists[name] = tuple(_entry(path, name, number, entry) for number, entry in enumerate(entries, start=1))
        meanings[name] = {entry["code"]: entry["meaning"] for entry in entries if "meaning" in entry}
        numbers[name] = {entry["code"]: entry["number"] for entry in entries if "number" in entry}
        _refuse_doubles(path, name, lists[name])
    _refuse_empty_lists(path, lists)
    return Framework(path.stem, _title(path, content), str(content.get("description", "")), lists, meanings, numbers)


def _load(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except tomllib.TOMLDecodeError as fault:
        raise DeskError(f"{path.name} cannot be read as TOML ({fault}); correct that line.") from None
    except UnicodeDecodeError:
        raise DeskError(f"{path.name} is not a text file in UTF-8; save it as one.") from None
    except OSError as fault:
        raise DeskError(f"{path.name} cannot be opened: {fault.strerror}.") from None


def _title(path: Path, content: Mapping[str, Any]) -> str:
    title = content.get("title")
    if not isinstance(title, str) or not title.strip():
        raise DeskError(f'{path.name} has no title; add a first line such as title = "Our framework".')
    return title


def _base(path: Path, content: Mapping[str, Any]) -> Framework | None:
    """Return the framework this one rests on; only shipped ones may be named, so there is no going in circles."""
    name = content.get("based_on")
    if name is None:
        return None
    if name not in shipped():
        raise DeskError(f"{path.name} is based on {name}, which does not come with ctdesk; name one that does.")
    return framework(name)


def _given_lists(path: Path, content: Mapping[str, Any]) -> dict[str, list[dict[str, Any]]]:
    """Return the lists that stand in the file itself, each known and each a row of entries."""
    lists = content.get("lists", {})
    if not isinstance(lists, dict):
        raise DeskError(f"{path.name}: lists must be a table that begins with a line [lists].")
    for name, entries in lists.items():
        if name not in LIST_LABELS:
            raise DeskError(f"{path.name}: there is no list called {name}; the lists are {', '.join(LIST_LABELS)}.")
        if not isinstance(entries, list) or not all(isinstance(entry, dict) for entry in entries):
            raise DeskError(f"{path.name}, list {name}: put its entries between [ and ], each between {{ and }}.")
    return lists


def _entry(path: Path, name: str, number: int, given: Mapping[str, Any]) -> Entry:
    place = f"{path.name}, list {name}, entry {given.get('code') or number}"
    for key, value in given.items():
        _refuse_odd_key(place, key, value)
    if not _CODE.fullmatch(given.get("code", "")):
        raise DeskError(f"{place}: give it a code of small letters, digits and _, beginning with a letter.")
    if not given.get("label", "").strip():
        raise DeskError(f"{place} has no label; add what people should read.")
    return Entry(given["code"], given["label"], given.get("short", ""), tuple(given.get("aliases", ())))


def _refuse_odd_key(place: str, key: str, value: object) -> None:
    if key == "aliases":
        if not isinstance(value, list) or not all(isinstance(alias, str) and ";" not in alias for alias in value):
            raise DeskError(f"{place}: aliases must be texts between [ and ], none of them with ; in it.")
    elif key == "number":
        if not isinstance(value, int) or not 0 <= value <= _MOST:
            raise DeskError(f"{place}: number must be a whole number from 0 to {_MOST}, without quotation marks.")
    elif key not in _TEXTS:
        raise DeskError(f"{place}: {key} is not known; an entry has code, label, short, aliases, meaning and number.")
    elif not isinstance(value, str):
        raise DeskError(f"{place}: {key} must be a text between quotation marks.")


def _refuse_doubles(path: Path, name: str, entries: tuple[Entry, ...]) -> None:
    """Refuse a code that stands twice, and a spelling that two entries claim."""
    owner: dict[str, str] = {}
    codes: set[str] = set()
    for entry in entries:
        if entry.code in codes:
            raise DeskError(f"{path.name}, list {name}: the code {entry.code} stands twice; give one another code.")
        codes.add(entry.code)
        for spelling in filter(None, (entry.code, entry.label, entry.short, *entry.aliases)):
            if owner.setdefault(plain(spelling), entry.code) != entry.code:
                first = owner[plain(spelling)]
                raise DeskError(
                    f"{path.name}, list {name}: “{spelling}” stands for both {first} and {entry.code}; change one."
                )


def _refuse_empty_lists(path: Path, lists: Mapping[str, tuple[Entry, ...]]) -> None:
    for name, entries in lists.items():
        if not entries:
            raise DeskError(f"{path.name}: the list {name} ({LIST_LABELS[name]}) is missing or empty; give it entries.")
