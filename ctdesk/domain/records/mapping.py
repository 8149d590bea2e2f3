"""What a team adds to the service map: weights of shared money, populations, needs, scenarios, its word on findings."""

from datetime import date, datetime
from enum import StrEnum

from ctdesk.domain.definition import (
    Need,
    choice,
    choices,
    code,
    day,
    integer,
    link,
    long_text,
    moment,
    record,
    text,
    yes_no,
)
from ctdesk.domain.records.in_order import ages_in_order


class Question(StrEnum):
    """What the desk asks about a pair of activities."""

    OVERLAP = "overlap"
    PASSED_ON = "money passed on"


class Verdict(StrEnum):
    """What the team says to it."""

    INTENDED = "intended"
    """An overlap that is meant to be."""
    SAME_MONEY = "the same money"
    """Passed on from one partner to the other and reported by both: counted once."""
    DIFFERENT = "different money"
    """Two sums, although they look alike."""


@record("weight", label="Stated weight", plural="Stated weights", title="bucket", reference="dimension")
class Weight:
    """How much of an activity goes to one of the several outcomes, areas, groups or ages it serves."""

    uid: str
    activity: str | None = link("Activity", "The activity that is shared.", target="activity", need=Need.REQUIRED)
    dimension: str | None = code("Shared by", "The dimension of the service map.", need=Need.REQUIRED)
    bucket: str | None = code("Goes to", "The word of the list, or the name of the age band.", need=Need.REQUIRED)
    weight: int | None = integer("Weight", "Its part, in any unit: 60 beside 40, say.", need=Need.REQUIRED)


@record("population", label="Population", plural="Populations", title="source", rules=(ages_in_order,))
class Population:
    """How many children of some ages live in an area, so that costs can be told per head."""

    uid: str
    area: str | None = choice("Area", "Leave blank for the whole of the trust’s area.", list="area")
    age_from: int | None = integer("Age from", "Youngest age counted.", maximum=25, unit="years", need=Need.REQUIRED)
    age_to: int | None = integer("Age to", "Oldest age counted.", maximum=25, unit="years", need=Need.REQUIRED)
    people: int | None = integer("People", "How many there are.", need=Need.REQUIRED)
    source: str | None = text("Source", "Whose figure it is, and of when.", need=Need.REQUIRED)


@record("need", label="Need", plural="Needs", title="title", rules=(ages_in_order,))
class StatedNeed:
    """Something the plan says is needed, which the service map looks for among what is bought."""

    uid: str
    title: str | None = text("Need", "What the plan says is needed.", need=Need.REQUIRED)
    outcome: str | None = choice("Outcome", "The outcome it serves.", list="outcome", need=Need.REQUIRED)
    tier: str | None = choice("Tier", "How much need it is.", list="tier")
    age_from: int | None = integer("Age from", "Youngest age it concerns.", maximum=25, unit="years")
    age_to: int | None = integer("Age to", "Oldest age it concerns.", maximum=25, unit="years")
    areas: tuple[str, ...] = choices("Areas", "Where; blank for everywhere.", list="area")
    priority: bool | None = yes_no("Priority", "Yes if it is a priority of the plan.")
    position: int | None = integer("Order", "Its place in the plan.")
    lead: str | None = link("Would lead", "The agency that would commission it.", target="organisation")
    source: str | None = long_text("Evidence", "Figures behind it, and where they stand.")


@record("scenario", label="Scenario", plural="Scenarios", title="name")
class Scenario:
    """What would be if some steps were taken: a copy to compare with what is commissioned, kept under a name."""

    uid: str
    name: str | None = text("Scenario", "What the team calls it.", need=Need.REQUIRED)
    steps: str | None = long_text("Steps", "One on each line, such as: end CS-001.", need=Need.REQUIRED)
    turned_on: date | None = day(
        "Became intentions", "The day its steps were written down as intentions.", need=Need.DESK
    )


@record("mark", label="Mark", plural="Marks", title="reason", reference="question")
class Mark:
    """The team's word on a pair of activities, so that the desk does not ask again."""

    uid: str
    question: str | None = text("Question", "What was asked.", options=tuple(Question))
    first: str | None = link("First", "One activity of the pair.", target="activity", need=Need.REQUIRED)
    second: str | None = link("Second", "The other activity of the pair.", target="activity", need=Need.REQUIRED)
    verdict: str | None = text("Answer", "What the team says.", options=tuple(Verdict))
    reason: str | None = long_text("Reason", "Why.")
    who: str | None = text("Marked by", "Who said so.")
    marked_on: datetime | None = moment("Marked", "When it was said.")
