"""One agreement of a period, read beside the table: its measures, counts, money and actions; judging a measure."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFormLayout, QFrame, QGridLayout, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from ctdesk.domain.counting import counted
from ctdesk.domain.dates import date_text
from ctdesk.domain.errors import DeskError
from ctdesk.domain.monitoring_lines import AgreementPeriod, CountLine, MeasureLine, OpenAction
from ctdesk.domain.performance import figure_text
from ctdesk.services.judging import judge
from ctdesk.ui.kept_typing import keep_typing
from ctdesk.ui.screens.monitoring_judge import JudgeDialog
from ctdesk.ui.session import Session
from ctdesk.ui.theme import size
from ctdesk.ui.widgets import Badge, Card, button, clear, label


class PeriodPanel(QFrame):
    """Shows the line that is looked at. `opened` carries the agreement whose page is wanted."""

    said = Signal(str)
    opened = Signal(str)

    def __init__(self, session: Session) -> None:
        """Make the panel, empty."""
        super().__init__()
        self._session = session
        self.setAccessibleName("The agreement in this period")
        self.setMinimumWidth(size(320))
        self._body = QVBoxLayout()
        self._body.setContentsMargins(0, 0, 0, 0)
        self._body.setSpacing(size(10))
        inner = QWidget()
        inner.setLayout(self._body)
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setWidget(inner)
        scroll.setAccessibleName("The agreement in this period")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(scroll)

    def show_line(self, line: AgreementPeriod | None) -> None:
        """Show an agreement, or that none is chosen."""
        clear(self._body)
        if line is None:
            self._body.addWidget(label("Choose an agreement to see what it reported.", "help", tone="2", wrap=True))
        else:
            for card in self._cards(line):
                self._body.addWidget(card)
        self._body.addStretch(1)

    def _cards(self, line: AgreementPeriod) -> list[QWidget]:
        cards: list[QWidget] = [self._head(line)]
        if line.measures:
            cards.append(self._measures(line))
        if line.actions:
            cards.append(_actions(line.actions))
        for title, lines in (("Users and incidents", line.counts), ("Money and staff", line.money)):
            if any(one.actual is not None for one in lines):
                cards.append(_counts(title, lines))
        return cards

    def _head(self, line: AgreementPeriod) -> QWidget:
        open_it = button("Open", small=True)
        open_it.setToolTip("Open the agreement (Enter)")
        open_it.clicked.connect(lambda: self.opened.emit(line.agreement))
        card = Card(line.title, line.reference, [open_it])
        card.title.setWordWrap(True)
        inner = QWidget()
        row = QVBoxLayout(inner)
        row.setContentsMargins(size(14), size(8), size(14), size(10))
        row.setSpacing(size(4))
        standing = QHBoxLayout()
        standing.addWidget(Badge("standing", line.standing.value))
        standing.addWidget(label(f"Score {line.score} of 100" if line.score is not None else "No score", tone="2"))
        standing.addStretch(1)
        row.addLayout(standing)
        row.addWidget(label(line.why, wrap=True))
        came = f"came back {date_text(line.received)}" if line.received else "has not come back"
        row.addWidget(label(f"{line.provider}. {line.period.label.capitalize()}; {came}.", "help", tone="2", wrap=True))
        card.add(inner)
        return card

    def _measures(self, line: AgreementPeriod) -> QWidget:
        card = Card("Measures")
        for measure in line.measures:
            card.add(self._measure(measure))
        return card

    def _measure(self, measure: MeasureLine) -> QWidget:
        made = QWidget()
        made.setAccessibleName(measure.name)
        grid = QGridLayout(made)
        grid.setContentsMargins(size(14), size(6), size(14), size(6))
        grid.setHorizontalSpacing(size(10))
        grid.setVerticalSpacing(size(2))
        grid.setColumnStretch(0, 1)
        rating = measure.judged.rating.value if measure.judged.rating else "missing"
        grid.addWidget(label(measure.name, "strong", wrap=True), 0, 0)
        grid.addWidget(Badge("standing", rating), 0, 1)
        grid.addWidget(label(measure.judged.reason, wrap=True), 1, 0, 1, 2)
        past = ", ".join("–" if it is None else figure_text(it) for it in measure.past[-4:])
        grid.addWidget(label(f"{measure.movement}. Last four: {past}", "help", tone="2", wrap=True), 2, 0)
        differ = button("Judge…", small=True, kind="quiet")
        differ.setToolTip("Say that it stands otherwise than computed, and why")
        differ.setAccessibleName(f"Judge {measure.name}")
        differ.allow(allowed=not self._session.read_only, why=self._session.why_not)
        differ.clicked.connect(lambda: self.ask_judgement(measure))
        grid.addWidget(differ, 2, 1)
        if measure.commentary:
            grid.addWidget(label(f"Provider: {measure.commentary}", "help", wrap=True), 3, 0, 1, 2)
        return made

    def ask_judgement(self, measure: MeasureLine) -> None:
        """Ask for the officer's judgement of a measure, and keep it."""
        dialog = JudgeDialog(measure, self)
        keep_typing(dialog, self._session, f"judge {measure.result}", dialog.fields)
        if dialog.exec():
            try:
                judge(self._session.desk, measure.result, dialog.rating, dialog.reason.text())
            except DeskError as fault:
                self.said.emit(str(fault))
        dialog.deleteLater()


def _actions(actions: Sequence[OpenAction]) -> QWidget:
    card = Card("Actions", f"{len(actions)} open")
    for action in actions:
        row = QWidget()
        line = QHBoxLayout(row)
        line.setContentsMargins(size(14), size(5), size(14), size(5))
        line.addWidget(label(f"{action.number} {action.title}".strip(), wrap=True), 1)
        due = date_text(action.due) if action.due else "no date"
        days = f", {counted(action.late, 'day')} late" if action.late else ""
        line.addWidget(label(f"{action.owner} · {due}{days}", "help", tone="bad" if action.late else "2", wrap=True), 1)
        card.add(row)
    return card


def _counts(title: str, lines: Sequence[CountLine]) -> QWidget:
    card = Card(title)
    inner = QWidget()
    form = QFormLayout(inner)
    form.setContentsMargins(size(14), size(6), size(14), size(8))
    for one in lines:
        if one.actual is not None:
            told = figure_text(one.actual)
            told += f" of {figure_text(one.plan)} planned" if one.plan is not None else ""
            told += f", {figure_text(one.before)} before" if one.before is not None else ""
            form.addRow(label(one.what, tone="2", wrap=True), label(told, wrap=True))
    card.add(inner)
    return card
