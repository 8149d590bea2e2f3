"""Agreements: what binds an agency and a provider, for how long, for how much, and who may read it."""

from collections.abc import Iterator
from datetime import date
from enum import StrEnum

from ctdesk.domain.definition import (
    Fault,
    Need,
    Values,
    choice,
    choices,
    code,
    day,
    email,
    integer,
    link,
    links,
    long_text,
    money,
    percent,
    record,
    text,
    yes_no,
)
from ctdesk.domain.records.in_order import dates_in_order, ended_or_open

WHAT, WHO, TERM, MONEY = "The agreement", "Who", "Term and notice", "Money"
WATCH, FOR, AFTER, DATA = "Watching over it", "What it is for", "How it ends", "Data protection"

BOUGHT = ("contract", "spot_purchase", "framework", "call_off")
"""Types of agreement by which a service is bought, so that a procurement route and payment terms belong to them."""


class PlanAtEnd(StrEnum):
    """What is to happen when the present term runs out; the decision dates are worked out from it."""

    UNDECIDED = "undecided"
    EXTEND = "use an extension"
    PROCURE = "procure again"
    END = "let it end"


class DataProtection(StrEnum):
    """Which papers the law on personal data asks for (UK GDPR, Articles 26 and 28)."""

    NONE = "none needed"
    PROCESSOR = "processor agreement"
    JOINT = "joint controllers"
    SHARING = "sharing agreement"


def terminations_are_explained(values: Values) -> Iterator[Fault]:
    """Ending an agreement early needs a reason, notice and a plan for the people who use the service."""
    if values.get("terminated_on"):
        missing = [
            name for name in ("termination_reason", "notice_given_on", "termination_plan") if not values.get(name)
        ]
        if missing:
            yield Fault("termination_unexplained", (*missing, "terminated_on"))


def procurement_ratings_are_reasoned(values: Values) -> Iterator[Fault]:
    """Where the rating of the Procurement Act 2023, section 71, is said not to apply, the reason is kept."""
    if values.get("act_rating_applies") is False and not values.get("act_rating_reason"):
        yield Fault("no_rating_reason", ("act_rating_reason", "act_rating_applies"))


def end_before_review(values: Values) -> Iterator[Fault]:
    """A review after the last possible day of an agreement without extension is worth a second look."""
    end, review = values.get("end"), values.get("next_review")
    if isinstance(end, date) and isinstance(review, date) and review > end:
        yield Fault("review_after_end", ("next_review", "end"))


