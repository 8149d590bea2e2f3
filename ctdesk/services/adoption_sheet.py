"""A register on its way in, as the window shows it: columns, words, names, and what could not be read."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from ctdesk.domain.definition import DEFINITIONS
from ctdesk.domain.errors import DeskError
from ctdesk.returns.adoption import Register
from ctdesk.returns.adoption_headings import field_label
from ctdesk.returns.headers import is_blank_row
from ctdesk.returns.refusals import UnreadableFile
from ctdesk.returns.sheets import Book, Sheet
from ctdesk.services.adopting import AdoptionWishes, read_strangers_book, register_in
from ctdesk.services.adoption_cells import AdoptionColumn, RegisterCells, SupplierNames, Unread, WordList
from ctdesk.services.desk import Desk
from ctdesk.services.held_registers import TakenUp, take_up_register

ADOPTED = ("activity", "post", "agreement")
"""The kinds of record that registers are kept of, the likelier first."""

_ASK_AGAIN = frozenset({"password needed", "wrong password"})


@dataclass(frozen=True, slots=True)
class AdoptionSheet:
    """A register as found and as wished; `marks` say of each row (from one) that is no record why it is none."""

    wishes: AdoptionWishes
    register: Register
    sheet: Sheet
    sheets: tuple[str, ...]
    columns: tuple[AdoptionColumn, ...]
    words: tuple[WordList, ...]
    names: SupplierNames
    unread: tuple[Unread, ...]
    marks: Mapping[int, str]
    fields: tuple[tuple[str, str], ...]
    doubt: str = ""

    @property
    def header_row(self) -> int:
        """The row of headings, counted from one."""
        return self.register.header_row

    @property
    def to_confirm(self) -> int:
        """How many used columns are taken for something without being sure."""
        return sum(1 for column in self.columns if column.sure == "unsure")

    @property
    def has_title(self) -> bool:
        """Whether some column says what the records are called."""
        title = DEFINITIONS[self.register.kind].title
        return any(column.field == title for column in self.columns)

    @property
    def says_agency(self) -> bool:
        """Whether some column or the profile says whose services these are."""
        return any("agency" in row.cells for row in self.register.rows)


@dataclass(frozen=True, slots=True)
class Locked:
    """A file that opens only with a password; the sentence says whether one was given."""

    sentence: str


def begin(desk: Desk, path: Path, password: str | None) -> tuple[Book, AdoptionSheet] | Locked:
    """Read a file and find the register in it, of activities, or else of posts or agreements.

    Raises DeskError in one sentence if it is no spreadsheet, one of the desk's own, or holds no table.
    """
    try:
        book = read_strangers_book(desk, path, password)
    except UnreadableFile as refusal:
        if refusal.reason in _ASK_AGAIN:
            return Locked(str(refusal))
        raise
    for kind in ADOPTED:
        try:
            register_in(desk, book, AdoptionWishes(kind=kind))
        except DeskError:
            continue
        return book, look(desk, book, AdoptionWishes(kind=kind))
    return book, look(desk, book, AdoptionWishes())


def begin_held(desk: Desk, uid: str, password: str | None) -> tuple[TakenUp, AdoptionSheet] | Locked:
    """Take up a register that is held for later, as it was left."""
    try:
        taken = take_up_register(desk, uid, password=password)
    except UnreadableFile as refusal:
        if refusal.reason in _ASK_AGAIN:
            return Locked(str(refusal))
        raise
    return taken, look(desk, taken.book, taken.wishes)


def look(desk: Desk, book: Book, wishes: AdoptionWishes, shown_row: int | None = None) -> AdoptionSheet:
    """Read the register of a book as wished; if none is found, show what there is so that a person may say.

    `shown_row` are the headings shown so far. Raises DeskError if no sheet has anything that could be a table.
    """
    doubt = ""
    try:
        register = register_in(desk, book, wishes)
    except DeskError:
        if wishes.header_row is not None or wishes.profile is not None:
            raise
        register = _any_table(desk, book, wishes, shown_row)
        wishes = replace(wishes, header_row=register.header_row)
        doubt = "" if shown_row else "No register was found by itself."
    sheet = book.sheet(register.sheet)
    assert sheet is not None  # noqa: S101 - the register was found on it
    cells = RegisterCells(desk, register, sheet, wishes)
    return AdoptionSheet(
        wishes=replace(wishes, sheet=register.sheet),
        register=register,
        sheet=sheet,
        sheets=tuple(one.name for one in book.sheets if one.rows),
        columns=tuple(cells.columns()),
        words=tuple(cells.word_lists()),
        names=cells.supplier_names(),
        unread=tuple(cells.unread()),
        marks=_marks(register, sheet),
        fields=_fields(register),
        doubt=doubt,
    )


def _any_table(desk: Desk, book: Book, wishes: AdoptionWishes, shown_row: int | None) -> Register:
    """Return the longest sheet from its first row of several cells on; a person must say what its columns are."""
    if shown_row is not None and wishes.sheet is not None:
        return register_in(desk, book, replace(wishes, header_row=shown_row))
    sheets = [sheet for sheet in book.sheets if wishes.sheet in (None, sheet.name)]
    found = [(len(sheet.rows), sheet.name, row) for sheet in sheets if (row := _first_full_row(sheet)) is not None]
    if not found:
        raise DeskError(
            f"{book.path.name} holds no table: no sheet has a row of headings with rows below; choose another file."
        )
    _, name, row = max(found)
    return register_in(desk, book, replace(wishes, sheet=name, header_row=row))


def _first_full_row(sheet: Sheet) -> int | None:
    """Return the first row (from one) with two cells or more that has rows below it."""
    rows = sheet.rows[:-1]
    return next((at for at, row in enumerate(rows, 1) if sum(cell not in (None, "") for cell in row) > 1), None)


def _marks(register: Register, sheet: Sheet) -> dict[int, str]:
    rows = sheet.rows[: register.header_row - 1]
    above = {number: "blank" if is_blank_row(row) else "title" for number, row in enumerate(rows, 1)}
    return {**above, **{skipped.number: skipped.reason for skipped in register.skipped}}


def _fields(register: Register) -> tuple[tuple[str, str], ...]:
    """Return every field that a column may go to with its label, those of linked records last."""
    definition = DEFINITIONS[register.kind]
    linked = sorted({p.field for p in register.proposals if p.field and "." in p.field})
    names = [field.name for field in definition.fields] + linked
    return tuple((name, field_label(definition, name)) for name in names)
