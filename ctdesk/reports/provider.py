"""The provider report: all that the partners buy from one provider, when it ends, and how dependent both are."""

from collections.abc import Sequence
from datetime import date, datetime
from pathlib import Path

from ctdesk.domain.contract_lines import ContractLine, PartLine
from ctdesk.domain.counting import counted, in_words
from ctdesk.domain.lifecycle import IN_FORCE, AgreementState
from ctdesk.domain.performance import Standing
from ctdesk.domain.periods import Period, period_of
from ctdesk.domain.register_paper import ProviderPaper
from ctdesk.domain.rounding import nearest
from ctdesk.reports import style
from ctdesk.reports.beside import Beside, Stack
from ctdesk.reports.blocks import Band, Figure, Heading, Title
from ctdesk.reports.charts import Bar, Part, columns, plain_bars
from ctdesk.reports.contract_terms import held_state
from ctdesk.reports.contract_watch import action_line
from ctdesk.reports.document import Document
from ctdesk.reports.flow import FIGURE_GAP, Flow
from ctdesk.reports.fonts import register
from ctdesk.reports.numbers import NONE, chart_scale, day, moment, number, pounds, whole_pounds
from ctdesk.reports.rating_charts import SYMBOLS
from ctdesk.reports.register import edition_words, title_of, value_of
from ctdesk.reports.style import mm
from ctdesk.reports.tables import Cell, Column, Length, Line, State, Table
from ctdesk.reports.text import Paragraph
from ctdesk.reports.words import sentence

YEARS = 4
"""Financial years that are shown, the present one first."""

_HALF = 80 * mm
_PAST = frozenset({AgreementState.ENDED, AgreementState.TERMINATED, AgreementState.SUPERSEDED})


def write_provider(paper: ProviderPaper, path: Path, *, printed: datetime) -> None:
    """Write the report as a PDF; the same paper gives the same bytes. Raises DeskError if it cannot be written."""
    register()
    flow = Flow(f"Provider report · {paper.name}")
    _first(flow, paper)
    _agreements(flow, paper)
    _ends_and_dependence(flow, paper)
    _by_year(flow, paper)
    _standings(flow, paper)
    _papers(flow, paper)
    _activities(flow, paper)
    _past(flow, paper)
    footer = (
        f"As at {day(paper.on)}",
        f"Filter: provider is {paper.name}{f'; {edition_words(paper.public)}' if paper.public else ''}",
        f"Printed {moment(printed)}",
    )
    title = f"{paper.trust}: provider report, {paper.name}"
    Document(title, "Provider report", paper.trust, " · ".join(footer), paper.closed).write(flow, path)


def _in_force(paper: ProviderPaper) -> list[ContractLine]:
    found = [it for it in paper.lines if it.state in IN_FORCE or it.state is AgreementState.OVER_RUNNING]
    return sorted(found, key=lambda it: (-(paper.value(it) or 0), it.called))


def _value(paper: ProviderPaper, lines: Sequence[ContractLine]) -> int:
    return sum(paper.value(it) or 0 for it in lines)


def _first(flow: Flow, paper: ProviderPaper) -> None:
    room, now = flow.page.sheet.measure, _in_force(paper)
    flow.add(Title("Provider report", paper.name, room))
    band = [
        *paper.facts,
        ("Agreements", f"{len(now):,} in force"),
        ("Bought by", counted(len({it.agency for it in now}), "partner")),
        ("As at", day(paper.on)),
    ]
    flow.add(Band(band, room), gap=2 * mm)
    flow.add(Paragraph([(f"{_finding(paper, now)} ", style.LEAD_FIRST), (_share(paper), style.LEAD)], room), gap=4 * mm)
    if paper.left_out:
        said = f"{counted(paper.left_out, 'agreement')} not for publication: in no figure here."
        flow.add(Paragraph([(said, style.NOTE)], room), gap=2 * mm)


