"""A return laid out for a person to decide on: from its review to the lines, questions and totals of the screen."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import replace
from datetime import date
from operator import is_

from ctdesk.db import history
from ctdesk.domain.cancelling import heeded
from ctdesk.domain.dates import date_text
from ctdesk.domain.decisions import Decisions, RowAt
from ctdesk.domain.definition import Field, Kind, RecordDefinition, Value, Values
from ctdesk.domain.findings import Finding, Grade, can_be_explained
from ctdesk.domain.incoming import SentRow, Suggestions
from ctdesk.domain.merge import Verdict, verdict
from ctdesk.domain.money import money_text
from ctdesk.domain.review import RowOutcome, RowState
from ctdesk.domain.review_policy import Choice, FieldDecision
from ctdesk.domain.values import show
from ctdesk.services.desk import Desk
from ctdesk.services.receipt import Receipt
from ctdesk.services.receiving import Return
from ctdesk.services.review_sheet import (
    ORDER,
    Evidence,
    FieldState,
    RecordState,
    ReviewField,
    ReviewQuestion,
    ReviewRecord,
    ReviewRule,
    ReviewSheet,
    SuggestedMatch,
    UnchangedField,
    sheet_and_row,
    totals,
)
from ctdesk.services.tracker import against_due

_STATES: dict[RowState, RecordState] = {
    RowState.CONFLICTING: "conflict",
    RowState.CHANGED: "changed",
    RowState.NEW: "new",
    RowState.ENDED: "ended",
    RowState.UNREADABLE: "unreadable",
    RowState.UNCHANGED: "unchanged",
}
_EVIDENCE = ("title", "provider", "employer", "start", "annual_value", "annual_cost")


def review_lines(desk: Desk, receipt: Receipt, returned: Return, decisions: Decisions) -> ReviewSheet:
    """Return what the review of a return shows with these decisions."""
    return laid_out(desk, receipt, decisions, *_sentence(returned, receipt))


def laid_out(desk: Desk, receipt: Receipt, decisions: Decisions, sentence: str, strong: tuple[str, ...]) -> ReviewSheet:
    """Return what the review of a file shows with these decisions, under a sentence that says whose it is."""
    records = [_record(desk, receipt, outcome, decisions) for outcome in heeded(_outcomes(receipt))]
    records += [_missing(receipt, desk, *each) for each in _not_returned(receipt)]
    records.sort(key=lambda record: ORDER.index(record.state))
    return ReviewSheet(
        sentence=sentence,
        strong=strong,
        seen_before=receipt.seen_before,
        counts={kind: receipt.counts(kind) for kind in receipt.reviews},
        kinds={outcome.row.place.sheet: outcome.row.kind for outcome in _outcomes(receipt)},
        records=tuple(records),
        rules=tuple(_rules(receipt, decisions)),
        totals=totals(records, receipt.money_before),
    )


def retick(desk: Desk, receipt: Receipt, sheet: ReviewSheet, decisions: Decisions) -> ReviewSheet:
    """Return the same sheet with other decisions on its fields and new rows, without comparing anything again."""
    records = [_reticked(desk, receipt, record, decisions) for record in sheet.records]
    rules = [replace(rule, questions=tuple(_answered(it, decisions) for it in rule.questions)) for rule in sheet.rules]
    money = totals(records, receipt.money_before)
    return replace(sheet, records=tuple(records), rules=tuple(rules), totals=money)


def _outcomes(receipt: Receipt) -> Iterator[RowOutcome]:
    for review in receipt.reviews.values():
        yield from review.outcomes


def _not_returned(receipt: Receipt) -> Iterator[tuple[int, SentRow]]:
    """Yield the rows that did not come back, numbered from minus one down."""
    for review in receipt.reviews.values():
        yield from ((-place, sent) for place, sent in enumerate(review.missing, start=1))


def _record(desk: Desk, receipt: Receipt, outcome: RowOutcome, decisions: Decisions) -> ReviewRecord:
    """Return the record of a row."""
    row = outcome.row
    match = _match(desk, receipt, outcome, decisions)
    definition = receipt.reviews[row.kind].definition
    fields = tuple(_fields(desk, receipt, definition, outcome, decisions)) if not (match or row.held) else ()
    values = {**outcome.sent, **(outcome.ours or {}), **row.values}
    return ReviewRecord(
        kind=row.kind,
        number=row.number,
        uid=outcome.uid,
        state="suggested match" if match else _STATES[outcome.state],
        reference=_reference(definition, values),
        title=_words(receipt, desk, definition[definition.title], values.get(definition.title)),
        fields=fields,
        unchanged=_count_unchanged(_standing(outcome), {item.name for item in fields}),
        match=match,
        wanted=(row.kind, row.number) not in decisions.declined_rows,
    )


def _missing(receipt: Receipt, desk: Desk, number: int, sent: SentRow) -> ReviewRecord:
    definition = receipt.reviews[sent.kind].definition
    return ReviewRecord(
        kind=sent.kind,
        number=number,
        uid=sent.uid,
        state="not in the return",
        reference=_reference(definition, sent.values),
        title=_words(receipt, desk, definition[definition.title], sent.values.get(definition.title)),
        fields=(),
        unchanged=_count_unchanged(sent.values, ()),
    )


def _reference(definition: RecordDefinition, values: Values) -> str:
    return str(values.get(definition.reference) or "") if definition.reference != definition.title else ""


def _standing(outcome: RowOutcome) -> Values:
    """Return what a record holds where the return does not change it."""
    return {**outcome.row.values, **outcome.sent, **(outcome.ours or {})}


def _count_unchanged(values: Values, changed: Collection[str]) -> int:
    return sum(1 for name, value in values.items() if value not in (None, ()) and name not in changed)


def unchanged_fields(desk: Desk, receipt: Receipt, record: ReviewRecord) -> tuple[UnchangedField, ...]:
    """Return the fields of a record that stay as they are, in words: what its count of unchanged ones counts."""
    return tuple(_unchanged(desk, receipt, record))


def _unchanged(desk: Desk, receipt: Receipt, record: ReviewRecord) -> Iterator[UnchangedField]:
    review = receipt.reviews[record.kind]
    outcome = next((it for it in review.outcomes if it.row.number == record.number), None)
    if outcome is None:
        values: Values = next((sent.values for sent in review.missing if sent.uid == record.uid), {})
    else:
        values = _standing(outcome)
    changed = {item.name for item in record.fields}
    asked = {name for it in (outcome.findings if outcome else ()) for name in (it.field, *it.withholds)}
    for field in review.definition.fields:
        if field.name in changed or values.get(field.name) in (None, ()):
            continue
        cell = outcome.row.cell(field.name) if outcome else ""
        words = _words(receipt, desk, field, values[field.name])
        told = _words(receipt, desk, field, outcome.row.values.get(field.name)) if outcome else ""
        note = "see the findings" if field.name in asked else f"not taken: {told}" if told not in ("", words) else ""
        yield UnchangedField(field.label, cell, words, note)


def _fields(
    desk: Desk, receipt: Receipt, definition: RecordDefinition, outcome: RowOutcome, decisions: Decisions
) -> Iterator[ReviewField]:
    comparison, ours = outcome.comparison, outcome.ours or {}
    theirs = {**comparison.take, **comparison.settled, **{it.field: it.theirs for it in comparison.conflicts}}
    for field in definition.fields:
        if field.name not in theirs:
            continue
        sent, new, old = outcome.sent.get(field.name), theirs[field.name], ours.get(field.name)
        conflict = bool(ours) and verdict(sent, new, old) is Verdict.CONFLICT
        item = ReviewField(
            name=field.name,
            label=field.label,
            cell=outcome.row.cell(field.name),
            sent=_words(receipt, desk, field, sent),
            old=_words(receipt, desk, field, old),
            new=_words(receipt, desk, field, new),
            new_value=new,
            old_value=old,
            moved=_by_how_much(field, old, new),
            conflict=conflict,
            state="to decide",
            choice=None,
            other="",
            other_value=None,
            told=_who_told(desk, outcome, field.name) if conflict else "",
            rules=tuple(it.rule for it in outcome.findings if it.field == field.name and it.rule != "conflict"),
        )
        yield _ticked(desk, receipt, (outcome.row.kind, outcome.row.number), item, decisions)


def _ticked(desk: Desk, receipt: Receipt, at: RowAt, item: ReviewField, decisions: Decisions) -> ReviewField:
    decision = decisions.fields.get((*at, item.name))
    if at in decisions.declined_rows:
        decision = FieldDecision(Choice.OURS)
    state: FieldState = "to decide" if item.conflict and decision is None else "accepted"
    if decision is not None and decision.choice is Choice.OURS:
        state = "declined"
    choice, value = (decision.choice, decision.value) if decision else (None, None)
    if (state, choice, value) == (item.state, item.choice, item.other_value):
        return item
    field = receipt.reviews[at[0]].definition[item.name]
    return replace(item, state=state, choice=choice, other=_words(receipt, desk, field, value), other_value=value)


def _reticked(desk: Desk, receipt: Receipt, record: ReviewRecord, decisions: Decisions) -> ReviewRecord:
    if not record.fields and record.match is None:
        return record
    fields = tuple(_ticked(desk, receipt, (record.kind, record.number), it, decisions) for it in record.fields)
    said = decisions.matches.get((record.kind, record.number), Suggestions.HOLD)
    match = replace(record.match, said=said) if record.match else None
    wanted = (record.kind, record.number) not in decisions.declined_rows
    if (wanted, match) == (record.wanted, record.match) and all(map(is_, fields, record.fields)):
        return record
    return replace(record, fields=fields, match=match, wanted=wanted)


def _match(desk: Desk, receipt: Receipt, outcome: RowOutcome, decisions: Decisions) -> SuggestedMatch | None:
    row = outcome.row
    if row.suggested is None or not row.held:
        return None
    definition = receipt.reviews[row.kind].definition
    held = desk.load_some(row.kind, [row.suggested]).get(row.suggested, {})
    return SuggestedMatch(
        uid=row.suggested,
        reference=str(held.get(definition.reference) or ""),
        title=str(held.get(definition.title) or ""),
        evidence=tuple(_evidence(desk, receipt, definition, held, row.values)),
        said=decisions.matches.get((row.kind, row.number), Suggestions.HOLD),
    )


def _evidence(
    desk: Desk, receipt: Receipt, definition: RecordDefinition, held: Values, told: Values
) -> Iterator[Evidence]:
    for name in _EVIDENCE:
        field = definition.by_name.get(name)
        if field is None or not (held.get(name) or told.get(name)):
            continue
        old, new = (_words(receipt, desk, field, values.get(name)) for values in (held, told))
        yield Evidence(field.label, old, new, _alike(old, new))


def _alike(old: str, new: str) -> str:
    from rapidfuzz import fuzz

    if old == new:
        return "same"
    if not old or not new:
        return "not given"
    return f"{fuzz.ratio(old.casefold(), new.casefold()):.0f}% alike" if not new[-1].isdigit() else "differs"


def _who_told(desk: Desk, outcome: RowOutcome, name: str) -> str:
    """Return who last changed the desk's value, and when."""
    for number, change in history.changes_to(desk.workspace, outcome.row.kind, outcome.uid):
        if name in change.after:
            line = history.find_change_set(desk.workspace, str(number))
            return f"{line.who}, {date_text(line.when.astimezone().date())}"
    return ""


