"""Books to write in tests and benchmarks: an agency with services, posts and funding lines, complete or not."""

import random
from datetime import date, timedelta
from decimal import Decimal

import ctdesk.domain.records  # noqa: F401 - fills the registry of definitions
from ctdesk.domain.definition import Value
from ctdesk.domain.identity import row_key
from ctdesk.domain.lists import Entry, ReferenceLists
from ctdesk.domain.names import NameIndex
from ctdesk.returns.workbook import RequestBook, SheetRow

_WORDS = {
    "sector": ("NHS", "Private"),
    "agreement_type": ("Contract", "Grant", "In-house agreement"),
    "level": ("National", "Strategic (trust-wide)"),
    "tier": ("Universal", "Targeted", "Specialist"),
    "outcome": ("Be healthy", "Stay safe", "Enjoy and achieve"),
    "purpose": ("Prevention", "Crisis"),
    "client_group": ("All children", "Care leavers", "Looked-after children"),
    "area": ("Borough-wide", "Northgate", "Quayside"),
    "funding_source": ("Council base budget", "NHS allocation"),
    "arrangement": ("Single agency", "Pooled"),
    "capacity_unit": ("Places", "Families"),
    "route": ("Open", "Direct award"),
    "intention": ("Continue", "Vary", "Decommission"),
    "term": ("Permanent", "Fixed term"),
    "skill": ("Procurement", "Negotiating"),
}
_STEPS = ("Outcomes", "Groups", "Needs", "Buy", "Review")

PROVIDERS = {"p1": "Harbour & Sons <Care> Ltd", "p2": "Bridge Learning", "p3": "In house"}
TEAMS = {"t1": "Children’s centres"}


def _code(label: str) -> str:
    return label.split(" (", maxsplit=1)[0].lower().replace(" ", "_").replace("-", "_")


def lists() -> ReferenceLists:
    """Return small lists that every field can be filled from."""
    found = {name: [Entry(_code(word), word) for word in words] for name, words in _WORDS.items()}
    found["cycle_stage"] = [Entry(_code(word), f"Step about {word}", word) for word in _STEPS]
    return ReferenceLists(found)


def names() -> dict[str, NameIndex]:
    """Return the organisations and teams that the books name."""
    return {
        "organisation": NameIndex((uid, name, ()) for uid, name in PROVIDERS.items()),
        "team": NameIndex((uid, name, ()) for uid, name in TEAMS.items()),
        "activity": NameIndex(),
    }


def activity(number: int = 1, **changes: Value) -> dict[str, Value]:
    """Return the values of a service that lacks nothing but the agency's word that it is still theirs."""
    values: dict[str, Value] = {
        "reference": f"SS-{number:03d}",
        "title": f"Family support {number}",
        "provider": "p1",
        "agreement_type": "contract",
        "agreement_reference": f"00{number}",
        "annual_value": 8_695_000 + number,
        "funding_source": "council_base_budget",
        "funding_arrangement": "single_agency",
        "start": date(2024, 4, 1),
        "end": date(2027, 3, 31),
        "main_outcome": "be_healthy",
        "tier": "universal",
        "purpose": "prevention",
        "age_from": 0,
        "age_to": 18,
        "client_groups": ("all_children", "care_leavers"),
        "areas": ("borough_wide",),
        "lead_commissioner": "Head of families",
        "intention": "continue",
    }
    values.update(changes)
    return {name: value for name, value in values.items() if value not in (None, ())}


def post(number: int = 1, **changes: Value) -> dict[str, Value]:
    """Return the values of a post that lacks nothing but the agency's word."""
    values: dict[str, Value] = {
        "title": f"Commissioning officer {number}",
        "team": "t1",
        "employer": "p2",
        "vacant": False,
        "term": "permanent",
        "fte": Decimal("0.80"),
        "headcount": 1,
        "commissioning_percent": 60,
        "annual_cost": 4_200_000,
        "funding_source": "nhs_allocation",
        "cycle_stages": ("buy", "review"),
        "skills": ("negotiating", "procurement"),
    }
    values.update(changes)
    return {name: value for name, value in values.items() if value not in (None, ())}


def line(activity_uid: str, **changes: Value) -> dict[str, Value]:
    """Return the values of a complete funding line."""
    values: dict[str, Value] = {
        "activity": activity_uid,
        "year": "2026/27",
        "source": "nhs_allocation",
        "amount": 1_000_050,
        "arrangement": "single_agency",
    }
    values.update(changes)
    return {name: value for name, value in values.items() if value not in (None, ())}


def sheet_row(uid: str, values: dict[str, Value], **raw: object) -> SheetRow:
    """Return a row with the key that belongs to its uid."""
    return SheetRow(uid, row_key(uid), values, raw)


def book(
    activities: list[dict[str, Value]] | None = None,
    posts: list[dict[str, Value]] | None = None,
    lines: list[dict[str, Value]] | None = None,
    agency: str = "Sure Start centres",
    **changes: object,
) -> RequestBook:
    """Return a book with these records, one complete one of each kind if none are given."""
    kinds = {
        "activity": [activity()] if activities is None else activities,
        "post": [post()] if posts is None else posts,
        "funding_line": [line("activity-0")] if lines is None else lines,
    }
    rows = {kind: [sheet_row(f"{kind}-{at}", v) for at, v in enumerate(records)] for kind, records in kinds.items()}
    words: dict[str, object] = {
        "trust": "Weirside & District Children’s Trust",
        "round": "Baseline 2026/27",
        "as_at": date(2026, 3, 31),
        "due": date(2026, 5, 15),
        "agency": agency,
        "round_uid": "01900000-0000-7000-8000-000000000001",
        "agency_uid": "01900000-0000-7000-8000-000000000002",
        "request_uid": "01900000-0000-7000-8000-000000000003",
        "issue": 1,
        "reply_to": "desk@weirside.example",
        "team": "The commissioning team",
        "rows": rows,
        "lists": lists(),
        "names": names(),
        "providers": sorted(PROVIDERS.values()),
    }
    return RequestBook(**{**words, **changes})  # type: ignore[arg-type]  # the words above have the right types


def filled_book(
    services: int, staff: int = 5, agency: str = "Sure Start centres", seed: int = 1, like: RequestBook | None = None
) -> RequestBook:
    """Return a book as large as one likes, with gaps and slips as real ones have; of the round of another if given."""
    chance = random.Random(seed)  # noqa: S311 - nothing secret
    activities = [_varied(activity(at), chance) for at in range(services)]
    posts = [_varied(post(at), chance) for at in range(staff)]
    lines = [line(f"activity-{at}") for at in range(0, services, 20)]
    return book(activities, posts, lines, agency=agency, **({"lists": like.lists} if like else {}))


def _varied(values: dict[str, Value], chance: random.Random) -> dict[str, Value]:
    if chance.random() < 0.3:
        values.pop(chance.choice(["annual_value", "annual_cost", "main_outcome", "intention", "fte"]), None)
    if chance.random() < 0.1 and "start" in values:
        values["end"] = date(2023, 3, 31) - timedelta(days=chance.randrange(300))
    if chance.random() < 0.5:
        values["comments"] = "=Said by telephone\nand then in writing; " * chance.randrange(1, 4)
    return values
