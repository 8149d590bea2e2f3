"""Settings at the window: the team's, the look, the lists and the backups, through their widgets."""

import threading
from datetime import date

import pytest
from ctdesk.domain.cancelling import cancelling
from ctdesk.domain.changes import Action, created, present, updated
from ctdesk.services.list_edit import entries
from ctdesk.services.opening import open_to_read
from ctdesk.services.past import past
from ctdesk.services.recent import Look, load_look, save_look
from ctdesk.services.upkeep import back_up, kept_backups
from ctdesk.ui.places import Place
from ctdesk.ui.screens import settings_access, settings_backups, settings_keeping
from ctdesk.ui.screens.settings_word import WordDialog
from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QApplication, QMessageBox
from tests.ui.names import unnamed
from tests.ui.windows import main_window, make_desk


@pytest.fixture
def window(desk, qtbot):
    with main_window(desk) as made:
        yield made


def settings(window, page="team"):
    window.go(Place("settings", kind=page))
    return window.made("settings")


def in_dialog(act):
    """Do something in the word dialog once it is open."""

    def do():
        dialog = QApplication.activeModalWidget()
        assert isinstance(dialog, WordDialog)
        act(dialog)

    QTimer.singleShot(0, do)


def test_the_team_is_settled_by_typing_and_saving(window, desk, qtbot):
    team = settings(window).team
    assert not team.save_button.isEnabled()
    field = team.fields["variance_percent"]
    field.selectAll()
    qtbot.keyClicks(field, "30")
    assert team.save_button.isEnabled()
    qtbot.mouseClick(team.save_button, Qt.MouseButton.LeftButton)
    assert desk.setting("variance_percent") == "30"
    assert not team.save_button.isEnabled()
    window.past.undo.trigger()
    qtbot.waitUntil(lambda: field.text() == "25")


def test_a_fault_is_said_in_the_place_of_the_help_and_nothing_is_saved(window, desk, qtbot):
    team = settings(window).team
    qtbot.keyClicks(team.fields["reply_to"], "desk at example")
    qtbot.keyClick(team.fields["reply_to"], Qt.Key.Key_Return)
    assert "not an e-mail address" in team.helps["reply_to"].text()
    assert not team.save()
    assert desk.setting("reply_to") == ""
    team.discard.click()
    assert team.fields["reply_to"].text() == ""
    assert "address" not in team.helps["reply_to"].text()


@pytest.mark.parametrize("answer", ["Save", "Discard", "Cancel"])
def test_leaving_unsaved_settings_asks(window, desk, qtbot, monkeypatch, answer):
    team = settings(window).team
    qtbot.keyClicks(team.fields["team"], " east")
    monkeypatch.setattr(QMessageBox, "question", lambda *_: QMessageBox.StandardButton[answer])
    window.go(Place("history"))
    assert (window.current == "history") is (answer != "Cancel")
    assert (desk.setting("team") == "The commissioning team east") is (answer == "Save")


def test_the_look_is_applied_at_once_and_remembered(window, qtbot, themed, dressed):
    look = settings(window, "look").look
    dressed("light")
    before = themed.font().pixelSize()
    qtbot.keyClicks(look.scheme, "Dark")
    qtbot.keyClicks(look.text, "200")
    qtbot.waitUntil(lambda: themed.font().pixelSize() == 2 * before)
    assert load_look() == Look("dark", 200)
    assert themed.palette().window().color().lightness() < 60


def test_the_look_chosen_before_is_shown(window):
    save_look(Look("contrast", 150))
    look = settings(window, "look").look
    assert (look.scheme.currentText(), look.text.currentText()) == ("High contrast", "150%")


def test_words_of_a_list_are_added_renamed_moved_and_retired(window, desk, qtbot):
    lists = settings(window, "lists").lists
    lists.which.setCurrentIndex(lists.which.findData("tier"))
    lists.table.setFocus()
    in_dialog(lambda it: (it.label.setText("Crisis care"), it.keep.click()))
    qtbot.keyClick(lists.table, Qt.Key.Key_N, Qt.KeyboardModifier.ControlModifier)
    assert lists.line.word.label == "Crisis care"
    window.activateWindow()
    qtbot.waitUntil(lists.table.hasFocus)
    qtbot.keyClick(lists.table, Qt.Key.Key_Up, Qt.KeyboardModifier.AltModifier)
    assert [it.word.label for it in entries(desk, "tier")][-2] == "Crisis care"
    in_dialog(lambda it: (it.label.setText("Emergency care"), it.keep.click()))
    qtbot.keyClick(lists.table, Qt.Key.Key_F2)
    assert desk.lists.label("tier", "crisis_care") == "Emergency care"
    lists.retire.click()
    assert lists.line.retired
    assert lists.table.currentItem().text(1) == "Retired"
    assert lists.retire.text() == "Offer again"
    assert past(desk)[0].title == "Tier: retire Emergency care"


