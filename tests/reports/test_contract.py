"""The contract report: what is to be decided first, every part in words, nothing exempt in a public edition."""

from dataclasses import replace
from datetime import datetime
from decimal import Decimal

import pytest
from ctdesk.domain.contract_paper import public_edition
from ctdesk.domain.monitoring_lines import AgreementPeriod, CountLine
from ctdesk.domain.performance import Standing
from ctdesk.domain.records.monitoring import Rating
from ctdesk.reports.blocks import Heading
from ctdesk.reports.contract import write_contract
from ctdesk.reports.flow import Flow, laid_out
from ctdesk.reports.style import mm
from pypdf import PdfReader
from tests.page_texts import text_of
from tests.reports.contract_sample import VALUES, measure, paper, part, period, some_parts

PRINTED = datetime(2026, 7, 22, 14, 5)  # noqa: DTZ001 - the office’s own clock


def write(printed, tmp_path, name="c.pdf"):
    path = tmp_path / name
    write_contract(printed, path, printed=PRINTED)
    return path


@pytest.fixture
def whole():
    red = measure(1, Rating.RED, commentary="Two posts vacant since February.")
    return paper(parts=some_parts(), monitored=period(red, measure(2, Rating.GREEN)))


def test_the_decision_comes_first(whole, tmp_path):
    text = text_of(write(whole, tmp_path))
    assert "Decide by 16/09/2026 whether to extend or procure again." in text
    assert "One of two measures met in quarter 1 of 2026/27; measure 1 is red." in text
    assert text.index("Decide by 16/09/2026") < text.index("Commissioned by")


def test_each_date_stands_with_its_sum(whole, tmp_path):
    text = text_of(write(whole, tmp_path))
    assert "Notice by 30/09/2026 In 70 days 31/03/2027 less 6 months" in text
    assert "Latest possible end 31/03/2029" in text


def test_a_payment_not_noted_is_no_saving(whole, tmp_path):
    text = text_of(write(whole, tmp_path))
    assert "Payments are £10k (3%) under profile. £160k that fell due is not noted as paid." in text
    assert "Paid to date 320,000 310,000 −10,000 (3%)" in text
    assert "Due, not noted as paid 160,000" in text


def test_red_measures_stand_with_reason_commentary_and_judgement(whole, tmp_path):
    text = text_of(write(whole, tmp_path))
    assert "Why measure 1 is red" in text
    assert "Two posts vacant since February." in text
    assert "Red, same as computed." in text
    assert "Worse, 4th time" in text


def test_states_are_said_in_words(whole, tmp_path):
    text = text_of(write(whole, tmp_path))
    for said in ("Expired", "Within 90 days", "Not seen yet", "Late 22 days", "Done 29/05/2026", "Adequate"):
        assert said in text
    assert text.index("Large risk") < text.index("Small risk")
    assert "To put right: Waits (action 18)." in text


def test_the_same_paper_gives_the_same_bytes(whole, tmp_path):
    assert write(whole, tmp_path).read_bytes() == write(whole, tmp_path, "again.pdf").read_bytes()


def test_it_takes_two_to_four_pages(whole, tmp_path):
    assert 2 <= len(PdfReader(write(whole, tmp_path)).pages) <= 4


def test_an_agreement_with_nothing_but_a_title_says_what_is_not_held(tmp_path):
    text = text_of(write(paper({"title": "Bare"}), tmp_path))
    assert "This is a draft" in text
    assert "Nothing is held of payments, measures, users and incidents, spend and staff, reviews and visits" in text
    assert "Neither start nor end is given" in text


def test_a_missing_return_is_missing_not_green(tmp_path):
    missing = period(standing=Standing.MISSING)
    assert "Quarter 1 of 2026/27: measure 1: reason 1." in text_of(write(paper(monitored=missing), tmp_path))


@pytest.mark.slow
def test_very_much_of_everything_goes_on_over_pages(tmp_path):
    long = "word " * 4_000
    parts = some_parts()
    parts["risk"] = tuple(part("risk", f"r{n}", title=long, likelihood=5, impact=5) for n in range(12))
    parts["action"] = tuple(part("action", f"a{n}", number=str(n), title=f"Do {n}", owner="M") for n in range(300))
    measures = [measure(n, Rating.RED, commentary=long) for n in range(30)]
    values = {**VALUES, "title": "Very long title " * 30, "description": long}
    path = write(paper(values, parts, period(*measures)), tmp_path)
    assert "Do 299" in text_of(path)


