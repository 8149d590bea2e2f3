"""What a screen reader finds: every control of every screen and of every dialog, with the demonstration, has a name."""

import shutil
from importlib import import_module
from pkgutil import walk_packages

import ctdesk.ui
import pytest
from ctdesk.services.adoption_cells import LikeName
from ctdesk.services.demo import run_demo
from ctdesk.services.list_edit import Word
from ctdesk.services.many import preview_edit
from ctdesk.services.opening import open_desk
from ctdesk.ui.places import Place
from ctdesk.ui.preview import preview
from PySide6.QtWidgets import QDialog, QTabWidget, QWidget
from tests.ui.names import unnamed
from tests.ui.windows import main_window
from tools.every_screen import every_screen

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def demo(tmp_path_factory):
    folder = tmp_path_factory.mktemp("demo")
    run_demo(folder, lambda _: None)
    return folder


@pytest.fixture
def window(demo, tmp_path, monkeypatch, qtbot):
    monkeypatch.setenv("CTDESK_CONFIG", str(tmp_path / "config"))
    desk = open_desk(next(shutil.copytree(demo, tmp_path / "demo").glob("*.ctdesk")))
    with main_window(desk) as opened:
        opened.start()
        settle(opened, qtbot)
        yield opened
        settle(opened, qtbot)
        desk.workspace.changed = False


def settle(window, qtbot):
    qtbot.waitUntil(lambda: not window.session.tasks)
    qtbot.wait(20)


def first(window, kind):
    return min(window.session.desk.load(kind))


def go(window, qtbot, *place, **more):
    """Return the screen of a place, filled."""
    window.go(Place(*place, **more))
    settle(window, qtbot)
    return window.made(window.current)


SHOTS = {shot.name.rsplit("/", 1)[-1]: shot for shot in every_screen() if shot.of == "demo"}


@pytest.mark.parametrize("name", SHOTS)
def test_every_screen(window, qtbot, name):
    window.go(SHOTS[name].where(window.session.desk))
    settle(window, qtbot)
    assert unnamed(window) == []
    for tabs in window.made(window.current).findChildren(QTabWidget):
        for at in range(tabs.count()):
            tabs.setCurrentIndex(at)
            settle(window, qtbot)
            assert unnamed(tabs) == [], tabs.tabText(at)


def test_the_palette(window):
    window.commands.open_palette()
    assert unnamed(window) == []


def edit_many(window, _):
    from ctdesk.ui.grid.edit_many import EditManyDialog

    return EditManyDialog(window, window.session, "activity", 2, "tier")


def preview_of_edits(window, _):
    from ctdesk.ui.grid.preview import PreviewDialog

    desk = window.session.desk
    changes = preview_edit(desk, "activity", [first(window, "activity")], {"title": "Another", "end": "soon"})
    return PreviewDialog(window, desk, changes)


def pages(window, qtbot):
    from ctdesk.ui.preview.window import PreviewWindow
    from tests.reports.test_pages import make_pdf

    path = window.session.desk.workspace.path.with_name("made.pdf")
    preview(window.session, window, "Minutes", lambda to, _: to.write_bytes(make_pdf(path, (595, 842))))
    qtbot.waitUntil(lambda: bool(window.findChildren(PreviewWindow)))
    return window.findChildren(PreviewWindow)[0]


def publish(window, _):
    from ctdesk.ui.screens.contract_publish import PublishDialog

    return PublishDialog(window.session, "contracts", window)


def new_workspace(window, _):
    from ctdesk.ui.screens.start_new import NewWorkspace

    return NewWorkspace(window)


def pack_item(window, _):
    from ctdesk.ui.screens.pack_item import PackItemDialog

    uid, values = next(iter(window.session.desk.load("pack_item").items()))
    return PackItemDialog(window.session, uid, values, window)


def uplift(window, _):
    from ctdesk.ui.screens.contract_uplift import UpliftDialog

    return UpliftDialog(window.session, [first(window, "agreement")], window)


def new_names(window, _):
    from ctdesk.ui.screens.adoption_names import NewNamesDialog

    return NewNamesDialog(["Acorn Play"], window)


def like_names(window, _):
    from ctdesk.ui.screens.adoption_names import LikeNamesDialog

    return LikeNamesDialog([LikeName("provider", "Acorn Play Ltd", "Acorn Play", None)], window)


def word(window, _):
    from ctdesk.ui.screens.settings_word import WordDialog

    return WordDialog("Add a word", Word(""), lambda _: "", window)


def weaknesses(window, _):
    from ctdesk.ui.screens.contract_weaknesses import WeaknessDialog

    return WeaknessDialog(window.session, first(window, "review"), window)


def new_round(window, _):
    from ctdesk.ui.screens.rounds_new import NewRound

    return NewRound(window.session, window)


def new_pack(window, _):
    from ctdesk.ui.screens.packs_new import NewPack

    return NewPack(window.session, window)


def next_pack(window, _):
    from ctdesk.ui.screens.packs_new import CopyPack

    return CopyPack(window.session, first(window, "pack"), "July", window)


def judge(window, qtbot):
    from ctdesk.ui.screens.monitoring_judge import JudgeDialog

    lines = go(window, qtbot, "monitoring")._board.lines
    return JudgeDialog(next(line.measures[0] for line in lines if line.measures), window)


def questions(window, qtbot):
    from ctdesk.ui.screens.contract_asking import Asking

    screen = go(window, qtbot, "record", kind="agreement", uid=first(window, "agreement"))
    screen.doing.ask_end()
    return next(it for it in screen.findChildren(Asking) if it.isVisible())


def part(window, _):
    from ctdesk.ui.screens.contract_asking import PartForm

    return PartForm(window.session, "variation", first(window, "agreement"), parent=window)


DIALOGS = {
    "EditManyDialog": edit_many,
    "PreviewDialog": preview_of_edits,
    "PreviewWindow": pages,
    "PublishDialog": publish,
    "NewWorkspace": new_workspace,
    "PackItemDialog": pack_item,
    "UpliftDialog": uplift,
    "NewNamesDialog": new_names,
    "LikeNamesDialog": like_names,
    "WordDialog": word,
    "WeaknessDialog": weaknesses,
    "NewRound": new_round,
    "NewPack": new_pack,
    "CopyPack": next_pack,
    "JudgeDialog": judge,
    "Asking": questions,
    "PartForm": part,
}
"""How each dialog of the program is opened, by the name of its class."""


def every_dialog():
    """Return every class of dialog there is, but for those that only others are made from."""
    for module in walk_packages(ctdesk.ui.__path__, "ctdesk.ui."):
        import_module(module.name)
    found, left = set(), [QDialog]
    while left:
        one = left.pop()
        found |= {one.__name__} if one.__module__.startswith("ctdesk.") else set()
        left += one.__subclasses__()
    return {name for name in found if not name.startswith("_")}


def test_no_dialog_is_left_out():
    assert every_dialog() == set(DIALOGS)


@pytest.mark.parametrize("name", DIALOGS)
def test_every_dialog(window, qtbot, name):
    dialog = DIALOGS[name](window, qtbot)
    dialog.show()
    settle(window, qtbot)
    assert type(dialog).__name__ == name
    assert unnamed(dialog) == []
    assert dialog.windowTitle()
    assert isinstance(dialog.focusWidget(), QWidget)
    assert (dialog.width(), dialog.height()) <= (1366, 768)
    dialog.close()
    dialog.deleteLater()
