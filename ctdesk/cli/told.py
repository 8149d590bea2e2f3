"""The outcome of a return or a register in words, as the officer reads it in the terminal."""

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from ctdesk.cli.speech import say, say_table
from ctdesk.domain.changes import Operation
from ctdesk.domain.counting import counted
from ctdesk.domain.definition import DEFINITIONS
from ctdesk.domain.findings import Finding, Grade
from ctdesk.domain.money import money_text
from ctdesk.domain.values import show
from ctdesk.services.desk import Desk
from ctdesk.services.naming import called
from ctdesk.services.receipt import Receipt

if TYPE_CHECKING:
    from ctdesk.returns.adoption import Register
    from ctdesk.services.past import Undone

_MOST = 40
"""Lines of a list shown before the rest is only counted; --json has them all."""


def tell_receipt(desk: Desk, receipt: Receipt, *, applying: bool) -> None:
    """Say whose return it is, what it changes, what is asked, and what was done."""
    before = " It has been taken in before." if receipt.seen_before else ""
    say(f"{receipt.path.name}: {receipt.agency}, {receipt.round}.{before}")
    _tell_counts(receipt)
    said = "Value over the term" if "agreement" in receipt.reviews else "Money a year"
    say(f"{said}: {money_text(receipt.money_before)} before, {money_text(receipt.money_after)} after.")
    _tell_changes(desk, receipt)
    _tell_findings(receipt.findings)
    say(*receipt.notes)
    if receipt.applied:
        say(f"Everything clean is applied (change set {receipt.change_set}); undo takes it back.")
    elif not applying:
        say("Nothing was altered; add --apply to put in what is clean.")
    if receipt.hand_back:
        say(f"To hand back: {receipt.hand_back}")


def _tell_counts(receipt: Receipt) -> None:
    counts = {kind: receipt.counts(kind) for kind in receipt.reviews}
    columns = list(next(iter(counts.values()), {}))
    rows = [[DEFINITIONS[kind].plural, *(str(count[c]) for c in columns)] for kind, count in counts.items()]
    say_table(["Rows", *columns], rows)


def _tell_changes(desk: Desk, receipt: Receipt) -> None:
    lines = []
    for change in receipt.changes:
        definition = DEFINITIONS[change.kind]
        called = receipt.reference(change.uid)
        if change.operation is Operation.CREATE:
            lines.append([called, "new", "", str(change.after.get(definition.title) or "")])
            continue
        for name, after in change.after.items():
            field = definition[name]
            old = show(field, change.before.get(name), desk.lists, receipt.names)
            lines.append([called, field.label, old, show(field, after, desk.lists, receipt.names) or "(empty)"])
    if lines:
        say_table(["Record", "Field", "Before", "After"], lines[:_MOST])
        _rest(len(lines))


def _tell_findings(findings: Sequence[Finding]) -> None:
    for grade in Grade:
        of_grade = [finding for finding in findings if finding.grade is grade]
        if of_grade:
            say(f"{grade.capitalize()}: {len(of_grade)}")
        for finding in of_grade[:_MOST]:
            where = f"{finding.cells[0]}: " if finding.cells else ""
            say(f"  {where}{finding.message}")
        _rest(len(of_grade))


def undone_words(desk: Desk, undone: "Undone") -> Iterator[str]:
    """Yield what undoing a step came to, and each field that was altered since and so stays."""
    if undone.records:
        yield f"Step {undone.line.number} is undone in {counted(undone.records, 'record')}."
    else:
        yield f"Step {undone.line.number} stays: all that it did has been altered since."
    for conflict in undone.conflicts:
        definition = DEFINITIONS[conflict.kind]
        values = desk.load_some(conflict.kind, [conflict.uid]).get(conflict.uid, {})
        name = called(desk, conflict.kind, values) if values else conflict.uid
        field = definition.by_name.get(conflict.field or "")
        stays = f", {field.label} stays “{desk.show(field, conflict.now)}”" if field else " stays"
        yield f"  {definition.label} {name}{stays}: {conflict.reason}."


def _rest(count: int) -> None:
    if count > _MOST:
        say(f"  … and {count - _MOST} more; --json lists them all.")


def tell_register(register: "Register") -> None:
    """Say how a register was read: the sheet, each column, and the rows that are no data."""
    say(f"Sheet {register.sheet or '(the only one)'}, headings in row {register.header_row}:")
    say_table(
        ["Column", "Read as", "Sure", "Why"],
        [
            [p.heading, p.field or "(not used)", f"{p.confidence:.0%}" if p.field else "", p.why]
            for p in register.proposals
        ],
    )
    for reason, count in Counter(row.reason for row in register.skipped).items():
        say(f"{counted(count, 'row')} not read: {reason}")
