"""Printing the contract report: one agreement with everything that is known of it."""

from collections import defaultdict
from dataclasses import replace
from datetime import date
from pathlib import Path

from ctdesk.domain import clock
from ctdesk.domain.contract_lines import PartLine
from ctdesk.domain.contract_paper import WHOLE, ContractPaper, public_edition
from ctdesk.domain.definition import DEFINITIONS
from ctdesk.domain.errors import DeskError
from ctdesk.domain.monitoring_lines import AgreementPeriod
from ctdesk.domain.periods import Period
from ctdesk.domain.suppression import SETTING
from ctdesk.services.contract_sheet import contract_sheet
from ctdesk.services.contracts import register
from ctdesk.services.desk import Desk
from ctdesk.services.monitoring_board import board, periods


def print_contract(
    desk: Desk,
    path: Path,
    agreement: str,
    *,
    on: date | None = None,
    public: bool = False,
    quarter: Period | None = None,
) -> None:
    """Write the report of an agreement, named by uid, reference or title, as PDF.

    `public` leaves out what is exempt, and small numbers of people. Measures are of the newest period unless a
    `quarter` is named.

    Raises DeskError if there is no such agreement, it was not asked in the quarter, or the file cannot be written.
    """
    from ctdesk.reports.contract import write_contract

    printed = clock.now()
    uid, _ = desk.find("agreement", agreement)
    paper = contract_paper(desk, uid, on or printed.date())
    if quarter is not None:
        paper = replace(paper, period=_period_of(desk, uid, paper.on, quarter))
    write_contract(public_edition(paper, int(desk.setting(SETTING))) if public else paper, path, printed=printed)


def contract_paper(desk: Desk, uid: str, on: date) -> ContractPaper:
    """Return what there is to print of an agreement, as on a day; DeskError if there is no such agreement."""
    sheet = contract_sheet(desk, uid, on)
    return ContractPaper(
        trust=desk.setting("name"),
        on=on,
        sheet=sheet,
        period=newest_period(desk, uid, on),
        weaknesses=weaknesses_of(desk, {it.uid for it in sheet.parts["review"]}),
        activities=_activities(desk, sheet.line.activities),
        exempt={**sheet.line.exempt, **_exempt_successor(desk, sheet.line.successor, on)},
        withheld={},
    )


def _period_of(desk: Desk, agreement: str, on: date, quarter: Period) -> AgreementPeriod:
    """Return how an agreement stands in a quarter; DeskError if it was not asked about it."""
    found = next((it for it in board(desk, quarter, on).lines if it.agreement == agreement), None)
    if found is None:
        raise DeskError(f"This agreement was not asked to report for {quarter.label}; name another period, or none.")
    return found


def newest_period(desk: Desk, agreement: str, on: date) -> AgreementPeriod | None:
    """Return how an agreement stands in the newest period it was asked about, None if it never was."""
    for choice in periods(desk):
        found = next((it for it in board(desk, choice.quarter, on).lines if it.agreement == agreement), None)
        if found is not None:
            return found
    return None


def _exempt_successor(desk: Desk, successor: str, on: date) -> dict[str, str]:
    """Return the mark that keeps an exempt successor from being named, if it is exempt."""
    found = register(desk, on, [successor]) if successor else []
    paragraph = next((it.exempt.get(WHOLE, it.exempt.get("title", "")) for it in found), "")
    return {"successor": paragraph} if paragraph else {}


def _activities(desk: Desk, uids: tuple[str, ...]) -> tuple[str, ...]:
    found = desk.load_some("activity", uids)
    titles = ((found[uid].get("title"), found[uid].get("reference")) for uid in uids if uid in found)
    return tuple(" ".join(str(it) for it in pair if it) for pair in titles)


def weaknesses_of(desk: Desk, reviews: set[str]) -> dict[str, tuple[PartLine, ...]]:
    """Return what reviews found wanting, by the uid of the review."""
    found: dict[str, list[PartLine]] = defaultdict(list)
    fields = DEFINITIONS["weakness"].fields
    for uid, values in desk.load("weakness").items():
        review = str(values.get("review"))
        if review in reviews:
            words = {field.name: desk.show(field, values.get(field.name)) for field in fields}
            found[review].append(PartLine("weakness", uid, values, words))
    return {review: tuple(lines) for review, lines in found.items()}
