"""Two organisations side by side, with a choice wherever they say different things."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QButtonGroup, QGridLayout, QHBoxLayout, QRadioButton, QScrollArea, QVBoxLayout, QWidget

from ctdesk.services.organisations import Pair, SideBySide, SideField
from ctdesk.ui.theme import size
from ctdesk.ui.widgets import Card, label

_TOP = Qt.AlignmentFlag.AlignTop
_UNSAID = frozenset({"aliases", "is_agency", "is_provider"})
"""Fields that a merge takes from both; there is nothing to choose."""


class _Side(QWidget):
    """What one of the two says, with the button that chooses it; the words run over lines."""

    def __init__(self, name: str, text: str) -> None:
        super().__init__()
        self.radio = QRadioButton()
        self.radio.setAccessibleName(name)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self.radio, 0, _TOP)
        row.addWidget(label(text, wrap=True), 1, _TOP)

    def mouseReleaseEvent(self, _event: QMouseEvent) -> None:  # noqa: N802 - Qt's name
        """Choose it wherever it is clicked."""
        self.radio.setChecked(True)


class SidePanel(QScrollArea):
    """Shows a pair; the first is chosen to begin with where they differ."""

    def __init__(self) -> None:
        """Make the panel, empty."""
        super().__init__()
        self.setAccessibleName("The two side by side")
        self.setWidgetResizable(True)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.pair: Pair | None = None
        self._choices: dict[str, QButtonGroup] = {}

    def show_pair(self, pair: Pair, sides: SideBySide) -> None:
        """Show two organisations and what speaks for their being one."""
        self.pair = pair
        self._choices = {}
        body = QWidget()
        whole = QVBoxLayout(body)
        whole.setContentsMargins(0, 0, 0, 0)
        card = Card("Side by side", ", ".join(pair.evidence))
        card.add(self._grid(sides))
        whole.addWidget(card)
        whole.addStretch(1)
        self.setWidget(body)

    def _grid(self, sides: SideBySide) -> QWidget:
        made = QWidget()
        grid = QGridLayout(made)
        grid.setContentsMargins(size(14), size(10), size(14), size(10))
        grid.setHorizontalSpacing(size(12))
        grid.setVerticalSpacing(size(8))
        grid.setColumnMinimumWidth(0, size(110))
        for column in (1, 2):
            grid.setColumnStretch(column, 1)
        shown = [field for field in sides.fields if field.first or field.second]
        for row, field in enumerate(shown):
            grid.addWidget(label(field.label, tone="2", wrap=True), row, 0, _TOP)
            self._add_field(grid, row, field)
        self._add_links(grid, len(shown), sides)
        return made

    def _add_field(self, grid: QGridLayout, row: int, field: SideField) -> None:
        chooses = field.differs and field.field not in _UNSAID
        texts = (field.first, field.second)
        if not chooses:
            for column, text in enumerate(texts, start=1):
                words = label(text or "–", "strong" if field.field == "name" else "body", wrap=True)
                grid.addWidget(words, row, column, _TOP)
            return
        group = QButtonGroup(grid)
        for place, text in enumerate(texts):
            cell = _Side(f"{field.label}: {text}", text)
            group.addButton(cell.radio, place)
            grid.addWidget(cell, row, place + 1, _TOP)
        group.button(0).setChecked(True)
        self._choices[field.field] = group

    @staticmethod
    def _add_links(grid: QGridLayout, row: int, sides: SideBySide) -> None:
        grid.addWidget(label("What follows", tone="2"), row, 0, _TOP)
        for column, links in enumerate((sides.first_links, sides.second_links), start=1):
            grid.addWidget(label(", ".join(links.values()) or "nothing points at it", wrap=True), row, column, _TOP)

    def chosen(self, field: str) -> int:
        """Return which side is chosen in a field: 0 the first, 1 the second; 0 where there is no choice."""
        group = self._choices.get(field)
        return group.checkedId() if group is not None else 0

    def choose(self, field: str, place: int) -> None:
        """Choose a side in a field."""
        self._choices[field].button(place).setChecked(True)

    def taken_from(self, place: int) -> list[str]:
        """Return the fields in which a side is chosen."""
        return [field for field in self._choices if self.chosen(field) == place]

    @property
    def name_chosen(self) -> str:
        """The name that stays."""
        pair = self.pair
        return "" if pair is None else (pair.first_name, pair.second_name)[self.chosen("name")]
