"""Every cell of a register on its way in, read once: its columns, words and names, and what could not be read."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date

from ctdesk.domain.dates import date_text
from ctdesk.domain.definition import DEFINITIONS, Field, Kind
from ctdesk.domain.incoming import Suggestions
from ctdesk.domain.lists import plain
from ctdesk.domain.values import ValueReader
from ctdesk.returns.adoption import ColumnProposal, Register
from ctdesk.returns.adoption_rows import word_of
from ctdesk.returns.parsing import CellParser, CellReading
from ctdesk.returns.profiles import field_of
from ctdesk.returns.sheets import Cell, Sheet, cell_name, column_letters
from ctdesk.services.adopting import AdoptionWishes
from ctdesk.services.desk import Desk
from ctdesk.services.new_names import NewNames

SURE, LIKELY = 0.85, 0.65
"""From these confidences on a column is called sure, and likely."""

_SAMPLED = 60
"""Rows from which the few words shown of a column are taken."""

_CHOICES = frozenset({Kind.CHOICE, Kind.CHOICES})


@dataclass(frozen=True, slots=True)
class AdoptionColumn:
    """One column: its letter, what it is taken for ("" for nothing), how sure that is, and how many cells are read.

    `sure` is a state of the set adoption; `why` is the reason; `read` counts of the `filled` cells.
    """

    letter: str
    heading: str
    samples: tuple[str, ...]
    field: str
    sure: str
    why: str
    filled: int
    read: int


@dataclass(frozen=True, slots=True)
class Word:
    """A word of the register that a list of the desk does not know: in how many cells, and what it was said to mean.

    `meaning` is the code of a list's entry, "" to leave its cells blank, None while nothing was said.
    """

    text: str
    count: int
    meaning: str | None


@dataclass(frozen=True, slots=True)
class WordList:
    """The unknown words of one field, the commonest first, and the entries they may stand for (code, label)."""

    field: str
    label: str
    heading: str
    entries: tuple[tuple[str, str], ...]
    words: tuple[Word, ...]


@dataclass(frozen=True, slots=True)
class LikeName:
    """A name that looks like one the desk has; `said` is what a person decided."""

    field: str
    text: str
    known: str
    said: Suggestions | None


@dataclass(frozen=True, slots=True)
class SupplierNames:
    """The names of providers in a register: known already, like one that is known, or new."""

    known: tuple[str, ...] = ()
    alike: tuple[LikeName, ...] = ()
    new: tuple[str, ...] = ()

    @property
    def count(self) -> int:
        """How many different names there are."""
        return len(self.known) + len(self.alike) + len(self.new)


@dataclass(frozen=True, slots=True)
class Unread:
    """What could not be read: the first cell, the words of it, and how many cells of the column say the same."""

    cell: str
    sentence: str
    count: int


class RegisterCells:
    """Reads every cell of a register once, as the comparison will, and keeps what came of it."""

    def __init__(self, desk: Desk, register: Register, sheet: Sheet, wishes: AdoptionWishes) -> None:
        self._register, self._sheet, self._wishes = register, sheet, wishes
        self._definition = DEFINITIONS[register.kind]
        self._lists, self._known_names = desk.lists, desk.names
        names = {kind: index.copy() for kind, index in desk.names.items()}
        made = NewNames(names, None, wishes.suggestions, wishes.names)
        self._parser = CellParser(ValueReader(desk.lists, names), made.resolve)
        self._filled: dict[int, int] = {}
        self._read: dict[int, int] = {}
        self._faults: dict[tuple[int, str], list[str]] = {}
        self._unknown: dict[str, dict[str, int]] = {}
        self._names: dict[str, CellReading] = {}
        for row in register.rows:
            for name, column in row.columns.items():
                self._take(row.number, name, column, row.cells[name])

    def _take(self, number: int, name: str, column: int, cell: object) -> None:
        self._filled[column] = self._filled.get(column, 0) + 1
        field = field_of(self._definition, name)
        if field is None:
            return
        reading = self._parser.read(field, cell, self._parser.column(replace(field, name=name)))  # type: ignore[arg-type]  # raw cells
        if reading.filled or reading.rule == "new_name" or cell == "":
            self._read[column] = self._read.get(column, 0) + 1
        elif field.kind not in _CHOICES:
            self._note_fault(number, column, reading)
        if field.kind in _CHOICES:
            self._note_word(name, word_of(self._sheet.rows[number - 1][column]), reading)
        if name == "provider" and field.target:
            self._names.setdefault(word_of(self._sheet.rows[number - 1][column]), reading)

    def _note_fault(self, number: int, column: int, reading: CellReading) -> None:
        words = reading.words or {}
        said = f"“{words.get('cell', '')}” {words.get('reason', 'cannot be read')}"
        self._faults.setdefault((column, said), []).append(cell_name(number - 1, column))

    def _note_word(self, name: str, word: str, reading: CellReading) -> None:
        """Keep words that the list does not know, and those whose meaning a person or the profile has said."""
        if reading.rule or plain(word) in self._said(name):
            counts = self._unknown.setdefault(name, {})
            counts[word] = counts.get(word, 0) + 1

    def _said(self, name: str) -> dict[str, str]:
        return {plain(word): meaning for word, meaning in self._register.values.get(name, {}).items()}

    def columns(self) -> Iterator[AdoptionColumn]:
        """Yield every column, those that are used first."""
        used = [proposal for proposal in self._register.proposals if proposal.field]
        for proposal in (*used, *self._register.unused_columns):
            at = proposal.column
            yield AdoptionColumn(
                column_letters(at),
                proposal.heading,
                self._samples(at),
                proposal.field or "",
                _sureness(proposal),
                proposal.why,
                self._filled.get(at, 0),
                self._read.get(at, 0),
            )

    def _samples(self, column: int) -> tuple[str, ...]:
        """Return the first different words of a column."""
        rows = (self._sheet.rows[row.number - 1][column] for row in self._register.rows[:_SAMPLED])
        return tuple(dict.fromkeys(_cell_text(cell) for cell in rows if cell not in (None, "")))[:3]

    def word_lists(self) -> Iterator[WordList]:
        """Yield the words without a meaning of each field that takes words of a list."""
        headings = {p.field: p.heading for p in reversed(self._register.proposals) if p.field}
        for name, counts in self._unknown.items():
            field = field_of(self._definition, name)
            if field is None:
                continue
            said = self._said(name)
            words = [Word(word, count, self._meaning(field, said, word)) for word, count in counts.items()]
            words.sort(key=lambda word: -word.count)
            yield WordList(name, field.label, headings.get(name, field.label), self._entries(field), tuple(words))

    def _meaning(self, field: Field, said: Mapping[str, str], word: str) -> str | None:
        meaning = said.get(plain(word))
        return self._lists.find(field.list or "", meaning) if meaning else meaning

    def _entries(self, field: Field) -> tuple[tuple[str, str], ...]:
        return tuple((entry.code, entry.label) for entry in self._lists.offered(field.list or ""))

    def supplier_names(self) -> SupplierNames:
        """Sort the providers' names."""
        index = self._known_names["organisation"]
        known, new = [], []
        alike = []
        for text, reading in self._names.items():
            said = self._wishes.names.get(("provider", text))
            like = (reading.words or {}).get("suggestion", "")
            if index.find(text):
                known.append(text)
            elif like or said is not None:
                alike.append(LikeName("provider", text, like, said))
            else:
                new.append(text)
        return SupplierNames(tuple(known), tuple(alike), tuple(new))

    def unread(self) -> Iterator[Unread]:
        """Yield what could not be read, the commonest first."""
        faults = sorted(self._faults.items(), key=lambda fault: -len(fault[1]))
        for (_, sentence), cells in faults:
            yield Unread(cells[0], sentence, len(cells))


def _cell_text(cell: Cell) -> str:
    """Return a cell as a person would type it, not too long."""
    words = date_text(cell) if isinstance(cell, date) else word_of(cell)
    return " ".join(words.split())[:60]


def _sureness(proposal: ColumnProposal) -> str:
    if not proposal.field:
        return "not used"
    if proposal.confidence >= SURE:
        return "sure"
    return "likely" if proposal.confidence >= LIKELY else "unsure"
