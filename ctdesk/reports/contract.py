"""The contract report: one agreement from its next decision to its papers, on two to four pages."""

from collections.abc import Iterator
from datetime import date, datetime
from functools import partial
from pathlib import Path

from ctdesk.domain.contract_lines import ContractLine
from ctdesk.domain.contract_paper import WHOLE, ContractPaper, not_for_publication
from ctdesk.domain.counting import counted, listed
from ctdesk.domain.lifecycle import LIVE
from ctdesk.reports import style
from ctdesk.reports.beside import Beside, Facts, Stack
from ctdesk.reports.blocks import Band, Figure, Heading, Title
from ctdesk.reports.contract_charts import key_dates, term_chart
from ctdesk.reports.contract_counts import count_pages
from ctdesk.reports.contract_measures import measure_pages
from ctdesk.reports.contract_money import payments_chart, payments_scale, quarters, value_table
from ctdesk.reports.contract_terms import terms_pages
from ctdesk.reports.contract_watch import watch_pages
from ctdesk.reports.contract_words import decision_sentence, lead_sentences
from ctdesk.reports.document import Document
from ctdesk.reports.flow import FIGURE_GAP, Flow, laid_out
from ctdesk.reports.fonts import register
from ctdesk.reports.numbers import day, moment, whole_pounds
from ctdesk.reports.style import mm
from ctdesk.reports.tables import Column, Line, Table
from ctdesk.reports.text import Paragraph
from ctdesk.reports.words import sentence

_CHART = 84 * mm
_MOST = 1e9
"""More room than any table of a few rows takes."""


def write_contract(paper: ContractPaper, path: Path, *, printed: datetime) -> None:
    """Write the report as a PDF; the same paper gives the same bytes. Raises DeskError if it cannot be written."""
    register()
    called = _called(paper)
    flow = laid_out(partial(_laid, paper, called))
    footer = (f"As at {day(paper.on)}", f"Agreement {called}", _edition(paper), f"Printed {moment(printed)}")
    title = f"{paper.trust}: contract report, {called}"
    closed = bool(paper.exempt) and not paper.public
    Document(title, "Contract report", paper.trust, " · ".join(filter(None, footer)), closed).write(flow, path)


def _laid(paper: ContractPaper, called: str, gap: float) -> Flow:
    flow = Flow(f"Contract report · {called}", heading_gap=gap)
    if WHOLE in paper.withheld:
        _nothing(flow, paper, called)
    else:
        _pages(flow, paper)
    return flow


def _called(paper: ContractPaper) -> str:
    """Return how the agreement is named in header and footer: its reference, else its title."""
    if WHOLE in paper.withheld:
        return paper.line.reference or "not named"
    return paper.line.reference or paper.line.title or "without a title"


def _edition(paper: ContractPaper) -> str:
    if paper.public:
        return "Public edition"
    return "Holds items not for publication" if paper.exempt else ""


def _nothing(flow: Flow, paper: ContractPaper, called: str) -> None:
    room = flow.page.sheet.measure
    flow.add(Title("Contract report", f"Agreement {called}", room))
    said = f"{not_for_publication(paper.withheld[WHOLE])} of Part 1 of Schedule 12A to the Local Government Act 1972."
    flow.add(Paragraph([(said, style.LEAD)], room), gap=4 * mm)


def _pages(flow: Flow, paper: ContractPaper) -> None:
    missing: list[str] = []
    _first(flow, paper)
    _dates(flow, paper)
    _money(flow, paper, missing)
    measure_pages(flow, paper, missing)
    count_pages(flow, paper, missing)
    watch_pages(flow, paper, missing)
    terms_pages(flow, paper, missing)
    if missing:
        told = f"Nothing is held of {listed(missing)}."
        flow.add(Paragraph([(told, style.NOTE)], flow.page.sheet.measure), gap=6 * mm)


def _first(flow: Flow, paper: ContractPaper) -> None:
    line, room = paper.line, flow.page.sheet.measure
    flow.add(Title("Contract report", line.title or paper.held_back("title") or _called(paper), room))
    band = [
        ("Agreement", line.reference or "No reference"),
        ("Provider", paper.shown("provider", line.provider or "Not chosen yet")),
        ("State", sentence(line.state.value)),
        ("Manager", paper.shown("manager", line.manager or "Not given")),
        ("As at", day(paper.on)),
    ]
    flow.add(Band(band, room), gap=2 * mm)
    held = paper.held_back("end")
    first = f"Its dates are {held[:1].lower()}{held[1:]}." if held else decision_sentence(line, paper.on)
    lead = [(f"{first} ", style.LEAD_FIRST), (lead_sentences(paper), style.LEAD)]
    flow.add(Paragraph(lead, room), gap=4 * mm)
    if paper.exempt and not paper.public:
        told = "This report holds items that are not for publication; the public edition is printed without them."
        flow.add(Paragraph([(told, style.NOTE_STRONG)], room), gap=2 * mm)
    flow.add(Facts(list(_facts(paper)), room), gap=4 * mm)


