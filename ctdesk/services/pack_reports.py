"""The reports of the desk that may stand behind an item of a pack: one line each."""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from ctdesk.domain.errors import DeskError
from ctdesk.domain.periods import read_period
from ctdesk.services.desk import Desk
from ctdesk.services.map_dimensions import WAYS
from ctdesk.services.preview import paper
from ctdesk.services.published_services import for_the_public

Chosen = Mapping[str, str]
"""The choices made for a report, by name."""


@dataclass(frozen=True, slots=True)
class PackReport:
    """A report: its name in commands, what people call it, the choices it takes with their words, what prints it.

    `wanted` are the choices it cannot do without. `in_full` prints it with what is marked exempt, where that differs.
    """

    name: str
    title: str
    choices: Mapping[str, str]
    print: Callable[[Desk, Path, Chosen], None]
    wanted: tuple[str, ...] = ()
    in_full: Callable[[Desk, Path, Chosen], None] | None = None


def _for_all(print_it: Callable[[Desk, Path, Chosen], None]) -> Callable[[Desk, Path, Chosen], None]:
    """Return what prints a report of services without those of which no figure may be published."""

    def print_public(desk: Desk, path: Path, chosen: Chosen) -> None:
        with for_the_public():
            print_it(desk, path, chosen)

    return print_public


def _baseline(desk: Desk, path: Path, chosen: Chosen) -> None:
    from ctdesk.services.reporting import print_baseline

    print_baseline(desk, path, round_name=chosen.get("round"), agency_name=chosen.get("agency"))


def _monitoring(*, public: bool) -> Callable[[Desk, Path, Chosen], None]:
    def print_it(desk: Desk, path: Path, chosen: Chosen) -> None:
        from ctdesk.services.monitoring_report import print_monitoring

        quarter = read_period(chosen["period"]) if "period" in chosen else None
        print_monitoring(desk, path, quarter, provider=chosen.get("provider"), public=public)

    return print_it


def _contract(desk: Desk, path: Path, chosen: Chosen) -> None:
    from ctdesk.services.contract_report import print_contract

    print_contract(desk, path, chosen["agreement"], public=True)


def _contract_in_full(desk: Desk, path: Path, chosen: Chosen) -> None:
    from ctdesk.services.contract_report import print_contract

    print_contract(desk, path, chosen["agreement"])


def _register(desk: Desk, path: Path, _: Chosen) -> None:
    from ctdesk.services.register_report import print_register

    print_register(desk, path, public=True)


def _register_in_full(desk: Desk, path: Path, _: Chosen) -> None:
    from ctdesk.services.register_report import print_register

    print_register(desk, path)


def _calendar(desk: Desk, path: Path, _: Chosen) -> None:
    from ctdesk.services.register_report import print_calendar

    print_calendar(desk, path, public=True)


def _calendar_in_full(desk: Desk, path: Path, _: Chosen) -> None:
    from ctdesk.services.register_report import print_calendar

    print_calendar(desk, path)


def _provider(*, public: bool) -> Callable[[Desk, Path, Chosen], None]:
    def print_it(desk: Desk, path: Path, chosen: Chosen) -> None:
        from ctdesk.services.provider_report import print_provider

        print_provider(desk, path, chosen["provider"], public=public)

    return print_it


def _map(*, public: bool) -> Callable[[Desk, Path, Chosen], None]:
    def print_it(desk: Desk, path: Path, chosen: Chosen) -> None:
        from ctdesk.services.map_chosen import view_chosen
        from ctdesk.services.map_papers import print_map

        print_map(desk, path, view_chosen(desk, chosen, public=public))

    return print_it


def _question(name: str) -> Callable[[Desk, Path, Chosen], None]:
    def print_it(desk: Desk, path: Path, chosen: Chosen) -> None:
        from ctdesk.services.map_chosen import asked_chosen
        from ctdesk.services.map_papers import print_question

        print_question(desk, name, path, asked_chosen(chosen))

    return print_it


def _scenario(desk: Desk, path: Path, chosen: Chosen) -> None:
    from ctdesk.services.scenario_papers import print_kept_scenarios

    print_kept_scenarios(desk, path, chosen.get("scenario", ""))


_MAP = {"rows": "Rows", "columns": "Columns", "measure": "Measure", "filter": "Filter"}
_MAP_QUESTIONS = {
    "overlaps": ("Overlaps", {}),
    "gaps": ("Gaps", {}),
    "prevention": ("Prevention balance", {}),
    "cliffs": ("Cliff edges", {"months": "Months ahead"}),
    "market": ("Market", {}),
    "resource": ("Resource and shares", {"share": "Cost to share", "by": "Shared by", "partners": "Partners"}),
    "rounds": ("Between rounds", {}),
}

LEFT_BLANK = {
    "rows": "Main outcome",
    "columns": "Tier",
    "measure": "£ commissioned a year",
    "filter": "All activities; else for instance Tier: Universal | Targeted; Areas: Northgate",
    "months": "12",
    "share": "None; else for instance £118,400",
    "by": "Size of budget",
    "partners": "All agencies; else for instance Council; NHS=9,200k",
    "scenario": "All that are kept, side by side; else one, or several with ; between",
}
"""What a report is about where a choice is left blank, as far as that is not plain."""

