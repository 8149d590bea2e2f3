"""From cells to values: each distinct cell of a column is read and checked once, then every row looks it up."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass

from ctdesk.domain.cancelling import heeded
from ctdesk.domain.checks import check_value
from ctdesk.domain.definition import DEFINITIONS, Field, Value
from ctdesk.domain.findings import RULES, Finding, Grade, sentence
from ctdesk.domain.incoming import IncomingRow, StillYours
from ctdesk.domain.lists import plain
from ctdesk.domain.reading import Doubtful, Unreadable
from ctdesk.domain.values import CLEAR, UnknownName, ValueReader
from ctdesk.returns.headers import is_total_row
from ctdesk.returns.layout import Column, Role
from ctdesk.returns.sheets import Cell, Sheet
from ctdesk.returns.tables import ReturnedTable

NewName = Callable[[Field, str], "Resolved"]
"""Decides on a name that the desk does not know: a new record, or a suggestion to be asked about."""

_ANSWERS = {
    "yes": StillYours.YES,
    "y": StillYours.YES,
    "x": StillYours.YES,
    "true": StillYours.YES,
    "ended": StillYours.ENDED,
    "end": StillYours.ENDED,
    "finished": StillYours.ENDED,
    "no": StillYours.NOT_OURS,
    "not ours": StillYours.NOT_OURS,
}


@dataclass(frozen=True, slots=True)
class Resolved:
    """What an unknown name comes to: the uid to use, or the words of a question."""

    uid: str | None
    suggestion: str = ""


@dataclass(slots=True)  # not frozen, as a large return has tens of thousands, and freezing takes most of their time
class CellReading:
    """What one distinct cell of one column says: a value, or the rule and words of what is wrong with it."""

    value: Value = None
    filled: bool = False
    rule: str = ""
    words: Mapping[str, str] | None = None


class CellParser:
    """Reads cells into values for one return, remembering every distinct cell of every field."""

    def __init__(
        self,
        reader: ValueReader,
        new_name: NewName,
        *,
        accept_suggestions: bool = False,
        accepted: Collection[tuple[str, str]] = (),
    ) -> None:
        """Take the reader, what decides on names that are not known, and which doubtful readings are right.

        `accepted` are fields with the cell as a finding shows it, where not all suggestions are accepted.
        """
        self._reader = reader
        self._new_name = new_name
        self._accept = accept_suggestions
        self._accepted = accepted
        self._known: dict[str, dict[object, CellReading]] = {}

    def column(self, field: Field) -> dict[object, CellReading]:
        """Return the cells of a field read so far."""
        return self._known.setdefault(field.name, {})

    def read(self, field: Field, cell: Cell, known: dict[object, CellReading]) -> CellReading:
        """Return the reading of a cell, from memory if the same cell was met before."""
        key = cell if type(cell) is str else (type(cell), cell)
        found = known.get(key)
        if found is None:
            found = known[key] = self._fresh(field, cell)
        return found

    def _fresh(self, field: Field, cell: Cell) -> CellReading:
        if isinstance(cell, str) and cell.strip().casefold() == CLEAR:
            return CellReading(() if field.several else None, filled=True)
        try:
            value = self._reader.read(field, cell)
        except UnknownName as unknown:
            return self._unknown(field, unknown.text)
        except Doubtful as doubt:
            words = self._words(field, cell, str(doubt))
            if self._accept or (field.name, words["cell"]) in self._accepted:
                return self._checked(field, doubt.suggestion)  # type: ignore[arg-type]  # a suggestion is a value
            return CellReading(rule="doubtful", words=words)
        except Unreadable as fault:
            return CellReading(rule="unreadable", words=self._words(field, cell, str(fault)))
        return CellReading() if value in (None, ()) else self._checked(field, value)

    def _unknown(self, field: Field, text: str) -> CellReading:
        resolved = self._new_name(field, text)
        if resolved.uid is not None:
            return CellReading(resolved.uid, filled=True)
        if not resolved.suggestion:
            return CellReading(rule="unreadable", words=self._words(field, text, "is not known to the desk"))
        words = {"label": field.label, "cell": text, "suggestion": resolved.suggestion}
        return CellReading(rule="new_name", words=words)

    def _checked(self, field: Field, value: Value) -> CellReading:
        for fault in check_value(field, value):
            words = {"label": field.label, **fault.words}
            return CellReading(value, filled=True, rule=fault.rule, words=words)
        return CellReading(value, filled=True)

    @staticmethod
    def _words(field: Field, cell: Cell, reason: str) -> dict[str, str]:
        shown = str(cell).strip()
        shown = shown if len(shown) <= 60 else shown[:57] + "..."
        return {"label": field.label, "cell": shown, "reason": reason}


def note_reading(row: IncomingRow, field: Field, reading: CellReading) -> None:
    """Put what a cell says into its row: the value if it may be used, and the finding if there is one."""
    if reading.rule:
        row.note(_cell_finding(row, field, reading))
    if reading.filled:
        row.values[field.name] = reading.value


def _cell_finding(row: IncomingRow, field: Field, reading: CellReading) -> Finding:
    must_fix = RULES[reading.rule].grade is Grade.MUST_FIX
    withholds = (field.name,) if must_fix or not reading.filled else ()
    words = dict(reading.words or {})
    return Finding(
        reading.rule,
        sentence(reading.rule, **words),
        (row.cell(field.name),),
        kind=row.kind,
        uid=row.uid or "",
        field=field.name,
        value=words.get("cell", words.get("value", "")),
        withholds=withholds,
    )


def parse_table(table: ReturnedTable, parser: CellParser) -> list[IncomingRow]:
    """Read every row of a returned table in which something is typed."""
    place = table.place()
    key_at, answer_at = table.position(Role.KEY), table.position(Role.STILL_YOURS)
    fields = [(c.field, at, parser.column(c.field)) for c, at in table.columns if c.field and _is_read(table, c)]
    steps = _steps(table)
    marks = bad_cells(table.sheet)
    of_column = {at: field for field, at, _ in fields} if marks else {}
    rows = []
    for number, cells in heeded(table.filled_rows()):
        values: dict[str, Value] = {}
        row = IncomingRow(table.layout.kind, number, place, values, key=_key(cells, key_at))
        if answer_at is not None:
            _read_answer(row, cells[answer_at])
        for field, at, known in fields:
            cell = cells[at]
            if cell is None:
                continue
            reading = known.get(cell if type(cell) is str else (type(cell), cell)) or parser.read(field, cell, known)
            if reading.rule:
                note_reading(row, field, reading)
            elif reading.filled:
                values[field.name] = reading.value
        for field, columns in steps:
            _read_steps(row, field, columns, cells)
        if number in marks:
            note_bad_cells(row, of_column, marks[number])
        if not row.key and is_total_row([cells[at] for _, at, _ in fields]):
            row.held = True
            row.note(_row_wide("not_data", row, whole_row=True, reason="it adds up others"))
        rows.append(row)
    return rows


def _is_read(table: ReturnedTable, column: Column) -> bool:
    """Fields are read; of what the desk gave only its row's name, which finds the record where the key is gone."""
    named = DEFINITIONS[table.layout.kind].title
    return column.role is Role.FIELD or (column.role is Role.GIVEN and column.name == named)


