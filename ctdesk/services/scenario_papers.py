"""The pages of a scenario, and of several side by side: what they come to, and how the purposes would stand."""

from collections.abc import Sequence
from pathlib import Path

from ctdesk.domain.apportion import apportion
from ctdesk.domain.counting import counted
from ctdesk.domain.figure_table import FigureTable
from ctdesk.domain.map_paper import QuestionPaper
from ctdesk.domain.money import money_text
from ctdesk.reports.numbers import pounds
from ctdesk.services.desk import Desk
from ctdesk.services.kept_scenarios import scenarios_named, tables_of
from ctdesk.services.map_papers import asked_head
from ctdesk.services.map_questions import ALL

_COPY = "On a copy; nothing is altered."


def print_kept_scenarios(desk: Desk, path: Path, named: str = "") -> None:
    """Write the scenarios kept under the names of a line, or all, as PDF: one before and after, several side by side.

    Raises DeskError if one is not kept under its name, or the file cannot be written.
    """
    kept = scenarios_named(desk, named)
    print_scenario(desk, tables_of(desk, kept), path, kept[0].name if len(kept) == 1 else "")


def print_scenario(desk: Desk, tables: Sequence[FigureTable], path: Path, name: str = "") -> None:
    """Write the tables of a scenario, or of several side by side, as PDF; DeskError if it cannot be written."""
    from ctdesk.reports.map_questions import write_question

    write_question(scenario_paper(desk, tables, name), path)


def scenario_paper(desk: Desk, tables: Sequence[FigureTable], name: str = "") -> QuestionPaper:
    """Return the paper of a scenario by its tables, of several side by side, or of none."""
    head = asked_head(desk, ALL)
    if not tables:
        rest = "Keep one under a name; then this page compares it with what is commissioned."
        return QuestionPaper(head, "Scenarios", "No scenario is kept yet", ("Nothing to compare.", rest), ())
    purposes = tables[0]
    if purposes.heads[-1].label == "Change":
        lead = (_came_to(purposes), f"{_COPY} {_balance(purposes)}")
        return QuestionPaper(
            head, "Scenario", name or "What would be, beside what is", lead, [tables[-1], *tables[:-1]]
        )
    many = len(purposes.heads) - 2
    words = [f"{it.label} {pounds(_total(purposes, at))}" for at, it in enumerate(purposes.heads) if at]
    lead = (f"{'; '.join(words)}.", f"Each is on a copy; nothing is altered. {' '.join(purposes.notes)}".strip())
    title = f"{counted(many, 'scenario')} beside what is commissioned now"
    return QuestionPaper(head, "Scenarios", title, lead, tables)


def _total(table: FigureTable, at: int) -> int:
    total = table.totals[at]
    return total if isinstance(total, int) else 0


def _came_to(table: FigureTable) -> str:
    before, after, change = (_total(table, at) for at in (1, 2, 3))
    if not change:
        return f"{pounds(before)} a year, as before."
    more = "more" if change > 0 else "less"
    return f"From {pounds(before)} to {pounds(after)} a year, {money_text(abs(change))} {more}."


def _balance(table: FigureTable) -> str:
    """Say how the shares of the purposes would change, in whole per cent that add to 100."""
    names = [str(row[0]) for row in table.rows]
    before, after = (_percents(table, at) for at in (1, 2))
    moved = [f"{name} from {was}% to {now}%" for name, was, now in zip(names, before, after, strict=True) if was != now]
    return f"Of the money, {'; '.join(moved)}." if moved else "The parts of the purposes stay, to the whole per cent."


def _percents(table: FigureTable, at: int) -> list[int]:
    amounts = [int(row[at] or 0) for row in table.rows]  # type: ignore[arg-type]  # a column of money
    return apportion(100 if any(amounts) else 0, amounts)
