"""What the service map tells, on paper: the finding as title, the lead, the largest first, then every table."""

from pathlib import Path

from ctdesk.domain.map_findings import Gap, Overlap
from ctdesk.domain.map_paper import QuestionPaper
from ctdesk.domain.rounding import percentage
from ctdesk.domain.service_lines import ServiceLine
from ctdesk.reports import style
from ctdesk.reports.blocks import Band, Figure, Heading, Title
from ctdesk.reports.charts import Bar, Part, plain_bars
from ctdesk.reports.figure_tables import add_figures
from ctdesk.reports.flow import FIGURE_GAP, Flow
from ctdesk.reports.fonts import register
from ctdesk.reports.numbers import NONE, day, whole_pounds
from ctdesk.reports.service_map import map_document
from ctdesk.reports.style import LANDSCAPE, PORTRAIT, mm
from ctdesk.reports.tables import Column, Line, Styled, Table
from ctdesk.reports.text import Paragraph

_MOST_PAIRS = 100
"""Overlaps that are told on paper, the largest; nobody reads more there, and the workbook has them all."""
_MOST_ROWS = 120


def write_question(paper: QuestionPaper, path: Path) -> None:
    """Write the answer as a PDF; the same answer gives the same bytes. Raises DeskError if it cannot be written."""
    register()
    flow = Flow(paper.kicker, PORTRAIT)
    room = flow.page.sheet.measure
    flow.add(Title(paper.kicker, paper.title, room))
    flow.add(Band(_band(paper), room), gap=2 * mm)
    first, rest = paper.lead
    flow.add(Paragraph([(f"{first} ", style.LEAD_FIRST), (rest, style.LEAD)], room), gap=4 * mm)
    if paper.head.rests_on:
        rests = Paragraph([("What it rests on. ", style.NOTE_STRONG), (paper.head.rests_on, style.NOTE)], room)
        flow.add(rests, gap=4 * mm)
    if paper.overlaps:
        _overlaps(flow, paper)
    if paper.gaps:
        _gaps(flow, paper)
    if paper.bars:
        _chart(flow, paper)
    for at, table in enumerate(paper.tables):
        if len(table.heads) > 8 and flow.page.sheet is not LANDSCAPE:
            flow.new_page(LANDSCAPE)
        add_figures(flow, table, f"table-{at}", most=_MOST_ROWS)
    map_document(paper.head, paper.title, paper.kicker).write(flow, path)


def _band(paper: QuestionPaper) -> list[tuple[str, str]]:
    head = paper.head
    return [
        ("Round", head.round),
        ("As at", day(head.as_at)),
        ("Filter", head.filter),
        ("Coverage", head.coverage),
    ]


def _overlaps(flow: Flow, paper: QuestionPaper) -> None:
    """Add the largest overlaps, both sides of each with its unit cost."""
    room = flow.page.sheet.measure
    shown = paper.overlaps[:_MOST_PAIRS]
    columns = [
        Column("", 8 * mm),
        Column("Bought by", 44 * mm),
        Column("Service and provider", 80 * mm),
        Column("£ a year", 20 * mm, right=True),
        Column("£ a unit", 18 * mm, right=True),
    ]
    lines = []
    for number, overlap in enumerate(shown, start=1):
        lines.append(_overlap_head(number, overlap))
        lines += [_side(line) for line in (overlap.first, overlap.second)]
    table = Table(columns, lines, "Overlaps, largest first")
    more = len(paper.overlaps) > len(shown)
    note = f"the first {len(shown)}, all others in the workbook; " if more else ""
    flow.add_heading(Heading(table.title, room, "overlaps", f"{note}£ in the smaller of the two"), keep=table.least())
    flow.add_rows(table)


def _overlap_head(number: int, overlap: Overlap) -> Line:
    strong = style.CELL_STRONG
    kind = "Two prices" if overlap.kind == "two prices" else "Two agencies"
    return Line([
        Styled(str(number), strong), Styled(f"{kind}: {overlap.first.outcome}", strong),
        Styled("; ".join(overlap.evidence[1:]), style.SMALL_GREY), Styled(whole_pounds(overlap.amount), strong), "",
    ])  # fmt: skip


def _side(line: ServiceLine) -> Line:
    cost = line.unit_cost
    service = ", ".join(filter(None, (f"{line.reference} {line.title}".strip(), line.provider)))
    return Line(["", line.agency, service, whole_pounds(line.value), whole_pounds(cost[0]) if cost else NONE])


def _gaps(flow: Flow, paper: QuestionPaper) -> None:
    """Add the needs with no service, in the plan's order, and what is thin beside the mean."""
    room = flow.page.sheet.measure
    unmet = [gap for gap in paper.gaps if gap.kind == "no service"]
    if unmet:
        columns = [
            Column("", 7 * mm), Column("Outcome, tier, age, area", 50 * mm),
            Column("What the plan says is needed", 66 * mm), Column("Bought now", 20 * mm),
            Column("Would lead", 27 * mm),
        ]  # fmt: skip
        lines = [
            Line([str(at), _where(gap), ": ".join(filter(None, (gap.need, gap.evidence))), "Nothing", gap.lead or NONE])
            for at, gap in enumerate(unmet, start=1)
        ]
        table = Table(columns, lines, "Gaps, in the order of the plan")
        flow.add_heading(Heading(table.title, room, "gaps"), keep=table.least())
        flow.add_rows(table)
    thin = [gap for gap in paper.gaps if gap.kind == "thin"]
    if thin:
        bars = [
            Bar(_where(gap), [Part(gap.amount, "")], f"£{whole_pounds(gap.amount)}", f"{_below(gap)}% below")
            for gap in thin
        ]
        chart = plain_bars(bars, room)
        heading = Heading("Thin: far below the mean for each head", room, "thin", "£ a head")
        flow.add_heading(heading, keep=chart.drawing.height)
        flow.add(Figure(chart.drawing, chart.words), gap=FIGURE_GAP)


def _where(gap: Gap) -> str:
    return ", ".join(filter(None, (gap.outcome, gap.tier, gap.ages, gap.area)))


def _below(gap: Gap) -> int:
    return 100 - percentage(gap.amount, gap.mean or 1)


def _chart(flow: Flow, paper: QuestionPaper) -> None:
    room = flow.page.sheet.measure
    bars = [Bar(label, [Part(length, "")], figure) for label, length, figure in paper.bars]
    chart = plain_bars(bars, room)
    flow.add_heading(Heading(paper.chart, room, "chart"), keep=chart.drawing.height)
    flow.add(Figure(chart.drawing, chart.words), gap=FIGURE_GAP)