def _finding(paper: ProviderPaper, now: Sequence[ContractLine]) -> str:
    value, buyers = _value(paper, now), len({it.agency for it in now})
    if not now:
        return "No agreement with it is in force."
    whose = f"{in_words(buyers)} partner{'' if buyers == 1 else 's'}"
    said = f"Its agreements with {whose} are worth {pounds(value)} a year"
    by_end: dict[date, int] = {}
    for it in now:
        if it.life.end:
            by_end[it.life.end] = by_end.get(it.life.end, 0) + (paper.value(it) or 0)
    if not value or not by_end:
        return f"{said}."
    most = max(by_end, key=lambda end: (by_end[end], -end.toordinal()))
    share = nearest(by_end[most] * 100, value)
    return f"{said}; {'all' if share == 100 else f'{share}%'} of it ends on {day(most)}."


def _share(paper: ProviderPaper) -> str:
    own, whole = sum(it.money for it in paper.activities), sum(paper.bought.values())
    if not paper.activities:
        return "The baseline names no activity of it."
    share = f", {_percent(own, whole)} of all that the partners commission" if whole else ""
    return f"The baseline holds {counted(len(paper.activities), 'activity', 'activities')} worth {pounds(own)}{share}."


def _percent(part: int, whole: int) -> str:
    share = nearest(part * 100, whole)
    return f"{share}%" if share or not part else "under 1%"


def _agreements(flow: Flow, paper: ProviderPaper) -> None:
    now = _in_force(paper)
    later = [it for it in paper.lines if it.state in {AgreementState.UPCOMING, AgreementState.DRAFT}]
    notes = [f"{title_of(it)} ({_to_come(it)}) is not in the total." for it in later]
    notes += [f"Of {title_of(it)} its part is {paper.shares[it.uid]}%." for it in now if it.uid in paper.shares]
    if now:
        _in_force_table(flow, paper, now)
    if notes:
        flow.add(Paragraph([(" ".join(notes), style.NOTE)], flow.page.sheet.measure), gap=FIGURE_GAP)


def _to_come(it: ContractLine) -> str:
    return f"{it.state.value}, from {day(it.life.start)}" if it.life.start else it.state.value


def _in_force_table(flow: Flow, paper: ProviderPaper, now: Sequence[ContractLine]) -> None:
    heads = [
        Column("Service", 48 * mm),
        Column("Bought by", 36 * mm),
        Column("Agreement", 22 * mm),
        Column("Ends", 19 * mm, right=True),
        Column("£ a year", 17 * mm, right=True),
        Column("", 9 * mm),
        Column("Measures", 19 * mm),
    ]
    most = max((paper.value(it) or 0 for it in now), default=0) or 1
    lines = [_agreement(paper, it, most) for it in now]
    buyers = counted(len({it.agency for it in now}), "partner")
    total = [f"Total, {counted(len(now), 'agreement')}", buyers, "", "", whole_pounds(_value(paper, now)), "", ""]
    table = Table(heads, [*lines, Line(total, total=True)], "What the partners buy")
    flow.add_heading(
        Heading(table.title, flow.page.sheet.measure, "agreements", "£ a year, its own part"), keep=table.least()
    )
    flow.add_rows(table)


def _agreement(paper: ProviderPaper, it: ContractLine, most: int) -> Line:
    value = paper.value(it)
    end = day(it.life.end) if it.life.end else "Open"
    shown = value_of(it) if value is None else whole_pounds(value)
    title = f"{title_of(it)} {it.reference}".strip()
    return Line([title, it.agency, it.type_words, end, shown, Length((value or 0) / most), _standing(paper, it.uid)])


def _standing(paper: ProviderPaper, uid: str) -> Cell:
    found = paper.standings.get(uid)
    if found is None:
        return State(SYMBOLS[Standing.NOT_DUE], "None")
    return State(SYMBOLS[found.standing], sentence(found.standing.value))


