"""The weights by which an activity is shared among the several outcomes, groups, areas and ages it serves."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from ctdesk.domain.age_bands import served
from ctdesk.domain.apportion import apportion
from ctdesk.domain.definition import DEFINITIONS, Value, Values
from ctdesk.domain.errors import DeskError
from ctdesk.services.age_bands import age_bands
from ctdesk.services.desk import Desk
from ctdesk.services.list_words import members
from ctdesk.services.map_dimensions import WAYS, Way, way_named
from ctdesk.services.record_parts import PartKind

WEIGHTS = PartKind("weight", "activity", "Shared on the service map", ("weight",), "weight", "areas", {})
"""Weights as parts of an activity, typed at its form below its areas."""

SERVED = ("outcomes", "client_group", "area", "age_band")
"""The dimensions in which one activity may serve several."""

FIELDS = ("main_outcome", "other_outcomes", "client_groups", "areas", "age_from", "age_to")
"""The fields that say what it serves."""


@dataclass(frozen=True, slots=True)
class WeightLine:
    """One bucket that an activity may be shared to: a list’s code or the name of an age band.

    `serves` is False where a weight is held although the activity does not say that it serves it.
    """

    dimension: str
    heading: str
    bucket: str
    label: str
    serves: bool = True

    @property
    def key(self) -> tuple[str, str]:
        """What tells it from the other lines."""
        return self.dimension, self.bucket


def weights_of(desk: Desk, uid: str) -> dict[str, dict[str, Value]]:
    """Return the weights held of an activity, uid -> fields, dimension and bucket as the map calls them."""
    weights = {}
    for weight, values in desk.load("weight", activity=uid).items():
        called = as_called(desk, values)
        if called is not None:
            weights[weight] = {**values, "dimension": called[0], "bucket": called[1]}
    return weights


def as_called(desk: Desk, values: Values) -> tuple[str, str] | None:
    """Return dimension and bucket of a weight as the map calls them; None if the map has no such dimension."""
    try:
        way = way_named(str(values.get("dimension") or ""))
    except DeskError:
        return None
    return way.name, _bucket(desk, way, str(values.get("bucket") or ""))


def _bucket(desk: Desk, way: Way, typed: str) -> str:
    """Return the key of a bucket that a person may have named by its label."""
    name = _list(way)
    return (desk.lists.find(name, typed) if name else None) or typed


def _list(way: Way) -> str | None:
    """Return the list whose words are the buckets of a dimension, if one is."""
    return DEFINITIONS["activity"][way.fields[0]].list if way.fields else None


def weight_lines(desk: Desk, values: Values, held: Iterable[Values] = ()) -> list[WeightLine]:
    """Return the lines in which weights may be typed: of every dimension in which it serves several or has weights."""
    weighed: dict[str, list[str]] = {}
    for weight in held:
        weighed.setdefault(str(weight.get("dimension")), []).append(str(weight.get("bucket")))
    return [line for way in WAYS for line in _lines(desk, way, values, weighed.get(way.name, ()))]


def _lines(desk: Desk, way: Way, values: Values, weighed: Sequence[str]) -> Iterator[WeightLine]:
    own = dict(_serves(desk, way, values)) if way.name in SERVED else {}
    if len(own) < 2 and not weighed:
        return
    for bucket in dict.fromkeys((*own, *weighed)):
        label = own.get(bucket) or _label(desk, way, bucket)
        yield WeightLine(way.name, _HEADINGS.get(way.name, way.label), bucket, label, bucket in own)


_HEADINGS = {"outcomes": "Outcomes", "age_band": "Age bands"}


def _serves(desk: Desk, way: Way, values: Values) -> Iterator[tuple[str, str]]:
    """Yield what an activity serves in a dimension, each with its label."""
    if way.name == "age_band":
        low, high = (age if isinstance(age := values.get(name), int) else None for name in way.fields)
        yield from ((name, name) for name in served(age_bands(desk), low, high))
        return
    for name in way.fields:
        for code in members(values.get(name)):
            if isinstance(code, str):
                yield code, _label(desk, way, code)


def _label(desk: Desk, way: Way, bucket: str) -> str:
    name = _list(way)
    return desk.lists.label(name, bucket) if name else bucket


def weight_parts(lines: Sequence[WeightLine], weights: Mapping[tuple[str, str], int]) -> dict[tuple[str, str], str]:
    """Return what goes to each line in words: whole per cent that add to 100 in each dimension."""
    parts: dict[tuple[str, str], str] = {}
    for dimension in dict.fromkeys(line.dimension for line in lines):
        among = [line for line in lines if line.dimension == dimension]
        numbers = [weights.get(line.key, 0) for line in among]
        if any(numbers):
            percents = apportion(100, numbers)
            said = [f"{part}%" if number else "Nothing" for part, number in zip(percents, numbers, strict=True)]
        else:
            equal = sum(line.serves for line in among)
            said = [f"Equally, one of {equal}" if line.serves else "Nothing" for line in among]
        parts |= dict(zip((line.key for line in among), said, strict=True))
    return parts


def as_stored(desk: Desk, values: Values) -> dict[str, Value]:
    """Return a typed weight with its dimension and bucket as the map calls them; DeskError if it knows neither."""
    way = way_named(str(values.get("dimension") or ""))
    bucket, name = _bucket(desk, way, str(values.get("bucket") or "")), _list(way)
    known = [band.name for band in age_bands(desk)] if way.name == "age_band" else []
    if (name and not desk.lists.has(name, bucket)) or (known and bucket not in known):
        there = known or [entry.label for entry in desk.lists.offered(name or "")]
        raise DeskError(f"{way.label}: there is no “{values.get('bucket')}”; there are {', '.join(there)}.")
    return {**values, "dimension": way.name, "bucket": bucket}
