"""Tables for packs of papers and their items."""

from alembic import op

revision = "0007"
down_revision = "0006"

_TABLES = """
    CREATE TABLE pack (
        uid TEXT NOT NULL, name TEXT, meeting TEXT, contact TEXT, changes INTEGER, issued_on TEXT, public TEXT,
        restricted TEXT, figures TEXT,
        CONSTRAINT pk_pack PRIMARY KEY (uid),
        CONSTRAINT fk_pack_meeting FOREIGN KEY(meeting) REFERENCES board_meeting (uid) DEFERRABLE INITIALLY DEFERRED,
        CONSTRAINT ck_pack_changes CHECK ("changes" IN (0, 1)),
        CONSTRAINT fk_pack_public FOREIGN KEY(public) REFERENCES stored_file (uid) DEFERRABLE INITIALLY DEFERRED,
        CONSTRAINT fk_pack_restricted FOREIGN KEY(restricted) REFERENCES stored_file (uid)
            DEFERRABLE INITIALLY DEFERRED) STRICT;
    CREATE INDEX ix_pack_meeting ON pack (meeting);
    CREATE INDEX ix_pack_public ON pack (public);
    CREATE INDEX ix_pack_restricted ON pack (restricted);
    CREATE TABLE pack_item (
        uid TEXT NOT NULL, pack TEXT, position INTEGER, title TEXT, purpose TEXT, lead TEXT, time TEXT, report TEXT,
        choices TEXT, file TEXT, exempt TEXT, public_title TEXT, late TEXT, appendix INTEGER,
        CONSTRAINT pk_pack_item PRIMARY KEY (uid),
        CONSTRAINT fk_pack_item_pack FOREIGN KEY(pack) REFERENCES pack (uid) DEFERRABLE INITIALLY DEFERRED,
        CONSTRAINT fk_pack_item_file FOREIGN KEY(file) REFERENCES stored_file (uid) DEFERRABLE INITIALLY DEFERRED,
        CONSTRAINT ck_pack_item_appendix CHECK ("appendix" IN (0, 1))) STRICT;
    CREATE INDEX ix_pack_item_pack ON pack_item (pack);
    CREATE INDEX ix_pack_item_file ON pack_item (file)
"""


def upgrade() -> None:
    """Make the tables and their indexes."""
    for statement in _TABLES.split(";"):
        op.execute(statement)


def downgrade() -> None:
    """Take the tables away, and with them every pack."""
    op.execute("DROP TABLE pack_item")
    op.execute("DROP TABLE pack")
