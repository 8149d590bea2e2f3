"""How the benchmarks measure: jobs take turns, medians are compared, and memory is the peak of one process."""

import math
import os
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

_COMPILED = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
"""An installed program is compiled once; a variable that keeps Python from it would have every run do so again."""


@dataclass(frozen=True, slots=True)
class Spent:
    """What one run took: seconds, seconds of the processors, and the peak of its largest process in MB.

    The processors' time is what counts on a busy machine: it holds that of child processes that ran beside. It and
    the peak are 0 where the system does not tell.
    """

    seconds: float
    processor: float = 0
    megabytes: int = 0


Job = Callable[[], Spent]
"""One run of something to be measured."""


def timed(work: Callable[[], object]) -> Spent:
    """Do a piece of work in this process and return how long it took."""
    begun, worked = time.perf_counter(), time.process_time()
    work()
    return Spent(time.perf_counter() - begun, time.process_time() - worked)


def whole_process(arguments: Sequence[str], statuses: Sequence[int] = (0,)) -> Spent:
    """Run a Python program from its start to its end; RuntimeError if its exit status is not among these.

    A process begins with the peak of the one that starts it, so a benchmark that asks for memory must itself stay
    small: it prepares its files in a process of their own and imports nothing large.
    """
    begun = time.perf_counter()
    process = subprocess.Popen([sys.executable, *arguments], stdout=subprocess.DEVNULL, env=_COMPILED)
    processor, megabytes = _wait(process)
    seconds = time.perf_counter() - begun
    if process.returncode not in statuses:
        raise RuntimeError(f"{' '.join(arguments)[:200]} ended with status {process.returncode}.")
    return Spent(seconds, processor, megabytes)


def _wait(process: subprocess.Popen[bytes]) -> tuple[float, int]:
    """Wait for a process; return the processor time of it and its children, and the peak of the largest of them."""
    if sys.platform == "win32":
        process.wait()
        return 0, 0
    _, status, used = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    return used.ru_utime + used.ru_stime, used.ru_maxrss // (1_048_576 if sys.platform == "darwin" else 1024)


def in_turn(jobs: Mapping[str, Job], runs: int) -> dict[str, Spent]:
    """Run all jobs by turns, so that a busy moment hits them alike; return median times and the highest peaks.

    The first turn does not count: in it files are compiled and fetched from the disk.
    """
    taken: dict[str, list[Spent]] = {name: [] for name in jobs}
    for turn in range(runs + 1):
        for name, job in jobs.items():
            spent = job()
            if turn:
                taken[name].append(spent)
    return {name: _median(many) for name, many in taken.items()}


def _median(many: Sequence[Spent]) -> Spent:
    return Spent(
        statistics.median(one.seconds for one in many),
        statistics.median(one.processor for one in many),
        max(one.megabytes for one in many),
    )


@dataclass(frozen=True, slots=True)
class Limit:
    """What is asked of one figure, beside which peer it stands, and whether it was kept.

    Nothing is asked of a figure whose limit is without end; it is shown with the others.
    """

    what: str
    figure: float
    most: float = math.inf
    peer: str = "none"

    @property
    def kept(self) -> bool:
        """Whether the figure is within its limit."""
        return self.figure <= self.most


def print_table(title: str, spent: Mapping[str, Spent], peer: str, limits: Sequence[Limit] = ()) -> int:
    """Print medians, their ratios to the peer's and the limits; return 1 if a limit is passed, else 0.

    `cpu s` are seconds of the processors.
    """
    memory = any(one.megabytes for one in spent.values())
    headings = f"{'seconds':>8} {'ratio':>6} {'cpu s':>8} {'ratio':>6}"
    print(f"{title:<60} {headings}" + (f" {'peak MB':>8}" if memory else ""))
    for name, one in spent.items():
        ratios = one.seconds / spent[peer].seconds, one.processor / (spent[peer].processor or 1)
        figures = f"{one.seconds:8.2f} {ratios[0]:6.2f} {one.processor:8.2f} {ratios[1]:6.2f}"
        print(f"{name:<60} {figures}" + (f" {one.megabytes:8}" if memory else ""))
    return print_limits(limits)


def print_limits(limits: Sequence[Limit]) -> int:
    """Print figures with their peers and limits, a line each, as `dev.py bench` reads them; 1 if one is passed."""
    for limit in limits:
        word = "OVER" if not limit.kept else "kept" if limit.most < math.inf else "told"
        print(f"  {limit.what:<46}  {limit.peer:<28}  {limit.figure:9.2f}   at most {limit.most:g}  {word}")
    return int(not all(limit.kept for limit in limits))
