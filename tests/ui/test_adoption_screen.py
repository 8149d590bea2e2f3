"""Adopting a register through the window's own widgets: nothing is altered before Apply, and undo takes it back."""

from datetime import date
from pathlib import Path

import openpyxl
import pytest
from ctdesk.domain.definition import DEFINITIONS
from ctdesk.services.adoption_review import profiles
from ctdesk.services.held_files import held_registers
from ctdesk.services.home import todo
from ctdesk.services.records import save_record
from ctdesk.services.review_sheet import ReviewRecord
from ctdesk.ui.draft import file_in_hand
from ctdesk.ui.models.adoption import GOES_TO, READ, SURE
from ctdesk.ui.places import Place
from ctdesk.ui.screens.adoption import MAPPING, REVIEW, START, AdoptionScreen
from ctdesk.ui.screens.adoption_names import LikeNamesDialog
from ctdesk.ui.screens.review_conflict import ConflictCells, MatchButtons
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QInputDialog, QPushButton
from tests.ui.names import unnamed
from tests.ui.windows import AGENCY, PROVIDER, main_window, make_desk, uid_of

HEADS = ["Ref", "Contract title", "Supplier", "Value pa", "Start", "Finish date", "Level", "Colour of file"]
ROWS = [
    ["C/101", "Family link workers", PROVIDER, 86_500, "01/04/2024", "31/03/2027", 2, "blue"],
    ["C/102", "Youth bus", "Kite Youth Projects", "£42,000", "01/09/2023", "31/08/2026", 3, None],
    ["C/104", "Therapeutic mentoring", "Bridge Familes", "see schedule", "01/06/2025", "TBC", "2–3", None],
]


@pytest.fixture(autouse=True)
def own_config(tmp_path, monkeypatch):
    monkeypatch.setenv("CTDESK_CONFIG", str(tmp_path / "config"))


def register(folder: Path, rows=None) -> Path:
    """Write a register of three contracts under two titles, with a total."""
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "Live"
    for row in rows or [["Commissioning register"], [], HEADS, *ROWS, ["TOTAL", None, None, 128_500]]:
        sheet.append(row)
    book.save(folder / "contracts.xlsx")
    return folder / "contracts.xlsx"


@pytest.fixture
def opened(tmp_path, qtbot):
    """Return a window with the register open at its columns."""
    desk = make_desk(tmp_path / "weir.ctdesk")
    with main_window(desk) as window:
        window.go(Place("adoption", path=register(tmp_path)))
        screen = window.made("adoption")
        assert isinstance(screen, AdoptionScreen)
        qtbot.waitUntil(lambda: screen.pages.currentIndex() == MAPPING)
        yield window, screen


def lines(screen: AdoptionScreen) -> dict[str, list[str]]:
    """Return what the table says of each heading."""
    model = screen.mapping.columns.table.columns
    return {
        model.index(row, 1).data(): [str(model.index(row, at).data()) for at in range(model.columnCount())]
        for row in range(model.rowCount())
    }


def send(qtbot, screen: AdoptionScreen, heading: str, label: str) -> None:
    """Choose where a column goes in the table itself, with the keyboard."""
    table = screen.mapping.columns.table
    index = table.columns.index(table.columns.line_of(heading), GOES_TO)
    table.setCurrentIndex(index)
    table.edit(index)
    editor = table.findChild(QComboBox)
    editor.setCurrentText(label)
    before = screen.sheet
    qtbot.keyClick(editor, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: screen.sheet is not before)


def choose(qtbot, screen: AdoptionScreen, name: str, words: str) -> None:
    """Choose what a word means."""
    choice = next(c for c in screen.mapping.says.findChildren(QComboBox) if c.accessibleName() == name)
    before = screen.sheet
    choice.setCurrentText(words)
    choice.activated.emit(choice.currentIndex())
    qtbot.waitUntil(lambda: screen.sheet is not before)


def name_agency(screen: AdoptionScreen) -> None:
    screen.mapping.says.agency.setEditText(AGENCY)
    screen.mapping.says.agency.lineEdit().editingFinished.emit()


def review(qtbot, screen: AdoptionScreen) -> None:
    qtbot.keyClick(screen.window(), Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: screen.pages.currentIndex() == REVIEW)


