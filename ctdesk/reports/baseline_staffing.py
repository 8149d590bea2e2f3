"""The staffing pages of the baseline report: the commissioning resource by agency and by step of the cycle."""

from fractions import Fraction

from ctdesk.domain.apportion import apportion
from ctdesk.domain.baseline import Baseline
from ctdesk.domain.baseline_figures import Figures, StaffTally
from ctdesk.domain.counting import counted
from ctdesk.domain.rounding import nearest
from ctdesk.reports import style
from ctdesk.reports.baseline_money import name_cell
from ctdesk.reports.blocks import Figure, Heading
from ctdesk.reports.charts import Bar, Part, plain_bars
from ctdesk.reports.flow import FIGURE_GAP, Flow
from ctdesk.reports.numbers import NONE, number, percents, pounds, table_scale, tenths
from ctdesk.reports.style import mm
from ctdesk.reports.tables import Column, Line, Table
from ctdesk.reports.text import Paragraph


def staffing_pages(flow: Flow, report: Baseline, figures: Figures) -> None:
    """Add staffing by agency with its cost against the money it manages, then by step of the cycle."""
    room = flow.page.sheet.measure
    if not figures.staff.posts:
        flow.add_heading(Heading("Who does the commissioning", room, "staffing"), keep=style.BODY.leading)
        flow.add(Paragraph([("No post has been reported.", style.BODY)], room))
        return
    table = _by_agency(report, figures)
    heading = Heading(table.title, room, "staffing", table.note)
    flow.add_heading(heading, keep=table.least())
    flow.add_rows(table)
    flow.add(Paragraph([(_what_is_counted(figures), style.NOTE)], room), gap=FIGURE_GAP)
    _by_stage(flow, figures)


def _by_agency(report: Baseline, figures: Figures) -> Table:
    scale = table_scale(figures.staff.cost)
    managed = table_scale(figures.total.value)
    columns = [
        Column("Agency", 42 * mm),
        Column("Posts", 14 * mm, right=True),
        Column("FTE", 15 * mm, right=True),
        Column("FTE on commissioning", 24 * mm, right=True),
        Column(f"Cost, {scale.label}", 18 * mm, right=True),
        Column("Cost of commissioning", 24 * mm, right=True),
        Column(f"Money managed, {managed.label}", 21 * mm, right=True),
        Column("Pence in the pound", 12 * mm, right=True),
    ]
    rows = figures.staff_by_agency
    fte, time = _tenths([row.fte for row in rows]), _tenths([row.commissioning_fte for row in rows])
    costs, parts = scale.split([row.cost for row in rows]), scale.split([row.commissioning_cost for row in rows])
    money = managed.split([row.value for row in figures.by_agency])
    missing = {line.agency for line in report.agencies if line.rests_on == "missing"}
    lines = []
    for place, row in enumerate(rows):
        shown = (tenths(fte[place]), tenths(time[place]), scale.text(costs[place]), scale.text(parts[place]))
        pence = _pence(row.commissioning_cost, figures.by_agency[place].value)
        cells = [number(row.posts), *shown, managed.text(money[place]), pence]
        lines.append(Line([row.name, *(["Missing", *[NONE] * 6] if row.name in missing else cells)]))
    total = figures.staff
    coverage = figures.staff_coverage
    present = f"Total, {coverage.agencies - coverage.missing:,} of {counted(coverage.agencies, 'agency', 'agencies')}"
    foot = [
        present, number(total.posts), tenths(sum(fte)), tenths(sum(time)), scale.text(sum(costs)),
        scale.text(sum(parts)), managed.text(sum(money)), _pence(total.commissioning_cost, figures.total.value),
    ]  # fmt: skip
    return Table(
        columns,
        [*lines, Line(foot, total=True)],
        "Who does the commissioning, by agency",
        note=f"FTE: {_rests_on(figures)}",
    )


def _rests_on(figures: Figures) -> str:
    coverage = figures.staff_coverage
    shares = percents([coverage.returned, coverage.estimated])
    said = "all returned" if not coverage.estimated else f"{shares[0]} returned, {shares[1]} estimated"
    return f"{said}; {counted(coverage.missing, 'agency', 'agencies')} missing" if coverage.missing else said


def _tenths(values: list[Fraction]) -> list[int]:
    return apportion(nearest(sum(values, Fraction(0)) * 10), values)


def _pence(cost: int, value: int) -> str:
    """Return the pence spent on commissioning for each pound commissioned, with one decimal."""
    return tenths(nearest(Fraction(cost * 1000, value))) if value else NONE


def _what_is_counted(figures: Figures) -> str:
    said = "The cost of commissioning is the cost of each post by its share of time on commissioning."
    if figures.posts_without_share:
        said += f" {counted(figures.posts_without_share, 'post gives', 'posts give')} no share and count as whole."
    if figures.posts_without_cost:
        said += f" {counted(figures.posts_without_cost, 'post gives', 'posts give')} no cost."
    return f"{said} It comes to {pounds(figures.staff.commissioning_cost)} a year."


def _by_stage(flow: Flow, figures: Figures) -> None:
    room = flow.page.sheet.measure
    rows = figures.staff_by_stage
    time = _tenths([row.commissioning_fte for row in rows])
    bars = [
        Bar(row.name or "No step given", [Part(float(row.commissioning_fte), "")], tenths(steps), named=bool(row.name))
        for row, steps in zip(rows, time, strict=True)
    ]
    chart = plain_bars(bars, room)
    figure = Figure(chart.drawing, chart.words)
    heading = Heading(
        "Which steps of the cycle the time goes to", room, "stages", f"FTE on commissioning: {_rests_on(figures)}"
    )
    flow.add_heading(heading, keep=min(figure.height, 200 * mm))
    flow.add(figure)
    table = _stage_table(rows, time, figures)
    flow.add_rows(table, gap=FIGURE_GAP)
    text = "A post’s time and cost are shared equally among the steps it names; it counts as a post under each of them."
    flow.add(Paragraph([(text, style.NOTE)], room), gap=FIGURE_GAP)


def _stage_table(rows: tuple[StaffTally, ...], time: list[int], figures: Figures) -> Table:
    scale = table_scale(figures.staff.cost)
    costs = scale.split([row.commissioning_cost for row in rows])
    shares = percents([row.commissioning_fte for row in rows])
    columns = [
        Column("Step of the cycle", 74 * mm),
        Column("Posts", 20 * mm, right=True),
        Column("FTE", 22 * mm, right=True),
        Column("Share of time", 26 * mm, right=True),
        Column(f"Cost, {scale.label} a year", 28 * mm, right=True),
    ]
    lines = [
        Line([name_cell(row.name), number(row.posts), tenths(steps), share, scale.text(cost)])
        for row, steps, share, cost in zip(rows, time, shares, costs, strict=True)
    ]
    foot = ["Total", number(figures.staff.posts)]
    whole = "100%" if sum(time) else NONE
    total = Line([*foot, tenths(sum(time)), whole, scale.text(sum(costs))], total=True)
    return Table(columns, [*lines, total], "Which steps of the cycle the time goes to")
