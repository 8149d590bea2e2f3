"""The balance of prevention, and scenarios: steps typed a line each, compared, kept, thrown away, made intentions."""

from collections.abc import Callable, Sequence

from PySide6.QtWidgets import QComboBox, QHBoxLayout, QInputDialog, QPlainTextEdit, QWidget

from ctdesk.domain.dates import date_text
from ctdesk.domain.errors import DeskError
from ctdesk.domain.figure_table import FigureTable
from ctdesk.services.kept_scenarios import (
    KeptScenario,
    all_side_by_side,
    keep_scenario,
    kept_scenarios,
    read_lines,
    throw_away,
)
from ctdesk.services.map_questions import coverage
from ctdesk.services.map_tables import cover_words
from ctdesk.services.prevention import prevention_tables
from ctdesk.services.scenario import scenario_tables
from ctdesk.services.scenario_intentions import turn_into_intentions
from ctdesk.services.scenario_steps import EXAMPLES, read_steps
from ctdesk.ui.screens.service_map_question import Question, QuestionPage
from ctdesk.ui.session import Session
from ctdesk.ui.theme import size
from ctdesk.ui.widgets import Button, Card, FlowLayout, button, label

_NEW = "New scenario"
_TYPED = "steps typed and not kept"
"""What the window remembers of scenarios, by their uid, in case the program ends before they are kept."""