def _years(paper: ProviderPaper) -> list[Period]:
    first = period_of(paper.on, 12)
    return [first.moved(n) for n in range(YEARS)]


def _ends_and_dependence(flow: Flow, paper: ProviderPaper) -> None:
    room, live, years = flow.page.sheet.measure, paper.live, _years(paper)
    values = [sum(paper.value_in(it, year) for it in live) for year in years]
    if not any(values):
        return
    scale = chart_scale(max(values))
    figures = [scale.text(scale.steps(value)) if value else "0" for value in values]
    chart = columns([(year.financial_year, "") for year in years], [float(it) for it in values], figures, _HALF)
    note = f"{scale.label} a year still agreed"
    left = Stack([Heading("When the money ends", _HALF, "ends", note), Figure(chart.drawing, chart.words)])
    flow.add(Beside(left, _dependence(paper, room - _HALF - 10 * mm), _HALF + 10 * mm), gap=7 * mm)


def _dependence(paper: ProviderPaper, room: float) -> Stack:
    """Return how much of what each agency commissions goes to the provider, by the baseline."""
    own: dict[str, int] = {}
    for it in paper.activities:
        own[it.agency] = own.get(it.agency, 0) + it.money
    heading = Heading("Dependence on the provider", room, "dependence", "Share of the baseline")
    rows = sorted(
        ((agency, sum_) for agency, sum_ in own.items() if sum_), key=lambda it: -it[1] / paper.bought[it[0]]
    )[:6]
    bars = [
        Bar(agency, [Part(sum_ / paper.bought[agency], "")], _percent(sum_, paper.bought[agency]), pounds(sum_))
        for agency, sum_ in rows
    ]
    if not bars:
        return Stack([heading, Paragraph([("The baseline holds no sums of it.", style.NOTE)], room)])
    chart = plain_bars(bars, room)
    said = "Of what each agency commissions, how much goes to this provider. Its other income is not known to the desk."
    return Stack([heading, Figure(chart.drawing, chart.words), Paragraph([(said, style.NOTE)], room)], gap=4)


def _by_year(flow: Flow, paper: ProviderPaper) -> None:
    live, years = paper.live, _years(paper)
    agencies = sorted({it.agency for it in live}, key=str.casefold)
    if not agencies:
        return
    heads = [Column("Agency", 66 * mm), *(Column(it.financial_year, 26 * mm, right=True) for it in years)]
    rows = []
    for agency in agencies:
        found = [it for it in live if it.agency == agency]
        rows.append(Line([agency, *_sums(paper, found, years)]))
    rows.append(
        Line([f"Total of {counted(len(agencies), 'agency', 'agencies')}", *_sums(paper, live, years)], total=True)
    )
    table = Table(heads, rows, "Agreed by agency and year")
    note = "£; parts of a year by months; extensions not yet used left out"
    flow.add_heading(Heading(table.title, flow.page.sheet.measure, "years", note), keep=table.least())
    flow.add_rows(table)


def _sums(paper: ProviderPaper, lines: Sequence[ContractLine], years: Sequence[Period]) -> list[str]:
    sums = [sum(paper.value_in(it, year) for it in lines) for year in years]
    return [whole_pounds(it) if it else NONE for it in sums]


def _standings(flow: Flow, paper: ProviderPaper) -> None:
    found = [(it, paper.standings[it.uid]) for it in paper.lines if it.uid in paper.standings]
    if not found:
        return
    heads = [
        Column("Agreement", 46 * mm),
        Column("Period", 20 * mm),
        Column("State", 20 * mm),
        Column("Score", 12 * mm, right=True),
        Column("Before", 14 * mm, right=True),
        Column("In words", 58 * mm),
    ]
    order = tuple(Standing)
    found.sort(key=lambda it: (order.index(it[1].standing), it[0].called))
    lines = [
        Line(
            [
                title_of(line),
                it.period.short,
                _standing(paper, line.uid),
                _score(it.score),
                _score(it.score_before),
                it.why,
            ]
        )
        for line, it in found
    ]
    table = Table(heads, lines, "How it is doing")
    note = "In the newest period; score: weighted share of targets met"
    flow.add_heading(Heading(table.title, flow.page.sheet.measure, "standing", note), keep=table.least())
    flow.add_rows(table)
    if kept_back := next((it.kept_back for _, it in found if it.kept_back), ""):
        flow.add(Paragraph([(kept_back, style.NOTE)], flow.page.sheet.measure), gap=FIGURE_GAP)


