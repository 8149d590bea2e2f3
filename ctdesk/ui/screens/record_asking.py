"""What is asked before a record ends or goes, and before what is typed is lost; form and list ask alike."""

from collections.abc import Sequence
from datetime import date

from PySide6.QtWidgets import QInputDialog, QMessageBox, QWidget

from ctdesk.domain.definition import DEFINITIONS
from ctdesk.domain.errors import DeskError
from ctdesk.services.deleting import hanging_on
from ctdesk.services.desk import Desk
from ctdesk.services.faults import read_field
from ctdesk.services.naming import called, counted
from ctdesk.services.records import end_record, record
from ctdesk.ui.grid.asking import agreed

_MOST_NAMED = 5


def ask_end(parent: QWidget, desk: Desk, kind: str, uid: str) -> str:
    """Ask on which day a record ends and keep it as ended; return the sentence that says why not, or nothing."""
    what = called(desk, kind, record(desk, kind, uid))
    typed, given = QInputDialog.getText(parent, f"End {what}", f"Last day of {what}:")
    return end_on(desk, kind, uid, typed) if given else ""


def end_on(desk: Desk, kind: str, uid: str, typed: str) -> str:
    """End a record on a day as typed; return the sentence that says why not, or nothing."""
    reading = read_field(desk, DEFINITIONS[kind]["end"], typed)
    if not isinstance(reading.value, date):
        return reading.fault.message if reading.fault else "Give the last day; nothing was altered."
    try:
        end_record(desk, kind, uid, reading.value)
    except DeskError as fault:
        return str(fault)
    return ""


def may_delete(parent: QWidget, desk: Desk, kind: str, uids: Sequence[str]) -> bool:
    """Ask whether records may go, naming what goes with them; True too where the deletion will be refused anyway."""
    hanging = hanging_on(desk, kind, uids)
    if any(not it.goes_along for it in hanging):
        return True
    one = len(uids) == 1
    what = called(desk, kind, record(desk, kind, uids[0])) if one else counted(kind, len(uids))
    along = [f"{it.label}: {', '.join(it.titles[:_MOST_NAMED])}{' …' * (it.count > _MOST_NAMED)}" for it in hanging]
    more = "\n".join([*(["With it goes:", *along] if along else []), "Undo brings everything back."])
    return agreed(parent, "Delete", f"Delete {what}?", more, f"Delete {counted(kind, len(uids))}")


def save_discard_or_stay(parent: QWidget, words: str) -> str:
    """Ask what is to become of unsaved work; return "save", "discard" or "stay"."""
    box = QMessageBox(parent)
    box.setWindowTitle("Not saved yet")
    box.setText(words)
    answers = {
        box.addButton("Save", QMessageBox.ButtonRole.AcceptRole): "save",
        box.addButton("Discard", QMessageBox.ButtonRole.DestructiveRole): "discard",
        box.addButton("Stay", QMessageBox.ButtonRole.RejectRole): "stay",
    }
    box.exec()
    answer = next((said for each, said in answers.items() if each is box.clickedButton()), "stay")
    box.deleteLater()
    return answer
