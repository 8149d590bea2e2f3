"""A pack of about 200 pages against the same tables and charts by reportlab's platypus, and by WeasyPrint.

Both peers draw only the tables, charts and paragraphs, on plain pages: no contents, no numbers through the pack, no
bookmarks, no tags. Run: python -m benchmarks.packs [activities of each of four reports] [runs]
"""

import sys
from collections.abc import Iterator
from copy import copy
from dataclasses import dataclass
from datetime import date, datetime
from functools import partial
from html import escape
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from benchmarks._measure import Job, Limit, in_turn, print_table, timed
from ctdesk.analysis.baseline import baseline_figures
from ctdesk.domain.baseline import Baseline
from ctdesk.domain.pack import Edition, Item, Meeting, Pack
from ctdesk.reports import style
from ctdesk.reports.baseline import laid_out, write_baseline
from ctdesk.reports.blocks import Figure
from ctdesk.reports.fonts import REGULAR, SEMIBOLD, register
from ctdesk.reports.pack import build
from ctdesk.reports.style import LANDSCAPE, mm
from ctdesk.reports.table_pieces import TablePiece
from ctdesk.reports.tables import Group, Length, Line, Table
from ctdesk.reports.text import Paragraph
from reportlab import rl_config
from reportlab.graphics import renderSVG
from reportlab.graphics.shapes import Drawing
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.utils import simpleSplit
from reportlab.pdfbase.pdfmetrics import stringWidth
from reportlab.platypus import LongTable, SimpleDocTemplate, Spacer, TableStyle
from reportlab.platypus import Paragraph as Words

OURS, BARE, WEASY = "the pack of the desk", "bare reportlab platypus", "WeasyPrint"
REPORTS, SIZE, LEADING, GUTTER = 4, 8.5, 10.4, 2.8 * mm


@dataclass(frozen=True, slots=True)
class Grid:
    """A table as plain texts: its heads, widths in points, which columns keep right, and its rows."""

    heads: list[str]
    widths: list[float]
    right: list[bool]
    rows: list[list[str]]


Content = Grid | Drawing | str
"""What a report holds: a table, a chart or a paragraph."""


def contents(report: Baseline) -> list[Content]:
    """Return what our report draws, each table once."""
    found: list[Content] = []
    seen: set[int] = set()
    for page in laid_out(report, baseline_figures(report)).pages:
        for block, _ in page.blocks:
            if isinstance(block, Figure):
                found.append(block.drawing)
            elif isinstance(block, Paragraph):
                found.append("".join(text for text, _ in block.runs).replace("\ue000", "").replace("\ue001", ""))
            elif isinstance(block, TablePiece) and id(block.table) not in seen:
                seen.add(id(block.table))
                assert isinstance(block.table, Table)
                found.append(grid(block.table))
    return found


def grid(table: Table) -> Grid:
    """Return a table as plain texts."""
    rows: list[list[str]] = []
    for item in table.content:
        if isinstance(item, Group):
            rows.append([item.name, *[""] * (len(table.columns) - 1)])
        rows += [cells(line) for line in (item.lines if isinstance(item, Group) else [item])]
    return Grid(
        [column.head for column in table.columns],
        [column.width for column in table.columns],
        [column.right for column in table.columns],
        rows,
    )


def cells(line: Line) -> list[str]:
    """Return the texts of a row."""
    return [cell if isinstance(cell, str) else "" if isinstance(cell, Length) else cell.text for cell in line.cells]


def by_platypus(reports: list[list[Content]], path: Path) -> None:
    """Draw everything as flowables, cells broken into lines as fast as reportlab can."""
    register()
    story: list[Any] = []
    words = ParagraphStyle("words", fontName=REGULAR, fontSize=9.5, leading=13)
    for report in reports:
        for content in report:
            if isinstance(content, Grid):
                story.append(long_table(content))
            else:
                story.append(Words(escape(content), words) if isinstance(content, str) else copy(content))
            story.append(Spacer(1, 8))
    document = SimpleDocTemplate(
        str(path), pagesize=(LANDSCAPE.width, LANDSCAPE.height), leftMargin=LANDSCAPE.side - 6,
        rightMargin=LANDSCAPE.side - 6, topMargin=20 * mm, bottomMargin=19 * mm, invariant=1, pageCompression=1,
        initialFontName=REGULAR,
    )  # fmt: skip
    document.build(story)


