"""Where an agreement stands on a day, and by when what must be done: all worked out, nothing typed.

States, the first that holds:

1. *draft*: nobody has said that it is signed (or it is signed later than the day), or it has no start;
2. *upcoming*: its start is still to come;
3. *over-running*: its last day has passed, and something that fell due after it was paid;
4. *terminated*: it was ended early, and that day has passed;
5. *superseded*: its successor, itself no draft, has started;
6. *ended*: its last day has passed;
7. *notice period*: the last day for notice has passed (or notice was given), and the end has not;
8. *ending*: its end lies within the months the team has settled;
9. *running*.

The last day and the last day for notice belong to what they end. Months are counted to the same day of the month, or to
the last day of a shorter one, so that 6 months before 31/08 are 28/02: never later than the term allows.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from ctdesk.domain.agreement_parts import AgreementParts, DatePolicy
from ctdesk.domain.agreement_term import WorkedDate, current_end, latest_end
from ctdesk.domain.agreement_value import WorkedValue, annual_value, total_value
from ctdesk.domain.counting import counted
from ctdesk.domain.dates import add_months, date_text
from ctdesk.domain.definition import Value, Values
from ctdesk.domain.held import day_in, number_in
from ctdesk.domain.records.agreement import PlanAtEnd

BOARDS_REACH = timedelta(days=183)
"""How far before a deadline a board may meet and still be the one that decides; beyond, its dates are not yet set."""


class AgreementState(StrEnum):
    """How an agreement stands on a day, in the order in which people list them."""

    DRAFT = "draft"
    UPCOMING = "upcoming"
    RUNNING = "running"
    ENDING = "ending"
    NOTICE_PERIOD = "notice period"
    OVER_RUNNING = "over-running"
    ENDED = "ended"
    TERMINATED = "terminated"
    SUPERSEDED = "superseded"


IN_FORCE = frozenset({AgreementState.RUNNING, AgreementState.ENDING, AgreementState.NOTICE_PERIOD})
"""The states in which a service is owed."""

LIVE = IN_FORCE | {AgreementState.UPCOMING, AgreementState.OVER_RUNNING}
"""The states that somebody still has to watch."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Lifecycle:
    """One agreement on one day: its state, its dates with their sums, its value.

    Dates are None where what they are worked out from is not known. `annual_value` (as on the day) is pence, `total`
    the value to the current end with its sum.
    """

    state: AgreementState
    start: date | None
    current_end: WorkedDate | None
    latest_end: WorkedDate | None
    notice_by: WorkedDate | None
    start_procurement_by: WorkedDate | None
    decide_by: WorkedDate | None
    annual_value: int | None
    total: WorkedValue | None

    @property
    def total_value(self) -> int | None:
        """The value to the current end, in pence."""
        return self.total.pence if self.total else None

    @property
    def end(self) -> date | None:
        """The last day as things stand."""
        return self.current_end.day if self.current_end else None


def lifecycle(parts: AgreementParts, policy: DatePolicy, on: date) -> Lifecycle:
    """Return where an agreement stands on a day, and its dates."""
    end = current_end(parts, on)
    notice = notice_by(parts.values, end)
    procure = start_procurement_by(parts.values, end, policy)
    last_day = end.day if end else None
    return Lifecycle(
        state=state_on(parts, policy, on),
        start=day_in(parts.values, "start"),
        current_end=end,
        latest_end=latest_end(parts, on),
        notice_by=notice,
        start_procurement_by=procure,
        decide_by=decide_by(parts.values, notice, procure, policy),
        annual_value=annual_value(parts, on),
        total=total_value(parts, last_day),
    )


def awaits_decision(life: Lifecycle, plan: Value, until: date) -> bool:
    """Whether somebody has to decide by a day: it over-runs, or is in force without a plan and needs one by then."""
    if life.state is AgreementState.OVER_RUNNING:
        return True
    undecided = life.state in IN_FORCE and (plan or PlanAtEnd.UNDECIDED) == PlanAtEnd.UNDECIDED
    return undecided and life.decide_by is not None and life.decide_by.day <= until


def state_on(parts: AgreementParts, policy: DatePolicy, on: date) -> AgreementState:
    """Return the state on a day, as the head of this module defines it."""
    start, end = day_in(parts.values, "start"), current_end(parts, on)
    if start is None or not signed(parts.values, on):
        return AgreementState.DRAFT
    if on < start:
        return AgreementState.UPCOMING
    past = _past_state(parts, end.day if end else None, on)
    if past or end is None:
        return past or AgreementState.RUNNING
    notice = notice_by(parts.values, end)
    if notice is not None and notice.day < on:
        return AgreementState.NOTICE_PERIOD
    if end.day <= add_months(on, policy.ending_months):
        return AgreementState.ENDING
    return AgreementState.RUNNING


