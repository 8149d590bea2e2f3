"""Work that a person may call off: asked between its steps, and told at once where it waits for something else."""

import threading
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import TypeVar

_Item = TypeVar("_Item")


class Cancelled(Exception):
    """The person asked for the work to stop; nothing was altered by it."""


class Cancelling:
    """One person's wish to stop one piece of work. May be asked from any thread."""

    def __init__(self) -> None:
        """Nothing is to stop yet."""
        self._asked = threading.Event()
        self._went_in = False
        self._lock = threading.Lock()
        self._ends: list[Callable[[], object]] = []

    @property
    def cancelled(self) -> bool:
        """Whether the work has been asked to stop."""
        return self._asked.is_set()

    def cancel(self) -> None:
        """Ask the work to stop, and end what it is waiting for."""
        with self._lock:
            self._asked.set()
            for end in self._ends:
                end()

    def heed(self) -> None:
        """Raise Cancelled if the work is to stop, and may: what follows on something that went in belongs to it."""
        if self._asked.is_set() and not self._went_in:
            raise Cancelled

    def went_in(self) -> None:
        """Note that something is in the workspace now: to stop would say that it is not."""
        self._went_in = True

    def next_step(self) -> None:
        """Let the work be called off again before its next piece; raises Cancelled if it is to stop."""
        self._went_in = False
        self.heed()

    @contextmanager
    def ending(self, end: Callable[[], object]) -> Iterator[None]:
        """Have *end* called, on whatever thread, if the work is called off meanwhile; Cancelled if it is already."""
        if self._went_in:
            yield
            return
        with self._lock:
            self.heed()
            self._ends.append(end)
        try:
            yield
        finally:
            with self._lock:
                self._ends.remove(end)

    @contextmanager
    def in_force(self) -> Iterator[None]:
        """Be what `cancelling` returns on this thread, so that no step in between need hand it on."""
        before = _IN_FORCE.set(self)
        try:
            yield
        finally:
            _IN_FORCE.reset(before)


_IN_FORCE: ContextVar[Cancelling | None] = ContextVar("cancelling", default=None)


def cancelling() -> Cancelling:
    """Return what may call off the work of this thread; work that nobody started so is never called off."""
    return _IN_FORCE.get() or Cancelling()


def heeded(items: Iterable[_Item]) -> Iterator[_Item]:
    """Yield the items, and raise Cancelled between two of them once the work of this thread is called off."""
    person = cancelling()
    for item in items:
        person.heed()
        yield item
