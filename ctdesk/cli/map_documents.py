"""The service map as JSON documents and lines: money in pence, names instead of uids."""

from typing import TYPE_CHECKING

from ctdesk.domain.money import money_text
from ctdesk.domain.service_map import Basis, Cover, Measure

if TYPE_CHECKING:
    from ctdesk.services.service_map import ServiceMap


def map_document(found: "ServiceMap") -> dict[str, object]:
    """Return a map: pence or counts, null where there is nothing to divide by."""
    matrix = found.matrix
    return {
        "rows": list(matrix.rows),
        "columns": list(matrix.columns),
        "cells": [list(cells) for cells in matrix.cells],
        "row_totals": list(matrix.row_totals),
        "column_totals": list(matrix.column_totals),
        "total": matrix.total,
        "coverage": cover_document(found.cover),
    }


def cover_document(cover: Cover) -> dict[str, object]:
    """Return what a total rests on, and whose the parts are."""
    return {
        "returned": cover.amount(Basis.RETURNED),
        "estimated": cover.amount(Basis.ESTIMATED),
        "last_known": cover.amount(Basis.LAST_KNOWN),
        "known": cover.amount(Basis.KNOWN),
        "missing": list(cover.missing),
        "agencies": [
            {"agency": it.agency, "rests_on": it.basis.value, "amount": it.amount, "activities": it.activities}
            for it in cover.lines
        ],
    }


def figure(measure: Measure, number: int | None, none: str = "–") -> str:
    """Return a figure for people; a dash, or what else says so, for none."""
    if number is None:
        return none
    return money_text(number) if measure.is_money else f"{number:,}"
