"""The first form of the tables: records, their several values, history, kept files and the search index."""

from alembic import op

revision = "0001"
down_revision = None

_TABLES = """
    CREATE TABLE organisation (
        uid TEXT NOT NULL, name TEXT, short_name TEXT, is_agency INTEGER, is_provider INTEGER, sector TEXT,
        charity_number TEXT, company_number TEXT, sme INTEGER, voluntary INTEGER, aliases TEXT, comments TEXT,
        CONSTRAINT pk_organisation PRIMARY KEY (uid),
        CONSTRAINT ck_organisation_is_agency CHECK ("is_agency" IN (0, 1)),
        CONSTRAINT ck_organisation_is_provider CHECK ("is_provider" IN (0, 1)),
        CONSTRAINT ck_organisation_sme CHECK ("sme" IN (0, 1)),
        CONSTRAINT ck_organisation_voluntary CHECK ("voluntary" IN (0, 1))) STRICT;
    CREATE TABLE round (
        uid TEXT NOT NULL, name TEXT, as_at TEXT, due TEXT, message TEXT,
        CONSTRAINT pk_round PRIMARY KEY (uid)) STRICT;
    CREATE TABLE list_entry (
        uid TEXT NOT NULL, list TEXT, code TEXT, label TEXT, short TEXT, position INTEGER, retired INTEGER,
        aliases TEXT, description TEXT,
        CONSTRAINT pk_list_entry PRIMARY KEY (uid),
        CONSTRAINT ck_list_entry_retired CHECK ("retired" IN (0, 1))) STRICT;
    CREATE TABLE setting (
        uid TEXT NOT NULL, name TEXT, value TEXT,
        CONSTRAINT pk_setting PRIMARY KEY (uid)) STRICT;
    CREATE TABLE saved_view (
        uid TEXT NOT NULL, name TEXT, shows TEXT, layout TEXT,
        CONSTRAINT pk_saved_view PRIMARY KEY (uid)) STRICT;
    CREATE TABLE change_set (
        number INTEGER NOT NULL, uid TEXT NOT NULL, action TEXT NOT NULL, title TEXT NOT NULL, who TEXT NOT NULL,
        moment TEXT NOT NULL, why TEXT NOT NULL, records INTEGER NOT NULL, undoes TEXT,
        CONSTRAINT pk_change_set PRIMARY KEY (number),
        CONSTRAINT uq_change_set_uid UNIQUE (uid),
        CONSTRAINT fk_change_set_undoes FOREIGN KEY(undoes) REFERENCES change_set (uid)) STRICT;
    CREATE TABLE file_content (
        sha256 TEXT NOT NULL, bytes BLOB NOT NULL,
        CONSTRAINT pk_file_content PRIMARY KEY (sha256)) STRICT;
    CREATE TABLE search_entry (
        id INTEGER NOT NULL, kind TEXT NOT NULL, uid TEXT NOT NULL,
        CONSTRAINT pk_search_entry PRIMARY KEY (id)) STRICT;
    CREATE UNIQUE INDEX ix_search_entry_uid ON search_entry (uid, kind);
    CREATE TABLE team (
        uid TEXT NOT NULL, name TEXT, agency TEXT,
        CONSTRAINT pk_team PRIMARY KEY (uid),
        CONSTRAINT fk_team_agency FOREIGN KEY(agency) REFERENCES organisation (uid)
            DEFERRABLE INITIALLY DEFERRED) STRICT;
    CREATE INDEX ix_team_agency ON team (agency);
    CREATE TABLE contact (
        uid TEXT NOT NULL, agency TEXT, role TEXT, name TEXT, email TEXT, telephone TEXT, for_returns INTEGER,
        CONSTRAINT pk_contact PRIMARY KEY (uid),
        CONSTRAINT fk_contact_agency FOREIGN KEY(agency) REFERENCES organisation (uid)
            DEFERRABLE INITIALLY DEFERRED,
        CONSTRAINT ck_contact_for_returns CHECK ("for_returns" IN (0, 1))) STRICT;
    CREATE INDEX ix_contact_agency ON contact (agency);
    CREATE TABLE request (
        uid TEXT NOT NULL, round TEXT, agency TEXT, state TEXT, issue INTEGER, sent_on TEXT, received_on TEXT,
        accepted_on TEXT, value_before INTEGER, note TEXT,
        CONSTRAINT pk_request PRIMARY KEY (uid),
        CONSTRAINT fk_request_round FOREIGN KEY(round) REFERENCES round (uid) DEFERRABLE INITIALLY DEFERRED,
        CONSTRAINT fk_request_agency FOREIGN KEY(agency) REFERENCES organisation (uid)
            DEFERRABLE INITIALLY DEFERRED) STRICT;
    CREATE INDEX ix_request_agency ON request (agency);
    CREATE INDEX ix_request_round ON request (round);
    CREATE TABLE history (
        change_set INTEGER NOT NULL, sequence INTEGER NOT NULL, kind TEXT NOT NULL, record TEXT NOT NULL,
        operation TEXT NOT NULL, "before" TEXT NOT NULL, "after" TEXT NOT NULL,
        CONSTRAINT pk_history PRIMARY KEY (change_set, sequence),
        CONSTRAINT fk_history_change_set FOREIGN KEY(change_set) REFERENCES change_set (number)) STRICT;
    CREATE INDEX ix_history_record ON history (record);
    CREATE TABLE activity (
        uid TEXT NOT NULL, reference TEXT, title TEXT, agency TEXT, provider TEXT, agreement_type TEXT,
        agreement_reference TEXT, procurement_route TEXT, annual_value INTEGER, funding_source TEXT,
        funding_arrangement TEXT, pool TEXT, start TEXT, "end" TEXT, open_ended INTEGER, notice_months INTEGER,
        extension_option TEXT, next_review TEXT, main_outcome TEXT, tier TEXT, level TEXT, purpose TEXT,
        age_from INTEGER, age_to INTEGER, capacity INTEGER, capacity_unit TEXT, users_last_year INTEGER,
        participation TEXT, monitoring TEXT, team TEXT, lead_commissioner TEXT, lead_email TEXT, intention TEXT,
        intention_reason TEXT, description TEXT, comments TEXT, estimated INTEGER,
        CONSTRAINT pk_activity PRIMARY KEY (uid),
        CONSTRAINT fk_activity_agency FOREIGN KEY(agency) REFERENCES organisation (uid)
            DEFERRABLE INITIALLY DEFERRED,
        CONSTRAINT fk_activity_provider FOREIGN KEY(provider) REFERENCES organisation (uid)
            DEFERRABLE INITIALLY DEFERRED,
        CONSTRAINT ck_activity_open_ended CHECK ("open_ended" IN (0, 1)),
        CONSTRAINT fk_activity_team FOREIGN KEY(team) REFERENCES team (uid) DEFERRABLE INITIALLY DEFERRED,
        CONSTRAINT ck_activity_estimated CHECK ("estimated" IN (0, 1))) STRICT;
    CREATE INDEX ix_activity_team ON activity (team);
    CREATE INDEX ix_activity_agency ON activity (agency);
    CREATE INDEX ix_activity_provider ON activity (provider);
    CREATE TABLE post (
        uid TEXT NOT NULL, title TEXT, agency TEXT, team TEXT, employer TEXT, grade TEXT, vacant INTEGER, term TEXT,
        "end" TEXT, fte INTEGER, headcount INTEGER, commissioning_percent INTEGER, annual_cost INTEGER,
        funding_source TEXT, comments TEXT,
        CONSTRAINT pk_post PRIMARY KEY (uid),
        CONSTRAINT fk_post_agency FOREIGN KEY(agency) REFERENCES organisation (uid) DEFERRABLE INITIALLY DEFERRED,
        CONSTRAINT fk_post_team FOREIGN KEY(team) REFERENCES team (uid) DEFERRABLE INITIALLY DEFERRED,
        CONSTRAINT fk_post_employer FOREIGN KEY(employer) REFERENCES organisation (uid)
            DEFERRABLE INITIALLY DEFERRED,
        CONSTRAINT ck_post_vacant CHECK ("vacant" IN (0, 1))) STRICT;
    CREATE INDEX ix_post_employer ON post (employer);
    CREATE INDEX ix_post_team ON post (team);
    CREATE INDEX ix_post_agency ON post (agency);
    CREATE TABLE stored_file (
        uid TEXT NOT NULL, name TEXT, purpose TEXT, request TEXT, issue INTEGER, source TEXT, fingerprint TEXT,
        size INTEGER, kept_on TEXT,
        CONSTRAINT pk_stored_file PRIMARY KEY (uid),
        CONSTRAINT fk_stored_file_request FOREIGN KEY(request) REFERENCES request (uid)
            DEFERRABLE INITIALLY DEFERRED) STRICT;
    CREATE INDEX ix_stored_file_request ON stored_file (request);
    CREATE TABLE finding (
        uid TEXT NOT NULL, request TEXT, source TEXT, rule TEXT, grade TEXT, message TEXT, cells TEXT,
        about_kind TEXT, about TEXT, field TEXT, value TEXT, sent TEXT, now TEXT, answered INTEGER,
        explanation TEXT,
        CONSTRAINT pk_finding PRIMARY KEY (uid),
        CONSTRAINT fk_finding_request FOREIGN KEY(request) REFERENCES request (uid) DEFERRABLE INITIALLY DEFERRED,
        CONSTRAINT ck_finding_answered CHECK ("answered" IN (0, 1))) STRICT;
    CREATE INDEX ix_finding_request ON finding (request);
    CREATE TABLE funding_line (
        uid TEXT NOT NULL, activity TEXT, year TEXT, source TEXT, funder TEXT, amount INTEGER, arrangement TEXT,
        comments TEXT,
        CONSTRAINT pk_funding_line PRIMARY KEY (uid),
        CONSTRAINT fk_funding_line_activity FOREIGN KEY(activity) REFERENCES activity (uid)
            DEFERRABLE INITIALLY DEFERRED) STRICT;
    CREATE INDEX ix_funding_line_activity ON funding_line (activity);
    CREATE TABLE activity_other_outcomes (
        record TEXT NOT NULL, value TEXT NOT NULL,
        CONSTRAINT pk_activity_other_outcomes PRIMARY KEY (record, value),
        CONSTRAINT fk_activity_other_outcomes_record FOREIGN KEY(record) REFERENCES activity (uid)
            DEFERRABLE INITIALLY DEFERRED) WITHOUT ROWID, STRICT;
    CREATE TABLE activity_client_groups (
        record TEXT NOT NULL, value TEXT NOT NULL,
        CONSTRAINT pk_activity_client_groups PRIMARY KEY (record, value),
        CONSTRAINT fk_activity_client_groups_record FOREIGN KEY(record) REFERENCES activity (uid)
            DEFERRABLE INITIALLY DEFERRED) WITHOUT ROWID, STRICT;
    CREATE TABLE activity_areas (
        record TEXT NOT NULL, value TEXT NOT NULL,
        CONSTRAINT pk_activity_areas PRIMARY KEY (record, value),
        CONSTRAINT fk_activity_areas_record FOREIGN KEY(record) REFERENCES activity (uid)
            DEFERRABLE INITIALLY DEFERRED) WITHOUT ROWID, STRICT;
    CREATE TABLE post_cycle_stages (
        record TEXT NOT NULL, value TEXT NOT NULL,
        CONSTRAINT pk_post_cycle_stages PRIMARY KEY (record, value),
        CONSTRAINT fk_post_cycle_stages_record FOREIGN KEY(record) REFERENCES post (uid)
            DEFERRABLE INITIALLY DEFERRED) WITHOUT ROWID, STRICT;
    CREATE TABLE post_skills (
        record TEXT NOT NULL, value TEXT NOT NULL,
        CONSTRAINT pk_post_skills PRIMARY KEY (record, value),
        CONSTRAINT fk_post_skills_record FOREIGN KEY(record) REFERENCES post (uid)
            DEFERRABLE INITIALLY DEFERRED) WITHOUT ROWID, STRICT;
    CREATE VIRTUAL TABLE search_index
            USING fts5(title, body, tokenize='unicode61 remove_diacritics 2', prefix='1 2 3')
"""

_NAMES = """
    search_index post_skills post_cycle_stages activity_areas activity_client_groups activity_other_outcomes
    funding_line finding stored_file post activity history request contact team search_entry file_content
    change_set saved_view setting list_entry round organisation
"""


def upgrade() -> None:
    """Make every table and index."""
    for statement in _TABLES.split(";"):
        op.execute(statement)


def downgrade() -> None:
    """Take every table away, and with it all that was kept."""
    for name in _NAMES.split():
        op.execute(f'DROP TABLE "{name}"')
