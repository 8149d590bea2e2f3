"""Overlaps and money passed on: every pair that meets, none that does not, each with its evidence."""

from dataclasses import replace
from datetime import date
from itertools import combinations

import pytest
from ctdesk.analysis.overlaps import overlaps, shared_areas
from ctdesk.analysis.passed_on import passed_on
from hypothesis import given, settings
from tests.analysis.service_samples import service, services

ONE = service("a", value=318_000_00)
OTHER = service("b", agency_uid="hospital", provider_uid="oak", value=642_000_00)


def test_two_agencies_that_buy_the_same_are_found_with_the_smaller_sum():
    (found,) = overlaps([ONE, OTHER])
    assert (found.kind, found.amount) == ("two agencies", 318_000_00)
    assert (found.first, found.second) == (OTHER, ONE)
    assert found.evidence == (
        "same outcome, Be healthy", "Young carers", "ages 5 to 11", "North", "two providers", "both targeted",
    )  # fmt: skip


@pytest.mark.parametrize(
    "more",
    [
        {"outcome": "Stay safe"},
        {"client_groups": ("Care leavers",)},
        {"age_from": 12, "age_to": 19},
        {"age_from": None, "age_to": None},
        {"areas": ("South",)},
        {"areas": ()},
        {"agency_uid": "council"},
        {"start": date(2027, 4, 1), "end": None},
    ],
)
def test_what_differs_in_one_thing_is_no_overlap(more):
    assert overlaps([ONE, replace(OTHER, **more)]) == []


def test_the_whole_area_meets_each_of_its_areas():
    (found,) = overlaps([ONE, replace(OTHER, areas=(), everywhere=True)])
    assert found.areas == ("North",)
    assert shared_areas(replace(ONE, areas=("North", "South")), OTHER) == ("North",)


def test_one_provider_at_two_prices_is_found_even_within_an_agency():
    dear = replace(ONE, capacity=1_860, capacity_unit="Contacts")
    cheap = replace(OTHER, agency_uid="council", provider_uid="bridge", capacity=4_397, capacity_unit="Contacts")
    (found,) = overlaps([dear, cheap])
    assert (found.kind, found.apart) == ("two prices", 17)
    assert found.evidence[-1] == "£146.01 and £170.97 a unit (contacts), 17% apart"
    assert overlaps([dear, replace(cheap, capacity_unit="Hours")]) == []


def test_own_staff_of_two_agencies_are_not_one_provider():
    own = [
        replace(it, provider_uid="x", provider="In house", capacity=10, capacity_unit="Places") for it in (ONE, OTHER)
    ]
    (found,) = overlaps(own)
    assert (found.kind, found.evidence[4]) == ("two agencies", "two providers")


def test_an_intended_overlap_carries_its_reason_and_the_same_money_is_none():
    pair = frozenset(("a", "b"))
    assert overlaps([ONE, OTHER], {pair: "By design"})[0].reason == "By design"
    assert overlaps([ONE, OTHER], same_money={pair}) == []


@settings(deadline=None)
@given(services())
def test_every_pair_that_meets_is_found_once_and_no_other(lines):
    def meets(one, other):
        ages = (one.age_from, one.age_to, other.age_from, other.age_to)
        return (
            one.outcome == other.outcome != ""
            and set(one.client_groups) & set(other.client_groups)
            and None not in ages
            and one.age_from <= other.age_to
            and other.age_from <= one.age_to
            and (shared_areas(one, other))
            and not (one.end and other.start and one.end < other.start)
            and not (other.end and one.start and other.end < one.start)
        )

    found = overlaps(lines)
    pairs = {frozenset((it.first.uid, it.second.uid)) for it in found}
    across = {
        frozenset((one.uid, other.uid))
        for one, other in combinations(lines, 2)
        if one.agency_uid != other.agency_uid and meets(one, other)
    }
    assert len(pairs) == len(found)
    assert across <= pairs
    assert all(it.kind == "two prices" for it in found if frozenset((it.first.uid, it.second.uid)) not in across)
    assert [it.amount for it in found] == sorted((it.amount for it in found), reverse=True)


PAID = service("a", title="School counselling", provider_uid="hospital", value=50_000_00)
AGAIN = service("b", title="Counselling in school", agency_uid="hospital", provider_uid="oak", value=50_000_00)


def test_the_same_sum_under_titles_alike_is_money_passed_on():
    (found,) = passed_on([PAID, AGAIN])
    assert (found.payer, found.partner, found.amount) == (PAID, AGAIN, 50_000_00)
    assert found.evidence == (
        "council commissions hospital", "the same amount", "titles alike", "same outcome",
    )  # fmt: skip


def test_what_the_partner_adds_is_its_own():
    (found,) = passed_on([PAID, replace(AGAIN, value=80_000_00)])
    assert found.amount == 50_000_00


@pytest.mark.parametrize(
    "more", [{"agency_uid": "police"}, {"title": "Oak", "value": 70_000_00}, {"value": None}, {"end": date(2023, 1, 1)}]
)
def test_chance_likeness_is_no_evidence(more):
    assert passed_on([PAID, replace(AGAIN, **more)]) == []


def test_a_funder_named_is_evidence_enough_and_a_settled_pair_does_not_come_back():
    told = replace(AGAIN, title="Oak", value=70_000_00, funders=("Council",))
    assert passed_on([PAID, told])[0].evidence[1] == "hospital names council as its funder"
    assert passed_on([PAID, told], {frozenset(("a", "b"))}) == []


@settings(deadline=None)
@given(services())
def test_an_activity_stands_in_one_pair_at_most(lines):
    uids = [uid for it in passed_on(lines) for uid in (it.payer.uid, it.partner.uid)]
    assert len(uids) == len(set(uids))
