"""Findings about a return as a whole: rows nobody confirmed, rows that did not come back, sums that do not add up."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date

from ctdesk.domain.changes import RecordChange
from ctdesk.domain.counting import counted
from ctdesk.domain.dates import financial_year
from ctdesk.domain.definition import Value
from ctdesk.domain.findings import Finding, sentence
from ctdesk.domain.incoming import SentRow, StillYours
from ctdesk.domain.money import money_text
from ctdesk.domain.review import Review, RowState

Records = Mapping[str, Mapping[str, Mapping[str, Value]]]
"""Records by kind and uid."""


def whole_return_findings(
    reviews: Mapping[str, Review], changes: Sequence[RecordChange], ours: Records, due: date, *, read: Collection[str]
) -> list[Finding]:
    """Return what is odd about the return as a whole; rows of kinds that were not *read* are not missed one by one."""
    findings = []
    for kind, review in reviews.items():
        findings += _not_confirmed(review)
        findings += [_missing(review, sent) for sent in review.missing if kind in read]
    if "activity" in reviews:
        return findings + _funding_sums(reviews, changes, ours, financial_year(due))
    return findings


def _not_confirmed(review: Review) -> list[Finding]:
    rows = [
        outcome.row
        for outcome in review.outcomes
        if outcome.row.answer is StillYours.UNSAID
        and outcome.state is RowState.UNCHANGED
        and all(finding.rule != "unknown_answer" for finding in outcome.findings)
    ]
    if not rows:
        return []
    words = sentence("not_confirmed", count=counted(len(rows), "row"))
    return [Finding("not_confirmed", words, tuple(row.cell("") for row in rows), kind=review.definition.kind)]


def _missing(review: Review, sent: SentRow) -> Finding:
    definition = review.definition
    title = str(sent.values.get(definition.title) or definition.label)
    reference = sent.values.get(definition.reference)
    name = f"{title} ({reference})" if reference and reference != title else title
    return Finding("missing_row", sentence("missing_row", name=name), kind=sent.kind, uid=sent.uid, name=title)


def _funding_sums(
    reviews: Mapping[str, Review], changes: Sequence[RecordChange], ours: Records, year: str
) -> list[Finding]:
    """Compare each activity's funding lines of the round's year with its annual value, as both would stand."""
    after = {change.uid: change.after for change in changes}
    lines = _after("funding_line", changes, ours)
    totals: dict[str, int] = {}
    for line in lines.values():
        amount = line.get("amount")
        if line.get("year") == year and isinstance(amount, int):
            totals[str(line.get("activity"))] = totals.get(str(line.get("activity")), 0) + amount
    cells = {o.uid: o.row.cell("annual_value") for o in reviews["activity"].outcomes}
    findings = []
    for uid, total in totals.items():
        value = {**ours["activity"].get(uid, {}), **after.get(uid, {})}.get("annual_value")
        if isinstance(value, int) and value != total and uid in cells:
            words = {"year": year, "total": money_text(total), "value": money_text(value)}
            findings.append(
                Finding(
                    "funding_sum",
                    sentence("funding_sum", **words),
                    (cells[uid],),
                    kind="activity",
                    uid=uid,
                    field="annual_value",
                    value=f"{total}; {value}",
                )
            )
    return findings


def _after(kind: str, changes: Sequence[RecordChange], ours: Records) -> dict[str, Mapping[str, Value]]:
    """Return the records of a kind as they would stand after the changes."""
    records: dict[str, Mapping[str, Value]] = dict(ours[kind])
    for change in changes:
        if change.kind == kind:
            records[change.uid] = {**records.get(change.uid, {}), **change.after}
    return records
