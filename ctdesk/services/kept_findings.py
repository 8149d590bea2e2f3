"""Findings kept with a request until they are answered: what is new, what has been settled, what was explained."""

from collections.abc import Iterable, Mapping

from ctdesk.domain.changes import RecordChange, created, present, updated
from ctdesk.domain.definition import Value
from ctdesk.domain.findings import Finding
from ctdesk.services.desk import Desk
from ctdesk.services.receipt import ASKED

_STAYS = "value_jump"
"""The rule whose finding does not come again once the value is taken, and which must be answered all the same."""


def explained(desk: Desk) -> frozenset[tuple[str, str, str, str]]:
    """Return the (rule, record, field, value) of every explanation given, so that it is not asked for twice."""
    return frozenset(
        (str(kept["rule"]), str(kept["about"] or ""), str(kept["field"] or ""), str(kept["value"] or ""))
        for kept in desk.load("finding").values()
        if kept.get("explanation")
    )


def open_findings(desk: Desk, **where: Value) -> dict[str, dict[str, Value]]:
    """Return the kept findings that still wait for an answer."""
    return {uid: kept for uid, kept in desk.load("finding", **where).items() if not kept.get("answered")}


def settle_findings(desk: Desk, findings: Iterable[Finding], **source: Value) -> list[RecordChange]:
    """Return what keeping these findings changes: new ones are kept, answered ones closed, the rest stay.

    `source` is where they came from: a request, or an adopted register.
    """
    kept = open_findings(desk, **source)
    by_question = {_question(values): uid for uid, values in kept.items()}
    changes: list[RecordChange | None] = []
    still_open = set()
    for question, values in _asked(findings, source).items():
        uid = by_question.get(question)
        if uid is None:
            changes.append(created("finding", values))
        else:
            still_open.add(uid)
            if kept[uid]["cells"] != values["cells"]:
                changes.append(updated("finding", uid, kept[uid], values))
    for uid, values in kept.items():
        if uid not in still_open and (values["rule"] != _STAYS or values.get("explanation")):
            changes.append(updated("finding", uid, values, {"answered": True}))
    return list(present(changes))


def _asked(findings: Iterable[Finding], source: Mapping[str, Value]) -> dict[tuple[Value, ...], dict[str, Value]]:
    """Return what is asked, each question once with all its cells."""
    asked: dict[tuple[Value, ...], dict[str, Value]] = {}
    for finding in findings:
        if finding.grade not in ASKED:
            continue
        values = _values(finding) | source
        first = asked.setdefault(_question(values), values)
        if first is not values:
            first["cells"] = " ".join(filter(None, (str(first["cells"] or ""), " ".join(finding.cells)))) or None
    return asked


def _question(values: Mapping[str, Value]) -> tuple[Value, ...]:
    """Return what makes two findings the same question."""
    about = values.get("about") or values.get("value") or values.get("message")
    return values.get("rule"), about, values.get("field")


def _values(finding: Finding) -> dict[str, Value]:
    return {
        "rule": finding.rule,
        "grade": finding.grade.value,
        "message": finding.message,
        "cells": " ".join(finding.cells) or None,
        "about_kind": finding.kind or None,
        "about": finding.uid or None,
        "field": finding.field or None,
        "value": finding.value or None,
    }
