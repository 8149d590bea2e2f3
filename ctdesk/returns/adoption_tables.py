"""Finding the table of a register among the sheets of a stranger's book."""

from collections.abc import Mapping
from dataclasses import dataclass

from ctdesk.domain.definition import Kind, RecordDefinition
from ctdesk.domain.errors import DeskError
from ctdesk.domain.values import ValueReader
from ctdesk.returns.adoption_columns import ColumnMapper, ColumnProposal, Said, said_by_profile
from ctdesk.returns.adoption_headings import Vocabulary
from ctdesk.returns.headers import HeaderRow, find_header, header_at, plain_heading
from ctdesk.returns.profiles import Profile, field_of, shipped_profiles
from ctdesk.returns.sheets import Book, Sheet

_AS_YOU_SAID = "as you said"
_FEWEST_OTHERS = 2
_TELLING_HEADINGS = 3
_SAY_LITTLE = frozenset({Kind.LONG_TEXT, Kind.YES_NO})
_COLUMNS_NAMED = 8


@dataclass(frozen=True)
class Table:
    """One sheet as a table: its headings, what each column is taken for, and the profile that said so."""

    sheet: Sheet
    header: HeaderRow
    proposals: tuple[ColumnProposal, ...]
    profile: Profile | None

    @property
    def fields(self) -> set[str]:
        """The fields that its columns fill."""
        return {proposal.field for proposal in self.proposals if proposal.field}

    @property
    def rows_below(self) -> int:
        """How many rows stand below its headings."""
        return len(self.sheet.rows) - self.header.row - 1

    @property
    def worth(self) -> tuple[bool, float, int]:
        """What to prefer one table to another by: seen, then surely known, then long."""
        return not self.sheet.hidden, sum(proposal.confidence for proposal in self.proposals), self.rows_below


class TableFinder:
    """Finds the tables of one kind of record in a book."""

    def __init__(
        self,
        book: Book,
        definition: RecordDefinition,
        reader: ValueReader,
        profile: Profile | None,
        mapping: Mapping[str, str],
        *,
        header_row: int | None = None,
    ) -> None:
        """Take what is looked for, and what is already said about it; `header_row` counts from one."""
        self._header_row = header_row
        self._book, self._definition, self._reader = book, definition, reader
        self._profile, self._mapping = profile, mapping
        self._said = Said({plain_heading(heading): name for heading, name in mapping.items()}, _AS_YOU_SAID)
        self._chosen = said_by_profile(profile, recognised=False) if profile else None
        self._vocabulary = Vocabulary(definition)

    def find(self, sheet: str | None) -> tuple[Table, tuple[str, ...]]:
        """Return the best table and the names of other sheets that hold one.

        Raises DeskError if there is none, or no sheet of that name.
        """
        sheets = self._sheets(sheet)
        tables = [table for one in sheets if (table := self._table(one)) is not None]
        self._check_headings(tables)
        fitting = [table for table in tables if self._fits(table)]
        if not fitting:
            raise DeskError(self._none_found(tables))
        best = max(fitting, key=lambda table: table.worth)
        return best, tuple(table.sheet.name for table in fitting if table is not best)

    def _sheets(self, name: str | None) -> tuple[Sheet, ...]:
        if name is None and self._profile is not None and self._profile.sheet is not None:
            meant = self._book.sheet(self._profile.sheet)
            return (meant,) if meant is not None else self._book.sheets
        if name is None:
            return self._book.sheets
        named = self._book.sheet(name)
        if named is None:
            there = ", ".join(sheet.name for sheet in self._book.sheets)
            raise DeskError(f"{self._book.path.name} has no sheet “{name}”; its sheets are {there}.")
        return (named,)

    def _table(self, sheet: Sheet) -> Table | None:
        given = self._header_row
        header = find_header(sheet, self) if given is None else header_at(sheet, given - 1)
        if header is None:
            return None
        profile = self._profile or self._recognised(header)
        said = self._chosen or (said_by_profile(profile, recognised=True) if profile else None)
        mapper = ColumnMapper(self._definition, self._vocabulary, self._reader, sheet, header)
        return Table(sheet, header, mapper.propose(self._said, said), profile)

    def __contains__(self, plain: object) -> bool:
        """Whether a plain heading is known from anywhere."""
        if plain in self._vocabulary or plain in self._said.fields:
            return True
        return self._chosen is not None and plain in self._chosen.fields

    def _recognised(self, header: HeaderRow) -> Profile | None:
        """Return the shipped profile that half the headings are from, at least three of them from no other place."""
        plains = {plain_heading(heading.text) for heading in header.headings}
        for profile in shipped_profiles():
            theirs = plains & said_by_profile(profile, recognised=True).fields.keys()
            telling = theirs - self._vocabulary.of_fields
            enough = len(telling) >= _TELLING_HEADINGS and 2 * len(theirs) >= len(plains)
            if enough and profile.kind == self._definition.kind:
                return profile
        return None

    def _fits(self, table: Table) -> bool:
        """Whether a table tells what its records are called and something more that matters; and has rows."""
        if self._header_row is not None:
            return True  # a person looks at it, and says what its columns are
        if not table.rows_below or self._definition.title not in table.fields:
            return False
        if any(proposal.why == _AS_YOU_SAID for proposal in table.proposals):
            return True
        others = table.fields - {self._definition.title, self._definition.reference}
        return len([name for name in others if self._matters(name)]) >= _FEWEST_OTHERS

    def _matters(self, name: str) -> bool:
        field = field_of(self._definition, name)
        return field is not None and "." not in name and field.kind not in _SAY_LITTLE

    def _check_headings(self, tables: list[Table]) -> None:
        """Refuse a mapping or a profile that names no column of any sheet."""
        there = {plain_heading(proposal.heading) for table in tables for proposal in table.proposals}
        name = self._book.path.name
        for heading in self._mapping:
            if tables and plain_heading(heading) not in there:
                raise DeskError(f"There is no column “{heading}” in {name}; {_columns(tables)}.")
        if self._profile and self._chosen and tables and not there & self._chosen.fields.keys():
            raise DeskError(f"{name} has none of the columns of the profile {self._profile.name}; {_columns(tables)}.")

    def _none_found(self, tables: list[Table]) -> str:
        name, what = self._book.path.name, self._definition.plural.lower()
        if not any(sheet.rows for sheet in self._book.sheets):
            return f"{name} is empty: none of its sheets holds anything."
        if not tables:
            return f"No table of {what} was found in {name}: no sheet has a row of headings with rows below."
        return (
            f"No table of {what} was found in {name}; {_columns(tables)}; if it is the right one, name its columns "
            f'with --map "Column={self._definition.title}" and so on.'
        )


def _columns(tables: list[Table]) -> str:
    """Say what the nearest table is."""
    nearest = max(tables, key=lambda table: table.worth)
    headings = [proposal.heading for proposal in nearest.proposals]
    more = f" and {len(headings) - _COLUMNS_NAMED} more" if len(headings) > _COLUMNS_NAMED else ""
    named = ", ".join(heading[:40] for heading in headings[:_COLUMNS_NAMED])
    return f"the nearest is the sheet “{nearest.sheet.name}” with the columns {named}{more}"
