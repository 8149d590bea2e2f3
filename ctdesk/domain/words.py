"""Words as people look for them: without regard to case and accents, by how they begin."""

import re
import unicodedata
from collections.abc import Iterable

_WORD = re.compile(r"[^\W_]+")
_NUMBER = re.compile(r"([0-9]+)")


def plain_text(text: str) -> str:
    """Return a text without regard to case and accents, for comparing and for alphabetical order."""
    folded = text.casefold()
    if folded.isascii():
        return folded
    return "".join(it for it in unicodedata.normalize("NFKD", folded) if not unicodedata.combining(it))


def in_turn(text: str) -> tuple[str | int, ...]:
    """Return what puts texts in the order of the alphabet, and the numbers in them in theirs.

    >>> sorted(["A10", "A9"], key=in_turn)
    ['A9', 'A10']
    """
    parts = _NUMBER.split(plain_text(text))
    return tuple(int(part) if at % 2 else part for at, part in enumerate(parts))


def in_a_sentence(label: str) -> str:
    """Return a label as it stands within a sentence: in small letters, unless it holds a name such as of an Act.

    >>> in_a_sentence("Extension"), in_a_sentence("Procurement Act rating")
    ('extension', 'Procurement Act rating')
    """
    return label.lower() if label[1:].islower() else label


def words_of(text: str) -> list[str]:
    """Return the plain words of a text, digits among them, in their order."""
    return _WORD.findall(plain_text(text))


def begins_a_word(text: str, beginning: str) -> bool:
    """Whether one of the words of a text begins like this; *beginning* is a plain word."""
    return any(word.startswith(beginning) for word in words_of(text))


def places_of(text: str, beginnings: Iterable[str]) -> tuple[tuple[int, int], ...]:
    """Return where (start, length) words of a text begin with one of these plain words."""
    longest_first = sorted(beginnings, key=len, reverse=True)
    found = []
    for word in _WORD.finditer(text):
        plain = plain_text(word[0])
        fits = next((it for it in longest_first if plain.startswith(it)), None)
        if fits is not None:
            found.append((word.start(), min(len(fits), len(word[0]))))
    return tuple(found)
