"""Commissioning resource: the posts whose time goes into commissioning, and what they cost."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal

from ctdesk.domain.definition import (
    Fault,
    Need,
    Values,
    choice,
    choices,
    day,
    decimal,
    integer,
    link,
    long_text,
    money,
    percent,
    record,
    text,
    yes_no,
)

THE_POST, HOW_MUCH, STEPS, SKILLS = (
    "The post",
    "How much of it",
    "Steps of the cycle the time goes to: put x",
    "Skills and notes",
)


def fte_within_headcount(values: Values) -> Iterator[Fault]:
    """Nobody is more than one full-time equivalent."""
    fte, heads = values.get("fte"), values.get("headcount")
    if isinstance(fte, Decimal) and isinstance(heads, int) and fte > heads:
        yield Fault("fte_over_headcount", ("fte", "headcount"), {"fte": f"{fte.normalize():f}", "heads": str(heads)})


def fixed_terms_end(values: Values) -> Iterator[Fault]:
    """A fixed-term post says when the term ends."""
    if values.get("term") == "fixed_term" and not values.get("end"):
        yield Fault("no_term_end", ("end",))


@record(
    "post",
    label="Post",
    plural="Posts",
    title="title",
    owner="agency",
    rules=(fte_within_headcount, fixed_terms_end),
)
class Post:
    """One commissioning job: how much of it there is, which steps of the cycle it serves, what it costs."""

    uid: str
    title: str | None = text(
        "Post title",
        "Job title. No names.",
        need=Need.REQUIRED,
        section="This row",
        aliases=("Job title", "Post", "Role"),
    )
    agency: str | None = link(
        "Agency",
        "The partner it commissions for.",
        target="organisation",
        need=Need.DESK,
        section="This row",
        open=True,
    )
    team: str | None = link("Team", "Team the post sits in.", target="team", open=True, section=THE_POST)
    employer: str | None = link(
        "Employer",
        "Who pays the salary.",
        target="organisation",
        need=Need.REQUIRED,
        open=True,
        section=THE_POST,
    )
    grade: str | None = text("Grade", "Grade or band.", section=THE_POST, aliases=("Band",))
    vacant: bool | None = yes_no("Vacant", "On the as-at date.", need=Need.REQUIRED, section=THE_POST)
    term: str | None = choice("Term", "Permanent or fixed term.", list="term", need=Need.REQUIRED, section=THE_POST)
    end: date | None = day("End date", "If fixed term. dd/mm/yyyy.", need=Need.IF_APPLIES, section=THE_POST)
    fte: Decimal | None = decimal(
        "FTE",
        "Full-time equivalent: 1 is full time.",
        need=Need.REQUIRED,
        section=HOW_MUCH,
        maximum=1_000,
        aliases=("Full-time equivalent", "WTE"),
    )
    headcount: int | None = integer(
        "Headcount", "People in the post.", need=Need.REQUIRED, section=HOW_MUCH, maximum=10_000
    )
    commissioning_percent: int | None = percent(
        "Time on commissioning (%)",
        "0 to 100: share of the post’s time spent on commissioning.",
        need=Need.REQUIRED,
        section=HOW_MUCH,
        aliases=("Time on commissioning", "% of time on commissioning"),
    )
    annual_cost: int | None = money(
        "Annual cost (£)",
        "With on-costs, whole post, for the year of the round.",
        need=Need.REQUIRED,
        section=HOW_MUCH,
        aliases=("Annual cost", "Cost", "Salary with on-costs"),
    )
    funding_source: str | None = choice(
        "Funding source",
        "Main source of the money.",
        list="funding_source",
        need=Need.REQUIRED,
        section=HOW_MUCH,
    )
    cycle_stages: tuple[str, ...] = choices(
        "Steps of the cycle",
        "Put x if this step takes a good part of the post’s time.",
        list="cycle_stage",
        section=STEPS,
    )
    skills: tuple[str, ...] = choices(
        "Skills", "Pick one, or type several with ; between them.", list="skill", section=SKILLS
    )
    comments: str | None = long_text(
        "Comments", "Anything the desk should know.", section=SKILLS, aliases=("Comment", "Notes")
    )
