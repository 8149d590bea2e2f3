"""What stands in the way of closing a review, and of taking a concern to another step than the next.

Every edit is held to it, at a form, in a table or on the command line.
"""

from dataclasses import dataclass
from datetime import date

from ctdesk.domain.changes import RecordChange
from ctdesk.domain.counting import counted
from ctdesk.domain.dates import date_text
from ctdesk.domain.definition import Values
from ctdesk.domain.errors import DeskError
from ctdesk.domain.records.agreement_watch import ConcernStep
from ctdesk.services.desk import Desk

NEXT: dict[ConcernStep, tuple[ConcernStep, ...]] = {
    ConcernStep.CONCERN: (ConcernStep.NOTICE,),
    ConcernStep.NOTICE: (ConcernStep.PLAN,),
    ConcernStep.PLAN: (ConcernStep.TERMINATION, ConcernStep.DECOMMISSIONING),
    ConcernStep.TERMINATION: (),
    ConcernStep.DECOMMISSIONING: (),
}
"""What may follow each step."""


def next_steps(values: Values) -> tuple[ConcernStep, ...]:
    """Return the steps that a concern may take now; none once it is settled or at the top."""
    return () if values.get("closed_on") else NEXT[ConcernStep(str(values["step"]))]


def refuse_unready(desk: Desk, change: RecordChange, why: str = "") -> None:
    """Raise DeskError if an edit closes a review too soon, or takes a concern on without its reason."""
    if change.kind == "review":
        refuse_closing_too_soon(desk, change)
    elif change.kind == "concern":
        refuse_unexplained_step(desk, change, why)


@dataclass(frozen=True, slots=True)
class FoundWanting:
    """One weakness of a review with its action, if it has one: what is to be done, by whom, by when, how far."""

    uid: str
    what: str
    action: str
    owner: str
    due: date | None
    state: str

    @property
    def is_answered(self) -> bool:
        """Whether it has an action with owner and date."""
        return bool(self.action and self.owner and self.due)


def weaknesses(desk: Desk, review: str) -> list[FoundWanting]:
    """Return what a review found wanting, in the order in which it was written down."""
    held = desk.load("weakness", review=review)
    linked = [str(values["action"]) for values in held.values() if values.get("action")]
    actions = desk.load_some("action", linked)
    return [_found(uid, values, actions.get(str(values.get("action")), {})) for uid, values in sorted(held.items())]


def _found(uid: str, values: Values, action: Values) -> FoundWanting:
    due = action.get("due")
    title, owner, state = (str(action.get(name) or "") for name in ("title", "owner", "state"))
    return FoundWanting(uid, str(values.get("what") or ""), title, owner, due if isinstance(due, date) else None, state)


def refuse_closing_too_soon(desk: Desk, change: RecordChange) -> None:
    """Raise DeskError if a change closes a review whose weaknesses do not all have an action with owner and date."""
    closed = change.after.get("closed_on")
    if change.kind != "review" or not isinstance(closed, date):
        return
    held = {**desk.load_some("review", [change.uid]).get(change.uid, {}), **change.after}
    if isinstance(took_place := held.get("held_on"), date) and closed < took_place:
        raise DeskError(f"The review took place on {date_text(took_place)} and cannot be closed before that.")
    left = [one.what for one in weaknesses(desk, change.uid) if not one.is_answered]
    if left:
        others = f" and {counted(len(left) - 1, 'other weakness', 'other weaknesses')} have" if left[1:] else " has"
        raise DeskError(
            f"The review cannot be closed: “{left[0]}”{others} no action with an owner and a date; agree one first."
        )


def refuse_skipping(held: Values, after: Values) -> None:
    """Raise DeskError if a concern would be taken to anything but its next step."""
    wanted, now = after.get("step"), ConcernStep(str(held["step"]))
    if wanted in {None, now}:
        return
    if held.get("closed_on"):
        raise DeskError("The concern is settled; raise a new one.")
    if wanted not in NEXT[now]:
        after_this = " or ".join(f"“{step}”" for step in NEXT[now]) or "nothing"
        raise DeskError(f"A concern climbs one step at a time: after “{now}” comes {after_this}.")


def refuse_unexplained_step(desk: Desk, change: RecordChange, why: str) -> None:
    """Raise DeskError if an edit takes a concern to another step than the next, or gives no reason for it."""
    held = desk.load_some("concern", [change.uid]).get(change.uid) if change.kind == "concern" else None
    if not held or "step" not in change.after:
        return
    refuse_skipping(held, change.after)
    if not why.strip():
        raise DeskError("A concern goes on to its next step with a reason; say why, so that the history keeps it.")
