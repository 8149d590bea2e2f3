"""What the public reads of monitoring: no small number of people, and nothing beside it that tells one."""

from dataclasses import replace
from decimal import Decimal

import pytest
from ctdesk.domain.monitoring_lines import CountLine
from ctdesk.domain.performance import Direction, rate
from ctdesk.domain.published_monitoring import counts_people, people_behind, published_measure, published_period
from ctdesk.domain.records.monitoring import Polarity, Rating
from hypothesis import given
from hypothesis import strategies as st
from tests.reports.contract_sample import measure, period

SMALLEST = 5


@pytest.mark.parametrize(
    ("unit", "is_people"),
    [
        ("children", True), ("Families", True), ("young people", True), ("children a week", True), ("cases", True),
        ("something new", True), ("", True), ("weeks", False), ("working days", False), ("%", False),
        ("% of children", False), ("per cent", False), ("£", False), ("visits", False), ("FTE", False),
    ],
)  # fmt: skip
def test_what_is_not_plainly_something_else_is_taken_for_people(unit: str, is_people: bool) -> None:
    assert counts_people(unit) is is_people


def test_a_rate_tells_of_the_people_above_and_below_its_line_and_between() -> None:
    parts = {"numerator": Decimal(38), "denominator": Decimal(40), "unit": "%"}
    assert people_behind(parts) == (38, 40, 2)
    assert people_behind({"actual": Decimal(3), "unit": "children"}) == (3,)
    assert people_behind({"actual": Decimal(3), "unit": "weeks"}) == ()


def counted(*figures: int, target: int = 20, polarity: Polarity = Polarity.HIGH):
    past = [Decimal(figure) for figure in figures]
    line = replace(
        measure(1, None), unit="children", polarity=polarity.value, target=Decimal(target), past=past,
        actual=past[-1], people=[(figure,) for figure in past], commentary="Only three came.",
    )  # fmt: skip
    said = rate({"actual": past[-1], "target": line.target, "polarity": polarity.value, "unit": "children",
                 "amber_percent": line.amber_percent})  # fmt: skip
    return replace(line, computed=said, judged=said)


def test_a_small_number_goes_with_its_reason_and_comment() -> None:
    told = published_measure(counted(9, 12, 3), SMALLEST)
    assert (told.actual, told.past[-1], told.commentary, told.kept_back) == (None, None, "Not published", True)
    assert told.judged.rating is Rating.RED
    assert "3" not in told.judged.reason
    assert told.target == 20, "a target of 20 tells nothing of a number below 5"


def test_an_earlier_small_number_is_not_drawn_and_no_direction_leads_to_it() -> None:
    told = published_measure(counted(9, 2, 12), SMALLEST)
    assert (told.past, told.actual) == ((9, None, 12), 12)
    assert (told.direction, told.movement) == (Direction.UNKNOWN, "Not published")


@given(st.integers(1, 4), st.integers(0, 12), st.sampled_from(Polarity))
def test_no_target_beside_a_rating_narrows_a_small_number_down(figure: int, target: int, polarity: Polarity) -> None:
    line = counted(figure, target=target, polarity=polarity)
    told = published_measure(line, SMALLEST)
    fitting = [
        count
        for count in range(1, SMALLEST)
        if told.target is None or counted(count, target=target, polarity=polarity).judged.rating == told.judged.rating
    ]
    assert fitting == [1, 2, 3, 4]


def test_large_numbers_and_nobody_at_all_stay_as_they_are() -> None:
    for figure in (0, 5, 300):
        assert published_measure(counted(figure), SMALLEST) == counted(figure)


def test_the_agreements_own_sentence_and_its_breakdowns_tell_nothing_either() -> None:
    line = counted(12, 3)
    users = CountLine("Aged 0 to 4", None, Decimal(2), None, "")
    whole = replace(period(line), why=f"{line.name}: {line.judged.reason}", counts=(users,))
    told = published_period(whole, SMALLEST)
    assert "3 children" not in told.why
    assert told.counts == ()
    assert "below 5" in told.kept_back
