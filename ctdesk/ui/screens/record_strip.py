"""Over a form that has no room beside it: its sections as a menu, and the way to what is about the record."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from ctdesk.ui.screens.record_sections import SectionMenu
from ctdesk.ui.theme import size
from ctdesk.ui.widgets import Segmented


class RecordStrip(QWidget):
    """`turned` carries the page chosen: 0 for the form, then the tabs of the panel."""

    turned = Signal(int)

    def __init__(self, tabs: Sequence[str]) -> None:
        """Make the strip for the panel's tabs."""
        super().__init__()
        self.sections = SectionMenu()
        self.pages = Segmented("What is shown of the record", ("Form", *tabs))
        self.pages.chosen.connect(self._turn)
        row = QHBoxLayout(self)
        row.setContentsMargins(size(16), 0, size(16), size(8))
        row.setSpacing(size(8))
        row.addWidget(self.sections)
        row.addWidget(self.pages)
        row.addStretch(1)
        self._several = False

    def show_sections(self, names: Sequence[str]) -> None:
        """Lead to the sections of another form; one alone needs no map."""
        self._several = len(names) > 1
        self.sections.show_sections(names)
        self._turn(self.pages.current)

    def say(self, tabs: Sequence[str]) -> None:
        """Show the tabs' words anew, with their counts."""
        self.pages.say(("Form", *tabs))

    def _turn(self, page: int) -> None:
        self.sections.setVisible(self._several and page == 0)
        self.turned.emit(page)
