"""A quarter of monitoring: who is asked, what travels, what comes back, and what is done with it."""

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from ctdesk.domain.changes import Action, updated
from ctdesk.domain.errors import DeskError
from ctdesk.domain.periods import read_period
from ctdesk.domain.records.round import RequestState
from ctdesk.returns.reader import read_book
from ctdesk.services.contract_report import print_contract
from ctdesk.services.desk import Desk
from ctdesk.services.editing import edit
from ctdesk.services.handing_back import hand_back
from ctdesk.services.monitoring import agreements_of, agreements_to_ask, send_period, start_period
from ctdesk.services.receiving import Wishes, receive
from ctdesk.services.sending import SentRequest
from pypdf import PdfReader
from tests.services.monitored_borough import HOMES, SEEN, TALK, WAIT
from tests.services.returned_books import answer

QUARTER = read_period("2026-Q1")
APPLY = Wishes(apply=True, received=date(2026, 7, 14))

FILLED = (
    ("Measures", "Waiting time", "Actual", 17.5),
    ("Measures", "Waiting time", "Commentary", "Two posts vacant; agency cover agreed from May."),
    ("Measures", "Children seen", "Actual", 312),
    ("Measures", "Goals met at discharge", "Numerator", 84),
    ("Measures", "Goals met at discharge", "Denominator", 100),
    ("Actions", "18", "Where it stands", "Done"),
    ("Actions", "18", "What has been done", "Sent on 12 July."),
    ("Actions", "18", "Done on", date(2026, 7, 12)),
)


def send(desk: Desk, folder: Path) -> dict[str, SentRequest]:
    """Start and send the quarter; what was sent by agreement."""
    return {item.request.agreement_uid: item for item in send_period(desk, start_period(desk, QUARTER), folder)}


def test_agreements_with_measures_that_ran_in_the_quarter_are_asked(ready: Desk) -> None:
    assert [one.values["reference"] for one in agreements_to_ask(ready, QUARTER)] == ["CS-020", "NH-010"]
    assert agreements_to_ask(ready, read_period("2023-Q4")) == []
    assert agreements_to_ask(ready, read_period("2028-Q1")) == []


def test_those_of_one_agency_or_provider_can_be_sent_alone(ready: Desk) -> None:
    agreements = ready.load("agreement")
    provider = str(ready.names["organisation"].name(str(agreements[TALK]["provider"])))
    commissioner = str(ready.names["organisation"].name(str(agreements[TALK]["agency"])))
    assert TALK in agreements_of(ready, QUARTER, [provider])
    assert TALK in agreements_of(ready, QUARTER, [commissioner])
    assert agreements_of(ready, QUARTER, []) == []
    with pytest.raises(DeskError, match=r"No agreement of .* reports for quarter 1 of 2023/24"):
        agreements_of(ready, read_period("2023-Q1"), [provider])


def test_a_judgement_is_kept_only_with_its_reason(ready: Desk, tmp_path: Path) -> None:
    send(ready, tmp_path)
    result = next(iter(ready.load("measure_result")))
    with pytest.raises(DeskError, match="judgement has no reason"):
        edit(ready, "measure_result", result, {"judgement": "red"})
    edit(ready, "measure_result", result, {"judgement": "red", "judgement_reason": "One worker for three places"})
    assert ready.load("measure_result")[result]["judgement"] == "red"


def test_a_contract_report_may_be_of_a_period_of_its_own(ready: Desk, tmp_path: Path) -> None:
    send(ready, tmp_path)
    print_contract(ready, tmp_path / "c.pdf", TALK, quarter=QUARTER)
    assert "2026/27" in PdfReader(tmp_path / "c.pdf").pages[0].extract_text()
    with pytest.raises(DeskError, match="has not been started"):
        print_contract(ready, tmp_path / "c.pdf", TALK, quarter=read_period("2026-Q2"))


def test_a_yearly_agreement_is_asked_when_its_year_ends(ready: Desk) -> None:
    ready.apply(
        Action.EDIT, "Watch less", [updated("agreement", HOMES, ready.load("agreement")[HOMES], {"tier": "bronze"})]
    )  # type: ignore[list-item]
    assert [one.uid for one in agreements_to_ask(ready, QUARTER)] == [TALK]
    assert {one.uid: one.period.code for one in agreements_to_ask(ready, read_period("2026-Q4"))} == {
        TALK: "2026-Q4",
        HOMES: "2026-Y",
    }


def test_starting_twice_asks_nobody_twice(ready: Desk) -> None:
    first = start_period(ready, QUARTER)
    before = len(ready.load("measure_result"))
    assert start_period(ready, QUARTER) == first
    assert len(ready.load("measure_result")) == before == 4
    assert len(ready.load("request", round=first)) == 2


def test_a_period_nobody_reports_for_is_refused(ready: Desk) -> None:
    with pytest.raises(DeskError, match="No agreement with measures"):
        start_period(ready, read_period("2030-Q1"))


