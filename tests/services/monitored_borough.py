"""The small borough with two agreements that are monitored."""

from datetime import date
from decimal import Decimal

from ctdesk.domain.changes import RecordChange, created
from ctdesk.domain.definition import Value

TALK, HOMES = "agr-talk", "agr-homes"
WAIT, SEEN, GOALS, VISITS = "kpi-wait", "kpi-seen", "kpi-goals", "kpi-visits"


def monitored(agency: str, provider: str, other: str) -> list[RecordChange]:
    """Two agreements of one agency with different providers, their measures, a payment profile and an open action."""
    base: dict[str, Value] = {
        "type": "contract", "agency": agency, "start": date(2024, 4, 1), "end": date(2028, 3, 31),
        "signed_on": date(2024, 3, 1), "manager": "Contracts officer", "tier": "gold",
    }  # fmt: skip
    changes = [
        created(
            "agreement", {**base, "reference": "NH-010", "title": "Speech and language", "provider": provider}, TALK
        ),
        created("agreement", {**base, "reference": "CS-020", "title": "Supported lodgings", "provider": other}, HOMES),
    ]
    for uid, agreement, name, unit, polarity, target in (
        (WAIT, TALK, "Waiting time", "weeks", "low", "12"),
        (SEEN, TALK, "Children seen", "children", "high", "310"),
        (GOALS, TALK, "Goals met at discharge", "%", "high", "80"),
        (VISITS, HOMES, "Visits made", "visits", "high", "30"),
    ):
        values: dict[str, Value] = {
            "agreement": agreement, "name": name, "unit": unit, "polarity": polarity, "frequency": "quarterly",
            "shape": "the same each period", "target": Decimal(target), "amber_percent": 10, "weight": 1,
        }  # fmt: skip
        changes.append(created("agreement_measure", values, uid))
    for at, month in enumerate((4, 7, 10)):
        due = date(2026, month, 1)
        changes.append(created("payment", {"agreement": TALK, "due": due, "profile": 16_050_000}, f"pay-{at}"))
    action: dict[str, Value] = {
        "agreement": TALK, "number": "18", "title": "Send the safeguarding audit", "owner": "Quality lead",
        "due": date(2026, 6, 30), "state": "open",
    }  # fmt: skip
    return [*changes, created("action", action, "act-18")]
