"""Draws the screens of the window, empty and with the demo, into the pictures of the guide.

Run: python tools/shots.py [part of a name ...]
"""

import os
import sys
import tempfile
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
PICTURES = ROOT / "docs" / "guide" / "pictures"

# Set before Qt and the program are first used: the same screen, person and memory wherever this runs.
os.environ |= {"QT_QPA_PLATFORM": "offscreen", "CTDESK_USER": "sam", "TZ": "Europe/London"}

from ctdesk.services.creating import create_workspace  # noqa: E402 - after the settings above
from ctdesk.services.demo import RETURNED, run_demo  # noqa: E402
from ctdesk.services.desk import Desk  # noqa: E402
from ctdesk.services.opening import open_desk  # noqa: E402
from ctdesk.ui.form.part_table import PartTable  # noqa: E402
from ctdesk.ui.form.record_form import RecordForm  # noqa: E402
from ctdesk.ui.frame.window import MainWindow  # noqa: E402
from ctdesk.ui.places import Place  # noqa: E402
from ctdesk.ui.screens.adoption import AdoptionScreen  # noqa: E402
from ctdesk.ui.screens.start import StartPage  # noqa: E402
from ctdesk.ui.session import Session  # noqa: E402
from ctdesk.ui.theme import apply_theme  # noqa: E402
from PySide6.QtCore import QElapsedTimer, QEvent, QEventLoop, Qt, QThreadPool  # noqa: E402
from PySide6.QtGui import QImage  # noqa: E402
from PySide6.QtWidgets import QApplication, QDialog, QTabWidget, QWidget  # noqa: E402

WIDTH, HEIGHT = 1366, 768
_CALM = 400
"""Milliseconds without running work after which a screen counts as settled."""

Where = Callable[[Desk], Place]
"""What finds the place of a picture in a desk."""


@dataclass(frozen=True, slots=True)
class Shot:
    """One picture of the main window: its file name, the place it shows, and the look."""

    name: str
    where: Where
    scheme: str = "light"
    scale: float = 1.0
    empty: bool = False


def _screen(name: str) -> Where:
    return lambda _: Place(name)


def _first_activity(desk: Desk) -> Place:
    return Place("record", kind="activity", uid=min(desk.load("activity").items(), key=lambda it: _reference(it[1]))[0])


def _funded_activity(desk: Desk) -> Place:
    funded = min(str(line["activity"]) for line in desk.load("funding_line").values())
    return Place("record", kind="activity", uid=funded)


def _measured_agreement(desk: Desk) -> Place:
    measured = {str(measure["agreement"]) for measure in desk.load("agreement_measure").values()}
    agreements = desk.load_some("agreement", measured)
    return Place("record", kind="agreement", uid=min(agreements, key=lambda uid: _reference(agreements[uid])))


def _reference(values: object) -> str:
    return str(values["reference"]) if isinstance(values, dict) else ""


def _a_return(desk: Desk) -> Place:
    folder = desk.workspace.path.parent / RETURNED
    return Place("review", path=sorted(folder.glob("*.xlsx"))[0])


def _a_register(_desk: Desk) -> Place:
    return Place("adoption", path=ROOT / "docs" / "guide" / "example-register.csv")


SHOTS = (
    Shot("home", _screen("home")),
    Shot("home-dark", _screen("home"), scheme="dark"),
    Shot("home-200", _screen("home"), scale=2.0),
    Shot("home-empty", _screen("home"), empty=True),
    Shot("activity", _screen("activity")),
    Shot("activity-dark", _screen("activity"), scheme="dark"),
    Shot("activity-empty", _screen("activity"), empty=True),
    Shot("staffing", _screen("post")),
    Shot("organisations", _screen("organisation")),
    Shot("look-alikes", _screen("look_alikes")),
    Shot("record", _first_activity),
    Shot("record-funding", _funded_activity),
    Shot("monitoring", _screen("monitoring")),
    Shot("monitoring-measures", _measured_agreement),
    Shot("rounds", _screen("rounds")),
    Shot("rounds-dark", _screen("rounds"), scheme="dark"),
    Shot("rounds-empty", _screen("rounds"), empty=True),
    Shot("review", _a_return),
    Shot("review-dark", _a_return, scheme="dark"),
    Shot("adoption", _a_register),
    Shot("adoption-review", _a_register),
    Shot("history", _screen("history")),
    Shot("settings", _screen("settings")),
    Shot("guide", _screen("guide")),
    Shot("palette", _screen("home")),
    Shot("preview", _screen("rounds")),
)


