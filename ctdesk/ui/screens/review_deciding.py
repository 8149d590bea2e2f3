"""Deciding on what came: what a tick, a key or an answer does to the decisions, and the work they ask for."""

from collections.abc import Callable

from PySide6.QtWidgets import QInputDialog

from ctdesk.domain.decisions import Decisions
from ctdesk.domain.definition import DEFINITIONS
from ctdesk.domain.incoming import Suggestions
from ctdesk.domain.review_policy import Choice, FieldDecision
from ctdesk.services.faults import read_field
from ctdesk.services.review_lines import retick, unchanged_fields
from ctdesk.services.review_sheet import (
    ReviewQuestion,
    ReviewRecord,
    UnchangedField,
    accept_without_findings,
    settle_conflicts,
    tick_field,
    tick_record,
)
from ctdesk.ui.draft import keep_said
from ctdesk.ui.models.review import ReviewLine
from ctdesk.ui.screens.review_kinds import Review
from ctdesk.ui.screens.review_page import ReviewPage
from ctdesk.ui.screens.screen import Screen
from ctdesk.ui.session import Session


class DecidingScreen(Screen):
    """One file on its page, decided on; `review` is None where none is open."""

    def __init__(self, session: Session) -> None:
        """Make the page, empty."""
        super().__init__(session)
        self.review: Review | None = None
        self.page = ReviewPage()
        self.page.model.unchanged_of = self._unchanged_of
        self.page.list.why_not, self.page.findings.read_only = session.why_not, session.read_only
        self._connect_deciding()
        self._touched = False
        self._busy = False
        self._again = False
        self._more = False

    def _connect_deciding(self) -> None:
        page = self.page
        page.clean.clicked.connect(self.accept_clean)
        page.conflicts.chosen.connect(self.settle_all)
        page.list.decided.connect(self._decide)
        page.list.settled.connect(self._settle)
        page.list.typed.connect(self._other_value)
        page.list.matched.connect(self._match)
        page.list.moved.connect(page.findings.show_row)
        page.findings.wanted.connect(self._show_row)
        page.findings.explained.connect(self._explain)
        page.findings.to_explain.connect(self._ask_to_explain)
        page.findings.read_as.connect(self._read_as)

    def _show(self, review: Review) -> None:
        self.review = review
        self.page.show_review(review)
        self._offer()

    def _offer(self) -> None:
        why_not = self.session.why_not or ("Work is under way." if self._busy else "")
        self.page.offer(self.review, why_not, more=self._more)

    @property
    def _may_decide(self) -> bool:
        """Whether a decision can be taken down now; where only reading is open that is said."""
        if self.session.read_only:
            self.said.emit(self.session.why_not)
        return not (self._busy or self.session.read_only)

    def read(self) -> None:
        """Compare again after the desk has changed, whoever changed it."""
        if self.review is None:
            return
        if self._busy:
            self._again = True
            return
        review, desk = self.review, self.session.desk
        self._run(f"Comparing {review.words.thing}", lambda: review.look_again(desk), self._show)

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

    def _unchanged_of(self, record: ReviewRecord) -> tuple[UnchangedField, ...]:
        return unchanged_fields(self.session.desk, self.review.receipt, record) if self.review is not None else ()

    def _decisions(self) -> Decisions:
        assert self.review is not None  # noqa: S101 - there is nothing to decide on without
        return self.review.decisions

    def _touch(self, *, touched: bool = True) -> None:
        """Note that something was decided, kept in case the program ends, or that all of it has found its end."""
        self._touched = touched
        if self.review is not None and not self.session.read_only:
            book = self.review.of
            keep_said(self.session.memory, book.sha256, book.path.name, self.review.said() if touched else "")

    def _reticked(self) -> None:
        """Show what the decisions now come to."""
        review = self.review
        if review is None:
            return
        self._touch()
        review.sheet = retick(self.session.desk, review.receipt, review.sheet, review.decisions)
        self.page.show_ticks(review)
        self._offer()

    def _decide(self, line: ReviewLine, does: str) -> None:
        """Accept, decline or change a field or a whole record."""
        if self.review is None or not self._may_decide:
            return
        record, item = line.record, line.field
        if record.match is not None and line.sort == "record":
            if does != "toggle":
                self._match(line, Suggestions.ACCEPT if does == "accept" else Suggestions.DECLINE)
            return
        if record.still or line.sort in {"rest", "same"}:
            return
        if item is None:
            self._decide_record(record, does)
        elif item.conflict:
            self._settle(line, FieldDecision(Choice.THEIRS if does == "accept" else Choice.OURS))
            return
        else:
            accept = item.state != "accepted" if does == "toggle" else does == "accept"
            tick_field(record, item.name, self._decisions(), accept=accept)
        self._reticked()

    def _decide_record(self, record: ReviewRecord, does: str) -> None:
        """Decide on all of a record but its conflicts; a second time the other way."""
        all_taken = all(item.state == "accepted" for item in record.fields if not item.conflict)
        accept = not all_taken if does == "toggle" else does == "accept"
        tick_record(record, self._decisions(), accept=accept)

    def _all(self, does: str) -> None:
        """Accept or decline everything that is no conflict."""
        if self.review is None or not self._may_decide:
            return
        for record in self.review.sheet.records:
            if record.match is None:
                self._decide_record(record, does)
        self._reticked()

    def accept_clean(self) -> None:
        """Accept every field and new record that no finding is about."""
        if self.review is None or not self._may_decide:
            return
        accept_without_findings(self.review.sheet, self.review.decisions)
        self._reticked()

    def settle_all(self, choice: Choice | None) -> None:
        """Settle every conflict one way, or ask about each again."""
        if self.review is None or not self._may_decide:
            return
        settle_conflicts(self.review.sheet, self.review.decisions, choice)
        self._reticked()

    def _settle(self, line: ReviewLine, decision: FieldDecision | None) -> None:
        if self.review is None or not self._may_decide or line.field is None:
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
        if self.review is None or not self._may_decide:
            return
        self._decisions().match(*line.at, said)
        if said is Suggestions.HOLD and line.record.match is not None:
            self._reticked()
            self.page.list.next_to_decide()
        else:
            self._compare_again(line.at)

    def _read_as(self, question: ReviewQuestion, said: Suggestions) -> None:
        if self.review is None or not self._may_decide:
            return
        self._decisions().read_as(question.field, question.typed, said)
        self._compare_again((question.kind, question.number or 0))

    def _compare_again(self, at: tuple[str, int]) -> None:
        """Compare anew, since a row or cell is to be read otherwise, and stay at its row."""
        review, desk = self.review, self.session.desk
        if review is None:
            return
        self._touch()

        def show(found: Review) -> None:
            self._show(found)
            self.page.list.go_to(self.page.model.row_of(*at))
            self.page.list.setFocus()

        self._run(f"Comparing {review.words.thing}", lambda: review.look_again(desk), show)

    def _explain(self, question: ReviewQuestion, text: str) -> None:
        if self.review is None or not self._may_decide:
            return
        cells = question.finding.cells
        self._decisions().explain(question.finding.rule, cells[0] if cells else "", text)
        self._reticked()

    def _ask_to_explain(self, question: ReviewQuestion) -> None:
        text, agreed = QInputDialog.getMultiLineText(self, "Explanation", question.finding.message)
        if agreed and text.strip():
            self._explain(question, text)

    def _show_row(self, question: ReviewQuestion, cell: str) -> None:
        """Go to the row of a cell that a finding names, wherever it is listed."""
        if self.review is None:
            return
        at = self.review.sheet.row_at(cell) or (question.kind, question.number or 0)
        if self.page.show_row(at, question.finding.field):
            self.page.list.setFocus()
        else:
            self.said.emit(f"{cell or 'This'}: no record was read there. Open the file to see it.")
