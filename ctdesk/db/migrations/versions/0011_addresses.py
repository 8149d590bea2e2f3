"""A column for the postal address of an organisation, and one for what an agreement ended early was settled on."""

import re

from alembic import op

revision = "0011"
down_revision = "0010"

_ADDED = (
    ("organisation", "voluntary INTEGER,", "address TEXT,"),
    ("agreement", "termination_plan TEXT,", "final_value INTEGER,"),
)
"""The table, the column that the new one stands behind, and the new one."""


def upgrade() -> None:
    """Add the columns where a new table has them."""
    for table, before, new in _ADDED:
        _make_again(table, before, f"{before} {new}")


def downgrade() -> None:
    """Take the columns away."""
    for table, _, new in _ADDED:
        _make_again(table, new, "")


def _make_again(table: str, was: str, becomes: str) -> None:
    """Make a table afresh around its rows and with its indexes, as SQLite adds columns only behind the constraints."""
    connection = op.get_bind()
    found = connection.exec_driver_sql(
        f"SELECT sql FROM sqlite_master WHERE tbl_name = '{table}' AND sql IS NOT NULL ORDER BY type = 'index'"  # noqa: S608 - our own names
    ).scalars()
    make, *indexes = found.all()
    made = re.sub(rf"\b{was}", becomes, make, count=1)
    connection.exec_driver_sql(f"CREATE TEMP TABLE kept AS SELECT * FROM {table}")  # noqa: S608 - as above
    connection.exec_driver_sql(f"DROP TABLE {table}")
    connection.exec_driver_sql(made)
    new = connection.exec_driver_sql(f"SELECT name FROM pragma_table_info('{table}')").scalars().all()  # noqa: S608 - as above
    old = connection.exec_driver_sql("SELECT name FROM pragma_table_info('kept')").scalars().all()
    both = ", ".join(f'"{name}"' for name in new if name in old)
    connection.exec_driver_sql(f"INSERT INTO {table} ({both}) SELECT {both} FROM kept")  # noqa: S608 - as above
    connection.exec_driver_sql("DROP TABLE kept")
    for index in indexes:
        connection.exec_driver_sql(index)