def _by_how_much(field: Field, old: Value, new: Value) -> str:
    if field.kind is not Kind.MONEY or not isinstance(old, int) or not isinstance(new, int) or not old:
        return ""
    sign = "+" if new >= old else "−"
    return f"{sign}{money_text(abs(new - old))}, {sign}{abs(new - old) * 100 / old:.1f}%"


def _rules(receipt: Receipt, decisions: Decisions) -> Iterator[ReviewRule]:
    rows = {(o.row.place.sheet, o.row.number): o for o in _outcomes(receipt)}
    gone = {sent.uid: number for number, sent in _not_returned(receipt)}
    grouped: dict[str, list[ReviewQuestion]] = {}
    for finding in (*receipt.findings, *(finding for finding, _ in receipt.explained)):
        grouped.setdefault(finding.rule, []).append(_question(finding, rows, gone, decisions))
    for finding, said in receipt.carried:
        carried = replace(_question(finding, rows, gone, decisions), carried=said)
        grouped.setdefault(finding.rule, []).append(carried)
    order = list(Grade)
    for rule, questions in sorted(grouped.items(), key=lambda item: order.index(item[1][0].finding.grade)):
        yield ReviewRule(rule, questions[0].finding.grade, tuple(questions))


def _question(
    finding: Finding, rows: Mapping[tuple[str, int], RowOutcome], gone: Mapping[str, int], decisions: Decisions
) -> ReviewQuestion:
    outcome = rows.get(sheet_and_row(finding.cells[0])) if finding.cells else None
    comment = outcome.row.values.get("comments") if outcome else None
    if outcome is not None and comment == outcome.sent.get("comments"):
        comment = None
    question = ReviewQuestion(
        finding=finding,
        kind=outcome.row.kind if outcome else finding.kind,
        number=outcome.row.number if outcome else gone.get(finding.uid),
        comment=str(comment or ""),
        explanation="",
        can_explain=can_be_explained(finding.rule),
        field=finding.field,
        typed=finding.value if finding.rule in {"new_name", "doubtful"} else "",
        said=None,
    )
    return _answered(question, decisions)


def _answered(question: ReviewQuestion, decisions: Decisions) -> ReviewQuestion:
    said = decisions.readings.get((question.field, question.typed)) if question.typed else None
    return replace(question, explanation=decisions.explanation(question.finding) or "", said=said)


def _words(receipt: Receipt, desk: Desk, field: Field, value: Value) -> str:
    return show(field, value, desk.lists, receipt.names)


def _sentence(returned: Return, receipt: Receipt) -> tuple[str, tuple[str, ...]]:
    """Return whose a return is and whether it was seen before, and the words of it that matter most."""
    request = returned.request
    days = (returned.received - request.due).days
    sent = request.values.get("sent_on")
    on = f" on {date_text(sent)}" if isinstance(sent, date) else ""
    late = against_due(days)
    again = "it has been taken in before" if receipt.seen_before else "has not been received before"
    said = (
        f"This is the workbook sent to {request.agency} for {request.round}{on}. "
        f"It came back on {date_text(returned.received)}, {late}, and {again}."
    )
    strong = (request.agency, request.round, late if days > 0 else "", again if receipt.seen_before else "")
    return said, tuple(filter(None, strong))
