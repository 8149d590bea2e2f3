"""Reference lists as the desk and its readers use them: codes inside, labels for people."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

_SPACES = re.compile(r"[\s\-–—_/.,’'&()]+")


@dataclass(frozen=True, slots=True)
class Entry:
    """One word of a list. `short` heads a narrow column; a retired entry is valid but no longer offered."""

    code: str
    label: str
    short: str = ""
    aliases: tuple[str, ...] = ()
    retired: bool = False


def plain(text: str) -> str:
    """Return a text without regard to case, spaces and punctuation, for comparing words of a list."""
    return _SPACES.sub(" ", text.casefold().replace("&", " and ")).strip()


class ReferenceLists:
    """All lists of one workspace, each in its order."""

    def __init__(self, lists: Mapping[str, Iterable[Entry]]) -> None:
        """Take the entries of each list in order."""
        self._lists = {name: tuple(entries) for name, entries in lists.items()}
        self._labels = {name: {entry.code: entry.label for entry in entries} for name, entries in self._lists.items()}
        self._codes = {name: self._spellings(entries) for name, entries in self._lists.items()}

    @staticmethod
    def _spellings(entries: tuple[Entry, ...]) -> dict[str, str]:
        codes = {plain(alias): entry.code for entry in entries for alias in (*entry.aliases, entry.short) if alias}
        return (
            codes
            | {plain(entry.code): entry.code for entry in entries}
            | {plain(entry.label): entry.code for entry in entries}
        )

    def names(self) -> tuple[str, ...]:
        """Return the names of all lists."""
        return tuple(self._lists)

    def all(self, name: str) -> tuple[Entry, ...]:
        """Return every entry of a list, the retired ones too; an unknown list has none."""
        return self._lists.get(name, ())

    def offered(self, name: str) -> tuple[Entry, ...]:
        """Return the entries a person may pick."""
        return tuple(entry for entry in self.all(name) if not entry.retired)

    def has(self, name: str, code: str) -> bool:
        """Whether the list holds an entry of that code."""
        return code in self._labels.get(name, {})

    def label(self, name: str, code: str) -> str:
        """Return what people read for a code; the code itself if the list has lost it."""
        return self._labels.get(name, {}).get(code, code)

    def find(self, name: str, text: str) -> str | None:
        """Return the code a typed word stands for, without regard to case and spaces, or None."""
        return self._codes.get(name, {}).get(plain(text))

    def suggest(self, name: str, text: str) -> str | None:
        """Return the code of the word most like the one typed, or None if none is near."""
        from difflib import get_close_matches

        codes = self._codes.get(name, {})
        near = get_close_matches(plain(text), codes, n=1, cutoff=0.75)
        return codes[near[0]] if near else None
