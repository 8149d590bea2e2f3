"""Odd returns of the monitoring workbook: nothing is taken silently for what it is not, and nothing is lost."""

import csv
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from ctdesk.domain.changes import Action, created, updated
from ctdesk.domain.definition import Value
from ctdesk.domain.errors import DeskError
from ctdesk.domain.incoming import Suggestions
from ctdesk.domain.periods import read_period
from ctdesk.services.desk import Desk
from ctdesk.services.monitoring import send_period, start_period
from ctdesk.services.monitoring_board import board
from ctdesk.services.receipt import Receipt
from ctdesk.services.receiving import Wishes, receive
from ctdesk.services.rounds import start_round
from ctdesk.services.sending import SentRequest, send
from openpyxl import load_workbook
from openpyxl.worksheet.worksheet import Worksheet
from tests.services.monitored_borough import GOALS, HOMES, SEEN, TALK, VISITS, WAIT
from tests.services.returned_books import AS_AT, DUE, answer

QUARTER = read_period("2026-Q1")
APPLY = Wishes(apply=True, received=date(2026, 7, 14))
HEAD = 5
"""The row of the headings."""


def sent_for(desk: Desk, folder: Path, quarter: str = "2026-Q1") -> dict[str, SentRequest]:
    """Start and send a quarter; what was sent by agreement."""
    round_uid = start_period(desk, read_period(quarter))
    return {item.request.agreement_uid: item for item in send_period(desk, round_uid, folder / quarter)}


def altered(sent: SentRequest, alter: Callable[[Any], None]) -> Path:
    """Alter a workbook that was sent in whatever way."""
    book = load_workbook(sent.workbook)
    alter(book)
    path = sent.workbook.with_name(f"altered {sent.workbook.name}")
    book.save(path)
    return path


def column(sheet: Worksheet, heading: str) -> int:
    """Return the number of the column of that heading."""
    return next(at for at, cell in enumerate(sheet[HEAD], start=1) if cell.value == heading)


def type_actuals(sheet: Worksheet, **typed: object) -> None:
    """Type actual values by the first word of the measure."""
    at = column(sheet, "Measure")
    for row in range(HEAD + 1, sheet.max_row + 1):
        word = str(sheet.cell(row, at).value or "").split(" ")[0].lower()
        if word in typed:
            sheet.cell(row, column(sheet, "Actual")).value = typed[word]


def actuals(desk: Desk, agreement: str = TALK) -> dict[str, object]:
    """Return what is held as actual, by measure."""
    return {str(v["measure"]): v["actual"] for v in desk.load("measure_result", agreement=agreement).values()}


def rules(receipt: Receipt) -> set[str]:
    """Return the rules of the findings."""
    return {finding.rule for finding in receipt.findings}


def take(desk: Desk, sent: SentRequest, wishes: Wishes = APPLY, **typed: object) -> Receipt:
    """Take in a workbook with actual values typed."""
    back = altered(sent, lambda book: type_actuals(book["Measures"], **typed))
    return receive(desk, back, wishes)[0]


def test_sorted_rows_are_found_by_their_keys(ready: Desk, tmp_path: Path) -> None:
    def turn(book: Any) -> None:
        sheet = book["Measures"]
        type_actuals(sheet, waiting=11, children=300, goals=79)
        rows = [[cell.value for cell in sheet[at]] for at in range(HEAD + 1, HEAD + 4)]
        for at, values in enumerate(reversed(rows), start=HEAD + 1):
            for number, value in enumerate(values, start=1):
                sheet.cell(at, number).value = value

    receive(ready, altered(sent_for(ready, tmp_path)[TALK], turn), APPLY)
    assert actuals(ready) == {WAIT: Decimal("11.00"), SEEN: Decimal("300.00"), GOALS: Decimal("79.00")}


def test_a_moved_column_is_read_and_a_renamed_one_is_missed(ready: Desk, tmp_path: Path) -> None:
    def move(book: Any) -> None:
        sheet = book["Measures"]
        type_actuals(sheet, waiting=11)
        last, at = sheet.max_column + 1, column(sheet, "Actual")
        for row in range(HEAD, HEAD + 4):
            sheet.cell(row, last).value = sheet.cell(row, at).value
            sheet.cell(row, at).value = None

    sent = sent_for(ready, tmp_path)[TALK]
    receive(ready, altered(sent, move), APPLY)
    assert actuals(ready)[WAIT] == Decimal("11.00")

    def rename(book: Any) -> None:
        sheet = book["Measures"]
        type_actuals(sheet, children=300)
        sheet.cell(HEAD, column(sheet, "Actual")).value = "Reached"

    receipt, _ = receive(ready, altered(sent, rename), APPLY)
    assert {"missing_column", "unknown_column"} <= rules(receipt)
    assert actuals(ready) == {WAIT: Decimal("11.00"), SEEN: None, GOALS: None}


