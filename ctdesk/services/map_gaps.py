"""The cells of a map in which the plan names a need and nothing is bought, or little is bought for each head."""

from collections.abc import Mapping

from ctdesk.analysis.gaps import is_thin
from ctdesk.domain.age_bands import served
from ctdesk.domain.map_findings import PlanNeed
from ctdesk.domain.money import money_text
from ctdesk.domain.service_map import Measure
from ctdesk.services.age_bands import age_bands
from ctdesk.services.desk import Desk
from ctdesk.services.map_dimensions import levels
from ctdesk.services.map_questions import PER_HEAD, needs, per_head
from ctdesk.services.published_services import for_the_public
from ctdesk.services.service_map import MapView, ServiceMap, service_map

_ASKED = {"outcome", "tier", "age_band", "area"}


def gap_cells(desk: Desk, found: ServiceMap) -> dict[tuple[int, int], str]:
    """Return the empty cells, by row and column of the matrix, that a need of the plan falls into, with its words.

    Only maps of outcome, tier, age band and area have such cells. What a filter leaves out is bought all the same.
    """
    if not {*levels(found.rows.name), *levels(found.columns.name)} <= _ASKED:
        return {}
    wanted = [(need, _labels(desk, need)) for need in needs(desk)]
    whole = _bought(desk, found) if wanted else {}
    cells: dict[tuple[int, int], str] = {}
    for row, row_code in enumerate(found.row_codes):
        for column, column_code in enumerate(found.column_codes):
            if not whole.get((row_code, column_code)):
                parts = (*found.rows.parts(row_code), *found.columns.parts(column_code))
                fits = (need.title for need, labels in wanted if all(label in labels[name] for name, label in parts))
                title = next(fits, None)
                if title is not None:
                    cells[row, column] = title
    return cells


def _bought(desk: Desk, found: ServiceMap) -> dict[tuple[int, int], int]:
    """Return how many activities stand in each cell of the map without its filters, by the codes of row and column.

    Counted is what the public is told no figure of as well: that there is a service is no secret, its price is.
    """
    with for_the_public(public=False):
        whole = service_map(desk, MapView(found.view.rows, found.view.columns))
    return {
        (row, column): count
        for row, counts in zip(whole.row_codes, whole.matrix.counts, strict=True)
        for column, count in zip(whole.column_codes, counts, strict=True)
    }


def low_cells(desk: Desk, found: ServiceMap) -> dict[tuple[int, int], str]:
    """Return the cells, by row and column, with under half the mean for each head, and what they and the mean come to.

    Only maps of money by area, and by tier or age band, have such cells, and only where populations were entered.
    """
    sides = found.rows.name, found.columns.name
    by = next((name for name in PER_HEAD if set(sides) == {"area", name}), "")
    if not by or found.view.measure not in {Measure.MONEY, Measure.COST_PER_HEAD}:
        return {}
    cells: dict[tuple[int, int], str] = {}
    matrix = found.matrix
    for table in per_head(desk, found.view, by):
        for area, cost in table.areas:
            if cost is not None and table.mean and is_thin(cost, table.mean):
                row, column = (area, table.column) if sides[0] == "area" else (table.column, area)
                place = matrix.rows.index(row), matrix.columns.index(column)
                cells[place] = f"{money_text(cost)} a head, the mean is {money_text(table.mean)}"
    return cells


def low_words(found: ServiceMap, low: Mapping[tuple[int, int], str]) -> str:
    """Return which cells are low for each head, with what they and the mean come to, as one sentence."""
    rows, columns = found.matrix.rows, found.matrix.columns
    return f"{'; '.join(f'{rows[row]}, {columns[column]}: {said}' for (row, column), said in low.items())}."


def _labels(desk: Desk, need: PlanNeed) -> dict[str, tuple[str, ...]]:
    """Return the buckets of each dimension that a need falls into."""
    return {
        "outcome": (need.outcome,),
        "tier": (need.tier,),
        "age_band": served(age_bands(desk), need.age_from, need.age_to),
        "area": need.areas,
    }
