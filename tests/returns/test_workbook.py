"""What stands in a workbook that goes out, looked at with openpyxl and in its XML."""

import re
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from benchmarks.writing import write_plainly
from ctdesk.domain.errors import DeskError
from ctdesk.domain.lists import Entry, ReferenceLists
from ctdesk.domain.values import CLEAR
from ctdesk.returns.layout import FORM_VERSION, baseline_layout
from ctdesk.returns.workbook import RequestBook, write_workbook, write_workbooks
from ctdesk.returns.workbook_xml import escaped
from workbook_books import PROVIDERS, activity, book, filled_book, line, post

DATA = ("Activity", "Staffing", "Funding")


def _written(wanted: RequestBook, folder: Path, *, results: bool = True) -> Any:
    path = folder / "book.xlsx"
    write_workbook(wanted, path)
    return openpyxl.load_workbook(path, data_only=results)


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    found = tmp_path_factory.mktemp("written") / "book.xlsx"
    write_workbook(filled_book(17), found)
    return found


@pytest.fixture(scope="module")
def workbook(path: Path) -> Any:
    return openpyxl.load_workbook(path)


@pytest.fixture(scope="module")
def xml(path: Path) -> dict[str, str]:
    with zipfile.ZipFile(path) as package:
        return {name: package.read(name).decode() for name in package.namelist()}


def test_sheets_stand_in_their_order_and_one_is_hidden(workbook: Any) -> None:
    assert workbook.sheetnames == ["Start here", *DATA, "Columns explained", "Lists", "_ctdesk"]
    assert [sheet.title for sheet in workbook if sheet.sheet_state != "visible"] == ["_ctdesk"]


def test_structure_is_locked_and_only_what_is_the_desks_is_protected(workbook: Any) -> None:
    assert workbook.security.lockStructure
    assert not workbook.security.workbookPassword
    for sheet in workbook:
        assert bool(sheet.protection.sheet) is (sheet.title not in DATA)
        assert sheet.protection.password is None


def test_five_head_rows_then_data(workbook: Any) -> None:
    sheet = workbook["Activity"]
    assert sheet["A1"].value == "Activity: what you commission"
    assert (sheet["A3"].value, sheet["D3"].value, sheet["E3"].value) == (
        "This row",
        "Still yours?",
        "Who delivers it, under what",
    )
    assert (sheet["C4"].value, sheet["G4"].value, sheet["AN4"].value) == ("Required", "If it applies", "Leave as it is")
    assert (sheet["A5"].value, sheet["I5"].value, sheet["AN5"].value) == ("Check", "Annual value (£)", "Key")
    assert sheet["C6"].value == "Family support 0"
    assert (sheet.freeze_panes, workbook["Staffing"].freeze_panes) == ("D6", "C6")
    assert sheet.auto_filter.ref == "A5:AN65"
    assert sheet.row_dimensions[5].height == 33


def test_values_are_of_their_kinds(tmp_path: Path) -> None:
    wanted = book(
        [activity(1, agreement_reference="004100", annual_value=8_695_050, open_ended=False, notice_months=6)],
        [post()],
        [line("activity-0", amount=200)],
    )
    found = _written(wanted, tmp_path)
    sheet = found["Activity"]
    assert sheet["G6"].value == "004100"
    assert sheet["G6"].number_format == "@"
    assert sheet["I6"].value == 86_950.5
    assert sheet["M6"].value.date() == date(2024, 4, 1)
    assert sheet["M6"].number_format == "dd/mm/yyyy"
    assert (sheet["O6"].value, sheet["P6"].value) == ("No", 6)
    assert sheet["E6"].value == PROVIDERS["p1"]
    assert sheet["Z6"].value == "All children; Care leavers"
    assert sheet["D6"].value is None
    staff = found["Staffing"]
    assert (staff["J6"].value, staff["G6"].value, staff["T6"].value) == (0.8, "No", "Negotiating; Procurement")
    assert [staff.cell(6, column).value for column in range(15, 20)] == [None, None, None, "x", "x"]
    funds = found["Funding"]
    assert [cell.value for cell in funds[6]][1:7] == [
        "SS-001", "Family support 1", "2026/27", "NHS allocation", None, 2,
    ]  # fmt: skip


