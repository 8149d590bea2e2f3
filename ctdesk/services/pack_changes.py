"""What has changed since the last pack of a board was issued, by the figures that were kept with it."""

import json
from collections.abc import Mapping
from datetime import date

from ctdesk.db.totals import totals
from ctdesk.domain.contract_lines import ContractLine
from ctdesk.domain.contract_paper import public_lines
from ctdesk.domain.definition import Values
from ctdesk.domain.lifecycle import IN_FORCE, AgreementState
from ctdesk.domain.money import money_text
from ctdesk.domain.pack import Change, Changes
from ctdesk.domain.records.agreement_watch import FINISHED
from ctdesk.domain.rounding import nearest
from ctdesk.services.contracts import register
from ctdesk.services.desk import Desk
from ctdesk.services.intake import total_value
from ctdesk.services.kept_findings import open_findings
from ctdesk.services.published_services import unpublished

_MONEY = frozenset({"Annual value of activities", "Yearly value of agreements in force"})


def figures_now(desk: Desk, today: date) -> dict[str, int]:
    """Return the figures that boards follow from meeting to meeting, by their words; money in pence.

    Both editions give them, so what is not for publication is in none.
    """
    whole = totals(desk.workspace, "activity", ["annual_value"])
    hidden = desk.load_some("activity", unpublished(desk)).values()
    lines = register(desk, today)
    return {
        "Annual value of activities": sum(int(one.sums[0]) for one in whole) - total_value(hidden),
        "Activities": sum(one.count for one in whole) - len(hidden),
        "Posts": sum(one.count for one in totals(desk.workspace, "post")),
        "Agreements in force": sum(line.state in IN_FORCE for line in lines),
        "Yearly value of agreements in force": sum(
            line.life.annual_value or 0 for line in public_lines(lines) if line.state in IN_FORCE
        ),
        "Agreements that end soon": sum(line.state is AgreementState.ENDING for line in lines),
        "Agreements over-running": sum(line.state is AgreementState.OVER_RUNNING for line in lines),
        "Decisions whose day has passed": sum(_is_passed(line, today) for line in lines),
        **_actions(desk, today),
        "Questions open with agencies": len(open_findings(desk)),
    }


def _is_passed(line: ContractLine, today: date) -> bool:
    by = line.life.decide_by
    return line.state in IN_FORCE and by is not None and by.day < today


def _actions(desk: Desk, today: date) -> dict[str, int]:
    """Return how many actions are open, and how many of them late."""
    still = [
        values["due"]
        for values in desk.load_fields("action", "state", "due").values()
        if values["state"] not in FINISHED
    ]
    return {"Actions open": len(still), "Actions late": sum(isinstance(due, date) and due < today for due in still)}


def changes_since(desk: Desk, pack: Values, figures: Mapping[str, int]) -> Changes | None:
    """Return what has changed since the board's last issued pack; None where there is none before."""
    before = _last_before(desk, pack)
    if before is None:
        return None
    since, kept = before
    lines = [_change(words, now, int(kept[words])) for words, now in figures.items() if kept.get(words, now) != now]
    return Changes(since, lines, len(unpublished(desk)))


def _last_before(desk: Desk, pack: Values) -> tuple[date, dict[str, int]] | None:
    meetings = desk.load("board_meeting")
    own = meetings[str(pack["meeting"])]
    found: list[tuple[date, str]] = []
    for other in desk.load("pack").values():
        meeting = meetings[str(other["meeting"])]
        held = meeting["held_on"]
        if other["figures"] and meeting["board"] == own["board"] and isinstance(held, date) and held < _day(own):
            found.append((held, str(other["figures"])))
    if not found:
        return None
    since, kept = max(found)
    return since, json.loads(kept)


def _day(meeting: Values) -> date:
    held = meeting["held_on"]
    return held if isinstance(held, date) else date.max


def _change(words: str, now: int, was: int) -> Change:
    if words in _MONEY:
        return Change(words, money_text(now), money_text(was), _percent(now, was))
    more = f"{now - was:,} more" if now > was else f"{was - now:,} fewer"
    return Change(words, f"{now:,}", f"{was:,}", more)


def _percent(now: int, was: int) -> str:
    if not was:
        return "new"
    shown = nearest(1_000 * abs(now - was), was)
    way = "up" if now > was else "down"
    return f"{shown // 10}.{shown % 10}% {way}" if shown else f"under 0.1% {way}"
