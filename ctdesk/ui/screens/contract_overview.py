"""An agreement at a glance: its facts, its term over the years, what does not fit, its dates, what is to be done."""

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QProgressBar, QScrollArea, QVBoxLayout, QWidget

from ctdesk.domain.contract_lines import ContractFinding, PartLine
from ctdesk.domain.dates import date_text
from ctdesk.domain.findings import RULES, Grade
from ctdesk.services.contract_page import ContractPage, DateRow, Fact, year_share
from ctdesk.ui.screens.contract_measures import MeasuresCard
from ctdesk.ui.screens.contract_term import TermBar
from ctdesk.ui.theme import size
from ctdesk.ui.widgets import Banner, Card, Link, button, clear, label

_TONES = {Grade.MUST_FIX: "bad", Grade.EXPLAIN: "warn", Grade.BETTER: "info"}
_BESIDE = 820
"""From this width, at 100% text, dates and actions stand beside the rest."""


class Overview(QScrollArea):
    """Shows a page. `asked` names what a person wants to do: draft successor, open successor, add action, actions."""

    asked = Signal(str)

    def __init__(self) -> None:
        """Make the parts, empty."""
        super().__init__()
        self.setWidgetResizable(True)
        self.setAccessibleName("Overview")
        self.term = TermBar()
        self._facts = QGridLayout()
        self._term = Card("Term and decisions", "worked backwards from the end")
        self._measures = MeasuresCard()
        self._findings = QVBoxLayout()
        self.paid, self._paid_words = QProgressBar(), label("", tone="2", wrap=True)
        self._paid = Card("Paid this year")
        self._dates = Card("Dates")
        add = Link("Add")
        add.clicked.connect(lambda: self.asked.emit("add action"))
        self._actions = Card("Actions", actions=[add])
        self._successor, self._rating = Card("Successor"), Card("Procurement Act rating")
        self._wide: bool | None = None
        self._main, self._side = QWidget(), QWidget()
        self._fill()

    def _fill(self) -> None:
        facts = Card()
        holder = QWidget()
        holder.setLayout(self._facts)
        self._facts.setContentsMargins(size(14), size(10), size(14), size(10))
        self._facts.setHorizontalSpacing(size(24))
        facts.add(holder)
        self._term.body.addWidget(_within(self.term))
        self.paid.setTextVisible(False)
        self.paid.setAccessibleName("Part of this year’s payments that has been paid")
        self._paid.body.addWidget(_within(self.paid, self._paid_words))
        self._findings.setSpacing(size(8))
        _stack(self._main, (facts, self._term, self._measures, self._findings, self._paid))
        _stack(self._side, (self._dates, self._actions, self._successor, self._rating))
        self._body = QWidget()
        self._grid = QGridLayout(self._body)
        self._grid.setContentsMargins(size(16), size(10), size(16), size(12))
        self._grid.setSpacing(size(12))
        self.setWidget(self._body)
        self._share_room()

    def _share_room(self) -> None:
        wide = self.viewport().width() >= size(_BESIDE)
        if wide == self._wide:
            return
        self._wide = wide
        self._grid.addWidget(self._main, 0, 0)
        self._grid.addWidget(self._side, 0 if wide else 1, 1 if wide else 0)
        self._grid.setColumnStretch(0, 1)
        self._side.setFixedWidth(size(288)) if wide else self._side.setFixedWidth(max(self._main.width(), size(300)))
        self._side.setMinimumWidth(size(240))
        self._side.setMaximumWidth(size(288) if wide else 16_777_215)
        self._grid.setRowStretch(2, 1)

    def resizeEvent(self, event: object) -> None:  # noqa: N802 - Qt's name
        """Put the dates below where there is no room beside."""
        super().resizeEvent(event)  # type: ignore[arg-type]  # Qt hands its own event
        self._share_room()

    def show_page(self, page: ContractPage, today: date, *, read_only: bool) -> None:
        """Show an agreement."""
        line = page.sheet.line
        self._show_facts(page.facts)
        self._term.setVisible(bool(line.pieces))
        self.term.show_term(line.pieces, page.dates, line.life.end, today)
        self._measures.show_period(page.period)
        self._show_findings(line.findings)
        self._paid.setVisible(bool(page.paid))
        self._paid.title.setText(f"Paid in {page.sheet.year}")
        self.paid.setValue(round(100 * year_share(page.sheet)))
        self._paid_words.setText(page.paid)
        self._show_dates(page.dates)
        self._show_actions(page.open_actions)
        self._show_successor(page, read_only=read_only)
        self._rating.clear()
        self._rating.body.addWidget(_within(label(page.rating, tone="2", wrap=True)))

    def _show_facts(self, facts: Sequence[Fact]) -> None:
        clear(self._facts)
        for at, fact in enumerate(facts):
            column, row = at % 3, at // 3 * 3
            top = Qt.AlignmentFlag.AlignTop
            self._facts.addWidget(label(fact.label, "help", tone="3"), row, column)
            self._facts.addWidget(label(fact.value, "strong", wrap=True), row + 1, column, top)
            if fact.how:
                self._facts.addWidget(label(fact.how, "help", tone="3", wrap=True), row + 2, column, top)
            self._facts.setColumnStretch(column, 1)

    def _show_findings(self, findings: Sequence[ContractFinding]) -> None:
        clear(self._findings)
        for finding in findings:
            self._findings.addWidget(Banner(_TONES[finding.grade], finding.sentence, RULES[finding.rule].remedy))

    def _show_dates(self, dates: Sequence[DateRow]) -> None:
        self._dates.clear()
        for row in dates:
            self._dates.add(_date_line(row))
        if not dates:
            self._dates.add(_within(label("No date can be worked out: there is no end date.", tone="2", wrap=True)))

    def _show_actions(self, actions: Sequence[PartLine]) -> None:
        self._actions.clear()
        for action in actions[:4]:
            self._actions.add(_two_lines(action.words["title"], action.words["owner"], action.words["due"]))
        if len(actions) > 4:
            more = Link(f"{len(actions) - 4} more")
            more.clicked.connect(lambda: self.asked.emit("actions"))
            self._actions.add(_within(more))
        if not actions:
            self._actions.add(_within(label("Nothing is open.", tone="2")))

    def _show_successor(self, page: ContractPage, *, read_only: bool) -> None:
        self._successor.clear()
        parts: list[QWidget] = [label(page.successor, tone="2", wrap=True)]
        if page.sheet.line.successor:
            parts.append(button("Open", icon="arrow-right", small=True))
            parts[-1].clicked.connect(lambda: self.asked.emit("open successor"))  # type: ignore[attr-defined]  # a button
        elif page.sheet.line.life.end and not read_only:
            parts.append(button("Draft a successor", icon="plus", small=True))
            parts[-1].clicked.connect(lambda: self.asked.emit("draft successor"))  # type: ignore[attr-defined]  # a button
        self._successor.body.addWidget(_within(*parts))


