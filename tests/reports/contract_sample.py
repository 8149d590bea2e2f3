"""One agreement with something of everything, for trials of the contract report."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal

from ctdesk.domain.agreement_parts import AgreementParts, DatePolicy
from ctdesk.domain.agreement_term import term_pieces
from ctdesk.domain.contract_lines import ContractLine, ContractSheet, PartLine, ShareLine
from ctdesk.domain.contract_paper import ContractPaper
from ctdesk.domain.definition import DEFINITIONS, Field, Value
from ctdesk.domain.lifecycle import lifecycle
from ctdesk.domain.lists import ReferenceLists
from ctdesk.domain.monitoring_lines import AgreementPeriod, MeasureLine
from ctdesk.domain.names import NameIndex
from ctdesk.domain.performance import Direction, Judged, Standing
from ctdesk.domain.periods import read_period
from ctdesk.domain.records.monitoring import Rating
from ctdesk.domain.values import show
from ctdesk.services.contract_sheet import PART_KINDS

TODAY = date(2026, 7, 22)
VALUES: dict[str, Value] = {
    "reference": "NH-010",
    "title": "Speech and language support",
    "type": "contract",
    "start": date(2024, 4, 1),
    "end": date(2027, 3, 31),
    "signed_on": date(2024, 2, 1),
    "notice_months": 6,
    "annual_value": 64_200_000,
    "total_value": 192_600_000,
    "plan_at_end": "undecided",
    "description": "Therapy for children from birth to eleven.",
}
_LISTS, _NAMES = ReferenceLists({}), {kind: NameIndex() for kind in DEFINITIONS}


def part(kind: str, uid: str, **values: Value) -> PartLine:
    """Return one record of an agreement, in values and words."""
    fields = DEFINITIONS[kind].fields
    whole = {field.name: values.get(field.name) for field in fields}
    return PartLine(kind, uid, whole, {field.name: _said(field, whole[field.name]) for field in fields})


def _said(field: Field, value: Value) -> str:
    if value is None or field.kind.value in {"link", "choice"}:
        return str(value or "")
    return show(field, value, _LISTS, _NAMES)


def some_parts() -> dict[str, tuple[PartLine, ...]]:
    """Return a few parts of each kind that the report prints."""
    payments = [
        part("payment", f"p{n}", due=due, profile=16_000_000, paid=paid)
        for n, (due, paid) in enumerate(
            [(date(2025, 6, 30), 15_000_000), (date(2025, 9, 30), 16_000_000), (date(2026, 6, 30), None)]
        )
    ]
    return {
        "extension": (part("extension", "e1", number=1, end=date(2029, 3, 31), value=128_400_000, state="drafted"),),
        "variation": (
            part("variation", "v1", what="uplift by per cent", from_date=date(2026, 4, 1), percent=Decimal("2.1"),
                 reason="Pay"),
        ),
        "requirement": (
            part("requirement", "q1", what="insurance", detail="Public liability", held=True, evidence="Seen",
                 expires=date(2026, 6, 30)),
            part("requirement", "q2", what="insurance", detail="Indemnity", held=True, evidence="Seen",
                 expires=date(2026, 9, 30)),
            part("requirement", "q3", what="dbs", detail="All staff", held=False),
        ),
        "payment": tuple(payments),
        "risk": (
            part("risk", "r1", title="Small risk", likelihood=1, impact=2, state="open"),
            part("risk", "r2", title="Large risk", likelihood=4, impact=4, doing="Recovery plan", state="open"),
        ),
        "action": (
            part("action", "a1", number="18", title="Send the audit", owner="Quality lead", due=date(2026, 6, 30),
                 state="open"),
            part("action", "a2", number="19", title="Find a private room", owner="Manager", due=date(2026, 5, 31),
                 state="done", done_on=date(2026, 5, 29)),
        ),
        "review": (
            part("review", "w1", held_on=date(2026, 7, 14), what="review meeting", findings="Waits are rising.",
                 rating="adequate", sent_on=date(2026, 7, 15)),
        ),
        "concern": (
            part("concern", "c1", what="Late records", raised_on=date(2026, 1, 20), step="improvement plan",
                 step_on=date(2026, 3, 2), plan="Weekly count", due=date(2026, 7, 31)),
        ),
        "document": (part("document", "d1", title="Signed agreement", address="Shelf 4", dated=date(2024, 2, 1)),),
        "act_rating": (part("act_rating", "t1", given_on=date(2026, 2, 12), rating="good", reason="Targets met."),),
    }  # fmt: skip


def measure(number: int, rating: Rating | None, *, commentary: str = "") -> MeasureLine:
    """Return a measure with eight figures behind it."""
    judged = Judged(rating, f"Reason {number}.")
    return MeasureLine(
        result=f"m{number}", name=f"Measure {number}", unit="weeks", polarity="low", target=Decimal(12),
        amber_percent=10, actual=Decimal("17.5"), computed=judged, judged=judged, judgement=None,
        direction=Direction.WORSE, movement="Worse, 4th time",
        past=[Decimal(n + 10) for n in range(8)], past_labels=["Q"] * 8, weight=1,
        outcome="", commentary=commentary,
    )  # fmt: skip


def period(*measures: MeasureLine, standing: Standing = Standing.RED) -> AgreementPeriod:
    """Return how the agreement stands in a quarter."""
    return AgreementPeriod(
        agreement="x", reference="NH-010", title="", provider="Talkwell", provider_uid="p", agency="NHS", manager="",
        outcome="", value=0, period=read_period("2026-Q1"), request="q", state="accepted", received=TODAY, days_late=0,
        standing=standing, why="Measure 1: reason 1.", score=71, score_before=62, earlier=(), measures=measures,
        counts=(), money=(), actions=(),
    )  # fmt: skip


def paper(
    values: Mapping[str, Value] = VALUES,
    parts: Mapping[str, tuple[PartLine, ...]] | None = None,
    monitored: AgreementPeriod | None = None,
    exempt: Mapping[str, str] | None = None,
) -> ContractPaper:
    """Return an agreement to print."""
    held = {kind: (parts or {}).get(kind, ()) for kind in PART_KINDS}
    within = AgreementParts(values=values, extensions=[it.values for it in held["extension"]])
    line = ContractLine(
        uid="x", reference=str(values.get("reference") or ""), title=str(values.get("title") or ""), type="contract",
        type_words="Contract", description="", agency="NHS Ashmere", department="", provider="Talkwell Company",
        providers=(ShareLine("Talkwell Company", None, leads=True),), manager="Contracts team", route="Open",
        lead_weeks=39, notice_months=6, plan_at_end=str(values.get("plan_at_end") or ""), tier="", tier_words="Gold",
        next_review=None, activities=(), successor="", successor_called="", life=lifecycle(within, DatePolicy(), TODAY),
        pieces=term_pieces(within, TODAY), exempt=exempt or {}, findings=(), values=values,
    )  # fmt: skip
    words = {field.name: str(values.get(field.name) or "") for field in DEFINITIONS["agreement"].fields}
    sheet = ContractSheet(line=line, words=words, parts=held, year="2026/27", paid=0, profile=0, profile_year=0)
    weak = {"w1": (part("weakness", "k1", what="Waits", action="a1"),)}
    return ContractPaper(
        trust="Ashmere Trust", on=TODAY, sheet=sheet, period=monitored, weaknesses=weak, activities=("Talk and play",),
        exempt=exempt or {}, withheld={},
    )  # fmt: skip
