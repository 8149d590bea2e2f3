"""How many things wait for a person on each screen of the window, counted before the screen is first shown."""

from datetime import date

from ctdesk.domain.records.round import RequestState
from ctdesk.services import contracts, monitoring_board
from ctdesk.services.desk import Desk
from ctdesk.services.tracker import rounds

_FOR_US = frozenset({RequestState.RECEIVED, RequestState.QUERIED})


def waiting(desk: Desk, today: date) -> dict[str, int]:
    """Return the counts by the screen's name: returns to review, agreements to decide on, monitoring to chase."""
    return {
        "rounds": _returns(desk, today),
        "agreement": len(contracts.waiting(desk, today)),
        "monitoring": _monitoring(desk, today),
    }


def _returns(desk: Desk, today: date) -> int:
    """Count the returns of the newest round that wait for review or for answers."""
    newest = next(iter(rounds(desk, today)), None)
    return sum(newest.summary.states[state] for state in _FOR_US) if newest else 0


def _monitoring(desk: Desk, today: date) -> int:
    """Count the returns of the newest period that are late or wait for us."""
    newest = next(iter(monitoring_board.periods(desk)), None)
    if newest is None:
        return 0
    lines = monitoring_board.board(desk, newest.quarter, today).lines
    return sum(1 for line in lines if line.days_late or line.state in _FOR_US)
