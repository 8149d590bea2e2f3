"""The service map: what is commissioned two ways at once, and what that tells, question by question."""

from collections.abc import Callable, Sequence
from functools import cached_property
from pathlib import Path

from PySide6.QtCore import QPoint
from PySide6.QtGui import QAction, QResizeEvent
from PySide6.QtWidgets import QComboBox, QFileDialog, QMenu, QStackedWidget

from ctdesk.domain import clock
from ctdesk.domain.errors import DeskError
from ctdesk.domain.figure_table import FigureTable
from ctdesk.services import map_question_tables as tables
from ctdesk.services import map_questions as questions
from ctdesk.services.last_baseline import reconcile_rounds
from ctdesk.services.map_behind import POST_FIELDS, references_behind
from ctdesk.services.map_chosen import choices_of
from ctdesk.services.map_files import SCENARIO, write_map, write_tables
from ctdesk.services.map_tables import cover_words
from ctdesk.services.pack_reports import report_named
from ctdesk.services.packs import add_report, packs
from ctdesk.services.service_map import how_many
from ctdesk.ui.places import Place
from ctdesk.ui.preview import preview
from ctdesk.ui.screens.record_list_empty import NothingYet
from ctdesk.ui.screens.record_list_places import SEVERAL
from ctdesk.ui.screens.screen import Screen
from ctdesk.ui.screens.service_map_cliffs import CliffsPage
from ctdesk.ui.screens.service_map_overlaps import OverlapsPage
from ctdesk.ui.screens.service_map_page import MapPage
from ctdesk.ui.screens.service_map_prevention import PreventionPage
from ctdesk.ui.screens.service_map_question import Question, QuestionPage
from ctdesk.ui.screens.service_map_resource import ResourcePage
from ctdesk.ui.session import Session
from ctdesk.ui.theme import size
from ctdesk.ui.widgets import Button, PageHead, Segmented, action, button, edge_to_edge

_TABS = ("Map", "Overlaps", "Gaps", "Prevention", "Cliff edges", "Market", "Resource", "Rounds")
_TABS_FROM = 960
"""The width, at 100% text, from which the tabs have room."""
_COMMANDS = ("map", "overlaps", "gaps", "prevention", "cliffs", "market", "resource", "rounds")


