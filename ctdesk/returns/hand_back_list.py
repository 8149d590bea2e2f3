"""The first sheet of a hand-back: what to fix and what to explain, numbered, with its place and a box to answer."""

import math
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from ctdesk.domain.counting import counted
from ctdesk.domain.dates import date_text
from ctdesk.domain.findings import Finding, Grade
from ctdesk.returns.answers import ANSWER, MATTER, NAME, PLEASE_FIX
from ctdesk.returns.hand_back import HandBack
from ctdesk.returns.workbook_cells import Content, Row
from ctdesk.returns.workbook_data_form import page
from ctdesk.returns.workbook_styles import SALMON, Styles

_WIDTHS = (2, 6, 15, 24, 30, 46, 46, 40)
_HEADS = ("No.", "Grade", "Where", NAME, MATTER, "What to do", ANSWER)
_HEAD_ROW = 7
_CELL = re.compile(r"(?P<sheet>.+)!\$?(?P<letters>[A-Z]{1,3})\$?(?P<row>[1-9][0-9]{0,6})$")


@dataclass(frozen=True, slots=True)
class Spot:
    """One cell of the copy: the sheet, its own row number, and the zero-based column."""

    sheet: str
    row: int
    column: int


@dataclass(frozen=True, slots=True)
class Numbered:
    """One thing to fix or explain, under its number, with its cells as they stand in the copy."""

    number: int
    finding: Finding
    cells: tuple[str, ...]

    @property
    def note(self) -> str:
        """What the note at each of its cells says."""
        return f"{self.number}. {_grade(self.finding)}. {self.finding.message}"


def numbered(hand_back: HandBack) -> list[Numbered]:
    """Return what needs an answer: must fix first, then please explain, each cause once."""
    once = dict.fromkeys(hand_back.findings)
    wanted = [f for grade in (Grade.MUST_FIX, Grade.EXPLAIN) for f in once if f.grade is grade]
    return [
        Numbered(at, finding, tuple(hand_back.moved.get(cell, cell) for cell in finding.cells))
        for at, finding in enumerate(wanted, start=1)
    ]


def spot(cell: str) -> Spot | None:
    """Return the place of a cell named like `Activity!H12`, None if the name is of another sort."""
    found = _CELL.match(cell)
    if found is None:
        return None
    column = 0
    for letter in found["letters"]:
        column = column * 26 + ord(letter) - 64
    return Spot(found["sheet"].strip("'"), int(found["row"]), column - 1)


def heading(things: Sequence[Numbered]) -> str:
    """Return the heading with its counts: `Please fix 3 things and explain 2`."""
    fix = sum(1 for thing in things if thing.finding.grade is Grade.MUST_FIX)
    explain = len(things) - fix
    if fix:
        return f"Please fix {counted(fix, 'thing')}" + (f" and explain {explain}" if explain else "")
    return f"Please explain {counted(explain, 'thing')}" if explain else "Nothing to fix"


def fix_rows(hand_back: HandBack, things: Sequence[Numbered], titles: Mapping[str, str]) -> Iterator[Row]:
    """Yield the rows of the sheet; `titles` are the names of services and posts by their uids."""
    book = hand_back.book
    dates = f"received {date_text(hand_back.received)} · please send it back by {date_text(hand_back.back_by)}"
    marks = (
        "Your answers stand in this file as you gave them; each orange cell has a note with the number from this list."
    )
    yield _row(2, {1: (heading(things), "guide title")}, 30)
    yield _row(3, {1: (f"{book.agency} · {book.round} · {dates}", "guide line")}, 20.25)
    yield _row(4, {1: (hand_back.accepted_sentence or None, "step")}, 18)
    yield _row(5, {1: (marks if things else None, "step")}, 18)
    yield _row(_HEAD_ROW, {1 + at: (words, "fix head") for at, words in enumerate(_HEADS)}, 24)
    for at, thing in enumerate(things, start=_HEAD_ROW + 1):
        yield _thing_row(at, thing, titles)
    number = _HEAD_ROW + len(things) + 2
    better = _better_lines(hand_back)
    if better:
        yield _row(number, {1: ("To look at, no answer needed", "guide line")}, 20.25)
        for words in better:
            number += 1
            yield _row(number, {1: (words, "step")}, 16.5)
        number += 2
    questions = f"Questions? {book.team}" + (f", {book.reply_to}" if book.reply_to else "")
    yield _row(number, {1: (questions, "label")}, 18)


def _thing_row(number: int, thing: Numbered, titles: Mapping[str, str]) -> Row:
    finding = thing.finding
    more = f" and {len(thing.cells) - 1} more" if len(thing.cells) > 1 else ""
    texts = (finding.name or titles.get(finding.uid, ""), finding.message, finding.remedy)
    cells: dict[int, tuple[Content, str]] = {
        1: (thing.number, "fix number"),
        2: (_grade(finding), "fix must" if finding.grade is Grade.MUST_FIX else "fix text"),
        3: (thing.cells[0] + more if thing.cells else None, "fix link" if thing.cells else "fix text"),
        7: (None, "fix answer"),
    }
    cells |= {4 + at: (words or None, "fix text") for at, words in enumerate(texts)}
    lines = max(math.ceil(len(words) / (_WIDTHS[4 + at] * 0.95)) for at, words in enumerate(texts))
    return _row(number, cells, min(max(lines, 2) * 14.25 + 5, 400))


def _better_lines(hand_back: HandBack) -> list[str]:
    """Return one line for each thing that could be better, with the first of its cells."""
    cells: dict[str, list[str]] = {}
    for finding in hand_back.findings:
        if finding.grade is Grade.BETTER:
            cells.setdefault(finding.message, []).extend(hand_back.moved.get(cell, cell) for cell in finding.cells)
    return [message + _places(places) for message, places in cells.items()]


def _places(cells: Sequence[str]) -> str:
    if not cells:
        return ""
    return f" ({cells[0]}{f' and {len(cells) - 1} more' if len(cells) > 1 else ''})"


def _grade(finding: Finding) -> str:
    return finding.grade.value.capitalize()


def _row(number: int, cells: Mapping[int, tuple[Content, str]], height: float) -> Row:
    width = len(_WIDTHS)
    contents = [cells.get(at, (None, ""))[0] for at in range(width)]
    return Row(number, contents, [cells.get(at, (None, ""))[1] for at in range(width)], height)


def form_list(sheet: Any, styles: Styles, hand_back: HandBack, things: Sequence[Numbered], sheets: set[str]) -> None:
    """Give the sheet everything but its rows; links lead only to `sheets` that the copy has."""
    for at, width in enumerate(_WIDTHS):
        sheet.set_column(at, at, width)
    for at, thing in enumerate(things):
        place = spot(thing.cells[0]) if thing.cells else None
        if place and place.sheet in sheets:
            cell = thing.cells[0].rpartition("!")[2]
            sheet.write_url(_HEAD_ROW + at, 3, f"internal:'{place.sheet}'!{cell}", styles["fix link"], thing.cells[0])
    sheet.hide_gridlines(2)
    sheet.set_tab_color(SALMON)
    sheet.freeze_panes(_HEAD_ROW, 0)
    sheet.protect("", {"format_columns": True, "format_rows": True})
    page(sheet, hand_back.book, PLEASE_FIX)
    sheet.set_landscape()
    sheet.repeat_rows(_HEAD_ROW - 1)
    sheet.fit_to_pages(1, 0)
