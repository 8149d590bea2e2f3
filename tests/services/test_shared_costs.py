"""A cost is shared by what the records know of the partners, or by what is typed over it, and always adds up."""

from datetime import date

import pytest
from ctdesk.domain import clock
from ctdesk.domain.changes import Action
from ctdesk.domain.errors import DeskError
from ctdesk.services.map_marks import mark_money
from ctdesk.services.map_papers import PAPERS
from ctdesk.services.map_questions import Asked, find_cliffs, find_market, find_resource
from ctdesk.services.scenario import scenario_tables
from ctdesk.services.service_map import MapView, service_map
from ctdesk.services.shared_costs import By, CostToShare, by_named, partners_of, share_known, shares_table
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.services.small_borough import HOSPITAL, NURSING, activity

named = st.lists(st.tuples(st.sampled_from("ABCDEFGH"), st.decimals(0, 10**6, places=3)), min_size=1, max_size=8)


def parts(found):
    return {it.name: (it.percent, it.amount) for it in found.shares}


def test_by_budget_each_bears_as_much_as_the_map_says_it_commissions(desk):
    found = share_known(desk, CostToShare("£27,500.01"))
    assert parts(found) == {"Alder Council": (64, 17_500_01), "Birch Hospital Trust": (36, 10_000_00)}
    assert {it.name: it.weight for it in found.shares} == {"Alder Council": 175_000, "Birch Hospital Trust": 100_000}


def test_by_headcount_each_bears_by_its_posts_as_far_as_they_commission(desk):
    found = share_known(desk, CostToShare("300", By.HEADCOUNT))
    assert parts(found) == {"Alder Council": (67, 200_00), "Birch Hospital Trust": (33, 100_00)}
    table = shares_table(found)
    assert table.rows[0][-1] == "£300 × 0.5 ÷ 0.75"
    assert shares_table(share_known(desk, CostToShare("100", By.HEADCOUNT))).rows[0][-1].endswith(", rounded up")


def test_a_weight_behind_a_name_stands_in_place_of_the_records(desk):
    wanted = CostToShare("£118,400", By.BUDGET, partners_of("birch hospital trust = 9,200k; Council=5,600k;"))
    assert parts(share_known(desk, wanted)) == {"birch hospital trust": (62, 73_600_00), "Council": (38, 44_800_00)}
    one = CostToShare("10", By.BUDGET, ("Alder Council",))
    assert parts(share_known(desk, one)) == {"Alder Council": (100, 10_00)}


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(st.integers(0, 10**9), named)
def test_whatever_is_shared_the_table_adds_up(desk, pence, weights):
    partners = tuple(f"{name}={weight}" for name, weight in dict(weights).items())
    if not any(dict(weights).values()):
        return
    table = shares_table(share_known(desk, CostToShare(str(pence / 100), By.STATED, partners)))
    table.check()
    assert table.totals[2:4] == (100, pence)


@pytest.mark.parametrize(
    ("wanted", "words"),
    [
        (CostToShare("10", By.STATED), "name each partner"),
        (CostToShare("10", By.STATED, ("Alder Council",)), "no weight by stated shares"),
        (CostToShare("10", By.BUDGET, ("Nobody",)), "no weight by size of budget"),
        (CostToShare("10", By.BUDGET, ("Alder Council", "Alder Council=5")), "named twice"),
        (CostToShare("lots"), "cost to be shared"),
    ],
)
def test_what_cannot_be_shared_is_said(desk, wanted, words):
    with pytest.raises(DeskError, match=words):
        share_known(desk, wanted)


def test_a_way_is_meant_by_its_name_or_its_words():
    assert [by_named(text) for text in ("", "Headcount", "stated SHARES", "budget")] == [
        By.BUDGET, By.HEADCOUNT, By.STATED, By.BUDGET,
    ]  # fmt: skip
    with pytest.raises(DeskError, match="choose one of budget, headcount, stated"):
        by_named("moon")


def test_the_paper_on_resource_has_the_shares_when_a_cost_is_named(desk):
    plain = PAPERS["resource"](desk, Asked(), clock.today())
    shared = PAPERS["resource"](desk, Asked(share=CostToShare("£100")), clock.today())
    assert len(shared.tables) == len(plain.tables) + 1
    assert shared.tables[-1].sheet == "Shares"
    assert "Alder Council 64%, £63.64" in shared.lead[1]


def test_money_that_partners_report_twice_is_once_in_budgets_and_scenarios_as_in_the_map(desk):
    again = activity("u-again", "BH-009", "School nursing", agency=HOSPITAL, provider="u-oak", value=120_000_00)
    desk.apply(Action.EDIT, "Reported again", [again])
    mark_money(desk, NURSING, "u-again", same=True)
    total = service_map(desk, MapView("agency")).matrix.total
    assert total == 275_000_00
    assert find_resource(desk).total.commissioned == find_market(desk).amount == total
    ending = find_cliffs(desk, date(2026, 6, 1))
    assert ending.amount == total - 15_000_00 - 20_000_00, "the club has no end, and the home visits ended before"
    hospital = next(it for it in ending.dependence if it.provider == "Birch Hospital Trust")
    assert hospital.amount == 120_000_00, "it depends on all that it is paid"
    assert {table.totals[1] for table in scenario_tables(desk, [])[:-1]} == {total}