def in_force_within(parts: AgreementParts, policy: DatePolicy, first: date, last: date) -> bool:
    """Whether an agreement was in force, or over-ran, on any day from a first to a last."""
    begins = max(day for day in (first, day_in(parts.values, "start"), day_in(parts.values, "signed_on")) if day)
    turns = [day_in(it, "from_date") for it in parts.variations] + [day_in(it, "paid_on") for it in parts.payments]
    turns += [day_in(it, "due") for it in parts.payments]
    days = {begins, last, *(day for day in turns if day)}
    in_force = IN_FORCE | {AgreementState.OVER_RUNNING}
    return any(first <= day <= last and state_on(parts, policy, day) in in_force for day in sorted(days))


def signed(values: Values, on: date) -> bool:
    """Whether an agreement has been signed by a day; where only that it was signed is known, it has."""
    when = day_in(values, "signed_on")
    return when <= on if when else bool(values.get("signed"))


def notice_by(values: Values, end: WorkedDate | None) -> WorkedDate | None:
    """Return the last day to give notice; once notice to end it early was given, that day."""
    given, months = day_in(values, "notice_given_on"), number_in(values, "notice_months")
    if given is not None and day_in(values, "terminated_on"):
        return WorkedDate(given, f"{date_text(given)} is the day notice was given")
    if end is None or months is None:
        return None
    day = add_months(end.day, -months)
    return WorkedDate(day, f"{date_text(day)} is {date_text(end.day)} less {counted(months, 'month')}")


def start_procurement_by(values: Values, end: WorkedDate | None, policy: DatePolicy) -> WorkedDate | None:
    """Return the last day to begin buying again: the end less the agreement’s lead time, or its route’s usual one."""
    route = str(values.get("route") or "")
    own = number_in(values, "lead_weeks")
    weeks = own if own is not None else policy.lead_weeks.get(route)
    if end is None or weeks is None:
        return None
    day = end.day - timedelta(weeks=weeks)
    whose = "its own lead time" if own is not None else policy.routes.get(route, route)
    return WorkedDate(day, f"{date_text(day)} is {date_text(end.day)} less {counted(weeks, 'week')} ({whose})")


def decide_by(
    values: Values, notice: WorkedDate | None, procure: WorkedDate | None, policy: DatePolicy
) -> WorkedDate | None:
    """Return the day of the last board before the deadline, or the days settled before it where no board meets.

    The deadline is the earlier of notice-by and, unless an extension is to be used or the service is to end,
    start-procurement-by.
    """
    not_bought = values.get("plan_at_end") in {PlanAtEnd.EXTEND, PlanAtEnd.END}
    deadlines = [(notice.day, "notice by")] if notice else []
    if procure and not not_bought:
        deadlines.append((procure.day, "start procurement by"))
    if not deadlines or values.get("terminated_on"):
        return None
    deadline, what = min(deadlines)
    return _before(deadline, f"{date_text(deadline)} ({what})", policy)


def _before(deadline: date, called: str, policy: DatePolicy) -> WorkedDate:
    board = max((day for day in policy.boards if deadline - BOARDS_REACH <= day < deadline), default=None)
    if board is not None:
        return WorkedDate(board, f"{date_text(board)} is the last board before {called}")
    day = deadline - timedelta(days=policy.decision_days)
    days = counted(policy.decision_days, "day")
    return WorkedDate(day, f"{date_text(day)} is {days} before {called}; no board date is known")


def _past_state(parts: AgreementParts, end: date | None, on: date) -> AgreementState | None:
    """Return the state of an agreement that is over, or whose place another has taken; None if it goes on."""
    over = end is not None and end < on
    if over and paid_after(parts, end, on):
        return AgreementState.OVER_RUNNING
    if over and day_in(parts.values, "terminated_on"):
        return AgreementState.TERMINATED
    if successor_started(parts, on):
        return AgreementState.SUPERSEDED
    return AgreementState.ENDED if over else None


def paid_after(parts: AgreementParts, end: date | None, on: date) -> int:
    """Return the pence paid by a day for what fell due after the end."""
    return sum(
        number_in(payment, "paid") or 0
        for payment in parts.payments
        if end is not None
        and (due := day_in(payment, "due")) is not None
        and due > end
        and (day_in(payment, "paid_on") or due) <= on
    )


def successor_started(parts: AgreementParts, on: date) -> bool:
    """Whether the agreement that takes its place is signed and has started by a day."""
    successor = parts.successor
    if successor is None or not signed(successor, on):
        return False
    start = day_in(successor, "start")
    return start is not None and start <= on
