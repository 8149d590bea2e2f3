"""Who was reached in the newest period, what went wrong, and with what money and staff."""

from collections.abc import Sequence
from decimal import Decimal

from ctdesk.domain.contract_paper import ContractPaper
from ctdesk.domain.monitoring_lines import CountLine
from ctdesk.domain.performance import figure_text
from ctdesk.reports import style
from ctdesk.reports.beside import Beside, Stack
from ctdesk.reports.blocks import Heading
from ctdesk.reports.flow import Flow
from ctdesk.reports.numbers import NONE
from ctdesk.reports.style import mm
from ctdesk.reports.tables import Cell, Column, Line, Parts, Styled, Table
from ctdesk.reports.text import Paragraph

_HALF = 80 * mm
_ACROSS = 90 * mm
_BESIDE = 120 * mm
"""Tables that are deeper than this are set one after the other, as they may go over pages."""
_MOST = 1e9


def count_pages(flow: Flow, paper: ContractPaper, missing: list[str]) -> None:
    """Add users and incidents, money and staff of the newest period; what was not reported is named in `missing`."""
    if paper.public:
        told = "Numbers of users and of incidents, and what the provider told of staff, are in no public edition."
        if paper.period is not None or paper.sheet.parts["agreement_measure"]:
            flow.add(Paragraph([(told, style.NOTE)], flow.page.sheet.measure), gap=3 * mm)
        return
    period = paper.period
    counts, money = (_reported(lines) for lines in ((period.counts, period.money) if period else ((), ())))
    missing += [words for words, lines in (("users and incidents", counts), ("spend and staff", money)) if not lines]
    if period is None or not (counts or money):
        return
    tables = [_users(counts)] if counts else []
    tables += [_money(money)] if money else []
    heads = [Heading(table.title, _HALF, place) for table, place in zip(tables, ("counts", "money"), strict=False)]
    blocks = [Stack([head, table.piece(0, _MOST).block]) for head, table in zip(heads, tables, strict=True)]
    if len(blocks) == 2 and max(block.height for block in blocks) < _BESIDE:
        _side_by_side(flow, heads, tables)
        return
    for head, table in zip(heads, tables, strict=True):
        flow.add_heading(head, keep=table.least())
        flow.add_rows(table)


def _side_by_side(flow: Flow, heads: Sequence[Heading], tables: Sequence[Table]) -> None:
    left, right = (Stack([head, table.piece(0, _MOST).block]) for head, table in zip(heads, tables, strict=True))
    flow.add(Beside(left, right, _ACROSS), gap=7 * mm)
    flow.page.places.extend(head.place for head in heads)


def _reported(lines: Sequence[CountLine]) -> Sequence[CountLine]:
    """Return the lines, if any of them was reported."""
    return lines if any(line.actual is not None for line in lines) else ()


def _users(lines: Sequence[CountLine]) -> Table:
    columns = [
        Column("Whom or what", _HALF - 34 * mm),
        Column("This period", 18 * mm, right=True),
        Column("Before", 16 * mm, right=True),
    ]
    return Table(
        columns, [Line([_what(it), _figure(it.actual), _figure(it.before)]) for it in lines], "Users and incidents"
    )


def _money(lines: Sequence[CountLine]) -> Table:
    columns = [
        Column("What", _HALF - 48 * mm),
        Column("Planned", 16 * mm, right=True),
        Column("Actual", 16 * mm, right=True),
        Column("Before", 16 * mm, right=True),
    ]
    rows = [Line([_what(it), _figure(it.plan), _figure(it.actual), _figure(it.before)]) for it in lines]
    return Table(columns, rows, "Money and staff")


def _what(it: CountLine) -> Cell:
    if not it.note:
        return it.what
    return Parts([Styled(it.what, style.CELL), Styled(it.note, style.CELL_ITALIC)])


def _figure(value: Decimal | None) -> str:
    return figure_text(value) if value is not None else NONE
