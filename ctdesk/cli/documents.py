"""The JSON documents of the command line: money in pence, dates ISO, names instead of uids."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from ctdesk.domain.changes import RecordChange
from ctdesk.domain.definition import DEFINITIONS, Value
from ctdesk.domain.findings import Finding
from ctdesk.domain.values import export
from ctdesk.services.desk import Desk
from ctdesk.services.receipt import HeldConflict, Receipt

if TYPE_CHECKING:
    from ctdesk.db.history import ChangeSetLine
    from ctdesk.returns.adoption import Register
    from ctdesk.services.sending import SentRequest


def sent_document(item: "SentRequest") -> dict[str, object]:
    """Return what was written for one request; of monitoring with the agreement it is about."""
    about = {"agreement": item.request.agreement} if item.request.agreement else {}
    return {
        "agency": item.request.agency,
        **about,
        "workbook": str(item.workbook),
        "message": str(item.message),
        "chaser": str(item.chaser),
        "rows": item.rows,
        "issue": item.request.issue + 1,
    }


def receipt_document(desk: Desk, receipt: Receipt) -> dict[str, object]:
    """Return what came of one returned workbook."""
    return {
        "file": str(receipt.path),
        "round": receipt.round,
        "agency": receipt.agency,
        "form_version": receipt.form_version,
        "rows": {kind: receipt.counts(kind) for kind in receipt.reviews},
        "changes": [row for change in receipt.changes for row in _fields(desk, receipt, change)],
        "conflicts": [_conflict(desk, receipt, conflict) for conflict in receipt.conflicts],
        "findings": [_finding(finding) for finding in receipt.findings],
        "money": {"before": receipt.money_before, "after": receipt.money_after},
        "applied": receipt.applied,
        "change_set": receipt.change_set,
        "hand_back": str(receipt.hand_back) if receipt.hand_back else None,
    }


def adoption_document(desk: Desk, receipt: Receipt, register: "Register") -> dict[str, object]:
    """Return what came of one register, and how its columns were read."""
    document = receipt_document(desk, receipt)
    return document | {
        "sheet": register.sheet,
        "header_row": register.header_row,
        "columns": [
            {"heading": p.heading, "field": p.field, "confidence": p.confidence, "why": p.why}
            for p in register.proposals
        ],
        "skipped": [{"row": row.number, "reason": row.reason} for row in register.skipped],
    }


def _fields(desk: Desk, receipt: Receipt, change: RecordChange) -> Iterator[dict[str, object]]:
    for name, after in change.after.items():
        yield {
            "kind": change.kind,
            "uid": change.uid,
            "reference": receipt.reference(change.uid),
            "field": name,
            "before": _exported(desk, receipt, change.kind, name, change.before.get(name)),
            "after": _exported(desk, receipt, change.kind, name, after),
        }


def _conflict(desk: Desk, receipt: Receipt, held: HeldConflict) -> dict[str, object]:
    field = held.conflict.field
    return {
        "kind": held.kind,
        "uid": held.uid,
        "reference": held.reference,
        "field": field,
        "sent": _exported(desk, receipt, held.kind, field, held.conflict.base),
        "returned": _exported(desk, receipt, held.kind, field, held.conflict.theirs),
        "now": _exported(desk, receipt, held.kind, field, held.conflict.ours),
    }


def _exported(desk: Desk, receipt: Receipt, kind: str, name: str, value: Value) -> object:
    return export(DEFINITIONS[kind][name], value, desk.lists, receipt.names)


def _finding(finding: Finding) -> dict[str, object]:
    return {
        "grade": finding.grade.value,
        "rule": finding.rule,
        "message": finding.message,
        "cells": [*finding.cells],
    }


def step_document(line: "ChangeSetLine") -> dict[str, object]:
    """Return one step of the history."""
    return {
        "change_set": line.uid,
        "number": line.number,
        "action": line.action,
        "title": line.title,
        "who": line.who,
        "when": line.when.isoformat(),
        "why": line.why,
        "records": line.records,
        "undoes": line.undoes,
        "undone_by": line.undone_by,
    }
