"""What an item of a pack keeps of a map, of a cost to share and of scenarios: choices as texts, and back."""

from collections.abc import Mapping

from ctdesk.domain.errors import DeskError
from ctdesk.domain.service_map import Measure
from ctdesk.services.cost_shares import read_cost
from ctdesk.services.desk import Desk
from ctdesk.services.kept_scenarios import kept_scenarios, scenarios_named
from ctdesk.services.map_papers import STANDARD
from ctdesk.services.map_questions import YEAR, Asked
from ctdesk.services.map_tables import MEASURES
from ctdesk.services.map_where import buckets_text, read_buckets
from ctdesk.services.service_map import MapView, dimension_named
from ctdesk.services.shared_costs import WORDS, CostToShare, by_named, partners_of

_MONTH_DIGITS = 3


def choices_of(view: MapView) -> dict[str, str]:
    """Return what is kept of a map as it is seen."""
    measure = "" if view.measure is Measure.MONEY else MEASURES[view.measure]
    return {"rows": view.rows, "columns": view.columns, "measure": measure, "filter": buckets_text(view.buckets)}


def view_chosen(desk: Desk, chosen: Mapping[str, str], *, public: bool) -> MapView:
    """Return the map that choices mean; DeskError if there is no such thing."""
    rows, columns = (chosen.get(name) or getattr(STANDARD, name) for name in ("rows", "columns"))
    return MapView(
        dimension_named(rows),
        dimension_named(columns),
        measure_named(chosen.get("measure", "")),
        buckets=read_buckets(desk, chosen.get("filter", "")),
        public=public,
    )


def measure_named(text: str) -> Measure:
    """Return the measure a person means by its name or its words, money if nothing is said; DeskError lists them."""
    wanted = text.strip().casefold()
    names = {name.casefold(): measure for measure, words in MEASURES.items() for name in (words, measure.value)}
    found = names.get(wanted.replace("-", " ").replace("_", " "), None if wanted else Measure.MONEY)
    if found is None:
        known = ", ".join(measure.replace(" ", "-") for measure in Measure)
        raise DeskError(f"“{text}” is no measure of the service map; choose one of {known}.")
    return found


def asked_chosen(chosen: Mapping[str, str]) -> Asked:
    """Return what a question is asked with: the cost to share, if there is one, and how far to look ahead."""
    amount, months = chosen.get("share", ""), months_of(chosen.get("months", ""))
    if not amount:
        return Asked(months=months)
    share = CostToShare(amount, by_named(chosen.get("by", "")), partners_of(chosen.get("partners", "")))
    return Asked(share=share, months=months)


def months_of(text: str) -> int:
    """Return a typed number of months, a year if nothing is said; DeskError if it is none."""
    if not text.strip():
        return YEAR
    if not (text.strip().isdecimal() and len(text.strip()) <= _MONTH_DIGITS):
        raise DeskError(f"“{text}” is no number of months; write for instance 18.")
    return int(text)


def refuse_unknown(desk: Desk, choice: str, value: str) -> None:
    """Raise DeskError, naming what there is, if a choice means nothing."""
    match choice:
        case "measure":
            measure_named(value)
        case "filter":
            read_buckets(desk, value)
        case "share":
            read_cost(value)
        case "months":
            months_of(value)
        case "by":
            by_named(value)
        case "scenario":
            scenarios_named(desk, value)


def offered_of_map(desk: Desk, choice: str) -> list[str]:
    """Return what there is to choose from; a choice of another sort is typed."""
    match choice:
        case "measure":
            return list(MEASURES.values())
        case "by":
            return list(WORDS.values())
        case "scenario":
            return [scenario.name for scenario in kept_scenarios(desk)]
    return []
