"""What the service map tells of pairs and cells: overlaps, money passed on, gaps. Each is a question, not a verdict."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from ctdesk.domain.service_lines import ServiceLine

OverlapKind = Literal["two agencies", "two prices"]
GapKind = Literal["no service", "thin", "no outcome", "one provider"]


@dataclass(frozen=True, slots=True)
class Overlap:
    """Two activities for the same outcome, client group, ages and area; `amount` is the smaller of the two.

    `apart` says by how many per cent of the lower the unit costs differ, None where they cannot be compared.
    """

    first: ServiceLine
    second: ServiceLine
    kind: OverlapKind
    amount: int
    groups: tuple[str, ...]
    areas: tuple[str, ...]
    apart: int | None
    evidence: tuple[str, ...]
    reason: str = ""
    """Why it is intended, where the team has said so."""


@dataclass(frozen=True, slots=True)
class PassedOn:
    """Money that one partner pays to another who reports it again; `amount` would be counted twice."""

    payer: ServiceLine
    partner: ServiceLine
    amount: int
    evidence: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PlanNeed:
    """Something the plan says is needed; an empty text or tuple leaves its part open."""

    uid: str
    title: str
    outcome: str
    tier: str
    age_from: int | None
    age_to: int | None
    areas: tuple[str, ...]
    priority: bool
    lead: str
    source: str


@dataclass(frozen=True, slots=True)
class Gap:
    """Where something lacks: a cell of the map, an outcome for some services, a second provider for an outcome.

    `amount` is what is bought there; of what is thin it is pence a head, beside the `mean` of all areas.
    """

    kind: GapKind
    outcome: str = ""
    tier: str = ""
    ages: str = ""
    area: str = ""
    need: str = ""
    evidence: str = ""
    lead: str = ""
    amount: int = 0
    mean: int | None = None
    uids: tuple[str, ...] = ()
    priority: bool = False
    """Whether the plan calls the need a priority."""


@dataclass(frozen=True, slots=True)
class PerHead:
    """Pence a head of one column of the map in each area, and what all areas come to a head."""

    column: str
    by: str
    areas: Sequence[tuple[str, int | None]]
    mean: int | None
