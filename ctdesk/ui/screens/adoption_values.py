"""What a person says once for a whole register: whose it is, what its words mean; and what its names come to."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QComboBox,
    QGridLayout,
    QHBoxLayout,
    QLineEdit,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from ctdesk.services.adoption_cells import Word, WordList
from ctdesk.services.adoption_sheet import AdoptionSheet
from ctdesk.ui.theme import size
from ctdesk.ui.widgets import Badge, Card, ElidedLabel, Link, SymbolLabel, clear, label, rule
from ctdesk.ui.widgets.typed_choice import typed_choice

_WORDS_SHOWN, _CELLS_SHOWN = 40, 12


class SaysCard(Card):
    """`meaning` carries field, word and its code ("" to leave blank, None to say nothing); `agency` a name."""

    meaning = Signal(str, str, object)
    agency_named = Signal(str)
    compare = Signal()
    see_new = Signal()

    def __init__(self) -> None:
        """Make the card, empty."""
        super().__init__()
        self.setAccessibleName("What the register says")
        self._shown: tuple[object, ...] = ()
        self.agency = typed_choice("Agency whose register it is")
        self.agency.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        line = self.agency.lineEdit()
        assert isinstance(line, QLineEdit)  # noqa: S101 - it is editable
        line.setPlaceholderText("Choose or type a name")
        line.editingFinished.connect(self._name_agency)
        self.agency.activated.connect(lambda _: self._name_agency())
        self._agency_part = self._agency_box()
        self._inner = QWidget()
        self._column = QVBoxLayout(self._inner)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setWidget(self._inner)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        # Qt fills what it scrolls with the window's colour; here it stands on a sheet.
        self._inner.setAutoFillBackground(False)
        self.add(self._agency_part, ruled=False)
        self.add(scroll, ruled=False)
        self.body.setStretch(1, 1)

    def hasHeightForWidth(self) -> bool:  # noqa: N802 - Qt's name
        """Take whatever height there is: what does not fit is scrolled to."""
        return False

    def _agency_box(self) -> QWidget:
        box = QWidget()
        column = QVBoxLayout(box)
        column.setContentsMargins(size(14), size(8), size(14), size(10))
        column.setSpacing(size(6))
        column.addWidget(label("Whose register is it?", "section"))
        column.addWidget(label("No column says which agency commissions these.", "help", tone="2", wrap=True))
        column.addWidget(self.agency)
        return box

    def offer_agencies(self, names: list[str]) -> None:
        """Offer the agencies there are; another name makes a new one."""
        said = self.agency.currentText()
        self.agency.clear()
        self.agency.addItems(names)
        self.agency.setCurrentIndex(-1)
        self.agency.setEditText(said)

    def _name_agency(self) -> None:
        self.agency_named.emit(self.agency.currentText().strip())

    def show_sheet(self, sheet: AdoptionSheet) -> None:
        """Show what is to be said and what was found; left as it is where nothing of it changed."""
        self._agency_part.setVisible(not sheet.says_agency)
        shown = (sheet.words, sheet.names, sheet.unread)
        if shown == self._shown:
            return
        words_same = bool(self._shown) and self._shown[0] == sheet.words
        self._shown = shown
        focused = self._focused_name()
        clear(self._column)
        for words in sheet.words:
            self._add_words(words)
        self._add_names(sheet)
        self._add_unread(sheet)
        self._column.addStretch(1)
        if focused and not words_same:
            self._focus_again(focused)

    def _focused_name(self) -> str:
        widget = self._inner.focusWidget()
        return widget.accessibleName() if widget is not None and widget.hasFocus() else ""

    def _focus_again(self, name: str) -> None:
        for choice in self._inner.findChildren(QComboBox):
            if choice.accessibleName() == name and choice.isVisibleTo(self._inner):
                choice.setFocus(Qt.FocusReason.OtherFocusReason)

    def _begin_part(self, words: str, hint: str = "") -> None:
        head = QWidget()
        column = QVBoxLayout(head)
        column.setContentsMargins(size(14), size(8), size(14), size(6))
        column.setSpacing(size(2))
        column.addWidget(label(words, "section", wrap=True))
        if hint:
            column.addWidget(label(hint, "help", tone="2", wrap=True))
        if self._column.count():
            self._column.addWidget(rule())
        self._column.addWidget(head)
        self._column.addWidget(rule())

    def _add_words(self, words: WordList) -> None:
        self._begin_part(f"{words.heading} goes to {words.label}", "Say once what each value means.")
        box = QWidget()
        grid = QGridLayout(box)
        grid.setContentsMargins(size(14), size(6), size(14), size(8))
        grid.setHorizontalSpacing(size(7))
        grid.setVerticalSpacing(size(6))
        grid.setColumnStretch(0, 1)
        for at, word in enumerate(words.words[:_WORDS_SHOWN]):
            grid.addWidget(ElidedLabel(word.text, "strong"), at, 0)
            grid.addWidget(SymbolLabel("arrow-right", "text2", folder=""), at, 1)
            grid.addWidget(self._choice(words, word), at, 2)
            grid.addWidget(label(f"{word.count:,}", "help", tone="3"), at, 3, Qt.AlignmentFlag.AlignRight)
        if (more := len(words.words) - _WORDS_SHOWN) > 0:
            grid.addWidget(label(f"{more} more stay blank and are listed as findings.", "help", tone="3"), 99, 0, 1, 4)
        self._column.addWidget(box)

    def _choice(self, words: WordList, word: Word) -> QComboBox:
        made = QComboBox()
        made.setAccessibleName(f"What {word.text} means under {words.label}")
        made.setFixedWidth(size(150))
        made.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        made.addItem("Choose", None)
        made.addItem("Leave blank", "")
        for code, name in words.entries:
            made.addItem(name, code)
        at = [None, "", *(code for code, _ in words.entries)]
        made.setCurrentIndex(at.index(word.meaning) if word.meaning in at else 0)
        made.activated.connect(lambda _: self.meaning.emit(words.field, word.text, made.currentData()))
        return made

    def _add_names(self, sheet: AdoptionSheet) -> None:
        names = sheet.names
        if not names.count:
            return
        self._begin_part(f"Suppliers: {names.count:,} {'name' if names.count == 1 else 'names'}")
        box = QWidget()
        column = QVBoxLayout(box)
        column.setContentsMargins(size(14), size(6), size(14), size(8))
        column.setSpacing(size(3))
        if names.known:
            column.addLayout(self._line(Badge("adoption", "sure", f"{len(names.known):,} known", ground=False)))
        if names.alike:
            compare = Link("Compare", role="help")
            compare.clicked.connect(self.compare)
            words = (
                f"{len(names.alike):,} look like one we have" if len(names.alike) > 1 else "1 looks like one we have"
            )
            column.addLayout(self._line(Badge("row", "suggested", words, ground=False), compare))
        if names.new:
            see = Link("See names", role="help")
            see.clicked.connect(self.see_new)
            column.addLayout(self._line(Badge("row", "new", f"{len(names.new):,} will be new", ground=False), see))
        self._column.addWidget(box)

    @staticmethod
    def _line(first: QWidget, last: QWidget | None = None) -> QHBoxLayout:
        row = QHBoxLayout()
        row.addWidget(first)
        row.addStretch(1)
        if last is not None:
            row.addWidget(last)
        return row

    def _add_unread(self, sheet: AdoptionSheet) -> None:
        if not sheet.unread:
            return
        self._begin_part("Could not be read")
        box = QWidget()
        grid = QGridLayout(box)
        grid.setContentsMargins(size(14), size(6), size(14), size(8))
        grid.setHorizontalSpacing(size(8))
        grid.setVerticalSpacing(size(3))
        grid.setColumnStretch(1, 1)
        for at, unread in enumerate(sheet.unread[:_CELLS_SHOWN]):
            grid.addWidget(label(unread.cell, "help"), at, 0)
            grid.addWidget(ElidedLabel(unread.sentence, "help"), at, 1)
            count = f"{unread.count:,} {'cell' if unread.count == 1 else 'cells'}"
            grid.addWidget(label(count, "help", tone="3"), at, 2, Qt.AlignmentFlag.AlignRight)
        more = len(sheet.unread) - _CELLS_SHOWN
        rest = f"{more} more like these. " if more > 0 else ""
        note = label(f"{rest}These stay blank and are listed as findings.", "help", tone="3", wrap=True)
        grid.addWidget(note, 99, 0, 1, 3)
        self._column.addWidget(box)
