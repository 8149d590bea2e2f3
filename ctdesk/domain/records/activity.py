"""Commissioning activity: one service that one agency buys or runs."""

from collections.abc import Iterator
from datetime import date

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
    long_text,
    money,
    record,
    text,
    yes_no,
)
from ctdesk.domain.records.in_order import ages_in_order, dates_in_order, ended_or_open

WHAT, WHO, MONEY, DATES, PURPOSE = (
    "This row",
    "Who delivers it, under what",
    "Money",
    "Dates",
    "What it is for",
)
USERS, QUALITY, PEOPLE, NEXT = "Who and where", "How much, how well", "People", "What next"


def pooled_money_names_its_pool(values: Values) -> Iterator[Fault]:
    """A pooled arrangement says which pool."""
    if values.get("funding_arrangement") == "pooled" and not values.get("pool"):
        yield Fault("no_pool", ("pool",))


def changed_intentions_have_a_reason(values: Values) -> Iterator[Fault]:
    """Varying or decommissioning a service needs a reason."""
    if values.get("intention") in {"vary", "decommission"} and not values.get("intention_reason"):
        yield Fault("no_reason", ("intention_reason",))


def main_outcome_stands_alone(values: Values) -> Iterator[Fault]:
    """The main outcome need not be repeated among the others."""
    others = values.get("other_outcomes")
    if isinstance(others, tuple) and values.get("main_outcome") in others:
        yield Fault("outcome_twice", ("other_outcomes",))


