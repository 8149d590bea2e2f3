"""A notice across the page: one bold sentence, what to do, at most two buttons."""

from collections.abc import Sequence
from html import escape

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QSizePolicy, QWidget

from ctdesk.ui.theme import size
from ctdesk.ui.widgets.buttons import icon_button
from ctdesk.ui.widgets.labels import label, set_tone
from ctdesk.ui.widgets.states import state_of
from ctdesk.ui.widgets.symbol import SymbolLabel


class Banner(QFrame):
    """Stays until what it says is no longer so, or, where it can be dismissed, until a person dismisses it."""

    dismissed = Signal()

    def __init__(
        self,
        tone: str,
        sentence: str,
        what_to_do: str = "",
        buttons: Sequence[QPushButton] = (),
        *,
        symbol: str = "",
        dismissible: bool = False,
    ) -> None:
        """Say a sentence in a tone; `symbol` names a state symbol other than the tone's own."""
        super().__init__()
        self.setProperty("part", "banner")
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        self._own_symbol = symbol
        self._symbol = SymbolLabel(symbol or state_of("tone", tone).symbol, tone)
        self._words = label("", wrap=True)
        self._words.setTextFormat(Qt.TextFormat.RichText)
        self._words.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        row = QHBoxLayout(self)
        row.setContentsMargins(size(14), size(10), size(14), size(10))
        row.setSpacing(size(8))
        row.addWidget(self._symbol)
        row.addWidget(self._words, 1)
        for each in buttons:
            row.addWidget(each)
        if dismissible:
            row.addWidget(self._close_button())
        self.say(tone, sentence, what_to_do)

    @property
    def words(self) -> QLabel:
        """The label that holds sentence and what to do."""
        return self._words

    def say(self, tone: str, sentence: str, what_to_do: str = "") -> None:
        """Say something else."""
        set_tone(self, tone)
        set_tone(self._words, tone)
        self._symbol.set_tone(tone, self._own_symbol or state_of("tone", tone).symbol)
        rest = f" {escape(what_to_do)}" if what_to_do else ""
        self._words.setText(f'<span style="font-weight:600">{escape(sentence)}</span>{rest}')
        self.setAccessibleName(f"{sentence} {what_to_do}".strip())

    def _close_button(self) -> QWidget:
        close = icon_button("Dismiss", "close", small=True)
        close.clicked.connect(self._dismiss)
        return close

    def _dismiss(self) -> None:
        self.hide()
        self.dismissed.emit()
