"""Which record is each returned row about? By key, else by reference, else by title; likeness is only suggested."""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from ctdesk.domain.definition import Kind, RecordDefinition, Value, Values
from ctdesk.domain.findings import Finding, sentence
from ctdesk.domain.identity import is_row_key, new_uid, row_key
from ctdesk.domain.incoming import FoundBy, IncomingRow, SentRow, Suggestions
from ctdesk.domain.names import plain_name
from ctdesk.returns.name_matching import suggest_among


@dataclass(frozen=True, slots=True)
class Known:
    """What rows of one kind are matched against.

    `sent` are the rows of the base by uid, `ours` the agency's records in the desk by uid. `owner_of_key` says
    which other agency a key belongs to, if any.
    """

    definition: RecordDefinition
    sent: Mapping[str, SentRow]
    ours: Mapping[str, Values]
    owner_of_key: Callable[[str], str | None] = field(default=lambda _: None)


def match_rows(rows: Sequence[IncomingRow], known: Known, suggestions: Suggestions = Suggestions.HOLD) -> list[Finding]:
    """Give every row the uid of its record, or a fresh one; what is odd is noted on the row.

    Returned are the findings about the sheet as a whole. Rows that must not be applied unasked are held.
    """
    matcher = _Matcher(known, suggestions)
    matcher.by_key(rows)
    findings = matcher.sorted_apart(rows)
    matcher.by_reference(rows)
    matcher.by_identity(rows)
    matcher.by_likeness(rows)
    matcher.as_new(rows)
    _hold_double_references(rows, known.definition)
    for row in rows:
        _about(row)
    return findings


class _Matcher:
    """The steps of matching, each taking the rows that the steps before left."""

    def __init__(self, known: Known, suggestions: Suggestions) -> None:
        self._known = known
        self._suggestions = suggestions
        self._uid_of_key = {sent.key: sent.uid for sent in known.sent.values() if sent.key}
        self._free: dict[str, None] = dict.fromkeys((*known.sent, *known.ours))
        reference = known.definition.reference
        self._reference = reference if reference != known.definition.title else None
        self._title = known.definition.title

    def by_key(self, rows: Sequence[IncomingRow]) -> None:
        """Match rows that carry a key of theirs; of several with one key, the one that still says the same."""
        claims: dict[str, list[IncomingRow]] = {}
        for row in rows:
            if row.key in self._uid_of_key:
                claims.setdefault(row.key, []).append(row)
            elif row.key:
                self._strange_key(row)
        for key, claimants in claims.items():
            uid = self._uid_of_key[key]
            claimants.sort(key=lambda row: self._likeness(row, uid), reverse=True)
            self._found(claimants[0], uid, FoundBy.KEY)
            for copy in claimants[1:]:
                copy.key = ""
                copy.note(_row_finding("copied_row", copy))

    def _likeness(self, row: IncomingRow, uid: str) -> tuple[int, int]:
        """How much of what was sent the row still says; of two alike the upper one counts more."""
        sent = self._known.sent[uid].values
        return sum(1 for name, value in sent.items() if row.values.get(name) == value), -row.number

    def _strange_key(self, row: IncomingRow) -> None:
        owner = self._known.owner_of_key(row.key) if is_row_key(row.key) else None
        if owner is not None:
            row.held = True
            row.note(_row_finding("foreign_key", row, whole_row=True, key=row.key))

    def sorted_apart(self, rows: Sequence[IncomingRow]) -> list[Finding]:
        """Notice a sheet sorted without all its columns: keys and references that have parted company."""
        if self._reference is None:
            return []
        by_reference = {sent.values.get(self._reference): sent.uid for sent in self._known.sent.values()}
        apart = [
            row
            for row in rows
            if row.found_by is FoundBy.KEY
            and (told := row.values.get(self._reference)) in by_reference
            and told is not None
            and by_reference[told] != row.uid
        ]
        if len(apart) < 2:
            return []
        for row in apart:
            self._found(row, str(by_reference[row.values[self._reference]]), FoundBy.REFERENCE)
            row.held = True
        cells = tuple(row.cell(self._reference) for row in apart)
        return [Finding("sorted_apart", sentence("sorted_apart", count=str(len(apart))), cells)]

    def by_reference(self, rows: Sequence[IncomingRow]) -> None:
        """Match rows without a key by the reference they carry."""
        if self._reference is None:
            return
        self._by(rows, FoundBy.REFERENCE, lambda values: _code(values.get(self._reference or "")))

    def by_identity(self, rows: Sequence[IncomingRow]) -> None:
        """Match rows without key and reference that say just the same as a record about what, who and when."""
        identity = (self._title, "provider", "start", "employer", "year", "activity")
        names = [name for name in identity if name in self._known.definition.by_name]
        self._by(rows, FoundBy.IDENTITY, lambda values: _identity(values, names))

    def _by(self, rows: Sequence[IncomingRow], means: FoundBy, label: Callable[[Values], object | None]) -> None:
        """Match left rows to free records with the same label, in order where several share it."""
        free: dict[object, list[str]] = {}
        for uid in self._free:
            told = label(self._values(uid))
            if told is not None:
                free.setdefault(told, []).append(uid)
        for row in self._left(rows):
            waiting = free.get(label(row.values))
            if waiting:
                self._found(row, waiting.pop(0), means)

    def by_likeness(self, rows: Sequence[IncomingRow]) -> None:
        """Suggest a record for rows that look like one; only an accepted suggestion matches.

        A row with a reference of its own is left alone: it says plainly that it is something else.
        """
        if self._known.definition[self._title].kind is not Kind.TEXT or self._suggestions is Suggestions.DECLINE:
            return
        left = [row for row in self._left(rows) if not (self._reference and row.values.get(self._reference))]
        titles = {uid: str(self._values(uid).get(self._title) or "") for uid in self._free} if left else {}
        for row in left:
            found = suggest_among(str(row.values.get(self._title) or ""), titles)
            if found is None:
                continue
            if self._suggestions is Suggestions.ACCEPT:
                titles.pop(found.uid)
                self._found(row, found.uid, FoundBy.SUGGESTION)
            else:
                row.held = True
                row.note(_row_finding("possible_match", row, suggestion=found.name))

    def as_new(self, rows: Sequence[IncomingRow]) -> None:
        """Take what is left as new records; a row that cannot be told by its title is no record."""
        for row in rows:
            if row.uid is None:
                row.uid = new_uid()
                if row.values.get(self._title) in (None, ""):
                    row.held = True
                    label = self._known.definition[self._title].label.lower()
                    row.note(_row_finding("no_title", row, whole_row=True, label=label))
            elif row.key and row.found_by not in {FoundBy.KEY, FoundBy.NOTHING} and not row.held:
                row.note(_row_finding("altered_key", row, key=row.key, means=row.found_by.value))

    def _left(self, rows: Sequence[IncomingRow]) -> list[IncomingRow]:
        return [row for row in rows if row.uid is None and not row.held]

    def _values(self, uid: str) -> Values:
        sent = self._known.sent.get(uid)
        return sent.values if sent is not None else self._known.ours[uid]

    def _found(self, row: IncomingRow, uid: str, means: FoundBy) -> None:
        row.uid, row.found_by = uid, means
        self._free.pop(uid, None)