def apply(qtbot, screen: AdoptionScreen) -> None:
    qtbot.waitUntil(screen.page.apply.isEnabled)
    qtbot.keyClick(screen.window(), Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: screen.review is not None and screen.review.applied is not None and not screen._busy)


def record_of(screen: AdoptionScreen, title: str) -> ReviewRecord:
    return next(it for it in screen.review.sheet.records if it.title == title)


def test_a_register_is_shown_as_found(opened):
    _, screen = opened
    grid = screen.mapping.file.grid.file
    assert screen.mapping.file.found.text() == "Headings found in row 3."
    assert grid.is_header(2)
    assert [grid.mark(row) for row in (0, 1, 3, 6)] == ["not data: title", "not data: blank", "", "not data: total"]
    said = lines(screen)
    assert said["Contract title"][GOES_TO] == DEFINITIONS["activity"]["title"].label
    assert said["Contract title"][READ] == "3 of 3"
    assert said["Value pa"][READ] == "2 of 3"
    assert said["Colour of file"][GOES_TO] == "Not used"
    assert said["Colour of file"][SURE] == "not used"
    assert screen.sheet.names.known == (PROVIDER,)
    assert [like.known for like in screen.sheet.names.alike] == [PROVIDER]
    assert screen.sheet.names.new == ("Kite Youth Projects",)
    assert ("D6", 1) in [(unread.cell, unread.count) for unread in screen.sheet.unread]


def test_nothing_is_altered_until_apply_and_undo_takes_it_back(opened, qtbot):
    window, screen = opened
    desk = window.session.desk
    assert not screen.main.isEnabled()
    assert screen.main.toolTip() == "Say whose register it is."
    name_agency(screen)
    assert screen.main.text() == "Review 3 rows"
    review(qtbot, screen)
    assert len(desk.load("activity")) == 2
    assert screen.review.sheet.counts["activity"]["new"] == 3
    totals = screen.review.sheet.totals
    assert totals.money_after - totals.money_before == 12_850_000
    assert screen.page.apply.text() == "Apply 3 new records"
    assert not screen.page.hand_back.isVisible()
    apply(qtbot, screen)
    titles = {str(values["title"]) for values in desk.load("activity").values()}
    assert {"Family link workers", "Youth bus", "Therapeutic mentoring"} < titles
    window.past.undo.trigger()
    qtbot.waitUntil(lambda: len(desk.load("activity")) == 2)
    qtbot.waitUntil(lambda: screen.page.apply.text() == "Apply 3 new records" and not screen._busy)


def test_the_heading_row_can_be_moved_by_its_number(opened, qtbot):
    _, screen = opened
    row = screen.mapping.file.row
    row.selectAll()
    qtbot.keyClicks(row, "4")
    qtbot.keyClick(row, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: screen.sheet.header_row == 4)
    assert screen.mapping.file.grid.file.is_header(3)
    assert "Family link workers" in lines(screen)
    assert len(screen.sheet.register.rows) == 2


def test_a_column_is_sent_elsewhere_and_keeps_its_words_mapped(opened, qtbot):
    _, screen = opened
    tier = DEFINITIONS["activity"]["tier"].label
    send(qtbot, screen, "Level", tier)
    assert lines(screen)["Level"][GOES_TO] == tier
    words = next(words for words in screen.sheet.words if words.field == "tier")
    assert [(word.text, word.meaning) for word in words.words] == [("2", None), ("3", None), ("2–3", None)]
    entry = words.entries[1]
    choose(qtbot, screen, f"What 2 means under {tier}", entry[1])
    choose(qtbot, screen, f"What 2–3 means under {tier}", "Leave blank")
    assert lines(screen)["Level"][READ] == "2 of 3"
    name_agency(screen)
    review(qtbot, screen)
    apply(qtbot, screen)
    found = {v["title"]: v.get("tier") for v in screen.session.desk.load("activity").values()}
    assert found["Family link workers"] == entry[0]
    assert found["Therapeutic mentoring"] is None