@pytest.mark.parametrize("typed", ["n/a", "84%", "1,2", "1_000", "nan", "inf", "1e400", 1e30, -1e18, True])
def test_what_is_no_plain_number_is_asked_about_and_not_taken(ready: Desk, tmp_path: Path, typed: object) -> None:
    receipt = take(ready, sent_for(ready, tmp_path)[TALK], children=typed)
    asked = [finding for finding in receipt.findings if finding.field == "actual" and finding.rule != "required"]
    assert [finding.rule for finding in asked] in (["unreadable"], ["doubtful"], ["range"])
    assert asked[0].cells[0].startswith("Measures!")
    assert actuals(ready)[SEEN] is None


@pytest.mark.parametrize(("typed", "stored"), [("1,200", "1200.00"), (-3.5, "-3.50"), (" 12 ", "12.00"), (0, "0.00")])
def test_plain_numbers_are_taken_as_typed(ready: Desk, tmp_path: Path, typed: object, stored: str) -> None:
    take(ready, sent_for(ready, tmp_path)[TALK], waiting=typed)
    assert actuals(ready)[WAIT] == Decimal(stored)


@pytest.mark.parametrize("typed", [0.84, 1, 1.2])
def test_a_part_of_one_is_not_taken_for_that_many_per_cent(ready: Desk, tmp_path: Path, typed: float) -> None:
    sent = sent_for(ready, tmp_path)[TALK]
    receipt = take(ready, sent, goals=typed)
    asked = next(finding for finding in receipt.findings if finding.rule == "doubtful")
    assert f"perhaps {typed * 100:.0f}" in asked.message
    assert actuals(ready)[GOALS] is None
    take(ready, sent, Wishes(apply=True, suggestions=Suggestions.ACCEPT), goals=typed)
    assert actuals(ready)[GOALS] == Decimal(str(round(typed * 100))).quantize(Decimal("0.01"))


def test_both_parts_of_a_rate_say_that_it_is_under_one_per_cent(ready: Desk, tmp_path: Path) -> None:
    sent = sent_for(ready, tmp_path)[TALK]
    parts = [
        ("Measures", "Goals met at discharge", name, value)
        for name, value in (("Numerator", 8), ("Denominator", 1000), ("Actual", 0.8))
    ]
    receipt, _ = receive(ready, answer(ready, sent, parts), APPLY)
    assert "doubtful" not in rules(receipt)
    assert actuals(ready)[GOALS] == Decimal("0.80")


def test_a_date_that_a_spreadsheet_made_is_never_a_number(ready: Desk, tmp_path: Path) -> None:
    sent = sent_for(ready, tmp_path)[TALK]
    receipt = take(ready, sent, Wishes(apply=True, suggestions=Suggestions.ACCEPT), waiting=date(2026, 2, 1))
    assert "unreadable" in rules(receipt)
    assert actuals(ready)[WAIT] is None


def test_huge_counts_and_sums_are_refused_in_their_cells(ready: Desk, tmp_path: Path) -> None:
    sent = sent_for(ready, tmp_path)[TALK]
    typed = [
        ("Users and incidents", "All users", "This period", 10**30),
        ("Users and incidents", "Aged 0 to 4", "This period", -4),
        ("Money and staff", "Spend in the period (£)", "Actual", 10**20),
    ]
    receipt, _ = receive(ready, answer(ready, sent, typed), APPLY)
    told = {finding.cells[0].split("!")[0] for finding in receipt.findings if finding.rule in {"range", "unreadable"}}
    assert told == {"Users and incidents", "Money and staff"}
    assert {v["count"] for v in ready.load("period_count", agreement=TALK).values()} == {None}


def test_without_the_hidden_sheet_the_row_keys_say_whose_it_is(ready: Desk, tmp_path: Path) -> None:
    def tear(book: Any) -> None:
        del book["_ctdesk"]
        type_actuals(book["Measures"], waiting=11)

    for agreement in (TALK, HOMES):
        receipt, _ = receive(ready, altered(sent_for(ready, tmp_path)[agreement], tear), Wishes())
        assert receipt.round == "Monitoring, quarter 1 of 2026/27"
    receive(ready, altered(sent_for(ready, tmp_path)[TALK], tear), APPLY)
    assert actuals(ready)[WAIT] == Decimal("11.00")


