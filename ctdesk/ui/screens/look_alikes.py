"""Organisations that look alike: the pairs at the left, the chosen one side by side at the right."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QListWidget, QListWidgetItem, QStackedWidget, QVBoxLayout, QWidget

from ctdesk.domain.errors import DeskError
from ctdesk.services.organisations import Pair, SideBySide, likely_duplicates, mark_different, merge, side_by_side
from ctdesk.ui.places import Place
from ctdesk.ui.screens.areas import take_keys
from ctdesk.ui.screens.look_alikes_side import SidePanel
from ctdesk.ui.screens.screen import Screen
from ctdesk.ui.session import Session
from ctdesk.ui.theme import size
from ctdesk.ui.widgets import Banner, EmptyState, PageHead, Way, action, button, edge_to_edge, label

_PAIR = Qt.ItemDataRole.UserRole


class LookAlikesScreen(Screen):
    """Each pair is merged, or told apart for good; both can be undone."""

    name, title, icon = "look_alikes", "Organisations that look alike", "organisations"
    about = frozenset({"organisation", "setting"})

    def __init__(self, session: Session) -> None:
        """Make the screen, empty."""
        super().__init__(session)
        self._just_come = False
        self.different = button("They are different")
        self.merge = button("Merge", kind="main", icon="merge", shortcut="Ctrl+Return")
        self.different.clicked.connect(self._mark_different)
        self.merge.clicked.connect(self._merge)
        self._actions = [
            action(self, "Merge the two", self._merge, "Ctrl+Return"),
            action(self, "They are different", self._mark_different, "Ctrl+D"),
        ]
        self._head = PageHead(self.title, buttons=[self.different, self.merge])
        self.outcome = Banner("good", "", dismissible=True)
        self.outcome.hide()
        self.pairs = QListWidget()
        self.pairs.setAccessibleName("Pairs that look alike")
        self.pairs.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.pairs.currentItemChanged.connect(lambda *_: self._show_pair())
        self.side = SidePanel()
        self._stack = QStackedWidget()
        self._columns = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._lay_out()
        self._tell()

    def _lay_out(self) -> None:
        both = QWidget()
        both.setLayout(self._columns)
        self._columns.setContentsMargins(size(16), 0, size(16), size(16))
        self._columns.setSpacing(size(12))
        self._columns.addWidget(self.pairs)
        self._columns.addWidget(self.side, 1)
        looking = label("Comparing the organisations…", "lead", tone="2")
        looking.setContentsMargins(size(16), size(16), size(16), size(16))
        for page in (looking, self._nothing(), both):
            self._stack.addWidget(page)
        around = QVBoxLayout()
        around.setContentsMargins(size(16), 0, size(16), size(8))
        around.addWidget(self.outcome)
        layout = edge_to_edge(self)
        layout.addWidget(self._head)
        layout.addLayout(around)
        layout.addWidget(self._stack, 1)

    def _nothing(self) -> QWidget:
        every = button("Show them", kind="main")
        every.clicked.connect(lambda: self.wants.emit(Place("organisation")))
        return EmptyState(
            "No two organisations look alike",
            "Where the same body comes in under two names, the pair appears here to be merged or told apart.",
            [Way("organisations", "All organisations", "Their names, other spellings and numbers", every)],
        )

    def go(self, place: object) -> None:
        """Let the arrow keys go through the pairs as soon as they are found."""
        self._just_come = True

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """Put the pairs above where there is no room beside."""
        super().resizeEvent(event)
        narrow = self.width() < size(820)
        self._columns.setDirection(QBoxLayout.Direction.TopToBottom if narrow else QBoxLayout.Direction.LeftToRight)
        self.pairs.setMaximumSize(size(4000) if narrow else size(300), size(110) if narrow else size(4000))

    def read(self) -> None:
        """Compare the organisations again, in the background; what is shown stays until that is done."""
        desk = self.session.desk
        self.session.run("Comparing organisations", lambda _: likely_duplicates(desk), self._fill, self._failed)

    def _fill(self, found: Sequence[Pair]) -> None:
        at = max(self.pairs.currentRow(), 0)
        self.pairs.blockSignals(True)  # noqa: FBT003 - Qt's signature
        self.pairs.clear()
        for pair in found:
            item = QListWidgetItem(f"{pair.first_name}\n{pair.second_name}")
            item.setToolTip(", ".join(pair.evidence))
            item.setData(_PAIR, pair)
            self.pairs.addItem(item)
        self.pairs.blockSignals(False)  # noqa: FBT003 - Qt's signature
        count = len(found)
        self._head.say(self.title, f"{count:,} {'pair' if count == 1 else 'pairs'}" if count else "")
        self._stack.setCurrentIndex(2 if count else 1)
        if self._just_come:
            self._just_come = False
            take_keys(self, None)  # nothing could take them while the pairs were looked for
        self.pairs.setCurrentRow(min(at, count - 1))
        self._tell()

    def _tell(self) -> None:
        may = self.pair is not None and not self.session.read_only
        for control in (self.merge, self.different):
            control.allow(allowed=may, why=self.session.why_not)
            control.setVisible(self.pairs.count() > 0)
        for command in self._actions:
            command.setEnabled(may)
            command.setToolTip(self.session.why_not or command.text())

    @property
    def pair(self) -> Pair | None:
        """The pair chosen in the list."""
        item = self.pairs.currentItem()
        found = item.data(_PAIR) if item is not None else None
        return found if isinstance(found, Pair) else None

    def _show_pair(self) -> None:
        self._tell()
        pair = self.pair
        if pair is None:
            return
        desk = self.session.desk
        self.session.run(
            "Reading two organisations",
            lambda _: (pair, side_by_side(desk, pair.first, pair.second)),
            self._fill_side,
            self._failed,
        )

    def _fill_side(self, found: tuple[Pair, SideBySide]) -> None:
        pair, sides = found
        if pair == self.pair:
            self.side.show_pair(pair, sides)

    def _merge(self) -> None:
        """Merge the two as chosen; the one whose name was chosen is the one that stays."""
        pair = self.pair
        if pair is None or self.side.pair != pair:
            return
        keep, gone = (pair.first, pair.second) if self.side.chosen("name") == 0 else (pair.second, pair.first)
        take = self.side.taken_from(0 if gone == pair.first else 1)
        self._do(
            lambda: merge(self.session.desk, keep, gone, take), f"{self.side.name_chosen} is one organisation now."
        )

    def _mark_different(self) -> None:
        pair = self.pair
        if pair is None:
            return
        sentence = f"{pair.first_name} and {pair.second_name} stay two."
        self._do(lambda: mark_different(self.session.desk, pair.first, pair.second), sentence)

    def _do(self, act: Callable[[], object], sentence: str) -> None:
        if self.session.read_only:
            return
        try:
            act()
        except DeskError as fault:
            self._failed(str(fault))
            return
        self.outcome.say("good", sentence, "Undo takes it back.")
        self.outcome.show()
        self.said.emit(sentence)

    def _failed(self, sentence: str) -> None:
        self.outcome.say("bad", sentence)
        self.outcome.show()
        self._tell()

    def actions_offered(self) -> list[QAction]:
        """Return merge and tell apart."""
        return self._actions
