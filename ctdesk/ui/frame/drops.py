"""Files dropped on the window or chosen: said what they are, then the right thing offered."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QFileDialog, QMessageBox

from ctdesk.ui.places import Place

if TYPE_CHECKING:
    from ctdesk.services.recognising import Recognised
    from ctdesk.ui.frame.window import MainWindow

SPREADSHEETS = "Spreadsheets (*.xlsx *.xlsm *.xls *.xlsb *.ods *.csv)"

_OFFERS = {
    "return": ("review", "Review it"),
    "register": ("adoption", "Adopt it"),
}


def choose_returns(window: "MainWindow") -> None:
    """Let the officer choose returned workbooks, and open their reviews one after another."""
    chosen, _ = QFileDialog.getOpenFileNames(window, "Receive returns", "", SPREADSHEETS)
    review_files(window, [Path(name) for name in chosen])


def review_files(window: "MainWindow", paths: Sequence[Path]) -> None:
    """Open the review of the first of some files; it leads on to the others."""
    for path in reversed(paths):
        window.go(Place("review", path=path))


def offer_file(window: "MainWindow", path: Path) -> None:
    """Say what a file is, and do what fits once the officer agrees."""
    from ctdesk.services.recognising import what_is

    window.session.run(
        f"Looking at {path.name}",
        lambda _: what_is(path, window.session.desk),
        lambda found: _offer(window, path, found),
    )


def _offer(window: "MainWindow", path: Path, found: "Recognised") -> None:
    box = QMessageBox(window)
    box.setWindowTitle(path.name)
    box.setText(found.sentence)
    offer = _OFFERS.get(found.kind)
    if offer is None:
        box.setInformativeText("The desk is unchanged.")
        box.addButton("Close", QMessageBox.ButtonRole.RejectRole)
        box.exec()
        return
    agree = box.addButton(offer[1], QMessageBox.ButtonRole.AcceptRole)
    box.addButton("Not now", QMessageBox.ButtonRole.RejectRole)
    box.exec()
    if box.clickedButton() is agree:
        window.go(Place(offer[0], path=path))
