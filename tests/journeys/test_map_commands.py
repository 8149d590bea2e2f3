"""The commands of the service map: their documents, their files, and what they refuse."""

from pathlib import Path

import pytest
from openpyxl import load_workbook
from pypdf import PdfReader
from tests.journeys.rounds import ctdesk

AGENCIES = (["name=Alder Council", "is_agency=Yes"], ["name=Birch Trust", "is_agency=Yes", "is_provider=Yes"])
ACTIVITIES = (
    ["reference=A1", "title=Counselling", "agency=Alder Council", "annual_value=50,000.01", "end=31/12/2026"],
    ["reference=B1", "title=Drop-in", "agency=Birch Trust", "annual_value=30,000", "open_ended=Yes"],
)
COMMON = (
    "main_outcome=Be healthy",
    "tier=Targeted",
    "age_from=5",
    "age_to=16",
    "areas=Borough-wide",
    "client_groups=Young carers",
    "provider=Birch Trust",
)


@pytest.fixture(scope="module")
def workspace(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("map") / "small.ctdesk"
    assert ctdesk("new", path).status == 0
    made = [("organisation", fields) for fields in AGENCIES]
    made += [("activity", [*fields, *COMMON]) for fields in ACTIVITIES]
    for kind, fields in made:
        said = ctdesk("add", path, kind, *fields)
        assert said.status == 0, said.err
    return path


def test_the_map_is_one_document_with_these_parts_alone(workspace: Path) -> None:
    found = ctdesk(
        "map", workspace, "--rows", "outcome", "--columns", "age_band", "--measure", "money", "--json"
    ).document
    assert list(found) == ["rows", "columns", "cells", "row_totals", "column_totals", "total", "coverage"]
    assert found["columns"] == ["Early years and pregnancy", "School age", "Young people"]
    assert found["cells"][0] == [0, 4_000_001, 4_000_000]
    assert (found["row_totals"][0], found["total"]) == (8_000_001, 8_000_001)
    assert found["coverage"]["known"] == 8_000_001


def test_overlaps_gaps_cliffs_market_and_resource_are_documents(workspace: Path) -> None:
    (overlap,) = ctdesk("overlaps", workspace, "--json").document
    assert (overlap["kind"], overlap["amount"]) == ("two agencies", 3_000_000)
    assert {overlap["first"]["reference"], overlap["second"]["reference"]} == {"A1", "B1"}
    (gap,) = ctdesk("gaps", workspace, "--json").document
    assert (gap["kind"], gap["outcome"]) == ("one provider", "Be healthy")
    cliffs = ctdesk("cliffs", workspace, "--as-at", "31/03/2026", "--json").document
    assert (cliffs["amount"], [it["amount"] for it in cliffs["months"] if it["amount"]]) == (5_000_001, [5_000_001])
    market = ctdesk("market", workspace, "--json").document
    assert [(it["name"], it["amount"]) for it in market["providers"]] == [("Birch Trust", 5_000_001)]
    assert ctdesk("resource", workspace, "--json").document["total"]["posts"] == 0
    for command in ("cliffs", "market", "resource"):
        assert ctdesk(command, workspace, "--json").document["coverage"]["known"] == 8_000_001
        assert "Of £80,000.01: £80,000.01 known to the desk." in ctdesk(command, workspace).out


def test_the_paper_of_cliffs_looks_as_far_ahead_as_the_command(workspace: Path, tmp_path: Path) -> None:
    path = tmp_path / "cliffs.pdf"
    assert ctdesk("cliffs", workspace, "--as-at", "31/03/2025", "--months", "24", "--to", path).status == 0
    assert "£50k ends within 24 months" in PdfReader(path).pages[0].extract_text()


def test_a_cost_is_shared_to_the_penny_and_to_100() -> None:
    found = ctdesk("share", "100", "A=1", "B=1", "C=1", "--json").document
    assert found == [
        {"name": "A", "amount": 3_334, "percent": 34},
        {"name": "B", "amount": 3_333, "percent": 33},
        {"name": "C", "amount": 3_333, "percent": 33},
    ]
    assert ctdesk("share", "100", "A=none").status == 2


def test_a_cost_is_shared_by_what_the_records_know(workspace: Path, tmp_path: Path) -> None:
    found = ctdesk("resource", workspace, "--share", "£100", "--json").document["shares"]
    assert (found["amount"], found["by"]) == (10_000, "budget")
    assert [(it["name"], it["amount"], it["percent"]) for it in found["partners"]] == [
        ("Alder Council", 6_250, 63),
        ("Birch Trust", 3_750, 37),
    ]
    typed = ("--share", "100", "--by", "stated", "--partner", "A=1", "--partner", "B=3")
    assert ctdesk("resource", workspace, *typed, "--json").document["shares"]["partners"][1]["amount"] == 7_500
    book = tmp_path / "shares.xlsx"
    assert ctdesk("resource", workspace, *typed, "--to", book).status == 0
    sheet = load_workbook(book)["Shares"]
    assert [str(cell.value)[:5] for cell in sheet[sheet.max_row]][:4] == ["Total", "=SUM(", "=SUM(", "=SUM("]
    assert ctdesk("resource", workspace, *typed, "--to", tmp_path / "shares.pdf").status == 0
    refused = ctdesk("resource", workspace, "--by", "headcount")
    assert (refused.status, "no cost to share" in refused.err) == (2, True)


@pytest.mark.parametrize("command", ["map", "overlaps", "gaps", "cliffs", "market", "resource"])
@pytest.mark.parametrize("ending", [".xlsx", ".pdf", ".csv"])
def test_each_is_written_as_a_file(workspace: Path, tmp_path: Path, command: str, ending: str) -> None:
    path = tmp_path / f"figures{ending}"
    said = ctdesk(command, workspace, "--to", path)
    assert (said.status, path.exists()) == (0, True), said.err


def test_totals_in_the_workbook_are_formulas(workspace: Path, tmp_path: Path) -> None:
    path = tmp_path / "map.xlsx"
    assert ctdesk("map", workspace, "--rows", "outcome", "--columns", "tier", "--to", path).status == 0
    sheet = load_workbook(path).worksheets[0]
    totals = [cell.value for cell in sheet[sheet.max_row]]
    assert totals[0] == "Total"
    assert all(str(total).startswith("=SUM(") for total in totals[1:])


@pytest.mark.parametrize("name", ["map", "overlaps", "gaps", "prevention", "cliffs", "market", "resource", "rounds"])
def test_each_is_a_report(workspace: Path, tmp_path: Path, name: str) -> None:
    assert ctdesk("report", workspace, name, "--to", tmp_path / "report.pdf").status == 0


def test_a_scenario_becomes_intentions(workspace: Path, tmp_path: Path) -> None:
    found = ctdesk("scenario", workspace, "end A1", "--json").document
    assert found["tier"][1] == {"name": "Targeted", "before": 8_000_001, "after": 3_000_000, "change": -5_000_001}
    assert ctdesk("scenario", workspace, "end A1", "--to", tmp_path / "scenario.pdf").status == 0
    assert ctdesk("scenario", workspace, "end A1", "--apply").status == 0
    assert (
        ctdesk("list", workspace, "activity", "--where", "intention=Decommission", "--json").document[0]["reference"]
        == "A1"
    )


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["--rows", "weather"], "no dimension"),
        (["--measure", "weather"], "no measure"),
        (["--rows", "tier", "--columns", "tier"], "the same"),
        (["--where", "tier=Enormous"], "Tier"),
        (["--to", "map.doc"], "should end in"),
    ],
)
def test_what_cannot_be_done_is_one_sentence(workspace: Path, arguments: list[str], words: str) -> None:
    said = ctdesk("map", workspace, *arguments)
    assert said.status == 2
    assert words in said.err
    assert said.err.count("\n") == 1


