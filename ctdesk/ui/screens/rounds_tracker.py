"""One round followed agency by agency: how it stands, what is next with each, and what is done to several at once."""

import tempfile
from collections.abc import Callable
from datetime import date
from functools import cached_property
from pathlib import Path

from PySide6.QtCore import Qt, QUrl, Signal
from PySide6.QtGui import QAction, QDesktopServices
from PySide6.QtWidgets import QComboBox, QFileDialog, QHBoxLayout, QInputDialog, QScrollArea, QVBoxLayout, QWidget

from ctdesk.domain import clock
from ctdesk.domain.dates import date_text, read_date
from ctdesk.domain.errors import DeskError
from ctdesk.domain.records.round import RequestState
from ctdesk.services.reporting import print_baseline
from ctdesk.services.round_actions import ask_after_all, mark, move_due_date, write_chasers
from ctdesk.services.sending import send, write_to_look_at
from ctdesk.services.tracker import RoundLine, Tracker, TrackerLine, tracker
from ctdesk.ui.places import Place
from ctdesk.ui.preview import preview
from ctdesk.ui.screens.rounds_table import TrackerTable
from ctdesk.ui.session import Session
from ctdesk.ui.tasks import Progress
from ctdesk.ui.theme import size
from ctdesk.ui.widgets import (
    Card,
    Figure,
    FlowLayout,
    PageHead,
    SearchField,
    SegmentBar,
    action,
    button,
    edge_to_edge,
    icon_button,
    label,
)