def _key(cells: list[Cell], at: int | None) -> str:
    if at is None or cells[at] is None:
        return ""
    cell = cells[at]
    return str(int(cell)) if isinstance(cell, float) and cell.is_integer() else str(cell).strip().upper()


def _read_answer(row: IncomingRow, cell: Cell) -> None:
    """Take what is said under *Still yours?*; a word that is no answer is asked about."""
    said = "" if cell is None else str(cell).strip()
    row.answer = _ANSWERS.get(plain(said), StillYours.UNSAID)
    if said and row.answer is StillYours.UNSAID:
        row.note(_row_wide("unknown_answer", row, cell=said[:60]))


def _row_wide(rule: str, row: IncomingRow, *, whole_row: bool = False, **words: str) -> Finding:
    value = next(iter(words.values()), "")
    return Finding(rule, sentence(rule, **words), (row.cell(""),), kind=row.kind, value=value, whole_row=whole_row)


def _steps(table: ReturnedTable) -> list[tuple[Field, list[tuple[Column, int]]]]:
    """Return the several-valued fields that are laid out as columns to be crossed."""
    found: dict[str, tuple[Field, list[tuple[Column, int]]]] = {}
    for column, at in table.columns:
        if column.role is Role.STEP and column.field:
            found.setdefault(column.field.name, (column.field, []))[1].append((column, at))
    return list(found.values())


def _read_steps(row: IncomingRow, field: Field, columns: list[tuple[Column, int]], cells: list[Cell]) -> None:
    """Any mark but no, nought or a dash is a cross; a row without any cross is blank, the word clear empties it."""
    crossed = {column.entry or "" for column, at in columns if _is_cross(cells[at])}
    if crossed:
        row.values[field.name] = tuple(sorted(crossed))
    elif any(isinstance(cells[at], str) and str(cells[at]).strip().casefold() == CLEAR for _, at in columns):
        row.values[field.name] = ()


def _is_cross(cell: Cell) -> bool:
    if cell is None or isinstance(cell, bool):
        return bool(cell)
    return str(cell).strip().casefold() not in {"", "no", "n", "0", "0.0", "-", "–", CLEAR}


def bad_cells(sheet: Sheet) -> dict[int, list[tuple[int, str]]]:
    """Return, by row number, the cells that hold an error or a formula without a result."""
    bad: dict[int, list[tuple[int, str]]] = {}
    for (row, column), error in sheet.errors.items():
        bad.setdefault(row + 1, []).append((column, error))
    for row, column in sheet.uncomputed:
        bad.setdefault(row + 1, []).append((column, ""))
    return bad


def note_bad_cells(row: IncomingRow, columns: Mapping[int, Field], bad: list[tuple[int, str]]) -> None:
    """Note the row's cells that hold an error or no result, in the columns of fields that say nothing else."""
    for at, error in bad:
        field = columns.get(at)
        if field is not None and field.name not in row.values:
            rule = "error_cell" if error else "uncomputed"
            note_reading(row, field, CellReading(rule=rule, words={"label": field.label, "error": error}))
