"""The checklist of the guide: how many rows are complete, what is missing most, how the money compares.

Each line gives its formulas together with their results, counted from the same rows.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from ctdesk.returns.layout import Role
from ctdesk.returns.workbook_cells import Computed, Content
from ctdesk.returns.workbook_checks import FILL_IN, LOOK_AT, OK
from ctdesk.returns.workbook_data import DataSheet

_COUNTED = {
    "activity": (Role.STILL_YOURS, "annual_value", "provider", "main_outcome", "intention"),
    "post": (Role.STILL_YOURS, "employer", "annual_cost", "fte", "commissioning_percent"),
    "funding_line": ("year", "source", "amount"),
    "measure_result": ("actual",),
    "period_count": ("count",),
    "period_money": ("actual",),
    "action": ("state",),
}
"""The columns that the checklist counts by name, the others being left to Check."""

_NONE_YET = {
    "funding_line": "Nothing here; right, if no service’s money is split",
    "action": "No action is open",
}
_NOTHING_MISSING, _SEE = "Nothing missing", "See Check on that sheet"


@dataclass(frozen=True, slots=True)
class ChecklistLine:
    """One sheet's line: rows in use, complete, to do, and what is missing."""

    in_use: Computed
    complete: Computed
    to_do: Computed
    most: Computed

    @property
    def left(self) -> int:
        """How many rows are still to do."""
        return int(self.to_do.result)


def checklist_line(data: DataSheet, row: int) -> ChecklistLine:
    """Return the line of one sheet, standing in that row of the guide in the columns C to F."""
    said = data.results()
    complete = sum(1 for words in said if words == OK)
    to_do = sum(1 for words in said if words.startswith((FILL_IN, LOOK_AT)))
    area = data.area(0)
    missing, missing_words = _most(data, said)
    nothing = _NONE_YET.get(data.layout.kind, "Nothing here yet")
    words = nothing if not complete + to_do else missing_words if to_do else _NOTHING_MISSING
    return ChecklistLine(
        Computed(f"D{row}+E{row}", complete + to_do),
        Computed(f'COUNTIF({area},"{OK}")', complete),
        Computed(f'COUNTIF({area},"{FILL_IN}*")+COUNTIF({area},"{LOOK_AT}*")', to_do),
        Computed(f'IF(C{row}=0,"{nothing}",IF(E{row}=0,"{_NOTHING_MISSING}",{missing}))', words),
    )


def _most(data: DataSheet, said: Sequence[str]) -> tuple[str, str]:
    """Return what is missing in the columns counted by name, as a formula and in words."""
    check = data.area(0)
    formulas, words = [], []
    for name in _COUNTED[data.layout.kind]:
        at = data.layout.position(name)
        label = data.check.words[at]
        formulas.append(_part(f'SUMPRODUCT(({check}<>"")*({check}<>"{OK}")*({data.area(at)}=""))', label))
        blank = sum(
            1 for cell, found in zip(data.column(name), said, strict=True) if found not in ("", OK) and cell is None
        )
        words += [f", {blank} {label}"] if blank else []
    look = sum(1 for found in said if found.startswith(LOOK_AT))
    formulas.append(_part(f'COUNTIF({check},"{LOOK_AT}*")', "to look at"))
    words += [f", {look} to look at"] if look else []
    formula = f'SUBSTITUTE("{_SEE}"&{"&".join(formulas)},"{_SEE}, ","",1)'
    return formula, "".join(words)[2:] or _SEE


def _part(count: str, label: str) -> str:
    """Return `, 3 annual value` as a formula, nothing if there are none."""
    return f'SUBSTITUTE(", "&{count}&" {label}",", 0 {label}","")'


@dataclass(frozen=True, slots=True)
class MoneyLine:
    """The total annual value as it stands, as it was sent, and the difference in words."""

    now: Computed
    sent: Content
    words: Content


def money_line(activities: DataSheet, row: int) -> MoneyLine:
    """Return the line of the money, standing in that row of the guide in the columns C, E and F."""
    area = activities.area(activities.layout.position("annual_value"))
    cells = activities.column("annual_value")
    total = sum((Decimal(str(cell)) for cell in cells if type(cell) in (int, float)), Decimal(0))
    now = Computed(f"ROUND(SUM({area}),2)", _number(_rounded(total, "0.01")))
    pence = [value for row in activities.known if isinstance(value := row.values.get("annual_value"), int)]
    if not pence and any(row.raw for row in activities.known):
        return MoneyLine(now, None, None)
    sent = Decimal(sum(pence)) / 100
    gap = f"ROUND(C{row}-E{row},0)"
    formula = (
        f'IF({gap}=0,"As much as was sent",'
        f'IF({gap}>0,"£"&TEXT({gap},"#,##0")&" more than was sent","£"&TEXT(-{gap},"#,##0")&" less than was sent"))'
    )
    return MoneyLine(now, _number(sent), Computed(formula, _gap_words(_rounded(total - sent, "1"))))


def _gap_words(gap: Decimal) -> str:
    if not gap:
        return "As much as was sent"
    return f"£{abs(gap):,} {'more' if gap > 0 else 'less'} than was sent"


def _rounded(amount: Decimal, to: str) -> Decimal:
    return amount.quantize(Decimal(to), ROUND_HALF_UP)


def _number(amount: Decimal) -> int | float:
    return int(amount) if amount == int(amount) else float(amount)
