"""The service map of 10,000 activities beside a pandas pivot_table of the same question, and its filters on the screen.

Each question is asked in one process of what both hold in memory: ours of the columns the desk keeps, with coverage
and counts, pandas of a DataFrame of the same labels and pence, with totals. Where activities go to several buckets
pandas parts them equally by `explode`, without keeping to whole pence. A filter on the screen is timed from the tick
to the painted map, in the window, with the activities behind the current cell.

Run: python -m benchmarks.service_map [activities] [runs]
"""

import os
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import pandas as pd
from benchmarks._many import make
from benchmarks._measure import Limit, print_limits
from ctdesk.db.workspace import Workspace
from ctdesk.domain.service_map import Measure
from ctdesk.services.desk import Desk
from ctdesk.services.map_data import map_data
from ctdesk.services.service_map import MapView, bucket_labels, service_map

QUESTIONS = (("outcome", "tier"), ("agency", "purpose"), ("area", "age_band"))
PANDAS_LIMIT, SCREEN_LIMIT, GROWTH_LIMIT = 1.0, 150, 12
TIMES = 9


def milliseconds(work: Callable[[], object]) -> float:
    """Return how long a piece of work takes."""
    begun = time.perf_counter()
    work()
    return (time.perf_counter() - begun) * 1000


def in_turn(jobs: Sequence[Callable[[], object]], runs: int) -> list[float]:
    """Return the median milliseconds of the processor of each job, done by turns; the first turn does not count."""
    taken: list[list[float]] = [[] for _ in jobs]
    for turn in range(runs + 1):
        for place, job in enumerate(jobs):
            begun = time.process_time()
            job()
            if turn:
                taken[place].append((time.process_time() - begun) * 1000)
    return [statistics.median(each) for each in taken]


def ours(desk: Desk, rows: str, columns: str) -> None:
    """Work the map out afresh, from the columns alone: nothing that was spread before is used."""
    with map_data(desk) as data:
        data._spreads.clear()  # noqa: SLF001 - what is measured is the first map, not the second
    service_map(desk, MapView(rows, columns))


def frame(desk: Desk, rows: str, columns: str) -> "pd.DataFrame":
    """Return the same activities for pandas: labels, lists of labels where there are several, and pence."""
    with map_data(desk) as data:
        held = {}
        for name in (rows, columns):
            dimension = data.dimension(name)
            labels = [[dimension.buckets[bucket] for bucket, _ in shares] for shares in dimension.shares]
            of_each = [labels[code] for code in dimension.codes]
            held[name] = of_each if any(len(it) > 1 for it in labels) else [it[0] for it in of_each]
        return pd.DataFrame(held | {"money": list(data.amounts(Measure.MONEY))})


def pivot(table: "pd.DataFrame", rows: str, columns: str) -> "pd.DataFrame":
    """Ask pandas the same."""
    for name in (rows, columns):
        if isinstance(table[name].iloc[0], list):
            table = table.assign(money=table["money"] / table[name].str.len()).explode(name)
    return table.pivot_table(index=rows, columns=columns, values="money", aggfunc="sum", fill_value=0, margins=True)


def measure(few: Path, many: Path, runs: int) -> dict[tuple[str, str], list[float]]:
    """Return the milliseconds of each question: ours, those of pandas, and ours of ten times as many activities.

    AssertionError if pandas finds another total.
    """
    found = {}
    with Workspace.open(few) as small, Workspace.open(many) as large:
        desk, big = Desk(small, "benchmark"), Desk(large, "benchmark")
        for rows, columns in QUESTIONS:
            table = frame(desk, rows, columns)
            total = service_map(desk, MapView(rows, columns)).matrix.total
            assert abs(pivot(table, rows, columns).loc["All", "All"] - (total or 0)) < 1
            jobs = (
                partial(ours, desk, rows, columns),
                partial(pivot, table, rows, columns),
                partial(ours, big, rows, columns),
            )
            found[rows, columns] = in_turn(jobs, runs)
        small.changed = large.changed = False
    return found


def on_the_screen(path: Path) -> list[float]:
    """Return the milliseconds from each tick of a filter to the painted map."""
    from ctdesk.ui.places import Place
    from ctdesk.ui.session import Session
    from ctdesk.ui.theme import apply_theme
    from PySide6.QtWidgets import QApplication

    os.environ["CTDESK_CONFIG"] = str(path.parent / "config")
    app = QApplication.instance() or QApplication([])
    assert isinstance(app, QApplication)
    apply_theme(app, "light")
    from ctdesk.ui.frame.window import MainWindow

    window = MainWindow(path.name)
    workspace = Workspace.open(path)
    window.open(Session(Desk(workspace, "benchmark")))
    window.resize(1366, 690)
    window.show()
    window.go(Place("map"))
    app.processEvents()
    page = window.made("map").map  # type: ignore[attr-defined]  # the screen of the map
    times = []
    for name in ("tier", "outcome", "agency", "purpose", "age_band", "client_group"):
        buckets = bucket_labels(page.session.desk, name)
        for bucket in (buckets[0], buckets[0]):  # the first tick reads the column
            page.tick(name, bucket)
        times += [milliseconds(partial(_ticked, app, page, name, bucket)) for bucket in buckets[:TIMES]]
    workspace.changed = False
    window.close()
    window.deleteLater()
    app.processEvents()
    return times


def _ticked(app: object, page: object, name: str, bucket: str) -> None:
    page.tick(name, bucket)  # type: ignore[attr-defined]  # the map's page
    app.processEvents()  # type: ignore[attr-defined]  # paints what has changed


def print_tables(activities: int, asked: dict[tuple[str, str], list[float]], ticks: list[float]) -> int:
    """Print what was measured; 1 if a limit is passed, else 0."""
    limits = []
    print(f"\n{activities:,} activities, ms of the processor   ours  pandas   ratio  ten times as many   times")
    for question, (mine, theirs, many) in asked.items():
        name = " by ".join(question)
        print(f"{name:<38}{mine:>8.1f}{theirs:>8.1f}{mine / theirs:>8.2f}{many:>19.1f}{many / mine:>8.1f}")
        limits.append(Limit(f"time for {name}", mine / theirs, PANDAS_LIMIT, "pandas pivot_table"))
        limits.append(Limit("the same of ten times as many", many / mine, GROWTH_LIMIT, "a tenth of the activities"))
    slow = sorted(ticks)[min(len(ticks) * 95 // 100, len(ticks) - 1)]
    print(f"{len(ticks)} filters on the screen: median {statistics.median(ticks):.0f} ms, 95% within {slow:.0f} ms")
    return print_limits([*limits, Limit("a filter on the screen, ms at 95%", slow, SCREEN_LIMIT)])


def main(activities: int = 10_000, runs: int = 7) -> int:
    """Measure, print the table and return 1 if a limit is passed."""
    with tempfile.TemporaryDirectory() as folder:
        few, many = Path(folder) / "few.ctdesk", Path(folder) / "many.ctdesk"
        make(few, activities)
        make(many, 10 * activities)
        return print_tables(activities, measure(few, many, runs), on_the_screen(few))


if __name__ == "__main__":
    sys.exit(main(*map(int, sys.argv[1:])))
