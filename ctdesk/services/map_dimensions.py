"""The dimensions of the service map, made of the activities' own columns and of what hangs on them."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from ctdesk.domain.definition import DEFINITIONS, Value
from ctdesk.domain.errors import DeskError
from ctdesk.domain.service_map import NOT_GIVEN, Dimension, Shares
from ctdesk.services.list_words import members

Weights = Mapping[str, int]
"""Weights above nought by the key of a bucket: a list's code, a uid, an age band, a year."""


@dataclass(frozen=True, slots=True)
class Way:
    """One way to part activities, before any is looked at: its name for programs, its label, its fields."""

    name: str
    label: str
    fields: tuple[str, ...]
    also: tuple[str, ...] = ()
    """Other names a person may call it by."""

    @property
    def field(self) -> str | None:
        """The one field whose values are its buckets, or None if it is worked out."""
        return self.fields[0] if self.name in _PLAIN else None


_ACTIVITY = DEFINITIONS["activity"]
_PLAIN = {
    "outcome": "main_outcome",
    "tier": "tier",
    "level": "level",
    "client_group": "client_groups",
    "area": "areas",
    "agency": "agency",
    "provider": "provider",
    "agreement_type": "agreement_type",
    "purpose": "purpose",
    "arrangement": "funding_arrangement",
    "intention": "intention",
}
"""Dimensions that are a field of the activity, by name."""


def _plain(name: str, *also: str) -> Way:
    return Way(name, _ACTIVITY[_PLAIN[name]].label, (_PLAIN[name],), also)


WAYS = (
    _plain("outcome"),
    Way("outcomes", "All outcomes", ("main_outcome", "other_outcomes"), ("all_outcomes",)),
    _plain("tier", "tier_of_need"),
    _plain("level"),
    Way("age_band", "Age band", ("age_from", "age_to"), ("age", "ages")),
    _plain("client_group"),
    _plain("area"),
    _plain("agency"),
    _plain("provider"),
    Way("sector", "Provider’s sector", ("provider",), ("provider_sector",)),
    _plain("agreement_type"),
    _plain("purpose"),
    Way("funding_source", "Funding source", ("funding_source",)),
    _plain("arrangement"),
    Way("year", "Financial year", (), ("financial_year",)),
    _plain("intention"),
)
"""Every dimension in the order in which people are offered them."""

NONE = Way("none", "Nothing", ())
"""The dimension with one bucket, for a map with rows alone."""

_BY_NAME = {way.name: way for way in (*WAYS, NONE)}

THEN = ","
"""What stands between two dimensions of which the second parts every bucket of the first, as in tier,age_band."""


def levels(name: str) -> tuple[str, ...]:
    """Return the dimensions that one by its name is made of: itself, or the outer and the inner."""
    return tuple(name.split(THEN))


def way_named(text: str) -> Way:
    """Return the dimension a person means by its name, label or field, or two with a comma; DeskError lists them."""
    outer, comma, inner = text.partition(THEN)
    if comma:
        first, second = way_named(outer), way_named(inner)
        if NONE in {first, second} or first is second or THEN in second.name:
            raise DeskError(f"“{text}” is not two different dimensions, as tier,age_band is.")
        return Way(f"{first.name}{THEN}{second.name}", f"{first.label}, then {second.label.lower()}", ())
    wanted = _same(text)
    for way in (*WAYS, NONE):
        if wanted in {way.name, _same(way.label), *way.also, *([way.field] if way.field else [])}:
            return way
    raise DeskError(f"“{text}” is no dimension of the service map; choose one of {', '.join(_BY_NAME)}.")


def _same(text: str) -> str:
    return text.strip().casefold().replace(" ", "_").replace("-", "_").replace("’", "").replace("'", "")


@dataclass(frozen=True, slots=True)
class Buckets:
    """The buckets a dimension may have: keys in order, each with its label; `always` are shown also when empty."""

    labels: Mapping[str, str]
    always: frozenset[str]


def dimension(way: Way, keys: Sequence[tuple[str, ...] | Weights], codes: Sequence[int], buckets: Buckets) -> Dimension:
    """Return a dimension of activities by their codes, with the keys, or weights by key, that each code stands for.

    A bucket that is in no list of the desk stands behind the others; what has no key goes to "Not given", last.
    """
    extra = dict.fromkeys(key for found in keys for key in found if key not in buckets.labels)
    place = {key: at for at, key in enumerate((*buckets.labels, *extra))}
    labels = (*buckets.labels.values(), *extra, NOT_GIVEN)
    # Values that go to the same buckets are told apart no longer: 676 pairs of ages, say, are seven sets of bands.
    seen: dict[tuple[Shares, bool], int] = {}
    meant = [
        seen.setdefault((_shares(found, place) or ((len(place), 1),), isinstance(found, Mapping)), len(seen))
        for found in keys
    ]
    if len(seen) < len(meant):
        codes = list(map(meant.__getitem__, codes))
    stated = frozenset(code for (_, is_stated), code in seen.items() if is_stated)
    always = frozenset(place[key] for key in buckets.always)
    return Dimension(way.name, way.label, labels, codes, tuple(shares for shares, _ in seen), stated, always)


def nested(way: Way, outer: Dimension, inner: Dimension) -> Dimension:
    """Return the dimension that parts every bucket of an outer one by an inner one."""
    width = len(inner.buckets)
    codes, pairs = joined(outer.codes, inner.codes)
    return Dimension(
        name=way.name,
        label=way.label,
        buckets=tuple(f"{one}, {two}" for one in outer.buckets for two in inner.buckets),
        codes=codes,
        shares=tuple(
            tuple(
                (one * width + two, weight * part)
                for one, weight in outer.shares[first]
                for two, part in inner.shares[second]
            )
            for first, second in pairs
        ),
        stated=frozenset(
            code for code, (first, second) in enumerate(pairs) if first in outer.stated or second in inner.stated
        ),
        always=frozenset(one * width + two for one in outer.always for two in inner.always),
        levels=tuple(
            (*outer.parts(one), *inner.parts(two)) for one in range(len(outer.buckets)) for two in range(width)
        ),
        inner=width,
    )


def _shares(found: tuple[str, ...] | Weights, place: Mapping[str, int]) -> Shares:
    weights = found if isinstance(found, Mapping) else dict.fromkeys(found, 1)
    return tuple(sorted((place[key], weight) for key, weight in weights.items() if weight > 0))


def keys_of(values: Iterable[Value]) -> list[tuple[str, ...] | Weights]:
    """Return the keys that each distinct value of a column stands for."""
    return [tuple(str(one) for one in members(value)) for value in values]


def joined(*columns: Sequence[int]) -> tuple[list[int], list[tuple[int, ...]]]:
    """Return one number for every activity instead of one for each column, and what each number stands for."""
    seen: dict[tuple[int, ...], int] = {}
    codes = [seen.setdefault(both, len(seen)) for both in zip(*columns, strict=True)]
    return codes, list(seen)


def with_own(
    keys: Sequence[tuple[str, ...] | Weights],
    codes: Sequence[int],
    own: Mapping[int, Weights],
) -> tuple[list[tuple[str, ...] | Weights], list[int]]:
    """Return keys and codes in which the activities at these places have weights of their own."""
    more, changed = list(keys), list(codes)
    for place, weights in own.items():
        changed[place] = len(more)
        more.append(weights)
    return more, changed


def labelled(keys: Iterable[str], label: Callable[[str], str]) -> dict[str, str]:
    """Return keys with their labels, by the alphabet without regard to case."""
    return dict(sorted(((key, label(key)) for key in keys), key=lambda item: (item[1].casefold(), item[0])))
