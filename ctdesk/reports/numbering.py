"""The numbers that pages bear: those of the report alone, or those of the pack it is drawn for.

Held in a context variable, so that no report has to know whether it will stand in a pack.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Numbering:
    """How many pages come before, the letter before each number, and what of the pack stands in the header."""

    before: int = 0
    letter: str = ""
    meeting: str = ""

    @property
    def alone(self) -> bool:
        """Whether the report stands for itself; in a pack the pack prints the number of each page."""
        return not self.meeting

    def name(self, page: int) -> str:
        """Return the number, as printed, of a page of the report (its first is 1)."""
        return f"{self.letter}{self.before + page}"


_ALONE = Numbering()
_NOW = ContextVar("numbering", default=_ALONE)


def numbering() -> Numbering:
    """Return how pages are numbered now."""
    return _NOW.get()


@contextmanager
def numbered(numbers: Numbering) -> Iterator[None]:
    """Number the pages of every report drawn meanwhile in this way."""
    token = _NOW.set(numbers)
    try:
        yield
    finally:
        _NOW.reset(token)
