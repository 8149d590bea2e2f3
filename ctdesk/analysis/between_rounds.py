"""From the last baseline to now: last total + new - ended - gone + more - less = this total, service by service."""

from collections.abc import Iterable, Mapping
from datetime import date

from ctdesk.domain.map_outlook import Moved, Reconciliation, Stood


def reconcile(
    before: Mapping[str, Stood], now: Mapping[str, Stood], name: str, between: tuple[date, date]
) -> Reconciliation:
    """Return the way from one total to the next; services are by uid, as they stood then and as they stand now.

    `name` is that of the earlier state. A service is in a total unless its agreement has ended by that of the two days.
    """
    first, last = between
    ran = {uid: it for uid, it in before.items() if it.runs_after(first)}
    runs = {uid: it for uid, it in now.items() if it.runs_after(last)}
    both = [_moved(ran[uid], runs[uid]) for uid in ran if uid in runs]
    stopped = [(uid, _moved(it, None, now.get(uid))) for uid, it in ran.items() if uid not in runs]
    ended = [it for uid, it in now.items() if uid not in runs]
    return Reconciliation(
        before_name=name,
        before_day=first,
        now_day=last,
        last=sum(it.money for it in ran.values()),
        new=_largest_first(_moved(None, it) for uid, it in runs.items() if uid not in ran),
        ended=_largest_first(it for uid, it in stopped if uid in now),
        gone=_largest_first(it for uid, it in stopped if uid not in now),
        more=_largest_first(it for it in both if it.change > 0),
        less=_largest_first(it for it in both if it.change < 0),
        same=_largest_first(it for it in both if not it.change),
        now=sum(it.money for it in runs.values()),
        left_out=len(ended),
        left_out_money=sum(it.money for it in ended),
    )


def _moved(before: Stood | None, now: Stood | None, held: Stood | None = None) -> Moved:
    """Return what became of a service, called as it is called now, or else as it was."""
    known = now or held or before
    assert known is not None  # noqa: S101 - it comes from one of the two
    return Moved(
        known.uid,
        known.reference,
        known.title,
        known.agency,
        None if before is None else before.money,
        None if now is None else now.money,
    )


def _largest_first(found: Iterable[Moved]) -> tuple[Moved, ...]:
    return tuple(sorted(found, key=lambda it: (-abs(it.change), -(it.now or 0), it.reference, it.uid)))
