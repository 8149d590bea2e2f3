"""Names of organisations, teams and activities, found by how people spell them."""

import re
from collections.abc import Iterable, Mapping

_PUNCTUATION = re.compile(r"[^\w&]+")
_SAME = {"ltd": "limited", "&": "and", "cic": "community interest company", "st": "saint", "the": ""}


def plain_name(text: str) -> str:
    """Return a name without regard to case, punctuation, *the*, and Ltd for Limited (Companies Act 2006 s59).

    >>> plain_name("The Bridge & Co. Ltd.") == plain_name("Bridge and Co Limited")
    True
    """
    words = _PUNCTUATION.sub(" ", text.casefold().replace("’", "").replace("'", "").replace("&", " & ")).split()
    return " ".join(word for word in (_SAME.get(word, word) for word in words) if word)


class NameIndex:
    """The records of one kind by name: each has one name for people and any number of other spellings."""

    def __init__(self, named: Iterable[tuple[str, str, Iterable[str]]] = ()) -> None:
        """Take (uid, name, other spellings) of each record; of two with one spelling the first is found."""
        self.name_of: dict[str, str] = {}
        self._uids: dict[str, str] = {}
        others: list[tuple[str, str]] = []
        for uid, name, spellings in named:
            self.name_of[uid] = name
            others.extend((spelling, uid) for spelling in spellings)
        # Plain spellings take long to make and are wanted only where something is to be found.
        self._waiting = [*((name, uid) for uid, name in self.name_of.items()), *others]

    def copy(self) -> "NameIndex":
        """Return an index of its own, to which names may be added that are not the desk's yet."""
        copied = NameIndex()
        copied.name_of, copied._uids, copied._waiting = dict(self.name_of), dict(self._uids), [*self._waiting]
        return copied

    def find(self, text: str) -> str | None:
        """Return the uid of the record known by that name, or None."""
        return self.spellings().get(plain_name(text))

    def name(self, uid: str) -> str:
        """Return the name of a record; its uid if it is not known."""
        return self.name_of.get(uid, uid)

    def spellings(self) -> Mapping[str, str]:
        """Return every known plain spelling with the uid it stands for."""
        for spelling, uid in self._waiting:
            if plain := plain_name(spelling):  # a name of nothing but dots and dashes means no record
                self._uids.setdefault(plain, uid)
        self._waiting.clear()
        return self._uids

    def add(self, uid: str, name: str) -> None:
        """Enter one more record."""
        self.name_of[uid] = name
        self._waiting.append((name, uid))


Names = Mapping[str, NameIndex]
"""An index for each kind of record that links may point at."""
