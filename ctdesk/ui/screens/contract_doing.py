"""What can be done with the agreement that is shown: each command asks what it needs and does it as one step."""

import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QFileDialog

from ctdesk.domain import clock
from ctdesk.domain.dates import date_text
from ctdesk.domain.definition import DEFINITIONS
from ctdesk.domain.errors import DeskError
from ctdesk.domain.records.agreement_terms import ExtensionState
from ctdesk.services.contract_changes import decide_extension, record_decision, terminate
from ctdesk.services.contract_page import ContractPage
from ctdesk.services.documents import keep_document, link_document, write_document
from ctdesk.services.faults import read_field
from ctdesk.services.records import record
from ctdesk.ui.screens.contract_asking import Question, typed_day
from ctdesk.ui.screens.contract_uplift import UpliftDialog
from ctdesk.ui.session import Session
from ctdesk.ui.widgets import Button, action, button

if TYPE_CHECKING:
    from ctdesk.ui.screens.contract import ContractScreen

_AGREEMENT, _EXTENSION = DEFINITIONS["agreement"], DEFINITIONS["extension"]
_DOCUMENT = DEFINITIONS["document"]


class ContractDoing(QObject):
    """The commands of a contract. `said` tells why one cannot be done."""

    said = Signal(str)

    def __init__(self, screen: "ContractScreen", session: Session) -> None:
        """Make the commands."""
        super().__init__(screen)
        self._screen, self._session = screen, session
        self._page: ContractPage | None = None
        self._folder: tempfile.TemporaryDirectory[str] | None = None
        self.extend = self._action("Exercise extension…", self.ask_extension)
        self.decline = self._action("Decline extension…", self.ask_declining)
        self.decide = self._action("Record decision…", self.ask_decision)
        self.uplift = self._action("Uplift…", self.ask_uplift)
        self.end = self._action("End early…", self.ask_end)
        self.rarer = [self.decline, self.uplift, self.end]

    def _action(self, words: str, run: Callable[[], object]) -> QAction:
        return action(self._screen, words, run, why_not=self._session.why_not)

    def buttons(self, kind: str) -> list[Button]:
        """Return further buttons for the page of a kind."""
        if kind == "review":
            letter = button("Letter", icon="mail")
            letter.clicked.connect(self._screen.print_letter)
            return [letter]
        if kind == "extension":
            return [_button_of(self.extend, "Exercise next…"), _button_of(self.decline, "Decline next…")]
        if kind != "document":
            return []
        keep, link, show = button("Keep a file…", icon="folder"), button("Link…", icon="link"), button("Show")
        keep.clicked.connect(self.keep_file)
        link.clicked.connect(self.ask_link)
        show.clicked.connect(self._screen.open_document)
        return [keep, link, show]

    def show_page(self, page: ContractPage) -> None:
        """Take note of what is shown, and offer what can be done with it."""
        self._page = page
        can = not self._session.read_only
        for each in (self.extend, self.decline):
            each.setEnabled(can and page.next_extension is not None)
        self.end.setEnabled(can and not page.sheet.line.values.get("terminated_on"))
        self.uplift.setEnabled(can and page.sheet.line.life.annual_value is not None)

    def ask_extension(self) -> None:
        """Ask on what day, and by what decision, the next extension is exercised."""
        self._ask_extension(ExtensionState.EXERCISED, "Exercise")

    def ask_declining(self) -> None:
        """Ask on what day, and by what decision, the next extension is declined."""
        self._ask_extension(ExtensionState.DECLINED, "Decline")

    def _ask_extension(self, state: ExtensionState, verb: str) -> None:
        extension = self._page.next_extension if self._page else None
        if extension is None:
            return
        number, end = extension.words["number"], extension.words["end"]
        moves = f"The current end moves to {end}." if state is ExtensionState.EXERCISED else f"{end} falls away."
        self._screen.ask(
            f"{verb} extension {number}",
            moves,
            [Question(_EXTENSION["decided_on"], _today()), Question(_EXTENSION["decision"])],
            verb,
            lambda typed: decide_extension(
                self._session.desk,
                extension.uid,
                state,
                typed_day(typed["decided_on"], "Decided on"),
                typed["decision"],
            ),
        )

    def ask_decision(self) -> None:
        """Ask what was decided about the end."""
        held = str(self._page.sheet.line.plan_at_end) if self._page else ""
        uid, desk = self._screen.uid, self._session.desk
        questions = [Question(_AGREEMENT["plan_at_end"], held)]
        questions += [Question(_EXTENSION["decided_on"], _today()), Question(_EXTENSION["decision"])]
        self._screen.ask(
            "Record decision",
            "The dates to decide are worked out from the plan; the decision is kept as a note.",
            questions,
            "Record",
            lambda typed: record_decision(
                desk,
                uid,
                typed["plan_at_end"],
                typed["decision"],
                typed_day(typed["decided_on"], "Decided on"),
            ),
        )

    def ask_uplift(self) -> None:
        """Ask by how much the yearly value rises, and from when."""
        UpliftDialog(self._session, [self._screen.uid], self._screen).open()

    def ask_end(self) -> None:
        """Ask what an early end needs."""
        uid, desk = self._screen.uid, self._session.desk
        names = ("terminated_on", "notice_given_on", "termination_reason", "termination_plan", "final_value")
        self._screen.ask(
            "End early",
            "An early end needs its last day, notice, a reason, and a plan for those who use the service. What is left "
            "of its value is worked out from the months; give a sum only if both sides settled on one.",
            [Question(_AGREEMENT[name]) for name in names],
            "End early",
            lambda typed: terminate(
                desk,
                uid,
                typed_day(typed["terminated_on"], "Ended early on"),
                notice_given_on=typed_day(typed["notice_given_on"], "Notice given on"),
                reason=typed["termination_reason"],
                plan=typed["termination_plan"],
                settled=self._pence(typed["final_value"]),
            ),
        )

    def _pence(self, typed: str) -> int | None:
        reading = read_field(self._session.desk, _AGREEMENT["final_value"], typed)
        if reading.fault is not None:
            raise DeskError(reading.fault.message)
        return reading.value if isinstance(reading.value, int) else None

    def keep_file(self) -> None:
        """Let a person choose a file and keep it inside the workspace."""
        chosen, _ = QFileDialog.getOpenFileName(self._screen, "Keep a file")
        if not chosen:
            return
        try:
            keep_document(self._session.desk, self._screen.uid, Path(chosen))
        except DeskError as fault:
            self.said.emit(str(fault))

    def ask_link(self) -> None:
        """Ask where a paper lies."""
        uid, desk = self._screen.uid, self._session.desk
        self._screen.ask(
            "Link a document",
            "It stays where it lies; only its address is kept.",
            [Question(_DOCUMENT["title"]), Question(_DOCUMENT["address"])],
            "Link",
            lambda typed: link_document(desk, uid, typed["address"], typed["title"]),
        )

    def path_of(self, document: str) -> str:
        """Return where a paper can be opened; a kept one is written into a folder that goes with the window."""
        address = record(self._session.desk, "document", document).get("address")
        if address:
            return str(address)
        if self._folder is None:
            self._folder = tempfile.TemporaryDirectory(prefix="ctdesk-")
        return str(write_document(self._session.desk, document, Path(self._folder.name)))


def _button_of(command: QAction, words: str) -> Button:
    """Return a button that does a command, and is off where the command is."""
    made = button(words)
    made.clicked.connect(command.trigger)
    command.changed.connect(lambda: made.setEnabled(command.isEnabled()))
    return made


def _today() -> str:
    return date_text(clock.today())
