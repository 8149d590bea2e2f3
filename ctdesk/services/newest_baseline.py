"""The baseline rounds that ask what is commissioned; the newest is the one the figures of the service map rest on."""

from ctdesk.domain.definition import Values
from ctdesk.domain.records.round import Collects
from ctdesk.services.desk import Desk


def baselines(desk: Desk) -> list[tuple[str, Values]]:
    """Return the uids and values of the rounds that ask for activities, the oldest first."""
    rounds = [(uid, it) for uid, it in desk.load("round").items() if _asks_for_activities(it)]
    return sorted(rounds, key=lambda found: (str(found[1].get("as_at")), found[0]))


def _asks_for_activities(values: Values) -> bool:
    asks = str(values.get("asks") or "").split()
    return values["collects"] != Collects.MONITORING and (not asks or "activity" in asks)


def newest_baseline(desk: Desk) -> tuple[str, Values] | None:
    """Return the uid and values of the newest of them, or None if none has been started."""
    return next(reversed(baselines(desk)), None)
