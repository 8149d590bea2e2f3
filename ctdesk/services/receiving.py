"""Taking a returned workbook back: recognise, read, match, compare, and, if asked, apply what is clean."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from ctdesk.domain import clock
from ctdesk.domain.cancelling import cancelling
from ctdesk.domain.changes import Action, RecordChange, present, updated
from ctdesk.domain.decisions import Decisions
from ctdesk.domain.definition import DEFINITIONS, Value, Values
from ctdesk.domain.errors import DeskError
from ctdesk.domain.findings import Finding
from ctdesk.domain.incoming import FoundBy, IncomingRow, SentRow, StillYours, Suggestions
from ctdesk.domain.names import NameIndex
from ctdesk.domain.records.round import FilePurpose, RequestState
from ctdesk.domain.review import Review, review_rows
from ctdesk.domain.review_policy import Policy, Resolve, nothing_decided
from ctdesk.domain.values import ValueReader, show
from ctdesk.returns.answers import read_answers
from ctdesk.returns.layout import SheetLayout
from ctdesk.returns.matching import Known, keys_of_others, match_rows
from ctdesk.returns.parsing import CellParser, parse_table
from ctdesk.returns.reader import Reading, read_book
from ctdesk.returns.recognition import Recognition, recognise
from ctdesk.returns.sheets import Book
from ctdesk.returns.tables import ReturnedTable, find_tables
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
from ctdesk.services.kept_findings import (
    Question,
    answers_given,
    keep_explanations,
    part_explained,
    question_of,
    settle_findings,
)
from ctdesk.services.monitoring_checks import monitoring_findings
from ctdesk.services.monitoring_past import asked_period
from ctdesk.services.monitoring_rows import ask_about_parts_of_one, take_only_what_was_asked
from ctdesk.services.new_names import NewNames, taking_on_roles
from ctdesk.services.on_file import OnFile, foreseen, on_file
from ctdesk.services.receipt import Receipt
from ctdesk.services.requests import RequestView, form_of, keep_rows, sent_rows
from ctdesk.services.whole_return import whole_return_findings
from ctdesk.services.whose_return import own_names, whose


@dataclass(frozen=True, slots=True)
class Wishes:
    """What the officer asked for when taking a file in."""

    apply: bool = False
    conflicts: Resolve = Resolve.HOLD
    suggestions: Suggestions = Suggestions.HOLD
    password: str | None = None
    received: date | None = None
    """The day the file came, if it was not today."""
    decisions: Decisions = field(default_factory=Decisions)
    """What was decided row by row at the window; what is not decided there follows the wishes above."""


@dataclass(slots=True)
class Return:
    """A returned workbook on its way through the desk, step by step more of it known."""

    book: Book
    content: Callable[[], bytes]
    request: RequestView
    recognition: Recognition
    issue: int
    base: dict[str, dict[str, SentRow]]
    ours: Mapping[str, dict[str, dict[str, Value]]]
    layouts: Sequence[SheetLayout]
    tables: list[ReturnedTable]
    findings: list[Finding]
    names: dict[str, NameIndex]
    new_names: NewNames
    reviews: dict[str, Review]
    answers: dict[Question, str]
    received: date


def receive(desk: Desk, path: Path, wishes: Wishes, reading: Reading | None = None) -> tuple[Receipt, Return]:
    """Take in one returned workbook; nothing is altered unless it is to be applied.

    `reading` is the reading of this file where it has begun already.
    Raises DeskError, in one sentence, if the file cannot be read or is not a return of this workspace.
    """
    ahead = foreseen(desk, reading.first.result()) if reading else None
    book = reading.book.result() if reading else read_book(path, password=wishes.password)
    return take_in(desk, book, path.read_bytes, wishes, ahead)


def take_in(
    desk: Desk, book: Book, content: Callable[[], bytes], wishes: Wishes, ahead: OnFile | None = None
) -> tuple[Receipt, Return]:
    """Take in a returned workbook that has been read already; `content` gives its bytes if they are to be kept."""
    returned = _open_return(desk, book, content, wishes, ahead)
    for layout in returned.layouts:
        cancelling().heed()
        _review_sheet(desk, returned, layout, wishes)
    _refuse_rows_of_others(returned)
    receipt = _receipt(desk, returned, wishes.decisions)
    if wishes.apply:
        _apply(desk, returned, receipt)
    return receipt, returned


def _open_return(desk: Desk, book: Book, content: Callable[[], bytes], wishes: Wishes, ahead: OnFile | None) -> Return:
    recognition = recognise(book)
    request = whose(desk, book, recognition)
    issue = recognition.issue or request.issue
    fits = ahead and (ahead.request, ahead.issue) == (request.uid, issue)
    held = ahead if ahead and fits else on_file(desk, request, issue)
    if held.base is None:
        raise DeskError(
            f"{book.path.name} is issue {issue} of the workbook for {request.agency}, which this workspace never sent; "
            "ask the agency for the newest one."
        )
    form = form_of(request)
    layouts = form.layouts(desk.lists, asked_period(held.base, request).code if request.period else "")
    tables, findings = find_tables(book, layouts)
    if not tables:
        raise DeskError(
            f"{book.path.name} has none of the sheets of the form ({form.sheets(desk.lists)}); "
            f"ask the {'provider' if request.period else 'agency'} for the workbook it was sent."
        )
    base: dict[str, dict[str, SentRow]] = {kind: {} for kind in form.kinds}
    for row in held.base:
        base[row.kind][row.uid] = row
    has_lines = any(table.layout.kind == "funding_line" and any(table.filled_rows()) for table in tables)
    as_sent = (row for row in sent_rows(desk, request.uid, issue) if row.kind == "activity") if has_lines else ()
    names = own_names(desk, held.ours.get("activity", {}), as_sent)
    new_names = NewNames(names, request.agency_uid, wishes.suggestions, wishes.decisions.readings)
    return Return(
        book=book,
        content=content,
        request=request,
        recognition=recognition,
        issue=issue,
        base=base,
        ours=held.ours,
        layouts=layouts,
        tables=tables,
        findings=[f for f in findings if f.kind != "funding_line" or base[f.kind]],  # its sheet is optional
        names=names,
        new_names=new_names,
        reviews={},
        answers=answers_given(desk, request.uid, read_answers(book)),
        received=wishes.received or clock.today(),
    )


def seen_before(desk: Desk, request: str, book: Book) -> bool:
    """Whether this very file was taken in before as a return of the request."""
    kept = {"request": request, "fingerprint": book.sha256, "purpose": FilePurpose.RETURN.value}
    return bool(desk.load("stored_file", **kept))


def _review_sheet(desk: Desk, returned: Return, layout: SheetLayout, wishes: Wishes) -> None:
    """Read, match and compare one kind of row."""
    kind = layout.kind
    definition = DEFINITIONS[kind]
    base, ours = returned.base[kind], returned.ours[kind]
    table = next((table for table in returned.tables if table.layout.kind == kind), None)
    if table is None:
        returned.reviews[kind] = Review(definition, (), [sent for uid, sent in base.items() if uid in ours])
        return
    reader = ValueReader(desk.lists, returned.names)
    parser = CellParser(
        reader,
        returned.new_names.resolve,
        accept_suggestions=wishes.suggestions is Suggestions.ACCEPT,
        accepted=wishes.decisions.accepted_readings(),
    )
    rows = parse_table(table, parser)
    wishes.decisions.tell_matches(rows)
    others = _OtherKeys(desk, kind, returned.request)
    known = Known(definition, base, ours, others.owner)
    returned.findings += [*table.findings, *match_rows(rows, known, wishes.suggestions)]
    if returned.request.period:
        _heed_what_was_asked(rows, returned, layout, wishes)
    _end_ended(rows, ours)
    unwanted = wishes.decisions.hold_declined(row for row in rows if row.uid not in base and row.uid not in ours)
    policy = Policy(
        show=lambda field, value: show(field, value, desk.lists, returned.names),
        variance_percent=int(desk.setting("variance_percent")),
        resolve=wishes.conflicts,
        decide=wishes.decisions.decide if wishes.decisions.fields else nothing_decided,
        ended_by=returned.request.due,
    )
    returned.reviews[kind] = review_rows(definition, rows, base, ours, policy)
    for outcome in returned.reviews[kind].outcomes if unwanted else ():
        if outcome.uid in unwanted:
            outcome.findings.clear()
    if kind == "activity":
        _name_activities(returned)


def _heed_what_was_asked(rows: Sequence[IncomingRow], returned: Return, layout: SheetLayout, wishes: Wishes) -> None:
    """Take of a monitoring return only what was asked, and ask about percentages that may be parts of one."""
    take_only_what_was_asked(layout, rows)
    sent = {uid: row.values for uid, row in returned.base[layout.kind].items()}
    ask_about_parts_of_one(rows, sent, wishes.decisions.readings, wishes.suggestions)


def _refuse_rows_of_others(returned: Return) -> None:
    """Refuse a workbook most of whose rows were sent to others: what is said of it would tell one about another's."""
    rows = [outcome.row for review in returned.reviews.values() for outcome in review.outcomes]
    strange = sum(any(finding.rule == "foreign_key" for finding in row.findings) for row in rows)
    if not returned.request.period and strange > sum(row.found_by is FoundBy.KEY for row in rows):
        raise DeskError(
            f"{returned.book.path.name} says it is from {returned.request.agency}, but its rows are those of another's "
            "workbook; ask who filled it in."
        )


