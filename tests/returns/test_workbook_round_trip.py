"""What is written into a workbook is read back as it was, for any records the definitions allow."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from ctdesk.domain.definition import DEFINITIONS, Field, Kind, Need, Value, Values
from ctdesk.domain.identity import new_uid
from ctdesk.domain.names import NameIndex
from ctdesk.domain.values import CLEAR, ValueReader
from ctdesk.returns.layout import baseline_layout
from ctdesk.returns.parsing import CellParser, Resolved, parse_table
from ctdesk.returns.reader import read_book
from ctdesk.returns.recognition import recognise
from ctdesk.returns.sheets import HIDDEN_SHEET
from ctdesk.returns.tables import find_tables
from ctdesk.returns.workbook import RequestBook, SheetRow, write_workbook
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from workbook_books import PROVIDERS, TEAMS, book, filled_book, lists, sheet_row

_REFERENCES = ("SS-001", "004", "=a*b?", "~x")


def read_back(path: Path, sent: RequestBook) -> dict[str, list[tuple[str, Values]]]:
    """Return what the desk reads from a workbook: by kind, key and values of every row."""
    own = NameIndex((row.uid, str(row.values.get("reference", "")), ()) for row in sent.rows["activity"])
    reader = ValueReader(sent.lists, {**sent.names, "activity": own})
    found, findings = find_tables(read_book(path), baseline_layout(sent.lists))
    assert not findings
    rows = {}
    for table in found:
        assert not table.findings
        read = parse_table(table, CellParser(reader, lambda field, text: Resolved(None)))
        assert [row.findings for row in read] == [[] for _ in read]
        rows[table.layout.kind] = [(row.key, row.values) for row in read]
    return rows


def as_sent(sent: RequestBook) -> dict[str, list[tuple[str, Values]]]:
    """Return what should be read back if nobody typed anything."""
    return {kind: [(row.key, row.values) for row in rows] for kind, rows in sent.rows.items()}


def test_a_workbook_as_sent_says_nothing_new(tmp_path: Path) -> None:
    sent = filled_book(40, 10)
    sent = replace(sent, rows={kind: [_trimmed(row) for row in rows] for kind, rows in sent.rows.items()})
    write_workbook(sent, tmp_path / "sent.xlsx")
    assert read_back(tmp_path / "sent.xlsx", sent) == as_sent(sent)


def _trimmed(row: SheetRow) -> SheetRow:
    """Return a row without the stray spaces at the ends of texts, which reading takes away."""
    return replace(row, values={n: v.strip() if isinstance(v, str) else v for n, v in row.values.items()})


def test_the_hidden_sheet_names_the_request_and_every_key(tmp_path: Path) -> None:
    rows = {kind: [sheet_row(new_uid(), row.values)] for kind, (row, *_) in book().rows.items()}
    sent = book(rows=rows)
    write_workbook(sent, tmp_path / "sent.xlsx")
    read = read_book(tmp_path / "sent.xlsx")
    said, hidden = recognise(read), read.sheet(HIDDEN_SHEET)
    assert said.request_uid == sent.request_uid
    assert said.issue == 1
    assert hidden is not None
    kept = {row[2]: row[1] for row in hidden.rows if len(row) > 2}
    assert all(kept[row.uid] == row.key for found in rows.values() for row in found)


def _texts(most: int, *, lines: bool = False) -> st.SearchStrategy[str]:
    letters = st.characters(exclude_categories=["Cs", "Cc", "Cn"], include_characters="\n" if lines else "")
    started = st.one_of(
        st.text(letters, min_size=1, max_size=most), st.from_regex(r"[=+\-@'0][a-z0-9]{1,8}", fullmatch=True)
    )
    return started.map(str.strip).filter(lambda text: bool(text) and text.casefold() != CLEAR and "_x" not in text)


def _values_of(field: Field) -> st.SearchStrategy[Value]:
    words = [entry.code for entry in lists().all(field.list or "")]
    kinds: dict[Kind, st.SearchStrategy[Value]] = {
        Kind.TEXT: _texts(60),
        Kind.LONG_TEXT: _texts(300, lines=True),
        Kind.CODE: st.one_of(_texts(20), st.from_regex(r"0[0-9]{3,12}", fullmatch=True)),
        Kind.EMAIL: st.just("desk@weirside.example"),
        Kind.INTEGER: st.integers(field.minimum or 0, field.maximum or 10),
        Kind.PERCENT: st.integers(0, 100),
        Kind.MONEY: st.integers(0, field.maximum or 0),
        Kind.DECIMAL: st.integers(0, 100_000).map(lambda hundredths: Decimal(hundredths).scaleb(-2)),
        Kind.DATE: st.dates(date(1900, 1, 1), date(2100, 12, 31)),
        Kind.YEAR: st.integers(2000, 2098).map(lambda first: f"{first}/{(first + 1) % 100:02d}"),
        Kind.YES_NO: st.booleans(),
    }
    if words:
        several = st.lists(st.sampled_from(words), min_size=1, unique=True).map(lambda codes: tuple(sorted(codes)))
        return several if field.several else st.sampled_from(words)
    if field.target:
        return st.sampled_from({"organisation": list(PROVIDERS), "team": list(TEAMS)}.get(field.target, ["a0", "a1"]))
    return kinds[field.kind]


def _records(kind: str) -> st.SearchStrategy[dict[str, Value]]:
    fields = [field for field in DEFINITIONS[kind].fields if field.need is not Need.DESK]
    optional = {field.name: _values_of(field) for field in fields if field.name != "reference"}
    needed = "activity" if kind == "funding_line" else "title"
    return st.fixed_dictionaries({needed: optional.pop(needed)}, optional=optional)


def _rows(kind: str, records: Sequence[Mapping[str, Value]]) -> list[SheetRow]:
    made = []
    for at, values in enumerate(records):
        more = {"reference": _REFERENCES[at]} if kind == "activity" else {}
        made.append(sheet_row(f"{kind[0]}{at}", {**values, **more}))
    return made


@pytest.mark.slow
@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture]
)
@given(
    activities=st.lists(_records("activity"), min_size=2, max_size=4),
    posts=st.lists(_records("post"), max_size=4),
    lines=st.lists(_records("funding_line"), max_size=4),
)
def test_any_records_are_read_back_as_they_were(
    tmp_path: Path,
    activities: list[dict[str, Value]],
    posts: list[dict[str, Value]],
    lines: list[dict[str, Value]],
) -> None:
    kinds = {"activity": activities, "post": posts, "funding_line": lines}
    sent = book(rows={kind: _rows(kind, records) for kind, records in kinds.items()})
    write_workbook(sent, tmp_path / "sent.xlsx")
    assert read_back(tmp_path / "sent.xlsx", sent) == as_sent(sent)
