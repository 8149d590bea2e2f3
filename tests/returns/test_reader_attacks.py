"""Files meant to harm their reader, or merely broken: one plain sentence each, soon, and the desk goes on."""

import io
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
from ctdesk.returns import reader, reader_child
from ctdesk.returns.confine import ExtendedLimits, confine, job_limits
from ctdesk.returns.engines import RawSheet
from ctdesk.returns.marks import Marks
from ctdesk.returns.reader import Limits, UnreadableFile, read_book
from ctdesk.returns.refusals import SENTENCES, Refusal
from tests.returns.workbook_parts import ods_parts, ooxml_parts, sheet_xml, write_parts
from tests.worked import children_below, worked

MEGABYTES = 1_000

ONE_CELL = '<row r="1"><c r="A1"><v>1</v></c></row>'
ENTITIES = '<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]>'


def _refused(path: Path, **options: object) -> UnreadableFile:
    with pytest.raises(UnreadableFile) as caught:
        read_book(path, **options)
    message = str(caught.value)
    assert path.name in message
    assert message.endswith(".")
    assert "\n" not in message
    return caught.value


def _ooxml(path: Path, rows: str = ONE_CELL, **extra: str | bytes) -> Path:
    return write_parts(path, {**ooxml_parts(sheet_xml(rows)), **extra})


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "empty"),
        (b" \r\n\r\n", "empty"),
        (b"\x89PNG\r\n\x1a\n" + bytes(200), "not a spreadsheet"),
        (b"%PDF-1.7\n1 0 obj", "not a spreadsheet"),
        (b"<html><table><tr><td>1</td></tr></table></html>", "not a spreadsheet"),
        (b'\xef\xbb\xbf<?xml version="1.0"?><Workbook/>', "not a spreadsheet"),
        (b'{"activity": 1}', "not a spreadsheet"),
        (b"\x09\x08\x10\x00\x00\x06\x05\x00", "not a spreadsheet"),
        (b"PK\x03\x04" + bytes(60), "truncated"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(100), "truncated"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(2040), "not a spreadsheet"),
    ],
)
def test_what_is_no_spreadsheet_is_said_to_be_none(content: bytes, reason: str, tmp_path: Path) -> None:
    path = tmp_path / "Return.xlsx"
    path.write_bytes(content)
    assert _refused(path).reason == reason


def test_letters_that_command_a_terminal_or_turn_the_writing_about_are_not_read(tmp_path: Path) -> None:
    odd = "Tea_x001B_[2J_x0007_ \u202erednu\u202c\u2066age\u2069\none\tlé"
    path = _ooxml(tmp_path / "Return.xlsx", f'<row r="1"><c r="A1" t="inlineStr"><is><t>{odd}</t></is></c></row>')
    assert read_book(path).sheets[0].rows == [["Tea[2J rednuage\none\tlé"]]


def test_a_list_of_parts_that_does_not_unpack_is_damage(tmp_path: Path) -> None:
    path = _ooxml(tmp_path / "Return.xlsx")
    with zipfile.ZipFile(path) as archive:
        part = archive.getinfo("[Content_Types].xml")
    content = bytearray(path.read_bytes())
    first = part.header_offset + 30 + len(part.filename)
    content[first : first + part.compress_size] = b"\xff" * part.compress_size
    path.write_bytes(content)
    assert _refused(path).reason == "damaged"


def test_a_workbook_cut_short_is_said_to_be_so(tmp_path: Path) -> None:
    path = _ooxml(tmp_path / "a.xlsx")
    path.write_bytes(path.read_bytes()[:-100])
    assert _refused(path).reason == "truncated"


def test_a_damaged_part_is_said_to_be_so(tmp_path: Path) -> None:
    path = _ooxml(tmp_path / "a.xlsx")
    data = bytearray(path.read_bytes())
    at = data.index(b"sheet1.xml") + 20
    data[at : at + 8] = b"\xff" * 8
    path.write_bytes(data)
    assert _refused(path).reason == "damaged"


def test_a_text_document_is_no_spreadsheet(tmp_path: Path) -> None:
    path = write_parts(tmp_path / "a.xlsx", {"[Content_Types].xml": "wordprocessingml", "word/document.xml": "<a/>"})
    assert "another kind of Office document" in str(_refused(path))
    path = write_parts(tmp_path / "a.ods", {**ods_parts(""), "mimetype": "application/vnd.oasis.opendocument.text"})
    assert _refused(path).reason == "not a spreadsheet"


