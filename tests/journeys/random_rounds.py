"""Random records, random edits on both sides, and a returned workbook that never was a file."""

import hashlib
import itertools
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, time, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

from ctdesk.domain.definition import DEFINITIONS, Field, Kind, Need, Value
from ctdesk.domain.lists import ReferenceLists
from ctdesk.domain.review_policy import Resolve
from ctdesk.returns.layout import Role, SheetLayout, baseline_layout
from ctdesk.returns.ods_file import write_ods
from ctdesk.returns.reader import read_book
from ctdesk.returns.sheets import Book, Cell, Sheet, cell_name
from ctdesk.returns.workbook import RequestBook, hidden_sheet
from ctdesk.returns.workbook_cells import Computed, Content, Contents
from ctdesk.returns.workbook_data import data_sheets
from hypothesis import strategies as st
from openpyxl import Workbook

Links = Mapping[str, list[str]]
"""Uids that links may point at, by kind of record."""

KINDS = ("activity", "post", "funding_line")
PROVIDERS = ("Lantern Trust", "Bridge Street Project Limited", "007 Club")
TYPED = {Role.FIELD, Role.STEP, Role.STILL_YOURS}

AWKWARD = (
    "=1+1", "+44 20 7946 0000", "-5", "@home", "'quoted'", '"double"', "007", "1e5", "TRUE", "01/02/2026", "N/A", "-",
    "line one\nline two", "a\ttab", "Škoda – naïve “ünïcodé” 👪", "日本語", "#REF!", "1 April 2026", "x", "0",
    "<b>&amp;</b>", "_x0041_", "a;b;c", "£3,000 pa", "two  spaces", "\u200bzero width", "e\u0301 combining",
    "long " * 2_000 + "end",
)  # fmt: skip
JUNK: tuple[Cell, ...] = (
    "n/a", "31/02/2026", "1.2m", "22k", "about five", "clear", "Clear ", "-5", "=1+1", "£3,000 pa", "  ", "nan", "1,25",
    "Infinity", "Lantern trust", "Lantern Turst", "Somebody New", "Specialised", True, False, 45_000.0, 3.7, -1.0, 0.5,
    1e16, date(2026, 2, 28), date(2101, 1, 1), time(9, 30), timedelta(hours=30), "Yes", "x", "2026/27", "Other",
)  # fmt: skip
"""What people type into cells of any column."""


def _one_line(text: str) -> str:
    return " ".join(text.split())


def texts(item: Field) -> st.SearchStrategy[str]:
    """Return texts as the desk may hold them: trimmed, not too long, not the word that empties a cell."""
    letters = st.text(st.characters(codec="utf-8", exclude_categories=("Cs", "Cc", "Co", "Cn")), max_size=30)
    long = item.kind is Kind.LONG_TEXT
    any_text = st.sampled_from(AWKWARD) | letters.map(_one_line)
    fitting = any_text.map(lambda text: text if long else text[:90]).map(str.strip)
    return fitting.filter(lambda text: bool(text) and text.casefold() != "clear")


def values(item: Field, lists: ReferenceLists, links: Links) -> st.SearchStrategy[Any]:
    """Return what a field may hold in the desk."""
    codes = [entry.code for entry in lists.all(item.list or "")]
    match item.kind:
        case Kind.INTEGER | Kind.PERCENT | Kind.MONEY:
            return st.integers(item.minimum or 0, item.maximum or 10**9)
        case Kind.DECIMAL:
            return st.integers(0, 100_000).map(lambda n: Decimal(n).scaleb(-2).quantize(Decimal("0.01")))
        case Kind.DATE:
            return st.dates(date(1900, 1, 1), date(2100, 12, 31))
        case Kind.YEAR:
            return st.integers(2000, 2098).map(lambda n: f"{n}/{(n + 1) % 100:02d}")
        case Kind.YES_NO:
            return st.booleans()
        case Kind.EMAIL:
            return st.sampled_from(["team@example.org", "o'neil@example.org", "=x@example.org"])
        case Kind.CHOICE:
            return st.sampled_from(codes)
        case Kind.CHOICES:
            return st.sets(st.sampled_from(codes), min_size=1, max_size=4).map(lambda found: tuple(sorted(found)))
        case Kind.LINK:
            return st.sampled_from(links[item.target or ""])
    return texts(item)


def typed_cells(item: Field, lists: ReferenceLists, links: Links) -> st.SearchStrategy[Any]:
    """Return what an agency may type: a proper value of the desk's (marked by a tuple), or anything at all."""
    proper = values(item, lists, links).map(lambda value: ("value", value))
    return proper | proper | st.sampled_from(JUNK) | st.just("clear")


def records(kind: str, lists: ReferenceLists, links: Links) -> st.SearchStrategy[dict[str, Any]]:
    """Return records with a title and any other fields, filled or not."""
    definition = DEFINITIONS[kind]
    free = {f.name: values(f, lists, links) for f in definition.fields if f.name not in {"agency", "reference"}}
    always = {definition.title, "activity"} & free.keys()
    often = {name for name in free if definition[name].required} - always
    required = {name: free[name] for name in always}
    optional = {name: free[name] for name in free if name not in always}
    return st.fixed_dictionaries(required, optional=optional).map(lambda made: dict(sorted(made.items()))) | (
        st.fixed_dictionaries({**required, **{name: free[name] for name in often}})
    )


