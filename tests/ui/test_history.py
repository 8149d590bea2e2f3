"""History at the window: the steps, one in full, and taking any of them back."""

import pytest
from ctdesk.services.editing import edit
from ctdesk.services.past import past
from ctdesk.services.records import record
from ctdesk.ui.places import Place
from ctdesk.ui.preview.window import PreviewWindow
from pypdf import PdfReader
from PySide6.QtCore import Qt
from tests.ui.names import unnamed
from tests.ui.windows import main_window, make_desk, uid_of


@pytest.fixture
def desk(tmp_path, monkeypatch):
    monkeypatch.setenv("CTDESK_CONFIG", str(tmp_path / "config"))
    made = make_desk(tmp_path / "weir.ctdesk")
    edit(made, "activity", "WH-001", {"annual_value": "120,000"}, why="uplift")
    edit(made, "activity", "WH-002", {"title": "School nurses"})
    return made


@pytest.fixture
def history(desk, qtbot):
    with main_window(desk) as window:
        window.go(Place("history"))
        screen = window.made("history")
        qtbot.waitUntil(lambda: screen.step.records.topLevelItemCount() > 0)
        yield screen


def shown(history):
    items = [history.table.topLevelItem(at) for at in range(history.table.topLevelItemCount())]
    return [item.text(3) for item in items if not item.isHidden()]


def told(history, qtbot, words):
    """Wait until the panel tells of a record with these words, and return its first field."""
    qtbot.waitUntil(lambda: words in history.step.records.topLevelItem(0).text(0))
    child = history.step.records.topLevelItem(0).child(0)
    return [child.text(column) for column in range(3)]


def test_steps_stand_newest_first_and_the_chosen_one_in_full(history, qtbot):
    assert shown(history)[:2] == ["Activity WH-002: Service title", "Activity WH-001: Annual value (£)"]
    assert told(history, qtbot, "School nurses: changed") == ["Service title", "School nursing", "School nurses"]
    qtbot.keyClick(history.table, Qt.Key.Key_Down)
    assert told(history, qtbot, "Health visiting") == ["Annual value (£)", "£100,000", "£120,000"]


def test_typing_narrows_the_steps_and_says_when_none_is_left(history, qtbot):
    qtbot.keyClicks(history.search, "value wh-001")
    assert shown(history) == ["Activity WH-001: Annual value (£)"]
    qtbot.keyClicks(history.search, "zzz")
    assert shown(history) == []
    assert "No step holds" in history.nothing.text()
    assert not history.nothing.isHidden()
    qtbot.keyClick(history.search, Qt.Key.Key_Escape)
    assert len(shown(history)) == 4
    assert history.nothing.isHidden()


def test_an_older_step_is_taken_back(history, desk, qtbot):
    step = next(line for line in past(desk) if "WH-001" in line.title)
    history.go(Place("history", uid=step.uid))
    history.step.undo.click()
    qtbot.waitUntil(lambda: shown(history)[0].startswith(f"Undo {step.number}"))
    assert record(desk, "activity", uid_of(desk, "WH-001"))["annual_value"] == 10_000_000
    assert history.line.uid == step.uid
    assert not history.step.undo.isEnabled()
    assert "It has been undone" in history.step.reason.text()


def test_what_cannot_be_taken_back_is_named(history, desk, qtbot):
    step = next(line for line in past(desk) if "WH-001" in line.title)
    edit(desk, "activity", "WH-001", {"annual_value": "150,000"})
    history.go(Place("history", uid=step.uid))
    history.step.undo.click()
    qtbot.waitUntil(lambda: not history.outcome.isHidden())
    said = history.outcome.words.text()
    assert "was not undone" in said
    assert "Annual value (£) of activity Health visiting stays £150,000: it has been changed since." in said


def test_the_making_of_the_workspace_stays(history, desk):
    history.choose(past(desk)[-1].uid)
    assert not history.step.undo.isEnabled()
    assert "cannot be undone" in history.step.reason.text()


def test_every_control_has_a_name(history):
    assert unnamed(history) == []


def test_what_is_seen_is_printed_and_exported_and_nothing_else(history, qtbot, tmp_path):
    qtbot.keyClicks(history.search, "value wh-001")
    history.print()
    window = history.window()
    qtbot.waitUntil(lambda: bool(window.findChildren(PreviewWindow)))
    opened = window.findChildren(PreviewWindow)[0]
    path = tmp_path / "printed.pdf"
    opened.save_to(path)
    opened.close()
    text = " ".join(page.extract_text() for page in PdfReader(path).pages)
    assert "Annual value" in text
    assert "value wh-001" in text
    assert "1 of 4 steps" in text
    assert "School" not in text
    history.export_to(tmp_path / "History.csv")
    qtbot.waitUntil(lambda: (tmp_path / "History.csv").exists() and not history.session.tasks)
    rows = (tmp_path / "History.csv").read_text(encoding="utf-8-sig").splitlines()
    assert rows[0] == "Step,When,Who,What,Records"
    assert len(rows) == 2
    assert rows[1].startswith("3,")
    assert "WH-001" in rows[1]


def test_print_and_export_have_their_keys_on_history(history):
    keys = {action.shortcut().toString(): action.text() for action in history.actions_offered()}
    assert keys["Ctrl+P"] == "Print what is seen…"
    assert keys["Ctrl+E"] == "Export what is seen to Excel…"
