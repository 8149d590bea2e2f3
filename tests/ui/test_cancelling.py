"""Cancel while a file is being read: the reading process ends at once, nothing is altered, nothing is left behind."""

import os
import sys
import tempfile
import threading
from pathlib import Path

import pytest
from ctdesk.domain.cancelling import Cancelling
from ctdesk.returns import reader
from ctdesk.services.adopting import AdoptionWishes, read_strangers_book
from ctdesk.services.past import past
from ctdesk.ui.places import Place
from ctdesk.ui.screens.adoption_work import compare_register
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel
from tests.ui.windows import main_window

_NEVER = "import os, sys, time; open(sys.argv[1], 'w').write(str(os.getpid())); time.sleep(600)"
"""A reading process that says it has begun and then reads for ever."""


@pytest.fixture
def passing(tmp_path, monkeypatch):
    """Return the folder of passing files, seen to be as empty at the end as at the beginning."""
    folder = tmp_path / "passing"
    folder.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(folder))
    yield folder
    assert list(folder.iterdir()) == []


@pytest.fixture
def begun(tmp_path, monkeypatch, passing):
    """Return the file that a reading without end writes its number into."""
    told = tmp_path / "begun"
    monkeypatch.setattr(reader, "reading_command", lambda: [sys.executable, "-c", _NEVER, str(told)])
    return told


@pytest.fixture
def workbook(tmp_path):
    path = tmp_path / "return.csv"
    path.write_text("Service title,Provider\nNursing,Bridge Families\n", encoding="utf-8")
    return path


def wait_for_the_reading(qtbot, begun):
    qtbot.waitUntil(lambda: begun.exists() and begun.read_text() != "")
    return int(begun.read_text())


def cancel_in_the_bar(window, qtbot):
    qtbot.waitUntil(window.status._cancel.isVisible)
    qtbot.mouseClick(window.status._cancel, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: not window.session.tasks)


def is_alive(number):
    try:
        os.kill(number, 0)
    except OSError:
        return False
    return True


@pytest.mark.parametrize("screen", ["review", "adoption"])
def test_cancel_during_an_import(window, qtbot, workbook, begun, screen):
    before = [step.uid for step in past(window.session.desk)]
    window.go(Place(screen, path=workbook))
    reading = wait_for_the_reading(qtbot, begun)
    cancel_in_the_bar(window, qtbot)
    assert not is_alive(reading)
    assert [step.uid for step in past(window.session.desk)] == before
    assert window.current == screen
    words = " ".join(each.text() for each in window.made(screen).findChildren(QLabel))
    assert "Reading return.csv was cancelled" in words


def test_after_a_cancel_another_file_can_be_read(window, qtbot, workbook, begun, monkeypatch):
    command = reader.reading_command
    window.go(Place("adoption", path=workbook))
    wait_for_the_reading(qtbot, begun)
    cancel_in_the_bar(window, qtbot)
    monkeypatch.setattr(reader, "reading_command", lambda: [sys.executable, "-m", "ctdesk.returns.reader_child"])
    assert command() != reader.reading_command()
    monkeypatch.setenv("PYTHONPATH", str(Path(reader.__file__).parents[2]))
    window.go(Place("adoption", path=workbook))
    qtbot.waitUntil(lambda: window.made("adoption").sheet is not None)


def test_a_dropped_file_that_is_being_looked_at_can_be_called_off(window, qtbot, workbook, begun):
    from ctdesk.ui.frame.drops import offer_files

    offer_files(window, [workbook])
    reading = wait_for_the_reading(qtbot, begun)
    cancel_in_the_bar(window, qtbot)
    assert not is_alive(reading)
    qtbot.waitUntil(lambda: window.status._work.text() == "Looking at return.csv was cancelled.")


def test_closing_the_window_ends_a_reading(desk, qtbot, workbook, begun):
    with main_window(desk) as window:
        window.start()
        window.go(Place("adoption", path=workbook))
        reading = wait_for_the_reading(qtbot, begun)
        assert window.close()
    assert not is_alive(reading)


def test_what_has_gone_in_is_shown_as_applied_though_cancel_came_then(desk, tmp_path):
    path = tmp_path / "register.csv"
    path.write_text("Service title,Provider,Annual value\nReading circle,Bridge Families,900\n", encoding="utf-8")
    wish = Cancelling()
    desk.listeners.append(lambda _kinds: wish.cancel())
    review = compare_register(
        desk, read_strangers_book(desk, path, None), path.read_bytes, AdoptionWishes(agency="Weir Health")
    )
    with wish.in_force():
        after = review.apply(desk)
    assert wish.cancelled
    assert after.applied.applied


def test_cancel_is_for_what_was_asked_not_for_what_is_counted_by_the_way(window, qtbot):
    go_on, ends = threading.Event(), []

    def work(progress):
        while not progress.cancelled and not go_on.is_set():
            go_on.wait(0.01)
        return "counted"

    window.session.run("Reading", work, ends.append, ends.append)
    window.session.run("Counting", work, ends.append, ends.append, by_the_way=True)
    qtbot.waitUntil(window.status._cancel.isVisible)
    assert window.status._work.text() == "Reading"
    qtbot.mouseClick(window.status._cancel, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: ends == ["counted"] or "Reading was cancelled." in ends)
    qtbot.waitUntil(window.status._cancel.isHidden)
    go_on.set()
    qtbot.waitUntil(lambda: not window.session.tasks)
    assert ends[-1] == "counted"
