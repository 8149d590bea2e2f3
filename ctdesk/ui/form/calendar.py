"""The button beside a date: a small calendar to pick from."""

from datetime import date

from PySide6.QtCore import QDate
from PySide6.QtWidgets import QCalendarWidget, QLineEdit, QMenu, QToolButton, QWidgetAction

from ctdesk.domain import clock
from ctdesk.domain.dates import date_text, read_date
from ctdesk.domain.reading import Unreadable
from ctdesk.ui.theme import icon, size


class CalendarButton(QToolButton):
    """Opens a calendar on the date in the line, and puts the day picked into it."""

    def __init__(self, line: QLineEdit, label: str) -> None:
        """Make the button for a line."""
        super().__init__()
        self._line = line
        self.setIcon(icon("calendar"))
        self.setAccessibleName(f"Calendar for {label}")
        self.setFixedSize(size(26), size(26))
        self.clicked.connect(self._open)

    def _open(self) -> None:
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
