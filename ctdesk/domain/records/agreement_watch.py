"""Watching over agreements: risks, actions, reviews and visits, concerns, and the rating the law asks for."""

from collections.abc import Iterator
from datetime import date
from enum import StrEnum

from ctdesk.domain.definition import (
    Fault,
    Need,
    Values,
    choice,
    code,
    day,
    integer,
    link,
    long_text,
    record,
    text,
    yes_no,
)


class ActionState(StrEnum):
    """How far an action has come."""

    OPEN = "open"
    DONE = "done"
    DROPPED = "dropped"


FINISHED = frozenset({ActionState.DONE, ActionState.DROPPED})
"""The states of an action of which nothing more is awaited."""


class RiskState(StrEnum):
    """Whether a risk still stands."""

    OPEN = "open"
    CLOSED = "closed"


class ReviewRating(StrEnum):
    """What a review concludes, best first."""

    OUTSTANDING = "outstanding"
    GOOD = "good"
    ADEQUATE = "adequate"
    WEAK = "weak"
    POOR = "poor"


class ConcernStep(StrEnum):
    """The ladder a concern climbs while it is not put right."""

    CONCERN = "concern raised"
    NOTICE = "formal notice"
    PLAN = "improvement plan"
    TERMINATION = "proposal to terminate"
    DECOMMISSIONING = "proposal to decommission"


class ActRating(StrEnum):
    """The five ratings of the Procurement Act 2023, section 71 (Procurement Regulations 2024, SI 2024/692)."""

    GOOD = "good"
    APPROACHING = "approaching target"
    IMPROVE = "requires improvement"
    INADEQUATE = "inadequate"
    OTHER = "other"


def finished_actions_have_a_date(values: Values) -> Iterator[Fault]:
    """An action that is done says when."""
    if values.get("state") == ActionState.DONE and not values.get("done_on"):
        yield Fault("action_without_date", ("done_on", "state"))


def plans_have_an_end(values: Values) -> Iterator[Fault]:
    """An improvement plan and what comes after it say by when."""
    climbed = {ConcernStep.PLAN, ConcernStep.TERMINATION, ConcernStep.DECOMMISSIONING}
    if values.get("step") in climbed and not values.get("due"):
        yield Fault("concern_without_date", ("due", "step"))


@record("risk", label="Risk", plural="Risks", title="title")
class Risk:
    """Something that may go wrong, how likely and how bad, and what is done about it."""

    uid: str
    agreement: str | None = link("Agreement", "The agreement it threatens.", target="agreement", need=Need.REQUIRED)
    title: str | None = text("Risk", "What may happen.", need=Need.REQUIRED)
    likelihood: int | None = integer("Likelihood", "1 (rare) to 5 (almost certain).", minimum=1, maximum=5)
    impact: int | None = integer("Impact", "1 (slight) to 5 (severe).", minimum=1, maximum=5)
    doing: str | None = long_text("What is being done", "To make it less likely or less bad.")
    owner: str | None = text("Owner", "Job title or organisation.")
    state: str | None = text("State", "Whether it still stands.", options=tuple(RiskState))


@record("review", label="Review or visit", plural="Reviews and visits", title="held_on")
class Review:
    """A review meeting, a visit or a spot check, what was found, and what the provider said of it."""

    uid: str
    agreement: str | None = link("Agreement", "The agreement reviewed.", target="agreement", need=Need.REQUIRED)
    held_on: date | None = day("Date", "The day it took place.", need=Need.REQUIRED)
    what: str | None = choice("Kind", "Review, visit and so on.", list="review_kind", need=Need.REQUIRED)
    who: str | None = text("Who", "Job titles of who took part.")
    findings: str | None = long_text("Findings", "What was found, good things first.")
    rating: str | None = text("Rating", "The conclusion.", options=tuple(ReviewRating))
    sent_on: date | None = day("Letter sent on", "The day the provider was written to.")
    reply: str | None = long_text("Provider’s reply", "What it says of the facts.")
    replied_on: date | None = day("Replied on", "The day of its reply.")
    closed_on: date | None = day("Closed on", "The day it was closed; every weakness has an action by then.")


