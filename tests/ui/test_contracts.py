"""Contracts in the window: the record with its dates and parts, the list with its calendar."""

from datetime import date
from decimal import Decimal
from hashlib import sha256

import pytest
from ctdesk.domain import clock
from ctdesk.domain.changes import Action
from ctdesk.domain.errors import DeskError
from ctdesk.services.adding import add
from ctdesk.services.creating import create_workspace
from ctdesk.services.desk import Desk
from ctdesk.services.documents import keep_document
from ctdesk.services.editing import edit
from ctdesk.ui.places import Place
from ctdesk.ui.preview.window import PreviewWindow
from ctdesk.ui.screens import contract
from ctdesk.ui.widgets import Button
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QDialog, QLabel
from tests.made_once import copied
from tests.services.small_borough import BRIDGE, NURSING, borough
from tests.services.small_register import PARENTS, PLAY, SCHOOL, SECOND, TODAY, part, small_register
from tests.ui.windows import main_window


@pytest.fixture
def desk(tmp_path, monkeypatch):
    monkeypatch.setenv("CTDESK_CONFIG", str(tmp_path / "config"))
    monkeypatch.setattr(clock, "today", lambda: TODAY)
    return Desk(copied("small register", registered, tmp_path / "borough.ctdesk"), "sam")


def registered(path):
    workspace = create_workspace(path)
    Desk(workspace, "sam").apply(Action.EDIT, "Take over", [*borough(), *small_register()])
    return workspace


@pytest.fixture
def window(desk, qtbot):
    with main_window(desk) as made:
        made.go(Place("record", kind="agreement", uid=SCHOOL))
        yield made


def answer(screen, **typed):
    """Answer the dialog that is open."""
    asking = next(it for it in screen.findChildren(QDialog) if it.isVisible())
    for name, text in typed.items():
        asking.editors[name].show_text(text)
    asking.go.click()
    return asking


def test_an_agreement_opens_on_a_screen_of_its_own(window):
    screen = window.made("contract")
    assert window.stack.currentWidget() is screen
    assert "School nursing" in window.windowTitle()
    assert [row.label for row in screen.page.dates][:2] == ["Decide by", "Start procurement by"]
    assert {row.label: row.away for row in screen.page.dates}["Notice by"] == "in 43 days"
    assert "Start procurement by 05/03/2026" in screen.overview.term.accessibleDescription()


def test_exercising_the_next_extension_moves_the_end_and_can_be_undone(window, desk):
    screen = window.made("contract")
    screen.doing.extend.trigger()
    answer(screen, decided_on="18/05/2026", decision="Agreed")
    assert desk.load("extension")[SECOND]["state"] == "exercised"
    assert screen.page.sheet.line.life.end == date(2027, 12, 31)
    assert not screen._extend.isVisible()
    window.past.undo.trigger()
    assert screen.page.sheet.line.life.end == date(2026, 12, 31)


def test_what_cannot_be_done_is_said_in_the_dialog(window):
    screen = window.made("contract")
    screen.doing.end.trigger()
    asking = answer(screen, terminated_on="31/08/2026", notice_given_on="never")
    assert asking.isVisible()
    assert "Notice given on" in asking.fault.text()
    asking.reject()


def test_an_early_end_shows_what_is_left_of_the_value_and_its_sum(window, desk):
    screen = window.made("contract")
    screen.doing.end.trigger()
    words = {"notice_given_on": "01/05/2026", "termination_reason": "Closed", "termination_plan": "Moved"}
    answer(screen, terminated_on="31/08/2026", **words, final_value="some").reject()
    assert not desk.load("agreement")[SCHOOL]["terminated_on"]
    screen.doing.end.trigger()
    answer(screen, terminated_on="31/08/2026", **words)
    fact = next(it for it in screen.page.facts if it.label == "Over the term")
    assert fact.value == "£4,634,666.67"
    assert fact.how == (
        "£3,792,000 for the first term (36 months at £1,264,000 a year) and £842,666.67 for extension 1 "
        "(8 months at £1,264,000 a year)"
    )
    assert fact.how in [it.text() for it in screen.overview.findChildren(QLabel)]


def test_a_decision_changes_the_day_to_decide(window):
    screen = window.made("contract")
    screen.doing.decide.trigger()
    answer(screen, plan_at_end="use an extension", decision="As advised")
    assert {row.label: row.day for row in screen.page.dates}["Decide by"] == date(2026, 6, 11)


def test_parts_are_edited_in_their_place(window, desk):
    page = window.made("contract").parts["payment"]
    column = [field.name for field in page.model.fields].index("paid")
    index = page.model.index(1, column)
    assert page.model.setData(index, "£10,533.30", Qt.ItemDataRole.EditRole)
    assert sorted(it["paid"] for it in desk.load("payment").values()) == [1_053_330, 10_533_000]
    said = []
    page.model.said.connect(said.append)
    assert not page.model.setData(page.model.index(1, column), "lots", Qt.ItemDataRole.EditRole)
    assert "lots" in said[0]


