"""A column for the day on which an agency was last reminded of its workbook."""

from alembic import op

revision = "0003"
down_revision = "0002"

_BEFORE = """uid, round, agency, state, issue, sent_on, received_on, accepted_on, value_before, note"""

_MAKE = """
    CREATE TABLE request (
        uid TEXT NOT NULL, round TEXT, agency TEXT, state TEXT, issue INTEGER, sent_on TEXT, received_on TEXT,
        accepted_on TEXT, value_before INTEGER, note TEXT,{more}
        CONSTRAINT pk_request PRIMARY KEY (uid),
        CONSTRAINT fk_request_round FOREIGN KEY(round) REFERENCES round (uid) DEFERRABLE INITIALLY DEFERRED,
        CONSTRAINT fk_request_agency FOREIGN KEY(agency) REFERENCES organisation (uid)
            DEFERRABLE INITIALLY DEFERRED) STRICT
"""


def upgrade() -> None:
    """Add the column where a new table has it."""
    _make_again(" chased_on TEXT,")


def downgrade() -> None:
    """Take the column away."""
    _make_again("")


def _make_again(more: str) -> None:
    """Make the table afresh around its rows, as SQLite adds columns only behind the constraints."""
    op.execute(f"CREATE TEMP TABLE kept AS SELECT {_BEFORE} FROM request")  # noqa: S608 - a fixed list of columns
    op.execute("DROP TABLE request")
    op.execute(_MAKE.format(more=more))
    op.execute(f"INSERT INTO request ({_BEFORE}) SELECT * FROM kept")  # noqa: S608 - as above
    op.execute("DROP TABLE kept")
    for column in ("agency", "round"):
        op.execute(f"CREATE INDEX ix_request_{column} ON request ({column})")