def test_a_word_that_is_there_already_is_refused_in_the_dialog(window, desk, qtbot):
    lists = settings(window, "lists").lists
    steps = len(past(desk))
    said = []
    taken = lists.line.word.label
    in_dialog(lambda it: (it.label.setText(taken), it.keep.click(), said.append(it.fault.text()), it.reject()))
    lists.add.click()
    assert "already stands for" in said[0]
    assert len(past(desk)) == steps


def test_backups_are_made_listed_and_brought_back(window, desk, qtbot, monkeypatch):
    page = settings(window, "backup").backups
    page.make.click()
    qtbot.waitUntil(lambda: page.table.topLevelItemCount() == 1)
    qtbot.waitUntil(lambda: not window.session.tasks)
    team = settings(window, "team").team
    team.fields["team"].setText("Afterwards")
    assert team.save()
    settings(window, "backup")
    monkeypatch.setattr(settings_backups, "agreed", lambda *_: False)
    page.restore.click()
    assert desk.setting("team") == "Afterwards"
    monkeypatch.setattr(settings_backups, "agreed", lambda *_: True)
    page.restore.click()
    assert desk.setting("team") == "The commissioning team"
    assert "is kept as" in page.outcome.words.text()
    assert team.fields["team"].text() == "The commissioning team"


def test_a_backup_that_is_ruined_is_said_and_the_desk_goes_on(window, desk, qtbot, monkeypatch):
    back_up(desk)
    page = settings(window, "backup").backups
    kept_backups(desk)[0].path.write_bytes(b"ruin")
    monkeypatch.setattr(settings_backups, "agreed", lambda *_: True)
    page.restore.click()
    assert not page.outcome.isHidden()
    assert settings(window).team.fields["name"].text() == "Weir Children’s Trust"


@pytest.mark.parametrize("page", ["team", "look", "lists", "backup", "keeping", "access"])
def test_every_control_has_a_name(window, page):
    assert unnamed(settings(window, page)) == []


def test_a_workspace_open_to_read_only_lets_nothing_be_altered(tmp_path, monkeypatch, qtbot):
    monkeypatch.setenv("CTDESK_CONFIG", str(tmp_path / "config"))
    path = tmp_path / "weir.ctdesk"
    make_desk(path).workspace.close()
    with main_window(open_to_read(path)) as window:
        screen = settings(window, "lists")
        offered = [screen.lists.add, screen.lists.edit, screen.lists.retire, screen.backups.restore]
        assert not any(it.isEnabled() for it in [*offered, screen.team.save_button])
        assert screen.team.fields["name"].isReadOnly()
        assert unnamed(screen) == []
        window.go(Place("history"))
        assert window.made("history").step.reason.text() == "This workspace is open to read only."


@pytest.fixture
def long_over(desk):
    """A desk with two activities that ended long ago."""
    changes = [updated("activity", uid, it, {"end": date(2001, 3, 31)}) for uid, it in desk.load("activity").items()]
    desk.apply(Action.EDIT, "End", present(changes))
    return desk


def test_what_was_kept_long_enough_is_listed_ticked_shown_and_removed(long_over, qtbot, monkeypatch):
    with main_window(long_over) as window:
        page = settings(window, "keeping").keeping
        assert page.table.topLevelItemCount() == 2
        assert page.table.topLevelItem(0).text(3) == "Ended 31/03/2001, kept 7 years"
        assert not page.remove.isEnabled(), "nothing is ticked by itself"
        page.table.topLevelItem(0).setCheckState(0, Qt.CheckState.Checked)
        asked = []
        monkeypatch.setattr(settings_keeping, "agreed", lambda *said: asked.append(said) or len(asked) > 1)
        page.remove.click()
        qtbot.waitUntil(lambda: bool(asked) and not window.session.tasks)
        assert "This cannot be undone." in asked[0][2]
        assert len(long_over.load("activity")) == 2, "who cancels keeps it"
        page.remove.click()
        qtbot.waitUntil(lambda: "removed for good" in page.outcome.words.text())
        assert len(long_over.load("activity")) == 1
        assert page.table.topLevelItemCount() == 1
        assert "removal" not in window.past.undo.text().lower()