def test_a_new_part_belongs_to_the_agreement(window, desk):
    screen = window.made("contract")
    screen.open_part("risk", "")
    form = next(it for it in screen.findChildren(contract.PartForm) if it.isVisible())
    assert not form.form.rows["agreement"].isVisibleTo(form)
    form.form.rows["title"].editor.show_text("Posts stay empty")
    form.save_button.click()
    assert [it["agreement"] for it in desk.load("risk").values()] == [SCHOOL]
    assert screen.parts["risk"].model.rowCount() == 1


def test_an_action_comes_from_a_review_of_its_agreement(window, desk):
    screen, page = window.made("contract"), window.made("contract").parts["action"]
    reviews = [part("review", "r-own", held_on=date(2026, 4, 1), what="visit"),
               part("review", "r-other", agreement=PARENTS, held_on=date(2026, 4, 1), what="visit")]  # fmt: skip
    desk.apply(Action.EDIT, "Visits", reviews)
    screen.open_part("action", page.model.parts[0].uid)
    form = next(it for it in screen.findChildren(contract.PartForm) if it.isVisible())
    box = form.form.rows["review"].editor.box
    assert [box.itemText(at) for at in range(box.count())] == ["", "CON-0042, 01/04/2026"]
    form.form.rows["review"].editor.show_text("CON-0042, 01/04/2026")
    form.save_button.click()
    assert [it["review"] for it in desk.load("action").values()] == ["r-own"]
    column = [field.name for field in page.model.fields].index("review")
    assert page.model.index(0, column).data() == "CON-0042, 01/04/2026"
    said = []
    page.model.said.connect(said.append)
    assert not page.model.setData(page.model.index(0, column), "CON-0043, 01/04/2026")
    assert "of another agreement" in said[0]


def test_fields_of_another_type_are_left_out(window):
    form = window.made("contract").details.form
    assert form.rows["route"].isVisibleTo(form)
    form.rows["type"].editor.show_text("Service level agreement")
    form.rows["type"].left.emit()
    assert form.rows["route"].isVisibleTo(form)  # it holds something
    assert not form.rows["vat"].isVisibleTo(form)


def test_what_parts_come_to_stands_below_them(window):
    parts = window.made("contract").parts
    assert parts["payment"].sums.text() == (
        "Profile £210,666, of which £105,333 was due by 18/05/2026; paid £105,330, £3 less than was due."
    )
    window.go(Place("record", kind="agreement", uid=PARENTS))
    assert parts["agreement_share"].sums.text() == "The shares add up to 90%, not 100%: correct them."
    assert parts["payment"].sums.isHidden()
    assert parts["act_rating"].new.text() == "Add Procurement Act rating"


def test_a_kept_paper_shows_its_fingerprint_and_is_not_typed_over(window, desk, tmp_path):
    paper = tmp_path / "signed.txt"
    paper.write_bytes(b"signed")
    keep_document(desk, SCHOOL, paper)
    model = window.made("contract").parts["document"].model
    column = [field.name for field in model.fields].index("file")
    assert model.index(0, column).data() == f"signed.txt, {sha256(b'signed').hexdigest()[:12]}…"
    assert not model.flags(model.index(0, column)) & Qt.ItemFlag.ItemIsEditable


def test_an_exempt_mark_is_chosen_in_words(window, desk):
    screen = window.made("contract")
    for item, shown in (("Total value (£)", "Total value (£)"), ("", "The whole agreement")):
        screen.open_part("exempt_mark", "")
        form = next(it for it in screen.findChildren(contract.PartForm) if it.isVisible())
        form.form.rows["item"].editor.show_text(item)
        form.form.rows["paragraph"].editor.show_text("3 (business or financial affairs)")
        form.save_button.click()
        model = screen.parts["exempt_mark"].model
        assert shown in {model.index(row, 0).data() for row in range(model.rowCount())}
    held = sorted((str(it["item"]), it["paragraph"]) for it in desk.load("exempt_mark").values())
    assert held == [("None", "3"), ("total_value", "3")]
    with pytest.raises(DeskError, match="is none of its 59 words, such as reference"):
        add(desk, "exempt_mark", {"agreement": "CON-0042", "item": "totalvalue", "paragraph": "3"})


def test_a_successor_is_drafted_and_opened(window, desk):
    window.made("contract").overview.asked.emit("draft successor")
    assert window.made("contract").page.sheet.line.state == "draft"
    assert desk.load("agreement")[SCHOOL]["successor"]


