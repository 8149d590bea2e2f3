"""One open workspace in the window: its desk, its changes told to every screen, its running work."""

from collections.abc import Callable, Iterable
from typing import TypeVar

from PySide6.QtCore import QObject, Qt, Signal

from ctdesk.services.desk import Desk
from ctdesk.ui.memory import Memory
from ctdesk.ui.tasks import Progress, Task

_T = TypeVar("_T")


class Session(QObject):
    """What every screen works with. `changed` names the kinds of record a change set altered."""

    changed = Signal(object)
    started = Signal(object)
    said = Signal(str)

    def __init__(self, desk: Desk) -> None:
        """Open the session on a desk."""
        super().__init__()
        self.desk = desk
        self.memory = Memory(desk.workspace.path)
        self.tasks: list[Task] = []
        desk.listeners.append(self._altered)

    @property
    def read_only(self) -> bool:
        """Whether nothing may be altered."""
        return self.desk.workspace.read_only

    def _altered(self, kinds: Iterable[str]) -> None:
        """Tell the screens; from whatever thread, they hear it on the window's."""
        self.changed.emit(frozenset(kinds))

    def run(
        self,
        title: str,
        job: Callable[[Progress], _T],
        done: Callable[[_T], None],
        failed: Callable[[str], None] | None = None,
    ) -> Task:
        """Do a job on another thread; *done* or *failed* is called on the window's thread at its end.

        Being cancelled counts as having failed, in a sentence that says so.
        """
        task = Task(title, job)
        queued = Qt.ConnectionType.QueuedConnection
        told = failed or self.said.emit
        task.done.connect(done, queued)
        task.failed.connect(told, queued)
        task.stopped.connect(lambda: told(f"{title} was cancelled."), queued)
        task.ended.connect(lambda: self._forget(task), queued)
        self.tasks.append(task)
        self.started.emit(task)
        task.start()
        return task

    def _forget(self, task: Task) -> None:
        if task in self.tasks:
            self.tasks.remove(task)

    def close(self) -> None:
        """Let running work end, and close the workspace."""
        from PySide6.QtCore import QThreadPool

        for task in self.tasks:
            task.cancel()
            # Nobody is left to be told how it ended.
            task.blockSignals(True)  # noqa: FBT003 - Qt's signature
        QThreadPool.globalInstance().waitForDone()
        self.tasks.clear()
        self.desk.listeners.remove(self._altered)
        self.desk.workspace.close()
