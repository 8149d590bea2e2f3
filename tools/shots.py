"""Draws the pictures of the guide, and every screen of the window empty, with the demo, and full.

Run: python -m tools.shots [part of a name ...]
"""

import os
import sys
import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path

from ctdesk.services.creating import create_workspace
from ctdesk.services.demo import run_demo
from ctdesk.services.service_map import MapView
from ctdesk.ui.form.part_table import PartTable
from ctdesk.ui.form.record_form import RecordForm
from ctdesk.ui.form.weight_table import WeightTable
from ctdesk.ui.frame.window import MainWindow
from ctdesk.ui.places import Place
from ctdesk.ui.screens.adoption import AdoptionScreen
from ctdesk.ui.screens.service_map import ServiceMapScreen
from ctdesk.ui.screens.service_map_prevention import PreventionPage
from ctdesk.ui.screens.service_map_resource import ResourcePage
from PySide6.QtWidgets import QApplication, QTabWidget

from tools.every_screen import every_screen
from tools.fuller import make_full
from tools.shooting import HEIGHT, Shot, draw, draw_start
from tools.where import (
    ROOT,
    a_register,
    a_return,
    funded_activity,
    measured_agreement,
    record,
    screen,
    shared_activity,
)

PICTURES = ROOT / "docs" / "guide" / "pictures"
EVERY = ROOT / "build" / "shots"
_ALIKE = {"QT_QPA_PLATFORM": "offscreen", "CTDESK_USER": "sam", "TZ": "Europe/London"}
"""The same screen and person wherever this runs."""


def _search(window: MainWindow) -> None:
    """Type into the palette as a person would."""
    window.commands.open_palette()
    focus = window.focusWidget()
    if focus is not None:
        focus.setProperty("text", "family")


def _review_register(window: MainWindow) -> None:
    """Say whose a register is, and go on from its columns to the review of its rows."""
    screen = window.made("adoption")
    if isinstance(screen, AdoptionScreen):
        screen.name_agency("Weirside Borough Council")
        screen.go_on()


