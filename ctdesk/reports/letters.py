"""Letters as PDF: covering letters and chasers, one after another, and the letter that follows a review."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from ctdesk.domain.letters import AgreedAction, Letter, ReviewLetter
from ctdesk.domain.records.agreement_watch import ReviewRating
from ctdesk.reports.contract_watch import REVIEW_SYMBOLS
from ctdesk.reports.document import Document
from ctdesk.reports.flow import Flow
from ctdesk.reports.fonts import register
from ctdesk.reports.letter_blocks import PAPER, PART, STRONG, TEXT, Bullet, Letterhead, Rated, Signature, Slip, Subject
from ctdesk.reports.numbers import NONE, day, long_day, moment
from ctdesk.reports.style import mm
from ctdesk.reports.tables import Column, Line, Table
from ctdesk.reports.text import Paragraph, Run
from ctdesk.reports.words import sentence

_GAP = 2.5 * mm


def write_letters(letters: Sequence[Letter], path: Path, *, title: str) -> None:
    """Write letters into one PDF, each on a page of its own; the same letters give the same bytes.

    Raises DeskError if it cannot be written.
    """
    register()
    flow = Flow(title, PAPER)
    for place, letter in enumerate(letters):
        if place:
            flow.new_page()
        flow.page.bare = True
        _opening(flow, letter)
        for text in letter.body:
            flow.add(Paragraph([(text, TEXT)], PAPER.measure), gap=_GAP)
        flow.add(Signature(letter.signed, PAPER.measure), gap=6 * mm)
    trust = letters[0].trust if letters else ""
    Document(f"{trust}: {title}", "Letters", trust, title).write(flow, path)


def write_review_letter(review: ReviewLetter, path: Path, *, printed: datetime) -> None:
    """Write the letter after a review, with the slip; the same review gives the same bytes.

    Raises DeskError if it cannot be written.
    """
    register()
    letter, room = review.letter, PAPER.measure
    flow = Flow(f"Review letter · {letter.reference}", PAPER)
    flow.page.headless = True
    _opening(flow, replace(letter, subject=f"{review.kind}, {long_day(review.held_on)}: {letter.subject}"))
    flow.add(Paragraph(_asking(review), room), gap=_GAP)
    _found(flow, review)
    _rated(flow, review)
    _agreed(flow, review)
    flow.add(Signature(letter.signed, room), gap=7 * mm)
    slip = Slip(f"Factual accuracy: {review.agreement}, review of {long_day(review.held_on)}", letter.reply_by, room)
    flow.add(slip, gap=max(8 * mm, flow.room - slip.height))
    footer = (f"As at {day(letter.written)}", f"Agreement {review.agreement}", f"Printed {moment(printed)}")
    title = f"{letter.trust}: review of {long_day(review.held_on)}, {review.agreement}"
    Document(title, "Review letter", letter.trust, " · ".join(footer)).write(flow, path)


def _opening(flow: Flow, letter: Letter) -> None:
    flow.add(Letterhead(letter, PAPER.measure))
    flow.add(Paragraph([("Dear colleague", TEXT)], PAPER.measure))
    flow.add(Subject(letter.subject, PAPER.measure), gap=4 * mm)


def _asking(review: ReviewLetter) -> list[Run]:
    by = f" by {long_day(review.letter.reply_by)}" if review.letter.reply_by else ""
    return [
        ("Thank you for your time. This is what we found and what we agreed. ", TEXT),
        (f"Please check the facts and return the slip below{by}. ", STRONG),
        ("If we hear nothing we will take the findings as accurate.", TEXT),
    ]


def _found(flow: Flow, review: ReviewLetter) -> None:
    room = PAPER.measure
    points = [Bullet(text, room) for text in review.found or ("No findings were noted.",)]
    flow.add(Subject("What we found", room, PART, 1), gap=4 * mm, keep=points[0].height)
    for point in points:
        flow.add(point, gap=1 * mm)
    if review.weaknesses:
        wanting = [Bullet(text, room) for text in review.weaknesses]
        flow.add(Subject("What is to be put right", room, PART, 1), gap=4 * mm, keep=wanting[0].height)
        for point in wanting:
            flow.add(point, gap=1 * mm)


def _rated(flow: Flow, review: ReviewLetter) -> None:
    following = f"Next review {long_day(review.next_review)}." if review.next_review else ""
    before = f"(last time: {review.rating_before})." if review.rating_before else ""
    note = " ".join(filter(None, (before, following)))
    if review.rating:
        symbol = REVIEW_SYMBOLS[ReviewRating(review.rating)]
        flow.add(Rated(symbol, sentence(review.rating), note, PAPER.measure), gap=4 * mm)
    elif note:
        flow.add(Paragraph([(note, TEXT)], PAPER.measure), gap=4 * mm)


def _agreed(flow: Flow, review: ReviewLetter) -> None:
    room = PAPER.measure
    if not review.actions:
        flow.add(Paragraph([("What was agreed: ", PART), ("no action.", TEXT)], room), gap=4 * mm)
        return
    heads = [
        Column("No.", 14 * mm),
        Column("Action", 78 * mm),
        Column("Owner", 42 * mm),
        Column("Due", 26 * mm, right=True),
    ]
    table = Table(heads, [_action(it) for it in review.actions], "What was agreed", title_look=PART)
    flow.add(Subject("What was agreed", room, PART, 1), gap=4 * mm, keep=table.least())
    flow.add_rows(table, gap=1 * mm)


def _action(it: AgreedAction) -> Line:
    return Line([it.number or NONE, it.title, it.owner, day(it.due)])
