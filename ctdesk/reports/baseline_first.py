"""The first page of the baseline report: who answered, how much, where it goes, and the state of every return."""

from collections.abc import Sequence

from ctdesk.domain.apportion import apportion
from ctdesk.domain.baseline import Baseline
from ctdesk.domain.baseline_figures import Cross, Figures
from ctdesk.domain.counting import counted, listed
from ctdesk.domain.findings import Grade
from ctdesk.domain.rounding import nearest
from ctdesk.reports import baseline_words as words
from ctdesk.reports import style
from ctdesk.reports.blocks import Band, Figure, Heading, Headline, Headlines, Title
from ctdesk.reports.charts import Bar, Chart, Part, stacked_bars
from ctdesk.reports.flow import FIGURE_GAP, Flow
from ctdesk.reports.numbers import NONE, chart_scale, day, number, percents, pounds, table_scale, tenths
from ctdesk.reports.pen import page_of
from ctdesk.reports.style import mm
from ctdesk.reports.tables import Cell, Column, Line, Table
from ctdesk.reports.text import Paragraph, Run
from ctdesk.reports.words import or_not_given

MOST_BARS = 9
"""A chart of more outcomes than this draws the others together."""


def first_page(flow: Flow, report: Baseline, figures: Figures) -> None:
    """Add what stands on the first page; with many agencies its table goes on."""
    room = flow.page.sheet.measure
    flow.add(Title("Baseline report", words.title(report, figures), room))
    flow.add(Band(_band(report), room), gap=2 * mm)
    lead = [(f"{words.answered(report, figures)} ", style.LEAD_FIRST), (words.money(report, figures), style.LEAD)]
    flow.add(Paragraph(lead, room), gap=4 * mm)
    flow.add(Headlines(_headlines(figures), room), gap=4 * mm)
    if figures.total.value:
        _where_it_goes(flow, figures)
    _who_answered(flow, report, figures)


def _band(report: Baseline) -> list[tuple[str, str]]:
    heading = report.heading
    due = [("Due back", day(heading.due))] if heading.due else []
    return [
        ("Round", heading.round),
        ("As at", day(heading.as_at)),
        *due,
        ("Figures", "Annual value"),
        ("Filter", heading.filter),
    ]


def _headlines(figures: Figures) -> list[Headline]:
    total, staff, ending = figures.total, figures.staff, figures.ending
    coverage = figures.value_coverage
    activities = f"{total.activities - total.estimated_activities:,} returned, {total.estimated_activities:,} estimated"
    present = coverage.agencies - coverage.missing
    posts = f"{counted(staff.posts, 'post')}; "
    posts += f"{present:,} of {counted(coverage.agencies, 'agency', 'agencies')}"
    estimated = f", {pounds(ending.total.estimated)} estimated" if ending.total.estimated else ""
    ends = f"{counted(ending.total.activities, 'activity', 'activities')}{estimated}"
    return [
        Headline("Annual value", pounds(total.value), coverage, words.rests_on(total)),
        Headline("Activities", number(total.activities), figures.activity_coverage, activities),
        Headline("Commissioning staff", f"{tenths(nearest(staff.fte * 10))} FTE", figures.staff_coverage, posts),
        Headline(f"Ends by {day(ending.horizon)}", pounds(ending.total.value), figures.ending_coverage, ends),
    ]


def _where_it_goes(flow: Flow, figures: Figures) -> None:
    room, scale = flow.page.sheet.measure, chart_scale(figures.total.value)
    chart = outcome_chart(figures.outcome_by_tier, room)
    figure = Figure(chart.drawing, chart.words)
    note = f"{scale.label}; an activity counts once, under its main outcome"
    heading = Heading("Where the money goes, by outcome and tier of need", room, "where", note)
    flow.add_heading(heading, keep=figure.height)
    flow.add(figure)
    flow.add(Paragraph(_chart_note(figures), room), gap=FIGURE_GAP)


