"""The lines a baseline report is made of: who was asked, what is commissioned, who commissions it, what is open.

Money is whole pence a year. An empty string or None means that the agency has not given the value.
"""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Literal

from ctdesk.domain.findings import Grade
from ctdesk.domain.records.round import RequestState

Basis = Literal["returned", "estimated", "missing"]


@dataclass(frozen=True, slots=True)
class Heading:
    """What stands on every page: whose report, of which round, as at when, seen through which filter."""

    trust: str
    round: str
    as_at: date
    due: date | None
    filter: str
    printed: datetime


@dataclass(frozen=True, slots=True)
class AgencyLine:
    """One agency of the round: the state of its return and the totals of its own lines.

    `days_late` counts from the due date to the day received or, where nothing has come, to the day of printing.
    `activities`, `value`, `estimated_value`, `posts`, `fte` and `staff_cost` are control totals: a report is
    refused when the activity and post lines do not add up to them.
    `rests_on` says where this round's figures come from; a missing agency has no lines, only a last known value.
    """

    agency: str
    state: RequestState
    received: date | None
    days_late: int
    open_findings: int
    activities: int
    value: int
    estimated_value: int
    last_round_value: int | None
    posts: int
    fte: Decimal
    staff_cost: int
    rests_on: Basis
    chased: tuple[date, ...] = ()


@dataclass(frozen=True, slots=True)
class ActivityLine:
    """One service that one agency commissions; `estimated` when the team supplied the value, not the agency."""

    reference: str
    title: str
    agency: str
    provider: str
    provider_sector: str
    agreement_type: str
    main_outcome: str
    tier: str
    purpose: str
    age_from: int | None
    age_to: int | None
    start: date | None
    end: date | None
    open_ended: bool
    value: int | None
    estimated: bool


@dataclass(frozen=True, slots=True)
class PostLine:
    """One commissioning post: its full-time equivalent, the share of time on commissioning and its yearly cost."""

    title: str
    agency: str
    fte: Decimal
    commissioning_percent: int | None
    cost: int | None
    cycle_stages: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class FindingLine:
    """One question still open with an agency, with the cells of its workbook (`Activity!H12`)."""

    agency: str
    grade: Grade
    message: str
    cells: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Baseline:
    """Everything one baseline report says, and the orders of the lists it is sorted by."""

    heading: Heading
    agencies: tuple[AgencyLine, ...]
    activities: tuple[ActivityLine, ...]
    posts: tuple[PostLine, ...]
    findings: tuple[FindingLine, ...]
    outcome_order: tuple[str, ...]
    tier_order: tuple[str, ...]
    stage_order: tuple[str, ...]
    purpose_order: tuple[str, ...]
