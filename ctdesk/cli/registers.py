"""The contract register on the command line: its lines, the registers councils publish, the calendar."""

from argparse import Namespace
from collections.abc import Sequence
from datetime import date

from ctdesk.cli.speech import complain, say, say_document, say_table
from ctdesk.cli.statuses import DONE
from ctdesk.domain.agreement_term import WorkedDate
from ctdesk.domain.contract_lines import ContractLine
from ctdesk.domain.counting import counted
from ctdesk.domain.dates import date_text
from ctdesk.domain.errors import DeskError
from ctdesk.domain.money import money_text
from ctdesk.domain.periods import read_period
from ctdesk.services.calendar_files import export_calendar
from ctdesk.services.contracts import ending_within, register
from ctdesk.services.desk import Desk, at_desk
from ctdesk.services.transparency_registers import (
    Publication,
    contracts_register,
    grants_register,
    said_of,
    write_register,
)

_PUBLISHED = {"transparency-contracts": contracts_register, "transparency-grants": grants_register}

REGISTERS = frozenset({*_PUBLISHED, "calendar"})
"""What can be exported besides kinds of record."""

_MOST = 40


def tell_contracts(wanted: Namespace, on: date) -> int:
    """Say how the agreements stand on a day."""
    with at_desk(wanted.workspace, read_only=True) as desk:
        lines = register(desk, on)
    if wanted.ending_within is not None:
        lines = ending_within(lines, wanted.ending_within, on)
    if wanted.json:
        say_document([contract_document(line) for line in lines])
    else:
        _tell(lines)
    return DONE


def contract_document(line: ContractLine) -> dict[str, object]:
    """Return one agreement for other programs: dates ISO, money in pence."""
    life = line.life
    return {
        "uid": line.uid,
        "reference": line.reference,
        "title": line.title,
        "provider": line.provider,
        "type": line.type_words,
        "state": life.state.value,
        "start": life.start.isoformat() if life.start else None,
        "current_end": _iso(life.current_end),
        "latest_end": _iso(life.latest_end),
        "notice_by": _iso(life.notice_by),
        "decide_by": _iso(life.decide_by),
        "start_procurement_by": _iso(life.start_procurement_by),
        "total_value": life.total_value,
    }


def export_register(wanted: Namespace, on: date) -> int:
    """Write a register or the calendar to a file, after saying what its rows lack."""
    if wanted.where:
        raise DeskError("The registers and the calendar are written whole; leave out --where.")
    with at_desk(wanted.workspace, read_only=True) as desk:
        document = _calendar(desk, wanted, on) if wanted.kind == "calendar" else _register(desk, wanted, on)
    if wanted.json:
        say_document(document)
    else:
        say(f"{wanted.to} is written, with {counted(int(str(document['rows'])), 'row')}.")
    return DONE


def _calendar(desk: Desk, wanted: Namespace, on: date) -> dict[str, object]:
    if wanted.period or wanted.all:
        raise DeskError("A calendar has no period: it holds the coming 18 months; leave out --period and --all.")
    return {"file": str(wanted.to), "rows": export_calendar(desk, wanted.to, on)}


def _register(desk: Desk, wanted: Namespace, on: date) -> dict[str, object]:
    period = read_period(wanted.period) if wanted.period else None
    publication = _PUBLISHED[wanted.kind](desk, on, period, every=wanted.all)
    _tell_publication(publication)
    write_register(publication, wanted.to)
    lacking = [{"uid": it.uid, "called": it.called, "missing": [*it.headings]} for it in publication.lacking]
    return {
        "file": str(wanted.to),
        "rows": len(publication.rows),
        "period": publication.period.code if publication.period else None,
        "exempt": publication.exempt,
        "small": publication.small,
        "lacking": lacking,
    }


def _tell_publication(publication: Publication) -> None:
    for lacking in publication.lacking:
        complain(f"{lacking.called} lacks: {'; '.join(lacking.headings)}.")
    for said in said_of(publication):
        complain(said)


def _tell(lines: Sequence[ContractLine]) -> None:
    say_table(
        ["Reference", "Title", "Provider", "State", "Ends", "Notice by", "Procure by", "Decide by", "Value"],
        [
            [
                line.reference,
                line.title,
                line.provider,
                line.state.value,
                _day(line.life.current_end),
                _day(line.life.notice_by),
                _day(line.life.start_procurement_by),
                _day(line.life.decide_by),
                money_text(line.life.total_value) if line.life.total_value is not None else "",
            ]
            for line in lines
        ],
    )
    say(counted(len(lines), "agreement"))
    said = [f"{line.called}: {finding.sentence}" for line in lines for finding in line.findings]
    say(*said[:_MOST])
    if len(said) > _MOST:
        say(f"… and {len(said) - _MOST} more that do not fit together.")


def _day(found: WorkedDate | None) -> str:
    return date_text(found.day) if found else ""


def _iso(found: WorkedDate | None) -> str | None:
    return found.day.isoformat() if found else None
