"""Findings kept with a request until they are answered: what is new, what has been settled, what was explained."""

from collections.abc import Collection, Iterable, Mapping

from ctdesk.domain.changes import RecordChange, created, present, updated
from ctdesk.domain.definition import DEFINITIONS, Value
from ctdesk.domain.findings import Finding, can_be_explained
from ctdesk.returns.answers import Answer
from ctdesk.services.desk import Desk
from ctdesk.services.receipt import ASKED

_STAYS = "value_jump"
"""The rule whose finding does not come again once the value is taken, and which must be answered all the same."""

Question = tuple[str, str, str, str]
"""What was asked: the rule, the record's uid, the field, and the value it was asked about."""


def part_explained(
    desk: Desk, findings: Iterable[Finding], answers: Collection[Question]
) -> tuple[list[Finding], list[tuple[Finding, str]]]:
    """Return the findings still to be asked about, and those explained before, in whatever round, with what was said.

    `answers` are the questions explained just now; they are in neither.
    """
    before = {_question(kept): str(text) for kept in desk.load("finding").values() if (text := kept.get("explanation"))}
    asked, carried = [], []
    for finding in findings:
        question = question_of(finding) if can_be_explained(finding.rule) else None
        if question in answers:
            continue
        if question in before:
            carried.append((finding, before[question]))
        else:
            asked.append(finding)
    return asked, carried


def _question(values: Mapping[str, Value]) -> Question:
    return (
        str(values.get("rule") or ""),
        str(values.get("about") or ""),
        str(values.get("field") or ""),
        str(values.get("value") or ""),
    )


def question_of(finding: Finding) -> Question:
    """Return the question that a finding asks."""
    return _question(_values(finding))


def keep_explanations(desk: Desk, explained_now: Iterable[tuple[Finding, str]], **source: Value) -> list[RecordChange]:
    """Return the keeping of explanations that a person took down, so that the same is not asked again.

    Questions that are kept open already are closed by `settle_findings`.
    """
    kept = {_topic(values) for values in open_findings(desk, **source).values()}
    told: dict[tuple[Value, ...], dict[str, Value]] = {}
    for finding, text in explained_now:
        values = {**_values(finding), **source, "answered": True, "explanation": text}
        if _topic(values) not in kept:
            told.setdefault(_topic(values), values)
    return [created("finding", values) for values in told.values()]


def open_findings(desk: Desk, **where: Value) -> dict[str, dict[str, Value]]:
    """Return the kept findings that still wait for an answer."""
    return {uid: kept for uid, kept in desk.load("finding", **where).items() if not kept.get("answered")}


def answers_given(desk: Desk, request: str, answers: Iterable[Answer]) -> dict[Question, str]:
    """Return what an agency's answers say to the questions still open, each known by its words and its record."""
    told = {(answer.message, answer.name): answer.text for answer in answers}
    given = {}
    for kept in open_findings(desk, request=request).values() if told else ():
        text = told.get((str(kept["message"]), _name(desk, kept)))
        if text is not None:
            given[_question(kept)] = text
    return given


def _name(desk: Desk, kept: Mapping[str, Value]) -> str:
    """Return what the record of a finding is called."""
    kind, uid = kept.get("about_kind"), kept.get("about")
    if not kind or not uid:
        return ""
    values = desk.load(str(kind)).get(str(uid), {})
    return str(values.get(DEFINITIONS[str(kind)].title) or "")


def settle_findings(
    desk: Desk, findings: Iterable[Finding], answers: Mapping[Question, str], **source: Value
) -> list[RecordChange]:
    """Return what keeping these findings changes: new ones are kept, answered ones closed, the rest stay.

    `source` is where they came from: a request, or an adopted register.
    """
    kept = open_findings(desk, **source)
    by_topic = {_topic(values): uid for uid, values in kept.items()}
    changes: list[RecordChange | None] = []
    still_open = set()
    for topic, values in _asked(findings, source).items():
        uid = by_topic.get(topic)
        if uid is None:
            changes.append(created("finding", values))
            continue
        still_open.add(uid)
        if kept[uid]["cells"] != values["cells"]:
            changes.append(updated("finding", uid, kept[uid], {**values, **_said(kept[uid], answers)}))
    for uid, values in kept.items():
        if uid not in still_open:
            changes.append(_closed(uid, values, answers))
    return list(present(changes))


def _closed(uid: str, values: Mapping[str, Value], answers: Mapping[Question, str]) -> RecordChange | None:
    """Close a question that was not raised again, unless it is one that only an explanation can close."""
    said = _said(values, answers)
    if values["rule"] == _STAYS and not said:
        return None
    return updated("finding", uid, values, {"answered": True, **said})


def _said(values: Mapping[str, Value], answers: Mapping[Question, str]) -> dict[str, Value]:
    text = answers.get(_question(values)) or values.get("explanation")
    return {"explanation": text} if text else {}


def _asked(findings: Iterable[Finding], source: Mapping[str, Value]) -> dict[tuple[Value, ...], dict[str, Value]]:
    """Return what is asked, each topic once with all its cells."""
    asked: dict[tuple[Value, ...], dict[str, Value]] = {}
    for finding in findings:
        if finding.grade not in ASKED:
            continue
        values = {**_values(finding), **source}
        first = asked.setdefault(_topic(values), values)
        if first is not values:
            first["cells"] = " ".join(filter(None, (str(first["cells"] or ""), " ".join(finding.cells)))) or None
    return asked


def _topic(values: Mapping[str, Value]) -> tuple[Value, ...]:
    """Return what makes two findings one: the rule, the field, and the record, or else the value or the words."""
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
