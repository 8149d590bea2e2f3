"""An invented baseline: twelve agencies of a borough that does not exist, or as many lines as are wanted."""

import random
from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal

from ctdesk.domain.baseline import ActivityLine, AgencyLine, Baseline, FindingLine, Heading, PostLine

OUTCOMES = (
    "Be healthy",
    "Stay safe",
    "Enjoy and achieve",
    "Make a positive contribution",
    "Achieve economic well-being",
)
TIERS = ("Universal", "Targeted", "Specialist")
PURPOSES = ("Prevention", "Early intervention", "Intervention", "Crisis")
STAGES = (
    "Assess needs",
    "Map what there is",
    "Decide priorities",
    "Plan services",
    "Design and specify",
    "Shape the market",
    "Procure",
    "Manage contracts",
    "Review and learn",
)
AGREEMENTS = ("Contract", "Service level agreement", "Grant", "In-house agreement", "Spot purchase", "Framework")
SECTORS = ("Local authority", "NHS", "Voluntary and community", "Private", "School")
SERVICES = (
    "Health visiting", "School nursing", "Speech and language therapy", "Young carers’ support", "Foster care agency",
    "Short breaks for disabled children", "Youth offending prevention", "Teenage pregnancy support",
    "Children’s centre core offer", "Family support outreach", "Drug and alcohol education", "Careers guidance",
    "Supported lodgings for care leavers", "Domestic abuse refuge, children’s worker", "Play and holiday schemes",
    "Child and adolescent mental health, community team", "Education welfare", "Continuing care packages",
)  # fmt: skip
PLACES = ("borough-wide", "North", "Riverside", "Central", "South", "Hill", "Marsh")
PROVIDERS = (
    "Fenbrook Community Health NHS Trust", "Fenbrook Council", "Marsh Lane Family Centre", "Several providers",
    "Open Door Youth Project", "Riverside Nursery Partnership", "Northfield Play Association", "Harbour Care Ltd",
    "Bridge Street Carers’ Centre", "Hilltop Academy Trust",
)  # fmt: skip
AGENCIES = (
    "Children’s Services", "NHS Fenbrook", "Public Health", "Schools Forum", "Youth Offending Team",
    "Drug and Alcohol Action Team", "Sure Start children’s centres", "Children’s Fund", "Connexions Fenbrook",
    "North schools cluster", "South schools cluster", "Fenbrook Police",
)  # fmt: skip
AS_AT = date(2026, 3, 31)
DUE = date(2026, 5, 15)


def heading(filter_: str = "None: all agencies, all activities") -> Heading:
    printed = datetime(2026, 6, 1, 9, 12)  # noqa: DTZ001 -- a clock on the wall, as on every page
    return Heading("Fenbrook Children’s Trust", "Baseline 2026/27", AS_AT, DUE, filter_, printed)


def activity(chance: random.Random, number: int, agency: str, *, estimated: bool = False) -> ActivityLine:
    service, place = chance.choice(SERVICES), chance.choice(PLACES)
    end = chance.choice([date(2026 + chance.randrange(4), chance.randrange(1, 13), 28), date(2027, 3, 31), None])
    initials = ("".join(word[0] for word in agency.split()) + agency[-1]).upper()
    low = chance.choice([0, 0, 5, 5, 11, 13, None])
    return ActivityLine(
        reference=f"{initials}-{number:03}",
        title=f"{service}, {place}",
        agency=agency,
        provider=chance.choice(PROVIDERS),
        provider_sector=chance.choice(SECTORS),
        agreement_type=chance.choices(AGREEMENTS, [6, 4, 3, 2, 1, 1])[0],
        main_outcome=chance.choices((*OUTCOMES, ""), [8, 7, 5, 1, 2, 0.4])[0],
        tier=chance.choices((*TIERS, ""), [3, 3, 6, 0.3])[0],
        purpose=chance.choices((*PURPOSES, ""), [3, 3, 3, 1, 1])[0],
        age_from=low,
        age_to=None if low is None else low + chance.choice([4, 6, 8]),
        start=date(2024, 4, 1),
        end=end,
        open_ended=end is None and chance.random() < 0.8,
        value=None if chance.random() < 0.02 else chance.randrange(20_00, 900_000_00, 50),
        estimated=estimated,
    )


