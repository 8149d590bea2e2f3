"""What stands in the way of closing a review, of taking a concern to another step than the next, of following oneself.

Whatever is added or edited is held to it, at a form, in a table or on the command line.
"""

from dataclasses import dataclass
from datetime import date

from ctdesk.domain.changes import RecordChange
from ctdesk.domain.counting import counted
from ctdesk.domain.dates import date_text
from ctdesk.domain.definition import DEFINITIONS, Value, Values
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
    return () if values.get("closed_on") else NEXT[_step(values)]


def refuse_unready(desk: Desk, change: RecordChange, why: str = "") -> None:
    """Raise DeskError if a change closes a review too soon, finds it wanting later, or takes a concern out of turn.

    Nor may an action come from a review of another agreement than its own, or an agreement come after or under itself.
    """
    if change.kind == "review":
        refuse_closing_too_soon(desk, change)
    elif change.kind == "weakness":
        _refuse_finding_later(desk, change)
    elif change.kind == "action":
        _refuse_review_of_another(desk, change)
    elif change.kind == "concern":
        _refuse_out_of_turn(desk, change, why)
    elif change.kind == "agreement":
        _refuse_ring(desk, change, "successor", "would be its own successor")
        _refuse_ring(desk, change, "framework", "would be called off from itself")


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


def _refuse_finding_later(desk: Desk, change: RecordChange) -> None:
    """Raise DeskError if a review that is closed would have another weakness, or one without its action."""
    held = {**desk.load_some("weakness", [change.uid]).get(change.uid, {}), **change.after}
    review = desk.load_some("review", [str(held.get("review"))]).get(str(held.get("review")), {})
    if review.get("closed_on"):
        raise DeskError("The review is closed; open it again before its weaknesses are altered.")


def _refuse_review_of_another(desk: Desk, change: RecordChange) -> None:
    held = {**desk.load_some("action", [change.uid]).get(change.uid, {}), **change.after}
    review = desk.load_some("review", [str(held.get("review"))]).get(str(held.get("review")), {})
    if review and held.get("agreement") and review["agreement"] != held["agreement"]:
        raise DeskError("The review is one of another agreement; choose one of this agreement, or none.")


def _refuse_ring(desk: Desk, change: RecordChange, link: str, would: str) -> None:
    """Raise DeskError if a link between agreements would lead back to the one it starts from."""
    on, passed = change.after.get(link), set[str]()
    while isinstance(on, str) and on not in passed:
        if on == change.uid:
            by = " in the end" if passed else ""
            raise DeskError(f"The agreement {would}{by}; choose another under {DEFINITIONS['agreement'][link].label}.")
        passed.add(on)
        on = desk.load_some("agreement", [on]).get(on, {}).get(link)


def refuse_skipping(held: Values, after: Values) -> None:
    """Raise DeskError if a concern would be taken to anything but its next step."""
    wanted, now = after.get("step"), _step(held)
    if wanted in {None, now}:
        return
    if held.get("closed_on"):
        raise DeskError("The concern is settled; raise a new one.")
    if wanted not in NEXT[now]:
        after_this = " or ".join(f"“{step}”" for step in NEXT[now]) or "nothing"
        raise DeskError(f"A concern climbs one step at a time: after “{now}” comes {after_this}.")


def refuse_going_back(held: Values, on: Value) -> None:
    """Raise DeskError if something is to happen to a concern before it stood where it stands."""
    since = held.get("step_on") or held.get("raised_on")
    if isinstance(since, date) and isinstance(on, date) and on < since:
        stood = f"The concern has stood at “{_step(held)}” since {date_text(since)}"
        raise DeskError(f"{stood}; {date_text(on)} is before.")


def refuse_unsaid_outcome(outcome: Value) -> None:
    """Raise DeskError if a concern is to be settled without what came of it."""
    if not str(outcome or "").strip():
        raise DeskError("Say what came of the concern.")


def _refuse_out_of_turn(desk: Desk, change: RecordChange, why: str) -> None:
    """Raise DeskError if a concern begins above the first step, skips one, goes on unexplained or is settled so."""
    held = desk.load_some("concern", [change.uid]).get(change.uid)
    if held is None:
        _refuse_beginning_above(change.after)
    elif "step" in change.after:
        refuse_skipping(held, change.after)
        if not why.strip():
            raise DeskError("A concern goes on to its next step with a reason; say why, so that the history keeps it.")
    if change.after.get("closed_on"):
        whole = {**(held or {}), **change.after}
        refuse_going_back(whole, whole["closed_on"])
        refuse_unsaid_outcome(whole.get("outcome"))


def _refuse_beginning_above(values: Values) -> None:
    if _step(values) is not ConcernStep.CONCERN:
        raise DeskError(
            f"A concern begins at “{ConcernStep.CONCERN}” and climbs one step at a time; add it there, then take it "
            "on, so that each step keeps its day and its reason."
        )


def _step(values: Values) -> ConcernStep:
    return ConcernStep(str(values.get("step") or ConcernStep.CONCERN))
