"""Migrations: the last one makes what the definitions say, each goes up and down, and a copy is kept before."""

import re
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from ctdesk.db import migrate as migrations
from ctdesk.db.backup import backups_folder
from ctdesk.db.lock import holder_file
from ctdesk.db.migrate import MIGRATIONS, migrate, newest
from ctdesk.db.recognise import APPLICATION_ID, SCHEMA_VERSION
from ctdesk.db.search import indexed_words
from ctdesk.db.tables import METADATA, make_tables
from ctdesk.db.workspace import Workspace
from ctdesk.domain.records import DEFINITIONS
from sqlalchemy import Connection, StaticPool, create_engine
from tests.db.desk_rows import step

NEXT = SCHEMA_VERSION + 1
RELEASED = 9
"""The number of a migration that a test adds."""

ADD_A_COLUMN = f"""
from alembic import op
import sqlalchemy as sa

revision = "{NEXT:04d}"
down_revision = "{SCHEMA_VERSION:04d}"


def upgrade():
    with op.batch_alter_table("organisation") as table:
        table.add_column(sa.Column("nickname", sa.Text))
    op.execute("UPDATE organisation SET nickname = lower(name)")


def downgrade():
    with op.batch_alter_table("organisation") as table:
        table.drop_column("nickname")
"""
LEAVE_A_BROKEN_LINK = f"""
from alembic import op

revision = "{NEXT:04d}"
down_revision = "{SCHEMA_VERSION:04d}"


def upgrade():
    op.execute("DELETE FROM organisation")
"""


