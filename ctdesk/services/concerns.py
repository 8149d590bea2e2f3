"""The ladder a concern climbs while it is not put right, one step at a time, and its settling."""

from datetime import date

from ctdesk.domain.changes import Action, ChangeSet, present, updated
from ctdesk.domain.dates import date_text
from ctdesk.domain.definition import DEFINITIONS, Value
from ctdesk.domain.errors import DeskError
from ctdesk.domain.records.agreement_watch import ConcernStep
from ctdesk.services.desk import Desk
from ctdesk.services.faults import must_hold
from ctdesk.services.records import record
from ctdesk.services.watching import refuse_going_back, refuse_skipping, refuse_unsaid_outcome


def take_step(
    desk: Desk, concern: str, step: ConcernStep, on: date, reason: str, *, plan: str = "", due: date | None = None
) -> ChangeSet:
    """Take a concern one step up on a day; the reason stays in the history, the plan and its date on the concern.

    Raises DeskError if it is not the next step, no reason is given, or a plan lacks the day it is to be done by.
    """
    held = record(desk, "concern", concern)
    if not reason.strip():
        raise DeskError(f"Say why the concern goes on to “{step}”; the reason is kept in the history.")
    refuse_going_back(held, on)
    after: dict[str, Value] = {"step": step.value, "step_on": on}
    after |= {"plan": plan.strip()} if plan.strip() else {}
    after |= {"due": due} if due else {}
    must_hold(DEFINITIONS["concern"], {**held, **after}, after | {"due": due})
    change = present([updated("concern", concern, held, after)])
    refuse_skipping(held, after)
    return desk.apply(Action.EDIT, f"{held['what']}: {step} on {date_text(on)}", change, why=reason.strip())


def settle(desk: Desk, concern: str, on: date, outcome: str) -> ChangeSet:
    """Settle a concern on a day with what came of it; DeskError if it is settled already or nothing is said."""
    held = record(desk, "concern", concern)
    if held.get("closed_on"):
        raise DeskError("The concern is settled already.")
    refuse_unsaid_outcome(outcome)
    refuse_going_back(held, on)
    after: dict[str, Value] = {"closed_on": on, "outcome": outcome.strip()}
    changes = present([updated("concern", concern, held, after)])
    return desk.apply(Action.EDIT, f"{held['what']}: settled on {date_text(on)}", changes, why=outcome.strip())
