"""Counts and sums that the database works out."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from ctdesk.db.queries import load
from ctdesk.db.totals import rows_by_agency, running, totals
from ctdesk.db.workspace import Workspace
from ctdesk.db.writer import apply
from ctdesk.domain.changes import created
from tests.db.desk_rows import step

DAY = date(2026, 4, 1)


@pytest.fixture
def filled(workspace: Workspace) -> Workspace:
    """Two agencies with activities, money and posts."""
    activities = [
        {"agency": "o", "annual_value": 100, "estimated": True, "start": DAY, "end": DAY},
        {"agency": "o", "annual_value": 30, "start": DAY + timedelta(1)},
        {"agency": "p", "annual_value": None, "end": DAY - timedelta(1)},
        {"agency": "p", "annual_value": 4, "end": DAY - timedelta(1), "open_ended": True},
        {"annual_value": 1, "estimated": False},
    ]
    changes = [created("organisation", {"name": "O"}, "o"), created("organisation", {"name": "P"}, "p")]
    changes += [created("activity", values, f"a{number}") for number, values in enumerate(activities)]
    changes += [created("funding_line", {"activity": uid}) for uid in ("a0", "a0", "a4")]
    changes += [created("post", {"agency": "p", "fte": Decimal(fte)}) for fte in ("0.5", "1.25")]
    apply(workspace, step(*changes))
    return workspace


def test_records_are_counted_and_added_up_by_what_they_share(filled: Workspace) -> None:
    parts = totals(filled, "activity", ["annual_value"], by=["agency", "estimated"])
    assert {part.sort: (part.count, part.sums) for part in parts} == {
        ("o", True): (1, (100,)),
        ("o", None): (1, (30,)),
        ("p", None): (2, (4,)),
        (None, False): (1, (1,)),
    }


def test_decimals_are_added_up_exactly(filled: Workspace) -> None:
    (posts,) = totals(filled, "post", ["fte", "annual_cost"])
    assert (posts.sort, posts.count, posts.sums) == ((), 2, (Decimal("1.75"), 0))


def test_nothing_comes_to_nought(workspace: Workspace) -> None:
    (posts,) = totals(workspace, "post", ["fte", "annual_cost"])
    assert (posts.count, posts.sums) == (0, (0, 0))
    assert totals(workspace, "post", by=["agency"]) == []
    assert running(workspace, DAY) == (0, 0)


def test_an_activity_runs_through_its_last_day_and_on_where_open_ended(filled: Workspace) -> None:
    assert running(filled, DAY) == (3, 105)
    assert running(filled, DAY + timedelta(1)) == (3, 35)


def test_an_agencys_rows_are_its_activities_their_money_and_its_posts(filled: Workspace) -> None:
    assert rows_by_agency(filled) == {"o": 4, "p": 4}


def test_records_are_narrowed_to_those_with_a_day_from_then_on(filled: Workspace) -> None:
    assert list(load(filled, "activity", since={"end": DAY})) == ["a0"]
    assert list(load(filled, "activity", where={"agency": "p"}, since={"end": DAY - timedelta(1)})) == ["a2", "a3"]
