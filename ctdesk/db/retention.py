"""Which backups are kept: all of the last two days, then one a day, a week and a month, ever further apart."""

from collections.abc import Iterable
from datetime import datetime, timedelta

ALL_WITHIN = timedelta(days=2)
DAILY, WEEKLY, MONTHLY = 12, 10, 9


def kept(moments: Iterable[datetime], now: datetime) -> set[datetime]:
    """Return which backups to keep: the recent ones, and the last of each of 12 days, 10 weeks and 9 months.

    Days, weeks and months without a backup are not counted, so a desk left alone for a year loses nothing.
    """
    newest_first = sorted(moments, reverse=True)
    keep = {moment for moment in newest_first if now - moment <= ALL_WITHIN}
    older = [moment for moment in newest_first if moment not in keep]
    for count, period in ((DAILY, "%Y-%m-%d"), (WEEKLY, "%G-%V"), (MONTHLY, "%Y-%m")):
        last_of: dict[str, datetime] = {}
        for moment in older:
            last_of.setdefault(moment.strftime(period), moment)
        keep.update(list(last_of.values())[:count])
    return keep
