"""Workbooks of figures: totals are formulas, stored results are what they come to, and names fit a sheet."""

from datetime import date
from decimal import Decimal

import pytest
from ctdesk.domain.errors import DeskError
from ctdesk.domain.figure_table import Figure, FigureTable, Head, total_row
from ctdesk.returns.figure_book import write_figures
from openpyxl import load_workbook

HEADS = [Head("What"), *(Head(name, Figure.MONEY, adds=True) for name in ("One", "Two", "Total"))]
ROWS = [("A", 1_050, 200, 1_250), ("=B", 3, 0, 3)]
TABLE = FigureTable(
    "Money: all of it, by everything there is", HEADS, ROWS, total_row(HEADS, ROWS), (1, 2), ["A note."]
)


def test_totals_are_formulas_with_their_results(tmp_path):
    path = tmp_path / "figures.xlsx"
    write_figures(path, [TABLE, TABLE], ["Filter: all."])
    formulas, results = (load_workbook(path, data_only=only).worksheets for only in (False, True))
    assert [cell.value for cell in formulas[0][6]] == ["Total", "=SUM(B4:B5)", "=SUM(C4:C5)", "=SUM(D4:D5)"]
    assert [row[3].value for row in formulas[0]["A4:D5"]] == ["=SUM(B4:C4)", "=SUM(B5:C5)"]
    assert [cell.value for cell in results[0][6]] == ["Total", 10.53, 2, 12.53]
    assert results[0]["A5"].value == "=B", "a text stays a text"
    assert [sheet["A2"].value for sheet in results[:2]] == ["Filter: all."] * 2, "no sheet is without what it rests on"
    assert len({sheet.title for sheet in results}) == 3
    assert [row[0].value for row in results[2]["A1:A2"]] == ["Filter: all.", f"{TABLE.title}: A note."]


def test_a_row_is_as_high_as_its_longest_text(tmp_path):
    heads = [Head("What"), Head("Evidence")]
    write_figures(tmp_path / "long.xlsx", [FigureTable("T", heads, [("A", "word " * 40), ("B", "short")])])
    sheet = load_workbook(tmp_path / "long.xlsx").worksheets[0]
    assert sheet.row_dimensions[4].height > 4 * 15
    assert sheet.row_dimensions[5].height is None


def test_a_table_that_does_not_add_up_is_refused():
    TABLE.check()
    wrong = FigureTable("Wrong", HEADS, [("A", 1, 2, 4)], ("Total", 1, 2, 4), (1, 2))
    with pytest.raises(ValueError, match="row A"):
        wrong.check()
    with pytest.raises(ValueError, match="column One"):
        FigureTable("Wrong", HEADS, ROWS, ("Total", 1, 200, 1_253)).check()


def test_csv_has_the_first_table_with_pounds_and_iso_dates(tmp_path):
    heads = [Head("What"), Head("When", Figure.DATE), Head("Sum", Figure.MONEY, adds=True), Head("Time", Figure.NUMBER)]
    rows = [("A", date(2026, 3, 31), 1_050, Decimal("1.50"))]
    write_figures(tmp_path / "figures.csv", [FigureTable("T", heads, rows, total_row(heads, rows))])
    text = (tmp_path / "figures.csv").read_text(encoding="utf-8-sig")
    assert text.splitlines() == ["What,When,Sum (£),Time", "A,2026-03-31,10.5,1.5", "Total,,10.5,"]


def test_another_ending_is_refused(tmp_path):
    with pytest.raises(DeskError, match="end the name"):
        write_figures(tmp_path / "figures.doc", [TABLE])
