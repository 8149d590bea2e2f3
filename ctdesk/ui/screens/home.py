"""Home: what waits for a person, the figures one is asked for, and what changed lately."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication, QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QScrollArea, QVBoxLayout, QWidget

from ctdesk.domain import clock
from ctdesk.services.agreements import MonthAhead
from ctdesk.services.figures import Figure as FigureLine
from ctdesk.services.figures import Lately, copied
from ctdesk.services.home import home_page
from ctdesk.services.todo_lines import TodoLine, TodoPlace
from ctdesk.ui.places import Place
from ctdesk.ui.screens.home_lines import LatelyRow, TodoRow
from ctdesk.ui.screens.screen import Screen
from ctdesk.ui.session import Session
from ctdesk.ui.theme import size
from ctdesk.ui.widgets import (
    Card,
    EmptyState,
    Figure,
    Month,
    MonthBars,
    PageHead,
    Way,
    button,
    clear,
    edge_to_edge,
    label,
)


class HomeScreen(Screen):
    """The first screen of the day; every line of it leads somewhere."""

    name, title, icon = "home", "Home", "home"

    def __init__(self, session: Session) -> None:
        """Make the cards, empty."""
        super().__init__(session)
        self._figures: list[FigureLine] = []
        receive = button("Receive returns", icon="receive", shortcut="Ctrl+R")
        receive.clicked.connect(lambda: self.wants.emit(Place("receive")))
        receive.allow(allowed=not session.read_only, why=session.why_not)
        new = button("New activity", kind="main", icon="plus")
        new.clicked.connect(lambda: self.wants.emit(Place("record", kind="activity")))
        new.allow(allowed=not session.read_only, why=session.why_not)
        self._head = PageHead("Home", buttons=[receive, new])
        copy = button("Copy", kind="quiet", icon="copy", small=True)
        copy.setToolTip("Copy the figures with what they rest on")
        copy.clicked.connect(self._copy)
        every = button("All history", kind="quiet", small=True)
        every.clicked.connect(lambda: self.wants.emit(Place("history")))
        self._todo = QVBoxLayout()
        self._todo.setSpacing(size(12))
        self._figures_card = Card("Figures", "", [copy])
        self._lately_card = Card("Changed lately", "", [every])
        self._months = MonthBars("Notice and end dates ahead")
        self._months_card = Card("Notice and end dates ahead", "solid: notice by, hatched: ends")
        self._months_card.add(self._months)
        self._columns = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._lay_out()

    def _lay_out(self) -> None:
        left, right = QVBoxLayout(), QVBoxLayout()
        left.setSpacing(size(12))
        left.addLayout(self._todo)
        left.addWidget(self._months_card)
        left.addStretch(1)
        right.setSpacing(size(12))
        right.addWidget(self._figures_card)
        right.addWidget(self._lately_card)
        right.addStretch(1)
        self._columns.setContentsMargins(size(16), 0, size(16), size(16))
        self._columns.setSpacing(size(16))
        self._columns.addLayout(left, 2)
        self._columns.addLayout(right, 1)
        body = QWidget()
        body.setLayout(self._columns)
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setWidget(body)
        scroll.setAccessibleName("Home")
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        layout = edge_to_edge(self)
        layout.addWidget(self._head)
        layout.addWidget(scroll, 1)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """Put the figures below where there is no room beside."""
        super().resizeEvent(event)
        narrow = self.width() < size(820)
        way = QBoxLayout.Direction.TopToBottom if narrow else QBoxLayout.Direction.LeftToRight
        self._columns.setDirection(way)

    def read(self) -> None:
        """Read everything again."""
        desk, today = self.session.desk, clock.today()
        self._head.say("Home", f"{today:%A} {today:%d/%m/%Y}")
        page = home_page(desk, today)
        self._figures = page.figures
        self._show_todo(page.todo, is_new=page.is_new)
        self._show_figures()
        self._show_lately(page.lately[:5])
        self._months.show_months([_month(month) for month in page.months])
        self._months_card.setVisible(any(month.notice_by or month.ends for month in page.months))

    def _show_todo(self, lines: list[TodoLine], *, is_new: bool) -> None:
        clear(self._todo)
        if is_new:
            self._todo.addWidget(self._first_steps())
            return
        sections: dict[str, Card] = {}
        for line in lines:
            if line.section not in sections:
                sections[line.section] = Card(line.section, line.section_hint)
                self._todo.addWidget(sections[line.section])
            row = TodoRow(line)
            row.chosen.connect(self._go)
            sections[line.section].add(row)
        if not lines:
            nothing = Card()
            nothing.add(label("Nothing is waiting.", "panel title"), ruled=False)
            nothing.add(
                label(
                    "Returns that come in, dates that come near and records that lack something appear here.",
                    tone="2",
                    wrap=True,
                ),
                ruled=False,
            )
            self._todo.addWidget(nothing)

    def _first_steps(self) -> QWidget:
        adopt = button("Adopt a register", kind="main")
        adopt.clicked.connect(lambda: self.wants.emit(Place("adoption")))
        agency = button("Add an agency")
        agency.clicked.connect(
            lambda: self.wants.emit(Place("record", kind="organisation", filters={"is_agency": "Yes"}))
        )
        guide = button("Read the guide")
        guide.clicked.connect(lambda: self.wants.emit(Place("guide")))
        return EmptyState(
            "This workspace is new",
            "It will hold what every partner commissions. Begin with a register somebody keeps already, or with the "
            "agencies, and ask them in a round.",
            [
                Way("receive", "Take over a register", "Any spreadsheet: a contracts register, grants, a list", adopt),
                Way("organisations", "Add the agencies by hand", "Then start a round and send workbooks", agency),
                Way("guide", "See how it goes", "A short guide, by task", guide),
            ],
        )

    def _go(self, place: TodoPlace) -> None:
        self.wants.emit(Place(place.screen, kind=place.kind, uid=place.uid, filters=place.filters))

    def _show_figures(self) -> None:
        self._figures_card.clear()
        now = clock.now()
        self._figures_card.hint.setText(f"as at {now:%d/%m/%Y %H:%M}")
        for line in self._figures:
            self._figures_card.add(Figure(line.label, line.value, line.note))

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(copied(self.session.desk, self._figures, clock.now()))
        self.said.emit("The figures are on the clipboard, with what they rest on.")

    def _show_lately(self, lines: list[Lately]) -> None:
        self._lately_card.clear()
        for line in lines:
            row = LatelyRow(line, may_undo=line.can_undo and not self.session.read_only)
            row.undone.connect(self._undo)
            self._lately_card.add(row)

    def _undo(self, change_set: str) -> None:
        from ctdesk.domain.errors import DeskError
        from ctdesk.services.past import undo

        try:
            undone = undo(self.session.desk, change_set)
        except DeskError as fault:
            self.said.emit(str(fault))
            return
        self.said.emit(f"{undone.line.title}: taken back.")

    def waiting(self) -> int:
        """Return nothing: Home lists what waits elsewhere."""
        return 0


def _month(month: MonthAhead) -> Month:
    words = f"{month.first:%B %Y}: {month.notice_by} notice by, {month.ends} end"
    return Month(f"{month.first:%b}", month.notice_by, month.ends, words)
