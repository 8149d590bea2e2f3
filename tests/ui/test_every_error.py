"""Every error of the core ends at the window in its own sentence: on opening, in the background, in the form."""

import re
import shutil
import sqlite3
from contextlib import closing
from importlib import import_module
from pathlib import Path
from pkgutil import walk_packages

import ctdesk
import pytest
from ctdesk.domain.errors import DeskError
from ctdesk.services.creating import create_workspace
from ctdesk.ui.places import Place
from ctdesk.ui.screens.start import StartPage
from ctdesk.ui.widgets import Banner
from PySide6.QtWidgets import QLabel
from tests.ui.windows import main_window, uid_of

ROOMS = {"domain", "db", "returns", "analysis", "reports", "services"}
"""Where kinds of error may stand: in whatever is below the window and the command line."""

SENTENCE = "The sheet Activity of north.xlsx cannot be read at H12; correct the cell and try again."


def kinds_of_error() -> list[type[DeskError]]:
    """Return every kind of error, the common one first."""
    for module in walk_packages(ctdesk.__path__, "ctdesk."):
        if module.name.split(".")[1] in ROOMS and not module.ispkg:
            import_module(module.name)
    found, left = [], [DeskError]
    while left:
        one = left.pop()
        found.append(one)
        left += one.__subclasses__()
    return found


def made(kind: type[DeskError]) -> DeskError:
    """Make an error of a kind that says the sentence, whatever its kind is made of."""
    error = kind.__new__(kind)
    Exception.__init__(error, SENTENCE)
    return error


@pytest.fixture
def window(desk, qtbot):
    with main_window(desk) as opened:
        opened.start()
        yield opened


def test_every_kind_in_the_source_is_among_them():
    known = {kind.__name__ for kind in kinds_of_error()}
    classes = re.compile(r"^class (\w+)\((\w+)\):", re.MULTILINE)
    text = "".join(path.read_text(encoding="utf-8") for path in Path(ctdesk.__file__).parent.rglob("*.py"))
    in_source = {name for name, base in classes.findall(text) if base in known}
    assert in_source | {"DeskError"} == known


def test_work_in_the_background_ends_in_the_sentence(window, qtbot):
    heard = []
    window.session.said.connect(heard.append)
    for kind in kinds_of_error():

        def fail(_progress, kind=kind):
            raise made(kind)

        heard.clear()
        window.session.run("Reading north.xlsx", fail, lambda _: None)
        qtbot.waitUntil(lambda: heard == [SENTENCE])


def test_a_form_that_cannot_be_saved_says_the_sentence_and_keeps_what_was_typed(window, desk, monkeypatch):
    window.go(Place("record", kind="activity", uid=uid_of(desk, "WH-001")))
    screen = window.made("record")
    screen.form.rows["title"].editor.show_text("Another title")

    heard = []
    screen.said.connect(heard.append)
    for kind in kinds_of_error():

        def fail(*_args, kind=kind, **_named):
            raise made(kind)

        monkeypatch.setattr("ctdesk.ui.screens.record.save_record", fail)
        heard.clear()
        screen.save()
        assert heard == [SENTENCE], kind
        assert screen.form.rows["title"].editor.typed() == "Another title"
        assert desk.load("activity")[uid_of(desk, "WH-001")]["title"] == "Health visiting"


def newer(path):
    with closing(sqlite3.connect(path)) as file:
        file.execute("PRAGMA user_version = 9999")


def cut(path):
    path.write_bytes(path.read_bytes()[:3000])


def folder(path):
    path.unlink()
    path.mkdir()


def letter(path):
    path.write_text("Dear all", encoding="utf-8")


@pytest.mark.parametrize("spoil", [newer, cut, folder, letter, lambda path: path.unlink()])
def test_a_workspace_that_cannot_be_opened_is_said_on_the_start_page(tmp_path, monkeypatch, qtbot, spoil):
    monkeypatch.setenv("CTDESK_CONFIG", str(tmp_path / "config"))
    create_workspace(tmp_path / "whole.ctdesk", name="Whole").close()
    path = tmp_path / "spoilt.ctdesk"
    shutil.copy(tmp_path / "whole.ctdesk", path)
    spoil(path)
    page = StartPage()
    qtbot.addWidget(page)
    page.show()
    page.open(path)
    said = [each.text() for banner in page.findChildren(Banner) for each in banner.findChildren(QLabel)]
    assert any("spoilt" in text and "Traceback" not in text for text in said)
