"""What does not fit together about an agreement: its successor, its providers’ shares, its payments, its papers."""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta

from ctdesk.domain.agreement_parts import AgreementParts
from ctdesk.domain.contract_lines import ContractFinding
from ctdesk.domain.counting import counted
from ctdesk.domain.dates import date_text
from ctdesk.domain.definition import Values
from ctdesk.domain.findings import RULES, Grade, sentence
from ctdesk.domain.held import day_in, number_in
from ctdesk.domain.lifecycle import IN_FORCE, LIVE, AgreementState, Lifecycle, paid_after
from ctdesk.domain.money import money_text
from ctdesk.domain.records.agreement import PlanAtEnd


def agreement_findings(
    parts: AgreementParts,
    life: Lifecycle,
    on: date,
    *,
    shares: Sequence[Values] = (),
    requirements: Sequence[Values] = (),
    successor_called: str = "",
) -> tuple[ContractFinding, ...]:
    """Return what is wrong or odd about an agreement on a day, the gravest first."""
    found = [
        *_succession(parts, life, successor_called),
        *_shares(shares),
        *_payments(parts, life, on),
        *_requirements(requirements, life, on),
        *_procurement(parts, life, on),
    ]
    return tuple(sorted(found, key=lambda finding: list(Grade).index(finding.grade)))


def _finding(rule: str, **words: str) -> ContractFinding:
    return ContractFinding(rule, RULES[rule].grade, sentence(rule, **words))


def _succession(parts: AgreementParts, life: Lifecycle, called: str) -> Iterator[ContractFinding]:
    """Yield an overlap with the successor, or a gap before it."""
    start = day_in(parts.successor, "start") if parts.successor else None
    if start is None or life.end is None:
        return
    words = {"successor": called or "its successor", "start": date_text(start), "end": date_text(life.end)}
    days = (start - life.end).days - 1
    if days < 0:
        overlap = min(-days, (life.end - (life.start or life.end)).days + 1)
        yield _finding("successor_overlaps", days=counted(overlap, "day"), **words)
    elif days > 0:
        first, last = life.end + timedelta(days=1), start - timedelta(days=1)
        yield _finding(
            "successor_gap", days=counted(days, "day"), first=date_text(first), last=date_text(last), **words
        )


def _shares(shares: Sequence[Values]) -> Iterator[ContractFinding]:
    total = sum(number_in(share, "percent") or 0 for share in shares)
    if shares and total != 100:
        yield _finding("shares_sum", total=str(total))


def _payments(parts: AgreementParts, life: Lifecycle, on: date) -> Iterator[ContractFinding]:
    """Yield what was paid after the end, more paid than agreed, and a profile that is not the value."""
    if life.state is AgreementState.OVER_RUNNING and life.end:
        late = money_text(paid_after(parts, life.end, on))
        yield _finding("paid_after_end", sum=late, end=date_text(life.end))
    if not parts.payments or life.total_value is None:
        return
    paid = sum(number_in(it, "paid") or 0 for it in parts.payments)
    profile = sum(number_in(it, "profile") or 0 for it in parts.payments)
    value = money_text(life.total_value)
    if paid > life.total_value:
        yield _finding("paid_over_value", paid=money_text(paid), value=value)
    elif profile > life.total_value:
        yield _finding("profile_over_value", profile=money_text(profile), value=value)


def _requirements(requirements: Sequence[Values], life: Lifecycle, on: date) -> Iterator[ContractFinding]:
    """Yield what the provider must hold and does not, while the agreement is in force."""
    if life.state not in IN_FORCE:
        return
    for requirement in requirements:
        detail, expires = str(requirement.get("detail") or ""), day_in(requirement, "expires")
        if requirement.get("held") is False:
            yield _finding("requirement_not_held", detail=detail)
        elif expires is not None and expires < on:
            yield _finding("requirement_expired", detail=detail, expires=date_text(expires))


def _procurement(parts: AgreementParts, life: Lifecycle, on: date) -> Iterator[ContractFinding]:
    """Yield that the time to start buying again has passed, with nothing settled about what follows."""
    plan = parts.values.get("plan_at_end")
    settled = plan in {PlanAtEnd.EXTEND, PlanAtEnd.END} or parts.successor or parts.values.get("terminated_on")
    procure = life.start_procurement_by
    if procure and life.end and procure.day < on <= life.end and life.state in LIVE and not settled:
        yield _finding("procurement_late", day=date_text(procure.day), end=date_text(life.end))
