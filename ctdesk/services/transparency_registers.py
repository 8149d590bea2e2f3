"""The registers of contracts and of grants that the Local Government Transparency Code 2015 asks councils to publish.

Rows come from the agreements that are signed. An item marked exempt is left out of its row, and an agreement marked so
as a whole leaves no row. What the Code asks for and a row lacks is told, row by row; what is exempt is not lacking.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from ctdesk.domain.agreement_parts import day_in, number_in
from ctdesk.domain.contract_lines import ContractLine
from ctdesk.domain.dates import date_text
from ctdesk.domain.definition import Value, Values
from ctdesk.domain.lifecycle import AgreementState
from ctdesk.services.contracts import register
from ctdesk.services.desk import Desk
from ctdesk.services.transparency import HEADINGS as CONTRACT_HEADINGS
from ctdesk.services.transparency import INVITED, NOT_PUBLISHED

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


@dataclass(frozen=True, slots=True)
class Lacking:
    """What the Code asks for and one row does not say."""

    uid: str
    called: str
    headings: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Published:
    """A register as written: how many rows, how many agreements were left out as exempt, and what rows lack."""

    rows: int
    exempt: int
    lacking: tuple[Lacking, ...]


_Cell = tuple[str, str | None]
"""The field a cell is read from, for exempt marks, and what it says."""


def export_contracts(desk: Desk, path: Path, on: date) -> Published:
    """Write the contracts register as CSV or workbook; grants and in-house agreements are not of it."""
    lines = [line for line in register(desk, on) if line.type not in NOT_PUBLISHED]
    return _write(desk, path, lines, CONTRACT_HEADINGS, _contract)


def export_grants(desk: Desk, path: Path, on: date) -> Published:
    """Write the grants register as CSV or workbook."""
    return _write(desk, path, [it for it in register(desk, on) if it.type == "grant"], GRANT_HEADINGS, _grant)


def _write(
    desk: Desk,
    path: Path,
    lines: Sequence[ContractLine],
    headings: Sequence[str],
    cells: Callable[[ContractLine, Values], list[_Cell]],
) -> Published:
    from ctdesk.returns.export import write_table

    signed = [line for line in lines if line.state is not AgreementState.DRAFT]
    public = [line for line in signed if "" not in line.exempt]
    rows, lacking = [], []
    for line in public:
        found = cells(line, desk.organisations.get(str(line.values.get("provider")), {}))
        rows.append([None if field in line.exempt else words for field, words in found])
        blank = [h for h, (field, words) in zip(headings, found, strict=True) if not words and field not in line.exempt]
        if blank:
            lacking.append(Lacking(line.uid, line.called, tuple(blank)))
    write_table(path, headings, rows, sheet="Register")
    return Published(len(rows), len(signed) - len(public), tuple(lacking))


def _contract(line: ContractLine, provider: Values) -> list[_Cell]:
    """Return the cells of one contract, each with the field that an exempt mark would name."""
    values = line.values
    route = values.get("route")
    voluntary = provider.get("voluntary")
    return [
        ("reference", line.reference),
        ("title", line.title),
        ("department", line.department or line.agency),
        ("description", line.description or line.title),
        ("provider", line.provider),
        ("total_value", _pounds(line.life.total_value) or _pounds(line.life.annual_value)),
        ("vat", _pounds(number_in(values, "vat"))),
        ("start", _day(line.life.start)),
        ("end", _day(line.life.end) or ("Open-ended" if values.get("open_ended") else None)),
        ("next_review", _day(line.next_review)),
        ("route", _yes_no(route in INVITED if route else None)),
        ("provider", _yes_no(provider.get("sme"))),
        ("provider", _yes_no(voluntary)),
        ("provider", _number(provider) or ("Not a voluntary organisation" if voluntary is False else None)),
    ]


def _grant(line: ContractLine, provider: Values) -> list[_Cell]:
    """Return the cells of one grant; its period is from the first to the last day."""
    start, end = _day(line.life.start), _day(line.life.end)
    return [
        ("signed_on", _day(day_in(line.values, "signed_on"))),
        ("end", f"{start} to {end}" if start and end else None),
        ("department", line.department or line.agency),
        ("provider", line.provider),
        ("provider", _number(provider)),
        ("description", line.description or line.title),
        ("total_value", _pounds(line.life.total_value)),
    ]


def _number(provider: Mapping[str, Value]) -> str | None:
    number = provider.get("company_number") or provider.get("charity_number")
    return str(number) if number else None


def _pounds(pence: int | None) -> str | None:
    return f"{pence / 100:.2f}" if pence is not None else None


def _day(day: date | None) -> str | None:
    return date_text(day) if day else None


def _yes_no(value: Value) -> str | None:
    return None if value is None else "Yes" if value else "No"
