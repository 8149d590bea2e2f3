"""The baseline report of 10,000 activities against bare reportlab drawing a table of the same cells.

The peer is the fastest sensible way with reportlab alone: one text object a page, lines wrapped only where they
are too wide, rules drawn together, the same embedded typeface and the same widths; it counts nothing and says
nothing else. Both are whole jobs in one process, from lines to a written file.

Run: python benchmarks/baseline_report.py [activities] [runs]
"""

import sys
import tempfile
from collections.abc import Sequence
from functools import partial
from pathlib import Path

from benchmarks._measure import Limit, in_turn, print_table, timed
from ctdesk.analysis.baseline import baseline_figures
from ctdesk.domain.baseline import ActivityLine, Baseline
from ctdesk.reports.baseline import write_baseline
from ctdesk.reports.baseline_agreements import end_of
from ctdesk.reports.fonts import REGULAR, SEMIBOLD, register
from ctdesk.reports.numbers import ages, whole_pounds
from ctdesk.reports.style import LANDSCAPE, mm
from reportlab import rl_config
from reportlab.lib.utils import simpleSplit
from reportlab.pdfbase.pdfmetrics import stringWidth
from reportlab.pdfgen.canvas import Canvas
from reportlab.pdfgen.textobject import PDFTextObject

PEER, OURS = "bare reportlab, a table of the same cells", "the baseline report"
HEADS = ("Ref.", "Service", "Provider", "Agreement", "Main outcome", "Tier", "Ages", "Ends", "£ a year", "")
WIDTHS = [width * mm for width in (18.4, 50.5, 44, 33.5, 39.5, 17, 14, 19, 17.1, 4)]
RIGHT = (7, 8)
SIZE, LEADING, GUTTER, PAD = 8.5, 10.4, 2.8 * mm, 3.8


def cells(line: ActivityLine) -> tuple[str, ...]:
    """Return what the appendix prints of an activity."""
    return (
        line.reference, line.title, line.provider, line.agreement_type, line.main_outcome, line.tier,
        ages(line.age_from, line.age_to), end_of(line), whole_pounds(line.value), "E" if line.estimated else "",
    )  # fmt: skip


def bare_table(report: Baseline, path: Path) -> None:
    """Draw the same cells as one long table, with nothing of ours but the typeface."""
    register()
    canvas = Canvas(
        str(path), pagesize=(LANDSCAPE.width, LANDSCAPE.height), invariant=1, pageCompression=1, initialFontName=REGULAR
    )
    lefts = [LANDSCAPE.side + sum(WIDTHS[:place]) for place in range(len(WIDTHS))]
    rows = [cells(line) for line in report.activities]
    while rows:
        rows = rows[draw_page(canvas, rows, lefts) :]
        canvas.showPage()
    canvas.save()


def draw_page(canvas: Canvas, rows: Sequence[tuple[str, ...]], lefts: Sequence[float]) -> int:
    """Draw as many rows as the page holds, and return how many."""
    text = canvas.beginText()
    text.setFont(SEMIBOLD, SIZE, LEADING)
    top = LANDSCAPE.top
    draw_row(text, [[head] for head in HEADS], lefts, top)
    text.setFont(REGULAR, SIZE, LEADING)
    top -= LEADING + PAD
    rules, drawn = [top], 0
    for row in rows:
        lines = [wrapped(cell, WIDTHS[place] - GUTTER) for place, cell in enumerate(row)]
        height = max(len(cell) for cell in lines) * LEADING + PAD
        if top - height < LANDSCAPE.foot:
            break
        draw_row(text, lines, lefts, top)
        top -= height
        rules.append(top)
        drawn += 1
    canvas.drawText(text)
    canvas.lines([(LANDSCAPE.side, y, LANDSCAPE.width - LANDSCAPE.side, y) for y in rules])
    return drawn


def wrapped(cell: str, room: float) -> list[str]:
    """Return the lines of a cell."""
    return [cell] if stringWidth(cell, REGULAR, SIZE) <= room else simpleSplit(cell, REGULAR, SIZE, room)


def draw_row(text: PDFTextObject, lines: Sequence[Sequence[str]], lefts: Sequence[float], top: float) -> None:
    """Write the cells of one row."""
    for place, cell in enumerate(lines):
        for number, line in enumerate(cell):
            if not line:
                continue
            x = lefts[place]
            if place in RIGHT:
                x += WIDTHS[place] - GUTTER - stringWidth(line, REGULAR, SIZE)
            text.setTextOrigin(x, top - 10 - number * LEADING)
            text.textLine(line)


def our_report(report: Baseline, path: Path) -> None:
    """Count, lay out and write the whole report."""
    write_baseline(report, baseline_figures(report), path)


def main(activities: int = 10_000, runs: int = 3) -> int:
    """Measure, print the table and return 1 if a limit is passed."""
    from tests.reports.sample import baseline

    rl_config.useA85 = 0  # for both alike
    report = baseline(activities, posts=60)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "report.pdf"
        jobs = {PEER: partial(bare_table, report, path), OURS: partial(our_report, report, path)}
        spent = in_turn({name: partial(timed, job) for name, job in jobs.items()}, runs)
    limit = Limit("time", spent[OURS].seconds / spent[PEER].seconds, 1.5, "bare reportlab")
    return print_table(f"The baseline report of {activities:,} activities", spent, PEER, [limit])


if __name__ == "__main__":
    sys.exit(main(*map(int, sys.argv[1:])))
