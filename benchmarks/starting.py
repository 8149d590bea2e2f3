"""How long the window takes from the start of its process, and what it holds, beside a bare window of Qt.

Run: python benchmarks/starting.py [activities]
"""

import json
import os
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from benchmarks._measure import Limit, print_limits

RUNS = 7
PAINT_LIMIT, USABLE_LIMIT, MEMORY_LIMIT = 2, 4, 2.5
"""What the window may take, with the bare window's time to its first paint and its memory as 1."""

HERE = Path(__file__).parents[1]
MAKE = (
    "import sys; from pathlib import Path; from benchmarks._many import make; make(Path(sys.argv[1]), int(sys.argv[2]))"
)
FIGURES = ("first_paint_ms", "usable_ms", "resident_mb")

Start = dict[str, float]
"""Milliseconds to the first paint and until the window can be used, and the MB it holds then; by their names."""


def measure(activities: int) -> tuple[Start, Start]:
    """Return the medians of the bare window and of ours, started by turns."""
    with tempfile.TemporaryDirectory() as folder:
        path, settings = Path(folder) / "borough.ctdesk", settings_of(Path(folder))
        subprocess.run([sys.executable, "-c", MAKE, str(path), str(activities)], cwd=HERE, check=True)
        programs = (
            [sys.executable, str(HERE / "benchmarks" / "_bare_window.py")],
            [sys.executable, "-m", "ctdesk", str(path), "--time-start"],
        )
        # The first turn is not counted: it leaves the compiled modules behind, as an installation does.
        turns = [[start(program, settings) for program in programs] for _ in range(RUNS + 1)][1:]
    bare, ours = zip(*turns, strict=True)
    return medians(bare), medians(ours)


def settings_of(folder: Path) -> dict[str, str]:
    """Return the environment of a person who has nothing remembered; without a screen, on one in memory."""
    settings = {**os.environ, "CTDESK_CONFIG": str(folder / "config"), "PYTHONPYCACHEPREFIX": str(folder / "compiled")}
    settings.pop("PYTHONDONTWRITEBYTECODE", None)
    if sys.platform == "linux" and not (settings.get("DISPLAY") or settings.get("WAYLAND_DISPLAY")):
        settings.setdefault("QT_QPA_PLATFORM", "offscreen")
    return settings


def start(command: Sequence[str], settings: dict[str, str]) -> Start:
    """Run a program that tells how long its window took to start, and return what it told."""
    told = subprocess.run([*command], env=settings, check=True, capture_output=True, text=True).stdout
    figures: Start = json.loads(told.splitlines()[-1])
    return figures


def medians(turns: Sequence[Start]) -> Start:
    """Return the median of each figure over several starts."""
    return {name: statistics.median(turn[name] for turn in turns) for name in FIGURES}


def print_table(activities: int, bare: Start, ours: Start) -> int:
    """Print both, their ratios and the limits; return 1 if a limit is passed, else 0."""
    heading = f"start of the window, {activities:,} activities"
    print(f"{heading:<46} {'painted ms':>10} {'usable ms':>10} {'held MB':>8}")
    for name, start in {"bare window": bare, "ctdesk": ours}.items():
        print(f"{name:<46} {start[FIGURES[0]]:10.0f} {start[FIGURES[1]]:10.0f} {start[FIGURES[2]]:8.0f}")
    limits = [
        Limit(what, ours[name] / bare[name], most, "a bare window, painted")
        for what, name, most in zip(
            ("time to the first paint", "time to Home filled and usable", "memory held then"),
            FIGURES,
            (PAINT_LIMIT, USABLE_LIMIT, MEMORY_LIMIT),
            strict=True,
        )
    ]
    return print_limits(limits)


if __name__ == "__main__":
    wanted = int(sys.argv[1]) if sys.argv[1:] else 10_000
    sys.exit(print_table(wanted, *measure(wanted)))
