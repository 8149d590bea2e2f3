"""The monitoring report of a period: overall, reds first with reasons and actions, the missing named, by outcome."""

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from ctdesk.domain.counting import counted, in_words, listed
from ctdesk.domain.monitoring_lines import AgreementPeriod, PeriodBoard
from ctdesk.domain.performance import Standing
from ctdesk.reports import style
from ctdesk.reports.blocks import Band, Figure, Heading, Title
from ctdesk.reports.document import Document
from ctdesk.reports.flow import FIGURE_GAP, Flow
from ctdesk.reports.fonts import register
from ctdesk.reports.numbers import NONE, day, moment, number, pounds, whole_pounds
from ctdesk.reports.rating_charts import SHOWN, SYMBOLS, rating_bar, rating_bars
from ctdesk.reports.style import mm
from ctdesk.reports.tables import Cell, Column, Line, Parts, State, Styled, Table
from ctdesk.reports.text import Paragraph
from ctdesk.reports.words import sentence

_MOST_ACTIONS = 2


def write_monitoring(board: PeriodBoard, path: Path, *, filter_words: str, printed: datetime) -> None:
    """Write the report as a PDF; the same board gives the same bytes. Raises DeskError if it cannot be written."""
    register()
    flow = Flow(f"Monitoring report · {board.quarter.short}")
    _first(flow, board, filter_words)
    _reds(flow, board)
    _missing(flow, board)
    _outcomes(flow, board)
    for standing in (Standing.AMBER, Standing.GREEN):
        _others(flow, board, standing)
    _providers(flow, board)
    _document(board, filter_words, printed).write(flow, path)


def _document(board: PeriodBoard, filter_words: str, printed: datetime) -> Document:
    footer = (
        f"As at {day(board.on)}",
        f"Period: {day(board.quarter.first)} to {day(board.quarter.last)}",
        f"Filter: {filter_words}",
        f"Printed {moment(printed)}",
    )
    title = f"{board.trust}: monitoring, {board.quarter.label}"
    return Document(title, f"Monitoring report, {board.quarter.label}", board.trust, " · ".join(footer))


def _first(flow: Flow, board: PeriodBoard, filter_words: str) -> None:
    room = flow.page.sheet.measure
    flow.add(Title("Monitoring report", _title(board), room))
    band = [
        ("Period", f"{day(board.quarter.first)} to {day(board.quarter.last)}"),
        ("Returns due", day(board.due)),
        ("As at", day(board.on)),
        ("Agreements", f"{len(board.lines):,} with monitoring due"),
        ("Filter", filter_words),
    ]
    flow.add(Band(band, room), gap=2 * mm)
    flow.add(Paragraph([(f"{_came(board)} ", style.LEAD_FIRST), (_lead(board), style.LEAD)], room), gap=4 * mm)
    if board.lines:
        chart = rating_bar([(standing, board.count(standing)) for standing in SHOWN], room)
        flow.add(Figure(chart.drawing, chart.words), gap=4 * mm)
        flow.add(Paragraph([(_by_value(board), style.NOTE)], room), gap=1.5 * mm)
    if kept_back := next((line.kept_back for line in board.lines if line.kept_back), ""):
        flow.add(Paragraph([(kept_back, style.NOTE)], room), gap=1.5 * mm)


def _title(board: PeriodBoard) -> str:
    name, red = board.quarter.label.capitalize().replace(" of ", ", "), board.count(Standing.RED)
    if not board.lines:
        return f"{name}: nothing was to be reported"
    if not board.returned:
        return f"{name}: nothing was reported yet"
    silent = len(board.lines) - board.returned
    if red or not silent:
        said = "no agreement is red" if not red else f"{in_words(red)} agreement{' is' if red == 1 else 's are'} red"
        return f"{name}: {said}"
    return f"{name}: none that reported is red, {in_words(silent)} did not report"


