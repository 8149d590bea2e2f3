"""Raising, or cutting, the yearly value of agreements by a percentage from a day on, many in one step."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation

from ctdesk.domain.agreement_value import uplifted
from ctdesk.domain.changes import Action, ChangeSet, created
from ctdesk.domain.contract_lines import ContractLine
from ctdesk.domain.dates import date_text
from ctdesk.domain.definition import DEFINITIONS, Value, Values
from ctdesk.domain.errors import DeskError
from ctdesk.domain.held import day_in
from ctdesk.domain.lifecycle import AgreementState
from ctdesk.domain.money import money_text
from ctdesk.domain.records.agreement_terms import VariationKind
from ctdesk.services.contracts import register
from ctdesk.services.desk import Desk
from ctdesk.services.faults import must_hold
from ctdesk.services.naming import counted

_OVER = frozenset({AgreementState.ENDED, AgreementState.TERMINATED, AgreementState.SUPERSEDED})
"""The states in which there is nothing left to raise."""


@dataclass(frozen=True, slots=True)
class UpliftLine:
    """What an uplift would do to one agreement: a year’s value in pence before and after.

    `left_out` says why it is not raised, empty if it is; `before` and `after` are None where it has no yearly value.
    """

    uid: str
    called: str
    before: int | None
    after: int | None
    left_out: str = ""


def typed_percent(typed: str) -> Decimal:
    """Return a typed percentage; DeskError if it is none, 0 or more exact than to the hundredth."""
    try:
        percent = Decimal(typed.strip().replace("−", "-").removesuffix("%").strip())
    except InvalidOperation:
        raise DeskError(f"Per cent: “{typed}” is not a number.") from None
    if not percent.is_finite() or percent != round(percent, 2):
        raise DeskError(f"Per cent: “{typed}” is not a number with at most two decimals, such as 2.75.")
    if not percent:
        raise DeskError("Per cent: 0 alters nothing; give another number.")
    return round(percent, 2)


def preview_uplift(desk: Desk, uids: Iterable[str], percent: Decimal, first: date) -> list[UpliftLine]:
    """Return what a percentage would do to the yearly value of these agreements from a day on."""
    raised = {str(it["agreement"]) for it in desk.load("variation").values() if _begins(it, first)}
    return [_line(line, percent, first, raised=line.uid in raised) for line in register(desk, first, uids)]


def uplift(desk: Desk, uids: Iterable[str], percent: Decimal, first: date, reason: str) -> ChangeSet:
    """Raise the yearly value of agreements from a day on, each by a variation, so that the past keeps its values.

    Raises DeskError if one of them cannot be raised, or no reason is given.
    """
    lines = preview_uplift(desk, uids, percent, first)
    for line in lines:
        if line.left_out:
            raise DeskError(f"{line.called} {line.left_out}.")
    if not lines or not reason.strip():
        raise DeskError("An uplift needs at least one agreement and a reason.")
    values: dict[str, Value] = {
        "what": VariationKind.UPLIFT.value,
        "from_date": first,
        "percent": percent,
        "reason": reason.strip(),
    }
    must_hold(DEFINITIONS["variation"], values, values)
    changes = [created("variation", {**values, "agreement": line.uid}) for line in lines]
    title = f"Uplift of {percent.normalize():f} per cent from {date_text(first)}: {counted('agreement', len(lines))}"
    return desk.apply(Action.EDIT, f"{title}, {money_text(more_a_year(lines))} a year", changes, why=reason)


def more_a_year(lines: Iterable[UpliftLine]) -> int:
    """Return the pence a year that an uplift adds, below nought for a cut."""
    return sum((line.after or 0) - (line.before or 0) for line in lines if not line.left_out)


def _begins(variation: Values, first: date) -> bool:
    return variation.get("what") == VariationKind.UPLIFT and day_in(variation, "from_date") == first


def _line(line: ContractLine, percent: Decimal, first: date, *, raised: bool) -> UpliftLine:
    before, left_out = line.life.annual_value, ""
    if before is None:
        left_out = "has no annual value to be raised; give one first"
    elif line.state in _OVER:
        left_out = f"is {line.state} by {date_text(first)}"
    elif raised:
        left_out = f"has an uplift from {date_text(first)} already; alter that one"
    return UpliftLine(line.uid, line.called, before, None if before is None else uplifted(before, percent), left_out)
