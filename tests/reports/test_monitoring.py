"""The monitoring report: reds first with reasons, the missing named, counts that add up, the same bytes again."""

from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal

import pytest
from ctdesk.domain.monitoring_lines import AgreementPeriod, OpenAction, PeriodBoard
from ctdesk.domain.performance import Standing
from ctdesk.domain.periods import read_period
from ctdesk.reports.monitoring import write_monitoring
from ctdesk.reports.rating_charts import rating_bar, sparkline
from pypdf import PdfReader
from tests.page_texts import text_of

QUARTER, PRINTED = read_period("2026-Q1"), datetime(2026, 8, 1, 10, 40)  # noqa: DTZ001 - the office’s own clock


def line(
    number: int, standing: Standing, *, value: int = 64_200_000, actions: tuple[OpenAction, ...] = ()
) -> AgreementPeriod:
    missing = standing is Standing.MISSING
    return AgreementPeriod(
        agreement=f"a{number}",
        reference=f"NH-{number:03}",
        title=f"Service {number}",
        provider=f"Provider {number % 3}",
        provider_uid=f"p{number % 3}",
        agency="NHS",
        manager="Officer",
        outcome=("Be healthy", "Stay safe", "")[number % 3],
        value=value,
        period=QUARTER,
        request=f"r{number}",
        state="accepted",
        received=None if missing else date(2026, 7, 14),
        days_late=12 if missing else 0,
        standing=standing,
        why="Missing, 12 days late" if missing else f"Reason {number}",
        score=None if missing else 71,
        score_before=62,
        earlier=(None,),
        measures=(),
        counts=(),
        money=(),
        actions=actions,
    )


def board(*lines: AgreementPeriod) -> PeriodBoard:
    return PeriodBoard(
        quarter=QUARTER,
        name="Monitoring",
        round="r",
        due=date(2026, 7, 20),
        on=date(2026, 8, 1),
        trust="Ashmere Trust",
        lines=lines,
        not_asked=3,
        outcomes=("Be healthy", "Stay safe"),
        chased=(date(2026, 7, 23),),
    )


@pytest.fixture
def mixed() -> PeriodBoard:
    late = OpenAction("x", "18", "Recovery plan", "Manager", date(2026, 7, 1), 31)
    return board(
        line(1, Standing.RED, actions=(late,)),
        line(2, Standing.RED),
        line(3, Standing.MISSING, value=81_500_000),
        line(4, Standing.AMBER),
        line(5, Standing.GREEN),
    )


def write(board, tmp_path, name="r.pdf"):
    path = tmp_path / name
    write_monitoring(board, path, filter_words="None", printed=PRINTED)
    return path


def test_reds_come_first_with_reason_and_action(mixed, tmp_path):
    text = text_of(write(mixed, tmp_path))
    assert "Quarter 1, 2026/27: two agreements are red" in text
    assert "4 of 5 agreements were reported, 4 on time." in text
    assert "Two are red, one with no action agreed." in text
    assert "Recovery plan Manager, 01/07/2026, late 31 days" in text
    assert text.index("Service 1") < text.index("Service 3") < text.index("Service 4")


def test_missing_returns_are_named_with_their_value(mixed, tmp_path):
    text = text_of(write(mixed, tmp_path))
    assert "One return is missing; what they cover is worth £815k a year" in text
    assert "Missing, 12 days late" in text
    assert "Chased on 23/07/2026." in text


def test_the_same_board_gives_the_same_bytes(mixed, tmp_path):
    assert write(mixed, tmp_path).read_bytes() == write(mixed, tmp_path, "again.pdf").read_bytes()


def test_a_period_with_nothing_to_report_says_so(tmp_path):
    assert "nothing was to be reported" in text_of(write(board(), tmp_path))


def test_silence_is_never_told_as_a_good_result(tmp_path):
    silent = text_of(write(board(line(1, Standing.MISSING), line(2, Standing.MISSING)), tmp_path))
    assert "Quarter 1, 2026/27: nothing was reported yet" in silent
    assert "None of 2 agreements was reported. Two returns are missing" in silent
    some = text_of(write(board(line(1, Standing.MISSING), line(2, Standing.GREEN)), tmp_path))
    assert "none that reported is red, one did not report" in some
    early = text_of(write(board(line(1, Standing.NOT_DUE), line(2, Standing.GREEN)), tmp_path))
    assert "One is not due yet." in early
    assert "No return is missing" not in early


def test_many_agreements_go_over_pages(mixed, tmp_path):
    many = replace(mixed, lines=tuple(line(n, Standing.GREEN) for n in range(120)))
    path = write(many, tmp_path)
    assert len(PdfReader(path).pages) > 2
    assert "Service 119" in text_of(path)


def test_charts_say_in_words_what_they_show():
    chart = rating_bar([(Standing.RED, 7), (Standing.MISSING, 0), (Standing.GREEN, 35)], 400)
    assert chart.words == "Agreements by state: red 7, green 35."
    line_ = sparkline([Decimal("12.8"), None, Decimal("17.5")], Decimal(12), 60, 12)
    assert line_.words == "Figures: 12.8, none, 17.5."
    assert sparkline([None], None, 60, 12).words == "Nothing was reported."
