"""The provider report: one provider’s agreements and activities, its part of shared ones, when the money ends."""

from dataclasses import replace
from datetime import date, datetime

from ctdesk.domain.records.monitoring import Rating
from ctdesk.domain.register_paper import ProviderPaper
from ctdesk.domain.service_lines import ServiceLine
from ctdesk.reports.provider import write_provider
from tests.page_texts import text_of
from tests.reports.contract_sample import TODAY, measure, part, period
from tests.reports.register_sample import agreement

PRINTED = datetime(2026, 7, 22, 14, 20)  # noqa: DTZ001 - the office’s own clock


def service(number: int, agency: str, value: int) -> ServiceLine:
    return ServiceLine(
        uid=f"s{number}", reference=f"S{number}", title=f"Activity {number}", agency_uid=agency, agency=agency,
        provider_uid="p", provider="Homestead", sector="", small=None, agreement_type="", agreement_reference="",
        outcome="", tier="Targeted", purpose="", funding_source="", age_from=None, age_to=None, client_groups=(),
        areas=(), everywhere=False, value=value, capacity=None, capacity_unit="", users=None, start=None,
        end=date(2027, 3, 31), open_ended=False, intention="", basis="returned",
    )  # fmt: skip


def paper(lines=(), **more) -> ProviderPaper:
    given = {
        "trust": "Ashmere Trust", "on": TODAY, "name": "Homestead Families", "facts": [("Kind", "Charity")],
        "lines": lines, "shares": {}, "activities": (), "bought": {}, "standings": {}, "papers": (),
    }  # fmt: skip
    return ProviderPaper(**{**given, **more})


def write(printed, tmp_path, name="p.pdf"):
    path = tmp_path / name
    write_provider(printed, path, printed=PRINTED)
    return path


def full() -> ProviderPaper:
    lines = [
        agreement(1, annual_value=30_000_000, end=date(2027, 3, 31)),
        agreement(2, annual_value=10_000_000, end=date(2028, 9, 30)),
        agreement(3, start=date(2026, 9, 1)),
        agreement(4, end=date(2026, 3, 31)),
    ]
    insurance = {"agreement": "a2", "what": "insurance", "held": True}
    papers = [
        part("action", "x1", agreement="a1", number="7", title="Cover plan", due=date(2026, 7, 1), state="open"),
        part("requirement", "q1", detail="Held one", **insurance),
        part("requirement", "q2", detail="Old one", expires=date(2026, 1, 1), **insurance),
    ]
    return paper(
        lines,
        shares={"a2": 50},
        activities=[service(1, "NHS Ashmere", 20_000_000)],
        bought={"NHS Ashmere": 80_000_000, "Council": 20_000_000},
        standings={"a1": period(measure(1, Rating.RED))},
        papers=papers,
    )


def test_its_part_of_a_shared_agreement_counts_and_the_sums_add_up(tmp_path):
    text = text_of(write(full(), tmp_path))
    assert "worth £350k a year; 86% of it ends on 31/03/2027." in text
    assert "Total, 2 agreements 1 partner 350,000" in text
    assert "Of Service 2 its part is 50%." in text
    assert "Service 3 (upcoming, from 01/09/2026) is not in the total." in text


def test_what_is_agreed_by_year_falls_as_agreements_end(tmp_path):
    text = text_of(write(full(), tmp_path))
    # 300,000 + 50,000 + 7 of 12 months of 100,000; then 50,000 and 100,000; then half of 50,000 and 100,000
    assert "NHS Ashmere 408,333 150,000 125,000 100,000" in text


def test_dependence_is_the_share_of_the_baseline(tmp_path):
    text = text_of(write(full(), tmp_path))
    assert "1 activity worth £200k, 20% of all that the partners commission." in text
    assert "25% £200k" in text


def test_standing_and_papers_are_said_in_words(tmp_path):
    text = text_of(write(full(), tmp_path))
    assert "Action 7: Cover plan" in text
    assert "Late 21 days" in text
    assert "Old one" in text
    assert "Held one" not in text
    assert "Agreements that are over" in text


def test_the_same_paper_gives_the_same_bytes(tmp_path):
    assert write(full(), tmp_path).read_bytes() == write(full(), tmp_path, "again.pdf").read_bytes()


def test_a_provider_of_whom_nothing_is_bought_has_a_page(tmp_path):
    text = text_of(write(paper(), tmp_path))
    assert "No agreement with it is in force. The baseline names no activity of it." in text


def test_a_provider_of_very_much_goes_on_over_pages(tmp_path):
    lines = [agreement(n) for n in range(200)]
    activities = [service(n, "NHS Ashmere", 100) for n in range(400)]
    large = paper(lines, activities=activities, bought={"NHS Ashmere": 100_000}, name="Long name " * 30)
    text = text_of(write(large, tmp_path))
    assert "Total, 200 agreements" in text
    assert "Activity 399" in text


def test_an_exempt_value_is_not_told(tmp_path):
    line = agreement(1)
    hidden = replace(line, exempt={"annual_value": "3"}, life=replace(line.life, annual_value=None, total=None))
    text = text_of(write(paper([hidden], public=True), tmp_path))
    assert "exempt" in text
    assert "100,000" not in text
