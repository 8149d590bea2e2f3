"""A page of every part in every state, to be looked at beside the design and painted by the tests."""

from collections.abc import Sequence

from ctdesk.ui.theme import size, token
from ctdesk.ui.theme.tokens import contrast_ratio
from ctdesk.ui.widgets import (
    Badge,
    Chip,
    ElidedLabel,
    Filter,
    FlowLayout,
    SearchField,
    Segmented,
    ValueChips,
    button,
    icon_button,
    label,
)
from ctdesk.ui.widgets.states import SETS
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QComboBox, QHBoxLayout, QLineEdit, QRadioButton, QVBoxLayout, QWidget

_TITLES = {"request": "Request", "activity": "Activity", "finding": "Finding", "row": "Row of a return"}
_TOGETHER = ("decision", "coverage", "adoption")


class PartsPage(QWidget):
    """The page; `focused` is the button and `money` the field that a picture shows with focus."""

    def __init__(self, title: str) -> None:
        super().__init__()
        self.setAutoFillBackground(True)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(size(22), size(18), size(22), size(18))
        self._column.setSpacing(size(5))
        self._column.addWidget(label(title, "screen title"))
        for state_set, words in _TITLES.items():
            self._row(words, [Badge(state_set, state) for state in SETS[state_set]])
        self._row("Decision, coverage, confidence", [Badge(name, state) for name in _TOGETHER for state in SETS[name]])
        self._row("Buttons: main, plain, quiet, harmful, focused, off", self._buttons(), gap=10)
        self._row("More buttons", self._more_buttons(), gap=10)
        self._row("Fields: rest, focus, fault, chips", self._fields(), gap=10)
        self._row("Filter chip, switch, ticks", self._switches(), gap=12)
        self._row("Heat steps, low to high", [_Swatch(f"heat.{step}") for step in range(1, 7)], gap=0)
        self._row("Chart series 1 to 5", [_Swatch(f"series.{step}") for step in range(1, 6)], gap=0)
        self._column.addStretch(1)

    def _row(self, words: str, widgets: Sequence[QWidget], gap: int = 6) -> None:
        self._column.addSpacing(size(4))
        self._column.addWidget(label(words, "group", tone="2"))
        row = QWidget()
        flow = FlowLayout(row, gap=size(gap))
        for widget in widgets:
            flow.addWidget(widget)
        self._column.addWidget(row)

    def _buttons(self) -> list[QWidget]:
        self.focused = button("Save", "main")
        off = button("Undo")
        off.setEnabled(False)
        return [
            button("Apply", "main"),
            button("Hold for later"),
            button("Discard", "quiet"),
            button("Delete", "harm", icon="trash"),
            self.focused,
            off,
        ]

    def _more_buttons(self) -> list[QWidget]:
        return [
            button("New activity", "main", "plus", "Ctrl+N"),
            button("Receive returns", "plain", "receive", "Ctrl+R"),
            button("Open to read", small=True),
            icon_button("Print", "print"),
            SearchField(),
        ]

    def _fields(self) -> list[QWidget]:
        rest, fault, money = QLineEdit("01/01/2023"), QLineEdit("31/02/2026"), QLineEdit("1,264,000.00")
        fault.setProperty("fault", "true")
        money.setAlignment(Qt.AlignmentFlag.AlignRight)
        choice = QComboBox()
        choice.addItems(["Joint", "Pooled"])
        for field in (rest, fault, money, choice):
            field.setFixedWidth(size(120))
            field.setAccessibleName("Field")
        chips = ValueChips("Client groups", ["Young carers", "Children in care"])
        chips.set_values(["Young carers"])
        chips.setFixedWidth(size(160))
        return [rest, money, fault, choice, chips]

    def _switches(self) -> list[QWidget]:
        on, part, off = QCheckBox(), QCheckBox(), QCheckBox("Targeted")
        on.setChecked(True)
        part.setTristate(True)
        part.setCheckState(Qt.CheckState.PartiallyChecked)
        chosen, other = QRadioButton(), QRadioButton("Other")
        chosen.setChecked(True)
        cut = ElidedLabel("A line that is too long for its place", tone="3")
        cut.setFixedWidth(size(110))
        for mark, name in ((on, "On"), (part, "Some"), (chosen, "Chosen")):
            mark.setAccessibleName(name)
        switch = Segmented("View", ["Map", "Chart"])
        return [Chip(Filter("tier", "Tier is", "Targeted")), switch, on, part, off, chosen, other, cut]


class _Swatch(QWidget):
    def __init__(self, name: str) -> None:
        super().__init__()
        self.setFixedSize(size(106), size(30))
        self.setAutoFillBackground(True)
        palette = self.palette()
        palette.setColor(self.backgroundRole(), token(name))
        self.setPalette(palette)
        row = QHBoxLayout(self)
        row.setContentsMargins(size(6), 0, 0, 0)
        row.addWidget(_swatch_words(name))


def _swatch_words(name: str) -> QWidget:
    words = label(name, "small")
    ink = max(("heat.high.text", "heat.low.text"), key=lambda each: contrast_ratio(token(each), token(name)))
    words.setStyleSheet(f"color: {token(ink).name()}")
    return words
