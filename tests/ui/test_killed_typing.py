"""The program ends without a word while somebody types: the next start has all but the field they were in."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from ctdesk.services.opening import open_desk
from ctdesk.ui.draft import place_of_draft
from ctdesk.ui.places import Place
from tests.ui.windows import AGENCY, PROVIDER, main_window, make_desk, uid_of

ROOT = Path(__file__).parents[2]

TYPING = """
import os, signal, sys
from pathlib import Path
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from ctdesk.services.opening import open_desk
from ctdesk.ui.places import Place
from tests.ui.windows import main_window, uid_of

qt = QApplication([])
desk = open_desk(Path(sys.argv[1]))
with main_window(desk) as window:
    window.go(Place("record", kind="activity", uid=uid_of(desk, "WH-001")))
    form = window.made("record").form
    for name, text in (("annual_value", "120000"), ("comments", "Ask the team"), ("pool", "Half a w")):
        editor = form.rows[name].editor
        editor.show_text("")
        QTest.keyClicks(editor.focusProxy(), text)
        editor.edited.emit()
        if name != "pool":
            editor.left.emit()
    os.kill(os.getpid(), signal.SIGKILL)
"""


@pytest.mark.slow
@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="here a process cannot be ended so")
def test_a_kill_while_typing_takes_at_most_the_field_being_typed(tmp_path, monkeypatch, qtbot):
    monkeypatch.setenv("CTDESK_CONFIG", str(tmp_path / "config"))
    path = tmp_path / "weir.ctdesk"
    make_desk(path).workspace.close()
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen", "PYTHONPATH": str(ROOT)}
    done = subprocess.run(
        [sys.executable, "-c", TYPING, str(path)], env=environment, cwd=ROOT, capture_output=True, check=False
    )
    assert done.returncode == -signal.SIGKILL, done.stderr.decode()
    desk = open_desk(path)
    with main_window(desk) as window:
        window.start()
        form = window.made("record").form
        assert form.rows["annual_value"].editor.typed() == "120000"
        assert form.rows["comments"].editor.typed() == "Ask the team"
        assert {"annual_value", "comments"} <= set(form.touched())
        assert window.made("record").save()
        assert desk.load("activity")[uid_of(desk, "WH-001")]["annual_value"] == 12_000_000
        assert place_of_draft(window.session.memory) is None


@pytest.mark.parametrize("how", ["saved", "discarded"])
def test_what_was_saved_or_thrown_away_is_not_brought_back(tmp_path, monkeypatch, qtbot, how):
    monkeypatch.setenv("CTDESK_CONFIG", str(tmp_path / "config"))
    desk = make_desk(tmp_path / "weir.ctdesk")
    with main_window(desk) as window:
        window.go(Place("record", kind="activity"))
        screen = window.made("record")
        for name, text in (("title", "Night nursing"), ("agency", AGENCY), ("provider", PROVIDER)):
            screen.form.rows[name].editor.show_text(text)
            screen.form.rows[name].editor.edited.emit()
            screen.form.rows[name].editor.left.emit()
        memory = window.session.memory
        assert place_of_draft(memory) == Place("record", kind="activity")
        assert screen.save() if how == "saved" else not screen.discard()
        assert place_of_draft(memory) is None
