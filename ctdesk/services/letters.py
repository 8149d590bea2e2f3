"""Printing letters: the one that follows a review, and covering letters and chasers on paper."""

import re
import textwrap
from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from pathlib import Path

from ctdesk.domain import clock
from ctdesk.domain.contract_lines import ContractSheet, PartLine
from ctdesk.domain.dates import read_date
from ctdesk.domain.errors import DeskError
from ctdesk.domain.held import day_in
from ctdesk.domain.letters import AgreedAction, Letter, ReviewLetter
from ctdesk.domain.reading import Doubtful, Unreadable
from ctdesk.domain.records.round import RequestState
from ctdesk.services.contract_report import weaknesses_of
from ctdesk.services.contract_sheet import contract_sheet
from ctdesk.services.desk import Desk
from ctdesk.services.requests import RequestView, requests_of, round_named, sent_rows
from ctdesk.services.sending import chaser, covering_message
from ctdesk.services.tracker import rounds

_LONGEST = 900
"""Characters of one point of a letter; a longer one goes on in the next."""

_UNANSWERED = frozenset({RequestState.SENT, RequestState.CHASED})


def print_review_letter(
    desk: Desk, path: Path, agreement: str, *, review: str | None = None, on: date | None = None
) -> None:
    """Write the letter after a review of an agreement as PDF: that of a day, or else the newest.

    It is dated on the day it was sent, if that is noted. Raises DeskError if there is no such agreement or review, or
    the file cannot be written.
    """
    from ctdesk.reports.letters import write_review_letter

    printed = clock.now()
    uid, _ = desk.find("agreement", agreement)
    write_review_letter(review_letter(desk, uid, review, on or printed.date()), path, printed=printed)


def review_letter(desk: Desk, agreement: str, review: str | None, on: date) -> ReviewLetter:
    """Return what a provider is told of a review, named by its uid or its day; DeskError if there is none."""
    sheet = contract_sheet(desk, agreement, on)
    chosen = _review(sheet, review)
    held = day_in(chosen.values, "held_on")
    written = day_in(chosen.values, "sent_on") or on
    weak = weaknesses_of(desk, {chosen.uid}).get(chosen.uid, ())
    line, earlier = sheet.line, [it for it in sheet.parts["review"] if _held(it) < _held(chosen)]
    called = line.reference or line.title
    letter = Letter(
        trust=desk.setting("name"),
        sender=_sender(desk),
        to=_address(desk, str(line.values.get("provider") or ""), line.provider),
        written=written,
        reference=called,
        reply_by=written + timedelta(days=int(desk.setting("answer_days"))),
        subject=line.title or called,
        body=(),
        signed=(", ".join(filter(None, (line.manager, f"for {line.agency}" if line.agency else ""))),),
    )
    return ReviewLetter(
        letter=letter,
        kind=chosen.words["what"] or "Review",
        agreement=called,
        held_on=held or written,
        found=points(chosen.words["findings"]),
        weaknesses=[it.words["what"] for it in weak],
        rating=chosen.words["rating"],
        rating_before=max(earlier, key=_held).words["rating"] if earlier else "",
        next_review=line.next_review if line.next_review and line.next_review > written else None,
        actions=_actions(sheet, chosen, weak),
    )


def _held(review: PartLine) -> date:
    return day_in(review.values, "held_on") or date.min


def _review(sheet: ContractSheet, named: str | None) -> PartLine:
    """Return the review of a day, or the newest one."""
    found: Sequence[PartLine] = sheet.parts["review"]
    if named is not None:
        found = [it for it in found if it.uid == named or _held(it) == _day(named)]
    if not found:
        which = f"on {named} " if named else ""
        raise DeskError(f"{sheet.line.called} has no review or visit {which}to write about; note it first.")
    return max(found, key=_held)


def _day(typed: str) -> date | None:
    try:
        return read_date(typed)
    except (Unreadable, Doubtful):
        return None


