"""A seal on every saved step: the fingerprint of what its row says, by which damage to it is found."""

from alembic import op

revision = "0008"
down_revision = "0007"


def upgrade() -> None:
    """Add the column; steps saved before it have no seal."""
    op.execute("ALTER TABLE change_set ADD COLUMN seal TEXT")


def downgrade() -> None:
    """Take the column away."""
    op.execute("ALTER TABLE change_set DROP COLUMN seal")
