"""The balance of prevention, and scenarios: steps typed a line each, compared, thrown away or made intentions."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QPlainTextEdit, QVBoxLayout, QWidget

from ctdesk.domain.errors import DeskError
from ctdesk.domain.figure_table import FigureTable
from ctdesk.services.prevention import prevention_tables
from ctdesk.services.scenario import read_steps, scenario_tables, turn_into_intentions
from ctdesk.ui.screens.service_map_question import Question, QuestionPage
from ctdesk.ui.session import Session
from ctdesk.ui.theme import size
from ctdesk.ui.widgets import Card, button, label

_EXAMPLES = "\n".join(
    (
        "end CS-001",
        "reduce CS-002 by 10,000",
        "move 5,000 of CS-003 to Prevention",
        "add 20,000 to Prevention as Street work",
    )
)


class PreventionPage(QuestionPage):
    """Shows the balance as it is, or beside it what the typed steps would make of it."""

    said = Signal(str)
    asks_aside = False

    def __init__(self, session: Session) -> None:
        """Make the page with an empty scenario."""
        self.session = session
        self.steps = QPlainTextEdit()
        super().__init__(Question("Prevention", self._tables, "Nothing is commissioned yet."))
        outside = self.layout()
        assert isinstance(outside, QVBoxLayout)  # noqa: S101 - made by the page above
        outside.insertWidget(0, self._scenario())

    @property
    def is_scenario(self) -> bool:
        """Whether steps are typed."""
        return bool(self.steps.toPlainText().strip())

    def _tables(self) -> Sequence[FigureTable]:
        if self.is_scenario:
            return scenario_tables(self.session.desk, read_steps(self.session.desk, self._lines()))
        return prevention_tables(self.session.desk)

    def _lines(self) -> list[str]:
        return self.steps.toPlainText().splitlines()

    def _scenario(self) -> QWidget:
        compare, throw = button("Compare"), button("Throw away", kind="quiet")
        turn = button("Turn into intentions", kind="quiet")
        turn.setEnabled(not self.session.read_only)
        compare.clicked.connect(lambda _=False: self.compare())
        throw.clicked.connect(lambda _=False: self.throw_away())
        turn.clicked.connect(lambda _=False: self.turn())
        card = Card("What if", "a step on each line, on a copy: nothing is altered", [compare, throw, turn])
        self.steps.setAccessibleName("Steps of the scenario")
        self.steps.setPlaceholderText(_EXAMPLES)
        self.steps.setTabChangesFocus(True)
        self.steps.setFixedHeight(size(92))
        self.steps.setFrameShape(QPlainTextEdit.Shape.NoFrame)
        holder = QWidget()
        inside = QHBoxLayout(holder)
        inside.setContentsMargins(size(10), 0, size(10), size(8))
        inside.addWidget(self.steps)
        card.add(holder, ruled=False)
        self.fault = label("", "help", tone="bad", wrap=True)
        self.fault.setContentsMargins(size(14), 0, size(14), size(8))
        self.fault.hide()
        card.add(self.fault, ruled=False)
        return card

    def compare(self) -> None:
        """Show what is beside what would be."""
        self._try(self.read)

    def throw_away(self) -> None:
        """Forget the steps and show the balance as it is."""
        self.steps.clear()
        self._try(self.read)

    def turn(self) -> None:
        """Make intentions of the steps."""

        def turned() -> None:
            steps = read_steps(self.session.desk, self._lines())
            done = turn_into_intentions(self.session.desk, steps)
            self.said.emit(f"{done.title}. Ctrl+Z takes it back." if done else "Nothing was altered.")

        self._try(turned)

    def _try(self, job: Callable[[], None]) -> None:
        try:
            job()
        except DeskError as fault:
            self.fault.setText(str(fault))
            self.fault.show()
        else:
            self.fault.hide()
