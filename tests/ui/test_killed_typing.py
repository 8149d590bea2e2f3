"""The program ends without a word while somebody types: the next start has all but the field they were in."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from ctdesk.domain.changes import Action, created, present, updated
from ctdesk.services.opening import open_desk
from ctdesk.ui.draft import draft_of, keep_draft, place_of_draft
from ctdesk.ui.form.typed import Typed
from ctdesk.ui.grid.edit_many import EditManyDialog
from ctdesk.ui.memory import Memory
from ctdesk.ui.places import Place
from ctdesk.ui.session import Session
from tests.ui.windows import AGENCY, PROVIDER, main_window, make_desk, uid_of

ROOT = Path(__file__).parents[2]

TYPING = """
import os, signal, sys
from pathlib import Path
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from ctdesk.services.opening import open_desk
from ctdesk.ui.places import Place
from ctdesk.ui.session import Session
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
    form.parts.rows[1].wants.emit("delete")
    form.parts.add_new()
    kept, new = form.parts.rows
    first, second = form.weights.rows.values()
    for line, name, text in (
        (kept, "amount", "60,000"),
        (new, "source", "Charitable"),
        (new, "amount", "40,500"),
        (first, "weight", "70"),
        (new, "funder", "Half a w"),
    ):
        editor = line.editors[name]
        editor.show_text(text)
        editor.edited.emit()
        if name != "funder":
            editor.left.emit()
    os.kill(os.getpid(), signal.SIGKILL)
"""


def funded(desk):
    """Give an activity two funding lines and two client groups to be shared among."""
    uid = uid_of(desk, "WH-001")
    groups = tuple(entry.code for entry in desk.lists.offered("client_group")[:2])
    lines = [{"year": "2026/27", "source": "nhs", "amount": amount} for amount in (5_000_000, 1_000_000)]
    made = [created("funding_line", {"activity": uid, **line}) for line in lines]
    shared = updated("activity", uid, desk.load("activity")[uid], {"client_groups": groups})
    desk.apply(Action.EDIT, "Fund it", present([shared, *made]))
    return desk


@pytest.mark.slow
@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="here a process cannot be ended so")
def test_a_kill_while_typing_takes_at_most_the_field_being_typed(tmp_path, monkeypatch, qtbot):
    monkeypatch.setenv("CTDESK_CONFIG", str(tmp_path / "config"))
    path = tmp_path / "weir.ctdesk"
    funded(make_desk(path)).workspace.close()
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen", "PYTHONPATH": str(ROOT)}
    done = subprocess.run(
        [sys.executable, "-c", TYPING, str(path)], env=environment, cwd=ROOT, capture_output=True, check=False
    )
    assert done.returncode == -signal.SIGKILL, done.stderr.decode()
    desk = open_desk(path)
    with main_window(desk) as window:
        window.start()
        form = window.made("record").form
        lines = [(line["source"], line["amount"], line["funder"]) for line in form.parts.values()]
        assert lines == [("nhs", 6_000_000, None), ("charitable", 4_050_000, None)]
        assert [row.editor.typed() for row in form.weights.rows.values()] == ["70", ""]
        assert {edit.kind: edit.after for edit in form.part_edits() if edit.after is None} == {"funding_line": None}
        assert form.rows["annual_value"].editor.typed() == "120000"
        assert form.rows["comments"].editor.typed() == "Ask the team"
        assert {"annual_value", "comments"} <= set(form.touched())
        assert window.made("record").save()
        assert desk.load("activity")[uid_of(desk, "WH-001")]["annual_value"] == 12_000_000
        assert sorted(line["amount"] for line in desk.load("funding_line").values()) == [4_050_000, 6_000_000]
        assert [weight["weight"] for weight in desk.load("weight").values()] == [70]
        assert place_of_draft(window.session.memory) is None


def test_another_window_of_the_same_person_takes_nothing_away(tmp_path, monkeypatch):
    monkeypatch.setenv("CTDESK_CONFIG", str(tmp_path / "config"))
    path = tmp_path / "weir.ctdesk"
    writing, reading = Memory(path), Memory(path)
    keep_draft(writing, "activity", None, Typed({"title": "Night nursing"}))
    reading.put("screen", "history")
    again = Memory(path)
    assert draft_of(again, "activity", None).fields == {"title": "Night nursing"}
    assert again.get("screen") == "history"


def test_what_many_records_were_to_hold_is_brought_back(tmp_path, monkeypatch, qtbot):
    monkeypatch.setenv("CTDESK_CONFIG", str(tmp_path / "config"))
    desk = make_desk(tmp_path / "weir.ctdesk")
    with main_window(desk) as window:
        dialog = EditManyDialog(window, window.session, "activity", 2, "tier")
        dialog.rows[0].editor.show_text("Universal")
        dialog.add("notice_months").editor.show_text("3")
        dialog.rows[1].editor.left.emit()
        killed = Session(desk)
        again = EditManyDialog(window, killed, "activity", 2, "level")
        assert again.typed() == {"tier": "Universal", "notice_months": "3"}
        again.forget()
        assert EditManyDialog(window, killed, "activity", 2, "level").typed() == {"level": ""}


def test_an_agreement_that_was_being_typed_into_is_shown_at_its_form(tmp_path, monkeypatch, qtbot):
    monkeypatch.setenv("CTDESK_CONFIG", str(tmp_path / "config"))
    desk = make_desk(tmp_path / "weir.ctdesk")
    agreement = created("agreement", {"reference": "CON-1", "title": "Talk"})
    desk.apply(Action.EDIT, "Agree", [agreement])
    with main_window(desk) as window:
        keep_draft(window.session.memory, "agreement", agreement.uid, Typed({"title": "Talk and listen"}))
        window.start()
        contract = window.made("contract")
        assert contract.tabs.currentWidget() is contract.details
        assert contract.details.form.rows["title"].editor.typed() == "Talk and listen"


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
