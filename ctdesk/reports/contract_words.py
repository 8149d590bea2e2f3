"""What is said of an agreement in sentences: what is to be decided first, how it is doing, what was paid."""

from datetime import date

from ctdesk.domain.contract_lines import ContractLine
from ctdesk.domain.contract_paper import ContractPaper
from ctdesk.domain.counting import in_words, listed
from ctdesk.domain.lifecycle import LIVE, AgreementState
from ctdesk.domain.monitoring_lines import AgreementPeriod, MeasureLine
from ctdesk.domain.performance import Standing
from ctdesk.domain.records.agreement import PlanAtEnd
from ctdesk.domain.records.monitoring import Rating
from ctdesk.reports.contract_money import share_off, tally
from ctdesk.reports.numbers import day, pounds
from ctdesk.reports.words import sentence


def decision_sentence(line: ContractLine, on: date) -> str:
    """Return what is to be decided first, or where the agreement stands if nothing is."""
    life = line.life
    end = day(life.end)
    match line.state:
        case AgreementState.DRAFT:
            return "This is a draft: it has not been signed, or has no start."
        case AgreementState.UPCOMING:
            return f"It starts on {day(life.start)}."
        case AgreementState.OVER_RUNNING:
            return f"It ended on {end} and is still being paid."
        case AgreementState.SUPERSEDED:
            return f"{sentence(line.successor_called)} has taken its place."
        case AgreementState.ENDED | AgreementState.TERMINATED:
            return f"It {'was ended early' if line.state is AgreementState.TERMINATED else 'ended'} on {end}."
    if line.plan_at_end and line.plan_at_end != PlanAtEnd.UNDECIDED:
        return f"The plan is to {line.plan_at_end}; it ends on {end}."
    if life.decide_by is None:
        return f"It runs until {end}." if life.end else "It runs until somebody ends it."
    if life.decide_by.day < on:
        return f"The day to decide, {day(life.decide_by.day)}, has passed; it ends on {end}."
    return f"Decide by {day(life.decide_by.day)} whether to extend or procure again."


def lead_sentences(paper: ContractPaper) -> str:
    """Return what follows the first sentence: successor, measures, money."""
    said = [_after(paper.line), _measured(paper.period), _paid(paper)]
    return " ".join(filter(None, said))


def _after(line: ContractLine) -> str:
    if line.state not in LIVE or line.life.end is None:
        return ""
    return f"{sentence(line.successor_called)} is to follow." if line.successor else "No successor is named."


def _measured(period: AgreementPeriod | None) -> str:
    if period is None:
        return ""
    if period.standing in {Standing.MISSING, Standing.NOT_DUE}:
        return f"{sentence(period.period.label)}: {period.why[:1].lower() + period.why[1:]}."
    rated = [it for it in period.measures if it.judged.rating]
    met = sum(it.judged.rating is Rating.GREEN for it in rated)
    red = [it.name[:1].lower() + it.name[1:] for it in rated if it.judged.rating is Rating.RED]
    told = f"; {listed(red, most=4)} {'is' if len(red) == 1 else 'are'} red" if red else ""
    of = f"{in_words(len(rated))} measure{'' if len(rated) == 1 else 's'}"
    return f"{sentence(in_words(met))} of {of} met in {period.period.label}{told}."


def _paid(paper: ContractPaper) -> str:
    found = tally([it.values for it in paper.sheet.parts["payment"]], paper.on)
    unpaid = f"{pounds(found.unpaid)} that fell due is not noted as paid." if found.unpaid else ""
    if not found.profile:
        return unpaid
    if not found.off:
        return f"Payments are as profiled. {unpaid}"
    side, share = "under" if found.off < 0 else "over", share_off(found.off, found.profile)
    return f"Payments are {pounds(abs(found.off))} ({share}) {side} profile. {unpaid}"


def why_rated(measure: MeasureLine) -> str:
    """Return the officer's judgement in a sentence: the same as computed, or what it says instead and why."""
    if measure.judgement is None or measure.judgement == measure.computed.rating:
        told = measure.computed.rating.value if measure.computed.rating else "not rated"
        return f"{sentence(told)}, same as computed."
    return measure.judged.reason