def test_a_figure_said_to_be_as_typed_is_taken_so(ready: Desk, tmp_path: Path) -> None:
    take(ready, sent_for(ready, tmp_path)[TALK], Wishes(apply=True, suggestions=Suggestions.DECLINE), goals=0.8)
    assert actuals(ready)[GOALS] == Decimal("0.80")


def test_rows_of_another_provider_are_not_taken_for_ones_of_the_same_name(ready: Desk, tmp_path: Path) -> None:
    same: dict[str, Value] = {"agreement": HOMES, "name": "Children seen", "unit": "children", "polarity": "high"}
    rest: dict[str, Value] = {"frequency": "quarterly", "shape": "the same each period", "target": Decimal(5)}
    ready.apply(Action.EDIT, "Add a measure", [created("agreement_measure", {**same, **rest}, "kpi-same")])
    sent = sent_for(ready, tmp_path)
    other = load_workbook(sent[HOMES].workbook)["Measures"]
    seen = next(row for row in other.iter_rows(min_row=HEAD + 1) if "Children seen" in {cell.value for cell in row})
    key = seen[column(other, "Key") - 1].value

    def swap(book: Any) -> None:
        sheet = book["Measures"]
        type_actuals(sheet, waiting=11, children=7)
        for row in range(HEAD + 1, sheet.max_row + 1):
            if sheet.cell(row, column(sheet, "Measure")).value == "Children seen":
                sheet.cell(row, column(sheet, "Key")).value = key

    receipt, _ = receive(ready, altered(sent[TALK], swap), APPLY)
    assert "foreign_key" in rules(receipt)
    assert actuals(ready) == {WAIT: Decimal("11.00"), SEEN: None, GOALS: None}
    assert set(actuals(ready, HOMES).values()) == {None}


def test_a_late_return_is_taken_after_the_next_period_was_sent(ready: Desk, tmp_path: Path) -> None:
    first = sent_for(ready, tmp_path)[TALK]
    second = sent_for(ready, tmp_path, "2026-Q2")[TALK]
    take(ready, second, waiting=12)
    take(ready, first, waiting=11)
    held = {v["period"]: v["actual"] for v in ready.load("measure_result", measure=WAIT).values()}
    assert held == {"2026-Q1": Decimal("11.00"), "2026-Q2": Decimal("12.00")}


def test_a_corrected_file_is_compared_with_what_was_agreed(ready: Desk, tmp_path: Path) -> None:
    sent = sent_for(ready, tmp_path)[TALK]
    take(ready, sent, waiting=11, children=300)
    receipt = take(ready, sent, waiting=10, children=300)
    assert actuals(ready)[WAIT] == Decimal("10.00")
    assert not receipt.conflicts
    assert len([change for change in receipt.changes if change.kind == "measure_result"]) == 1
    assert take(ready, sent, waiting=10, children=300).changes == []


def test_a_baseline_and_a_monitoring_workbook_are_each_taken_for_what_they_are(ready: Desk, tmp_path: Path) -> None:
    monitoring = sent_for(ready, tmp_path)[TALK]
    start_round(ready, "Baseline 2026/27", AS_AT, DUE)
    baseline = send(ready, "Baseline 2026/27", tmp_path / "baseline")[0]
    assert take(ready, monitoring, waiting=11).form_version == "monitoring-1"
    receipt, _ = receive(ready, baseline.workbook, Wishes())
    assert receipt.form_version != "monitoring-1"

    def pretend(book: Any) -> None:
        theirs = load_workbook(baseline.workbook)["_ctdesk"]
        for row in theirs.iter_rows():
            for cell in row:
                book["_ctdesk"].cell(cell.row, cell.column).value = cell.value

    with pytest.raises(DeskError, match="none of the sheets"):
        receive(ready, altered(monitoring, pretend), Wishes())


