"""The money of an activity, parted by financial year and source."""

from ctdesk.domain.definition import Need, choice, link, long_text, money, record, text, year
from ctdesk.domain.records.activity import WHAT


@record("funding_line", label="Funding line", plural="Funding lines", title="source", reference="source")
class FundingLine:
    """One part of an activity's money: from one source in one financial year."""

    uid: str
    activity: str | None = link(
        "Reference",
        "Reference of the activity, as on the sheet Activity.",
        target="activity",
        need=Need.REQUIRED,
        section=WHAT,
    )
    year: str | None = year(
        "Financial year",
        "Pick the year the money is for.",
        need=Need.REQUIRED,
        section="One line for each year and source",
    )
    source: str | None = choice(
        "Funding source",
        "Where the money comes from.",
        list="funding_source",
        need=Need.REQUIRED,
        section="One line for each year and source",
    )
    funder: str | None = text("Funder", "Who gives it.", section="One line for each year and source")
    amount: int | None = money(
        "Amount (£)",
        "Pounds in that year.",
        need=Need.REQUIRED,
        section="One line for each year and source",
        aliases=("Amount",),
    )
    arrangement: str | None = choice(
        "Funding arrangement",
        "Whether one agency pays, or several, and how closely they do it together.",
        list="arrangement",
        need=Need.REQUIRED,
        section="One line for each year and source",
    )
    comments: str | None = long_text(
        "Comments", "Anything the desk should know.", section="One line for each year and source"
    )
