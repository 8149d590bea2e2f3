"""Tables for what a team adds to the service map: stated weights, populations, needs and marks."""

from alembic import op

revision = "0006"
down_revision = "0005"

_TABLES = """
    CREATE TABLE population (
        uid TEXT NOT NULL, area TEXT, age_from INTEGER, age_to INTEGER, people INTEGER, source TEXT,
        CONSTRAINT pk_population PRIMARY KEY (uid)) STRICT;
    CREATE TABLE need (
        uid TEXT NOT NULL, title TEXT, outcome TEXT, tier TEXT, age_from INTEGER, age_to INTEGER, priority INTEGER,
        position INTEGER, lead TEXT, source TEXT,
        CONSTRAINT pk_need PRIMARY KEY (uid),
        CONSTRAINT ck_need_priority CHECK ("priority" IN (0, 1)),
        CONSTRAINT fk_need_lead FOREIGN KEY(lead) REFERENCES organisation (uid)
            DEFERRABLE INITIALLY DEFERRED) STRICT;
    CREATE INDEX ix_need_lead ON need (lead);
    CREATE TABLE need_areas (
        record TEXT NOT NULL, value TEXT NOT NULL,
        CONSTRAINT pk_need_areas PRIMARY KEY (record, value),
        CONSTRAINT fk_need_areas_record FOREIGN KEY(record) REFERENCES need (uid)
            DEFERRABLE INITIALLY DEFERRED) WITHOUT ROWID, STRICT;
    CREATE TABLE weight (
        uid TEXT NOT NULL, activity TEXT, dimension TEXT, bucket TEXT, weight INTEGER,
        CONSTRAINT pk_weight PRIMARY KEY (uid),
        CONSTRAINT fk_weight_activity FOREIGN KEY(activity) REFERENCES activity (uid)
            DEFERRABLE INITIALLY DEFERRED) STRICT;
    CREATE INDEX ix_weight_activity ON weight (activity);
    CREATE TABLE mark (
        uid TEXT NOT NULL, question TEXT, first TEXT, second TEXT, verdict TEXT, reason TEXT, who TEXT, marked_on TEXT,
        CONSTRAINT pk_mark PRIMARY KEY (uid),
        CONSTRAINT fk_mark_first FOREIGN KEY(first) REFERENCES activity (uid) DEFERRABLE INITIALLY DEFERRED,
        CONSTRAINT fk_mark_second FOREIGN KEY(second) REFERENCES activity (uid) DEFERRABLE INITIALLY DEFERRED) STRICT;
    CREATE INDEX ix_mark_first ON mark (first);
    CREATE INDEX ix_mark_second ON mark (second)
"""


def upgrade() -> None:
    """Make the tables and their indexes."""
    for statement in _TABLES.split(";"):
        op.execute(statement)


def downgrade() -> None:
    """Take the tables away, and with them all that the team added."""
    for name in ("mark", "weight", "need_areas", "need", "population"):
        op.execute(f"DROP TABLE {name}")
