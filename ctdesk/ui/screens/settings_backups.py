"""The backups: where they are, which there are, making one, and bringing one back."""

from datetime import datetime
from pathlib import Path

from PySide6.QtCore import Qt, QUrl, Signal
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QTreeWidgetItem, QVBoxLayout, QWidget

from ctdesk.domain.errors import DeskError
from ctdesk.services.upkeep import (
    Backup,
    HeldBy,
    back_up,
    backups_folder,
    held_by,
    kept_backups,
    restore_open,
    second_place_problem,
)
from ctdesk.ui.grid.asking import agreed
from ctdesk.ui.session import Session
from ctdesk.ui.theme import size
from ctdesk.ui.widgets import Banner, ElidedLabel, FlowLayout, button, label, plain_table

_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
_BACKUP = Qt.ItemDataRole.UserRole


class BackupsPage(QWidget):
    """The newest backup first, each with its day, size and reason."""

    said = Signal(str)

    def __init__(self, session: Session) -> None:
        """Make the page, empty."""
        super().__init__()
        self.setAccessibleName("Backups")
        self._session = session
        self.folder = ElidedLabel("", tone="2")
        self.outcome = Banner("good", "", dismissible=True)
        self.outcome.hide()
        self.table = plain_table(
            "Backups of this workspace",
            ("Made", "Size", "Holds", "Last change in it", "Kept because"),
            (210, 80, 330, 330),
        )
        self.table.headerItem().setTextAlignment(1, _RIGHT)
        self._held: dict[Backup, HeldBy] = {}
        self.table.currentItemChanged.connect(lambda *_: self._tell())
        self.make = button("Back up now", icon="backup")
        self.elsewhere = button("Back up to another folder…")
        self.open_folder = button("Open the folder", icon="folder")
        self.restore = button("Bring back…", kind="harm")
        self.make.clicked.connect(lambda: self._make(None))
        self.elsewhere.clicked.connect(self._make_elsewhere)
        self.open_folder.clicked.connect(self._open_folder)
        self.restore.clicked.connect(self._restore)
        self._lay_out()
        self._tell()

    def _lay_out(self) -> None:
        where = QHBoxLayout()
        where.setSpacing(size(8))
        where.addWidget(label("Kept in", "medium"))
        where.addWidget(self.folder, 1)
        bar = QWidget()
        flow = FlowLayout(bar, gap=size(8))
        for control in (self.make, self.elsewhere, self.open_folder, self.restore):
            flow.addWidget(control)
        hint = label(
            "A backup is made by itself before every applied return and every undo, and when a changed workspace is "
            "closed. Each is checked before it counts. How many are kept, and a second place for them, stand on the "
            "page Team.",
            "help",
            tone="3",
            wrap=True,
        )
        layout = QVBoxLayout(self)
        layout.setContentsMargins(size(16), 0, size(16), size(16))
        layout.setSpacing(size(8))
        layout.addLayout(where)
        layout.addWidget(self.outcome)
        layout.addWidget(self.table, 1)
        layout.addWidget(bar)
        layout.addWidget(hint)

    def read(self) -> None:
        """List the backups again."""
        self.folder.setText(str(backups_folder(self._session.desk)))
        self.table.clear()
        # A backup never alters, so that each is looked into once.
        self._held = {it: self._held.get(it) or held_by(it) for it in kept_backups(self._session.desk)}
        for backup, held in self._held.items():
            self.table.addTopLevelItem(_item(backup, held))
        first = self.table.topLevelItem(0)
        if first is not None:
            self.table.setCurrentItem(first)
        if problem := second_place_problem(self._session.desk):
            self.outcome.say("warn", problem)
            self.outcome.show()
        self._tell()

    @property
    def chosen(self) -> Backup | None:
        """The backup chosen in the table."""
        item = self.table.currentItem()
        found = item.data(0, _BACKUP) if item is not None else None
        return found if isinstance(found, Backup) else None

    def _tell(self) -> None:
        why = self._session.why_not or "No backup is chosen."
        self.restore.allow(allowed=self.chosen is not None and not self._session.read_only, why=why)
        self.open_folder.allow(allowed=backups_folder(self._session.desk).is_dir(), why="There is no backup yet.")

    def _make(self, folder: Path | None) -> None:
        self._session.run("Making a backup", lambda _: back_up(self._session.desk, folder), self._made, self._failed)

    def _made(self, path: Path) -> None:
        self.read()
        self._show("good", f"A checked copy is kept as {path.name}.", f"It is in {path.parent}.")

    def _make_elsewhere(self) -> None:
        folder = QFileDialog.getExistingDirectory(self, "Folder for the backup", str(Path.home()))
        if folder:
            self._make(Path(folder))

    def _open_folder(self) -> None:
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(backups_folder(self._session.desk))))

    def _restore(self) -> None:
        """Bring the chosen backup back, once the person knows what that means."""
        backup = self.chosen
        if backup is None or self._session.read_only:
            return
        if self._session.tasks:
            self._failed("Work is still running; wait until it has ended, then bring the backup back.")
            return
        made = _when(backup.made)
        held = self._held[backup]
        sentence = f"Put the workspace back to {made}?"
        more = (
            f"It holds {held.counts}. Its last change is {held.last}.\n\n"
            "Everything done since then leaves the workspace. As it is now, it is first set aside beside the backups."
        )
        if agreed(self, "Bring a backup back", sentence, more, "Bring it back"):
            self._bring_back(backup)

    def _bring_back(self, backup: Backup) -> None:
        try:
            aside = restore_open(self._session.desk, backup.path)
        except DeskError as fault:
            self._failed(str(fault))
            return
        self.read()
        kept = f"What was there before is kept as {aside.name}." if aside else ""
        self._show("good", f"The workspace is as it was on {_when(backup.made)}.", kept)

    def _failed(self, sentence: str) -> None:
        self._show("bad", sentence)

    def _show(self, tone: str, sentence: str, more: str = "") -> None:
        self.outcome.say(tone, sentence, more)
        self.outcome.show()
        self.said.emit(sentence)


def _item(backup: Backup, held: HeldBy) -> QTreeWidgetItem:
    why = f"before {backup.why}" if backup.why else ""
    last = f"{held.when.astimezone():%d/%m/%Y %H:%M}, {held.last}" if held.when else ""
    item = QTreeWidgetItem([_when(backup.made), _size(backup.bytes), held.counts, last, why])
    item.setTextAlignment(1, _RIGHT)
    for column, words in ((2, held.counts), (3, last)):
        item.setToolTip(column, words)
    item.setToolTip(0, backup.path.name)
    item.setData(0, _BACKUP, backup)
    return item


def _when(moment: datetime) -> str:
    return f"{moment.astimezone():%A %d/%m/%Y %H:%M:%S}"


def _size(count: int) -> str:
    return f"{count / 1_000_000:,.1f} MB" if count >= 100_000 else f"{count / 1000:,.0f} kB"