def test_an_archive_is_no_spreadsheet(tmp_path: Path) -> None:
    assert _refused(write_parts(tmp_path / "a.xlsx", {"notes.txt": "x"})).reason == "not a spreadsheet"


@pytest.mark.parametrize("name", ["../evil.xml", "/etc/evil.xml", "xl/..\\..\\evil.xml", "C:evil.xml"])
def test_a_part_that_points_outside_is_dangerous(name: str, tmp_path: Path) -> None:
    assert _refused(_ooxml(tmp_path / "a.xlsx", **{name: "<a/>"})).reason == "dangerous"


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_two_parts_of_one_name_are_dangerous(tmp_path: Path) -> None:
    path = _ooxml(tmp_path / "a.xlsx")
    with zipfile.ZipFile(path, "a") as archive:
        archive.writestr("XL\\worksheets\\sheet1.xml", sheet_xml(""))
    assert _refused(path).reason == "dangerous"


def test_thousands_of_parts_are_dangerous(tmp_path: Path) -> None:
    assert _refused(_ooxml(tmp_path / "a.xlsx", **{f"xl/{n}.xml": "" for n in range(6_000)})).reason == "dangerous"


def test_a_part_that_unpacks_a_thousandfold_is_dangerous(tmp_path: Path) -> None:
    path = _ooxml(tmp_path / "a.xlsx", **{"xl/media/a.bin": bytes(30_000_000)})
    assert _refused(path).reason == "dangerous"


def test_too_large_a_file_unpacked_or_not_is_refused(tmp_path: Path) -> None:
    path = _ooxml(tmp_path / "a.xlsx")
    assert _refused(path, limits=Limits(file_bytes=500)).reason == "too large"
    assert _refused(path, limits=Limits(unzipped_bytes=500)).reason == "too large"


@pytest.mark.parametrize(
    "part", ["xl/worksheets/sheet1.xml", "xl/sharedStrings.xml", "xl/styles.xml", "docProps/core.xml"]
)
def test_entities_are_dangerous_in_every_part(part: str, tmp_path: Path) -> None:
    evil = sheet_xml(ONE_CELL, start=ENTITIES)
    assert _refused(_ooxml(tmp_path / "a.xlsx", **{part: evil})).reason == "dangerous"
    hidden = sheet_xml(ONE_CELL, start='<?xml version="1.0" encoding="UTF-16"?>' + " " * 99 + ENTITIES)
    assert _refused(_ooxml(tmp_path / "b.xlsx", **{part: hidden.encode("utf-16")})).reason == "dangerous"


def test_entities_behind_megabytes_of_blanks_are_found(tmp_path: Path) -> None:
    late = sheet_xml(ONE_CELL, start="<?xml version='1.0'?>" + " " * 3_999_975 + ENTITIES)
    assert _refused(_ooxml(tmp_path / "a.xlsx", **{"xl/styles.xml": late})).reason == "dangerous"


def test_entities_in_an_opendocument_are_dangerous(tmp_path: Path) -> None:
    parts = ods_parts("")
    parts["content.xml"] = ENTITIES + parts["content.xml"]
    assert _refused(write_parts(tmp_path / "a.ods", dict(parts))).reason == "dangerous"


@pytest.mark.parametrize("count", ["4294967295", "99999999999999999999"])
def test_a_promise_of_four_billion_texts_is_dangerous(count: str, tmp_path: Path) -> None:
    strings = f'<sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" uniqueCount="{count}"/>'
    parts = ooxml_parts(sheet_xml(ONE_CELL), strings)
    assert _refused(write_parts(tmp_path / "a.xlsx", dict(parts))).reason == "dangerous"


@pytest.mark.parametrize(
    "rows",
    [
        '<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>',
        ONE_CELL + '<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>',
        '<row r="1"><c r="XFD1"><v>1</v></c></row><row r="1048576"><c r="A1048576"><v>1</v></c></row>',
    ],
)
def test_a_cell_at_the_end_of_the_world_is_named(rows: str, tmp_path: Path) -> None:
    refusal = _refused(_ooxml(tmp_path / "a.xlsx", rows))
    assert refusal.reason == "too large"
    assert "sheet “Activity” has something in cell" in str(refusal)
    assert "1048576" in str(refusal)


