"""Finding the tables of a returned workbook: by their headings, wherever the sheets and columns have moved."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from ctdesk.domain.findings import Finding, sentence
from ctdesk.domain.incoming import Place
from ctdesk.returns.answers import PLEASE_FIX
from ctdesk.returns.headers import plain_heading
from ctdesk.returns.layout import Column, Role, SheetLayout
from ctdesk.returns.sheets import HIDDEN_SHEET, Book, Cell, Sheet, cell_name, column_letters

_FARTHEST_HEADER = 60
_GUIDANCE = frozenset(
    plain_heading(name) for name in ("Start here", "Columns explained", "Lists", HIDDEN_SHEET, PLEASE_FIX)
)
"""The form's other sheets: nothing is typed there but answers and the sign-off."""
_TYPED = frozenset({Role.FIELD, Role.STEP, Role.STILL_YOURS})


@dataclass(frozen=True, slots=True)
class ReturnedTable:
    """One sheet of the form as it came back.

    `columns` maps each column that was found to its zero-based position; `extra` are the headings that the
    form does not have. `findings` say what is missing, doubled, unknown or renamed.
    """

    layout: SheetLayout
    sheet: Sheet
    header_row: int
    columns: tuple[tuple[Column, int], ...]
    extra: tuple[tuple[str, int], ...]
    findings: tuple[Finding, ...] = field(default=())

    def position(self, role: Role) -> int | None:
        """Return the position of the one column with that role, or None."""
        return next((at for column, at in self.columns if column.role is role), None)

    def place(self) -> Place:
        """Return where each field stands, for naming cells; row-wide findings point at the first typed column."""
        letters = {"": column_letters(min((at for _, at in self.columns), default=0))}
        for column, at in self.columns:
            if column.role is Role.FIELD and column.field:
                letters[column.field.name] = column_letters(at)
            elif column.role is Role.STEP and column.field:
                letters.setdefault(column.field.name, column_letters(at))
            elif column.role is Role.STILL_YOURS:
                letters[""] = column_letters(at)
        return Place(self.sheet.name or self.layout.name, letters)

    def filled_rows(self) -> Iterator[tuple[int, list[Cell]]]:
        """Yield each row in which a person typed something, or which the desk gave, with its one-based number."""
        typed = [at for column, at in self.columns if column.role in _TYPED or column.tells_which]
        for number, row in enumerate(self.sheet.rows[self.header_row + 1 :], start=self.header_row + 2):
            if any(_says_something(row[at]) for at in typed if at < len(row)):
                yield number, row


def _says_something(cell: Cell) -> bool:
    return cell is not None and (not isinstance(cell, str) or bool(cell.strip()))


def find_tables(book: Book, layouts: Sequence[SheetLayout]) -> tuple[list[ReturnedTable], list[Finding]]:
    """Find the form's tables in a workbook; what is missing altogether, and what was not read, are findings."""
    tables: list[ReturnedTable] = []
    findings: list[Finding] = []
    for layout in layouts:
        taken = {table.sheet.name for table in tables}
        found = _find_sheet(book, layout, layouts, taken)
        if found is not None:
            tables.append(_table(layout, *found))
            continue
        rule = "missing_sheet" if book.sheet(layout.name) is None else "no_headings"
        findings.append(Finding(rule, sentence(rule, sheet=layout.name), kind=layout.kind))
    return tables, [*findings, *_unread_sheets(book, layouts, {table.sheet.name for table in tables})]


def _find_sheet(
    book: Book, layout: SheetLayout, layouts: Sequence[SheetLayout], taken: set[str]
) -> tuple[Sheet, int] | None:
    """Take the sheet of that name if it has the headings, else the sheet that has most of them.

    A sheet under another name that has more of another layout's headings is that layout's, whether read or not.
    """
    named = book.sheet(layout.name)
    if named is not None and (row := _header_row(named, layout)) is not None:
        return named, row
    others = [
        (sheet, row)
        for sheet in _strangers(book)
        if sheet.name not in taken and (row := _header_row(sheet, layout)) is not None
        if max(layouts, key=lambda one: _score(sheet.rows[row], one)) is layout
    ]
    return max(others, key=lambda found: _score(found[0].rows[found[1]], layout), default=None)


def _strangers(book: Book) -> list[Sheet]:
    """Return the sheets that are not among the form's own guidance and lists, which also hold its headings."""
    return [sheet for sheet in book.sheets if plain_heading(sheet.name) not in _GUIDANCE]


def _unread_sheets(book: Book, layouts: Sequence[SheetLayout], read: set[str]) -> list[Finding]:
    """Say which sheets with something on them were not read: a second one of the form may hold rows."""
    ours = {plain_heading(layout.name) for layout in layouts}
    findings = []
    for sheet in _strangers(book):
        if sheet.name in read or plain_heading(sheet.name) in ours or not any(map(any, sheet.rows)):
            continue
        second = next((layout.name for layout in layouts if _header_row(sheet, layout) is not None), None)
        rule = "second_sheet" if second else "extra_sheet"
        cells = (f"{sheet.name}!A1",)
        findings.append(Finding(rule, sentence(rule, found=sheet.name, sheet=second or ""), cells, value=sheet.name))
    return findings


