"""What is typed at a form and not saved, letter for letter: to be kept, and to be shown at the form again."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class PartTyped:
    """What is typed in one part of a record, by the names of its fields; None if the part is to be taken out.

    A part without a uid is new.
    """

    uid: str | None
    texts: Mapping[str, str] | None


@dataclass(frozen=True, slots=True)
class Typed:
    """What is typed in the fields of a record, by their names, and in its parts, by their kind."""

    fields: Mapping[str, str] = field(default_factory=dict)
    parts: Mapping[str, Sequence[PartTyped]] = field(default_factory=dict)

    def __bool__(self) -> bool:
        """Whether anything is typed."""
        return bool(self.fields) or any(self.parts.values())
