"""Other formats than .xlsx, passwords, and the folder of difficult files."""

import csv
import io
import shutil
import subprocess
import zipfile
from collections.abc import Iterator
from pathlib import Path

import openpyxl
import pytest
from ctdesk.returns.reader import UnreadableFile, read_book
from tests.worked import children_below, worked

MEGABYTES = 1_000


def _workbook(path: Path) -> Path:
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "Activity"
    sheet.append(["Title", "Value", "Start"])
    sheet.append(["Short breaks", 1250.5, "01/04/2026"])
    sheet["B4"] = "=1/0"
    sheet["C4"] = "=NA()"
    sheet["A5"] = "=A2"
    book.create_sheet("Lists").sheet_state = "hidden"
    book.save(path)
    return path


def _locked(path: Path, password: str) -> Path:
    from msoffcrypto.format.ooxml import OOXMLFile

    plain = io.BytesIO(_workbook(path).read_bytes())
    locked = io.BytesIO()
    OOXMLFile(plain).encrypt(password, locked)
    path.write_bytes(locked.getvalue())
    return path


@pytest.mark.slow
def test_a_locked_workbook_asks_for_its_password_and_opens_with_it(tmp_path: Path) -> None:
    path = _locked(tmp_path / "a.xlsx", "Fern 42")
    with pytest.raises(UnreadableFile, match="protected by a password") as asked:
        read_book(path)
    assert asked.value.reason == "password needed"
    with pytest.raises(UnreadableFile, match="The password given does not open") as wrong:
        read_book(path, password="fern 42")  # noqa: S106 - a test's own password
    assert wrong.value.reason == "wrong password"
    book = read_book(path, password="Fern 42")  # noqa: S106 - a test's own password
    assert book.sheets[0].rows[1][0] == "Short breaks"


@pytest.mark.slow
def test_excels_own_password_is_not_asked_for(tmp_path: Path) -> None:
    path = _locked(tmp_path / "a.xlsx", "VelvetSweatshop")
    assert read_book(path).format == "xlsx"
    assert read_book(path, password="needless").format == "xlsx"  # noqa: S106 - a test's own password


@pytest.mark.slow
@pytest.mark.parametrize("form", ["xlsx", "xls", "ods"])
def test_what_libreoffice_saves_is_read_with_its_errors(form: str, tmp_path: Path) -> None:
    office = shutil.which("soffice")
    if office is None:
        pytest.skip("LibreOffice is not on this machine")
    source = _workbook(tmp_path / "source.xlsx")
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    command = [office, profile, "--headless", "--convert-to", form, "--outdir", str(tmp_path / "out"), str(source)]
    subprocess.run(command, check=True, capture_output=True, timeout=600)
    book = read_book(tmp_path / "out" / f"source.{form}")
    sheet = book.sheets[0]
    assert book.format == form
    assert sheet.errors == {(3, 1): "#DIV/0!", (3, 2): "#N/A"}
    assert sheet.rows[1] == ["Short breaks", 1250.5, "01/04/2026"]
    assert sheet.rows[3] == [None, None, None]
    assert sheet.rows[4] == ["Short breaks", None, None]
    assert sheet.formulas == {(3, 1), (3, 2), (4, 0)}
    assert not sheet.uncomputed
    assert book.sheets[1].hidden


def _difficult_files(corpus: Path) -> Iterator[tuple[Path, str | None]]:
    folder = corpus / "hostile"
    with (folder / "KNOWN-BAD.tsv").open(encoding="utf-8") as stream:
        passwords = {row["path"]: row["password"] for row in csv.DictReader(stream, delimiter="\t")}
    for path in sorted(folder.rglob("*")):
        if path.is_file():
            yield path, passwords.get(path.relative_to(folder).as_posix()) or None


def _outcome(path: Path, password: str | None) -> str:
    try:
        return read_book(path, password=password).format
    except UnreadableFile as refusal:
        return refusal.reason


@pytest.mark.slow
def test_every_difficult_file_is_read_or_refused_in_time_and_memory(corpus: Path) -> None:
    reasons: dict[str, int] = {}
    with children_below(MEGABYTES):
        for path, password in _difficult_files(corpus):
            begun = worked()
            outcome = _outcome(path, password)
            assert worked() - begun < 30, path
            reasons[outcome] = reasons.get(outcome, 0) + 1
    assert reasons["xlsx"] > 10 * reasons["damaged"]
    assert reasons.get("wrong password", 0) == 0
    assert reasons.get("crashed", 0) == 0


@pytest.mark.slow
def test_errors_in_a_binary_workbook_are_found(corpus: Path) -> None:
    sheet = read_book(corpus / "hostile" / "torture-poi" / "bug66682.xlsb").sheets[0]
    assert sheet.errors == {(6, 2): "#DIV/0!", (7, 2): "#REF!", (8, 2): "#NAME?", (9, 2): "#N/A"}
    assert sheet.formulas == {(row, 2) for row in range(1, 10)}
    assert [row[1] for row in sheet.rows[5:]] == ["abcd", "ERROR", "ERROR", "ERROR", "ERROR"]


def test_tabs_and_breaks_in_ods_keep_words_apart(tmp_path: Path) -> None:
    from ctdesk.returns.ods_file import write_ods

    plain, broken = tmp_path / "plain.ods", tmp_path / "broken.ods"
    write_ods({"Sheet": [["HERE", "quiet"]]}, plain)
    with zipfile.ZipFile(plain) as source, zipfile.ZipFile(broken, "w") as target:
        for name in source.namelist():
            told = b'one<text:tab/>two<text:line-break text:x="1"/>three<text:tab></text:tab>four'
            target.writestr(name, source.read(name).replace(b"HERE", told))
    assert read_book(broken).sheets[0].rows == [["one\ttwo\nthree\tfour", "quiet"]]
