"""Files that are no workbooks, and workbooks that are not the right ones: one sentence, and nothing altered."""

import csv
import subprocess
import sys
from pathlib import Path

import pytest
from msoffcrypto.format.ooxml import OOXMLFile
from openpyxl import load_workbook
from tests.journeys.rounds import COUNCIL, NEW_ROW, NHS, ROUND, SmallRound, add, columns, ctdesk, put, rows

NO_WORKBOOKS = {
    "letter.txt": (b"Dear all, here is nothing of use", "letter.txt"),
    "letter.pdf": (b"%PDF-1.4 nothing", "is not a spreadsheet"),
    "page.xls": (b"<html><body><table></table></body></html>", "is not a spreadsheet"),
    "archive.xlsx": (b"PK\x05\x06" + bytes(18), "is not a spreadsheet"),
    "noise.xlsx": (bytes(range(256)) * 40, "is not a spreadsheet"),
    "empty.xlsx": (b"", "is empty"),
    "blank.csv": (b"\n \n\n", "is empty"),
}


@pytest.fixture(params=["receive", "adopt"])
def command(request: pytest.FixtureRequest) -> str:
    """Return each command that takes a stranger's file."""
    return str(request.param)


@pytest.mark.parametrize("name", NO_WORKBOOKS)
def test_what_is_no_spreadsheet_is_refused(sent_round: SmallRound, command: str, name: str) -> None:
    content, words = NO_WORKBOOKS[name]
    (sent_round.folder / name).write_bytes(content)
    before = sent_round.fingerprint()
    refusal = sent_round.do(command, sent_round.folder / name, "--apply").refusal
    assert words in refusal
    assert name in refusal
    assert sent_round.fingerprint() == before


def test_a_missing_file_and_a_folder_are_named(sent_round: SmallRound, command: str) -> None:
    assert "There is no file “gone.xlsx”" in sent_round.do(command, sent_round.folder / "gone.xlsx").refusal
    assert "it is a folder" in sent_round.do(command, sent_round.folder / "sent").refusal


@pytest.mark.parametrize("share", [0.1, 0.5, 0.95])
def test_a_truncated_workbook_is_said_to_be_cut_short(sent_round: SmallRound, command: str, share: float) -> None:
    whole = sent_round.sent().read_bytes()
    cut = sent_round.folder / "cut.xlsx"
    cut.write_bytes(whole[: int(len(whole) * share)])
    assert "“cut.xlsx” is cut short" in sent_round.do(command, cut, "--apply").refusal


def _locked(sent_round: SmallRound, password: str) -> Path:
    path = sent_round.folder / "locked.xlsx"
    with sent_round.confirmed().open("rb") as plain, path.open("wb") as locked:
        OOXMLFile(plain).encrypt(password, locked)
    return path


def test_a_locked_workbook_opens_with_its_password_only(sent_round: SmallRound, command: str) -> None:
    path = _locked(sent_round, "open sesame")
    assert "protected by a password" in sent_round.do(command, path).refusal
    assert "The password given does not open" in sent_round.do(command, path, "--password", "wrong").refusal
    opened = sent_round.do(command, path, "--password", "open sesame")
    if command == "receive":
        assert opened.status == 0
        assert COUNCIL in opened.out
    else:
        assert "take it in with receive" in opened.refusal


def test_macros_are_ignored(sent_round: SmallRound) -> None:
    path = sent_round.confirmed().rename(sent_round.folder / "returned.xlsm")
    assert sent_round.receive(path).status == 0


def test_the_workbook_of_another_workspace_is_refused(sent_round: SmallRound) -> None:
    assert ctdesk("new", sent_round.folder / "other.ctdesk").status == 0
    refusal = ctdesk("receive", sent_round.folder / "other.ctdesk", sent_round.sent()).refusal
    assert f"a round that is not in this workspace ({ROUND}, {COUNCIL})" in refusal


def test_the_workbook_of_an_earlier_round_is_refused_once_a_later_one_is_sent(sent_round: SmallRound) -> None:
    sent_round.do("round", "Baseline 2027/28", "--as-at", "31/03/2027", "--due", "30/06/2027")
    assert sent_round.receive(sent_round.confirmed()).status == 0, "the later round is not sent yet"
    sent_round.do("send", "--round", "Baseline 2027/28", "--to", sent_round.folder / "later")
    assert "has since been sent Baseline 2027/28" in sent_round.receive(sent_round.confirmed()).refusal


