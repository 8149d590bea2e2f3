"""Undo and redo at the window: the last step by name, taken back or done again."""

from textwrap import shorten

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QAction, QKeySequence

from ctdesk.db.history import ChangeSetLine
from ctdesk.domain.errors import DeskError
from ctdesk.services.past import Undone, last_to_redo, last_to_undo, taken_back_by, undo
from ctdesk.ui.session import Session
from ctdesk.ui.theme import icon

_LONGEST = 28
"""Letters of a step's name that stand beside undo and redo."""


class Past(QObject):
    """The two actions, kept in step with the history."""

    said = Signal(str)

    def __init__(self, session: Session) -> None:
        """Make the actions of a session."""
        super().__init__()
        self._session = session
        self.undo = self._action("undo", QKeySequence.StandardKey.Undo, self._undo)
        self.redo = self._action("redo", QKeySequence.StandardKey.Redo, self._redo)
        session.changed.connect(lambda _: self.refresh())
        self.refresh()

    def _action(self, symbol: str, keys: QKeySequence.StandardKey, run: object) -> QAction:
        action = QAction(icon(symbol), symbol.capitalize(), self)
        action.setShortcuts(QKeySequence.keyBindings(keys))
        action.triggered.connect(run)
        return action

    def refresh(self) -> None:
        """Name the steps that undo and redo would take."""
        desk = self._session.desk
        for action, line, verb in ((self.undo, last_to_undo(desk), "Undo"), (self.redo, last_to_redo(desk), "Redo")):
            title = taken_back_by(desk, line).title if line else ""
            short = shorten(title[:1].lower() + title[1:], width=_LONGEST, placeholder="…")
            action.setText(f"{verb} {short}".rstrip())
            action.setIconText(action.text())  # Qt's own takes the dots away
            action.setToolTip(f"{verb}: {title}" if title else f"There is nothing to {verb.lower()}.")
            action.setEnabled(line is not None and not self._session.read_only)

    def _undo(self) -> None:
        self._take_back(last_to_undo(self._session.desk))

    def _redo(self) -> None:
        self._take_back(last_to_redo(self._session.desk))

    def _take_back(self, line: ChangeSetLine | None) -> None:
        if line is None:
            return
        desk = self._session.desk
        try:
            undone = undo(desk, line.uid)
        except DeskError as fault:
            self.said.emit(str(fault))
            return
        self.said.emit(_told(taken_back_by(desk, line).title, undone, again=bool(line.undoes)))


def _told(title: str, undone: Undone, *, again: bool) -> str:
    kept = f"; {len(undone.conflicts)} later changes stay as they are" if undone.conflicts else ""
    return f"{title}: {'done again' if again else 'taken back'}{kept}."
