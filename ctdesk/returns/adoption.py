"""Adopting a register: any spreadsheet that the desk did not make, read as records with every row accounted for."""

import hashlib
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from ctdesk.domain.definition import Kind, RecordDefinition
from ctdesk.domain.errors import DeskError
from ctdesk.domain.lists import plain
from ctdesk.domain.records import DEFINITIONS
from ctdesk.domain.values import ValueReader
from ctdesk.returns.adoption_columns import ColumnProposal
from ctdesk.returns.adoption_rows import RegisterRow, SkippedRow, Source, take_rows
from ctdesk.returns.adoption_tables import Table, TableFinder
from ctdesk.returns.headers import HeaderRow, plain_heading
from ctdesk.returns.profiles import Profile, field_of
from ctdesk.returns.sheets import Book

__all__ = ["ColumnProposal", "Register", "RegisterRow", "SkippedRow", "profile_of", "read_register"]

_COMPANY_DIGITS = 8
_THOUSANDS = re.compile(r"(?:£\s?|\b)0{3}s?\b|£\s?k\b|\bthousands?\b", re.IGNORECASE)
_MILLIONS = re.compile(r"£\s?m\b|\bmillions?\b", re.IGNORECASE)
_YEARS = re.compile(r"\b(?:19|20)\d\d\b(?: \d\d\b)?")


@dataclass(frozen=True)
class Register:
    """A register as read: which sheet, what each column is taken for, its records, and the rows that are none.

    `header_row` counts from one; it and the rows above are headings and titles, so that with `rows` and
    `skipped` every row of the sheet is accounted for. `source_key` is the same for the same form of register
    next year. `profile` is the one that was given or recognised. `others` are more sheets with such tables.
    `values` say field by field which word of the desk a word of the register stands for, "" for none.
    """

    sheet: str
    header_row: int
    kind: str
    proposals: tuple[ColumnProposal, ...]
    rows: tuple[RegisterRow, ...]
    skipped: tuple[SkippedRow, ...]
    source_key: str
    profile: Profile | None = None
    others: tuple[str, ...] = ()
    values: Mapping[str, Mapping[str, str]] = field(default_factory=dict)

    @property
    def unused_columns(self) -> tuple[ColumnProposal, ...]:
        """The columns that fill no field, each with the reason."""
        return tuple(proposal for proposal in self.proposals if proposal.field is None)


def read_register(
    book: Book,
    kind: str,
    reader: ValueReader,
    *,
    profile: Profile | None = None,
    sheet: str | None = None,
    mapping: Mapping[str, str] | None = None,
    header_row: int | None = None,
    values: Mapping[str, Mapping[str, str]] | None = None,
) -> Register:
    """Read a spreadsheet that was not made by the desk as a register of one kind of record.

    `mapping` says heading by heading which field it is ("" for none); of several headings for one field, the
    first that holds something is taken. A profile says the same for a source; without one, a shipped profile
    is used if the headings are its own. `header_row` (from one) and `values` are what a person says instead of
    what is found and of the profile. Raises DeskError in one sentence if there is no such table, sheet, column
    or field.
    """
    definition = DEFINITIONS[kind]
    _check(definition, profile, mapping or {})
    table, others = TableFinder(book, definition, reader, profile, mapping or {}, header_row=header_row).find(sheet)
    constants = table.profile.constants if table.profile else {}
    words = _words(table.profile, values or {})
    sources = list(_sources(table, definition, mapping or {}, words))
    rows, skipped = take_rows(table.sheet, table.header, sources, constants)
    return Register(
        sheet=table.sheet.name,
        header_row=table.header.row + 1,
        kind=kind,
        proposals=table.proposals,
        rows=rows,
        skipped=skipped,
        source_key=_source_key(table.header),
        profile=table.profile,
        others=others,
        values=words,
    )


def _words(profile: Profile | None, said: Mapping[str, Mapping[str, str]]) -> dict[str, dict[str, str]]:
    """Return what the words of the register stand for: as the profile says, and as a person says now."""
    known = profile.values if profile else {}
    return {name: {**known.get(name, {}), **said.get(name, {})} for name in {**known, **said}}


def profile_of(register: Register, name: str) -> Profile:
    """Return what was found out about a register as a profile for the next one from the same source."""
    used = {proposal.heading: proposal.field for proposal in register.proposals if proposal.field}
    order = list(register.profile.columns) if register.profile else []
    headings = sorted(used, key=lambda heading: order.index(heading) if heading in order else len(order))
    return Profile(
        name=name,
        kind=register.kind,
        columns={heading: used[heading] for heading in headings},
        constants=register.profile.constants if register.profile else {},
        sheet=register.profile.sheet if register.profile else None,
        ignore=tuple(dict.fromkeys(column.heading for column in register.unused_columns if column.heading not in used)),
        values=register.values,
    )


def _check(definition: RecordDefinition, profile: Profile | None, mapping: Mapping[str, str]) -> None:
    """Refuse a profile for another kind of record, and a mapping to a field that does not exist."""
    if profile is not None and profile.kind != definition.kind:
        other = DEFINITIONS[profile.kind].plural.lower()
        raise DeskError(f"The profile {profile.name} is for {other}, not for {definition.plural.lower()}.")
    for heading, name in mapping.items():
        if name and field_of(definition, name) is None:
            fields = ", ".join(field.name for field in definition.fields)
            raise DeskError(f"“{heading}={name}”: there is no field {name}; the fields are {fields}.")


def _sources(
    table: Table, definition: RecordDefinition, mapping: Mapping[str, str], words: Mapping[str, Mapping[str, str]]
) -> Iterator[Source]:
    """Yield each field's columns in the order they are tried: as a person said, as the profile says, by place."""
    order = [plain_heading(heading) for heading in (*mapping, *(table.profile.columns if table.profile else ()))]
    rank = {heading: at for at, heading in reversed(list(enumerate(order)))}
    columns: dict[str, list[ColumnProposal]] = {}
    for proposal in sorted(table.proposals, key=lambda item: rank.get(plain_heading(item.heading), len(order))):
        if proposal.field:
            columns.setdefault(proposal.field, []).append(proposal)
    for name, proposals in columns.items():
        yield Source(
            name,
            tuple(proposal.column for proposal in proposals),
            {plain(cell): word for cell, word in words.get(name, {}).items()},
            _factor(definition, name, proposals[0].heading),
            _COMPANY_DIGITS if name.endswith("company_number") else 0,
        )


def _factor(definition: RecordDefinition, name: str, heading: str) -> int:
    """Return 1,000 or 1,000,000 for a column of money whose heading says that it is in thousands or millions."""
    field = field_of(definition, name)
    if field is None or field.kind is not Kind.MONEY:
        return 1
    if _THOUSANDS.search(heading):
        return 1_000
    return 1_000_000 if _MILLIONS.search(heading) else 1


def _source_key(header: HeaderRow) -> str:
    """Return a fingerprint of the headings, whatever their order and the years they name."""
    plains = sorted({_YEARS.sub("", plain_heading(heading.text)).strip() for heading in header.headings} - {""})
    return hashlib.sha256("\n".join(plains).encode()).hexdigest()