def test_text_is_written_as_text_whatever_it_begins_with(tmp_path: Path) -> None:
    texts = ["=1+1", "+44 20 7946 0000", "-5", "@SUM(A1)", "a & <b>\n\tc", " _x0041_ "]
    wanted = book([activity(at, comments=text) for at, text in enumerate(texts)])
    for content in (_copied(wanted, tmp_path), write_plainly(wanted)):
        (tmp_path / "text.xlsx").write_bytes(content)
        cells = [cell for (cell,) in openpyxl.load_workbook(tmp_path / "text.xlsx")["Activity"]["AM6:AM11"]]
        assert [cell.value for cell in cells] == texts
        assert {cell.data_type for cell in cells} == {"s"}


def test_what_xml_cannot_hold_is_written_as_spreadsheets_write_it() -> None:
    assert escaped("x\x0by") == "x_x000B_y"
    assert escaped("_x0041_ & <") == "_x005F_x0041_ &amp; &lt;"
    assert escaped("a\ud800b\uffff") == "a\ufffdb\ufffd"


def test_a_text_too_long_for_a_cell_is_refused_in_one_sentence(tmp_path: Path) -> None:
    write_workbook(book([activity(comments="x" * 32_767)]), tmp_path / "fits.xlsx")
    with pytest.raises(DeskError, match=r"^The text for Activity!AM7 has 32,768 characters .*\.$"):
        write_workbook(book([activity(), activity(2, comments="x" * 32_768)]), tmp_path / "not.xlsx")
    with pytest.raises(DeskError, match="40,000"):
        write_workbook(book([activity(comments="\U0001f600" * 20_000)]), tmp_path / "not.xlsx")
    assert not (tmp_path / "not.xlsx").exists()


def test_a_place_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    with pytest.raises(DeskError, match="cannot be written"):
        write_workbook(book(), tmp_path / "nowhere" / "book.xlsx")


def test_every_list_is_a_defined_name_on_lists_and_none_is_inline(workbook: Any) -> None:
    names = {name: found.attr_text for name, found in workbook.defined_names.items()}
    assert names["list_tier"].startswith("Lists!$")
    assert names["refs"] == "Activity!$B$6:$B$65"
    for title in DATA:
        for rule in workbook[title].data_validations.dataValidation:
            if rule.type == "list":
                assert rule.formula1 in names
    for name, area in names.items():
        if name.startswith("list_"):
            cells = workbook["Lists"][area.split("!")[1].replace("$", "")]
            assert all(row[0].value for row in cells)


def test_retired_words_are_not_offered_but_stay_in_rows(tmp_path: Path) -> None:
    words = ReferenceLists({"tier": [Entry("universal", "Universal", retired=True), Entry("new", "Newer")]})
    found = _written(book(lists=words), tmp_path)
    assert found["Activity"]["U6"].value == "Universal"
    cells = [cell.value for row in found["Lists"].iter_rows() for cell in row]
    assert "Newer" in cells
    assert "Universal" not in cells


def test_headings_show_their_help_and_do_not_take_another_text(workbook: Any) -> None:
    rules = {str(rule.sqref): rule for rule in workbook["Activity"].data_validations.dataValidation}
    rule = rules["I5"]
    assert (rule.type, rule.formula1) == ("custom", 'EXACT(I$5,"Annual value (£)")')
    assert rule.prompt.startswith("Pounds for the year of the round")
    assert rule.errorStyle in {None, "stop"}
    assert len([cells for cells in rules if re.fullmatch(r"[A-Z]+5", cells)]) == 40


def test_nothing_stops_a_busy_person_from_saving(workbook: Any) -> None:
    for title in DATA:
        for rule in workbook[title].data_validations.dataValidation:
            if str(rule.sqref)[-1:] != "5" or ":" in str(rule.sqref):
                assert rule.errorStyle == "warning" or not rule.showErrorMessage


def test_open_and_several_valued_columns_only_offer_their_lists(workbook: Any) -> None:
    rules = {str(rule.sqref): rule for rule in workbook["Activity"].data_validations.dataValidation}
    assert not rules["E6:E65"].showErrorMessage
    assert not rules["Z6:Z65"].showErrorMessage
    assert rules["U6:U65"].showErrorMessage
    assert (rules["X6:X65"].formula1, rules["X6:X65"].formula2) == ("0", "25")


