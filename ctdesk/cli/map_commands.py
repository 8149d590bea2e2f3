"""The commands about the service map: each asks a service and says what it found."""

from argparse import Namespace
from typing import TYPE_CHECKING

from ctdesk.cli.map_documents import figure, map_document
from ctdesk.cli.speech import say, say_document, say_table
from ctdesk.cli.statuses import DONE
from ctdesk.domain.money import money_text
from ctdesk.domain.suppression import MARK
from ctdesk.services.desk import Desk, at_desk

if TYPE_CHECKING:
    from ctdesk.services.service_map import MapView, ServiceMap


def map_services(wanted: Namespace) -> int:
    """Show the service map."""
    from ctdesk.services.map_tables import smallest_words
    from ctdesk.services.service_map import service_map

    with at_desk(wanted.workspace, read_only=True) as desk:
        view = _view(desk, wanted)
        found = service_map(desk, view)
        more = smallest_words(desk, view)
        if wanted.to is not None:
            from ctdesk.services.map_files import write_map

            write_map(desk, found, wanted.to)
            say(f"The service map is in {wanted.to}.")
            return DONE
    if wanted.json:
        say_document(map_document(found))
    else:
        _tell(found, more)
    return DONE


def _view(desk: Desk, wanted: Namespace) -> "MapView":
    from ctdesk.services.editing import split_pairs
    from ctdesk.services.map_chosen import measure_named
    from ctdesk.services.map_where import read_where
    from ctdesk.services.service_map import MapView, dimension_named

    filters, buckets = read_where(desk, split_pairs(wanted.where))
    return MapView(
        rows=dimension_named(wanted.rows),
        columns=dimension_named(wanted.columns),
        measure=measure_named(wanted.measure),
        filters=filters,
        buckets=buckets,
        answered_only=wanted.answered_only,
        public=wanted.public,
    )


def _tell(found: "ServiceMap", more: tuple[str, ...]) -> None:
    from ctdesk.services.map_tables import notes

    matrix, measure = found.matrix, found.view.measure
    bare = found.view.columns == "none"
    columns = () if bare else matrix.columns
    none = MARK if matrix.kept_back else "–"
    rows = [
        [name, *(figure(measure, it, none) for it in (*(() if bare else cells), total))]
        for name, cells, total in zip(matrix.rows, matrix.cells, matrix.row_totals, strict=True)
    ]
    totals = [figure(measure, it, none) for it in (*(() if bare else matrix.column_totals), matrix.total)]
    say_table([found.rows.label, *columns, "Total"], [*rows, ["Total", *totals]])
    say(*more, *notes(found))


def share(wanted: Namespace) -> int:
    """Share a cost."""
    from ctdesk.services.cost_shares import share_cost

    found = share_cost(wanted.amount, wanted.weights)
    if wanted.json:
        say_document([{"name": it.name, "amount": it.amount, "percent": it.percent} for it in found])
        return DONE
    rows = [[it.name, money_text(it.amount), f"{it.percent}%"] for it in found]
    say_table(["Partner", "Amount", "Share"], [*rows, ["Total", money_text(sum(it.amount for it in found)), "100%"]])
    return DONE
