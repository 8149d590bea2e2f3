"""The calendar of the register: every date of the months to come, by agreement, with the sum it came from."""

from collections.abc import Iterable, Iterator
from datetime import date

from ctdesk.domain.contract_lines import CalendarLine, ContractLine
from ctdesk.domain.dates import add_months
from ctdesk.domain.definition import DEFINITIONS
from ctdesk.domain.held import day_in
from ctdesk.domain.lifecycle import LIVE
from ctdesk.domain.records.agreement_watch import ActionState
from ctdesk.services.contracts import register
from ctdesk.services.desk import Desk

MONTHS = 18
"""How far the calendar looks ahead."""


def calendar(
    desk: Desk, today: date, months: int = MONTHS, lines: Iterable[ContractLine] | None = None
) -> list[CalendarLine]:
    """Return the dates from a day on, for so many months, in their order; the register may be given if it is read."""
    found = list(lines) if lines is not None else register(desk, today)
    known = {line.uid: line for line in found if line.state in LIVE}
    until = add_months(today, months)
    dates = [*_worked(known.values()), *_kept(desk, known), *_boards(desk)]
    return sorted((it for it in dates if today <= it.day < until), key=lambda it: (it.day, it.what, it.called, it.uid))


def _worked(lines: Iterable[ContractLine]) -> Iterator[CalendarLine]:
    """Yield the dates that are worked out from each agreement’s term, and those that its own record holds."""
    for line in lines:
        life = line.life
        worked = {
            "decide by": life.decide_by,
            "start procurement by": life.start_procurement_by,
            "notice by": life.notice_by if not line.values.get("notice_given_on") else None,
            "ends": life.current_end,
        }
        for what, found in worked.items():
            if found is not None:
                yield _of(line, found.day, what, _WORDS[what], found.sum)
        for name, what in (
            ("start", "start"),
            ("next_review", "review"),
            ("data_protection_review", "papers reviewed"),
        ):
            day = day_in(line.values, name)
            if day is not None:
                yield _of(line, day, what, _WORDS[what])


_WORDS = {
    "decide by": "Decide by",
    "start procurement by": "Start procurement by",
    "notice by": "Notice by",
    "ends": "Ends",
    "start": "Starts",
    "review": "Review",
    "papers reviewed": "Data-protection papers to be reviewed",
}
"""How each date of an agreement is called."""


def _of(line: ContractLine, day: date, what: str, words: str, how: str = "") -> CalendarLine:
    return CalendarLine(day, what, words, how, "agreement", line.uid, line.uid, line.called)


def _kept(desk: Desk, known: dict[str, ContractLine]) -> Iterator[CalendarLine]:
    """Yield the dates of what belongs to the agreements: papers that expire, actions that fall due."""
    for kind, (field, what, words) in _PARTS.items():
        for uid, values in desk.load(kind).items():
            line, day = known.get(str(values.get("agreement"))), day_in(values, field)
            if line is not None and day is not None and values.get("state") in {None, ActionState.OPEN}:
                said = f"{words}: {values.get(DEFINITIONS[kind].title) or ''}"
                yield CalendarLine(day, what, said, "", kind, uid, line.uid, line.called)


_PARTS = {
    "requirement": ("expires", "requirement expires", "Expires"),
    "document": ("review", "papers reviewed", "To be read again"),
    "action": ("due", "action", "Action"),
}
"""The dates of what belongs to an agreement: kind -> field, what it is, and its words before the title."""


def _boards(desk: Desk) -> Iterator[CalendarLine]:
    for uid, values in desk.load("board_meeting").items():
        day = day_in(values, "held_on")
        if day is not None:
            yield CalendarLine(day, "board", str(values.get("board") or "Board"), "", "board_meeting", uid, "", "")
