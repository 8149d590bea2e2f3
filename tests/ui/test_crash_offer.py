"""After a fault the next start offers its report, once."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from ctdesk.services import crash
from ctdesk.services.crash import keep_report, waiting_report
from ctdesk.ui.crash_offer import offer_report
from PySide6.QtWidgets import QFileDialog


@pytest.fixture(autouse=True)
def own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(crash, "log_folder", lambda: tmp_path)


def test_without_a_fault_nothing_is_offered(qtbot) -> None:
    assert offer_report(None) is None


@pytest.mark.parametrize("wanted", [True, False])
def test_a_report_is_saved_if_wanted_and_offered_once(
    qtbot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, wanted: bool
) -> None:
    keep_report(ValueError("x"))
    target = tmp_path / "saved.txt"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(target), ""))
    box = offer_report(None)
    assert box is not None
    qtbot.addWidget(box)
    next(each for each in box.buttons() if each.text().startswith("Save" if wanted else "No")).click()
    assert target.exists() == wanted
    assert waiting_report() == ""
    assert offer_report(None) is None


@pytest.mark.slow
@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere the folder of the log is not to be named")
def test_a_window_that_ends_at_once_leaves_its_place_for_the_next_start(tmp_path: Path) -> None:
    program = "import ctypes; from ctdesk.app import Application; Application(); ctypes.string_at(0)"
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen", "XDG_STATE_HOME": str(tmp_path)}
    ended = subprocess.run([sys.executable, "-c", program], env=environment, capture_output=True, check=False)
    assert ended.returncode < 0
    (noted,) = tmp_path.rglob("sudden end.txt")
    assert b"Segmentation fault" in noted.read_bytes()
