"""Ending a review: what is accepted is applied, or all of it is held for later, or given up."""

from collections.abc import Callable

from PySide6.QtCore import QUrl
from PySide6.QtGui import QAction, QDesktopServices
from PySide6.QtWidgets import QMessageBox

from ctdesk.domain.errors import DeskError
from ctdesk.domain.review_policy import Choice
from ctdesk.ui.screens.review_deciding import DecidingScreen
from ctdesk.ui.screens.review_kinds import Review
from ctdesk.ui.session import Session
from ctdesk.ui.widgets import action


class EndingScreen(DecidingScreen):
    """One file on its page from its first comparison to its end; `leads_back` is where a held one is found again."""

    leads_back = ""

    def __init__(self, session: Session) -> None:
        """Connect the page, empty."""
        super().__init__(session)
        self._done_words = ""
        self.page.apply.clicked.connect(self.apply)
        self.page.hold.clicked.connect(self.hold)
        self.page.open.clicked.connect(self.show_file)

    def review_actions(self) -> list[QAction]:
        """Return the commands that every review has."""
        return [
            self._action("Apply what is accepted", self.apply, "Ctrl+Return", "Ctrl+Enter"),
            self._action("Next to decide", self.page.list.next_to_decide, "Ctrl+Down", alters=False),
            self._action("Accept all without a finding", self.accept_clean),
            self._action("Accept all", lambda: self._all("accept"), "Ctrl+Shift+A"),
            self._action("Decline all", lambda: self._all("decline"), "Ctrl+Shift+D"),
            self._action("Settle all conflicts as the file says", lambda: self.settle_all(Choice.THEIRS)),
            self._action("Settle all conflicts as the desk says", lambda: self.settle_all(Choice.OURS)),
            self._action("Ask about all conflicts again", lambda: self.settle_all(None)),
            self._action("Hold for later", self.hold),
            self._action("Open the file under review", self.show_file, alters=False),
        ]

    def _action(self, words: str, run: Callable[[], None], *keys: str, alters: bool = True) -> QAction:
        """Return a command; one that alters anything is off where only reading is open, and says so."""
        return action(self, words, run, *keys, why_not=self.session.why_not if alters else "")

    def apply(self) -> None:
        """Apply what is accepted, after a backup, in the background."""
        review, desk = self.review, self.session.desk
        if review is None or not self.page.apply.isEnabled():
            return
        self._done_words = self.page.would_do(review)
        self._run(f"Applying {review.words.thing}", lambda: review.apply(desk), self._applied)

    def _applied(self, after: Review) -> None:
        self._touch(touched=False)
        self._again = False
        self._show(after)
        left = after.sheet.totals.to_decide
        held = f"{left} still to decide. " if left else ""
        done = f"{self._done_words[:1].upper()}{self._done_words[1:]} applied." if self._done_words else "Taken in."
        self.page.say("good", f"{after.receipt.agency}: {done}", f"{held}Undo takes all of it back.")
        for note in after.applied.notes if after.applied else ():
            self.said.emit(note)

    def hold(self) -> None:
        """Keep the file and what was decided so far in the workspace, and go on."""
        review, desk = self.review, self.session.desk
        if review is None or not self.page.hold.isEnabled():
            return
        self._run(f"Holding {review.words.thing}", lambda: review.hold(desk), lambda _: self._held(review))

    def _held(self, review: Review) -> None:
        self._touch(touched=False)
        self._again = False
        thing = f"{review.words.thing[:1].upper()}{review.words.thing[1:]}"
        self.said.emit(f"{thing} is held with what was decided; {self.leads_back} leads back to it.")
        self.go_on_from_held()

    def go_on_from_held(self) -> None:
        """Go where a person goes on once a review is held; overridden."""

    def show_file(self) -> None:
        """Open the file under review in the program that shows spreadsheets."""
        if self.review is None:
            return
        try:
            path = self.review.file(self.session.desk)
        except DeskError as fault:
            self.page.say("bad", str(fault), "")
            return
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(path)))

    def may_leave(self) -> bool:
        """Ask what becomes of decisions that are neither applied nor held."""
        if not self._touched or self.review is None:
            return True
        box = QMessageBox(self)
        box.setWindowTitle("Not applied yet")
        box.setText(f"What was decided on {self.review.words.thing} is neither applied nor held.")
        keep = box.addButton("Hold for later", QMessageBox.ButtonRole.AcceptRole)
        drop = box.addButton("Discard", QMessageBox.ButtonRole.DestructiveRole)
        box.addButton("Stay", QMessageBox.ButtonRole.RejectRole)
        box.exec()
        if box.clickedButton() is keep:
            return self._hold_now()
        if box.clickedButton() is drop:
            self._touch(touched=False)
        return not self._touched

    def _hold_now(self) -> bool:
        """Hold at once, since the screen is about to be left."""
        assert self.review is not None  # noqa: S101 - asked only with one open
        try:
            self.review.hold(self.session.desk)
        except DeskError as fault:
            self.page.say("bad", str(fault), "")
            return False
        self._touch(touched=False)
        return True
