"""A table for the scenarios that a team keeps beside the service map."""

from alembic import op

revision = "0010"
down_revision = "0009"


def upgrade() -> None:
    """Make the table."""
    op.execute("""
        CREATE TABLE scenario (
            uid TEXT NOT NULL, name TEXT, steps TEXT, turned_on TEXT,
            CONSTRAINT pk_scenario PRIMARY KEY (uid)) STRICT
    """)


def downgrade() -> None:
    """Take the table away, and with it every scenario that was kept."""
    op.execute("DROP TABLE scenario")