@dataclass(frozen=True)
class Typed:
    """One cell an agency typed: which row (by its place in the model), which column, what."""

    row: int
    column: int
    cell: Cell


@dataclass
class ModelRow:
    """One row of a sheet as the agency has it; `uid` is None in a row it added."""

    uid: str | None
    cells: list[Cell]
    edited: set[int] = field(default_factory=set)
    number: int = 0

    def filled(self, layout: SheetLayout) -> bool:
        """Whether a person would call the row filled."""
        typed = [cell for cell, column in zip(self.cells, layout.columns, strict=True) if column.role in TYPED]
        return any(cell is not None and str(cell).strip() for cell in typed)


@dataclass
class Model:
    """One agency's workbook as cells in memory."""

    request: RequestBook
    layouts: tuple[SheetLayout, ...]
    rows: dict[str, list[ModelRow]]

    @classmethod
    def of(cls, request: RequestBook) -> "Model":
        """Lay a request's rows out as the reader would read them from its workbook."""
        layouts = baseline_layout(request.lists)
        rows = {}
        for data in data_sheets(layouts, request):
            contents = [[as_read(content) for content in row.contents] for row in data.rows()]
            known = [ModelRow(row.uid, cells) for row, cells in zip(data.known, contents, strict=False)]
            rows[data.layout.kind] = known
        return cls(request, layouts, rows)

    def layout(self, kind: str) -> SheetLayout:
        return next(layout for layout in self.layouts if layout.kind == kind)

    def cell_of(self, item: Field, value: Value) -> Cell:
        """Return how the form shows a value of the desk's."""
        codes = {r.uid: str(r.values.get("reference") or "") for r in self.request.rows["activity"]}
        return as_read(Contents(self.request.lists, self.request.names, codes).of(item)(value))

    def book(self, path: Path) -> Book:
        """Return the workbook as if it had been read; a file with as many words is left at the path."""
        sheets = [
            Sheet("_ctdesk", _even([[as_read(c) for c in row] for row in hidden_sheet(self.request)]), hidden=True)
        ]
        for layout in self.layouts:
            table: list[list[Cell]] = [[None] for _ in range(layout.HEAD_ROW - 1)]
            table.append([column.heading for column in layout.columns])
            for row in self.rows[layout.kind]:
                row.number = len(table) + 1
                table.append(list(row.cells))
            sheets.append(Sheet(layout.name, _even(table)))
        said = repr([(sheet.name, sheet.rows) for sheet in sheets]).encode("utf-8", "surrogatepass")
        path.write_bytes(said)
        return Book(path, "xlsx", tuple(sheets), hashlib.sha256(said).hexdigest(), len(said), "memory")

    def stands_in(self, book: Book) -> None:
        """See that a workbook that was written and read holds exactly these cells."""
        for layout in self.layouts:
            sheet = book.sheet(layout.name)
            assert sheet is not None
            read = [row[: len(layout.columns)] for row in sheet.rows[layout.HEAD_ROW :]]
            assert read == [row.cells[: sheet_width(sheet, layout)] for row in self.rows[layout.kind]]

    def place(self, kind: str, row: ModelRow, column: int) -> str:
        """Return the name of a cell."""
        return f"{self.layout(kind).name}!{cell_name(row.number - 1, column)}"


def sheet_width(sheet: Sheet, layout: SheetLayout) -> int:
    """Return how many of the form's columns a sheet reaches over: empty ones at the end are left out."""
    return min(len(sheet.rows[0]), len(layout.columns)) if sheet.rows else 0


def through_file(book: Book, path: Path) -> Book:
    """Return a workbook as it is read from a file that it was written to."""
    if path.suffix == ".ods":
        write_ods({sheet.name: sheet.rows for sheet in book.sheets}, path, frozenset({"_ctdesk"}))
        return read_book(path)
    made = Workbook()
    made.remove(made.active)
    for sheet in book.sheets:
        page = made.create_sheet(sheet.name)
        for row, cells in enumerate(sheet.rows, start=1):
            for column, cell in enumerate(cells, start=1):
                _put(page.cell(row, column), cell)
    made.save(path)
    return read_book(path)


def _put(target: Any, cell: Cell) -> None:
    if isinstance(cell, str):
        target.value = _ESCAPED.sub("_x005F_", cell)  # openpyxl leaves such texts to be taken for characters
        target.data_type = "s"
    elif cell is not None:
        target.value = cell


_ESCAPED = re.compile("_(?=x[0-9A-Fa-f]{4}_)")


def as_read(content: Content) -> Cell:
    """Return a cell as calamine gives it back: numbers as floats, formulas as their results."""
    if isinstance(content, Computed):
        content = content.result
    if isinstance(content, int) and not isinstance(content, bool):
        return float(content)
    return None if content == "" else content


