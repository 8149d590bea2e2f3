"""Lists and the search over everything, keystroke by keystroke, beside bare sqlite3 asked the same question.

A keystroke in the filter is a new view counted, with totals, and its first 60 rows. Text is typed letter by letter.

Run: python benchmarks/lists.py [activities ...]
"""

import sqlite3
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Sequence
from contextlib import closing
from dataclasses import replace
from pathlib import Path

from benchmarks._many import make
from benchmarks._measure import Limit, print_limits
from ctdesk.db.workspace import Workspace
from ctdesk.services.desk import Desk
from ctdesk.services.finding_records import find
from ctdesk.services.known_words import known_words
from ctdesk.services.lists import Filter, RecordList, Sort, View, standard_view

ROWS, TURNS = 60, 3
TYPED = ("short breaks", "family support", "mentoring", "london borough", "A00123", "bak", "young carers therapy")
SLIPS = ("shrot breaks", "montoring", "familly suport", "advocasy", "respote")
SORTED = ("title", "agency", "annual_value", "end", "tier", "state")
KEYSTROKE_LIMIT, SORT_LIMIT, FIND_LIMIT = 100, 300, 100
"""Milliseconds at the 95th percentile."""

_COUNTED = "SELECT count(*), sum(annual_value) FROM activity WHERE uid IN (SELECT uid FROM search_entry WHERE id IN (SELECT rowid FROM search_index WHERE search_index MATCH ?))"  # noqa: E501 - one question
_FIRST = "SELECT * FROM activity WHERE uid IN (SELECT uid FROM search_entry WHERE id IN (SELECT rowid FROM search_index WHERE search_index MATCH ?)) ORDER BY reference LIMIT 60"  # noqa: E501 - one question
_BEST = (
    "SELECT rowid, title FROM search_index WHERE search_index MATCH ? ORDER BY bm25(search_index, 10.0, 1.0) LIMIT 12"
)


def keystrokes(texts: Iterable[str]) -> list[str]:
    """Return what stands in the field after each letter of each text."""
    return [text[:length] for text in texts for length in range(1, len(text) + 1)]


def milliseconds(work: Callable[[], object]) -> float:
    """Return how long a piece of work takes."""
    begun = time.perf_counter()
    work()
    return (time.perf_counter() - begun) * 1000


def show(desk: Desk, view: View) -> None:
    """Do what a list does when its view changes."""
    opened = RecordList(desk, view)
    _ = opened.counted, opened.rows(0, ROWS)


def each(work: Callable[[str], object], questions: Sequence[str]) -> list[float]:
    """Return the milliseconds of each question, asked some times over."""
    return [milliseconds(lambda question=question: work(question)) for _ in range(TURNS) for question in questions]  # type: ignore[misc]  # bound now


def as_fts(text: str) -> str:
    """Return words as the full-text index wants them."""
    return " AND ".join(f'"{word}"*' for word in text.split())


