"""The calendar on paper: a timeline of every agreement with a date to come, then the dates month by month."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import date, datetime, timedelta
from pathlib import Path

from reportlab.graphics.shapes import Drawing
from reportlab.graphics.shapes import Line as Stroke

from ctdesk.domain.contract_lines import CalendarLine, ContractLine
from ctdesk.domain.counting import counted, in_words
from ctdesk.domain.dates import add_months
from ctdesk.domain.register_paper import CalendarPaper
from ctdesk.reports import style
from ctdesk.reports.blocks import Band, Heading, Title
from ctdesk.reports.charts import blank, hatched, rect, string
from ctdesk.reports.document import Document
from ctdesk.reports.flow import Flow
from ctdesk.reports.fonts import BOLD, REGULAR, register, width
from ctdesk.reports.numbers import MONTHS, day, moment, month
from ctdesk.reports.register import edition_words, title_of
from ctdesk.reports.style import mm
from ctdesk.reports.tables import Column, Group, Line, Picture, Table
from ctdesk.reports.text import Paragraph
from ctdesk.reports.words import sentence

LETTERS = {
    "decide by": "D",
    "notice by": "N",
    "start procurement by": "P",
    "ends": "E",
    "start": "S",
    "review": "R",
}
"""The letter that marks each date on the timeline."""

_TITLES, _WIDE, _HIGH = 52 * mm, 118 * mm, 17.0
_BAR = 5.0


def write_calendar(paper: CalendarPaper, path: Path, *, printed: datetime) -> None:
    """Write the calendar as a PDF; the same paper gives the same bytes. Raises DeskError if it cannot be written."""
    register()
    flow = Flow("Calendar of agreements")
    _first(flow, paper)
    _timeline(flow, paper)
    _by_month(flow, paper)
    until = add_months(paper.on, paper.months)
    footer = (
        f"As at {day(paper.on)}",
        f"To {day(until - timedelta(days=1))}",
        f"Filter: {edition_words(paper.public)}",
        f"Printed {moment(printed)}",
    )
    Document(f"{paper.trust}: calendar of agreements", "Calendar", paper.trust, " · ".join(footer), paper.closed).write(
        flow, path
    )


def _first(flow: Flow, paper: CalendarPaper) -> None:
    room = flow.page.sheet.measure
    flow.add(Title("Calendar", _title(paper), room))
    last = add_months(paper.on, paper.months) - timedelta(days=1)
    band = [
        ("From", day(paper.on)),
        ("To", day(last)),
        ("Dates", f"{len(paper.dates):,}"),
        ("Agreements in force or to come", f"{len(paper.lines):,}"),
    ]
    flow.add(Band(band, room), gap=2 * mm)
    first = next((it for it in paper.dates if it.what == "decide by"), None)
    head = f"Next to decide: {first.called}, by {day(first.day)}. " if first else "Nothing is to be decided meanwhile. "
    flow.add(Paragraph([(head, style.LEAD_FIRST), (_busiest(paper.dates), style.LEAD)], room), gap=4 * mm)
    if paper.left_out:
        said = f"{counted(paper.left_out, 'agreement')} not for publication: no date of theirs is here."
        flow.add(Paragraph([(said, style.NOTE)], room), gap=2 * mm)


def _title(paper: CalendarPaper) -> str:
    decide, ends = (sum(it.what == what for it in paper.dates) for what in ("decide by", "ends"))
    decisions = f"{in_words(decide)} decision{'' if decide == 1 else 's'}"
    endings = f"{in_words(ends)} agreement{' ends' if ends == 1 else 's end'}"
    return f"{sentence(in_words(paper.months))} months: {decisions} to take, {endings}"


def _busiest(dates: Sequence[CalendarLine]) -> str:
    counts: dict[date, int] = defaultdict(int)
    for it in dates:
        counts[it.day.replace(day=1)] += 1
    if not counts:
        return ""
    most = max(counts, key=lambda first: (counts[first], -first.toordinal()))
    return f"The fullest month is {month(most)}, with {counted(counts[most], 'date')}."


def _timeline(flow: Flow, paper: CalendarPaper) -> None:
    marked: dict[str, list[CalendarLine]] = defaultdict(list)
    for it in paper.dates:
        if it.what in LETTERS and it.agreement:
            marked[it.agreement].append(it)
    shown = sorted((it for it in paper.lines if it.uid in marked), key=lambda it: (marked[it.uid][0].day, it.called))
    if not shown:
        return
    scale = _Scale(paper.on, add_months(paper.on, paper.months))
    heads = [Column("Agreement", _TITLES), Column("What is when", _WIDE, scale=_months(scale))]
    lines = [Line([title_of(it), _row(it, marked[it.uid], scale)]) for it in shown]
    table = Table(heads, lines, "By agreement")
    key = ", ".join(f"{letter} {what}" for what, letter in LETTERS.items())
    flow.add_heading(
        Heading(table.title, flow.page.sheet.measure, "agreements", f"{key}; hatched: possible"), keep=table.least()
    )
    flow.add_rows(table)
    rest = len(paper.lines) - len(shown)
    if rest:
        said = f"{counted(rest, 'agreement')} {'has' if rest == 1 else 'have'} none of these dates in the time shown."
        flow.add(Paragraph([(said, style.NOTE)], flow.page.sheet.measure), gap=3 * mm)


class _Scale:
    """The days shown, over the width of the timeline."""

    def __init__(self, first: date, until: date) -> None:
        self.first, self.until = first, until
        self._points = _WIDE / (until - first).days

    def x(self, at: date) -> float:
        """Return where a day lies; days beyond lie at the ends."""
        return (min(max(at, self.first), self.until) - self.first).days * self._points

    def months(self) -> Iterator[date]:
        """Yield the first day of each month within."""
        at = add_months(self.first.replace(day=1), 1)
        while at < self.until:
            yield at
            at = add_months(at, 1)


def _months(scale: _Scale) -> Drawing:
    drawing = blank(_WIDE, 20)
    for first in scale.months():
        x, room = scale.x(first), scale.x(add_months(first, 1)) - scale.x(first)
        drawing.add(Stroke(x, 0, x, 4, strokeColor=style.RULE, strokeWidth=0.6))
        name = MONTHS[first.month - 1][:3]
        if width(name, REGULAR, 7.5) < room:
            drawing.add(string(x + 1, 3, name, REGULAR, 7.5, colour=style.GREY))
        if first.month == 1 and x + width(str(first.year), BOLD, 8) < _WIDE:
            drawing.add(string(x + 1, 11.5, str(first.year), BOLD, 8))
    drawing.add(string(0, 11.5, str(scale.first.year), BOLD, 8))
    return drawing


def _row(line: ContractLine, dates: Sequence[CalendarLine], scale: _Scale) -> Picture:
    drawing = blank(_WIDE, _HIGH)
    for first in scale.months():
        x = scale.x(first)
        drawing.add(Stroke(x, 0, x, _HIGH, strokeColor=style.HAIR, strokeWidth=0.5))
    for piece in line.pieces:
        x, end = scale.x(piece.first), scale.x(piece.last + timedelta(days=1))
        if end > x and piece.certain:
            drawing.add(rect(x, 1, end - x, _BAR, style.MIDDLE))
        elif end > x:
            hatched(drawing, x, 1, end - x, _BAR)
    if not line.pieces and line.life.start:
        drawing.add(rect(scale.x(line.life.start), 1, _WIDE - scale.x(line.life.start), _BAR, style.MIDDLE))
    free = 0.0
    for it in dates:
        x = scale.x(it.day)
        drawing.add(Stroke(x, 0, x, _BAR + 3, strokeColor=style.INK, strokeWidth=1.3))
        letter = LETTERS[it.what]
        at = min(max(x - 2.6, free), _WIDE - 5)
        drawing.add(string(at, _BAR + 4.2, letter, BOLD, 8))
        free = at + width(letter, BOLD, 8) + 1.5
    return Picture(drawing, "; ".join(f"{it.what} {day(it.day)}" for it in dates))


def _by_month(flow: Flow, paper: CalendarPaper) -> None:
    if not paper.dates:
        return
    months: dict[date, list[CalendarLine]] = defaultdict(list)
    for it in paper.dates:
        months[it.day.replace(day=1)].append(it)
    heads = [
        Column("Date", 21 * mm, right=True),
        Column("What", 52 * mm),
        Column("Agreement", 52 * mm),
        Column("How it was worked out", 45 * mm),
    ]
    groups = [
        Group(month(first), [_date(it) for it in found], f"month-{first:%Y-%m}", ("date", "dates"))
        for first, found in months.items()
    ]
    table = Table(heads, groups, "By month")
    flow.add_heading(Heading(table.title, flow.page.sheet.measure, "months"), keep=table.least())
    flow.add_rows(table)


def _date(it: CalendarLine) -> Line:
    return Line([day(it.day), it.words, it.called or "–", sentence(it.sum.partition(" is ")[2]) or "–"])
