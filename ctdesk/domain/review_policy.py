"""What people decided before a return is reviewed: for the team, for all conflicts, or field by field."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from ctdesk.domain.definition import Field, Value
from ctdesk.domain.findings import RULES
from ctdesk.domain.incoming import IncomingRow


class Resolve(StrEnum):
    """What to do with conflicts."""

    HOLD = "hold"
    OURS = "ours"
    THEIRS = "theirs"


class Choice(StrEnum):
    """Whose value a person chose for one field: the agency's, the desk's own, or another."""

    THEIRS = "theirs"
    OURS = "ours"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class FieldDecision:
    """What a person decided about one field of one row; `value` is the other value, if neither side's."""

    choice: Choice
    value: Value = None


Decide = Callable[[IncomingRow, str], FieldDecision | None]
"""What a person decided about a field of a row, or None for nothing yet."""


def nothing_decided(_row: IncomingRow, _field: str) -> FieldDecision | None:
    """Leave every field as the policy has it."""
    return None


@dataclass(frozen=True, slots=True)
class Policy:
    """The team's choices for a review.

    `variance_percent` is the change of a sum that asks for a reason. `check_blanks` is off for registers, which were
    never asked to fill every field. `ended_by` is the day by which what is said to have ended should have. `show`
    turns a value to words for a sentence. `decide` is asked about single fields before `resolve` is. `conflict` is
    the sentence of a conflict.
    """

    show: Callable[[Field, Value], str]
    variance_percent: int = 25
    resolve: Resolve = Resolve.HOLD
    check_blanks: bool = True
    ended_by: date | None = None
    decide: Decide = nothing_decided
    conflict: str = RULES["conflict"].sentence
