"""Which part of all the money the rows shown come to."""

from decimal import Decimal

from ctdesk.services.desk import Desk
from ctdesk.services.lists import RecordList, View
from ctdesk.ui.grid.sums import sum_text
from ctdesk.ui.models.records import RecordsModel

_MONEY = ("annual_value", "annual_cost")


class WholeSums:
    """Sums over all records, each added up once for as long as nothing is saved."""

    def __init__(self, desk: Desk) -> None:
        """Add up nothing yet."""
        self._desk = desk
        self._known: dict[str, int | Decimal] = {}

    def forget(self) -> None:
        """Add up anew when next asked."""
        self._known.clear()

    def share(self, records: RecordsModel) -> str:
        """Return which part of all the money is shown; nothing where all or none of it is."""
        found = records.counted
        money = next((it for it in records.fields if it.name in _MONEY), None)
        if money is None or found.shown in (0, found.of):
            return ""
        whole = self._whole(records.view.kind, money.name)
        return f"{found.totals[money.name] / whole:.1%} of {sum_text(money, whole)}" if whole else ""

    def _whole(self, kind: str, name: str) -> int | Decimal:
        if name not in self._known:
            self._known[name] = RecordList(self._desk, View(kind, (name,))).counted.totals.get(name, 0)
        return self._known[name]
