"""A scenario: steps that end, reduce, move or add money on a copy of what is commissioned, and what comes of them."""

from dataclasses import dataclass
from typing import Literal

StepKind = Literal["end", "reduce", "move", "add"]


@dataclass(frozen=True, slots=True)
class Goal:
    """What money goes to, in the words of the lists; an empty text leaves its part as it is."""

    purpose: str = ""
    tier: str = ""
    outcome: str = ""

    def __str__(self) -> str:
        """Return it as people write it."""
        return ", ".join(filter(None, (self.purpose, self.tier, self.outcome)))


@dataclass(frozen=True, slots=True)
class Step:
    """One change of a scenario.

    `end` takes all money of the activity `uid` away, `reduce` takes `amount` pence off, `move` gives `amount` of it,
    or all where that is None, to a goal, and `add` buys something new for a goal under a title; `agency` and
    `agency_uid` say who would commission it, as far as that is said.
    """

    kind: StepKind
    uid: str = ""
    amount: int | None = None
    to: Goal = Goal()
    title: str = ""
    agency: str = ""
    agency_uid: str = ""


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
