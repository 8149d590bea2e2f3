"""The baseline report: what every partner commissions and who does the commissioning, as at one date."""

from pathlib import Path

from ctdesk.domain.baseline import Baseline
from ctdesk.domain.baseline_figures import Figures
from ctdesk.reports.baseline_agreements import ending_pages, findings_pages, largest_pages
from ctdesk.reports.baseline_appendix import appendix
from ctdesk.reports.baseline_first import first_page
from ctdesk.reports.baseline_money import money_pages
from ctdesk.reports.baseline_staffing import staffing_pages
from ctdesk.reports.baseline_words import title
from ctdesk.reports.document import Document
from ctdesk.reports.flow import Flow
from ctdesk.reports.fonts import register
from ctdesk.reports.numbers import day, moment


def write_baseline(report: Baseline, figures: Figures, path: Path) -> None:
    """Write the report as a PDF; the same report gives the same bytes.

    `figures` are those of `ctdesk.analysis.baseline.baseline_figures(report)`. Raises DeskError, in one
    sentence, if the file cannot be written; what was there before is then untouched.
    """
    _document(report, figures).write(laid_out(report, figures), path)


def laid_out(report: Baseline, figures: Figures) -> Flow:
    """Return the report set on pages."""
    register()
    flow = Flow(f"Baseline report · {report.heading.round}")
    first_page(flow, report, figures)
    if report.activities:
        money_pages(flow, report, figures)
    staffing_pages(flow, report, figures)
    largest_pages(flow, figures)
    ending_pages(flow, figures)
    findings_pages(flow, report)
    appendix(flow, report, figures)
    return flow


def _document(report: Baseline, figures: Figures) -> Document:
    heading = report.heading
    footer = " · ".join(
        (
            f"As at {day(heading.as_at)}",
            f"Round: {heading.round}",
            f"Filter: {heading.filter}",
            f"Printed {moment(heading.printed)}",
        )
    )
    return Document(
        title=f"{heading.trust}: {title(report, figures)}",
        subject=f"Baseline report, {heading.round}, as at {day(heading.as_at)}",
        author=heading.trust,
        footer=footer,
    )
