"""Tables for monitoring, what a monitoring round asks for, and the lists of agreements and monitoring."""

from collections.abc import Sequence

from alembic import op
from ctdesk.domain.identity import new_uid
from sqlalchemy import text

revision = "0005"
down_revision = "0004"

_TABLES = """
    CREATE TABLE measure (
        uid TEXT NOT NULL, name TEXT, definition TEXT, unit TEXT, polarity TEXT, outcome TEXT, numerator_words TEXT,
        denominator_words TEXT, retired INTEGER,
        CONSTRAINT pk_measure PRIMARY KEY (uid),
        CONSTRAINT ck_measure_retired CHECK ("retired" IN (0, 1))) STRICT;
    CREATE TABLE agreement_measure (
        uid TEXT NOT NULL, agreement TEXT, measure TEXT, name TEXT, definition TEXT, unit TEXT, polarity TEXT,
        frequency TEXT, shape TEXT, target INTEGER, amber_percent INTEGER, weight INTEGER, outcome TEXT,
        numerator_words TEXT, denominator_words TEXT, from_period TEXT, to_period TEXT,
        CONSTRAINT pk_agreement_measure PRIMARY KEY (uid),
        CONSTRAINT fk_agreement_measure_agreement FOREIGN KEY(agreement) REFERENCES agreement (uid)
            DEFERRABLE INITIALLY DEFERRED,
        CONSTRAINT fk_agreement_measure_measure FOREIGN KEY(measure) REFERENCES measure (uid)
            DEFERRABLE INITIALLY DEFERRED) STRICT;
    CREATE INDEX ix_agreement_measure_agreement ON agreement_measure (agreement);
    CREATE INDEX ix_agreement_measure_measure ON agreement_measure (measure);
    CREATE TABLE period_count (
        uid TEXT NOT NULL, agreement TEXT, period TEXT, what TEXT, count INTEGER, note TEXT,
        CONSTRAINT pk_period_count PRIMARY KEY (uid),
        CONSTRAINT fk_period_count_agreement FOREIGN KEY(agreement) REFERENCES agreement (uid)
            DEFERRABLE INITIALLY DEFERRED) STRICT;
    CREATE INDEX ix_period_count_agreement ON period_count (agreement);
    CREATE TABLE period_money (
        uid TEXT NOT NULL, agreement TEXT, period TEXT, what TEXT, "plan" INTEGER, actual INTEGER, note TEXT,
        CONSTRAINT pk_period_money PRIMARY KEY (uid),
        CONSTRAINT fk_period_money_agreement FOREIGN KEY(agreement) REFERENCES agreement (uid)
            DEFERRABLE INITIALLY DEFERRED) STRICT;
    CREATE INDEX ix_period_money_agreement ON period_money (agreement);
    CREATE TABLE measure_target (
        uid TEXT NOT NULL, measure TEXT, period TEXT, target INTEGER,
        CONSTRAINT pk_measure_target PRIMARY KEY (uid),
        CONSTRAINT fk_measure_target_measure FOREIGN KEY(measure) REFERENCES agreement_measure (uid)
            DEFERRABLE INITIALLY DEFERRED) STRICT;
    CREATE INDEX ix_measure_target_measure ON measure_target (measure);
    CREATE TABLE measure_result (
        uid TEXT NOT NULL, agreement TEXT, measure TEXT, period TEXT, measure_name TEXT, unit TEXT, polarity TEXT,
        target INTEGER, amber_percent INTEGER, numerator INTEGER, denominator INTEGER, actual INTEGER,
        commentary TEXT, judgement TEXT, judgement_reason TEXT,
        CONSTRAINT pk_measure_result PRIMARY KEY (uid),
        CONSTRAINT fk_measure_result_agreement FOREIGN KEY(agreement) REFERENCES agreement (uid)
            DEFERRABLE INITIALLY DEFERRED,
        CONSTRAINT fk_measure_result_measure FOREIGN KEY(measure) REFERENCES agreement_measure (uid)
            DEFERRABLE INITIALLY DEFERRED) STRICT;
    CREATE INDEX ix_measure_result_measure ON measure_result (measure);
    CREATE INDEX ix_measure_result_agreement ON measure_result (agreement)
"""

_NAMES = """
    measure_result measure_target period_money period_count agreement_measure measure
"""

