"""Scenarios as people write them, a step a line: compared side by side, and turned into intentions if wanted."""

import re
from collections.abc import Callable, Iterable, Sequence

from ctdesk.analysis.scenario import after_steps, compare
from ctdesk.domain.changes import Action, ChangeSet, present, updated
from ctdesk.domain.errors import DeskError
from ctdesk.domain.figure_table import Figure, FigureTable, Head, total_row
from ctdesk.domain.money import money_text, read_money
from ctdesk.domain.reading import Doubtful, Unreadable
from ctdesk.domain.scenario import Step
from ctdesk.domain.service_lines import ServiceLine
from ctdesk.services.desk import Desk
from ctdesk.services.service_lines import service_lines

HELP = "end CS-001; reduce CS-002 by 10,000; move CS-003 to Prevention; move 5,000 of CS-003 to Prevention; add 20,000 to Prevention as Street work"  # noqa: E501 - one example of each step
"""How each step is written."""

_END = re.compile(r"end\s+(?P<which>.+)$", re.IGNORECASE)
_REDUCE = re.compile(r"reduce\s+(?P<which>.+?)\s+by\s+(?P<amount>\S+)$", re.IGNORECASE)
_MOVE = re.compile(r"move\s+(?:(?P<amount>£?[\d,.]+[km]?)\s+of\s+)?(?P<which>.+?)\s+to\s+(?P<to>.+)$", re.IGNORECASE)
_ADD = re.compile(r"add\s+(?P<amount>\S+)\s+to\s+(?P<to>.+?)(?:\s+as\s+(?P<title>.+))?$", re.IGNORECASE)

_INTENTIONS = {"end": "decommission", "reduce": "vary", "move": "vary"}
"""What each step becomes as an intention, by the codes of the lists the desk brings along."""


def read_steps(desk: Desk, typed: Iterable[str]) -> list[Step]:
    """Return the steps of lines like those of `HELP`; blank lines are passed over.

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
        return Step("move", _uid(desk, found["which"]), amount, _purpose(desk, text, found["to"]))
    if found := _ADD.match(text):
        title = found["title"] or "Something new"
        return Step("add", "", _pence(text, found["amount"]), _purpose(desk, text, found["to"]), title)
    raise DeskError(f"“{text}” is no step of a scenario; write it like one of these: {HELP}.")


def _uid(desk: Desk, which: str) -> str:
    return desk.find("activity", which)[0]


def _pence(text: str, amount: str) -> int:
    try:
        return read_money(amount)
    except (Unreadable, Doubtful) as fault:
        raise DeskError(f"“{text}”: “{amount}” {fault}.") from fault


def _purpose(desk: Desk, text: str, typed: str) -> str:
    code = desk.lists.find("purpose", typed)
    if code is None:
        known = ", ".join(entry.label for entry in desk.lists.offered("purpose"))
        raise DeskError(f"“{text}”: there is no purpose “{typed}”; there are {known}.")
    return desk.lists.label("purpose", code)


def scenario_tables(desk: Desk, steps: Sequence[Step]) -> list[FigureTable]:
    """Return what is and what would be, by purpose, tier and agency, and the steps themselves."""
    before = service_lines(desk)
    after = after_steps(before, steps)
    purposes, tiers = ([entry.label for entry in desk.lists.offered(name)] for name in ("purpose", "tier"))
    ways: tuple[tuple[str, str, Callable[[ServiceLine], str], list[str]], ...] = (
        ("Purpose, before and after", "Purpose", lambda line: line.purpose, purposes),
        ("Tier, before and after", "Tier", lambda line: line.tier, tiers),
        ("Agency, before and after", "Agency", lambda line: line.agency, []),
    )
    tables = []
    for title, head, name, order in ways:
        heads = [Head(head), *(Head(it, Figure.MONEY, adds=True) for it in ("Before", "After", "Change"))]
        found = compare(before, after, name, order)
        rows = [(it.name or "Not given", it.before, it.after, it.change) for it in found]
        tables.append(FigureTable(title, heads, rows, total_row(heads, rows)))
    return [*tables, _steps_table(desk, steps)]


def _steps_table(desk: Desk, steps: Sequence[Step]) -> FigureTable:
    heads = [Head("Step"), Head("In words")]
    rows = [(str(number), step_words(desk, step)) for number, step in enumerate(steps, start=1)]
    return FigureTable("Steps", heads, rows)


def step_words(desk: Desk, step: Step) -> str:
    """Return a step in words."""
    what = "all of it" if step.amount is None else money_text(step.amount)
    match step.kind:
        case "add":
            return f"Add {what} to {step.to}: {step.title}"
        case "end":
            return f"End {_called(desk, step.uid)}"
        case "reduce":
            return f"Reduce {_called(desk, step.uid)} by {what}"
    return f"Move {what} of {_called(desk, step.uid)} to {step.to}"


def _called(desk: Desk, uid: str) -> str:
    values = desk.load_some("activity", [uid]).get(uid, {})
    return f"{values.get('reference') or ''} {values.get('title') or ''}".strip() or "an activity that is gone"


def turn_into_intentions(desk: Desk, steps: Sequence[Step]) -> ChangeSet | None:
    """Write the steps down as intentions of their activities, each with its reason; None if they are so already.

    What is added has no activity yet and is left out. Raises DeskError if the lists lack an intention.
    """
    words: dict[str, list[str]] = {}
    codes: dict[str, str] = {}
    for step in steps:
        if step.uid:
            words.setdefault(step.uid, []).append(step_words(desk, step))
            ending = codes.get(step.uid) == _INTENTIONS["end"]
            codes[step.uid] = codes[step.uid] if ending else _intention(desk, step)
    held = desk.load_some("activity", words)
    changes = present(
        updated("activity", uid, held[uid], {"intention": codes[uid], "intention_reason": "; ".join(said)})
        for uid, said in words.items()
        if uid in held
    )
    return desk.apply(Action.EDIT, "Turn a scenario into intentions", changes) if changes else None


def _intention(desk: Desk, step: Step) -> str:
    code = _INTENTIONS[step.kind]
    if not desk.lists.has("intention", code):
        raise DeskError(f"The list of intentions has no entry “{code}”; add it in the settings, or write it by hand.")
    return code
