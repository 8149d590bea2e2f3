"""The measures of an agreement in its newest period: figures with their past, and why they are rated so."""

from collections.abc import Sequence

from ctdesk.domain.contract_paper import ContractPaper
from ctdesk.domain.monitoring_lines import AgreementPeriod, MeasureLine
from ctdesk.domain.performance import figure_text
from ctdesk.domain.records.monitoring import PER_CENT, Polarity, Rating
from ctdesk.domain.suppression import MARK
from ctdesk.reports import style
from ctdesk.reports.blocks import Heading
from ctdesk.reports.contract_words import why_rated
from ctdesk.reports.flow import FIGURE_GAP, Flow
from ctdesk.reports.numbers import NONE
from ctdesk.reports.rating_charts import sparkline
from ctdesk.reports.style import mm
from ctdesk.reports.tables import Cell, Column, Line, Picture, State, Styled, Table
from ctdesk.reports.text import Paragraph
from ctdesk.reports.words import sentence

RATING_SYMBOLS = {Rating.RED: "diamond", Rating.AMBER: "triangle", Rating.GREEN: "disc", None: "ring"}
"""The symbol before the word of each rating; a ring where nothing could be rated."""

_SPARK = 36 * mm


def measure_pages(flow: Flow, paper: ContractPaper, missing: list[str]) -> None:
    """Add the measures of the newest period, or what was agreed where none was reported yet."""
    period = paper.period
    if period is not None and period.measures:
        _reported(flow, period)
        _reasons(flow, period)
    elif paper.sheet.parts["agreement_measure"]:
        _agreed(flow, paper)
    else:
        missing.append("measures")


def _reported(flow: Flow, period: AgreementPeriod) -> None:
    room = flow.page.sheet.measure
    heads = [
        Column("Measure", 51 * mm),
        Column("Target", 17 * mm, right=True),
        Column("Actual", 17 * mm, right=True),
        Column("State", 20 * mm),
        Column("Past (dashes: target)", _SPARK + 4 * mm),
        Column("Direction", 25 * mm),
    ]
    table = Table(heads, [_measure(it) for it in period.measures], f"Measures, {period.period.label}")
    flow.add_heading(Heading(table.title, room, "measures", _score(period)), keep=table.least())
    flow.add_rows(table)
    told = f"{sentence(period.standing.value)}: {period.why[:1].lower()}{period.why[1:]}".rstrip(".")
    kept_back = f" {period.kept_back}" if period.kept_back else ""
    flow.add(Paragraph([(f"{told}.{kept_back}", style.NOTE)], room), gap=FIGURE_GAP)


def _score(period: AgreementPeriod) -> str:
    if period.score is None:
        return "No score: nothing could be rated"
    before = f" ({period.score_before} before)" if period.score_before is not None else ""
    return f"Score {period.score} of 100{before}: weighted share of targets met"


def _measure(it: MeasureLine) -> Line:
    unit = it.unit if it.unit in PER_CENT else ""
    spark = sparkline(it.past, it.target, _SPARK, 15)
    none = MARK if it.kept_back else NONE
    figures: list[Cell] = [
        figure_text(figure, unit) if figure is not None else none for figure in (it.target, it.actual)
    ]
    rating = it.judged.rating
    state = State(RATING_SYMBOLS[rating], sentence(rating.value) if rating else "Not rated")
    return Line([_named(it), *figures, state, Picture(spark.drawing, spark.words), it.movement])


def _named(it: MeasureLine) -> str:
    told = [it.unit if it.unit not in PER_CENT else "", "low is good" if it.polarity == Polarity.LOW else ""]
    within = ", ".join(filter(None, told))
    return f"{it.name} ({within})" if within else it.name


def _reasons(flow: Flow, period: AgreementPeriod) -> None:
    """Say why measures are red or amber, or judged otherwise than computed."""
    told = [
        it
        for it in period.measures
        if it.judged.rating in {Rating.RED, Rating.AMBER} or it.computed.rating != it.judged.rating
    ]
    if not told:
        return
    heads = [
        Column("Measure", 36 * mm),
        Column("Reason (computed)", 44 * mm),
        Column("Provider’s commentary", 52 * mm),
        Column("Officer’s judgement", 38 * mm),
    ]
    table = Table(heads, [_reason(it) for it in told], _why(told))
    flow.add_heading(Heading(table.title, flow.page.sheet.measure, "why"), keep=table.least())
    flow.add_rows(table)


def _why(told: Sequence[MeasureLine]) -> str:
    red = [it for it in told if it.judged.rating is Rating.RED]
    if len(told) == 1:
        it = told[0]
        return (
            f"Why {it.name[:1].lower()}{it.name[1:]} is {it.judged.rating.value if it.judged.rating else 'not rated'}"
        )
    return "Why measures are red" if len(red) == len(told) else "Why measures are rated so"


def _reason(it: MeasureLine) -> Line:
    commentary: Cell = it.commentary or Styled("None given", style.CELL_ITALIC)
    return Line([Styled(it.name, style.CELL_STRONG), it.computed.reason, commentary, why_rated(it)])


def _agreed(flow: Flow, paper: ContractPaper) -> None:
    heads = [
        Column("Measure", 78 * mm),
        Column("Aim", 24 * mm, right=True),
        Column("Unit", 32 * mm),
        Column("Reported", 36 * mm),
    ]
    lines = [
        Line([it.words["name"], it.words["target"] or NONE, it.words["unit"], sentence(it.words["frequency"])])
        for it in paper.sheet.parts["agreement_measure"]
    ]
    table = Table(heads, lines, "Measures agreed")
    why = f"{paper.period.why}." if paper.period else "None was reported yet"
    flow.add_heading(Heading(table.title, flow.page.sheet.measure, "measures", why), keep=table.least())
    flow.add_rows(table)
