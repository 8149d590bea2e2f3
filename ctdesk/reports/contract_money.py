"""The payments of an agreement against their profile: as a chart by quarter and a table by year."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from reportlab.graphics.shapes import Drawing
from reportlab.graphics.shapes import Line as Stroke

from ctdesk.domain.contract_lines import PartLine
from ctdesk.domain.dates import financial_year
from ctdesk.domain.definition import Values
from ctdesk.domain.held import day_in, number_in
from ctdesk.domain.periods import Period, period_of
from ctdesk.domain.records.agreement_terms import ExtensionState
from ctdesk.domain.rounding import nearest
from ctdesk.reports import style
from ctdesk.reports.charts import Chart, blank, rect, string
from ctdesk.reports.fonts import REGULAR, SEMIBOLD, width
from ctdesk.reports.numbers import NONE, POUNDS, THOUSANDS, Scale, number
from ctdesk.reports.style import mm
from ctdesk.reports.tables import Column, Line, Table

MOST_QUARTERS = 12
"""Quarters that are drawn; earlier ones stand in the table."""

_HIGH, _FOOT = 40 * mm, 24.0
_THOUSANDS_FROM = 1_000_000
"""Pence a quarter from which the columns are labelled in thousands, as they are narrow."""


@dataclass(frozen=True, slots=True)
class Quarter:
    """The payments that fall due in a quarter, in pence; `paid` is None where none of them was paid."""

    period: Period
    profile: int
    paid: int | None


def quarters(payments: Sequence[Values], on: date) -> list[Quarter]:
    """Return the quarters from the first payment to the last of the day's financial year, at most twelve."""
    due = [day for it in payments if (day := day_in(it, "due"))]
    if not due:
        return []
    year_end = Period(period_of(on).year, 3, 4)
    last = min(period_of(max(due)), year_end, key=lambda it: it.first)
    at, found = min(period_of(min(due)), last, key=lambda it: it.first), []
    while at.first <= last.first:
        found.append(_quarter(payments, at))
        at = at.moved(1)
    return found[-MOST_QUARTERS:]


def _quarter(payments: Sequence[Values], period: Period) -> Quarter:
    within = [it for it in payments if (due := day_in(it, "due")) and period.first <= due <= period.last]
    paid = [sum_ for it in within if (sum_ := number_in(it, "paid")) is not None]
    return Quarter(period, sum(number_in(it, "profile") or 0 for it in within), sum(paid) if paid else None)


@dataclass(frozen=True, slots=True)
class Tally:
    """What fell due by a day, in pence: the profile of what was paid, what was paid for it, and what was not paid."""

    profile: int
    paid: int
    unpaid: int

    @property
    def off(self) -> int:
        """How much more than agreed was paid; below nought if it was less."""
        return self.paid - self.profile


def tally(payments: Sequence[Values], on: date) -> Tally:
    """Return what fell due by a day, compared with what was paid for it as far as that is noted."""
    due = [it for it in payments if (day_in(it, "due") or date.max) <= on]
    paid = [it for it in due if number_in(it, "paid") is not None]
    profile = sum(number_in(it, "profile") or 0 for it in paid)
    unpaid = sum(number_in(it, "profile") or 0 for it in due) - profile
    return Tally(profile, sum(number_in(it, "paid") or 0 for it in paid), unpaid)


def payments_scale(shown: Sequence[Quarter]) -> Scale:
    """Return the unit in which the quarters are drawn."""
    most = max((max(it.profile, it.paid or 0) for it in shown), default=0)
    return THOUSANDS if most >= _THOUSANDS_FROM else POUNDS


