"""Rows as sent come out of the workspace as they went in."""

from datetime import date
from decimal import Decimal

from ctdesk.domain.incoming import SentRow
from ctdesk.domain.snapshot import pack, unpack
from hypothesis import given
from hypothesis import strategies as st

ACTIVITY = st.fixed_dictionaries(
    {},
    optional={
        "title": st.text(min_size=1),
        "annual_value": st.integers(),
        "open_ended": st.booleans(),
        "start": st.dates(),
        "client_groups": st.lists(st.text(min_size=1), min_size=1).map(tuple),
    },
)
POST = st.fixed_dictionaries({}, optional={"fte": st.decimals(0, 100, places=2), "end": st.dates()})


@given(st.lists(ACTIVITY), st.lists(POST))
def test_packing_loses_nothing(activities, posts):
    rows = [SentRow("activity", f"a{at}", f"K{at}", values) for at, values in enumerate(activities)]
    rows += [SentRow("post", f"p{at}", "", values) for at, values in enumerate(posts)]
    assert unpack(pack(rows)) == rows


def test_blanks_are_left_out():
    row = SentRow("activity", "a", "K", {"title": "T", "end": None, "areas": ()})
    assert unpack(pack([row])) == [SentRow("activity", "a", "K", {"title": "T"})]


def test_kinds_of_value_come_back_as_they_were():
    values = {"fte": Decimal("0.60"), "end": date(2026, 4, 1), "vacant": False, "annual_cost": 0}
    assert unpack(pack([SentRow("post", "p", "K", values)]))[0].values == values
