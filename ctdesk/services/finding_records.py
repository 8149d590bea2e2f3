"""Finding any record by some of its words: over every text of every kind, forgiving slips of the finger."""

from dataclasses import dataclass

from ctdesk.services.desk import Desk


@dataclass(frozen=True, slots=True)
class Hit:
    """A record that was found.

    `shown` is the text in which it was found (the title, or the words around in another field), `field_label`
    that field's label, `match` the places (start, length) in `shown` that fit, and `read_as` what was sought
    instead of what was typed, if nothing fitted that.
    """

    kind: str
    uid: str
    title: str
    subtitle: str
    field_label: str
    shown: str
    match: tuple[tuple[int, int], ...]
    read_as: str | None = None


def find(desk: Desk, text: str, limit: int = 12) -> list[Hit]:
    """Return the records that hold all words typed, or words beginning with them, best first."""
    raise NotImplementedError
