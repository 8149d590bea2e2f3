"""A workspace or a backup dropped on the window or on the start page: said, offered, and brought about safely."""

import shutil
from pathlib import Path

import pytest
from ctdesk.services.creating import create_workspace
from ctdesk.services.editing import edit
from ctdesk.services.opening import open_desk, open_to_read
from ctdesk.services.recognising import Recognised
from ctdesk.services.upkeep import back_up
from ctdesk.ui.frame.drops import offer_files
from ctdesk.ui.screens.start import StartPage
from ctdesk.ui.widgets import Banner
from PySide6.QtWidgets import QFileDialog, QMessageBox, QPushButton
from tests.ui.windows import main_window, uid_of


@pytest.fixture
def asked(monkeypatch):
    """Agree to whatever a message box offers, and keep what each said."""
    said = []

    def answer(box):
        said.append((box.text(), box.informativeText(), [each.text() for each in box.buttons()]))
        return 0

    monkeypatch.setattr(QMessageBox, "exec", answer)
    monkeypatch.setattr(QMessageBox, "clickedButton", agreeing)
    return said


def agreeing(box):
    return next(button for button in box.buttons() if button.text() not in {"Cancel", "Not now"})


def other_workspace(folder):
    with create_workspace(folder / "other.ctdesk", name="Other trust") as made:
        made.changed = False
    return folder / "other.ctdesk"


def dropped(window, qtbot, asked, path):
    offer_files(window, [path])
    qtbot.waitUntil(lambda: bool(asked))
    return asked[0]


def test_another_workspace_is_opened_in_the_place_of_this_one(window, desk, qtbot, asked, tmp_path):
    left = []
    window.left_for.connect(left.append)
    path = other_workspace(tmp_path)
    said, more, buttons = dropped(window, qtbot, asked, path)
    assert said == "other.ctdesk is a workspace of the desk."
    assert "It holds Other trust" in more
    assert "weir.ctdesk is closed first." in more
    assert buttons == ["Open it", "Not now"]
    assert left == [path]
    assert not window.is_open
    opened = open_desk(desk.workspace.path)  # it was let go
    opened.workspace.close()


def test_the_workspace_that_is_open_is_only_named(window, desk, qtbot, asked):
    said, _, buttons = dropped(window, qtbot, asked, desk.workspace.path)
    assert said == "weir.ctdesk is the workspace that is open now."
    assert buttons == ["Close"]


def test_a_backup_of_this_workspace_is_brought_back_once_all_is_said(window, desk, qtbot, asked):
    kept = back_up(desk)
    edit(desk, "activity", "WH-001", {"title": "Visits at home"})
    said, more, buttons = dropped(window, qtbot, asked, kept)
    assert "is a backup made on" in said
    assert "It holds Weir Children’s Trust: 2 activities, 2 organisations." in more
    assert buttons[0] == "Bring it back…"
    question, lost, _ = asked[1]
    assert question == f"Put the workspace back to {kept.name}?"
    assert "Activity WH-001: Service title" in lost
    assert desk.load("activity")[uid_of(desk, "WH-001")]["title"] == "Health visiting"
    assert "What was there before is kept as" in window.status._work.text()
    aside = next(path for path in kept.parent.glob("*before restore*"))
    before = open_to_read(aside)
    assert before.load("activity")[uid_of(before, "WH-001")]["title"] == "Visits at home"
    before.workspace.close()


def test_a_backup_of_another_workspace_gets_a_file_of_its_own(window, desk, qtbot, asked, monkeypatch, tmp_path):  # noqa: PLR0917 - fixtures
    folder = tmp_path / "else"
    folder.mkdir()
    other = open_desk(other_workspace(folder))
    kept = back_up(other)
    other.workspace.close()
    left, offered = [], []

    def target(_parent, _title, name, *_rest, **_options):
        offered.append(Path(name))
        return str(tmp_path / "restored.ctdesk"), ""

    monkeypatch.setattr(QFileDialog, "getSaveFileName", target)
    window.left_for.connect(left.append)
    _, more, buttons = dropped(window, qtbot, asked, kept)
    assert "It is not of the workspace that is open now" in more
    assert buttons[0] == "Restore it…"
    assert offered == [folder / "other.ctdesk"]
    assert left == [tmp_path / "restored.ctdesk"]
    opened = open_desk(left[0])
    assert opened.setting("name") == "Other trust"
    opened.workspace.close()


