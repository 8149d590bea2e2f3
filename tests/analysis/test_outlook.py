"""Gaps, cliff edges, market, resource and two rounds: each part adds up to its whole, and none is missed."""

from dataclasses import replace
from datetime import date
from fractions import Fraction

import pytest
from ctdesk.analysis.between_rounds import reconcile
from ctdesk.analysis.cliffs import cliffs, successor
from ctdesk.analysis.gaps import gaps
from ctdesk.analysis.market import concentration, market
from ctdesk.analysis.resource import resource
from ctdesk.domain.map_findings import PerHead, PlanNeed
from ctdesk.domain.map_outlook import Stood
from ctdesk.services.map_question_tables import resource_tables
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.analysis.service_samples import post, service, services

NEED = PlanNeed(
    "n",
    "Somewhere to go",
    "Be healthy",
    "Targeted",
    8,
    13,
    ("North",),
    priority=True,
    lead="council",
    source="A survey",
)
many = settings(deadline=None)


@pytest.mark.parametrize(
    "more",
    [
        {"outcome": "Stay safe"},
        {"tier": "Universal"},
        {"age_from": 0, "age_to": 4},
        {"age_from": None, "age_to": None},
        {"areas": ("South",)},
    ],
)
def test_a_need_that_no_service_meets_is_a_gap(more):
    assert gaps([service()], [NEED], []) == [] or gaps([service()], [NEED], [])[0].kind == "one provider"
    found = gaps([service(**more)], [NEED], [])
    assert (found[0].kind, found[0].need, found[0].ages, found[0].lead) == (
        "no service",
        NEED.title,
        "8 to 13",
        "council",
    )


def test_needs_leave_open_what_they_do_not_say():
    bare = replace(NEED, tier="", age_from=None, age_to=None, areas=())
    assert all(gap.kind != "no service" for gap in gaps([service(areas=())], [bare], []))
    assert all(gap.kind != "no service" for gap in gaps([service(areas=(), everywhere=True)], [NEED], []))


def test_priorities_of_the_plan_come_first():
    needs = [
        replace(NEED, uid="a", title="Later", priority=False),
        replace(NEED, uid="b", title="First", priority=True),
    ]
    assert [(gap.need, gap.priority) for gap in gaps([], needs, [])] == [("First", True), ("Later", False)]


def test_what_is_under_half_the_mean_per_head_is_thin_and_the_thinnest_comes_first():
    table = PerHead("Targeted", "tier", [("North", 107_00), ("South", 58_00), ("East", 20_00), ("West", None)], 214_00)
    assert [(it.kind, it.area, it.amount) for it in gaps([], [], [table])] == [
        ("thin", "East", 20_00),
        ("thin", "South", 58_00),
    ]


def test_services_with_no_outcome_and_outcomes_with_one_provider_are_told():
    lines = [service("a"), service("b"), service("c", outcome=""), service("d", outcome="Stay safe")]
    found = gaps([*lines, service("e", outcome="Stay safe", provider_uid="oak")], [], [])
    assert [(it.kind, it.outcome, it.uids) for it in found] == [
        ("no outcome", "", ("c",)),
        ("one provider", "Be healthy", ("a", "b")),
    ]


AS_AT = date(2026, 3, 31)


@many
@given(services())
def test_money_that_ends_adds_up_every_way(lines):
    found = cliffs(lines, AS_AT)
    ends = [it for it in lines if it.end and AS_AT < it.end <= date(2027, 3, 31)]
    assert {it.uid for it in found.lines} | {it.uid for it, _ in found.followed} == {it.uid for it in ends}
    assert found.amount == sum(it.money for it in found.lines) == sum(month.amount for month in found.months)
    for parts in (found.by_outcome, found.by_area, found.by_provider, found.by_agency):
        assert sum(part.amount for part in parts) == found.amount
    assert all(0 < it.ending <= it.amount for it in found.dependence)


def test_a_successor_has_the_same_agency_outcome_and_provider_or_title_and_starts_about_then():
    ending = service("a", end=date(2026, 9, 30))
    after = service("b", start=date(2026, 10, 1), end=date(2028, 9, 30))
    assert successor(ending, [ending, after]) == after
    assert successor(ending, [replace(after, provider_uid="oak", provider="oak", title=ending.title)])
    for more in (
        {"agency_uid": "hospital"},
        {"outcome": "Stay safe"},
        {"provider_uid": "oak", "provider": "oak"},
        {"start": date(2027, 2, 1)},
        {"start": date(2026, 6, 1)},
        {"end": date(2026, 9, 30)},
    ):
        assert successor(ending, [replace(after, **more)]) is None


