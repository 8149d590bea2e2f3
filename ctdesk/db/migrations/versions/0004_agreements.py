"""Tables for agreements, what changes or conditions them, and what watches over them."""

from alembic import op

revision = "0004"
down_revision = "0003"

_TABLES = """
    CREATE TABLE board_meeting (
        uid TEXT NOT NULL, board TEXT, held_on TEXT, time TEXT, venue TEXT, papers_by TEXT,
        CONSTRAINT pk_board_meeting PRIMARY KEY (uid)) STRICT;
    CREATE TABLE agreement (
        uid TEXT NOT NULL, reference TEXT, title TEXT, type TEXT, description TEXT, framework TEXT, agency TEXT,
        department TEXT, provider TEXT, manager TEXT, manager_email TEXT, signed_on TEXT, signed INTEGER, start TEXT,
        "end" TEXT, open_ended INTEGER, notice_months INTEGER, plan_at_end TEXT, route TEXT, lead_weeks INTEGER,
        total_value INTEGER, annual_value INTEGER, vat INTEGER, payment_terms TEXT, tier TEXT, next_review TEXT,
        review_months INTEGER, act_rating_applies INTEGER, act_rating_reason TEXT, main_outcome TEXT,
        outcomes_sought TEXT, termination_terms TEXT, notice_given_on TEXT, terminated_on TEXT,
        termination_reason TEXT, termination_plan TEXT, successor TEXT, data_protection TEXT,
        data_protection_signed TEXT, data_protection_review TEXT, comments TEXT,
        CONSTRAINT pk_agreement PRIMARY KEY (uid),
        CONSTRAINT fk_agreement_framework FOREIGN KEY(framework) REFERENCES agreement (uid)
            DEFERRABLE INITIALLY DEFERRED,
        CONSTRAINT fk_agreement_agency FOREIGN KEY(agency) REFERENCES organisation (uid)
            DEFERRABLE INITIALLY DEFERRED,
        CONSTRAINT fk_agreement_provider FOREIGN KEY(provider) REFERENCES organisation (uid)
            DEFERRABLE INITIALLY DEFERRED,
        CONSTRAINT ck_agreement_signed CHECK ("signed" IN (0, 1)),
        CONSTRAINT ck_agreement_open_ended CHECK ("open_ended" IN (0, 1)),
        CONSTRAINT ck_agreement_act_rating_applies CHECK ("act_rating_applies" IN (0, 1)),
        CONSTRAINT fk_agreement_successor FOREIGN KEY(successor) REFERENCES agreement (uid)
            DEFERRABLE INITIALLY DEFERRED) STRICT;
    CREATE INDEX ix_agreement_agency ON agreement (agency);
    CREATE INDEX ix_agreement_successor ON agreement (successor);
    CREATE INDEX ix_agreement_framework ON agreement (framework);
    CREATE INDEX ix_agreement_provider ON agreement (provider);
    CREATE TABLE agreement_share (
        uid TEXT NOT NULL, agreement TEXT, provider TEXT, percent INTEGER, leads INTEGER,
        CONSTRAINT pk_agreement_share PRIMARY KEY (uid),
        CONSTRAINT fk_agreement_share_agreement FOREIGN KEY(agreement) REFERENCES agreement (uid)
            DEFERRABLE INITIALLY DEFERRED,
        CONSTRAINT fk_agreement_share_provider FOREIGN KEY(provider) REFERENCES organisation (uid)
            DEFERRABLE INITIALLY DEFERRED,
        CONSTRAINT ck_agreement_share_leads CHECK ("leads" IN (0, 1))) STRICT;
    CREATE INDEX ix_agreement_share_agreement ON agreement_share (agreement);
    CREATE INDEX ix_agreement_share_provider ON agreement_share (provider);
    CREATE TABLE extension (
        uid TEXT NOT NULL, agreement TEXT, number INTEGER, "end" TEXT, value INTEGER, state TEXT, decided_on TEXT,
        decision TEXT,
        CONSTRAINT pk_extension PRIMARY KEY (uid),
        CONSTRAINT fk_extension_agreement FOREIGN KEY(agreement) REFERENCES agreement (uid)
            DEFERRABLE INITIALLY DEFERRED) STRICT;
    CREATE INDEX ix_extension_agreement ON extension (agreement);
    CREATE TABLE variation (
        uid TEXT NOT NULL, agreement TEXT, what TEXT, from_date TEXT, annual_value INTEGER, percent_tenths INTEGER,
        "end" TEXT, reason TEXT, agreed_on TEXT,
        CONSTRAINT pk_variation PRIMARY KEY (uid),
        CONSTRAINT fk_variation_agreement FOREIGN KEY(agreement) REFERENCES agreement (uid)
            DEFERRABLE INITIALLY DEFERRED) STRICT;
    CREATE INDEX ix_variation_agreement ON variation (agreement);
    CREATE TABLE requirement (
        uid TEXT NOT NULL, agreement TEXT, what TEXT, detail TEXT, held INTEGER, evidence TEXT, expires TEXT,
        CONSTRAINT pk_requirement PRIMARY KEY (uid),
        CONSTRAINT fk_requirement_agreement FOREIGN KEY(agreement) REFERENCES agreement (uid)
            DEFERRABLE INITIALLY DEFERRED,
        CONSTRAINT ck_requirement_held CHECK ("held" IN (0, 1))) STRICT;
    CREATE INDEX ix_requirement_agreement ON requirement (agreement);
    CREATE TABLE payment (
        uid TEXT NOT NULL, agreement TEXT, due TEXT, profile INTEGER, paid INTEGER, paid_on TEXT, note TEXT,
        CONSTRAINT pk_payment PRIMARY KEY (uid),
        CONSTRAINT fk_payment_agreement FOREIGN KEY(agreement) REFERENCES agreement (uid)
            DEFERRABLE INITIALLY DEFERRED) STRICT;
    CREATE INDEX ix_payment_agreement ON payment (agreement);
    CREATE TABLE exempt_mark (
        uid TEXT NOT NULL, agreement TEXT, item TEXT, paragraph TEXT, reason TEXT,
        CONSTRAINT pk_exempt_mark PRIMARY KEY (uid),
        CONSTRAINT fk_exempt_mark_agreement FOREIGN KEY(agreement) REFERENCES agreement (uid)
            DEFERRABLE INITIALLY DEFERRED) STRICT;
    CREATE INDEX ix_exempt_mark_agreement ON exempt_mark (agreement);
    CREATE TABLE risk (
        uid TEXT NOT NULL, agreement TEXT, title TEXT, likelihood INTEGER, impact INTEGER, doing TEXT, owner TEXT,
        state TEXT,
        CONSTRAINT pk_risk PRIMARY KEY (uid),
        CONSTRAINT fk_risk_agreement FOREIGN KEY(agreement) REFERENCES agreement (uid)
            DEFERRABLE INITIALLY DEFERRED) STRICT;
    CREATE INDEX ix_risk_agreement ON risk (agreement);
    CREATE TABLE review (
        uid TEXT NOT NULL, agreement TEXT, held_on TEXT, what TEXT, who TEXT, findings TEXT, rating TEXT,
        sent_on TEXT, reply TEXT, replied_on TEXT, closed_on TEXT,
        CONSTRAINT pk_review PRIMARY KEY (uid),
        CONSTRAINT fk_review_agreement FOREIGN KEY(agreement) REFERENCES agreement (uid)
            DEFERRABLE INITIALLY DEFERRED) STRICT;
    CREATE INDEX ix_review_agreement ON review (agreement);
    CREATE TABLE concern (
        uid TEXT NOT NULL, agreement TEXT, what TEXT, raised_on TEXT, step TEXT, step_on TEXT, "plan" TEXT,
        due TEXT, closed_on TEXT, outcome TEXT,
        CONSTRAINT pk_concern PRIMARY KEY (uid),
        CONSTRAINT fk_concern_agreement FOREIGN KEY(agreement) REFERENCES agreement (uid)
            DEFERRABLE INITIALLY DEFERRED) STRICT;
    CREATE INDEX ix_concern_agreement ON concern (agreement);
    CREATE TABLE act_rating (
        uid TEXT NOT NULL, agreement TEXT, given_on TEXT, rating TEXT, reason TEXT, published INTEGER,
        CONSTRAINT pk_act_rating PRIMARY KEY (uid),
        CONSTRAINT fk_act_rating_agreement FOREIGN KEY(agreement) REFERENCES agreement (uid)
            DEFERRABLE INITIALLY DEFERRED,
        CONSTRAINT ck_act_rating_published CHECK ("published" IN (0, 1))) STRICT;
    CREATE INDEX ix_act_rating_agreement ON act_rating (agreement);
    CREATE TABLE agreement_other_outcomes (
        record TEXT NOT NULL, value TEXT NOT NULL,
        CONSTRAINT pk_agreement_other_outcomes PRIMARY KEY (record, value),
        CONSTRAINT fk_agreement_other_outcomes_record FOREIGN KEY(record) REFERENCES agreement (uid)
            DEFERRABLE INITIALLY DEFERRED) WITHOUT ROWID, STRICT;
    CREATE TABLE action (
        uid TEXT NOT NULL, number TEXT, title TEXT, agreement TEXT, review TEXT, owner TEXT, due TEXT, state TEXT,
        progress TEXT, done_on TEXT,
        CONSTRAINT pk_action PRIMARY KEY (uid),
        CONSTRAINT fk_action_agreement FOREIGN KEY(agreement) REFERENCES agreement (uid)
            DEFERRABLE INITIALLY DEFERRED,
        CONSTRAINT fk_action_review FOREIGN KEY(review) REFERENCES review (uid)
            DEFERRABLE INITIALLY DEFERRED) STRICT;
    CREATE INDEX ix_action_agreement ON action (agreement);
    CREATE INDEX ix_action_review ON action (review);
    CREATE TABLE agreement_activities (
        record TEXT NOT NULL, value TEXT NOT NULL,
        CONSTRAINT pk_agreement_activities PRIMARY KEY (record, value),
        CONSTRAINT fk_agreement_activities_record FOREIGN KEY(record) REFERENCES agreement (uid)
            DEFERRABLE INITIALLY DEFERRED,
        CONSTRAINT fk_agreement_activities_value FOREIGN KEY(value) REFERENCES activity (uid)
            DEFERRABLE INITIALLY DEFERRED) WITHOUT ROWID, STRICT;
    CREATE TABLE document (
        uid TEXT NOT NULL, agreement TEXT, title TEXT, file TEXT, address TEXT, dated TEXT, review TEXT,
        CONSTRAINT pk_document PRIMARY KEY (uid),
        CONSTRAINT fk_document_agreement FOREIGN KEY(agreement) REFERENCES agreement (uid)
            DEFERRABLE INITIALLY DEFERRED,
        CONSTRAINT fk_document_file FOREIGN KEY(file) REFERENCES stored_file (uid)
            DEFERRABLE INITIALLY DEFERRED) STRICT;
    CREATE INDEX ix_document_agreement ON document (agreement);
    CREATE INDEX ix_document_file ON document (file);
    CREATE TABLE weakness (
        uid TEXT NOT NULL, review TEXT, what TEXT, action TEXT,
        CONSTRAINT pk_weakness PRIMARY KEY (uid),
        CONSTRAINT fk_weakness_review FOREIGN KEY(review) REFERENCES review (uid) DEFERRABLE INITIALLY DEFERRED,
        CONSTRAINT fk_weakness_action FOREIGN KEY(action) REFERENCES action (uid)
            DEFERRABLE INITIALLY DEFERRED) STRICT;
    CREATE INDEX ix_weakness_action ON weakness (action);
    CREATE INDEX ix_weakness_review ON weakness (review)
"""

_NAMES = """
    weakness document agreement_activities action agreement_other_outcomes act_rating concern review risk
    exempt_mark payment requirement variation extension agreement_share agreement board_meeting
"""


def upgrade() -> None:
    """Make the tables and their indexes."""
    for statement in _TABLES.split(";"):
        op.execute(statement)


def downgrade() -> None:
    """Take the tables away, and with them all agreements."""
    for name in _NAMES.split():
        op.execute(f'DROP TABLE "{name}"')