def test_no_backup_is_put_over_the_open_workspace_by_its_name(window, desk, monkeypatch, tmp_path):
    from ctdesk.ui.frame.bringing_back import elsewhere

    kept = back_up(desk)
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_, **__: (str(desk.workspace.path), ""))
    elsewhere(window, kept)
    assert "under another name" in window.status._work.text()
    assert window.is_open


def test_where_only_reading_is_open_nothing_is_offered_that_alters(desk, qtbot, asked, monkeypatch):
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_, **__: ("", ""))
    kept = back_up(desk)
    desk.workspace.changed = False
    with main_window(open_to_read(desk.workspace.path)) as window:
        window.start()
        offer_files(window, [kept])
        qtbot.waitUntil(lambda: bool(asked))
        assert asked[0][2] == ["Restore it…", "Not now"]
    desk.workspace.close()


def test_several_returns_are_offered_once_and_reviewed_in_turn(window, qtbot, asked, monkeypatch, tmp_path):
    found = {
        name: Recognised("return", f"{name} is a return.", {"agency": agency})
        for name, agency in (("a.xlsx", "Weir Health"), ("b.xlsx", "Weir Schools"))
    }
    found["c.txt"] = Recognised("nothing", "c.txt is not a spreadsheet.")
    monkeypatch.setattr("ctdesk.services.recognising.what_is", lambda path, _desk: found[path.name])
    gone = []
    monkeypatch.setattr(window, "go", gone.append)
    offer_files(window, [tmp_path / name for name in ("a.xlsx", "c.txt", "b.xlsx")])
    qtbot.waitUntil(lambda: len(asked) == 2)
    assert asked[0][0] == "2 returned workbooks:"
    assert asked[0][1].splitlines() == ["Weir Health, a.xlsx", "Weir Schools, b.xlsx"]
    assert asked[1][2] == ["Close"]
    assert [place.path.name for place in gone] == ["b.xlsx", "a.xlsx"]  # the last that is opened leads on to the others


@pytest.fixture
def page(desk, qtbot):
    desk.workspace.close()
    made = StartPage()
    qtbot.addWidget(made)
    made.show()
    return made


def test_the_start_page_opens_a_workspace_and_offers_to_restore_a_backup(page, desk, qtbot, tmp_path):
    with qtbot.waitSignal(page.opened) as opened:
        page.take(desk.workspace.path)
    kept = back_up(opened.args[0])
    opened.args[0].workspace.close()
    page.take(kept)
    words = [button.text() for button in page.findChildren(QPushButton)]
    assert "Restore it…" in words
    assert page.findChildren(Banner)


def test_the_start_page_restores_a_backup_and_opens_it(page, desk, qtbot, monkeypatch, tmp_path):
    copy = tmp_path / "weir 2026-01-02 03.04.05.ctdesk"
    shutil.copyfile(desk.workspace.path, copy)
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_, **__: (str(tmp_path / "again"), ""))
    page.take(copy)
    restore = next(button for button in page.findChildren(QPushButton) if button.text() == "Restore it…")
    with qtbot.waitSignal(page.opened) as opened:
        restore.click()
    assert opened.args[0].workspace.path == tmp_path / "again.ctdesk"
    opened.args[0].workspace.close()


def test_the_start_page_says_what_needs_a_workspace_first(page, tmp_path):
    path = tmp_path / "return.csv"
    path.write_text("Service title\nNursing\n")
    page.take(path)
    page.take(tmp_path / "gone.ctdesk")
    assert page.findChildren(Banner)