def long_table(content: Grid) -> LongTable:
    """Return a table that goes over pages with its head."""
    rows = [
        ["\n".join(wrapped(cell, wide - GUTTER)) for cell, wide in zip(row, content.widths, strict=True)]
        for row in (content.heads, *content.rows)
    ]
    right = [("ALIGN", (at, 0), (at, -1), "RIGHT") for at, keeps in enumerate(content.right) if keeps]
    look = [
        ("FONT", (0, 0), (-1, -1), REGULAR, SIZE, LEADING), ("FONT", (0, 0), (-1, 0), SEMIBOLD, SIZE, LEADING),
        ("VALIGN", (0, 0), (-1, -1), "TOP"), ("LINEBELOW", (0, 0), (-1, -1), 0.5, style.HAIR),
        ("LEFTPADDING", (0, 0), (-1, -1), 0), ("RIGHTPADDING", (0, 0), (-1, -1), GUTTER),
        ("TOPPADDING", (0, 0), (-1, -1), 1.9), ("BOTTOMPADDING", (0, 0), (-1, -1), 1.9), *right,
    ]  # fmt: skip
    return LongTable(rows, colWidths=content.widths, repeatRows=1, style=TableStyle(look))


def wrapped(cell: str, room: float) -> list[str]:
    """Return the lines of a cell."""
    return [cell] if stringWidth(cell, REGULAR, SIZE) <= room else simpleSplit(cell, REGULAR, SIZE, room)


def by_weasyprint(reports: list[list[Content]], path: Path) -> None:
    """Lay everything out as a web page."""
    from weasyprint import HTML

    HTML(string=page_of(reports)).write_pdf(path)


def page_of(reports: list[list[Content]]) -> str:
    """Return the same as HTML."""
    look = "@page{size:A4 landscape;margin:20mm}body{font:9.5pt/13pt 'Source Sans Pro',sans-serif}"
    look += "table{border-collapse:collapse;table-layout:fixed;font-size:8.5pt;line-height:10.4pt}"
    look += "td,th{text-align:left;vertical-align:top;border-bottom:.5pt solid #DDE2E6;padding:1.9pt 8pt 1.9pt 0}"
    look += ".r{text-align:right}"
    body = "".join(piece for report in reports for content in report for piece in html(content))
    return f"<!doctype html><html lang=en><style>{look}</style><body>{body}"


def html(content: Content) -> Iterator[str]:
    """Yield a table, a chart or a paragraph as HTML."""
    if isinstance(content, str):
        yield f"<p>{escape(content)}</p>"
    elif isinstance(content, Grid):
        marks = [" class=r" if right else "" for right in content.right]
        heads = "".join(f"<th{mark} style='width:{wide:.1f}pt'>{escape(head)}" for mark, head, wide in
            zip(marks, content.heads, content.widths, strict=True))  # fmt: skip
        yield f"<table><thead><tr>{heads}</thead><tbody>"
        for row in content.rows:
            yield f"<tr>{''.join(f'<td{m}>{escape(cell)}' for m, cell in zip(marks, row, strict=True))}"
        yield "</tbody></table>"
    else:
        svg = renderSVG.drawToString(content)
        yield svg[svg.index("<svg") :]


def our_pack(reports: list[Baseline]) -> bytes:
    """Count, lay out, number, tag and join everything."""
    fixed = datetime(2026, 6, 15, 9, 20)  # noqa: DTZ001 - the office's own clock
    meeting = Meeting("A children’s trust", "Partnership Board", date(2026, 6, 25), fixed)
    items = [Item(f"Baseline {number}", draw=partial(drawn, report)) for number, report in enumerate(reports, 1)]
    return build(Pack(meeting, items), Edition.PUBLIC).content


def drawn(report: Baseline) -> bytes:
    """Return a baseline report."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / "report.pdf"
        write_baseline(report, baseline_figures(report), path)
        return path.read_bytes()


def has_weasyprint() -> bool:
    """Whether WeasyPrint can run here: it needs libraries of the system."""
    try:
        import weasyprint  # noqa: F401 - only tried
    except (ImportError, OSError):
        print("WeasyPrint cannot run here; it is passed over.")
        return False
    return True


def main(activities: int = 880, runs: int = 1) -> int:
    """Measure, print the table and return 1 if a limit is passed."""
    import pikepdf
    from tests.reports.sample import baseline

    rl_config.useA85 = 0  # for all alike
    reports = [baseline(activities + number, posts=40) for number in range(REPORTS)]
    same = [contents(report) for report in reports]
    with pikepdf.open(BytesIO(our_pack(reports))) as pdf:
        pages = len(pdf.pages)
    with TemporaryDirectory() as folder:
        path = Path(folder) / "peer.pdf"
        jobs: dict[str, Job] = {
            BARE: partial(timed, partial(by_platypus, same, path)),
            OURS: partial(timed, partial(our_pack, reports)),
        }
        if has_weasyprint():
            jobs[WEASY] = partial(timed, partial(by_weasyprint, same, path))
        spent = in_turn(jobs, runs)
    limits = [Limit("time", spent[OURS].seconds / spent[BARE].seconds, 1.4, "bare platypus")]
    if WEASY in spent:
        limits.append(Limit("time", spent[OURS].seconds / spent[WEASY].seconds, 0.2, "WeasyPrint"))
    return print_table(f"A pack of {pages} pages", spent, BARE, limits)


if __name__ == "__main__":
    sys.exit(main(*map(int, sys.argv[1:])))
