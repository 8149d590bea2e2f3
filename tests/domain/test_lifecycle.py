"""Where an agreement stands, and its dates: examples from the trade, properties, and a second reckoning."""

from calendar import monthrange
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction

import pytest
from ctdesk.domain.agreement_parts import AgreementParts, DatePolicy
from ctdesk.domain.agreement_term import current_end, latest_end, term_pieces
from ctdesk.domain.agreement_value import annual_value, total_value, years_between
from ctdesk.domain.dates import add_months
from ctdesk.domain.lifecycle import AgreementState, in_force_within, lifecycle
from hypothesis import given
from hypothesis import strategies as st

TODAY = date(2026, 5, 18)
POLICY = DatePolicy(lead_weeks={"open": 43}, routes={"open": "Open"})
SIGNED = {"signed_on": date(2022, 11, 1), "start": date(2023, 1, 1), "end": date(2025, 12, 31)}
BOARD = date(2026, 6, 11)


def agreement(extensions=(), variations=(), payments=(), successor=None, **values):
    return AgreementParts(
        values={**SIGNED, **values},
        extensions=extensions,
        variations=variations,
        payments=payments,
        successor=successor,
    )


def extension(number, end, state, value=None, decided_on=None):
    return {"number": number, "end": end, "state": state, "value": value, "decided_on": decided_on}


def school_nursing(**values):
    first = extension(1, date(2026, 12, 31), "exercised", 126_400_000, date(2025, 6, 1))
    second = extension(2, date(2027, 12, 31), "drafted", 126_400_000)
    return agreement((first, second), notice_months=6, route="open", annual_value=126_400_000, **values)


def state(on=TODAY, **values):
    return lifecycle(agreement(**values), POLICY, on).state


def test_every_date_shows_its_sum():
    found = lifecycle(school_nursing(), DatePolicy(boards=(BOARD,), lead_weeks={}, routes={}), TODAY)
    assert found.current_end.sum == "31/12/2026 is the end of extension 1, exercised"
    assert found.latest_end.sum == "31/12/2027 is the end of extension 2, if it is used"
    assert found.notice_by.sum == "30/06/2026 is 31/12/2026 less 6 months"
    assert found.decide_by.sum == "11/06/2026 is the last board before 30/06/2026 (notice by)"


def test_procurement_starts_its_lead_time_before_the_end():
    found = lifecycle(school_nursing(), POLICY, TODAY)
    assert found.start_procurement_by.sum == "05/03/2026 is 31/12/2026 less 43 weeks (Open)"
    assert found.decide_by.sum == (
        "19/02/2026 is 14 days before 05/03/2026 (start procurement by); no board date is known"
    )


def test_the_lead_time_of_the_agreement_goes_before_that_of_its_route():
    found = lifecycle(school_nursing(lead_weeks=10), POLICY, TODAY)
    assert found.start_procurement_by.day == date(2026, 12, 31) - timedelta(weeks=10)


@pytest.mark.parametrize("plan", ["use an extension", "let it end"])
def test_where_nothing_will_be_bought_notice_alone_sets_the_decision(plan):
    found = lifecycle(school_nursing(plan_at_end=plan), POLICY, TODAY)
    assert found.decide_by.day == date(2026, 6, 16)


def test_a_board_on_the_deadline_is_too_late():
    policy = DatePolicy(boards=(date(2026, 6, 1), date(2026, 6, 30)))
    assert lifecycle(school_nursing(), policy, TODAY).decide_by.day == date(2026, 6, 1)


def test_boards_half_a_year_before_the_deadline_are_not_the_last_before_it():
    policy = DatePolicy(boards=(date(2025, 12, 1),))
    assert lifecycle(school_nursing(), policy, TODAY).decide_by.day == date(2026, 6, 16)


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ({"signed_on": None}, "draft"),
        ({"signed_on": None, "signed": True, "end": date(2028, 1, 1)}, "running"),
        ({"signed_on": date(2026, 5, 19)}, "draft"),
        ({"start": None}, "draft"),
        ({"start": date(2026, 5, 19), "end": date(2027, 5, 18)}, "upcoming"),
        ({"start": TODAY, "end": date(2027, 5, 19)}, "running"),
        ({"end": date(2027, 5, 18)}, "ending"),
        ({"end": date(2027, 5, 19)}, "running"),
        ({"end": date(2026, 11, 18), "notice_months": 6}, "ending"),
        ({"end": date(2026, 11, 17), "notice_months": 6}, "notice period"),
        ({"end": TODAY, "notice_months": 6}, "notice period"),
        ({"end": date(2026, 5, 17), "notice_months": 6}, "ended"),
        ({"open_ended": True, "end": None}, "running"),
        ({"terminated_on": date(2026, 5, 17), "end": date(2027, 1, 1)}, "terminated"),
        ({"terminated_on": TODAY, "end": date(2029, 1, 1)}, "ending"),
        ({"terminated_on": date(2026, 9, 1), "notice_given_on": date(2026, 4, 1)}, "notice period"),
    ],
)
def test_states(values, expected):
    assert state(**values) == expected


