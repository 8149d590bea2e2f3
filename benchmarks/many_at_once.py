"""Work on many records at once, beside the same on a quarter of them; cells painted as states, beside plain cells.

Four times as many may take a little more than four times as long, and more where names that begin alike
are compared; what compares each with each would take sixteen times.

Run: python benchmarks/many_at_once.py
"""

import os
import random
import sys
import tempfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from functools import partial
from pathlib import Path

from benchmarks._measure import Limit, Spent, in_turn, print_table, timed
from ctdesk.domain.changes import Action, created
from ctdesk.services.creating import create_workspace
from ctdesk.services.desk import Desk
from ctdesk.services.many import apply_preview, preview_paste
from ctdesk.services.organisations import likely_duplicates

RUNS, PARTS = 3, 4
MOST_TIMES, MOST_TIMES_ALIKE, MOST_BESIDE_PLAIN = 6, 10, 4
PASTED, NEW, ORGANISATIONS, CELLS = 2_000, 3_000, 3_000, 2_000
_PLACES = [f"{a}{b}" for a in ("Ash", "Bel", "Cor", "Dun", "Elm", "Fen", "Gar", "Hol") for b in ("ton", "ford", "ham")]
_SORTS = ["Primary School", "Youth Project", "Family Centre", "Care Services", "Nursery", "Trust", "Housing"]


@contextmanager
def fresh() -> Iterator[Desk]:
    """Open a new desk with an agency and two providers, and forget it afterwards."""
    with tempfile.TemporaryDirectory() as folder, create_workspace(Path(folder) / "many.ctdesk", name="Many") as made:
        yield begun(Desk(made, "sam"))
        made.changed = False


def begun(desk: Desk) -> Desk:
    """Return a desk with an agency and two providers."""
    names = [{"name": "Alder Council", "is_agency": True}, {"name": "Bridge"}, {"name": "Acorn Play"}]
    desk.apply(Action.EDIT, "Begin", [created("organisation", each) for each in names])
    return desk


def paste(desk: Desk, count: int) -> Spent:
    """Paste four columns into activities that are there."""
    agency = next(iter(desk.load("organisation", name="Alder Council")))
    made = [created("activity", {"title": f"Service {at}", "agency": agency}) for at in range(count)]
    desk.apply(Action.EDIT, "Many", made)
    cells = [[f"£{at + 1}000", "01/04/2025", "Universal", "Acorn Play"] for at in range(count)]
    columns = ["annual_value", "start", "tier", "provider"]
    return timed(lambda: apply_preview(desk, preview_paste(desk, "activity", [it.uid for it in made], columns, cells)))


def paste_new(desk: Desk, count: int) -> Spent:
    """Paste rows that become new activities."""
    rows = [[f"Service {at}", "Alder Council", "Bridge", str(at)] for at in range(count)]
    columns = ["title", "agency", "provider", "annual_value"]
    return timed(lambda: apply_preview(desk, preview_paste(desk, "activity", (), columns, rows, given={})))


def look_alikes(desk: Desk, count: int) -> Spent:
    """Find organisations whose names look alike."""
    chance = random.Random(7)  # noqa: S311 - the same names every time
    names = [f"{chance.choice(_PLACES)} {chance.choice(_PLACES)} {chance.choice(_SORTS)}" for _ in range(count)]
    desk.apply(Action.EDIT, "Many", [created("organisation", {"name": name}) for name in names])
    return timed(lambda: likely_duplicates(desk))


def beside_a_quarter(name: str, job: Callable[[Desk, int], Spent], count: int, most: float = MOST_TIMES) -> int:
    """Measure a job beside a quarter of it and print the table; 1 if it takes too many times as long, else 0."""

    def once(many: int) -> Spent:
        with fresh() as desk:
            return job(desk, many)

    spent = in_turn({f"{name}: {many:,}": partial(once, many) for many in (count // PARTS, count)}, RUNS)
    quarter, whole = spent
    ratio = spent[whole].processor / spent[quarter].processor
    limit = Limit(f"{name}, times as long", ratio, most, f"a quarter of {count:,}")
    return print_table(name, spent, quarter, [limit])


def painting() -> int:
    """Measure cells that show a state beside cells that show its word."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    from ctdesk.ui.theme import apply_theme
    from ctdesk.ui.widgets import StateDelegate
    from PySide6.QtCore import QRect
    from PySide6.QtGui import QPainter, QPixmap, QStandardItem, QStandardItemModel
    from PySide6.QtWidgets import QApplication, QStyledItemDelegate, QStyleOptionViewItem

    app = QApplication([])
    apply_theme(app, "light")
    model, canvas = QStandardItemModel(), QPixmap(160, 26)
    model.appendRow(QStandardItem("Chased"))
    option = QStyleOptionViewItem()
    option.rect = QRect(0, 0, 160, 26)

    def paint(delegate: QStyledItemDelegate) -> None:
        for _ in range(CELLS):
            painter = QPainter(canvas)
            delegate.paint(painter, option, model.index(0, 0))
            painter.end()

    delegates: Mapping[str, QStyledItemDelegate] = {
        "plain cells": QStyledItemDelegate(model),
        "states": StateDelegate("request", model),
    }
    spent = in_turn({name: partial(timed, partial(paint, it)) for name, it in delegates.items()}, RUNS)
    ratio = spent["states"].processor / spent["plain cells"].processor
    limit = Limit("cell painted as a state, times as long", ratio, MOST_BESIDE_PLAIN, "a plain cell of Qt")
    return print_table("Painting cells", spent, "plain cells", [limit])


def main() -> int:
    """Measure everything; 1 if a limit is passed, else 0."""
    return max(
        beside_a_quarter("paste into activities", paste, PASTED),
        beside_a_quarter("paste new activities", paste_new, NEW),
        beside_a_quarter("find look-alikes", look_alikes, ORGANISATIONS, MOST_TIMES_ALIKE),
        painting(),
    )


if __name__ == "__main__":
    sys.exit(main())
