"""A scenario that is wanted: its steps written down as intentions of the activities they are about."""

from collections.abc import Sequence

from ctdesk.domain import clock
from ctdesk.domain.changes import Action, ChangeSet, created, present, updated
from ctdesk.domain.definition import Value
from ctdesk.domain.errors import DeskError
from ctdesk.domain.scenario import Step
from ctdesk.domain.words import plain_text
from ctdesk.services.desk import Desk
from ctdesk.services.references import numbered
from ctdesk.services.scenario_steps import step_words

_INTENTIONS = {"end": "decommission", "reduce": "vary", "move": "vary", "add": "vary"}
"""What each step becomes as an intention, by the codes of the lists the desk brings along."""


def turn_into_intentions(desk: Desk, steps: Sequence[Step], scenario: str | None = None) -> ChangeSet | None:
    """Write the steps down as intentions of their activities, each with its reason; None if they are so already.

    What is added becomes an activity with that intention and no value yet, as nothing is bought; one that its agency
    has under that title is taken for it. `scenario` is the uid of a kept one, which is told the day. All is one change
    set. Raises DeskError if the lists lack an intention, or a step that adds does not say who would commission it.
    """
    about, new = _by_activity(desk, steps)
    held = desk.load_some("activity", about)
    intended = present(
        updated("activity", uid, held[uid], _intended(desk, its)) for uid, its in about.items() if uid in held
    )
    made = [created("activity", values) for values in numbered(desk, "activity", new)]
    if not intended and not made:
        return None
    kept = desk.load_some("scenario", [scenario] if scenario else [])
    told = present(updated("scenario", uid, values, {"turned_on": clock.today()}) for uid, values in kept.items())
    name = next((f" {values['name']}" for values in kept.values()), "")
    return desk.apply(Action.EDIT, f"Turn the scenario{name} into intentions", [*intended, *made, *told])


def _by_activity(desk: Desk, steps: Sequence[Step]) -> tuple[dict[str, list[Step]], list[dict[str, Value]]]:
    """Return the steps by the activity they are about, and the activities to be made for those that add one."""
    about: dict[str, list[Step]] = {}
    new: dict[tuple[str, str], list[Step]] = {}
    there = {
        (str(it["agency"]), plain_text(str(it["title"] or ""))): uid
        for uid, it in desk.load_fields("activity", "agency", "title").items()
    }
    for step in steps:
        called = _whose(desk, step), plain_text(step.title)
        uid = step.uid or there.get(called)
        (about.setdefault(uid, []) if uid else new.setdefault(called, [])).append(step)
    return about, [_activity(desk, its) for its in new.values()]


def _whose(desk: Desk, step: Step) -> str:
    if step.kind == "add" and not step.agency_uid:
        said = step_words(desk, step)
        raise DeskError(f"“{said}” does not say who would commission it; write “by” and the agency after its title.")
    return step.agency_uid


def _activity(desk: Desk, steps: Sequence[Step]) -> dict[str, Value]:
    """Return the activity that is to be made for what some steps add under one title."""
    first = steps[0]
    goals = (
        ("purpose", "purpose", first.to.purpose),
        ("tier", "tier", first.to.tier),
        ("main_outcome", "outcome", first.to.outcome),
    )
    told: dict[str, Value] = {field: desk.lists.find(name, label) for field, name, label in goals if label}
    return {"title": first.title, "agency": first.agency_uid, **told, **_intended(desk, steps)}


def _intended(desk: Desk, steps: Sequence[Step]) -> dict[str, Value]:
    """Return the intention that steps about one activity come to: what is ended at any of them is to end."""
    codes = [_INTENTIONS[step.kind] for step in steps]
    code = _INTENTIONS["end"] if _INTENTIONS["end"] in codes else codes[-1]
    if not desk.lists.has("intention", code):
        raise DeskError(f"The list of intentions has no entry “{code}”; add it in the settings, or write it by hand.")
    return {"intention": code, "intention_reason": "; ".join(step_words(desk, step) for step in steps)}
