"""Sums as they stand under columns and beside selections."""

from decimal import Decimal

from ctdesk.domain.definition import Field
from ctdesk.domain.definition import Kind as FieldKind
from ctdesk.domain.money import money_text


def sum_text(field: Field, total: int | Decimal) -> str:
    """Return a sum of a column: whole pounds for money, without the pence that no row shows."""
    if field.kind is FieldKind.MONEY and isinstance(total, int):
        return money_text(round(total, -2))
    if isinstance(total, Decimal):
        return f"{total:,f}".rstrip("0").rstrip(".") if "." in f"{total:f}" else f"{total:,f}"
    return f"{total:,}"