def test_the_list_counts_what_waits_and_leads_to_the_calendar(window):
    window.go(Place("agreement"))
    screen = window.made("agreement")
    assert screen.waiting() == 2
    screen.calendar.trigger()
    shown = window.made("calendar")
    assert window.stack.currentWidget() is shown
    assert [row for row in shown.dates.rows if isinstance(row, str)] == ["June 2026", "September 2026", "December 2026"]
    shown.chart.opened.emit(PARENTS)
    assert window.made("contract").uid == PARENTS


def test_many_are_uplifted_at_once(window, desk):
    edit(desk, "agreement", "CON-0050", {"annual_value": "50000"})
    window.go(Place("agreement"))
    screen = window.made("agreement")
    screen.grid.selectAll()
    asking = screen.ask_uplift()
    for name, text in (("percent", "3.5%"), ("from_date", "1/7/2026"), ("reason", "Pay award")):
        asking.editors[name].show_text(text)
        asking.editors[name].edited.emit()
    assert asking.sentence.text() == (
        "2 agreements rise by £45,990 a year, from £1,314,000 to £1,359,990. 1 agreement is left out."
    )
    shown = [[asking.table.item(row, at).text() for at in range(3)] for row in range(3)]
    assert shown[0] == ["School nursing CON-0042", "£1,264,000", "£1,308,240"]
    assert shown[1] == [
        "Parent sessions CON-0043",
        "–",
        "Left out: it has no annual value to be raised; give one first",
    ]
    assert not desk.load("variation")
    asking.go.click()
    assert {it["agreement"] for it in desk.load("variation").values()} == {SCHOOL, PLAY}
    assert {it["percent"] for it in desk.load("variation").values()} == {Decimal("3.5")}


def test_the_uplift_is_offered_over_the_list_and_on_its_rows(window):
    window.go(Place("agreement", uid=SCHOOL))
    screen = window.made("agreement")
    assert screen.uplift in screen.on_rows()
    (raised,) = [it for it in screen.head.findChildren(Button) if it.text() == "Uplift"]
    assert raised.isVisibleTo(screen)
    raised.click()
    assert any(it.isVisible() and it.windowTitle() == "Uplift: 1 agreement" for it in screen.findChildren(QDialog))


def test_the_registers_are_published_from_the_list_with_what_they_lack(window, desk, tmp_path):
    window.go(Place("agreement"))
    screen = window.made("agreement")
    assert set(screen.publish) <= set(screen.head.export.menu().actions())
    said = []
    screen.said.connect(said.append)
    asking = screen.ask_publishing("contracts")
    assert asking.sentence.text() == "The register of contracts holds 2 in force in quarter 1 of 2026/27."
    assert asking.table.item(0, 0).text() == "School nursing CON-0042"
    assert "Review date" in asking.table.item(0, 1).text()
    asking.period.setCurrentIndex(asking.period.count() - 1)
    assert "every one that was signed" in asking.sentence.text()
    asking.write_to(tmp_path / "nowhere" / "c.csv")
    assert asking.isVisible()
    asking.write_to(tmp_path / "c.csv")
    assert "CON-0043" in (tmp_path / "c.csv").read_text(encoding="utf-8-sig")
    assert said == [f"The register of contracts is written to {tmp_path / 'c.csv'}."]


def preview_shown(qtbot) -> str:
    """Return the title of the preview that opens, and close it."""

    def shown():
        return [it for it in QApplication.topLevelWidgets() if isinstance(it, PreviewWindow) and it.isVisible()]

    qtbot.waitUntil(lambda: bool(shown()))
    (found,) = shown()
    title = found.windowTitle()
    found.close()
    return title


def test_the_contract_report_is_shown_page_by_page(window, qtbot):
    window.made("contract").print()
    assert "Contract report CON-0042" in preview_shown(qtbot)


def test_the_letter_about_a_review_is_shown_page_by_page(window, desk, qtbot):
    desk.apply(
        Action.EDIT, "Note", [part("review", held_on=TODAY, what="review", findings="Good work.", rating="good")]
    )
    window.made("contract").print_letter()
    assert "Review letter" in preview_shown(qtbot)


@pytest.mark.parametrize(
    ("place", "command", "title"),
    [
        (Place("agreement"), "print_report", "Register report"),
        (Place("calendar", kind="agreement"), "print", "Calendar of agreements"),
        (Place("record", kind="organisation", uid=BRIDGE), "print_provider", "Provider report"),
    ],
)
def test_each_paper_is_printed_where_its_things_are_seen(place, command, title, window, qtbot):
    window.go(place)
    getattr(window.stack.currentWidget(), command)()
    assert title in preview_shown(qtbot)


def test_only_an_organisation_offers_the_provider_report(window):
    window.go(Place("record", kind="organisation", uid=BRIDGE))
    screen = window.made("record")
    assert "Print the provider report…" in [action.text() for action in screen.actions_offered()]
    window.go(Place("record", kind="activity", uid=NURSING))
    assert "Print the provider report…" not in [action.text() for action in screen.actions_offered()]
