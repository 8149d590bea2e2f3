"""The team's word on pairs of activities: overlaps that are intended, and money that two partners report."""

from datetime import UTC, datetime

from ctdesk.domain.changes import Action, ChangeSet, RecordChange, created, deleted, present, updated
from ctdesk.domain.definition import Value
from ctdesk.domain.errors import DeskError
from ctdesk.domain.records.mapping import Question, Verdict
from ctdesk.services.desk import Desk

Pair = frozenset[str]


def intended_overlaps(desk: Desk) -> dict[Pair, str]:
    """Return the overlaps that are meant to be, each with its reason."""
    held = desk.load("mark", question=Question.OVERLAP.value, verdict=Verdict.INTENDED.value).values()
    return {frozenset((str(it["first"]), str(it["second"]))): str(it["reason"] or "") for it in held}


def settled_money(desk: Desk) -> dict[tuple[str, str], Verdict]:
    """Return the pairs of activities, payer and partner, of which the team has said whether they are the same money."""
    held = desk.load("mark", question=Question.PASSED_ON.value).values()
    return {(str(it["first"]), str(it["second"])): Verdict(str(it["verdict"])) for it in held}


def mark_intended(desk: Desk, first: str, second: str, reason: str) -> ChangeSet | None:
    """Say that an overlap is intended and why, so that it does not come back; DeskError without a reason."""
    if not reason.strip():
        raise DeskError("Say why the overlap is intended; the reason stands beside it from now on.")
    return _mark(desk, Question.OVERLAP, Verdict.INTENDED, (first, second), reason.strip())


def mark_money(desk: Desk, payer: str, partner: str, *, same: bool, reason: str = "") -> ChangeSet | None:
    """Say whether what one partner pays another is the money that the other reports; the same is counted once."""
    verdict = Verdict.SAME_MONEY if same else Verdict.DIFFERENT
    return _mark(desk, Question.PASSED_ON, verdict, (payer, partner), reason.strip())


def unmark(desk: Desk, question: Question, first: str, second: str) -> ChangeSet | None:
    """Take back what was said of a pair; None if nothing was."""
    held = _held(desk, question, (first, second))
    changes = [deleted("mark", uid, values) for uid, values in held.items()]
    return (
        desk.apply(Action.EDIT, f"Take back the mark on {_titles(desk, first, second)}", changes) if changes else None
    )


def _mark(desk: Desk, question: Question, verdict: Verdict, pair: tuple[str, str], reason: str) -> ChangeSet | None:
    when = datetime.now(UTC).replace(microsecond=0)
    said = {"verdict": verdict.value, "reason": reason or None, "who": desk.who, "marked_on": when}
    held = _held(desk, question, pair)
    changes: list[RecordChange | None] = [updated("mark", uid, values, said) for uid, values in held.items()]
    if not held:
        changes = [created("mark", {"question": question.value, "first": pair[0], "second": pair[1], **said})]
    changing = present(changes)
    if not changing:
        return None
    what = {Verdict.INTENDED: "intended overlap", Verdict.SAME_MONEY: "the same money"}.get(verdict, "different money")
    return desk.apply(Action.EDIT, f"{_titles(desk, *pair)}: {what}", changing, why=reason)


def _held(desk: Desk, question: Question, pair: tuple[str, str]) -> dict[str, dict[str, Value]]:
    found = desk.load("mark", question=question.value)
    return {uid: it for uid, it in found.items() if {it["first"], it["second"]} == set(pair)}


def _titles(desk: Desk, first: str, second: str) -> str:
    held = desk.load_some("activity", [first, second])
    if len(held) < 2:
        raise DeskError("One of the two activities has been deleted meanwhile; look at the list again.")
    return " and ".join(str(held[uid]["reference"] or held[uid]["title"] or uid) for uid in (first, second))
