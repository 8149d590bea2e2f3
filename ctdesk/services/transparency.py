"""The contracts register of the Local Government Transparency Code 2015, as a council publishes it."""

from collections.abc import Mapping
from datetime import date
from pathlib import Path

from ctdesk.domain.dates import date_text
from ctdesk.domain.definition import Value
from ctdesk.services.desk import Desk
from ctdesk.services.exporting import listing

HEADINGS = (
    "Reference number",
    "Title of agreement",
    "Local authority department responsible",
    "Description of the goods and/or services being provided",
    "Supplier name and details",
    "Sum to be paid over the length of the contract or the estimated annual spending",
    "Value Added Tax that cannot be recovered",
    "Start date",
    "End date",
    "Review date",
    "Whether or not the contract was the result of an invitation to quote or a published invitation to tender",
    "Supplier is a small or medium sized enterprise",
    "Supplier is a voluntary or community sector organisation",
    "Registration number",
)
"""What the Code asks for (paragraph 32), in its order."""

INVITED = {"open", "restricted", "framework_call_off"}
"""Procurement routes that begin with an invitation to quote or a published invitation to tender."""

NOT_PUBLISHED = {"grant", "in_house"}
"""Types of agreement that are no contract in the sense of the Code."""


def export_transparency(desk: Desk, path: Path, where: Mapping[str, str] | None = None) -> int:
    """Write the contracts register as CSV and return how many rows; grants and in-house agreements are left out."""
    from ctdesk.returns.export import write_table

    organisations = desk.load("organisation")
    activities = listing(desk, "activity", where).records.values()
    rows = [
        _row(desk, values, organisations.get(str(values.get("provider")), {}))
        for values in activities
        if values.get("agreement_type") not in NOT_PUBLISHED
    ]
    write_table(path, HEADINGS, rows, sheet="Contracts")
    return len(rows)


def _row(desk: Desk, activity: Mapping[str, Value], provider: Mapping[str, Value]) -> list[object]:
    return [
        activity.get("agreement_reference") or activity.get("reference"),
        activity.get("title"),
        _name(desk, "team", activity.get("team")) or _name(desk, "organisation", activity.get("agency")),
        activity.get("description") or activity.get("title"),
        provider.get("name"),
        pounds(activity.get("annual_value")),
        None,
        day_words(activity.get("start")),
        day_words(activity.get("end")) or ("Open-ended" if activity.get("open_ended") else None),
        day_words(activity.get("next_review")),
        yes_no(activity.get("procurement_route") in INVITED if activity.get("procurement_route") else None),
        yes_no(provider.get("sme")),
        yes_no(provider.get("voluntary")),
        provider.get("company_number") or provider.get("charity_number"),
    ]


def _name(desk: Desk, kind: str, uid: Value) -> str | None:
    return desk.names[kind].name(uid) if isinstance(uid, str) else None


def pounds(pence: Value) -> str | None:
    """Return a sum as the registers give it, in pounds without a sign or commas, or None."""
    return f"{pence / 100:.2f}" if isinstance(pence, int) else None


def day_words(day: Value) -> str | None:
    """Return a date as people write it, or None."""
    return date_text(day) if isinstance(day, date) else None


def yes_no(value: Value) -> str | None:
    """Return the answer that a value is, or None where none was given."""
    return None if value is None else "Yes" if value else "No"