_NOW = {
    "list_entry": """
        CREATE TABLE list_entry (
            uid TEXT NOT NULL, list TEXT, code TEXT, label TEXT, short TEXT, position INTEGER, retired INTEGER,
            aliases TEXT, description TEXT, number INTEGER,
            CONSTRAINT pk_list_entry PRIMARY KEY (uid),
            CONSTRAINT ck_list_entry_retired CHECK ("retired" IN (0, 1))) STRICT
    """,
    "round": """
        CREATE TABLE round (
            uid TEXT NOT NULL, name TEXT, as_at TEXT, due TEXT, message TEXT, collects TEXT, period TEXT,
            CONSTRAINT pk_round PRIMARY KEY (uid)) STRICT
    """,
    "request": """
        CREATE TABLE request (
            uid TEXT NOT NULL, round TEXT, agency TEXT, state TEXT, issue INTEGER, sent_on TEXT, received_on TEXT,
            accepted_on TEXT, value_before INTEGER, note TEXT, chased_on TEXT, agreement TEXT,
            CONSTRAINT pk_request PRIMARY KEY (uid),
            CONSTRAINT fk_request_round FOREIGN KEY(round) REFERENCES round (uid) DEFERRABLE INITIALLY DEFERRED,
            CONSTRAINT fk_request_agency FOREIGN KEY(agency) REFERENCES organisation (uid)
                DEFERRABLE INITIALLY DEFERRED,
            CONSTRAINT fk_request_agreement FOREIGN KEY(agreement) REFERENCES agreement (uid)
                DEFERRABLE INITIALLY DEFERRED) STRICT
    """,
}

_BEFORE = {
    "list_entry": """
        CREATE TABLE list_entry (
            uid TEXT NOT NULL, list TEXT, code TEXT, label TEXT, short TEXT, position INTEGER, retired INTEGER,
            aliases TEXT, description TEXT,
            CONSTRAINT pk_list_entry PRIMARY KEY (uid),
            CONSTRAINT ck_list_entry_retired CHECK ("retired" IN (0, 1))) STRICT
    """,
    "round": """
        CREATE TABLE round (
            uid TEXT NOT NULL, name TEXT, as_at TEXT, due TEXT, message TEXT,
            CONSTRAINT pk_round PRIMARY KEY (uid)) STRICT
    """,
    "request": """
        CREATE TABLE request (
            uid TEXT NOT NULL, round TEXT, agency TEXT, state TEXT, issue INTEGER, sent_on TEXT, received_on TEXT,
            accepted_on TEXT, value_before INTEGER, note TEXT, chased_on TEXT,
            CONSTRAINT pk_request PRIMARY KEY (uid),
            CONSTRAINT fk_request_round FOREIGN KEY(round) REFERENCES round (uid) DEFERRABLE INITIALLY DEFERRED,
            CONSTRAINT fk_request_agency FOREIGN KEY(agency) REFERENCES organisation (uid)
                DEFERRABLE INITIALLY DEFERRED) STRICT
    """,
}

_KEPT = {
    "list_entry": "uid, list, code, label, short, position, retired, aliases, description",
    "round": "uid, name, as_at, due, message",
    "request": "uid, round, agency, state, issue, sent_on, received_on, accepted_on, value_before, note, chased_on",
}

_INDEXES = {
    "request": (
        "CREATE INDEX ix_request_agency ON request (agency)",
        "CREATE INDEX ix_request_agreement ON request (agreement)",
        "CREATE INDEX ix_request_round ON request (round)",
    ),
}

