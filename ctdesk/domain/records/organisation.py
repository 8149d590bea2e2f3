"""Organisations (agencies and providers), their teams and the people to write to."""

from collections.abc import Iterator

from ctdesk.domain.definition import (
    Fault,
    Need,
    Values,
    choice,
    code,
    email,
    link,
    long_text,
    record,
    text,
    yes_no,
)

CHARITY_NUMBER = r"(?:[0-9]{6,7}(?:-[0-9]{1,2})?|SC[0-9]{6}|NIC[0-9]{6}|N[0-9]{5,6})"
"""Charity Commission for England and Wales (6 or 7 digits, linked charities with a suffix), OSCR, CCNI."""

COMPANY_NUMBER = r"(?:[0-9]{8}|(?:SC|NI|OC|SO|NC|CE|CS|FC|GE|IP|SP|NP|RC|RS|SR|LP|SL|NL|R0|NF|SF|IC|SI|AC)[0-9]{6})"
"""Companies House: eight digits, or a two-letter prefix and six digits."""


def voluntary_bodies_have_a_number(values: Values) -> Iterator[Fault]:
    """A voluntary body that is registered nowhere is worth a second look."""
    if values.get("voluntary") and not (values.get("charity_number") or values.get("company_number")):
        yield Fault("no_register_number", ("charity_number",))


@record(
    "organisation",
    label="Organisation",
    plural="Organisations",
    title="name",
    rules=(voluntary_bodies_have_a_number,),
)
class Organisation:
    """A body that commissions, delivers, or both."""

    uid: str
    name: str | None = text("Name", "Its full name, as it writes it.", need=Need.REQUIRED)
    short_name: str | None = text("Short name", "For narrow columns.")
    is_agency: bool | None = yes_no("Commissions", "Yes if it is a partner agency that is asked for returns.")
    is_provider: bool | None = yes_no("Delivers", "Yes if it delivers services.")
    sector: str | None = choice("Sector", "Which part of the economy it belongs to.", list="sector")
    charity_number: str | None = code(
        "Charity number",
        "As the charity register gives it.",
        pattern=CHARITY_NUMBER,
        pattern_words="six or seven digits, or a Scottish or Northern Irish number",
    )
    company_number: str | None = code(
        "Company number",
        "Eight characters, leading noughts included.",
        pattern=COMPANY_NUMBER,
        pattern_words="eight characters, as Companies House writes it",
    )
    sme: bool | None = yes_no("Small or medium-sized", "Yes if it has fewer than 250 staff.")
    voluntary: bool | None = yes_no("Voluntary or community", "Yes if it is a voluntary or community body.")
    address: str | None = long_text(
        "Postal address", "As on an envelope, with the postcode; a new line, or ; between its lines. Letters carry it."
    )
    aliases: str | None = long_text("Also known as", "Other spellings and old names, with ; between them.")
    comments: str | None = long_text("Comments", "Anything worth knowing.")


@record("team", label="Team", plural="Teams", title="name", owner="agency")
class Team:
    """A team that commissions, within one agency."""

    uid: str
    name: str | None = text("Team", "What the team is called.", need=Need.REQUIRED)
    agency: str | None = link("Agency", "The agency it belongs to.", target="organisation", need=Need.REQUIRED)


@record("contact", label="Contact", plural="Contacts", title="role", owner="agency")
class Contact:
    """Whom to write to at an agency: a role and a work address, a name only if it is wanted."""

    uid: str
    agency: str | None = link("Agency", "The agency.", target="organisation", need=Need.REQUIRED)
    role: str | None = text("Role", "Job title.", need=Need.REQUIRED)
    name: str | None = text("Name", "Only if letters should carry it.")
    email: str | None = email("E-mail", "A work address; a team mailbox is best.")
    telephone: str | None = code("Telephone", "A work number.")
    for_returns: bool | None = yes_no("For returns", "Yes if workbooks go to this contact.")
