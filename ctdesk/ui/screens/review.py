"""The review of a return: whose it is, whether it adds up, what it costs, what to decide, what is wrong."""

from collections import deque
from pathlib import Path

from PySide6.QtCore import QTimer, QUrl
from PySide6.QtGui import QAction, QDesktopServices, QKeySequence
from PySide6.QtWidgets import QFileDialog, QInputDialog, QLineEdit, QMessageBox, QVBoxLayout

from ctdesk.domain.errors import DeskError
from ctdesk.ui.places import Place
from ctdesk.ui.screens.review_deciding import DecidingScreen
from ctdesk.ui.screens.review_work import (
    Locked,
    Review,
    apply_review,
    hold_review,
    open_review,
    workbook,
    write_hand_back,
)
from ctdesk.ui.session import Session


class ReviewScreen(DecidingScreen):
    """Takes a return back with a person's decisions; several files are reviewed one after another."""

    name, title, icon = "review", "Return", "receive"
    about = frozenset({"activity", "post", "funding_line", "organisation", "request", "finding"})

    def __init__(self, session: Session) -> None:
        """Make the page, empty."""
        super().__init__(session)
        self._waiting: deque[Place] = deque()
        self._seen = 0
        self._done_words = ""
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.page)
        self._actions = self._make_actions()
        self._connect()

    def _make_actions(self) -> list[QAction]:
        made = []
        for words, keys, run in (
            ("Apply what is accepted", "Ctrl+Return Ctrl+Enter", self.apply),
            ("Next to decide", "Ctrl+Down", self.page.list.next_to_decide),
            ("Accept all without a finding", "", self.accept_clean),
            ("Accept all", "Ctrl+Shift+A", lambda: self._all("accept")),
            ("Decline all", "Ctrl+Shift+D", lambda: self._all("decline")),
            ("Hand back…", "", self.hand_back),
            ("Hold for later", "", self.hold),
            ("Open the workbook", "", self.open_workbook),
            ("Next return", "", self.next_return),
        ):
            action = QAction(words, self)
            action.setShortcuts([QKeySequence(each) for each in keys.split()])
            action.triggered.connect(lambda _=False, run=run: run())
            made.append(action)
        return made

    def actions_offered(self) -> list[QAction]:
        """Return the commands of a review."""
        return self._actions

    def _connect(self) -> None:
        page = self.page
        page.back.clicked.connect(self._back)
        page.choose.clicked.connect(lambda: self.wants.emit(Place("receive")))
        page.retry.clicked.connect(lambda: self.wants.emit(Place("receive")))
        page.apply.clicked.connect(self.apply)
        page.hold.clicked.connect(self.hold)
        page.hand_back.clicked.connect(self.hand_back)
        page.open.clicked.connect(self.open_workbook)
        page.next.clicked.connect(self.next_return)
        page.clean.clicked.connect(self.accept_clean)
        page.list.decided.connect(self._decide)
        page.list.settled.connect(self._settle)
        page.list.typed.connect(self._other_value)
        page.list.matched.connect(self._match)
        page.list.moved.connect(page.findings.show_row)
        page.findings.wanted.connect(self._show_row)
        page.findings.explained.connect(self._explain)
        page.findings.to_explain.connect(self._ask_to_explain)
        page.findings.read_as.connect(self._read_as)

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
        self._run(f"Reading {name}", lambda: open_review(desk, place, password), self._opened, self._not_opened)

    def _opened(self, found: Review | Locked) -> None:
        if isinstance(found, Locked):
            self._ask_password(found)
            return
        self._show(found)
        self._touched = False
        self.title = f"Return of {found.receipt.agency}"
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

    def apply(self) -> None:
        """Apply what is accepted, after a backup, in the background."""
        review, desk = self.review, self.session.desk
        if review is None or not self.page.apply.isEnabled():
            return
        words = self.page.would_do(review)
        self._done_words = words
        self._run(f"Applying the return of {review.receipt.agency}", lambda: apply_review(desk, review), self._applied)

    def _applied(self, after: Review) -> None:
        self._touched = False
        self._again = False
        self._show(after)
        left = after.sheet.totals.to_decide
        held = f"{left} still to decide. " if left else ""
        done = f"{self._done_words[:1].upper()}{self._done_words[1:]} applied." if self._done_words else "Taken in."
        self.page.say("good", f"{after.receipt.agency}: {done}", f"{held}Undo takes all of it back.")
        if after.applied is not None:
            for note in after.applied[0].notes:
                self.said.emit(note)

    def hold(self) -> None:
        """Keep the return and what was decided so far in the workspace, and go on."""
        review, desk = self.review, self.session.desk
        if review is None or not self.page.hold.isEnabled():
            return
        self._run(
            f"Holding the return of {review.receipt.agency}", lambda: hold_review(desk, review), lambda _: self._held()
        )

    def _held(self) -> None:
        self._touched = False
        self._again = False
        agency = self.review.receipt.agency if self.review else ""
        self.said.emit(f"The return of {agency} is held with what was decided; Rounds and returns leads back to it.")
        if self._waiting:
            self._open_first()
        else:
            self._back()

    def hand_back(self) -> None:
        """Write the marked copy, or the slip, into a folder and open the folder."""
        review, desk = self.review, self.session.desk
        if review is None or self._busy:
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
            lambda: write_hand_back(desk, review, folder),
            self._handed_back,
        )

    def _handed_back(self, path: Path) -> None:
        self.page.say("good", f"{path.name} is written.", f"It is in {path.parent}; send it to the agency.")
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(path.parent)))

    def open_workbook(self) -> None:
        """Open the returned file in the program that shows spreadsheets."""
        if self.review is None:
            return
        try:
            path = workbook(self.session.desk, self.review)
        except DeskError as fault:
            self.page.say("bad", str(fault), "")
            return
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(path)))

    def next_return(self) -> None:
        """Go on to the next file, once what was decided here is kept or given up."""
        if self._waiting and self.may_leave():
            self._open_first()

    def _back(self) -> None:
        if self.review is not None:
            request = self.review.returned.request
            if request.period:
                self.wants.emit(Place("monitoring", filters={"period": request.period}))
            else:
                self.wants.emit(Place("rounds", uid=request.round_uid))
        else:
            self.wants.emit(Place("back"))

    def may_leave(self) -> bool:
        """Ask what becomes of decisions that are neither applied nor held."""
        if not self._touched or self.review is None:
            return True
        box = QMessageBox(self)
        box.setWindowTitle("Not applied yet")
        box.setText(f"What was decided on the return of {self.review.receipt.agency} is neither applied nor held.")
        keep = box.addButton("Hold for later", QMessageBox.ButtonRole.AcceptRole)
        drop = box.addButton("Discard", QMessageBox.ButtonRole.DestructiveRole)
        box.addButton("Stay", QMessageBox.ButtonRole.RejectRole)
        box.exec()
        if box.clickedButton() is keep:
            return self._hold_now()
        self._touched = self._touched and box.clickedButton() is not drop
        return not self._touched

    def _hold_now(self) -> bool:
        """Hold at once, since the screen is about to be left."""
        assert self.review is not None  # noqa: S101 - asked only with one open
        try:
            hold_review(self.session.desk, self.review)
        except DeskError as fault:
            self.page.say("bad", str(fault), "")
            return False
        self._touched = False
        return True