_LISTS = {
    "agreement_tier": (
        ("gold", "Gold", None, "Tier A; Critical", "Large, risky or hard to replace: every quarter.", 3),
        ("silver", "Silver", None, "Tier B; Important", "In between: every half year.", 6),
        ("bronze", "Bronze", None, "Tier C; Routine", "Small and simple: once a year.", 12),
    ),
    "requirement": (
        ("insurance", "Insurance", None, None, "Public, employer’s or professional liability.", None),
        ("safeguarding", "Safeguarding", None, None, "Policy, training and yearly audit.", None),
        (
            "dbs",
            "DBS checks",
            None,
            "Disclosure and Barring Service; CRB",
            "Disclosure and Barring Service checks of staff and volunteers.",
            None,
        ),
        (
            "accreditation",
            "Accreditation",
            None,
            "Registration; Ofsted; CQC",
            "A registration or quality mark the service needs.",
            None,
        ),
        ("data_protection", "Data protection", None, "Data-processing agreement", "Papers on personal data.", None),
        ("other", "Other requirement", None, None, "Anything else the agreement asks for.", None),
    ),
    "review_kind": (
        (
            "review",
            "Review meeting",
            None,
            "Quarterly review; Contract review",
            "A meeting on a period’s results.",
            None,
        ),
        ("annual", "Annual review", None, "Yearly review", "The whole year, with value for money.", None),
        ("visit", "Announced visit", None, "Site visit", "Seeing the service at work.", None),
        ("spot_check", "Spot check", None, "Unannounced visit", "Seeing it without notice.", None),
        ("file_audit", "File audit", None, "Case file audit", "Reading a sample of records.", None),
    ),
    "count_line": (
        ("all_users", "All users", None, None, "Different children or families reached in the period.", None),
        ("age_0_4", "Aged 0 to 4", None, None, "Of all users; the ages add up to them.", None),
        ("age_5_10", "Aged 5 to 10", None, None, "Of all users.", None),
        ("age_11_15", "Aged 11 to 15", None, None, "Of all users.", None),
        ("age_16_25", "Aged 16 to 25", None, None, "Of all users.", None),
        ("girls", "Girls", None, None, "Of all users.", None),
        ("boys", "Boys", None, None, "Of all users.", None),
        ("minority", "From minority ethnic groups", "Minority ethnic", None, "Of all users.", None),
        ("with_disability", "With a disability or special educational need", "SEND", None, "Of all users.", None),
        ("incidents", "Serious incidents", None, None, "In the period.", None),
        ("safeguarding_referrals", "Safeguarding referrals made", "Referrals", None, "In the period.", None),
        ("complaints", "Complaints", None, None, "Received in the period.", None),
        ("complaints_upheld", "Complaints upheld", None, None, "Settled in favour of who complained.", None),
    ),
    "spend_line": (
        ("spend", "Spend in the period (£)", "Spend", None, "On this agreement, against the profile.", None),
        ("spend_year", "Spend in the year so far (£)", "Year so far", None, "From 1 April.", None),
        ("staff", "Staff in post (FTE)", "Staff", None, "On the last day of the period, against the plan.", None),
        ("vacancies", "Vacancies (FTE)", "Vacancies", None, "On the last day of the period.", None),
        ("sickness", "Days lost to sickness", "Sickness", None, "In the period.", None),
    ),
}

_WEEKS = {
    "open": 43,
    "restricted": 52,
    "framework_call_off": 26,
    "direct_award": 13,
    "grant_application": 20,
    "in_house": 12,
    "spot": 2,
}


def upgrade() -> None:
    """Make the new tables and columns; a workspace that has lists is given the new ones too."""
    for statement in _TABLES.split(";"):
        op.execute(statement)
    for table, statement in _NOW.items():
        _make_again(table, statement)
    for name, entries in _LISTS.items():
        _add(name, entries)
    for code, weeks in _WEEKS.items():
        op.execute(
            text("UPDATE list_entry SET number = :weeks WHERE list = 'route' AND code = :code").bindparams(
                weeks=weeks, code=code
            )
        )


def downgrade() -> None:
    """Take the new tables, columns and lists away, and with them all monitoring."""
    for name in _LISTS:
        op.execute(text("DELETE FROM list_entry WHERE list = :name").bindparams(name=name))
    op.execute("DELETE FROM finding WHERE request IN (SELECT uid FROM request WHERE agreement IS NOT NULL)")
    op.execute(
        "UPDATE stored_file SET request = NULL WHERE request IN (SELECT uid FROM request WHERE agreement IS NOT NULL)"
    )
    op.execute("DELETE FROM request WHERE agreement IS NOT NULL")
    for table, statement in _BEFORE.items():
        _make_again(table, statement, ("agreement",))
    for name in _NAMES.split():
        op.execute(f'DROP TABLE "{name}"')


def _make_again(table: str, statement: str, without: Sequence[str] = ()) -> None:
    """Make a table afresh around its rows, as SQLite adds columns only behind the constraints."""
    kept = _KEPT[table]
    op.execute(f"CREATE TEMP TABLE kept AS SELECT {kept} FROM {table}")  # noqa: S608 - a fixed list of columns
    op.execute(f"DROP TABLE {table}")
    op.execute(statement)
    op.execute(f"INSERT INTO {table} ({kept}) SELECT * FROM kept")  # noqa: S608 - as above
    op.execute("DROP TABLE kept")
    for index in _INDEXES.get(table, ()):
        if not any(f"({column})" in index for column in without):
            op.execute(index)


def _add(name: str, entries: Sequence[tuple[str, str, str | None, str | None, str, int | None]]) -> None:
    """Add a list, if the workspace has lists at all and not this one."""
    add = text(
        "INSERT INTO list_entry (uid, list, code, label, short, position, retired, aliases, description, number)"
        " SELECT :uid, :list, :code, :label, :short, :position, 0, :aliases, :meaning, :number"
        " WHERE EXISTS (SELECT 1 FROM list_entry)"
    )
    for position, (code, label, short, aliases, meaning, number) in enumerate(entries, start=1):
        op.execute(
            add.bindparams(
                uid=new_uid(),
                list=name,
                code=code,
                label=label,
                short=short,
                position=position,
                aliases=aliases,
                meaning=meaning,
                number=number,
            )
        )
