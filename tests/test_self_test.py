"""The program's trial of itself: every step is taken, and a fault in one is told and fails the whole."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from ctdesk import self_test
from ctdesk.self_test import Failed, Trial

BUILT = Path(__file__).parents[1] / "dist" / "ctdesk" / ("ctdesk.exe" if os.name == "nt" else "ctdesk")


def lines_of(command: list[str], folder: Path) -> list[str]:
    done = subprocess.run(command, capture_output=True, text=True, check=False, cwd=folder, encoding="utf-8")
    assert (done.returncode, done.stderr) == (0, ""), done.stdout
    return done.stdout.splitlines()


@pytest.mark.slow
def test_the_source_passes_its_own_trial() -> None:
    lines = lines_of([sys.executable, "-m", "ctdesk", "--self-test"], Path(__file__).parents[1])
    assert [line[7:].partition(":")[0] for line in lines] == list(self_test.STEPS)
    assert all(line.startswith("ok ") for line in lines)


@pytest.mark.slow
@pytest.mark.skipif(not BUILT.is_file(), reason="nothing is built here: python3 dev.py build")
def test_the_built_program_reads_workbooks_by_starting_itself_and_writes_nothing_beside_it(tmp_path: Path) -> None:
    before = sorted(BUILT.parent.rglob("*"))
    lines = lines_of([str(BUILT), "--self-test"], tmp_path)
    assert any("read by ctdesk" in line for line in lines)
    assert sorted(BUILT.parent.rglob("*")) == before
    assert list(tmp_path.iterdir()) == []


def test_a_step_that_fails_is_told_and_the_others_are_still_taken(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def broken(_: Trial) -> str:
        raise Failed("it is not there")

    def fault(_: Trial) -> str:
        raise KeyError("glyph")

    monkeypatch.setattr(self_test, "STEPS", {"One": broken, "Two": fault, "Three": lambda _: "done"})
    monkeypatch.setenv("QT_QPA_PLATFORM", "offscreen")
    monkeypatch.setenv("CTDESK_CONFIG", "elsewhere")
    assert self_test.self_test() == 1
    said = capsys.readouterr()
    assert [line.split(" (")[0] for line in said.out.splitlines()] == [
        "FAILED One: Failed: it is not there",
        "FAILED Two: KeyError: 'glyph'",
        "ok     Three: done",
    ]
    assert "Traceback" in said.err
