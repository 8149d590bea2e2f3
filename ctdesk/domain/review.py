"""The review of what came back: each row compared with what was sent and with what the desk says now.

Pure values in, values out. Nothing is decided here that a person should decide: what is not clean is withheld
and comes out as a finding or a conflict.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from enum import StrEnum

from ctdesk.domain.cancelling import heeded
from ctdesk.domain.changes import RecordChange, created, updated
from ctdesk.domain.counting import listed
from ctdesk.domain.dates import date_text
from ctdesk.domain.definition import Fault, Field, Kind, RecordDefinition, Value, Values
from ctdesk.domain.findings import RULES, Finding, Grade, sentence
from ctdesk.domain.incoming import IncomingRow, SentRow, StillYours
from ctdesk.domain.merge import UNCHANGED, Comparison, Conflict, compare
from ctdesk.domain.money import money_text
from ctdesk.domain.review_policy import Choice, FieldDecision, Policy, Resolve
from ctdesk.domain.values import same

_BLANKS = (None, ())
_HALF_ENDED = frozenset({"ended_without_date", "ended_later"})


class RowState(StrEnum):
    """What came of one row of the return; every row has exactly one state."""

    UNCHANGED = "unchanged"
    CHANGED = "changed"
    NEW = "new"
    ENDED = "ended"
    CONFLICTING = "conflicting"
    UNREADABLE = "unreadable"


@dataclass(slots=True)
class RowOutcome:
    """One row with its state, the record it is about, and what of it may be applied."""

    row: IncomingRow
    uid: str
    state: RowState
    comparison: Comparison
    ours: Values | None
    sent: Values
    findings: list[Finding] = field(default_factory=list)

    def change(self) -> RecordChange | None:
        """Return the change that applies what is clean, if anything is."""
        if self.row.held or not self.comparison.take:
            return None
        if self.ours is None:
            return created(self.row.kind, {**self.sent, **self.comparison.take}, self.uid)
        return updated(self.row.kind, self.uid, self.ours, self.comparison.take)


@dataclass(frozen=True, slots=True)
class Review:
    """The review of the rows of one kind."""

    definition: RecordDefinition
    outcomes: Sequence[RowOutcome]
    missing: Sequence[SentRow]

    def count(self, state: RowState) -> int:
        """Return how many rows came to that state."""
        return sum(1 for outcome in self.outcomes if outcome.state is state)


def review_rows(
    definition: RecordDefinition,
    rows: Sequence[IncomingRow],
    base: Mapping[str, SentRow],
    ours: Mapping[str, Values],
    policy: Policy,
) -> Review:
    """Compare rows of one kind, already matched to records or given uids of their own, with base and desk."""
    outcomes = [_review_row(definition, row, base, ours, policy) for row in heeded(rows)]
    seen = {row.uid for row in rows}
    gone = [sent for sent in base.values() if sent.uid not in seen and sent.uid in ours]
    return Review(definition, outcomes, gone)


def _review_row(
    definition: RecordDefinition,
    row: IncomingRow,
    base: Mapping[str, SentRow],
    ours: Mapping[str, Values],
    policy: Policy,
) -> RowOutcome:
    uid = row.uid or ""
    sent = base[uid].values if uid in base else {}
    now = ours.get(uid, {})
    new = uid not in ours and uid not in base
    if _unread(row, new=new):
        findings = [finding for finding in row.findings if finding.whole_row] or row.findings
        return RowOutcome(row, uid, RowState.UNREADABLE, UNCHANGED, ours.get(uid), sent, findings)
    findings = [*row.findings, *_blank_findings(definition, row, sent, policy)]
    theirs = _comparable(definition, row.values, sent, _withheld(findings))
    comparison = _resolved(row, compare(theirs, sent, theirs, now) if theirs else UNCHANGED, policy)
    findings += _row_findings(definition, row, {**now, **comparison.take} if comparison.take else now, policy)
    if not (findings or new or theirs):
        return RowOutcome(row, uid, RowState.UNCHANGED, comparison, ours.get(uid), sent)  # as most rows are
    withheld = _withheld(findings)
    if new and definition.title in withheld:
        return RowOutcome(row, uid, RowState.UNREADABLE, UNCHANGED, None, sent, findings)
    comparison = _without(comparison, withheld)
    conflicts = comparison.conflicts
    findings += [_conflict_finding(definition, row, conflict, policy) for conflict in conflicts]
    findings += _jumps(definition, row, comparison, sent, policy)
    withheld = withheld and withheld & _different(row, sent, now)
    state = _state(row, comparison, conflicts, new=new, withheld=bool(withheld))
    if row.answer is StillYours.ENDED and any(finding.rule in _HALF_ENDED for finding in findings):
        state = RowState.ENDED if state is RowState.UNCHANGED else state
    return RowOutcome(row, uid, state, comparison, ours.get(uid), sent, findings)


def _unread(row: IncomingRow, *, new: bool) -> bool:
    """Whether nothing of the row is used; what else may be wrong with it is then not worth saying."""
    return any(finding.whole_row for finding in row.findings) or (row.held and not new)


def _comparable(definition: RecordDefinition, values: Values, sent: Values, withheld: set[str]) -> dict[str, Value]:
    """Return what differs from what was sent and may be used."""
    different: dict[str, Value] = {}
    if values.items() <= sent.items():
        return different  # as most rows are
    for name, value in values.items():
        before = sent.get(name)
        if value != before and name not in withheld and not same(definition[name], value, before):
            different[name] = value
    return different


def _different(row: IncomingRow, sent: Values, now: Values) -> set[str]:
    """Return the fields in which the row holds something else than was sent, readable or not."""
    unread = {finding.field for finding in row.findings if finding.field not in row.values}
    told = {name for name, value in row.values.items() if value not in (sent.get(name), now.get(name))}
    return unread | told


def _resolved(row: IncomingRow, comparison: Comparison, policy: Policy) -> Comparison:
    """Settle conflicts, and fields that were declined, as the officer chose; conflicts that are held stay."""
    if comparison.unchanged:
        return comparison
    take, settled, held = dict(comparison.take), dict[str, Value](), []
    for name, theirs in comparison.take.items():
        decision = policy.decide(row, name)
        if decision is not None and decision.choice is not Choice.THEIRS:
            settled[name] = theirs
            _choose(take, name, theirs, decision)
    for conflict in comparison.conflicts:
        decision = policy.decide(row, conflict.field) or _RESOLVED.get(policy.resolve)
        if decision is None:
            held.append(conflict)
        else:
            settled[conflict.field] = conflict.theirs
            _choose(take, conflict.field, conflict.theirs, decision)
    return Comparison(take, comparison.agreed, tuple(held), settled)


_RESOLVED = {Resolve.OURS: FieldDecision(Choice.OURS), Resolve.THEIRS: FieldDecision(Choice.THEIRS)}


def _choose(take: dict[str, Value], name: str, theirs: Value, decision: FieldDecision) -> None:
    """Take theirs or the other value, or leave the desk's own."""
    if decision.choice is Choice.OURS:
        take.pop(name, None)
    else:
        take[name] = theirs if decision.choice is Choice.THEIRS else decision.value