class PreventionPage(QuestionPage):
    """Shows the balance as it is, what the typed steps would make of it, or all scenarios kept beside each other."""

    asks_aside = False

    def __init__(self, session: Session) -> None:
        """Make the page with an empty scenario."""
        self.session = session
        self.kept: KeptScenario | None = None
        self._drafts: dict[str, str] = dict(session.memory.get(_TYPED, {}))
        self.beside = False
        self.steps = QPlainTextEdit()
        super().__init__(Question("Prevention", self._tables, "Nothing is commissioned yet.", self._rests_on))
        self.whole.insertWidget(0, self._scenario())
        self._type(self._drafts.pop("", "").splitlines())
        self.steps.blockCountChanged.connect(lambda _: self._keep_typed())

    @property
    def is_scenario(self) -> bool:
        """Whether a scenario is shown."""
        return self.beside or bool(self.steps.toPlainText().strip())

    @property
    def scenario_name(self) -> str:
        """What the scenario shown is kept as, if it is and stands alone."""
        return self.kept.name if self.kept and not self.beside else ""

    def _rests_on(self) -> str:
        """Say what the figures of a scenario rest on; the balance as it is says so itself."""
        return cover_words(coverage(self.session.desk)) if self.is_scenario else ""

    @property
    def report(self) -> str:
        """A scenario is a paper of its own."""
        return "scenario" if self.is_scenario else ""

    @property
    def choices(self) -> dict[str, str]:
        """The scenario by its name; DeskError if what is shown is not what is kept, as a pack reads the steps anew."""
        if not self.is_scenario or self.beside:
            return {}
        if self.kept is None or list(self.kept.steps) != read_lines(self._lines()):
            raise DeskError("Keep the scenario first: a pack prints it by its name, with the steps that are kept.")
        return {"scenario": self.kept.name}

    def _tables(self) -> Sequence[FigureTable]:
        desk = self.session.desk
        if self.beside:
            return all_side_by_side(desk)
        return scenario_tables(desk, read_steps(desk, self._lines())) if self.is_scenario else prevention_tables(desk)

    def _lines(self) -> list[str]:
        return self.steps.toPlainText().splitlines()

    def _scenario(self) -> QWidget:
        card = Card("What if", "a step on each line, on a copy: nothing is altered")
        self.which = QComboBox()
        self.which.setAccessibleName("Scenario")
        self.which.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        self.which.activated.connect(self._choose)
        self.keep_it = self._doing("Keep…", self.keep, alters=True)
        self.all = self._doing("Side by side", self.show_beside)
        self.throw = self._doing("Throw away", self.throw_away)
        self.turn_it = self._doing("Turn into intentions", self.turn, alters=True)
        line = QWidget()
        across = FlowLayout(line, gap=size(8))
        across.setContentsMargins(size(14), 0, size(14), size(8))
        for each in (
            self.which,
            self._doing("Compare", self.compare),
            self.keep_it,
            self.all,
            self.throw,
            self.turn_it,
        ):
            across.addWidget(each)
        card.add(line, ruled=False)
        card.add(self._editor(), ruled=False)
        self.told = label("", "help", tone="2", wrap=True)
        self.fault = label("", "help", tone="bad", wrap=True)
        for said in (self.told, self.fault):
            said.setContentsMargins(size(14), 0, size(14), size(8))
            said.hide()
            card.add(said, ruled=False)
        return card

    def _doing(self, words: str, run: Callable[[], None], *, alters: bool = False) -> Button:
        made = button(words, kind="plain" if words == "Compare" else "quiet")
        made.setEnabled(not (alters and self.session.read_only))
        made.setToolTip(self.session.why_not if alters else "")
        made.clicked.connect(lambda _=False: run())
        return made

    def _editor(self) -> QWidget:
        self.steps.setAccessibleName("Steps of the scenario")
        self.steps.setPlaceholderText("\n".join(EXAMPLES))
        self.steps.setTabChangesFocus(True)
        self.steps.setFixedHeight(size(96))
        self.steps.setFrameShape(QPlainTextEdit.Shape.NoFrame)
        holder = QWidget()
        inside = QHBoxLayout(holder)
        inside.setContentsMargins(size(10), 0, size(10), size(8))
        inside.addWidget(self.steps)
        return holder

    def read(self) -> None:
        """Ask again, with the scenarios there are now."""
        self._offer()
        self._keep_typed()
        super().read()

    def bring_up_to_date(self, _: Session) -> None:
        """Ask again; a step that is only half typed is said to be so."""
        self._try(self.read)

    def _keep_typed(self) -> None:
        """Keep the steps typed of each scenario that are not those it is kept with."""
        kept = {it.uid: list(it.steps) for it in kept_scenarios(self.session.desk)}
        typed = {**self._drafts, self._uid: self.steps.toPlainText()}
        if not self.session.read_only:
            self.session.memory.put(
                _TYPED, {uid: text for uid, text in typed.items() if text.splitlines() != kept.get(uid, [])}
            )

    def _offer(self) -> None:
        """Offer the scenarios that are kept; one that was thrown away elsewhere is a new one again."""
        there, before = kept_scenarios(self.session.desk), self.kept
        self.kept = next((it for it in there if before and it.uid == before.uid), None)
        if before and self.kept and self._lines() == list(before.steps) != list(self.kept.steps):
            self._type(self.kept.steps)
        self.which.clear()
        self.which.addItem(_NEW, "")
        for each in there:
            self.which.addItem(each.name, each.uid)
        self.which.setCurrentIndex(self.which.findData(self._uid))
        self.all.setEnabled(bool(there))
        self.beside = self.beside and bool(there)
        turned = self.kept.turned_on if self.kept else None
        self.told.setText(f"Its steps became intentions on {date_text(turned)}." if turned else "")
        self.told.setVisible(turned is not None)

    @property
    def _uid(self) -> str:
        return self.kept.uid if self.kept else ""

    def _type(self, lines: Sequence[str]) -> None:
        self.steps.setPlainText("\n".join(lines))

    def _choose(self, at: int) -> None:
        """Show another scenario; what is typed and not kept stays with the one it is of."""
        self._drafts[self._uid] = self.steps.toPlainText()
        uid = self.which.itemData(at)
        self.kept = next((it for it in kept_scenarios(self.session.desk) if it.uid == uid), None)
        draft = self._drafts.pop(self._uid, None)
        self._type((self.kept.steps if self.kept else ()) if draft is None else draft.splitlines())
        self.compare()

    def compare(self) -> None:
        """Show what is beside what would be."""
        self.beside = False
        self._try(self.read)

    def show_beside(self) -> None:
        """Show what is beside what every scenario kept would make of it."""
        self.beside = True
        self._try(self.read)

    def keep(self) -> None:
        """Ask for a name, and keep the steps under it."""
        begin = self.kept.name if self.kept else ""
        name, given = QInputDialog.getText(self, "Keep the scenario", "What is it called?", text=begin)
        if given:
            self._try(lambda: self._keep(name))

    def _keep(self, name: str) -> None:
        self.beside = False
        self.kept = keep_scenario(self.session.desk, name, self._lines())
        self.said.emit(f"The scenario is kept as {self.kept.name}.")
        self.read()

    def throw_away(self) -> None:
        """Forget the steps, and the scenario if it is kept, and show the balance as it is."""
        self.steps.clear()
        self.beside = False
        kept, self.kept = self.kept, None

        def thrown() -> None:
            if kept is not None and not self.session.read_only:
                self.said.emit(f"{throw_away(self.session.desk, kept).title}. Ctrl+Z takes it back.")
            self.read()

        self._try(thrown)

    def turn(self) -> None:
        """Make intentions of the steps."""

        def turned() -> None:
            steps = read_steps(self.session.desk, self._lines())
            done = turn_into_intentions(self.session.desk, steps, self.kept.uid if self.kept else None)
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
