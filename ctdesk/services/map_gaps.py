"""The cells of a map in which the plan names a need and nothing is bought."""

from ctdesk.domain.age_bands import served
from ctdesk.domain.map_findings import PlanNeed
from ctdesk.services.age_bands import age_bands
from ctdesk.services.desk import Desk
from ctdesk.services.map_dimensions import levels
from ctdesk.services.map_questions import needs
from ctdesk.services.service_map import ServiceMap

_ASKED = {"outcome", "tier", "age_band", "area"}


def gap_cells(desk: Desk, found: ServiceMap) -> dict[tuple[int, int], str]:
    """Return the empty cells, by row and column of the matrix, that a need of the plan falls into, with its words.

    Only maps of outcome, tier, age band and area have such cells.
    """
    if not {*levels(found.rows.name), *levels(found.columns.name)} <= _ASKED:
        return {}
    wanted = [(need, _labels(desk, need)) for need in needs(desk)]
    cells: dict[tuple[int, int], str] = {}
    for row, row_code in enumerate(found.row_codes):
        for column, column_code in enumerate(found.column_codes):
            if not found.matrix.counts[row][column]:
                parts = (*found.rows.parts(row_code), *found.columns.parts(column_code))
                fits = (need.title for need, labels in wanted if all(label in labels[name] for name, label in parts))
                title = next(fits, None)
                if title is not None:
                    cells[row, column] = title
    return cells


def _labels(desk: Desk, need: PlanNeed) -> dict[str, tuple[str, ...]]:
    """Return the buckets of each dimension that a need falls into."""
    return {
        "outcome": (need.outcome,),
        "tier": (need.tier,),
        "age_band": served(age_bands(desk), need.age_from, need.age_to),
        "area": need.areas,
    }
