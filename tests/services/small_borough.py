"""A borough small enough to be counted by hand: two agencies, three providers, five activities, two posts."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from decimal import Decimal
from pathlib import Path

from ctdesk.db.workspace import Workspace
from ctdesk.domain.changes import Action, RecordChange, created
from ctdesk.domain.definition import Value
from ctdesk.services.creating import create_workspace
from ctdesk.services.desk import Desk
from tests.made_once import copied

COUNCIL, HOSPITAL, BRIDGE, OAK, ACORN = "u-council", "u-hospital", "u-bridge", "u-oak", "u-acorn"
NURSING, SESSIONS, CLINIC, CLUB, OLD = "u-nursing", "u-sessions", "u-clinic", "u-club", "u-old"
SOCIAL_WORKER, ANALYST = "u-officer", "u-analyst"
TEAM = "u-team"

COMPLETE: dict[str, Value] = {
    "agreement_type": "contract",
    "funding_source": "council_base",
    "funding_arrangement": "single_agency",
    "start": date(2024, 4, 1),
    "end": date(2027, 3, 31),
    "notice_months": 6,
    "main_outcome": "be_healthy",
    "tier": "targeted",
    "purpose": "prevention",
    "age_from": 5,
    "age_to": 16,
    "client_groups": ("all_children",),
    "areas": ("borough_wide",),
    "lead_commissioner": "Head of commissioning",
    "intention": "continue",
}
"""Every required field but title, parties and value."""


def activity(
    uid: str, reference: str, title: str, *, agency: str, provider: str, value: int, **more: Value
) -> RecordChange:
    """Return the making of an activity in which nothing is missing."""
    own: dict[str, Value] = {"reference": reference, "title": title, "agency": agency, "provider": provider}
    return created("activity", {**COMPLETE, **own, "annual_value": value, **more}, uid)


def borough() -> list[RecordChange]:
    """Return the making of everything."""
    organisations = [
        created("organisation", {"name": "Alder Council", "is_agency": True, "sector": "local_authority"}, COUNCIL),
        created("organisation", {"name": "Birch Hospital Trust", "is_agency": True, "is_provider": True}, HOSPITAL),
        created("organisation", {"name": "The Bridge Project", "is_provider": True, "aliases": "Bridge"}, BRIDGE),
        created("organisation", {"name": "Oak Families Ltd", "is_provider": True}, OAK),
        created("organisation", {"name": "Acorn Play", "is_provider": True}, ACORN),
    ]
    activities = [
        activity(NURSING, "AC-001", "School nursing", agency=COUNCIL, provider=HOSPITAL, value=120_000_00),
        activity(
            SESSIONS,
            "AC-002",
            "Parent sessions",
            agency=COUNCIL,
            provider=BRIDGE,
            value=40_000_00,
            end=date(2026, 9, 30),
        ),
        activity(
            CLUB, "AC-003", "Holiday club", agency=COUNCIL, provider=ACORN, value=15_000_00, end=None, open_ended=True
        ),
        activity(CLINIC, "BH-001", "Speech clinic", agency=HOSPITAL, provider=OAK, value=80_000_00),
        activity(OLD, "BH-002", "Home visits", agency=HOSPITAL, provider=OAK, value=20_000_00, end=date(2025, 3, 31)),
    ]
    lines = [
        created(
            "funding_line",
            {
                "activity": NURSING,
                "year": "2026/27",
                "source": "council_base",
                "amount": 70_000_00,
                "arrangement": "single_agency",
            },
            "u-line1",
        ),
        created(
            "funding_line",
            {
                "activity": NURSING,
                "year": "2026/27",
                "source": "dedicated_schools_grant",
                "amount": 50_000_00,
                "arrangement": "single_agency",
            },
            "u-line2",
        ),
    ]
    post: dict[str, Value] = {
        "vacant": False,
        "term": "permanent",
        "headcount": 1,
        "commissioning_percent": 50,
        "annual_cost": 45_000_00,
        "funding_source": "council_base",
    }
    posts = [
        created(
            "post",
            {
                **post,
                "title": "Commissioning officer",
                "agency": COUNCIL,
                "employer": COUNCIL,
                "fte": Decimal("1.00"),
                "team": TEAM,
            },
            SOCIAL_WORKER,
        ),
        created(
            "post",
            {**post, "title": "Analyst", "agency": HOSPITAL, "employer": HOSPITAL, "fte": Decimal("0.50")},
            ANALYST,
        ),
    ]
    team = created("team", {"name": "Children’s commissioning", "agency": COUNCIL}, TEAM)
    return [*organisations, team, *activities, *lines, *posts]


def small_borough(path: Path) -> Workspace:
    """Make a workspace that knows it, and return it open."""
    workspace = create_workspace(path, name="Small borough")
    Desk(workspace, "sam").apply(Action.EDIT, "Take over what is known", borough())
    return workspace


@contextmanager
def desk_of(name: str, make: Callable[[Path], Workspace], path: Path) -> Iterator[Desk]:
    """Yield a desk over a copy of the workspace of that name; no backup is made when it closes."""
    workspace = copied(name, make, path)
    yield Desk(workspace, "sam")
    workspace.changed = False
    workspace.close()