def _state(
    row: IncomingRow, comparison: Comparison, conflicts: tuple[Conflict, ...], *, new: bool, withheld: bool
) -> RowState:
    if conflicts:
        return RowState.CONFLICTING
    if new:
        return RowState.NEW
    if row.answer is StillYours.ENDED and (comparison.take or withheld):
        return RowState.ENDED
    if comparison.take:
        return RowState.CHANGED
    return RowState.UNREADABLE if withheld else RowState.UNCHANGED


def _withheld(findings: Iterable[Finding]) -> set[str]:
    """Return the fields whose returned values may not be used."""
    return {name for finding in findings for name in finding.withholds}


def _without(comparison: Comparison, withheld: set[str]) -> Comparison:
    """Return a comparison that takes nothing of these fields and holds none of them for settled."""
    if not withheld & (comparison.take.keys() | comparison.settled.keys()):
        return comparison
    take, settled = (
        {name: value for name, value in of.items() if name not in withheld}
        for of in (comparison.take, comparison.settled)
    )
    return replace(comparison, take=take, settled=settled)


def _blank_findings(definition: RecordDefinition, row: IncomingRow, sent: Values, policy: Policy) -> list[Finding]:
    """Ask for the required fields that are blank, where that is asked at all."""
    blank = _blank_required(definition, row) if policy.check_blanks else []
    return [_required(definition, row, blank, sent, policy)] if blank else []


def _row_findings(definition: RecordDefinition, row: IncomingRow, would_be: Values, policy: Policy) -> list[Finding]:
    """Check the record as it would stand, with what may be taken of the row and what the desk holds otherwise."""
    findings = []
    for rule in definition.rules:
        findings += [_fault_finding(row, fault) for fault in rule(would_be) if _speaks(row, fault, policy)]
    if row.answer is StillYours.ENDED and "end" in row.place.columns:
        findings += _ending(row, policy)
    if row.answer is StillYours.NOT_OURS:
        findings.append(_finding("not_ours", row, ()))
    return findings


