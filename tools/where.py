"""The places in the window that pictures are taken of."""

from collections.abc import Mapping
from pathlib import Path

from ctdesk.domain.definition import Value
from ctdesk.services.demo import RETURNED
from ctdesk.services.desk import Desk
from ctdesk.ui.places import Place

from tools.shooting import Where

ROOT = Path(__file__).resolve().parents[1]


def screen(name: str, kind: str = "") -> Where:
    """Return the place of a screen that is shown by its name alone."""
    return lambda _: Place(name, kind=kind)


def record(kind: str) -> Where:
    """Return the place of the first record of a kind, by its reference or name."""
    return lambda desk: _first(kind, desk.load(kind))


def _first(kind: str, records: Mapping[str, Mapping[str, Value]]) -> Place | None:
    if not records:
        return None
    return Place("record", kind=kind, uid=min(records, key=lambda uid: str(records[uid].get("reference"))))


def funded_activity(desk: Desk) -> Place:
    """Return the place of an activity that is paid for from several sources."""
    funded = min(str(line["activity"]) for line in desk.load("funding_line").values())
    return Place("record", kind="activity", uid=funded)


def shared_activity(desk: Desk) -> Place:
    """Return the place of an activity that serves the most areas."""
    activities = desk.load("activity").items()
    uid, _ = max(activities, key=lambda it: (len(it[1]["areas"] or ()), str(it[1]["reference"])))  # type: ignore[arg-type]  # several areas
    return Place("record", kind="activity", uid=uid)


def measured_agreement(desk: Desk) -> Place | None:
    """Return the place of the first agreement that is measured."""
    measured = {str(measure["agreement"]) for measure in desk.load("agreement_measure").values()}
    return _first("agreement", desk.load_some("agreement", measured)) if measured else None


def a_pack(desk: Desk) -> Place | None:
    """Return the place of the first pack."""
    packs = sorted(desk.load("pack"))
    return Place("packs", kind="pack", uid=packs[0]) if packs else None


def a_return(desk: Desk) -> Place:
    """Return the place of the first return that came back; of none where none did."""
    folder = desk.workspace.path.parent / RETURNED
    came_back = sorted(folder.glob("*.xlsx"))
    return Place("review", path=came_back[0] if came_back else None)


def a_register(_desk: Desk) -> Place:
    """Return the place where the guide's register is adopted."""
    return Place("adoption", path=ROOT / "docs" / "guide" / "example-register.csv")