def test_a_far_cell_the_outer_check_cannot_see_is_refused_too(tmp_path: Path) -> None:
    rows = ONE_CELL + '<row r="90000"><c s="0" r="ZZ90000"><v>1</v></c></row>'
    assert _refused(_ooxml(tmp_path / "a.xlsx", rows)).reason in {"too large", "too much memory"}


def test_a_blank_cell_is_not_far_however_far(tmp_path: Path) -> None:
    blank = ONE_CELL + '<row r="1048576"><c r="XFD1048576" s="1"/></row>'
    assert read_book(_ooxml(tmp_path / "a.xlsx", blank)).sheets[0].rows == [[1.0]]


@pytest.mark.parametrize("address", ["XFE1", "ZZZZ1", "AAA1048577", "A4294967296"])
def test_a_cell_no_sheet_can_have_is_refused(address: str, tmp_path: Path) -> None:
    path = _ooxml(tmp_path / "a.xlsx", f'<row r="1"><c r="{address}"><v>1</v></c></row>')
    assert f"cell {address}, which no sheet can have" in str(_refused(path))


def test_a_million_merged_ranges_are_dangerous(tmp_path: Path) -> None:
    merged = "".join(f'<mergeCell ref="A{n}:B{n}"/>' for n in range(1, 100_010))
    sheet = sheet_xml(ONE_CELL, after=f"<mergeCells>{merged}</mergeCells>")
    assert _refused(_ooxml(tmp_path / "a.xlsx", **{"xl/worksheets/sheet1.xml": sheet})).reason == "dangerous"


def test_cells_repeated_without_end_in_an_opendocument_are_refused(tmp_path: Path) -> None:
    rows = (
        '<table:table-row table:number-rows-repeated="1048576"><table:table-cell office:value-type="float" '
        'office:value="1" table:number-columns-repeated="16384"/></table:table-row>'
    )
    assert _refused(write_parts(tmp_path / "a.ods", dict(ods_parts(rows)))).reason == "too large"


def test_more_cells_than_allowed_are_refused_and_the_last_is_named(tmp_path: Path) -> None:
    rows = '<row r="9"><c r="I9"><v>1</v></c></row>'
    refusal = _refused(_ooxml(tmp_path / "a.xlsx", rows), limits=Limits(cells=80))
    assert "sheet “Activity” reaches to cell I9" in str(refusal)
    assert read_book(tmp_path / "a.xlsx", limits=Limits(cells=81)).sheets[0].rows[8][8] == 1.0


def test_more_text_than_allowed_is_refused(tmp_path: Path) -> None:
    rows = f'<row r="1"><c r="A1" t="inlineStr"><is><t>{"x" * 20_000}</t></is></c></row>'
    assert _refused(_ooxml(tmp_path / "a.xlsx", rows), limits=Limits(sent_bytes=10_000)).reason == "too large"


def test_a_reader_short_of_memory_says_so(tmp_path: Path) -> None:
    text = "x" * 30_000
    strings = (
        '<sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" count="1" uniqueCount="1">'
        f"<si><t>{text}</t></si></sst>"
    )
    rows = "".join(f'<row r="{row}"><c r="A{row}" t="s"><v>0</v></c></row>' for row in range(1, 10_000))
    path = write_parts(tmp_path / "a.xlsx", dict(ooxml_parts(sheet_xml(rows), strings)))
    assert _refused(path, limits=Limits(memory=150_000_000)).reason == "too much memory"


