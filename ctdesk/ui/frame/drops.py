"""Files dropped on the window or chosen: said what they are, then the right thing offered."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QFileDialog, QMessageBox

from ctdesk.domain.counting import counted
from ctdesk.domain.errors import DeskError
from ctdesk.ui.places import Place

if TYPE_CHECKING:
    from ctdesk.services.desk import Desk
    from ctdesk.services.holdings import Holdings
    from ctdesk.services.recognising import Recognised
    from ctdesk.ui.frame.window import MainWindow
    from ctdesk.ui.tasks import Progress

SPREADSHEETS = "Spreadsheets (*.xlsx *.xlsm *.xls *.xlsb *.ods *.csv)"


@dataclass(frozen=True, slots=True)
class _Seen:
    """What a file was found to be, what it holds if it is a workspace or a backup, and whether it is open now."""

    path: Path
    found: "Recognised"
    held: "Holdings | None"
    is_own: bool


@dataclass(frozen=True, slots=True)
class _Offer:
    """What can be done with a file: a verb, and what it means in a sentence."""

    verb: str
    do: Callable[[], object]
    more: str = ""


def choose_returns(window: "MainWindow") -> None:
    """Let the officer choose returned workbooks, and open their reviews one after another."""
    chosen, _ = QFileDialog.getOpenFileNames(window, "Receive returns", "", SPREADSHEETS)
    review_files(window, [Path(name) for name in chosen])


def review_files(window: "MainWindow", paths: Sequence[Path]) -> None:
    """Open the review of the first of some files; it leads on to the others."""
    for path in reversed(paths):
        window.go(Place("review", path=path))


def offer_files(window: "MainWindow", paths: Sequence[Path]) -> None:
    """Say what some files are, and do what fits with each once the officer agrees; returns are reviewed in turn."""
    desk = window.session.desk

    def look(progress: "Progress") -> list[_Seen]:
        found = []
        for done, path in enumerate(paths):
            progress.step(done, len(paths))
            found.append(_look(path, desk))
        return found

    what = paths[0].name if len(paths) == 1 else counted(len(paths), "file")
    window.session.run(f"Looking at {what}", look, lambda seen: _offer_all(window, seen))


def _look(path: Path, desk: "Desk") -> _Seen:
    from ctdesk.services.recognising import is_own, what_is

    found, own = what_is(path, desk), is_own(path, desk)
    held = _holdings(path) if found.kind in {"workspace", "backup"} and not own else None
    return _Seen(path, found, held, own)


def _offer_all(window: "MainWindow", seen: Sequence[_Seen]) -> None:
    """Ask about several returns once, and about every other file by itself."""
    returns = [it for it in seen if it.found.kind == "return"]
    if len(returns) > 1 and not window.session.read_only:
        seen = [it for it in seen if it not in returns]
        agencies = "\n".join(f"{it.found.details['agency']}, {it.path.name}" for it in returns)
        if _agreed(window, "Returns", f"{len(returns)} returned workbooks:", agencies, "Review them"):
            review_files(window, [it.path for it in returns])
    for each in seen:
        _offer(window, each)


def _holdings(path: Path) -> "Holdings | None":
    from ctdesk.services.holdings import holdings

    try:
        return holdings(path)
    except DeskError:
        return None  # opening it will say why


def _offer(window: "MainWindow", seen: _Seen) -> None:
    offer = _offer_for(window, seen)
    more = [seen.held.words if seen.held else "", offer.more if offer else "The desk is unchanged."]
    words = "\n\n".join(filter(None, more))
    agreed = _agreed(window, seen.path.name, seen.found.sentence, words, offer.verb if offer else "")
    if offer is not None and agreed:
        offer.do()


def _agreed(window: "MainWindow", title: str, sentence: str, more: str, verb: str) -> bool:
    """Say what was found; whether the officer wants what is offered, if anything is."""
    box = QMessageBox(window)
    box.setWindowTitle(title)
    box.setText(sentence)
    box.setInformativeText(more)
    agree = box.addButton(verb, QMessageBox.ButtonRole.AcceptRole) if verb else None
    box.addButton("Not now" if verb else "Close", QMessageBox.ButtonRole.RejectRole)
    box.exec()
    answer = agree is not None and box.clickedButton() is agree
    box.deleteLater()
    return answer


def _offer_for(window: "MainWindow", seen: _Seen) -> _Offer | None:
    path, alters = seen.path, not window.session.read_only
    match seen.found.kind:
        case "return" if alters:
            return _Offer("Review it", lambda: window.go(Place("review", path=path)))
        case "register" if alters:
            return _Offer("Adopt it", lambda: window.go(Place("adoption", path=path)))
        case "workspace" if not seen.is_own:
            own = window.session.desk.workspace.path.name
            return _Offer("Open it", lambda: window.commands.leave_for(path), f"{own} is closed first.")
        case "backup":
            return _offer_backup(window, seen)
    return None


def _offer_backup(window: "MainWindow", seen: _Seen) -> _Offer:
    from ctdesk.services.holdings import is_copy_of
    from ctdesk.ui.frame import bringing_back

    held, session = seen.held, window.session
    if held is not None and is_copy_of(held, session.desk) and not session.read_only:
        return _Offer(
            "Bring it back…",
            lambda: bringing_back.in_place(window, seen.path, held),
            "It is of the workspace that is open now.",
        )
    return _Offer(
        "Restore it…",
        lambda: bringing_back.elsewhere(window, seen.path),
        "It is not of the workspace that is open now; it is put into a file of its own.",
    )
