"""The baseline report as a file: whole, the same each time, with all that was put in."""

import re
import string
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from ctdesk.analysis.baseline import baseline_figures
from ctdesk.domain.baseline import Baseline
from ctdesk.domain.errors import DeskError
from ctdesk.reports.baseline import write_baseline
from pypdf import PdfReader
from tests.page_texts import page_texts
from tests.reports.sample import AGENCIES, agency_line, baseline


def write(report: Baseline, path: Path) -> Path:
    write_baseline(report, baseline_figures(report), path)
    return path


@pytest.fixture(scope="module")
def report() -> Baseline:
    return baseline(150)


@pytest.fixture(scope="module")
def whole(report, tmp_path_factory) -> Path:
    return write(report, tmp_path_factory.mktemp("report") / "baseline.pdf")


@pytest.fixture(scope="module")
def reader(whole) -> PdfReader:
    return PdfReader(whole)


@pytest.fixture(scope="module")
def pages(whole) -> list[str]:
    return page_texts(whole)


def test_every_activity_stands_in_the_appendix(report, pages):
    start = next(number for number, page in enumerate(pages) if "Appendix. Every" in page)
    appendix = " ".join(pages[start:])
    rows = {line.reference: 0 for line in report.activities}
    for found in re.findall(r"\b[A-Z]+-\d{3}\b", appendix):
        rows[found] += 1
    assert set(rows.values()) == {1}


def test_the_first_page_says_who_answered_before_how_much(pages):
    first = pages[0]
    assert first.index("Ten of twelve agencies have answered, eight of them on time.") < first.index("a year in 150")
    assert "Not in it: Fenbrook Police (£396k last round)." in first
    assert all(agency in first for agency in AGENCIES)
    assert "Missing, 17 days late" in first


def test_totals_on_the_page_are_those_of_the_lines(report, pages):
    total = sum(line.value or 0 for line in report.activities)
    assert f"£{total / 10**8:.1f}m" in pages[0]
    assert any(f"All agencies: {len(report.activities)} activities" in page for page in pages)
    for line in report.agencies:
        if line.activities:
            assert any(f"{line.agency}: {line.activities} activit" in page for page in pages)


def test_pages_are_numbered_and_carry_filter_and_date(pages):
    for number, page in enumerate(pages, 1):
        assert f"Page {number} of {len(pages)}" in page
        assert "As at 31/03/2026 · Round: Baseline 2026/27 · Filter: None: all agencies" in page


def test_references_to_pages_are_right(pages):
    referred = int(re.search(r"agency and cell on page (\d+)", pages[0])[1])
    assert "Findings still open" in pages[referred - 1]
    referred = int(re.search(r"the table on page (\d+) has", pages[0])[1])
    assert "Money by outcome and tier of need" in pages[referred - 1]


def test_continuation_lines_name_the_next_and_the_last_page(pages):
    for number, page in enumerate(pages, 1):
        for found in re.findall(r"continues on page (\d+)", page):
            assert int(found) == number + 1
        for found in re.findall(r"continued from page (\d+)", page):
            assert int(found) == number - 1
    assert any("continued from page" in page for page in pages)


def test_sections_and_agencies_have_bookmarks_on_their_pages(reader, pages):
    titles = {}
    for entry in reader.outline:
        for item in entry if isinstance(entry, list) else [entry]:
            titles[item.title] = reader.get_destination_page_number(item)
    for title in ("Who was asked, and who has answered", "Money by outcome and tier of need", "Findings still open"):
        assert title in pages[titles[title]]
    assert "NHS Fenbrook" in titles


def test_the_file_says_what_it_is(reader):
    assert reader.metadata.title.startswith("Fenbrook Children’s Trust")
    assert "31/03/2026" in reader.metadata.subject
    assert reader.root_object["/Lang"] == "en-GB"


def test_only_our_typeface_is_used_and_it_is_embedded(reader):
    fonts = {}
    for page in reader.pages:
        fonts |= {str(font["/BaseFont"]): font.get_object() for font in page["/Resources"]["/Font"].values()}
    assert fonts
    assert all("SourceSansPro" in name and "/FontFile2" in font["/FontDescriptor"] for name, font in fonts.items())


def test_two_writings_are_the_same_bytes(report, tmp_path):
    write(report, tmp_path / "one.pdf")
    write(report, tmp_path / "two.pdf")
    assert (tmp_path / "one.pdf").read_bytes() == (tmp_path / "two.pdf").read_bytes()


def test_findings_are_printed_with_their_cells(pages):
    page = next(page for page in pages if "Activity!K9" in page)
    assert page.index("Must fix") < page.index("Please explain")
    assert "Activity!H7 to H8" in page


@pytest.mark.parametrize("agencies", [AGENCIES, ("Public Health",), ("Fenbrook Police",), ()])
def test_a_baseline_of_nothing_says_so(agencies, tmp_path):
    pages = page_texts(write(baseline(0, 0, agencies), tmp_path / "empty.pdf"))
    assert "There is no activity to report" in pages[0]
    assert "No post has been reported" in " ".join(pages)
    assert "There is no activity to list" in pages[-1]


