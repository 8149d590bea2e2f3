"""Handing a return back: the agency's own answers in the same form, with what to fix marked and listed first.

It is a fresh workbook, not the returned file altered: openpyxl, the one library that alters files, loses newer
validations, rich text and every stored result on the way. What the agency added is carried over as plain values.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path

from ctdesk.domain.dates import date_text
from ctdesk.domain.findings import Finding, Grade
from ctdesk.returns.workbook import RequestBook, save


@dataclass(frozen=True, slots=True)
class HandBack:
    """All that a marked copy says.

    The rows of `book` carry the cells as returned, in the order returned, new rows with their new keys. The cells
    of `findings` are those of the returned file; `moved` says where such a cell stands in the copy, if elsewhere.
    `extra_columns` are, by the name of the sheet, columns the agency added, and `other_sheets` the other sheets of
    its file; of those that are the form's own only the sign-off is taken.
    """

    book: RequestBook
    findings: Sequence[Finding]
    received: date
    back_by: date
    accepted_sentence: str
    moved: Mapping[str, str] = field(default_factory=dict)
    extra_columns: Mapping[str, Sequence[tuple[str, Sequence[object]]]] = field(default_factory=dict)
    other_sheets: Mapping[str, Sequence[Sequence[object]]] = field(default_factory=dict)


def write_hand_back(hand_back: HandBack, path: Path) -> None:
    """Write the marked copy; raises DeskError if a text is too long for a cell or the file cannot be written."""
    from ctdesk.returns.hand_back_copy import marked_copy

    content = marked_copy(replace(hand_back, book=replace(hand_back.book, due=hand_back.back_by)))
    save(path, content, authors=[hand_back.book.trust])


def slip(hand_back: HandBack) -> str:
    """Return the text that says the return is received and accepted, with nothing more to do."""
    book = hand_back.book
    better = list(dict.fromkeys(f.message for f in hand_back.findings if f.grade is Grade.BETTER))
    lines = [
        f"{book.agency}\n{book.round}, as at {date_text(book.as_at)}",
        f"Received on {date_text(hand_back.received)} and accepted. There is nothing more for you to do.",
        hand_back.accepted_sentence,
        *(["For the next time, no answer needed:\n" + "\n".join(f"- {words}" for words in better)] if better else []),
        book.team + (f"\n{book.reply_to}" if book.reply_to else ""),
    ]
    return "\n\n".join(line for line in lines if line) + "\n"
