"""Small charts of one agreement: its term with its key dates, and the score of a risk."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from reportlab.graphics.shapes import Circle, Drawing, Line, Polygon

from ctdesk.domain.contract_lines import ContractLine
from ctdesk.domain.dates import add_months, financial_year
from ctdesk.domain.lifecycle import LIVE
from ctdesk.reports import style
from ctdesk.reports.charts import Chart, blank, hatched, rect, string
from ctdesk.reports.fonts import BOLD, REGULAR, SEMIBOLD, width
from ctdesk.reports.numbers import day
from ctdesk.reports.style import mm

_LEFT, _AXIS, _BAR, _ROW = 22 * mm, 14.0, 7 * mm, 12.5
_MOST_YEARS = 12
"""Financial years that are drawn; of a longer term those about the day."""


@dataclass(frozen=True, slots=True)
class KeyDate:
    """A date to be drawn: its day, its words, and whether somebody has to act by it."""

    day: date
    words: str
    to_do: bool


def key_dates(line: ContractLine, on: date) -> list[KeyDate]:
    """Return the dates of an agreement that are drawn, the earliest first; what is to be done only while it is live."""
    life, live = line.life, line.state in LIVE
    to_do = (("Decide by", life.decide_by), ("Notice by", life.notice_by), ("Procure from", life.start_procurement_by))
    found = [
        KeyDate(it.day, f"{words} {day(it.day)}{': passed' if it.day < on else ''}", to_do=True)
        for words, it in to_do
        if it and live
    ]
    if life.current_end:
        found.append(KeyDate(life.current_end.day, f"End {day(life.current_end.day)}", to_do=False))
    if life.latest_end and life.latest_end != life.current_end:
        found.append(KeyDate(life.latest_end.day, f"Latest end {day(life.latest_end.day)}", to_do=False))
    return sorted(found, key=lambda it: it.day)


@dataclass(frozen=True, slots=True)
class _Years:
    """A line of financial years over so many points."""

    first: date
    last: date
    wide: float

    def x(self, at: date) -> float:
        """Return where a day lies; days beyond the line lie at its ends."""
        days = (min(max(at, self.first), self.last) - self.first).days
        return _LEFT + days / max((self.last - self.first).days, 1) * (self.wide - _LEFT)

    def starts(self) -> Iterator[date]:
        """Yield the first day of each year."""
        at = self.first
        while at < self.last:
            yield at
            at = add_months(at, 12)


def term_chart(line: ContractLine, on: date, wide: float) -> Chart:
    """Draw the term as one bar on a line of financial years, certain parts solid and optional ones hatched."""
    dates, years = key_dates(line, on), _years(line, on, wide)
    placed = list(_placed(dates, years, years.x(on)))
    rows = max((row for *_, row in placed), default=-1) + 1
    drawing = blank(wide, _AXIS + _BAR + 5 + (rows + 1) * _ROW)
    _axis(drawing, years)
    top = drawing.height - _AXIS - 2
    for piece in line.pieces:
        _piece(drawing, years, top, piece.first, piece.last, words=piece.words, certain=piece.certain)
    drawing.add(string(0, top - _BAR / 2 - 3, "Term", SEMIBOLD, 8.5))
    if dates:
        drawing.add(string(0, top - _BAR - _ROW + 1, "Key dates", SEMIBOLD, 8.5))
    for it, x, at, row in placed:
        y = top - _BAR - (row + 1) * _ROW + 1
        _mark(drawing, x, y + 2.8, to_do=it.to_do)
        drawing.add(string(at, y, it.words, SEMIBOLD if it.to_do else REGULAR, 8.5))
    _today(drawing, years, on)
    return Chart(drawing, _in_words(line, dates, on))


def _years(line: ContractLine, on: date, wide: float) -> _Years:
    known = [on, *(it.day for it in key_dates(line, on)), *(it.first for it in line.pieces)]
    first = date(int(financial_year(min(known))[:4]), 4, 1)
    last = date(int(financial_year(max(known))[:4]) + 1, 4, 1)
    if last.year - first.year > _MOST_YEARS:
        first = max(first, date(int(financial_year(on)[:4]) - _MOST_YEARS // 2, 4, 1))
        last = min(last, add_months(first, 12 * _MOST_YEARS))
    return _Years(first, last, wide)


def _axis(drawing: Drawing, years: _Years) -> None:
    for start in years.starts():
        x, end = years.x(start), years.x(add_months(start, 12))
        drawing.add(Line(x, 0, x, drawing.height - _AXIS, strokeColor=style.HAIR, strokeWidth=0.6))
        name = financial_year(start)
        if width(name, REGULAR, 8) < end - x:
            drawing.add(string((x + end) / 2, drawing.height - 9, name, REGULAR, 8, colour=style.GREY, anchor="middle"))
    drawing.add(Line(years.wide, 0, years.wide, drawing.height - _AXIS, strokeColor=style.HAIR, strokeWidth=0.6))


def _piece(drawing: Drawing, years: _Years, top: float, first: date, last: date, *, words: str, certain: bool) -> None:
    x, end = years.x(first), years.x(last + timedelta(days=1))
    long = end - x
    if long <= 0:
        return
    text = next((it for it in (words, words.partition(",")[0]) if width(it, SEMIBOLD, 8.5) < long - 4 * mm), "")
    if certain:
        drawing.add(rect(x, top - _BAR, long, _BAR, style.ACCENT, edge=style.WHITE))
        drawing.add(string(x + 2 * mm, top - _BAR / 2 - 3, text, SEMIBOLD, 8.5, colour=style.WHITE))
        return
    hatched(drawing, x, top - _BAR, long, _BAR)
    if text:
        room = width(text, SEMIBOLD, 8.5) + 2 * mm
        drawing.add(rect(x + (long - room) / 2, top - _BAR + 2.5, room, _BAR - 5, style.WHITE))
        drawing.add(string(x + long / 2, top - _BAR / 2 - 3, text, SEMIBOLD, 8.5, anchor="middle"))


def _placed(dates: Sequence[KeyDate], years: _Years, today: float) -> Iterator[tuple[KeyDate, float, float, int]]:
    """Yield each date with where its mark and its words stand, and in which row they touch no others, nor the day."""
    taken: list[list[tuple[float, float]]] = []
    for it in dates:
        x = years.x(it.day)
        room = width(it.words, SEMIBOLD if it.to_do else REGULAR, 8.5)
        right, left = x + 2 * mm, x - 2 * mm - room
        crossed = right < today < right + room and left > 0
        at = left if right + room > years.wide or crossed else right
        from_, to = min(at, x) - 2 * mm, max(at + room, x) + 2 * mm
        row = next((n for n, spans in enumerate(taken) if all(to <= a or from_ >= b for a, b in spans)), len(taken))
        if row == len(taken):
            taken.append([])
        taken[row].append((from_, to))
        yield it, x, at, row


def _mark(drawing: Drawing, x: float, y: float, *, to_do: bool) -> None:
    if to_do:
        points = [x - 2.6, y - 2.4, x + 2.6, y - 2.4, x, y + 2.6]
        drawing.add(Polygon(points, fillColor=style.INK, strokeColor=None))
    else:
        drawing.add(Circle(x, y, 2, fillColor=style.INK, strokeColor=None))


def _today(drawing: Drawing, years: _Years, on: date) -> None:
    x = years.x(on)
    drawing.add(Line(x, 0, x, drawing.height - _AXIS, strokeColor=style.INK, strokeWidth=1.4))
    words = f"as at {day(on)}"
    right = x + 1.5 * mm + width(words, BOLD, 8.5) > years.wide
    drawing.add(string(x + (-1.5 if right else 1.5) * mm, 1.5, words, BOLD, 8.5, anchor="end" if right else "start"))


def _in_words(line: ContractLine, dates: Sequence[KeyDate], on: date) -> str:
    pieces = [f"{it.words} {day(it.first)} to {day(it.last)}" for it in line.pieces]
    told = "; ".join(it.words for it in dates) or "none"
    return f"As at {day(on)}. Term: {'; '.join(pieces) or 'not known'}. Dates: {told}."


def risk_squares(likelihood: int, impact: int) -> Chart:
    """Draw the score of a risk with its likelihood and impact as squares of five."""
    drawing = blank(40 * mm, 19)
    drawing.add(string(0, 5, str(likelihood * impact), BOLD, 12))
    for y, words, count in ((10.5, "likely", likelihood), (1, "impact", impact)):
        drawing.add(string(17 * mm, y + 0.6, f"{words} {count}", REGULAR, 8, colour=style.GREY, anchor="end"))
        for place in range(5):
            fill = style.ACCENT if place < count else style.WHITE
            box = rect(18.5 * mm + place * 3.4 * mm, y, 3.2 * mm, 6.6, fill, edge=style.RULE, weight=0.5)
            drawing.add(box)
    return Chart(drawing, f"Score {likelihood * impact}: likelihood {likelihood}, impact {impact}.")
