"""The start page: workspaces opened lately, and the ways to begin."""

from pathlib import Path

from PySide6.QtCore import QSize, Qt, QTimer, Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import (
    QFileDialog,
    QHBoxLayout,
    QListWidget,
    QListWidgetItem,
    QMessageBox,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from ctdesk.domain.errors import DeskError
from ctdesk.services.recent import Recent, forget_workspace, recent_workspaces
from ctdesk.ui.screens.start_parts import BigButton, DropHint, RecentDelegate
from ctdesk.ui.theme import icon, size
from ctdesk.ui.widgets import Banner, ElidedLabel, button, clear, label

WORKSPACES = "Workspaces (*.ctdesk)"


class StartPage(QWidget):
    """Opens, makes and restores workspaces. `opened` carries the desk of the one to work in."""

    opened = Signal(object)

    def __init__(self) -> None:
        """Make the page and list the workspaces opened lately."""
        super().__init__()
        self.setWindowTitle("ctdesk")
        self.setAcceptDrops(True)
        # Not scaled with the text: at 200% the page must still fit the smallest screen, and scrolls there.
        self.setMinimumSize(900, 540)
        self.resize(QSize(size(1280), size(680)).boundedTo(self.screen().availableSize()))
        self._notices = QVBoxLayout()
        self.list = QListWidget()
        self._hint = ElidedLabel("Enter opens, Delete takes off the list", "help", tone="3")
        self._drop = DropHint("Drop a workspace here to open it, or a backup to restore it.")
        self._open = BigButton("Open a workspace", "A .ctdesk file", "folder", "Ctrl+O")
        self._new = BigButton("New workspace", "A name and a set of lists", "plus", "Ctrl+N")
        self._left = QScrollArea()
        self._lay_out()
        self._keys()
        self.refresh()

    def _lay_out(self) -> None:
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        left = QWidget()
        left.setProperty("part", "nav")
        left.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        left.setLayout(self._ways_to_begin())
        self._left.setWidget(left)
        self._left.setWidgetResizable(True)
        self._left.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._left.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._right = right = QVBoxLayout()
        right.setContentsMargins(size(24), size(36), size(24), size(24))
        right.setSpacing(size(12))
        head = QHBoxLayout()
        head.addWidget(label("Recent workspaces", "panel title"))
        head.addWidget(self._hint, 1)
        right.addLayout(head)
        self.list.setAccessibleName("Recent workspaces")
        self.list.setItemDelegate(RecentDelegate(self.list))
        self.list.itemActivated.connect(lambda item: self.open(item.data(Qt.ItemDataRole.UserRole).path))
        right.addWidget(self.list, 1)
        right.addLayout(self._notices)
        right.addWidget(self._drop)
        layout.addWidget(self._left)
        layout.addLayout(right, 1)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """Give the ways to begin their width, but never more than half."""
        super().resizeEvent(event)
        self._left.setFixedWidth(min(size(386), self.width() // 2))

    def _ways_to_begin(self) -> QVBoxLayout:
        layout = QVBoxLayout()
        layout.setContentsMargins(size(32), size(36), size(32), size(24))
        layout.setSpacing(size(12))
        layout.addWidget(label("ctdesk", "name"))
        layout.addWidget(
            label(
                "One file on your own drive holds what every partner commissions. No server and no network are needed.",
                "lead",
                tone="2",
                wrap=True,
            )
        )
        layout.addSpacing(size(8))
        restore = BigButton("Restore a backup", "A safety copy is made first", "backup")
        for big, run in ((self._open, self.choose), (self._new, self.new), (restore, self.restore)):
            big.clicked.connect(run)
            layout.addWidget(big)
        layout.addSpacing(size(16))
        layout.addWidget(label("New to ctdesk?", "strong"))
        layout.addWidget(
            label(
                "The demo is a whole invented borough: twelve agencies, some 270 activities, one round under way.",
                "lead",
                tone="2",
                wrap=True,
            )
        )
        row = QHBoxLayout()
        demo = button("Try the demo", kind="plain", icon="chevron-right")
        demo.clicked.connect(self.demo)
        row.addWidget(demo)
        row.addStretch(1)
        layout.addLayout(row)
        layout.addStretch(1)
        return layout

    def _keys(self) -> None:
        for keys, run in (("Ctrl+O", self.choose), ("Ctrl+N", self.new)):
            QShortcut(QKeySequence(keys), self).activated.connect(run)
        delete = QShortcut(QKeySequence(Qt.Key.Key_Delete), self.list)
        delete.setContext(Qt.ShortcutContext.WidgetShortcut)
        delete.activated.connect(self._forget_current)

    def refresh(self) -> None:
        """List the workspaces opened lately; the last one has the focus."""
        self.list.clear()
        for recent in recent_workspaces():
            item = QListWidgetItem(icon("file"), recent.name)
            item.setData(Qt.ItemDataRole.UserRole, recent)
            item.setData(Qt.ItemDataRole.AccessibleTextRole, _spoken(recent))
            item.setToolTip(_spoken(recent))
            self.list.addItem(item)
        any_known = self.list.count() > 0
        self.list.setVisible(any_known)
        self._hint.setVisible(any_known)
        self._right.setStretchFactor(self._drop, int(not any_known))
        self._open.be_main(main=any_known)
        self._new.be_main(main=not any_known)
        if any_known:
            self.list.setCurrentRow(0)
            self.list.setFocus()
        else:
            self._notice(
                "info", "Nothing has been opened here yet.", "Open a workspace, make a new one, or try the demo."
            )

    def _forget_current(self) -> None:
        item = self.list.currentItem()
        if item is not None:
            forget_workspace(item.data(Qt.ItemDataRole.UserRole).path)
            self.refresh()

    def choose(self) -> None:
        """Let the officer choose a workspace, and open it."""
        name, _ = QFileDialog.getOpenFileName(self, "Open a workspace", "", WORKSPACES)
        if name:
            self.open(Path(name))

    def open(self, path: Path) -> None:
        """Open a workspace; if a colleague has it, say who and offer what can be done."""
        from ctdesk.services.opening import InUse, open_desk

        try:
            opened = open_desk(path)
        except DeskError as fault:
            self._notice("bad", str(fault))
            return
        if isinstance(opened, InUse):
            self._offer_other_ways(opened)
        else:
            self.opened.emit(opened)

    def _offer_other_ways(self, held: object) -> None:
        from ctdesk.services.opening import InUse

        assert isinstance(held, InUse)  # noqa: S101 - as open_desk returned it
        read = button("Open to read", kind="plain")
        copy = button("Work on a copy", kind="plain")
        read.clicked.connect(lambda: self._read(held.path))
        copy.clicked.connect(lambda: self._copy(held.path))
        self._notice("warn", held.sentence, "What you alter in a copy stays in the copy.", [read, copy])

    def _read(self, path: Path) -> None:
        from ctdesk.services.opening import open_to_read

        self._try(lambda: self.opened.emit(open_to_read(path)))

    def _copy(self, path: Path) -> None:
        from ctdesk.services.opening import working_copy

        self._try(lambda: self.open(working_copy(path)))

    def _try(self, run: object) -> None:
        try:
            run()  # type: ignore[operator]  # a function without arguments
        except DeskError as fault:
            self._notice("bad", str(fault))

    def new(self) -> None:
        """Ask for a name, a file and the lists of a new workspace, make it and open it."""
        from ctdesk.ui.screens.start_new import NewWorkspace

        dialog = NewWorkspace(self)
        if dialog.exec() and dialog.made is not None:
            self.open(dialog.made)
        dialog.deleteLater()

    def restore(self) -> None:
        """Let the officer choose a backup, and put it in the place of a workspace."""
        backup, _ = QFileDialog.getOpenFileName(self, "Choose a backup", "", WORKSPACES)
        if backup:
            self.restore_backup(Path(backup))

    def restore_backup(self, backup: Path) -> None:
        """Put a backup in the place of a workspace, keeping what is there."""
        from ctdesk.services.upkeep import restore
        from ctdesk.ui.frame.bringing_back import ask_target

        path = ask_target(self, backup)
        if path is None:
            return
        try:
            kept = restore(backup, path)
        except DeskError as fault:
            self._notice("bad", str(fault))
            return
        if kept is not None:
            QMessageBox.information(self, "Restored", f"What was there before is kept in {kept}.")
        self.open(path)

    def demo(self) -> None:
        """Make the demo borough in a folder and open it."""
        from ctdesk.ui.screens.start_demo import make_demo

        folder = QFileDialog.getExistingDirectory(self, "Choose a folder for the demo")
        if folder:
            make_demo(self, Path(folder) / "ctdesk demo", self.open, lambda words: self._notice("bad", words))

    def _notice(self, tone: str, words: str, hint: str = "", buttons: object = ()) -> None:
        """Show one notice under the list, in the place of any before it."""
        clear(self._notices)
        self._notices.addWidget(Banner(tone, words, hint, list(buttons)))  # type: ignore[call-overload]  # buttons

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:  # noqa: N802 - Qt's name
        """Take files."""
        if event.mimeData().hasUrls():
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:  # noqa: N802 - Qt's name
        """Open a dropped workspace or offer to restore a backup; anything else is said to need one open first."""
        paths = [Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()]
        if paths:
            QTimer.singleShot(0, lambda: self.take(paths[0]))

    def take(self, path: Path) -> None:
        """Do what fits with a dropped file."""
        from ctdesk.services.recognising import workspace_or_backup

        try:
            found = workspace_or_backup(path)
        except OSError as fault:
            self._notice("bad", f"{path.name} cannot be read ({fault.strerror}).", "Drop a workspace or a backup.")
            return
        if found is None:
            self._notice("info", "Open a workspace first.", "Then drop returns and registers on its window.")
        elif found.kind == "workspace":
            self.open(path)
        elif found.kind == "backup":
            self._offer_backup(path, found.sentence)
        else:
            self._notice("bad", found.sentence)

    def _offer_backup(self, path: Path, sentence: str) -> None:
        from ctdesk.services.holdings import holdings

        try:
            held = holdings(path).words
        except DeskError as fault:
            self._notice("bad", sentence, str(fault))
            return
        put_back, read = button("Restore it…"), button("Open to read")
        put_back.clicked.connect(lambda: self.restore_backup(path))
        read.clicked.connect(lambda: self._read(path))
        self._notice("info", sentence, held, [put_back, read])


def _spoken(recent: Recent) -> str:
    where = "not found" if recent.missing else f"opened {recent.opened.astimezone():%d/%m/%Y %H:%M}"
    return f"{recent.name}, {recent.path}, {where}"
