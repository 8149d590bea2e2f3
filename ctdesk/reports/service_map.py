"""The service map on paper: the matrix, the same as bars, what it rests on, and how it was counted."""

from fractions import Fraction
from pathlib import Path

from ctdesk.domain.baseline_figures import Coverage
from ctdesk.domain.map_paper import MapHead, MapPaper
from ctdesk.domain.service_map import NOT_GIVEN, Basis, Cover
from ctdesk.reports import style
from ctdesk.reports.beside import Stack
from ctdesk.reports.blocks import COVERAGE_KEY, Band, Figure, Heading, Title
from ctdesk.reports.charts import Bar, Part, coverage_bar, coverage_key, stacked_bars
from ctdesk.reports.document import Document
from ctdesk.reports.figure_tables import add_figures
from ctdesk.reports.flow import FIGURE_GAP, Flow
from ctdesk.reports.fonts import register
from ctdesk.reports.map_matrix import Figures, key, matrix_chart, parts
from ctdesk.reports.numbers import chart_scale, day, moment, percents
from ctdesk.reports.style import LANDSCAPE, mm
from ctdesk.reports.text import Paragraph

_MOST_PARTS, _MOST_BARS = 5, 20


def write_service_map(paper: MapPaper, path: Path) -> None:
    """Write the map as a PDF; the same map gives the same bytes. Raises DeskError if it cannot be written."""
    register()
    flow = Flow("Service map", LANDSCAPE)
    add_map(flow, paper)
    map_document(paper.head, paper.title, "Service map").write(flow, path)


def add_map(flow: Flow, paper: MapPaper) -> None:
    """Add the pages of a map."""
    room = flow.page.sheet.measure
    flow.add(Title("Service map", paper.title, room, style.TITLE_WIDE))
    flow.add(Band(_band(paper), room), gap=2 * mm)
    figures = Figures(paper)
    for part in parts(paper):
        chart = matrix_chart(paper, figures, part, room)
        flow.add(Figure(chart.drawing, chart.words), gap=3 * mm)
    shades = key(paper, figures, room)
    flow.add(Figure(shades.drawing, shades.words), gap=2 * mm)
    if paper.matrix.total:
        bar = coverage_bar(_coverage(paper.cover), room * 0.55)
        flow.add(Stack([Figure(bar.drawing, bar.words), Figure(coverage_key(), COVERAGE_KEY)], 1 * mm), gap=3 * mm)
    for head, words in paper.notes:
        flow.add(Paragraph([(f"{head}. ", style.NOTE_STRONG), (words, style.NOTE)], room), gap=1.5 * mm)
    if paper.adds_up and paper.matrix.total and not paper.matrix.kept_back:
        _bars(flow, paper)
    for at, table in enumerate(paper.tables):
        add_figures(flow, table, f"table-{at}")


def map_document(head: MapHead, title: str, subject: str) -> Document:
    """Return what a report of the map says of itself."""
    footer = (
        f"As at {day(head.as_at)}",
        f"Round: {head.round}",
        f"Filter: {head.filter}",
        f"Printed {moment(head.printed)}",
    )
    return Document(f"{head.trust}: {title}", f"{subject}, as at {day(head.as_at)}", head.trust, " · ".join(footer))


def _band(paper: MapPaper) -> list[tuple[str, str]]:
    return [
        ("Rows", paper.rows),
        ("Columns", paper.columns),
        ("Measure", paper.measure),
        ("Apportioned", "By stated weights, else equally"),
        ("Filter", paper.head.filter),
        ("Coverage", paper.head.coverage),
    ]


def _coverage(cover: Cover) -> Coverage:
    """Return what the total rests on, for the bar: what is last known of silent agencies counts as missing."""
    agencies = {line.agency for line in cover.lines}
    return Coverage(
        returned=Fraction(cover.amount(Basis.RETURNED) + cover.amount(Basis.KNOWN)),
        estimated=Fraction(cover.amount(Basis.ESTIMATED)),
        agencies=max(len(agencies), 1),
        missing=len(cover.missing) or bool(cover.amount(Basis.LAST_KNOWN)),
        last_known=Fraction(cover.amount(Basis.LAST_KNOWN)),
    )


def _bars(flow: Flow, paper: MapPaper) -> None:
    """Add the same map as bars, the largest first, in parts by the columns where they are few."""
    room, matrix = flow.page.sheet.measure, paper.matrix
    filled = [at for at, total in enumerate(matrix.row_totals) if total]
    filled.sort(key=lambda at: (matrix.rows[at] == NOT_GIVEN, -(matrix.row_totals[at] or 0)))
    chosen = filled[:_MOST_BARS]
    used = [at for at, total in enumerate(matrix.column_totals) if total]
    in_parts = 1 < len(used) <= _MOST_PARTS
    names = [matrix.columns[at] for at in used] if in_parts else [""]
    totals = [matrix.row_totals[at] or 0 for at in chosen]
    scale = chart_scale(sum(totals)) if paper.is_money else None
    steps = scale.split(totals) if scale else totals
    bars = []
    for at, shown, share in zip(chosen, steps, percents(totals), strict=True):
        cells = [matrix.cells[at][column] or 0 for column in used] if in_parts else [matrix.row_totals[at] or 0]
        said = [scale.text(scale.steps(cell)) if scale else f"{cell:,}" for cell in cells]
        name = matrix.rows[at]
        label = f"No {paper.rows.lower()} given" if name == NOT_GIVEN else name
        lengths = [Part(cell, words) for cell, words in zip(cells, said, strict=True)]
        bars.append(Bar(label, lengths, scale.text(shown) if scale else f"{shown:,}", share, named=name != NOT_GIVEN))
    unknown = in_parts and names[-1] == NOT_GIVEN
    chart = stacked_bars(bars, names, room, unknown_last=unknown)
    unit = f"{scale.label} a year" if scale else paper.measure
    more = f"; the first {_MOST_BARS} of {len(filled)}" if len(chosen) < len(filled) else ""
    heading = Heading("The same as bars, largest first", room, "bars", f"{unit}{more}")
    flow.add_heading(heading, keep=chart.drawing.height)
    flow.add(Figure(chart.drawing, chart.words), gap=FIGURE_GAP)


def svg_of(paper: MapPaper) -> str:
    """Return the matrix, as far as one drawing goes, as SVG."""
    from reportlab.graphics import renderSVG

    register()
    chart = matrix_chart(paper, Figures(paper), parts(paper)[0], LANDSCAPE.measure)
    drawn: str = renderSVG.drawToString(chart.drawing)
    return drawn
