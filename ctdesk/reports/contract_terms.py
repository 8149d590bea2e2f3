"""What an agreement rests on: requirements, extensions, variations, what it is for, papers, and the law’s rating."""

from collections.abc import Iterator
from datetime import date, timedelta

from ctdesk.domain.contract_lines import PartLine
from ctdesk.domain.contract_paper import ContractPaper
from ctdesk.domain.dates import date_text
from ctdesk.domain.held import day_in
from ctdesk.domain.records.agreement_terms import ExtensionState, VariationKind
from ctdesk.reports import style
from ctdesk.reports.blocks import Heading
from ctdesk.reports.contract_watch import add_section, none_given
from ctdesk.reports.flow import Flow
from ctdesk.reports.numbers import NONE
from ctdesk.reports.style import mm
from ctdesk.reports.tables import Cell, Column, Line, State, Styled, Table
from ctdesk.reports.words import sentence

SOON = timedelta(days=90)
"""What expires sooner than this is pointed out."""

_Lines = tuple[PartLine, ...]

_EXTENSION_SYMBOLS = {ExtensionState.EXERCISED: "tick", ExtensionState.DRAFTED: "dash", ExtensionState.DECLINED: "dash"}

_TEXTS = (
    ("description", "What is delivered"),
    ("activities", "Activities of the baseline"),
    ("other_outcomes", "Other outcomes"),
    ("outcomes_sought", "Outcomes sought"),
    ("termination_terms", "Termination provisions"),
    ("termination_reason", "Why it was ended early"),
    ("termination_plan", "Plan for those who use it"),
    ("comments", "Comments"),
)
"""The longer texts of an agreement, in the order in which they are printed."""


def terms_pages(flow: Flow, paper: ContractPaper, missing: list[str]) -> None:
    """Add what the agreement rests on; what there is none of is named in `missing`."""
    add_section(flow, paper, missing, ("requirement", "requirements"), _requirements)
    add_section(flow, paper, missing, ("extension", "extensions"), _extensions)
    add_section(flow, paper, missing, ("variation", "variations"), _variations)
    _texts(flow, paper)
    add_section(flow, paper, missing, ("document", "documents"), _documents)
    _law(flow, paper)
    _findings(flow, paper)


def _requirements(paper: ContractPaper, parts: _Lines) -> tuple[Table, str]:
    heads = [
        Column("Requirement", 66 * mm),
        Column("Evidence", 52 * mm),
        Column("Expires", 22 * mm, right=True),
        Column("State", 30 * mm),
    ]
    lines = [
        Line(
            [
                ": ".join(filter(None, (it.words["what"], it.words["detail"]))),
                none_given(it.words["evidence"]),
                it.words["expires"] or NONE,
                held_state(it, paper.on),
            ]
        )
        for it in parts
    ]
    return Table(heads, lines, "Requirements"), "What the provider must hold"


def held_state(it: PartLine, on: date) -> State:
    """Return whether a requirement is held on a day, with its symbol."""
    expires = day_in(it.values, "expires")
    if not it.values.get("held"):
        return State("ring", "Not seen yet")
    if expires is not None and expires < on:
        return State("diamond", "Expired")
    if expires is not None and expires - on <= SOON:
        return State("triangle", "Within 90 days")
    return State("tick", "Held")


def _extensions(paper: ContractPaper, parts: _Lines) -> tuple[Table, str]:
    heads = [
        Column("No.", 12 * mm),
        Column("New end", 22 * mm, right=True),
        Column("Value", 40 * mm, right=True),
        Column("State", 40 * mm),
        Column("Decision", 56 * mm),
    ]
    held = paper.held_back("extension.value")
    lines = [
        Line(
            [
                it.words["number"],
                it.words["end"] or NONE,
                held or it.words["value"] or NONE,
                State(_EXTENSION_SYMBOLS[ExtensionState(it.words["state"])], _stands(it)),
                it.words["decision"] or NONE,
            ]
        )
        for it in parts
    ]
    return Table(heads, lines, "Extensions"), "Only exercised ones move the end"


def _stands(it: PartLine) -> str:
    return " ".join(filter(None, (sentence(it.words["state"]), it.words["decided_on"])))


