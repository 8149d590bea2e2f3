"""What money ends with nothing to follow, as far ahead as somebody wants to look."""

from collections.abc import Callable, Sequence

from PySide6.QtWidgets import QComboBox

from ctdesk.domain import clock
from ctdesk.domain.figure_table import FigureTable
from ctdesk.services.map_question_tables import cliff_tables
from ctdesk.services.map_questions import YEAR, Asked, find_cliffs
from ctdesk.ui.screens.service_map_question import Question, QuestionPage
from ctdesk.ui.session import Session

_AHEAD = (6, YEAR, 18, 24, 36)


class CliffsPage(QuestionPage):
    """The tables of what ends, with the choice of how far they look."""

    def __init__(self, session: Session, cover: Callable[[], str]) -> None:
        """Make the page; a year is looked ahead."""
        self.session, self.months = session, YEAR
        self.ahead = QComboBox()
        self.ahead.setAccessibleName("How far to look ahead")
        for months in _AHEAD:
            self.ahead.addItem(f"{months} months ahead", months)
        self.ahead.setCurrentIndex(_AHEAD.index(YEAR))
        nothing = "Nothing ends in these months with nothing to follow."
        super().__init__(Question("Cliff edges", self._find, nothing, cover), [self.ahead])
        self.ahead.activated.connect(lambda _: self.look(self.ahead.currentData()))

    def _find(self) -> Sequence[FigureTable]:
        return cliff_tables(find_cliffs(self.session.desk, clock.today(), self.asked))

    def look(self, months: int) -> None:
        """Look so many months ahead."""
        self.months = months
        self.bring_up_to_date(self.session)

    @property
    def asked(self) -> Asked:
        """What the page asks: so many months ahead."""
        return Asked(months=self.months)

    @property
    def choices(self) -> dict[str, str]:
        """What an item of a pack keeps of it."""
        return {} if self.months == YEAR else {"months": str(self.months)}
