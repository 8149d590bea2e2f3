"""The desk at work on one workspace: its lists, names and settings, and the way to its one door."""

import getpass
import os
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from ctdesk.db import queries
from ctdesk.db.workspace import Workspace
from ctdesk.domain.age_bands import STANDARD, bands_text
from ctdesk.domain.changes import Action, ChangeSet, RecordChange
from ctdesk.domain.definition import DEFINITIONS, Field, RecordDefinition, Value
from ctdesk.domain.errors import DeskError
from ctdesk.domain.lists import ReferenceLists
from ctdesk.domain.names import NameIndex
from ctdesk.domain.suppression import SMALLEST
from ctdesk.domain.values import ValueReader, show

if TYPE_CHECKING:
    from ctdesk.db.removal import Forgotten

DEFAULTS = {
    "name": "Commissioning desk",
    "variance_percent": "25",
    "reply_to": "",
    "team": "The commissioning team",
    "answer_days": "10",
    "ending_months": "12",
    "decision_days": "14",
    "age_bands": bands_text(STANDARD),
    "keep_days": "2",
    "keep_daily": "12",
    "keep_weekly": "10",
    "keep_monthly": "9",
    "second_place": "",
    "keep_years": "7",
    "smallest": str(SMALLEST),
}
"""The settings a workspace has until its team changes them."""


class Desk:
    """One open workspace with what every job needs of it; lists and names are read once and kept."""

    def __init__(self, workspace: Workspace, who: str) -> None:
        """Work on an open workspace in somebody's name."""
        self.workspace = workspace
        self.who = who
        self.listeners: list[Callable[[set[str]], None]] = []
        """Told the kinds of record that each change set altered."""
        self._forget()

    def _forget(self) -> None:
        self._lists: ReferenceLists | None = None
        self._names: dict[str, NameIndex] | None = None
        self._settings: dict[str, str] | None = None
        self._organisations: dict[str, dict[str, Value]] | None = None

    @property
    def organisations(self) -> dict[str, dict[str, Value]]:
        """Every organisation, uid -> fields."""
        if self._organisations is None:
            self._organisations = self.load("organisation")
        return self._organisations

    @property
    def lists(self) -> ReferenceLists:
        """The workspace's reference lists."""
        if self._lists is None:
            self._lists = queries.reference_lists(self.workspace)
        return self._lists

    @property
    def names(self) -> dict[str, NameIndex]:
        """The names that links are shown and found by."""
        if self._names is None:
            self._names = queries.names(self.workspace)
        return self._names

    @property
    def reader(self) -> ValueReader:
        """What reads typed values with these lists and names."""
        return ValueReader(self.lists, self.names)

    def setting(self, name: str) -> str:
        """Return a setting, or what it is by default."""
        if self._settings is None:
            self._settings = queries.settings(self.workspace)
        return self._settings.get(name, DEFAULTS.get(name, ""))

    def word(self, name: str, code: Value) -> str:
        """Return what people read for a code of a list; nothing where there is no code."""
        return self.lists.label(name, code) if isinstance(code, str) and code else ""

    def load(self, kind: str, **where: Value) -> dict[str, dict[str, Value]]:
        """Return the records of a kind that hold these values, uid -> fields."""
        return queries.load(self.workspace, kind, where=where or None)

    def load_some(self, kind: str, uids: Iterable[str]) -> dict[str, dict[str, Value]]:
        """Return those of these records that there are, uid -> fields."""
        return queries.load(self.workspace, kind, uids=uids)

    def load_fields(self, kind: str, *names: str, **where: Value) -> dict[str, dict[str, Value]]:
        """Return only these fields of the records of a kind that hold these values, uid -> fields."""
        return queries.load(self.workspace, kind, where=where or None, fields=names)

    def show(self, field: Field, value: Value) -> str:
        """Return a value as people read it."""
        return show(field, value, self.lists, self.names)

    def apply(
        self,
        action: Action,
        title: str,
        changes: Iterable[RecordChange],
        *,
        why: str = "",
        undoes: str | None = None,
        files: Mapping[str, bytes] | None = None,
        backup_first: bool = False,
        forgotten: "Forgotten | None" = None,
    ) -> ChangeSet:
        """Send one change set through the door and return it; lists and names are read afresh afterwards.

        With `forgotten` it is a removal, of which the history keeps no value.
        """
        from ctdesk.db import writer

        change_set = ChangeSet(
            action=action,
            title=title,
            who=self.who,
            changes=tuple(changes),
            why=why,
            undoes=undoes,
            files=files or {},
        )
        if forgotten is None:
            writer.apply(self.workspace, change_set, backup_first=backup_first)
        else:
            from ctdesk.db.removal import remove

            remove(self.workspace, change_set, forgotten)
        self._forget()
        for listener in self.listeners:
            listener({change.kind for change in change_set.changes})
        return change_set

    def take_up(self, workspace: Workspace) -> None:
        """Go on with another state of the workspace, for instance a backup of it that was brought back."""
        self.workspace = workspace
        self._forget()
        for listener in self.listeners:
            listener(set(DEFINITIONS))

    def find(self, kind: str, text: str) -> tuple[str, dict[str, Value]]:
        """Return the one record that a person means by a uid, reference or title.

        Raises DeskError if there is none, or more than one.
        """
        definition = definition_of(kind)
        wanted = text.strip().casefold()
        records = self.load(definition.kind)
        if wanted in records:
            return wanted, records[wanted]
        for name in (definition.reference, definition.title):
            found = [(uid, v) for uid, v in records.items() if str(v.get(name) or "").strip().casefold() == wanted]
            if len(found) == 1:
                return found[0]
            if found:
                raise DeskError(
                    f"{len(found)} {definition.plural.lower()} are called “{text}”; name one by its uid instead."
                )
        where = f"in {self.workspace.path.name}; see: ctdesk list … {definition.kind}"
        raise DeskError(f"There is no {definition.label.lower()} “{text}” {where}.")


def definition_of(kind: str) -> RecordDefinition:
    """Return the definition a person means by a kind, in the singular or plural; DeskError if there is none."""
    wanted = kind.strip().casefold().replace(" ", "_")
    for definition in DEFINITIONS.values():
        plural = definition.plural.casefold().replace(" ", "_")
        if wanted in {definition.kind, plural, definition.label.casefold().replace(" ", "_")}:
            return definition
    raise DeskError(f"“{kind}” is not a kind of record; choose one of {', '.join(DEFINITIONS)}.")


def who_am_i() -> str:
    """Return the name under which this person's changes are kept."""
    try:
        return os.environ.get("CTDESK_USER") or getpass.getuser()
    except (OSError, KeyError):
        return "unknown"


@contextmanager
def at_desk(path: Path, *, read_only: bool = False) -> Iterator[Desk]:
    """Open a workspace, work on it, and close it again."""
    from ctdesk.services.rescue import naming_a_backup

    with naming_a_backup(path), Workspace.open(path, read_only=read_only) as workspace:
        yield Desk(workspace, who_am_i())
