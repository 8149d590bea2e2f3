"""The review of a return at the window: decide by keys and ticks, apply, undo, hold, and files that are no return."""

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from ctdesk.db.workspace import Workspace
from ctdesk.domain.records.round import RequestState
from ctdesk.services.desk import Desk
from ctdesk.services.past import past, undo
from ctdesk.services.records import record, save_record
from ctdesk.services.requests import request_view
from ctdesk.ui.draft import file_in_hand
from ctdesk.ui.memory import Memory
from ctdesk.ui.places import Place
from ctdesk.ui.screens.review import ReviewScreen
from ctdesk.ui.screens.review_conflict import ConflictCells, MatchAgain, MatchButtons
from ctdesk.ui.session import Session
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QMessageBox, QPushButton, QWidget
from pytestqt.qtbot import QtBot
from tests.services.small_borough import CLUB, COUNCIL, NURSING, SESSIONS
from tests.ui.names import unnamed
from tests.ui.returned import prepare


@pytest.fixture(scope="module")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A workspace that sent a round, what came back, and a spreadsheet that is no return.

    The return has two changed fields, a conflict, a large jump, a new service and one that looks like another.
    """
    return prepare(tmp_path_factory.mktemp("prepared"))


@pytest.fixture
def session(prepared: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Session]:
    """A session on a copy of that workspace, with a copy of what came back beside it."""
    monkeypatch.setenv("CTDESK_CONFIG", str(tmp_path / "config"))
    for name in ("returned.xlsx", "prices.csv"):
        shutil.copy(prepared / name, tmp_path)
    opened = Session(Desk(Workspace.open(Path(shutil.copy(prepared / "borough.ctdesk", tmp_path))), "sam"))
    yield opened
    opened.close()


@pytest.fixture
def screen(session: Session, qtbot: QtBot) -> ReviewScreen:
    """The screen, shown, with nothing in it."""
    made = ReviewScreen(session)
    qtbot.addWidget(made)
    made.resize(1200, 640)
    made.show()
    return made


@pytest.fixture
def settle(screen: ReviewScreen, qtbot: QtBot) -> Callable[[], None]:
    """Wait until no work is under way."""

    def wait() -> None:
        qtbot.waitUntil(lambda: not screen.session.tasks and not screen._waiting)

    return wait


@pytest.fixture
def opened(screen: ReviewScreen, settle: Callable[[], None], tmp_path: Path) -> ReviewScreen:
    """The screen with the return under review."""
    screen.go(Place("review", path=tmp_path / "returned.xlsx"))
    settle()
    return screen


def row_of(screen: ReviewScreen, reference: str, field: str = "") -> int:
    found = next(it for it in screen.review.sheet.records if it.reference == reference)
    row = screen.page.model.row_of(found.kind, found.number, field)
    assert row is not None
    return row


def part_at(screen: ReviewScreen, sort: type) -> QWidget:
    """What a person chooses with, as it now stands in the list."""
    (found,) = [part for part in screen.page.list._parts.values() if isinstance(part, sort)]
    return found


def value_of(screen: ReviewScreen, uid: str, field: str = "annual_value") -> object:
    return record(screen.session.desk, "activity", uid)[field]


def words(screen: ReviewScreen) -> str:
    return " ".join(each.text() for each in screen.findChildren(QLabel) if each.isVisible())


def test_a_return_says_whose_it_is_and_what_applying_would_do(opened: ReviewScreen) -> None:
    assert "Alder Council" in words(opened)
    assert "has not been received before" in words(opened)
    assert opened.page.apply.text() == "Apply 3 fields, 1 new record"
    assert opened.page.money.after.text() == "£215,000"
    assert [opened.page.model.line(row).sort for row in range(4)] == ["record", "conflict", "rest", "record"]


def test_the_counts_shown_add_up_to_the_rows_read(opened: ReviewScreen) -> None:
    for counts in opened.review.sheet.counts.values():
        assert counts["read"] == sum(count for state, count in counts.items() if state not in {"read", "missing"})


def test_declining_by_key_moves_the_money_and_the_button(opened: ReviewScreen, qtbot: QtBot) -> None:
    listed = opened.page.list
    listed.go_to(row_of(opened, "AC-001", "annual_value"))
    qtbot.keyClick(listed, Qt.Key.Key_D)
    assert opened.page.apply.text() == "Apply 2 fields, 1 new record"
    assert opened.page.money.after.text() == "£210,000"
    qtbot.keyClick(listed, Qt.Key.Key_Space)
    assert opened.page.apply.text() == "Apply 3 fields, 1 new record"


def test_a_whole_record_and_everything_can_be_declined_and_taken_again(opened: ReviewScreen, qtbot: QtBot) -> None:
    opened.page.list.go_to(row_of(opened, "AC-001"))
    qtbot.keyClick(opened.page.list, Qt.Key.Key_D)
    assert opened.page.apply.text() == "Apply 1 field, 1 new record"
    opened._all("decline")
    assert opened.review.sheet.totals.fields == opened.review.sheet.totals.records == 0
    opened._all("accept")
    assert opened.page.apply.text() == "Apply 3 fields, 1 new record"


def test_a_click_on_a_tick_declines(opened: ReviewScreen, qtbot: QtBot) -> None:
    listed = opened.page.list
    listed.go_to(row_of(opened, "AC-001", "tier"))
    place = listed.visualRect(listed.currentIndex())
    spot = place.center()
    spot.setX(listed.viewport().width() - 60)
    qtbot.mouseClick(listed.viewport(), Qt.MouseButton.LeftButton, pos=spot)
    assert opened.review.sheet.totals.declined == 1


def test_apply_alters_the_desk_after_a_backup_and_undo_takes_it_back(
    opened: ReviewScreen, settle: Callable[[], None], qtbot: QtBot
) -> None:
    before = value_of(opened, NURSING)
    qtbot.mouseClick(opened.page.apply, Qt.MouseButton.LeftButton)
    settle()
    assert value_of(opened, NURSING) == 125_000_00
    assert value_of(opened, SESSIONS) == 41_000_00
    assert "Undo takes all of it back" in words(opened)
    assert "has been taken in before" in words(opened)
    assert not opened.page.apply.isEnabled()
    undo(opened.session.desk, past(opened.session.desk)[0].uid)
    qtbot.waitUntil(lambda: opened.page.apply.text() == "Apply 3 fields, 1 new record")
    settle()
    assert value_of(opened, NURSING) == before


def test_a_conflict_has_nothing_chosen_and_takes_either_value_or_another(opened: ReviewScreen, qtbot: QtBot) -> None:
    opened.page.list.next_to_decide()
    cells = part_at(opened, ConflictCells)
    assert not cells.theirs.isChecked()
    assert not cells.ours.isChecked()
    qtbot.keyClick(opened.page.list, Qt.Key.Key_Return)
    assert cells.theirs.hasFocus()
    qtbot.keyClick(cells.theirs, Qt.Key.Key_Space)
    assert opened.page.apply.text() == "Apply 4 fields, 1 new record"
    qtbot.keyClicks(cells.other, "41500")
    qtbot.keyClick(cells.other, Qt.Key.Key_Return)
    assert not cells.theirs.isChecked()
    assert opened.page.money.after.text() == "£215,500"
    assert cells.other.text() == "£41,500"


def test_another_value_that_cannot_be_read_is_said_in_one_sentence(opened: ReviewScreen, qtbot: QtBot) -> None:
    opened.page.list.next_to_decide()
    cells = part_at(opened, ConflictCells)
    qtbot.keyClicks(cells.other, "a lot")
    qtbot.keyClick(cells.other, Qt.Key.Key_Return)
    assert "“a lot”" in words(opened)
    assert opened.review.sheet.totals.to_decide == 2


def test_a_suggested_match_is_settled_with_its_evidence(
    opened: ReviewScreen, settle: Callable[[], None], qtbot: QtBot
) -> None:
    buttons = part_at(opened, MatchButtons)
    same = next(each for each in buttons.findChildren(QPushButton) if each.text() == "Same service")
    qtbot.mouseClick(same, Qt.MouseButton.LeftButton)
    settle()
    assert not [it for it in opened.review.sheet.records if it.state == "suggested match"]
    assert "u-forum" in [it.uid for it in opened.review.sheet.records]
    assert opened.page.list.current.record.uid == "u-forum"
    assert value_of(opened, "u-forum") == 10_000_00
    again = part_at(opened, MatchAgain).findChild(QPushButton)
    qtbot.mouseClick(again, Qt.MouseButton.LeftButton)
    settle()
    assert [it for it in opened.review.sheet.records if it.state == "suggested match"]


def test_a_cell_of_a_finding_leads_to_its_row(opened: ReviewScreen, qtbot: QtBot) -> None:
    conflict = next(each for each in opened.review.sheet.rules if each.rule == "conflict").questions[0]
    opened.page.list.go_to(opened.page.model.rowCount() - 1)
    cell = next(
        each
        for each in opened.page.findings.findChildren(QPushButton)
        if each.text() == conflict.finding.cells[0] and conflict.finding.message in each.toolTip()
    )
    qtbot.mouseClick(cell, Qt.MouseButton.LeftButton)
    assert opened.page.list.current.at == (conflict.kind, conflict.number)


def test_unchanged_fields_are_folded_away_and_can_be_unfolded(opened: ReviewScreen, qtbot: QtBot) -> None:
    listed, model = opened.page.list, opened.page.model
    nursing = next(it for it in opened.review.sheet.records if it.reference == "AC-001")
    rest = model.row_of_rest(nursing.kind, nursing.number)
    assert not any(model.line(row).same for row in range(model.rowCount()))
    listed.go_to(rest)
    qtbot.keyClick(listed, Qt.Key.Key_Return)
    told = [model.line(row).same for row in range(model.rowCount()) if model.line(row).same]
    assert len(told) == nursing.unchanged
    assert ("Service title", "School nursing") in [(it.label, it.value) for it in told]
    assert listed.current.sort == "rest"
    qtbot.keyClick(listed, Qt.Key.Key_Left)
    assert not any(model.line(row).same for row in range(model.rowCount()))


def test_a_cell_in_a_row_that_changes_nothing_opens_it_among_the_unchanged(opened: ReviewScreen) -> None:
    still = next(it for it in opened.review.sheet.records if it.state == "unchanged")
    question = next(iter(opened.review.sheet.rules)).questions[0]
    (sheet,) = [sheet for sheet, kind in opened.review.sheet.kinds.items() if kind == still.kind]
    assert opened.page.model.row_of(still.kind, still.number) is None
    opened._show_row(question, f"{sheet}!D{still.number}")
    assert opened.page.list.current.record == still
    assert opened.page.model.filter == "unchanged"
    assert any(opened.page.model.line(row).same for row in range(opened.page.model.rowCount()))


def test_a_field_of_a_new_record_is_declined_by_its_own_tick(opened: ReviewScreen, qtbot: QtBot) -> None:
    new = next(it for it in opened.review.sheet.records if it.state == "new")
    opened.page.list.go_to(opened.page.model.row_of(new.kind, new.number, "annual_value"))
    qtbot.keyClick(opened.page.list, Qt.Key.Key_Space)
    assert opened.page.money.after.text() == "£206,000"
    assert opened.page.apply.text() == "Apply 3 fields, 1 new record"
    opened.page.list.go_to(opened.page.model.row_of(new.kind, new.number, "title"))
    qtbot.keyClick(opened.page.list, Qt.Key.Key_D)
    assert opened.page.apply.text() == "Apply 3 fields"


def test_an_explanation_takes_a_question_off_the_hand_back(opened: ReviewScreen) -> None:
    asked = opened.page.hand_back.text()
    jump = next(each for each in opened.review.sheet.rules if each.rule == "value_jump").questions[0]
    opened._explain(jump, "A second worker since April.")
    assert "Explained: A second worker since April." in words(opened)
    assert opened.page.hand_back.text() != asked


def test_a_held_review_is_taken_up_again_as_it_was(
    opened: ReviewScreen, settle: Callable[[], None], qtbot: QtBot
) -> None:
    request = opened.review.returned.request.uid
    opened.page.list.go_to(row_of(opened, "AC-001", "tier"))
    qtbot.keyClick(opened.page.list, Qt.Key.Key_D)
    qtbot.mouseClick(opened.page.hold, Qt.MouseButton.LeftButton)
    settle()
    assert request_view(opened.session.desk, request).state is RequestState.RECEIVED
    again = ReviewScreen(opened.session)
    qtbot.addWidget(again)
    again.resize(1200, 640)
    again.show()
    again.go(Place("review", kind="request", uid=request))
    qtbot.waitUntil(lambda: again.review is not None)
    settle()
    assert again.page.apply.text() == "Apply 2 fields, 1 new record"
    assert again.may_leave()


def test_what_was_decided_when_the_program_ended_is_back_with_the_same_file(
    opened: ReviewScreen, settle: Callable[[], None], tmp_path: Path, qtbot: QtBot
) -> None:
    listed = opened.page.list
    listed.go_to(row_of(opened, "AC-001", "tier"))
    qtbot.keyClick(listed, Qt.Key.Key_D)
    (rule,) = (it for it in opened.review.sheet.rules if it.rule == "value_jump")
    opened._explain(rule.questions[0], "A second worker since April.")
    decided = opened.review.decisions.to_json()
    memory = Memory(opened.session.desk.workspace.path)
    assert file_in_hand(memory) == "returned.xlsx"
    again = ReviewScreen(opened.session)
    qtbot.addWidget(again)
    again.resize(1200, 640)
    again.show()
    again.go(Place("review", path=tmp_path / "returned.xlsx"))
    settle()
    qtbot.waitUntil(lambda: again.review is not None and not again._busy)
    assert again.review.decisions.to_json() == decided
    assert again.page.apply.text() == "Apply 2 fields, 1 new record"
    again.apply()
    qtbot.waitUntil(lambda: again.review.applied is not None and not again._busy)
    assert file_in_hand(Memory(opened.session.desk.workspace.path)) == ""


def test_what_was_discarded_is_not_back(opened: ReviewScreen, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    opened._all("decline")
    monkeypatch.setattr(QMessageBox, "exec", lambda _: None)
    monkeypatch.setattr(
        QMessageBox, "clickedButton", lambda box: next(it for it in box.buttons() if it.text() == "Discard")
    )
    memory = Memory(opened.session.desk.workspace.path)
    assert file_in_hand(memory) == "returned.xlsx"
    assert opened.may_leave()
    assert file_in_hand(Memory(opened.session.desk.workspace.path)) == ""


def test_a_queried_request_reads_the_return_it_keeps(
    opened: ReviewScreen, settle: Callable[[], None], qtbot: QtBot
) -> None:
    opened.apply()
    settle()
    uid = opened.review.returned.request.uid
    again = ReviewScreen(opened.session)
    qtbot.addWidget(again)
    again.resize(1200, 640)
    again.show()
    again.go(Place("review", kind="request", uid=uid))
    qtbot.waitUntil(lambda: again.review is not None)
    settle()
    assert again.review.sheet.totals.to_decide > 0


def test_the_hand_back_is_written_and_said_where(
    opened: ReviewScreen, settle: Callable[[], None], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shown: list[str] = []
    folder = tmp_path / "back"
    folder.mkdir()
    monkeypatch.setattr("ctdesk.ui.screens.review.QFileDialog.getExistingDirectory", lambda *_: str(folder))
    monkeypatch.setattr(
        "ctdesk.ui.screens.review.QDesktopServices.openUrl", lambda url: shown.append(url.toLocalFile())
    )
    opened.hand_back()
    settle()
    (written,) = folder.iterdir()
    assert written.name.endswith("please fix.xlsx")
    assert shown == [str(folder)]
    assert written.name in words(opened)


def test_a_file_that_is_no_return_ends_in_one_sentence(
    screen: ReviewScreen, settle: Callable[[], None], tmp_path: Path
) -> None:
    screen.go(Place("review", path=tmp_path / "prices.csv"))
    settle()
    assert screen.review is None
    assert "prices.csv is not a workbook of this desk" in words(screen)
    assert "The desk is unchanged." in words(screen)


@pytest.mark.slow
def test_a_locked_file_asks_for_its_password(
    screen: ReviewScreen, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from msoffcrypto.format.ooxml import OOXMLFile

    with (tmp_path / "returned.xlsx").open("rb") as plain, (tmp_path / "locked.xlsx").open("wb") as locked:
        OOXMLFile(plain).encrypt("apples", locked)
    asked: list[str] = []
    typed = iter([("pears", True), ("apples", True)])
    ask = "ctdesk.ui.screens.review.QInputDialog.getText"
    monkeypatch.setattr(ask, lambda _parent, _title, words, _echo: asked.append(words) or next(typed))
    screen.go(Place("review", path=tmp_path / "locked.xlsx"))
    qtbot.waitUntil(lambda: screen.review is not None)
    assert len(asked) == 2
    assert screen.page.apply.text() == "Apply 3 fields, 1 new record"


def test_several_files_are_reviewed_one_after_another(
    screen: ReviewScreen, qtbot: QtBot, settle: Callable[[], None], tmp_path: Path
) -> None:
    second = Path(shutil.copy(tmp_path / "returned.xlsx", tmp_path / "second.xlsx"))
    screen.go(Place("review", path=second))
    screen.go(Place("review", path=tmp_path / "returned.xlsx"))
    qtbot.waitUntil(lambda: screen.review is not None)
    assert screen.review.receipt.path.name == "returned.xlsx"
    qtbot.mouseClick(screen.page.next, Qt.MouseButton.LeftButton)
    settle()
    assert screen.review.receipt.path.name == "second.xlsx"
    assert not screen.page.next.isVisible()


def test_a_request_that_keeps_no_return_offers_to_choose_the_file(
    screen: ReviewScreen, settle: Callable[[], None]
) -> None:
    (uid, _), *_rest = screen.session.desk.load("request", agency=COUNCIL).items()
    screen.go(Place("review", kind="request", uid=uid))
    settle()
    assert "choose its file again" in words(screen)
    assert screen.page.choose.isVisible()


def test_a_change_made_elsewhere_is_compared_again(
    opened: ReviewScreen, qtbot: QtBot, settle: Callable[[], None]
) -> None:
    desk = opened.session.desk
    save_record(desk, "activity", CLUB, record(desk, "activity", CLUB), {"annual_value": 30_000_00})
    qtbot.waitUntil(lambda: opened.page.apply.text() == "Apply 2 fields, 1 new record")
    settle()


def test_every_control_has_a_name(opened: ReviewScreen) -> None:
    opened._show_row(
        opened.review.sheet.rules[0].questions[0], opened.review.sheet.rules[0].questions[0].finding.cells[0]
    )
    assert unnamed(opened) == []
