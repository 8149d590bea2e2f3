"""Scenarios that are kept in the workspace under a name: reopened, compared, altered, thrown away."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from ctdesk.domain.changes import ChangeSet
from ctdesk.domain.errors import DeskError
from ctdesk.domain.figure_table import FigureTable
from ctdesk.domain.scenario import Step
from ctdesk.services.deleting import delete_record
from ctdesk.services.desk import Desk
from ctdesk.services.records import new_record, record, save_record
from ctdesk.services.scenario import scenario_tables, side_by_side
from ctdesk.services.scenario_steps import read_steps


@dataclass(frozen=True, slots=True)
class KeptScenario:
    """A scenario by its name, with its steps as typed, and the day they became intentions, if they did."""

    uid: str
    name: str
    steps: tuple[str, ...]
    turned_on: date | None


def kept_scenarios(desk: Desk) -> list[KeptScenario]:
    """Return the scenarios that are kept, by their names."""
    held = desk.load("scenario").items()
    found = [
        KeptScenario(
            uid,
            str(it["name"]),
            tuple(str(it["steps"] or "").splitlines()),
            day if isinstance(day := it["turned_on"], date) else None,
        )
        for uid, it in held
    ]
    return sorted(found, key=lambda scenario: (scenario.name.casefold(), scenario.uid))


def scenario_named(desk: Desk, name: str) -> KeptScenario:
    """Return the scenario a person names; DeskError lists those there are."""
    kept = kept_scenarios(desk)
    found = next((it for it in kept if it.name.casefold() == name.strip().casefold()), None)
    if found is None:
        there = ", ".join(it.name for it in kept) or "none yet"
        raise DeskError(f"There is no scenario “{name}”; there are: {there}.")
    return found


def keep_scenario(desk: Desk, name: str, typed: Iterable[str]) -> KeptScenario:
    """Keep steps under a name, in place of those it had; DeskError if one cannot be read or the name is empty."""
    lines = read_lines(typed)
    if not name.strip():
        raise DeskError("Give the scenario a name, so that it can be found again.")
    if not read_steps(desk, lines):
        raise DeskError("There is no step to keep; write one on each line first.")
    steps = "\n".join(lines)
    held = next((it for it in kept_scenarios(desk) if it.name.casefold() == name.strip().casefold()), None)
    if held is None:
        new_record(desk, "scenario", {"name": name.strip(), "steps": steps})
    else:
        save_record(desk, "scenario", held.uid, record(desk, "scenario", held.uid), {"steps": steps})
    return scenario_named(desk, name)


def read_lines(typed: Iterable[str]) -> list[str]:
    """Return typed steps as they are kept: without blank lines, and with one space between words."""
    return [" ".join(line.split()) for line in typed if line.strip()]


def throw_away(desk: Desk, scenario: KeptScenario) -> ChangeSet:
    """Delete a scenario; undo brings it back."""
    return delete_record(desk, "scenario", scenario.uid)


def scenarios_named(desk: Desk, text: str) -> list[KeptScenario]:
    """Return the scenarios of a line of names with ; between them, each once; all that are kept if it names none."""
    names = dict.fromkeys(name.strip() for name in text.split(";") if name.strip())
    return [scenario_named(desk, name) for name in names] or kept_scenarios(desk)


def tables_of(desk: Desk, kept: Sequence[KeptScenario]) -> list[FigureTable]:
    """Return one scenario before and after, or several side by side; no tables where there is none.

    Raises DeskError if a step of the one can be read no more.
    """
    if len(kept) == 1:
        return scenario_tables(desk, read_steps(desk, kept[0].steps))
    return beside_each_other(desk, kept)


def all_side_by_side(desk: Desk) -> list[FigureTable]:
    """Return what is beside what every kept scenario would make of it; no tables if there is none to compare."""
    return beside_each_other(desk, kept_scenarios(desk))


def beside_each_other(desk: Desk, kept: Iterable[KeptScenario]) -> list[FigureTable]:
    """Return what is beside what scenarios would make of it.

    A scenario with a step that can be read no more, as its activity is gone, is left out and named.
    """
    read: dict[str, Sequence[Step]] = {}
    notes = []
    for scenario in kept:
        try:
            read[scenario.name] = read_steps(desk, scenario.steps)
        except DeskError as fault:
            notes.append(f"{scenario.name} is left out. {fault}")
    return side_by_side(desk, read, notes) if read or notes else []
