"""How the window looks to this person on this computer: colours and the size of text."""

from typing import cast

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QComboBox, QVBoxLayout, QWidget

from ctdesk.services.recent import SCHEMES, TEXT_PERCENTS, Look, load_look, save_look
from ctdesk.ui.screens.settings_row import setting_row
from ctdesk.ui.theme import apply_theme, size
from ctdesk.ui.widgets import Card, label

_SCHEME_WORDS = {
    "system": "As the system",
    "light": "Light",
    "dark": "Dark",
    "contrast": "High contrast",
}


class LookPage(QWidget):
    """Each choice is applied at once and remembered for this person."""

    def __init__(self) -> None:
        """Show what is chosen now."""
        super().__init__()
        self.setAccessibleName("Appearance")
        look = load_look()
        self.scheme = _choice([_SCHEME_WORDS[each] for each in SCHEMES], SCHEMES.index(look.scheme))
        self.text = _choice([f"{percent}%" for percent in TEXT_PERCENTS], TEXT_PERCENTS.index(look.text_percent))
        card = Card("Appearance", "for you on this computer, whatever workspace is open")
        card.add(
            setting_row(
                "Colours",
                self.scheme,
                label("High contrast keeps meaning in words, symbols and edges.", "help", tone="3", wrap=True),
            )
        )
        card.add(
            setting_row(
                "Size of text",
                self.text,
                label("Times the size your system uses.", "help", tone="3", wrap=True),
            )
        )
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(card)
        # Once the list of the choice has closed; dressing the window while it is open would take it away.
        self._soon = QTimer(self, singleShot=True, interval=0)
        self._soon.timeout.connect(self._apply)
        for choice in (self.scheme, self.text):
            choice.currentIndexChanged.connect(lambda _: self._soon.start())

    @property
    def chosen(self) -> Look:
        """What the two choices stand at."""
        return Look(SCHEMES[self.scheme.currentIndex()], TEXT_PERCENTS[self.text.currentIndex()])

    def _apply(self) -> None:
        save_look(self.chosen)
        apply_theme(
            cast("QApplication", QApplication.instance()), self.chosen.scheme, text_scale=self.chosen.text_scale
        )


def _choice(words: list[str], current: int) -> QComboBox:
    made = QComboBox()
    made.addItems(words)
    made.setCurrentIndex(current)
    made.setMinimumWidth(size(160))
    return made
