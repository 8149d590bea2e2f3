"""What a scenario would make of what is commissioned: before and after, or several side by side."""

from collections.abc import Callable, Mapping, Sequence

from ctdesk.analysis.scenario import after_steps, compare
from ctdesk.domain.figure_table import Cell, Figure, FigureTable, Head, total_row
from ctdesk.domain.scenario import Step
from ctdesk.domain.service_lines import ServiceLine
from ctdesk.services.desk import Desk
from ctdesk.services.published_services import left_out
from ctdesk.services.scenario_steps import step_words
from ctdesk.services.service_lines import lines_counted_once

_WAYS: tuple[tuple[str, str, Callable[[ServiceLine], str]], ...] = (
    ("Purpose", "purpose", lambda line: line.purpose),
    ("Tier", "tier", lambda line: line.tier),
    ("Outcome", "outcome", lambda line: line.outcome),
    ("Agency", "", lambda line: line.agency),
)
"""What a scenario is compared by: the word, the list whose entries are always shown, and where a service stands."""

NOT_GIVEN = "Not given"
_UNTOLD = "A step about a service whose price is not for publication"


def scenario_tables(desk: Desk, steps: Sequence[Step]) -> list[FigureTable]:
    """Return what is and what would be, by purpose, tier, outcome and agency, and the steps themselves."""
    before = lines_counted_once(desk)
    after = after_steps(before, steps)
    tables = []
    for word, order, name in _WAYS:
        heads = [Head(word), *(Head(it, Figure.MONEY, adds=True) for it in ("Before", "After", "Change"))]
        found = compare(before, after, name, _order(desk, order))
        rows = [(it.name or NOT_GIVEN, it.before, it.after, it.change) for it in found]
        tables.append(FigureTable(f"{word}, before and after", heads, rows, total_row(heads, rows)))
    return [*tables, _steps_table(desk, {"": steps})]


def side_by_side(desk: Desk, scenarios: Mapping[str, Sequence[Step]], notes: Sequence[str] = ()) -> list[FigureTable]:
    """Return what is, and beside it what each scenario would make of it; `notes` say what is left out."""
    now = lines_counted_once(desk)
    states = {"Now": now, **{name: after_steps(now, steps) for name, steps in scenarios.items()}}
    tables = []
    for word, order, name in _WAYS:
        heads = [Head(word), *(Head(it, Figure.MONEY, adds=True) for it in states)]
        found = [compare(now, lines, name, _order(desk, order)) for lines in states.values()]
        labels = dict.fromkeys(it.name for column in found for it in column)
        sums = [{it.name: it.after for it in column} for column in found]
        rows: list[tuple[Cell, ...]] = [
            (label or NOT_GIVEN, *(column.get(label, 0) for column in sums)) for label in labels
        ]
        tables.append(FigureTable(f"{word}, side by side", heads, rows, total_row(heads, rows), notes=notes))
    return [*tables, _steps_table(desk, scenarios)]


def _order(desk: Desk, name: str) -> list[str]:
    return [entry.label for entry in desk.lists.offered(name)] if name else []


def _steps_table(desk: Desk, scenarios: Mapping[str, Sequence[Step]]) -> FigureTable:
    named, unpublished = [Head("Scenario")] if any(scenarios) else [], left_out(desk)
    rows = [
        (*([name] if named else []), str(number), _UNTOLD if step.uid in unpublished else step_words(desk, step))
        for name, steps in scenarios.items()
        for number, step in enumerate(steps, start=1)
    ]
    return FigureTable("Steps", [*named, Head("Step"), Head("In words")], rows)
