"""The bar at the foot: the file, whether all is saved, the last backup, who holds it, and work under way."""

from datetime import datetime

from PySide6.QtCore import QEvent, Qt, QTimer
from PySide6.QtWidgets import QHBoxLayout, QLabel, QProgressBar, QWidget

from ctdesk.domain import clock
from ctdesk.services.upkeep import last_backup
from ctdesk.ui.session import Session
from ctdesk.ui.tasks import Task
from ctdesk.ui.theme import icon, size
from ctdesk.ui.widgets import ElidedLabel, button, label

_PATIENCE = 400
"""Milliseconds a job may take before the bar speaks of it."""


class StatusLine(QWidget):
    """Says how things stand, quietly."""

    def __init__(self, session: Session) -> None:
        """Make the bar of a session."""
        super().__init__()
        self.setProperty("part", "status")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._session = session
        self._task: Task | None = None
        self._timer = QTimer(self, singleShot=True, interval=_PATIENCE)
        self._timer.timeout.connect(self._show_work)
        self._said = QTimer(self, singleShot=True, interval=8000)
        self._said.timeout.connect(self._say_nothing)
        self._make()
        session.started.connect(self._on_started)
        session.changed.connect(self._on_changed)
        self.refresh()
        if session.asked:
            self._on_started(session.asked[-1])

    def _make(self) -> None:
        layout = QHBoxLayout(self)
        layout.setContentsMargins(size(12), size(2), size(12), size(2))
        layout.setSpacing(size(16))
        path = self._session.desk.workspace.path
        self._parts: list[QWidget] = []
        self._file = self._part(layout, "file", path.name)
        self._file.setToolTip(str(path))
        self._saved = self._part(layout, "tick", "")
        self._backup = self._part(layout, "backup", "")
        self._lock = self._part(layout, "lock", "")
        layout.addStretch(1)
        self._work = ElidedLabel("", "help", tone="2")
        self._bar = QProgressBar(textVisible=False)
        self._bar.setFixedSize(size(120), size(8))
        self._bar.setAccessibleName("Progress of the work under way")
        self._cancel = button("Cancel", kind="quiet", small=True)
        self._cancel.setAccessibleName("Cancel the work under way")
        self._cancel.clicked.connect(self._cancel_task)
        for widget in (self._work, self._bar, self._cancel):
            layout.addWidget(widget)
            widget.hide()

    def _part(self, layout: QHBoxLayout, symbol: str, words: str) -> QLabel:
        mark, said = QLabel(), label(words, "help", tone="2")
        mark.setPixmap(icon(symbol, tone="text3").pixmap(size(13), size(13)))
        part = QWidget()
        inner = QHBoxLayout(part)
        inner.setContentsMargins(0, 0, 0, 0)
        inner.setSpacing(size(6))
        inner.addWidget(mark)
        inner.addWidget(said)
        layout.addWidget(part)
        self._parts.append(part)
        return said

    def event(self, event: QEvent) -> bool:
        """Fit the parts into the width whenever it, or what is said, changes."""
        if event.type() in {QEvent.Type.Resize, QEvent.Type.LayoutRequest}:
            self._fit()
        return super().event(event)

    def _fit(self) -> None:
        """Leave out who has the file open, then the backup, then what is saved, where a sentence needs the room."""
        gap = size(16)
        now = [it for it in (self._work, self._bar, self._cancel) if not it.isHidden()]
        room = self.width() - 2 * size(12) - sum(it.sizeHint().width() + gap for it in now)
        for part in self._parts:
            room -= part.sizeHint().width() + gap
            part.setVisible(room >= 0 or part is self._parts[0])

    def _on_changed(self, _kinds: object) -> None:
        self.refresh()

    def refresh(self) -> None:
        """Say how the file stands now."""
        desk = self._session.desk
        self._saved.setText("Open to read only" if self._session.read_only else "All changes saved")
        made = last_backup(desk)
        self._backup.setText(f"Last backup {_when(made)}" if made else "No backup yet")
        self._lock.setText("Nobody is kept out" if self._session.read_only else f"Open by {desk.who}")

    def say(self, words: str) -> None:
        """Say one sentence for a while."""
        self._work.setText(words)
        self._work.show()
        self._said.start()

    def _say_nothing(self) -> None:
        if self._task is None:
            self._work.hide()

    def _cancel_task(self) -> None:
        if self._task is not None:
            self._task.cancel()

    def _on_started(self, task: Task) -> None:
        self._task = task
        task.moved.connect(self._on_moved, Qt.ConnectionType.QueuedConnection)
        task.ended.connect(self._on_ended, Qt.ConnectionType.QueuedConnection)
        self._bar.setRange(0, 0)
        self._timer.start()

    def _show_work(self) -> None:
        if self._task is not None:
            self._work.setText(self._title())
            for widget in (self._work, self._bar, self._cancel):
                widget.show()

    def _title(self) -> str:
        """Return what is being done, and how much else."""
        others = len(self._session.asked) - 1
        title = self._task.title if self._task is not None else ""
        return f"{title} (and {others} more)" if others > 0 else title

    def _on_moved(self, done: int, of: int) -> None:
        if self.sender() is not self._task:
            return
        self._bar.setRange(0, of)
        self._bar.setValue(done)
        if self._task is not None:
            self._work.setText(f"{self._title()}: {done} of {of}")

    def _on_ended(self) -> None:
        self._timer.stop()
        asked = self._session.asked
        self._task = asked[-1] if asked else None
        if self._task is not None:
            self._bar.setRange(0, 0)
            self._timer.start()
        else:
            for widget in (self._bar, self._cancel):
                widget.hide()
            if not self._said.isActive():
                self._work.hide()


def _when(moment: datetime) -> str:
    local = moment.astimezone()
    return f"today {local:%H:%M}" if local.date() == clock.today() else f"{local:%d/%m/%Y %H:%M}"
