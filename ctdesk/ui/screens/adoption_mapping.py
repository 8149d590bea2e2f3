"""The middle of an adoption: the file, its columns, and what is said once; side by side, or below each other."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QBoxLayout, QScrollArea, QVBoxLayout, QWidget

from ctdesk.services.adoption_sheet import AdoptionSheet
from ctdesk.ui.screens.adoption_columns import ColumnsCard
from ctdesk.ui.screens.adoption_file import FileCard
from ctdesk.ui.screens.adoption_values import SaysCard
from ctdesk.ui.theme import size
from ctdesk.ui.widgets import Banner


class MappingPage(QWidget):
    """Shows a register as found, and everything that may be said otherwise."""

    def __init__(self) -> None:
        """Make the page, empty."""
        super().__init__()
        self.file, self.columns, self.says = FileCard(), ColumnsCard(), SaysCard()
        self.banner = Banner("bad", "", dismissible=True)
        self.banner.hide()
        left = QVBoxLayout()
        left.setSpacing(size(10))
        left.addWidget(self.file)
        left.addWidget(self.columns, 1)
        self._sides = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._sides.setContentsMargins(0, 0, 0, 0)
        self._sides.setSpacing(size(12))
        self._sides.addLayout(left, 1)
        self._sides.addWidget(self.says)
        inner = QWidget()
        inner.setLayout(self._sides)
        self._scroll = QScrollArea()
        self._scroll.setWidgetResizable(True)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._scroll.setWidget(inner)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(size(16), 0, size(16), size(10))
        layout.setSpacing(size(10))
        layout.addWidget(self.banner)
        layout.addWidget(self._scroll, 1)
        self.stack_cards(narrow=False)

    def stack_cards(self, *, narrow: bool) -> None:
        """Put what is said below the rest where there is no room beside it."""
        directions = QBoxLayout.Direction
        self._sides.setDirection(directions.TopToBottom if narrow else directions.LeftToRight)
        self.columns.hint.setVisible(not narrow)
        self.says.setMinimumWidth(0 if narrow else size(330))
        self.says.setMaximumWidth(16_777_215 if narrow else size(330))
        self.says.setMinimumHeight(size(280) if narrow else 0)
        self.file.setMinimumHeight(size(200))
        self.file.setMaximumHeight(size(240))
        self.columns.setMinimumHeight(size(260) if narrow else size(150))

    def show_sheet(self, sheet: AdoptionSheet, profiles: list[tuple[str, str]]) -> None:
        """Show a register."""
        self.banner.hide()
        self.file.show_sheet(sheet)
        self.columns.show_sheet(sheet, profiles)
        self.says.show_sheet(sheet)

    def fail(self, sentence: str) -> None:
        """Say why something could not be; what was shown stays."""
        self.banner.say("bad", sentence)
        self.banner.show()
