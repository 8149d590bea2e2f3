"""What was typed into a dialog when the program ended is back in it; what a person closed is not."""

import pytest
from ctdesk.domain.changes import Action, created
from ctdesk.domain.definition import DEFINITIONS
from ctdesk.domain.incoming import Suggestions
from ctdesk.services.adoption_cells import LikeName
from ctdesk.services.list_edit import Word
from ctdesk.ui.kept_typing import keep_typing
from ctdesk.ui.memory import Memory
from ctdesk.ui.places import Place
from ctdesk.ui.screens.adoption_names import LikeNamesDialog
from ctdesk.ui.screens.contract_asking import Asking, PartForm, Question
from ctdesk.ui.screens.pack_item import PackItemDialog
from ctdesk.ui.screens.packs_new import NewPack
from ctdesk.ui.screens.rounds_new import NewRound
from ctdesk.ui.screens.service_map_prevention import PreventionPage
from ctdesk.ui.screens.settings_word import WordDialog
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QFocusEvent
from PySide6.QtWidgets import QApplication, QInputDialog
from tests.ui.windows import AGENCY, main_window


@pytest.fixture
def window(desk, qtbot):
    with main_window(desk) as made:
        yield made


def left(field):
    """Leave a field, as the next one is gone to."""
    QApplication.sendEvent(field, QFocusEvent(QEvent.Type.FocusOut))


def asking(window, about="a"):
    """A dialog that asks two things about an agreement."""
    asked = [Question(DEFINITIONS["action"][name]) for name in ("title", "owner")]
    return Asking(
        window.session, title="Act", words="?", questions=asked, verb="Do", do=dict, about=about, parent=window
    )


def word(window):
    dialog = WordDialog("Add a word", Word(""), lambda _: "", window)
    keep_typing(dialog, window.session, "a word", dialog.fields)
    return dialog


def pack_item(window):
    pack = created("pack", {})
    item = created("pack_item", {"pack": pack.uid, "title": "Minutes"})
    window.session.desk.apply(Action.EDIT, "A pack", [pack, item])
    values = window.session.desk.load("pack_item")[item.uid]
    return lambda _: PackItemDialog(window.session, item.uid, values, window)


DIALOGS = {
    "a round": (lambda window: NewRound(window.session, window), {"name": "Summer", "due": "01/08/2026"}),
    "a pack": (lambda window: NewPack(window.session, window), {"venue": "Town hall", "time": "10:00"}),
    "a word": (word, {"label": "Crisis care", "short": "Crisis"}),
}


def bring_to_its_end(dialog):
    dialog.reject()
    dialog.deleteLater()


@pytest.mark.parametrize("name", DIALOGS)
def test_what_was_typed_is_back_until_a_person_closes_the_dialog(window, name):
    make, typed = DIALOGS[name]
    first = make(window)
    begun = {field: getattr(first, field).text() for field in typed}
    for field, text in typed.items():
        getattr(first, field).setText(text)
        left(getattr(first, field))
    second = make(window)  # the first never came to an end, as when the program is killed
    assert {field: getattr(second, field).text() for field in typed} == typed
    bring_to_its_end(second)
    third = make(window)
    assert {field: getattr(third, field).text() for field in typed} == begun
    for dialog in (first, third):
        bring_to_its_end(dialog)


def test_a_round_keeps_who_is_not_asked(window):
    first = NewRound(window.session, window)
    first.agencies.topLevelItem(0).setCheckState(0, Qt.CheckState.Unchecked)
    first.asks["post"].setChecked(False)
    second = NewRound(window.session, window)
    assert second.agencies.topLevelItem(0).checkState(0) is Qt.CheckState.Unchecked
    assert not second.asks["post"].isChecked()
    for dialog in (first, second):
        bring_to_its_end(dialog)


def test_an_agenda_item_keeps_lines_choices_and_ticks(window):
    make = pack_item(window)
    first = make(window)
    first.lead.setText("Team manager")
    left(first.lead)
    first.exempt.setCurrentIndex(2)
    first.exempt.activated.emit(2)
    first.appendix.setChecked(True)
    second = make(window)
    assert second.lead.text() == "Team manager"
    assert second.exempt.currentIndex() == 2
    assert second.appendix.isChecked()
    assert second.public_title.isEnabled()
    for dialog in (first, second):
        bring_to_its_end(dialog)