@pytest.mark.parametrize(
    ("said", "value", "words"),
    [
        ("form_version", "baseline-0", "form version baseline-0"),
        ("request_uid", "00000000-0000-7000-8000-000000000000", "not in this workspace"),
        ("issue", 7, "issue 7 of the workbook"),
    ],
)
def test_a_hidden_sheet_that_says_something_else_is_not_believed(
    sent_round: SmallRound, said: str, value: object, words: str
) -> None:
    def alter(book: object) -> None:
        for row in book["_ctdesk"].iter_rows():  # type: ignore[index]  # openpyxl has no types
            if row[0].value == said:
                row[1].value = value

    before = sent_round.fingerprint()
    assert words in sent_round.receive(sent_round.edited(alter), "--apply").refusal
    assert sent_round.fingerprint() == before


def test_the_hidden_sheet_of_another_agency_is_noticed(sent_round: SmallRound) -> None:
    theirs = {row[0].value: row[1].value for row in load_workbook(sent_round.sent(NHS))["_ctdesk"].iter_rows()}

    def claim(book: object) -> None:
        for row in book["_ctdesk"].iter_rows():  # type: ignore[index]  # openpyxl has no types
            if row[0].value in {"agency", "agency_uid"}:
                row[1].value = theirs[row[0].value]

    assert f"says it is from {NHS}" in sent_round.receive(sent_round.edited(claim)).refusal


def test_without_the_hidden_sheet_the_keys_say_whose_it_is(sent_round: SmallRound) -> None:
    path = sent_round.edited(lambda book: book.remove(book["_ctdesk"]))
    said = sent_round.receive(path)
    assert said.status == 0
    assert said.document["agency"] == COUNCIL
    assert said.document["rows"]["activity"]["unchanged"] == 6


def test_without_hidden_sheet_and_keys_it_is_nobodys(sent_round: SmallRound) -> None:
    def strip(book: object) -> None:
        book.remove(book["_ctdesk"])  # type: ignore[attr-defined,index]  # openpyxl has no types
        for name in ("Activity", "Staffing"):
            for number in list(rows(book[name])):  # type: ignore[index]
                book[name].cell(number, columns(book[name])["Key"]).value = None  # type: ignore[index]

    assert "neither the hidden sheet nor row keys" in sent_round.receive(sent_round.edited(strip)).refusal


def test_a_csv_of_one_sheet_is_read(sent_round: SmallRound) -> None:
    sheet = load_workbook(sent_round.edited(lambda book: put(book, "WB-001", "Comments", "By csv")))["Activity"]
    path = sent_round.folder / "activity.csv"
    lines = [[str(c.value).replace(" 00:00:00", "") if c.value is not None else "" for c in row] for row in sheet]
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows(lines)
    said = sent_round.receive(path)
    assert [change["after"] for change in said.document["changes"]] == ["By csv"]
    assert said.rules == ["missing_sheet"], "the sheet Staffing is missing; Funding was empty when sent"


def test_our_own_workbook_is_not_a_register(sent_round: SmallRound) -> None:
    assert "take it in with receive" in sent_round.do("adopt", sent_round.sent(), "--agency", COUNCIL).refusal


def test_one_bad_file_does_not_stop_the_others(sent_round: SmallRound) -> None:
    bad = sent_round.folder / "bad.xlsx"
    bad.write_bytes(b"nothing")
    good = sent_round.edited(lambda book: add(book, NEW_ROW))
    said = sent_round.receive(bad, good, sent_round.edited(lambda _: None, NHS, name="nhs.xlsx"), "--apply")
    assert said.status == 1, "done as far as it can be"
    assert "bad.xlsx" in said.sentence
    assert [document.get("applied") for document in said.document] == [False, True, True]
    assert "bad.xlsx" in said.document[0]["error"]
    assert any(record["title"] == "Holiday clubs" for record in sent_round.records())


def test_two_bad_files_are_refused_each_in_its_sentence(sent_round: SmallRound) -> None:
    for name in ("one.xlsx", "two.xlsx"):
        (sent_round.folder / name).write_bytes(b"nothing")
    said = sent_round.receive(sent_round.folder / "one.xlsx", sent_round.folder / "two.xlsx")
    assert said.status == 2
    assert [line.split("”")[0] for line in said.err.splitlines()] == [
        "“one.xlsx",
        "“two.xlsx",
    ] or "one.xlsx" in said.err
    assert len(said.document) == 2


def test_the_program_itself_ends_with_the_status_and_one_sentence(sent_round: SmallRound) -> None:
    bad = sent_round.folder / "bad.xlsx"
    bad.write_bytes(b"nothing")
    ended = subprocess.run(
        [sys.executable, "-m", "ctdesk", "receive", sent_round.workspace, bad],
        capture_output=True,
        text=True,
        check=False,
    )
    assert ended.returncode == 2
    assert ended.stdout == ""
    assert len(ended.stderr.splitlines()) == 1
    assert "bad.xlsx" in ended.stderr


def test_wrong_arguments_are_one_sentence() -> None:
    assert "the following arguments are required" in ctdesk("receive").refusal
    assert "invalid choice" in ctdesk("frobnicate").refusal
