"""A service map of people that is marked public shows no small number, on screen, on paper or in a file."""

import csv
from pathlib import Path

import pytest
from ctdesk.domain.changes import Action, present, updated
from ctdesk.domain.service_map import Measure
from ctdesk.domain.suppression import MARK, suppressed
from ctdesk.services.desk import Desk
from ctdesk.services.map_files import write_map
from ctdesk.services.map_tables import map_tables
from ctdesk.services.preview import Paper, pages_of
from ctdesk.services.service_map import MapView, service_map
from ctdesk.services.team_settings import save_settings
from openpyxl import load_workbook

VIEW = MapView("agency", "tier", Measure.USERS, public=True)


@pytest.fixture
def few(desk: Desk) -> Desk:
    """A borough whose services have few users, of whom some have three."""
    users, tiers = [3, 40, 71, 4, 120], [entry.code for entry in desk.lists.offered("tier")]
    found = sorted(desk.load("activity").items(), key=lambda it: str(it[1]["agency"]))
    changes = [
        updated("activity", uid, it, {"users_last_year": users[at % 5], "tier": tiers[at % 3]})
        for at, (uid, it) in enumerate(found)
    ]
    desk.apply(Action.EDIT, "Users", present(changes))
    return desk


def test_the_public_map_is_the_table_without_small_numbers(few: Desk) -> None:
    inside = service_map(few, MapView("agency", "tier", Measure.USERS)).matrix
    told = suppressed([[figure or 0 for figure in row] for row in inside.cells])
    outside = service_map(few, VIEW).matrix
    assert outside.kept_back
    assert [list(row) for row in outside.cells] == told.cells
    assert (list(outside.row_totals), outside.total) == (told.row_totals, told.total)
    assert not service_map(few, MapView("agency", "tier", public=True)).matrix.kept_back, "money is not of people"


def test_no_other_table_of_the_file_tells_what_the_map_keeps_back(few: Desk, tmp_path: Path) -> None:
    path = tmp_path / "map.xlsx"
    write_map(few, service_map(few, VIEW), path)
    book = load_workbook(path)
    assert book.sheetnames == ["Service map", "Coverage", "Notes"], "no sheet of single activities"
    assert any(MARK in row for row in book["Service map"].iter_rows(values_only=True))
    assert not any("=" in str(cell) for row in book["Service map"].iter_rows(values_only=True) for cell in row if cell)
    assert "Users last year" not in {cell.value for row in book["Coverage"].iter_rows() for cell in row}
    assert any("kept confidential" in str(row[0]) for row in book["Notes"].iter_rows(values_only=True))


def test_paper_and_commas_say_that_numbers_are_kept_back(few: Desk, tmp_path: Path) -> None:
    found = service_map(few, VIEW)
    for ending in ("pdf", "csv", "svg"):
        write_map(few, found, tmp_path / f"map.{ending}")
    pages = pages_of(Paper("", (tmp_path / "map.pdf").read_bytes()))
    text = " ".join(pages.text(at) for at in range(len(pages.sizes)))
    pages.close()
    assert MARK in text
    assert "below 5, other than nought, are not published" in " ".join(text.split())
    with (tmp_path / "map.csv").open(encoding="utf-8-sig", newline="") as stream:
        cells = [cell for row in csv.reader(stream) for cell in row]
    assert MARK in cells
    assert not {"1", "2", "3", "4"} & set(cells)
    assert MARK in (tmp_path / "map.svg").read_text(encoding="utf-8")


def test_the_team_settles_what_is_small(few: Desk) -> None:
    save_settings(few, {"smallest": "10"})
    figures = [figure for row in service_map(few, VIEW).matrix.cells for figure in row if figure]
    assert min(figures, default=10) >= 10
    assert any("below 10" in note for note in map_tables(few, service_map(few, VIEW))[0].notes)