def main(wanted: Sequence[str]) -> int:
    """Draw the pictures whose names hold one of these words, or all; 1 if a screen could not be drawn, else 0."""
    qt = QApplication([])
    PICTURES.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        os.environ["CTDESK_CONFIG"] = str(Path(folder) / "config")
        full, empty = _demo(Path(folder) / "demo"), Path(folder) / "new.ctdesk"
        create_workspace(empty, name="Weirside").close()
        chosen = [shot for shot in SHOTS if not wanted or any(word in shot.name for word in wanted)]
        failed = [shot.name for shot in chosen if not _draw(qt, shot, empty if shot.empty else full)]
        if not wanted or "start" in wanted:
            _draw_start(qt)
    for name in failed:
        print(f"{name}: not drawn")
    return int(bool(failed))


def _demo(folder: Path) -> Path:
    """Make the demo and return its workspace."""
    run_demo(folder, lambda _: None)
    return next(folder.glob("*.ctdesk"))


def _draw(qt: QApplication, shot: Shot, workspace: Path) -> bool:
    """Draw one picture; False, with the fault printed, if the screen fails."""
    apply_theme(qt, shot.scheme, text_scale=shot.scale)
    try:
        with _window(workspace) as window:
            window.go(shot.where(window.session.desk))
            _settle(qt, window.session)
            if shot.name in _DONE:
                _DONE[shot.name](window)
                _settle(qt, window.session)
            over = [dialog for dialog in window.findChildren(QDialog) if dialog.isVisible()]
            _save(over[0] if over else window, shot.name)
    except Exception as fault:
        print(f"{shot.name}: {type(fault).__name__}: {fault}")
        return False
    return True


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


def _search(window: MainWindow) -> None:
    """Type into the palette as a person would."""
    window.commands.open_palette()
    focus = window.focusWidget()
    if focus is not None:
        focus.setProperty("text", "family")


def _review_register(window: MainWindow) -> None:
    """Say whose a register is, and go on from its columns to the review of its rows."""
    screen = window.made("adoption")
    if isinstance(screen, AdoptionScreen):
        screen.name_agency("Weirside Borough Council")
        screen.go_on()


def _show_funding(window: MainWindow) -> None:
    """Scroll a form to the funding lines."""
    table = window.made("record").findChild(PartTable)
    form = window.made("record").findChild(RecordForm)
    if table is not None and form is not None:
        form.ensureWidgetVisible(table, 0, HEIGHT // 4)


def _show_measures(window: MainWindow) -> None:
    """Turn to the measures of the agreement that is shown."""
    tabs = window.made("contract").findChild(QTabWidget)
    assert tabs is not None  # noqa: S101 - the screen of a contract has them
    tabs.setCurrentIndex(next(at for at in range(tabs.count()) if tabs.tabText(at).startswith("Measures")))


def _print(window: MainWindow) -> None:
    """Look at the baseline report before it is printed."""
    next(action for action in window.commands.all() if "baseline report" in action.text()).trigger()


_DONE: dict[str, Callable[[MainWindow], None]] = {
    "palette": _search,
    "adoption-review": _review_register,
    "record-funding": _show_funding,
    "monitoring-measures": _show_measures,
    "preview": _print,
}
"""What a person does before some pictures are taken."""


def _settle(qt: QApplication, session: Session | None = None) -> None:
    """Let work in the background end, and what it leads to."""
    calm = QElapsedTimer()
    calm.start()
    while calm.elapsed() < _CALM:
        qt.processEvents(QEventLoop.ProcessEventsFlag.AllEvents, 50)
        qt.sendPostedEvents(None, int(QEvent.Type.DeferredDelete))
        if QThreadPool.globalInstance().activeThreadCount() or (session is not None and session.tasks):
            calm.restart()


def _save(widget: QWidget, name: str) -> None:
    picture = widget.grab().toImage().convertToFormat(QImage.Format.Format_RGB32)
    # A palette of its most frequent colours: a third of the size, and no difference to be seen.
    counted = Counter(memoryview(picture.constBits()).cast("I"))
    colours = [colour for colour, _ in counted.most_common(256)]
    flat = Qt.ImageConversionFlag.ThresholdDither | Qt.ImageConversionFlag.AvoidDither
    picture.convertToFormat(QImage.Format.Format_Indexed8, colours, flat).save(str(PICTURES / f"{name}.png"), quality=0)


def _draw_start(qt: QApplication) -> None:
    """Draw the start page as somebody sees it first, with nothing remembered."""
    apply_theme(qt, "light")
    with tempfile.TemporaryDirectory() as folder:
        os.environ["CTDESK_CONFIG"] = folder
        page = StartPage()
    page.resize(WIDTH, HEIGHT)
    page.show()
    _settle(qt)
    _save(page, "start")
    page.close()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