def test_colours_say_what_check_says(workbook: Any) -> None:
    found = {}
    for area, rules in workbook["Activity"].conditional_formatting._cf_rules.items():
        found[str(area.sqref)] = [(rule.formula[0], rule.dxf.fill and rule.dxf.fill.bgColor.rgb) for rule in rules]
    assert found["A6:A65"] == [('LEFT($A6,7)="Look at"', "FFF6C7BF"), ('LEFT($A6,7)="Fill in"', "FFFFF1B8")]
    assert found["C6:F65"] == [('AND($A6&$C6<>"",C6="")', "FFFFF1B8")]
    assert found["M6:M65"][0][1] == "FFF6C7BF"


def test_the_hidden_sheet_says_whose_it_is_and_names_every_row(workbook: Any) -> None:
    rows = [[cell.value for cell in row] for row in workbook["_ctdesk"].iter_rows()]
    said = {row[0]: row[1] for row in rows[:8]}
    assert said["form_version"] == FORM_VERSION
    assert (said["round"], said["agency"], said["issue"]) == ("Baseline 2026/27", "Sure Start centres", 1)
    assert said["as_at"] == "2026-03-31"
    keys = [row for row in rows[9:] if row[0] in DATA]
    assert len(keys) == 17 + 5 + 1
    in_sheet = [row[39].value for row in workbook["Activity"].iter_rows(min_row=6) if row[39].value]
    assert in_sheet == [row[1] for row in keys if row[0] == "Activity"]


def test_the_guide_tells_of_the_hidden_sheet_and_of_the_word_that_empties(workbook: Any) -> None:
    said = " ".join(str(cell.value) for row in workbook["Start here"].iter_rows() for cell in row if cell.value)
    assert "_ctdesk" in said
    assert f"word {CLEAR}" in said
    assert "31/03/2026" in said
    assert "15/05/2026" in said


def test_sign_off_cells_can_be_typed_in_and_nothing_else_of_the_guide(workbook: Any) -> None:
    unlocked = [
        cell.coordinate for row in workbook["Start here"].iter_rows() for cell in row if not cell.protection.locked
    ]
    assert unlocked == ["C27", "C28", "C29"]


def test_every_formula_has_a_result_beside_it(path: Path, workbook: Any) -> None:
    results = openpyxl.load_workbook(path, data_only=True)
    guide = results["Start here"]
    assert guide["B5"].value == "Not finished: 22 rows still need something."
    assert [guide.cell(9, column).value for column in range(3, 6)] == [17, 0, 17]
    assert guide["C12"].value == guide["E12"].value
    for title in DATA:
        for row in range(6, 9):
            assert workbook[title].cell(row, 1).data_type == "f"
    assert results["Activity"]["A6"].value.startswith("Fill in: still yours?")


def test_print_set_up(workbook: Any) -> None:
    sheet = workbook["Activity"]
    assert (sheet.page_setup.orientation, sheet.page_setup.paperSize, sheet.page_setup.scale) == ("landscape", 9, 58)
    assert [mark.id for mark in sheet.col_breaks.brk] == [8, 18, 27, 35]
    assert sheet.print_title_rows == "$3:$5"
    assert sheet.print_title_cols == "$B:$C"
    assert sheet.print_area == "'Activity'!$A$3:$AN$27"
    assert sheet.oddHeader.left.text == "Weirside && District Children’s Trust"
    assert "Page &P of &N" in sheet.oddFooter.right.text
    assert "as at 31/03/2026" in sheet.oddFooter.left.text
    assert workbook["Staffing"].sheet_properties.pageSetUpPr.fitToPage


def test_nothing_in_the_file_runs_or_points_outside(xml: dict[str, str]) -> None:
    assert not [name for name in xml if "vba" in name.lower() or "external" in name.lower() or "connection" in name]
    assert not [name for name, text in xml.items() if 'TargetMode="External"' in text]
    assert "[1]" not in xml["xl/workbook.xml"]


def test_properties_name_the_trust_and_nobody(workbook: Any) -> None:
    assert workbook.properties.creator == "Weirside & District Children’s Trust"
    assert workbook.properties.title == "Baseline 2026/27: Sure Start centres"
    assert workbook.properties.created.date() == date(2026, 3, 31)