@record("weakness", label="Weakness", plural="Weaknesses", title="what")
class Weakness:
    """One thing a review found wanting, and the action that is to put it right."""

    uid: str
    review: str | None = link("Review", "The review that found it.", target="review", need=Need.REQUIRED)
    what: str | None = text("Weakness", "What is wanting.", need=Need.REQUIRED)
    action: str | None = link("Action", "What is to put it right.", target="action", need=Need.IF_APPLIES)


@record(
    "action",
    label="Action",
    plural="Actions",
    title="title",
    reference="number",
    rules=(finished_actions_have_a_date,),
)
class ActionPoint:
    """Something somebody is to do by a day."""

    uid: str
    number: str | None = code("No.", "Its number; the desk gives one.", need=Need.DESK, section="This row")
    title: str | None = text("Action", "What is to be done.", need=Need.REQUIRED, section="This row")
    agreement: str | None = link("Agreement", "The agreement it is about.", target="agreement", need=Need.DESK)
    review: str | None = link("Review", "The review it came from.", target="review", need=Need.DESK)
    owner: str | None = text("Owner", "Job title of who does it.", need=Need.REQUIRED, section="Who and when")
    due: date | None = day("Due", "The day by which it is done.", need=Need.REQUIRED, section="Who and when")
    state: str | None = text(
        "Where it stands", "Open, done or dropped.", options=tuple(ActionState), section="What came of it"
    )
    progress: str | None = long_text("What has been done", "So far.", section="What came of it")
    done_on: date | None = day("Done on", "The day it was finished.", need=Need.IF_APPLIES, section="What came of it")


@record("concern", label="Concern", plural="Concerns", title="what", rules=(plans_have_an_end,))
class Concern:
    """A concern about a provider and how far up the ladder it has gone."""

    uid: str
    agreement: str | None = link("Agreement", "The agreement it is about.", target="agreement", need=Need.REQUIRED)
    what: str | None = text("Concern", "What is the matter.", need=Need.REQUIRED)
    raised_on: date | None = day("Raised on", "The day it was raised.", need=Need.REQUIRED)
    step: str | None = text("Step", "How far it has gone.", options=tuple(ConcernStep), need=Need.REQUIRED)
    step_on: date | None = day("Since", "The day of this step.")
    plan: str | None = long_text("Plan", "What is to be put right, and how it will be seen.")
    due: date | None = day("By", "The day by which it is to be put right.", need=Need.IF_APPLIES)
    closed_on: date | None = day("Closed on", "The day it was settled.")
    outcome: str | None = long_text("What came of it", "How it was settled.")


@record("act_rating", label="Procurement Act rating", plural="Procurement Act ratings", title="rating")
class ProcurementRating:
    """The rating of one year’s performance that section 71 of the Procurement Act 2023 asks for."""

    uid: str
    agreement: str | None = link("Agreement", "The agreement rated.", target="agreement", need=Need.REQUIRED)
    given_on: date | None = day("Given on", "The day of the rating.", need=Need.REQUIRED)
    rating: str | None = text("Rating", "One of five.", options=tuple(ActRating), need=Need.REQUIRED)
    reason: str | None = long_text("Reason", "In words that may be published.")
    published: bool | None = yes_no("Published", "Yes once the notice has been published.")


@record("board_meeting", label="Board meeting", plural="Board meetings", title="board")
class BoardMeeting:
    """One meeting of a board that decides, so that decisions can be dated backwards from what they must precede."""

    uid: str
    board: str | None = text("Board", "What the board is called.", need=Need.REQUIRED)
    held_on: date | None = day("Date", "The day it meets.", need=Need.REQUIRED)
    time: str | None = code("Time", "For instance 14:00.")
    venue: str | None = text("Venue", "Where it meets.")
    papers_by: date | None = day("Papers by", "The last day for papers.")