def test_a_successor_that_has_started_supersedes():
    started = {"signed_on": date(2025, 9, 1), "start": date(2026, 1, 1)}
    assert state(successor=started) == "superseded"
    assert state(successor={**started, "signed_on": None}) == "ended"
    assert state(successor={**started, "start": date(2026, 6, 1)}) == "ended"


def test_what_is_paid_for_after_the_end_over_runs():
    late = {"due": date(2026, 1, 31), "paid": 100, "paid_on": date(2026, 2, 1)}
    assert state(payments=(late,)) == "over-running"
    assert state(payments=({**late, "paid_on": date(2026, 5, 19)},)) == "ended"
    assert state(payments=({**late, "due": date(2025, 12, 31)},)) == "ended"
    assert state(payments=({**late, "paid": None},)) == "ended"


def test_a_declined_extension_counts_for_nothing():
    declined = extension(1, date(2027, 12, 31), "declined", decided_on=date(2025, 1, 1))
    parts = agreement((declined,))
    assert current_end(parts, TODAY).day == latest_end(parts, TODAY).day == date(2025, 12, 31)


def test_a_variation_of_the_term_counts_from_its_day():
    shorter = {"what": "term", "from_date": date(2026, 6, 1), "end": date(2026, 9, 30)}
    parts = agreement((extension(1, date(2026, 12, 31), "exercised", decided_on=date(2025, 6, 1)),), (shorter,))
    assert current_end(parts, date(2026, 5, 31)).day == date(2026, 12, 31)
    assert current_end(parts, date(2026, 6, 1)).day == date(2026, 9, 30)


def test_the_pieces_of_a_term_follow_one_another():
    pieces = term_pieces(school_nursing(), TODAY)
    assert [(it.first, it.last, it.certain) for it in pieces] == [
        (date(2023, 1, 1), date(2025, 12, 31), True),
        (date(2026, 1, 1), date(2026, 12, 31), True),
        (date(2027, 1, 1), date(2027, 12, 31), False),
    ]


def test_uplifts_compound_in_the_order_of_their_days():
    new_value = {"what": "value", "from_date": date(2024, 1, 1), "annual_value": 100_000}
    uplift = {"what": "uplift by per cent", "from_date": date(2025, 1, 1), "percent": Decimal("3.5")}
    parts = agreement(variations=(uplift, new_value), annual_value=90_000, total_value=270_000)
    assert [annual_value(parts, date(year, 6, 1)) for year in (2023, 2024, 2025)] == [90_000, 100_000, 103_500]
    assert total_value(parts, date(2025, 12, 31)).pence == 90_000 + 100_000 + 103_500


def test_the_whole_value_is_first_term_and_extensions():
    assert total_value(school_nursing(), date(2026, 12, 31)).pence == 4 * 126_400_000
    assert total_value(school_nursing(total_value=370_000_000), date(2026, 12, 31)).pence == 496_400_000


def worth(on=date(2029, 1, 1), **values):
    found = lifecycle(agreement(**values), POLICY, on).total
    return found.pence, found.sum


def test_an_early_end_takes_what_is_left_of_the_term_off_the_value():
    assert worth(total_value=36_000_00) == (36_000_00, "£36,000 is what was agreed for the first term")
    assert worth(total_value=36_000_00, terminated_on=date(2024, 3, 31)) == (
        15_000_00,
        "£15,000 is 15 months of 36 months at £36,000",
    )
    assert worth(annual_value=12_000_00, terminated_on=date(2024, 4, 15)) == (
        15_500_00,
        "£15,500 is 15 months and 15 days at £12,000 a year",
    )
    assert worth(annual_value=12_000_00, end=None, terminated_on=date(2023, 12, 31))[0] == 12_000_00


def test_what_an_extension_adds_ends_with_it_too():
    second = extension(1, date(2026, 12, 31), "exercised", 6_000_00)
    third = extension(2, date(2027, 12, 31), "exercised", 6_000_00)
    told = worth(extensions=(second, third), total_value=36_000_00, terminated_on=date(2026, 6, 30))
    assert told[0] == 39_000_00
    assert told[1].startswith("£39,000 is £36,000 for the first term and £3,000 for extension 1 until 30/06/2026 ")
    assert told[1].endswith("(6 months of 12 months at £6,000)")


def test_a_settlement_goes_before_what_is_worked_out():
    ended = {"total_value": 36_000_00, "final_value": 20_000_00}
    assert worth(**ended, terminated_on=date(2024, 3, 31)) == (
        20_000_00,
        "£20,000 is what was settled on when it was ended early",
    )
    assert worth(**ended)[0] == 36_000_00


def test_a_varied_term_is_worth_more_or_less():
    def to(end):
        return ({"what": "term", "from_date": date(2024, 1, 1), "end": end},)

    assert worth(variations=to(date(2024, 12, 31)), total_value=36_000_00)[0] == 24_000_00
    longer = worth(variations=to(date(2026, 3, 31)), total_value=36_000_00, annual_value=12_000_00)
    assert longer[0] == 39_000_00
    assert longer[1].endswith("and £3,000 for the term as varied (3 months at £12,000 a year)")


