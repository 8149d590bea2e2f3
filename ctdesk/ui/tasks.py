"""Long work off the window's thread, with progress and Cancel; its outcome comes back on the window's thread."""

import logging
from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QObject, QRunnable, QThreadPool, Signal

from ctdesk.domain.cancelling import Cancelled, Cancelling
from ctdesk.domain.errors import DeskError

_LEAST_THREADS = 4


class Progress(Cancelling):
    """What a job tells of itself and asks: how far it is, and whether it should stop."""

    def __init__(self, told: Callable[[int, int], None] = lambda _done, _of: None) -> None:
        """Call *told* with how much is done of how much."""
        super().__init__()
        self._told = told

    def step(self, done: int, of: int) -> None:
        """Say how far the job is; raises Cancelled if it should stop."""
        self.next_step()
        self._told(done, of)


class Task(QObject):
    """One piece of work under way: its title, how far it is, and the end it comes to."""

    moved = Signal(int, int)
    done = Signal(object)
    failed = Signal(str)
    stopped = Signal()
    ended = Signal()

    def __init__(self, title: str, job: Callable[[Progress], Any], *, by_the_way: bool = False) -> None:
        """Take the work; it begins when the task is started. What nobody asked for is done `by_the_way`."""
        super().__init__()
        self.title, self.by_the_way = title, by_the_way
        self.is_over = False
        self.progress = Progress(self.moved.emit)
        self._job = job

    def start(self) -> None:
        """Begin the work on a thread of the pool."""
        pool = QThreadPool.globalInstance()
        # Else, on a small computer, one long print would hold up everything else.
        pool.setMaxThreadCount(max(_LEAST_THREADS, pool.maxThreadCount()))
        pool.start(_Work(self))

    def cancel(self) -> None:
        """Ask the work to stop; a file that is being read is let go at once."""
        self.progress.cancel()

    def work(self) -> None:
        """Do the work, on whatever thread this is called, and say how it ended."""
        try:
            with self.progress.in_force():
                outcome = self._job(self.progress)
            self.done.emit(outcome)
        except Cancelled:
            self.stopped.emit()
        except DeskError as fault:
            self.failed.emit(str(fault))
        except Exception:
            self.failed.emit(self._note_fault())
        finally:
            self.is_over = True
            self.ended.emit()

    def let_go(self) -> None:
        """Forget whom its end was told to: those that hold the task would else hold one another for ever."""
        for signal in (self.done, self.failed, self.stopped):
            signal.disconnect()

    def _note_fault(self) -> str:
        """Put the fault being handled into the log, and return the sentence that says so."""
        from ctdesk.services.log import log_file

        path = log_file()
        # Its title may name a file or a record, and the log names nothing.
        logging.getLogger("ctdesk").exception("A fault of the program in the background")
        return f"{self.title} was not completed, and the fault is the program's own. The details are in {path}."


class _Work(QRunnable):
    def __init__(self, task: Task) -> None:
        super().__init__()
        self._task = task

    def run(self) -> None:
        self._task.work()
