"""Proposing which column of a stranger's table is which field, with how sure that is and why."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from ctdesk.domain.definition import Kind, RecordDefinition
from ctdesk.domain.values import ValueReader
from ctdesk.returns.adoption_evidence import sample, share_readable, shown
from ctdesk.returns.adoption_headings import Meaning, Vocabulary, field_label
from ctdesk.returns.headers import HeaderRow, plain_heading
from ctdesk.returns.profiles import Profile
from ctdesk.returns.sheets import Sheet

ENOUGH = 0.5
"""A column is taken for a field from this confidence on."""

_EXACT = 0.9
_BY_VALUES = 0.5
_WORTH_SAYING = 0.3
_FEWEST_VALUES = 4


@dataclass(frozen=True, slots=True)
class ColumnProposal:
    """What one column is taken for. `field` is None if it is not used; `confidence` runs from 0 to 1.

    `column` counts from zero. `samples` are a few of its values. Several columns may fill one field if a person
    or a profile said so: the first of them that holds something in a row is taken.
    """

    heading: str
    column: int
    field: str | None
    confidence: float
    why: str
    samples: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Said:
    """What a person or a profile says of headings in their plain form: a field, or "" for not wanted."""

    fields: Mapping[str, str]
    source: str
    confidence: float = 1.0


def said_by_profile(profile: Profile, *, recognised: bool) -> Said:
    """Return what a profile says of headings, a little less sure if nobody chose the profile."""
    unwanted = {plain_heading(heading): "" for heading in profile.ignore}
    wanted = {plain_heading(heading): name for heading, name in profile.columns.items()}
    return Said(unwanted | wanted, f"as the profile {profile.name} says", 1 - 0.05 * recognised)


@dataclass(frozen=True, slots=True)
class _Claim:
    """One column's claim to one field, with the cells that speak for it."""

    column: int
    name: str
    confidence: float
    why: str
    exact: bool = False


class ColumnMapper:
    """Proposes fields for the columns of one table."""

    def __init__(
        self, definition: RecordDefinition, vocabulary: Vocabulary, reader: ValueReader, sheet: Sheet, header: HeaderRow
    ) -> None:
        """Take a sample of every column."""
        self._definition, self._vocabulary, self._reader = definition, vocabulary, reader
        self._headings = {heading.column: heading.text for heading in header.headings}
        self._cells = {column: sample(sheet, header.row + 1, column) for column in self._headings}
        self._found: dict[int, ColumnProposal] = {}

    def propose(self, mapping: Said, profile: Said | None) -> tuple[ColumnProposal, ...]:
        """Return a proposal for every column: what was said first, then the best claim to each field left over."""
        self._take_said(mapping)
        if profile is not None:
            self._take_said(profile)
        claims = sorted(self._claims(), key=lambda claim: -claim.confidence)
        self._settle([claim for claim in claims if claim.exact or profile is None])
        if profile is None:
            self._settle(list(self._claims_by_values()))
        self._refuse_rest(claims)
        return tuple(self._found[column] for column in self._headings)

    def _take_said(self, said: Said) -> None:
        seen: set[str] = set()
        before = self._taken()
        for column, plain in self._left():
            name = said.fields.get(plain)
            if name is None or plain in seen or name in before:
                continue
            seen.add(plain)
            if name:
                self._find(column, name, said.confidence, said.source)
            else:
                self._find(column, None, 0.0, f"left out, {said.source}")

    def _left(self) -> list[tuple[int, str]]:
        return [(column, plain_heading(text)) for column, text in self._headings.items() if column not in self._found]

    def _taken(self) -> set[str]:
        return {proposal.field for proposal in self._found.values() if proposal.field}

    def _find(self, column: int, name: str | None, confidence: float, why: str) -> None:
        self._found[column] = ColumnProposal(
            self._headings[column], column, name, round(confidence, 2), why, shown(self._cells[column])
        )

    def _claims(self) -> Iterator[_Claim]:
        for column, _ in self._left():
            for meaning in self._vocabulary.meanings(self._headings[column]):
                yield self._claim(column, meaning)

    def _claim(self, column: int, meaning: Meaning) -> _Claim:
        """Weigh the words of the heading with the values below it."""
        cells, exact = self._cells[column], meaning.likely >= _EXACT
        if not cells:
            likely = min(0.85 * meaning.likely, meaning.at_most)
            return _Claim(column, meaning.name, likely, f"{meaning.why}; the column is empty", exact)
        share = share_readable(meaning.field, cells, self._reader, names_records=self._names_records(meaning.name))
        confidence = meaning.likely * (0.4 + 0.6 * share)
        if meaning.by_label and share > 0.1:
            confidence = max(confidence, ENOUGH)
        why = meaning.why + _words_for(share, meaning.field.kind)
        return _Claim(column, meaning.name, min(confidence, meaning.at_most), why, exact)

    def _names_records(self, name: str) -> bool:
        return name in {self._definition.title, self._definition.reference}

    def _settle(self, claims: Sequence[_Claim]) -> None:
        """Give each field to the first claim to it, and each column one field."""
        taken = self._taken()
        for claim in claims:
            if claim.confidence >= ENOUGH and claim.column not in self._found and claim.name not in taken:
                taken.add(claim.name)
                self._find(claim.column, claim.name, claim.confidence, claim.why)

    def _claims_by_values(self) -> Iterator[_Claim]:
        """Yield claims of columns whose name says nothing but whose values are all e-mails or words of one list."""
        fields = [field for field in self._definition.fields if field.kind in {Kind.EMAIL, Kind.CHOICE}]
        for column, _ in self._left():
            cells = self._cells[column]
            if len(cells) < _FEWEST_VALUES or len(set(cells)) < 2 or not isinstance(cells[0], str):
                continue
            for field in fields:
                if share_readable(field, cells, self._reader) >= 0.9:
                    what = "e-mail addresses" if field.kind is Kind.EMAIL else f"words of the list {field.label}"
                    yield _Claim(column, field.name, _BY_VALUES, f"its values are {what}")

    def _refuse_rest(self, claims: Sequence[_Claim]) -> None:
        """Say of every other column what it came nearest to."""
        best = {claim.column: claim for claim in reversed(claims) if claim.exact or claim.confidence >= _WORTH_SAYING}
        taken = self._taken()
        for column, plain in self._left():
            self._find(column, None, 0.0, self._why_not(best.get(column), plain, taken))

    def _why_not(self, claim: _Claim | None, plain: str, taken: set[str]) -> str:
        if claim is None:
            return "nothing is known by this name" if plain not in self._vocabulary else "not used"
        label = field_label(self._definition, claim.name)
        if claim.name in taken:
            return f"also looks like {label} ({claim.why})"
        return f"perhaps {label}, but not surely ({claim.why})"


def _words_for(share: float, kind: Kind) -> str:
    if share >= 0.995:
        return "; its values fit"
    if share < 0.005:
        return f"; none of its values can be read as {kind.value}"
    return f"; about {share:.0%} of its values fit"