def test_no_stand_in_of_the_template_is_left(xml: dict[str, str]) -> None:
    for text in xml.values():
        assert "@agency@" not in text
        assert "10364" not in text
        assert "#row#" not in text


def test_only_that_agencys_rows_are_in_the_file(tmp_path: Path) -> None:
    one = book([activity(1, title="Ours alone")], agency="One & <first>")
    other = book([activity(2, title="Theirs alone")], agency="Other", lists=one.lists)
    write_workbooks([(one, tmp_path / "one.xlsx"), (other, tmp_path / "other.xlsx")])
    with zipfile.ZipFile(tmp_path / "other.xlsx") as package:
        text = "".join(package.read(name).decode() for name in package.namelist())
    assert "Theirs alone" in text
    assert "Ours alone" not in text
    assert "first" not in text.replace("firstSheet", "")
    assert openpyxl.load_workbook(tmp_path / "one.xlsx").properties.title.endswith("One & <first>")


def test_books_of_different_rounds_are_not_mixed(tmp_path: Path) -> None:
    one, other = book(), book(round="Baseline 2027/28", as_at=date(2027, 3, 31))
    write_workbooks([(one, tmp_path / "one.xlsx"), (other, tmp_path / "other.xlsx")])
    found = openpyxl.load_workbook(tmp_path / "other.xlsx")
    assert "Baseline 2027/28" in found["Activity"].oddFooter.left.text
    assert "31/03/2027" in found["Start here"]["B3"].value


def test_the_same_book_gives_the_same_bytes(tmp_path: Path) -> None:
    assert _copied(filled_book(5), tmp_path) == _copied(filled_book(5), tmp_path)


def _copied(wanted: RequestBook, folder: Path) -> bytes:
    path = folder / "copy.xlsx"
    write_workbook(wanted, path)
    return path.read_bytes()


@pytest.mark.slow
@pytest.mark.parametrize("services", [0, 1, 45])
def test_copies_hold_what_plain_writing_would(services: int, tmp_path: Path) -> None:
    wanted = filled_book(services, staff=services // 3)
    wanted = replace(wanted, rows={**wanted.rows, "funding_line": wanted.rows["funding_line"] if services else ()})
    copy, plain = tmp_path / "copy.xlsx", tmp_path / "plain.xlsx"
    write_workbook(wanted, copy)
    plain.write_bytes(write_plainly(wanted))
    for results in (True, False):
        assert dict(_everything(copy, results=results)) == dict(_everything(plain, results=results))
    assert _outside_rows(copy) == _outside_rows(plain)


def _everything(path: Path, *, results: bool) -> Iterator[tuple[tuple[str, str], object]]:
    for sheet in openpyxl.load_workbook(path, data_only=results):
        for row in sheet.iter_rows():
            for cell in row:
                style = (
                    cell.number_format,
                    cell.fill.fgColor.rgb,
                    cell.font.b,
                    cell.border.left.style,
                    cell.protection.locked,
                )
                yield (sheet.title, cell.coordinate), (cell.value, style, sheet.row_dimensions[cell.row].height)


def _outside_rows(path: Path) -> dict[str, str]:
    """Return every part without rows, texts and styles: validations, conditions, names, print set-up and the rest."""
    with zipfile.ZipFile(path) as package:
        parts = {name: package.read(name).decode() for name in package.namelist()}
    for name in ("xl/sharedStrings.xml", "xl/styles.xml"):
        parts.pop(name)
    forget = re.compile(r"<sheetData>.*</sheetData>|<sheetData/>|<dimension [^>]*>", re.DOTALL)
    return {name: forget.sub("", text) for name, text in parts.items()}


@pytest.mark.slow
def test_a_large_agency_has_room_for_more(tmp_path: Path) -> None:
    wanted = filled_book(2_500)
    sheet = _written(wanted, tmp_path, results=False)["Activity"]
    assert sheet.auto_filter.ref == "A5:AN3755"
    assert sheet["A3755"].data_type == "f"
    assert "MATCH" not in sheet["A6"].value


def test_layouts_of_the_sheets_are_those_others_read(workbook: Any) -> None:
    for layout in baseline_layout(book().lists):
        assert [cell.value for cell in workbook[layout.name][5]] == [column.heading for column in layout.columns]
