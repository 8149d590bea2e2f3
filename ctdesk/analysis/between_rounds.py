"""From the last baseline to this one: last total + new - gone + more - less = this total, service by service."""

from collections.abc import Iterable, Mapping
from datetime import date

from ctdesk.domain.map_outlook import Moved, Reconciliation
from ctdesk.domain.service_lines import ServiceLine


def reconcile(
    before: Mapping[str, Moved], now: Mapping[str, ServiceLine], names: tuple[str, str], between: tuple[date, date]
) -> Reconciliation:
    """Return the reconciliation of two totals; `before` are services by uid as they stood, with `before` values.

    `names` are those of the two states, `between` their as-at dates, by which services count as ended meanwhile.
    """
    moved = {uid: _moved(uid, before.get(uid), now.get(uid)) for uid in {**before, **now}}
    both = [it for uid, it in moved.items() if uid in before and uid in now]
    first, last = between
    ended = [it for it in both if (end := now[it.uid].end) and first < end <= last]
    return Reconciliation(
        before_name=names[0],
        now_name=names[1],
        last=sum(it.before or 0 for it in before.values()),
        new=_largest_first(it for uid, it in moved.items() if uid not in before),
        gone=_largest_first(it for uid, it in moved.items() if uid not in now),
        more=_largest_first(it for it in both if it.change > 0),
        less=_largest_first(it for it in both if it.change < 0),
        same=sum(not it.change for it in both),
        now=sum(line.money for line in now.values()),
        ended=_largest_first(ended),
    )


def _moved(uid: str, before: Moved | None, now: ServiceLine | None) -> Moved:
    if now is not None:
        return Moved(uid, now.reference, now.title, now.agency, before.before if before else None, now.money)
    assert before is not None  # noqa: S101 - it comes from one of the two
    return before


def _largest_first(found: Iterable[Moved]) -> tuple[Moved, ...]:
    return tuple(sorted(found, key=lambda it: (-abs(it.change), it.reference, it.uid)))