def _score(value: int | None) -> str:
    return NONE if value is None else number(value)


def _papers(flow: Flow, paper: ProviderPaper) -> None:
    called = {it.uid: title_of(it) for it in paper.lines}
    wanting = [it for it in paper.papers if it.kind == "action" or held_state(it, paper.on).symbol != "tick"]
    if not wanting:
        return
    heads = [
        Column("What", 66 * mm),
        Column("Agreement", 52 * mm),
        Column("Due", 22 * mm, right=True),
        Column("State", 30 * mm),
    ]
    wanting.sort(key=lambda it: str(it.values.get("due") or it.values.get("expires") or "9"))
    lines = [_paper(it, called[str(it.values["agreement"])], paper.on) for it in wanting]
    table = Table(heads, lines, "Open actions and papers")
    note = "What is held and not due within 90 days is left out"
    flow.add_heading(Heading(table.title, flow.page.sheet.measure, "papers", note), keep=table.least())
    flow.add_rows(table)


def _paper(it: PartLine, agreement: str, on: date) -> Line:
    if it.kind == "action":
        number_, title, _, due, state = action_line(it, on).cells
        return Line([f"Action {number_}: {title}", agreement, due, state])
    what = ": ".join(filter(None, (it.words["what"], it.words["detail"])))
    return Line([what, agreement, it.words["expires"] or NONE, held_state(it, on)])


def _activities(flow: Flow, paper: ProviderPaper) -> None:
    if not paper.activities:
        return
    heads = [
        Column("Ref.", 22 * mm),
        Column("Activity", 50 * mm),
        Column("Agency", 40 * mm),
        Column("Tier", 22 * mm),
        Column("Ends", 19 * mm, right=True),
        Column("£ a year", 17 * mm, right=True),
    ]
    found = sorted(paper.activities, key=lambda it: (it.agency, it.reference, it.title))
    lines = [
        Line([it.reference or NONE, it.title, it.agency, it.tier or NONE, day(it.end), whole_pounds(it.value)])
        for it in found
    ]
    whole = whole_pounds(sum(it.money for it in found))
    total = Line([f"Total of {counted(len(found), 'activity', 'activities')}", "", "", "", "", whole], total=True)
    table = Table(heads, [*lines, total], "Activities of the baseline")
    note = "The same money as the agreements, seen by service: do not add them"
    flow.add_heading(Heading(table.title, flow.page.sheet.measure, "activities", note), keep=table.least())
    flow.add_rows(table)


def _past(flow: Flow, paper: ProviderPaper) -> None:
    past = [it for it in paper.lines if it.state in _PAST]
    if not past:
        return
    heads = [
        Column("Ref.", 24 * mm),
        Column("Agreement", 62 * mm),
        Column("Bought by", 42 * mm),
        Column("Ended", 20 * mm, right=True),
        Column("State", 22 * mm),
    ]
    past.sort(key=lambda it: (it.life.end or date.max, it.called), reverse=True)
    lines = [
        Line([it.reference or NONE, title_of(it), it.agency, day(it.life.end), sentence(it.state.value)]) for it in past
    ]
    table = Table(heads, lines, "Agreements that are over")
    flow.add_heading(Heading(table.title, flow.page.sheet.measure, "past"), keep=table.least())
    flow.add_rows(table)