def test_what_was_said_is_kept_as_a_profile(opened, qtbot, monkeypatch):
    _, screen = opened
    tier = DEFINITIONS["activity"]["tier"].label
    send(qtbot, screen, "Level", tier)
    code, label = next(words for words in screen.sheet.words if words.field == "tier").entries[0]
    choose(qtbot, screen, f"What 2 means under {tier}", label)
    monkeypatch.setattr(QInputDialog, "getText", lambda *_: ("Contracts register", True))
    screen.mapping.columns.keep.click()
    qtbot.waitUntil(lambda: screen.mapping.columns.profile.currentText() == "Profile: Contracts register")
    assert "Contracts register" in [name for name, _ in profiles("activity")]
    assert screen.sheet.register.profile.values["tier"] == {"2": code}
    assert lines(screen)["Level"][GOES_TO] == tier


def test_a_name_is_said_to_be_the_one_it_looks_like(opened, qtbot, monkeypatch):
    _, screen = opened

    def same(dialog: LikeNamesDialog) -> bool:
        for choice in dialog.findChildren(QComboBox):
            choice.setCurrentText("The same")
        return True

    monkeypatch.setattr(LikeNamesDialog, "exec", same)
    before = screen.sheet
    screen.compare_names()
    qtbot.waitUntil(lambda: screen.sheet is not before)
    name_agency(screen)
    review(qtbot, screen)
    assert "1 name is new to the desk: Kite Youth Projects." in screen.review.sheet.sentence
    assert not [rule for rule in screen.review.sheet.rules if rule.rule == "new_name"]


@pytest.mark.parametrize(
    ("name", "content", "says"),
    [("letter.xlsx", b"Dear colleague", "letter.xlsx"), ("empty.csv", b"one line of words\n", "choose another file")],
)
def test_a_file_that_is_no_register_says_so_in_one_sentence(tmp_path, qtbot, name, content, says):
    (tmp_path / name).write_bytes(content)
    with main_window(make_desk(tmp_path / "weir.ctdesk")) as window:
        window.go(Place("adoption", path=tmp_path / name))
        screen = window.made("adoption")
        qtbot.waitUntil(screen.start.banner.isVisible)
        assert says in screen.start.banner.words.text()
        assert "--" not in screen.start.banner.words.text()
        assert screen.pages.currentIndex() == START


def test_a_table_that_is_not_recognised_can_be_explained_by_hand(tmp_path, qtbot):
    rows = [["Alpha", "Beta"], ["One thing", "Somebody"], ["Another thing", "Nobody"]]
    with main_window(make_desk(tmp_path / "weir.ctdesk")) as window:
        window.go(Place("adoption", path=register(tmp_path, rows)))
        screen = window.made("adoption")
        qtbot.waitUntil(lambda: screen.pages.currentIndex() == MAPPING)
        assert screen.mapping.file.found.text() == "No register was found by itself."
        title = DEFINITIONS["activity"]["title"].label
        assert screen.main.toolTip() == f"Say which column goes to {title}."
        send(qtbot, screen, "Alpha", title)
        name_agency(screen)
        assert screen.main.isEnabled()


def test_a_file_with_a_password_asks_for_it(tmp_path, qtbot):
    from msoffcrypto.format.ooxml import OOXMLFile

    locked = tmp_path / "locked.xlsx"
    with register(tmp_path).open("rb") as plain, locked.open("wb") as written:
        OOXMLFile(plain).encrypt("apples", written)
    with main_window(make_desk(tmp_path / "weir.ctdesk")) as window:
        window.go(Place("adoption", path=locked))
        screen = window.made("adoption")
        qtbot.waitUntil(screen.start.locked.isVisible)
        qtbot.keyClicks(screen.start.password, "apples")
        qtbot.keyClick(screen.start.password, Qt.Key.Key_Return)
        qtbot.waitUntil(lambda: screen.pages.currentIndex() == MAPPING)
        assert len(screen.sheet.register.rows) == 3


