"""Starting a round: one request for each agency that is asked."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from ctdesk.domain.changes import Action, ChangeSet, created
from ctdesk.domain.counting import counted
from ctdesk.domain.errors import DeskError
from ctdesk.domain.identity import new_uid
from ctdesk.domain.records.round import RequestState
from ctdesk.returns.forms import BASELINE
from ctdesk.services.desk import Desk
from ctdesk.services.requests import agencies_named

KINDS = BASELINE.kinds
"""The kinds of row a round may ask for: activity, staffing, funding."""


@dataclass(frozen=True, slots=True)
class StartedRound:
    """A round that was started, and whom it asks."""

    uid: str
    name: str
    agencies: tuple[str, ...]
    change_set: ChangeSet


def start_round(
    desk: Desk, name: str, as_at: date, due: date, agencies: Sequence[str] = (), *, asks: Sequence[str] = KINDS
) -> StartedRound:
    """Start a round with the agencies named, or all of them, asking for these kinds of row; DeskError if it cannot be.

    Funding is asked for together with the activities that it pays for.
    """
    if not asks or ("funding_line" in asks and "activity" not in asks):
        raise DeskError("Choose what to ask for: activity, staffing or both; funding goes with activity.")
    if not name.strip():
        raise DeskError("A round needs a name, for instance “Baseline 2026/27”.")
    if desk.names["round"].find(name) is not None:
        raise DeskError(f"There is already a round “{name}”; give this one another name.")
    if due < as_at:
        raise DeskError("The due date is before the as-at date; put them the other way round.")
    asked = agencies_named(desk, agencies)
    if not asked:
        raise DeskError("There is no agency to ask yet; adopt a register or add agencies first.")
    uid = new_uid()
    changes = [created("round", {"name": name.strip(), "as_at": as_at, "due": due, "asks": _asked_for(asks)}, uid)]
    changes += [
        created("request", {"round": uid, "agency": agency, "state": RequestState.NOT_SENT.value, "issue": 0})
        for agency in dict.fromkeys(asked)
    ]
    change_set = desk.apply(
        Action.ROUND, f"Start {name.strip()}: {counted(len(changes) - 1, 'agency', 'agencies')} asked", changes
    )
    names = tuple(desk.names["organisation"].name(agency) for agency in dict.fromkeys(asked))
    return StartedRound(uid, name.strip(), names, change_set)


def _asked_for(asks: Sequence[str]) -> str | None:
    """Return the kinds asked for as they are kept; nothing where it is all of them."""
    return " ".join(kind for kind in KINDS if kind in asks) if {*asks} != {*KINDS} else None
