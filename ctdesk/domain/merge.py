"""The one comparison: base (the last common state), theirs (what came back), ours (what the desk says now).

theirs = base: nothing happened. ours = base or ours = theirs: take theirs. Otherwise a person decides.
Returns, adopted registers, colleagues' copies and undo all go through it.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import Enum

from ctdesk.domain.definition import Value, Values


class Verdict(Enum):
    """What the three versions of one field say together."""

    UNCHANGED = "unchanged"
    TAKE = "take theirs"
    AGREED = "already so"
    CONFLICT = "conflict"


@dataclass(frozen=True, slots=True)
class Conflict:
    """One field that both sides changed, each in its own way."""

    field: str
    base: Value
    theirs: Value
    ours: Value


@dataclass(frozen=True, slots=True)
class Comparison:
    """What comparing one record found: the fields to take, those already so, those in conflict.

    `settled` is what theirs said in fields that a person has decided, whichever way.
    """

    take: Values = field(default_factory=dict)
    agreed: tuple[str, ...] = ()
    conflicts: tuple[Conflict, ...] = ()
    settled: Values = field(default_factory=dict)

    @property
    def unchanged(self) -> bool:
        """Whether theirs brings nothing that the desk has not."""
        return not self.take and not self.conflicts


UNCHANGED = Comparison()
"""The comparison of a record in which nothing happened."""


def verdict(base: Value, theirs: Value, ours: Value) -> Verdict:
    """Compare three versions of one value; no choices at all are the same as nothing."""
    base, theirs, ours = (None if value == () else value for value in (base, theirs, ours))
    if theirs == base:
        return Verdict.UNCHANGED
    if ours == theirs:
        return Verdict.AGREED
    return Verdict.TAKE if ours == base else Verdict.CONFLICT


def compare(fields: Iterable[str], base: Values, theirs: Values, ours: Values) -> Comparison:
    """Compare three versions of one record, field by field; a field absent from *theirs* did not come back."""
    take: dict[str, Value] = {}
    agreed: list[str] = []
    conflicts: list[Conflict] = []
    for name in fields:
        if name not in theirs:
            continue
        old, new, now = base.get(name), theirs[name], ours.get(name)
        match verdict(old, new, now):
            case Verdict.TAKE:
                take[name] = new
            case Verdict.AGREED:
                agreed.append(name)
            case Verdict.CONFLICT:
                conflicts.append(Conflict(name, old, new, now))
    return Comparison(take, tuple(agreed), tuple(conflicts))
