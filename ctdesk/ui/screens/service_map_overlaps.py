"""What is bought twice, or at two prices, and money that two partners report: what the team says to each pair."""

from collections.abc import Callable, Sequence

from PySide6.QtWidgets import QInputDialog

from ctdesk.domain.changes import ChangeSet
from ctdesk.domain.errors import DeskError
from ctdesk.domain.figure_table import FigureTable
from ctdesk.domain.records.mapping import Question as Asks
from ctdesk.services.map_marks import mark_intended, mark_money, unmark
from ctdesk.services.map_question_tables import INTENDED, MONEY_SETTLED, MONEY_TWICE, OVERLAPS, overlap_tables
from ctdesk.services.map_questions import Overlaps, find_overlaps
from ctdesk.ui.screens.service_map_question import Question, QuestionPage
from ctdesk.ui.session import Session
from ctdesk.ui.widgets import Button, button

_MOST = 1_000
"""So many of the largest are listed; the workbook of the command line has all."""


class OverlapsPage(QuestionPage):
    """The pairs, with the buttons that settle the current one: those that mean something to the table shown."""

    def __init__(self, session: Session, cover: Callable[[], str]) -> None:
        """Make the page, empty."""
        self.session = session
        self.found: Overlaps | None = None
        self._doings = {
            OVERLAPS: [self._doing("Intended…", self.mark_intended)],
            INTENDED: [self._doing("No longer intended", self.unmark)],
            MONEY_SETTLED: [self._doing("Ask again", self.ask_again)],
            MONEY_TWICE: [
                self._doing("Same money", lambda: self.mark_money(same=True)),
                self._doing("Different money", lambda: self.mark_money(same=False)),
            ],
        }
        nothing = "No two agencies buy the same for the same children."
        every = [doing for doings in self._doings.values() for doing in doings]
        super().__init__(Question("Overlaps", self._find, nothing, cover), every)

    def _doing(self, words: str, run: Callable[[], object]) -> Button:
        made = button(words)
        made.clicked.connect(lambda _=False: run())
        made.allow(allowed=not self.session.read_only, why=self.session.why_not)
        return made

    def _find(self) -> Sequence[FigureTable]:
        self.found = find_overlaps(self.session.desk, most=_MOST)
        return overlap_tables(self.found)

    def _show(self, at: int) -> None:
        super()._show(at)
        for title, doings in self._doings.items():
            for doing in doings:
                doing.setVisible(title == self.model.table.title)

    @property
    def pair(self) -> tuple[str, str] | None:
        """The two activities of the current row, by uid."""
        if self.current is None or self.found is None:
            return None
        title, row = self.current
        if title == MONEY_TWICE:
            twice = self.found.passed_on[row]
            return twice.payer.uid, twice.partner.uid
        if title == MONEY_SETTLED:
            payer, partner, _ = self.found.settled[row]
            return payer.uid, partner.uid
        overlap = (self.found.open if title == OVERLAPS else self.found.intended)[row]
        return overlap.first.uid, overlap.second.uid

    def mark_intended(self) -> None:
        """Ask why the current overlap is intended, and remember it."""
        pair = self.pair
        if pair is None:
            self.said.emit("Choose an overlap first.")
            return
        reason, given = QInputDialog.getText(self, "Intended overlap", "Why is this overlap intended?")
        if given:
            self._settle(lambda: mark_intended(self.session.desk, *pair, reason))

    def unmark(self) -> None:
        """Take back that the current overlap is intended."""
        pair = self.pair
        if pair is not None:
            self._settle(lambda: unmark(self.session.desk, Asks.OVERLAP, *pair))

    def ask_again(self) -> None:
        """Take back what was said of the current pair of money, so that it is asked about again."""
        pair = self.pair
        if pair is not None:
            self._settle(lambda: unmark(self.session.desk, Asks.PASSED_ON, *pair))

    def mark_money(self, *, same: bool) -> None:
        """Say whether the current pair is the same money, counted once from then on, or not."""
        pair = self.pair
        if pair is not None:
            self._settle(lambda: mark_money(self.session.desk, *pair, same=same))

    def _settle(self, job: Callable[[], ChangeSet | None]) -> None:
        try:
            done = job()
        except DeskError as fault:
            self.said.emit(str(fault))
            return
        if done is not None:
            self.said.emit(f"{done.title}. Ctrl+Z takes it back.")
