"""The last look before a register is applied: counts that add up, the money, what is made, and the findings."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QBoxLayout,
    QComboBox,
    QHBoxLayout,
    QHeaderView,
    QScrollArea,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from ctdesk.domain.money import money_text
from ctdesk.domain.review import Resolve
from ctdesk.services.adoption_review import AdoptionReview
from ctdesk.services.adoption_sheet import AdoptionSheet
from ctdesk.services.naming import counted
from ctdesk.ui.theme import size
from ctdesk.ui.widgets import Badge, Banner, Card, Figure, Link, StateDelegate, label
from ctdesk.ui.widgets.labels import ElidedLabel

_STATES = (
    ("new", "new", "New"),
    ("changed", "changed", "Changed"),
    ("ended", "ended", "Ended"),
    ("unchanged", "unchanged", "Unchanged"),
    ("conflicting", "conflicting", "Conflict, held until decided"),
    ("unreadable", "unreadable", "Unreadable, left out"),
)
_RESOLVE = (
    ("Hold, decide later", Resolve.HOLD),
    ("Keep what the desk says", Resolve.OURS),
    ("Take what the register says", Resolve.THEIRS),
)
_SHOWN = 200


class AdoptionReviewPage(QWidget):
    """Shows what applying comes to; after that, what it came to. `resolved` says what to do with conflicts."""

    resolved = Signal(object)

    def __init__(self) -> None:
        """Make the page, empty."""
        super().__init__()
        self.banner, self.done = Banner("info", ""), Banner("good", "")
        self.open_list = Link("Open the list")
        self.adopt_another = Link("Adopt another register")
        self._links = QWidget()
        links = QHBoxLayout(self._links)
        links.setContentsMargins(0, 0, 0, 0)
        links.setSpacing(size(16))
        links.addWidget(self.open_list)
        links.addWidget(self.adopt_another)
        links.addStretch(1)
        self.conflicts = QComboBox()
        self.conflicts.setAccessibleName("Where register and desk have both changed")
        for words, resolve in _RESOLVE:
            self.conflicts.addItem(words, resolve)
        self.conflicts.activated.connect(lambda _: self.resolved.emit(self.conflicts.currentData()))
        self.rows, self.money, self.made = Card("Rows"), Card("Annual value"), Card("Made along with it")
        self.findings = QTreeWidget()
        self.findings.setAccessibleName("Findings")
        self.findings.setProperty("bare", "true")
        self.findings.setHeaderLabels(["Grade", "Finding", "Cells"])
        self.findings.setItemDelegateForColumn(0, StateDelegate("finding", self.findings))
        self.findings.setUniformRowHeights(True)
        self.findings.setColumnWidth(0, size(170))
        self.findings.setColumnWidth(2, size(130))
        self.findings.header().setStretchLastSection(False)
        self.findings.header().setSectionResizeMode(1, QHeaderView.ResizeMode.Stretch)
        self.list = Card("Findings", "–")
        self.list.add(self.findings)
        self.list.body.setStretch(self.list.body.count() - 1, 1)
        self._lay_out()

    def _lay_out(self) -> None:
        self._cards = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._cards.setSpacing(size(12))
        for card in (self.rows, self.money, self.made):
            self._cards.addWidget(card, 1)
        self._ask = QWidget()
        ask = QHBoxLayout(self._ask)
        ask.setContentsMargins(0, 0, 0, 0)
        ask.setSpacing(size(8))
        ask.addWidget(label("Where register and desk have both changed since the last adoption", tone="2", wrap=True))
        ask.addWidget(self.conflicts)
        ask.addStretch(1)
        inner = QWidget()
        layout = QVBoxLayout(inner)
        layout.setContentsMargins(size(16), 0, size(16), size(10))
        layout.setSpacing(size(10))
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setWidget(inner)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(scroll)
        layout.addWidget(self.banner)
        layout.addWidget(self.done)
        layout.addWidget(self._links)
        layout.addWidget(self._ask)
        layout.addLayout(self._cards)
        layout.addWidget(self.list, 1)

    def stack_cards(self, *, narrow: bool) -> None:
        """Put the cards below each other where there is no room beside."""
        directions = QBoxLayout.Direction
        self._cards.setDirection(directions.TopToBottom if narrow else directions.LeftToRight)
        self.findings.setMinimumHeight(size(230 if narrow else 120))

    def show_review(self, sheet: AdoptionSheet, review: AdoptionReview) -> None:
        """Show what applying would do, or did."""
        self._tell(sheet, review)
        conflicts = review.counts["conflicting"] or sheet.wishes.conflicts is not Resolve.HOLD
        self._ask.setVisible(bool(conflicts) and not review.applied)
        self._show_rows(sheet, review)
        self._show_money(review)
        self._show_made(review)
        self._show_findings(review)

    def _tell(self, sheet: AdoptionSheet, review: AdoptionReview) -> None:
        records = counted(sheet.register.kind, review.changes)
        if review.applied:
            self.done.say("good", f"{records} of {review.agency} are in the desk.", "Undo takes all of it back.")
        elif not review.changes:
            self.banner.say("info", "There is nothing to apply.", "Every row says what the desk says already.")
        else:
            again = "This file was adopted before. " if review.seen_before else ""
            what = f"{again}Nothing is altered until you apply; undo takes it back."
            self.banner.say("info", f"{records} of {review.agency} would be written.", what)
        self.banner.setVisible(not review.applied)
        self.done.setVisible(review.applied)
        self._links.setVisible(review.applied)

    def _show_rows(self, sheet: AdoptionSheet, review: AdoptionReview) -> None:
        self.rows.clear()
        box, column = _box()
        for key, state, words in _STATES:
            if count := review.counts[key]:
                column.addLayout(_counted(Badge("row", state, words, ground=False), f"{count:,}"))
        column.addLayout(_counted(label("Rows of data read", "strong"), f"{review.counts['read']:,}", strong=True))
        above = sheet.header_row
        for words, count in (("Headings and rows above", above), *review.not_records.items()):
            column.addLayout(_counted(label(f"{words[:1].upper()}{words[1:]}", "help", tone="3"), f"{count:,}"))
        whole = above + review.counts["read"] + sum(review.not_records.values())
        column.addLayout(_counted(label("Rows of the sheet", "help", tone="3"), f"{whole:,}"))
        if missing := review.counts["missing"]:
            words = f"{missing:,} adopted before are not in this register; they stay as they are."
            column.addWidget(label(words, "help", tone="warn", wrap=True))
        column.addStretch(1)
        self.rows.add(box)

    def _show_money(self, review: AdoptionReview) -> None:
        self.money.clear()
        moved = review.money_after - review.money_before
        sign = "+" if moved >= 0 else "−"
        box, column = _box(side=0)
        column.addWidget(Figure("Now", money_text(review.money_before), f"on the desk for {review.agency}"))
        column.addWidget(Figure("This register", f"{sign}{money_text(abs(moved))}"))
        column.addWidget(Figure("After applying", money_text(review.money_after)))
        column.addStretch(1)
        self.money.add(box)

    def _show_made(self, review: AdoptionReview) -> None:
        self.made.clear()
        box, column = _box()
        if review.made:
            count = len(review.made)
            column.addWidget(label(f"{count:,} {'name is' if count == 1 else 'names are'} new to the desk", "strong"))
            for name in review.made[:4]:
                column.addWidget(ElidedLabel(name, tone="2"))
            if count > 4:
                more = label(f"and {count - 4:,} more", "help", tone="3")
                more.setToolTip("\n".join(review.made[4:44]))
                column.addWidget(more)
        else:
            column.addWidget(label("No organisation or team is new to the desk.", tone="2", wrap=True))
        column.addStretch(1)
        self.made.add(box)

    def _show_findings(self, review: AdoptionReview) -> None:
        self.findings.clear()
        total = sum(len(group.findings) for group in review.findings)
        self.list.hint.setText(f"{total:,} in all; they do not hold back the rest of a row" if total else "none")
        for group in review.findings:
            many = len(group.findings)
            first = group.findings[0]
            cells = ", ".join(first.cells[:1]) if many == 1 else f"{many:,} findings"
            item = QTreeWidgetItem([group.grade.value, group.sentence, cells])
            item.setToolTip(1, f"{group.sentence} {first.remedy}")
            self.findings.addTopLevelItem(item)
            if many > 1:
                for finding in group.findings[:_SHOWN]:
                    item.addChild(QTreeWidgetItem(["", finding.message, ", ".join(finding.cells[:3])]))
                if many > _SHOWN:
                    item.addChild(QTreeWidgetItem(["", f"and {many - _SHOWN:,} more", ""]))


def _box(side: int = 14) -> tuple[QWidget, QVBoxLayout]:
    box = QWidget()
    column = QVBoxLayout(box)
    column.setContentsMargins(size(side), size(8), size(side), size(10))
    column.setSpacing(size(3))
    return box, column


def _counted(first: QWidget, count: str, *, strong: bool = False) -> QHBoxLayout:
    row = QHBoxLayout()
    row.addWidget(first)
    row.addStretch(1)
    row.addWidget(label(count, "strong" if strong else "body"), 0, Qt.AlignmentFlag.AlignRight)
    return row