class ServiceMapScreen(Screen):
    """The map and its questions, as tabs; each can be written as a workbook and printed."""

    name, title, icon = "map", "Service map", "map"

    def __init__(self, session: Session) -> None:
        """Make the map; a question's page is made when it is first asked."""
        super().__init__(session)
        self.tabs = Segmented("What the map shows", _TABS)
        self.tabs.chosen.connect(lambda _: self._show())
        self.choice = QComboBox()
        self.choice.setAccessibleName("What the map shows")
        self.choice.addItems(_TABS)
        self.choice.activated.connect(self.tabs.choose)
        self.choice.hide()
        excel, paper = button("Excel", icon="export"), button("Print", icon="print", shortcut="Ctrl+P")
        excel.clicked.connect(self.export)
        paper.clicked.connect(self.print)
        self.to_pack = button("Add to pack", kind="quiet", icon="plus")
        self.to_pack.clicked.connect(self._offer_packs)
        self.to_pack.allow(allowed=not session.read_only, why=session.why_not)
        self.map = MapPage(session)
        self.map.wants.connect(self.wants)
        self.map.said.connect(self.said)
        self.map.pairs_wanted.connect(self.show_pairs)
        self.stack = QStackedWidget()
        self.stack.addWidget(self.map)
        self.nothing_yet = NothingYet("activity", session.why_not)
        self.nothing_yet.wants.connect(self.wants)
        self.nothing_yet.made.connect(lambda: self.wants.emit(Place("record", kind="activity")))
        self.stack.addWidget(self.nothing_yet)
        self.pages: dict[int, QuestionPage] = {}
        layout = edge_to_edge(self)
        layout.addWidget(PageHead("Service map", beside=[self.tabs, self.choice], buttons=[excel, paper, self.to_pack]))
        layout.addWidget(self.stack, 1)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """Make one choice of the tabs where they have no room beside each other."""
        super().resizeEvent(event)
        narrow = self.width() < size(_TABS_FROM)
        self.tabs.setVisible(not narrow)
        self.choice.setVisible(narrow)

    def read(self) -> None:
        """Read what is shown."""
        self._show()

    def _show(self) -> None:
        at = self.tabs.current
        self.choice.setCurrentIndex(at)
        if _COMMANDS[at] != "resource" and not how_many(self.session.desk):
            self.stack.setCurrentWidget(self.nothing_yet)
            return
        if not at:
            self.stack.setCurrentWidget(self.map)
            self.map.read()
            return
        if at not in self.pages:
            self.pages[at] = self._page(at)
            self.pages[at].said.connect(self.said)
            self.pages[at].opened.connect(self._open)
            self.pages[at].opened_total.connect(self._open_total)
            self.stack.addWidget(self.pages[at])
        self.stack.setCurrentWidget(self.pages[at])
        try:
            self.pages[at].bring_up_to_date(self.session)
        except DeskError as fault:
            self.said.emit(str(fault))

    def _page(self, at: int) -> QuestionPage:
        if _COMMANDS[at] == "prevention":
            return PreventionPage(self.session)
        if _COMMANDS[at] == "resource":
            return ResourcePage(self.session)
        if _COMMANDS[at] == "cliffs":
            return CliffsPage(self.session, self._rests_on)
        if _COMMANDS[at] == "overlaps":
            return OverlapsPage(self.session, self._rests_on)
        ask, nothing = {
            "gaps": (self._gaps, "No gap is found."),
            "market": (self._market, "Nothing is bought yet."),
            "rounds": (self._rounds, "No round has been sent yet, so there is nothing to compare with."),
        }[_COMMANDS[at]]
        doings = self._gap_doings() if _COMMANDS[at] == "gaps" else []
        return QuestionPage(Question(_TABS[at], ask, nothing, self._rests_on), doings)

    def _rests_on(self) -> str:
        return cover_words(questions.coverage(self.session.desk))

    def _gaps(self) -> Sequence[FigureTable]:
        desk = self.session.desk
        return tables.gap_tables(questions.find_gaps(desk), questions.gap_notes(desk))

    def _gap_doings(self) -> list[Button]:
        """Return the buttons that lead to what gaps are told by."""
        return [
            self._doing("Needs of the plan", lambda: self.wants.emit(Place("need"))),
            self._doing("Populations", lambda: self.wants.emit(Place("population"))),
        ]

    def _market(self) -> Sequence[FigureTable]:
        return tables.market_tables(questions.find_market(self.session.desk))

    def _rounds(self) -> Sequence[FigureTable]:
        today = clock.today()
        found = reconcile_rounds(self.session.desk, today)
        return tables.round_tables(found) if found else ()

    @staticmethod
    def _doing(words: str, run: Callable[[], object]) -> Button:
        made = button(words)
        made.clicked.connect(lambda _=False: run())
        return made

    def share_a_cost(self) -> None:
        """Turn to the resource, and ask for the cost to share."""
        self.tabs.choose(_COMMANDS.index("resource"))
        page = self.pages[self.tabs.current]
        if isinstance(page, ResourcePage):
            page.show_sharing()

    def show_pairs(self) -> None:
        """Show the pairs of money to confirm."""
        self.tabs.choose(1)
        self.pages[1].show_table("Money")

    def _open(self, title: str, row: int) -> None:
        """Show what stands behind a row: the table of a step between rounds, or activities or posts as a list."""
        page, command, desk = self.pages[self.tabs.current], _COMMANDS[self.tabs.current], self.session.desk
        cells = [str(cell) for cell in page.model.table.rows[row]]
        heads = [head.label for head in page.model.table.heads]
        if title == tables.BETWEEN_ROUNDS:
            if not page.show_table(cells[0]) and cells[0] not in tables.ROUND_STEPS:
                page.show_table(tables.EVERY_SERVICE)
        elif command == "resource":
            self.wants.emit(Place("post", kind="post", filters={POST_FIELDS[title]: cells[0]}))
        elif command == "gaps" and cells[0] == tables.GAP_WORDS["no service"]:
            self.wants.emit(Place("need", kind="need", filters={"title": cells[heads.index(tables.NEED)]}))
        elif "Reference" in heads:
            self._show_activities([cells[heads.index("Reference")]])
        elif isinstance(page, OverlapsPage) and (pair := page.pair) is not None:
            held = desk.load_some("activity", pair)
            self._show_activities([str(held[uid]["reference"]) for uid in pair if uid in held])
        else:
            self._show_activities(references_behind(desk, title, row, cells[0], clock.today(), asked=page.asked))

    def _open_total(self, title: str) -> None:
        """Show what stands behind the total between rounds; the rows above any other are what stands behind it."""
        if title == tables.BETWEEN_ROUNDS:
            self.pages[self.tabs.current].show_table(tables.EVERY_SERVICE)

    def _show_activities(self, references: Sequence[str]) -> None:
        if references:
            self.wants.emit(Place("activity", kind="activity", filters={"reference": SEVERAL.join(references)}))
        else:
            self.said.emit("No activity stands behind this row.")

    def _offer_packs(self) -> None:
        """Offer the packs that what is seen may be added to."""
        menu = QMenu(self)
        for line in packs(self.session.desk):
            if line.issued_on is None:
                offered = menu.addAction(line.name)
                offered.triggered.connect(lambda _=False, pack=line.uid: self.add_to_pack(pack))
        if menu.isEmpty():
            menu.addAction("No pack is being built").setEnabled(False)
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(self.to_pack.mapToGlobal(QPoint(0, self.to_pack.height())))

    def _nothing_to_take(self) -> bool:
        """Say so where nothing is mapped that could be written or printed."""
        nothing = self.stack.currentWidget() is self.nothing_yet
        if nothing:
            self.said.emit("There is nothing to write yet: no activity is known.")
        return nothing

    def add_to_pack(self, pack: str) -> None:
        """Make what is seen an item of a pack; the map with its rows and columns."""
        at, report = self.tabs.current, ""
        try:
            chosen = choices_of(self.map.view)
            if at:
                report, chosen = self.pages[at].report, self.pages[at].choices
            add_report(self.session.desk, pack, report or _COMMANDS[at], chosen)
        except DeskError as fault:
            self.said.emit(str(fault))
            return
        self.said.emit(f"{report_named(report or _COMMANDS[at]).title} is an item of the pack now.")

    def export(self) -> None:
        """Ask where to, and write what is seen as a workbook."""
        if self._nothing_to_take():
            return
        name = _TABS[self.tabs.current]
        path, _ = QFileDialog.getSaveFileName(
            self, "Write the figures", f"Service map - {name}.xlsx", "Excel workbook (*.xlsx);;Text with commas (*.csv)"
        )
        if path:
            self.export_to(Path(path) if Path(path).suffix else Path(f"{path}.xlsx"))

    def export_to(self, path: Path) -> None:
        """Write what is seen into a file, off the window's thread."""
        self.session.run(
            f"Writing {path.name}",
            lambda _: self._write(path),
            lambda _: self.said.emit(f"{path} is written."),
            self.said.emit,
        )

    def _write(self, path: Path) -> None:
        at = self.tabs.current
        if at:
            page = self.pages[at]
            is_scenario = isinstance(page, PreventionPage) and page.is_scenario
            name = page.scenario_name if isinstance(page, PreventionPage) else ""
            question = SCENARIO if is_scenario else _COMMANDS[at]
            write_tables(self.session.desk, question, page.written, path, page.asked, name=name)
        elif self.map.found is not None:
            write_map(self.session.desk, self.map.found, path)

    def print(self) -> None:
        """Show the pages of what is seen, to print from."""
        if self._nothing_to_take():
            return
        preview(
            self.session, self, f"Service map, {_TABS[self.tabs.current].lower()}", lambda path, _: self._write(path)
        )

    def actions_offered(self) -> list[QAction]:
        """Return the commands of the screen."""
        return self._actions

    @cached_property
    def _actions(self) -> list[QAction]:
        return [
            action(self, "Write the figures as a workbook…", self.export),
            action(self, "Print the service map…", self.print, "Ctrl+P"),
            action(self, "Needs of the plan", lambda: self.wants.emit(Place("need"))),
            action(self, "Populations", lambda: self.wants.emit(Place("population"))),
            action(self, "Share a cost…", self.share_a_cost),
            action(self, "Scenarios kept", lambda: self.wants.emit(Place("scenario"))),
        ]

    def go(self, place: object) -> None:
        """Show the tab that a place names."""
        if isinstance(place, Place) and place.filters.get("tab") in _COMMANDS:
            self.tabs.choose(_COMMANDS.index(place.filters["tab"]))