def test_half_years_and_years_are_asked_shown_and_rated(ready: Desk, tmp_path: Path) -> None:
    held = ready.load("agreement")[HOMES]
    ready.apply(Action.EDIT, "Watch less", [updated("agreement", HOMES, held, {"tier": "silver"})])  # type: ignore[list-item]
    measure = ready.load("agreement_measure")[VISITS]
    after: dict[str, Value] = {"shape": "adding up over the year", "target": Decimal(120), "from_period": "2026-Q1"}
    ready.apply(Action.EDIT, "Add up", [updated("agreement_measure", VISITS, measure, after)])  # type: ignore[list-item]
    take(ready, sent_for(ready, tmp_path, "2026-Q2")[HOMES], visits=55)
    half = next(
        line for line in board(ready, read_period("2026-Q2"), date(2026, 10, 20)).lines if line.agreement == HOMES
    )
    assert (half.period.code, half.measures[0].target, half.measures[0].actual) == ("2026-H1", Decimal(60), Decimal(55))
    second = sent_for(ready, tmp_path, "2026-Q4")[HOMES]
    sheet = load_workbook(second.workbook)["Measures"]
    assert sheet.cell(HEAD + 1, column(sheet, "H1 2026/27")).value == 55
    receipt = take(ready, second, visits=50)
    assert "sum_has_fallen" in rules(receipt)
    whole = next(
        line for line in board(ready, read_period("2026-Q4"), date(2027, 4, 30)).lines if line.agreement == HOMES
    )
    assert (whole.period.code, whole.measures[0].target, whole.score_before) == ("2026-H2", Decimal(120), 0)


def test_a_yearly_measure_of_a_quarterly_agreement_has_the_target_of_its_year(ready: Desk, tmp_path: Path) -> None:
    measure = ready.load("agreement_measure")[SEEN]
    after: dict[str, Value] = {
        "shape": "by period",
        "frequency": "yearly",
        "to_period": "2026-Y",
        "from_period": "2026-Y",
    }
    changes = [
        updated("agreement_measure", SEEN, measure, after),
        created("measure_target", {"measure": SEEN, "period": "2026-Y", "target": Decimal(1200)}),
    ]
    ready.apply(Action.EDIT, "Ask by the year", changes)  # type: ignore[arg-type]
    for quarter, asked in (("2026-Q1", set()), ("2026-Q4", {Decimal(1200)}), ("2027-Q4", set())):
        start_period(ready, read_period(quarter))
        found = ready.load("measure_result", measure=SEEN, period=quarter).values()
        assert {v["target"] for v in found} == asked


def test_an_agreement_whose_tier_was_altered_after_it_was_asked_is_sent_what_it_was_asked(
    ready: Desk, tmp_path: Path
) -> None:
    round_uid = start_period(ready, read_period("2026-Q2"))
    held = ready.load("agreement")[HOMES]
    ready.apply(Action.EDIT, "Watch less", [updated("agreement", HOMES, held, {"tier": "silver"})])  # type: ignore[list-item]
    sent = {it.request.agreement_uid: it for it in send_period(ready, round_uid, tmp_path)}[HOMES]
    take(ready, sent, visits=31)
    assert actuals(ready, HOMES)[VISITS] == 31
    line = next(it for it in board(ready, read_period("2026-Q2"), date(2026, 10, 20)).lines if it.agreement == HOMES)
    assert [measure.actual for measure in line.measures] == [31]


def test_a_retyped_name_or_a_cleared_sheet_loses_nothing(ready: Desk, tmp_path: Path) -> None:
    sent = sent_for(ready, tmp_path)[TALK]
    take(ready, sent, waiting=11)

    def empty(book: Any) -> None:
        sheet = book["Measures"]
        sheet.delete_rows(HEAD + 1, 3)

    receipt, _ = receive(ready, altered(sent, empty), APPLY)
    assert actuals(ready)[WAIT] == Decimal("11.00")
    assert receipt.left_to_decide or receipt.findings


def test_one_sheet_saved_as_csv_is_known_by_its_keys(ready: Desk, tmp_path: Path) -> None:
    sent = sent_for(ready, tmp_path)[TALK]
    back = altered(sent, lambda book: type_actuals(book["Measures"], waiting=11, goals="84%"))
    path = tmp_path / "measures.csv"
    with path.open("w", newline="", encoding="utf-8") as file:
        for row in load_workbook(back)["Measures"].iter_rows(values_only=True):
            csv.writer(file).writerow("" if cell is None else cell for cell in row)
    receipt, _ = receive(ready, path, APPLY)
    assert actuals(ready) == {WAIT: Decimal("11.00"), SEEN: None, GOALS: None}
    assert {"missing_sheet", "doubtful"} <= rules(receipt)
