"""Filters in words, as they stand on chips above a list."""

from ctdesk.services.desk import Desk
from ctdesk.services.list_view import Filter


def sentence_of(desk: Desk, kind: str, asked: Filter) -> tuple[str, str]:
    """Return a filter as two parts of a sentence: "Tier is", "Targeted or Specialist"."""
    raise NotImplementedError
