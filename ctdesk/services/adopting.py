"""Adopting a register: somebody else's spreadsheet, compared and applied as a return is."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from ctdesk.domain.cancelling import cancelling, heeded
from ctdesk.domain.changes import Action, RecordChange
from ctdesk.domain.decisions import Decisions
from ctdesk.domain.definition import DEFINITIONS, Field, Value
from ctdesk.domain.errors import DeskError
from ctdesk.domain.findings import CONFLICT_WITH_REGISTER, Finding, sentence
from ctdesk.domain.incoming import IncomingRow, Place, SentRow, Suggestions
from ctdesk.domain.records.round import FilePurpose
from ctdesk.domain.review import Review, RowOutcome, plain_label, review_rows
from ctdesk.domain.review_policy import Policy, Resolve, nothing_decided
from ctdesk.domain.values import ValueReader, show
from ctdesk.returns.adoption import Register, profile_of, read_register
from ctdesk.returns.adoption_rows import RegisterRow
from ctdesk.returns.matching import Known, match_rows
from ctdesk.returns.parsing import CellParser, bad_cells, note_bad_cells, note_reading
from ctdesk.returns.profiles import load_profile, save_profile
from ctdesk.returns.reader import read_book
from ctdesk.returns.recognition import recognise
from ctdesk.returns.sheets import Book, column_letters
from ctdesk.services.desk import Desk
from ctdesk.services.held_files import let_go_of_held
from ctdesk.services.intake import (
    agreed_rows,
    held_conflicts,
    row_changes,
    row_findings,
    total_value,
    value_moved,
)
from ctdesk.services.kept_files import keep_file
from ctdesk.services.kept_findings import keep_explanations, part_explained, question_of, settle_findings
from ctdesk.services.new_names import NewNames, taking_on_roles
from ctdesk.services.receipt import Receipt
from ctdesk.services.repeats import ownerless, part_repeats
from ctdesk.services.requests import keep_rows, latest_rows, request_view


@dataclass(frozen=True, slots=True)
class AdoptionWishes:
    """What the officer asked for when adopting a register.

    `header_row` (from one), `values` (what words of the register stand for, field by field), `names` (what is
    said to single likenesses, by field and typed name) and `decisions` (row by row) are given in the window only.
    """

    kind: str = "activity"
    profile: str | None = None
    sheet: str | None = None
    mapping: Mapping[str, str] = field(default_factory=dict)
    agency: str | None = None
    save_profile: Path | None = None
    password: str | None = None
    apply: bool = False
    conflicts: Resolve = Resolve.HOLD
    suggestions: Suggestions = Suggestions.HOLD
    header_row: int | None = None
    values: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    names: Mapping[tuple[str, str], Suggestions] = field(default_factory=dict)
    decisions: Decisions = field(default_factory=Decisions)


def adopt_register(desk: Desk, path: Path, wishes: AdoptionWishes) -> tuple[Receipt, Register]:
    """Read a register, compare its rows with the desk, and, if asked, apply what is clean.

    Raises DeskError in one sentence if no table can be found or nobody's register it is.
    """
    return adopt_book(desk, read_strangers_book(desk, path, wishes.password), wishes)


def read_strangers_book(desk: Desk, path: Path, password: str | None) -> Book:
    """Read a spreadsheet; DeskError if it is one of this desk's own workbooks."""
    book = read_book(path, password=password)
    if request_view(desk, recognise(book).request_uid) is not None:
        raise DeskError(f"{path.name} is a workbook that this desk sent out; take it in with receive.")
    return book


def register_in(desk: Desk, book: Book, wishes: AdoptionWishes) -> Register:
    """Return the register that a book holds, as wished."""
    return read_register(
        book,
        wishes.kind,
        desk.reader,
        profile=load_profile(wishes.profile) if wishes.profile else None,
        sheet=wishes.sheet,
        mapping=wishes.mapping,
        header_row=wishes.header_row,
        values=wishes.values,
    )


def adopt_book(
    desk: Desk, book: Book, wishes: AdoptionWishes, content: Callable[[], bytes] | None = None
) -> tuple[Receipt, Register]:
    """Compare the register in a book that was read with the desk, and, if asked, apply what is clean.

    `content` gives the bytes of the file to be kept, where they are not to be read from its place.
    """
    register = register_in(desk, book, wishes)
    cancelling().heed()
    if wishes.save_profile:
        save_profile(profile_of(register, wishes.save_profile.stem), wishes.save_profile)
    adoption = _Adoption(desk, book, register, wishes)
    receipt = adoption.review()
    cancelling().heed()
    if wishes.apply:
        adoption.apply(receipt, content or book.path.read_bytes)
    return receipt, register


