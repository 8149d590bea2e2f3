"""The reports of the desk that may stand behind an item of a pack: one line each."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path

from ctdesk.domain.errors import DeskError
from ctdesk.services.desk import Desk
from ctdesk.services.preview import paper


@dataclass(frozen=True, slots=True)
class PackReport:
    """A report: its name in commands, what people call it, what prints it, and the choices it may be given.

    `choices` are the arguments of the printing function by the name of the choice, with the words it is asked by.
    """

    name: str
    title: str
    module: str
    function: str
    choices: Mapping[str, tuple[str, str]]

    def print(self, desk: Desk, path: Path, chosen: Mapping[str, str]) -> None:
        """Write the report; DeskError if a choice names nothing there is."""
        function = getattr(import_module(f"ctdesk.services.{self.module}"), self.function)
        function(desk, path, **{self.choices[choice][0]: value for choice, value in chosen.items() if value})


REPORTS = {
    report.name: report
    for report in (
        PackReport(
            "baseline",
            "Baseline report",
            "reporting",
            "print_baseline",
            {"round": ("round_name", "Round"), "agency": ("agency_name", "Agency")},
        ),
    )
}
"""Every report that a pack may hold, in the order in which it is offered."""


def report_named(name: str) -> PackReport:
    """Return a report by its name; DeskError if there is none."""
    if name not in REPORTS:
        raise DeskError(f"There is no report “{name}”; choose one of {', '.join(REPORTS)}.")
    return REPORTS[name]


def written_choices(name: str, chosen: Mapping[str, str]) -> str:
    """Return choices as they are kept; DeskError if the report does not know one."""
    report = report_named(name)
    unknown = [choice for choice in chosen if choice not in report.choices]
    if unknown:
        known = ", ".join(report.choices) or "none"
        raise DeskError(f"The {report.title.lower()} knows no choice “{unknown[0]}”; it knows {known}.")
    return json.dumps({choice: value for choice, value in sorted(chosen.items()) if value}, ensure_ascii=False)


def read_choices(kept: object) -> dict[str, str]:
    """Return the choices that are kept with an item."""
    return {str(name): str(value) for name, value in json.loads(str(kept or "{}")).items()}


def drawn(desk: Desk, name: str, chosen: Mapping[str, str]) -> bytes:
    """Return the PDF of a report, its pages numbered as they now are to be."""
    report = report_named(name)
    return paper(report.title, lambda path: report.print(desk, path, chosen)).content