def test_one_agency_has_its_name_in_the_title(tmp_path):
    pages = page_texts(write(baseline(5, 3, ("Public Health",)), tmp_path / "one.pdf"))
    assert "Public Health commissions £" in pages[0]
    assert "Public Health has answered, on time." in pages[0]


def test_activities_without_any_value_do_not_stop_it(tmp_path):
    report = baseline(8, 0, ("Public Health",))
    lines = [replace(line, value=None, end=None, main_outcome="", tier="", purpose="") for line in report.activities]
    agency = agency_line(report.agencies[0], lines, [])
    pages = page_texts(write(replace(report, activities=tuple(lines), agencies=(agency,)), tmp_path / "none.pdf"))
    assert "8 activities have no value given" in pages[0]


def test_very_long_names_and_strange_letters_are_printed(tmp_path):
    report = baseline(6, 4, ("Public Health",))
    long = "Borough-wide partnership for " + " ".join(f"purpose{number}" for number in range(60))
    lines = [
        replace(line, title=long, provider="W" * 300, main_outcome=long, tier=long[:80], reference=f"R{number}" * 20)
        for number, line in enumerate(report.activities)
    ]
    lines[0] = replace(lines[0], title="Zażółć ✊ 漢字 <b>&amp;</b> {x} %s \\ ( )")
    heading = replace(report.heading, filter=long, round=long[:150], trust=long[:200])
    report = replace(report, activities=tuple(lines), heading=heading, outcome_order=(), tier_order=())
    pages = page_texts(write(report, tmp_path / "long.pdf"))
    whole = "".join(pages).replace(" ", "")
    assert "purpose59" in whole
    assert "Zażółć???<b>&amp;</b>{x}%s\\()" in whole


def test_many_tiers_and_outcomes_keep_to_the_page(tmp_path):
    report = baseline(60, 0, ("Public Health",))
    lines = [
        replace(line, tier=f"Tier {number % 9}", main_outcome=f"Outcome {string.ascii_uppercase[number % 20]}")
        for number, line in enumerate(report.activities)
    ]
    agency = agency_line(report.agencies[0], lines, [])
    changed = replace(report, activities=tuple(lines), agencies=(agency,), outcome_order=(), tier_order=())
    pages = page_texts(write(changed, tmp_path / "many.pdf"))
    assert "Other tiers" in " ".join(pages)
    assert "other outcomes" in pages[0]


def test_forty_agencies_go_on_to_the_next_page(tmp_path):
    names = tuple(f"Partner agency number {number}" for number in range(40))
    pages = page_texts(write(baseline(80, 20, names), tmp_path / "forty.pdf"))
    assert "Continues on page 2" in pages[0]
    assert "All 40 agencies have answered, 38 of them on time" in pages[0]


@pytest.mark.parametrize(
    ("state", "late", "words"),
    [
        ("sent", 0, "Not yet due"),
        ("excused", 0, "Excused"),
        ("not sent", 0, "Not asked yet"),
        ("chased", 3, "Missing, 3 days late"),
        ("chased", 0, "Chased, not yet due"),
    ],
)
def test_states_of_returns_in_words(state, late, words, tmp_path):
    report = baseline(0, 0, ("Public Health", "Children’s Fund"))
    line = replace(report.agencies[0], state=state, received=None, days_late=late, rests_on="missing")
    pages = page_texts(write(replace(report, agencies=(line, report.agencies[1])), tmp_path / "state.pdf"))
    assert words in pages[0]


def test_a_file_that_cannot_be_written_is_one_sentence_and_leaves_nothing(report, tmp_path):
    folder = tmp_path / "there"
    folder.mkdir()
    target = folder / "report.pdf"
    target.mkdir()
    with pytest.raises(DeskError, match="could not be written"):
        write(report, target)
    with pytest.raises(DeskError, match="could not be written"):
        write(report, tmp_path / "nowhere" / "report.pdf")
    assert list(folder.iterdir()) == [target]


def test_a_failure_half_way_leaves_the_old_report(report, tmp_path, monkeypatch):
    target = tmp_path / "report.pdf"
    target.write_bytes(b"old")
    monkeypatch.setattr(
        "ctdesk.reports.document.os.fsync", lambda _: (_ for _ in ()).throw(OSError(28, "No space left"))
    )
    with pytest.raises(DeskError, match="No space left"):
        write(report, target)
    assert target.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [target]


def test_no_due_date_is_no_label(report, tmp_path):
    open_ended = replace(report, heading=replace(report.heading, due=None, as_at=date(2026, 2, 28)))
    assert "Due back" not in page_texts(write(open_ended, tmp_path / "due.pdf"))[0]


@pytest.mark.slow
def test_ten_thousand_activities_are_all_printed(tmp_path):
    report = baseline(10_000)
    pages = page_texts(write(report, tmp_path / "big.pdf"))
    found = set(re.findall(r"\b[A-Z]+-\d{3,5}\b", " ".join(pages)))
    assert {line.reference for line in report.activities} <= found
