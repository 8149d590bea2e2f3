"""The main window: one workspace, its screens, and what is common to all of them.

The frame is painted before the workspace is open: nothing that needs the database is imported until then.
"""

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QByteArray, QEvent, QSize, QTimer, Signal
from PySide6.QtGui import QCloseEvent, QDragEnterEvent, QDropEvent, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLabel, QMainWindow, QStackedWidget, QVBoxLayout, QWidget

from ctdesk.domain import clock
from ctdesk.ui.draft import file_in_hand, place_of_draft
from ctdesk.ui.frame.catalogue import CATALOGUE, screen_for
from ctdesk.ui.frame.navigation import Navigation
from ctdesk.ui.places import Place
from ctdesk.ui.theme import follow_system, size

if TYPE_CHECKING:
    from ctdesk.ui.frame.commands import Commands
    from ctdesk.ui.frame.past import Past
    from ctdesk.ui.frame.status import StatusLine
    from ctdesk.ui.frame.topbar import TopBar
    from ctdesk.ui.screens.screen import Screen
    from ctdesk.ui.session import Session

_ENTRIES = {entry.name: entry for entry in CATALOGUE}
_KEEPS_WORK = frozenset({"review", "adoption"})
"""Screens that are returned to with what was begun on them."""
_COUNTING_PAUSE = 600
"""Milliseconds after a change until it is counted what waits on screens not seen yet."""


