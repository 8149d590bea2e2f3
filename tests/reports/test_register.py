"""The register and its calendar on paper: decisions first, every agreement once, sums that add up, nothing exempt."""

from dataclasses import replace
from datetime import date, datetime

import pytest
from ctdesk.domain.contract_lines import CalendarLine
from ctdesk.domain.contract_paper import public_lines
from ctdesk.domain.lifecycle import AgreementState
from ctdesk.domain.register_paper import CalendarPaper, RegisterPaper
from ctdesk.reports.register import to_decide, write_register
from ctdesk.reports.register_calendar import write_calendar
from pypdf import PdfReader
from tests.page_texts import text_of
from tests.reports.contract_sample import TODAY
from tests.reports.register_sample import agreement

PRINTED = datetime(2026, 7, 22, 14, 5)  # noqa: DTZ001 - the office’s own clock


def register_of(*lines, **more) -> RegisterPaper:
    return RegisterPaper(trust="Ashmere Trust", on=TODAY, lines=lines, **more)


def write(printed, tmp_path, name="r.pdf"):
    path = tmp_path / name
    write_register(printed, path, printed=PRINTED)
    return path


@pytest.fixture
def lines():
    return [
        agreement(1),
        agreement(2, end=date(2026, 12, 31)),  # notice by 30/06/2026, so the day to decide has passed
        agreement(3, end=date(2027, 3, 31)),  # decide by 16/09/2026
        agreement(4, end=date(2027, 3, 31), plan_at_end="let it end"),
        agreement(5, signed=None),
        agreement(6, end=date(2025, 3, 31)),
    ]


def test_what_waits_for_a_decision_is_listed_by_its_day(lines):
    assert [line.title for line in to_decide(register_of(*lines))] == ["Service 2", "Service 3"]


def test_one_that_over_runs_comes_before_all(lines):
    late = replace(lines[0], life=replace(lines[0].life, state=AgreementState.OVER_RUNNING))
    assert to_decide(register_of(lines[1], late))[0] is late


def test_every_agreement_stands_once_under_its_state_and_the_sums_add_up(lines, tmp_path):
    text = text_of(write(register_of(*lines), tmp_path))
    assert "6 agreements: two need a decision within six months" in text
    assert "One of the days to decide has passed." in text
    assert "In 56 days" in text
    everything = text[text.index("All agreements by state") :]
    assert all(everything.count(line.reference) == 1 for line in lines)
    assert "Draft: 1 agreement 100,000" in everything
    assert "Total of 6 agreements 600,000" in everything


def test_the_same_register_gives_the_same_bytes(lines, tmp_path):
    one, other = (write(register_of(*lines), tmp_path, name) for name in ("a.pdf", "b.pdf"))
    assert one.read_bytes() == other.read_bytes()


def test_an_empty_register_says_so(tmp_path):
    assert "The register is empty" in text_of(write(register_of(), tmp_path))


@pytest.mark.slow
def test_a_large_register_goes_on_over_pages(tmp_path):
    many = [agreement(n, end=date(2026, 8 + n % 5, 28)) for n in range(700)]
    text = text_of(write(register_of(*many), tmp_path))
    assert "Total of 700 agreements 70,000,000" in text
    assert "NH-699" in text


def test_nothing_exempt_is_in_the_public_register(lines, tmp_path):
    secret = replace(lines[0], exempt={"": "1"})
    priced = replace(lines[2], exempt={"annual_value": "3"})
    shown = public_lines([secret, lines[1], priced])
    assert [line.title for line in shown] == ["Service 2", "Service 3"]
    text = text_of(write(register_of(*shown, left_out=1, public=True), tmp_path))
    assert "1 agreement not for publication: in no figure here." in text
    assert "Service 1" not in text
    assert "exempt" in text
    assert "Total of 2 agreements 100,000" in text


def test_a_register_that_shows_something_exempt_says_so_on_its_pages(lines, tmp_path):
    priced = replace(lines[2], exempt={"annual_value": "3"})
    remarked = replace(lines[2], exempt={"comments": "3"})
    assert "NOT FOR PUBLICATION" in text_of(write(register_of(priced), tmp_path))
    assert "NOT FOR PUBLICATION" not in text_of(write(register_of(remarked), tmp_path))
    assert "NOT FOR PUBLICATION" not in text_of(write(register_of(priced, public=True), tmp_path))


def test_an_exempt_successor_is_not_named_by_the_agreement_before_it(lines):
    secret = replace(lines[0], exempt={"": "1"})
    before = replace(lines[1], successor=secret.uid, successor_called="Service 1 NH-001")
    assert [line.successor_called for line in public_lines([secret, before])] == ["another agreement"]


def calendar_of(lines, dates) -> CalendarPaper:
    return CalendarPaper(trust="Ashmere Trust", on=TODAY, months=18, lines=lines, dates=dates)


def dates_of(line) -> list[CalendarLine]:
    return [
        CalendarLine(found.day, what, words, found.sum, "agreement", line.uid, line.uid, line.called)
        for what, words, found in (
            ("decide by", "Decide by", line.life.decide_by),
            ("notice by", "Notice by", line.life.notice_by),
            ("ends", "Ends", line.life.current_end),
        )
    ]


def test_the_calendar_has_each_date_by_month_with_its_sum(lines, tmp_path):
    path = tmp_path / "c.pdf"
    write_calendar(calendar_of([lines[2], lines[0]], dates_of(lines[2])), path, printed=PRINTED)
    text = text_of(path)
    assert "18 months: one decision to take, one agreement ends" in text.replace("Eighteen", "18")
    assert "Next to decide: Service 3 NH-003, by 16/09/2026." in text
    assert "September 2026" in text
    assert "31/03/2027 less 6 months" in text
    assert "1 agreement has none of these dates in the time shown." in text


@pytest.mark.slow
def test_an_empty_calendar_is_still_a_page_and_a_full_one_goes_on(tmp_path):
    path = tmp_path / "c.pdf"
    write_calendar(calendar_of([], []), path, printed=PRINTED)
    assert "Nothing is to be decided meanwhile." in text_of(path)
    many = [agreement(n, end=date(2027, 3, 31)) for n in range(200)]
    dates = sorted((it for line in many for it in dates_of(line)), key=lambda it: it.day)
    write_calendar(calendar_of(many, dates), path, printed=PRINTED)
    assert len(PdfReader(path).pages) > 10
    again = path.read_bytes()
    write_calendar(calendar_of(many, dates), path, printed=PRINTED)
    assert path.read_bytes() == again
