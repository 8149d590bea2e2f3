"""The twenty largest agreements, what ends within a year, and the findings still open."""

from collections.abc import Sequence

from ctdesk.domain.baseline import ActivityLine, Baseline, FindingLine
from ctdesk.domain.baseline_figures import Ending, Figures
from ctdesk.domain.counting import counted, in_words
from ctdesk.domain.findings import Grade
from ctdesk.reports import baseline_words as words
from ctdesk.reports import style
from ctdesk.reports.baseline_money import name_cell
from ctdesk.reports.blocks import Figure, Heading
from ctdesk.reports.charts import Chart, columns
from ctdesk.reports.flow import FIGURE_GAP, Flow
from ctdesk.reports.numbers import MONTHS, NONE, chart_scale, day, number, percents, pounds, table_scale
from ctdesk.reports.pen import page_of
from ctdesk.reports.style import mm
from ctdesk.reports.tables import Column, Group, Line, Styled, Table
from ctdesk.reports.text import Paragraph
from ctdesk.reports.words import cell_ranges, sentence

MOST_ENDING = 40
"""How many of the agreements that end within a year are listed one by one; the appendix has them all."""


def largest_pages(flow: Flow, figures: Figures) -> None:
    """Add the largest agreements."""
    lines, room = figures.largest, flow.page.sheet.measure
    if not lines:
        return
    value = sum(line.value or 0 for line in lines)
    share = percents([value, figures.total.value - value])[0]
    title = _largest_title(len(lines))
    note = f"{pounds(value)}, {share} of all; {_estimated(lines)}"
    table = Table(_line_columns(figures), [*_lines(lines, figures), _sum(lines, figures)], title)
    flow.add_heading(Heading(title, room, "largest", note), keep=table.least())
    flow.add_rows(table)


def _largest_title(count: int) -> str:
    if count == 1:
        return "The largest agreement"
    return f"The {'twenty' if count == 20 else in_words(count)} largest agreements"


def ending_pages(flow: Flow, figures: Figures) -> None:
    """Add what ends within a year: by month, against all other ends, and line by line."""
    room, ending = flow.page.sheet.measure, figures.ending
    title = f"What ends by {day(ending.horizon)}"
    if not ending.lines:
        flow.add_heading(Heading(title, room, "ending"), keep=40 * mm)
        flow.add(Paragraph([("No activity ends within a year of the as-at date.", style.BODY)], room))
    else:
        scale = chart_scale(ending.total.value)
        chart = ending_chart(ending, room)
        figure = Figure(chart.drawing, chart.words)
        note = f"{scale.label} of annual value by the month in which the agreement ends"
        flow.add_heading(Heading(title, room, "ending", note), keep=figure.height)
        flow.add(figure)
    if figures.total.activities:
        flow.add_rows(_ways_of_ending(figures), gap=FIGURE_GAP)
    if ending.lines:
        _ending_lines(flow, figures)


def ending_chart(ending: Ending, wide: float) -> Chart:
    """Draw the value that ends in each month."""
    values = [month.value for month in ending.months]
    scale = chart_scale(sum(values))
    labels = [(MONTHS[month.first.month - 1][:3], str(month.first.year)) for month in ending.months]
    shown = [scale.text(steps) if value else NONE for steps, value in zip(scale.split(values), values, strict=True)]
    return columns(labels, [float(value) for value in values], shown, wide)


def _ways_of_ending(figures: Figures) -> Table:
    ending, scale = figures.ending, table_scale(figures.total.value)
    rows = [
        (f"By {day(ending.horizon)}", ending.total),
        ("Later", ending.later),
        ("Open-ended", ending.open_ended),
        ("Had ended by the as-at date", ending.already),
        ("End not given", ending.not_given),
    ]
    values = [tally.value for _, tally in rows]
    lines = [
        Line([name, number(tally.activities), scale.text(steps), share, words.rests_on(tally)])
        for (name, tally), steps, share in zip(rows, scale.split(values), percents(values), strict=True)
    ]
    rests_on = words.total_rests_on(figures.total, figures.value_coverage.missing)
    whole = [number(figures.total.activities), scale.text(scale.steps(sum(values))), "100%" if sum(values) else NONE]
    heads = [
        Column("When the agreement ends", 58 * mm),
        Column("Activities", 24 * mm, right=True),
        Column(f"{scale.label} a year", 24 * mm, right=True),
        Column("Share", 20 * mm, right=True),
        Column("What the figure rests on", 44 * mm),
    ]
    return Table(heads, [*lines, Line(["Total", *whole, rests_on], total=True)], "When agreements end")


