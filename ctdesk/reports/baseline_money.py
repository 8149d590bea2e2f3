"""The money and activities of a baseline by agency, outcome, tier, agreement type, sector and purpose."""

from collections.abc import Sequence

from ctdesk.domain.baseline import AgencyLine, Baseline
from ctdesk.domain.baseline_figures import Cross, Figures, Tally
from ctdesk.reports import baseline_words as words
from ctdesk.reports import style
from ctdesk.reports.blocks import Heading
from ctdesk.reports.flow import FIGURE_GAP, Flow
from ctdesk.reports.numbers import NONE, number, percents, table_scale
from ctdesk.reports.style import mm
from ctdesk.reports.tables import Cell, Column, Length, Line, Styled, Table
from ctdesk.reports.text import Paragraph
from ctdesk.reports.words import or_not_given

_MOST_TIERS = 5


def money_pages(flow: Flow, report: Baseline, figures: Figures) -> None:
    """Add a section for each list that money is counted by."""
    flow.new_page()
    _section(flow, "by-agency", "Money and activities by agency", _by_agency(report.agencies, figures))
    _section(flow, "outcome", "Money by outcome and tier of need", _matrix(figures))
    _note(flow, f"{words.total_rests_on(figures.total, figures.value_coverage.missing)}. {_NOTHING_LOST}")
    lists = (
        ("tier", "Tier of need", "Money and activities by tier of need", figures.by_tier),
        ("agreement", "Agreement type", "Money and activities by agreement type", figures.by_agreement_type),
        ("sector", "Provider’s sector", "Money and activities by sector of the provider", figures.by_sector),
        ("purpose", "Purpose", "Money and activities by purpose", figures.by_purpose),
    )
    for place, head, title, rows in lists:
        _section(flow, place, title, _by_list(head, rows, figures))


_NOTHING_LOST = "Every activity is counted once; those with no outcome or tier stand under “Not given”."


def _section(flow: Flow, place: str, title: str, table: Table) -> None:
    table.title = title
    room = flow.page.sheet.measure
    flow.add_heading(Heading(title, room, place, table.note), keep=table.least())
    flow.add_rows(table)


def _note(flow: Flow, text: str) -> None:
    flow.add(Paragraph([(text, style.NOTE)], flow.page.sheet.measure), gap=FIGURE_GAP)


def name_cell(name: str) -> Cell:
    """Return a name, or in italics that none was given."""
    return name or Styled(or_not_given(name), style.CELL_ITALIC)


def _by_list(head: str, rows: Sequence[Tally], figures: Figures) -> Table:
    scale = table_scale(figures.total.value)
    values = [row.value for row in rows]
    shown, shares, longest = scale.split(values), percents(values), max(values, default=0) or 1
    columns = [
        Column(head, 46 * mm),
        Column("", 31 * mm),
        Column("Activities", 18 * mm, right=True),
        Column(f"{scale.label} a year", 20 * mm, right=True),
        Column("Share", 16 * mm, right=True),
        Column("What the figure rests on", 39 * mm),
    ]
    lines = [
        Line([
            name_cell(row.name), Length(row.value / longest), number(row.activities), scale.text(steps), share,
            words.rests_on(row),
        ])
        for row, steps, share in zip(rows, shown, shares, strict=True)
    ]  # fmt: skip
    return Table(columns, [*lines, _total(figures, scale.text(sum(shown)))], "")


def _total(figures: Figures, value: str) -> Line:
    total = figures.total
    rests_on = words.total_rests_on(total, figures.value_coverage.missing)
    return Line(["Total", "", number(total.activities), value, "100%" if total.value else NONE, rests_on], total=True)


def _by_agency(agencies: Sequence[AgencyLine], figures: Figures) -> Table:
    scale = table_scale(figures.total.value)
    values = [row.value for row in figures.by_agency]
    shown, shares, longest = scale.split(values), percents(values), max(values, default=0) or 1
    columns = [
        Column("Agency", 42 * mm),
        Column("", 8 * mm),
        Column("Activities", 16 * mm, right=True),
        Column(f"{scale.label} a year", 18.5 * mm, right=True),
        Column("Share", 15.5 * mm, right=True),
        Column("Last round", 16.5 * mm, right=True),
        Column("Change", 15.5 * mm, right=True),
        Column("What it rests on", 38 * mm),
    ]
    lines = []
    for line, row, steps, share in zip(agencies, figures.by_agency, shown, shares, strict=True):
        last = None if line.last_round_value is None else scale.steps(line.last_round_value)
        present = line.rests_on != "missing"
        cells: list[Cell] = [
            line.agency,
            Length(row.value / longest),
            number(row.activities) if present else NONE,
            scale.text(steps) if present else NONE,
            share,
            NONE if last is None else scale.text(last),
            NONE if last is None or not present else _change(steps - last),
            words.rests_on(row) if present else "Missing",
        ]
        lines.append(Line(cells))
    total = _total(figures, scale.text(sum(shown))).cells
    rows = [*lines, Line([*total[:5], "", "", total[5]], total=True)]
    return Table(columns, rows, "", note=f"{scale.label}; an agency that is missing is in no total")


def _change(steps: int) -> str:
    return f"+{number(steps)}" if steps > 0 else number(steps)


def _matrix(figures: Figures) -> Table:
    cross = _folded(figures.outcome_by_tier)
    scale = table_scale(figures.total.value)
    cells = scale.split([value for values in cross.values for value in values])
    wide = len(cross.columns)
    rows = [cells[start : start + wide] for start in range(0, len(cells), wide)] if wide else []
    shares = percents([row.value for row in figures.by_outcome])
    lines = [
        Line([
            name_cell(tally.name), *(_amount(scale.text(steps), steps) for steps in row), scale.text(sum(row)), share,
            number(tally.activities),
        ])
        for tally, row, share in zip(figures.by_outcome, rows, shares, strict=False)
    ]  # fmt: skip
    totals = [scale.text(sum(column)) for column in zip(*rows, strict=True)]
    foot: list[Cell] = ["Total", *totals, scale.text(sum(cells)), "100%" if sum(cells) else NONE]
    return Table(
        [
            Column("Main outcome", 46.5 * mm),
            *(Column(or_not_given(name), 76 * mm / wide, right=True) for name in cross.columns),
            Column("Total", 17 * mm, right=True),
            Column("Share", 15.5 * mm, right=True),
            Column("Activities", 15 * mm, right=True),
        ],
        [*lines, Line([*foot, number(figures.total.activities)], total=True)],
        "",
        note=f"{scale.label} a year",
    )


def _amount(text: str, steps: int) -> str:
    return text if steps else NONE


def _folded(cross: Cross) -> Cross:
    """Return the matrix with tiers beyond the fifth drawn together, so that it keeps to the width of the page."""
    if len(cross.columns) <= _MOST_TIERS:
        return cross
    kept = _MOST_TIERS - 1
    values = tuple((*row[:kept], sum(row[kept:])) for row in cross.values)
    return Cross(cross.rows, (*cross.columns[:kept], "Other tiers"), values)