@pytest.fixture
def contact(desk):
    """A contact of the agency whom a note names too."""
    agency = next(uid for uid, it in desk.load("organisation").items() if it["is_agency"])
    made = created("contact", {"agency": agency, "role": "Manager", "name": "Ellen Example", "email": "ee@example.org"})
    held = next(iter(desk.load("activity").items()))
    named = updated("activity", *held, {"comments": "Ask ELLEN example"})
    desk.apply(Action.EDIT, "Who to ask", present([made, named]))
    return made.uid


def test_what_is_held_about_a_contact_is_looked_for_counted_and_saved(window, contact, qtbot, monkeypatch, tmp_path):
    window.go(Place("record", kind="contact", uid=contact))
    record = window.made("record")
    qtbot.mouseClick(record._held, Qt.MouseButton.LeftButton)
    page = window.made("settings").access
    assert page.isVisible()
    assert page.names.text() == "Ellen Example; ee@example.org"
    qtbot.waitUntil(lambda: page.table.topLevelItemCount() > 0)
    lines = [tuple(page.table.topLevelItem(at).text(column) for column in range(3)) for at in range(2)]
    assert lines == [
        ("In the records as they are", "Activities", "1"),
        ("In the records as they are", "Contacts", "2"),
    ]
    path = tmp_path / "held.csv"
    monkeypatch.setattr(settings_access, "where_to", lambda *_: path)
    page.save_button.click()
    qtbot.waitUntil(path.exists)
    assert "Ask ELLEN example" in path.read_text(encoding="utf-8-sig")
    qtbot.waitUntil(lambda: "lines written" in page.outcome.words.text())


def test_what_was_found_about_one_person_is_not_written_as_anothers(window, contact, qtbot):
    page = settings(window, "access").access
    page.name_contact(contact)
    qtbot.waitUntil(page.save_button.isEnabled)
    page.names.setText("Somebody Else")
    assert not page.save_button.isEnabled()


def test_a_contact_is_picked_from_the_list_or_a_name_is_typed(window, contact, qtbot):
    page = settings(window, "access").access
    assert not page.look_button.isEnabled()
    qtbot.keyClicks(page.contact, "Ellen")
    assert page.names.text() == "Ellen Example; ee@example.org"
    page.names.setText("Nobody Known")
    qtbot.keyClick(page.names, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: page.about.text() == "Nothing here names the person.")
    assert not page.save_button.isEnabled()


def test_what_stands_in_the_way_of_a_search_or_its_file_is_said_in_a_sentence(window, contact, qtbot, tmp_path):
    page = settings(window, "access").access
    page.names.setText("ab")
    page.look_button.click()
    qtbot.waitUntil(lambda: "at least 3 characters" in page.outcome.words.text())
    page.name_contact(contact)
    qtbot.waitUntil(page.save_button.isEnabled)
    page.write_to(tmp_path / "absent" / "held.xlsx")
    qtbot.waitUntil(lambda: "cannot be written" in page.outcome.words.text())


def test_a_search_that_is_cancelled_finds_nothing_and_says_so(window, contact, qtbot, monkeypatch):
    page = settings(window, "access").access

    def search(_desk, _names, on_step):
        while True:
            on_step(1, 2)

    monkeypatch.setattr(settings_access, "held_about", search)
    page.name_contact(contact)
    window.session.tasks[0].cancel()
    qtbot.waitUntil(lambda: "was cancelled" in page.outcome.words.text())
    assert not page.save_button.isEnabled()


def test_who_is_held_can_be_asked_of_a_workspace_open_to_read_only(desk, contact, qtbot):
    desk.workspace.close()
    with main_window(open_to_read(desk.workspace.path)) as window:
        page = settings(window, "access").access
        page.name_contact(contact)
        qtbot.waitUntil(page.save_button.isEnabled)


def test_a_removal_can_be_cancelled_and_then_leaves_everything(long_over, qtbot, monkeypatch):
    with main_window(long_over) as window:
        page = settings(window, "keeping").keeping
        page._tick_all()
        monkeypatch.setattr(settings_keeping, "agreed", lambda *_: True)
        begun = threading.Event()

        def slowly(desk, plan):
            begun.set()
            while True:
                cancelling().heed()

        monkeypatch.setattr(settings_keeping, "remove", slowly)
        page.remove.click()
        qtbot.waitUntil(begun.is_set)
        qtbot.waitUntil(window.status._cancel.isVisible)
        qtbot.mouseClick(window.status._cancel, Qt.MouseButton.LeftButton)
        qtbot.waitUntil(lambda: "was cancelled" in page.outcome.words.text())
        assert len(long_over.load("activity")) == 2
        assert len(page.ticked) == 2
