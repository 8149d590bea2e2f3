"""Reading spreadsheets: what stands in the file is what comes out, at its own address."""

import datetime as dt
import hashlib
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

import openpyxl
import pytest
import xlsxwriter
from ctdesk.returns.reader import UnreadableFile, read_book, reading_command, start_reading
from ctdesk.returns.sheets import Book, Sheet, cell_name, column_letters
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl.styles import PatternFill
from tests.returns.workbook_parts import ods_parts, ooxml_parts, sheet_xml, write_parts


@pytest.fixture
def workbook(tmp_path: Path) -> Path:
    path = tmp_path / "Return.xlsx"
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "Activity"
    sheet["C3"] = "Short breaks"
    sheet["D3"] = 1250.5
    sheet["E3"] = dt.date(2026, 4, 1)
    sheet["F3"] = True
    sheet["C4"] = "00123"
    sheet["D4"] = "=1/0"
    sheet["F9"].fill = PatternFill("solid", fgColor="FF0000")
    sheet.merge_cells("C1:D1")
    hidden = book.create_sheet("_ctdesk")
    hidden["A1"] = "form 1"
    hidden.sheet_state = "veryHidden"
    book.save(path)
    return path


def test_cells_come_at_their_own_address_and_empty_ends_are_cut(workbook: Path) -> None:
    rows = read_book(workbook).sheets[0].rows
    assert rows[:2] == [[None] * 6, [None] * 6]
    assert rows[2] == [None, None, "Short breaks", 1250.5, dt.date(2026, 4, 1), True]
    assert rows[3] == [None, None, "00123", None, None, None]
    assert len(rows) == 4


def test_the_book_tells_what_it_is_and_who_read_it(workbook: Path) -> None:
    book = read_book(workbook)
    assert (book.format, book.reader, book.path) == ("xlsx", "calamine", workbook)
    assert book.sha256 == hashlib.sha256(workbook.read_bytes()).hexdigest()
    assert book.size == workbook.stat().st_size


def test_hidden_sheets_and_merged_cells_are_told(workbook: Path) -> None:
    activity, hidden = read_book(workbook).sheets
    assert (activity.hidden, hidden.hidden) == (False, True)
    assert activity.merged == ((0, 2, 0, 3),)


def test_the_hidden_sheet_is_there_before_the_others(workbook: Path) -> None:
    reading = start_reading(workbook)
    first = reading.first.result()
    assert first is not None
    assert (first.name, first.rows) == ("_ctdesk", [["form 1"]])
    assert [sheet.name for sheet in reading.book.result().sheets] == ["Activity", "_ctdesk"]


def test_where_nothing_can_be_read_no_sheet_is_waited_for(tmp_path: Path) -> None:
    reading = start_reading(tmp_path / "gone.xlsx")
    assert reading.first.result() is None
    with pytest.raises(UnreadableFile):
        reading.book.result()


def test_a_formula_that_was_never_computed_is_told(workbook: Path) -> None:
    sheet = read_book(workbook).sheets[0]
    assert sheet.formulas == sheet.uncomputed == {(3, 3)}


def test_the_name_of_a_file_does_not_decide_how_it_is_read(workbook: Path, tmp_path: Path) -> None:
    disguised = tmp_path / "Return.csv"
    disguised.write_bytes(workbook.read_bytes())
    assert read_book(disguised).format == "xlsx"


def test_sheets_are_found_whatever_their_capitals_and_spaces() -> None:
    sheet = Sheet("Start  here ", [])
    book = Book(Path("x.xlsx"), "xlsx", (sheet,), "", 0, "calamine")
    assert book.sheet("start here") is sheet
    assert book.sheet("Activity") is None


@pytest.mark.parametrize(("column", "letters"), [(0, "A"), (25, "Z"), (26, "AA"), (701, "ZZ"), (16_383, "XFD")])
def test_columns_are_lettered_as_in_spreadsheets(column: int, letters: str) -> None:
    assert column_letters(column) == letters
    assert cell_name(11, column) == f"{letters}12"


def _first_sheet(path: Path, rows: str, **around: str) -> Sheet:
    return read_book(write_parts(path, dict(ooxml_parts(sheet_xml(rows, **around))))).sheets[0]