def measure(path: Path) -> dict[str, tuple[list[float], list[float], int | None]]:
    """Return the times of every question, of the program and of bare sqlite3, with the limit at the 95th percentile."""
    typed = [text for text in keystrokes(TYPED) if not text.endswith(" ")]
    with Workspace.open(path, read_only=False) as workspace:
        desk, view = Desk(workspace, "benchmark"), standard_view("activity")
        opening = [milliseconds(lambda: show(desk, view))]
        warming = [milliseconds(RecordList(desk, view).warm)]
        learning = [milliseconds(lambda: known_words(desk.workspace))]
        asked = Filter("tier", "any of", ("universal", "targeted"))
        facets = ("tier", "agency", "funding_source", "state", "end", "client_groups")
        grouped = RecordList(desk, replace(view, text="short", group="agency"))
        ours = {
            "keystroke in the filter": each(lambda text: show(desk, replace(view, text=text)), typed),
            "keystroke under a filter": each(
                lambda text: show(desk, replace(view, text=text, filters=(asked,))), typed
            ),
            "sort by a column": each(lambda name: show(desk, replace(view, sort=(Sort(name),))), SORTED),
            "sort by three columns": each(
                lambda name: show(desk, replace(view, sort=(Sort("tier"), Sort(name), Sort("title", descending=True)))),
                SORTED,
            ),
            "six facets": each(lambda text: RecordList(desk, replace(view, text=text)).facets(facets), ["", "short"]),
            "groups with subtotals": each(lambda _: grouped.groups(), [""]),
            "keystroke in the palette": each(lambda text: find(desk, text), typed),
            "slip in the palette": each(lambda text: find(desk, text), SLIPS),
        }
        workspace.changed = False
    bare = measure_bare(path, typed)
    limits = {
        "keystroke in the filter": KEYSTROKE_LIMIT,
        "keystroke under a filter": KEYSTROKE_LIMIT,
        "sort by a column": SORT_LIMIT,
        "keystroke in the palette": FIND_LIMIT,
        "slip in the palette": FIND_LIMIT,
    }
    once = {"open the list": opening, "read ahead (in the background)": warming, "learn words (same)": learning}
    return {name: (times, bare.get(name, []), limits.get(name)) for name, times in (once | ours).items()}


def measure_bare(path: Path, typed: Sequence[str]) -> dict[str, list[float]]:
    """Return the times of bare sqlite3 for the same questions, without labels, slips or marks."""
    with closing(sqlite3.connect(path)) as raw:
        raw.execute("PRAGMA cache_size = -32000")

        def counted(text: str) -> None:
            raw.execute(_COUNTED, (as_fts(text),)).fetchall()
            raw.execute(_FIRST, (as_fts(text),)).fetchall()

        def in_order(name: str) -> None:
            column = '"end"' if name in {"end", "state"} else name
            raw.execute(f"SELECT * FROM activity ORDER BY {column} COLLATE NOCASE LIMIT {ROWS}").fetchall()  # noqa: S608 - our own names

        def opened(_: str) -> None:
            raw.execute("SELECT count(*), sum(annual_value) FROM activity").fetchall()
            in_order("reference")

        return {
            "open the list": each(opened, [""])[:1],
            "keystroke in the filter": each(counted, typed),
            "sort by a column": each(in_order, SORTED),
            "keystroke in the palette": each(lambda text: raw.execute(_BEST, (as_fts(text),)).fetchall(), typed),
        }


def percentile(times: Sequence[float], hundredth: int) -> float:
    """Return the time within which so many of a hundred answers came."""
    return sorted(times)[min(len(times) * hundredth // 100, len(times) - 1)]


def print_table(activities: int, measured: dict[str, tuple[list[float], list[float], int | None]]) -> int:
    """Print the percentiles and the limits; 1 if one is passed, else 0."""
    heading = f"{activities:,} activities, milliseconds"
    print(f"\n{heading:<34}{'asked':>6}{'50%':>8}{'95%':>8}{'sqlite3 50%':>13}{'95%':>8}")
    limits = []
    for name, (ours, bare, limit) in measured.items():
        beside = f"{percentile(bare, 50):>13.0f}{percentile(bare, 95):>8.0f}" if bare else ""
        print(f"{name:<34}{len(ours):>6}{percentile(ours, 50):>8.0f}{percentile(ours, 95):>8.0f}{beside}")
        if limit is not None:
            peer = f"bare sqlite3: {percentile(bare, 95):.0f} ms" if bare else "none"
            limits.append(Limit(f"{name}, {activities:,}, ms at 95%", percentile(ours, 95), limit, peer))
    return print_limits(limits)


def main(sizes: Sequence[int]) -> int:
    """Measure with each number of activities; 1 if a limit is passed, else 0."""
    passed = 0
    for activities in sizes:
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "borough.ctdesk"
            make(path, activities)
            passed += print_table(activities, measure(path))
    return int(passed > 0)


if __name__ == "__main__":
    sys.exit(main([int(it) for it in sys.argv[1:]] or [10_000, 100_000]))
