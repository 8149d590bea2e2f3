"""The guide, first sheet of the workbook: whose it is, what is missing, how to fill it in, who signs it off."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from ctdesk.domain.dates import date_text
from ctdesk.returns.workbook import RequestBook
from ctdesk.returns.workbook_cells import Computed, Content, Row
from ctdesk.returns.workbook_checklist import ChecklistLine, checklist_line, money_line
from ctdesk.returns.workbook_conditions import quoted
from ctdesk.returns.workbook_data import DataSheet
from ctdesk.returns.workbook_data_form import page
from ctdesk.returns.workbook_styles import AMBER_TAB, Styles

START = "Start here"

_FIRST_LINE, _SIGN_OFF = 9, 27
_WIDTHS = (2.5, 31, 33, 15, 15, 66)

SIGN_OFF = ("Filled in by (job title)", "Signed off by (job title)", "Date signed off")
"""What the agency is asked to put at the foot of the guide."""

_SIGN_OFF_NOTES = ("Whom we may ask about it.", "Somebody who can answer for the agency.", "Like 31/03/2027")


@dataclass(frozen=True, slots=True)
class Guide:
    """What the guide says for one agency. `answers` are sign-off cells as they came back, by their labels."""

    book: RequestBook
    sheets: Sequence[DataSheet]
    answers: Mapping[str, Content] = field(default_factory=dict)

    def rows(self) -> Iterator[Row]:
        """Yield the rows of the sheet."""
        book = self.book
        lines = [checklist_line(data, _FIRST_LINE + at) for at, data in enumerate(self.sheets)]
        due = f"{book.round} · as at {date_text(book.as_at)} · please send it back by {date_text(book.due)}"
        yield _row(1, {}, 12)
        yield _row(2, {1: (book.agency, "guide title")}, 32.25)
        yield _row(3, {1: (due, "guide line")}, 20.25)
        if book.about:
            yield _row(4, {1: (book.about, "guide line")}, 20.25)
        yield _row(5, dict.fromkeys(range(2, 6), (None, "banner")) | {1: (self._banner(lines), "banner")}, 32.25)
        yield from self._checklist(lines)
        yield _section(14, "How to fill it in")
        for at, words in enumerate(book.form.numbered_steps):
            yield _row(15 + at, {1: (words, "step")}, 18)
        yield _section(22, "What the colours mean")
        yield _colours(23)
        yield _section(25, "Who filled it in and who signs it off")
        yield from self._sign_off()
        yield _section(31, "Good to know")
        questions = f"Questions? {book.team}" + (f", {book.reply_to}" if book.reply_to else "")
        for at, words in enumerate((*book.form.notes, questions)):
            yield _row(32 + at, {1: (words, "step")}, 18)

    def _banner(self, lines: Sequence[ChecklistLine]) -> Computed:
        """The line that says whether the agency has finished."""
        last = _FIRST_LINE + len(lines) - 1
        left, used = f"SUM(E{_FIRST_LINE}:E{last})", f"SUM(C{_FIRST_LINE}:C{last})"
        signed = f"COUNTA(C{_SIGN_OFF}:C{_SIGN_OFF + len(SIGN_OFF) - 1})"
        none, sign = (
            f"Nothing is filled in yet. Begin on the sheet {self.sheets[0].layout.name}.",
            "Every row is complete. Please sign it off below.",
        )
        to = f" to {self.book.reply_to}" if self.book.reply_to else " to us"
        done = f"Finished. Save the file and send it back{to}."
        one, more = " row still needs something.", " rows still need something."
        formula = (
            f'IF({used}=0,"{none}",IF({left}>0,"Not finished: "&{left}&IF({left}=1,"{one}","{more}"),'
            f'IF({signed}<{len(SIGN_OFF)},"{sign}",{quoted(done)})))'
        )
        count = sum(line.left for line in lines)
        if not sum(int(line.in_use.result) for line in lines):
            return Computed(formula, none)
        if count:
            return Computed(formula, f"Not finished: {count}{one if count == 1 else more}")
        all_signed = all(self.answers.get(label) is not None for label in SIGN_OFF)
        return Computed(formula, done if all_signed else sign)

    def _checklist(self, lines: Sequence[ChecklistLine]) -> Iterator[Row]:
        yield _section(7, "What is still missing")
        heads = ("Sheet", "Rows in use", "Complete", "To do", "What, chiefly")
        styles = ("table head", *["table head right"] * 3, "table head most")
        yield _row(8, {1 + at: (heads[at], styles[at]) for at in range(5)}, 15.75)
        for at, (data, line) in enumerate(zip(self.sheets, lines, strict=True)):
            cells: dict[int, tuple[Content, str]] = {
                1: (data.layout.name, "link"),
                2: (line.in_use, "count"),
                3: (line.complete, "count"),
                4: (line.to_do, "count bold"),
                5: (line.most, "most"),
            }
            yield _row(_FIRST_LINE + at, cells, 15.75)
        if self.sheets[0].layout.kind == "activity":
            yield self._money(_FIRST_LINE + len(lines))

    def _money(self, number: int) -> Row:
        money = money_line(self.sheets[0], number)
        cells: dict[int, tuple[Content, str]] = {1: ("Total annual value", "sum label"), 2: (money.now, "sum")}
        if money.words is not None:
            cells |= {3: ("sent to you as", "quiet right"), 4: (money.sent, "sum sent"), 5: (money.words, "quiet")}
        return _row(number, cells, 15.75)

    def _sign_off(self) -> Iterator[Row]:
        for at, (label, note) in enumerate(zip(SIGN_OFF, _SIGN_OFF_NOTES, strict=True)):
            style = "answer date" if label == SIGN_OFF[-1] else "answer"
            cells: dict[int, tuple[Content, str]] = {1: (label, "label"), 2: (self.answers.get(label), style)}
            yield _row(_SIGN_OFF + at, cells | {3: (note, "quiet")}, 20.25)


def form_guide(sheet: Any, styles: Styles, book: RequestBook, names: Sequence[str]) -> None:
    """Give the guide everything but its rows; `names` are the data sheets it links to."""
    for at, width in enumerate(_WIDTHS):
        sheet.set_column(at, at, width)
    for at, name in enumerate(names):
        sheet.write_url(_FIRST_LINE - 1 + at, 1, f"internal:'{name}'!B6", styles["link"], name)
        wanted = {"type": "cell", "criteria": ">", "value": 0, "format": styles["yellow"]}
        sheet.conditional_format(_FIRST_LINE - 1 + at, 4, _FIRST_LINE - 1 + at, 4, wanted)
    for start in ("Not", "Every"):
        criteria = f'=LEFT($B$5,{len(start)})="{start}"'
        sheet.conditional_format(4, 1, 4, 5, {"type": "formula", "criteria": criteria, "format": styles["yellow"]})
    sheet.hide_gridlines(2)
    sheet.set_tab_color(AMBER_TAB)
    sheet.protect("", {"format_columns": True, "format_rows": True})
    page(sheet, book, START)
    sheet.set_landscape()
    sheet.print_area(0, 0, 34, 5)
    sheet.fit_to_pages(1, 1)


def _row(number: int, cells: Mapping[int, tuple[Content, str]], height: float) -> Row:
    contents = [cells.get(at, (None, ""))[0] for at in range(6)]
    return Row(number, contents, [cells.get(at, (None, ""))[1] for at in range(6)], height)


def _section(number: int, words: str) -> Row:
    return _row(number, {at: (words if at == 1 else None, "section") for at in range(1, 6)}, 24)


def _colours(number: int) -> Row:
    boxes = (
        ("Yours to fill in or change", "box yours"),
        ("Required and still empty", "box yellow"),
        ("Look at it", "box salmon"),
        ("The desk’s", "box desk"),
    )
    cells: dict[int, tuple[Content, str]] = {1 + at: box for at, box in enumerate(boxes)}
    return _row(number, cells | {5: ("Whatever a colour tells, the column Check tells in words.", "quiet")}, 26.25)