def _variations(paper: ContractPaper, parts: _Lines) -> tuple[Table, str]:
    heads = [
        Column("From", 22 * mm),
        Column("What changes", 40 * mm),
        Column("New figure", 40 * mm, right=True),
        Column("Reason", 46 * mm),
        Column("Agreed on", 22 * mm, right=True),
    ]
    lines = [
        Line(
            [
                it.words["from_date"],
                sentence(it.words["what"]),
                _new_figure(paper, it),
                none_given(it.words["reason"]),
                it.words["agreed_on"] or NONE,
            ]
        )
        for it in parts
    ]
    return Table(heads, lines, "Variations"), ""


def _new_figure(paper: ContractPaper, it: PartLine) -> str:
    match it.values.get("what"):
        case VariationKind.UPLIFT:
            return f"{it.words['percent']}%"
        case VariationKind.VALUE:
            worth = it.words["annual_value"]
            return paper.held_back("variation.annual_value") or (f"{worth} a year" if worth else NONE)
        case VariationKind.TERM:
            return f"End {it.words['end']}"
    return NONE


def _texts(flow: Flow, paper: ContractPaper) -> None:
    words = paper.sheet.words
    found = [
        (label, paper.shown(name, "; ".join(paper.activities) if name == "activities" else words[name]))
        for name, label in _TEXTS
        if words[name] or paper.held_back(name)
    ]
    if not found:
        return
    heads = [Column("About", 42 * mm, look=style.CELL_STRONG), Column("What is agreed", 128 * mm)]
    _rows(flow, Table(heads, [Line([label, text]) for label, text in found], "What it is for and how it ends"), "texts")


def _documents(paper: ContractPaper, parts: _Lines) -> tuple[Table, str]:
    heads = [
        Column("Document", 84 * mm),
        Column("Where", 36 * mm),
        Column("Dated", 25 * mm, right=True),
        Column("Read again by", 25 * mm, right=True),
    ]
    lines = [
        Line(
            [
                it.words["title"],
                "Kept in the desk" if it.values.get("file") else "Linked",
                it.words["dated"] or NONE,
                it.words["review"] or NONE,
            ]
        )
        for it in parts
    ]
    return Table(heads, lines, "Documents"), ""


def _law(flow: Flow, paper: ContractPaper) -> None:
    heads = [Column("Paper or rating", 58 * mm, look=style.CELL_STRONG), Column("Where it stands", 112 * mm)]
    lines = [Line([label, text]) for label, text in _law_lines(paper)]
    _rows(flow, Table(heads, lines, "Data protection and the Procurement Act"), "law")


def _law_lines(paper: ContractPaper) -> Iterator[tuple[str, Cell]]:
    words = paper.sheet.words
    told = [
        sentence(words["data_protection"]),
        f"signed {words['data_protection_signed']}" if words["data_protection_signed"] else "",
        f"to be read again by {words['data_protection_review']}" if words["data_protection_review"] else "",
    ]
    yield "Data-protection papers", paper.held_back("data_protection") or none_given(", ".join(filter(None, told)))
    review = day_in(paper.line.values, "data_protection_review")
    if review is not None and review < paper.on:
        yield "", State("diamond", f"Their review was due on {date_text(review)}")
    yield "Rating under section 71", _applies(paper)
    held = paper.held_back("act_rating")
    for it in paper.sheet.parts["act_rating"]:
        published = "published" if it.values.get("published") else "not published yet"
        said = f"{sentence(it.words['rating'])} ({published}). {it.words['reason']}"
        yield f"Given {it.words['given_on']}", said
    if held:
        yield "Ratings given", held


def _applies(paper: ContractPaper) -> Cell:
    applies = paper.line.values.get("act_rating_applies")
    if applies is None:
        return Styled("Not said yet whether the Procurement Act 2023 asks for it", style.CELL_ITALIC)
    if applies:
        return "Applies" if paper.sheet.parts["act_rating"] else "Applies; none given yet"
    return f"Does not apply: {paper.sheet.words['act_rating_reason'] or 'no reason given'}"


def _findings(flow: Flow, paper: ContractPaper) -> None:
    found = paper.line.findings
    if found:
        heads = [Column("Grade", 30 * mm), Column("What does not fit together", 140 * mm)]
        lines = [Line([Styled(sentence(it.grade.value), style.CELL_STRONG), it.sentence]) for it in found]
        _rows(flow, Table(heads, lines, "What does not fit together"), "findings")


def _rows(flow: Flow, table: Table, place: str) -> None:
    flow.add_heading(Heading(table.title, flow.page.sheet.measure, place), keep=table.least())
    flow.add_rows(table)
