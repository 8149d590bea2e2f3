"""The navigation at the left: the screens, what waits in each, and a narrow form of itself."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from ctdesk.ui.frame.catalogue import Entry
from ctdesk.ui.frame.nav_button import NavButton
from ctdesk.ui.theme import size

WIDE, NARROW = 204, 54
"""Widths at 100% text, in design pixels."""


class Navigation(QWidget):
    """A button for each listed screen. `chosen` carries the screen's name."""

    chosen = Signal(str)
    folded = Signal(bool)

    def __init__(self, entries: Sequence[Entry]) -> None:
        """Make the buttons in the order given, Settings at the foot."""
        super().__init__()
        self.setProperty("part", "nav")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setAccessibleName("Navigation")
        self._buttons = {entry.name: NavButton(entry.title, entry.icon) for entry in entries if entry.listed}
        self._fold = NavButton("Fold", "fold")
        self.is_folded = False
        self._fold.clicked.connect(lambda: self.fold(folded=not self.is_folded))
        self._lay_out()
        self.fold(folded=False)

    def _lay_out(self) -> None:
        layout = QVBoxLayout(self)
        layout.setContentsMargins(size(8), size(6), size(8), size(4))
        layout.setSpacing(0)
        for name, button in self._buttons.items():
            if name == "settings":
                layout.addStretch(1)
            layout.addWidget(button)
            button.setCheckable(True)
            button.clicked.connect(lambda _=False, name=name: self.chosen.emit(name))
        layout.addWidget(self._fold)

    def fold(self, *, folded: bool) -> None:
        """Show only the icons, or the words too."""
        self.is_folded = folded
        self.setFixedWidth(size(NARROW if folded else WIDE))
        for button in (*self._buttons.values(), self._fold):
            button.fold(folded=folded)
        words = f"{'Unfold' if folded else 'Fold'} the navigation"
        self._fold.setAccessibleName(words)
        self._fold.setToolTip(words)
        self.folded.emit(folded)

    def show_current(self, name: str) -> None:
        """Mark the screen that is shown."""
        for own, button in self._buttons.items():
            button.setChecked(own == name)

    @property
    def marked(self) -> QWidget:
        """The button of the screen that is shown."""
        return next((button for button in self._buttons.values() if button.isChecked()), self._fold)

    def show_waiting(self, name: str, count: int) -> None:
        """Show how many things wait for a person on a screen."""
        if name in self._buttons:
            self._buttons[name].show_waiting(count)
