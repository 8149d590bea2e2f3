"""Every page that the desk prints can be heard and found one's way in."""

from datetime import date
from io import BytesIO

import pikepdf
import pytest
from ctdesk.analysis.baseline import baseline_figures
from ctdesk.domain.performance import Standing
from ctdesk.domain.records.monitoring import Rating
from ctdesk.domain.register_paper import CalendarPaper, RegisterPaper
from ctdesk.reports import style
from ctdesk.reports.baseline import write_baseline
from ctdesk.reports.blocks import Figure, Heading, Title
from ctdesk.reports.contract import write_contract
from ctdesk.reports.document import Document
from ctdesk.reports.flow import Flow
from ctdesk.reports.letters import write_review_letter
from ctdesk.reports.listing import ListingColumn, ListingGroup, ListingPaper, write_listing
from ctdesk.reports.monitoring import write_monitoring
from ctdesk.reports.numbering import Numbering, numbered
from ctdesk.reports.pen import page_of
from ctdesk.reports.provider import write_provider
from ctdesk.reports.register import write_register
from ctdesk.reports.register_calendar import write_calendar
from ctdesk.reports.service_map import write_service_map
from ctdesk.reports.text import Paragraph
from pypdf import PdfReader
from reportlab.graphics.shapes import Drawing
from tests.reports.contract_sample import TODAY, measure, period, some_parts
from tests.reports.contract_sample import paper as contract_paper
from tests.reports.register_sample import agreement
from tests.reports.sample import baseline
from tests.reports.structure import elements, faults, kids, text_kinds
from tests.reports.test_letters import review_with_everything
from tests.reports.test_map_reports import paper
from tests.reports.test_monitoring import PRINTED, board, line
from tests.reports.test_provider import full as provider_with_everything
from tests.reports.test_register import dates_of


@pytest.fixture(scope="module")
def report(tmp_path_factory):
    path = tmp_path_factory.mktemp("tags") / "baseline.pdf"
    lines = baseline(120, posts=20)
    write_baseline(lines, baseline_figures(lines), path)
    with pikepdf.open(path) as pdf:
        yield pdf


def test_a_report_has_no_fault_of_structure(report):
    assert faults(report) == []


def test_a_table_over_many_pages_is_one_table(report):
    tables = [element for element in elements(report.Root.StructTreeRoot) if str(element.S) == "/Table"]
    longest = max(tables, key=lambda table: len(kids(table)))
    assert len(kids(longest)) > 120
    assert sum(str(cell.S) == "/TH" for row in kids(longest) for cell in kids(row)) == 10


def test_headings_and_figures_are_there(report):
    counted = text_kinds(report)
    assert counted["H1"] == 1
    assert counted["H2"] >= 8
    assert counted["Figure"] >= 6


def test_it_says_that_it_keeps_the_standard(report):
    with report.open_metadata() as metadata:
        assert metadata["pdfuaid:part"] == "1"


def drawn(*blocks) -> pikepdf.Pdf:
    flow = Flow("A report")
    for block in blocks:
        flow.add(block)
    return pikepdf.open(BytesIO(Document("A report", "", "A trust", "").drawn(flow)))


def test_a_figure_without_words_takes_the_claim_away():
    with drawn(Title("Kind", "Title", 400), Figure(Drawing(10, 10))) as pdf, pdf.open_metadata() as metadata:
        assert faults(pdf) == ["a figure has no words"]
        assert "pdfuaid:part" not in metadata


def test_a_line_does_not_run_into_the_next():
    words = "several words that are broken over lines"
    with drawn(Title("Kind", "Title", 400), Paragraph([(words, style.BODY)], 60)) as pdf:
        kept = BytesIO()
        pdf.save(kept)
        assert words in " ".join(PdfReader(kept).pages[0].extract_text().split())


def test_in_a_pack_pages_bear_the_numbers_of_the_pack():
    heading = Heading("Here", 400, "here")
    text = Paragraph([(f"See page {page_of('here')}.", style.BODY)], 400)
    with numbered(Numbering(22, "R", "Board")):
        flow = Flow("A report")
        flow.add_heading(heading)
        flow.add(text)
        content = Document("A report", "", "A trust", "").drawn(flow)
    said = PdfReader(BytesIO(content)).pages[0].extract_text()
    assert "See page R23." in said
    assert "A report · Board" in said
    assert "of 1" not in said


def listing(path) -> None:
    groups = [
        ListingGroup(f"Group {group}", [(f"Row {row}", "1") for row in range(40)], ("", "40")) for group in range(3)
    ]
    columns = [ListingColumn("What"), ListingColumn("How many", right=True)]
    listed = ListingPaper("A list", "A trust", "None", PRINTED, "120 rows", columns, groups, ("", "120"))
    write_listing(listed, path)


def monitoring(path) -> None:
    lines = [line(number, standing) for number, standing in enumerate(Standing)]
    write_monitoring(board(*lines), path, filter_words="None", printed=PRINTED)


def service_map(path) -> None:
    write_service_map(paper(8, 6), path)


def contract(path) -> None:
    measured = period(measure(1, Rating.RED), measure(2, None))
    write_contract(contract_paper(parts=some_parts(), monitored=measured), path, printed=PRINTED)


def register(path) -> None:
    lines = [agreement(number) for number in range(60)]
    write_register(RegisterPaper(trust="A trust", on=TODAY, lines=lines), path, printed=PRINTED)


def calendar(path) -> None:
    lines = [agreement(number, end=date(2027, 3, 31)) for number in range(60)]
    dates = [it for line in lines for it in dates_of(line)]
    paper = CalendarPaper(trust="A trust", on=TODAY, months=18, lines=lines, dates=dates)
    write_calendar(paper, path, printed=PRINTED)


def provider(path) -> None:
    write_provider(provider_with_everything(), path, printed=PRINTED)


def review_letter(path) -> None:
    write_review_letter(review_with_everything(), path, printed=PRINTED)


@pytest.mark.parametrize(
    "write", [listing, monitoring, service_map, contract, register, calendar, provider, review_letter]
)
def test_every_other_report_has_no_fault_of_structure(write, tmp_path):
    write(tmp_path / "report.pdf")
    with pikepdf.open(tmp_path / "report.pdf") as pdf, pdf.open_metadata() as metadata:
        assert faults(pdf) == []
        assert metadata["pdfuaid:part"] == "1"
