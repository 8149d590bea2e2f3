"""The sums of a review: the rows of the return, which add up, and what the decisions do to the agency's money."""

from collections.abc import Mapping

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLabel, QWidget

from ctdesk.domain.definition import DEFINITIONS
from ctdesk.domain.money import money_text
from ctdesk.services.review_sheet import ReviewSheet, ReviewTotals
from ctdesk.ui.theme import size
from ctdesk.ui.widgets import Card, SymbolLabel, label, rule
from ctdesk.ui.widgets.states import state_of

_STATES = ("read", "unchanged", "changed", "new", "ended", "conflicting", "unreadable", "missing")
_WORDS = {"read": "Rows read", "missing": "Not in it"}
_PARTS = {"conflict": "conflicts"}
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter


class CountsCard(Card):
    """How many rows of each kind came to what; all but the last column add up to the first."""

    def __init__(self) -> None:
        """Make the card, empty."""
        super().__init__()
        self.setAccessibleName("Rows of the return")
        self._table = QWidget()
        self.body.addWidget(self._table)

    def show_counts(self, counts: Mapping[str, Mapping[str, int]], *, narrow: bool) -> None:
        """Show the counts by kind and their sum; *narrow* sets the states below each other."""
        lines = {DEFINITIONS[kind].label: one for kind, one in counts.items() if one["read"] or one["missing"]}
        if len(lines) != 1:
            lines["Workbook"] = {state: sum(one[state] for one in counts.values()) for state in _STATES}
        self._summed = "Workbook" in lines
        self.clear()
        self._table = QWidget()
        grid = QGridLayout(self._table)
        grid.setContentsMargins(size(14), size(6), size(14), size(6))
        grid.setHorizontalSpacing(size(12))
        grid.setVerticalSpacing(size(3))
        for across, state in enumerate(_STATES, start=1):
            _put(grid, _head(state), across, 0, narrow=narrow)
        for down, (kind, one) in enumerate(lines.items(), start=1):
            self._line(grid, down, kind, one, narrow=narrow)
        if not narrow:
            for column in range(len(_STATES) + 1):
                grid.setColumnStretch(column, 1)
        self.body.addWidget(self._table)

    def _line(self, grid: QGridLayout, down: int, kind: str, one: Mapping[str, int], *, narrow: bool) -> None:
        whole = kind == "Workbook" or not self._summed
        if kind == "Workbook" and not narrow:
            grid.addWidget(rule(), down, 0, 1, len(_STATES) + 1)
            down += 1
        role = "strong" if whole else "body"
        _put(grid, label(kind, role, tone="" if whole else "2"), 0, down, narrow=narrow)
        for across, state in enumerate(_STATES, start=1):
            count = label(f"{one[state]:,}", role)
            count.setAccessibleName(f"{kind}, {_word(state)}: {one[state]}")
            sign = {"read": "", "unchanged": "=", "missing": ""}.get(state, "+")
            _put(grid, _signed(sign, count), across, down, narrow=narrow)


def _put(grid: QGridLayout, widget: QWidget, across: int, down: int, *, narrow: bool) -> None:
    place = (across, down) if narrow else (down, across)
    named = down == 0 if narrow else across == 0
    grid.addWidget(widget, *place, _LEFT if named else _RIGHT)


def _word(state: str) -> str:
    return _WORDS.get(state) or state_of("row", state).word


def _head(state: str) -> QWidget:
    key = "not in the return" if state == "missing" else state
    made = QWidget()
    row = QHBoxLayout(made)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(size(5))
    if state != "read":
        row.addWidget(SymbolLabel(state_of("row", key).symbol, "text2", side=12))
    row.addWidget(label(_word(state), "badge", tone="2"))
    return made


def _signed(sign: str, count: QLabel) -> QWidget:
    """Return a count with what is done with it in the sum: = and + before it, nothing where it is not added."""
    if not sign:
        return count
    made = QWidget()
    row = QHBoxLayout(made)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(size(8))
    row.addWidget(label(sign, tone="3"))
    row.addWidget(count)
    return made


class MoneyCard(Card):
    """What the agency's yearly total is on the desk, and what it would be after applying."""

    def __init__(self) -> None:
        """Make the lines, without figures."""
        super().__init__()
        self._whose = label("", "badge", tone="2")
        self._share, self._before = label("", "badge"), label("")
        self._parts, self._moved = label("", "help", tone="2", wrap=True), label("")
        self.after = label("", "strong")
        table = QWidget()
        grid = QGridLayout(table)
        grid.setContentsMargins(size(14), size(6), size(14), size(6))
        grid.setHorizontalSpacing(size(12))
        grid.setVerticalSpacing(size(3))
        pairs = (
            (self._whose, self._share),
            (label("On the desk before", tone="2"), self._before),
            (self._parts, self._moved),
        )
        for row, (words, value) in enumerate(pairs):
            grid.addWidget(words, row, 0)
            grid.addWidget(value, row, 1, _RIGHT)
        grid.addWidget(rule(), 3, 0, 1, 2)
        grid.addWidget(label("After, as ticked", "strong"), 4, 0)
        grid.addWidget(self.after, 4, 1, _RIGHT)
        grid.setColumnStretch(0, 1)
        self.body.addWidget(table)

    def say_whose(self, words: str) -> None:
        """Say whose money it is."""
        self._whose.setText(words)
        self.setAccessibleName(words)

    def show_totals(self, sums: ReviewTotals) -> None:
        """Show the money before and after, and what moves it."""
        moved = sums.money_after - sums.money_before
        self._before.setText(money_text(sums.money_before))
        self._moved.setText(_signed_money(moved) if moved else "no change")
        self.after.setText(money_text(sums.money_after))
        self.after.setAccessibleName(f"After, as ticked: {money_text(sums.money_after)}")
        parts = [
            f"{_PARTS.get(name, name)} {_signed_money(pence)}" for name, pence in sums.money_parts.items() if pence
        ]
        said = ", ".join(parts) or "The ticked fields"
        self._parts.setText(said[:1].upper() + said[1:])
        self._share.setText(_share(moved, sums.money_before))


def _share(moved: int, before: int) -> str:
    """Return by how many per cent the total moves, and which way."""
    if not moved or not before:
        return ""
    share = abs(moved) * 100 / before
    words = f"{share:.1f}%" if share >= 0.05 else "under 0.1%"
    return f"{words} {'up' if moved > 0 else 'down'}"


def _signed_money(pence: int) -> str:
    return f"{'+' if pence >= 0 else '−'}{money_text(abs(pence))}"


def parts_of(sheet: ReviewSheet) -> str:
    """Return what applying would do, in words: 26 fields, 2 new records."""
    fields, records = sheet.totals.fields, sheet.totals.records
    words = [f"{fields:,} {'field' if fields == 1 else 'fields'}"] if fields else []
    if records:
        words.append(f"{records:,} new {'record' if records == 1 else 'records'}")
    return ", ".join(words)
