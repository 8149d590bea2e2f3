"""A column for what a round asks of the agencies, where that is not everything."""

from alembic import op

revision = "0009"
down_revision = "0008"

_KEPT = "uid, name, as_at, due, message, collects, period"

_MAKE = """
    CREATE TABLE round (
        uid TEXT NOT NULL, name TEXT, as_at TEXT, due TEXT, message TEXT, collects TEXT, period TEXT,{more}
        CONSTRAINT pk_round PRIMARY KEY (uid)) STRICT
"""


def upgrade() -> None:
    """Add the column where a new table has it."""
    _make_again(" asks TEXT,")


def downgrade() -> None:
    """Take the column away."""
    _make_again("")


def _make_again(more: str) -> None:
    """Make the table afresh around its rows, as SQLite adds columns only behind the constraints."""
    op.execute(f"CREATE TEMP TABLE kept AS SELECT {_KEPT} FROM round")  # noqa: S608 - a fixed list of columns
    op.execute("DROP TABLE round")
    op.execute(_MAKE.format(more=more))
    op.execute(f"INSERT INTO round ({_KEPT}) SELECT * FROM kept")  # noqa: S608 - as above
    op.execute("DROP TABLE kept")
