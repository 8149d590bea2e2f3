"""The newest baseline round: the one that the figures of the service map rest on."""

from ctdesk.domain.definition import Values
from ctdesk.domain.records.round import Collects
from ctdesk.services.desk import Desk


def newest_baseline(desk: Desk) -> tuple[str, Values] | None:
    """Return the uid and values of the newest baseline round, or None if none has been started."""
    rounds = {uid: it for uid, it in desk.load("round").items() if it["collects"] != Collects.MONITORING}
    uid = max(rounds, key=lambda it: (str(rounds[it].get("as_at")), it), default=None)
    return None if uid is None else (uid, rounds[uid])
