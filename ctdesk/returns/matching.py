"""Which record is each returned row about? By key, else by reference, else by title; likeness is only suggested."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from ctdesk.domain.cancelling import heeded
from ctdesk.domain.definition import Kind, RecordDefinition, Value, Values
from ctdesk.domain.findings import Finding, sentence
from ctdesk.domain.identity import is_row_key, new_uid, row_key
from ctdesk.domain.incoming import FoundBy, IncomingRow, SentRow, Suggestions
from ctdesk.domain.names import plain_name
from ctdesk.returns.name_matching import suggest_among
from ctdesk.returns.sorted_apart import hold_sorted_apart


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
    findings = hold_sorted_apart(rows, known.sent, known.definition)
    matcher.by_reference(rows)
    matcher.by_every_word(rows)
    matcher.copies(rows, of=[row for row in rows if row.uid is not None])
    matcher.by_identity(rows)
    matcher.by_likeness(rows)
    matcher.copies(rows, of=rows)
    matcher.as_new(rows)
    _hold_double_references(rows, known)
    for row in rows:
        if row.findings:
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
        for row in heeded(rows):
            if row.key in self._uid_of_key:
                claims.setdefault(row.key, []).append(row)
            elif row.key:
                self._strange_key(row)
        for key, claimants in claims.items():
            uid = self._uid_of_key[key]
            if len(claimants) > 1:
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

    def by_reference(self, rows: Sequence[IncomingRow]) -> None:
        """Match rows without a key by the reference they carry."""
        if self._reference is None:
            return
        self._by(rows, FoundBy.REFERENCE, lambda values: _code(values.get(self._reference or "")))

    def by_every_word(self, rows: Sequence[IncomingRow]) -> None:
        """Match rows that say the same as a record in every column but the reference."""
        left = self._left(rows)
        columns = left[0].place.columns if left else {}
        self._by(rows, FoundBy.IDENTITY, lambda values: self._words(values, columns))

    def _words(self, values: Values, columns: Mapping[str, str]) -> frozenset[tuple[str, Value]] | None:
        if values.get(self._title) is None:
            return None
        names = [name for name in columns if name != self._reference]
        return frozenset((name, value) for name in names if (value := values.get(name)) not in (None, ()))

    def by_identity(self, rows: Sequence[IncomingRow]) -> None:
        """Match rows without key and reference that say just the same as a record about what, who and when."""
        identity = (self._title, "provider", "start", "employer", "year", "activity")
        names = [name for name in identity if name in self._known.definition.by_name]
        self._by(rows, FoundBy.IDENTITY, lambda values: _identity(values, names))

    def _by(self, rows: Sequence[IncomingRow], means: FoundBy, label: Callable[[Values], object | None]) -> None:
        """Match left rows to free records with the same label, in order where several share it."""
        free: dict[object, list[str]] = {}
        for uid in heeded(self._free):
            told = label(self._values(uid))
            if told is not None:
                free.setdefault(told, []).append(uid)
        for row in heeded(self._left(rows)):
            waiting = free.get(label(row.values))
            if waiting:
                self._found(row, waiting.pop(0), means)

    def by_likeness(self, rows: Sequence[IncomingRow]) -> None:
        """Suggest a record for rows that look like one; only an accepted suggestion matches.

        A row with a reference of its own is left alone: it says plainly that it is something else.
        """
        if self._known.definition[self._title].kind is not Kind.TEXT:
            return
        named = self._reference or ""
        left = [row for row in self._left(rows) if not (row.held or row.values.get(named)) and self._asks(row)]
        titles = {uid: str(self._values(uid).get(self._title) or "") for uid in self._free} if left else {}
        for row in heeded(left):
            found = suggest_among(str(row.values.get(self._title) or ""), titles)
            if found is None:
                continue
            row.suggested = found.uid
            if (row.decided or self._suggestions) is Suggestions.ACCEPT:
                titles.pop(found.uid)
                self._found(row, found.uid, FoundBy.SUGGESTION)
            else:
                row.held = True
                row.note(_row_finding("possible_match", row, suggestion=found.name))

    def _asks(self, row: IncomingRow) -> bool:
        """Whether a likeness of this row is worth saying: not if it was said to be something new."""
        return (row.decided or self._suggestions) is not Suggestions.DECLINE

    def copies(self, rows: Sequence[IncomingRow], *, of: Sequence[IncomingRow]) -> None:
        """Hold left rows that say the same as one *of* these in every column but the reference, unless meant as new.

        Copies are told apart before rows are matched by less, or a copy would be taken for the next record alike.
        """
        titles = {row.values.get(self._title) for row in self._left(rows) if self._asks(row)} - {None}
        if not titles:
            return
        first: dict[object, IncomingRow] = {}
        for row in sorted(of, key=lambda row: row.uid is None):
            if row.values.get(self._title) in titles:
                first.setdefault(self._words(row.values, row.place.columns), row)
        for row in heeded(self._left(rows)):
            original = first.get(self._words(row.values, row.place.columns), row)
            if original is not row and not row.held and self._asks(row):
                row.uid, row.held = new_uid(), True
                row.findings = [finding for finding in row.findings if finding.rule != "copied_row"]
                row.note(_row_finding("same_row", row, whole_row=True, row=str(original.number)))

    def as_new(self, rows: Sequence[IncomingRow]) -> None:
        """Take what is left as new records; a row that cannot be told by its title is no record."""
        for row in rows:
            if row.uid is None:
                row.uid = new_uid()
                self._hold_unless_whole(row)
            elif row.key and row.found_by not in {FoundBy.KEY, FoundBy.NOTHING} and not row.held:
                row.note(_row_finding("altered_key", row, key=row.key, means=row.found_by.value))

    def _hold_unless_whole(self, row: IncomingRow) -> None:
        """Hold a new row that does not say what it is, or of what activity it is a part."""
        definition = self._known.definition
        if row.held:
            return
        if row.values.get(self._title) in (None, ""):
            row.held = True
            row.note(
                _row_finding(
                    "no_title", row, field=self._title, whole_row=True, label=definition[self._title].label.lower()
                )
            )
        elif "activity" in definition.by_name and row.values.get("activity") is None:
            row.held = True
            row.note(_row_finding("unknown_activity", row, field="activity", whole_row=True))

    def _left(self, rows: Sequence[IncomingRow]) -> list[IncomingRow]:
        return [row for row in rows if row.uid is None]

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


def _hold_double_references(rows: Sequence[IncomingRow], known: Known) -> None:
    """No two records may end with one reference: of several the record's own row has it, the others must change."""
    definition = known.definition
    if definition.reference == definition.title:
        return
    named: dict[str, list[IncomingRow]] = {}
    for row in rows:
        if (reference := _code(row.values.get(definition.reference))) is not None:
            named.setdefault(reference, []).append(row)
    here = {row.uid for row in rows}
    away = {_code(values.get(definition.reference)) for uid, values in known.ours.items() if uid not in here}
    for reference, sharing in named.items():
        own = [row for row in sharing if row.found_by in {FoundBy.KEY, FoundBy.REFERENCE} and reference not in away]
        for row in sharing if len(sharing) > 1 or reference in away else ():
            if [row] != own and not row.held:
                row.note(_double_reference(row, sharing, definition.reference))


def _double_reference(row: IncomingRow, sharing: Sequence[IncomingRow], name: str) -> Finding:
    told = str(row.values[name])
    finding = _row_finding(
        "duplicate_reference", row, field=name, whole_row=row.found_by is FoundBy.NOTHING, reference=told
    )
    return replace(finding, cells=tuple(dict.fromkeys((*finding.cells, *(other.cell(name) for other in sharing)))))


def _row_finding(
    rule: str, about: IncomingRow, /, *, field: str = "", whole_row: bool = False, **words: str
) -> Finding:
    return Finding(
        rule,
        sentence(rule, **words),
        (about.cell(field),),
        kind=about.kind,
        field=field,
        withholds=(field,) if field else (),
        whole_row=whole_row,
    )


def _about(row: IncomingRow) -> None:
    """Tell the findings noted so far which record they are about."""
    row.findings = [finding if finding.uid else replace(finding, uid=row.uid or "") for finding in row.findings]


def keys_of_others(uids_by_agency: Mapping[str, Sequence[str]]) -> dict[str, str]:
    """Return the row keys of other agencies' records, key -> agency, to tell a borrowed key from a mistyped one."""
    return {row_key(uid): agency for agency, uids in uids_by_agency.items() for uid in uids}
