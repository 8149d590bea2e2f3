"""What every screen is to the frame around it."""

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QWidget

from ctdesk.ui.screens.areas import Area, areas_of

if TYPE_CHECKING:
    from ctdesk.ui.places import Place
    from ctdesk.ui.session import Session


class Screen(QWidget):
    """One screen of the main window. It reads what it shows when it is first shown, and again after changes.

    `wants` asks the frame for a place. `title` names it in the navigation and the window's title.
    """

    wants = Signal(object)
    said = Signal(str)

    name = ""
    title = ""
    icon = ""
    about: frozenset[str] = frozenset()
    """The kinds of record it shows; a change of any of them makes it read again. None named: all of them."""

    def __init__(self, session: "Session") -> None:
        """Make the screen's widgets; nothing is read yet."""
        super().__init__()
        self.session = session
        self.setAccessibleName(self.title)
        self._stale = True
        session.changed.connect(self._on_changed)

    def _on_changed(self, kinds: frozenset[str]) -> None:
        if self.about and not self.about & kinds:
            return
        self._stale = True
        if self.isVisible():
            self.bring_up_to_date()

    def bring_up_to_date(self) -> None:
        """Read again if something has changed since."""
        if self._stale:
            self._stale = False
            self.read()

    def read(self) -> None:
        """Read what the screen shows; overridden by each screen."""

    def go(self, place: object) -> None:
        """Show one record, filter or file of this screen; overridden where there are such."""

    def here(self, place: "Place") -> "Place":
        """Return the place that leads to what is shown now; *place* led here."""
        return place

    def areas(self) -> list[Area]:
        """Return the areas that F6 goes between, with what takes the keys in each."""
        return areas_of(self)

    def actions_offered(self) -> list[QAction]:
        """Return the screen's own commands, for the menus and the palette."""
        return []

    def begun(self) -> object | None:
        """Return the work begun here, for a screen made anew to go on with; None where none can be handed on."""
        return None

    def go_on_with(self, begun: Any) -> None:
        """Take over the work that another screen of this class had begun."""

    def may_leave(self) -> bool:
        """Whether the screen may be left; one with unsaved work asks first."""
        return True

    def waiting(self) -> int:
        """Return how many things wait for a person here, for the navigation."""
        return 0
