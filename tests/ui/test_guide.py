"""The guide in the window: pages by task, links between them, and every key."""

from pathlib import Path

import pytest
from ctdesk.resources import resource
from ctdesk.ui.frame.catalogue import CATALOGUE
from ctdesk.ui.places import Place
from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QKeySequence
from tests.ui.names import unnamed
from tests.ui.windows import main_window, make_desk

_LISTED_OTHERWISE = {f"Ctrl+{number}" for number in range(1, 10)}


@pytest.fixture
def window(tmp_path, monkeypatch, qtbot):
    monkeypatch.setenv("CTDESK_CONFIG", str(tmp_path / "config"))
    with main_window(make_desk(tmp_path / "weir.ctdesk")) as made:
        yield made


@pytest.fixture
def guide(window):
    window.go(Place("guide"))
    return window.made("guide")


def test_it_opens_at_the_first_task_and_the_arrows_go_on(guide, qtbot):
    assert guide.page.toPlainText().startswith("A day at the desk")
    qtbot.keyClick(guide.tasks, Qt.Key.Key_Down)
    assert guide.page.toPlainText().startswith("Run a round")


def test_a_place_names_a_page_and_a_link_leads_to_another(guide):
    guide.go(Place("guide", kind="keys"))
    assert guide.page.toPlainText().startswith("Keys")
    guide.page.anchorClicked.emit(QUrl("3-returns.md"))
    assert guide.page.toPlainText().startswith("Take a return back")


def test_every_key_of_the_frame_is_in_the_guide(window):
    page = resource("guide", "window", "9-keys.md").read_text(encoding="utf-8")
    for name in ("activity", "rounds", "history", "settings"):
        window.go(Place(name))
        for action in window.commands.all():
            keys = [it.toString(QKeySequence.SequenceFormat.PortableText) for it in action.shortcuts()]
            known = [it for it in keys if it in page or it in _LISTED_OTHERWISE]
            assert known or not keys, f"{action.text()}: {keys}"


def test_every_page_is_listed_in_the_guide_to_the_guide():
    folder = resource("guide", "window")
    listed = (folder.parent / "README.md").read_text(encoding="utf-8")
    for path in folder.glob("*.md"):
        title = path.read_text(encoding="utf-8").partition("\n")[0].lstrip("# ")
        assert f"[{title}](window/{path.name})" in listed


def test_the_guide_is_shipped():
    root = Path(__file__).parents[2]
    assert '"docs/guide" = "ctdesk/_resources/guide"' in (root / "pyproject.toml").read_text(encoding="utf-8")
    assert '("docs/guide", "resources/guide")' in (root / "build.spec").read_text(encoding="utf-8")
    assert "guide" in {entry.name for entry in CATALOGUE}


def test_every_control_has_a_name(guide):
    assert unnamed(guide) == []
