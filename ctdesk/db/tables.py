"""The tables of a workspace, read off the definitions: one a kind of record, one a field that holds several values.

Beside them stand the history (`change_set`, `history`), the bytes of kept files and the search index.
"""

from functools import cache
from sqlite3 import Connection

from sqlalchemy import (
    CheckConstraint,
    Column,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    Table,
    Text,
    create_mock_engine,
)
from sqlalchemy.dialects.sqlite.base import SQLiteDialect
from sqlalchemy.schema import ExecutableDDLElement, SchemaItem

from ctdesk.db.recognise import APPLICATION_ID, SCHEMA_VERSION
from ctdesk.db.stored import is_integer
from ctdesk.domain.definition import Field, Kind, RecordDefinition
from ctdesk.domain.records import DEFINITIONS

METADATA = MetaData(
    naming_convention={
        "pk": "pk_%(table_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s",
        "uq": "uq_%(table_name)s_%(column_0_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "ix": "ix_%(table_name)s_%(column_0_name)s",
    }
)
"""All tables but the search index, which SQLAlchemy has no words for."""

_LATER = {"deferrable": True, "initially": "DEFERRED"}


def _column(field: Field) -> Column[str] | Column[int]:
    return Column(field.name, Integer) if is_integer(field) else Column(field.name, Text)


def _constraints(field: Field) -> list[SchemaItem]:
    """Return what else the table says about a field: links exist by the end of a change set, yes is 1 and no is 0."""
    if field.kind is Kind.LINK:
        return [ForeignKeyConstraint([field.name], [f"{field.target}.uid"], **_LATER), Index(None, field.name)]  # type: ignore[arg-type]  # two plain options
    if field.kind is Kind.YES_NO:
        return [CheckConstraint(f'"{field.name}" IN (0, 1)', name=field.name)]
    return []


def _record_table(definition: RecordDefinition) -> Table:
    single = [field for field in definition.fields if not field.several]
    return Table(
        definition.kind,
        METADATA,
        Column("uid", Text, primary_key=True),
        *(_column(field) for field in single),
        *(item for field in single for item in _constraints(field)),
        sqlite_strict=True,
    )


def _link_table(kind: str, field: Field) -> Table:
    targets = [ForeignKey(f"{field.target}.uid", deferrable=True, initially="DEFERRED")] if field.target else []
    return Table(
        f"{kind}_{field.name}",
        METADATA,
        Column("record", Text, ForeignKey(f"{kind}.uid", deferrable=True, initially="DEFERRED"), primary_key=True),
        Column("value", Text, *targets, primary_key=True),
        sqlite_strict=True,
        sqlite_with_rowid=False,
    )


RECORDS = {kind: _record_table(definition) for kind, definition in DEFINITIONS.items()}
"""The table of each kind of record."""

LINKS = {
    (kind, field.name): _link_table(kind, field)
    for kind, definition in DEFINITIONS.items()
    for field in definition.fields
    if field.several
}
"""The link table of each field that holds several values, by kind and field."""

CHANGE_SET = Table(
    "change_set",
    METADATA,
    Column("number", Integer, primary_key=True),
    Column("uid", Text, nullable=False, unique=True),
    Column("action", Text, nullable=False),
    Column("title", Text, nullable=False),
    Column("who", Text, nullable=False),
    Column("moment", Text, nullable=False),
    Column("why", Text, nullable=False),
    Column("records", Integer, nullable=False),
    Column("undoes", Text, ForeignKey("change_set.uid")),
    Column("seal", Text),
    sqlite_strict=True,
)
"""One row a saved step."""

HISTORY = Table(
    "history",
    METADATA,
    Column("change_set", Integer, ForeignKey("change_set.number"), primary_key=True),
    Column("sequence", Integer, primary_key=True),
    Column("kind", Text, nullable=False),
    Column("record", Text, nullable=False),
    Column("operation", Text, nullable=False),
    Column("before", Text, nullable=False),
    Column("after", Text, nullable=False),
    Index(None, "record"),
    sqlite_strict=True,
)
"""One row for what a step did to one record; *before* and *after* are JSON objects of the fields concerned."""

FILE_CONTENT = Table(
    "file_content",
    METADATA,
    Column("sha256", Text, primary_key=True),
    Column("bytes", LargeBinary, nullable=False),
    sqlite_strict=True,
)
"""The bytes of kept files, each once, under their fingerprint."""

SEARCH_ENTRY = Table(
    "search_entry",
    METADATA,
    Column("id", Integer, primary_key=True),
    Column("kind", Text, nullable=False),
    Column("uid", Text, nullable=False),
    Index("ix_search_entry_uid", "uid", "kind", unique=True),
    sqlite_strict=True,
)
"""Which record each row of the search index is about."""

SEARCH_INDEX = (
    "CREATE VIRTUAL TABLE search_index"
    " USING fts5(title, body, tokenize='unicode61 remove_diacritics 2', prefix='1 2 3')"
)
"""The full-text index; its rowids are the ids of `search_entry`."""


def make_tables(driver: Connection) -> None:
    """Make the tables of a new workspace and mark the file as one."""
    for statement in _statements():
        driver.execute(statement)


@cache
def _statements() -> tuple[str, ...]:
    """Return what makes a new workspace, in order, put into words once: that takes longer than to have it done."""
    dialect, made = SQLiteDialect(), list[str]()

    def note(statement: ExecutableDDLElement, *_: object, **__: object) -> None:
        made.append(str(statement.compile(dialect=dialect)))

    METADATA.create_all(create_mock_engine("sqlite://", note), checkfirst=False)
    marks = (f"PRAGMA application_id = {APPLICATION_ID}", f"PRAGMA user_version = {SCHEMA_VERSION}")
    return (*made, SEARCH_INDEX, *marks)