class MainWindow(QMainWindow):
    """The frame around the screens. `painted` tells of its first paint, `closed` that the workspace was let go."""

    painted = Signal()
    closed = Signal()
    left = Signal(str)
    left_for = Signal(object)
    """Carries the path of the workspace that this one was let go for."""

    session: "Session"
    past: "Past"
    top: "TopBar"
    status: "StatusLine"
    commands: "Commands"

    def __init__(self, name: str) -> None:
        """Make the empty frame for the workspace of a name; `open` fills it."""
        super().__init__()
        self.current = ""
        self.is_open = False
        self._is_painted = False
        self._been: list[Place] = []
        self._screens: dict[str, Screen] = {}
        self._stale: set[str] = set()
        self._counted: dict[str, int] = {}
        self._counting = QTimer(self, singleShot=True, interval=_COUNTING_PAUSE)
        self._counting.timeout.connect(self._count_unseen)
        self.setAcceptDrops(True)
        self.setWindowTitle(f"{name} – ctdesk")
        self.navigation = Navigation(CATALOGUE)
        self.navigation.setEnabled(False)
        self.stack = QStackedWidget()
        # Made here, as importing all the designed parts would hold back the first paint.
        opening = QLabel(f"Opening {name}…")
        opening.setProperty("role", "lead")
        opening.setProperty("tone", "2")
        opening.setContentsMargins(size(16), size(16), size(16), size(16))
        self.stack.addWidget(opening)
        self._middle = QHBoxLayout()
        self._middle.setSpacing(0)
        self._middle.addWidget(self.navigation)
        self._middle.addWidget(self.stack, 1)
        self._whole = QVBoxLayout()
        self._whole.setContentsMargins(0, 0, 0, 0)
        self._whole.setSpacing(0)
        self._whole.addLayout(self._middle, 1)
        self._body = QWidget()
        self._body.setLayout(self._whole)
        self.setCentralWidget(self._body)
        # Not scaled with the text: at 200% the window must still fit the smallest screen.
        self.setMinimumSize(900, 540)
        self.resize(QSize(size(1280), size(680)).boundedTo(self.screen().availableSize()))

    def open(self, session: "Session") -> None:
        """Fill the frame with an open workspace."""
        from ctdesk.ui.frame.past import Past
        from ctdesk.ui.frame.text_size import TextSize

        self.session = session
        self.past = Past(session)
        self.is_open = True
        self._fill()
        self.past.said.connect(self.say)
        session.said.connect(self.say)
        session.changed.connect(lambda _: QTimer.singleShot(0, self.count_waiting))
        self._text_size = TextSize(self)
        self._remember()

    def _fill(self) -> None:
        """Make the parts around the screens."""
        from ctdesk.ui.frame.commands import Commands
        from ctdesk.ui.frame.status import StatusLine
        from ctdesk.ui.frame.topbar import TopBar

        self.top = TopBar(self.session.desk.who, self.past.undo, self.past.redo)
        self.status = StatusLine(self.session)
        self.commands = Commands(self)
        self._whole.insertWidget(0, self.top)
        self._whole.addWidget(self.status)
        self.navigation.setEnabled(True)
        self.navigation.chosen.connect(lambda name: self.go(Place(name)))
        self.navigation.folded.connect(lambda folded: self.session.memory.put("folded", folded))
        self.top.searched.connect(self.commands.open_palette)

    def rebuild(self) -> None:
        """Make frame and screens anew, since sizes are taken when they are made; unfinished work stays as it is."""
        self.commands.close()
        for action in self.actions():
            self.removeAction(action)
        for part in (self.top, self.status, self.navigation):
            part.hide()
            part.deleteLater()
        self.commands.deleteLater()
        self.navigation = Navigation(CATALOGUE)
        self._middle.insertWidget(0, self.navigation)
        self._fill()
        for part in (self.top, self.status, self.navigation):
            part.show()  # at once, or the window is seen without them for a moment
        self._fold_as_fits()
        self._stale = set(self._screens)
        self._show_again()
        self.count_waiting()

    def _show_again(self) -> None:
        """Make the present screen anew, unless that would lose what is being worked on."""
        from ctdesk.ui.screens.screen import Screen

        screen, place = self._screens[self.current], self._been[-1]
        asks = type(screen).may_leave is not Screen.may_leave and self.current != "settings"
        if asks or self.current in _KEEPS_WORK:
            self._show_where(place, self._handed_on(self.current) or screen)
            return
        self.go(screen.here(self._been.pop()))
        if not self._been or self._been[-1].screen != self.current:  # the person chose to stay
            self._been.append(place)
            self._show_where(place, screen)

    def _handed_on(self, name: str) -> "Screen | None":
        """Make a screen anew and let it go on with what was begun on it; None where that cannot be handed on."""
        begun = self._screens[name].begun()
        if begun is None:
            return None
        self._let_go(name)
        fresh = self.made(name)
        fresh.bring_up_to_date()
        fresh.go_on_with(begun)
        if name == self.current:
            self.stack.setCurrentWidget(fresh)
        return fresh

    def _let_go(self, name: str) -> None:
        self._stale.discard(name)
        old = self._screens.pop(name)
        self.stack.removeWidget(old)
        old.deleteLater()

    def _let_go_if_stale(self, place: Place) -> None:
        """Let a screen be made anew that was made for another text size; one returned to midway goes on as it was."""
        if place.screen not in self._stale:
            return
        if place.screen in _KEEPS_WORK and not (place.path or place.uid):
            self._handed_on(place.screen)
        else:
            self._let_go(place.screen)

    def say(self, words: str) -> None:
        """Say one sentence in the status bar for a while."""
        self.status.say(words)

    def _remember(self) -> None:
        memory = self.session.memory
        geometry = memory.get("geometry")
        if isinstance(geometry, str):
            self.restoreGeometry(QByteArray.fromBase64(geometry.encode()))
        self.navigation.fold(folded=bool(memory.get("folded", False)))

    def start(self) -> None:
        """Show the screen that was shown last, or the form at which something typed was not saved when all ended."""
        name = str(self.session.memory.get("screen", "home"))
        last = Place(name if name in _ENTRIES and _ENTRIES[name].listed else "home")
        self.go(place_of_draft(self.session.memory) or last)
        if file := file_in_hand(self.session.memory):
            self.say(f"What you had said of {file} and not applied is kept: open the file again to go on.")
        self.count_waiting()

    def made(self, name: str) -> "Screen":
        """Return a screen, made when it is first wanted."""
        if name not in self._screens:
            fresh = _ENTRIES[name].make(self.session)
            fresh.wants.connect(self.go)
            fresh.said.connect(self.say)
            self._screens[name] = fresh
            self.stack.addWidget(fresh)
        return self._screens[name]

    def go(self, place: Place) -> None:
        """Show a place, unless the present screen has unsaved work and is to be stayed on."""
        from ctdesk.ui.screens.areas import take_keys

        showing = self._screens.get(self.current)
        if showing is not None and not showing.may_leave():
            self.navigation.show_current(self.current)
            return
        if place.screen == "receive":
            self.commands.receive()
            return
        if place.screen == "back":
            place = self._before()
        place = screen_for(place)
        self._let_go_if_stale(place)
        screen = self.made(place.screen)
        if place.among is not None and self._been and self._been[-1].among is place.among:
            self._been.pop()  # from row to row of a list is one place: Back leads to the list
        self._been.append(place)
        del self._been[:-50]
        self.current = place.screen
        returned_to = bool(screen.focusWidget())
        self.stack.setCurrentWidget(screen)
        screen.bring_up_to_date()
        first = self.focusWidget()  # Qt hands the keys to the first control there is, mostly a button of the head
        screen.go(place)
        self._show_where(place, screen)
        focused = self.focusWidget()
        chosen = screen.isAncestorOf(focused) and (returned_to or focused is not first)
        if not chosen:
            take_keys(screen, focused)

    def go_to_area(self, step: int) -> None:
        """Give the keys to the next area of the window, or with a step of -1 to the one before."""
        from ctdesk.ui.screens.areas import go_to_area

        frame = [(self.top, self.top.search), (self.navigation, self.navigation.marked)]
        go_to_area([*frame, *self.made(self.current).areas()], self.focusWidget(), step)

    def _before(self) -> Place:
        """Return the place that was shown before this one, or Home."""
        self._been = self._been[:-1]
        return self._been.pop() if self._been else Place("home")

    def _show_where(self, place: Place, screen: "Screen") -> None:
        entry = _ENTRIES[place.screen]
        of_kind = place.kind in _ENTRIES and _ENTRIES[place.kind].listed
        listed = entry.name if entry.listed else place.kind if of_kind else entry.under or self._listed_before()
        self.navigation.show_current(listed)
        if entry.listed:
            self.session.memory.put("screen", entry.name)
        self.setWindowTitle(f"{self.session.desk.workspace.path.name} – {screen.title or entry.title} – ctdesk")
        self.commands.show_actions_of(screen)

    def _listed_before(self) -> str:
        return next((p.screen for p in reversed(self._been) if _ENTRIES[p.screen].listed), "home")

    def count_waiting(self) -> None:
        """Show anew what waits on each screen that has been made; what waits on the others is counted soon after."""
        if not self.is_open:
            return
        for name, screen in self._screens.items():
            self.navigation.show_waiting(name, screen.waiting())
        self._counting.start()

    def _count_unseen(self) -> None:
        """Count what waits on screens that have not been made yet, in the background."""
        from ctdesk.services.waiting import waiting

        all_made = bool(self._counted) and self._counted.keys() <= self._screens.keys()
        if all_made or not self.is_open:
            return
        desk, today = self.session.desk, clock.today()
        self.session.run(
            "Counting what waits",
            lambda _: waiting(desk, today),
            self._show_unseen,
            lambda _: None,
            by_the_way=True,
        )

    def _show_unseen(self, counts: dict[str, int]) -> None:
        self._counted = counts
        for name, count in counts.items():
            if name not in self._screens:
                self.navigation.show_waiting(name, count)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """Fold the navigation while the window is too narrow for it."""
        super().resizeEvent(event)
        self._fold_as_fits()

    def _fold_as_fits(self) -> None:
        """Fold the navigation where there is no room or the person wants it so; only the latter is remembered."""
        wanted = self.width() < size(1100) or (self.is_open and bool(self.session.memory.get("folded", False)))
        if wanted != self.navigation.is_folded:
            self.navigation.blockSignals(True)  # noqa: FBT003 - Qt's signature
            self.navigation.fold(folded=wanted)
            self.navigation.blockSignals(False)  # noqa: FBT003 - Qt's signature

    def event(self, event: QEvent) -> bool:
        """Follow the system when it changes its look or its size of text."""
        if event.type() == QEvent.Type.ThemeChange and self.is_open:
            follow_system()
        return super().event(event)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """Tell of the first paint, once all of it is done."""
        super().paintEvent(event)
        if not self._is_painted:
            self._is_painted = True
            QTimer.singleShot(0, self.painted.emit)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:  # noqa: N802 - Qt's name
        """Take files once the workspace is open."""
        if self.is_open and event.mimeData().hasUrls():
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:  # noqa: N802 - Qt's name
        """Say what dropped files are and offer the right thing."""
        from ctdesk.ui.frame.drops import offer_files

        paths = [Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()]
        if paths:
            offer_files(self, paths)

    def _close_all_the_same(self, titles: list[str]) -> bool:
        from ctdesk.ui.frame.leaving import close_all_the_same

        return close_all_the_same(self, titles)

    def closeEvent(self, event: QCloseEvent) -> None:  # noqa: N802 - Qt's name
        """Ask about unsaved work and work that does not stop, remember the window, and let the workspace go."""
        if not self.is_open:
            event.accept()
            return
        showing = self._screens.get(self.current)
        if showing is not None and not showing.may_leave():
            event.ignore()
            return
        still = self.session.stop_work()
        if still and not self._close_all_the_same(still):
            event.ignore()
            return
        self.is_open = False
        self._counting.stop()
        self.session.memory.put("geometry", bytes(self.saveGeometry().toBase64().data()).decode())
        self.commands.close()
        for other in self.findChildren(QDialog):
            other.close()
        # What still has the cursor looks at its field once more, while the workspace can answer.
        self._body.setEnabled(False)
        self.session.close()
        event.accept()
        self.closed.emit()
