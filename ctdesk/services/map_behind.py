"""What stands behind a row of what the service map tells: the activities, or the posts, to be shown as a list."""

from collections.abc import Callable, Iterable
from datetime import date

from ctdesk.analysis.cliffs import NO_AREA, NO_NAME, WHOLE_AREA
from ctdesk.analysis.market import size_of
from ctdesk.domain.map_findings import Gap
from ctdesk.domain.service_lines import ServiceLine
from ctdesk.domain.service_map import NOT_GIVEN
from ctdesk.services.desk import Desk
from ctdesk.services.map_questions import ALL, Asked, find_cliffs, find_gaps
from ctdesk.services.service_lines import service_lines
from ctdesk.services.service_map import MapView, behind, service_map

POST_FIELDS = {"By agency": "agency", "By step of the cycle": "cycle_stages", "By skill": "skills"}
"""The field of a post by which each table of the resource has its rows."""

_Names = Callable[[ServiceLine], Iterable[str]]

_ENDING: dict[str, _Names] = {
    "Ending by month": lambda line: [f"{line.end:%m/%Y}"],
    "Ending by outcome": lambda line: [line.outcome or NO_NAME],
    "Ending by area": lambda line: [WHOLE_AREA] if line.everywhere else line.areas or [NO_AREA],
    "Ending by provider": lambda line: [line.provider or NO_NAME],
    "Ending by agency": lambda line: [line.agency or NO_NAME],
    "Who depends on it": lambda line: [line.provider],
}
_BOUGHT: dict[str, _Names] = {
    "Providers": lambda line: [line.provider or NOT_GIVEN],
    "By sector": lambda line: [line.sector or NOT_GIVEN],
    "By size": lambda line: [size_of(line.small)],
}
_BALANCED = {"tier": "tier", "agency": "agency", "year": "year"}


def references_behind(desk: Desk, title: str, row: int, name: str, on: date, *, asked: Asked = ALL) -> list[str]:
    """Return the references of the activities behind a row of a table, by its title, number and first cell.

    Empty where no activity stands behind it, or none of them has a reference.
    """
    if title in _ENDING:
        found: Iterable[ServiceLine] = find_cliffs(desk, on, asked).lines
        return [line.reference for line in found if name in _ENDING[title](line) and line.reference]
    if title in _BOUGHT:
        bought = (line for line in service_lines(desk) if line.deliverer != line.agency_uid)
        return [line.reference for line in bought if name in _BOUGHT[title](line) and line.reference]
    if title == "Gaps":
        gap = find_gaps(desk)[row]
        if gap.kind == "thin":
            return _thin(desk, gap)
        uids = gap.uids
        return [str(it["reference"]) for it in desk.load_some("activity", uids).values() if it["reference"]]
    return _balanced(desk, title.rpartition(" by ")[2].removeprefix("By "), name)


def _thin(desk: Desk, gap: Gap) -> list[str]:
    """Return the references behind an area, and a tier or age band, in which little is bought for each head."""
    view = MapView("area", "tier" if gap.tier else "age_band")
    found = service_map(desk, view)
    row, column = found.matrix.rows.index(gap.area), found.matrix.columns.index(gap.tier or gap.ages)
    lines = behind(desk, view, found.row_codes[row], found.column_codes[column])
    return [line.reference for line in lines if line.reference]


def _balanced(desk: Desk, by: str, name: str) -> list[str]:
    """Return the references behind a tier, an agency or a year."""
    if by not in _BALANCED:
        return []
    view = MapView(_BALANCED[by], "purpose")
    found = service_map(desk, view)
    at = found.matrix.rows.index(name)
    return [line.reference for line in behind(desk, view, found.row_codes[at]) if line.reference]
