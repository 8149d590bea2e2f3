"""Reading csv files: encodings, delimiters, line ends; nothing is guessed about what the cells mean."""

from pathlib import Path

import pytest
from ctdesk.returns.csv_file import csv_rows, guess_delimiter
from ctdesk.returns.reader import UnreadableFile, read_book
from ctdesk.returns.refusals import Refusal
from hypothesis import given
from hypothesis import strategies as st

TEXT = "Title,Value\nCafé,£3\n"
ROWS = [["Title", "Value"], ["Café", "£3"]]


def _rows(data: bytes) -> list[list[object]]:
    return list(csv_rows(data, 1_000))


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_every_usual_encoding_is_read(encoding: str) -> None:
    assert _rows(TEXT.encode(encoding)) == ROWS


def test_utf_16_of_both_byte_orders_is_read() -> None:
    assert _rows(b"\xfe\xff" + TEXT.encode("utf-16-be")) == ROWS
    assert _rows(b"\xff\xfe" + TEXT.encode("utf-16-le")) == ROWS


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_the_delimiter_is_found(delimiter: str) -> None:
    assert _rows(TEXT.replace(",", delimiter).encode()) == ROWS


def test_commas_in_prose_do_not_hide_the_semicolon() -> None:
    assert guess_delimiter("Name;Note\nA;one, two, three\nB;four\nC;five, six\n") == ";"


def test_the_delimiter_may_be_announced() -> None:
    assert _rows(b"sep=;\r\na,b;c\r\n") == [["a,b", "c"]]


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_every_line_end_is_read(end: str) -> None:
    assert _rows(TEXT.replace("\n", end).encode()) == ROWS


def test_line_breaks_and_delimiters_inside_quotation_marks_stay() -> None:
    assert _rows(b'"a\r\nb","c, d"\n') == [["a\r\nb", "c, d"]]


def test_cells_stay_text_and_empty_ones_are_none() -> None:
    assert _rows(b"00123,1e5,,31/02/2026\n") == [["00123", "1e5", None, "31/02/2026"]]


def test_a_quotation_mark_never_closed_is_said_with_its_line() -> None:
    with pytest.raises(Refusal) as caught:
        _rows(b'a,b\n"c,' + b"d\n" * 600_000)
    assert (caught.value.reason, caught.value.detail[:12]) == ("damaged", "after line 2")


def test_too_many_cells_are_refused() -> None:
    with pytest.raises(Refusal, match="too large"):
        _rows(b"," * 1_001)


def test_a_csv_file_is_a_book_of_one_sheet_named_after_it(tmp_path: Path) -> None:
    path = tmp_path / "Grants 2026.xlsx"
    path.write_bytes(b"Title,Value,\nA,,\n,,\n")
    book = read_book(path)
    assert (book.format, book.reader, book.sheets[0].name) == ("csv", "csv", "Grants 2026")
    assert book.sheets[0].rows == [["Title", "Value"], ["A", None]]


def test_zeros_in_a_text_make_it_no_csv(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes(b"a,b\x00c\n")
    with pytest.raises(UnreadableFile):
        read_book(path)


@given(st.binary(max_size=300))
def test_any_bytes_end_in_rows_or_a_refusal(data: bytes) -> None:
    try:
        rows = csv_rows(data, 10_000)
    except Refusal:
        return
    assert all(value is None or isinstance(value, str) for row in rows for value in row)
