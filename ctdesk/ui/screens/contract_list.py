"""The list of agreements: the one grid, with the way to the calendar and an uplift for many at once."""

from PySide6.QtGui import QAction

from ctdesk.domain import clock
from ctdesk.services.contracts import waiting
from ctdesk.services.register_report import print_register
from ctdesk.ui.grid import chosen
from ctdesk.ui.places import Place
from ctdesk.ui.preview import preview
from ctdesk.ui.screens.contract_publish import PublishDialog
from ctdesk.ui.screens.contract_uplift import UpliftDialog
from ctdesk.ui.screens.record_list import RecordListScreen
from ctdesk.ui.session import Session
from ctdesk.ui.widgets import action, button


class ContractListScreen(RecordListScreen):
    """Every agreement, with its state and the dates worked out from its term."""

    def __init__(self, session: Session) -> None:
        """Make the list with two more commands."""
        super().__init__(session, "agreement")
        ahead = Place("calendar", kind="agreement")
        self.calendar = action(
            self, "Calendar of the coming 18 months", lambda: self.wants.emit(ahead), symbol="calendar"
        )
        self.report = action(self, "Print the register report…", self.print_report, symbol="print")
        self.uplift = action(
            self, "Uplift the agreements chosen…", self.ask_uplift, symbol="sort-up", why_not=session.why_not
        )
        self.publish = [self._publishing(name) for name in ("contracts", "grants")]
        self.head.export.menu().addActions(self.publish)
        raised, shown = button("Uplift", icon="sort-up"), button("Calendar", icon="calendar")
        raised.setToolTip("Raise the yearly value of the agreements chosen; old and new values are shown first")
        raised.setVisible(not session.read_only)
        raised.clicked.connect(self.uplift.trigger)
        shown.clicked.connect(self.calendar.trigger)
        self.head.add(raised)
        self.head.add(shown)

    def _publishing(self, name: str) -> QAction:
        return action(self, f"Publish the register of {name} (Transparency Code)…", lambda: self.ask_publishing(name))

    def ask_publishing(self, name: str) -> PublishDialog:
        """Show what the register of contracts or of grants holds and lacks, to be written to a file."""
        asking = PublishDialog(self.session, name, self)
        asking.accepted.connect(lambda: self.said.emit(f"The register of {name} is written to {asking.written}."))
        asking.open()
        return asking

    def on_rows(self) -> list[QAction]:
        """Offer the uplift on the rows chosen too."""
        return [self.uplift]

    def actions_offered(self) -> list[QAction]:
        """Return the commands of the list, and those of agreements."""
        return [*super().actions_offered(), self.calendar, self.report, self.uplift, *self.publish]

    def print_report(self) -> None:
        """Show the register report, to print from."""
        desk = self.session.desk
        preview(self.session, self, "Register report", lambda path, _: print_register(desk, path))

    def waiting(self) -> int:
        """Return how many agreements wait for a decision, or over-run."""
        return len(waiting(self.session.desk, clock.today()))

    def ask_uplift(self) -> UpliftDialog | None:
        """Ask by how much the yearly values of the agreements chosen rise, and show what each would come to."""
        uids = chosen.uids(self.grid)
        if not uids:
            self.said.emit("Choose the agreements first.")
            return None
        asking = UpliftDialog(self.session, uids, self)
        asking.open()
        return asking
