"""The balance of prevention: how much goes to each purpose, by tier, by agency and by year, in pounds and per cent."""

from collections.abc import Sequence

from ctdesk.domain.apportion import apportion
from ctdesk.domain.figure_table import Cell, Figure, FigureTable, Head
from ctdesk.services.desk import Desk
from ctdesk.services.list_view import Filter
from ctdesk.services.map_tables import matrix_table
from ctdesk.services.service_map import BucketFilter, MapView, ServiceMap, service_map

_WAYS = (("By tier", "tier"), ("By agency", "agency"), ("By year", "year"))


def prevention_tables(
    desk: Desk, filters: tuple[Filter, ...] = (), buckets: tuple[BucketFilter, ...] = ()
) -> list[FigureTable]:
    """Return each tier, agency and year by purpose, which add to the same total, then their shares in per cent."""
    made = [(title, service_map(desk, MapView(by, "purpose", filters=filters, buckets=buckets))) for title, by in _WAYS]
    return [*(_money(title, found) for title, found in made), *(_shares(title, found) for title, found in made)]


def _money(title: str, found: ServiceMap) -> FigureTable:
    table = matrix_table(found)
    return FigureTable(title, table.heads, table.rows, table.totals, table.across, table.notes)


def _shares(title: str, found: ServiceMap) -> FigureTable:
    """Return what part of every row goes to each purpose, in whole per cent that add to 100."""
    matrix = found.matrix
    heads = [Head(name, Figure.PERCENT) for name in (*(f"{it} (%)" for it in matrix.columns), "Total (%)")]
    rows: list[tuple[Cell, ...]] = [
        (name, *_percents(cells)) for name, cells in zip(matrix.rows, matrix.cells, strict=True)
    ]
    return FigureTable(
        title=f"Shares {title.lower()}",
        heads=[Head(found.rows.label), *heads],
        rows=rows,
        totals=("Total", *_percents(matrix.column_totals)),
        across=(1, len(matrix.columns)),
        notes=["Parts are rounded so that each row adds to 100%."],
    )


def _percents(amounts: Sequence[int | None]) -> list[int]:
    """Return what part of the whole each amount is, and their sum: 100, or nought where there is nothing."""
    pence = [amount or 0 for amount in amounts]
    percents = apportion(100 if any(pence) else 0, pence)
    return [*percents, sum(percents)]
