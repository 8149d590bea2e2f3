"""The appendix of the baseline report: every activity, by agency, on wide pages."""

from ctdesk.domain.apportion import apportion
from ctdesk.domain.baseline import ActivityLine, Baseline
from ctdesk.domain.baseline_figures import Figures, Tally
from ctdesk.domain.counting import counted, listed
from ctdesk.reports import style
from ctdesk.reports.baseline_agreements import end_of
from ctdesk.reports.baseline_words import total_rests_on
from ctdesk.reports.blocks import Heading
from ctdesk.reports.flow import FIGURE_GAP, Flow
from ctdesk.reports.fonts import clean, width
from ctdesk.reports.numbers import POUNDS, ages, number
from ctdesk.reports.style import LANDSCAPE, mm
from ctdesk.reports.tables import Cell, Column, Group, Line, Styled, Table
from ctdesk.reports.text import Paragraph

_TITLE = "Appendix. Every activity, by agency"
_NOT_GIVEN = Styled("Not given", style.CELL_ITALIC)


def appendix(flow: Flow, report: Baseline, figures: Figures) -> None:
    """Add the appendix on landscape pages; agencies without an activity are named under it."""
    flow.new_page(LANDSCAPE, f"{flow.page.name} · Appendix")
    room = flow.page.sheet.measure
    note = "Money in whole pounds a year. E = estimated by the team."
    heading = Heading(_TITLE, room, "appendix", note if report.activities else "", style.TITLE_WIDE)
    flow.add_heading(heading)
    if not report.activities:
        flow.add(Paragraph([("There is no activity to list.", style.BODY)], room))
        return
    flow.add_rows(Table(_columns(report, figures.total.value), _content(report, figures), _TITLE, style.TITLE_WIDE))
    without = [row.name for row in figures.by_agency if not row.activities]
    if without:
        said = f"No activity is listed for {listed(without)}."
        flow.add(Paragraph([(said, style.NOTE)], room), gap=FIGURE_GAP)


def _columns(report: Baseline, total: int) -> list[Column]:
    """Return the columns, those of references and money as wide as they must be, the rest from the service's."""
    look = style.CELL_STRONG
    longest = max((width(clean(line.reference), look.face, look.size) for line in report.activities), default=0)
    reference = min(max(longest, 12 * mm), 30 * mm) + 3 * mm
    money = width(number(POUNDS.steps(total)), look.face, look.size) + 3 * mm
    return [
        Column("Ref.", reference),
        Column("Service", LANDSCAPE.measure - 171 * mm - reference - money),
        Column("Provider", 44 * mm),
        Column("Agreement", 33.5 * mm),
        Column("Main outcome", 39.5 * mm),
        Column("Tier", 17 * mm),
        Column("Ages", 14 * mm),
        Column("Ends", 19 * mm, right=True),
        Column("£ a year", money, right=True),
        Column("", 4 * mm, look=look),
    ]


def _content(report: Baseline, figures: Figures) -> list[Group | Line]:
    lines: dict[str, list[ActivityLine]] = {row.name: [] for row in figures.by_agency}
    for line in report.activities:
        lines[line.agency].append(line)
    shown = POUNDS.split([row.value for row in figures.by_agency])
    groups: list[Group | Line] = [
        _group(row, sorted(lines[row.name], key=lambda line: (line.reference, line.title)), steps)
        for row, steps in zip(figures.by_agency, shown, strict=True)
        if row.activities
    ]
    return [*groups, _total("All agencies", figures.total, sum(shown), figures.value_coverage.missing)]


def _group(row: Tally, lines: list[ActivityLine], steps: int) -> Group:
    shown = apportion(steps, [line.value or 0 for line in lines])
    rows = [_line(line, pounds) for line, pounds in zip(lines, shown, strict=True)]
    return Group(row.name, [*rows, _total(row.name, row, steps)], f"appendix-{row.name}", ("activity", "activities"))


def _line(line: ActivityLine, pounds: int) -> Line:
    return Line(
        (
            line.reference or "–",
            line.title or _NOT_GIVEN,
            line.provider or _NOT_GIVEN,
            line.agreement_type or _NOT_GIVEN,
            line.main_outcome or _NOT_GIVEN,
            line.tier or _NOT_GIVEN,
            ages(line.age_from, line.age_to),
            end_of(line),
            _NOT_GIVEN if line.value is None else number(pounds),
            "E" if line.estimated else "",
        )
    )


def _total(name: str, row: Tally, steps: int, missing: int = 0) -> Line:
    activities = counted(row.activities, "activity", "activities")
    label: Cell = f"{name}: {activities}; {total_rests_on(row, missing).lower()}"
    return Line((label, "", "", "", "", "", "", "", number(steps), ""), total=True)