def _even(rows: list[list[Cell]]) -> list[list[Cell]]:
    width = max((len(row) for row in rows), default=0)
    return [row + [None] * (width - len(row)) for row in rows]


@dataclass(frozen=True)
class AgencyPlan:
    """What an agency does with one sheet."""

    edits: tuple[tuple[int, int, Any], ...]
    added: tuple[dict[int, Any], ...]
    deleted: tuple[int, ...]
    copied: tuple[int, ...]
    order: int


@dataclass(frozen=True)
class Plan:
    """A whole random round: what was known, what each side altered, and what the officer chose."""

    known: Mapping[str, list[dict[str, Any]]]
    agency: Mapping[str, AgencyPlan]
    desk: tuple[tuple[str, int, str, Any], ...]
    resolve: Resolve


@st.composite
def plans(draw: st.DrawFn, lists: ReferenceLists, links: Links) -> Plan:
    """Return whole random rounds."""
    known: dict[str, list[dict[str, Any]]] = {}
    activities = [f"activity {n}" for n in range(draw(st.integers(0, 4)))]
    links = {**links, "activity": activities}
    known["activity"] = [draw(records("activity", lists, links)) for _ in activities]
    for number, values_ in enumerate(known["activity"]):
        reference = draw(st.sampled_from(["WB-{}", "00{}", "=R{}", "{}", "Ref {}/26", ""])).format(number + 1)
        values_.update({"reference": reference} if reference else {})
    known["post"] = draw(st.lists(records("post", lists, links), max_size=3))
    known["funding_line"] = draw(st.lists(records("funding_line", lists, links), max_size=2)) if activities else []
    layouts = {layout.kind: layout for layout in baseline_layout(lists)}
    agency = {kind: draw(_agency_plans(layouts[kind], len(known[kind]), lists, links)) for kind in KINDS}
    desk = [draw(_desk_edit(kind, len(known[kind]), lists, links)) for kind in KINDS if known[kind] for _ in range(3)]
    both = [draw(_against(layouts[kind], agency[kind], lists, links)) for kind in KINDS]
    told = tuple(edit for edit in (*desk, *itertools.chain(*both)) if edit)
    return Plan(known, agency, told, draw(st.sampled_from(list(Resolve))))


@st.composite
def _against(draw: st.DrawFn, layout: SheetLayout, doing: AgencyPlan, lists: ReferenceLists, links: Links) -> list[Any]:
    """Let the desk be told something else about some of the very cells that the agency types."""
    edits = []
    for row, at, _ in doing.edits[:6]:
        item = layout.columns[at].field
        if item is not None and item.name not in {"reference", "activity"} and draw(st.booleans()):
            edits.append((layout.kind, row, item.name, draw(values(item, lists, links))))
    return edits


def _desk_edit(kind: str, count: int, lists: ReferenceLists, links: Links) -> st.SearchStrategy[Any]:
    fields = [
        f for f in DEFINITIONS[kind].fields if f.need is not Need.DESK and f.name not in {"reference", "activity"}
    ]
    one = st.sampled_from(fields).flatmap(
        lambda f: st.tuples(st.just(kind), st.integers(0, count - 1), st.just(f.name), values(f, lists, links))
    )
    return st.none() | one


@st.composite
def _agency_plans(draw: st.DrawFn, layout: SheetLayout, count: int, lists: ReferenceLists, links: Links) -> AgencyPlan:
    cells = st.sampled_from(list(_columns(layout))).flatmap(
        lambda at: st.tuples(st.just(at), _cells(layout, at, lists, links))
    )
    edits = draw(st.lists(st.tuples(st.integers(0, count - 1), cells), min_size=2, max_size=16)) if count else []
    added = draw(st.lists(st.lists(cells, min_size=1, max_size=8).map(dict), max_size=2))
    some = st.lists(st.integers(0, count - 1), max_size=1) if count else st.just([])
    deleted, copied = draw(some), draw(some)
    return AgencyPlan(
        tuple((row, at, cell) for row, (at, cell) in edits),
        tuple(added),
        tuple(deleted),
        tuple(copied),
        draw(st.integers(0, 5)),
    )


def _columns(layout: SheetLayout) -> Iterator[int]:
    return (at for at, column in enumerate(layout.columns) if column.role in TYPED)


def _cells(layout: SheetLayout, at: int, lists: ReferenceLists, links: Links) -> st.SearchStrategy[Any]:
    column = layout.columns[at]
    if column.role is Role.STILL_YOURS:
        return st.sampled_from(["Yes", "Ended", "Not ours", None])
    if column.role is Role.STEP:
        return st.sampled_from(["x", None, "no", "clear"])
    assert column.field is not None
    if column.field.name == "reference":
        return st.sampled_from(["WB-1", "NEW-1", "001", None])
    if column.field.target == "activity":
        return st.sampled_from(["WB-1", "001", "1", "nowhere"])
    return typed_cells(column.field, lists, links) | st.none()
