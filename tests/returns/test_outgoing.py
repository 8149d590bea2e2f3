"""What a workbook or table gives away is found in the bytes that would leave."""

import io
import re
import zipfile
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest
import xlsxwriter
from ctdesk.domain.outgoing import Concern, GivesAway, Remark
from ctdesk.returns.export import write_table
from ctdesk.returns.outgoing import csv_remarks, workbook_remarks
from ctdesk.returns.refusals import Refusal
from ctdesk.returns.workbook import save, write_workbook
from tests.returns.workbook_books import filled_book

NHS_NUMBER = "943 476 5919"
MOMENT = datetime(2026, 1, 1, tzinfo=UTC)


def book(fill: Callable[[xlsxwriter.Workbook], object], **properties: object) -> bytes:
    target = io.BytesIO()
    workbook = xlsxwriter.Workbook(target, {"in_memory": True})
    workbook.set_properties({"created": MOMENT, **properties})
    workbook.add_worksheet("Sheet").write("A1", "Heading")
    fill(workbook)
    workbook.close()
    return target.getvalue()


def with_part(content: bytes, name: str, part: bytes) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(target, "w") as new:
        for item in old.infolist():
            new.writestr(item, old.read(item))
        new.writestr(name, part)
    return target.getvalue()


def form(folder: Path) -> bytes:
    write_workbook(filled_book(30), folder / "form.xlsx")
    return (folder / "form.xlsx").read_bytes()


def concerns(content: bytes, **how: object) -> list[Concern]:
    return [remark.concern for remark in workbook_remarks(content, **how)]


def sheet(workbook: xlsxwriter.Workbook):
    return workbook.get_worksheet_by_name("Sheet")


GIVES_AWAY = {
    "a hidden sheet": (Concern.HIDDEN, lambda w: w.add_worksheet("Notes").hide()),
    "a very hidden sheet": (Concern.HIDDEN, lambda w: w.add_worksheet("Notes").very_hidden()),
    "a hidden column": (Concern.HIDDEN, lambda w: sheet(w).set_column(2, 2, 8, None, {"hidden": True})),
    "a hidden row": (Concern.HIDDEN, lambda w: sheet(w).set_row(4, 15, None, {"hidden": True})),
    "a formula": (Concern.FORMULA, lambda w: sheet(w).write_formula("B7", "=1+1")),
    "a link": (Concern.LINK, lambda w: sheet(w).write_url("B7", "https://example.org/x")),
    "a number of the NHS": (Concern.PERSONAL, lambda w: sheet(w).write("C3", f"see {NHS_NUMBER}")),
    "another's row": (Concern.OTHERS, lambda w: sheet(w).write("C3", "FOREIGN1")),
}


@pytest.mark.parametrize("name", GIVES_AWAY)
def test_what_it_gives_away_is_found(name: str) -> None:
    concern, fill = GIVES_AWAY[name]
    assert concerns(book(fill), foreign=lambda text: text == "FOREIGN1") == [concern]


def test_a_plain_workbook_gives_nothing_away() -> None:
    assert concerns(book(lambda _: None)) == []


def test_the_cell_is_named_and_the_data_is_not_repeated() -> None:
    (remark,) = workbook_remarks(book(GIVES_AWAY["a number of the NHS"][1]))
    assert remark == Remark(Concern.PERSONAL, "Sheet!C3", "it seems to hold an NHS number")


def test_a_person_in_the_properties_is_named_but_an_organisation_is_not() -> None:
    by_a_person = book(lambda _: None, author="A. Person")
    assert set(concerns(by_a_person)) == {Concern.AUTHOR}
    assert concerns(by_a_person, authors=["A. Person"]) == []
    assert concerns(book(lambda _: None, author="Weir Trust", company="Weir Trust")) == []
    assert Concern.AUTHOR in concerns(book(lambda _: None, author="Weir Trust", company="Weir Trust"), authors=[])


