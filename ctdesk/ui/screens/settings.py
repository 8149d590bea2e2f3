"""Settings: the team's own, how the window looks to this person, the lists, the backups, keeping, subject access."""

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QScrollArea, QStackedWidget, QVBoxLayout, QWidget

from ctdesk.ui.places import Place
from ctdesk.ui.screens.screen import Screen
from ctdesk.ui.screens.settings_access import SubjectAccessPage
from ctdesk.ui.screens.settings_backups import BackupsPage
from ctdesk.ui.screens.settings_keeping import KeepingPage
from ctdesk.ui.screens.settings_lists import ListsPage
from ctdesk.ui.screens.settings_look import LookPage
from ctdesk.ui.screens.settings_team import TeamPage
from ctdesk.ui.session import Session
from ctdesk.ui.theme import size
from ctdesk.ui.widgets import PageHead, Segmented, action, edge_to_edge

_PAGES = {
    "team": "Team",
    "look": "Appearance",
    "lists": "Lists",
    "backup": "Backups",
    "keeping": "Keeping",
    "access": "Subject access",
}


class SettingsScreen(Screen):
    """Pages of which one is shown at a time; a place of the kind "team", "look", "lists" and so on leads to one."""

    name, title, icon = "settings", "Settings", "settings"
    about = frozenset({"setting", "list_entry"})

    def __init__(self, session: Session) -> None:
        """Make the pages, empty."""
        super().__init__(session)
        self.pages = Segmented("Page of the settings", list(_PAGES.values()))
        self.team, self.look = TeamPage(session), LookPage()
        self.lists, self.backups, self.keeping = ListsPage(session), BackupsPage(session), KeepingPage(session)
        self.access = SubjectAccessPage(session)
        self._stack = QStackedWidget()
        access = _scrolled(self.access)
        for shown in (_scrolled(self.team), _scrolled(self.look), self.lists, self.backups, self.keeping, access):
            self._stack.addWidget(shown)
        for page in (self.team, self.lists, self.backups, self.keeping, self.access):
            page.said.connect(self.said)
        self.pages.chosen.connect(self._show)
        layout = edge_to_edge(self)
        layout.addWidget(PageHead("Settings", beside=[self.pages]))
        layout.addWidget(self._stack, 1)
        self._save = action(self, "Save the settings", self.team.save, "Ctrl+S", why_not=session.why_not)

    def read(self) -> None:
        """Read every page again; what is typed on the team's page and not saved is kept."""
        self.team.read()
        self.lists.read()
        self._read_shown()

    def _read_shown(self) -> None:
        """Read what takes a look into files or at every record, if it is what is shown."""
        shown = list(_PAGES)[self.pages.current]
        if shown == "backup":
            self.backups.read()
        elif shown == "keeping":
            self.keeping.read()
        elif shown == "access":
            self.access.read()

    def go(self, place: object) -> None:
        """Show one page."""
        if isinstance(place, Place) and place.kind in _PAGES:
            self.pages.choose(list(_PAGES).index(place.kind))
            if place.kind == "access" and place.uid:
                self.access.read()
                self.access.name_contact(place.uid)

    def here(self, _place: Place) -> Place:
        """Return the place of the page that is shown."""
        return Place("settings", kind=list(_PAGES)[self.pages.current])

    def _show(self, at: int) -> None:
        self._stack.setCurrentIndex(at)
        self._read_shown()

    def actions_offered(self) -> list[QAction]:
        """Return Save."""
        return [self._save]

    def may_leave(self) -> bool:
        """Ask about settings that are typed and not saved."""
        return self.team.may_leave()


def _scrolled(page: QWidget) -> QScrollArea:
    around = QWidget()
    layout = QVBoxLayout(around)
    layout.setContentsMargins(size(16), 0, size(16), size(16))
    layout.addWidget(page)
    layout.addStretch(1)
    scroll = QScrollArea()
    scroll.setWidgetResizable(True)
    scroll.setWidget(around)
    scroll.setAccessibleName(page.accessibleName())
    return scroll