def _came(board: PeriodBoard) -> str:
    asked = counted(len(board.lines), "agreement")
    if not board.returned:
        return f"None of {asked} was reported." if board.lines else "No agreement was to report."
    return f"{board.returned:,} of {asked} were reported, {board.on_time:,} on time."


def _lead(board: PeriodBoard) -> str:
    missing, red = board.count(Standing.MISSING), [it for it in board.lines if it.standing is Standing.RED]
    said = []
    without = sum(1 for line in red if not line.actions)
    if red:
        agreed = "all with an action agreed" if not without else f"{in_words(without)} with no action agreed"
        said.append(f"{sentence(in_words(len(red)))} {'is' if len(red) == 1 else 'are'} red, {agreed}.")
    if missing:
        value = board.value(Standing.MISSING)
        worth = f"what they cover is worth {pounds(value)} a year" if value else "nothing is known of them"
        returns = "One return is" if missing == 1 else f"{sentence(in_words(missing))} returns are"
        said.append(f"{returns} missing; {worth}, so no total here speaks for it.")
    waiting = board.count(Standing.NOT_DUE)
    if waiting:
        said.append(f"{sentence(in_words(waiting))} {'is' if waiting == 1 else 'are'} not due yet.")
    elif board.lines and not missing:
        said.append("No return is missing.")
    return " ".join(said)


def _by_value(board: PeriodBoard) -> str:
    parts = [f"{it.value} {pounds(board.value(it))}" for it in SHOWN if board.value(it)]
    elsewhere = (
        f" {counted(board.not_asked, 'agreement')} with measures report another time." if board.not_asked else ""
    )
    worth = f" By yearly value: {', '.join(parts)}." if parts else ""
    return f"Agreements by state; the length is their number.{worth}{elsewhere}"


def _of(board: PeriodBoard, standing: Standing) -> list[AgreementPeriod]:
    return [line for line in board.lines if line.standing is standing]


def _reds(flow: Flow, board: PeriodBoard) -> None:
    lines = _of(board, Standing.RED)
    if not lines:
        return
    table = Table(
        _reason_columns(), [_reason_line(line) for line in lines], "Red first: what is wrong and who does what"
    )
    note = f"{counted(len(lines), 'agreement')}, largest first"
    flow.add_heading(Heading(table.title, flow.page.sheet.measure, "red", note), keep=table.least())
    flow.add_rows(table)


def _reason_columns() -> list[Column]:
    return [
        Column("Agreement, provider, value a year", 46 * mm),
        Column("State", 19 * mm),
        Column("Reason", 49 * mm),
        Column("Agreed action, owner, date", 40 * mm),
        Column("Score", 16 * mm, right=True),
    ]


def _reason_line(line: AgreementPeriod) -> Line:
    return Line(
        [
            _whose(line),
            State(SYMBOLS[line.standing], sentence(line.standing.value)),
            line.why,
            _agreed(line),
            _score(line),
        ]
    )


def _whose(line: AgreementPeriod) -> Parts:
    """Return what the agreement is called, over who delivers it and what it is worth a year."""
    under = " · ".join(filter(None, (line.provider, pounds(line.value) if line.value else "")))
    parts = [Styled(line.title, style.CELL_STRONG), *([Styled(under, style.CELL)] if under else [])]
    return Parts(parts)


def _agreed(line: AgreementPeriod) -> Cell:
    if not line.actions:
        return Styled("None agreed", style.CELL_ITALIC)
    told = []
    for action in line.actions[:_MOST_ACTIONS]:
        late = f", late {counted(action.late, 'day')}" if action.late else ""
        by = ", ".join(filter(None, (action.owner, day(action.due))))
        told += [Styled(action.title, style.CELL), Styled(f"{by}{late}", style.CELL_STRONG)]
    more = len(line.actions) - _MOST_ACTIONS
    return Parts([*told, *([Styled(f"and {more} more", style.CELL)] if more > 0 else [])])


