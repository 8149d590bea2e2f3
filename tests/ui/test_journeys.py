"""Journeys through the real main window: drops, read-only, restart, undo, background work, closing, faults."""

import logging
import threading

import pytest
from ctdesk import app
from ctdesk.services.editing import edit
from ctdesk.services.opening import open_desk, open_to_read
from ctdesk.services.past import past
from ctdesk.ui import session
from ctdesk.ui.places import Place
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtWidgets import QAbstractButton, QMessageBox
from tests.ui.windows import main_window, uid_of

ALTERING = (
    "new",
    "delete",
    "duplicate",
    "edit",
    "save",
    "undo",
    "redo",
    "receive",
    "adopt",
    "merge",
    "send",
    "restore",
)


@pytest.fixture(autouse=True)
def log_here(tmp_path, monkeypatch):
    """Keep the log of the test, and of no other, in its own folder."""
    monkeypatch.setattr("platformdirs.user_log_path", lambda *_, **__: tmp_path)
    logger = logging.getLogger("ctdesk")
    before, propagates = logger.handlers[:], logger.propagate
    logger.handlers.clear()
    yield
    for handler in logger.handlers:
        handler.close()
    logger.handlers[:], logger.propagate = before, propagates


class Asked(list):
    """What message boxes said, and the answer they get."""

    answer = ""


@pytest.fixture
def asked(monkeypatch):
    """Answer every message box by its first button, or the one named by `answer`, and keep what it said."""
    said = Asked()

    def chosen(box):
        return next(each for each in box.buttons() if said.answer in each.text())

    def answer(box):
        said.append((box.text(), [each.text() for each in box.buttons()]))
        monkeypatch.setattr(QMessageBox, "clickedButton", chosen)
        return 0

    monkeypatch.setattr(QMessageBox, "exec", answer)
    return said


def drop(window, path):
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path))])
    left, none = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    window.dropEvent(QDropEvent(QPointF(50, 50), Qt.DropAction.CopyAction, data, left, none))


def make_register(folder):
    path = folder / "grants.csv"
    lines = ["Service title,Provider,Annual value", *(f"Service {n},Provider {n},{n}000" for n in range(1, 6))]
    path.write_text("\n".join(lines), encoding="utf-8")
    return path


def test_a_dropped_register_is_recognised_and_adoption_is_offered(window, qtbot, asked, tmp_path, monkeypatch):
    gone = []
    path = make_register(tmp_path)
    monkeypatch.setattr(window, "go", gone.append)
    drop(window, path)
    qtbot.waitUntil(lambda: bool(gone))
    said, buttons = asked[0]
    assert "looks like a register of activities, 5 rows" in said
    assert buttons[0] == "Adopt it"
    assert gone == [Place("adoption", path=path)]


def test_a_dropped_file_of_no_use_is_said_and_nothing_is_done(window, qtbot, asked, tmp_path):
    path = tmp_path / "letter.txt"
    path.write_text("Dear all", encoding="utf-8")
    drop(window, path)
    qtbot.waitUntil(lambda: bool(asked))
    assert asked[0][1] == ["Close"]
    assert window.current == "home"


def test_a_second_opening_to_read_offers_no_editing(desk, qtbot, tmp_path):
    reading = open_to_read(tmp_path / "weir.ctdesk")
    with main_window(reading) as window:
        window.start()
        for screen in ("home", "activity", "rounds", "settings"):
            window.go(Place(screen))
            offered = [each.text() for each in window.commands.all()]
            offered += [
                each.text() for each in window.made(screen).findChildren(QAbstractButton) if _can_be_clicked(each)
            ]
            assert not [words for words in offered if words.casefold().split(" ")[0] in ALTERING], screen
        assert window.status._saved.text() == "Open to read only"
    desk.workspace.close()


def _can_be_clicked(each):
    return each.isVisible() and each.isEnabled() and each.text()


def test_a_restart_remembers_columns_and_the_last_screen(desk, qtbot, tmp_path):
    with main_window(desk) as first:
        first.go(Place("activity"))
        first.made("activity").state.show_columns(["title", "end", "agency"])
    with main_window(open_desk(tmp_path / "weir.ctdesk")) as second:
        second.start()
        assert second.current == "activity"
        assert second.made("activity").state.view.columns == ("title", "end", "agency")


