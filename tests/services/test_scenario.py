"""A scenario on a copy: money only moves, what is is not altered, and what is wanted becomes intentions."""

import pytest
from ctdesk.analysis.scenario import after_steps, compare
from ctdesk.domain.errors import DeskError
from ctdesk.domain.scenario import Goal, Step
from ctdesk.services.past import undo
from ctdesk.services.scenario import scenario_tables
from ctdesk.services.scenario_intentions import turn_into_intentions
from ctdesk.services.scenario_steps import read_steps
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.analysis.service_samples import services
from tests.services.small_borough import CLUB, NURSING, SESSIONS

TYPED = [
    "end AC-003",
    "reduce AC-002 by 10k",
    "move £20,000 of AC-001 to Crisis",
    "move Home visits to Intervention",
    "add 5,000 to Crisis as Night shelter",
    "",
]


def test_steps_are_read_as_people_write_them(desk):
    steps = read_steps(desk, TYPED)
    assert [step.kind for step in steps] == ["end", "reduce", "move", "move", "add"]
    assert (steps[0].uid, steps[1].amount, steps[2].to) == (CLUB, 10_000_00, Goal("Crisis"))
    assert (steps[3].amount, steps[4].title) == (None, "Night shelter")


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("close everything", "no step"),
        ("end XX-9", "no activity"),
        ("reduce AC-001 by lots", "lots"),
        ("reduce AC-001 by -5", "is not more than nothing"),
        ("add £0 to Crisis", "is not more than nothing"),
        ("move AC-001 to Sport", "no purpose"),
        ("move AC-001 to Crisis, Prevention", "one of each"),
    ],
)
def test_what_cannot_be_read_is_said(desk, typed, words):
    with pytest.raises(DeskError, match=words):
        read_steps(desk, [typed])


def test_before_and_after_stand_side_by_side_and_nothing_is_altered(desk):
    held = desk.load("activity")
    purpose, tier, outcome, agency, steps = scenario_tables(desk, read_steps(desk, TYPED))
    rows = {row[0]: row[1:] for row in purpose.rows}
    assert rows["Prevention"] == (275_000_00, 210_000_00, -65_000_00)
    assert rows["Crisis"] == (0, 25_000_00, 25_000_00)
    assert (
        purpose.totals
        == tier.totals
        == outcome.totals
        == agency.totals
        == ("Total", 275_000_00, 255_000_00, -20_000_00)
    )
    assert steps.rows[0] == ("1", "End AC-003 Holiday club")
    assert desk.load("activity") == held


def test_a_scenario_becomes_intentions_with_reasons_and_one_undo(desk):
    step = turn_into_intentions(desk, read_steps(desk, TYPED[:4]))
    now = desk.load("activity")
    assert now[CLUB]["intention"] == "decommission"
    assert (now[SESSIONS]["intention"], now[SESSIONS]["intention_reason"]) == (
        "vary", "Reduce AC-002 Parent sessions by £10,000",
    )  # fmt: skip
    undo(desk, step.uid)
    assert desk.load("activity")[NURSING]["intention"] == "continue"


steps = st.lists(
    st.builds(
        Step,
        st.sampled_from(["end", "reduce", "move", "add"]),
        st.sampled_from([f"s{at}" for at in range(6)]),
        st.integers(0, 10**9),
        st.sampled_from([Goal("Prevention"), Goal("Crisis", "Specialist"), Goal(outcome="Stay safe")]),
    ),
    max_size=6,
)


@settings(deadline=None)
@given(services(), steps)
def test_moving_keeps_the_total_and_nothing_falls_below_nought(lines, chosen):
    after = after_steps(lines, chosen)
    assert all(line.money >= 0 for line in after)
    moved = after_steps(lines, [step for step in chosen if step.kind == "move"])
    assert sum(line.money for line in moved) == sum(line.money for line in lines)
    found = compare(lines, after, lambda line: line.purpose)
    assert sum(it.before for it in found) == sum(line.money for line in lines)
    assert sum(it.change for it in found) == sum(line.money for line in after) - sum(line.money for line in lines)
