"""Rounds and returns: the rounds there are, a new one, and one followed agency by agency."""

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from ctdesk.domain import clock
from ctdesk.services.tracker import rounds
from ctdesk.ui.places import Place
from ctdesk.ui.screens.rounds_new import NewRound
from ctdesk.ui.screens.rounds_tracker import TrackerView
from ctdesk.ui.screens.screen import Screen
from ctdesk.ui.session import Session
from ctdesk.ui.theme import size
from ctdesk.ui.widgets import EmptyState, Way, action, button


class RoundsScreen(Screen):
    """Shows the newest round, or one that is chosen; with none yet, says what a round is and how to begin."""

    name, title, icon = "rounds", "Rounds and returns", "rounds"
    about = frozenset({"round", "request", "finding", "organisation", "contact", "activity", "post"})

    def __init__(self, session: Session) -> None:
        """Make the two faces of the screen."""
        super().__init__(session)
        self._waiting = 0
        self._new = action(self, "New round…", self.new_round, "Ctrl+N")
        self.tracker = TrackerView(session)
        self.tracker.wants.connect(self.wants)
        self.tracker.said.connect(self.said)
        self.tracker.new_wanted.connect(self.new_round)
        self._stack = QStackedWidget()
        self._stack.addWidget(self._empty())
        self._stack.addWidget(self.tracker)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self._stack)

    def _empty(self) -> QWidget:
        begin, adopt = button("New round", kind="main", icon="plus"), button("Adopt a register")
        begin.clicked.connect(self.new_round)
        begin.allow(allowed=not self.session.read_only, why=self.session.why_not)
        adopt.allow(allowed=not self.session.read_only, why=self.session.why_not)
        adopt.clicked.connect(lambda: self.wants.emit(Place("adoption")))
        page = EmptyState(
            "No round has been started yet",
            "A round asks every agency what it commissions, as at one day. The desk writes each its workbook, already "
            "filled with what is known, and takes the answers back.",
            [
                Way("rounds", "Start the first round", "A name, a day, and who is asked", begin),
                Way("receive", "Take over a register first", "Then the workbooks go out filled", adopt),
            ],
        )
        page.setContentsMargins(size(16), size(16), size(16), size(16))
        return page

    def actions_offered(self) -> list[QAction]:
        """Return the new round and the tracker's own commands."""
        own = [] if self.session.read_only else [self._new]
        return [*own, *self.tracker.actions_offered()]

    def read(self) -> None:
        """Read the rounds, and the one that is shown."""
        found = rounds(self.session.desk, clock.today())
        self._stack.setCurrentIndex(1 if found else 0)
        self.tracker.show_rounds(found)
        self._waiting = self.tracker.waiting()

    def go(self, place: object) -> None:
        """Show the round of a place."""
        if isinstance(place, Place) and place.uid:
            self.tracker.show_round(place.uid)

    def new_round(self) -> None:
        """Ask what a new round needs, start it, and show it."""
        dialog = NewRound(self.session, self)
        if dialog.exec() and dialog.started is not None:
            self.tracker.show_round(dialog.started)
            self.said.emit("The round is started. Send writes the workbooks.")
        dialog.deleteLater()

    def waiting(self) -> int:
        """Return how many returns wait for review or for answers."""
        return self._waiting