def test_error_cells_are_blank_and_named(tmp_path: Path) -> None:
    rows = (
        '<row r="2"><c r="B2" s="0" t="e"><v>#REF!</v></c><c r="C2"><v>3</v></c></row>'
        '<row r="3"><c r="B3" t="e"><f>1/0</f><v>#DIV/0!</v></c></row>'
    )
    sheet = _first_sheet(tmp_path / "a.xlsx", rows)
    assert sheet.errors == {(1, 1): "#REF!", (2, 1): "#DIV/0!"}
    assert sheet.rows == [[None] * 3, [None, None, 3.0], [None] * 3]
    assert sheet.formulas == {(2, 1)}
    assert not sheet.uncomputed


def test_an_empty_text_is_a_formulas_result_and_nothing_at_all_is_not(tmp_path: Path) -> None:
    rows = (
        '<row r="1"><c r="A1" t="str"><f>""</f><v></v></c><c r="B1"><f>A1</f><v/></c><c r="C1"><f>A1</f></c>'
        '<c r="D1" t="str"><f>""</f><v/></c><c r="E1"><f t="shared" si="0"/><v>7</v></c></row>'
    )
    sheet = _first_sheet(tmp_path / "a.xlsx", rows)
    assert sheet.uncomputed == {(0, 1), (0, 2)}
    assert sheet.formulas == {(0, column) for column in range(5)}
    assert sheet.rows == [[None, None, None, None, 7.0]]


def test_cells_without_addresses_are_counted(tmp_path: Path) -> None:
    rows = '<row><c><v>1</v></c></row><row><c><v>1</v></c><c t="e"><v>#N/A</v></c><c><f>A1</f></c></row>'
    sheet = _first_sheet(tmp_path / "a.xlsx", rows)
    assert sheet.errors == {(1, 1): "#N/A"}
    assert sheet.uncomputed == {(1, 2)}


def test_a_namespace_prefix_hides_no_error(tmp_path: Path) -> None:
    plain = sheet_xml('<row r="1"><c r="A1"><v>1</v></c><c r="B1" t="e"><v>#N/A</v></c></row>')
    prefixed = plain.replace("<", "<x:").replace("<x:/", "</x:").replace("xmlns=", "xmlns:x=")
    path = write_parts(tmp_path / "a.xlsx", dict(ooxml_parts(prefixed)))
    assert read_book(path).sheets[0].errors == {(0, 1): "#N/A"}


def test_marks_are_found_in_a_part_of_many_pieces(tmp_path: Path) -> None:
    rows = "".join(
        f'<row r="{row}"><c r="A{row}" t="inlineStr"><is><t>{"x" * 900}{row}</t></is></c>'
        f'<c r="B{row}"><f>LEN(A{row})</f><v>{row}</v></c></row>'
        for row in range(1, 10_001)
    )
    sheet = _first_sheet(tmp_path / "a.xlsx", rows)
    assert sheet.formulas == {(row, 1) for row in range(10_000)}
    assert not sheet.uncomputed


def test_a_merged_range_is_cut_to_the_cells_there_are(tmp_path: Path) -> None:
    sheet = _first_sheet(
        tmp_path / "a.xlsx",
        '<row r="1"><c r="A1"><v>1</v></c><c r="B1"><v>2</v></c></row>',
        after='<mergeCells><mergeCell ref="A1:XFD1048576"/><mergeCell ref="D9:E9"/></mergeCells>',
    )
    assert sheet.merged == ((0, 0, 0, 1),)


def test_a_false_dimension_changes_nothing(tmp_path: Path) -> None:
    rows = '<row r="2"><c r="B2"><v>1</v></c></row>'
    for dimension in ("A1:XFD1048576", "A1"):
        sheet = _first_sheet(tmp_path / "a.xlsx", rows, before=f'<dimension ref="{dimension}"/>')
        assert sheet.rows == [[None, None], [None, 1.0]]


def test_openpyxl_reads_what_calamine_cannot(tmp_path: Path) -> None:
    parts = ooxml_parts(sheet_xml('<row r="2"><c r="B2"><v>1</v></c><c r="C2" t="e"><v>#REF!</v></c></row>'))
    parts["xl/workbook.xml"] = parts["xl/workbook.xml"].replace(
        "</sheets>", '<sheet name="Macros" sheetId="2" r:id="rId9"/></sheets>'
    )
    parts["xl/_rels/workbook.xml.rels"] = parts["xl/_rels/workbook.xml.rels"].replace(
        "</Relationships>",
        '<Relationship Id="rId9" Type="http://schemas.microsoft.com/office/2006/relationships/xlMacrosheet" '
        'Target="macrosheets/sheet1.xml"/></Relationships>',
    )
    parts["xl/macrosheets/sheet1.xml"] = sheet_xml("")
    book = read_book(write_parts(tmp_path / "a.xlsx", dict(parts)))
    assert book.reader == "openpyxl"
    assert book.sheets[0].rows == [[None] * 3, [None, 1, None]]
    assert book.sheets[0].errors == {(1, 2): "#REF!"}


