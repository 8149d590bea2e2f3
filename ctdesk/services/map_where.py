"""Conditions as a person types them, field=value, made filters of the service map."""

from collections.abc import Iterable, Mapping

from ctdesk.domain.definition import DEFINITIONS
from ctdesk.domain.errors import DeskError
from ctdesk.services.desk import Desk
from ctdesk.services.editing import field_named, read_typed
from ctdesk.services.list_view import Filter
from ctdesk.services.list_words import blank, members
from ctdesk.services.map_data import map_data
from ctdesk.services.map_dimensions import Way, way_named
from ctdesk.services.service_map import BucketFilter

_ACTIVITY = DEFINITIONS["activity"]


def read_where(desk: Desk, typed: Mapping[str, str]) -> tuple[tuple[Filter, ...], tuple[BucketFilter, ...]]:
    """Return filters by fields of the activity, and by dimensions that are no field, such as age bands.

    A field that holds several values fits if it holds any of those typed; an empty value asks for blanks. Raises
    DeskError if there is no such field or dimension, or no such value.
    """
    filters, buckets = [], []
    for name, text in typed.items():
        way = _dimension(name)
        if way is None or way.field:
            filters.append(_filter(desk, name if way is None else str(way.field), text))
        else:
            buckets.append(_bucket(desk, way, text))
    return tuple(filters), tuple(buckets)


def _dimension(name: str) -> Way | None:
    """Return the dimension a name means if it is no field of the activity."""
    if name.strip().casefold() in {word for field in _ACTIVITY.fields for word in (field.name, field.label.casefold())}:
        return None
    try:
        return way_named(name)
    except DeskError:
        return None


def _filter(desk: Desk, name: str, text: str) -> Filter:
    field = field_named(_ACTIVITY, name)
    value = read_typed(desk, _ACTIVITY, name, text)
    return Filter(field.name, "blank") if blank(value) else Filter(field.name, "any of", members(value))


def read_buckets(desk: Desk, text: str) -> tuple[BucketFilter, ...]:
    """Return filters of one line, `Tier: Universal | Targeted; Area: Northgate`; DeskError names what there is not."""
    found = []
    for part in text.split(";"):
        name, colon, labels = part.partition(":")
        if part.strip() and not colon:
            raise DeskError(f"“{part.strip()}” is no filter; write what it is of first, for instance Tier: Universal.")
        if part.strip():
            way = way_named(name)
            ticked = [_bucket(desk, way, label.strip()).buckets[0] for label in labels.split("|")]
            found.append(BucketFilter(way.name, tuple(ticked)))
    return tuple(found)


def buckets_text(filters: Iterable[BucketFilter]) -> str:
    """Return filters as one line that `read_buckets` reads."""
    return "; ".join(f"{way_named(it.dimension).label}: {' | '.join(it.buckets)}" for it in filters)


def _bucket(desk: Desk, way: Way, text: str) -> BucketFilter:
    with map_data(desk) as data:
        labels = data.dimension(way.name).buckets
    wanted = text.strip().casefold()
    found = tuple(label for label in labels if label.casefold() == wanted)
    if not found:
        raise DeskError(f"{way.label}: there is no “{text}”; there are {', '.join(labels)}.")
    return BucketFilter(way.name, found)