def outcome_chart(cross: Cross, wide: float) -> Chart:
    """Draw the money of each outcome, largest first, in its tiers from light to dark; outcomes with none left out."""
    rows = [(name, values) for name, values in zip(cross.rows, cross.values, strict=True) if sum(values)]
    rows.sort(key=lambda row: (not row[0], -sum(row[1])))
    named = [row for row in rows if row[0]]
    if len(named) > MOST_BARS:
        folded = [sum(column) for column in zip(*(values for _, values in named[MOST_BARS - 1 :]), strict=True)]
        others = f"{len(named) - MOST_BARS + 1} other outcomes"
        rows = [*named[: MOST_BARS - 1], (others, tuple(folded)), *(row for row in rows if not row[0])]
    used = [place for place in range(len(cross.columns)) if any(values[place] for _, values in rows)]
    rows = [(name, tuple(values[place] for place in used)) for name, values in rows]
    names = [or_not_given(cross.columns[place]) for place in used]
    unknown = bool(used) and not cross.columns[used[-1]]
    return stacked_bars(_bars(rows), names, wide, unknown_last=unknown)


def _bars(rows: Sequence[tuple[str, tuple[int, ...]]]) -> list[Bar]:
    totals = [sum(values) for _, values in rows]
    scale = chart_scale(sum(totals))
    shown, shares = scale.split(totals), percents(totals)
    bars = []
    for (name, values), steps, share in zip(rows, shown, shares, strict=True):
        parts = [Part(value, scale.text(part)) for value, part in zip(values, apportion(steps, values), strict=True)]
        bars.append(Bar(name or "No outcome given", parts, scale.text(steps), share, named=bool(name)))
    return bars


def _chart_note(figures: Figures) -> list[Run]:
    total = figures.total.value
    shares = percents([row.value for row in figures.by_tier])
    said = [
        f"{share.replace('%', 'p')} for {or_not_given(row.name).lower()}"
        for row, share in zip(figures.by_tier, shares, strict=True)
        if share not in (NONE, "under 1%")
    ]
    text = f"Of every pound: {listed(said)}. A part too narrow for its figure is drawn without it; "
    text += f"the table on page {page_of('outcome')} has every figure."
    return [(f"Total {pounds(total)}. ", style.NOTE_STRONG), (text, style.NOTE)]


def _who_answered(flow: Flow, report: Baseline, figures: Figures) -> None:
    room = flow.page.sheet.measure
    table = Table(_columns(figures), _lines(report, figures), "Who was asked, and who has answered")
    heading = Heading(table.title, room, "answers", words.summary_of_answers(figures))
    flow.add_heading(heading, keep=table.least())
    flow.add_rows(table)
    flow.add(Paragraph(_after_table(report), room), gap=FIGURE_GAP)


def _columns(figures: Figures) -> list[Column]:
    scale = table_scale(figures.total.value)
    return [
        Column("Agency", 41 * mm),
        Column("State of the return", 38 * mm),
        Column("Received", 17.5 * mm, right=True),
        Column("Activities", 15.5 * mm, right=True),
        Column(f"{scale.label} a year", 18.5 * mm, right=True),
        Column("What the figure rests on", 39.5 * mm),
    ]


def _lines(report: Baseline, figures: Figures) -> list[Line]:
    scale = table_scale(figures.total.value)
    shown = scale.split([row.value for row in figures.by_agency])
    lines = []
    for line, row, steps in zip(report.agencies, figures.by_agency, shown, strict=True):
        present = line.rests_on != "missing"
        cells: list[Cell] = [
            line.agency,
            words.state(line),
            day(line.received),
            number(row.activities) if present else NONE,
            scale.text(steps) if present else NONE,
            words.agency_rests_on(line, row),
        ]
        lines.append(Line(cells))
    return [*lines, _total(figures, scale.text(sum(shown)))]


def _total(figures: Figures, value: str) -> Line:
    answers = figures.answers
    return Line(
        [
            "Total",
            "",
            f"{answers.answered:,} of {answers.asked:,}",
            number(figures.total.activities),
            value,
            words.rests_on(figures.total),
        ],
        total=True,
    )


def _after_table(report: Baseline) -> list[Run]:
    grades = [finding.grade for finding in report.findings]
    fix, explain, better = (grades.count(grade) for grade in Grade)
    if grades:
        counts = ((fix, "to be fixed"), (explain, "to be explained"), (better, "that could be better"))
        open_ = listed([f"{count:,} {words_}" for count, words_ in counts if count], most=4)
        said = f"Findings still open: {open_}; by agency and cell on page {page_of('findings')}."
    else:
        said = "No finding is open."
    return [(f"{said} {words.chasers(report.agencies)}".strip(), style.NOTE)]
