"""Whoever has only the README gets from a clone to a printed pack: its commands are run as they stand there."""

import re
import shlex
import shutil
from pathlib import Path

import pytest
from ctdesk.cli import run
from ctdesk.returns.filling import TypedCell, fill_in
from ctdesk.services.desk import at_desk

ROOT = Path(__file__).parents[2]
COMMAND = re.compile(r"^    ctdesk (.+)$", re.MULTILINE)
FOR_A_LATER_DAY = "ctdesk undo borough.ctdesk CHANGE_SET"


def answer_the_workbook() -> None:
    """Do what the README leaves to the reader: fill a workbook in and save it into the folder returned."""
    (sent,) = Path("sent").glob("*.xlsx")
    Path("returned").mkdir()
    with at_desk(Path("borough.ctdesk"), read_only=True) as desk:
        cells = [TypedCell("Activity", "CS-001", "Annual value (£)", 90_000)]
        fill_in(sent, Path("returned") / sent.name, desk.lists, cells, [], confirm=True)


def words_of(line: str) -> list[str]:
    """Return the words of a command as a terminal hands them on, with stars filled in."""
    return [word for typed in shlex.split(line) for word in (_files(typed) if "*" in typed else [typed])]


def _files(pattern: str) -> list[str]:
    return sorted(map(str, Path().glob(pattern)))


def test_the_commands_of_the_readme_lead_to_a_printed_pack(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    shutil.copytree(ROOT / "docs", tmp_path / "docs", ignore=shutil.ignore_patterns("*.png"))
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("CTDESK_CONFIG", str(tmp_path / "config"))
    told = (ROOT / "README.md").read_text(encoding="utf-8")
    for line in COMMAND.findall(told):
        if f"ctdesk {line}" == FOR_A_LATER_DAY:
            continue
        if line.startswith("receive") and not Path("returned").exists():
            answer_the_workbook()
        assert run(words_of(line)) in {0, 1}, f"{line}: {capsys.readouterr().err}"
    assert sorted(path.name for path in Path("pack").iterdir()) == [
        "September board, public edition.pdf",
        "September board, restricted edition.pdf",
    ]
    assert run(["check", "borough.ctdesk"]) == 0


def test_every_page_and_picture_that_the_documents_name_is_there() -> None:
    for page in [ROOT / "README.md", *(ROOT / "docs").rglob("*.md")]:
        for target in re.findall(r"\]\(([^)#:]+)\)", page.read_text(encoding="utf-8")):
            assert (page.parent / target).exists(), f"{page.relative_to(ROOT)} names {target}"