def test_undo_and_redo_by_their_keys_name_the_step(window, desk, qtbot):
    edit(desk, "activity", "WH-001", {"title": "Visits at home"})
    uid = uid_of(desk, "WH-001")
    step = past(desk)[0].title
    assert window.past.undo.toolTip() == f"Undo: {step}"
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    qtbot.keyClick(window, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert desk.load("activity")[uid]["title"] == "Health visiting"
    assert window.status._work.text() == f"{step}: taken back."
    assert window.past.redo.toolTip() == f"Redo: {step}"
    qtbot.keyClick(window, Qt.Key.Key_Y, Qt.KeyboardModifier.ControlModifier)
    assert window.status._work.text() == f"{step}: done again."
    assert window.past.undo.toolTip() == f"Undo: {step}"
    assert desk.load("activity")[uid]["title"] == "Visits at home"


def test_background_work_shows_how_far_it_is_and_can_be_cancelled(window, qtbot):
    go_on, ends = threading.Event(), []

    def job(progress):
        progress.step(3, 10)
        while not progress.cancelled:
            go_on.wait(0.01)
        progress.step(4, 10)

    task = window.session.run("Counting", job, ends.append)
    task.stopped.connect(lambda: ends.append("stopped"), Qt.ConnectionType.QueuedConnection)
    qtbot.waitUntil(window.status._cancel.isVisible)
    qtbot.waitUntil(lambda: window.status._bar.value() == 3)
    qtbot.mouseClick(window.status._cancel, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: ends == ["stopped"])
    qtbot.waitUntil(lambda: not window.status._cancel.isVisible())


def test_closing_while_work_runs_ends_it_and_tells_nobody(desk, qtbot):
    told, begun = [], threading.Event()

    def job(progress):
        begun.set()
        while not progress.cancelled:
            threading.Event().wait(0.005)
        return "done"

    with main_window(desk) as window:
        window.start()
        window.session.run("Reading", job, told.append, told.append)
        assert begun.wait(60)
        assert window.close()
    qtbot.wait(20)
    assert not told


@pytest.fixture
def stuck(monkeypatch):
    """Return work that heeds no wish to stop until it is let go, with little patience for it."""
    monkeypatch.setattr(session.Session.stop_work, "__defaults__", (50,))
    go_on = threading.Event()
    yield go_on
    go_on.set()


def test_work_that_does_not_stop_is_named_and_the_window_stays(desk, qtbot, asked, stuck):
    told = []
    with main_window(desk) as window:
        window.start()
        window.session.run("Adopting grants.csv", lambda _: stuck.wait(600), told.append)
        asked.answer = "Stay"
        assert not window.close()
        assert "Adopting grants.csv: this cannot be stopped midway" in asked[0][0]
        assert window.isVisible()
        stuck.set()
        qtbot.waitUntil(lambda: told == [True])
        assert window.close()
    assert len(asked) == 1


def test_work_that_does_not_stop_is_left_when_the_person_closes_all_the_same(desk, qtbot, asked, stuck):
    told = []
    with main_window(desk) as window:
        window.start()
        window.session.run("Adopting grants.csv", lambda _: stuck.wait(600), told.append)
        asked.answer = "Close all the same"
        assert window.close()
        stuck.set()
        qtbot.wait(50)
        assert told == []
    desk.workspace.close()


def test_a_fault_in_background_work_is_said_honestly_and_logged(window, qtbot, tmp_path):
    def job(_progress):
        raise ZeroDivisionError

    window.session.run("Making a backup", job, lambda _: None)
    qtbot.waitUntil(lambda: "the fault is the program's own" in window.status._work.text())
    assert any("ZeroDivisionError" in path.read_text() for path in tmp_path.rglob("ctdesk.log"))


def test_a_fault_of_the_program_ends_in_a_dialog_and_the_log(window, desk, qtbot, monkeypatch, tmp_path):
    said = []
    monkeypatch.setattr(QMessageBox, "critical", lambda *words: said.append(words[-1]))
    monkeypatch.setattr("ctdesk.ui.frame.past.undo", lambda *_: {}["lost"])
    with qtbot.captureExceptions() as faults:
        window.past.undo.trigger()
    app._say_fault(*faults[0])
    assert "the program's own fault" in said[0]
    (log,) = tmp_path.rglob("ctdesk.log")
    assert "KeyError" in log.read_text()
    assert "lost" not in log.read_text()
    assert window.isVisible()


def test_several_jobs_at_once_are_counted_and_each_shows_its_own_progress(window, qtbot):
    go_on, first, second = threading.Event(), threading.Event(), threading.Event()

    def job(begun, done):
        def run(progress):
            begun.set()
            go_on.wait(600)
            progress.step(done, 10)

        return run

    window.session.run("Writing the workbooks", job(first, 2), lambda _: None)
    window.session.run("Making a backup", job(second, 7), lambda _: None)
    qtbot.waitUntil(lambda: first.is_set() and second.is_set())
    words = "Making a backup (and 1 more)"
    qtbot.waitUntil(lambda: window.status._work.text() == words)
    go_on.set()
    qtbot.waitUntil(lambda: not window.session.tasks)
    qtbot.waitUntil(lambda: not window.status._cancel.isVisible())
