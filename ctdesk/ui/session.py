"""One open workspace in the window: its desk, its changes told to every screen, its running work."""

from collections.abc import Callable, Iterable
from typing import TypeVar

from PySide6.QtCore import QObject, Qt, Signal

from ctdesk.services.desk import Desk
from ctdesk.ui.memory import Memory
from ctdesk.ui.tasks import Progress, Task

_T = TypeVar("_T")

READ_ONLY = "This workspace is open to read only."
"""Said beside whatever is off where nothing may be altered."""
_PATIENCE = 3000
"""Milliseconds that work has to end in when the window closes."""


class Session(QObject):
    """What every screen works with. `changed` names the kinds of record a change set altered."""

    changed = Signal(object)
    started = Signal(object)
    said = Signal(str)
    _heard = Signal(object)

    def __init__(self, desk: Desk) -> None:
        """Open the session on a desk."""
        super().__init__()
        self.desk = desk
        self.memory = Memory(desk.workspace.path)
        self.tasks: list[Task] = []
        self._closed = False
        self._heard.connect(self._pass_on)
        desk.listeners.append(self._altered)

    @property
    def read_only(self) -> bool:
        """Whether nothing may be altered."""
        return self.desk.workspace.read_only

    @property
    def why_not(self) -> str:
        """Why nothing may be altered, to be said beside what is off; nothing if it may."""
        return READ_ONLY if self.read_only else ""

    @property
    def asked(self) -> list[Task]:
        """The work under way that somebody asked for."""
        return [task for task in self.tasks if not task.by_the_way]

    def _altered(self, kinds: Iterable[str]) -> None:
        """Tell the screens; from whatever thread, they hear it on the window's."""
        self._heard.emit(frozenset(kinds))

    def _pass_on(self, kinds: frozenset[str]) -> None:
        """Tell of a change, unless the workspace was closed before it was heard of."""
        if not self._closed:
            self.changed.emit(kinds)

    def run(
        self,
        title: str,
        job: Callable[[Progress], _T],
        done: Callable[[_T], None],
        failed: Callable[[str], None] | None = None,
        *,
        by_the_way: bool = False,
    ) -> Task:
        """Do a job on another thread; *done* or *failed* is called on the window's thread at its end.

        Being cancelled counts as having failed, in a sentence that says so. What nobody asked for is done `by_the_way`:
        it is not spoken of, and Cancel is not for it.
        """
        task = Task(title, job, by_the_way=by_the_way)
        queued = Qt.ConnectionType.QueuedConnection
        told = failed or self.said.emit
        task.done.connect(lambda outcome: self._tell(done, outcome), queued)
        task.failed.connect(lambda sentence: self._tell(told, sentence), queued)
        task.stopped.connect(lambda: self._tell(told, f"{title} was cancelled."), queued)
        task.ended.connect(self._forget, queued)
        self.tasks.append(task)
        if not by_the_way:
            self.started.emit(task)
        task.start()
        return task

    def _forget(self) -> None:
        """Let go of a job that has ended."""
        task = self.sender()
        if isinstance(task, Task):
            task.let_go()
            self.tasks = [other for other in self.tasks if other is not task]

    def _tell(self, told: Callable[[_T], None], outcome: _T) -> None:
        """Tell how a job ended, while there is somebody to be told."""
        if not self._closed:
            told(outcome)

    def stop_work(self, patience: int = _PATIENCE) -> list[str]:
        """Ask all work to stop; return the titles of what is still running after so many milliseconds."""
        from PySide6.QtCore import QThreadPool

        for task in self.tasks:
            task.cancel()
        QThreadPool.globalInstance().waitForDone(patience)
        return [task.title for task in self.tasks if not task.is_over]

    def close(self) -> None:
        """Let running work end, and close the workspace.

        Work that does not end keeps the workspace until the program ends; what it has not finished is then undone.
        """
        self._closed = True
        left = self.stop_work()
        self.tasks.clear()
        self.desk.listeners.remove(self._altered)
        if not left:
            self.desk.workspace.close()
