"""What the baseline report says in words: its title, its lead, states, and what a figure rests on."""

from collections.abc import Sequence

from ctdesk.domain.baseline import AgencyLine, Baseline
from ctdesk.domain.baseline_figures import Figures, Tally
from ctdesk.domain.counting import counted, in_words, listed
from ctdesk.domain.records.round import ANSWERED
from ctdesk.reports.numbers import day, percents, pounds
from ctdesk.reports.tables import State
from ctdesk.reports.words import sentence


def title(report: Baseline, figures: Figures) -> str:
    """Return the finding where every agency is in, else the topic, because an incomplete total is no headline."""
    who, verb = _who(report), "commission" if len(report.agencies) != 1 else "commissions"
    largest = next((row for row in figures.by_outcome if row.name and row.value), None)
    if figures.value_coverage.missing or figures.answers.answered < len(report.agencies) or not largest:
        return f"What {who} {verb}, with what staff"
    share = percents([largest.value, figures.total.value - largest.value])[0]
    return f"{sentence(who)} {verb} {pounds(figures.total.value)} a year, {share} of it for “{largest.name}”"


def _who(report: Baseline) -> str:
    return report.agencies[0].agency if len(report.agencies) == 1 else "the partners"


def answered(report: Baseline, figures: Figures) -> str:
    """Return the sentence on who has answered, which comes before any money."""
    if len(report.agencies) == 1:
        return _one_answer(report.agencies[0])
    asked, count, on_time = figures.answers.asked, figures.answers.answered, figures.answers.on_time
    if not asked:
        return "No agency has been asked yet."
    if not count:
        return f"None of the {in_words(asked)} agencies asked has answered."
    whole = f"All {in_words(asked)}" if count == asked else f"{sentence(in_words(count))} of {in_words(asked)}"
    have = "has" if count == 1 and count != asked else "have"
    return f"{whole} agencies {have} answered, {_on_time(count, on_time)}."


def _on_time(count: int, on_time: int) -> str:
    if count == on_time:
        return "on time" if count == 1 else "all of them on time"
    return "late" if count == 1 else f"{in_words(on_time)} of them on time"


def _one_answer(line: AgencyLine) -> str:
    late = f"{counted(line.days_late, 'day')} late"
    if line.state in ANSWERED:
        return f"{line.agency} has answered, {late if line.days_late > 0 else 'on time'}."
    if line.state == "excused":
        return f"{line.agency} was excused from this round."
    if line.state == "not sent":
        return f"{line.agency} has not been asked yet."
    return f"{line.agency} has not answered{f' and is {late}' if line.days_late > 0 else ', but still has time'}."


def money(report: Baseline, figures: Figures) -> str:
    """Return the sentences on how much, how much of it is estimated, and whose money is not in it."""
    said = [_how_much(figures.total)]
    absent = [line for line in report.agencies if line.rests_on == "missing"]
    if absent:
        said.append(_not_in_it(absent))
    return " ".join(said)


def _how_much(total: Tally) -> str:
    if not total.activities:
        return "There is no activity to report, so there is no money in this baseline."
    text = (
        f"The baseline comes to {pounds(total.value)} a year in {counted(total.activities, 'activity', 'activities')}"
    )
    if total.estimated:
        text += f"; {pounds(total.estimated)} of it is the team’s estimate"
    if total.unvalued:
        text += f"; {counted(total.unvalued, 'activity has', 'activities have')} no value given"
    return f"{text}."


def _not_in_it(absent: Sequence[AgencyLine]) -> str:
    named = [f"{line.agency} ({_last(line)})" for line in absent]
    return f"Not in it: {listed(named, most=4)}."


def _last(line: AgencyLine) -> str:
    return "nothing known" if line.last_round_value is None else f"{pounds(line.last_round_value)} last round"


def summary_of_answers(figures: Figures) -> str:
    """Return the counts of answers, those that are not nought, in one line."""
    counts = figures.answers
    parts = (
        (counts.asked, "asked"),
        (counts.answered, "answered"),
        (counts.on_time, "on time"),
        (counts.late, "overdue"),
        (counts.not_yet_due, "not yet due"),
        (counts.excused, "excused"),
    )
    return " · ".join(f"{count:,} {words}" for count, words in parts if count or words == "answered")


def state(line: AgencyLine) -> State:
    """Return the state of a return as symbol and words."""
    queries = counted(line.open_findings, "query", "queries")
    if line.state in ANSWERED:
        words = {"accepted": "Accepted", "queried": "Queried", "received": "Received, being read"}[line.state]
        settled = line.state == "accepted" and not line.open_findings
        return State("tick" if settled else "half", f"{words}, {queries} open" if line.open_findings else words)
    if line.state == "excused":
        return State("dash", "Excused")
    if line.state == "not sent":
        return State("dash", "Not asked yet")
    if line.days_late > 0:
        return State("ring", f"Missing, {counted(line.days_late, 'day')} late")
    return State("dash", "Chased, not yet due" if line.state == "chased" else "Not yet due")


def rests_on(row: Tally) -> str:
    """Return what the money of one row rests on."""
    if not row.activities:
        return "–"
    returned = row.value - row.estimated
    if not row.estimated_activities:
        return "Returned"
    if row.estimated_activities == row.activities:
        return "Estimated"
    if not row.estimated or not returned:
        return f"{row.estimated_activities:,} of {row.activities:,} estimated"
    shares = percents([returned, row.estimated])
    return f"{shares[0]} returned, {shares[1]} estimated"


def total_rests_on(row: Tally, missing: int) -> str:
    """Return what a total rests on, with the agencies that are not in it."""
    words = rests_on(row).replace("Returned", "All returned")
    return f"{words}; {counted(missing, 'agency', 'agencies')} missing" if missing else words


def agency_rests_on(line: AgencyLine, row: Tally) -> str:
    """Return what an agency's figure rests on, or its last known figure where there is none."""
    if line.rests_on == "missing":
        return f"Not in totals; {_last(line)}"
    words = rests_on(row) if row.activities else "No activity"
    if line.rests_on == "estimated":
        return "Estimated by the team"
    return "Returned late" if line.days_late > 0 and words == "Returned" else words


def chasers(agencies: Sequence[AgencyLine]) -> str:
    """Return who was chased when, or nothing."""
    chased = [line for line in agencies if line.chased and line.state not in ANSWERED]
    said = [f"{line.agency} on {listed([day(when) for when in line.chased], most=4)}" for line in chased]
    return f"Chased: {'; '.join(said)}." if said else ""
