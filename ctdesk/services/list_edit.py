"""Altering the reference lists: words are added, renamed, moved and retired; a word's code never changes."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace

from ctdesk.domain.changes import Action, ChangeSet, RecordChange, created, present, updated
from ctdesk.domain.definition import Value
from ctdesk.domain.errors import DeskError
from ctdesk.domain.identity import new_uid
from ctdesk.domain.lists import plain
from ctdesk.domain.records.workspace import LIST_LABELS
from ctdesk.services.desk import Desk

_LABEL_MOST = 120
"""Characters; a longer word would not be read whole in a workbook's list."""


@dataclass(frozen=True, slots=True)
class Word:
    """What people may alter of a word of a list; `aliases` holds other spellings with ; between them."""

    label: str
    short: str = ""
    aliases: str = ""
    description: str = ""


@dataclass(frozen=True, slots=True)
class ListLine:
    """One word of a list as it stands; a retired one stays valid where it is used and is offered no more."""

    uid: str
    code: str
    word: Word
    retired: bool


def list_names() -> Mapping[str, str]:
    """Return every list there is, its name inside the file -> what people call it."""
    return LIST_LABELS


def entries(desk: Desk, name: str) -> list[ListLine]:
    """Return the words of a list in their order, the retired ones too."""
    return [_line(uid, values) for uid, values in _held(desk, name)]


def add_entry(desk: Desk, name: str, word: Word) -> str:
    """Add a word at the end of a list and return its uid; DeskError if the list knows the word already."""
    word = _checked(desk, name, word, "")
    held = _held(desk, name)
    uid = new_uid()
    values = {
        "list": name,
        "code": _code(word.label, {str(values["code"]) for _, values in held}),
        "position": 1 + max((_position(values) for _, values in held), default=0),
        "retired": False,
        **_values(word),
    }
    desk.apply(Action.EDIT, f"{LIST_LABELS[name]}: add {word.label}", [created("list_entry", values, uid)])
    return uid


def edit_entry(desk: Desk, uid: str, word: Word) -> ChangeSet | None:
    """Give a word another label, short label, spellings or meaning; None if it has them already.

    Records that use it follow, as they keep its code. The old label stays known as another spelling.
    """
    values = _entry(desk, uid)
    name, before = str(values["list"]), str(values["label"])
    word = _checked(desk, name, replace(word, aliases=f"{word.aliases}; {before}"), uid)
    change = updated("list_entry", uid, values, _values(word))
    called = before if before == word.label else f"{before} becomes {word.label}"
    return _apply(desk, f"{LIST_LABELS[name]}: {called}", change)


def retire_entry(desk: Desk, uid: str, *, retired: bool = True) -> ChangeSet | None:
    """Offer a word no more, or again; records that hold it keep it. DeskError for the last word of a list."""
    values = _entry(desk, uid)
    name = str(values["list"])
    offered = [line for line in entries(desk, name) if not line.retired and line.uid != uid]
    if retired and not offered:
        raise DeskError(f"{LIST_LABELS[name]} would have no word left; add another before retiring this one.")
    verb = "retire" if retired else "offer again"
    change = updated("list_entry", uid, values, {"retired": retired})
    return _apply(desk, f"{LIST_LABELS[name]}: {verb} {values['label']}", change)


def move_entry(desk: Desk, uid: str, by: int) -> ChangeSet | None:
    """Move a word so many places down its list, up if negative; None if it is at the end already."""
    values = _entry(desk, uid)
    name = str(values["list"])
    held = _held(desk, name)
    at = [each for each, _ in held].index(uid)
    to = min(max(at + by, 0), len(held) - 1)
    if to == at:
        return None
    held.insert(to, held.pop(at))
    changes = [
        updated("list_entry", each, before, {"position": place}) for place, (each, before) in enumerate(held, start=1)
    ]
    return desk.apply(Action.EDIT, f"{LIST_LABELS[name]}: move {values['label']}", present(changes))


def _apply(desk: Desk, title: str, change: RecordChange | None) -> ChangeSet | None:
    return None if change is None else desk.apply(Action.EDIT, title, [change])


def _held(desk: Desk, name: str) -> list[tuple[str, dict[str, Value]]]:
    if name not in LIST_LABELS:
        raise DeskError(f"There is no list “{name}”; choose one of {', '.join(LIST_LABELS)}.")
    return sorted(desk.load("list_entry", list=name).items(), key=lambda item: _position(item[1]))


def _entry(desk: Desk, uid: str) -> dict[str, Value]:
    found = desk.load_some("list_entry", [uid])
    if uid not in found:
        raise DeskError("This word is no longer in its list; look at the list again.")
    return found[uid]


def _position(values: Mapping[str, Value]) -> int:
    held = values["position"]
    return held if isinstance(held, int) else 0


def _line(uid: str, values: Mapping[str, Value]) -> ListLine:
    label, short, aliases, meaning = (str(values[name] or "") for name in ("label", "short", "aliases", "description"))
    return ListLine(uid, str(values["code"]), Word(label, short, aliases, meaning), bool(values["retired"]))


def _values(word: Word) -> dict[str, Value]:
    aliases = "; ".join(it for it in _spellings(word.aliases) if plain(it) != plain(word.label))
    return {
        "label": word.label,
        "short": word.short or None,
        "aliases": aliases or None,
        "description": word.description or None,
    }


def _checked(desk: Desk, name: str, word: Word, uid: str) -> Word:
    """Return a word without stray spaces; DeskError if it cannot be told from another of its list."""
    word = Word(" ".join(word.label.split()), " ".join(word.short.split()), word.aliases, word.description.strip())
    if not plain(word.label):
        raise DeskError("The word itself is blank; type what people are to read.")
    if ";" in word.label or len(word.label) > _LABEL_MOST:
        raise DeskError(f"A word of a list is at most {_LABEL_MOST} characters long and holds no semicolon.")
    taken = {plain(text): line.word.label for line in entries(desk, name) if line.uid != uid for text in _texts(line)}
    for text in (word.label, word.short, *_spellings(word.aliases)):
        if text and plain(text) in taken:
            raise DeskError(f"“{text}” already stands for {taken[plain(text)]} in {LIST_LABELS[name]}.")
    return word


def _texts(line: ListLine) -> tuple[str, ...]:
    texts = (line.code, line.word.short, *_spellings(line.word.aliases), line.word.label)
    return tuple(text for text in texts if text)


def _spellings(text: str) -> list[str]:
    """Return each other spelling once, without stray spaces."""
    found: dict[str, str] = {}
    for piece in text.split(";"):
        if plain(piece):
            found.setdefault(plain(piece), " ".join(piece.split()))
    return list(found.values())


def _code(label: str, taken: set[str]) -> str:
    """Return a code made of a label, with a number if another word has it."""
    stem = re.sub(r"[^a-z0-9]+", "_", label.casefold()).strip("_")[:40] or "word"
    code, count = stem, 1
    while code in taken:
        count += 1
        code = f"{stem}_{count}"
    return code
