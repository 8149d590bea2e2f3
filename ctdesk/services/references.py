"""References the desk gives to new activities: the agency's letters and the next number."""

import re
from collections.abc import Iterable

_NUMBERED = re.compile(r"([A-Z]{2,5})-(\d{1,6})$")
_SMALL = {"and", "of", "the", "for", "in", "on"}


def next_references(taken: Iterable[str], agency: str, how_many: int) -> list[str]:
    """Return fresh references such as `SS-018`, in the agency's own series if it has one."""
    found = [match for text in taken if (match := _NUMBERED.match(text))]
    prefixes = [match[1] for match in found]
    prefix = max(set(prefixes), key=prefixes.count) if prefixes else _letters(agency)
    last = max((int(match[2]) for match in found if match[1] == prefix), default=0)
    return [f"{prefix}-{number:03d}" for number in range(last + 1, last + 1 + how_many)]


def _letters(agency: str) -> str:
    """Return two to four letters for an agency: its initials, or the beginning of its one word."""
    words = [word for word in re.findall(r"[A-Za-z]+", agency) if word.lower() not in _SMALL]
    letters = "".join(word[0] for word in words) if len(words) > 1 else "".join(words)[:3]
    return (letters.upper() or "NEW")[:4].ljust(2, "X")