@pytest.mark.parametrize(
    ("program", "reason"),
    [
        ("import os; os.abort()", "crashed"),
        (
            "import sys; sys.stderr.write('memory allocation of 9 bytes failed'); import os; os.abort()",
            "too much memory",
        ),
        ("raise SystemExit(3)", "crashed"),
        ("import sys; sys.stdout.write('Traceback')", "crashed"),
        ("import sys; sys.stdout.buffer.write(bytes([0, 0, 0, 2, 255, 255]))", "crashed"),
        ("while True: pass", "took too long"),
        (
            (
                "import marshal, sys; frame = marshal.dumps(['refused', 'x', '']); "
                "sys.stdout.buffer.write(bytes([0, 0, 0, len(frame)]) + frame)"
            ),
            "crashed",
        ),
        ("import sys\nwhile True: sys.stdout.buffer.write(bytes([0, 0, 0, 4]) + b'????')", "crashed"),
    ],
)
def test_however_the_reading_process_ends_the_desk_says_one_sentence(
    program: str, reason: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reader, "reading_command", lambda: [sys.executable, "-c", program])
    # One that ends by itself has as long as a busy machine takes to start it.
    seconds = 0.5 if reason == "took too long" else 60
    assert _refused(_ooxml(tmp_path / "a.xlsx"), limits=Limits(seconds=seconds)).reason == reason


def test_the_clock_holds_while_the_process_answers_drop_by_drop(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    program = (
        "import marshal, sys\nframe = marshal.dumps(['rows', [[]]])\n"
        "while True:\n  sys.stdout.buffer.write(len(frame).to_bytes(4, 'big') + frame); sys.stdout.flush()"
    )
    monkeypatch.setattr(reader, "reading_command", lambda: [sys.executable, "-c", program])
    reason = _refused(_ooxml(tmp_path / "a.xlsx"), limits=Limits(seconds=0.5, sent_bytes=10_000_000)).reason
    assert reason in {"took too long", "crashed"}, "else it would go on until it had sent too much"


def test_every_reason_has_its_sentence() -> None:
    for reason in SENTENCES:
        message = str(UnreadableFile(Path("x.xlsx"), Refusal(reason, "a remark")))
        assert "“x.xlsx”" in message
        assert "(a remark)" in message


def test_a_confined_process_cannot_take_more_memory() -> None:
    probe = "from ctdesk.returns.confine import confine; confine(300_000_000, 5); bytearray(400_000_000)"
    done = subprocess.run([sys.executable, "-c", probe], capture_output=True, text=True, check=False)
    assert "MemoryError" in done.stderr


def test_the_windows_job_is_laid_out_as_its_system_wants_it() -> None:
    import ctypes

    assert ctypes.sizeof(ExtendedLimits) == 144
    assert ExtendedLimits.process_memory.offset == 112
    limits = job_limits(1_000, 2.5)
    assert (limits.process_memory, limits.basic.process_time, limits.basic.flags) == (1_000, 40_000_000, 0x50A)
    assert confine.__doc__


def test_a_program_that_does_not_start_is_said_to_be_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reader, "reading_command", lambda: [str(tmp_path / "no such program")])
    assert "did not start" in str(_refused(_ooxml(tmp_path / "a.xlsx")))


def test_more_formulas_than_any_return_has_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reader_child, "_FORMULAS_MOST", 2)
    sender = reader_child._Sender(io.BytesIO(), Limits())
    with pytest.raises(Refusal, match="too large"):
        sender.send_sheet(RawSheet("Activity", iter([[1.0]])), Marks(formulas={(0, 0), (0, 1), (0, 2)}))


def test_a_sheets_name_cannot_break_the_sentence_in_two() -> None:
    message = str(UnreadableFile(Path("x.xlsx"), Refusal("too large", "sheet “a\n\nb" + "c" * 9_000)))
    assert "\n" not in message
    assert len(message) < 600


@pytest.mark.slow
def test_sixteen_million_cells_end_in_time_and_memory(tmp_path: Path) -> None:
    last = "".join(f'<row r="{row}"><c r="IV{row}"><v>1</v></c></row>' for row in (1, 65_536))
    begun = worked()
    with children_below(MEGABYTES):
        assert _refused(_ooxml(tmp_path / "a.xlsx", ONE_CELL + last)).reason in {"too large", "too much memory"}
    assert worked() - begun < 30


@pytest.mark.slow
def test_two_hundred_thousand_blank_formatted_rows_are_cheap(tmp_path: Path) -> None:
    cells = "".join(f'<c r="{letter}%d" s="0"/>' for letter in "ABCDEFGHIJ")
    blank = "".join(f'<row r="{row}">{cells % ((row,) * 10)}</row>' for row in range(2, 200_002))
    begun = worked()
    assert read_book(_ooxml(tmp_path / "a.xlsx", ONE_CELL + blank)).sheets[0].rows == [[1.0]]
    assert worked() - begun < 10
