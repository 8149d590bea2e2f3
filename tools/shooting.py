"""Takes pictures of the window as a person would see it, without a display."""

import os
import tempfile
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from ctdesk.services.desk import Desk
from ctdesk.services.opening import open_desk
from ctdesk.ui.frame.window import MainWindow
from ctdesk.ui.places import Place
from ctdesk.ui.screens.start import StartPage
from ctdesk.ui.session import Session
from ctdesk.ui.theme import apply_theme
from PySide6.QtCore import QElapsedTimer, QEvent, QEventLoop, Qt, QThreadPool
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication, QDialog, QWidget

WIDTH, HEIGHT = 1366, 768
_CALM = 400
"""Milliseconds without running work after which a screen counts as settled."""

Where = Callable[[Desk], Place | None]
"""What finds the place of a picture in a desk; None if this desk has no such place."""


@dataclass(frozen=True, slots=True)
class Shot:
    """One picture of the main window: its name, the place it shows, the look, and what a person does before.

    `of` names the workspace it is taken of.
    """

    name: str
    where: Where
    scheme: str = "light"
    scale: float = 1.0
    of: str = "demo"
    done: Callable[[MainWindow], None] | None = None


def draw(qt: QApplication, shot: Shot, workspace: Path, folder: Path) -> bool:
    """Draw one picture into a folder; False, with the fault printed, if the screen fails."""
    apply_theme(qt, shot.scheme, text_scale=shot.scale)
    try:
        with _window(workspace) as window:
            place = shot.where(window.session.desk)
            if place is None:
                return True
            window.go(place)
            _settle(qt, window.session)
            if shot.done is not None:
                shot.done(window)
                _settle(qt, window.session)
            over = [dialog for dialog in window.findChildren(QDialog) if dialog.isVisible()]
            _save(over[0] if over else window, folder / f"{shot.name}.png")
    except Exception as fault:
        print(f"{shot.name}: {type(fault).__name__}: {fault}")
        return False
    return True


def draw_start(qt: QApplication, folder: Path) -> None:
    """Draw the start page as somebody sees it first, with nothing remembered."""
    apply_theme(qt, "light")
    with tempfile.TemporaryDirectory() as config:
        os.environ["CTDESK_CONFIG"] = config
        page = StartPage()
    page.resize(WIDTH, HEIGHT)
    page.show()
    _settle(qt)
    _save(page, folder / "start.png")
    page.close()


@contextmanager
def _window(workspace: Path) -> Iterator[MainWindow]:
    desk = open_desk(workspace)
    if not isinstance(desk, Desk):
        raise TypeError(desk.sentence)
    window = MainWindow(workspace.name)
    window.open(Session(desk))
    window.resize(WIDTH, HEIGHT)
    window.show()
    window.start()
    try:
        yield window
    finally:
        window.close()
        window.deleteLater()


def _settle(qt: QApplication, session: Session | None = None) -> None:
    """Let work in the background end, and what it leads to."""
    calm = QElapsedTimer()
    calm.start()
    while calm.elapsed() < _CALM:
        qt.processEvents(QEventLoop.ProcessEventsFlag.AllEvents, 50)
        qt.sendPostedEvents(None, int(QEvent.Type.DeferredDelete))
        if QThreadPool.globalInstance().activeThreadCount() or (session is not None and session.tasks):
            calm.restart()


def _save(widget: QWidget, path: Path) -> None:
    picture = widget.grab().toImage().convertToFormat(QImage.Format.Format_RGB32)
    # A palette of its most frequent colours: a third of the size, and no difference to be seen.
    counted = Counter(memoryview(picture.constBits()).cast("I"))
    colours = [colour for colour, _ in counted.most_common(256)]
    flat = Qt.ImageConversionFlag.ThresholdDither | Qt.ImageConversionFlag.AvoidDither
    path.parent.mkdir(parents=True, exist_ok=True)
    picture.convertToFormat(QImage.Format.Format_Indexed8, colours, flat).save(str(path), quality=0)
