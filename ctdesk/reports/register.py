"""The register report: what needs deciding first, then every agreement by its state."""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from pathlib import Path

from ctdesk.domain.contract_lines import ContractLine
from ctdesk.domain.counting import counted, in_words
from ctdesk.domain.lifecycle import IN_FORCE, AgreementState, awaits_decision
from ctdesk.domain.register_paper import RegisterPaper
from ctdesk.reports import style
from ctdesk.reports.blocks import Band, Figure, Heading, Title
from ctdesk.reports.charts import Bar, Part, plain_bars
from ctdesk.reports.document import Document
from ctdesk.reports.flow import Flow
from ctdesk.reports.fonts import register
from ctdesk.reports.numbers import NONE, day, moment, pounds, whole_pounds
from ctdesk.reports.style import mm
from ctdesk.reports.tables import Cell, Column, Group, Line, Parts, State, Styled, Table
from ctdesk.reports.text import Paragraph
from ctdesk.reports.words import sentence

AHEAD = timedelta(days=183)
"""How far ahead a decision is listed among those to take first."""

_SOON = timedelta(days=90)


def write_register(paper: RegisterPaper, path: Path, *, printed: datetime) -> None:
    """Write the report as a PDF; the same paper gives the same bytes. Raises DeskError if it cannot be written."""
    register()
    flow = Flow("Contract register")
    _first(flow, paper)
    _decisions(flow, paper)
    _all(flow, paper)
    _findings(flow, paper)
    footer = (f"As at {day(paper.on)}", f"Filter: {edition_words(paper.public)}", f"Printed {moment(printed)}")
    Document(
        f"{paper.trust}: contract register", "Register report", paper.trust, " · ".join(footer), paper.closed
    ).write(flow, path)


def edition_words(public: bool) -> str:
    """Return what is said of an edition in band and footer."""
    return "public edition, without what is exempt" if public else "none"


def to_decide(paper: RegisterPaper) -> list[ContractLine]:
    """Return the agreements on which somebody has to decide within six months, or should have, the earliest first.

    One that over-runs comes before all.
    """
    until = paper.on + AHEAD
    found = [line for line in paper.lines if awaits_decision(line.life, line.plan_at_end, until)]
    return sorted(found, key=lambda it: (it.state is not AgreementState.OVER_RUNNING, _decide_by(it), it.called))


def _decide_by(line: ContractLine) -> str:
    return line.life.decide_by.day.isoformat() if line.life.decide_by else ""


def _first(flow: Flow, paper: RegisterPaper) -> None:
    room = flow.page.sheet.measure
    waiting = to_decide(paper)
    flow.add(Title("Register report", _title(paper, waiting), room))
    live = [line for line in paper.lines if line.state in IN_FORCE]
    band = [
        ("As at", day(paper.on)),
        ("Agreements", f"{len(paper.lines):,}"),
        ("In force", f"{len(live):,}"),
        ("Filter", sentence(edition_words(paper.public))),
    ]
    flow.add(Band(band, room), gap=2 * mm)
    passed = sum(_passed(line, paper) for line in waiting)
    late = f"{sentence(in_words(passed))} of the days to decide {'has' if passed == 1 else 'have'} passed. "
    lead = [(late if passed else "No day to decide has passed. ", style.LEAD_FIRST), (_lead(live), style.LEAD)]
    flow.add(Paragraph(lead, room), gap=4 * mm)
    if paper.left_out:
        said = f"{counted(paper.left_out, 'agreement')} not for publication: in no figure here."
        flow.add(Paragraph([(said, style.NOTE)], room), gap=2 * mm)
    _states(flow, paper)


def _title(paper: RegisterPaper, waiting: Sequence[ContractLine]) -> str:
    if not paper.lines:
        return "The register is empty"
    count = len(waiting)
    told = "none needs a decision" if not count else f"{in_words(count)} need{'s' if count == 1 else ''} a decision"
    return f"{counted(len(paper.lines), 'agreement')}: {told} within six months"


def _passed(line: ContractLine, paper: RegisterPaper) -> bool:
    return line.life.decide_by is not None and line.life.decide_by.day < paper.on


def _lead(live: Sequence[ContractLine]) -> str:
    value = _value(live)
    unknown = sum(line.life.annual_value is None for line in live)
    said = f"What is in force is worth {pounds(value)} a year"
    return f"{said}; of {counted(unknown, 'agreement')} no yearly value is given." if unknown else f"{said}."


def _value(lines: Iterable[ContractLine]) -> int:
    return sum(line.life.annual_value or 0 for line in lines)


def _states(flow: Flow, paper: RegisterPaper) -> None:
    bars = []
    for state in AgreementState:
        found = [line for line in paper.lines if line.state is state]
        if found:
            worth = f"{pounds(_value(found))} a year" if _value(found) else "no value given"
            bars.append(Bar(sentence(state.value), [Part(len(found), "")], f"{len(found):,}", worth))
    if bars:
        chart = plain_bars(bars, flow.page.sheet.measure)
        figure = Figure(chart.drawing, chart.words)
        heading = Heading("How the agreements stand", flow.page.sheet.measure, "states", "Number of agreements")
        flow.add_heading(heading, keep=figure.height)
        flow.add(figure)


