"""What was kept long enough: listed with its rule, looked at, and removed for good once a person has agreed."""

from collections.abc import Iterable
from datetime import date
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QTreeWidgetItem, QVBoxLayout, QWidget

from ctdesk.domain import clock
from ctdesk.domain.dates import date_text
from ctdesk.domain.definition import DEFINITIONS
from ctdesk.services.keeping import PastKeeping, past_keeping
from ctdesk.services.removing import Removal, plan_removal, remove
from ctdesk.ui.grid.asking import agreed
from ctdesk.ui.session import Session
from ctdesk.ui.theme import size
from ctdesk.ui.widgets import Banner, FlowLayout, button, label, plain_table

_UID = Qt.ItemDataRole.UserRole


class KeepingPage(QWidget):
    """The records whose time is over, the oldest first; what is ticked can be removed."""

    said = Signal(str)

    def __init__(self, session: Session) -> None:
        """Make the page, empty."""
        super().__init__()
        self.setAccessibleName("Keeping")
        self._session = session
        self.about = label("", wrap=True)
        self.outcome = Banner("good", "", dismissible=True)
        self.outcome.hide()
        self.table = plain_table("Records kept long enough", ("Record", "Kind", "Kept until", "Why"), (420, 130, 120))
        self.table.itemChanged.connect(lambda *_: self._tell())
        self.tick_all = button("Tick all")
        self.remove = button("Remove for good…", kind="harm")
        self.tick_all.clicked.connect(self._tick_all)
        self.remove.clicked.connect(self._remove)
        self._lay_out()
        self._tell()

    def _lay_out(self) -> None:
        bar = QWidget()
        flow = FlowLayout(bar, gap=size(8))
        flow.addWidget(self.tick_all)
        flow.addWidget(self.remove)
        hint = label(
            "Nothing is removed by itself. Look through the list, untick what is still needed, and remove the rest: "
            "before it is done you are shown what goes with it. How long records are kept stands on the page Team.",
            "help",
            tone="3",
            wrap=True,
        )
        layout = QVBoxLayout(self)
        layout.setContentsMargins(size(16), 0, size(16), size(16))
        layout.setSpacing(size(8))
        layout.addWidget(self.about)
        layout.addWidget(self.outcome)
        layout.addWidget(self.table, 1)
        layout.addWidget(bar)
        layout.addWidget(hint)

    def read(self, on: date | None = None) -> None:
        """List what was kept long enough by a day, today if none is named; nothing is ticked."""
        self._on = on or clock.today()
        found = past_keeping(self._session.desk, self._on)
        years = self._session.desk.setting("keep_years")
        self.about.setText(
            f"{len(found):,} agreements and activities ended more than {years} years ago."
            if found
            else f"No agreement or activity ended more than {years} years ago: nothing is to be reviewed."
        )
        self.table.blockSignals(True)  # noqa: FBT003 - Qt's signature
        self.table.clear()
        self.table.addTopLevelItems([_item(it) for it in found])
        self.table.blockSignals(False)  # noqa: FBT003 - Qt's signature
        self._tell()

    @property
    def ticked(self) -> set[str]:
        """The uids of what is ticked."""
        return {item.data(0, _UID) for item in self._items() if item.checkState(0) is Qt.CheckState.Checked}

    def _items(self) -> list[QTreeWidgetItem]:
        found = (self.table.topLevelItem(at) for at in range(self.table.topLevelItemCount()))
        return [item for item in found if item is not None]

    def _tick_all(self) -> None:
        for item in self._items():
            item.setCheckState(0, Qt.CheckState.Checked)

    def _tell(self) -> None:
        count = len(self.ticked)
        self.remove.setText(f"Remove {count:,} for good…" if count else "Remove for good…")
        why = self._session.why_not or "Tick what is to be removed."
        self.remove.allow(allowed=bool(count) and not self._session.read_only, why=why)
        self.tick_all.setEnabled(bool(self._items()))

    def _remove(self) -> None:
        """Find out what would be removed, to be shown before anything is."""
        if self._session.tasks:
            self._show("bad", "Work is still running; wait until it has ended, then remove what is ticked.")
            return
        desk, ticked, on = self._session.desk, self.ticked, self._on
        self._session.run(
            "Looking at what would be removed", lambda _: plan_removal(desk, ticked, on), self._ask, self._failed
        )

    def _ask(self, plan: Removal) -> None:
        """Show what would be removed, and do it if the person agrees."""
        first, *more = plan.words()
        if agreed(self, "Remove for good", first, "\n".join([*more, *_folders(plan.backups)]), "Remove for good"):
            desk = self._session.desk
            self._session.run(
                f"Removing {plan.what}", lambda _: remove(desk, plan), lambda _: self._removed(plan), self._failed
            )

    def _removed(self, plan: Removal) -> None:
        self.read(self._on)
        self._show("good", f"{plan.what} removed for good.", "The history keeps that, and no more.")

    def _failed(self, sentence: str) -> None:
        self._show("bad", sentence)

    def _show(self, tone: str, sentence: str, more: str = "") -> None:
        self.outcome.say(tone, sentence, more)
        self.outcome.show()
        self.said.emit(sentence)


def _folders(backups: Iterable[Path]) -> list[str]:
    """Return where backups lie, as a last word."""
    folders = sorted({str(path.parent) for path in backups})
    return [f"They are in {' and in '.join(folders)}."] if folders else []


def _item(found: PastKeeping) -> QTreeWidgetItem:
    kind = DEFINITIONS[found.kind].label
    item = QTreeWidgetItem([found.title, kind, date_text(found.keep_until), found.why])
    item.setCheckState(0, Qt.CheckState.Unchecked)
    item.setData(0, _UID, found.uid)
    item.setToolTip(0, found.title)
    return item
