"""A table for the notes that the team keeps about its records."""

from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    """Make the table of notes."""
    op.execute(
        "CREATE TABLE note (uid TEXT NOT NULL, about_kind TEXT, about TEXT, words TEXT, who TEXT, written_on TEXT,"
        " CONSTRAINT pk_note PRIMARY KEY (uid)) STRICT"
    )


def downgrade() -> None:
    """Take the table of notes away, and with it every note."""
    op.execute("DROP TABLE note")
