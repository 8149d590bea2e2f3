"""Every worked date and the value of an agreement, reckoned again by a clerk with a list, a calendar and a ruler."""

from calendar import monthrange
from datetime import date, timedelta
from fractions import Fraction

from ctdesk.domain.agreement_parts import AgreementParts, DatePolicy
from ctdesk.domain.agreement_value import annual_value
from ctdesk.domain.lifecycle import awaits_decision, lifecycle
from hypothesis import given
from hypothesis import strategies as st

DAY = timedelta(days=1)
LEAD = {"open": 43, "direct": 6}
PLANS = (None, "undecided", "use an extension", "procure again", "let it end")
days = st.dates(date(2021, 1, 1), date(2031, 12, 31))
pence = st.none() | st.integers(0, 50_000_000)


@st.composite
def agreements(draw):
    """Return an agreement with extensions in their order and variations of any day."""
    start = draw(days)
    end = start + timedelta(days=draw(st.integers(0, 1_800)))
    ended = draw(st.none() | st.none() | st.integers(0, 2_500))
    values = {
        "signed": True,
        "start": start,
        "end": end,
        "open_ended": None,
        "notice_months": draw(st.none() | st.integers(0, 36)),
        "notice_given_on": draw(st.none() | days),
        "route": draw(st.sampled_from([None, "open", "direct"])),
        "lead_weeks": draw(st.none() | st.integers(0, 100)),
        "plan_at_end": draw(st.sampled_from(PLANS)),
        "terminated_on": start + timedelta(days=ended) if ended is not None else None,
        "total_value": draw(pence),
        "annual_value": draw(pence),
        "final_value": draw(st.none() | st.none() | st.integers(0, 9_999)),
    }
    extensions, last = [], end
    for number in range(1, draw(st.integers(1, 4))):
        last += timedelta(days=draw(st.integers(1, 700)))
        extensions.append({
            "number": number, "end": last, "value": draw(pence), "decided_on": draw(st.none() | days),
            "state": draw(st.sampled_from(["drafted", "exercised", "declined"])),
        })  # fmt: skip
    variations = [
        {
            "what": draw(st.sampled_from(["term", "value", "uplift by per cent", "what is delivered"])),
            "from_date": draw(days), "end": draw(days), "annual_value": draw(pence),
            "percent": draw(st.decimals(-20, 20, places=2)),
        }
        for _ in range(draw(st.integers(0, 3)))
    ]  # fmt: skip
    return AgreementParts(values=values, extensions=extensions, variations=variations)


def earlier(day, months):
    """Go back month by month on the calendar, and keep to the last day of a shorter one."""
    year, month = day.year, day.month
    for _ in range(months):
        year, month = (year - 1, 12) if month == 1 else (year, month - 1)
    return date(year, month, min(day.day, monthrange(year, month)[1]))


def last_day(parts, on):
    """Tell what happened to the end as a story, one event after another."""
    it = parts.values
    if it["terminated_on"]:
        return it["terminated_on"]
    story = [(v["from_date"].isoformat(), 0, v["end"], True) for v in parts.variations if v["what"] == "term"]
    story = [event for event in story if event[0] <= on.isoformat()]
    story += [
        (e["decided_on"].isoformat() if e["decided_on"] else "", e["number"], e["end"], False)
        for e in parts.extensions
        if e["state"] == "exercised"
    ]
    now = it["end"]
    for _, _, day, moves_nearer in sorted(story, key=lambda event: event[:2]):
        now = day if moves_nearer or day > now else now
    return now


def decision_day(parts, notice, procure, policy):
    """Walk back from the deadline day by day until a board meets, for half a year at most."""
    it = parts.values
    bought = it["plan_at_end"] not in {"use an extension", "let it end"}
    deadlines = [day for day in (notice, procure if bought else None) if day]
    if not deadlines or it["terminated_on"]:
        return None
    deadline = min(deadlines)
    for back in range(1, 184):
        if deadline - back * DAY in policy.boards:
            return deadline - back * DAY
    return deadline - policy.decision_days * DAY


def months_of(first, last):
    """Lay months end to end from the first day; what is left over is a part of the month begun."""
    after, whole = last + DAY, 0
    if after <= first:
        return Fraction(0)

    def mark(count):
        year, month = divmod(first.month - 1 + count, 12)
        year += first.year
        return date(year, month + 1, min(first.day, monthrange(year, month + 1)[1]))

    while mark(whole + 1) <= after:
        whole += 1
    return whole + Fraction((after - mark(whole)).days, (mark(whole + 1) - mark(whole)).days)


