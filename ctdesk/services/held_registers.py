"""Registers held for later: the file, what was said of its columns and what was decided, kept until it is applied."""

import json
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ctdesk.domain.changes import Action, ChangeSet
from ctdesk.domain.decisions import Decisions
from ctdesk.domain.errors import DeskError
from ctdesk.domain.incoming import Suggestions
from ctdesk.domain.records.round import FilePurpose
from ctdesk.returns.adoption import Register
from ctdesk.returns.sheets import Book
from ctdesk.services.adopting import AdoptionWishes, read_strangers_book
from ctdesk.services.desk import Desk
from ctdesk.services.held_files import let_go_of_held
from ctdesk.services.kept_files import bytes_of, keep_file, write_kept

_PLAIN = ("kind", "profile", "sheet", "agency", "header_row")
"""The wishes that are plain words and numbers."""


@dataclass(frozen=True, slots=True)
class TakenUp:
    """A held register read again: its book, what gives its bytes, and what was said and decided so far."""

    book: Book
    content: Callable[[], bytes]
    wishes: AdoptionWishes


def hold_register(
    desk: Desk, register: Register, book: Book, content: Callable[[], bytes], wishes: AdoptionWishes
) -> ChangeSet:
    """Keep a register with what was said and decided so far; an earlier one of the same form is let go."""
    files: dict[str, bytes] = {}
    source = register.source_key
    said = wishes_to_json(wishes).encode()
    changes = [
        *let_go_of_held(desk, source=source),
        keep_file(content(), book.path.name, FilePurpose.HELD_RETURN, files, source=source),
        keep_file(said, "decisions.json", FilePurpose.DECISIONS, files, source=source),
    ]
    return desk.apply(Action.EDIT, f"Hold the register {book.path.name}", changes, files=files)


def take_up_register(desk: Desk, uid: str, *, password: str | None = None) -> TakenUp:
    """Read a held register again; DeskError if it is held no more, or cannot be read."""
    held = desk.load_some("stored_file", [uid]).get(uid)
    if held is None:
        raise DeskError("This register is not held any more; choose its file again.")
    kept = desk.load("stored_file", source=held["source"], purpose=FilePurpose.DECISIONS.value)
    said = [bytes_of(desk, values).decode() for values in kept.values()]
    content = bytes_of(desk, held)
    with tempfile.TemporaryDirectory() as folder:
        book = read_strangers_book(desk, write_kept(desk, held, Path(folder)), password)
    return TakenUp(book, lambda: content, wishes_from_json(said[0]) if said else AdoptionWishes())


def wishes_to_json(wishes: AdoptionWishes) -> str:
    """Return what was said of a register as `wishes_from_json` reads it."""
    plain: dict[str, Any] = {name: getattr(wishes, name) for name in _PLAIN}
    plain["mapping"] = dict(wishes.mapping)
    plain["values"] = {field: dict(words) for field, words in wishes.values.items()}
    plain["names"] = [[*at, said.value] for at, said in wishes.names.items()]
    plain["decisions"] = wishes.decisions.to_json()
    return json.dumps(plain, ensure_ascii=False)


def wishes_from_json(text: str) -> AdoptionWishes:
    """Return the wishes that `wishes_to_json` wrote."""
    plain = json.loads(text)
    return AdoptionWishes(
        **{name: plain[name] for name in _PLAIN},
        mapping=plain["mapping"],
        values=plain["values"],
        names={(field, typed): Suggestions(said) for field, typed, said in plain["names"]},
        decisions=Decisions.from_json(plain["decisions"]),
    )
