"""Likely spellings of one name: offered to a person, never taken silently."""

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache

from ctdesk.domain.names import NameIndex, plain_name

_LEGAL_FORM = re.compile(
    r"\b(?:community interest company|charitable incorporated organisation|limited|plc|llp|cio|company|uk|inc)\b"
)
"""Words that say what a body is in law; two spellings of one body often differ in them."""

_INITIALS = re.compile(r"(?<=\b\w)\.(?=\w\b)")
"""The point between initials: C.I.C. is CIC."""

_SIDES = frozenset(
    ["north", "south", "east", "west", "northern", "southern", "eastern", "western", "upper", "lower", "inner", "outer"]
)
"""Words that make another body of a name wherever one has them and the other has not."""

_OPPOSITES = frozenset(
    [
        *("boys", "girls", "men", "women", "mens", "womens", "male", "female", "children", "adults"),
        *("infant", "infants", "junior", "juniors", "primary", "secondary"),
        *("one", "two", "three", "four", "first", "second", "third", "i", "ii", "iii", "iv"),
    ]
)
"""Words that tell sister bodies apart where each has one of them."""

_LIKE_ENOUGH = 86.0
_WORDS_LIKE_ENOUGH = 80.0
_LARGEST_BLOCK = 300
"""A beginning of a word that more names share than this says too little to compare all of them."""


@dataclass(frozen=True, slots=True)
class Suggestion:
    """The known name most like a typed one; `score` runs to 100, the same but for order and legal form."""

    uid: str
    name: str
    score: float


def suggest(text: str, names: NameIndex, *, at_least: float = _LIKE_ENOUGH) -> Suggestion | None:
    """Return the record whose name or other spelling is most like the text, or None if none is near."""
    known = names.spellings()
    found = _nearest(text, known, at_least)
    return found and Suggestion(known[found[0]], names.name(known[found[0]]), found[1])


def suggest_among(text: str, names: Mapping[str, str], *, at_least: float = _LIKE_ENOUGH) -> Suggestion | None:
    """Return which of some names, held by uid, is most like the text, or None if none is near."""
    found = _nearest(text, names.values(), at_least)
    if found is None:
        return None
    uid = next(uid for uid, name in names.items() if name == found[0])
    return Suggestion(uid, found[0], found[1])


def spellings(names_in_file: Iterable[str]) -> list[tuple[str, ...]]:
    """Group the names of one file that are likely spellings of one organisation; the commonest comes first.

    Names without another spelling are left out. Only a person can say that a group is right.
    """
    counts: dict[str, int] = {}
    for name in names_in_file:
        counts[name] = counts.get(name, 0) + 1
    groups = _Groups(counts)
    for first, second in _pairs(_by_comparable(counts)):
        groups.join(first, second)
    ordered = (sorted(group, key=lambda name: (-counts[name], name)) for group in groups.all())
    return sorted(tuple(group) for group in ordered if len(group) > 1)


def likeness(first: str, second: str) -> float:
    """Return how alike two names are, to 100: the same but for order, punctuation and legal form."""
    from rapidfuzz import fuzz

    return fuzz.ratio(_comparable(first), _comparable(second))


def _nearest(text: str, known: Collection[str] | Mapping[str, str], at_least: float) -> tuple[str, float] | None:
    from rapidfuzz import fuzz, process

    wanted = _comparable(text)
    if not wanted:
        return None
    choices = {name: _comparable(name) for name in known}
    near = process.extract_iter(wanted, choices, scorer=fuzz.ratio, score_cutoff=at_least)
    fitting = [(score, name) for choice, score, name in near if not _tell_apart(wanted, choice)]
    score, name = max(fitting, key=lambda found: found[0], default=(0.0, ""))
    return (name, score) if name else None


@lru_cache(maxsize=50_000)
def _comparable(name: str) -> str:
    """Return a name's words in order of the alphabet, without legal form unless there is nothing else."""
    plain = plain_name(_INITIALS.sub("", name))
    return " ".join(sorted(_LEGAL_FORM.sub(" ", plain).split() or plain.split()))


def _tell_apart(first: str, second: str) -> bool:
    """Whether two like names are of two bodies: numbers, sides such as north, opposites or a whole word differ.

    Brent Law Centre is not Camden Law Centre, however long the words are that both have.
    """
    one, other = set(first.split()), set(second.split())
    if _numbered(one) != _numbered(other):
        return True
    left, right = one - other, other - one
    if (left | right) & _SIDES:
        return True
    if not left or not right:
        return False
    return bool(left & _OPPOSITES and right & _OPPOSITES) or not _alike(left, right)


def _alike(left: set[str], right: set[str]) -> bool:
    """Whether the words in which two names differ are near spellings, one cut short, or written as one.

    Slips of the finger seldom fall on a first letter: Darlington is not Warrington.
    """
    from rapidfuzz import fuzz

    one = "".join(sorted(left))
    for other in ("".join(sorted(right)), "".join(sorted(right, reverse=True))):
        if one[0] == other[0] and fuzz.ratio(one, other) >= _WORDS_LIKE_ENOUGH:
            return True
        if one.startswith(other) or other.startswith(one):
            return True
    return False


def _numbered(words: set[str]) -> set[str]:
    return {word for word in words if any(letter.isdigit() for letter in word)}


def _by_comparable(names: Iterable[str]) -> dict[str, list[str]]:
    same: dict[str, list[str]] = {}
    for name in names:
        if comparable := _comparable(name):
            same.setdefault(comparable, []).append(name)
    return same


def _pairs(same: Mapping[str, list[str]]) -> Iterator[tuple[str, str]]:
    """Yield pairs of names that are alike, comparing only those that share the beginning of a word."""
    from rapidfuzz import fuzz, process

    for names in same.values():
        yield from ((names[0], other) for other in names[1:])
    for block in _blocks(same):
        for at, wanted in enumerate(block):
            for choice, _, _ in process.extract_iter(
                wanted, block[at + 1 :], scorer=fuzz.ratio, score_cutoff=_LIKE_ENOUGH
            ):
                if not _tell_apart(wanted, choice):
                    yield same[wanted][0], same[choice][0]


def _blocks(comparable: Iterable[str]) -> Iterator[list[str]]:
    blocks: dict[str, list[str]] = {}
    for name in comparable:
        for beginning in {word[:4] for word in name.split()}:
            blocks.setdefault(beginning, []).append(name)
    return (block for block in blocks.values() if 1 < len(block) <= _LARGEST_BLOCK)


class _Groups:
    """Names joined into groups, pair by pair."""

    def __init__(self, names: Iterable[str]) -> None:
        self._group_of = {name: [name] for name in names}

    def join(self, first: str, second: str) -> None:
        """Put the groups of two names together."""
        one, other = self._group_of[first], self._group_of[second]
        if one is other:
            return
        one.extend(other)
        for name in other:
            self._group_of[name] = one

    def all(self) -> list[list[str]]:
        """Return each group once."""
        return list({id(group): group for group in self._group_of.values()}.values())
