"""The cells of a map in which the plan names a need and nothing is bought."""

from ctdesk.domain.age_bands import served
from ctdesk.domain.map_findings import PlanNeed
from ctdesk.services.age_bands import age_bands
from ctdesk.services.desk import Desk
from ctdesk.services.map_questions import needs
from ctdesk.services.service_map import ServiceMap

_ASKED = {"outcome", "tier", "age_band", "area"}


def gap_cells(desk: Desk, found: ServiceMap) -> dict[tuple[int, int], str]:
    """Return the empty cells, by row and column of the matrix, that a need of the plan falls into, with its words.

    Only maps of two of outcome, tier, age band and area have such cells.
    """
    if not {found.rows.name, found.columns.name} <= _ASKED:
        return {}
    bands = age_bands(desk)

    def labels(need: PlanNeed, dimension: str) -> tuple[str, ...]:
        match dimension:
            case "outcome":
                return (need.outcome,)
            case "tier":
                return (need.tier,)
            case "age_band":
                return served(bands, need.age_from, need.age_to)
        return need.areas

    cells: dict[tuple[int, int], str] = {}
    for need in needs(desk):
        rows, columns = labels(need, found.rows.name), labels(need, found.columns.name)
        for row, name in enumerate(found.matrix.rows):
            for column, other in enumerate(found.matrix.columns):
                if name in rows and other in columns and not found.matrix.counts[row][column]:
                    cells.setdefault((row, column), need.title)
    return cells
