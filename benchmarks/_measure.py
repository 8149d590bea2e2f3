"""How the benchmarks measure: jobs take turns, medians are compared, and memory is the peak of one process."""

import os
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Spent:
    """What one run took: seconds, and the peak of its largest process in MB (0 where the system does not tell)."""

    seconds: float
    megabytes: int = 0


Job = Callable[[], Spent]
"""One run of something to be measured."""


def timed(work: Callable[[], object]) -> Spent:
    """Do a piece of work in this process and return how long it took."""
    begun = time.perf_counter()
    work()
    return Spent(time.perf_counter() - begun)


def whole_process(arguments: Sequence[str], statuses: Sequence[int] = (0,)) -> Spent:
    """Run a Python program from its start to its end; RuntimeError if its exit status is not among these.

    A process begins with the peak of the one that starts it, so a benchmark that asks for memory must itself stay
    small: it prepares its files in a process of their own and imports nothing large.
    """
    begun = time.perf_counter()
    process = subprocess.Popen([sys.executable, *arguments], stdout=subprocess.DEVNULL)
    megabytes = _wait(process)
    seconds = time.perf_counter() - begun
    if process.returncode not in statuses:
        raise RuntimeError(f"{' '.join(arguments)[:200]} ended with status {process.returncode}.")
    return Spent(seconds, megabytes)


def _wait(process: subprocess.Popen[bytes]) -> int:
    """Wait for a process and return its peak or that of the children it waited for, whichever is larger."""
    if sys.platform == "win32":
        process.wait()
        return 0
    _, status, used = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    return used.ru_maxrss // (1_048_576 if sys.platform == "darwin" else 1024)


def in_turn(jobs: Mapping[str, Job], runs: int) -> dict[str, Spent]:
    """Run all jobs by turns, so that a busy moment hits them alike; return median seconds and the highest peaks."""
    taken: dict[str, list[Spent]] = {name: [] for name in jobs}
    for _ in range(runs):
        for name, job in jobs.items():
            taken[name].append(job())
    return {
        name: Spent(statistics.median(one.seconds for one in many), max(one.megabytes for one in many))
        for name, many in taken.items()
    }


@dataclass(frozen=True, slots=True)
class Limit:
    """What is asked of one figure, and whether it was kept."""

    what: str
    figure: float
    most: float

    @property
    def kept(self) -> bool:
        """Whether the figure is within its limit."""
        return self.figure <= self.most


def print_table(title: str, spent: Mapping[str, Spent], peer: str, limits: Sequence[Limit] = ()) -> int:
    """Print medians, their ratios to the peer's and the limits; return 1 if a limit is passed, else 0."""
    memory = any(one.megabytes for one in spent.values())
    print(f"{title:<60} {'seconds':>8} {'ratio':>6}" + (f" {'peak MB':>8}" if memory else ""))
    for name, one in spent.items():
        ratio = one.seconds / spent[peer].seconds
        print(f"{name:<60} {one.seconds:8.2f} {ratio:6.2f}" + (f" {one.megabytes:8}" if memory else ""))
    for limit in limits:
        mark = "" if limit.kept else "  OVER"
        print(f"  {limit.what:<58} {limit.figure:8.2f}   at most {limit.most:g}{mark}")
    return int(not all(limit.kept for limit in limits))
