"""The screens there are, in the order of the navigation. Adding a screen is one line here and its file."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from importlib import import_module
from typing import TYPE_CHECKING

from ctdesk.ui.places import Place

if TYPE_CHECKING:
    from ctdesk.ui.screens.screen import Screen
    from ctdesk.ui.session import Session


@dataclass(frozen=True, slots=True)
class Entry:
    """One screen: its name in places, its words, its icon, the module and class that make it.

    `kind` is handed to screens that serve several kinds of record. One that is not `listed` is reached only from
    others; `under` is the listed one it belongs to, if it is always the same.
    """

    name: str
    title: str
    icon: str
    module: str
    made_by: str
    kind: str = ""
    listed: bool = True
    under: str = ""

    def make(self, session: "Session") -> "Screen":
        """Make the screen; its module is imported only now."""
        factory: Callable[..., Screen] = getattr(import_module(f"ctdesk.ui.screens.{self.module}"), self.made_by)
        return factory(session, self.kind) if self.kind else factory(session)


_OTHER_LISTS = (
    ("contact", "Contacts"),
    ("team", "Teams"),
    ("funding_line", "Funding lines"),
    ("payment", "Payments"),
    ("requirement", "Requirements"),
    ("variation", "Variations"),
    ("extension", "Extensions"),
    ("risk", "Risks"),
    ("action", "Actions"),
    ("concern", "Concerns"),
    ("board_meeting", "Board meetings"),
    ("note", "Notes"),
    ("need", "Needs"),
    ("population", "Populations"),
    ("scenario", "Scenarios"),
)

CATALOGUE = (
    Entry("home", "Home", "home", "home", "HomeScreen"),
    Entry("activity", "Activity", "activity", "record_list", "RecordListScreen", kind="activity"),
    Entry("post", "Staffing", "staffing", "record_list", "RecordListScreen", kind="post"),
    Entry("agreement", "Contracts", "document", "contract_list", "ContractListScreen"),
    Entry("monitoring", "Monitoring", "monitoring", "monitoring", "MonitoringScreen"),
    Entry("organisation", "Organisations", "organisations", "record_list", "RecordListScreen", kind="organisation"),
    Entry("rounds", "Rounds and returns", "rounds", "rounds", "RoundsScreen"),
    Entry("map", "Service map", "map", "service_map", "ServiceMapScreen"),
    Entry("packs", "Reports and packs", "report", "packs", "PacksScreen"),
    Entry("settings", "Settings", "settings", "settings", "SettingsScreen"),
    Entry("contract", "Contract", "document", "contract", "ContractScreen", listed=False, under="agreement"),
    Entry("calendar", "Calendar", "calendar", "contract_calendar", "CalendarScreen", listed=False, under="agreement"),
    Entry(
        "measure",
        "Library",
        "monitoring",
        "record_list",
        "RecordListScreen",
        kind="measure",
        listed=False,
        under="monitoring",
    ),
    Entry("record", "Record", "activity", "record", "RecordScreen", listed=False),
    Entry("review", "Return", "receive", "review", "ReviewScreen", listed=False, under="rounds"),
    Entry("adoption", "Adopt a register", "receive", "adoption", "AdoptionScreen", listed=False),
    Entry(
        "look_alikes",
        "Organisations that look alike",
        "organisations",
        "look_alikes",
        "LookAlikesScreen",
        listed=False,
        under="organisation",
    ),
    Entry("history", "History", "history", "history", "HistoryScreen", listed=False),
    Entry("guide", "Guide", "guide", "guide", "GuideScreen", listed=False),
    *(
        Entry(kind, title, "document", "record_list", "RecordListScreen", kind=kind, listed=False)
        for kind, title in _OTHER_LISTS
    ),
)
"""Every screen of the main window."""


def screen_for(place: Place) -> Place:
    """Return a place with the screen that shows it: an agreement that there is has one of its own."""
    own = place.screen == "record" and place.kind == "agreement" and place.uid
    return replace(place, screen="contract") if own else place
