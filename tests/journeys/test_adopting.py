"""Registers that people have kept for years: adopted row by row, with a reason for whatever is not."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook
from tests.journeys.rounds import COUNCIL, SmallRound, spreadsheet

HEADINGS = ["Ref", "Service name", "Supplier", "Annual value", "Start", "End", "Department", "Colour of file"]
ROWS: list[list[object]] = [
    ["C1", "Play scheme", "Lantern Trust", "£12,000", date(2025, 4, 1), date(2026, 3, 31), "Play", "red"],
    ["C2", "Toy library", "Toy Lenders Ltd", 5_000, "01/04/2025", "31/03/2027", "Play", "blue"],
    ["C3", "Music in schools", "Musicians of the Weir", "1.2m", "01/04/2025", "31/03/2028", "Arts", "red"],
]
TABLE: list[list[object]] = [["Our register 2025"], [], HEADINGS, *ROWS, ["", "Total", "", 1_217_000]]


def _register(sent_round: SmallRound, table: list[list[object]] | None = None, name: str = "register.xlsx") -> Path:
    return spreadsheet(sent_round.folder / name, table or TABLE)


def _adopt(sent_round: SmallRound, path: Path, *options: object) -> Any:
    return sent_round.do("adopt", path, "--agency", COUNCIL, "--json", *options)


def _changed(at: int, column: int, value: object) -> list[list[object]]:
    table = [[*row] for row in TABLE]
    table[at][column] = value
    return table


def test_a_register_is_adopted_and_what_was_not_used_is_listed(sent_round: SmallRound) -> None:
    before = sent_round.fingerprint()
    preview = _adopt(sent_round, _register(sent_round))
    assert sent_round.fingerprint() == before
    document = preview.document
    assert document["header_row"] == 3
    assert {c["heading"]: c["field"] for c in document["columns"]}["Supplier"] == "provider"
    assert {c["heading"]: c["field"] for c in document["columns"]}["Colour of file"] is None
    assert document["skipped"] == [{"row": 7, "reason": "total"}]
    assert document["rows"]["activity"]["new"] == 3
    applied = _adopt(sent_round, _register(sent_round), "--apply")
    assert (applied.status, applied.document["applied"]) == (0, True)
    assert sent_round.record("C3")["annual_value"] == 120_000_000
    assert applied.document["money"] == {"before": 7_500_000, "after": 7_500_000 + 1_200_000 + 500_000 + 120_000_000}


def test_the_same_register_again_changes_nothing(sent_round: SmallRound) -> None:
    path = _register(sent_round)
    _adopt(sent_round, path, "--apply")
    before = sent_round.fingerprint()
    again = _adopt(sent_round, path, "--apply")
    assert (again.status, again.document["changes"], again.document["applied"]) == (0, [], False)
    assert sent_round.fingerprint() == before


def test_a_later_state_of_the_register_brings_its_changes_only(sent_round: SmallRound) -> None:
    _adopt(sent_round, _register(sent_round), "--apply")
    sent_round.do("set", "activity", "C2", "annual_value=6,000")
    later = _adopt(sent_round, _register(sent_round, _changed(3, 3, "£13,000"), "later.xlsx"), "--apply")
    assert [(c["reference"], c["after"]) for c in later.document["changes"]] == [("C1", 1_300_000)]
    assert sent_round.record("C2")["annual_value"] == 600_000
    both = _adopt(sent_round, _register(sent_round, _changed(4, 3, 7_000), "both.xlsx"))
    assert both.status == 1
    held = [(c["reference"], c["sent"], c["returned"], c["now"]) for c in both.document["conflicts"]]
    assert held == [("C2", 500_000, 700_000, 600_000)]


def test_undoing_an_adoption_restores_everything(sent_round: SmallRound) -> None:
    before = sent_round.everything()
    adopted = _adopt(sent_round, _register(sent_round), "--apply")
    assert sent_round.everything() != before
    assert sent_round.do("undo", adopted.document["change_set"]).status == 0
    assert sent_round.everything() == before
    assert _adopt(sent_round, _register(sent_round), "--apply").document["rows"]["activity"]["new"] == 3


@pytest.mark.parametrize(
    ("place", "value", "rule", "where"),
    [
        ((3, 3), "lots", "unreadable", "Register!D4"),
        ((4, 5), "31/02/2026", "unreadable", "Register!F5"),
        ((4, 5), "01/01/2001", "dates_reversed", "Register!F5"),
        ((3, 3), "=6000*2", "uncomputed", "Register!D4"),
        ((3, 3), "#REF!", "error_cell", "Register!D4"),
        ((4, 0), "C1", "duplicate_reference", "Register!A5"),
        ((4, 1), None, "no_title", "Register!B5"),
        ((4, 2), "Lantern Trst", "new_name", "Register!C5"),
        ((4, 1), "Care for NHS number 943 476 5919", "personal_data", "Register!B5"),
    ],
)
def test_what_cannot_be_adopted_is_named_with_its_cell(
    sent_round: SmallRound, place: tuple[int, int], value: object, rule: str, where: str
) -> None:
    said = _adopt(sent_round, _register(sent_round, _changed(*place, value)), "--apply")
    assert said.status == 1
    assert said.err == ""
    assert where in said.finding(rule)["cells"]
    counts = said.document["rows"]["activity"]
    assert counts["read"] == 3
    assert sum(counts[state] for state in counts if state not in {"read", "missing"}) == 3
    assert [kept["rule"] for kept in sent_round.open_findings()] == [rule]


def test_a_repeated_row_is_told_and_left_out(sent_round: SmallRound) -> None:
    said = _adopt(sent_round, _register(sent_round, [*TABLE[:-1], ROWS[0]]), "--apply")
    assert said.status == 0
    assert said.finding("repeated_row")["message"] == "The row repeats row 4 in every column that was used."
    assert len(sent_round.records()) == 15


def test_merged_title_rows_and_repeated_headings_are_no_data(sent_round: SmallRound) -> None:
    path = _register(sent_round, [*TABLE[:5], HEADINGS, *TABLE[5:]])
    book = load_workbook(path)
    book["Register"].merge_cells("A1:H1")
    book.save(path)
    assert _adopt(sent_round, path).document["rows"]["activity"]["new"] == 3


@pytest.mark.parametrize(
    ("options", "words"),
    [
        (("--sheet", "Nope"), "no sheet “Nope”; its sheets are Register"),
        (("--map", "Nope=title"), "no column “Nope”"),
        (("--map", "Supplier=banana"), "no field banana"),
        (("--map", "Supplier"), "is not of the form field=value"),
        (("--profile", "nope"), "no profile nope"),
        (("--profile", "bad.toml"), "bad.toml"),
        (("--profile", "gone.toml"), "gone.toml"),
    ],
)
def test_a_wish_that_cannot_be_met_is_one_sentence(
    sent_round: SmallRound, options: tuple[str, ...], words: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(sent_round.folder)
    Path("bad.toml").write_text("x = [")
    before = sent_round.fingerprint()
    said = sent_round.do("adopt", _register(sent_round), "--agency", COUNCIL, "--apply", *options)
    assert words in said.refusal
    assert sent_round.fingerprint() == before


def test_nobodys_register_and_no_register_are_refused(sent_round: SmallRound) -> None:
    assert "name it with --agency" in sent_round.do("adopt", _register(sent_round)).refusal
    letters = _register(sent_round, [["Dear all"], ["see you"], ["on Monday"]], "letter.xlsx")
    assert "letter.xlsx" in sent_round.do("adopt", letters, "--agency", COUNCIL).refusal


def test_a_saved_profile_reads_the_register_the_same_way(sent_round: SmallRound) -> None:
    profile = sent_round.folder / "ours.toml"
    first = _adopt(sent_round, _register(sent_round), "--map", "Colour of file=comments", "--save-profile", profile)
    again = _adopt(sent_round, _register(sent_round), "--profile", profile)
    fields = [[(c["heading"], c["field"]) for c in said.document["columns"]] for said in (first, again)]
    assert fields[0] == fields[1]
    assert ("Colour of file", "comments") in fields[0]
