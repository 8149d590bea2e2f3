"""What a place asks a list to show: fields that must hold values, as a person would type them."""

from collections.abc import Mapping
from dataclasses import replace

from ctdesk.domain.definition import Value
from ctdesk.services.desk import Desk
from ctdesk.services.faults import read_field
from ctdesk.services.list_view import INCOMPLETE
from ctdesk.services.lists import Filter, View, column_of

SEVERAL = " | "
"""What stands between values of which a field may hold any."""


def view_of(desk: Desk, now: View, asked: Mapping[str, str]) -> View:
    """Return the view in force with the filters of a place in place of its own, and not grouped."""
    filters = tuple(_filter(desk, now.kind, name, typed) for name, typed in asked.items())
    return replace(now, text="", filters=filters, group=None, closed_groups=frozenset())


def _filter(desk: Desk, kind: str, name: str, typed: str) -> Filter:
    """Return the filter meant by a field and a text: a value, "from to until", or nothing."""

    def value(text: str) -> Value:
        found = read_field(desk, column_of(kind, name), text).value
        return found[0] if isinstance(found, tuple) and found else found

    if (name, typed) == ("missing", "required"):
        return Filter(INCOMPLETE.name, "is", (True,))
    if not typed:
        return Filter(name, "blank")
    if SEVERAL in typed:
        return Filter(name, "any of", tuple(value(one) for one in typed.split(SEVERAL)))
    least, to, most = typed.partition(" to ")
    if to and value(least) is not None and value(most) is not None:
        return Filter(name, "between", (value(least), value(most)))
    return Filter(name, "is", (value(typed),))
