"""Taking the steps of a scenario on a copy of what is commissioned, and comparing it with what is."""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace

from ctdesk.domain.scenario import Compared, Step
from ctdesk.domain.service_lines import ServiceLine
from ctdesk.domain.service_map import Basis


def after_steps(lines: Sequence[ServiceLine], steps: Iterable[Step]) -> list[ServiceLine]:
    """Return the activities as they would be; what moves stands as an activity of its own beside what stays.

    An activity that is reduced or moved by more than it comes to gives all it has. Steps about activities that are
    not among the lines do nothing.
    """
    now = list(lines)
    for number, step in enumerate(steps):
        if step.kind == "add":
            now.append(_new(step, number))
        else:
            now = [part for line in now for part in (_stepped(line, step) if line.uid == step.uid else [line])]
    return now


def _stepped(line: ServiceLine, step: Step) -> list[ServiceLine]:
    taken = line.money if step.kind == "end" or step.amount is None else min(step.amount, line.money)
    stays = replace(line, value=line.money - taken)
    if step.kind != "move":
        return [stays]
    to = step.to
    return [
        stays,
        replace(
            line,
            uid=f"{line.uid} moved",
            value=taken,
            purpose=to.purpose or line.purpose,
            tier=to.tier or line.tier,
            outcome=to.outcome or line.outcome,
        ),
    ]


def _new(step: Step, number: int) -> ServiceLine:
    return ServiceLine(
        uid=f"new {number}",
        reference="",
        title=step.title,
        agency_uid=step.agency_uid,
        agency=step.agency,
        provider_uid="",
        provider="",
        sector="",
        small=None,
        agreement_type="",
        agreement_reference="",
        outcome=step.to.outcome,
        tier=step.to.tier,
        purpose=step.to.purpose,
        funding_source="",
        age_from=None,
        age_to=None,
        client_groups=(),
        areas=(),
        everywhere=False,
        value=step.amount,
        capacity=None,
        capacity_unit="",
        users=None,
        start=None,
        end=None,
        open_ended=False,
        intention="",
        basis=Basis.ESTIMATED,
    )


def compare(
    before: Iterable[ServiceLine],
    after: Iterable[ServiceLine],
    name: Callable[[ServiceLine], str],
    order: Sequence[str] = (),
) -> list[Compared]:
    """Return the money under each name before and after: those of `order` first, others by the alphabet, none last."""
    was, now = _sums(before, name), _sums(after, name)
    others = sorted((was.keys() | now.keys()) - set(order), key=lambda it: (not it, it.casefold()))
    return [Compared(it, was[it], now[it]) for it in [*order, *others]]


def _sums(lines: Iterable[ServiceLine], name: Callable[[ServiceLine], str]) -> Counter[str]:
    sums: Counter[str] = Counter()
    for line in lines:
        sums[name(line)] += line.money
    return sums
