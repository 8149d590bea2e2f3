"""The review of a return: whose it is, whether it adds up, what it costs, what to decide, what is wrong."""

from collections import deque
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QTimer, QUrl
from PySide6.QtGui import QAction, QDesktopServices, QKeySequence
from PySide6.QtWidgets import QFileDialog, QInputDialog, QLineEdit, QMessageBox, QVBoxLayout

from ctdesk.domain.decisions import Decisions
from ctdesk.domain.definition import DEFINITIONS
from ctdesk.domain.errors import DeskError
from ctdesk.domain.incoming import Suggestions
from ctdesk.domain.review import Choice, FieldDecision
from ctdesk.services.faults import read_field
from ctdesk.services.review_lines import retick
from ctdesk.services.review_sheet import ReviewQuestion, ReviewRecord, accept_without_findings
from ctdesk.ui.models.review import ReviewLine
from ctdesk.ui.places import Place
from ctdesk.ui.screens.review_page import ReviewPage
from ctdesk.ui.screens.review_work import (
    Locked,
    Review,
    apply_review,
    hold_review,
    look_again,
    open_review,
    workbook,
    write_hand_back,
)
from ctdesk.ui.screens.screen import Screen
from ctdesk.ui.session import Session


class ReviewScreen(Screen):
    """Takes a return back with a person's decisions; several files are reviewed one after another."""

    name, title, icon = "review", "Return", "receive"
    about = frozenset({"activity", "post", "funding_line", "organisation", "request", "finding"})

    def __init__(self, session: Session) -> None:
        """Make the page, empty."""
        super().__init__(session)
        self.review: Review | None = None
        self._waiting: deque[Place] = deque()
        self._seen = 0
        self._touched = False
        self._busy = False
        self._again = False
        self.page = ReviewPage()
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

    # -- opening

    def go(self, place: object) -> None:
        """Review the file or request of a place; of several in a row the last first, then the others."""
        if not isinstance(place, Place) or not (place.path or place.uid):
            self._show_none()
            return
        if place in self._waiting:
            self._waiting.remove(place)
        self._waiting.appendleft(place)
        QTimer.singleShot(0, self._open_first)

    def _open_first(self) -> None:
        if not self._waiting or self._busy:
            return
        self._seen += 1
        self._open(self._waiting.popleft())

    def _open(self, place: Place, password: str | None = None) -> None:
        self._clear()
        waiting = [each for each in self._waiting if each != place]
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

    def _show(self, review: Review) -> None:
        self.review = review
        self.page.show_review(review)
        self._offer()

    def _offer(self) -> None:
        may = self.review is not None and not self._busy and not self.session.read_only
        self.page.offer(self.review, may=may, more=bool(self._waiting))

    def read(self) -> None:
        """Compare again after the desk has changed, whoever changed it."""
        if self.review is None:
            return
        if self._busy:
            self._again = True
            return
        review, desk = self.review, self.session.desk
        self._run(f"Comparing the return of {review.receipt.agency}", lambda: look_again(desk, review), self._show)

    def _run(
        self,
        title: str,
        job: Callable[[], object],
        done: Callable[..., None],
        failed: Callable[[str], None] | None = None,
    ) -> None:
        """Work in the background, one thing at a time; what changed meanwhile is looked at after it."""
        self._busy = True
        self._offer()

        def end(do: Callable[[], None]) -> None:
            self._busy = False
            do()
            self._offer()
            if self._again:
                self._again = False
                self.read()

        fail = failed or (lambda sentence: self.page.say("bad", sentence, ""))
        self.session.run(
            title, lambda _: job(), lambda found: end(lambda: done(found)), lambda words: end(lambda: fail(words))
        )

    # -- deciding

    def _decisions(self) -> Decisions:
        assert self.review is not None  # noqa: S101 - there is nothing to decide on without
        return self.review.decisions

    def _reticked(self) -> None:
        """Show what the decisions now come to."""
        review = self.review
        if review is None:
            return
        self._touched = True
        review.sheet = retick(self.session.desk, review.receipt, review.sheet, review.decisions)
        self.page.show_ticks(review)
        self._offer()

    def _decide(self, line: ReviewLine, does: str) -> None:
        """Accept, decline or change a field or a whole record."""
        if self.review is None or self._busy:
            return
        record, item = line.record, line.field
        if record.match is not None and line.sort == "record":
            if does != "toggle":
                self._match(line, Suggestions.ACCEPT if does == "accept" else Suggestions.DECLINE)
            return
        if item is None or record.state == "new":
            self._decide_record(record, does)
        elif item.conflict:
            self._settle(line, FieldDecision(Choice.THEIRS if does == "accept" else Choice.OURS))
            return
        else:
            accept = item.state != "accepted" if does == "toggle" else does == "accept"
            self._tick(record, [item.name], accept=accept)
        self._reticked()

    def _decide_record(self, record: ReviewRecord, does: str) -> None:
        """Decide on all of a record but its conflicts, which are chosen one by one."""
        plain = [item for item in record.fields if not item.conflict]
        if record.state == "new":
            accept = not record.wanted if does == "toggle" else does == "accept"
            self._decisions().want_row(record.kind, record.number, wanted=accept)
            return
        all_taken = all(item.state == "accepted" for item in plain)
        accept = not all_taken if does == "toggle" else does == "accept"
        self._tick(record, [item.name for item in plain], accept=accept)

    def _tick(self, record: ReviewRecord, names: list[str], *, accept: bool) -> None:
        for name in names:
            if accept:
                self._decisions().settle(record.kind, record.number, name, None)
            else:
                self._decisions().decline(record.kind, record.number, name)

    def _all(self, does: str) -> None:
        """Accept or decline everything that is no conflict."""
        if self.review is None or self._busy:
            return
        for record in self.review.sheet.records:
            if record.match is None:
                self._decide_record(record, does)
        self._reticked()

    def accept_clean(self) -> None:
        """Accept every field and new record that no finding is about."""
        if self.review is None or self._busy:
            return
        accept_without_findings(self.review.sheet, self.review.decisions)
        self._reticked()

    def _settle(self, line: ReviewLine, decision: FieldDecision | None) -> None:
        if self.review is None or self._busy or line.field is None:
            return
        self._decisions().settle(*line.at, line.field.name, decision)
        self._reticked()

    def _other_value(self, line: ReviewLine, typed: str) -> None:
        """Take another value for a conflict, once it can be read."""
        if line.field is None:
            return
        field = DEFINITIONS[line.record.kind][line.field.name]
        reading = read_field(self.session.desk, field, typed)
        if reading.fault is not None:
            self.page.say("bad", reading.fault.message, "Type it otherwise, or choose one of the values.")
            return
        self.page.quiet()
        self._settle(line, FieldDecision(Choice.OTHER, reading.value))

    def _match(self, line: ReviewLine, said: Suggestions) -> None:
        if self.review is None or self._busy:
            return
        self._decisions().match(*line.at, said)
        if said is Suggestions.HOLD and line.record.match is not None:
            self._reticked()
            self.page.list.next_to_decide()
        else:
            self._compare_again(line.at)

    def _read_as(self, question: ReviewQuestion, said: Suggestions) -> None:
        if self.review is None or self._busy:
            return
        self._decisions().read_as(question.field, question.typed, said)
        self._compare_again((question.kind, question.number or 0))

    def _compare_again(self, at: tuple[str, int]) -> None:
        """Compare anew, since a row or cell is to be read otherwise, and stay at its row."""
        review, desk = self.review, self.session.desk
        if review is None:
            return
        self._touched = True

        def show(found: Review) -> None:
            self._show(found)
            self.page.list.go_to(self.page.model.row_of(*at))
            self.page.list.setFocus()

        self._run(f"Comparing the return of {review.receipt.agency}", lambda: look_again(desk, review), show)

    def _explain(self, question: ReviewQuestion, text: str) -> None:
        if self.review is None or self._busy:
            return
        cells = question.finding.cells
        self._decisions().explain(question.finding.rule, cells[0] if cells else "", text)
        self._reticked()

    def _ask_to_explain(self, question: ReviewQuestion) -> None:
        text, agreed = QInputDialog.getMultiLineText(self, "Explanation", question.finding.message)
        if agreed and text.strip():
            self._explain(question, text)

    def _show_row(self, question: ReviewQuestion) -> None:
        """Go to the row a finding is about."""
        row = self.page.model.row_of(question.kind, question.number or 0, question.finding.field)
        if row is None and self.page.model.filter != "all":
            self.page.show_filter(0)
            row = self.page.model.row_of(question.kind, question.number or 0, question.finding.field)
        if row is None:
            cells = ", ".join(question.finding.cells[:3]) or "This"
            self.said.emit(f"{cells}: the row changes nothing, so it is not in the list. Open the workbook to see it.")
            return
        self.page.list.go_to(row)
        self.page.list.setFocus()

    # -- ending

    def apply(self) -> None:
        """Apply what is accepted, after a backup, in the background."""
        review, desk = self.review, self.session.desk
        if review is None or not self.page.apply.isEnabled():
            return
        words = self.page.would_do(review)
        self._run(f"Applying the return of {review.receipt.agency}", lambda: apply_review(desk, review), self._applied)
        self._done_words = words

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
            self.wants.emit(Place("rounds", uid=self.review.returned.request.round_uid))
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
