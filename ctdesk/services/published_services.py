"""What a public edition counts: every service but those whose agreement keeps its price, or itself, from the public.

The value of such a service is the price, or tells it, and any total with and without it would give it away. So a public
edition leaves the service out of all its figures and says how many it left out.
"""

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar

from ctdesk.domain.contract_paper import WHOLE, with_what_tells
from ctdesk.domain.definition import Value, Values
from ctdesk.domain.exempt_text import plain
from ctdesk.services.desk import Desk

_for_the_public: ContextVar[bool] = ContextVar("for_the_public", default=False)
"""Whether what is being made now is for the public."""

Marks = Mapping[str, Mapping[str, str]]
"""By agreement the items marked exempt, with their paragraphs; the whole agreement is the item without a name."""


@contextmanager
def for_the_public(public: bool = True) -> Iterator[None]:
    """Let figures of services be those of a public edition for what is done meanwhile."""
    before = _for_the_public.set(public)
    try:
        yield
    finally:
        _for_the_public.reset(before)


def left_out(desk: Desk) -> frozenset[str]:
    """Return the services that what is being made now may not count: none, unless it is for the public."""
    return unpublished(desk) if _for_the_public.get() else frozenset()


def left_out_words(many: Collection[str]) -> str:
    """Return how many services are left out, to be added to what a page says of its filter; nothing if none is."""
    return f" but {len(many):,} exempt" if many else ""


def unpublished(desk: Desk) -> frozenset[str]:
    """Return the services of which no figure may be published: those of agreements with an exempt value."""
    return delivered_by(desk, [uid for uid, items in exempt_marks(desk).items() if keeps_its_price(items)])


def delivered_by(desk: Desk, agreements: Collection[str]) -> frozenset[str]:
    """Return the services that agreements deliver: named by them, giving their reference, or of the same title."""
    if not agreements:
        return frozenset()
    services = desk.load_fields("activity", "title", "agreement_reference")
    held = desk.load_some("agreement", agreements).values()
    return frozenset(uid for values in held for uid in _delivered(values, services))


def exempt_marks(desk: Desk) -> dict[str, dict[str, str]]:
    """Return what is marked exempt, by agreement."""
    marks: dict[str, dict[str, str]] = defaultdict(dict)
    for mark in desk.load("exempt_mark").values():
        marks[str(mark["agreement"])][str(mark["item"] or WHOLE)] = str(mark["paragraph"])
    return dict(marks)


def keeps_its_price(items: Mapping[str, str]) -> bool:
    """Whether an agreement with these marks keeps its value from the public."""
    return WHOLE in items or "total_value" in with_what_tells(items)


def _delivered(agreement: Values, services: Mapping[str, Values]) -> Iterator[str]:
    linked = _several(agreement.get("activities"))
    reference, title = (plain(str(agreement.get(name) or "")) for name in ("reference", "title"))
    for uid, values in services.items():
        gives, called = (plain(str(values.get(name) or "")) for name in ("agreement_reference", "title"))
        if uid in linked or (reference and gives == reference) or (title and called == title):
            yield uid


def _several(value: Value) -> tuple[str, ...]:
    return tuple(map(str, value)) if isinstance(value, tuple | list) else ()
