"""What tests may ask of time and memory: work of the processors, which a busy machine neither lengthens nor hides."""

import os
import resource
from collections.abc import Iterator
from contextlib import contextmanager


def worked() -> float:
    """Return the seconds that the processors have worked for this process and for those it started that have ended."""
    times = os.times()
    return times.user + times.system + times.children_user + times.children_system


def largest_child() -> int:
    """Return how many megabytes the largest process held that was started from here and has ended."""
    return resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss // 1024


@contextmanager
def children_below(megabytes: int) -> Iterator[None]:
    """Fail if a process started meanwhile holds more than so much, and than any started before, such as an office's."""
    before = largest_child()
    yield
    assert largest_child() <= max(megabytes, before)
