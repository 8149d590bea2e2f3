"""The yearly rating of section 71 of the Procurement Act 2023: whether it is owed, and giving it."""

from datetime import date

from ctdesk.domain.changes import Action, ChangeSet, created, updated
from ctdesk.domain.dates import date_text
from ctdesk.domain.definition import DEFINITIONS, Value
from ctdesk.domain.errors import DeskError
from ctdesk.domain.records.agreement_watch import ActRating
from ctdesk.services.desk import Desk
from ctdesk.services.faults import must_hold
from ctdesk.services.naming import called
from ctdesk.services.records import record


def say_whether_it_applies(desk: Desk, agreement: str, *, applies: bool, reason: str = "") -> ChangeSet | None:
    """Keep the answer whether the rating is owed, and the reason where it is not; DeskError if that is missing."""
    held = record(desk, "agreement", agreement)
    if not applies and not reason.strip():
        raise DeskError("Say why the Procurement Act rating does not apply; the reason is kept with the agreement.")
    after: dict[str, Value] = {"act_rating_applies": applies, "act_rating_reason": None if applies else reason.strip()}
    change = updated("agreement", agreement, held, after)
    words = "applies" if applies else "does not apply"
    title = f"{called(desk, 'agreement', held)}: Procurement Act rating {words}"
    return desk.apply(Action.EDIT, title, [change], why=reason.strip()) if change else None


def give_rating(desk: Desk, agreement: str, rating: ActRating, on: date, reason: str) -> ChangeSet:
    """Give an agreement its rating of the year.

    Raises DeskError if it is not said to apply, no reason is given, or one was given that day.
    """
    held = record(desk, "agreement", agreement)
    if not held.get("act_rating_applies"):
        raise DeskError("Say first that the Procurement Act rating applies to this agreement.")
    if not reason.strip():
        raise DeskError("Give the reason of the rating, in words that may be published.")
    _refuse_a_second(desk, agreement, on)
    values: dict[str, Value] = {
        "agreement": agreement,
        "given_on": on,
        "rating": rating.value,
        "reason": reason.strip(),
    }
    must_hold(DEFINITIONS["act_rating"], values, values)
    title = f"{called(desk, 'agreement', held)}: rated {rating}"
    return desk.apply(Action.EDIT, title, [created("act_rating", values)], why=reason.strip())


def _refuse_a_second(desk: Desk, agreement: str, on: date) -> None:
    """Refuse a rating of a day on which one was given: correct that one instead."""
    for values in desk.load("act_rating", agreement=agreement).values():
        if values.get("given_on") == on:
            raise DeskError(f"A rating was given on {date_text(on)} already; alter that one.")
