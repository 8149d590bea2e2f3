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


def market(
    lines: Sequence[ServiceLine],
    then: Mapping[str, str] | None = None,
    now: Collection[str] = (),
    since: str = "",
) -> Market:
    """Return the market of these activities.

    `then` are the providers that had anything running in the last round, if there was one, uid -> name, and `now` the
    uids of those that have. What an agency delivers itself is no market and is left out. Names that stand for no one
    body have their line, but count as no provider where the money is said to be concentrated.
    """
    groups: dict[str, list[ServiceLine]] = defaultdict(list)
    for line in lines:
        if line.deliverer != line.agency_uid:
            groups[line.provider_uid].append(line)
    known = None if then is None else {*then}
    providers = [_provider(uid, found, known, now) for uid, found in groups.items()]
    providers.sort(key=lambda it: (-it.amount, it.name.casefold()))
    whole, amounts = sum(it.amount for it in providers), [it.amount for it in providers if it.one_body]
    return Market(
        providers=tuple(providers),
        amount=whole,
        by_sector=_parts(providers, lambda it: it.sector or UNKNOWN),
        by_size=_parts(providers, lambda it: size_of(it.small)),
        gone=tuple(sorted((name for uid, name in (then or {}).items() if uid not in now), key=str.casefold)),
        index=concentration(amounts, whole),
        top=tuple((count, percentage(sum(amounts[:count]), whole)) for count in TOPS if count <= len(amounts)),
        since=since,
    )


def _provider(
    uid: str, found: Sequence[ServiceLine], then: Collection[str] | None, now: Collection[str]
) -> ProviderLine:
    one = found[0]
    told = then is not None and bool(one.deliverer)
    return ProviderLine(
        name=one.provider or UNKNOWN,
        sector=one.sector,
        small=one.small,
        agreements=len(found),
        agencies=len({line.agency_uid for line in found}),
        amount=sum(line.money for line in found),
        new=told and uid in now and uid not in (then or ()),
        gone=told and uid in (then or ()) and uid not in now,
        one_body=bool(one.deliverer),
    )


def size_of(small: bool | None) -> str:
    """Return the size of a provider in words."""
    return UNKNOWN if small is None else SMALL if small else LARGE


def _parts(providers: Iterable[ProviderLine], name: Callable[[ProviderLine], str]) -> tuple[Part, ...]:
    sums: dict[str, list[int]] = defaultdict(lambda: [0, 0])
    for provider in providers:
        sums[name(provider)][0] += provider.amount
        sums[name(provider)][1] += provider.agreements
    parts = (Part(it, *found) for it, found in sums.items())
    return tuple(sorted(parts, key=lambda part: (-part.amount, part.name)))


def concentration(amounts: Sequence[int], whole: int) -> int:
    """Return the Herfindahl-Hirschman index of shares in per cent of a whole, to the nearest whole number.

    It is nought of nothing; what of the whole is in no amount is taken for many small ones.
    """
    return nearest(sum(Fraction(100 * amount, whole) ** 2 for amount in amounts)) if whole else 0