def test_what_was_said_of_names_that_look_alike_is_back(window):
    def ask():
        dialog = LikeNamesDialog([LikeName("provider", "Acorn Play Ltd", "Acorn Play", None)], window)
        keep_typing(dialog, window.session, "names of a register", dialog.fields)
        return dialog

    first = ask()
    (choice,) = first.fields.values()
    choice.setCurrentText("The same")
    choice.activated.emit(choice.currentIndex())
    second = ask()
    assert second.said == first.said == {("provider", "Acorn Play Ltd"): Suggestions.ACCEPT}
    for dialog in (first, second):
        bring_to_its_end(dialog)


def test_what_was_asked_about_one_agreement_is_not_put_into_another(window):
    first = asking(window)
    first.editors["title"].show_text("Ring them")
    first.editors["title"].left.emit()
    again, other = asking(window), asking(window, about="b")
    assert again.editors["title"].typed() == "Ring them"
    assert other.editors["title"].typed() == ""
    for dialog in (first, again, other):
        bring_to_its_end(dialog)


def test_a_part_of_an_agreement_is_back_in_its_form(window, desk):
    agency = next(uid for uid, it in desk.load("organisation").items() if it["name"] == AGENCY)
    agreement = created("agreement", {"reference": "CON-1", "title": "Talk", "agency": agency})
    desk.apply(Action.EDIT, "Agree", [agreement])
    first = PartForm(window.session, "risk", agreement.uid, parent=window)
    name = DEFINITIONS["risk"].title
    first.form.rows[name].editor.show_text("The lease ends")
    first.form.rows[name].editor.left.emit()
    second = PartForm(window.session, "risk", agreement.uid, parent=window)
    assert second.form.touched() == [name]
    second.save()
    assert [it[name] for it in desk.load("risk").values()] == ["The lease ends"]
    third = PartForm(window.session, "risk", agreement.uid, parent=window)
    assert third.form.touched() == []
    for dialog in (first, third):
        bring_to_its_end(dialog)


def scenario(window, qtbot):
    """The page of scenarios, as it is when it is first shown."""
    page = PreventionPage(window.session)
    qtbot.addWidget(page)
    page.bring_up_to_date(window.session)
    return page


def test_each_step_of_a_scenario_is_back_until_the_scenario_is_kept(window, qtbot, monkeypatch):
    first = scenario(window, qtbot)
    qtbot.keyClicks(first.steps, "end WH-001")
    qtbot.keyClick(first.steps, Qt.Key.Key_Return)
    qtbot.keyClicks(first.steps, "end WH-0")
    again = scenario(window, qtbot)
    assert again.steps.toPlainText().splitlines() == ["end WH-001"]
    monkeypatch.setattr(QInputDialog, "getText", lambda *_, **__: ("Save", True))
    again.keep()
    assert scenario(window, qtbot).steps.toPlainText() == ""


def test_steps_added_to_a_kept_scenario_are_back_with_it(window, qtbot, monkeypatch):
    first = scenario(window, qtbot)
    monkeypatch.setattr(QInputDialog, "getText", lambda *_, **__: ("Save", True))
    first.steps.setPlainText("end WH-001")
    first.keep()
    first.steps.setPlainText("end WH-001\nend WH-002")
    again = scenario(window, qtbot)
    assert again.steps.toPlainText() == ""
    again.which.activated.emit(again.which.findText("Save"))
    assert again.steps.toPlainText() == "end WH-001\nend WH-002"
    again.throw_away()
    assert scenario(window, qtbot).steps.toPlainText() == ""


def test_a_half_typed_step_is_said_when_the_desk_changes_meanwhile(window, qtbot):
    page = scenario(window, qtbot)
    page.steps.setPlainText("end NOBODY-1")
    page.bring_up_to_date(window.session)
    assert "NOBODY-1" in page.fault.text()


def test_settings_typed_and_not_saved_are_back_on_their_page(window, desk, qtbot):
    window.go(Place("settings"))
    team = window.made("settings").team
    for name, text in (("team", "The east team"), ("reply_to", "east@example.org")):
        team.fields[name].setText(text)
        left(team.fields[name])
    with main_window(desk) as again:
        again.go(Place("settings"))
        team = again.made("settings").team
        assert team.unsaved() == {"team": "The east team", "reply_to": "east@example.org"}
        assert team.save_button.isEnabled()
        assert team.save()
        assert desk.setting("team") == "The east team"
        assert not Memory(desk.workspace.path).get("typed into dialogs")