def test_what_both_have_changed_is_held_until_a_person_says_whose_word_counts(opened, tmp_path, qtbot):
    window, screen = opened
    desk = window.session.desk
    name_agency(screen)
    review(qtbot, screen)
    apply(qtbot, screen)
    uid = next(uid for uid, values in desk.load("activity").items() if values["reference"] == "C/101")
    save_record(desk, "activity", uid, desk.load("activity")[uid], {"annual_value": 9_000_000})
    qtbot.waitUntil(lambda: not window.session.tasks)
    changed = [*ROWS[0][:3], 80_000, *ROWS[0][4:]]
    window.go(Place("adoption", path=register(tmp_path, [HEADS, changed, *ROWS[1:]])))
    qtbot.waitUntil(lambda: screen.pages.currentIndex() == MAPPING)
    name_agency(screen)
    review(qtbot, screen)
    held = record_of(screen, "Family link workers")
    assert (held.state, held.to_decide) == ("conflict", True)
    (asked,) = next(rule for rule in screen.review.sheet.rules if rule.rule == "conflict").questions
    assert asked.finding.message == "Annual value (£): the register says £80,000, and the desk says £90,000."
    assert screen.review.sheet.totals.fields == 0
    screen.page.list.next_to_decide()
    (cells,) = [part for part in screen.page.list._parts.values() if isinstance(part, ConflictCells)]
    assert (cells.theirs.isChecked(), cells.ours.isChecked()) == (False, False)
    qtbot.keyClick(cells.theirs, Qt.Key.Key_Space)
    assert screen.page.apply.text() == "Apply 1 field"
    apply(qtbot, screen)
    assert desk.load("activity")[uid]["annual_value"] == 8_000_000


def test_rows_of_a_register_are_declined_by_field_and_by_record(opened, qtbot):
    window, screen = opened
    name_agency(screen)
    review(qtbot, screen)
    bus, workers = record_of(screen, "Youth bus"), record_of(screen, "Family link workers")
    listed, model = screen.page.list, screen.page.model
    listed.go_to(model.row_of(bus.kind, bus.number))
    qtbot.keyClick(listed, Qt.Key.Key_D)
    listed.go_to(model.row_of(workers.kind, workers.number, "annual_value"))
    qtbot.keyClick(listed, Qt.Key.Key_D)
    assert screen.page.apply.text() == "Apply 2 new records"
    apply(qtbot, screen)
    found = {v["title"]: v.get("annual_value") for v in window.session.desk.load("activity").values()}
    assert "Youth bus" not in found
    assert found["Family link workers"] is None


def test_a_row_that_looks_like_a_record_shows_the_evidence_and_asks(tmp_path, qtbot):
    rows = [["Contract title", "Supplier", "Value pa"], ["Schools nursing", PROVIDER, 26_000]]
    desk = make_desk(tmp_path / "weir.ctdesk")
    with main_window(desk) as window:
        window.go(Place("adoption", path=register(tmp_path, rows)))
        screen = window.made("adoption")
        qtbot.waitUntil(lambda: screen.pages.currentIndex() == MAPPING)
        name_agency(screen)
        review(qtbot, screen)
        (record,) = [it for it in screen.review.sheet.records if it.state == "suggested match"]
        assert record.match.title == "School nursing"
        assert ("Provider", "same") in [(it.label, it.word) for it in record.match.evidence]
        (buttons,) = [part for part in screen.page.list._parts.values() if isinstance(part, MatchButtons)]
        same = next(each for each in buttons.findChildren(QPushButton) if each.text() == "Same service")
        qtbot.mouseClick(same, Qt.MouseButton.LeftButton)
        qtbot.waitUntil(lambda: not window.session.tasks and not screen._busy)
        assert screen.review.sheet.records[0].uid == uid_of(desk, "WH-002")


def test_a_held_register_survives_closing_and_is_taken_up_as_it_was(opened, tmp_path, qtbot):
    window, screen = opened
    desk = window.session.desk
    name_agency(screen)
    review(qtbot, screen)
    bus = record_of(screen, "Youth bus")
    screen.page.list.go_to(screen.page.model.row_of(bus.kind, bus.number))
    qtbot.keyClick(screen.page.list, Qt.Key.Key_D)
    screen.page.hold.click()
    qtbot.waitUntil(lambda: screen.pages.currentIndex() == START and not window.session.tasks)
    (tmp_path / "contracts.xlsx").unlink()
    assert "contracts.xlsx" in [line.hint for line in todo(desk, date(2026, 5, 12))]
    again = AdoptionScreen(window.session)
    qtbot.addWidget(again)
    again.resize(1200, 640)
    again.show()
    again.bring_up_to_date()
    go_on = next(
        b for b in again.start.held.findChildren(QPushButton) if b.accessibleName() == "Go on with contracts.xlsx"
    )
    go_on.click()
    qtbot.waitUntil(lambda: again.pages.currentIndex() == REVIEW and not again._busy)
    assert again.page.apply.text() == "Apply 2 new records"
    again.page.apply.click()
    qtbot.waitUntil(lambda: again.review.applied is not None and not window.session.tasks)
    assert not held_registers(desk)
    assert len(desk.load("activity")) == 4