class _OtherKeys:
    """The row keys of other workbooks' records, worked out only if a key is met that is not of this one's.

    Of a baseline they are other agencies'; of monitoring also those of the same agreement in another period.
    """

    def __init__(self, desk: Desk, kind: str, request: RequestView) -> None:
        self._desk, self._kind, self._request = desk, kind, request
        self._owners: dict[str, str] | None = None

    def owner(self, key: str) -> str | None:
        if self._owners is None:
            uids: dict[str, list[str]] = {}
            for uid, values in self._desk.load(self._kind).items():
                owner = self._owner(values)
                if owner:
                    uids.setdefault(owner, []).append(uid)
            self._owners = keys_of_others(uids)
        return self._owners.get(key)

    def _owner(self, values: Values) -> str:
        if self._request.period:
            return str(values.get("agreement") or "")
        agency = str(values.get(DEFINITIONS[self._kind].owner or "") or "")
        return "" if agency == self._request.agency_uid else agency


def _end_ended(rows: Sequence[IncomingRow], ours: Mapping[str, Values]) -> None:
    """An activity said to have ended on a day is open-ended no longer."""
    for row in rows:
        open_ended = row.values.get("open_ended") or ours.get(row.uid or "", {}).get("open_ended")
        if row.answer is StillYours.ENDED and row.values.get("end") and open_ended:
            row.values["open_ended"] = False


