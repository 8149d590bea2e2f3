"""Where the rows of groups stand among the rows of records."""

from bisect import bisect_right
from collections.abc import Sequence

from ctdesk.domain.definition import Value
from ctdesk.services.lists import Group


class GroupRows:
    """Counts the rows of a grouped list: a row for each group, and after it its records unless it is closed."""

    def __init__(self, groups: Sequence[Group], closed: frozenset[Value], records: int) -> None:
        """Take the groups in their order, those closed, and how many records are listed."""
        self.groups = groups
        self.rows: list[int] = []
        """The row of each group."""
        at = 0
        for group in groups:
            self.rows.append(at)
            at += 1 + (0 if group.value in closed else group.count)
        self.total = records + len(groups)

    def group_at(self, row: int) -> Group | None:
        """Return the group whose own row this is, or None if a record stands there."""
        place = bisect_right(self.rows, row) - 1
        return self.groups[place] if place >= 0 and self.rows[place] == row else None

    def record_at(self, row: int) -> int:
        """Return the number of the record in a row that is no group's."""
        return row - bisect_right(self.rows, row)

    def row_of(self, record: int) -> int:
        """Return the row of a record by its number."""
        low, high = 0, len(self.rows)
        while low < high:
            middle = (low + high) // 2
            # Before the group's row stand its own number of rows of groups.
            if self.rows[middle] - middle <= record:
                low = middle + 1
            else:
                high = middle
        return record + low