def post(chance: random.Random, agency: str) -> PostLine:
    fte = Decimal(chance.choice(["1", "1", "1", "0.8", "0.6", "0.5"]))
    title = chance.choice(["Commissioning manager", "Contracts officer", "Joint commissioner", "Needs analyst"])
    stages = tuple(chance.sample(STAGES, chance.randrange(4)))
    return PostLine(title, agency, fte, chance.choice([100, 100, 60, 40, None]), int(fte * 5_400_000), stages)


def agency_line(line: AgencyLine, activities: list[ActivityLine], posts: list[PostLine]) -> AgencyLine:
    """Return the line with the control totals of its own lines."""
    return replace(
        line,
        activities=len(activities),
        value=sum(item.value or 0 for item in activities),
        estimated_value=sum(item.value or 0 for item in activities if item.estimated),
        posts=len(posts),
        fte=sum((item.fte for item in posts), Decimal(0)),
        staff_cost=sum(item.cost or 0 for item in posts),
    )


def _state(place: int, agency: str) -> AgencyLine:
    blank = AgencyLine(agency, "accepted", date(2026, 5, 12), 0, 0, 0, 0, 0, 400_000_00, 0, Decimal(0), 0, "returned")
    if agency == "Fenbrook Police":
        return replace(
            blank, state="chased", received=None, days_late=17, rests_on="missing", last_round_value=396_000_00,
            chased=(date(2026, 5, 18), date(2026, 5, 26)),
        )  # fmt: skip
    if agency == "South schools cluster":
        return replace(blank, state="sent", received=None, days_late=17, rests_on="estimated", last_round_value=None)
    if place in (5, 7):
        return replace(blank, received=date(2026, 5, 19), days_late=4, open_findings=place - 3)
    return blank


def baseline(activities: int = 200, posts: int = 58, agencies: tuple[str, ...] = AGENCIES, seed: int = 1) -> Baseline:
    """Return a baseline with that many lines shared among the agencies, some of them late, one missing."""
    chance = random.Random(seed)  # noqa: S311 -- invented data, the same each time
    states = [_state(place, agency) for place, agency in enumerate(agencies)]
    present = [state for state in states if state.rests_on != "missing"] or states
    lines: dict[str, list[ActivityLine]] = {agency: [] for agency in agencies}
    staff: dict[str, list[PostLine]] = {agency: [] for agency in agencies}
    weights = [1 / (place + 1) for place in range(len(present))]
    for _ in range(activities):
        state = chance.choices(present, weights)[0]
        guessed = state.rests_on == "estimated" or chance.random() < 0.04
        number = len(lines[state.agency]) + 1
        lines[state.agency].append(activity(chance, number, state.agency, estimated=guessed))
    for _ in range(posts):
        agency = chance.choices(present, weights)[0].agency
        staff[agency].append(post(chance, agency))
    return Baseline(
        heading=heading(),
        agencies=tuple(agency_line(state, lines[state.agency], staff[state.agency]) for state in states),
        activities=tuple(line for group in lines.values() for line in group),
        posts=tuple(line for group in staff.values() for line in group),
        findings=findings(agencies),
        outcome_order=OUTCOMES,
        tier_order=TIERS,
        stage_order=STAGES,
        purpose_order=PURPOSES,
    )


def findings(agencies: tuple[str, ...]) -> tuple[FindingLine, ...]:
    explain = "The value differs from last round’s by more than a quarter."
    found = (
        FindingLine("Children’s Fund", "please explain", explain, ("Activity!H12",)),
        FindingLine("Drug and Alcohol Action Team", "please explain", explain, ("Activity!H7", "Activity!H8")),
        FindingLine("Drug and Alcohol Action Team", "must fix", "The end date is before the start.", ("Activity!K9",)),
    )
    return tuple(finding for finding in found if finding.agency in agencies)