def test_a_weight_names_a_bucket_of_its_dimension(workspace: Path) -> None:
    refused = ctdesk("add", workspace, "weight", "activity=A1", "dimension=area", "bucket=Nowhere", "weight=60")
    assert (refused.status, "there is no “Nowhere”" in refused.err) == (2, True)
    refused = ctdesk("add", workspace, "weight", "activity=A1", "dimension=shape", "bucket=Nowhere", "weight=60")
    assert (refused.status, "no dimension" in refused.err) == (2, True)


def test_scenarios_are_kept_compared_and_thrown_away(workspace: Path, tmp_path: Path) -> None:
    copy = tmp_path / "copy.ctdesk"
    copy.write_bytes(workspace.read_bytes())
    assert "no scenario is kept yet" in ctdesk("scenario", copy).err.lower()
    kept = ctdesk("scenario", copy, "end A1", "--keep", "Save", "--json").document
    assert ctdesk("scenario", copy, "--name", "save", "--json").document == kept
    ctdesk("scenario", copy, "move 10k of B1 to Crisis", "--keep", "Shift")
    found = ctdesk("scenario", copy, "--json").document
    assert list(found) == ["purpose", "tier", "outcome", "agency", "steps", "coverage"]
    assert {row["name"]: (row["Now"], row["Save"], row["Shift"]) for row in found["purpose"] if row["Now"]} == {
        "Not given": (8_000_001, 3_000_000, 7_000_001)
    }
    for ending in (".xlsx", ".pdf"):
        assert ctdesk("scenario", copy, "--to", tmp_path / f"all{ending}").status == 0
        assert ctdesk("scenario", copy, "--name", "Save", "--to", tmp_path / f"one{ending}").status == 0
    thrown = ctdesk("scenario", copy, "--name", "Save", "--throw-away")
    assert "Save is thrown away" in thrown.out
    assert [it["scenario"] for it in ctdesk("scenario", copy, "--json").document["steps"]] == ["Shift"]


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["end A1", "--name", "Save"], "not both"),
        (["--name", "Nothing"], "there is no scenario"),
        (["--throw-away"], "--name"),
        (["--apply"], "no step"),
        (["--keep", "Save"], "no step"),
    ],
)
def test_half_a_scenario_is_refused(workspace: Path, arguments: list[str], words: str) -> None:
    said = ctdesk("scenario", workspace, *arguments)
    assert (said.status, words in said.err.lower()) == (2, True)