def _name_activities(returned: Return) -> None:
    """Let funding lines of the same workbook point at its activities by references that are given only in it."""
    for outcome in returned.reviews["activity"].outcomes:
        change = outcome.change()
        reference = change.after.get("reference") if change else None
        if isinstance(reference, str):
            returned.names["activity"].add(outcome.uid, reference)


def _receipt(desk: Desk, returned: Return, decisions: Decisions) -> Receipt:
    agency = returned.request.agency_uid
    activities = returned.ours.get("activity", {}).values()
    changes = row_changes(desk, returned.reviews, lambda _: agency, returned.names["organisation"])
    read = {table.layout.kind for table in returned.tables}
    whole = whole_return_findings(returned.reviews, changes, returned.ours, returned.request.due, read=read)
    if returned.request.period:
        whole += monitoring_findings(desk, returned.request.agreement_uid, returned.reviews)
    found = [*returned.findings, *whole, *row_findings(returned.reviews)]
    told = [(finding, text) for finding in found if (text := decisions.explanation(finding))]
    returned.answers |= {question_of(finding): text for finding, text in told}
    asked, carried = part_explained(desk, found, returned.answers.keys())
    before = total_value(activities)
    return Receipt(
        path=returned.book.path,
        round=returned.request.round,
        agency=returned.request.agency,
        form_version=form_of(returned.request).version,
        reviews=returned.reviews,
        changes=changes,
        along=[*returned.new_names.creations(changes), *taking_on_roles(desk.organisations, changes)],
        conflicts=held_conflicts(returned.reviews),
        findings=asked,
        money_before=before,
        money_after=before + value_moved(changes),
        names=returned.names,
        explained=told,
        carried=carried,
        seen_before=seen_before(desk, returned.request.uid, returned.book),
    )


def _apply(desk: Desk, returned: Return, receipt: Receipt) -> None:
    """Send everything clean through the door as one change set, with the file and the rows as now agreed."""
    request, issue = returned.request, returned.issue
    findings = settle_findings(desk, receipt.findings, returned.answers, request=request.uid)
    findings += keep_explanations(desk, receipt.explained, request=request.uid)
    changes = [*receipt.along, *receipt.changes, *findings, *let_go_of_held(desk, request=request.uid)]
    if receipt.seen_before and not changes:
        receipt.notes.append("This file was taken in before; there is nothing to do.")
        return
    files: dict[str, bytes] = {}
    of: dict[str, Value] = {"request": request.uid, "issue": issue}
    if not receipt.seen_before:
        changes.append(keep_file(returned.content(), returned.book.path.name, FilePurpose.RETURN, files, **of))
    base = [sent for rows in returned.base.values() for sent in rows.values()]
    agreed = agreed_rows(base, returned.reviews, receipt.changes)
    changes.append(keep_rows(agreed, FilePurpose.AGREED_ROWS, files, **of))
    changes += _moved_on(request, receipt, returned.received)
    about = f" about {request.agreement}" if request.agreement else ""
    title = f"Return of {request.agency} for {request.round}{about}"
    change_set = desk.apply(Action.RETURN, title, changes, why=receipt.path.name, files=files, backup_first=True)
    receipt.applied, receipt.change_set = True, change_set.uid


def _moved_on(request: RequestView, receipt: Receipt, received: date) -> tuple[RecordChange, ...]:
    """Return the request's new state: accepted if nothing is left to ask, else queried."""
    accepted = not receipt.left_to_decide
    after: dict[str, Value] = {
        "state": (RequestState.ACCEPTED if accepted else RequestState.QUERIED).value,
        "received_on": request.values.get("received_on") or received,
        "accepted_on": received if accepted else None,
    }
    return present([updated("request", request.uid, request.values, after)])
