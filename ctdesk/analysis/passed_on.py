"""Money passed between partners: one commissions another, who reports the same money as its own."""

from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence

from ctdesk.domain.map_findings import PassedOn
from ctdesk.domain.service_lines import ServiceLine
from ctdesk.domain.words import plain_text, words_of

_ENOUGH = 3
"""Evidence that weighs less than this is chance."""

_SMALL_WORDS = frozenset({"and", "for", "the", "of", "to", "in", "with", "service", "services", "children", "young"})


def passed_on(lines: Sequence[ServiceLine], settled: Collection[frozenset[str]] = ()) -> list[PassedOn]:
    """Return the pairs that look like the same money, the largest first, without those already `settled`.

    Each activity stands in one pair at most: the one with the strongest evidence.
    """
    of_agency: dict[str, list[ServiceLine]] = defaultdict(list)
    for line in lines:
        of_agency[line.agency_uid].append(line)
    found = []
    for payer in lines:
        if payer.deliverer and payer.deliverer != payer.agency_uid and payer.money:
            for partner in of_agency.get(payer.deliverer, ()):
                weight, evidence = _weighed(payer, partner)
                if weight >= _ENOUGH and frozenset((payer.uid, partner.uid)) not in settled:
                    found.append((weight, payer, partner, evidence))
    found.sort(key=lambda it: (-it[0], -min(it[1].money, it[2].money), it[1].uid, it[2].uid))
    return sorted(_each_once(found), key=lambda it: -it.amount)


_Candidate = tuple[int, ServiceLine, ServiceLine, tuple[str, ...]]


def _each_once(candidates: Sequence[_Candidate]) -> Iterator[PassedOn]:
    taken: set[str] = set()
    for _, payer, partner, evidence in candidates:
        if not taken & {payer.uid, partner.uid}:
            taken |= {payer.uid, partner.uid}
            yield PassedOn(payer, partner, min(payer.money, partner.money), evidence)


def _weighed(payer: ServiceLine, partner: ServiceLine) -> tuple[int, tuple[str, ...]]:
    """Return how much speaks for it, and what."""
    if not partner.money or not payer.runs_with(partner):
        return 0, ()
    found = list(_evidence(payer, partner))
    return sum(weight for weight, _ in found), tuple(words for _, words in found)


def _evidence(payer: ServiceLine, partner: ServiceLine) -> Iterator[tuple[int, str]]:
    yield 1, f"{payer.agency} commissions {partner.agency}"
    reference = payer.agreement_reference
    if reference and reference == partner.agreement_reference:
        yield 3, f"same agreement, {reference}"
    if plain_text(payer.agency) in {plain_text(funder) for funder in partner.funders}:
        yield 3, f"{partner.agency} names {payer.agency} as its funder"
    apart = abs(payer.money - partner.money)
    if not apart:
        yield 2, "the same amount"
    elif 20 * apart <= max(payer.money, partner.money):
        yield 1, "amounts less than 5% apart"
    if _alike(payer.title, partner.title):
        yield 2, "titles alike"
    if payer.outcome and payer.outcome == partner.outcome:
        yield 0, "same outcome"


def _alike(one: str, other: str) -> bool:
    """Whether two titles share at least half of the words of the longer that say something."""
    first, second = (set(words_of(title)) - _SMALL_WORDS for title in (one, other))
    return bool(first and second) and 2 * len(first & second) >= max(len(first), len(second))
