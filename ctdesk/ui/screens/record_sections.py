"""The map of a form's sections: a list beside it, or a menu over it where there is no room."""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QListWidget, QMenu

from ctdesk.ui.theme import icon, size
from ctdesk.ui.widgets import Button


class SectionList(QListWidget):
    """The sections one below the other; `asked` carries the one a person went to."""

    asked = Signal(str)

    def __init__(self) -> None:
        """Make the list, empty."""
        super().__init__()
        self.setAccessibleName("Sections of the form")
        self.setFixedWidth(size(184))
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setIconSize(QSize(size(13), size(13)))
        self.currentTextChanged.connect(self._ask)

    def _ask(self, name: str) -> None:
        if name and self.hasFocus():
            self.asked.emit(name)

    def show_sections(self, names: Sequence[str]) -> None:
        """List the sections of another form."""
        self.clear()
        self.addItems(names)

    def mark(self, faults: Mapping[str, int]) -> None:
        """Mark each section in which there is something to look at."""
        for at in range(self.count()):
            item = self.item(at)
            count = faults.get(item.text(), 0)
            item.setIcon(icon("warning", tone="bad") if count else QIcon())
            item.setToolTip(_faults(count) or item.text())

    def follow(self, name: str) -> None:
        """Show which section is in sight, unless the person is choosing one."""
        found = [] if self.hasFocus() else self.findItems(name, Qt.MatchFlag.MatchExactly)
        if found:
            self.setCurrentItem(found[0])


class SectionMenu(Button):
    """A button that says which section is in sight and leads to the others."""

    asked = Signal(str)

    def __init__(self) -> None:
        """Make the button, with nothing to lead to."""
        super().__init__("", "plain", "", "", small=False)
        self._names: list[str] = []
        self._faults: Mapping[str, int] = {}
        self._now = ""
        menu = QMenu(self)
        menu.aboutToShow.connect(self._fill)
        self.setMenu(menu)

    def show_sections(self, names: Sequence[str]) -> None:
        """Lead to the sections of another form."""
        self._names, self._faults = list(names), {}
        self.follow(self._names[0] if self._names else "")

    def mark(self, faults: Mapping[str, int]) -> None:
        """Say beside each section what there is to look at in it."""
        self._faults = faults
        self.follow(self._now)

    def follow(self, name: str) -> None:
        """Say which section is in sight."""
        self._now = name
        self.setText(self._said_of(name))
        self.setAccessibleName(f"Section of the form, now {self._said_of(name)}")
        self.updateGeometry()

    def _said_of(self, name: str) -> str:
        return ", ".join(filter(None, (name, _faults(self._faults.get(name, 0)))))

    def _fill(self) -> None:
        self.menu().clear()
        for name in self._names:
            action = self.menu().addAction(self._said_of(name))
            action.triggered.connect(lambda _=False, name=name: self.asked.emit(name))
            if self._faults.get(name):
                action.setIcon(icon("warning", tone="bad"))


def _faults(count: int) -> str:
    return f"{count} to look at" if count else ""