def _facts(paper: ContractPaper) -> Iterator[tuple[str, str]]:
    line, words, life = paper.line, paper.sheet.words, paper.line.life
    buyer = ", ".join(filter(None, (line.agency, paper.shown("department", line.department))))
    yield "Commissioned by", buyer or "Not given"
    yield "Agreement", line.type_words or "Not given"
    if len(line.providers) > 1:
        shares = [f"{it.provider} {f'{it.percent}%' if it.percent is not None else '–'}" for it in line.providers]
        yield "Shares", paper.shown("provider", "; ".join(shares))
    yield "Yearly value", paper.shown("annual_value", _money_of(life.annual_value))
    yield "Value to its end", paper.shown("total_value", _worked_value(paper))
    for name, label in (("vat", "VAT not recovered"), ("payment_terms", "Payment terms")):
        if words.get(name) or paper.held_back(name):
            yield label, paper.shown(name, words[name])
    if line.route:
        weeks = f", lead time {counted(line.lead_weeks, 'week')}" if line.lead_weeks is not None else ""
        yield "Procured by", paper.shown("route", f"{line.route}{weeks}")
    months = line.notice_months
    yield "Notice", paper.shown("notice_months", counted(months, "month") if months is not None else "Not given")
    watched = [line.tier_words or "No tier given", f"next review {day(line.next_review)}" if line.next_review else ""]
    yield "Watched over", ", ".join(filter(None, watched))
    if words.get("main_outcome"):
        yield "Main outcome", paper.shown("main_outcome", words["main_outcome"])
    if line.state in LIVE:
        yield "Plan at the end", paper.shown("plan_at_end", sentence(line.plan_at_end) or "Not given")
        yield "Successor", paper.shown("successor", line.successor_called or "None named")


def _worked_value(paper: ContractPaper) -> str:
    """Return the value to the end with its sum, which would tell parts that are withheld."""
    total = paper.line.life.total
    told = paper.held_back("extension", "extension.value", "variation", "variation.annual_value", "annual_value")
    how = total.sum.partition(" is ")[2] if total and not told else ""
    return ": ".join(filter(None, (_money_of(total.pence if total else None), how)))


def _money_of(pence: int | None) -> str:
    return f"£{whole_pounds(pence)}" if pence is not None else "Not given"


def _dates(flow: Flow, paper: ContractPaper) -> None:
    line, room, held = paper.line, flow.page.sheet.measure, paper.held_back("start", "end")
    if held:
        flow.add_heading(Heading("Dates", room, "dates"), keep=20)
        flow.add(Paragraph([(f"{held}.", style.BODY)], room))
        return
    if not line.pieces and not key_dates(line, paper.on):
        flow.add_heading(Heading("Dates", room, "dates"), keep=20)
        flow.add(Paragraph([(_no_dates(line), style.BODY)], room))
        return
    chart = term_chart(line, paper.on, room)
    figure, table = Figure(chart.drawing, chart.words), _worked_dates(paper)
    note = "Financial years; hatched: possible, not certain"
    flow.add_heading(Heading("Dates", room, "dates", note), keep=figure.height)
    flow.add(figure)
    if table.rows:
        flow.add_rows(table, gap=FIGURE_GAP)


def _no_dates(line: ContractLine) -> str:
    """Say why there is no date to keep."""
    if line.life.start is None:
        return "Neither start nor end is given, so no date can be worked out."
    known = "it has no end" if line.values.get("open_ended") else "no end is given"
    return f"It starts on {day(line.life.start)} and {known}, so there is no date to keep."


def _worked_dates(paper: ContractPaper) -> Table:
    life = paper.line.life
    live = paper.line.state in LIVE
    found = [
        ("Start procurement by", life.start_procurement_by if live else None),
        ("Decide by", life.decide_by if live else None),
        ("Notice by", life.notice_by if live else None),
        ("Ends", life.current_end),
        ("Latest possible end", life.latest_end if life.latest_end != life.current_end else None),
    ]
    known = sorted(((words, it) for words, it in found if it), key=lambda it: it[1].day)
    lines = [
        Line([words, day(it.day), _away(it.day, paper.on), sentence(it.sum.partition(" is ")[2])])
        for words, it in known
    ]
    heads = [
        Column("Date", 36 * mm),
        Column("Day", 21 * mm, right=True),
        Column("From the as-at date", 33 * mm),
        Column("How it was worked out", 80 * mm),
    ]
    return Table(heads, lines, "Dates")


def _away(at: date, on: date) -> str:
    days = (at - on).days
    if not days:
        return "That day"
    return f"In {counted(days, 'day')}" if days > 0 else f"Passed, {counted(-days, 'day')} ago"


def _money(flow: Flow, paper: ContractPaper, missing: list[str]) -> None:
    room, held = flow.page.sheet.measure, paper.held_back("payment")
    if held:
        flow.add_heading(Heading("Payments", room, "payments"), keep=20)
        flow.add(Paragraph([(f"{held}.", style.BODY)], room))
        return
    payments = [it.values for it in paper.sheet.parts["payment"]]
    shown = quarters(payments, paper.on)
    if not shown:
        missing.append("payments")
        return
    chart = payments_chart(shown, paper.on, _CHART - 6 * mm)
    scale = f"{payments_scale(shown).label} a quarter"
    table = value_table(payments, paper.sheet.parts["extension"], paper.on)
    left = Stack(
        [Heading("Payments against profile", _CHART - 6 * mm, "payments", scale), Figure(chart.drawing, chart.words)]
    )
    right = Stack(
        [Heading("Value over the term", room - _CHART, "value", paper.mark("payment")), table.piece(0, _MOST).block]
    )
    flow.add(Beside(left, right, _CHART), gap=7 * mm)
