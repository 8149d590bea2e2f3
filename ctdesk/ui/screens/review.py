"""The review of a return: whose it is, whether it adds up, what it costs, what to decide, what is wrong."""

from collections import deque
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import QTimer, QUrl
from PySide6.QtGui import QAction, QDesktopServices
from PySide6.QtWidgets import QFileDialog, QInputDialog, QLineEdit, QVBoxLayout

from ctdesk.ui.draft import said_of
from ctdesk.ui.places import Place
from ctdesk.ui.screens.review_ending import EndingScreen
from ctdesk.ui.screens.review_work import (
    Locked,
    ReturnReview,
    open_review,
)
from ctdesk.ui.session import Session


class ReviewScreen(EndingScreen):
    """Takes a return back with a person's decisions; several files are reviewed one after another."""

    name, title, icon = "review", "Return", "receive"
    leads_back = "Rounds and returns"
    about = frozenset({"activity", "post", "funding_line", "organisation", "request", "finding"})

    def __init__(self, session: Session) -> None:
        """Make the page, empty."""
        super().__init__(session)
        self._waiting: deque[Place] = deque()
        self._seen = 0
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.page)
        self._actions = [
            *self.review_actions(),
            self._action("Hand back…", self.hand_back),
            self._action("Next return", self.next_return, alters=False),
        ]
        self._connect()

    def actions_offered(self) -> list[QAction]:
        """Return the commands of a review."""
        return self._actions

    def _connect(self) -> None:
        page = self.page
        page.back.clicked.connect(self._back)
        page.choose.clicked.connect(lambda: self.wants.emit(Place("receive")))
        page.retry.clicked.connect(lambda: self.wants.emit(Place("receive")))
        page.hand_back.clicked.connect(self.hand_back)
        page.next.clicked.connect(self.next_return)

    def go(self, place: object) -> None:
        """Review the file or request of a place; of several in a row the last first, then the others."""
        if not isinstance(place, Place) or not (place.path or place.uid):
            self._show_none()
            return
        if place in self._waiting:
            self._waiting.remove(place)
        self._waiting.appendleft(place)
        self._more = self._busy
        QTimer.singleShot(0, self._open_first)

    def _open_first(self) -> None:
        if not self._waiting or self._busy:
            return
        self._seen += 1
        self._open(self._waiting.popleft())

    def _open(self, place: Place, password: str | None = None) -> None:
        self._clear()
        waiting = [each for each in self._waiting if each != place]
        self._more = bool(waiting)
        self.page.show_queue(self._seen, self._seen + len(waiting))
        desk = self.session.desk
        name = place.path.name if place.path is not None else "the return"
        self.page.show_waiting(f"Reading {name}…")
        said = partial(said_of, self.session.memory)
        self._run(f"Reading {name}", lambda: open_review(desk, place, password, said), self._opened, self._not_opened)

    def _opened(self, found: ReturnReview | Locked) -> None:
        if isinstance(found, Locked):
            self._ask_password(found)
            return
        self._show(found)
        self._touched = bool(said_of(self.session.memory, found.of.sha256))
        if self._touched:
            self.page.say("good", "What you had decided here and not applied is back.", "Apply it, or hold it.")
        self.title = found.words.title
        self.page.list.go_to(0)
        self.page.list.setFocus()
        self.page.findings.to_top()

    def _not_opened(self, sentence: str) -> None:
        self._show_none()
        self.page.say("bad", sentence, "The desk is unchanged.", retry=True)
        self.page.retry.setFocus()

    def _ask_password(self, locked: Locked) -> None:
        self._show_none()
        typed, agreed = QInputDialog.getText(self, "Password", locked.sentence, QLineEdit.EchoMode.Password)
        if agreed and typed:
            self._open(locked.place, typed)
        else:
            self.page.say("bad", locked.sentence, "The desk is unchanged.", retry=True)

    def _clear(self) -> None:
        self.review, self._touched = None, False
        self.page.quiet()

    def _show_none(self) -> None:
        self._clear()
        self.title = "Return"
        self.page.show_empty()
        self._offer()

    def go_on_from_held(self) -> None:
        """Go on to the next return, or back to the round."""
        if self._waiting:
            self._open_first()
        else:
            self._back()

    def hand_back(self) -> None:
        """Write the marked copy, or the slip, into a folder and open the folder."""
        review, desk = self.review, self.session.desk
        if not isinstance(review, ReturnReview) or self._busy:
            return
        chosen = QFileDialog.getExistingDirectory(
            self, "Folder for the hand-back", str(self.session.memory.get("folder", ""))
        )
        if not chosen:
            return
        self.session.memory.put("folder", chosen)
        folder = Path(chosen)
        self._run(
            f"Handing {review.receipt.agency}’s return back",
            lambda: review.hand_back(desk, folder),
            self._handed_back,
        )

    def _handed_back(self, path: Path) -> None:
        self.page.say("good", f"{path.name} is written.", f"It is in {path.parent}; send it to the agency.")
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(path.parent)))

    def begun(self) -> object | None:
        """Return the review with its decisions, and the returns that wait after it."""
        return None if self._busy else (self.review, self._touched, self._waiting, self._seen, self._more, self.title)

    def go_on_with(self, begun: Any) -> None:
        """Show the review again as it was decided on so far."""
        review, touched, self._waiting, self._seen, more, title = begun
        if review is None:
            self._show_none()
            return
        self._more = more
        self.page.show_queue(self._seen, self._seen + len(self._waiting))
        self._show(review)
        self._touched, self.title = touched, title

    def next_return(self) -> None:
        """Go on to the next file, once what was decided here is kept or given up."""
        if self._waiting and self.may_leave():
            self._open_first()

    def _back(self) -> None:
        if isinstance(self.review, ReturnReview):
            request = self.review.returned.request
            if request.period:
                self.wants.emit(Place("monitoring", filters={"period": request.period}))
            else:
                self.wants.emit(Place("rounds", uid=request.round_uid))
        else:
            self.wants.emit(Place("back"))
