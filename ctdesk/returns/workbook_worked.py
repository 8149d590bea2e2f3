"""Columns of the monitoring workbook that it works out itself: the state of a measure, the difference from a plan.

Each is told once as a formula and once as what it comes to, since a workbook must hold the right result beside it.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from ctdesk.domain.records.monitoring import Polarity, Rating
from ctdesk.returns.layout import Role, SheetLayout
from ctdesk.returns.sheets import is_number
from ctdesk.returns.workbook_cells import Content
from ctdesk.returns.workbook_conditions import reference

RED, AMBER, GREEN = (rating.value.capitalize() for rating in (Rating.RED, Rating.AMBER, Rating.GREEN))
"""What State says."""

_PLACES = 6
"""Decimal places compared: enough for two, without what binary fractions leave over."""


@dataclass(frozen=True, slots=True)
class Worked:
    """A column's formula, with ROW for the row's number, and what it comes to from the cells of a row."""

    formula: str
    result: Callable[[Sequence[Content]], str | float]


def worked_columns(layout: SheetLayout) -> dict[int, Worked]:
    """Return the columns of a layout that are worked out from others of the same row, by their positions."""
    makers = {Role.STATE: _state, Role.DIFFERENCE: _difference}
    return {at: makers[column.role](layout) for at, column in enumerate(layout.columns) if column.role in makers}


def _state(layout: SheetLayout) -> Worked:
    names = ("actual", "target", "polarity", "amber_percent")
    at_actual, at_target, at_good, at_within = (layout.position(name) for name in names)
    actual, target, good, within = map(reference, (at_actual, at_target, at_good, at_within))
    tolerance = f"ABS({target})*N({within})/100"
    miss = f'IF({good}="{Polarity.LOW}",{actual}-{target},{target}-{actual})'
    rated = f'IF(ROUND({miss},{_PLACES})<=0,"{GREEN}",IF(ROUND({miss}-{tolerance},{_PLACES})<=0,"{AMBER}","{RED}"))'

    def result(cells: Sequence[Content]) -> str:
        reached, aim = cells[at_actual], cells[at_target]
        if not is_number(reached) or not is_number(aim):
            return ""
        missed = float(reached) - float(aim)
        missed = missed if str(cells[at_good]).lower() == Polarity.LOW else -missed
        percent = cells[at_within]
        leeway = abs(float(aim)) * (float(percent) if is_number(percent) else 0) / 100
        return GREEN if round(missed, _PLACES) <= 0 else AMBER if round(missed - leeway, _PLACES) <= 0 else RED

    return Worked(f'IF(AND(ISNUMBER({actual}),ISNUMBER({target})),{rated},"")', result)


def _difference(layout: SheetLayout) -> Worked:
    at_actual, at_plan = layout.position("actual"), layout.position("plan")
    actual, plan = reference(at_actual), reference(at_plan)

    def result(cells: Sequence[Content]) -> str | float:
        reached, aim = cells[at_actual], cells[at_plan]
        if not is_number(reached) or not is_number(aim):
            return ""
        return round(float(reached) - float(aim), 2)

    return Worked(f'IF(AND(ISNUMBER({actual}),ISNUMBER({plan})),ROUND({actual}-{plan},2),"")', result)
