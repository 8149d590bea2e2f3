"""The start page: first start to first workspace, recent ones, and one that a colleague has."""

import subprocess
import sys

import pytest
from ctdesk.db.workspace import Workspace
from ctdesk.domain.cancelling import Cancelled
from ctdesk.services.creating import create_workspace
from ctdesk.services.recent import remember_opened
from ctdesk.ui.screens.start import StartPage
from ctdesk.ui.screens.start_demo import _make
from ctdesk.ui.screens.start_new import NewWorkspace
from ctdesk.ui.tasks import Progress
from ctdesk.ui.widgets import Banner
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton


@pytest.fixture
def page(tmp_path, monkeypatch, qtbot):
    monkeypatch.setenv("CTDESK_CONFIG", str(tmp_path / "config"))
    made = StartPage()
    qtbot.addWidget(made)
    made.show()
    return made


def test_a_first_workspace_is_made_and_opened(page, tmp_path, qtbot):
    dialog = NewWorkspace(page)
    qtbot.addWidget(dialog)
    dialog.make(tmp_path / "first.ctdesk", "Our trust")
    assert dialog.made == tmp_path / "first.ctdesk"
    with qtbot.waitSignal(page.opened) as opened:
        page.open(dialog.made)
    desk = opened.args[0]
    assert desk.setting("name") == "Our trust"
    desk.workspace.close()
    page.refresh()
    assert page.list.item(0).text() == "Our trust"


def test_a_name_that_is_taken_is_said_in_the_dialog(page, tmp_path, qtbot):
    create_workspace(tmp_path / "there.ctdesk", name="There").close()
    dialog = NewWorkspace(page)
    qtbot.addWidget(dialog)
    dialog.make(tmp_path / "there.ctdesk", "Again")
    assert dialog.made is None
    assert "there.ctdesk" in dialog._fault.text()


def test_a_missing_workspace_is_marked_and_can_be_taken_off_the_list(page, tmp_path):
    remember_opened(tmp_path / "gone.ctdesk", "Gone")
    page.refresh()
    assert "not found" in page.list.item(0).data(Qt.ItemDataRole.AccessibleTextRole)
    page.open(tmp_path / "gone.ctdesk")
    assert page.findChildren(Banner)
    page._forget_current()
    assert page.list.count() == 0


def test_a_first_start_offers_a_new_workspace_and_no_empty_list(page, tmp_path):
    assert page.list.isHidden()
    assert (page._new._main, page._open._main) == (True, False)
    create_workspace(tmp_path / "there.ctdesk", name="There").close()
    remember_opened(tmp_path / "there.ctdesk", "There")
    page.refresh()
    assert page.list.isVisible()
    assert (page._new._main, page._open._main) == (False, True)


def test_what_is_no_workspace_is_refused_in_one_sentence(page, tmp_path):
    (tmp_path / "letter.ctdesk").write_text("Dear all")
    page.open(tmp_path / "letter.ctdesk")
    assert len(page.findChildren(Banner)) >= 1


def test_one_that_is_held_is_offered_to_read_or_as_a_copy(page, tmp_path, qtbot):
    create_workspace(tmp_path / "held.ctdesk", name="Held").close()
    holding = (
        "import sys; from pathlib import Path; from ctdesk.db.workspace import Workspace;"
        f"w = Workspace.open(Path({str(tmp_path / 'held.ctdesk')!r})); print('held', flush=True); sys.stdin.read()"
    )
    holder = subprocess.Popen([sys.executable, "-c", holding], stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    try:
        assert holder.stdout.readline().strip() == b"held"
        page.open(tmp_path / "held.ctdesk")
        offered = [b.text() for banner in page.findChildren(Banner) for b in banner.findChildren(QPushButton)]
        assert {"Open to read", "Work on a copy"} <= set(offered)
        with qtbot.waitSignal(page.opened) as opened:
            page._read(tmp_path / "held.ctdesk")
        assert opened.args[0].workspace.read_only
        opened.args[0].workspace.close()
        with qtbot.waitSignal(page.opened) as opened:
            page._copy(tmp_path / "held.ctdesk")
        assert "copy" in opened.args[0].workspace.path.name
        opened.args[0].workspace.close()
    finally:
        holder.communicate()
    with Workspace.open(tmp_path / "held.ctdesk") as workspace:
        assert not workspace.read_only


def test_the_page_fits_the_smallest_screen_at_200_percent(dressed, tmp_path, monkeypatch, qtbot):
    monkeypatch.setenv("CTDESK_CONFIG", str(tmp_path / "config"))
    remember_opened(tmp_path / "a folder with a long name" / "weir.ctdesk", "A trust with quite a long name of its own")
    dressed("light", 2.0)
    made = StartPage()
    qtbot.addWidget(made)
    made.resize(1366, 690)
    made.show()
    qtbot.wait(20)
    assert (made.width(), made.height()) == (1366, 690)
    assert made.list.horizontalScrollBar().maximum() == 0
    assert made._left.horizontalScrollBar().maximum() == 0
    assert made.list.height() >= made.list.sizeHintForRow(0)


def test_the_demo_that_is_called_off_leaves_nothing_behind(tmp_path, monkeypatch):
    def run_demo(folder, say):
        folder.mkdir()
        (folder / "borough.ctdesk").write_text("half of it")
        say("Sent.")

    monkeypatch.setattr("ctdesk.services.demo.run_demo", run_demo)
    progress = Progress()
    progress.cancel()
    with pytest.raises(Cancelled):
        _make(tmp_path / "ctdesk demo", progress)
    assert list(tmp_path.iterdir()) == []
