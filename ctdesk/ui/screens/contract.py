"""One agreement: at a glance, its details, and everything that belongs to it, each edited in its place."""

from collections.abc import Callable, Mapping
from functools import partial

from PySide6.QtCore import QUrl
from PySide6.QtGui import QAction, QDesktopServices, QResizeEvent
from PySide6.QtWidgets import QMenu, QTabWidget, QVBoxLayout, QWidget

from ctdesk.domain import clock
from ctdesk.domain.definition import DEFINITIONS
from ctdesk.domain.errors import DeskError
from ctdesk.services.contract_changes import draft_successor
from ctdesk.services.contract_page import ContractPage, contract_page, part_sums, still_open
from ctdesk.services.contract_report import print_contract
from ctdesk.services.deleting import delete_record
from ctdesk.services.letters import print_review_letter
from ctdesk.ui.places import Place
from ctdesk.ui.preview import preview
from ctdesk.ui.screens.contract_asking import Asking, PartForm, Question
from ctdesk.ui.screens.contract_doing import ContractDoing
from ctdesk.ui.screens.contract_overview import Overview
from ctdesk.ui.screens.contract_parts import PartsPage
from ctdesk.ui.screens.contract_watching import ContractWatching
from ctdesk.ui.screens.record import RecordScreen
from ctdesk.ui.screens.record_asking import may_delete
from ctdesk.ui.screens.record_panel import RecordPanel
from ctdesk.ui.screens.record_steps import RowSteps
from ctdesk.ui.screens.screen import Screen
from ctdesk.ui.session import Session
from ctdesk.ui.theme import size
from ctdesk.ui.widgets import Badge, PageHead, action, button, edge_to_edge, icon_button, label

TABS = (
    "extension",
    "variation",
    "requirement",
    "payment",
    "agreement_measure",
    "risk",
    "action",
    "review",
    "concern",
    "document",
)
"""The kinds of record that have a tab, in their order."""

RARE = ("agreement_share", "exempt_mark", "act_rating")
"""The kinds of which there are few, one below the other on a tab of their own."""

_SHORT = {"review": "Reviews", "requirement": "Required", "document": "Papers"}

_STEPS_FROM = 760
"""The width, at 100% text, from which reference and steps through the list have room beside the title."""


