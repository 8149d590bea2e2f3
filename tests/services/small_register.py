"""A register small enough to be counted by hand: three agreements of the small borough and what belongs to them."""

from datetime import date

from ctdesk.domain.changes import RecordChange, created
from ctdesk.domain.definition import Value
from tests.services.small_borough import ACORN, BRIDGE, COUNCIL, HOSPITAL, NURSING, OAK

TODAY = date(2026, 5, 18)
SCHOOL, PARENTS, PLAY = "g-school", "g-parents", "g-play"
FIRST, SECOND = "x-first", "x-second"

TERMS: dict[str, Value] = {
    "type": "contract",
    "agency": COUNCIL,
    "manager": "Contracts officer",
    "signed_on": date(2022, 11, 1),
    "start": date(2023, 1, 1),
    "notice_months": 6,
    "route": "open",
}


def agreement(uid: str, reference: str, title: str, **more: Value) -> RecordChange:
    """Return the making of an agreement."""
    return created("agreement", {**TERMS, "reference": reference, "title": title, **more}, uid)


def part(kind: str, uid: str | None = None, **values: Value) -> RecordChange:
    """Return the making of something that belongs to school nursing, unless another agreement is named."""
    return created(kind, {"agreement": SCHOOL, **values}, uid)


def small_register() -> list[RecordChange]:
    """Return the making of everything."""
    return [
        agreement(
            SCHOOL,
            "CON-0042",
            "School nursing",
            provider=HOSPITAL,
            end=date(2025, 12, 31),
            annual_value=126_400_000,
            activities=(NURSING,),
        ),
        agreement(
            PARENTS,
            "CON-0043",
            "Parent sessions",
            provider=BRIDGE,
            end=date(2026, 9, 30),
            total_value=15_000_000,
            notice_months=3,
            successor=PLAY,
        ),
        agreement(
            PLAY,
            "CON-0050",
            "Parents and play",
            provider=OAK,
            start=date(2026, 11, 1),
            end=date(2028, 10, 31),
            signed_on=None,
        ),
        part("extension", FIRST, number=1, end=date(2026, 12, 31), state="exercised", decided_on=date(2025, 6, 1)),
        part("extension", SECOND, number=2, end=date(2027, 12, 31), state="drafted", value=126_400_000),
        part("payment", due=date(2026, 4, 30), profile=10_533_300, paid=10_533_000, paid_on=date(2026, 5, 1)),
        part("payment", due=date(2026, 7, 31), profile=10_533_300),
        part("requirement", what="insurance", detail="Public liability", held=True, expires=date(2026, 3, 31)),
        part("action", title="Agree a plan", owner="Officer", due=date(2026, 6, 5), state="open"),
        part("agreement_share", agreement=PARENTS, provider=BRIDGE, percent=60, leads=True),
        part("agreement_share", agreement=PARENTS, provider=ACORN, percent=30),
        created("board_meeting", {"board": "Trust board", "held_on": date(2026, 6, 11)}),
    ]
