"""The commands about agreements, one after another, on a workspace made by them alone."""

import itertools
from pathlib import Path

import pytest
from tests.journeys.rounds import ctdesk

TERMS = ("type=Contract", "signed_on=1/11/2025", "start=1/1/2026", "end=31/12/2026", "annual_value=£450,000")


@pytest.fixture
def workspace(tmp_path: Path) -> Path:
    path = tmp_path / "borough.ctdesk"
    assert ctdesk("new", path).status == 0
    said = ctdesk("add", path, "agreement", "reference=CON-7", "title=School nursing", "agency=A", "provider=B", *TERMS)
    assert said.status == 0, said.err
    added = ctdesk("add", path, "extension", "agreement=CON-7", "number=1", "end=31/12/2027", "state=drafted")
    assert added.status == 0, added.err
    return path


def line(path: Path, on: str = "1/6/2026") -> dict[str, object]:
    found = ctdesk("contracts", path, "--as-at", on, "--json").document
    return next(each for each in found if each["reference"] == "CON-7")


def test_an_agreement_lives_from_its_extension_to_its_early_end(workspace: Path) -> None:
    assert (line(workspace)["current_end"], line(workspace)["latest_end"]) == ("2026-12-31", "2027-12-31")
    steps = (
        ("extension", "CON-7", "exercise", "--on", "1/6/2026"),
        ("uplift", "2", "--from", "1/1/2027", "--why", "Pay award", "--agreement", "CON-7"),
        ("decision", "CON-7", "procure again", "--why", "As advised"),
        ("successor", "CON-7"),
    )
    for command, *arguments in steps:
        said = ctdesk(command, workspace, *arguments)
        assert said.status == 0, said.err
    assert line(workspace)["current_end"] == "2027-12-31"
    assert line(workspace)["total_value"] == 90_900_000
    heads, varied, *_ = ctdesk("list", workspace, "variation").out.splitlines()
    assert "Uplift (%)" in heads
    assert varied.split() == ["uplift", "by", "per", "cent", "CON-7", "01/01/2027", "2"]
    end = ("--last-day", "31/3/2027", "--notice", "1/9/2026", "--why", "Closed", "--plan", "Moved")
    ended = ctdesk("end-early", workspace, "CON-7", *end)
    assert ended.status == 0
    assert "Value over the term: £564,750 is £450,000 for the first term (12 months at £450,000 a year)" in ended.out
    assert line(workspace)["total_value"] == 56_475_000
    assert line(workspace, "1/4/2027")["state"] == "terminated"
    assert ctdesk("check", workspace).status == 0


def test_the_table_has_every_date_to_act_by_and_fits(workspace: Path) -> None:
    terms = ("title=" + "Nursing in schools " * 9, "route=Open", "notice_months=3")
    assert ctdesk("set", workspace, "agreement", "CON-7", *terms, "--why", "Its full title").status == 0
    heads, row, *_ = ctdesk("contracts", workspace, "--as-at", "1/6/2026").out.splitlines()
    assert heads.split("  ")[-1].strip() == "Value"
    at = [heads.index(head) for head in ("Ends", "Notice by", "Procure by", "Decide by", "Value")]
    days = [row[begin:end].strip() for begin, end in itertools.pairwise(at)]
    held = line(workspace)
    names = ("current_end", "notice_by", "start_procurement_by", "decide_by")
    assert days == ["/".join(reversed(str(held[name]).split("-"))) for name in names]
    assert max(len(heads), len(row)) <= 170


def test_what_both_sides_settled_on_goes_before_what_is_worked_out(workspace: Path) -> None:
    end = ("--last-day", "31/3/2026", "--notice", "1/2/2026", "--why", "Closed", "--plan", "Moved")
    assert ctdesk("end-early", workspace, "CON-7", *end, "--settled", "some").status == 2
    assert ctdesk("end-early", workspace, "CON-7", *end, "--settled", "£130,000").status == 0
    assert line(workspace)["total_value"] == 13_000_000


@pytest.mark.parametrize(("typed", "value"), [("-3", 43_650_000), ("-2.5%", 43_875_000), ("−10 %", 40_500_000)])
def test_a_cut_is_typed_as_people_write_it(typed: str, value: int, workspace: Path) -> None:
    said = ctdesk("uplift", workspace, typed, "--from", "1/1/2026", "--why", "Savings", "--agreement", "CON-7")
    assert said.status == 0, said.err
    assert line(workspace)["total_value"] == value


@pytest.mark.parametrize("typed", ["-nought", "0", "-3.255%"])
def test_what_is_no_percentage_is_said_in_a_sentence(typed: str, workspace: Path) -> None:
    said = ctdesk("uplift", workspace, typed, "--from", "1/1/2026", "--why", "Savings", "--agreement", "CON-7")
    assert (said.status, said.err.count("\n")) == (2, 1)


def test_what_cannot_be_done_is_said_in_a_sentence(workspace: Path) -> None:
    assert ctdesk("extension", workspace, "CON-7", "decline").status == 0
    said = ctdesk("extension", workspace, "CON-7", "exercise")
    assert (said.status, said.err.strip()) == (2, "CON-7 has no drafted extension left to decide on.")