@record(
    "agreement",
    label="Agreement",
    plural="Agreements",
    title="title",
    reference="reference",
    owner="agency",
    rules=(
        dates_in_order,
        ended_or_open,
        terminations_are_explained,
        procurement_ratings_are_reasoned,
        end_before_review,
    ),
)
class Agreement:
    """A contract, service level agreement, grant, in-house agreement, spot purchase, framework or call-off."""

    uid: str
    reference: str | None = code(
        "Reference",
        "The number by which both sides know it.",
        section=WHAT,
        aliases=(
            "Ref",
            "Contract ref",
            "Contract reference",
            "Contract number",
            "Agreement reference",
            "Notice identifier",
            "Notice reference",
            "Identifier",
            "OCID",
        ),
    )
    title: str | None = text(
        "Title",
        "What it is called.",
        need=Need.REQUIRED,
        section=WHAT,
        aliases=("Contract title", "Agreement title", "Agreement", "Service", "Service title"),
    )
    type: str | None = choice(
        "Agreement type",
        "What sort of agreement it is; the form shows the fields of that sort.",
        list="agreement_type",
        need=Need.REQUIRED,
        section=WHAT,
        aliases=("Type of agreement", "Contract type", "Type"),
    )
    description: str | None = long_text(
        "Description",
        "Two or three sentences on what is delivered.",
        section=WHAT,
        aliases=("Summary", "Details", "Contract description"),
    )
    framework: str | None = link(
        "Framework",
        "The framework it was called off from.",
        target="agreement",
        section=WHAT,
        only_for=("call_off",),
    )
    activities: tuple[str, ...] = links(
        "Activities", "The activities of the baseline that it delivers.", target="activity", section=WHAT
    )
    agency: str | None = link(
        "Commissioned by",
        "The partner that signs.",
        target="organisation",
        need=Need.REQUIRED,
        section=WHO,
        open=True,
        aliases=("Agency", "Buyer", "Buyer name", "Commissioner", "Organisation name", "Commissioning organisation"),
    )
    department: str | None = text(
        "Department",
        "The department that is responsible.",
        section=WHO,
        aliases=("Dept", "Team", "Directorate", "Department responsible"),
    )
    provider: str | None = link(
        "Provider",
        "Who delivers. Where several share it, the first or leading one; give the shares below.",
        target="organisation",
        need=Need.REQUIRED,
        section=WHO,
        open=True,
        aliases=("Supplier", "Supplier name", "Contractor", "Provider name", "Recipient", "Awarded supplier"),
    )
    manager: str | None = text(
        "Contract manager",
        "Job title of who watches over it.",
        need=Need.REQUIRED,
        section=WHO,
        aliases=("Contract manager", "Lead officer", "Responsible officer"),
    )
    manager_email: str | None = email(
        "Manager’s e-mail", "A team mailbox is best.", section=WHO, aliases=("Contact email", "Email")
    )
    signed_on: date | None = day(
        "Signed on",
        "The day on which the last party signed. Until then it is a draft.",
        need=Need.IF_APPLIES,
        section=TERM,
        aliases=("Date signed", "Award date", "Awarded date", "Date of award"),
    )
    signed: bool | None = yes_no(
        "Signed", "Yes if it is signed and the day is not known; needless once the day is given.", section=TERM
    )
    start: date | None = day(
        "Start date",
        "First day of the first term.",
        need=Need.REQUIRED,
        section=TERM,
        aliases=("Start", "Contract start", "Contract start date", "Commencement date"),
    )
    end: date | None = day(
        "Initial end date",
        "Last day of the first term, without any extension.",
        need=Need.IF_APPLIES,
        section=TERM,
        aliases=("End", "End date", "Contract end", "Contract end date", "Expiry date"),
    )
    open_ended: bool | None = yes_no(
        "Open-ended", "Yes if it runs until somebody ends it.", need=Need.IF_APPLIES, section=TERM
    )
    notice_months: int | None = integer(
        "Notice (months)",
        "Whole months of notice to let it end or to end it.",
        maximum=36,
        unit="months",
        section=TERM,
        aliases=("Notice", "Notice period"),
    )
    plan_at_end: str | None = text(
        "Plan at the end",
        "What is meant to happen when the present term runs out; the dates to decide are worked out from it.",
        options=tuple(PlanAtEnd),
        section=TERM,
    )
    route: str | None = choice(
        "Procurement route",
        "How the provider was chosen, and would be again.",
        list="route",
        section=TERM,
        only_for=BOUGHT,
        aliases=("Route", "Procedure", "Procedure type", "Tender process", "Process"),
    )
    lead_weeks: int | None = integer(
        "Lead time (weeks)",
        "Weeks from starting to buy to the first day; blank takes the route’s usual time.",
        maximum=260,
        unit="weeks",
        section=TERM,
        only_for=BOUGHT,
    )
    total_value: int | None = money(
        "Total value (£)",
        "Over the first term, without VAT that can be recovered.",
        section=MONEY,
        aliases=("Total value", "Contract value", "Value", "Awarded value", "Value of contract"),
    )
    annual_value: int | None = money(
        "Annual value (£)", "A year, at the start.", section=MONEY, aliases=("Annual value", "Value per year")
    )
    vat: int | None = money(
        "VAT not recovered (£)",
        "VAT over the term that the agency cannot recover.",
        section=MONEY,
        only_for=BOUGHT,
        aliases=("Irrecoverable VAT", "VAT that cannot be recovered", "VAT"),
    )
    payment_terms: str | None = text("Payment terms", "For instance: quarterly in advance, 30 days.", section=MONEY)
    tier: str | None = choice(
        "Contract tier",
        "How closely it is watched; it sets how often the provider reports.",
        list="agreement_tier",
        section=WATCH,
    )
    next_review: date | None = day("Next review", "The day of the next review meeting.", section=WATCH)
    review_months: int | None = integer(
        "Reviewed every (months)", "Months from one review to the next.", maximum=60, unit="months", section=WATCH
    )
    act_rating_applies: bool | None = yes_no(
        "Procurement Act rating applies",
        "Yes if the yearly rating of section 71 of the Procurement Act 2023 is owed: a public contract with key "
        "performance indicators.",
        section=WATCH,
        only_for=BOUGHT,
    )
    act_rating_reason: str | None = text(
        "Why it does not apply",
        "For instance: signed before 24/02/2025, below £5 million, or light-touch.",
        section=WATCH,
        need=Need.IF_APPLIES,
        only_for=BOUGHT,
    )
    main_outcome: str | None = choice("Main outcome", "The outcome it is chiefly for.", list="outcome", section=FOR)
    other_outcomes: tuple[str, ...] = choices("Other outcomes", "Any others.", list="outcome", section=FOR)
    outcomes_sought: str | None = long_text(
        "Outcomes sought", "What is to be different for children and families.", section=FOR
    )
    termination_terms: str | None = long_text(
        "Termination provisions", "Who may end it early, for what, and how.", section=AFTER
    )
    notice_given_on: date | None = day(
        "Notice given on", "The day on which notice to end it early was given.", section=AFTER
    )
    terminated_on: date | None = day("Ended early on", "Its last day, if it was ended early.", section=AFTER)
    termination_reason: str | None = long_text("Reason for ending early", "Why.", section=AFTER)
    termination_plan: str | None = long_text(
        "Plan for those who use it", "What becomes of the children and families it serves.", section=AFTER
    )
    final_value: int | None = money(
        "Settled value (£)",
        "What is paid over the whole term if both sides settled on a sum when it was ended early; blank works it out "
        "from the months left.",
        section=AFTER,
    )
    successor: str | None = link("Successor", "The agreement that takes its place.", target="agreement", section=AFTER)
    data_protection: str | None = text(
        "Data-protection papers", "Which the law asks for.", options=tuple(DataProtection), section=DATA
    )
    data_protection_signed: date | None = day("Papers signed on", "The day they were signed.", section=DATA)
    data_protection_review: date | None = day(
        "Papers to be reviewed", "The day they are to be read again.", section=DATA
    )
    comments: str | None = long_text("Comments", "Anything worth knowing.", section=DATA, aliases=("Notes", "Remarks"))


@record(
    "agreement_share",
    label="Provider’s share",
    plural="Providers’ shares",
    title="provider",
)
class AgreementShare:
    """One provider’s part of an agreement that several deliver together."""

    uid: str
    agreement: str | None = link("Agreement", "The agreement.", target="agreement", need=Need.REQUIRED)
    provider: str | None = link(
        "Provider", "Who delivers this part.", target="organisation", need=Need.REQUIRED, open=True
    )
    percent: int | None = percent("Share (%)", "Its part of the money; the shares add up to 100.", need=Need.REQUIRED)
    leads: bool | None = yes_no("Leads", "Yes if it answers for all.")