def test_each_workbook_holds_one_agreement_and_no_other(ready: Desk, tmp_path: Path) -> None:
    sent = send(ready, tmp_path)
    cells = {str(cell) for sheet in read_book(sent[TALK].workbook).sheets for row in sheet.rows for cell in row}
    assert {"Waiting time", "Children seen", "18"} <= cells
    assert not {"Visits made", "CS-020"} & cells


def test_what_the_provider_reports_is_taken_in_and_nothing_else(ready: Desk, tmp_path: Path) -> None:
    sent = send(ready, tmp_path)[TALK]
    back = answer(ready, sent, (*FILLED, ("Measures", "Children seen", "Target", 1)))
    receipt, _ = receive(ready, back, APPLY)
    assert receipt.applied
    results = {v["measure"]: v for v in ready.load("measure_result", agreement=TALK).values()}
    assert results[WAIT]["actual"] == Decimal("17.50")
    assert results[SEEN]["target"] == Decimal("310.00")
    assert {v["actual"] for v in results.values()} == {Decimal("17.50"), Decimal("312.00"), Decimal("84.00")}
    action = ready.load("action")["act-18"]
    assert (action["state"], action["done_on"], action["title"]) == (
        "done", date(2026, 7, 12), "Send the safeguarding audit",
    )  # fmt: skip


def test_blank_counts_are_asked_for_and_the_request_waits(ready: Desk, tmp_path: Path) -> None:
    sent = send(ready, tmp_path)[TALK]
    receipt, returned = receive(ready, answer(ready, sent, FILLED), APPLY)
    assert "required" in {finding.rule for finding in receipt.findings}
    request = ready.load("request", agreement=TALK)[sent.request.uid]
    assert request["state"] == RequestState.QUERIED
    marked = hand_back(ready, receipt, returned, tmp_path / "back")
    assert marked.name.endswith("please fix.xlsx")


def test_the_same_file_again_changes_nothing(ready: Desk, tmp_path: Path) -> None:
    back = answer(ready, send(ready, tmp_path)[TALK], FILLED)
    receive(ready, back, APPLY)
    again, _ = receive(ready, back, APPLY)
    assert again.changes == []
    assert again.seen_before


def test_a_row_nobody_asked_about_is_held_and_told(ready: Desk, tmp_path: Path) -> None:
    sent = send(ready, tmp_path)[TALK]
    back = answer(ready, sent, FILLED, [("Measures", {"Measure": "Something of our own", "Actual": 3})])
    receipt, _ = receive(ready, back, APPLY)
    assert "unasked_row" in {finding.rule for finding in receipt.findings}
    assert len(ready.load("measure_result", agreement=TALK)) == 3


def test_rows_whose_keys_were_cleared_are_found_by_their_names(ready: Desk, tmp_path: Path) -> None:
    sent = send(ready, tmp_path)[TALK]
    keys = [("Measures", name, "Key", None) for name in ("Waiting time", "Children seen", "Goals met at discharge")]
    receipt, _ = receive(ready, answer(ready, sent, (*FILLED, *keys)), APPLY)
    assert receipt.counts("measure_result")["changed"] == 3


def test_the_workbook_shows_what_was_reported_before(ready: Desk, tmp_path: Path) -> None:
    receive(ready, answer(ready, send(ready, tmp_path / "first")[TALK], FILLED), APPLY)
    second = send_period(ready, start_period(ready, read_period("2026-Q2")), tmp_path / "second", ["NH-010"])[0]
    sheet = read_book(second.workbook).sheet("Measures")
    assert sheet is not None
    head = next(row for row in sheet.rows if "Actual" in row)
    waiting = next(row for row in sheet.rows if "Waiting time" in row)
    assert waiting[head.index("Q1 2026/27")] == 17.5
    assert waiting[head.index("Q4 2025/26")] is None


def test_the_plan_for_money_follows_the_payments(ready: Desk) -> None:
    start_period(ready, read_period("2026-Q2"))
    plans = {v["what"]: v["plan"] for v in ready.load("period_money", agreement=TALK).values()}
    assert (plans["spend"], plans["spend_year"]) == (Decimal("160500.00"), Decimal("321000.00"))


def test_undoing_the_return_takes_it_all_back(ready: Desk, tmp_path: Path) -> None:
    from ctdesk.services.past import undo

    sent = send(ready, tmp_path)[TALK]
    receipt, _ = receive(ready, answer(ready, sent, FILLED), APPLY)
    undo(ready, str(receipt.change_set))
    assert {v["actual"] for v in ready.load("measure_result", agreement=TALK).values()} == {None}
    assert ready.load("action")["act-18"]["state"] == "open"


def test_a_target_missed_without_a_word_is_asked_about(ready: Desk, tmp_path: Path) -> None:
    sent = send(ready, tmp_path)[TALK]
    receipt, _ = receive(ready, answer(ready, sent, [("Measures", "Children seen", "Actual", 250)]), APPLY)
    told = next(finding for finding in receipt.findings if finding.rule == "missed_unexplained")
    assert "250 children against 310 children" in told.message
    assert told.cells[0].startswith("Measures!")
