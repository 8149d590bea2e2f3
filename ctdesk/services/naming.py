"""What people call a record, and numbers of records, in lists and sentences."""

from collections.abc import Iterable

from ctdesk.domain.definition import DEFINITIONS, Values
from ctdesk.domain.names import NameIndex
from ctdesk.services.desk import Desk

_MORE = {
    "request": ("agency",),
    "funding_line": ("year", "amount"),
    **dict.fromkeys(("payment", "extension", "variation", "review", "act_rating"), ("agreement",)),
}
"""Fields that are said after the title where it alone does not tell one record from another."""


def title_of(desk: Desk, kind: str, values: Values) -> str:
    """Return the title of a record in words; the kind's own name if it has none."""
    definition = DEFINITIONS[kind]
    names = (definition.title, *_MORE.get(kind, ()))
    shown = [desk.show(definition[name], values.get(name)) for name in names]
    return ", ".join(filter(None, shown)) or f"{definition.label} without a name"


def headed(desk: Desk, kind: str, values: Values) -> str:
    """Return the title of a record as it stands alone: with its kind where it is but a day, a number or a word."""
    title = title_of(desk, kind, values)
    return f"{DEFINITIONS[kind].label} {title}" if "agreement" in _MORE.get(kind, ()) else title


def called(desk: Desk, kind: str, values: Values) -> str:
    """Return what a person calls a record by: its reference, or its title where it has none."""
    definition = DEFINITIONS[kind]
    reference = values.get(definition.reference) if definition.reference != definition.title else None
    return str(reference) if reference else title_of(desk, kind, values)


def with_names(desk: Desk, kinds: Iterable[str]) -> dict[str, NameIndex]:
    """Return the names that links are shown by, with those of kinds that have none of their own, such as requests."""
    others = {
        kind: NameIndex((uid, called(desk, kind, values), ()) for uid, values in desk.load(kind).items())
        for kind in set(kinds) - desk.names.keys()
    }
    return {**desk.names, **others}


def counted(kind: str, count: int) -> str:
    """Return a number of records of a kind in words: 1 funding line, 12 activities."""
    definition = DEFINITIONS[kind]
    return f"{count:,} {(definition.label if count == 1 else definition.plural).lower()}"