def test_every_page_with_something_exempt_says_so_and_no_public_one(tmp_path):
    marked = paper(parts=some_parts(), exempt={"total_value": "3"})
    pages = PdfReader(write(marked, tmp_path)).pages
    assert all("NOT FOR PUBLICATION" in page.extract_text() for page in pages)
    assert "NOT FOR PUBLICATION" not in text_of(write(public_edition(marked), tmp_path, "public.pdf"))
    assert "NOT FOR PUBLICATION" not in text_of(write(paper(parts=some_parts()), tmp_path, "open.pdf"))


@pytest.mark.parametrize("item", ["total_value", "annual_value"])
def test_the_value_is_not_to_be_had_from_the_public_edition(item, tmp_path):
    marked = paper(parts=some_parts(), monitored=period(measure(1, Rating.RED)), exempt={item: "3"})
    restricted = text_of(write(marked, tmp_path))
    assert "642,000 (not for publication, paragraph 3)" in restricted
    path = write(public_edition(marked), tmp_path, "public.pdf")
    text = text_of(path)
    assert "Not for publication, paragraph 3" in text
    assert not any(told in text for told in ("642", "1,926", "160,000", "1,284", "£10k", "310,000"))


def test_an_exempt_provider_is_named_nowhere_in_the_public_edition(tmp_path):
    marked = paper(parts=some_parts(), monitored=period(measure(1, Rating.RED)), exempt={"provider": "2"})
    path = write(public_edition(marked), tmp_path)
    assert "Talkwell" not in text_of(path)
    assert b"Talkwell" not in path.read_bytes()


def test_a_wholly_exempt_agreement_is_one_sentence_in_public(tmp_path):
    path = write(public_edition(paper(parts=some_parts(), exempt={"": "1"})), tmp_path)
    text = text_of(path)
    assert "Not for publication, paragraph 1" in text
    assert "Speech" not in text
    assert "Speech" not in str(PdfReader(path).metadata)


def test_a_kind_of_part_can_be_exempt(tmp_path):
    text = text_of(write(public_edition(paper(parts=some_parts(), exempt={"risk": "3"})), tmp_path))
    assert "Large risk" not in text


def counted(note: str = "") -> AgreementPeriod:
    users = CountLine("All users", None, Decimal(86), Decimal(80), note)
    incidents = CountLine("Serious incidents", None, Decimal(2), None, "")
    spend = CountLine("Spend in the period (£)", Decimal(85_500), Decimal(38_200), None, "")
    return replace(period(measure(1, Rating.GREEN)), counts=(users, incidents), money=(spend,))


def test_users_incidents_money_and_staff_are_told_with_the_period_before(tmp_path):
    text = text_of(write(paper(parts=some_parts(), monitored=counted("Two schools joined")), tmp_path))
    for said in ("Users and incidents", "All users", "86 80", "Two schools joined", "Serious incidents", "2 –"):
        assert said in text
    assert "85,500 38,200" in text


def test_no_public_edition_tells_of_users_and_incidents(tmp_path):
    text = text_of(write(public_edition(paper(parts=some_parts(), monitored=counted())), tmp_path))
    assert "All users" not in text
    assert "are in no public edition" in text


def test_what_was_not_reported_is_said_and_no_empty_table_printed(tmp_path):
    silent = replace(counted(), counts=(CountLine("All users", None, None, None, ""),), money=())
    text = text_of(write(paper(parts=some_parts(), monitored=silent), tmp_path))
    assert "All users" not in text
    assert "users and incidents" in text.split("Nothing is held of")[1]


def test_more_counts_than_a_page_holds_go_over(tmp_path):
    many = tuple(CountLine(f"Group {number}", None, Decimal(number), None, "") for number in range(90))
    text = text_of(write(paper(parts=some_parts(), monitored=replace(counted(), counts=many)), tmp_path))
    assert "Group 0 " in text
    assert "Group 89 " in text


def test_a_last_page_of_little_is_saved_by_closer_gaps():
    def lay(gap: float) -> Flow:
        flow = Flow("x", heading_gap=gap)
        for number in range(20):
            flow.add_heading(Heading(f"Part {number}", 400, f"p{number}"), keep=0)
        return flow

    assert len(lay(7 * mm).pages) == 2
    assert len(laid_out(lay).pages) == 1
