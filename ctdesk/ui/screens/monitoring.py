"""Monitoring: how every agreement stands in a period, the worst first; sending a quarter out, chasing, judging."""

from functools import cached_property
from pathlib import Path

from PySide6.QtCore import QUrl
from PySide6.QtGui import QAction, QDesktopServices, QKeySequence
from PySide6.QtWidgets import QComboBox, QFileDialog, QHBoxLayout, QSplitter, QStackedWidget, QVBoxLayout, QWidget

from ctdesk.domain import clock
from ctdesk.domain.dates import date_text
from ctdesk.domain.errors import DeskError
from ctdesk.domain.monitoring_lines import AgreementPeriod, PeriodBoard
from ctdesk.domain.periods import Period, period_of
from ctdesk.services.monitoring import send_period, start_period
from ctdesk.services.monitoring_board import board, periods, to_be_asked
from ctdesk.services.monitoring_report import print_monitoring
from ctdesk.services.round_actions import write_chasers
from ctdesk.services.sending import SentRequest
from ctdesk.ui.places import Place
from ctdesk.ui.preview import preview
from ctdesk.ui.screens.monitoring_figures import StandingFigures
from ctdesk.ui.screens.monitoring_panel import PeriodPanel
from ctdesk.ui.screens.monitoring_table import GROUPINGS, BoardTable
from ctdesk.ui.screens.screen import Screen
from ctdesk.ui.session import Session
from ctdesk.ui.theme import size
from ctdesk.ui.widgets import (
    EmptyState,
    PageHead,
    SearchField,
    Segmented,
    Way,
    action,
    button,
    edge_to_edge,
    icon_button,
)