class _Adoption:
    """One register on its way into the desk."""

    def __init__(self, desk: Desk, book: Book, register: Register, wishes: AdoptionWishes) -> None:
        self._desk, self._book, self._register, self._wishes = desk, book, register, wishes
        self._definition = DEFINITIONS[register.kind]
        # Its own, as names that only a preview met must not stay with the desk.
        self._names = {kind: index.copy() for kind, index in desk.names.items()}
        self._decisions = wishes.decisions
        said = {**wishes.names, **self._decisions.readings}
        self._new_names = NewNames(self._names, None, wishes.suggestions, said)
        self._ours = desk.load(register.kind)
        self._base = {row.uid: row for row in self._last_adopted()}
        self._findings: list[Finding] = []
        sheet = book.sheet(register.sheet)
        self._bad = bad_cells(sheet) if sheet else {}
        used = {p.column: p.field for p in register.proposals if p.field in self._definition.by_name}
        self._columns = {column: self._definition[name] for column, name in used.items() if name}

    @property
    def _takes_as_signed(self) -> bool:
        """Whether this is a register of agreements that says nothing of signing: it lists what is agreed."""
        told = {proposal.field for proposal in self._register.proposals}
        return self._register.kind == "agreement" and not told & {"signed", "signed_on"}

    def _last_adopted(self) -> list[SentRow]:
        """Return the rows of the same register as adopted before, the base of this comparison."""
        stored = self._desk.load(
            "stored_file", source=self._register.source_key, purpose=FilePurpose.REGISTER_ROWS.value
        )
        return latest_rows(self._desk, stored) or []

    def review(self) -> Receipt:
        """Compare every row of the register with the desk."""
        parser = CellParser(
            ValueReader(self._desk.lists, self._names),
            self._new_names.resolve,
            accept_suggestions=self._wishes.suggestions is Suggestions.ACCEPT,
            accepted=self._decisions.accepted_readings(),
        )
        agency = self._agency_named()
        rows = [self._incoming(row, parser, agency) for row in heeded(self._register.rows)]
        owned = [row for row in rows if row.values.get("agency")]
        if rows and not owned:
            raise DeskError(
                f"{self._book.path.name} does not say which agency commissions its services; name it with --agency."
            )
        kept, repeats = part_repeats(owned, self._definition)
        apart = [ownerless(row) for row in rows if not row.values.get("agency")]
        reviews = {self._register.kind: self._compare(kept, [*repeats, *apart])}
        return self._receipt(reviews)

    def _agency_named(self) -> str | None:
        if not self._wishes.agency:
            return None
        return self._new_names.known_or_new(self._definition["agency"], self._wishes.agency)

    def _incoming(self, row: RegisterRow, parser: CellParser, agency: str | None) -> IncomingRow:
        """Read one row of the register; what belongs to its provider is told to the provider."""
        place = self._place(row)
        incoming = IncomingRow(self._register.kind, row.number, place, {})
        linked: list[tuple[str, str, object]] = []
        for name, cell in row.cells.items():
            of, dot, about = name.partition(".")
            if dot:
                linked.append((of, about, cell))
                continue
            item = self._definition[name]
            note_reading(incoming, item, parser.read(item, cell, parser.column(item)))  # type: ignore[arg-type]  # raw cells
        note_bad_cells(incoming, self._columns, self._bad.get(row.number, []))
        if agency is not None:
            incoming.values["agency"] = agency
        self._tell_linked(incoming, linked, parser)
        if self._takes_as_signed:
            incoming.values["signed"] = True
        return incoming

    def _place(self, row: RegisterRow) -> Place:
        usual = {p.field: column_letters(p.column) for p in reversed(self._register.proposals) if p.field}
        own = {name: column_letters(column) for name, column in row.columns.items()}
        return Place(self._register.sheet or self._book.path.stem, {**usual, **own})

    def _tell_linked(self, incoming: IncomingRow, linked: list[tuple[str, str, object]], parser: CellParser) -> None:
        """Put a provider's own particulars, such as its charity number, to the organisation being made."""
        for of, about, cell in linked:
            uid = incoming.values.get(of)
            if not isinstance(uid, str) or not self._new_names.is_new(uid):
                continue
            item = DEFINITIONS[self._definition[of].target or ""][about]
            reading = parser.read(item, cell, parser.column(item))  # type: ignore[arg-type]  # raw cells
            if reading.filled and not reading.rule:
                self._new_names.describe(uid, **{about: reading.value})

    def _compare(self, rows: list[IncomingRow], apart: list[RowOutcome]) -> Review:
        self._decisions.tell_matches(rows)
        by_agency: dict[str, list[IncomingRow]] = {}
        for row in rows:
            by_agency.setdefault(str(row.values["agency"]), []).append(row)
        for agency, own in by_agency.items():
            ours = {uid: v for uid, v in self._ours.items() if v.get("agency") == agency}
            sent = {uid: row for uid, row in self._base.items() if uid in ours}
            known = Known(self._definition, sent, ours)
            self._findings += match_rows(own, known, self._wishes.suggestions)
        unwanted = self._decisions.hold_declined(r for r in rows if r.uid not in self._base and r.uid not in self._ours)
        policy = Policy(
            show=self._show,
            conflict=CONFLICT_WITH_REGISTER,
            variance_percent=int(self._desk.setting("variance_percent")),
            resolve=self._wishes.conflicts,
            check_blanks=False,
            decide=self._decisions.decide if self._decisions.fields else nothing_decided,
        )
        review = review_rows(self._definition, rows, self._base, self._ours, policy)
        for outcome in review.outcomes if unwanted else ():
            if outcome.uid in unwanted:
                outcome.findings.clear()
        outcomes = sorted([*review.outcomes, *apart], key=lambda outcome: outcome.row.number)
        return Review(self._definition, outcomes, review.missing)

    def _show(self, field: Field, value: Value) -> str:
        """Return a value in words, those of the names that came with the register too."""
        return show(field, value, self._desk.lists, self._names)

    def _receipt(self, reviews: Mapping[str, Review]) -> Receipt:
        desk = self._desk
        review = reviews[self._register.kind]
        organisations = self._names["organisation"]
        changes = row_changes(desk, reviews, lambda o: str(o.row.values["agency"]), organisations)
        agencies = {str(agency) for outcome in review.outcomes if (agency := outcome.row.values.get("agency"))}
        owned = (values for values in self._ours.values() if values.get("agency") in agencies)
        before = total_value(owned, self._register.kind)
        named = [organisations.name(uid) for uid in agencies]
        found = [*self._findings, *self._silent(review), *row_findings(reviews)]
        told = [(finding, text) for finding in found if (text := self._decisions.explanation(finding))]
        self._answers = {question_of(finding): text for finding, text in told}
        asked, carried = part_explained(desk, found, self._answers.keys())
        return Receipt(
            path=self._book.path,
            round="adoption",
            agency=named[0] if len(named) == 1 else f"{len(named)} agencies",
            form_version="",
            reviews=reviews,
            changes=changes,
            along=[*self._new_names.creations(changes), *taking_on_roles(desk.organisations, changes)],
            conflicts=held_conflicts(reviews),
            findings=asked,
            money_before=before,
            money_after=before + value_moved(changes),
            names=self._names,
            explained=told,
            carried=carried,
            seen_before=bool(
                desk.load("stored_file", fingerprint=self._book.sha256, purpose=FilePurpose.REGISTER.value)
            ),
            notes=[_TAKEN_AS_SIGNED] if self._takes_as_signed else [],
        )

    def _silent(self, review: Review) -> list[Finding]:
        """Say once which required fields the register does not hold, and which it leaves blank in some rows."""
        rows = [outcome.row for outcome in review.outcomes if not outcome.row.held]
        silent, partly = [], []
        for item in self._definition.fields:
            blank = sum(1 for row in rows if _is_silent(row, item.name))
            if not item.required or not blank:
                continue
            if blank == len(rows):
                silent.append(item)
            else:
                partly.append(_absent([item], f" in {blank} of {len(rows)} rows"))
        return [*([_absent(silent, "")] if silent else []), *partly]

    def apply(self, receipt: Receipt, content: Callable[[], bytes]) -> None:
        """Send everything clean through the door as one change set, with the register and its rows as adopted."""
        source = self._register.source_key
        findings = settle_findings(self._desk, receipt.findings, self._answers, source=source)
        findings += keep_explanations(self._desk, receipt.explained, source=source)
        held = let_go_of_held(self._desk, source=source)
        changes: list[RecordChange] = [*receipt.along, *receipt.changes, *findings, *held]
        if receipt.seen_before and not changes:
            receipt.notes.append("This register was adopted before; there is nothing to do.")
            return
        files: dict[str, bytes] = {}
        if not receipt.seen_before:
            name = self._book.path.name
            changes.append(keep_file(_bytes_of(name, content), name, FilePurpose.REGISTER, files, source=source))
        agreed = agreed_rows(self._base.values(), receipt.reviews, receipt.changes)
        changes.append(keep_rows(agreed, FilePurpose.REGISTER_ROWS, files, source=source))
        title = f"Adopt {receipt.path.name} for {receipt.agency}"
        change_set = self._desk.apply(Action.ADOPTION, title, changes, files=files, backup_first=True)
        receipt.applied, receipt.change_set = True, change_set.uid


_TAKEN_AS_SIGNED = "The register does not say when agreements were signed; they are taken as signed."


def _bytes_of(name: str, content: Callable[[], bytes]) -> bytes:
    """Return the bytes of the register, which are kept with what it brought."""
    try:
        return content()
    except OSError as fault:
        raise DeskError(f"{name} is no longer where it was; put it back or choose it again.") from fault


def _is_silent(row: IncomingRow, name: str) -> bool:
    """Whether a row says nothing of a field: what it says, but cannot be read, is told by itself."""
    return name not in row.values and all(finding.field != name for finding in row.findings)


def _absent(items: list[Field], where: str) -> Finding:
    labels = ", ".join(plain_label(item) for item in items)
    return Finding("absent_fields", sentence("absent_fields", fields=labels, where=where), field=items[0].name)