class ContractScreen(Screen):
    """Shows one agreement and lets people decide, extend, vary, end and follow it."""

    name, title, icon = "contract", "Contract", "document"

    def __init__(self, session: Session) -> None:
        """Make the parts; they are filled when an agreement is shown."""
        super().__init__(session)
        self.uid = ""
        self.page: ContractPage | None = None
        self.doing = ContractDoing(self, session)
        self.doing.said.connect(self.said)
        self.watching = ContractWatching(self, session)
        self.watching.said.connect(self.said)
        self.overview = Overview()
        self.overview.asked.connect(self._on_asked)
        self.details = RecordScreen(session)
        self.details.stand_within()
        self.history = RecordPanel(session)
        self.parts = {kind: self._parts_page(kind) for kind in (*TABS, *RARE)}
        for part in (self.details, self.history):
            part.wants.connect(self._on_wants)
            part.said.connect(self.said)
        self._lay_out()

    def _parts_page(self, kind: str) -> PartsPage:
        page = PartsPage(self.session, kind, [*self.doing.buttons(kind), *self.watching.buttons(kind)])
        page.opened.connect(lambda uid, kind=kind: self.open_part(kind, uid))
        page.deleted.connect(lambda uid, kind=kind: self.delete_part(kind, uid))
        page.said.connect(self.said)
        return page

    def _lay_out(self) -> None:
        back = button("Contracts", kind="quiet", icon="chevron-left")
        back.clicked.connect(lambda: self.wants.emit(Place("agreement")))
        self._badge, self._reference = Badge("agreement", "draft"), label("", tone="2")
        more = button("More", icon="more")
        menu = QMenu(more)
        menu.addActions(self.doing.rarer)
        more.setMenu(menu)
        self._decide = button("Record decision", icon="tick")
        self._decide.clicked.connect(self.doing.decide.trigger)
        self._extend = button("Exercise extension", kind="main", icon="calendar")
        self._extend.clicked.connect(self.doing.extend.trigger)
        for each in (self._decide, self._extend, more):
            each.allow(allowed=not self.session.read_only, why=self.session.why_not)
        self._print = icon_button("Print the contract report (Ctrl+P)", "print")
        self._print.clicked.connect(self.print)
        self._report = action(self, "Print the contract report…", self.print, "Ctrl+P")
        self.steps = RowSteps()
        self.steps.stepped.connect(self.details.step)
        buttons = [self.steps, self._print, more, self._decide, self._extend]
        self._head = PageHead("Contract", back=back, beside=[self._reference, self._badge], buttons=buttons)
        self.tabs = QTabWidget()
        self.tabs.setDocumentMode(True)
        self.tabs.setUsesScrollButtons(True)
        self.tabs.setProperty("part", "many")
        self.tabs.setAccessibleName("Parts of the agreement")
        self.tabs.addTab(self.overview, "Overview")
        self.tabs.addTab(self.details, "Details")
        for kind in TABS:
            self.tabs.addTab(self.parts[kind], _SHORT.get(kind, DEFINITIONS[kind].plural))
        self.tabs.addTab(self._rare(), "Other")
        self.tabs.addTab(_margined(self.history), "History")
        layout = edge_to_edge(self)
        layout.addWidget(self._head)
        layout.addWidget(self.tabs, 1)

    def _rare(self) -> QWidget:
        """Return the pages of what there is little of, each under its name."""
        made = QWidget()
        column = QVBoxLayout(made)
        column.setContentsMargins(0, size(6), 0, 0)
        column.setSpacing(0)
        for kind in RARE:
            heading = label(DEFINITIONS[kind].plural, "section")
            heading.setContentsMargins(size(16), size(6), size(16), 0)
            column.addWidget(heading)
            column.addWidget(self.parts[kind], 1)
        return made

    def actions_offered(self) -> list[QAction]:
        """Return what can be done with the agreement."""
        of_agreements = [self.doing.decide, self.doing.extend, *self.doing.rarer, *self.watching.actions]
        return [*self.details.ways_on(), self._report, *of_agreements]

    def print(self) -> None:
        """Show the report of the agreement, to print from."""
        if self.page is None:
            return
        desk, uid, line = self.session.desk, self.uid, self.page.sheet.line
        title = f"Contract report {line.reference or line.title}"
        preview(self.session, self, title, lambda path, _: print_contract(desk, path, uid))

    def ask(
        self, title: str, words: str, questions: list[Question], verb: str, do: Callable[[Mapping[str, str]], object]
    ) -> None:
        """Open a dialog with questions about the agreement; `do` is handed what was typed."""
        asking = Asking(
            self.session,
            title=title,
            words=words,
            questions=questions,
            verb=verb,
            do=do,
            about=self.uid,
            parent=self,
        )
        asking.open()

    def print_letter(self) -> None:
        """Show the letter about the review chosen, or the newest, to print from."""
        desk, uid, review = self.session.desk, self.uid, self.parts["review"].current() or None
        write = partial(print_review_letter, desk, agreement=uid, review=review)
        preview(self.session, self, "Review letter", lambda path, _: write(path))

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """Leave the title its room: where there is little, keys alone lead through the list."""
        super().resizeEvent(event)
        self._share_head()

    def _share_head(self) -> None:
        room = self.width() >= size(_STEPS_FROM)
        self.steps.show_walk(self.details.walk if room else None)
        self._reference.setVisible(room)

    def go(self, place: object) -> None:
        """Show the agreement of a place, at its overview."""
        assert isinstance(place, Place)  # noqa: S101 - the frame hands places
        if place.uid != self.uid:
            self.tabs.setCurrentIndex(0)
        self.uid = place.uid
        self.details.go(Place("record", kind="agreement", uid=place.uid, among=place.among))
        self._share_head()
        self.read()
        if self.details.form is not None and self.details.form.unsaved():
            self.tabs.setCurrentWidget(self.details)

    def read(self) -> None:
        """Read the agreement again, as it is now."""
        if not self.uid:
            return
        today = clock.today()
        try:
            self.page = contract_page(self.session.desk, self.uid, today)
        except DeskError as fault:
            self.said.emit(str(fault))
            self.uid = ""
            self.wants.emit(Place("agreement"))
            return
        self._show_head(self.page)
        self.overview.show_page(self.page, today, read_only=self.session.read_only)
        self.details.bring_up_to_date()
        self.history.show_record("agreement", self.uid)
        for kind, page in self.parts.items():
            page.show_parts(self.page.sheet.parts[kind], part_sums(self.page.sheet, kind, today))
        for at, kind in enumerate(TABS, start=2):
            count = still_open(self.page.sheet.parts[kind])
            name = _SHORT.get(kind, DEFINITIONS[kind].plural)
            self.tabs.setTabText(at, f"{name} {count}" if count else name)

    def _show_head(self, page: ContractPage) -> None:
        line = page.sheet.line
        self.title = line.title
        self._head.say(line.title)
        self._reference.setText(line.reference)
        self._badge.show_state("agreement", line.state.value)
        extension = page.next_extension
        self._extend.setVisible(extension is not None)
        if extension is not None:
            self._extend.setText(f"Exercise extension {extension.words['number']}")
            self._extend.updateGeometry()
        self.doing.show_page(page)

    def may_leave(self) -> bool:
        """Ask about unsaved work in the details."""
        return self.details.may_leave()

    def open_part(self, kind: str, uid: str) -> None:
        """Open the form of a record that belongs to the agreement, or of a new one."""
        if kind == "act_rating" and not uid:
            self.watching.ask_rating()
        elif self.uid:
            PartForm(self.session, kind, self.uid, uid, parent=self).open()

    def delete_part(self, kind: str, uid: str) -> None:
        """Delete a record that belongs to the agreement, once a person has agreed."""
        if not may_delete(self, self.session.desk, kind, [uid]):
            return
        try:
            delete_record(self.session.desk, kind, uid)
        except DeskError as fault:
            self.said.emit(str(fault))

    def open_document(self) -> None:
        """Open the current paper, from a folder of its own if it is kept in the workspace."""
        uid = self.parts["document"].current()
        if uid:
            try:
                path = self.doing.path_of(uid)
            except DeskError as fault:
                self.said.emit(str(fault))
                return
            QDesktopServices.openUrl(QUrl.fromLocalFile(path) if "://" not in path else QUrl(path))

    def _on_wants(self, place: Place) -> None:
        self.wants.emit(Place("agreement") if place.screen == "back" else place)

    def _on_asked(self, what: str) -> None:
        """Do what was asked for in the overview."""
        if what == "add action":
            self.open_part("action", "")
        elif what == "actions":
            self.tabs.setCurrentWidget(self.parts["action"])
        elif what == "open successor" and self.page is not None:
            self.wants.emit(Place("record", kind="agreement", uid=self.page.sheet.line.successor))
        elif what == "draft successor":
            self._draft_successor()

    def _draft_successor(self) -> None:
        try:
            uid = draft_successor(self.session.desk, self.uid, clock.today())
        except DeskError as fault:
            self.said.emit(str(fault))
            return
        self.wants.emit(Place("record", kind="agreement", uid=uid))


def _margined(widget: QWidget) -> QWidget:
    made = QWidget()
    layout = QVBoxLayout(made)
    layout.setContentsMargins(size(16), size(10), size(16), size(12))
    layout.addWidget(widget)
    return made
