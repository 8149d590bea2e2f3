"""What the officers see and do about an agreement: reviews and visits, concerns, actions, risks."""

from collections.abc import Callable
from datetime import date

from ctdesk.domain.contract_lines import PartLine
from ctdesk.domain.contract_paper import ContractPaper
from ctdesk.domain.counting import counted
from ctdesk.domain.held import day_in, number_in
from ctdesk.domain.records.agreement_watch import ActionState, ReviewRating, RiskState
from ctdesk.reports import style
from ctdesk.reports.blocks import Heading
from ctdesk.reports.contract_charts import risk_squares
from ctdesk.reports.flow import Flow
from ctdesk.reports.numbers import NONE
from ctdesk.reports.style import mm
from ctdesk.reports.tables import Cell, Column, Line, Picture, State, Styled, Table
from ctdesk.reports.text import Paragraph
from ctdesk.reports.words import sentence

REVIEW_SYMBOLS = {
    ReviewRating.OUTSTANDING: "tick",
    ReviewRating.GOOD: "tick",
    ReviewRating.ADEQUATE: "half",
    ReviewRating.WEAK: "triangle",
    ReviewRating.POOR: "diamond",
}
"""The symbol before each conclusion of a review."""

_MOST_DONE = 5
_MOST_REVIEWS = 8

_Lines = tuple[PartLine, ...]


def watch_pages(flow: Flow, paper: ContractPaper, missing: list[str]) -> None:
    """Add reviews, concerns, actions and risks; what there is none of is named in `missing`."""
    sections: tuple[tuple[str, str, Callable[[ContractPaper, _Lines], tuple[Table, str]]], ...] = (
        ("review", "reviews and visits", _reviews),
        ("concern", "concerns", _concerns),
        ("action", "actions", _actions),
        ("risk", "risks", _risks),
    )
    for kind, words, table_of in sections:
        add_section(flow, paper, missing, (kind, words), table_of)


def add_section(
    flow: Flow,
    paper: ContractPaper,
    missing: list[str],
    named: tuple[str, str],
    table_of: Callable[[ContractPaper, _Lines], tuple[Table, str]],
) -> None:
    """Add the parts of one kind as a table under a heading with a note, or say that they are not for publication.

    `named` is the kind and what people call several of it; that goes to `missing` where there are none.
    """
    kind, words = named
    room, held = flow.page.sheet.measure, paper.held_back(kind)
    parts = paper.sheet.parts[kind]
    if held:
        flow.add_heading(Heading(sentence(words), room, kind), keep=20)
        flow.add(Paragraph([(f"{held}.", style.BODY)], room))
    elif not parts:
        missing.append(words)
    else:
        table, note = table_of(paper, parts)
        note = "; ".join(filter(None, (note, paper.mark(kind))))
        flow.add_heading(Heading(table.title, room, kind, note), keep=table.least())
        flow.add_rows(table)


def none_given(text: str) -> Cell:
    """Return a text for a cell, or what stands for none given."""
    return text or Styled("None given", style.CELL_ITALIC)


def _reviews(paper: ContractPaper, parts: _Lines) -> tuple[Table, str]:
    newest = sorted(parts, key=lambda it: str(it.values.get("held_on") or ""), reverse=True)[:_MOST_REVIEWS]
    heads = [
        Column("Date", 20 * mm),
        Column("Kind", 28 * mm),
        Column("Findings", 66 * mm),
        Column("Rating", 24 * mm),
        Column("Provider’s reply", 32 * mm),
    ]
    note = f"The newest {len(newest)} of {len(parts):,}" if len(newest) < len(parts) else ""
    return Table(heads, [_review(paper, it) for it in newest], "Reviews and visits"), note


def _review(paper: ContractPaper, review: PartLine) -> Line:
    numbers = {it.uid: it.words["number"] for it in paper.sheet.parts["action"]}
    weak = [
        f"{it.words['what']} (action {numbers.get(str(it.values.get('action')), NONE)})"
        for it in paper.weaknesses.get(review.uid, ())
    ]
    findings = " ".join(filter(None, (review.words["findings"], f"To put right: {'; '.join(weak)}." if weak else "")))
    words = review.words
    replied = f" ({words['replied_on']})" if words["replied_on"] else ""
    asked = f"None yet, asked {words['sent_on']}" if words["sent_on"] else "Not asked yet"
    reply = f"{words['reply']}{replied}" if words["reply"] else asked
    return Line([words["held_on"], words["what"], none_given(findings), rating_cell(words["rating"]), reply])