@record(
    "activity",
    label="Activity",
    plural="Activities",
    title="title",
    reference="reference",
    owner="agency",
    rules=(
        dates_in_order,
        ended_or_open,
        ages_in_order,
        pooled_money_names_its_pool,
        changed_intentions_have_a_reason,
        main_outcome_stands_alone,
    ),
)
class Activity:
    """One service one agency commissions from one provider, or delivers in house: for whom, why, at what cost."""

    uid: str
    reference: str | None = code(
        "Reference",
        "The desk’s or your own reference. Leave blank for a new service: the desk gives one.",
        section=WHAT,
        aliases=(
            "Ref",
            "Ref no",
            "Contract ref",
            "Identifier",
            "ID",
            "Contract number",
            "Activity reference",
        ),
    )
    title: str | None = text(
        "Service title",
        "What the service is called locally.",
        need=Need.REQUIRED,
        section=WHAT,
        aliases=("Title", "Service", "Service name", "Contract title", "Name of service", "Activity"),
    )
    agency: str | None = link(
        "Agency",
        "The partner that commissions it.",
        target="organisation",
        need=Need.DESK,
        section=WHAT,
        open=True,
        aliases=("Commissioner", "Buyer", "Buyer name", "Organisation", "Commissioning organisation"),
    )
    provider: str | None = link(
        "Provider",
        "Pick a known provider or type a new one in full. “In house” if your own staff deliver it.",
        target="organisation",
        need=Need.REQUIRED,
        section=WHO,
        open=True,
        aliases=("Supplier", "Supplier name", "Contractor", "Provider name", "Delivered by", "Recipient"),
    )
    agreement_type: str | None = choice(
        "Agreement type",
        "What sort of agreement it is; pick from the list.",
        list="agreement_type",
        need=Need.REQUIRED,
        section=WHO,
        aliases=("Type of agreement", "Contract type", "Type"),
    )
    agreement_reference: str | None = code(
        "Agreement reference",
        "Your contract or grant number. Leading noughts are kept.",
        need=Need.IF_APPLIES,
        section=WHO,
        aliases=("Agreement ref", "Contract reference"),
    )
    procurement_route: str | None = choice(
        "Procurement route",
        "How the provider was chosen.",
        list="route",
        section=WHO,
        aliases=("Route", "Process", "Process type", "Tender process"),
    )
    annual_value: int | None = money(
        "Annual value (£)",
        "Pounds for the year of the round, without VAT you can recover. Figures only.",
        need=Need.REQUIRED,
        section=MONEY,
        aliases=(
            "Annual value",
            "Value",
            "Annual cost",
            "Contract value",
            "Cost per year",
            "Annual contract value",
        ),
    )
    funding_source: str | None = choice(
        "Funding source",
        "The main source. If there are several, give the split on the sheet Funding.",
        list="funding_source",
        need=Need.REQUIRED,
        section=MONEY,
        aliases=("Source of funding", "Funded by", "Budget"),
    )
    funding_arrangement: str | None = choice(
        "Funding arrangement",
        "Whether one agency pays, or several, and how closely they do it together.",
        list="arrangement",
        need=Need.REQUIRED,
        section=MONEY,
        aliases=("Arrangement",),
    )
    pool: str | None = text(
        "Pool",
        "Name of the pooled fund, if pooled.",
        need=Need.IF_APPLIES,
        section=MONEY,
        aliases=("Pooled fund", "Pooled budget"),
    )
    start: date | None = day(
        "Start date",
        "dd/mm/yyyy. First day of the present agreement.",
        need=Need.REQUIRED,
        section=DATES,
        aliases=("Start", "From", "Contract start", "Contract start date", "Commencement date"),
    )
    end: date | None = day(
        "End date",
        "dd/mm/yyyy. Last day without any extension. Leave blank if open-ended.",
        need=Need.IF_APPLIES,
        section=DATES,
        aliases=("End", "To", "Contract end", "Contract end date", "Expiry date", "Expiry"),
    )
    open_ended: bool | None = yes_no(
        "Open-ended",
        "Yes if there is no end date.",
        need=Need.IF_APPLIES,
        section=DATES,
        aliases=("Open ended", "Rolling", "Ongoing"),
    )
    notice_months: int | None = integer(
        "Notice (months)",
        "Whole months of notice either side must give.",
        maximum=36,
        unit="months",
        section=DATES,
        aliases=("Notice", "Notice period", "Notice period (months)"),
    )
    extension_option: str | None = text(
        "Extension option", "For example: 1 + 1 years.", section=DATES, aliases=("Extension", "Extensions")
    )
    next_review: date | None = day(
        "Next review", "dd/mm/yyyy.", section=DATES, aliases=("Review", "Review date", "Next review date")
    )
    main_outcome: str | None = choice(
        "Main outcome",
        "The one outcome the service is chiefly bought for.",
        list="outcome",
        need=Need.REQUIRED,
        section=PURPOSE,
        aliases=("Outcome", "Primary outcome", "ECM outcome"),
    )
    other_outcomes: tuple[str, ...] = choices(
        "Other outcomes",
        "Any others, with ; between them.",
        list="outcome",
        section=PURPOSE,
        aliases=("Secondary outcomes", "Additional outcomes"),
    )
    tier: str | None = choice(
        "Tier",
        "How much need it answers: pick from the list.",
        list="tier",
        need=Need.REQUIRED,
        section=PURPOSE,
        aliases=("Tier of need", "Level of need"),
    )
    level: str | None = choice(
        "Level",
        "The level at which it is commissioned.",
        list="level",
        section=PURPOSE,
        aliases=("Level of commissioning", "Commissioning level"),
    )
    purpose: str | None = choice(
        "Purpose",
        "From prevention to crisis: what it chiefly does.",
        list="purpose",
        need=Need.REQUIRED,
        section=PURPOSE,
    )
    age_from: int | None = integer(
        "Age from",
        "Youngest age served. 0 covers pregnancy and birth.",
        maximum=25,
        unit="years",
        need=Need.REQUIRED,
        section=USERS,
        aliases=("From age", "Minimum age"),
    )
    age_to: int | None = integer(
        "Age to",
        "Oldest age served.",
        maximum=25,
        unit="years",
        need=Need.REQUIRED,
        section=USERS,
        aliases=("To age", "Maximum age"),
    )
    client_groups: tuple[str, ...] = choices(
        "Client groups",
        "Pick one, or type several with ; between them.",
        list="client_group",
        need=Need.REQUIRED,
        section=USERS,
        aliases=("Client group", "Target group", "Beneficiaries"),
    )
    areas: tuple[str, ...] = choices(
        "Areas",
        "Borough-wide, or localities with ; between them.",
        list="area",
        need=Need.REQUIRED,
        section=USERS,
        aliases=("Area", "Locality", "Localities", "Ward", "Wards"),
    )
    capacity: int | None = integer("Capacity", "How much is bought.", section=QUALITY)
    capacity_unit: str | None = choice("Capacity unit", "Of what.", list="capacity_unit", section=QUALITY)
    users_last_year: int | None = integer(
        "Users last year",
        "Different children or families in the year before the round.",
        section=QUALITY,
        aliases=("Users", "Number of users"),
    )
    participation: str | None = long_text(
        "How users take part", "How children and parents shape the service.", section=QUALITY
    )
    monitoring: str | None = long_text(
        "How it is monitored", "For example: quarterly return and yearly visit.", section=QUALITY
    )
    team: str | None = link(
        "Team",
        "Commissioning team.",
        target="team",
        open=True,
        section=PEOPLE,
        aliases=("Department", "Dept", "Service area"),
    )
    lead_commissioner: str | None = text(
        "Lead commissioner",
        "Job title is enough.",
        need=Need.REQUIRED,
        section=PEOPLE,
        aliases=("Lead officer", "Contract manager", "Contact"),
    )
    lead_email: str | None = email(
        "Lead e-mail", "A team mailbox is best.", section=PEOPLE, aliases=("Email", "E-mail", "Lead email")
    )
    intention: str | None = choice(
        "Intention",
        "What you intend when the agreement ends.",
        list="intention",
        need=Need.REQUIRED,
        section=NEXT,
        aliases=("Commissioning intention", "Future intention"),
    )
    intention_reason: str | None = long_text(
        "Reason for intention", "Needed for vary and decommission.", need=Need.IF_APPLIES, section=NEXT
    )
    description: str | None = long_text(
        "Description",
        "Two or three sentences. No child or family may be identifiable.",
        section=NEXT,
        aliases=("Summary", "Service description", "Details"),
    )
    comments: str | None = long_text(
        "Comments",
        "Anything the desk should know, including why a figure changed.",
        section=NEXT,
        aliases=("Comment", "Notes", "Remarks"),
    )
    estimated: bool | None = yes_no(
        "Estimated by the team",
        "Yes while the figures are the desk’s own estimate.",
        need=Need.DESK,
        section=NEXT,
    )
