"""The registers of contracts and of grants that the Local Government Transparency Code 2015 asks councils to publish.

The Code asks every quarter for the contracts worth more than £5,000 (Annex A, paragraphs 31 and 32) and every year for
the grants. So the contracts register holds the agreements that were in force in a quarter, the grants register those of
a financial year, as they stood on its last day, or on the day of asking where that comes first. What is over-running
still binds and stays. Whatever is not known to be worth £5,000 or less is listed.

An item marked exempt is left out of its row, and an agreement marked so as a whole leaves no row. What the Code asks
for and a row lacks is told, row by row; what is exempt is not lacking.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from ctdesk.domain.contract_lines import ContractLine
from ctdesk.domain.contract_paper import with_what_tells
from ctdesk.domain.definition import Value, Values
from ctdesk.domain.held import day_in, number_in
from ctdesk.domain.lifecycle import AgreementState
from ctdesk.domain.money import money_text
from ctdesk.domain.periods import QUARTER, YEAR, Period, period_of
from ctdesk.services.contracts import in_force, register
from ctdesk.services.desk import Desk
from ctdesk.services.transparency import HEADINGS as CONTRACT_HEADINGS
from ctdesk.services.transparency import INVITED, NOT_PUBLISHED, day_words, pounds, yes_no

GRANT_HEADINGS = (
    "Date the grant was awarded",
    "Time period for which the grant has been given",
    "Local authority department which awarded the grant",
    "Beneficiary",
    "Beneficiary’s registration number",
    "Summary of the purpose of the grant",
    "Amount",
)
"""What the Code asks for of grants to voluntary bodies and social enterprises (paragraph 43), in its order."""


THRESHOLD = 500_000
"""Pence; the Code asks for contracts that are worth more (paragraph 31)."""


@dataclass(frozen=True, slots=True)
class Lacking:
    """What the Code asks for and one row does not say."""

    uid: str
    called: str
    headings: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Publication:
    """A register as it is to be published: whose period, its rows, what is left out and what rows lack.

    `exempt` agreements are left out as a whole, `small` ones are worth no more than the Code asks for. `period` is None
    where it holds every agreement that was ever signed.
    """

    name: str
    period: Period | None
    headings: Sequence[str]
    rows: tuple[tuple[str | None, ...], ...]
    exempt: int
    small: int
    lacking: tuple[Lacking, ...]


_Cell = tuple[str, str | None]
"""The field a cell is read from, for exempt marks, and what it says."""


def contracts_register(desk: Desk, on: date, period: Period | None = None, *, every: bool = False) -> Publication:
    """Return the contracts register of a quarter, that of the day unless another is named, or of every one signed.

    Grants and in-house agreements are not of it.
    """
    period = None if every else period or period_of(on, QUARTER)
    lines = [line for line in _lines(desk, on, period) if line.type not in NOT_PUBLISHED]
    worth = [line for line in lines if every or not _is_small(line)]
    return _publication(desk, "contracts", worth, period, small=len(lines) - len(worth))


def grants_register(desk: Desk, on: date, period: Period | None = None, *, every: bool = False) -> Publication:
    """Return the grants register of a year, that of the day unless another is named, or of every one signed."""
    period = None if every else period or period_of(on, YEAR)
    return _publication(desk, "grants", [it for it in _lines(desk, on, period) if it.type == "grant"], period)


def write_register(publication: Publication, path: Path) -> None:
    """Write a register as CSV or workbook, as the path’s ending says; DeskError if it cannot be written."""
    from ctdesk.returns.export import write_table

    write_table(path, publication.headings, publication.rows, sheet=publication.name.capitalize())


def said_of(publication: Publication) -> list[str]:
    """Return what a register holds and what it leaves out, in sentences."""
    what = publication.name
    whole = f"The register of {what} holds {len(publication.rows):,}"
    period = publication.period
    said = [f"{whole} in force in {period.label}." if period else f"{whole}, every one that was signed."]
    if publication.small:
        said.append(f"Left out as worth {money_text(THRESHOLD)} or less: {publication.small:,}.")
    if publication.exempt:
        said.append(f"Left out as exempt: {publication.exempt:,}.")
    return said


def _lines(desk: Desk, on: date, period: Period | None) -> list[ContractLine]:
    """Return the agreements signed, or in force in a period, as they stood on its last day or on the day before it."""
    if period is None:
        return [line for line in register(desk, on) if line.state is not AgreementState.DRAFT]
    last = min(on, period.last) if on >= period.first else period.last
    return register(desk, last, in_force(desk, period.first, last))


def _is_small(line: ContractLine) -> bool:
    value = line.life.total_value or line.life.annual_value
    return value is not None and value <= THRESHOLD


def _publication(
    desk: Desk, name: str, lines: Sequence[ContractLine], period: Period | None, *, small: int = 0
) -> Publication:
    headings, cells = _FORMS[name]
    public = [line for line in lines if "" not in line.exempt]
    found = [(line, cells(line, desk.organisations.get(str(line.values.get("provider")), {}))) for line in public]
    return Publication(
        name=name,
        period=period,
        headings=headings,
        rows=tuple(tuple(None if _hidden(line, cell) else cell[1] for cell in row) for line, row in found),
        exempt=len(lines) - len(public),
        small=small,
        lacking=tuple(
            Lacking(line.uid, line.called, blank)
            for line, row in found
            if (blank := tuple(_blank(line, headings, row)))
        ),
    )


def _hidden(line: ContractLine, cell: _Cell) -> bool:
    return cell[0] in with_what_tells(line.exempt)


def _blank(line: ContractLine, headings: Sequence[str], row: Sequence[_Cell]) -> Iterable[str]:
    return (h for h, cell in zip(headings, row, strict=True) if not cell[1] and not _hidden(line, cell))


def _contract(line: ContractLine, provider: Values) -> list[_Cell]:
    """Return the cells of one contract, each with the field that an exempt mark would name."""
    values = line.values
    route = values.get("route")
    voluntary = provider.get("voluntary")
    return [
        ("reference", line.reference),
        ("title", line.title),
        _department(line),
        _description(line),
        ("provider", line.provider),
        _sum(line),
        ("vat", pounds(number_in(values, "vat"))),
        ("start", day_words(line.life.start)),
        ("end", day_words(line.life.end) or ("Open-ended" if values.get("open_ended") else None)),
        ("next_review", day_words(line.next_review)),
        ("route", yes_no(route in INVITED if route else None)),
        ("provider", yes_no(provider.get("sme"))),
        ("provider", yes_no(voluntary)),
        ("provider", _number(provider) or ("Not a voluntary organisation" if voluntary is False else None)),
    ]


def _grant(line: ContractLine, provider: Values) -> list[_Cell]:
    """Return the cells of one grant; its period is from the first to the last day."""
    start, end = day_words(line.life.start), day_words(line.life.end)
    return [
        ("signed_on", day_words(day_in(line.values, "signed_on"))),
        ("end", f"{start} to {end}" if start and end else None),
        _department(line),
        ("provider", line.provider),
        ("provider", _number(provider)),
        _description(line),
        _sum(line),
    ]


def _department(line: ContractLine) -> _Cell:
    return ("department", line.department) if line.department else ("agency", line.agency)


def _description(line: ContractLine) -> _Cell:
    return ("description", line.description) if line.description else ("title", line.title)


def _sum(line: ContractLine) -> _Cell:
    return "total_value", pounds(line.life.total_value) or pounds(line.life.annual_value)


_FORMS: Mapping[str, tuple[Sequence[str], Callable[[ContractLine, Values], list[_Cell]]]] = {
    "contracts": (CONTRACT_HEADINGS, _contract),
    "grants": (GRANT_HEADINGS, _grant),
}
"""The headings and the cells of each register."""


def _number(provider: Mapping[str, Value]) -> str | None:
    number = provider.get("company_number") or provider.get("charity_number")
    return str(number) if number else None