def test_the_place_of_a_file_in_the_properties_is_found() -> None:
    assert concerns(book(lambda _: None, comments=r"from C:\Users\sam\trust.xlsx")) == [Concern.PLACE]


@pytest.mark.parametrize(
    ("part", "concern"),
    [
        ("xl/vbaProject.bin", Concern.CODE),
        ("xl/embeddings/oleObject1.bin", Concern.CODE),
        ("xl/externalLinks/externalLink1.xml", Concern.LINK),
        ("xl/connections.xml", Concern.LINK),
        ("xl/printerSettings/printerSettings1.bin", Concern.LINK),
    ],
)
def test_parts_that_have_no_business_in_a_table_are_found(part: str, concern: Concern) -> None:
    assert concerns(with_part(book(lambda _: None), part, b"<x/>")) == [concern]


def test_the_form_with_all_its_own_formulas_gives_nothing_away(tmp_path: Path) -> None:
    assert workbook_remarks(form(tmp_path)) == []


def test_a_formula_typed_into_the_form_is_told_from_its_own(tmp_path: Path) -> None:
    content = form(tmp_path)
    with zipfile.ZipFile(io.BytesIO(content)) as old:
        xml = old.read("xl/worksheets/sheet2.xml")
    altered, count = re.subn(rb'(<c r="C6"[^>]*) t="s"><v>\d+</v>', rb"\1><f>A1+1</f><v>2</v>", xml)
    assert count == 1
    target = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(target, "w") as new:
        for item in old.infolist():
            new.writestr(item, altered if item.filename.endswith("sheet2.xml") else old.read(item))
    (remark,) = workbook_remarks(target.getvalue())
    assert (remark.concern, remark.where) == (Concern.FORMULA, "Activity!C6")


@pytest.mark.parametrize("formula", ['=WEBSERVICE("http://x")', "=[1]Sheet1!A1", "=INDIRECT(A1)", '=HYPERLINK("x")'])
def test_a_formula_that_reaches_outside_is_told_wherever_it_stands(formula: str) -> None:
    found = workbook_remarks(book(lambda w: sheet(w).write_formula("B7", formula)))
    assert any("reaches outside" in remark.what for remark in found)


def test_a_table_that_would_give_something_away_is_not_written(tmp_path: Path) -> None:
    path = tmp_path / "out.xlsx"
    with pytest.raises(GivesAway, match=r"out.xlsx was not written.*a formula: Sheet!B7.*\.$"):
        save(path, book(GIVES_AWAY["a formula"][1]))
    assert not path.exists()
    save(path, book(GIVES_AWAY["a number of the NHS"][1]))  # typed by an agency; named to the officer, not withheld


@pytest.mark.parametrize("text", ["=1+1", "+44", "@SUM(A1)", "-x", "\tx", "=cmd|' /c calc'!A1", "plain"])
@pytest.mark.parametrize("ending", ["csv", "xlsx"])
def test_texts_that_look_like_formulas_leave_as_texts(tmp_path: Path, ending: str, text: str) -> None:
    path = tmp_path / f"out.{ending}"
    write_table(path, ["Title", "Value (£)"], [[text, -12.5]], sheet="Activities")
    content = path.read_bytes()
    assert (csv_remarks(content) if ending == "csv" else workbook_remarks(content)) == []


def test_cells_that_a_spreadsheet_would_compute_are_found_by_line_and_column() -> None:
    found = csv_remarks(b'a,b\r\n1,"=HYPERLINK(1)"\r\n-5,x\r\n', texts=False)
    assert [remark.where for remark in found] == ["line 2, column 2"]
    assert [remark.concern for remark in csv_remarks(f"a\n{NHS_NUMBER}\n".encode())] == [Concern.PERSONAL]


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04 cut short", b"%PDF-1.4"])
def test_what_is_no_workbook_is_refused(content: bytes) -> None:
    with pytest.raises(Refusal):
        workbook_remarks(content)