def test_an_opendocument_sheet_tells_errors_formulas_and_merged_cells(tmp_path: Path) -> None:
    rows = (
        '<table:table-row table:number-rows-repeated="2"><table:table-cell/></table:table-row>'
        '<table:table-row><table:table-cell table:number-columns-repeated="2"/>'
        '<table:table-cell table:formula="of:=1/0" office:value-type="string" office:string-value="" '
        'calcext:value-type="error"><text:p>#DIV/0!</text:p></table:table-cell>'
        '<table:table-cell office:value-type="date" office:date-value="2026-04-01" table:number-columns-spanned="2">'
        "<text:p>01/04/2026</text:p></table:table-cell><table:covered-table-cell/>"
        '<table:table-cell table:formula="of:=[.A1]"/>'
        '<table:table-cell office:value-type="float" office:value="3"/></table:table-row>'
    )
    book = read_book(write_parts(tmp_path / "a.ods", dict(ods_parts(rows))))
    sheet = book.sheets[0]
    assert book.format == "ods"
    assert sheet.errors == {(2, 2): "#DIV/0!"}
    assert sheet.formulas == {(2, 2), (2, 5)}
    assert sheet.uncomputed == {(2, 5)}
    assert sheet.merged == ((2, 3, 2, 4),)
    assert sheet.rows[2] == [None, None, None, dt.date(2026, 4, 1), None, None, 3.0]


_WORDS = st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"], exclude_characters="￾￿"), max_size=12)
_NUMBERS = st.integers(-(10**12), 10**12).map(lambda pence: pence / 100)  # spreadsheets keep 15 digits
_DATES = st.dates(dt.date(1900, 3, 1), dt.date(9999, 12, 31))
_CELLS = st.one_of(st.none(), _WORDS.filter(lambda word: "_x" not in word.lower()), _NUMBERS, st.booleans(), _DATES)


@pytest.mark.slow
@settings(max_examples=40, deadline=None)
@given(grid=st.lists(st.lists(_CELLS, max_size=6), max_size=6))
def test_any_grid_is_read_back_as_it_was_written(grid: list[list[object]]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "grid.xlsx"
        book = xlsxwriter.Workbook(path, {"default_date_format": "dd/mm/yyyy"})
        sheet = book.add_worksheet()
        for row, cells in enumerate(grid):
            for column, value in enumerate(cells):
                _write(sheet, row, column, value)
        book.close()
        read = read_book(path).sheets[0].rows
    assert _filled(read) == _filled(grid)
    assert not read or any(value is not None for value in read[-1])


def _write(sheet: xlsxwriter.worksheet.Worksheet, row: int, column: int, value: object) -> None:
    if isinstance(value, str):
        sheet.write_string(row, column, value)
    elif value is not None:
        sheet.write(row, column, value)


def _filled(grid: Sequence[Sequence[object]]) -> dict[tuple[int, int], object]:
    return {
        (row, column): value
        for row, cells in enumerate(grid)
        for column, value in enumerate(cells)
        if value is not None and value != ""
    }


def test_the_reading_process_is_this_program(monkeypatch: pytest.MonkeyPatch) -> None:
    assert reading_command() == [sys.executable, "-m", "ctdesk.returns.reader_child"]
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    assert reading_command() == [sys.executable, "--read-workbook"]


def test_the_reading_process_imports_only_what_it_needs() -> None:
    probe = "import sys, ctdesk.returns.reader_child; print(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", probe], check=True, capture_output=True, text=True)
    heavy = {"openpyxl", "msoffcrypto", "xlsxwriter", "sqlalchemy", "olefile", "cryptography", "subprocess"}
    assert not heavy & set(done.stdout.split())


def test_a_missing_file_and_a_folder_are_said_to_be_so(tmp_path: Path) -> None:
    with pytest.raises(UnreadableFile, match=r"There is no file “gone.xlsx”") as missing:
        read_book(tmp_path / "gone.xlsx")
    assert missing.value.reason == "missing"
    with pytest.raises(UnreadableFile, match="it is a folder"):
        read_book(tmp_path)