def test_a_provider_depends_by_the_part_that_ends_and_a_grant_by_its_funder():
    lines = [service("a", end=date(2026, 9, 30)), service("b", value=300_000_00, agency_uid="hospital", end=None)]
    (found,) = cliffs(lines, AS_AT).dependence
    assert (found.amount, found.ending, found.percent_ending) == (400_000_00, 100_000_00, 25)
    assert (found.largest_agency, found.largest) == ("hospital", 300_000_00)
    short = service("g", funded_until="2025/26", end=date(2027, 3, 31))
    assert cliffs([short, replace(short, uid="h", funded_until="2026/27")], AS_AT).grants == (short,)


@many
@given(services())
def test_the_market_adds_up_and_its_index_is_within_bounds(lines):
    now = {it.provider_uid for it in lines}
    found = market(lines, {"oak": "oak", "lost": "Lost"}, now, "Baseline 2025/26")
    bought = [it for it in lines if it.deliverer != it.agency_uid]
    assert found.amount == sum(it.money for it in bought)
    for parts in (found.by_sector, found.by_size):
        assert (sum(part.amount for part in parts), sum(part.activities for part in parts)) == (
            found.amount,
            len(bought),
        )
    assert 0 <= found.index <= 10_000
    assert "Lost" in found.gone
    assert all(it.new == (it.name not in {"oak", "Not given"}) for it in found.providers)


def test_names_of_nobody_are_no_provider_and_one_whose_services_all_ended_is_gone():
    several = service("a", provider_uid="Several providers", value=700_00)
    found = market([several, service("b", provider_uid="oak", value=300_00)], {"oak": "oak"}, (), "last")
    assert [(it.name, it.one_body) for it in found.providers] == [("Several providers", False), ("oak", True)]
    assert (found.amount, found.index, found.top) == (1_000_00, 900, ((1, 30),))
    assert ([it.gone for it in found.providers], found.gone) == ([False, True], ("oak",))


def test_concentration_is_ten_thousand_for_one_and_shared_by_equals():
    shares = [5], [1, 1], [1] * 10, [], [0]
    assert [concentration(amounts, sum(amounts)) for amounts in shares] == [10_000, 5_000, 1_000, 0, 0]
    assert concentration([1], 2) == 2_500, "the rest counts as many small ones"


STAGES, SKILLS = ("Assess needs", "Buy"), ("Procurement", "Evaluation")


@many
@given(
    st.lists(
        st.builds(
            post,
            fte=st.fractions(0, 3, max_denominator=100),
            percent=st.none() | st.integers(0, 100),
            cost=st.none() | st.integers(0, 10**8),
            agency=st.sampled_from(["council", "hospital"]),
            stages=st.lists(st.sampled_from(STAGES), unique=True).map(tuple),
            skills=st.lists(st.sampled_from(SKILLS), unique=True).map(tuple),
        ),
        max_size=8,
    )
)
def test_parts_of_posts_add_up_to_the_posts(posts):
    found = resource(posts, {"council": 5 * 10**8}, STAGES, SKILLS)
    for lines in (found.by_agency, found.by_stage, found.by_skill):
        assert sum((line.fte for line in lines), Fraction(0)) == found.total.fte
        assert sum(line.cost for line in lines) == found.total.cost
    for table in resource_tables(found):
        table.check()  # hundredths of a post are rounded so that they add up
    held = {skill for it in posts for skill in it.skills}
    assert set(found.without_skill) == set(SKILLS) - held


def test_time_and_cost_are_told_for_every_million_commissioned():
    found = resource([post(fte=Fraction(3), cost=120_000_00)], {"council": 6_000_000_00, "police": 0}, STAGES, SKILLS)
    council, police = found.by_agency
    assert (council.per_million(council.fte), council.per_million(council.cost)) == (Fraction(1, 2), 20_000_00)
    assert police.per_million(police.cost) is None


def stood(lines):
    return {it.uid: Stood(it.uid, it.reference, it.title, it.agency, it.money, it.end) for it in lines}


@many
@given(services(), services())
def test_two_rounds_are_reconciled_to_the_penny(earlier, later):
    day = date(2025, 3, 31)
    before, now = stood(earlier), stood(later)
    found = reconcile(before, now, "last", (day, AS_AT))
    steps = [it for part in found.steps for it in part]
    ran = {uid for uid, it in before.items() if not it.end or it.end > day}
    runs = {uid for uid, it in now.items() if not it.end or it.end > AS_AT}
    assert found.last == sum(before[uid].money for uid in ran)
    assert found.now == sum(now[uid].money for uid in runs)
    assert found.last + sum(it.change for it in steps) == found.now
    assert sorted(it.uid for it in steps) == sorted(ran | runs), "every service stands in one step"
    assert {it.uid for it in found.new} == runs - ran
    assert {it.uid for it in (*found.ended, *found.gone)} == ran - runs
    assert {it.uid for it in found.gone} == ran - now.keys()
    assert found.now + found.left_out_money == sum(it.money for it in later), "with what has ended it is what is held"
    assert (found.left_out, len(runs)) == (len(now) - len(runs), sum(it.now is not None for it in steps))
