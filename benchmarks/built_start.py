"""How long the built program takes to its window, beside the same program started from its source.

Run: python3 dev.py build, then python benchmarks/built_start.py [activities]
"""

import os
import subprocess
import sys
import tempfile
from pathlib import Path

from benchmarks._measure import Limit, print_limits
from benchmarks.starting import FIGURES, HERE, MAKE, Start, medians, settings_of, start

MOST = 1.3
"""What the built program may take, with the start from source as 1."""
TURNS = 15
"""How often both are started: a third of a second to the first paint is a short time to compare."""
MOST_MB = 200
"""What the built program may weigh unpacked."""
BUILT = HERE / "dist" / "ctdesk" / ("ctdesk.exe" if os.name == "nt" else "ctdesk")


def measure(activities: int) -> tuple[Start, Start]:
    """Return the medians of the source's start and of the built program's, started by turns."""
    with tempfile.TemporaryDirectory() as folder:
        path, settings = Path(folder) / "borough.ctdesk", settings_of(Path(folder))
        subprocess.run([sys.executable, "-c", MAKE, str(path), str(activities)], cwd=HERE, check=True)
        programs = ([sys.executable, "-m", "ctdesk"], [str(BUILT)])
        asked = [str(path), "--time-start"]
        # The first turn is not counted: it leaves the compiled modules behind, as an installation does.
        turns = [[start([*program, *asked], settings) for program in programs] for _ in range(TURNS + 1)][1:]
    source, built = zip(*turns, strict=True)
    return medians(source), medians(built)


def print_table(activities: int, source: Start, built: Start) -> int:
    """Print both and the ratio of their times; return 1 if the built program takes too long, else 0."""
    heading = f"start of the built program, {activities:,} activities"
    print(f"{heading:<46} {'painted ms':>10} {'usable ms':>10} {'held MB':>8}")
    for name, figures in {"from source": source, "built": built}.items():
        print(f"{name:<46} {figures[FIGURES[0]]:10.0f} {figures[FIGURES[1]]:10.0f} {figures[FIGURES[2]]:8.0f}")
    limits = [
        Limit(what, built[name] / source[name], MOST, "started from source")
        for what, name in zip(("time to the first paint", "time to Home usable"), FIGURES, strict=False)
    ]
    size = sum(path.lstat().st_size for path in BUILT.parent.rglob("*") if not path.is_dir()) / 1e6
    return print_limits([*limits, Limit("size unpacked, MB", size, MOST_MB)])


if __name__ == "__main__":
    if not BUILT.is_file():
        print("The start of the built program was not measured: nothing is built here; run python3 dev.py build first.")
        sys.exit(0)
    wanted = int(sys.argv[1]) if sys.argv[1:] else 10_000
    sys.exit(print_table(wanted, *measure(wanted)))
