"""Ratings, directions and scores: each with its reason, none better than the figures."""

from decimal import Decimal

import pytest
from ctdesk.domain.performance import (
    Standing,
    direction,
    effective,
    figure_text,
    likely_per_cent,
    movement,
    rate,
    reached,
    score,
    standing,
)
from ctdesk.domain.records.monitoring import Rating
from hypothesis import given
from hypothesis import strategies as st

FIGURES = st.decimals(0, 10_000, places=2)


def result(
    actual: str | None, target: str | None = "100", polarity: str = "high", amber: int | None = 10, **more: object
):
    def number(it: str | None) -> Decimal | None:
        return None if it is None else Decimal(it)

    return {"actual": number(actual), "target": number(target), "polarity": polarity, "amber_percent": amber, **more}


@pytest.mark.parametrize(
    ("actual", "polarity", "rating"),
    [("100", "high", "green"), ("99.99", "high", "amber"), ("90", "high", "amber"), ("89.99", "high", "red"),
     ("100", "low", "green"), ("100.01", "low", "amber"), ("110", "low", "amber"), ("110.01", "low", "red")],
)  # fmt: skip
def test_the_tolerance_decides_between_amber_and_red(actual: str, polarity: str, rating: str) -> None:
    assert rate(result(actual, polarity=polarity)).rating == rating


def test_the_reason_says_by_how_much_and_where_amber_ends() -> None:
    judged = rate(result("17.5", "12", "low", unit="weeks"))
    assert judged.reason == "17.5 weeks against 12 weeks (46% above): missed; amber ends at 13.2 weeks."


def test_a_target_that_was_not_reached_is_missed_from_below() -> None:
    judged = rate(result("45", "100", "high", 10, unit="%"))
    assert judged.reason == "45% against 100% (55% below): missed; amber ends at 90%."


def test_a_target_of_nought_has_no_tolerance() -> None:
    assert rate(result("1", "0", "low")).rating is Rating.RED
    assert rate(result("0", "0", "low")).rating is Rating.GREEN


@given(FIGURES, FIGURES, st.sampled_from(["high", "low"]), st.integers(0, 100))
def test_turning_every_sign_round_changes_no_rating(
    actual: Decimal, target: Decimal, polarity: str, amber: int
) -> None:
    other = "low" if polarity == "high" else "high"
    here = rate(result(str(actual), str(target), polarity, amber)).rating
    assert rate(result(str(-actual), str(-target), other, amber)).rating == here


@given(FIGURES, FIGURES, FIGURES, st.integers(0, 100))
def test_more_is_never_rated_worse_where_high_is_good(a: Decimal, b: Decimal, target: Decimal, amber: int) -> None:
    order = [Rating.RED, Rating.AMBER, Rating.GREEN]
    low, high = sorted((a, b))
    below, above = (rate(result(str(it), str(target), "high", amber)).rating for it in (low, high))
    assert below is not None
    assert above is not None
    assert order.index(below) <= order.index(above)


def test_nothing_reported_is_neither_green_nor_red() -> None:
    assert rate(result(None)).rating is None
    assert rate(result("5", None)).rating is None


def test_a_rate_is_worked_out_from_its_parts() -> None:
    values = result(None, "90", numerator=Decimal(61), denominator=Decimal(68))
    assert reached(values) == Decimal("89.7")
    assert rate(values).rating is Rating.AMBER
    assert reached(result(None, numerator=Decimal(1), denominator=Decimal(0))) is None


@pytest.mark.parametrize(("top", "bottom"), [(None, "4"), ("3", None), ("3", "0"), (None, None)])
def test_half_a_rate_is_none(top: str | None, bottom: str | None) -> None:
    assert reached(result(None, numerator=top and Decimal(top), denominator=bottom and Decimal(bottom))) is None


def test_the_officers_judgement_is_told_beside_the_computed_rating() -> None:
    judged = effective(result("95", judgement="red", judgement_reason="one worker covers three localities"))
    assert judged.rating is Rating.RED
    assert judged.reason == "Computed amber; the officer says red: one worker covers three localities."


@pytest.mark.parametrize(
    ("before", "now", "polarity", "words"),
    [("10", "12", "high", "better"), ("10", "12", "low", "worse"), ("100", "101", "high", "about the same"),
     (None, "1", "high", "not known")],
)  # fmt: skip
def test_direction_depends_on_which_way_is_good(before: str | None, now: str, polarity: str, words: str) -> None:
    assert direction(None if before is None else Decimal(before), Decimal(now), polarity) == words


def test_movement_counts_how_often_it_has_gone_the_same_way() -> None:
    waits = [Decimal(it) for it in ("12.8", "13", "15.2", "16.5", "17.5")]
    assert movement(waits, "low") == "Worse, 3rd time"
    assert movement([Decimal(80), Decimal(84)], "high") == "Better"
    assert movement([Decimal(80)], "high") == "Not known"


def test_the_score_is_the_weighted_share_of_targets_met() -> None:
    assert score([(result("100"), 2), (result("50"), 1), (result(None), 1)]) == 50
    assert score([(result(None), 1)]) is None
    assert score([(result("5", None), 3)]) is None


def test_an_agreement_stands_as_its_worst_measure() -> None:
    assert standing([result("100"), result("95")], returned=True, due=True) is Standing.AMBER
    assert standing([result("100"), result("5")], returned=True, due=True) is Standing.RED
    assert standing([result("100")], returned=False, due=True) is Standing.MISSING
    assert standing([result("100")], returned=False, due=False) is Standing.NOT_DUE
    assert standing([result("100")], returned=True, due=True) is Standing.GREEN


def test_a_return_that_rates_nothing_is_as_good_as_missing_unless_nothing_was_asked() -> None:
    assert standing([result(None)], returned=True, due=True) is Standing.MISSING
    assert standing([], returned=True, due=True) is Standing.GREEN


@pytest.mark.parametrize(
    ("value", "unit", "text"), [("17.50", "weeks", "17.5 weeks"), ("84.00", "%", "84%"), ("1200", "", "1,200")]
)
def test_figures_are_shown_without_idle_noughts(value: str, unit: str, text: str) -> None:
    assert figure_text(Decimal(value), unit) == text


@pytest.mark.parametrize(
    ("actual", "parts", "target", "likely"),
    [
        ("0.84", {}, None, "84"),
        ("1", {}, None, "100"),
        ("0", {}, "90", None),
        ("84", {}, "90", None),
        ("1.2", {}, "110", "120"),
        ("1.2", {}, "1", None),
        ("1.2", {}, None, None),
        ("5", {}, "500", "500"),
        ("5.01", {}, "500", None),
        ("0.5", {"numerator": "1", "denominator": "200"}, "90", None),
        ("0.5", {"numerator": "1", "denominator": "2"}, "90", "50"),
    ],
)
def test_a_part_of_one_is_taken_for_a_percentage_unless_its_own_parts_make_it_one(actual, parts, target, likely):
    values = {name: Decimal(text) for name, text in parts.items()}
    found = likely_per_cent(Decimal(actual), values, target and Decimal(target))
    assert found == (likely and Decimal(likely))