def payments_chart(shown: Sequence[Quarter], on: date, wide: float) -> Chart:
    """Draw what was paid in each quarter as a column, and the profile as a black line over it."""
    drawing, scale = blank(wide, _HIGH), payments_scale(shown)
    step = min(wide / len(shown), 14 * mm)
    most = max(max(it.profile, it.paid or 0, 0) for it in shown) or 1
    tall = (_HIGH - _FOOT - 17) / most
    for place, it in enumerate(shown):
        x = place * step
        if it.paid:
            present = it.period == period_of(on)
            fill = style.ACCENT if present else style.MIDDLE
            high = max(it.paid, 0) * tall
            drawing.add(rect(x + step * 0.16, _FOOT, step * 0.68, high, fill))
            figure = scale.text(scale.steps(it.paid))
            if high > 11 and width(figure, SEMIBOLD, 8) < step * 0.68:
                drawing.add(
                    string(x + step / 2, _FOOT + 3, figure, SEMIBOLD, 8, colour=style.on(fill), anchor="middle")
                )
        if it.profile:
            y = _FOOT + it.profile * tall
            drawing.add(Stroke(x + step * 0.04, y, x + step * 0.96, y, strokeColor=style.INK, strokeWidth=1.6))
        drawing.add(
            string(x + step / 2, _FOOT - 10, f"Q{it.period.number}", REGULAR, 8, colour=style.GREY, anchor="middle")
        )
    _years(drawing, shown, step)
    drawing.add(Stroke(0, _FOOT, step * len(shown), _FOOT, strokeColor=style.INK, strokeWidth=1.2))
    drawing.add(string(0, _HIGH - 8, "Columns: paid. Black lines: profile.", REGULAR, 8, colour=style.GREY))
    return Chart(drawing, _in_words(shown, scale))


def _years(drawing: Drawing, shown: Sequence[Quarter], step: float) -> None:
    years = list(dict.fromkeys(it.period.financial_year for it in shown))
    for year in years:
        places = [place for place, it in enumerate(shown) if it.period.financial_year == year]
        centre = (places[0] + places[-1] + 1) / 2 * step
        drawing.add(string(centre, _FOOT - 20, year, SEMIBOLD, 8, anchor="middle"))


def _in_words(shown: Sequence[Quarter], scale: Scale) -> str:
    said = [
        f"{it.period.short} paid {NONE if it.paid is None else scale.text(scale.steps(it.paid))}, "
        f"profile {scale.text(scale.steps(it.profile))}"
        for it in shown
    ]
    return f"Payments against profile, {scale.label}: {'; '.join(said)}."


def value_table(payments: Sequence[Values], extensions: Sequence[PartLine], on: date) -> Table:
    """Return profile and payments by financial year to a day, then what is still to come."""
    whole = tally(payments, on)
    years = sorted({financial_year(due) for it in payments if (due := day_in(it, "due")) and due <= on})
    lines = [_year(payments, year, on) for year in years]
    lines.append(Line(["Paid to date", *_sums(whole)], total=True))
    if whole.unpaid:
        lines.append(Line(["Due, not noted as paid", _pounds(whole.unpaid), NONE, ""]))
    left = sum(number_in(it, "profile") or 0 for it in payments) - whole.profile - whole.unpaid
    lines.append(Line(["Still to fall due", _pounds(left), NONE, ""]))
    drafted = [it.values for it in extensions if it.values.get("state") == ExtensionState.DRAFTED]
    if drafted:
        added = sum(number_in(it, "value") or 0 for it in drafted)
        lines.append(Line(["Extensions, if used", _pounds(added), NONE, ""]))
    heads = [
        Column("Year", 32 * mm),
        Column("Profile £", 16 * mm, right=True),
        Column("Paid £", 15 * mm, right=True),
        Column("Difference", 23 * mm, right=True),
    ]
    return Table(heads, lines, "Value over the term")


def _year(payments: Sequence[Values], year: str, on: date) -> Line:
    within = [it for it in payments if (due := day_in(it, "due")) and financial_year(due) == year]
    name = f"{year} to date" if year == financial_year(on) else year
    return Line([name, *_sums(tally(within, on))])


def _sums(of: Tally) -> list[str]:
    if not of.profile and not of.paid:
        return [NONE, NONE, NONE]
    share = f" ({share_off(of.off, of.profile)})" if of.off and of.profile else ""
    return [_pounds(of.profile), _pounds(of.paid), f"{number(nearest(of.off, 100))}{share}"]


def share_off(off: int, profile: int) -> str:
    """Return how far payments are off their profile, in per cent without sign."""
    share = nearest(abs(off) * 100, profile)
    return f"{share}%" if share else "under 1%"


def _pounds(pence: int) -> str:
    return number(nearest(pence, 100)) if pence else NONE