REPORTS = {
    report.name: report
    for report in (
        PackReport(
            "baseline",
            "Baseline report",
            {"round": "Round", "agency": "Agency"},
            _for_all(_baseline),
            in_full=_baseline,
        ),
        PackReport(
            "monitoring",
            "Monitoring report",
            {"period": "Quarter", "provider": "Provider"},
            _monitoring(public=True),
            in_full=_monitoring(public=False),
        ),
        PackReport(
            "contract", "Contract report", {"agreement": "Agreement"}, _contract, ("agreement",), _contract_in_full
        ),
        PackReport("register", "Contract register", {}, _register, in_full=_register_in_full),
        PackReport("calendar", "Calendar", {}, _calendar, in_full=_calendar_in_full),
        PackReport(
            "provider",
            "Provider report",
            {"provider": "Provider"},
            _provider(public=True),
            ("provider",),
            _provider(public=False),
        ),
        PackReport("map", "Service map", _MAP, _for_all(_map(public=True)), in_full=_map(public=False)),
        *(
            PackReport(name, title, choices, _for_all(_question(name)), in_full=_question(name))
            for name, (title, choices) in _MAP_QUESTIONS.items()
        ),
        PackReport("scenario", "Scenarios", {"scenario": "Scenario"}, _for_all(_scenario), in_full=_scenario),
    )
}
"""Every report that a pack may hold, in the order in which it is offered."""


def report_named(name: str) -> PackReport:
    """Return a report by its name; DeskError if there is none."""
    if name not in REPORTS:
        raise DeskError(f"There is no report “{name}”; choose one of {', '.join(REPORTS)}.")
    return REPORTS[name]


def written_choices(desk: Desk, name: str, chosen: Mapping[str, str]) -> str:
    """Return choices as they are kept; DeskError if the report does not know one, or cannot be about that."""
    report = report_named(name)
    unknown = [choice for choice in chosen if choice not in report.choices]
    if unknown:
        known = ", ".join(report.choices) or "none"
        raise DeskError(f"The {report.title.lower()} knows no choice “{unknown[0]}”; it knows {known}.")
    made = {choice: value for choice, value in sorted(chosen.items()) if value}
    for choice, value in made.items():
        _refuse_unknown(desk, choice, value)
    if made.keys() & {"rows", "columns"}:
        from ctdesk.services.map_chosen import view_chosen
        from ctdesk.services.service_map import refuse_same

        refuse_same(view_chosen(desk, made, public=True))
    return json.dumps(made, ensure_ascii=False)


def _refuse_unknown(desk: Desk, choice: str, value: str) -> None:
    """Raise DeskError, naming what there is, if a report cannot be about what was chosen."""
    from ctdesk.services.map_chosen import refuse_unknown
    from ctdesk.services.requests import agencies_named, round_named
    from ctdesk.services.service_map import dimension_named

    match choice:
        case "round":
            round_named(desk, value)
        case "agency":
            agencies_named(desk, [value])
        case "agreement":
            desk.find("agreement", value)
        case "provider":
            desk.find("organisation", value)
        case "period":
            read_period(value)
        case "rows" | "columns":
            dimension_named(value)
        case _:
            refuse_unknown(desk, choice, value)


def read_choices(kept: object) -> dict[str, str]:
    """Return the choices that are kept with an item."""
    return {str(name): str(value) for name, value in json.loads(str(kept or "{}")).items()}


def offered(desk: Desk, choice: str) -> list[str]:
    """Return what there is to choose from; a choice of another sort is typed."""
    if choice == "round":
        return sorted((str(it["name"]) for it in desk.load_fields("round", "name").values()), reverse=True)
    if choice == "agreement":
        found = desk.load_fields("agreement", "reference", "title").values()
        return sorted(str(it["reference"] or it["title"]) for it in found if it["reference"] or it["title"])
    if choice == "provider":
        return sorted(str(it["name"]) for it in desk.organisations.values() if it["is_provider"])
    if choice == "agency":
        return sorted(str(it["name"]) for it in desk.organisations.values() if it["is_agency"])
    if choice in {"rows", "columns"}:
        return [way.label for way in WAYS]
    from ctdesk.services.map_chosen import offered_of_map

    return offered_of_map(desk, choice)


def drawn(desk: Desk, name: str, chosen: Chosen, *, public: bool = True) -> bytes:
    """Return the PDF of a report, its pages numbered as they now are to be; `public` leaves out what is exempt.

    Raises DeskError if a choice is missing that the report cannot do without, or names nothing there is.
    """
    report = report_named(name)
    missing = [choice for choice in report.wanted if not chosen.get(choice)]
    if missing:
        raise DeskError(f"The {report.title.lower()} needs a choice of {missing[0]}; edit the item and make it.")
    write = report.print if public or report.in_full is None else report.in_full
    return paper(report.title, lambda path: write(desk, path, chosen)).content
