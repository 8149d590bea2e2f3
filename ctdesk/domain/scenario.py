"""A scenario: steps that end, reduce, move or add money on a copy of what is commissioned, and what comes of them."""

from dataclasses import dataclass
from typing import Literal

StepKind = Literal["end", "reduce", "move", "add"]


@dataclass(frozen=True, slots=True)
class Step:
    """One change of a scenario.

    `end` takes all money of the activity `uid` away, `reduce` takes `amount` pence off, `move` gives `amount` of it,
    or all where that is None, to the purpose `to`, and `add` buys something new of that purpose under a title.
    """

    kind: StepKind
    uid: str = ""
    amount: int | None = None
    to: str = ""
    title: str = ""


@dataclass(frozen=True, slots=True)
class Compared:
    """Money under one name before and after the steps."""

    name: str
    before: int
    after: int

    @property
    def change(self) -> int:
        """What the steps add, or take off."""
        return self.after - self.before
