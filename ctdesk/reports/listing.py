"""A list on paper: the rows of one kind of record as they are seen, fitted to the width of the page."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from ctdesk.reports import style
from ctdesk.reports.blocks import Band, Title
from ctdesk.reports.document import Document
from ctdesk.reports.flow import Flow
from ctdesk.reports.fonts import clean, register, width
from ctdesk.reports.numbers import moment
from ctdesk.reports.style import LANDSCAPE, Sheet, mm
from ctdesk.reports.tables import Column, Group, Line, Table

_WIDE_PAPER = Sheet(420 * mm, 297 * mm)
_GAP, _MOST, _MEASURED = 4 * mm, 62 * mm, 400


@dataclass(frozen=True, slots=True)
class ListingColumn:
    """A column by its head; figures and dates keep to the right."""

    head: str
    right: bool = False


@dataclass(frozen=True, slots=True)
class ListingGroup:
    """Rows that stand together under a name, with the texts of their sums; one without a name is no group."""

    name: str
    rows: Sequence[Sequence[str]]
    sums: Sequence[str]


@dataclass(frozen=True, slots=True)
class ListingPaper:
    """What a printed list says: its title, whose it is, what was let through, when, and its rows with totals."""

    title: str
    trust: str
    filter: str
    as_at: datetime
    shown: str
    columns: Sequence[ListingColumn]
    groups: Sequence[ListingGroup]
    totals: Sequence[str]


def write_listing(paper: ListingPaper, path: Path) -> None:
    """Write a list as a PDF; the same list gives the same bytes. Raises DeskError if it cannot be written."""
    register()
    widths = _natural_widths(paper)
    sheet = LANDSCAPE if sum(least for least, _ in widths) <= LANDSCAPE.measure else _WIDE_PAPER
    flow = Flow(paper.title, sheet)
    flow.add(Title(paper.trust, paper.title, sheet.measure, style.TITLE_WIDE))
    said = [("Filter", paper.filter), ("Shown", paper.shown), ("As at", moment(paper.as_at))]
    flow.add(Band(said, sheet.measure), gap=2 * mm)
    heads = [
        Column(column.head, wide, right=column.right)
        for column, wide in zip(paper.columns, _fitted(widths, sheet.measure), strict=True)
    ]
    flow.add_rows(Table(heads, _content(paper), paper.title), gap=4 * mm)
    footer = f"As at {moment(paper.as_at)} · Filter: {paper.filter}"
    Document(f"{paper.trust}: {paper.title}", f"{paper.title}, {paper.filter}", paper.trust, footer).write(flow, path)


def _content(paper: ListingPaper) -> list[Line | Group]:
    content: list[Line | Group] = []
    for group in paper.groups:
        lines = [Line(row) for row in group.rows]
        if not group.name:
            content += lines
            continue
        if any(group.sums):
            lines.append(_total(f"{group.name}, {len(group.rows):,}", group.sums))
        content.append(Group(group.name, lines))
    if not content:
        content.append(Line(["Nothing is shown", *[""] * (len(paper.columns) - 1)]))
    return [*content, _total(f"Shown: {paper.shown}", paper.totals)]


def _total(name: str, sums: Sequence[str]) -> Line:
    """Return a row of sums; its name stands in the first column, unless a sum does."""
    return Line(list(sums) if sums and sums[0] else [name, *sums[1:]], total=True)


def _natural_widths(paper: ListingPaper) -> list[tuple[float, float]]:
    """Return for each column the least width that breaks no figure or word, and the width it would like."""
    rows = [row for group in paper.groups for row in group.rows[:_MEASURED]][: _MEASURED * 4]
    return [_natural(column, [row[at] for row in rows], paper.totals[at]) for at, column in enumerate(paper.columns)]


def _natural(column: ListingColumn, texts: Sequence[str], total: str) -> tuple[float, float]:
    cell, strong = style.CELL, style.CELL_STRONG
    words = [*column.head.split(), *(word for text in texts[:_MEASURED] for word in text.split()[:6])]
    least = max((width(clean(word), strong.face, strong.size) for word in words), default=0.0)
    wanted = max((width(clean(text), cell.face, cell.size) for text in texts), default=0.0)
    if column.right:
        least = wanted = max(least, wanted, width(clean(total), strong.face, strong.size))
    return min(least, _MOST) + _GAP, min(max(least, wanted), _MOST) + _GAP


def _fitted(widths: Sequence[tuple[float, float]], room: float) -> list[float]:
    """Share the room out: everybody the least, then what they would like, then the rest in proportion."""
    least, wanted = sum(it[0] for it in widths), sum(it[1] for it in widths)
    if wanted <= room:
        return [like * room / wanted for _, like in widths]
    if least >= room:
        return [low * room / least for low, _ in widths]
    part = (room - least) / (wanted - least)
    return [low + (like - low) * part for low, like in widths]
