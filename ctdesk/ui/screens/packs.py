"""Reports and packs: the packs there are, and one of them under construction."""

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from ctdesk.services.packs import packs
from ctdesk.ui.places import Place
from ctdesk.ui.screens.pack_builder import PackBuilder
from ctdesk.ui.screens.packs_list import PacksList
from ctdesk.ui.screens.packs_new import NewPack
from ctdesk.ui.screens.screen import Screen
from ctdesk.ui.session import Session
from ctdesk.ui.theme import size
from ctdesk.ui.widgets import EmptyState, Way, action, button


class PacksScreen(Screen):
    """Lists the packs, or shows one; with none yet, says what a pack is and how to begin."""

    name, title, icon = "packs", "Reports and packs", "report"
    about = frozenset({"pack", "pack_item", "board_meeting", "stored_file", "setting", "round"})

    def __init__(self, session: Session) -> None:
        """Make the three faces of the screen."""
        super().__init__(session)
        self._new = action(self, "New pack…", self.new_pack, "Ctrl+N")
        self.list = PacksList(session)
        self.list.opened.connect(self.open)
        self.list.new_wanted.connect(self.new_pack)
        self.builder = PackBuilder(session)
        self.builder.said.connect(self.said)
        self.builder.left.connect(self.show_list)
        self.builder.copied.connect(self.open)
        self._stack = QStackedWidget()
        for face in (self._empty(), self.list, self.builder):
            self._stack.addWidget(face)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self._stack)

    def _empty(self) -> QWidget:
        begin = button("New pack", kind="main", icon="plus")
        begin.clicked.connect(self.new_pack)
        begin.allow(allowed=not self.session.read_only, why=self.session.why_not)
        report = button("Print a report", icon="print")
        report.clicked.connect(lambda: self.list.print_report(report))
        page = EmptyState(
            "No pack has been made yet",
            "A pack holds the papers of a meeting in one PDF: reports of the desk and outside PDFs, with a cover, "
            "contents and page numbers over all of them, in a public and a restricted edition.",
            [
                Way("report", "Make the first pack", "A board, a day and the agenda", begin),
                Way("print", "Print one report by itself", "See it first, then print or save it", report),
            ],
        )
        page.setContentsMargins(size(16), size(16), size(16), size(16))
        return page

    def actions_offered(self) -> list[QAction]:
        """Return the screen's own commands."""
        own = [] if self.session.read_only else [self._new]
        return [*own, *(self.builder.actions_offered() if self._stack.currentWidget() is self.builder else [])]

    def read(self) -> None:
        """Read the packs again, and the one that is shown, if it is still there."""
        found = packs(self.session.desk)
        self.list.show_packs(found)
        if self.builder.pack in {line.uid for line in found}:
            self.builder.read()
        elif self._stack.currentWidget() is self.builder or not found:
            self._stack.setCurrentIndex(1 if found else 0)
        elif self._stack.currentIndex() == 0:
            self._stack.setCurrentIndex(1)

    def go(self, place: object) -> None:
        """Show the pack of a place."""
        if isinstance(place, Place) and place.uid:
            self.open(place.uid)

    def open(self, pack: str) -> None:
        """Show one pack."""
        self.builder.show_pack(pack)
        self._stack.setCurrentWidget(self.builder)

    def show_list(self) -> None:
        """Go back to the list."""
        self.builder.let_go()
        self._stack.setCurrentWidget(self.list)

    def new_pack(self) -> None:
        """Ask what a new pack needs, make it, and show it."""
        dialog = NewPack(self.session, self)
        if dialog.exec() and dialog.made is not None:
            self.open(dialog.made)
        dialog.deleteLater()
