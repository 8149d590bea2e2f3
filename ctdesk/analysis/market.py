"""The market: who delivers, of which sector and size, what is new and gone, and how far the money is concentrated."""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from fractions import Fraction

from ctdesk.domain.map_outlook import Market, Part, ProviderLine
from ctdesk.domain.rounding import nearest, percentage
from ctdesk.domain.service_lines import ServiceLine

TOPS = (1, 5, 10)
SMALL, LARGE, UNKNOWN = "Small or medium-sized", "Larger", "Not given"
IN_HOUSE = "In house"


def market(lines: Sequence[ServiceLine], before: Mapping[str, str] | None = None, since: str = "") -> Market:
    """Return the market of these activities; `before` are the providers of the last round, if any, uid -> name.

    What an agency delivers itself is no market and is left out of all but the total of what is commissioned.
    """
    bought = [line for line in lines if line.deliverer != line.agency_uid]
    groups: dict[str, list[ServiceLine]] = defaultdict(list)
    for line in bought:
        groups[line.provider_uid].append(line)
    known = None if before is None else {*before}
    providers = [
        _provider(found, new=known is not None and uid not in known and bool(found[0].deliverer))
        for uid, found in groups.items()
    ]
    providers.sort(key=lambda it: (-it.amount, it.name.casefold()))
    amounts = [it.amount for it in providers]
    return Market(
        providers=tuple(providers),
        amount=sum(amounts),
        by_sector=_parts(providers, lambda it: it.sector or UNKNOWN),
        by_size=_parts(providers, _size),
        gone=_gone(before or {}, groups),
        index=concentration(amounts),
        top=tuple((count, percentage(sum(amounts[:count]), sum(amounts))) for count in TOPS if count <= len(amounts)),
        since=since,
    )


def _gone(before: Mapping[str, str], now: Collection[str]) -> tuple[str, ...]:
    return tuple(sorted((name for uid, name in before.items() if uid not in now), key=str.casefold))


def _provider(found: Sequence[ServiceLine], *, new: bool) -> ProviderLine:
    one = found[0]
    return ProviderLine(
        name=one.provider or UNKNOWN,
        sector=one.sector,
        small=one.small,
        agreements=len(found),
        agencies=len({line.agency_uid for line in found}),
        amount=sum(line.money for line in found),
        new=new,
    )


def _size(provider: ProviderLine) -> str:
    return UNKNOWN if provider.small is None else SMALL if provider.small else LARGE


def _parts(providers: Iterable[ProviderLine], name: Callable[[ProviderLine], str]) -> tuple[Part, ...]:
    sums: dict[str, list[int]] = defaultdict(lambda: [0, 0])
    for provider in providers:
        sums[name(provider)][0] += provider.amount
        sums[name(provider)][1] += provider.agreements
    parts = (Part(it, *found) for it, found in sums.items())
    return tuple(sorted(parts, key=lambda part: (-part.amount, part.name)))


def concentration(amounts: Sequence[int]) -> int:
    """Return the Herfindahl-Hirschman index of shares in per cent, to the nearest whole number; nought for none."""
    whole = sum(amounts)
    if not whole:
        return 0
    return nearest(sum(Fraction(100 * amount, whole) ** 2 for amount in amounts))
