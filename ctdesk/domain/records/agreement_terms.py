"""What changes or conditions an agreement: extensions, variations, requirements, payments, papers, exempt items."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from enum import StrEnum

from ctdesk.domain.definition import (
    Fault,
    Need,
    Values,
    choice,
    day,
    decimal,
    integer,
    link,
    long_text,
    money,
    record,
    text,
    yes_no,
)


class ExtensionState(StrEnum):
    """How far an extension has come: only an exercised one moves the end."""

    DRAFTED = "drafted"
    EXERCISED = "exercised"
    DECLINED = "declined"


class VariationKind(StrEnum):
    """What a variation alters from its day on; a mistake is corrected in the agreement itself instead."""

    VALUE = "value"
    UPLIFT = "uplift by per cent"
    TERM = "term"
    SCOPE = "what is delivered"


class ExemptParagraph(StrEnum):
    """Descriptions of exempt information: Local Government Act 1972, Schedule 12A, Part 1, paragraphs 1 to 7."""

    INDIVIDUAL = "1"
    IDENTITY = "2"
    BUSINESS = "3"
    LABOUR = "4"
    LEGAL = "5"
    NOTICE = "6"
    CRIME = "7"


_FIGURES: dict[str, str] = {
    VariationKind.VALUE: "annual_value",
    VariationKind.UPLIFT: "percent",
    VariationKind.TERM: "end",
}
"""What each kind of variation has to give."""


def exercised_extensions_were_decided(values: Values) -> Iterator[Fault]:
    """An extension that is exercised or declined says when that was decided."""
    if values.get("state") in {ExtensionState.EXERCISED, ExtensionState.DECLINED} and not values.get("decided_on"):
        yield Fault("extension_undecided", ("decided_on", "state"))


def variations_say_what_they_alter(values: Values) -> Iterator[Fault]:
    """A variation of value gives the new value, an uplift its percentage, a new term its end."""
    wanted = _FIGURES.get(str(values.get("what")))
    if wanted and values.get(wanted) is None:
        yield Fault("variation_without_figure", (wanted, "what"))


def requirements_held_have_evidence(values: Values) -> Iterator[Fault]:
    """A requirement that is said to be met says how the desk knows."""
    if values.get("held") and not values.get("evidence"):
        yield Fault("no_evidence", ("evidence",))


def _agreement() -> str | None:
    field: str | None = link("Agreement", "The agreement it belongs to.", target="agreement", need=Need.REQUIRED)
    return field


@record(
    "extension",
    label="Extension",
    plural="Extensions",
    title="number",
    rules=(exercised_extensions_were_decided,),
)
class Extension:
    """A further term that the agreement allows: drafted with it, exercised or declined by a decision."""

    uid: str
    agreement: str | None = _agreement()
    number: int | None = integer("Extension", "First, second and so on.", need=Need.REQUIRED, minimum=1, maximum=20)
    end: date | None = day("New end date", "Last day if it is exercised.", need=Need.REQUIRED)
    value: int | None = money("Value (£)", "What it adds over its term.")
    state: str | None = text("State", "How far it has come.", options=tuple(ExtensionState), need=Need.REQUIRED)
    decided_on: date | None = day("Decided on", "The day of the decision.", need=Need.IF_APPLIES)
    decision: str | None = long_text("Decision", "Who decided what, and why.")


@record(
    "variation",
    label="Variation",
    plural="Variations",
    title="what",
    rules=(variations_say_what_they_alter,),
)
class Variation:
    """A change to value, term or scope that both sides agreed, from a day on."""

    uid: str
    agreement: str | None = _agreement()
    what: str | None = text("What changes", "Value, term or scope.", options=tuple(VariationKind), need=Need.REQUIRED)
    from_date: date | None = day("From", "First day of the change.", need=Need.REQUIRED)
    annual_value: int | None = money("New annual value (£)", "A year from that day.", need=Need.IF_APPLIES)
    percent: Decimal | None = decimal(
        "Uplift (%)",
        "Such as 3.5 or 2.75; a cut is below nought.",
        minimum=-100,
        maximum=1_000,
        need=Need.IF_APPLIES,
    )
    end: date | None = day("New end date", "If the term changes.", need=Need.IF_APPLIES)
    reason: str | None = long_text("Reason", "Why it was agreed.", need=Need.REQUIRED)
    agreed_on: date | None = day("Agreed on", "The day both sides had signed.")


@record(
    "requirement",
    label="Requirement",
    plural="Requirements",
    title="detail",
    rules=(requirements_held_have_evidence,),
)
class Requirement:
    """Something the provider must hold for as long as the agreement runs, and until when it holds it."""

    uid: str
    agreement: str | None = _agreement()
    what: str | None = choice("Requirement", "What sort it is.", list="requirement", need=Need.REQUIRED)
    detail: str | None = text("In particular", "For instance: public liability, £5 million.", need=Need.REQUIRED)
    held: bool | None = yes_no("Held", "Yes once the evidence has been seen.")
    evidence: str | None = text("Evidence", "What was seen, and when.", need=Need.IF_APPLIES)
    expires: date | None = day("Expires", "Last day on which it holds.")


@record("payment", label="Payment", plural="Payments", title="due", reference="due")
class Payment:
    """One payment as agreed and as made."""

    uid: str
    agreement: str | None = _agreement()
    due: date | None = day("Due", "The day it falls due; it counts in the quarter of that day.", need=Need.REQUIRED)
    profile: int | None = money("Profile (£)", "What was agreed.", need=Need.REQUIRED)
    paid: int | None = money("Paid (£)", "What was paid, once it was.")
    paid_on: date | None = day("Paid on", "The day it was paid.")
    note: str | None = text("Note", "Why they differ.")


@record("document", label="Document", plural="Documents", title="title")
class Document:
    """A paper of an agreement: kept inside the file under its fingerprint, or linked where it lies."""

    uid: str
    agreement: str | None = _agreement()
    title: str | None = text("Document", "What it is.", need=Need.REQUIRED)
    file: str | None = link("File", "The file kept in the workspace.", target="stored_file")
    address: str | None = text("Address", "Where it lies, if it is not kept here.")
    dated: date | None = day("Dated", "The date it bears.")
    review: date | None = day("To be reviewed", "The day it is to be read again.")
