"""Columns of all records: read in the order of the uids, and kept in step by reading little again."""

import random
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from ctdesk.db import listing
from ctdesk.db.columns import KindColumns
from ctdesk.db.queries import load
from ctdesk.db.workspace import Workspace
from ctdesk.db.writer import apply
from ctdesk.domain.changes import RecordChange, created, deleted, updated
from ctdesk.domain.column import Column, both, either
from ctdesk.domain.definition import DEFINITIONS, Value
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.db.desk_rows import step

TODAY = date(2026, 6, 1)
READ = ("title", "annual_value", "areas", "start", "open_ended")
FIELDS = [DEFINITIONS["activity"][name] for name in READ]


def held(workspace: Workspace) -> list[tuple[str, ...]]:
    """What the columns should hold, the plain way."""
    return [(uid, *(it[name] for name in READ)) for uid, it in sorted(load(workspace, "activity").items())]  # type: ignore[misc]  # any values


def told(columns: KindColumns) -> list[tuple[Value, ...]]:
    """What the columns hold."""
    columns.need(FIELDS)
    return [(uid, *(columns.column(field).value(place) for field in FIELDS)) for place, uid in enumerate(columns.uids)]


def some_change(workspace: Workspace, chance: random.Random) -> RecordChange | None:
    """A new activity, or another title, value or areas of one there is, or its end."""
    records = load(workspace, "activity")
    values = {
        "title": chance.choice(["A", "B", None]),
        "annual_value": chance.randrange(5),
        "areas": tuple(sorted(set(chance.choices("abc", k=2)))),
        "start": date(2026, 1, chance.randrange(1, 28)),
    }
    if not records or chance.random() < 0.4:
        return created("activity", values, f"{chance.randrange(10**9):09}")
    uid, before = chance.choice(list(records.items()))
    return deleted("activity", uid, before) if chance.random() < 0.3 else updated("activity", uid, before, values)


@given(seed=st.integers(0, 10**6))
@settings(max_examples=3, deadline=None)
def test_columns_are_kept_in_step(tmp_path_factory: pytest.TempPathFactory, seed: int) -> None:
    chance = random.Random(seed)  # noqa: S311 - drawn by the test
    with Workspace.create(tmp_path_factory.mktemp("it") / "it.ctdesk", step()) as workspace:
        columns = KindColumns(workspace, "activity", TODAY)
        for _ in range(12):
            apply(workspace, step(some_change(workspace, chance)))
            assert columns.refresh()
            assert not columns.refresh()
            assert told(columns) == held(workspace)
            words = columns.found("a")
            assert [bool(it) for it in words] == [row[1] == "A" for row in told(columns)]


@pytest.fixture
def many(workspace: Workspace) -> Iterator[Workspace]:
    """A workspace whose records came in another order than that of their uids."""
    changes = [created("activity", {"title": f"T{number}", "areas": ("b",)}, uid) for number, uid in
               enumerate(["m", "z", "a", "k"])]  # fmt: skip
    apply(workspace, step(*changes))
    return workspace


def test_records_stand_in_the_order_of_their_uids(many: Workspace) -> None:
    columns = KindColumns(many, "activity", TODAY)
    columns.refresh()
    assert told(columns) == held(many)
    assert [columns.place_of(uid) for uid in ("a", "z", "b")] == [0, 3, None]


def test_a_page_is_read_without_keeping_it(many: Workspace) -> None:
    columns = KindColumns(many, "activity", TODAY)
    assert columns.page(FIELDS[:1], ["z", "nobody"]) == {"z": ["T1"]}


def test_only_what_was_touched_is_news(many: Workspace) -> None:
    first = listing.news(many, "activity", 0)
    assert first is not None
    assert first.touched is None
    assert listing.news(many, "activity", first.step) is None
    apply(many, step(updated("activity", "z", {"title": "T1"}, {"title": "T9"}), created("team", {"name": "N"}, "t")))
    news = listing.news(many, "activity", first.step)
    assert news is not None
    assert news.touched == {"z"}


def test_a_request_is_known_by_its_round_and_agency(workspace: Workspace) -> None:
    agency, round_ = created("organisation", {"name": "N"}, "o"), created("round", {"name": "R"}, "r")
    whole = created("request", {"round": "r", "agency": "o"}, "q")
    apply(workspace, step(agency, round_, whole, created("request", {"round": "r"}, "p")))
    assert listing.titles(workspace, "request") == {"q": "R, N", "p": "R"}


@given(values=st.lists(st.none() | st.integers(0, 600), max_size=700), more=st.lists(st.integers(0, 5000), max_size=5))
@settings(deadline=None)
def test_a_column_holds_however_many_distinct_values(values: list[int | None], more: list[int]) -> None:
    column = Column(lambda stored: stored)
    column.extend(values[:300])
    column.extend(values[300:])
    column.pack(None)
    for number in more:
        column.insert(0)
        column.put(0, number)
    values = more[::-1] + values
    assert [column.value(place) for place in range(len(values))] == values
    odd = column.where(lambda value: isinstance(value, int) and value % 2 == 1)
    assert list(odd) == [int(it is not None and it % 2 == 1) for it in values]
    assert column.total(odd) == sum(it for it in values if it is not None and it % 2 == 1)
    assert {column.values[code]: count for code, count in column.counts(odd).items()} == {
        it: values.count(it) for it in values if it is not None and it % 2 == 1
    }
    small = column.where(lambda value: value is not None and int(str(value)) < 9)
    assert list(both(odd, small)) == [a & b for a, b in zip(odd, small, strict=True)]
    assert list(either(odd, small)) == [a | b for a, b in zip(odd, small, strict=True)]


def test_a_workspace_made_elsewhere_has_lists_too(path: Path, workspace: Workspace) -> None:
    workspace.close()
    with Workspace.open(path, read_only=True) as reader:
        assert KindColumns(reader, "list_entry", TODAY).uids == sorted(load(reader, "list_entry"))