class MonitoringScreen(Screen):
    """Shows the newest period that was sent, or one that is chosen; with none yet, says how to begin."""

    name, title, icon = "monitoring", "Monitoring", "monitoring"
    about = frozenset({
        "round", "request", "finding", "agreement", "agreement_measure", "measure_target", "measure_result",
        "period_count", "period_money", "action", "extension", "variation", "organisation",
    })  # fmt: skip

    def __init__(self, session: Session) -> None:
        """Make the two faces of the screen."""
        super().__init__(session)
        self._board: PeriodBoard | None = None
        self._shown: Period | None = None
        self._choice = QComboBox()
        self._choice.setAccessibleName("Period")
        self._choice.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        self._choice.activated.connect(lambda _: self.show_period(self._choice.currentData()))
        self._older = icon_button("Earlier period (Alt+Page Up)", "chevron-left")
        self._newer = icon_button("Later period (Alt+Page Down)", "chevron-right")
        self._older.setShortcut(QKeySequence("Alt+PgUp"))
        self._newer.setShortcut(QKeySequence("Alt+PgDown"))
        self._older.clicked.connect(lambda: self._move(1))
        self._newer.clicked.connect(lambda: self._move(-1))
        self._chase = button("Write chasers", icon="mail")
        self._chase.clicked.connect(self.chase)
        self._send = button("Send", kind="main", icon="send")
        self._send.clicked.connect(self.send_next)
        receive = button("Receive returns", icon="receive", shortcut="Ctrl+R")
        receive.clicked.connect(lambda: self.wants.emit(Place("receive")))
        for each in (self._chase, self._send, receive):
            each.allow(allowed=not session.read_only, why=session.why_not)
        self._print = icon_button("Print the monitoring report (Ctrl+P)", "print")
        self._print.clicked.connect(self.print)
        beside = [self._older, self._choice, self._newer]
        self._head = PageHead("Monitoring", beside=beside, buttons=[self._print, self._chase, receive, self._send])
        self._figures = StandingFigures()
        self.table = BoardTable()
        self.table.opened.connect(self._open)
        self.table.current.connect(self._show_one)
        self.panel = PeriodPanel(session)
        self.panel.said.connect(self.said)
        self.panel.opened.connect(self._open)
        self._stack = QStackedWidget()
        self._stack.addWidget(self._empty())
        self._stack.addWidget(self._page())
        layout = edge_to_edge(self)
        layout.addWidget(self._head)
        layout.addWidget(self._stack, 1)

    def _empty(self) -> QWidget:
        begin, contracts = button("Send a quarter", kind="main", icon="send"), button("See contracts")
        begin.clicked.connect(self.send_next)
        begin.allow(allowed=not self.session.read_only, why=self.session.why_not)
        contracts.clicked.connect(lambda: self.wants.emit(Place("agreement", kind="agreement")))
        page = EmptyState(
            "No period has been sent yet",
            "Every agreement with measures gets a workbook at the end of its period. The desk compares what comes back "
            "with the targets, and names those that did not answer.",
            [
                Way("send", "Send the quarter that ended last", "To all providers at once", begin),
                Way("activity", "Give agreements their measures", "On the page of each agreement", contracts),
            ],
        )
        page.setContentsMargins(size(16), size(16), size(16), size(16))
        return page

    def _page(self) -> QWidget:
        grouping = Segmented("Group by", [words for words, _ in GROUPINGS])
        grouping.chosen.connect(self.table.group_by)
        filtered = SearchField("Type to filter", "/")
        filtered.setMaximumWidth(size(240))
        filtered.textChanged.connect(self.table.show_only)
        tools = QHBoxLayout()
        tools.setSpacing(size(8))
        tools.addWidget(grouping)
        tools.addWidget(filtered)
        library = button("Library of measures", kind="quiet")
        library.setToolTip("Measures that agreements are given; each agreement has its own on its page, under Measures")
        library.clicked.connect(self.open_library)
        tools.addStretch(1)
        tools.addWidget(library)
        both = QSplitter()
        both.addWidget(self.table)
        both.addWidget(self.panel)
        both.setStretchFactor(0, 3)
        both.setStretchFactor(1, 2)
        both.setChildrenCollapsible(False)
        page = QWidget()
        body = QVBoxLayout(page)
        body.setContentsMargins(size(16), 0, size(16), size(12))
        body.setSpacing(size(10))
        body.addWidget(self._figures)
        body.addLayout(tools)
        body.addWidget(both, 1)
        return page

    def actions_offered(self) -> list[QAction]:
        """Return the screen's commands; those that alter only where that is possible."""
        return self._actions

    @cached_property
    def _actions(self) -> list[QAction]:
        report = action(self, "Print the monitoring report…", self.print, "Ctrl+P")
        library = action(self, "Library of measures", self.open_library)
        if self.session.read_only:
            return [report, library]
        return [
            report,
            library,
            action(self, "Send monitoring workbooks…", self.send_next),
            action(self, "Write chasers for monitoring…", self.chase),
        ]

    def read(self) -> None:
        """Read the periods, and the one that is shown."""
        found = periods(self.session.desk)
        self._choice.clear()
        for each in found:
            self._choice.addItem(each.quarter.label.capitalize(), each.quarter)
        self._stack.setCurrentIndex(1 if found else 0)
        for widget in (self._choice, self._older, self._newer, self._chase, self._print):
            widget.setVisible(bool(found))
        quarters = [each.quarter for each in found]
        sent = {each.quarter for each in found if not each.unsent}
        self._send.setText(f"Send {self._next().short}{' again' if self._next() in sent else ''}")
        if quarters:
            self.show_period(self._shown if self._shown in quarters else quarters[0])

    def go(self, place: object) -> None:
        """Show the period of a place, which is named by its code."""
        if isinstance(place, Place) and place.filters.get("period"):
            from ctdesk.domain.periods import read_period

            self.show_period(read_period(place.filters["period"]))

    def show_period(self, quarter: Period) -> None:
        """Show one period."""
        self._shown = quarter
        try:
            self._board = board(self.session.desk, quarter, clock.today())
        except DeskError as fault:
            self.said.emit(str(fault))
            return
        at = self._choice.findText(quarter.label.capitalize())
        self._choice.setCurrentIndex(at)
        self._older.setEnabled(at + 1 < self._choice.count())
        self._newer.setEnabled(at > 0)
        self._head.say("Monitoring", f"due {date_text(self._board.due)}")
        self._figures.show_board(self._board)
        self.table.show_board(self._board)
        late = sum(1 for line in self._board.lines if line.days_late)
        self._chase.setText(f"Write {late} chaser{'' if late == 1 else 's'}" if late else "Write chasers")
        self._chase.allow(
            allowed=bool(late) and not self.session.read_only, why=self.session.why_not or "No return is late."
        )

    def _move(self, by: int) -> None:
        at = self._choice.currentIndex() + by
        if 0 <= at < self._choice.count():
            self.show_period(self._choice.itemData(at))

    def _show_one(self, line: AgreementPeriod | None) -> None:
        self.panel.show_line(line)

    def _open(self, agreement: str) -> None:
        self.wants.emit(Place("record", kind="agreement", uid=agreement))

    def open_library(self) -> None:
        """Go to the measures that agreements are given."""
        self.wants.emit(Place("measure", kind="measure"))

    def _next(self) -> Period:
        """Return the quarter to be sent next: one left unsent, or the one after the newest, if it has ended."""
        ended = period_of(clock.today()).moved(-1)
        started = periods(self.session.desk)
        unsent = next((each.quarter for each in started if each.unsent), None)
        if unsent or not started:
            return unsent or ended
        return min(started[0].quarter.moved(1), ended, key=lambda one: one.first)

    def send_next(self) -> None:
        """Write the workbooks of the next quarter into a folder, and open it."""
        quarter = self._next()
        count = to_be_asked(self.session.desk, quarter)
        if not count:
            self.said.emit(f"No agreement with measures reports for {quarter.label}; give agreements their measures.")
            return
        chosen = QFileDialog.getExistingDirectory(
            self, f"Folder for {count} monitoring workbooks", str(self.session.memory.get("folder", ""))
        )
        if chosen:
            self.session.memory.put("folder", chosen)
            self.send_to(quarter, Path(chosen))

    def send_to(self, quarter: Period, folder: Path) -> None:
        """Write the workbooks of a quarter off the window's thread."""
        desk = self.session.desk

        def written(sent: list[SentRequest]) -> None:
            self.said.emit(f"{len(sent)} workbooks, each with a message and a chaser, are in {folder}.")
            QDesktopServices.openUrl(QUrl.fromLocalFile(str(folder)))

        self._shown = quarter
        self.session.run(
            f"Writing the workbooks for {quarter.label}",
            lambda progress: send_period(desk, start_period(desk, quarter), folder, on_step=progress.step),
            written,
            self.said.emit,
        )

    def print(self) -> None:
        """Show the report of the period that is seen, to print from."""
        quarter, desk = self._shown, self.session.desk
        if quarter is None:
            self.said.emit("No period has been sent yet, so there is nothing to print.")
            return
        title = f"Monitoring report {quarter.code}"
        preview(self.session, self, title, lambda path, _: print_monitoring(desk, path, quarter))

    def chase(self) -> None:
        """Write a reminder for every return that is late."""
        late = [line.request for line in (self._board.lines if self._board else ()) if line.days_late]
        if not late:
            self.said.emit("No return is late.")
            return
        chosen = QFileDialog.getExistingDirectory(
            self, "Folder for the chasers", str(self.session.memory.get("folder", ""))
        )
        if chosen:
            self.chase_to(late, Path(chosen))

    def chase_to(self, requests: list[str], folder: Path) -> None:
        """Write the reminders off the window's thread."""
        today = clock.today()
        self.session.run(
            f"Writing {len(requests)} chasers",
            lambda _: write_chasers(self.session.desk, requests, folder, today),
            lambda paths: self.said.emit(f"{len(paths)} chasers are in {folder}."),
            self.said.emit,
        )

    def waiting(self) -> int:
        """Return how many returns of the newest period are late or wait for answers."""
        lines = self._board.lines if self._board else ()
        return sum(1 for line in lines if line.days_late or line.state in {"received", "queried"})