def _decisions(flow: Flow, paper: RegisterPaper) -> None:
    waiting, room = to_decide(paper), flow.page.sheet.measure
    if not waiting:
        return
    heads = [
        Column("Agreement, provider", 50 * mm),
        Column("Decide by", 19 * mm, right=True),
        Column("State", 36 * mm),
        Column("Before", 29 * mm),
        Column("Ends", 18 * mm, right=True),
        Column("£ a year", 18 * mm, right=True),
    ]
    table = Table(heads, [_decision(line, paper) for line in waiting], "What needs deciding first")
    flow.add_heading(Heading(table.title, room, "decisions", "By the day to decide"), keep=table.least())
    flow.add_rows(table)


def _decision(line: ContractLine, paper: RegisterPaper) -> Line:
    by = line.life.decide_by
    return Line(
        [
            Parts(
                [
                    Styled(title_of(line), style.CELL_STRONG),
                    Styled(" · ".join(filter(None, (line.reference, provider_of(line)))), style.CELL),
                ]
            ),
            day(by.day if by else None),
            _how_long(line, paper),
            by.sum.partition(" before ")[2].partition(";")[0] if by else NONE,
            day(line.life.end),
            value_of(line),
        ]
    )


def _how_long(line: ContractLine, paper: RegisterPaper) -> State:
    if line.state is AgreementState.OVER_RUNNING:
        return State("diamond", "Over-running")
    by = line.life.decide_by
    days = (by.day - paper.on).days if by else 0
    if days < 0:
        return State("diamond", f"Passed {counted(-days, 'day')} ago")
    return State("triangle" if timedelta(days=days) <= _SOON else "dash", f"In {counted(days, 'day')}")


def title_of(line: ContractLine) -> str:
    """Return the title of an agreement, or why it is not said."""
    return line.title or ("Not for publication" if "title" in line.exempt else "No title")


def provider_of(line: ContractLine) -> str:
    """Return who delivers an agreement, or why it is not said."""
    return line.provider or ("Not for publication" if "provider" in line.exempt else "No provider yet")


def value_of(line: ContractLine) -> str:
    """Return what an agreement is worth a year in whole pounds, or that this is exempt or not known."""
    if line.life.annual_value is None and {"annual_value", "total_value"} & line.exempt.keys():
        return "exempt"
    return whole_pounds(line.life.annual_value)


def _all(flow: Flow, paper: RegisterPaper) -> None:
    if not paper.lines:
        return
    heads = [
        Column("Ref.", 22 * mm),
        Column("Agreement", 49 * mm),
        Column("Provider", 38 * mm),
        Column("Starts", 20 * mm, right=True),
        Column("Ends", 21 * mm, right=True),
        Column("£ a year", 20 * mm, right=True),
    ]
    groups = [_state(state, paper) for state in AgreementState if any(it.state is state for it in paper.lines)]
    whole = _total(f"Total of {counted(len(paper.lines), 'agreement')}", paper.lines)
    table = Table(heads, [*groups, whole], "All agreements by state")
    note = "Ends: as things stand; a star where an extension may follow"
    flow.add_heading(Heading(table.title, flow.page.sheet.measure, "all", note), keep=table.least())
    flow.add_rows(table)


def _state(state: AgreementState, paper: RegisterPaper) -> Group:
    found = [line for line in paper.lines if line.state is state]
    found.sort(key=lambda it: (it.life.end is None, it.life.end, it.reference, it.title))
    lines = [_line(line) for line in found]
    total = _total(f"{sentence(state.value)}: {counted(len(found), 'agreement')}", found)
    return Group(sentence(state.value), [*lines, total], f"state-{state.name.lower()}", ("agreement", "agreements"))


def _total(words: str, lines: Sequence[ContractLine]) -> Line:
    return Line([words, "", "", "", "", whole_pounds(_value(lines))], total=True)


def _line(line: ContractLine) -> Line:
    may_follow = line.life.latest_end != line.life.current_end
    end = day(line.life.end) if line.life.end else "Open" if line.values.get("open_ended") else NONE
    reference: Cell = line.reference or Styled("None", style.CELL_ITALIC)
    cells: list[Cell] = [title_of(line), provider_of(line), day(line.life.start), f"{end}{'*' if may_follow else ''}"]
    return Line([reference, *cells, value_of(line)])


def _findings(flow: Flow, paper: RegisterPaper) -> None:
    lines = [
        Line([line.called, Styled(sentence(it.grade.value), style.CELL_STRONG), it.sentence])
        for line in paper.lines
        for it in line.findings
    ]
    if not lines:
        return
    heads = [Column("Agreement", 58 * mm), Column("Grade", 28 * mm), Column("What does not fit together", 84 * mm)]
    table = Table(heads, lines, "What does not fit together")
    note = counted(len(lines), "finding")
    flow.add_heading(Heading(table.title, flow.page.sheet.measure, "findings", note), keep=table.least())
    flow.add_rows(table)
