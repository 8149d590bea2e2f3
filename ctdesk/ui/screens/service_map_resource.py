"""Who commissions, with what time, cost and skills, and a cost shared among the partners."""

from collections.abc import Sequence

from ctdesk.domain.figure_table import FigureTable
from ctdesk.services.map_question_tables import resource_tables
from ctdesk.services.map_questions import Asked, coverage, find_resource
from ctdesk.services.map_tables import cover_words
from ctdesk.ui.screens.service_map_question import Question, QuestionPage
from ctdesk.ui.screens.service_map_share import CostSharing
from ctdesk.ui.session import Session
from ctdesk.ui.widgets import button

SHARE = "Share a cost"


class ResourcePage(QuestionPage):
    """The tables of the resource; the last choice beside them shares a cost."""

    def __init__(self, session: Session) -> None:
        """Make the page; nothing is shared yet."""
        self.sharing = CostSharing(session)
        self.share = share = button(f"{SHARE}…")
        share.clicked.connect(lambda _=False: self.show_sharing())
        asked = Question(
            "Resource",
            lambda: resource_tables(find_resource(session.desk)),
            "No post is known yet.",
            lambda: cover_words(coverage(session.desk)),
        )
        super().__init__(asked, [share])
        self.sharing.said.connect(self.said)
        self.faces.addWidget(self.sharing)

    @property
    def asked(self) -> Asked:
        """What the page asks, with the cost to share."""
        return Asked(share=self.sharing.cost)

    @property
    def written(self) -> Sequence[FigureTable]:
        """The tables with the shares, if a cost is shared."""
        return [*self.tables, *([self.sharing.found] if self.sharing.found else [])]

    @property
    def choices(self) -> dict[str, str]:
        """What an item of a pack keeps of it."""
        return self.sharing.choices

    def show_sharing(self) -> None:
        """Show the cost to share."""
        self.choice.setCurrentIndex(len(self.tables))
        self._show(len(self.tables))
        self.sharing.amount.setFocus()

    def _take(self, tables: Sequence[FigureTable]) -> None:
        sharing = self.faces.currentWidget() is self.sharing
        super()._take(tables)
        self.choice.addItem(SHARE)
        self.choice.setVisible(True)
        self.sharing.read()
        if sharing:
            self.choice.setCurrentIndex(len(tables))
            self._show(len(tables))

    def _show(self, at: int) -> None:
        self.share.setVisible(at < len(self.tables))
        if at < len(self.tables):
            super()._show(at)
            return
        self.sharing.take_up()
        self.faces.setCurrentWidget(self.sharing)
        self.whole_row.hide()
        self.notes.hide()
