"""The steps of a scenario as people write them, a step a line, and in words."""

import re
from collections.abc import Iterable

from ctdesk.domain.errors import DeskError
from ctdesk.domain.money import money_text, read_money
from ctdesk.domain.reading import Doubtful, Unreadable
from ctdesk.domain.scenario import Goal, Step
from ctdesk.services.desk import Desk

EXAMPLES = (
    "end CS-001",
    "reduce CS-002 by 10,000",
    "move CS-003 to Prevention",
    "move 5,000 of CS-003 to Prevention, Universal",
    "add 20,000 to Prevention as Street work by NHS",
)
"""How each step is written."""

HELP = "; ".join(EXAMPLES)

_END = re.compile(r"end\s+(?P<which>.+)$", re.IGNORECASE)
_REDUCE = re.compile(r"reduce\s+(?P<which>.+?)\s+by\s+(?P<amount>\S+)$", re.IGNORECASE)
_MOVE = re.compile(r"move\s+(?:(?P<amount>£?[\d,.]+[km]?)\s+of\s+)?(?P<which>.+?)\s+to\s+(?P<to>.+)$", re.IGNORECASE)
_ADD = re.compile(r"add\s+(?P<amount>\S+)\s+to\s+(?P<to>.+?)(?:\s+as\s+(?P<title>.+))?$", re.IGNORECASE)

_GOALS = ("purpose", "tier", "outcome")
"""The lists whose words money may be moved to, in the order in which a word is looked for."""


def read_steps(desk: Desk, typed: Iterable[str]) -> list[Step]:
    """Return the steps of lines like those of `EXAMPLES`; blank lines are passed over.

    Raises DeskError naming the line that cannot be read.
    """
    return [_step(desk, " ".join(line.split())) for line in typed if line.strip()]


def _step(desk: Desk, text: str) -> Step:
    if found := _END.match(text):
        return Step("end", _uid(desk, found["which"]))
    if found := _REDUCE.match(text):
        return Step("reduce", _uid(desk, found["which"]), _pence(text, found["amount"]))
    if found := _MOVE.match(text):
        amount = _pence(text, found["amount"]) if found["amount"] else None
        return Step("move", _uid(desk, found["which"]), amount, _goal(desk, text, found["to"]))
    if found := _ADD.match(text):
        amount, goal = _pence(text, found["amount"]), _goal(desk, text, found["to"])
        return Step("add", "", amount, goal, *_titled(desk, found["title"] or "Something new"))
    raise DeskError(f"“{text}” is no step of a scenario; write it like one of these: {HELP}.")


def _uid(desk: Desk, which: str) -> str:
    return desk.find("activity", which)[0]


def _pence(text: str, amount: str) -> int:
    try:
        pence = read_money(amount)
    except (Unreadable, Doubtful) as fault:
        raise DeskError(f"“{text}”: “{amount}” {fault}.") from fault
    if pence <= 0:
        raise DeskError(f"“{text}”: “{amount}” is not more than nothing; use reduce or add with the sum itself.")
    return pence


def _goal(desk: Desk, text: str, typed: str) -> Goal:
    """Return the goal of a purpose, tier and outcome, or some of them, with commas between; labels may hold commas."""
    whole = _word(desk, typed)
    found = [whole] if whole else [_word(desk, part) for part in typed.split(",")]
    goal = dict(word for word in found if word)
    if None in found or len(goal) < len(found):
        known = ", ".join(entry.label for name in _GOALS for entry in desk.lists.offered(name))
        raise DeskError(f"“{text}”: “{typed}” is no purpose, tier or outcome, one of each at most; there are {known}.")
    return Goal(**goal)


def _word(desk: Desk, typed: str) -> tuple[str, str] | None:
    for name in _GOALS:
        code = desk.lists.find(name, typed.strip())
        if code is not None:
            return name, desk.lists.label(name, code)
    return None


def _titled(desk: Desk, typed: str) -> tuple[str, str, str]:
    """Return title, agency and its uid; what stands after *by* and is no agency belongs to the title."""
    title, by, name = typed.rpartition(" by ")
    uid = desk.names["organisation"].find(name) if by else None
    if uid is None or not desk.organisations.get(uid, {}).get("is_agency"):
        return typed, "", ""
    return title, desk.names["organisation"].name(uid), uid


def step_words(desk: Desk, step: Step) -> str:
    """Return a step in words."""
    what = "all of it" if step.amount is None else money_text(step.amount)
    match step.kind:
        case "add":
            by = f", by {step.agency}" if step.agency else ""
            return f"Add {what} to {step.to}: {step.title}{by}"
        case "end":
            return f"End {_called(desk, step.uid)}"
        case "reduce":
            return f"Reduce {_called(desk, step.uid)} by {what}"
    return f"Move {what} of {_called(desk, step.uid)} to {step.to}"


def _called(desk: Desk, uid: str) -> str:
    values = desk.load_some("activity", [uid]).get(uid, {})
    return f"{values.get('reference') or ''} {values.get('title') or ''}".strip() or "an activity that is gone"