def points(text: str) -> list[str]:
    """Return a text as the points of a list: its lines, or its sentences if it has but one line."""
    lines = [line.strip(" -–•\t") for line in text.splitlines() if line.strip(" -–•\t")]
    whole = lines if len(lines) > 1 else re.split(r"(?<=[.!?])\s+(?=[A-Z0-9‘“])", lines[0] if lines else "")
    return [part for it in whole if it for part in textwrap.wrap(it, _LONGEST)]


def _actions(sheet: ContractSheet, review: PartLine, weak: Iterable[PartLine]) -> list[AgreedAction]:
    """Return the actions that came of a review."""
    named = {str(it.values.get("action")) for it in weak}
    return [
        AgreedAction(it.words["number"], it.words["title"], it.words["owner"], day_in(it.values, "due"))
        for it in sheet.parts["action"]
        if it.values.get("review") == review.uid or it.uid in named
    ]


def print_letters(
    desk: Desk,
    path: Path,
    *,
    chasing: bool,
    round_name: str | None = None,
    agency: str | None = None,
    on: date | None = None,
) -> int:
    """Write the letters of a round, the newest if none is named, as one PDF, and return how many they are.

    They are the covering letters to all that were sent a workbook, or reminders to those who have not answered; only
    to one agency or provider if it is named. Raises DeskError if there is nobody to write to.
    """
    from ctdesk.reports.letters import write_letters

    today = on or clock.today()
    uid = round_named(desk, round_name) if round_name else _newest(desk, today)
    wanted = [it for it in requests_of(desk, uid) if it.issue and (it.state in _UNANSWERED or not chasing)]
    if agency is not None:
        one, _ = desk.find("organisation", agency)
        wanted = [it for it in wanted if it.agency_uid == one]
    if not wanted:
        raise DeskError(
            "Nobody is to be reminded: all who were sent a workbook have answered."
            if chasing
            else "No workbook has been sent yet, so there is nothing to write about; send the round first."
        )
    title = "Reminders" if chasing else "Covering letters"
    write_letters([_letter(desk, it, today, chasing=chasing) for it in wanted], path, title=title)
    return len(wanted)


def _newest(desk: Desk, today: date) -> str:
    found = rounds(desk, today)
    if not found:
        raise DeskError("No round has been started yet; start one and send it first.")
    return found[0].uid


def _letter(desk: Desk, request: RequestView, today: date, *, chasing: bool) -> Letter:
    """Return a message of the desk as a letter: its subject, its paragraphs, and the team that signs it."""
    sent = request.values.get("sent_on")
    rows = len(sent_rows(desk, request.uid, request.issue))
    message = chaser(desk, request) if chasing else covering_message(desk, request, rows)
    head, *body = [it.strip() for it in message.split("\n\n") if it.strip()]
    return Letter(
        trust=desk.setting("name"),
        sender=_sender(desk),
        to=_address(desk, request.agency_uid, request.agency),
        written=sent if isinstance(sent, date) and not chasing else today,
        reference=request.agreement or request.round,
        reply_by=None if chasing else request.due,
        subject=head.partition("Subject: ")[2],
        body=body[:-1],
        signed=(desk.setting("team"),),
    )


def _sender(desk: Desk) -> tuple[str, ...]:
    address = (part.strip() for part in desk.setting("address").split(";"))
    return tuple(filter(None, (desk.setting("team"), *address, desk.setting("reply_to"))))


def _address(desk: Desk, organisation: str, name: str) -> tuple[str, ...]:
    """Return to whom and where a letter goes: the contact for returns, else the first there is, at an organisation."""
    contacts = list(desk.load("contact", agency=organisation).values()) if organisation else []
    chosen = next((it for it in contacts if it.get("for_returns")), contacts[0] if contacts else {})
    person = [str(chosen.get(field) or "") for field in ("name", "role")]
    lines = re.split(r"[;\n]", str(desk.organisations.get(organisation, {}).get("address") or ""))
    return tuple(filter(None, (*person, name, *(line.strip(" ,") for line in lines))))
