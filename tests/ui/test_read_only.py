"""A workspace that is open to read only: everything can be looked at, and every command that alters says why not."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from ctdesk.db.workspace import Workspace
from ctdesk.domain.changes import Action, created
from ctdesk.services.desk import Desk
from ctdesk.services.opening import open_to_read
from ctdesk.services.past import past
from ctdesk.ui.frame.catalogue import CATALOGUE
from ctdesk.ui.frame.window import MainWindow
from ctdesk.ui.places import Place
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QAbstractButton, QLabel, QLineEdit
from pytestqt.qtbot import QtBot
from tests.services.small_borough import NURSING
from tests.ui.returned import prepare
from tests.ui.windows import main_window

ALTERS = re.compile(
    r"(Apply|Take in|Hold|Hand back|Accept|Decline|Settle|Ask about all|All conflicts|Save|Discard|Duplicate|Delete|"
    r"Add(?! filter)|Merge|They are|Not the same|Undo|Same|New(?! \d)|Later|Explain|As suggested|As typed)\b"
)
REASON = "open to read only"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A workspace with a return to review, a register to adopt, look-alikes and a history."""
    made = prepare(tmp_path_factory.mktemp("prepared"))
    with Workspace.open(made / "borough.ctdesk") as workspace:
        alike = [
            created("organisation", {"name": name, "is_provider": True}) for name in ("Oak Trust", "Oak Trust Ltd")
        ]
        Desk(workspace, "sam").apply(Action.EDIT, "Two that look alike", alike)
        workspace.changed = False
    register = "Ref,Contract title,Supplier,Value pa,Start\nC/1,Youth bus,Acorn Play,42000,01/09/2025\n"
    (made / "register.csv").write_text(register, encoding="utf-8")
    return made


@pytest.fixture
def window(folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[MainWindow]:
    """A window in which only reading is open."""
    monkeypatch.setenv("CTDESK_CONFIG", str(tmp_path / "config"))
    with main_window(open_to_read(folder / "borough.ctdesk")) as made:
        made.start()
        yield made


def may_alter(window: MainWindow, screen: str) -> list[str]:
    """What alters and is not off with the reason in its tooltip: buttons in sight, and the screen's commands."""
    made = window.made(screen)
    offered = [each for each in made.findChildren(QAbstractButton) if each.isVisible()]
    found = [(each.accessibleName() or each.text(), each) for each in offered] + [
        (each.text(), each) for each in made.actions_offered()
    ]
    return [
        words for words, each in found if ALTERS.match(words) and (each.isEnabled() or REASON not in each.toolTip())
    ]


def settle(window: MainWindow, qtbot: QtBot) -> None:
    qtbot.wait(1)
    qtbot.waitUntil(lambda: not window.session.tasks)


def test_a_return_can_be_looked_at_and_not_decided_on(window: MainWindow, qtbot: QtBot, folder: Path) -> None:
    window.go(Place("review", path=folder / "returned.xlsx"))
    screen = window.made("review")
    qtbot.waitUntil(lambda: screen.review is not None and not screen._busy)
    assert may_alter(window, "review") == []
    before = screen.review.sheet.totals
    screen.page.list.go_to(0)
    for key in (Qt.Key.Key_D, Qt.Key.Key_A, Qt.Key.Key_Space):
        qtbot.keyClick(screen.page.list, key)
    screen._all("decline")
    assert screen.review.sheet.totals == before
    assert screen.may_leave()


def test_a_register_can_be_looked_at_and_not_adopted(window: MainWindow, qtbot: QtBot, folder: Path) -> None:
    window.go(Place("adoption", path=folder / "register.csv"))
    screen = window.made("adoption")
    qtbot.waitUntil(lambda: screen.sheet is not None)
    screen.mapping.says.agency.setEditText("Alder Council")
    screen.mapping.says.agency.lineEdit().editingFinished.emit()
    screen.main.click()
    qtbot.waitUntil(lambda: screen.review is not None and not screen._busy)
    assert screen.review.sheet.counts["activity"]["new"] == 1
    assert may_alter(window, "adoption") == []


def test_a_record_can_be_read_and_copied_from_and_not_typed_into(window: MainWindow, qtbot: QtBot) -> None:
    window.go(Place("record", kind="activity", uid=NURSING))
    settle(window, qtbot)
    screen = window.made("record")
    for tab in range(screen.panel.count()):
        screen.panel.setCurrentIndex(tab)
        assert may_alter(window, "record") == []
    lines = [each for each in screen.form.findChildren(QLineEdit) if each.isEnabled()]
    assert lines
    assert all(each.isReadOnly() for each in lines)


@pytest.mark.parametrize("screen", ["look_alikes", "history", "activity"])
def test_other_screens_say_why_nothing_can_be_altered(window: MainWindow, qtbot: QtBot, screen: str) -> None:
    before = len(past(window.session.desk))
    window.go(Place(screen))
    settle(window, qtbot)
    settle(window, qtbot)
    assert may_alter(window, screen) == []
    assert len(past(window.session.desk)) == before


_LISTS = [entry.name for entry in CATALOGUE if entry.kind or entry.name == "agreement"]


_OTHERS = ["home", "monitoring", "rounds", "map", "packs", "settings", "history", "look_alikes", "calendar"]


@pytest.mark.slow
def test_whatever_is_off_says_why_to_the_eye_and_to_a_screen_reader(window: MainWindow, qtbot: QtBot) -> None:
    for screen in [*_LISTS, *_OTHERS]:
        window.go(Place(screen))
        settle(window, qtbot)
        settle(window, qtbot)
        silent = [
            each.accessibleName() or each.text()
            for each in window.made(screen).findChildren(QAbstractButton)
            if each.isVisible()
            and not each.isEnabled()
            and not (each.toolTip() and _described(each))
            and each.metaObject().className() != "QTableCornerButton"  # Qt's own, which does nothing here
        ]
        assert silent == [], screen
        assert may_alter(window, screen) == [], screen


def _described(button: QAbstractButton) -> bool:
    described = QAccessible.queryAccessibleInterface(button).text(QAccessible.Text.Description)
    return described == button.toolTip()


@pytest.mark.parametrize("kind", ["activity", "note"])
def test_a_list_hides_nothing_that_alters_but_says_why_it_is_off(window: MainWindow, qtbot: QtBot, kind: str) -> None:
    window.go(Place(kind))
    settle(window, qtbot)
    screen = window.made(kind)
    assert screen.head.new.isVisible()
    assert not screen.head.new.isEnabled()
    assert REASON in screen.head.new.toolTip()
    if kind == "note":
        assert any(REASON in each.text() for each in screen.nothing_yet.findChildren(QLabel))
    else:
        assert screen.head.many.isVisible()
        assert not screen.head.many.isEnabled()
        assert screen.head.export.isEnabled()


def test_a_form_says_in_a_line_why_nothing_can_be_typed(window: MainWindow, qtbot: QtBot) -> None:
    window.go(Place("record", kind="activity", uid=NURSING))
    settle(window, qtbot)
    assert REASON in window.made("record").foot.state.text()
