"""The words that a workspace's texts are made of, to guess what somebody meant who mistyped one."""

from functools import partial
from weakref import WeakKeyDictionary

from ctdesk.db import finding
from ctdesk.db.workspace import Workspace

_LEAST_LENGTH, _MOST_GUESSES = 4, 3
_MANY_NEW = 1_000


class KnownWords:
    """All words of a workspace as they were when they were last read; new ones are soon missed by nobody."""

    def __init__(self, workspace: Workspace) -> None:
        """Read the words, and load what compares them, so that the first slip need not wait for it."""
        from rapidfuzz import process
        from rapidfuzz.distance import OSA

        self._nearest = partial(process.extract, scorer=OSA.distance, limit=None)
        self.read_at = finding.newest_entry(workspace)
        self._words = finding.vocabulary(workspace)

    def like(self, typed: str) -> tuple[str, ...]:
        """Return the few words most like one that was typed; none for a short one or a number."""
        if len(typed) < _LEAST_LENGTH or not typed.isalpha():
            return ()
        # Two letters changed, dropped, doubled or swapped in a word of eight; one in a word of four.
        most = 1 if len(typed) < 8 else 2
        near = self._nearest(typed, self._words, score_cutoff=most)
        nearest = sorted((found for found in near if found[1] > 0), key=lambda it: (it[1], it[0][0] != typed[0]))
        return tuple(word for word, distance, _ in nearest if distance == nearest[0][1])[:_MOST_GUESSES]


_KNOWN: WeakKeyDictionary[Workspace, KnownWords] = WeakKeyDictionary()


def known_words(workspace: Workspace) -> KnownWords:
    """Return the words of an open workspace, read again once many records have been added or altered."""
    known = _KNOWN.get(workspace)
    if known is None or finding.newest_entry(workspace) > known.read_at + _MANY_NEW:
        known = _KNOWN[workspace] = KnownWords(workspace)
    return known
