"""Tables written for other programs keep their kinds and run nothing."""

import csv
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from ctdesk.domain.errors import DeskError
from ctdesk.returns.export import write_table

HEADINGS = ["Reference", "Annual value (£)", "Start", "FTE", "Areas", "Open-ended", "Comments"]
ROWS: list[list[object]] = [
    ["004100", Decimal("86950.50"), date(2026, 4, 1), 0.8, ["North", "South"], True, "=1+1"],
    ["+44", 12, None, None, (), False, "line\nbreak, “quoted”"],
]


def _sheet(path: Path, **more: Any) -> Any:
    write_table(path, HEADINGS, ROWS, sheet="Services", **more)
    return openpyxl.load_workbook(path)


def test_a_workbook_keeps_dates_sums_and_texts(tmp_path: Path) -> None:
    book = _sheet(tmp_path / "table.xlsx")
    sheet = book["Services"]
    assert [cell.value for cell in sheet[1]] == HEADINGS
    values = [cell.value for cell in sheet[2]]
    assert values[:2] == ["004100", 86_950.5]
    assert isinstance(values[2], datetime)
    assert values[3:] == [0.8, "North; South", "Yes", "=1+1"]
    assert sheet["G2"].data_type == "s"
    assert (sheet["B2"].number_format, sheet["C2"].number_format) == ("£#,##0.00", "dd/mm/yyyy")
    assert sheet["D2"].number_format == "General"
    assert (sheet.freeze_panes, sheet.auto_filter.ref) == ("A2", "A1:G3")
    assert book.sheetnames == ["Services"]


def test_notes_stand_on_a_sheet_of_their_own(tmp_path: Path) -> None:
    book = _sheet(tmp_path / "table.xlsx", notes=["As at 31/03/2026", "Only Northgate"])
    assert [cell.value for cell in book["Notes"]["A"]] == ["As at 31/03/2026", "Only Northgate"]


def test_csv_is_read_back_and_computes_nothing(tmp_path: Path) -> None:
    path = tmp_path / "table.csv"
    write_table(path, HEADINGS, ROWS, sheet="Services")
    assert path.read_bytes().startswith(b"\xef\xbb\xbfReference,")
    with path.open(encoding="utf-8-sig", newline="") as stream:
        rows = list(csv.reader(stream))
    assert rows[1] == ["004100", "86950.50", "2026-04-01", "0.8", "North; South", "Yes", "'=1+1"]
    assert rows[2] == ["'+44", "12", "", "", "", "No", "line\nbreak, “quoted”"]


@pytest.mark.parametrize("text", ["=1", "+1", "-1", "@a", "\t=1", "\r=1"])
def test_csv_shields_what_a_spreadsheet_would_compute(text: str, tmp_path: Path) -> None:
    path = tmp_path / "table.csv"
    write_table(path, ["A"], [[text]], sheet="S")
    with path.open(encoding="utf-8-sig", newline="") as stream:
        assert list(csv.reader(stream))[1] == [f"'{text}"]


def test_negative_numbers_stay_numbers_in_csv(tmp_path: Path) -> None:
    write_table(tmp_path / "table.csv", ["A"], [[-5], [Decimal("-1.50")]], sheet="S")
    assert (tmp_path / "table.csv").read_text(encoding="utf-8-sig").split() == ["A", "-5", "-1.50"]


def test_an_empty_table_has_its_headings(tmp_path: Path) -> None:
    write_table(tmp_path / "table.xlsx", ["A", "B"], [], sheet="Empty")
    sheet = openpyxl.load_workbook(tmp_path / "table.xlsx")["Empty"]
    assert [[cell.value for cell in row] for row in sheet.iter_rows()] == [["A", "B"]]


def test_what_cannot_be_written_is_said_in_one_sentence(tmp_path: Path) -> None:
    with pytest.raises(DeskError, match=r"table\.ods; end the name in \.xlsx or \.csv\.$"):
        write_table(tmp_path / "table.ods", ["A"], [], sheet="S")
    with pytest.raises(DeskError, match="S!A2 has 32,768 characters"):
        write_table(tmp_path / "table.xlsx", ["A"], [["x" * 32_768]], sheet="S")
    with pytest.raises(DeskError, match="cannot be written"):
        write_table(tmp_path / "none" / "table.csv", ["A"], [], sheet="S")