def _code(value: Value) -> str | None:
    return value.casefold().strip() if isinstance(value, str) and value.strip() else None


def _identity(values: Values, names: Sequence[str]) -> tuple[object, ...] | None:
    title = values.get(names[0])
    if title is None:
        return None
    return tuple(plain_name(v) if isinstance(v := values.get(name), str) and name == names[0] else v for name in names)


def _hold_double_references(rows: Sequence[IncomingRow], definition: RecordDefinition) -> None:
    """No two rows may end with one reference: neither is given it."""
    if definition.reference == definition.title:
        return
    counts = Counter(_code(row.values.get(definition.reference)) for row in rows)
    for row in rows:
        reference = _code(row.values.get(definition.reference))
        if reference is not None and counts[reference] > 1:
            told = str(row.values[definition.reference])
            finding = _row_finding("duplicate_reference", row, field=definition.reference, reference=told)
            row.note(finding)


def _row_finding(rule: str, row: IncomingRow, *, field: str = "", whole_row: bool = False, **words: str) -> Finding:
    return Finding(
        rule,
        sentence(rule, **words),
        (row.cell(field),),
        kind=row.kind,
        field=field,
        withholds=(field,) if field else (),
        whole_row=whole_row,
    )


def _about(row: IncomingRow) -> None:
    """Tell the findings noted so far which record they are about."""
    from dataclasses import replace

    row.findings = [finding if finding.uid else replace(finding, uid=row.uid or "") for finding in row.findings]


def keys_of_others(uids_by_agency: Mapping[str, Sequence[str]]) -> dict[str, str]:
    """Return the row keys of other agencies' records, key -> agency, to tell a borrowed key from a mistyped one."""
    return {row_key(uid): agency for agency, uids in uids_by_agency.items() for uid in uids}
