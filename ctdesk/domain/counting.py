"""Numbers of things, and lists of them, in sentences: 1 row, 1,204 agencies; one, two and three."""

from collections.abc import Sequence

_WORDS = ("none", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")


def counted(number: int, one: str, several: str = "") -> str:
    """Return a number with its noun; the plural is the singular with an s unless it is given."""
    return f"{number:,} {one if number == 1 else several or one + 's'}"


def in_words(count: int) -> str:
    """Return a count for running text: words to twelve, then figures."""
    return _WORDS[count] if 0 <= count < len(_WORDS) else f"{count:,}"


def listed(names: Sequence[str], most: int | None = None, last: str = "and") -> str:
    """Return names as in a sentence, the last after *and* or another word; beyond `most` the rest are counted."""
    shown = list(names[:most])
    if len(shown) < len(names):
        shown[-1:] = [f"{in_words(len(names) - len(shown) + 1)} more"]
    if len(shown) < 2:
        return "".join(shown)
    return f"{', '.join(shown[:-1])} {last} {shown[-1]}"
