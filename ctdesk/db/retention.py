"""Which backups are kept: all of the last days, then one a day, a week and a month, ever further apart."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta


@dataclass(frozen=True, slots=True)
class Schedule:
    """How many backups are kept: all of the last `days`, then the last of so many days, weeks and months."""

    days: int = 2
    daily: int = 12
    weekly: int = 10
    monthly: int = 9

    @classmethod
    def of(cls, settings: Mapping[str, str]) -> "Schedule":
        """Return the schedule that a team's settings ask for; what they leave out is as usual."""
        usual = cls()
        names = {"days": "keep_days", "daily": "keep_daily", "weekly": "keep_weekly", "monthly": "keep_monthly"}
        asked = {field: settings.get(name, "") for field, name in names.items()}
        return cls(**{f: int(text) if text.isdecimal() else getattr(usual, f) for f, text in asked.items()})


def kept(moments: Iterable[datetime], now: datetime, schedule: Schedule = Schedule()) -> set[datetime]:
    """Return which backups to keep: the recent ones, and the last of each day, week and month.

    Days, weeks and months without a backup are not counted, so a desk left alone for a year loses nothing.
    """
    newest_first = sorted(moments, reverse=True)
    all_within = timedelta(days=schedule.days)
    keep = {moment for moment in newest_first if now - moment <= all_within}
    older = [moment for moment in newest_first if moment not in keep]
    counts = ((schedule.daily, "%Y-%m-%d"), (schedule.weekly, "%G-%V"), (schedule.monthly, "%Y-%m"))
    for count, period in counts:
        last_of: dict[str, datetime] = {}
        for moment in older:
            last_of.setdefault(moment.strftime(period), moment)
        keep.update(list(last_of.values())[:count])
    return keep