def _ending_lines(flow: Flow, figures: Figures) -> None:
    ending, room = figures.ending, flow.page.sheet.measure
    largest = set(sorted(range(len(ending.lines)), key=lambda place: -(ending.lines[place].value or 0))[:MOST_ENDING])
    listed = [line for place, line in enumerate(ending.lines) if place in largest]
    title = "Agreements that end within the year, by date"
    note = f"{len(listed):,} of {counted(len(ending.lines), 'activity', 'activities')}"
    note += (
        f", the largest; all are in the appendix, page {page_of('appendix')}" if len(listed) < len(ending.lines) else ""
    )
    table = Table(_line_columns(figures), [*_lines(listed, figures), _sum(listed, figures)], title)
    flow.add_heading(Heading(title, room, "ending-lines"), keep=table.least())
    flow.add_rows(table)
    flow.add(Paragraph([(f"{note}. {_estimated(ending.lines)}.", style.NOTE)], room), gap=FIGURE_GAP)


def _estimated(lines: Sequence[ActivityLine]) -> str:
    count = sum(line.estimated for line in lines)
    return "All returned" if not count else f"{count:,} of {len(lines):,} estimated (E)"


def _line_columns(figures: Figures) -> list[Column]:
    return [
        Column("Ref.", 20 * mm),
        Column("Service", 48 * mm),
        Column("Provider", 36 * mm),
        Column("Agency", 28 * mm),
        Column("Ends", 21 * mm, right=True),
        Column(table_scale(figures.total.value).label, 13 * mm, right=True),
        Column("", 4 * mm, look=style.CELL_STRONG),
    ]


def _lines(lines: Sequence[ActivityLine], figures: Figures) -> list[Line]:
    scale = table_scale(figures.total.value)
    shown = scale.split([line.value or 0 for line in lines])
    return [
        Line([
            line.reference or NONE, name_cell(line.title), name_cell(line.provider), line.agency, end_of(line),
            NONE if line.value is None else scale.text(steps), "E" if line.estimated else "",
        ])
        for line, steps in zip(lines, shown, strict=True)
    ]  # fmt: skip


def _sum(lines: Sequence[ActivityLine], figures: Figures) -> Line:
    scale = table_scale(figures.total.value)
    value = sum(line.value or 0 for line in lines)
    words_ = f"Total of {counted(len(lines), 'agreement')}"
    return Line([words_, "", "", "", "", scale.text(scale.steps(value)), ""], total=True)


def end_of(line: ActivityLine) -> str:
    """Return when an activity ends, in a table."""
    if line.end is None:
        return "Open-ended" if line.open_ended else "Not given"
    return day(line.end)


def findings_pages(flow: Flow, report: Baseline) -> None:
    """Add every finding still open, by agency, with its cells."""
    room = flow.page.sheet.measure
    if not report.findings:
        flow.add_heading(Heading("Findings still open", room, "findings"), keep=40)
        flow.add(Paragraph([("None: every question of this round has been answered.", style.BODY)], room))
        return
    heads = [Column("Grade", 28 * mm), Column("Finding", 92 * mm), Column("Cells", 50 * mm)]
    table = Table(heads, _findings_by_agency(report), "Findings still open")
    note = counted(len(report.findings), "finding")
    flow.add_heading(Heading(table.title, room, "findings", note), keep=table.least())
    flow.add_rows(table)


def _findings_by_agency(report: Baseline) -> list[Group]:
    order = list(
        dict.fromkeys([*(line.agency for line in report.agencies), *(line.agency for line in report.findings)])
    )
    groups = []
    for agency in order:
        found = sorted(
            (finding for finding in report.findings if finding.agency == agency),
            key=lambda finding: list(Grade).index(finding.grade),
        )
        if found:
            groups.append(Group(agency, [_finding(finding) for finding in found], noun=("finding", "findings")))
    return groups


def _finding(finding: FindingLine) -> Line:
    look = style.CELL_STRONG if finding.grade == Grade.MUST_FIX else style.CELL
    return Line([Styled(sentence(finding.grade), look), finding.message, ", ".join(cell_ranges(finding.cells)) or NONE])
