"""The percentage of an uplift in hundredths where it was in tenths, in the history too, so that it can be replayed."""

import json
from collections.abc import Callable
from decimal import Decimal

from alembic import op

revision = "0012"
down_revision = "0011"

_TENTHS, _PERCENT = "percent_tenths", "percent"


def upgrade() -> None:
    """Rename the column, and let it count hundredths of a per cent."""
    op.execute(f"ALTER TABLE variation RENAME COLUMN {_TENTHS} TO {_PERCENT}")
    op.execute(f"UPDATE variation SET {_PERCENT} = {_PERCENT} * 10")  # noqa: S608 - our own names
    _tell_the_history(_TENTHS, _PERCENT, lambda tenths: f"{Decimal(tenths) / 10:.2f}")


def downgrade() -> None:
    """Go back to tenths; what was more exact is cut off."""
    op.execute(f"ALTER TABLE variation RENAME COLUMN {_PERCENT} TO {_TENTHS}")
    op.execute(f"UPDATE variation SET {_TENTHS} = {_TENTHS} / 10")  # noqa: S608 - our own names
    _tell_the_history(_PERCENT, _TENTHS, lambda percent: int(Decimal(percent) * 10))


def _tell_the_history(was: str, becomes: str, told: Callable[[str], object]) -> None:
    """Rename the field in what saved steps say of variations, and tell its values as they are now kept."""
    connection = op.get_bind()
    query = 'SELECT change_set, sequence, "before", "after" FROM history WHERE kind = \'variation\''
    change = 'UPDATE history SET "before" = ?, "after" = ? WHERE change_set = ? AND sequence = ?'
    for step, sequence, *sides in connection.exec_driver_sql(query).all():
        after = [_told(side, was, becomes, told) for side in sides]
        if after != sides:
            connection.exec_driver_sql(change, (*after, step, sequence))


def _told(side: str, was: str, becomes: str, told: Callable[[str], object]) -> str:
    if was not in side:
        return side
    values = json.loads(side)
    renamed = {
        becomes if name == was else name: told(value) if name == was and value is not None else value
        for name, value in values.items()
    }
    return json.dumps(renamed, ensure_ascii=False, separators=(",", ":"))
