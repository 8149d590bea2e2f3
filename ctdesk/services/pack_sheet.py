"""What the builder of packs shows: the agenda with its pages, the edition itself, and what to know before issuing."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from ctdesk.domain.counting import listed
from ctdesk.domain.dates import date_text
from ctdesk.domain.definition import Values
from ctdesk.domain.pack import Built, Change, Edition, Item, Placed, numbered
from ctdesk.services.desk import Desk
from ctdesk.services.exempt_guard import exempt_shown
from ctdesk.services.pack_issue import definition, issued
from ctdesk.services.packs import ItemLine, items_of


@dataclass(frozen=True, slots=True)
class Remark:
    """Something to know before a pack is issued; `state` is good, warn, bad or info."""

    state: str
    words: str


@dataclass(frozen=True, slots=True)
class AgendaRow:
    """One item as the builder lists it: its number or letter, and its paper and marks in words."""

    uid: str
    number: str
    title: str
    words: str
    values: Values


@dataclass(frozen=True, slots=True)
class PackSheet:
    """A pack as it is opened: its meeting in words, whether it was issued, and its agenda."""

    uid: str
    name: str
    board: str
    held_on: date | None
    issued_on: datetime | None
    rows: Sequence[AgendaRow]


@dataclass(frozen=True, slots=True)
class Shown:
    """An edition as it is now, or as issued: its bytes, the pages of each item in words, remarks and changes."""

    content: bytes
    pages: Mapping[str, str]
    remarks: Sequence[Remark]
    changes: Sequence[Change]
    since: date | None = None


def pack_sheet(desk: Desk, pack: str) -> PackSheet:
    """Return a pack with its agenda in the order of the paper, appendices last."""
    values = desk.load_some("pack", [pack])[pack]
    meeting = desk.load_some("board_meeting", [str(values["meeting"])])[str(values["meeting"])]
    held, when = meeting["held_on"], values["issued_on"]
    return PackSheet(
        pack,
        str(values["name"]),
        str(meeting["board"] or ""),
        held if isinstance(held, date) else None,
        when if isinstance(when, datetime) else None,
        [
            AgendaRow(line.uid, number, str(line.values["title"]), _words(line), line.values)
            for number, line in _numbered(items_of(desk, pack))
        ],
    )


def _numbered(items: Sequence[ItemLine]) -> list[tuple[str, ItemLine]]:
    lines = sorted(items, key=lambda line: bool(line.values["appendix"]))
    placed = numbered([Item("", appendix=bool(line.values["appendix"])) for line in lines])
    return [(one.number, line) for one, line in zip(placed, lines, strict=True)]


def _words(line: ItemLine) -> str:
    said = [f"Not for publication, paragraph {line.values['exempt']}"] if line.values["exempt"] else []
    said += ["Late item"] if line.values["late"] else []
    return " · ".join([*said, line.paper])


def shown(desk: Desk, pack: str, edition: Edition, now: datetime) -> Shown:
    """Return an edition as it was issued, or else as it is now. DeskError naming the item that cannot be printed."""
    if desk.load_some("pack", [pack])[pack]["issued_on"]:
        return Shown(issued(desk, pack, edition), {}, [Remark("good", "Issued: this is the very file.")], ())
    from ctdesk.reports.pack import build

    whole = definition(desk, pack, now)
    built = build(whole, edition)
    rows = pack_sheet(desk, pack).rows
    pages = {row.uid: _pages(placed) for row, placed in zip(rows, built.placed, strict=True)}
    changes = whole.changes
    remarks = [*_remarks(built, edition, rows)]
    if edition is Edition.PUBLIC:
        remarks[:0] = [Remark("bad", words) for words in exempt_shown(desk, built.content, built.placed)]
    lines, since = (changes.lines, changes.since) if changes else ((), None)
    return Shown(built.content, pages, remarks, lines, since)


def _pages(placed: Placed) -> str:
    if not placed.first:
        return placed.notice
    return placed.first if placed.first == placed.last else f"{placed.first}–{placed.last}"


def _remarks(built: Built, edition: Edition, rows: Sequence[AgendaRow]) -> Iterator[Remark]:
    yield Remark("good", f"Page numbers run over all {built.pages:,} pages.")
    exempt = [placed.words for placed in built.placed if placed.item.exempt]
    if exempt and edition is Edition.PUBLIC:
        hidden = listed(exempt, most=len(exempt)).lower()
        yield Remark("good", f"Nothing of {hidden} is in this edition but the page that says so.")
    for row in rows:
        if not row.values["report"] and not row.values["file"] and row.number != "1":
            yield Remark("info", f"Item {row.number}, {row.title}, has no paper.")
        if row.values["exempt"] and not row.values["public_title"]:
            yield Remark("info", f"Item {row.number} has no public title; the public edition gives none.")
    for words in built.untagged:
        told = "a screen reader is told its words block by block, but of no headings and tables"
        yield Remark("warn", f"{words} is an outside PDF without tags: {told}.")


def fixed_words(sheet: PackSheet) -> str:
    """Return whether a pack is a draft or was issued, in words."""
    return f"Issued {date_text(sheet.issued_on)}" if sheet.issued_on else "Draft, figures live"
