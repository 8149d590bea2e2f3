"""Every figure of a baseline is what a plain recount of its lines gives, and nothing is lost."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest
from ctdesk.analysis.baseline import baseline_figures
from ctdesk.domain.baseline import PostLine
from ctdesk.domain.baseline_figures import Coverage
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.reports.sample import AGENCIES, OUTCOMES, TIERS, agency_line, baseline

reports = st.builds(baseline, st.integers(0, 60), st.integers(0, 20), seed=st.integers(0, 10**6))
LISTS = {
    "by_agency": "agency",
    "by_outcome": "main_outcome",
    "by_tier": "tier",
    "by_agreement_type": "agreement_type",
    "by_sector": "provider_sector",
    "by_purpose": "purpose",
}


@settings(max_examples=40, deadline=None)
@given(reports)
def test_every_tally_is_a_plain_recount(report):
    figures = baseline_figures(report)
    for table, field in LISTS.items():
        rows = getattr(figures, table)
        for row in rows:
            own = [line for line in report.activities if getattr(line, field) == row.name]
            assert row.activities == len(own)
            assert row.value == sum(line.value or 0 for line in own)
            assert row.estimated == sum(line.value or 0 for line in own if line.estimated)
            assert row.unvalued == sum(line.value is None for line in own)
        assert sum(row.activities for row in rows) == len(report.activities), "an activity is in no row"
        assert sum(row.value for row in rows) == figures.total.value


@settings(max_examples=40, deadline=None)
@given(reports)
def test_the_matrix_adds_up_both_ways(report):
    figures = baseline_figures(report)
    cross = figures.outcome_by_tier
    assert [sum(values) for values in cross.values] == [row.value for row in figures.by_outcome]
    columns = list(zip(*cross.values, strict=True))
    assert [sum(values) for values in columns] == [row.value for row in figures.by_tier]


@settings(max_examples=40, deadline=None)
@given(reports)
def test_shares_of_posts_add_up_to_the_posts(report):
    figures = baseline_figures(report)
    for rows in (figures.staff_by_agency, figures.staff_by_stage):
        assert sum((row.fte for row in rows), Fraction(0)) == sum(Fraction(post.fte) for post in report.posts)
        assert sum((row.commissioning_fte for row in rows), Fraction(0)) == figures.staff.commissioning_fte
        assert sum(row.cost for row in rows) == sum(post.cost or 0 for post in report.posts)
        assert sum(row.commissioning_cost for row in rows) == figures.staff.commissioning_cost


@settings(max_examples=40, deadline=None)
@given(reports)
def test_every_activity_ends_under_one_head_and_in_one_month(report):
    ending = baseline_figures(report).ending
    heads = (ending.total, ending.already, ending.later, ending.open_ended, ending.not_given)
    assert sum(head.activities for head in heads) == len(report.activities)
    assert sum(month.activities for month in ending.months) == ending.total.activities
    assert sum(month.value for month in ending.months) == ending.total.value
    assert all(report.heading.as_at < line.end <= ending.horizon for line in ending.lines)


def test_an_activity_with_no_outcome_stands_last_under_not_given():
    report = baseline(40)
    report = replace(report, activities=(*report.activities[:-1], replace(report.activities[-1], main_outcome="")))
    assert baseline_figures(report).by_outcome[-1].name == ""


def test_lists_keep_their_order_and_show_what_nobody_commissions():
    figures = baseline_figures(baseline(0))
    assert [row.name for row in figures.by_tier] == list(TIERS)
    assert {row.name for row in figures.by_outcome} == set(OUTCOMES)


def test_the_largest_come_first_and_are_twenty():
    report = baseline(50)
    values = [line.value for line in baseline_figures(report).largest]
    assert values == sorted((line.value or 0 for line in report.activities), reverse=True)[:20]


def test_a_year_after_leap_day_ends_in_february():
    report = baseline(10)
    heading = replace(report.heading, as_at=date(2028, 2, 29))
    ending = baseline_figures(replace(report, heading=heading)).ending
    assert ending.horizon == date(2029, 2, 28)
    assert [month.first for month in ending.months][:: len(ending.months) - 1] == [date(2028, 3, 1), date(2029, 2, 1)]


def test_the_day_itself_has_ended_and_the_anniversary_ends_within_the_year():
    report = baseline(3)
    days = (date(2026, 3, 31), date(2026, 4, 1), date(2027, 3, 31))
    lines = tuple(replace(line, end=day) for line, day in zip(report.activities, days, strict=True))
    ending = baseline_figures(replace(report, activities=lines)).ending
    assert (ending.already.activities, ending.total.activities, ending.later.activities) == (1, 2, 0)


def test_answers_are_counted_by_state():
    answers = baseline_figures(baseline(20)).answers
    assert (answers.asked, answers.answered, answers.on_time, answers.late) == (12, 10, 8, 2)


def test_a_post_without_share_of_time_counts_whole_and_is_counted_as_such():
    report = baseline(0, 0, agencies=("Public Health",))
    post = PostLine("Analyst", "Public Health", Decimal("0.5"), None, 30_001, ("Plan", "Review", "Plan"))
    agency = agency_line(report.agencies[0], [], [post])
    figures = baseline_figures(replace(report, posts=(post,), agencies=(agency,)))
    assert figures.staff.commissioning_fte == Fraction(1, 2)
    assert figures.posts_without_share == 1
    stages = {row.name: row.cost for row in figures.staff_by_stage if row.posts}
    assert stages == {"Plan": 15_001, "Review": 15_000}


@pytest.mark.parametrize("field", ["activities", "value", "estimated_value", "posts", "fte", "staff_cost"])
def test_control_totals_that_are_not_those_of_the_lines_are_refused(field):
    report = baseline(20)
    wrong = replace(report.agencies[0], **{field: getattr(report.agencies[0], field) + 1})
    with pytest.raises(ValueError, match="Children’s Services"):
        baseline_figures(replace(report, agencies=(wrong, *report.agencies[1:])))


def test_a_line_of_an_agency_that_was_not_named_is_refused():
    report = baseline(20)
    stray = replace(report.activities[0], agency="Nobody")
    with pytest.raises(ValueError, match="Nobody"):
        baseline_figures(replace(report, activities=(*report.activities, stray)))


def test_coverage_judges_the_missing_by_what_they_last_reported_or_by_their_number():
    known = Coverage(Fraction(80), Fraction(10), 10, 1, Fraction(10))
    assert known.shares() == (Fraction(8, 10), Fraction(1, 10), Fraction(1, 10))
    unknown = Coverage(Fraction(80), Fraction(0), 10, 1)
    assert unknown.shares() == (Fraction(9, 10), 0, Fraction(1, 10))
    assert Coverage(Fraction(0), Fraction(0), 4, 4).shares() == (0, 0, 1)
    assert Coverage(Fraction(0), Fraction(0), 4, 0).shares() == (0, 0, 0)


def test_the_last_known_value_is_unknown_if_one_missing_agency_has_none():
    report = baseline(20)
    assert baseline_figures(report).value_coverage.last_known == 396_000_00
    silent = replace(report.agencies[-1], last_round_value=None)
    report = replace(report, agencies=(*report.agencies[:-1], silent))
    coverage = baseline_figures(report).value_coverage
    assert (coverage.last_known, coverage.missing, coverage.agencies) == (None, 1, len(AGENCIES))