class TrackerView(QWidget):
    """The page of one round. `wants` leads to reviews, `new_wanted` asks for a new round."""

    wants = Signal(object)
    said = Signal(str)
    new_wanted = Signal()

    def __init__(self, session: Session) -> None:
        """Make the page, empty."""
        super().__init__()
        self._session = session
        self._round = ""
        self._tracker: Tracker | None = None
        self._choice = QComboBox()
        self._choice.setAccessibleName("Round")
        self._choice.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        self._choice.activated.connect(lambda _: self.show_round(str(self._choice.currentData())))
        self._receive = button("Receive returns", kind="main", icon="receive", shortcut="Ctrl+R")
        self._receive.clicked.connect(lambda: self.wants.emit(Place("receive")))
        self._send = button("Send", icon="send")
        self._send.clicked.connect(self.send)
        new = button("New round", icon="plus")
        new.clicked.connect(self.new_wanted)
        new.allow(allowed=not session.read_only, why=session.why_not)
        report = icon_button("Print the baseline report (Ctrl+P)", "print")
        report.clicked.connect(self.print)
        buttons = [report, new, self._send, self._receive]
        self._head = PageHead("Rounds and returns", beside=[self._choice], buttons=buttons)
        self._bar = SegmentBar()
        self._states = label("", "help", tone="2", wrap=True)
        self._answered, self._on_time = Figure("Answered", ""), Figure("On time", "")
        self.table = TrackerTable()
        self.table.chosen.connect(self._next)
        self.table.ticked.connect(self._tell_ticked)
        self._filter = SearchField("Type to filter", "/")
        self._filter.textChanged.connect(self.table.show_only)
        self._ticked = label("", "strong")
        self._many = self._buttons_for_several()
        self._lay_out()

    def _buttons_for_several(self) -> list[QWidget]:
        made: list[QWidget] = []
        for words, symbol, run in (
            ("Look at one", "spreadsheet", self.look_at_one),
            ("Write chasers", "mail", self.chase),
            ("Mark as chased", "", self.mark_chased),
            ("Excuse", "", self.excuse),
            ("Move due date", "calendar", self.move_due),
        ):
            each = button(words, icon=symbol, small=True)
            each.clicked.connect(run)
            each.allow(allowed=not self._session.read_only or run == self.look_at_one, why=self._session.why_not)
            made.append(each)
        return made

    def _lay_out(self) -> None:
        summary = Card()
        row = QHBoxLayout()
        left = QVBoxLayout()
        left.addWidget(self._bar)
        left.addWidget(self._states)
        row.setContentsMargins(size(14), size(10), size(14), size(10))
        row.setSpacing(size(24))
        row.addLayout(left, 3)
        row.addWidget(self._answered, 1)
        row.addWidget(self._on_time, 1)
        inner = QWidget()
        inner.setLayout(row)
        summary.add(inner, ruled=False)
        doing = QWidget()
        flow = FlowLayout(doing, gap=size(8))
        for each in (self._ticked, *self._many):
            flow.addWidget(each)
        self._filter.setFixedWidth(size(190))
        tools = QHBoxLayout()
        tools.setSpacing(size(8))
        tools.addWidget(doing, 1)
        tools.addWidget(self._filter, 0, Qt.AlignmentFlag.AlignTop)
        self.table.setMinimumHeight(size(180))
        page, around = QWidget(), QScrollArea()
        around.setWidget(page)
        around.setWidgetResizable(True)
        around.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        body = QVBoxLayout(page)
        body.setContentsMargins(size(16), 0, size(16), size(12))
        body.setSpacing(size(10))
        body.addWidget(summary)
        body.addLayout(tools)
        body.addWidget(self.table, 1)
        layout = edge_to_edge(self)
        layout.addWidget(self._head)
        layout.addWidget(around, 1)

    def actions_offered(self) -> list[QAction]:
        """Return the commands of the round, those that alter only where that is possible."""
        return self._actions

    @cached_property
    def _actions(self) -> list[QAction]:
        report = action(self, "Print the baseline report…", self.print, "Ctrl+P")
        if self._session.read_only:
            return [report]
        return [action(self, "Send the round…", self.send), action(self, "Write chasers…", self.chase), report]

    def show_rounds(self, found: list[RoundLine]) -> None:
        """List the rounds, and show again the one that was shown, or the newest."""
        self._choice.clear()
        for line in found:
            self._choice.addItem(line.name, line.uid)
        uids = [line.uid for line in found]
        if uids:
            self.show_round(self._round if self._round in uids else uids[0])

    def show_round(self, uid: str) -> None:
        """Show one round."""
        self._round = uid
        today = clock.today()
        try:
            self._tracker = tracker(self._session.desk, uid, today)
        except DeskError as fault:
            self.said.emit(str(fault))
            return
        line = self._tracker.round
        self._choice.setCurrentIndex(self._choice.findData(uid))
        self._head.say(
            "Rounds and returns", f"as at {date_text(line.as_at)}, due {date_text(line.due)}, {line.due_words}"
        )
        self._show_summary(line, self._tracker.previous)
        self.table.show_lines(self._tracker.lines)
        unsent = line.summary.states.get(RequestState.NOT_SENT, 0)
        self._send.setText(f"Send {unsent} workbooks" if unsent else "Send again")
        self._send.allow(allowed=not self._session.read_only, why=self._session.why_not)
        self._tell_ticked([])

    def _show_summary(self, line: RoundLine, before: RoundLine | None) -> None:
        summary = line.summary
        self._bar.show_requests({state.value: count for state, count in summary.states.items()})
        excused = f", {summary.excused} excused" if summary.excused else ""
        states = " · ".join(f"{state.value.capitalize()} {count}" for state, count in summary.states.items() if count)
        self._states.setText(f"{summary.asked} agencies asked{excused}.  {states}")
        last = f"; last round {before.summary.on_time} of {before.summary.expected}" if before else ""
        to_come = summary.expected - summary.answered
        self._answered.show_figure(f"{summary.answered} of {summary.expected}", f"{to_come} still to come")
        self._on_time.show_figure(f"{summary.on_time} of {summary.expected}", f"by {date_text(line.due)}{last}")

    def waiting(self) -> int:
        """Return how many returns wait for review or for answers."""
        lines = self._tracker.lines if self._tracker else ()
        return sum(1 for line in lines if line.state in {RequestState.RECEIVED, RequestState.QUERIED})

    def _tell_ticked(self, requests: list[str]) -> None:
        self._ticked.setText(f"{len(requests)} ticked" if requests else "None ticked")

    def _next(self, line: TrackerLine) -> None:
        """Do what is next with one agency."""
        if line.next_key == "send":
            self.send([line.agency])
        elif line.next_key == "chase":
            self.chase([line.request])
        elif line.next_key == "receive":
            self.wants.emit(Place("receive"))
        elif line.next_key in {"review", "questions"}:
            self.wants.emit(Place("review", kind="request", uid=line.request))
        elif line.next_key == "ask":
            self._do(lambda: ask_after_all(self._session.desk, [line.request]))
        else:
            self.wants.emit(Place("activity", kind="activity", filters={"agency": line.agency}))

    def send(self, agencies: list[str] | None = None) -> None:
        """Write the workbooks and messages into a folder, and open it."""
        folder = self._folder("Folder for the workbooks")
        if folder is None or self._tracker is None:
            return
        name, desk = self._tracker.round.name, self._session.desk
        unsent = [line.agency for line in self._tracker.lines if line.state is RequestState.NOT_SENT]
        wanted = agencies or unsent
        self.send_to(
            folder,
            name,
            wanted or [],
            desk_send=lambda progress: send(desk, name, folder, wanted, on_step=progress.step),
        )

    def send_to(self, folder: Path, name: str, agencies: list[str], desk_send: Callable[[Progress], object]) -> None:
        """Write the workbooks of a round off the window's thread."""
        what = f"{len(agencies)} workbooks" if agencies else "the workbooks"
        self._session.run(
            f"Writing {what} of {name}",
            desk_send,
            lambda _: self._written(folder, f"The workbooks, messages and chasers are in {folder}."),
            self.said.emit,
        )

    def look_at_one(self) -> None:
        """Open the workbook that the ticked agency, or else the first, would be sent; nothing is sent by it."""
        lines = self._tracker.lines if self._tracker else ()
        chosen = self.table.ticked_requests() or [line.request for line in lines]
        if not chosen:
            self.said.emit("Nobody is asked in this round.")
            return
        folder, desk = Path(tempfile.mkdtemp(prefix="ctdesk-")), self._session.desk
        self._session.run(
            "Writing a workbook to look at",
            lambda _: write_to_look_at(desk, chosen[0], folder),
            self._open_written,
            self.said.emit,
        )

    @staticmethod
    def _open_written(path: Path) -> None:
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(path)))

    def chase(self, requests: list[str] | None = None) -> None:
        """Write chasers for the agencies ticked, or all that are late, and mark them as chased."""
        chosen = requests or self.table.ticked_requests() or self._late()
        if not chosen:
            self.said.emit("Nobody is late; tick the agencies to write to.")
            return
        folder = self._folder("Folder for the chasers")
        if folder is None:
            return
        today = clock.today()
        self._session.run(
            f"Writing {len(chosen)} chasers",
            lambda _: write_chasers(self._session.desk, chosen, folder, today),
            lambda paths: self._written(folder, f"{len(paths)} chasers are in {folder}."),
            self.said.emit,
        )

    def _late(self) -> list[str]:
        return [line.request for line in (self._tracker.lines if self._tracker else ()) if line.next_key == "chase"]

    def _folder(self, title: str) -> Path | None:
        chosen = QFileDialog.getExistingDirectory(self, title, str(self._session.memory.get("folder", "")))
        if not chosen:
            return None
        self._session.memory.put("folder", chosen)
        return Path(chosen)

    def print(self) -> None:
        """Show the baseline report of the round, to print from."""
        if self._tracker is None:
            return
        desk, name = self._session.desk, self._tracker.round.name
        preview(
            self._session, self, f"Baseline report {name}", lambda path, _: print_baseline(desk, path, round_name=name)
        )

    def _written(self, folder: Path, words: str) -> None:
        self.said.emit(words)
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(folder)))

    def mark_chased(self) -> None:
        """Mark the agencies ticked as chased, for instance by telephone."""
        today = clock.today()
        self._do(lambda: mark(self._session.desk, self._ticked_or_say(), RequestState.CHASED, today))

    def excuse(self) -> None:
        """Excuse the agencies ticked, with the reason."""
        chosen = self.table.ticked_requests()
        if not chosen:
            self.said.emit("Tick the agencies to excuse.")
            return
        reason, agreed = QInputDialog.getText(self, "Excuse", f"Why are {len(chosen)} agencies excused?")
        if agreed:
            today = clock.today()
            self._do(lambda: mark(self._session.desk, chosen, RequestState.EXCUSED, today, reason.strip()))

    def move_due(self) -> None:
        """Give the round another due date."""
        if self._tracker is None:
            return
        typed, agreed = QInputDialog.getText(self, "Move due date", "Due back", text=date_text(self._tracker.round.due))
        if agreed:
            self._do(lambda: move_due_date(self._session.desk, self._round, _day(typed)))

    def _ticked_or_say(self) -> list[str]:
        chosen = self.table.ticked_requests()
        if not chosen:
            raise DeskError("Tick the agencies first.")
        return chosen

    def _do(self, run: Callable[[], object]) -> None:
        """Do something that alters the desk; what cannot be is said in one sentence."""
        try:
            run()
        except DeskError as fault:
            self.said.emit(str(fault))


def _day(typed: str) -> date:
    try:
        return read_date(typed)
    except DeskError as fault:
        raise DeskError(f"“{typed}” {fault}.") from fault
