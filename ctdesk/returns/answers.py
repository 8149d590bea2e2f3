"""The answers an agency wrote into the first sheet of a workbook that was handed back to it."""

from dataclasses import dataclass

from ctdesk.returns.headers import plain_heading
from ctdesk.returns.sheets import Book, Cell

PLEASE_FIX = "Please fix"
MATTER, NAME, ANSWER = "What is the matter", "Service or post", "Your answer"
"""The headings under which the question, its record and the agency's answer stand."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What an agency said to one question, which is known by its words and its record's name."""

    message: str
    name: str
    text: str


def read_answers(book: Book) -> list[Answer]:
    """Return every answer that was given; a workbook without the sheet has none."""
    sheet = book.sheet(PLEASE_FIX)
    for at, row in enumerate(sheet.rows if sheet else []):
        headings = [plain_heading(cell) for cell in row]
        wanted = [plain_heading(heading) for heading in (MATTER, NAME, ANSWER)]
        if all(heading in headings for heading in wanted):
            columns = [headings.index(heading) for heading in wanted]
            rows = sheet.rows[at + 1 :] if sheet else []
            found = [Answer(*(_text(cells[column]) for column in columns)) for cells in rows]
            return [answer for answer in found if answer.message and answer.text]
    return []


def _text(cell: Cell) -> str:
    return "" if cell is None else str(cell).strip()