def _header_row(sheet: Sheet, layout: SheetLayout) -> int | None:
    """Return the row with most of the form's headings, if it has at least a third of them and the first."""
    scores = [(_score(row, layout), -at) for at, row in enumerate(sheet.rows[:_FARTHEST_HEADER])]
    best, minus_at = max(scores, default=(0, 0))
    return -minus_at if best >= max(3, len(layout.columns) // 3) else None


def _score(row: Sequence[Cell], layout: SheetLayout) -> int:
    known = _spellings(layout)
    return len({known[heading][0] for cell in row if (heading := plain_heading(cell)) in known})


def _spellings(layout: SheetLayout) -> dict[str, list[int]]:
    """Return the positions in the layout that each spelling of a heading may stand for, exact labels first."""
    spellings: dict[str, list[int]] = {}
    for at, column in enumerate(layout.columns):
        spellings.setdefault(plain_heading(column.heading), []).append(at)
    for at, column in enumerate(layout.columns):
        for alias in column.aliases:
            spellings.setdefault(plain_heading(alias), [at])
    return spellings


def _table(layout: SheetLayout, sheet: Sheet, header_row: int) -> ReturnedTable:
    found, extra, doubled = _columns(layout, sheet.rows[header_row])
    findings = [_at(sheet, header_row, at, "unknown_column", heading=heading) for heading, at in extra]
    findings += [_doubled(layout.columns[column], places, sheet, header_row) for column, places in doubled.items()]
    findings += _missing_columns(layout, sheet, {*found, *doubled})
    if plain_heading(sheet.name) != plain_heading(layout.name):
        findings.append(Finding("renamed_sheet", sentence("renamed_sheet", sheet=layout.name, found=sheet.name)))
    findings += _merged(sheet, header_row)
    columns = tuple((layout.columns[column], at) for column, at in sorted(found.items()))
    return ReturnedTable(layout, sheet, header_row, columns, tuple(extra), tuple(findings))


def _columns(
    layout: SheetLayout, head: Sequence[Cell]
) -> tuple[dict[int, int], list[tuple[str, int]], dict[int, list[int]]]:
    """Return where the layout's columns stand, the headings it does not have, and the columns that stand twice.

    Nobody can tell which of two columns is meant, so a doubled one is not among those found.
    """
    own: dict[str, list[int]] = {}
    for column, one in enumerate(layout.columns):
        own.setdefault(plain_heading(one.heading), []).append(column)
    places: dict[int, list[int]] = {}
    strange = []
    for at, heading in enumerate(map(plain_heading, head)):
        if heading in own:
            free = [column for column in own[heading] if column not in places]
            places.setdefault((free or own[heading])[0], []).append(at)
        elif heading:
            strange.append((heading, at))
    extra = _by_other_spellings(layout, strange, places)
    doubled = {column: found for column, found in places.items() if len(found) > 1}
    found = {column: found[0] for column, found in places.items() if column not in doubled}
    return found, [(str(head[at]).strip(), at) for at in extra], doubled


def _by_other_spellings(
    layout: SheetLayout, strange: Sequence[tuple[str, int]], places: dict[int, list[int]]
) -> list[int]:
    """Place headings that are other spellings of columns not yet found, and return where the unknown ones stand."""
    known = _spellings(layout)
    wanted = {column for column in range(len(layout.columns)) if column not in places}
    extra = []
    for heading, at in strange:
        column = known.get(heading, [-1])[0]
        if column in wanted:
            places.setdefault(column, []).append(at)
        else:
            extra.append(at)
    return extra


def _doubled(column: Column, places: Sequence[int], sheet: Sheet, header_row: int) -> Finding:
    cells = tuple(f"{sheet.name}!{cell_name(header_row, at)}" for at in places)
    name = column.field.name if column.field else ""
    words = sentence("doubled_column", label=column.heading, sheet=sheet.name)
    return Finding("doubled_column", words, cells, field=name, value=column.heading)


def _missing_columns(layout: SheetLayout, sheet: Sheet, found: set[int]) -> list[Finding]:
    """Name the columns a person was to fill that are not there; the desk's own are not missed."""
    return [
        Finding("missing_column", sentence("missing_column", label=column.heading, sheet=sheet.name))
        for at, column in enumerate(layout.columns)
        if at not in found and column.role in _TYPED
    ]


def _merged(sheet: Sheet, header_row: int) -> list[Finding]:
    merged = [area for area in sheet.merged if area[0] > header_row and area[:2] != area[2:]]
    if not merged:
        return []
    cells = tuple(f"{sheet.name}!{cell_name(top, left)}" for top, left, _, _ in merged[:50])
    return [Finding("merged_cells", sentence("merged_cells", sheet=sheet.name), cells)]


def _at(where: Sheet, row: int, column: int, rule: str, **words: str) -> Finding:
    return Finding(rule, sentence(rule, **words), (f"{where.name}!{cell_name(row, column)}",))
