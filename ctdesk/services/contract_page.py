"""What the window shows of one agreement at a glance: its facts, its dates with their sums, what is to be done."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from ctdesk.domain.agreement_term import WorkedDate
from ctdesk.domain.contract_lines import ContractSheet, PartLine
from ctdesk.domain.counting import counted
from ctdesk.domain.dates import date_text
from ctdesk.domain.definition import Values
from ctdesk.domain.held import day_in, number_in
from ctdesk.domain.lifecycle import LIVE
from ctdesk.domain.money import money_text
from ctdesk.domain.monitoring_lines import AgreementPeriod
from ctdesk.domain.records.agreement_terms import ExtensionState
from ctdesk.domain.records.agreement_watch import FINISHED
from ctdesk.services.contract_report import newest_period
from ctdesk.services.contract_sheet import contract_sheet
from ctdesk.services.desk import Desk

SOON = timedelta(days=90)
"""A date nearer than this is pointed out."""

Tone = Literal["bad", "warn", ""]


@dataclass(frozen=True, slots=True)
class DateRow:
    """One date of an agreement: what it is, the day, the sum it came from, and how far away it is."""

    label: str
    day: date
    sum: str
    away: str
    tone: Tone


@dataclass(frozen=True, slots=True)
class Fact:
    """One fact of an agreement in words; `how` is the sum it came from, where it was worked out."""

    label: str
    value: str
    how: str = ""


@dataclass(frozen=True, slots=True)
class ContractPage:
    """One agreement as the window shows it; `next_extension` is the drafted one to decide on first, if any.

    `period` is how it stood in the newest period it was asked about, None if it never was.
    """

    sheet: ContractSheet
    facts: tuple[Fact, ...]
    dates: tuple[DateRow, ...]
    open_actions: tuple[PartLine, ...]
    successor: str
    rating: str
    paid: str
    next_extension: PartLine | None
    period: AgreementPeriod | None


def contract_page(desk: Desk, uid: str, today: date) -> ContractPage:
    """Return what there is to see of an agreement; DeskError if it is gone."""
    sheet = contract_sheet(desk, uid, today)
    drafted = [it for it in sheet.parts["extension"] if it.values.get("state") == ExtensionState.DRAFTED]
    open_actions = [it for it in sheet.parts["action"] if it.values.get("state") not in FINISHED]
    return ContractPage(
        sheet=sheet,
        facts=tuple(_facts(sheet)),
        dates=tuple(date_rows(sheet, today)),
        open_actions=tuple(open_actions),
        successor=_successor(sheet),
        rating=_rating(sheet),
        paid=_paid(sheet, today),
        next_extension=drafted[0] if drafted else None,
        period=newest_period(desk, uid, today),
    )


def _facts(sheet: ContractSheet) -> Iterator[Fact]:
    line = sheet.line
    yield Fact("Provider", line.provider or "Not chosen yet")
    yield Fact("Commissioned by", line.agency)
    yield Fact("Value a year", _money(line.life.annual_value))
    total = line.life.total
    yield Fact("Over the term", _money(line.life.total_value), _after_is(total.sum) if total else "")
    yield Fact("Type", line.type_words)
    yield Fact("Tier", line.tier_words or "Not given")


def date_rows(sheet: ContractSheet, today: date) -> Iterator[DateRow]:
    """Yield the dates of an agreement in the order in which they fall, as far as they are known."""
    life = sheet.line.life
    live = life.state in LIVE
    to_do = (
        ("Start procurement by", life.start_procurement_by),
        ("Decide by", life.decide_by),
        ("Notice by", life.notice_by),
        ("Ends", life.current_end),
    )
    for label, found in sorted(
        ((label, found) for label, found in to_do if found), key=lambda it: (it[1].day, it[0] == "Ends")
    ):
        yield _row(label, found, today, live=live)
    if life.latest_end and life.latest_end != life.current_end:
        yield DateRow("Latest possible end", life.latest_end.day, _after_is(life.latest_end.sum), "", "")
    if sheet.line.next_review:
        worked = WorkedDate(sheet.line.next_review, "")
        yield _row("Next review", worked, today, live=live)


def _row(label: str, found: WorkedDate, today: date, *, live: bool) -> DateRow:
    days = (found.day - today).days
    tone: Tone = "" if not live else "bad" if days < 0 else "warn" if timedelta(days=days) <= SOON else ""
    return DateRow(label, found.day, _after_is(found.sum), away_words(days), tone)


def away_words(days: int) -> str:
    """Return how far away a day is: in 24 days, today, passed 74 days ago."""
    if days == 0:
        return "today"
    count = counted(abs(days), "day")
    return f"in {count}" if days > 0 else f"passed {count} ago"


def _after_is(worked: str) -> str:
    """Return a sum without what it comes to, which stands beside it."""
    return worked.partition(" is ")[2]


def _money(pence: int | None) -> str:
    return money_text(pence) if pence is not None else "Not given"


def _successor(sheet: ContractSheet) -> str:
    line = sheet.line
    if line.successor:
        return line.successor_called
    if line.life.end is None:
        return "None; the agreement has no end."
    return f"None yet. From {date_text(line.life.end + timedelta(days=1))} there is no agreement."


def _rating(sheet: ContractSheet) -> str:
    applies = sheet.line.values.get("act_rating_applies")
    given = sheet.parts["act_rating"]
    if applies is None:
        return "Not said yet whether it applies."
    if not applies:
        return f"Does not apply: {sheet.words['act_rating_reason'] or 'no reason given'}."
    last = f"Given {given[-1].words['given_on']}: {given[-1].words['rating']}." if given else "Not given yet."
    return f"Applies. {last}"


def _paid(sheet: ContractSheet, today: date) -> str:
    if not sheet.profile_year and not sheet.paid:
        return ""
    profile = f"the profile to {date_text(today)} is {money_text(sheet.profile)}"
    return f"{money_text(sheet.paid)} of {money_text(sheet.profile_year)}; {profile}"


def year_share(sheet: ContractSheet) -> float:
    """Return which part of the year’s payments has been paid, from 0 to 1."""
    return min(sheet.paid / sheet.profile_year, 1.0) if sheet.profile_year else 0.0


def part_sums(sheet: ContractSheet, kind: str, today: date) -> str:
    """Return what an agreement’s records of a kind come to, in a sentence; empty where they are not added up."""
    values = [it.values for it in sheet.parts[kind]]
    if kind == "payment" and values:
        return _payment_sums(values, today)
    if kind == "agreement_share" and values:
        total = sum(number_in(it, "percent") or 0 for it in values)
        return f"The shares add up to {total}%{'.' if total == 100 else ', not 100%: correct them.'}"
    return ""


def _payment_sums(payments: Sequence[Values], today: date) -> str:
    due = [it for it in payments if (day := day_in(it, "due")) and day <= today]
    agreed, paid = (sum(number_in(it, name) or 0 for it in payments) for name in ("profile", "paid"))
    so_far = sum(number_in(it, "profile") or 0 for it in due)
    more = paid - so_far
    differs = f"{money_text(abs(more))} {'more' if more > 0 else 'less'} than was due" if more else "as was due"
    return (
        f"Profile {money_text(agreed)}, of which {money_text(so_far)} was due by {date_text(today)}; "
        f"paid {money_text(paid)}, {differs}."
    )


_CLOSED = frozenset({"closed", "done", "dropped", "declined"})


def still_open(parts: tuple[PartLine, ...]) -> int:
    """Return how many records of a kind are not closed, done or declined."""
    return sum(1 for it in parts if it.words.get("state") not in _CLOSED and not it.values.get("closed_on"))