@pytest.fixture
def connection() -> Iterator[Connection]:
    """An empty database."""
    engine = create_engine("sqlite://", poolclass=StaticPool, isolation_level="AUTOCOMMIT")
    with engine.connect() as it:
        yield it
    engine.dispose()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of the migrations, to which a test may add its own."""
    return Path(shutil.copytree(MIGRATIONS, tmp_path / "migrations", ignore=shutil.ignore_patterns("__pycache__")))


def schema(connection: Connection) -> dict[str, str]:
    """Every table and index with its SQL, white space aside."""
    rows = connection.exec_driver_sql("SELECT name, sql FROM sqlite_master WHERE sql IS NOT NULL")
    return {name: re.sub(r"\s+", "", sql) for name, sql in rows}


def with_rows(connection: Connection) -> None:
    connection.exec_driver_sql("INSERT INTO organisation (uid, name) VALUES ('o', 'Somewhere')")
    connection.exec_driver_sql("INSERT INTO team (uid, name, agency) VALUES ('t', 'Night shift', 'o')")


def test_the_last_migration_makes_what_the_definitions_say(connection: Connection) -> None:
    migrate(connection, 0, newest())
    migrated = schema(connection)
    migrate(connection, newest(), 0)
    make_tables(connection.connection.driver_connection)
    assert migrated == schema(connection)


def test_the_program_works_with_the_newest_migration() -> None:
    assert newest() == SCHEMA_VERSION


@pytest.mark.slow
def test_down_then_up_changes_nothing(connection: Connection) -> None:
    migrate(connection, 0, newest())
    before = schema(connection)
    for version in range(newest(), 0, -1):
        with_rows(connection) if version == newest() else None
        migrate(connection, newest(), version - 1)
        migrate(connection, version - 1, newest())
    assert schema(connection) == before


def test_down_to_nothing_leaves_nothing(connection: Connection) -> None:
    migrate(connection, 0, newest())
    with_rows(connection)
    migrate(connection, newest(), 0)
    assert schema(connection) == {}


def test_every_constraint_has_a_name() -> None:
    unnamed = [(table.name, it) for table in METADATA.tables.values() for it in table.constraints if not it.name]
    assert unnamed == []
    assert all(index.name for table in METADATA.tables.values() for index in table.indexes)


def test_rows_outlive_a_rebuilt_table_up_and_down(connection: Connection, folder: Path) -> None:
    (folder / "versions" / f"{NEXT:04d}_nickname.py").write_text(ADD_A_COLUMN, encoding="utf-8")
    migrate(connection, 0, SCHEMA_VERSION)
    with_rows(connection)
    migrate(connection, SCHEMA_VERSION, newest(folder), folder)
    rows = connection.exec_driver_sql("SELECT nickname FROM organisation JOIN team ON agency = organisation.uid").all()
    assert [tuple(row) for row in rows] == [("somewhere",)]
    migrate(connection, NEXT, SCHEMA_VERSION, folder)
    assert connection.exec_driver_sql("SELECT name, agency FROM team").all() == [("Night shift", "o")]
    assert connection.exec_driver_sql("PRAGMA user_version").scalar() == SCHEMA_VERSION


def test_addresses_and_settled_values_come_and_go_around_what_is_held(connection: Connection) -> None:
    migrate(connection, 0, 10)
    with_rows(connection)
    connection.exec_driver_sql("INSERT INTO agreement (uid, title, agency, total_value) VALUES ('a', 'Club', 'o', 9)")
    migrate(connection, 10, 11)
    connection.exec_driver_sql("UPDATE organisation SET address = 'Weir House; QZ1 1AA'")
    held = connection.exec_driver_sql("SELECT title, agency, total_value, final_value FROM agreement").all()
    assert [tuple(row) for row in held] == [("Club", "o", 9, None)]
    migrate(connection, 11, 10)
    assert [tuple(row) for row in connection.exec_driver_sql("SELECT uid, name FROM organisation")] == [
        ("o", "Somewhere")
    ]
    assert [tuple(row) for row in connection.exec_driver_sql("SELECT title, total_value FROM agreement")] == [
        ("Club", 9)
    ]


def test_a_migration_that_breaks_a_link_is_taken_back(connection: Connection, folder: Path) -> None:
    (folder / "versions" / f"{NEXT:04d}_broken.py").write_text(LEAVE_A_BROKEN_LINK, encoding="utf-8")
    migrate(connection, 0, SCHEMA_VERSION)
    with_rows(connection)
    with pytest.raises(migrations.BrokenLink, match="team"):
        migrate(connection, SCHEMA_VERSION, NEXT, folder)
    assert connection.exec_driver_sql("SELECT count(*) FROM organisation").scalar() == 1
    assert connection.exec_driver_sql("PRAGMA user_version").scalar() == SCHEMA_VERSION


def test_a_percentage_in_tenths_is_told_in_hundredths_and_in_the_history_too(connection: Connection) -> None:
    migrate(connection, 0, 11)
    connection.exec_driver_sql("INSERT INTO variation (uid, percent_tenths) VALUES ('v', 35), ('w', NULL)")
    connection.exec_driver_sql(
        "INSERT INTO change_set (number, uid, action, title, who, moment, why, records)"
        " VALUES (1, 's', 'edit', 'It', 'sam', '2026-01-01T00:00:00+00:00', '', 1)"
    )
    said = '{"what":"uplift by per cent","percent_tenths":35,"reason":"percent_tenths"}'
    blank = '{"percent_tenths":null}'
    rows = [("variation", blank, said), ("note", "{}", '{"percent_tenths":1}')]
    for number, (kind, before, after) in enumerate(rows):
        values = (number, kind, before, after)
        connection.exec_driver_sql("INSERT INTO history VALUES (1, ?, ?, 'v', 'create', ?, ?)", values)
    kept = connection.exec_driver_sql("SELECT * FROM history").all()
    migrate(connection, 11, 12)
    assert connection.exec_driver_sql("SELECT uid, percent FROM variation").all() == [("v", 350), ("w", None)]
    told = connection.exec_driver_sql('SELECT "before", "after" FROM history').all()
    assert told == [
        ('{"percent":null}', '{"what":"uplift by per cent","percent":"3.50","reason":"percent_tenths"}'),
        ("{}", '{"percent_tenths":1}'),
    ]
    migrate(connection, 12, 11)
    assert connection.exec_driver_sql("SELECT * FROM history").all() == kept
    assert connection.exec_driver_sql("SELECT uid, percent_tenths FROM variation").all() == [("v", 35), ("w", None)]


def an_old_workspace(path: Path) -> bytes:
    """A workspace from before the first migration: nothing but the mark in its header, and a diary."""
    with closing(sqlite3.connect(path)) as raw:
        raw.execute("CREATE TABLE diary (entry TEXT)")
        raw.execute(f"PRAGMA application_id = {APPLICATION_ID}")
    return path.read_bytes()


def test_an_older_workspace_is_searched_by_what_is_searched_today(connection: Connection) -> None:
    migrate(connection, 0, RELEASED)
    connection.exec_driver_sql("INSERT INTO organisation (uid, name) VALUES ('o', 'Weir Health')")
    connection.exec_driver_sql("INSERT INTO search_entry (id, kind, uid) VALUES (1, 'organisation', 'o')")
    connection.exec_driver_sql("INSERT INTO search_index (rowid, title, body) VALUES (1, 'Weir Health', '')")
    migrate(connection, RELEASED, SCHEMA_VERSION)
    wanted = indexed_words(DEFINITIONS["organisation"])
    should, does = (
        connection.exec_driver_sql(query).all()
        for query in (wanted.replace("?", "0"), "SELECT rowid, title, body FROM search_index")
    )
    assert does == should != []


def test_opening_an_older_workspace_keeps_a_copy_and_brings_it_up_to_date(path: Path) -> None:
    an_old_workspace(path)
    with Workspace.open(path) as workspace:
        assert workspace.driver.execute("PRAGMA user_version").fetchone() == (SCHEMA_VERSION,)
        assert workspace.driver.execute("PRAGMA foreign_keys").fetchone() == (1,)
    (copy,) = backups_folder(path).iterdir()
    assert copy.name.endswith(f"before schema {SCHEMA_VERSION}.ctdesk")
    with closing(sqlite3.connect(copy)) as raw:
        assert raw.execute("SELECT name FROM sqlite_master").fetchall() == [("diary",)]


def test_reading_an_older_workspace_leaves_it_as_it_is(path: Path) -> None:
    before = an_old_workspace(path)
    with Workspace.open(path, read_only=True) as reader:
        assert reader.driver.execute("PRAGMA user_version").fetchone() == (SCHEMA_VERSION,)
    assert path.read_bytes() == before
    assert not backups_folder(path).exists()


def test_a_migration_that_fails_leaves_the_file_as_it_was_and_free(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = an_old_workspace(path)

    def fail(*_: object) -> None:
        raise RuntimeError("halfway")

    monkeypatch.setattr(migrations, "migrate", fail)
    with pytest.raises(RuntimeError, match="halfway"):
        Workspace.open(path)
    monkeypatch.undo()
    assert path.read_bytes() == before
    assert not holder_file(path).exists()
    Workspace.open(path).close()


def test_a_new_workspace_needs_no_migration(path: Path) -> None:
    Workspace.create(path, step()).close()
    with closing(sqlite3.connect(path)) as raw:
        assert raw.execute("SELECT count(*) FROM sqlite_master WHERE name = 'alembic_version'").fetchone() == (0,)


def test_requests_outlive_the_column_for_reminders(connection: Connection) -> None:
    migrate(connection, 0, 2)
    connection.exec_driver_sql("INSERT INTO request (uid, state, issue, note) VALUES ('r', 'sent', 2, 'as agreed')")
    connection.exec_driver_sql("INSERT INTO finding (uid, request) VALUES ('f', 'r')")
    migrate(connection, 2, 3)
    row = connection.exec_driver_sql("SELECT state, issue, note, chased_on FROM request").one()
    assert tuple(row) == ("sent", 2, "as agreed", None)
    connection.exec_driver_sql("UPDATE request SET chased_on = '2026-05-15'")
    migrate(connection, 3, 2)
    assert connection.exec_driver_sql("SELECT note FROM request JOIN finding ON request.uid = request").scalar()