def _ending(row: IncomingRow, policy: Policy) -> Iterator[Finding]:
    """Ask for the day on which a row that has ended did so; the date that was sent is no answer if left as it was."""
    end = row.values.get("end")
    if not end and all(finding.field != "end" for finding in row.findings):
        yield _finding("ended_without_date", row, ("end",))
    elif isinstance(end, date) and policy.ended_by is not None and end > policy.ended_by:
        yield _finding("ended_later", row, ("end",), {"end": date_text(end)})


def _speaks(row: IncomingRow, fault: Fault, policy: Policy) -> bool:
    """Whether a fault is worth saying: where blanks are not asked about, one that is only a blank is not."""
    return policy.check_blanks or any(_filled(row, name) for name in fault.fields)


def _blank_required(definition: RecordDefinition, row: IncomingRow) -> list[Field]:
    """Return the required fields whose cells were left blank; one that could not be read is no blank."""
    values, columns = row.values, row.place.columns
    if all(map(values.get, definition.required_names)):
        return []  # as in most rows
    blank = [
        item
        for item in definition.required
        if not (told := values.get(item.name)) and told in _BLANKS and item.name in columns
    ]
    spoken = {finding.field for finding in row.findings} if blank else ()
    return [item for item in blank if item.name not in spoken]


def _filled(row: IncomingRow, name: str) -> bool:
    return row.values.get(name) not in _BLANKS


def _required(
    definition: RecordDefinition, row: IncomingRow, blank: list[Field], sent: Values, policy: Policy
) -> Finding:
    """One finding for all blanks of a row: they are one piece of work."""
    labels = [plain_label(item) for item in blank]
    said = listed(labels)
    last = sent.get(blank[0].name) if len(blank) == 1 else None
    words = {
        "fields": said[:1].upper() + said[1:],
        "verb": "is" if len(blank) == 1 else "are",
        "last": f"; it was {policy.show(blank[0], last)} when sent" if last not in (None, ()) else "",
    }
    names = tuple(item.name for item in blank)
    cleared = tuple(name for name in names if name in row.values)
    return _finding("required", row, names, words, withholds=cleared)


def plain_label(item: Field) -> str:
    """Return a field's label inside a sentence: without its unit, small letters but for abbreviations."""
    label = item.label.split(" (")[0]
    return label if label.isupper() or label[:2].isupper() else label[:1].lower() + label[1:]


def _fault_finding(row: IncomingRow, fault: Fault) -> Finding:
    must_fix = RULES[fault.rule].grade is Grade.MUST_FIX
    changed = tuple(name for name in fault.fields if name in row.values)
    return _finding(fault.rule, row, fault.fields, fault.words, withholds=changed if must_fix else ())


def _finding(
    rule: str,
    row: IncomingRow,
    names: tuple[str, ...],
    words: Mapping[str, str] | None = None,
    withholds: tuple[str, ...] | None = None,
) -> Finding:
    """Place a rule's sentence in the cells of a row."""
    cells = tuple(row.cell(name) for name in names) or (row.cell(""),)
    return Finding(
        rule,
        sentence(rule, **(words or {})),
        cells,
        kind=row.kind,
        uid=row.uid or "",
        field=names[0] if names else "",
        value="; ".join(str(row.values.get(name)) for name in names),
        withholds=withholds or (),
    )


def _conflict_finding(definition: RecordDefinition, row: IncomingRow, conflict: Conflict, policy: Policy) -> Finding:
    item = definition[conflict.field]
    words = {
        "label": item.label,
        "sent": _worded(item, conflict.base, policy),
        "returned": _worded(item, conflict.theirs, policy),
        "now": _worded(item, conflict.ours, policy),
    }
    found = _finding("conflict", row, (conflict.field,), words, withholds=(conflict.field,))
    return replace(found, message=policy.conflict.format(**words))


def _worded(item: Field, value: Value, policy: Policy) -> str:
    return policy.show(item, value) or "empty"


def _jumps(
    definition: RecordDefinition, row: IncomingRow, comparison: Comparison, sent: Values, policy: Policy
) -> list[Finding]:
    """Ask about sums that moved by more than the team's share since they were sent."""
    findings = []
    for name, after in comparison.take.items():
        item, before = definition[name], sent.get(name)
        if item.kind is not Kind.MONEY or not isinstance(before, int) or not isinstance(after, int) or not before:
            continue
        share = round(abs(after - before) * 100 / before)
        if share > policy.variance_percent:
            words = {
                "label": item.label.split(" (")[0],
                "share": f"{share:,}%",
                "direction": "higher" if after > before else "lower",
                "before": money_text(before),
                "after": money_text(after),
            }
            findings.append(_finding("value_jump", row, (name,), words))
    return findings