def test_years_are_whole_over_leap_days_too():
    assert years_between(date(2023, 4, 1), date(2024, 3, 31)) == 1
    assert years_between(date(2024, 1, 1), date(2024, 2, 14)) * 12 == Fraction(43, 29)
    assert years_between(date(2024, 2, 1), date(2024, 1, 1)) == 0


days = st.dates(date(2020, 1, 1), date(2032, 12, 31))


def months_before(day, months):
    """Reckon again, without the desk’s own arithmetic."""
    number = day.year * 12 + day.month - 1 - months
    year, month = number // 12, number % 12 + 1
    return date(year, month, min(day.day, monthrange(year, month)[1]))


@st.composite
def agreements(draw):
    start = draw(days)
    end = start + timedelta(days=draw(st.integers(0, 2_500)))
    values = {
        "signed_on": draw(st.none() | days),
        "signed": draw(st.none() | st.booleans()),
        "start": draw(st.sampled_from([start, start, start, None])),
        "end": draw(st.sampled_from([end, end, end, None])),
        "notice_months": draw(st.none() | st.integers(0, 36)),
        "route": draw(st.sampled_from([None, "open"])),
        "plan_at_end": draw(st.sampled_from([None, "undecided", "use an extension", "procure again", "let it end"])),
        "terminated_on": draw(st.none() | st.none() | days),
    }
    states = st.sampled_from(["drafted", "exercised", "declined"])
    extensions = [
        extension(n, end + timedelta(days=draw(st.integers(1, 800))), draw(states))
        for n in range(1, draw(st.integers(1, 4)))
    ]
    payments = [{"due": draw(days), "paid": draw(st.none() | st.integers(1, 9)), "paid_on": draw(st.none() | days)}]
    successor = draw(st.none() | st.fixed_dictionaries({"signed_on": st.none() | days, "start": st.none() | days}))
    return AgreementParts(values=values, extensions=extensions, payments=payments, successor=successor)


def reckoned_state(parts, on):
    """Say the state again, as a clerk would with a list and a calendar."""
    it = parts.values
    exercised = [e["end"] for e in parts.extensions if e["state"] == "exercised"]
    end = it["terminated_on"] or (max([it["end"], *exercised]) if it["end"] else max(exercised, default=None))
    is_signed = it["signed_on"] <= on if it["signed_on"] else it["signed"] is True
    if it["start"] is None or not is_signed:
        return "draft"
    if it["start"] > on:
        return "upcoming"
    past = end is not None and on > end
    if past and any(p["due"] > end and p["paid"] and (p["paid_on"] or p["due"]) <= on for p in parts.payments):
        return "over-running"
    if past and it["terminated_on"]:
        return "terminated"
    after = parts.successor
    if after and after["start"] and after["signed_on"] and after["start"] <= on and after["signed_on"] <= on:
        return "superseded"
    if past:
        return "ended"
    if end is not None and it["notice_months"] is not None and months_before(end, it["notice_months"]) < on:
        return "notice period"
    if end is not None and months_before(on, -12) >= end:
        return "ending"
    return "running"


@given(agreements(), days)
def test_a_second_reckoning_agrees(parts, on):
    found = lifecycle(parts, POLICY, on)
    assert found.state == reckoned_state(parts, on)
    if found.notice_by is not None:
        assert found.notice_by.day == months_before(found.end, parts.values["notice_months"])
        assert add_months(found.notice_by.day, parts.values["notice_months"]) <= found.end
    if found.start_procurement_by is not None:
        assert (found.end - found.start_procurement_by.day).days == 43 * 7


@given(agreements(), days, st.lists(days, max_size=6))
def test_dates_stand_in_their_order(parts, on, boards):
    found = lifecycle(parts, DatePolicy(boards=tuple(boards), lead_weeks={"open": 43}), on)
    assert found.state in set(AgreementState)
    if found.end is not None:
        assert found.end <= found.latest_end.day
    deadlines = [it.day for it in (found.notice_by, found.start_procurement_by) if it]
    if found.decide_by is not None:
        assert found.decide_by.day < max(deadlines)
        assert found.decide_by.sum.startswith(f"{found.decide_by.day:%d/%m/%Y} is ")


@given(agreements(), days, st.integers(0, 91))
def test_in_force_within_is_in_force_on_one_of_the_days(parts, first, more):
    last = first + timedelta(days=more)
    each = [reckoned_state(parts, first + timedelta(days=n)) for n in range(more + 1)]
    wanted = any(it in {"running", "ending", "notice period", "over-running"} for it in each)
    assert in_force_within(parts, POLICY, first, last) == wanted


@given(agreements(), days, days)
def test_time_brings_nothing_back_to_draft_or_upcoming(parts, one, other):
    earlier, later = sorted((one, other))
    order = {"draft": 0, "upcoming": 1}
    first, second = (lifecycle(parts, POLICY, day).state for day in (earlier, later))
    assert order.get(second, 2) >= order.get(first, 2)
