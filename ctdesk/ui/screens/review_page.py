"""The page of a review: its parts and how they stand at every width; it shows, and decides nothing."""

from html import escape

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QPushButton, QScrollArea, QStackedWidget, QVBoxLayout, QWidget

from ctdesk.domain.findings import Grade
from ctdesk.domain.incoming import Suggestions
from ctdesk.ui.models.review import FILTERS, ReviewModel, lets_through
from ctdesk.ui.screens.review_conflict import ConflictsButton
from ctdesk.ui.screens.review_findings import FindingsPanel
from ctdesk.ui.screens.review_kinds import Review
from ctdesk.ui.screens.review_list import ReviewList, ReviewListHead
from ctdesk.ui.screens.review_sums import CountsCard, MoneyCard, parts_of
from ctdesk.ui.theme import size, token
from ctdesk.ui.widgets import (
    Badge,
    Banner,
    Card,
    ElidedLabel,
    EmptyState,
    FootBar,
    PageHead,
    Segmented,
    SymbolLabel,
    Way,
    button,
    edge_to_edge,
    label,
)

_LINKS = Qt.TextInteractionFlag.LinksAccessibleByMouse | Qt.TextInteractionFlag.LinksAccessibleByKeyboard


class ReviewPage(QWidget):
    """The buttons and lists that the screen connects are its attributes."""

    def __init__(self) -> None:
        """Make the parts, empty."""
        super().__init__()
        self.model = ReviewModel()
        self.list = ReviewList(self.model)
        self.findings = FindingsPanel()
        self.counts, self.money = CountsCard(), MoneyCard()
        self._review: Review | None = None
        self._laid_narrow = False
        self._make_buttons()
        self._state, self._queue = Badge("request", "received"), label("", "help", tone="3")
        self._head = PageHead(
            "Return", back=self.back, beside=[self._state], buttons=[self._queue, self.open, self.next]
        )
        self.banner = Banner("bad", "", buttons=[self.retry], dismissible=True)
        self.notice = Banner("good", "", dismissible=True)
        self._banner_place = QWidget()
        self._make_foot()
        self._stack = QStackedWidget()
        self._stack.addWidget(self._empty())
        self._stack.addWidget(self._waiting_page())
        self._stack.addWidget(self._body())
        self._lay_out()
        self.show_empty()

    def _make_buttons(self) -> None:
        self.back = button("Rounds and returns", kind="quiet", icon="chevron-left")
        self.open = button("Open the workbook", icon="spreadsheet")
        self.next = button("Next return", icon="chevron-right")
        self.choose = button("Choose the file", kind="main", icon="folder")
        self.retry = button("Choose another file")
        self.clean = button("Accept all without a finding", kind="quiet", small=True)
        self.conflicts = ConflictsButton()
        self.hand_back = button("Hand back", icon="mail")
        self.hold = button("Hold for later")
        self.apply = button("Apply", kind="main", icon="tick", shortcut="Ctrl+Enter")

    def _make_foot(self) -> None:
        self._accepted = Badge("decision", "accepted", "0 accepted", ground=False)
        self._declined = Badge("decision", "declined", "0 declined", ground=False)
        self._to_decide = Badge("decision", "to decide", "0 to decide", ground=False)
        self._stays = ElidedLabel("What is not decided stays held.", "help", tone="3")
        left = [self._accepted, self._declined, self._to_decide, self._stays]
        self._foot = FootBar(left, [self.hand_back, self.hold, self.apply])

    def _empty(self) -> QWidget:
        page = EmptyState(
            "No return is open",
            "A return is the workbook an agency sends back. The desk shows what it changes, and nothing is altered "
            "before you apply it.",
            [Way("receive", "Choose the file that came back", "Or drop it anywhere on the window", self.choose)],
        )
        page.setContentsMargins(size(16), size(16), size(16), size(16))
        return page

    def _waiting_page(self) -> QWidget:
        self._waiting = label("", "lead", tone="2")
        self._waiting.setContentsMargins(size(16), size(16), size(16), size(16))
        self._waiting.setAlignment(Qt.AlignmentFlag.AlignTop)
        return self._waiting

    def _lay_out(self) -> None:
        around = QVBoxLayout(self._banner_place)
        around.setContentsMargins(size(16), 0, size(16), size(8))
        around.setSpacing(0)
        for each in (self.banner, self.notice):
            around.addWidget(each)
            each.dismissed.connect(self._banner_place.hide)
        whole = edge_to_edge(self)
        whole.addWidget(self._head)
        whole.addWidget(self._banner_place)
        whole.addWidget(self._stack, 1)
        whole.addWidget(self._foot)

    def _body(self) -> QWidget:
        self._sums = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._sums.setSpacing(size(12))
        self._sums.addWidget(self.counts, 5)
        self._sums.addWidget(self.money, 3)
        self._work = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._work.setSpacing(size(12))
        self._work.addWidget(self._list_card(), 11)
        self._work.addWidget(self.findings, 4)
        body = QWidget()
        column = QVBoxLayout(body)
        column.setContentsMargins(size(16), 0, size(16), size(10))
        column.setSpacing(size(8))
        column.addWidget(self._whose())
        column.addLayout(self._sums)
        column.addLayout(self._work, 1)
        self._page, self._scroll = body, QScrollArea()
        scroll = self._scroll
        scroll.setWidgetResizable(True)
        scroll.setWidget(body)
        self.list.moved.connect(lambda *_: QTimer.singleShot(0, self._follow))
        scroll.setAccessibleName("Review")
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        return scroll

    def _whose(self) -> QWidget:
        card = Card()
        self._sentence = label("", wrap=True)
        self._sentence.setTextFormat(Qt.TextFormat.RichText)
        self._sentence.setTextInteractionFlags(_LINKS)
        self._sentence.linkActivated.connect(lambda _: self.open.click())
        line = QWidget()
        row = QHBoxLayout(line)
        row.setContentsMargins(size(14), size(7), size(14), size(7))
        row.setSpacing(size(10))
        self._whose_symbol = SymbolLabel("tick-disc", "good")
        row.addWidget(self._whose_symbol)
        row.addWidget(self._sentence, 1)
        card.body.addWidget(line)
        return card

    def _list_card(self) -> Card:
        card = Card()
        self._filter = Segmented("Which records", [name.capitalize() for name in FILTERS])
        self._filter.chosen.connect(lambda _: self._filtered())
        self._filter_words = self._filter.findChildren(QPushButton)
        self._bar = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._bar.setContentsMargins(size(10), size(5), size(10), size(5))
        self._bar.addWidget(self._filter)
        self._bar.addStretch(1)
        self._bar.addWidget(self.conflicts)
        self._bar.addWidget(self.clean)
        self._nothing = label("", tone="2", wrap=True)
        self._nothing.setContentsMargins(size(14), size(12), size(14), size(12))
        self._nothing.setAlignment(Qt.AlignmentFlag.AlignTop)
        card.body.addLayout(self._bar)
        self._list_head = ReviewListHead(self.list)
        card.body.addWidget(self._list_head)
        card.body.addWidget(self._nothing, 1)
        card.body.addWidget(self.list, 1)
        return card

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """Set the parts below each other where there is no room beside."""
        super().resizeEvent(event)
        narrow = self.is_narrow
        if narrow == self._laid_narrow:
            return
        self._laid_narrow = narrow
        way = QBoxLayout.Direction.TopToBottom if narrow else QBoxLayout.Direction.LeftToRight
        self._work.setDirection(way)
        self._sums.setDirection(way)
        self._bar.setDirection(way)
        self._stays.setVisible(not narrow)
        self.open.setVisible(not narrow)
        if self._review is not None:
            self.counts.show_counts(self._review.sheet.counts, narrow=narrow)
            self._show_sums(self._review)
            self._name_buttons(self._review, parts_of(self._review.sheet), anew=not self._review.receipt.seen_before)

    @property
    def is_narrow(self) -> bool:
        """Whether the parts stand below each other."""
        return self.width() < size(900)

    def _follow(self) -> None:
        """Keep the line with the keyboard in sight where the whole page scrolls."""
        line = self.list.visualRect(self.list.currentIndex())
        if self.list.hasFocus() and self.list.viewport().rect().intersects(line):
            place = self.list.viewport().mapTo(self._page, line.center())
            self._scroll.ensureVisible(0, place.y(), 0, line.height() // 2 + size(30))

    def show_empty(self) -> None:
        """Show that no return is open, and how to open one."""
        self._review = None
        self._head.say("Return")
        self._state.hide()
        self._foot.hide()
        self._stack.setCurrentIndex(0)

    def show_waiting(self, words: str) -> None:
        """Say what is being read."""
        self._head.say("Return")
        self._state.hide()
        self._foot.hide()
        self._waiting.setText(words)
        self._stack.setCurrentIndex(1)

    def show_queue(self, at: int, of: int) -> None:
        """Say which return of how many this is."""
        self._queue.setText(f"Review {at} of {of}" if of > 1 else "")

    def say(self, tone: str, sentence: str, what_to_do: str, *, retry: bool = False) -> None:
        """Say what went wrong, or what was done, in one sentence that stays until it is dismissed."""
        said, other = (self.notice, self.banner) if tone == "good" else (self.banner, self.notice)
        said.say(tone, sentence, what_to_do)
        self.retry.setVisible(retry)
        other.hide()
        said.show()
        self._banner_place.show()

    def quiet(self) -> None:
        """Take the sentence away."""
        self._banner_place.hide()

    def show_review(self, review: Review) -> None:
        """Show a return from the top."""
        self._review = review
        at, words = self.list.current, review.words
        self._head.say(words.title)
        self.back.setText(words.back)
        self.open.setText(words.file)
        self._state.setVisible(bool(words.state))
        if words.state:
            self._state.show_state("request", words.state)
        self._foot.show()
        self._whose_symbol.set_tone("good" if not review.sheet.seen_before else "info")
        self._sentence.setText(_sentence(review))
        self.counts.show_counts(review.sheet.counts, narrow=self._laid_narrow)
        self.list.words = words
        self._list_head.update()
        self.money.say_whose(words.money)
        self.money.setVisible(review.sheet.has_money)
        said = review.decisions.matches.items()
        self.model.matched = frozenset(at for at, it in said if it is not Suggestions.HOLD)
        self._filtered()
        self.findings.show_rules(review.sheet.rules)
        self._show_sums(review)
        self._stack.setCurrentIndex(2)
        if at is not None:
            self.list.go_to(self.model.row_of(*at.at, at.field.name if at.field else ""))

    def show_ticks(self, review: Review) -> None:
        """Show the same return with other decisions."""
        self._review = review
        self.model.retick(review.sheet)
        if review.sheet.rules != self.findings.rules:
            self.findings.show_rules(review.sheet.rules)
        self._show_sums(review)

    def show_row(self, at: tuple[str, int], field: str = "") -> bool:
        """Go to a row, unfolded, under a filter that lists it; False if the file has no such row."""
        records = self._review.sheet.records if self._review is not None else ()
        record = next((it for it in records if (it.kind, it.number) == at), None)
        if record is None:
            return False
        if not lets_through(self.model.filter, record):
            self._filter.choose(FILTERS.index("unchanged" if record.state == "unchanged" else "all"))
        if self.model.is_folded(record):
            self.model.fold(record, folded=False)
        self.list.go_to(self.model.row_of(*at, field))
        return True

    def _filtered(self) -> None:
        if self._review is None:
            return
        wanted = FILTERS[self._filter.current]
        self.model.show(self._review.sheet, wanted)
        empty = self.model.rowCount() == 0
        nothing = "Nothing is changed." if wanted == "all" else f"No record is “{wanted}”."
        self._nothing.setText(nothing)
        self._nothing.setVisible(empty)
        self.list.setVisible(not empty)

    def _show_sums(self, review: Review) -> None:
        sums = review.sheet.totals
        self.money.show_totals(sums)
        conflicts = sum(item.conflict for record in review.sheet.records for item in record.fields)
        self.conflicts.setVisible(conflicts > 1)
        for place, name in enumerate(FILTERS):
            count = sum(1 for record in review.sheet.records if lets_through(name, record))
            self._filter_words[place].setText(f"{name.capitalize()} {count:,}")
            self._filter_words[place].setVisible(bool(count) or place in {0, self._filter.current})
        many = sums.fields + sums.records
        accepted = str(many) if self.is_narrow else parts_of(review.sheet) or "0 fields"
        self._accepted.show_state("decision", "accepted", f"{accepted} accepted")
        self._declined.show_state("decision", "declined", f"{sums.declined} declined")
        self._to_decide.show_state("decision", "to decide", f"{sums.to_decide} to decide")

    def would_do(self, review: Review) -> str:
        """Return what applying would do, in words; nothing if nothing changes."""
        return parts_of(review.sheet)

    def offer(self, review: Review | None, why_not: str, *, more: bool) -> None:
        """Let done what can be done; `why_not` says why nothing may be altered now, if so."""
        self.next.setVisible(more)
        self.open.setVisible(review is not None and not self.is_narrow)
        for each in (self.hold, self.hand_back, self.clean, self.conflicts):
            each.setEnabled(review is not None and not why_not)
            each.setToolTip(why_not)
        if review is None:
            return
        words, anew = parts_of(review.sheet), not review.receipt.seen_before
        self._name_buttons(review, words, anew=anew)
        nothing = "" if words or anew or self._answers(review) else "This file was taken in before; nothing is to do."
        self.apply.setEnabled(not (why_not or nothing))
        self.apply.setToolTip(why_not or nothing)

    def _name_buttons(self, review: Review, words: str, *, anew: bool) -> None:
        """Say on the buttons what they do; where there is little room, in short."""
        sums, asked = review.sheet.totals, self._asked(review)
        questions = f"{asked} {'question' if asked == 1 else 'questions'}"
        nothing = "Take in, nothing changes" if anew else "Nothing to apply"
        apply = f"Apply {words}" if words else nothing
        back = f"Hand back with {questions}" if asked else "Hand back the slip"
        short = (f"Apply {sums.fields + sums.records}", "Hand back", "Hold")
        for each, whole, cut in zip(
            (self.apply, self.hand_back, self.hold), (apply, back, "Hold for later"), short, strict=True
        ):
            each.setText(cut if self.is_narrow else whole)
            each.setAccessibleName(whole)
            each.updateGeometry()

    @staticmethod
    def _answers(review: Review) -> bool:
        return bool(review.decisions.explanations) or any(
            item.state == "accepted" for record in review.sheet.records for item in record.fields
        )

    @staticmethod
    def _asked(review: Review) -> int:
        """Return how many questions the agency would still be asked."""
        return sum(
            1
            for each in review.sheet.rules
            for question in each.questions
            if each.grade is not Grade.BETTER and not (question.explanation or question.carried)
        )


def _sentence(review: Review) -> str:
    """Return whose the file is, what matters of it in bold, and its file as a link."""
    words = escape(review.sheet.sentence)
    for each in map(escape, review.sheet.strong):
        words = words.replace(each, f'<span style="font-weight:600">{each}</span>', 1)
    colour = token("accent").name()
    return f'{words} <a href="file" style="color:{colour}">{escape(review.receipt.path.name)}</a>'