def _date_line(row: DateRow) -> QWidget:
    made = _two_lines(row.label, row.sum, date_text(row.day), row.away, row.tone)
    made.setAccessibleName(f"{row.label} {date_text(row.day)}, {row.away}")
    made.setToolTip(f"{date_text(row.day)} is {row.sum}" if row.sum else "")
    return made


def _two_lines(first: str, second: str, right: str, below: str = "", tone: str = "") -> QWidget:
    """Return words with lighter ones below, and at the right a date with how far away it is."""
    made = QWidget()
    grid = QGridLayout(made)
    grid.setContentsMargins(size(14), size(5), size(14), size(5))
    grid.setVerticalSpacing(0)
    grid.addWidget(label(first, wrap=True), 0, 0)
    grid.addWidget(label(right, "strong"), 0, 1)
    if second:
        grid.addWidget(label(second, "help", tone="3", wrap=True), 1, 0, 1, 1 if below else 2)
    if below:
        grid.addWidget(label(below, "help", tone=tone or "3"), 1, 1)
    grid.setColumnStretch(0, 1)
    return made


def _within(*widgets: QWidget) -> QWidget:
    """Return widgets one below the other with a card's margins around them."""
    made = QWidget()
    column = QVBoxLayout(made)
    column.setContentsMargins(size(14), size(2), size(14), size(10))
    column.setSpacing(size(6))
    for widget in widgets:
        column.addWidget(widget)
    return made


def _stack(holder: QWidget, parts: Sequence[QWidget | QVBoxLayout]) -> None:
    column = QVBoxLayout(holder)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(size(10))
    for part in parts:
        if isinstance(part, QWidget):
            column.addWidget(part)
        else:
            column.addLayout(part)
    column.addStretch(1)
