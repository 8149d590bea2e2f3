"""The button at the end of a date: a small calendar to pick from."""

from datetime import date

from PySide6.QtCore import QDate, QSize, Qt
from PySide6.QtWidgets import QCalendarWidget, QHBoxLayout, QLineEdit, QMenu, QToolButton, QWidgetAction

from ctdesk.domain import clock
from ctdesk.domain.dates import date_text, read_date
from ctdesk.domain.reading import Unreadable
from ctdesk.ui.theme import icon, size

_SIDE, _PICTURE = 22, 15


class CalendarButton(QToolButton):
    """Opens a calendar on the date in the line, and puts the day picked into it."""

    def __init__(self, line: QLineEdit, label: str) -> None:
        """Stand within a line, at its end."""
        super().__init__()
        self._line = line
        self.setProperty("part", "inside")
        self.setIcon(icon("calendar"))
        self.setIconSize(QSize(size(_PICTURE), size(_PICTURE)))
        self.setAccessibleName(f"Calendar for {label}")
        self.setToolTip("Pick from a calendar (Alt+Down)")
        self.setFixedSize(size(_SIDE), size(_SIDE))
        self.setCursor(Qt.CursorShape.ArrowCursor)
        self.clicked.connect(self.open)
        within = QHBoxLayout(line)
        within.setContentsMargins(0, 0, size(3), 0)
        within.addWidget(self, 0, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        line.setTextMargins(0, 0, size(_SIDE), 0)

    def open(self) -> None:
        """Show the calendar below the button."""
        menu = QMenu(self)
        calendar = QCalendarWidget()
        calendar.setGridVisible(False)
        shown = _day(self._line.text())
        calendar.setSelectedDate(QDate(shown.year, shown.month, shown.day))
        action = QWidgetAction(menu)
        action.setDefaultWidget(calendar)
        menu.addAction(action)
        calendar.activated.connect(lambda day: self._pick(day, menu))
        calendar.clicked.connect(lambda day: self._pick(day, menu))
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(self.mapToGlobal(self.rect().bottomLeft()))

    def _pick(self, day: QDate, menu: QMenu) -> None:
        self._line.setText(date_text(date(day.year(), day.month(), day.day())))
        menu.close()
        self._line.setFocus()
        self._line.textEdited.emit(self._line.text())


def _day(text: str) -> date:
    try:
        return read_date(text)
    except Unreadable:
        return clock.today()
