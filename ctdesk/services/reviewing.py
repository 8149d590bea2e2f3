"""Reviews and visits: their weaknesses, the actions that put them right, the provider's reply, and their closing."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from ctdesk.domain.changes import Action, ChangeSet, RecordChange, created, present, updated
from ctdesk.domain.dates import date_text
from ctdesk.domain.definition import DEFINITIONS, Value, Values
from ctdesk.domain.errors import DeskError
from ctdesk.domain.records.agreement_watch import ActionState
from ctdesk.services.desk import Desk
from ctdesk.services.faults import must_hold
from ctdesk.services.records import record
from ctdesk.services.references import next_action_number
from ctdesk.services.watching import refuse_closing_too_soon


@dataclass(frozen=True, slots=True)
class Agreed:
    """What is agreed to put a weakness right: what is to be done, who does it, and by when."""

    action: str
    owner: str
    due: date | None


def note_weakness(desk: Desk, review: str, what: str, agreed: Agreed | None = None) -> str:
    """Note a weakness that a review found, with its action in the same step if one is agreed; returns its uid.

    Raises DeskError if the review is closed, or an action lacks its owner or date.
    """
    about = record(desk, "review", review)
    if about.get("closed_on"):
        raise DeskError("The review is closed; open it again before a weakness is added.")
    values: dict[str, Value] = {"review": review, "what": what.strip() or None}
    must_hold(DEFINITIONS["weakness"], values, values)
    actions = [_action(desk, review, about, agreed)] if agreed else []
    weakness = created("weakness", {**values, "action": actions[0].uid if actions else None})
    desk.apply(Action.EDIT, f"Weakness: {what.strip()}", [*actions, weakness])
    return weakness.uid


def agree_action(desk: Desk, weakness: str, agreed: Agreed) -> ChangeSet:
    """Give a weakness the action that is to put it right; DeskError if it has one, or owner or date is missing."""
    held = record(desk, "weakness", weakness)
    if held.get("action"):
        raise DeskError(f"“{held['what']}” has an action already; alter that one.")
    review = str(held["review"])
    action = _action(desk, review, record(desk, "review", review), agreed)
    changes = present([action, updated("weakness", weakness, held, {"action": action.uid})])
    return desk.apply(Action.EDIT, f"Action on “{held['what']}”", changes)


def _action(desk: Desk, review: str, about: Values, agreed: Agreed) -> RecordChange:
    values: dict[str, Value] = {
        "title": agreed.action.strip() or None,
        "owner": agreed.owner.strip() or None,
        "due": agreed.due,
        "agreement": about.get("agreement"),
        "review": review,
        "state": ActionState.OPEN.value,
        "number": next_action_number(desk),
    }
    must_hold(DEFINITIONS["action"], values, values)
    return created("action", values)


def close_review(desk: Desk, review: str, on: date) -> ChangeSet:
    """Close a review; DeskError if a weakness has no action with owner and date, or it was closed or is still to be."""
    held = record(desk, "review", review)
    if held.get("closed_on"):
        raise DeskError(f"The review was closed on {date_text(held['closed_on'])} already.")  # type: ignore[arg-type]  # a day
    after: dict[str, Value] = {"closed_on": on}
    change = present([updated("review", review, held, after)])
    refuse_closing_too_soon(desk, change[0])
    return desk.apply(Action.EDIT, f"Close the review of {date_text(held['held_on'])}", change)  # type: ignore[arg-type]  # a day


def take_reply(desk: Desk, review: str, words: str, on: date) -> ChangeSet | None:
    """Keep what the provider says of the facts of a review; DeskError if it says nothing."""
    if not words.strip():
        raise DeskError("The reply is empty; give what the provider says, or that it agrees.")
    held: Mapping[str, Value] = record(desk, "review", review)
    change = updated("review", review, held, {"reply": words.strip(), "replied_on": on})
    day = held["held_on"]
    title = f"Reply of the provider to the review of {date_text(day) if isinstance(day, date) else ''}".strip()
    return desk.apply(Action.EDIT, title, [change]) if change else None
