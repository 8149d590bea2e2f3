"""The contract register: every agreement as a line, with its state, its dates and what does not fit together."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from ctdesk.domain.agreement_findings import agreement_findings
from ctdesk.domain.agreement_parts import AgreementParts, DatePolicy
from ctdesk.domain.agreement_term import term_pieces
from ctdesk.domain.agreement_value import yearly_values
from ctdesk.domain.contract_lines import ContractLine, ShareLine
from ctdesk.domain.dates import add_months
from ctdesk.domain.definition import DEFINITIONS, Value, Values
from ctdesk.domain.held import day_in, number_in, several_in, text_in
from ctdesk.domain.lifecycle import LIVE, Lifecycle, awaits_decision, in_force_within, lifecycle
from ctdesk.services.desk import Desk

_AGREEMENT = DEFINITIONS["agreement"]
_PARTS = ("extension", "variation", "payment", "agreement_share", "requirement", "exempt_mark")
"""What belongs to an agreement and bears on its line."""

Records = Mapping[str, Mapping[str, Value]]


@dataclass(frozen=True, slots=True)
class _Held:
    """All agreements with their parts, read once."""

    agreements: Records
    parts: Mapping[str, Mapping[str, list[Values]]]

    def of(self, uid: str, kind: str) -> list[Values]:
        """Return an agreement’s parts of one kind."""
        return self.parts[kind].get(uid, [])

    def parts_of(self, uid: str) -> AgreementParts:
        """Return what an agreement’s dates and sums are worked out from."""
        values = self.agreements[uid]
        return AgreementParts(
            values=values,
            extensions=self.of(uid, "extension"),
            variations=self.of(uid, "variation"),
            payments=self.of(uid, "payment"),
            successor=self.agreements.get(str(values.get("successor"))),
        )


def date_policy(desk: Desk) -> DatePolicy:
    """Return what the team has settled about dates: its settings, its routes, the days its boards meet."""
    routes = desk.load("list_entry", list="route").values()
    boards = (day_in(meeting, "held_on") for meeting in desk.load("board_meeting").values())
    return DatePolicy(
        ending_months=int(desk.setting("ending_months")),
        decision_days=int(desk.setting("decision_days")),
        boards=tuple(sorted(day for day in boards if day)),
        lead_weeks={str(it["code"]): weeks for it in routes if (weeks := number_in(it, "number")) is not None},
        routes={str(it["code"]): str(it["label"] or it["code"]) for it in routes},
    )


def register(desk: Desk, on: date, uids: Iterable[str] | None = None) -> list[ContractLine]:
    """Return the agreements, or those named, as they stand on a day, in the order of reference and title."""
    held, policy = _held(desk), date_policy(desk)
    wanted = held.agreements if uids is None else [uid for uid in uids if uid in held.agreements]
    lines = [_line(desk, held, policy, uid, on) for uid in wanted]
    return sorted(lines, key=lambda line: (line.reference, line.title.casefold(), line.uid))


def lifecycles(desk: Desk, on: date) -> dict[str, Lifecycle]:
    """Return where every agreement stands on a day, by uid."""
    held, policy = _held(desk), date_policy(desk)
    return {uid: lifecycle(held.parts_of(uid), policy, on) for uid in held.agreements}


def worked_sums(desk: Desk, on: date, uids: Iterable[str]) -> dict[str, set[int]]:
    """Return in pence each value that a year of these agreements has or had, and their value to the end, by uid."""
    held, policy = _held(desk), date_policy(desk)
    found: dict[str, set[int]] = {}
    for uid in uids:
        parts = held.parts_of(uid)
        sums = [value for _, value in yearly_values(parts)] + [lifecycle(parts, policy, on).total_value]
        found[uid] = {value for value in sums if value is not None}
    return found


def in_force(desk: Desk, first: date, last: date) -> set[str]:
    """Return the agreements that were in force, or over-ran, on any day from a first to a last."""
    held, policy = _held(desk), date_policy(desk)
    return {uid for uid in held.agreements if in_force_within(held.parts_of(uid), policy, first, last)}


def waiting(desk: Desk, today: date) -> list[str]:
    """Return the agreements that wait for somebody: over-running, or to be decided on within a month or overdue."""
    plans = {uid: held["plan_at_end"] for uid, held in desk.load_fields("agreement", "plan_at_end").items()}
    soon = add_months(today, 1)
    return [uid for uid, life in lifecycles(desk, today).items() if awaits_decision(life, plans[uid], soon)]


def parts_of(desk: Desk, uid: str) -> AgreementParts:
    """Return what one agreement’s dates and sums are worked out from; KeyError if there is no such agreement."""
    return _held(desk).parts_of(uid)


def ending_within(lines: Iterable[ContractLine], months: int, on: date) -> list[ContractLine]:
    """Return the agreements in force, or to be so, whose current end comes within so many months of a day."""
    until = add_months(on, months)
    ending = [it for it in lines if it.state in LIVE and it.life.end is not None and on <= it.life.end <= until]
    return sorted(ending, key=lambda line: (line.life.end or date.max, line.reference, line.title))


def _held(desk: Desk) -> _Held:
    parts: dict[str, dict[str, list[Values]]] = {}
    for kind in _PARTS:
        grouped: dict[str, list[Values]] = defaultdict(list)
        for values in desk.load(kind).values():
            grouped[str(values.get("agreement"))].append(values)
        parts[kind] = grouped
    return _Held(desk.load("agreement"), parts)


def _line(desk: Desk, held: _Held, policy: DatePolicy, uid: str, on: date) -> ContractLine:
    values, parts = held.agreements[uid], held.parts_of(uid)
    life = lifecycle(parts, policy, on)
    words = {name: desk.show(_AGREEMENT[name], values.get(name)) for name in ("type", "agency", "route", "tier")}
    providers = _providers(desk, values, held.of(uid, "agreement_share"))
    successor = str(values.get("successor") or "") if parts.successor else ""
    called = _called(parts.successor)
    return ContractLine(
        uid=uid,
        reference=text_in(values, "reference"),
        title=text_in(values, "title"),
        type=text_in(values, "type"),
        type_words=words["type"],
        description=text_in(values, "description"),
        agency=words["agency"],
        department=text_in(values, "department"),
        provider=", ".join(share.provider for share in providers),
        providers=providers,
        manager=text_in(values, "manager"),
        route=words["route"],
        lead_weeks=_lead_weeks(values, policy),
        notice_months=number_in(values, "notice_months"),
        plan_at_end=text_in(values, "plan_at_end"),
        tier=text_in(values, "tier"),
        tier_words=words["tier"],
        next_review=day_in(values, "next_review"),
        activities=several_in(values, "activities"),
        successor=successor,
        successor_called=called,
        life=life,
        pieces=term_pieces(parts, on),
        exempt={text_in(mark, "item"): text_in(mark, "paragraph") for mark in held.of(uid, "exempt_mark")},
        findings=agreement_findings(
            parts,
            life,
            on,
            shares=held.of(uid, "agreement_share"),
            requirements=held.of(uid, "requirement"),
            successor_called=called,
        ),
        values=values,
    )


def _providers(desk: Desk, values: Values, shares: list[Values]) -> tuple[ShareLine, ...]:
    """Return who delivers: the shares with the leading one first, or the one provider alone."""
    field = _AGREEMENT["provider"]
    if not shares:
        name = desk.show(field, values.get("provider"))
        return (ShareLine(name, None, leads=True),) if name else ()
    lines = [
        ShareLine(desk.show(field, it.get("provider")), number_in(it, "percent"), bool(it.get("leads")))
        for it in shares
    ]
    return tuple(sorted(lines, key=lambda line: (not line.leads, -(line.percent or 0), line.provider)))


def _called(successor: Values | None) -> str:
    if successor is None:
        return ""
    return f"{text_in(successor, 'title')} {text_in(successor, 'reference')}".strip()


def _lead_weeks(values: Values, policy: DatePolicy) -> int | None:
    own = number_in(values, "lead_weeks")
    return own if own is not None else policy.lead_weeks.get(text_in(values, "route"))