def _score(line: AgreementPeriod) -> str:
    if line.score is None:
        return NONE
    if line.score_before is None:
        return f"{line.score}, new"
    moved = line.score - line.score_before
    return f"{line.score}, same" if not moved else f"{line.score}, was {line.score_before}"


def _missing(flow: Flow, board: PeriodBoard) -> None:
    lines = _of(board, Standing.MISSING)
    if not lines:
        return
    heads = [
        Column("Agreement", 56 * mm),
        Column("Provider", 48 * mm),
        Column("£ a year", 22 * mm, right=True),
        Column("State", 44 * mm),
    ]
    rows = [
        Line([line.title, line.provider, whole_pounds(line.value), State(SYMBOLS[line.standing], line.why)])
        for line in lines
    ]
    total = Line(
        [f"Total of {counted(len(lines), 'agreement')}", "", whole_pounds(board.value(Standing.MISSING)), ""],
        total=True,
    )
    table = Table(heads, [*rows, total], "Missing: no figures, and none assumed")
    note = f"{counted(len(lines), 'return')}; days late at {day(board.on)}"
    flow.add_heading(Heading(table.title, flow.page.sheet.measure, "missing", note), keep=table.least())
    flow.add_rows(table)
    if board.chased:
        told = f"Chased on {listed([day(one) for one in board.chased], most=4)}."
        flow.add(Paragraph([(told, style.NOTE)], flow.page.sheet.measure), gap=FIGURE_GAP)


def _outcomes(flow: Flow, board: PeriodBoard) -> None:
    order = [*board.outcomes, ""]
    rows = []
    for outcome in order:
        found = [line for line in board.lines if line.outcome == outcome]
        if found:
            counts = [sum(1 for line in found if line.standing is standing) for standing in SHOWN]
            rows.append((outcome or "No outcome given", counts))
    if not rows:
        return
    chart = rating_bars(rows, flow.page.sheet.measure)
    figure = Figure(chart.drawing, chart.words)
    note = "Number of agreements; red, amber, green, then missing"
    flow.add_heading(Heading("By outcome", flow.page.sheet.measure, "outcomes", note), keep=figure.height)
    flow.add(figure)


def _others(flow: Flow, board: PeriodBoard, standing: Standing) -> None:
    lines = _of(board, standing)
    if not lines:
        return
    name = sentence(standing.value)
    table = Table(_reason_columns(), [_reason_line(line) for line in lines], name)
    note = f"{counted(len(lines), 'agreement')}, largest first"
    flow.add_heading(Heading(name, flow.page.sheet.measure, standing.value, note), keep=table.least())
    flow.add_rows(table)


def _providers(flow: Flow, board: PeriodBoard) -> None:
    by_name: dict[str, list[AgreementPeriod]] = {}
    for line in board.lines:
        by_name.setdefault(line.provider or "No provider", []).append(line)
    if not by_name:
        return
    heads = [
        Column("Provider", 62 * mm),
        *(Column(sentence(standing.value), 17 * mm, right=True) for standing in SHOWN),
        Column("£ a year", 23 * mm, right=True),
    ]
    rows = [_provider(name, by_name[name]) for name in sorted(by_name, key=str.casefold)]
    total = _provider(f"Total of {counted(len(by_name), 'provider')}", board.lines, total=True)
    table = Table(heads, [*rows, total], "By provider")
    heading = Heading(table.title, flow.page.sheet.measure, "providers", "Number of agreements in each state")
    flow.add_heading(heading, keep=table.least())
    flow.add_rows(table)


def _provider(name: str, lines: Sequence[AgreementPeriod], *, total: bool = False) -> Line:
    counts = [sum(1 for line in lines if line.standing is standing) for standing in SHOWN]
    cells = [number(count) if count else NONE for count in counts]
    return Line([name, *cells, whole_pounds(sum(line.value for line in lines))], total=total)
