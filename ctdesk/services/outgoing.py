"""Looking through what was written for one agency before it leaves: none of it may be another's."""

from collections.abc import Callable, Iterable
from functools import cache
from pathlib import Path

from ctdesk.domain.identity import is_row_key, row_key
from ctdesk.domain.outgoing import Remark, refuse
from ctdesk.returns.forms import BASELINE, MONITORING
from ctdesk.services.desk import Desk


def looked_through(desk: Desk, workbook: Path, own: Iterable[str], *, named: Path) -> tuple[Remark, ...]:
    """Return what a written workbook gives away, for the officer to know.

    `own` are the row keys its agency may see, `named` is what the file will be called. Raises GivesAway if it holds
    another agency's row, or anything else that may not leave.
    """
    from ctdesk.returns.outgoing import workbook_remarks

    found = workbook_remarks(workbook.read_bytes(), foreign=_foreign(desk, frozenset(own)))
    refuse(named, found)
    return tuple(found)


def _foreign(desk: Desk, own: frozenset[str]) -> Callable[[str], bool]:
    """Return what tells a text that is the key of a row not among these."""

    @cache
    def all_keys() -> frozenset[str]:
        kinds = {*BASELINE.kinds, *MONITORING.kinds}
        return frozenset(row_key(uid) for kind in kinds for uid in desk.load(kind))

    # Hardly any text looks like a key, so the keys of the whole workspace are hardly ever needed.
    return lambda text: is_row_key(text) and text not in own and text in all_keys()
