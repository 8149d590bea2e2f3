"""A switch between a few views of the same thing: the chosen one filled, the others beside it."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QButtonGroup, QFrame, QHBoxLayout, QPushButton, QSizePolicy


class Segmented(QFrame):
    """One of its words is chosen at any time; `chosen` carries its place, first = 0."""

    chosen = Signal(int)

    def __init__(self, name: str, words: Sequence[str], current: int = 0) -> None:
        """Make the switch; `name` is what a screen reader calls it."""
        super().__init__()
        self.setProperty("part", "segmented")
        self.setAccessibleName(name)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self._group = QButtonGroup(self)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        for place, word in enumerate(words):
            row.addWidget(self._segment(place, word, last=place == len(words) - 1))
        self._group.button(current).setChecked(True)
        self._group.idToggled.connect(self._told)

    def _segment(self, place: int, word: str, *, last: bool) -> QPushButton:
        made = QPushButton(word)
        made.setProperty("kind", "segment")
        made.setProperty("last", "true" if last else "false")
        made.setCheckable(True)
        self._group.addButton(made, place)
        return made

    @property
    def current(self) -> int:
        """The place of the chosen word."""
        return self._group.checkedId()

    def say(self, words: Sequence[str]) -> None:
        """Show other words for the same views."""
        for place, word in enumerate(words):
            self._group.button(place).setText(word)

    def choose(self, place: int) -> None:
        """Choose a word by its place."""
        self._group.button(place).setChecked(True)

    def _told(self, place: int, checked: bool) -> None:
        if checked:
            self.chosen.emit(place)
