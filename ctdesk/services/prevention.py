"""The balance of prevention: how much goes to each purpose, by tier, by agency and by year."""

from ctdesk.domain.figure_table import FigureTable
from ctdesk.services.desk import Desk
from ctdesk.services.list_view import Filter
from ctdesk.services.map_tables import matrix_table
from ctdesk.services.service_map import BucketFilter, MapView, service_map


def prevention_tables(
    desk: Desk, filters: tuple[Filter, ...] = (), buckets: tuple[BucketFilter, ...] = ()
) -> list[FigureTable]:
    """Return purpose by tier, by agency and by year; each adds to the same total."""
    views = [
        MapView("purpose", "tier", filters=filters, buckets=buckets),
        MapView("agency", "purpose", filters=filters, buckets=buckets),
        MapView("year", "purpose", filters=filters, buckets=buckets),
    ]
    titles = ("By tier", "By agency", "By year")
    made = [matrix_table(service_map(desk, view)) for view in views]
    return [
        FigureTable(title, table.heads, table.rows, table.totals, table.across, table.notes)
        for title, table in zip(titles, made, strict=True)
    ]