def worth(parts, end):
    """Add up every stretch of the term as far as the end, each rounded to the penny."""
    it = parts.values
    if it["terminated_on"] and it["final_value"] is not None:
        return it["final_value"]
    a_year = it["annual_value"]
    if it["total_value"] is None and a_year is None:
        return None
    stretches = [(it["start"], it["end"], it["total_value"])]
    for e in parts.extensions:
        if e["state"] == "exercised":
            stretches.append((stretches[-1][1] + DAY, e["end"], e["value"]))
    if end > stretches[-1][1]:
        stretches.append((stretches[-1][1] + DAY, end, None))
    total = 0
    for place, (first, last, value) in enumerate(stretches):
        if place and first > end:
            continue
        part = months_of(first, min(last, end))
        total += round((a_year or 0) * part / 12) if value is None else round(value * part / months_of(first, last))
    for v in sorted((v for v in parts.variations if v["what"] in {"value", "uplift by per cent"}), key=begun):
        new = varied(a_year, v)
        if a_year and v["from_date"] <= end:
            total += round((new - a_year) * months_of(v["from_date"], end) / 12)
        a_year = new
    return total


def begun(variation):
    return variation["from_date"]


def varied(a_year, variation):
    if variation["what"] == "value":
        return a_year if variation["annual_value"] is None else variation["annual_value"]
    return None if a_year is None else round(a_year * (1 + Fraction(variation["percent"]) / 100))


@given(agreements(), days, st.lists(days, max_size=30))
def test_dates_are_reckoned_alike(parts, on, boards):
    policy = DatePolicy(boards=tuple(sorted(boards)), lead_weeks=LEAD)
    life, it, end = lifecycle(parts, policy, on), parts.values, last_day(parts, on)
    assert life.current_end.day == end
    possible = [e["end"] for e in parts.extensions if e["state"] == "drafted"]
    possible += [v["end"] for v in parts.variations if v["what"] == "term" and v["from_date"] > on]
    assert life.latest_end.day == (end if it["terminated_on"] else max([end, *possible]))
    notice = earlier(end, it["notice_months"]) if it["notice_months"] is not None else None
    notice = it["notice_given_on"] if it["terminated_on"] and it["notice_given_on"] else notice
    assert (life.notice_by.day if life.notice_by else None) == notice
    weeks = LEAD.get(it["route"]) if it["lead_weeks"] is None else it["lead_weeks"]
    procure = end - weeks * 7 * DAY if weeks is not None else None
    assert (life.start_procurement_by.day if life.start_procurement_by else None) == procure
    decide = decision_day(parts, notice, procure, policy)
    assert (life.decide_by.day if life.decide_by else None) == decide
    shown = (life.current_end, life.latest_end, life.notice_by, life.start_procurement_by, life.decide_by)
    assert all(each.sum.startswith(f"{each.day:%d/%m/%Y} is ") for each in shown if each)
    undecided = it["plan_at_end"] in {None, "undecided"} and life.state in {"running", "ending", "notice period"}
    assert awaits_decision(life, it["plan_at_end"], on) == (undecided and decide is not None and decide <= on)


@given(agreements(), days)
def test_values_are_reckoned_alike(parts, on):
    life = lifecycle(parts, DatePolicy(), on)
    assert life.total_value == worth(parts, last_day(parts, on))
    in_turn = sorted((v for v in parts.variations if v["what"] in {"value", "uplift by per cent"}), key=begun)
    a_year = parts.values["annual_value"]
    for variation in in_turn:
        a_year = varied(a_year, variation) if variation["from_date"] <= on else a_year
    assert annual_value(parts, on) == a_year


@given(
    days, st.integers(0, 24), st.integers(0, 60), st.sampled_from(PLANS), st.lists(st.integers(-190, 1), max_size=4)
)  # fmt: skip
def test_the_day_to_decide_is_reckoned_alike(end, months, weeks, plan, near):
    values = {"signed": True, "start": date(2020, 1, 1), "end": end, "notice_months": months, "lead_weeks": weeks}
    parts = AgreementParts(values={**values, "plan_at_end": plan, "terminated_on": None})
    notice, procure = earlier(end, months), end - weeks * 7 * DAY
    boards = {deadline + by * DAY for deadline in (notice, procure) for by in near}
    policy = DatePolicy(boards=tuple(sorted(boards)))
    assert lifecycle(parts, policy, end).decide_by.day == decision_day(parts, notice, procure, policy)
