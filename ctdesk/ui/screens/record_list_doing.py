"""What is done to the records chosen in a list, and with the list as a whole."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget

from ctdesk.domain.definition import DEFINITIONS
from ctdesk.domain.errors import DeskError
from ctdesk.services.deleting import delete_records
from ctdesk.services.list_papers import export_list, print_list
from ctdesk.services.naming import counted
from ctdesk.services.records import duplicate, ends
from ctdesk.ui.grid import chosen
from ctdesk.ui.grid.asking import where_to
from ctdesk.ui.grid.clipboard import block_text
from ctdesk.ui.grid.many import ManyCells
from ctdesk.ui.grid.view import Grid
from ctdesk.ui.places import Place
from ctdesk.ui.preview import preview
from ctdesk.ui.screens.record_asking import ask_end, may_delete
from ctdesk.ui.session import Session

_NONE = "Choose a record first."


class ListDoing(QObject):
    """The commands that alter, copy, export and print. `said` tells what came of them."""

    said = Signal(str)

    def __init__(self, parent: QWidget, session: Session, grid: Grid) -> None:
        """Do things to the records of a grid."""
        super().__init__(parent)
        self._widget, self._session, self._grid = parent, session, grid
        self.many = ManyCells(parent, session, grid)
        self.many.said.connect(self.said)

    def runs(self) -> dict[str, Callable[[], object]]:
        """Return what each command does."""
        return {
            "new": self.new,
            "many": self.many.edit_many,
            "fill": self.many.fill_down,
            "paste": self.many.paste,
            "paste_new": self.many.paste_new,
            "duplicate": self.duplicate,
            "end": self.end,
            "delete": self.delete,
            "copy": self.copy,
            "export": lambda: self.export(".xlsx"),
            "export_csv": lambda: self.export(".csv"),
            "print": self.print,
        }

    @property
    def _kind(self) -> str:
        return self._grid.records.view.kind

    def new(self) -> None:
        """Open an empty form."""
        self._widget.wants.emit(Place("record", kind=self._kind))  # type: ignore[attr-defined]  # a Screen

    def duplicate(self) -> None:
        """Copy the current record and open the copy."""
        uid = self._grid.current_uid()
        if uid is None:
            self.said.emit(_NONE)
            return
        try:
            copy = duplicate(self._session.desk, self._kind, uid)
        except DeskError as fault:
            self.said.emit(str(fault))
            return
        self._widget.wants.emit(Place("record", kind=self._kind, uid=copy))  # type: ignore[attr-defined]  # a Screen

    def end(self) -> None:
        """Ask on which day the current record ends."""
        uid, definition = self._grid.current_uid(), DEFINITIONS[self._kind]
        if uid is None:
            self.said.emit(_NONE)
            return
        if not ends(self._kind):
            self.said.emit(f"{definition.plural} do not end; delete it instead.")
            return
        refused = ask_end(self._widget, self._session.desk, self._kind, uid)
        if refused:
            self.said.emit(refused)

    def delete(self) -> None:
        """Delete the chosen records, once the officer has seen what goes with them."""
        uids = chosen.uids(self._grid)
        if not uids:
            self.said.emit(_NONE)
            return
        if may_delete(self._widget, self._session.desk, self._kind, uids):
            self.delete_now(uids)

    def delete_now(self, uids: list[str]) -> None:
        """Delete records, or say why they cannot be."""
        try:
            delete_records(self._session.desk, self._kind, uids)
        except DeskError as fault:
            self.said.emit(str(fault))
            return
        self.said.emit(f"{counted(self._kind, len(uids))} deleted. Ctrl+Z brings everything back.")

    def copy(self) -> None:
        """Put the chosen block on the clipboard, as Excel takes it."""
        text = block_text(self._grid)
        if text:
            QGuiApplication.clipboard().setText(text)
            self.said.emit(f"{counted(self._kind, chosen.count(self._grid))} copied.")

    def export(self, ending: str) -> None:
        """Ask where to, and write what is seen."""
        path = where_to(self._widget, DEFINITIONS[self._kind].plural, ending)
        if path is not None:
            self.export_to(path)

    def export_to(self, path: Path) -> None:
        """Write what is seen to a file."""
        desk, view = self._session.desk, self._grid.records.view
        self._session.run(
            f"Writing {path.name}",
            lambda progress: export_list(desk, view, path, progress.step),
            lambda rows: self.said.emit(f"{counted(view.kind, rows)} written to {path}."),
            self.said.emit,
        )

    def print(self) -> None:
        """Show the pages of what is seen, to print from."""
        desk, view = self._session.desk, self._grid.records.view
        preview(
            self._session,
            self._widget,
            DEFINITIONS[self._kind].plural,
            lambda path, progress: print_list(desk, view, path, progress.step),
        )