@pytest.mark.parametrize("reviewed", [False, True])
def test_what_was_said_when_the_program_ended_is_back_with_the_same_file(opened, tmp_path, qtbot, reviewed):
    window, screen = opened
    tier = DEFINITIONS["activity"]["tier"].label
    send(qtbot, screen, "Level", tier)
    name_agency(screen)
    if reviewed:
        review(qtbot, screen)
        bus = record_of(screen, "Youth bus")
        screen.page.list.go_to(screen.page.model.row_of(bus.kind, bus.number))
        qtbot.keyClick(screen.page.list, Qt.Key.Key_D)
    again = AdoptionScreen(window.session)
    qtbot.addWidget(again)
    again.resize(1200, 640)
    again.show()
    again.go(Place("adoption", path=tmp_path / "contracts.xlsx"))
    qtbot.waitUntil(lambda: again.sheet is not None and not window.session.tasks)
    assert lines(again)["Level"][GOES_TO] == tier
    assert again._wishes.agency == AGENCY
    assert (again.pages.currentIndex() == REVIEW) is reviewed
    if reviewed:
        assert again.page.apply.text() == "Apply 2 new records"
    again.begin_again()
    assert file_in_hand(window.session.memory) == ""


def test_enter_on_a_row_of_the_file_makes_it_the_headings(opened, qtbot):
    _, screen = opened
    grid = screen.mapping.file.grid
    grid.setCurrentIndex(grid.file.index(3, 0))
    qtbot.keyClick(grid, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: screen.sheet.header_row == 4)


@pytest.mark.slow
def test_a_real_register_of_grants_is_adopted(corpus, tmp_path, qtbot):
    path = corpus / "real/real-trafford/transparency_code/grants/trafford_council_voluntary_sector_grants.csv"
    with main_window(make_desk(tmp_path / "weir.ctdesk")) as window:
        window.go(Place("adoption", path=path))
        screen = window.made("adoption")
        qtbot.waitUntil(lambda: screen.pages.currentIndex() == MAPPING)
        assert screen.main.text() == "Review 555 rows"
        assert screen.mapping.columns.profile.currentText() == "Profile: 360Giving"
        screen.main.click()
        qtbot.waitUntil(lambda: screen.pages.currentIndex() == REVIEW)
        assert screen.review.sheet.counts["activity"]["new"] == 555
        screen.page.apply.click()
        qtbot.waitUntil(lambda: screen.review.applied is not None)
        assert len(window.session.desk.load("activity")) == 557


def test_a_conflict_over_a_name_that_came_with_the_register_says_the_name(tmp_path, qtbot):
    rows = [["Ref", "Contract title", "Supplier", "Value pa"], ["WH-001", "Health visiting", "Kite Youth Projects", 1]]
    with main_window(make_desk(tmp_path / "weir.ctdesk")) as window:
        window.go(Place("adoption", path=register(tmp_path, rows)))
        screen = window.made("adoption")
        qtbot.waitUntil(lambda: screen.pages.currentIndex() == MAPPING)
        name_agency(screen)
        review(qtbot, screen)
        said = [question.finding.message for rule in screen.review.sheet.rules for question in rule.questions]
        assert f"Provider: the register says Kite Youth Projects, and the desk says {PROVIDER}." in said


def test_every_control_has_a_name(opened, qtbot):
    _, screen = opened
    name_agency(screen)
    review(qtbot, screen)
    assert unnamed(screen) == []
    screen.page.hold.click()
    qtbot.waitUntil(lambda: screen.pages.currentIndex() == START and not screen.session.tasks)
    assert unnamed(screen) == []