def rating_cell(rating: str) -> Cell:
    """Return the conclusion of a review with its symbol."""
    return State(REVIEW_SYMBOLS[ReviewRating(rating)], sentence(rating)) if rating else State("dash", "Not rated")


def _concerns(paper: ContractPaper, parts: _Lines) -> tuple[Table, str]:
    heads = [
        Column("Raised", 20 * mm),
        Column("Concern", 52 * mm),
        Column("Step, since", 38 * mm),
        Column("Plan, by", 60 * mm),
    ]
    lines = [
        Line(
            [
                it.words["raised_on"],
                it.words["what"],
                State(_concern_symbol(it), _concern_step(it)),
                none_given(
                    " ".join(filter(None, (it.words["plan"], f"By {it.words['due']}." if it.words["due"] else "")))
                ),
            ]
        )
        for it in parts
    ]
    open_ = sum(not it.values.get("closed_on") for it in parts)
    return Table(heads, lines, "Concerns"), f"{open_} open"


def _concern_symbol(it: PartLine) -> str:
    return "tick" if it.values.get("closed_on") else "triangle"


def _concern_step(it: PartLine) -> str:
    if it.values.get("closed_on"):
        return f"Closed {it.words['closed_on']}"
    return ", ".join(filter(None, (sentence(it.words["step"]), it.words["step_on"])))


def _actions(paper: ContractPaper, parts: _Lines) -> tuple[Table, str]:
    open_ = [it for it in parts if _is_open(it)]
    closed = sorted((it for it in parts if not _is_open(it)), key=_finished, reverse=True)[:_MOST_DONE]
    heads = [
        Column("No.", 12 * mm),
        Column("Action", 76 * mm),
        Column("Owner", 34 * mm),
        Column("Due", 21 * mm, right=True),
        Column("State", 27 * mm),
    ]
    late = sum(_late(it, paper.on) > 0 for it in open_)
    note = f"{len(open_)} open, {late} late"
    return Table(heads, [action_line(it, paper.on) for it in (*open_, *closed)], "Actions"), note


def action_line(it: PartLine, on: date) -> Line:
    """Return an action as a row: number, action, owner, due, state."""
    words = it.words
    return Line([words["number"] or NONE, words["title"], words["owner"], words["due"] or NONE, _action_state(it, on)])


def _action_state(it: PartLine, on: date) -> State:
    match it.values.get("state"):
        case ActionState.DONE:
            return State("tick", f"Done {it.words['done_on']}".strip())
        case ActionState.DROPPED:
            return State("dash", "Dropped")
    late = _late(it, on)
    return State("diamond", f"Late {counted(late, 'day')}") if late > 0 else State("dash", "Open")


def _is_open(it: PartLine) -> bool:
    return it.values.get("state") not in {ActionState.DONE, ActionState.DROPPED}


def _late(it: PartLine, on: date) -> int:
    due = day_in(it.values, "due")
    return (on - due).days if due else 0


def _finished(it: PartLine) -> date:
    return day_in(it.values, "done_on") or day_in(it.values, "due") or date.min


def _risks(paper: ContractPaper, parts: _Lines) -> tuple[Table, str]:
    standing = [it for it in parts if it.values.get("state") != RiskState.CLOSED]
    heads = [
        Column("Score", 42 * mm),
        Column("Risk", 52 * mm),
        Column("What is being done", 48 * mm),
        Column("Owner", 28 * mm),
    ]
    lines = [_risk(it) for it in sorted(standing, key=_score, reverse=True)]
    closed = len(parts) - len(standing)
    more = f"; {closed} closed" if closed else ""
    table = Table(heads, lines or [Line(["", "Every risk has been closed.", "", ""])], "Risks")
    return table, f"Ordered by score: likelihood (1 to 5) × impact (1 to 5){more}"


def _score(it: PartLine) -> int:
    return (number_in(it.values, "likelihood") or 0) * (number_in(it.values, "impact") or 0)


def _risk(it: PartLine) -> Line:
    likely, impact = number_in(it.values, "likelihood"), number_in(it.values, "impact")
    score: Cell = Styled("Not scored", style.CELL_ITALIC)
    if likely and impact:
        chart = risk_squares(likely, impact)
        score = Picture(chart.drawing, chart.words)
    return Line([score, it.words["title"], none_given(it.words["doing"]), none_given(it.words["owner"])])
