"""A real register of awarded contracts, adopted as agreements: every row accounted for, every state reckoned again."""

import csv
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from tests.journeys.rounds import ctdesk

pytestmark = pytest.mark.slow
REGISTER = "real/real-contracts-finder/uk_contracts_finder.csv"
DAYS = (date(2021, 6, 30), date(2022, 4, 8), date(2024, 2, 29), date(2026, 11, 22))


@pytest.fixture(scope="module")
def adopted(
    corpus: Path, tmp_path_factory: pytest.TempPathFactory
) -> tuple[Path, dict[str, Any], list[dict[str, str]]]:
    workspace = tmp_path_factory.mktemp("register") / "real.ctdesk"
    assert ctdesk("new", workspace).status == 0
    wishes = ("--as", "agreement", "--decline-suggestions", "--apply", "--json")
    said = ctdesk("adopt", workspace, corpus / REGISTER, *wishes)
    assert said.status in {0, 1}, said.err
    with (corpus / REGISTER).open(encoding="utf-8-sig", newline="") as file:
        return workspace, said.document, list(csv.DictReader(file))


def contracts(workspace: Path, on: date) -> dict[str, dict[str, Any]]:
    said = ctdesk("contracts", workspace, "--as-at", f"{on:%d/%m/%Y}", "--json")
    assert said.status == 0, said.err
    return {line["reference"]: line for line in said.document}


def reckoned(start: date, end: date, on: date) -> str:
    """Say the state again: within a year means not after the same day of the next year."""
    if on < start:
        return "upcoming"
    if on > end:
        return "ended"
    next_year = (on.year + 1, on.month, min(on.day, 28) if on.month == 2 else on.day)
    return "ending" if (end.year, end.month, end.day) <= next_year else "running"


def test_every_row_is_an_agreement_or_repeats_one(adopted: tuple[Path, dict[str, Any], list[dict[str, str]]]) -> None:
    workspace, document, rows = adopted
    counts = document["rows"]["agreement"]
    references = {row["release_id"] for row in rows}
    assert counts["read"] == len(rows) == 683
    assert counts["new"] == len(references) == len(contracts(workspace, DAYS[0]))
    assert counts["unchanged"] == len(rows) - len(references)
    assert sum(finding["rule"] == "repeated_row" for finding in document["findings"]) == counts["unchanged"]


def test_values_count_once(adopted: tuple[Path, dict[str, Any], list[dict[str, str]]]) -> None:
    workspace, document, rows = adopted
    worth = {row["release_id"]: round(float(row["value_amount"]) * 100) for row in rows}
    found = {reference: line["total_value"] for reference, line in contracts(workspace, DAYS[0]).items()}
    assert found == worth
    assert document["money"]["after"] == sum(worth.values())


@pytest.mark.parametrize("on", DAYS)
def test_states_and_dates_are_those_reckoned_again(
    on: date, adopted: tuple[Path, dict[str, Any], list[dict[str, str]]]
) -> None:
    workspace, _, rows = adopted
    found = contracts(workspace, on)
    for row in rows:
        start, end = (date.fromisoformat(row[f"contractPeriod_{which}Date"][:10]) for which in ("start", "end"))
        line = found[row["release_id"]]
        assert (line["start"], line["current_end"], line["latest_end"]) == (str(start), str(end), str(end))
        assert line["state"] == reckoned(start, end, on), line


def test_adopted_again_nothing_changes(
    adopted: tuple[Path, dict[str, Any], list[dict[str, str]]], corpus: Path
) -> None:
    workspace, _, _ = adopted
    said = ctdesk("adopt", workspace, corpus / REGISTER, "--as", "agreement", "--decline-suggestions", "--json")
    assert said.document["changes"] == []
    assert ctdesk("check", workspace).status == 0