def _show_funding(window: MainWindow) -> None:
    """Scroll a form to the funding lines."""
    table = window.made("record").findChild(PartTable)
    form = window.made("record").findChild(RecordForm)
    if table is not None and form is not None:
        form.ensureWidgetVisible(table, 0, HEIGHT // 4)


def _show_weights(window: MainWindow) -> None:
    """Scroll a form to how the activity is shared."""
    table = window.made("record").findChild(WeightTable)
    form = window.made("record").findChild(RecordForm)
    if table is not None and form is not None:
        form.ensureWidgetVisible(table, 0, HEIGHT // 4)


def _map_tab(tab: str, then: Callable[[ServiceMapScreen], None] = lambda _: None) -> Callable[[MainWindow], None]:
    """Return what turns to a tab of the service map, and what is done there."""

    def turn(window: MainWindow) -> None:
        screen = window.made("map")
        assert isinstance(screen, ServiceMapScreen)  # noqa: S101 - the screen of that name
        screen.go(Place("map", filters={"tab": tab}))
        then(screen)

    return turn


def _part_columns(screen: ServiceMapScreen) -> None:
    """Part each tier by age."""
    screen.map.show_view(MapView("outcome", "tier,age_band"))


def _compare(screen: ServiceMapScreen) -> None:
    """Compare what would be with what is."""
    page = next(page for page in screen.pages.values() if isinstance(page, PreventionPage))
    page.steps.setPlainText("move 250,000 of CS-053 to Prevention, Universal\nreduce CS-075 by 120,000")
    page.compare()


def _share(screen: ServiceMapScreen) -> None:
    """Share a cost by the size of budgets."""
    page = next(page for page in screen.pages.values() if isinstance(page, ResourcePage))
    page.show_sharing()
    page.sharing.amount.setText("£118,400")
    page.sharing.work_out()


def _show_measures(window: MainWindow) -> None:
    """Turn to the measures of the agreement that is shown."""
    tabs = window.made("contract").findChild(QTabWidget)
    assert tabs is not None  # noqa: S101 - the screen of a contract has them
    tabs.setCurrentIndex(next(at for at in range(tabs.count()) if tabs.tabText(at).startswith("Measures")))


def _print(window: MainWindow) -> None:
    """Look at the baseline report before it is printed."""
    next(action for action in window.commands.all() if "baseline report" in action.text()).trigger()


GUIDE = (
    Shot("home", screen("home")),
    Shot("home-dark", screen("home"), scheme="dark"),
    Shot("home-200", screen("home"), scale=2.0),
    Shot("home-empty", screen("home"), of="empty"),
    Shot("activity", screen("activity")),
    Shot("activity-dark", screen("activity"), scheme="dark"),
    Shot("activity-empty", screen("activity"), of="empty"),
    Shot("staffing", screen("post")),
    Shot("organisations", screen("organisation")),
    Shot("look-alikes", screen("look_alikes")),
    Shot("record", record("activity")),
    Shot("record-funding", funded_activity, done=_show_funding),
    Shot("record-weights", shared_activity, done=_show_weights),
    Shot("contracts", screen("agreement")),
    Shot("contract", measured_agreement),
    Shot("calendar", screen("calendar")),
    Shot("monitoring", screen("monitoring")),
    Shot("monitoring-measures", measured_agreement, done=_show_measures),
    Shot("map", screen("map")),
    Shot("map-parted", screen("map"), done=_map_tab("map", _part_columns)),
    Shot("map-gaps", screen("map"), done=_map_tab("gaps")),
    Shot("map-scenario", screen("map"), done=_map_tab("prevention", _compare)),
    Shot("map-share", screen("map"), done=_map_tab("resource", _share)),
    Shot("map-rounds", screen("map"), done=_map_tab("rounds")),
    Shot("packs", screen("packs")),
    Shot("rounds", screen("rounds")),
    Shot("rounds-dark", screen("rounds"), scheme="dark"),
    Shot("rounds-empty", screen("rounds"), of="empty"),
    Shot("review", a_return),
    Shot("review-dark", a_return, scheme="dark"),
    Shot("adoption", a_register),
    Shot("adoption-review", a_register, done=_review_register),
    Shot("history", screen("history")),
    Shot("settings", screen("settings")),
    Shot("guide", screen("guide")),
    Shot("palette", screen("home"), done=_search),
    Shot("preview", screen("rounds"), done=_print),
)


def main(wanted: Sequence[str]) -> int:
    """Draw the pictures whose names hold one of these words, or all; 1 if a screen could not be drawn, else 0."""
    os.environ |= _ALIKE
    qt = QApplication([])
    with tempfile.TemporaryDirectory() as folder:
        os.environ["CTDESK_CONFIG"] = str(Path(folder) / "config")
        workspaces = _workspaces(Path(folder))
        chosen = [
            (shot, into)
            for shots, into in ((GUIDE, PICTURES), (every_screen(), EVERY))
            for shot in shots
            if not wanted or any(word in shot.name for word in wanted)
        ]
        failed = [shot.name for shot, into in chosen if not draw(qt, shot, workspaces[shot.of], into)]
        if not wanted or "start" in wanted:
            draw_start(qt, PICTURES)
    for name in failed:
        print(f"{name}: not drawn")
    print(f"{len(chosen)} pictures are in {PICTURES.relative_to(ROOT)} and {EVERY.relative_to(ROOT)}.")
    return int(bool(failed))


def _workspaces(folder: Path) -> dict[str, Path]:
    """Make a workspace that is empty, the demo, and one that is full."""
    run_demo(folder / "demo", lambda _: None)
    demo = next((folder / "demo").glob("*.ctdesk"))
    made = {"empty": folder / "new.ctdesk", "demo": demo, "full": demo.with_name("full.ctdesk")}
    create_workspace(made["empty"], name="Weirside").close()
    make_full(demo, made["full"])
    return made


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
