"""What the desk numbers by itself: activities in their agency's series, actions one after another."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import count

from ctdesk.domain.definition import Value, Values
from ctdesk.domain.names import NameIndex
from ctdesk.services.desk import Desk

_NUMBERED = re.compile(r"([A-Z]{2,5})-(\d{1,6})$")
_SMALL = {"and", "of", "the", "for", "in", "on"}


def numbered(
    desk: Desk, kind: str, records: Sequence[Values], names: NameIndex | None = None, besides: Iterable[str] = ()
) -> list[dict[str, Value]]:
    """Return new records with what the desk gives them: an activity its agency's next reference, an action its number.

    What has one keeps it. `names` are those of the organisations, where some are not the desk's yet; `besides` are
    references that are given away otherwise in the same step.
    """
    if kind == "action":
        numbers = _action_numbers(desk)
        return [{**values, "number": values.get("number") or next(numbers)} for values in records]
    if kind != "activity" or all(values.get("reference") for values in records):
        return [dict(values) for values in records]
    series = _series(desk, records, names or desk.names["organisation"], list(besides))
    return [
        {**values, "reference": values.get("reference") or next(series[str(values.get("agency"))])}
        for values in records
    ]


def next_action_number(desk: Desk) -> str:
    """Return the number that the next action is given."""
    return next(_action_numbers(desk))


def _action_numbers(desk: Desk) -> Iterator[str]:
    held = (str(values["number"]) for values in desk.load_fields("action", "number").values())
    return map(str, count(1 + max((int(text) for text in held if text.isdecimal()), default=0)))


def _series(desk: Desk, records: Sequence[Values], names: NameIndex, taken: list[str]) -> dict[str, Iterator[str]]:
    """Return by agency the references that its activities without one are to have."""
    own: dict[str, list[str]] = defaultdict(list)
    for held in [*desk.load_fields("activity", "agency", "reference").values(), *records]:
        if held.get("reference"):
            own[str(held.get("agency"))].append(str(held["reference"]))
    taken += [reference for references in own.values() for reference in references]
    series = {}
    for agency, many in Counter(str(it.get("agency")) for it in records if not it.get("reference")).items():
        fresh = next_references(own[agency], names.name(agency), many, taken)
        taken += fresh
        series[agency] = iter(fresh)
    return series


def next_references(own: Iterable[str], agency: str, how_many: int, taken: Iterable[str] = ()) -> list[str]:
    """Return fresh references such as `SS-018`, in the agency's own series if it has one, after all that are taken."""
    prefixes = [prefix for prefix, _ in _read(own)]
    prefix = max(set(prefixes), key=prefixes.count) if prefixes else _letters(agency)
    last = max((number for of, number in _read([*own, *taken]) if of == prefix), default=0)
    return [f"{prefix}-{number:03d}" for number in range(last + 1, last + 1 + how_many)]


def _read(references: Iterable[str]) -> list[tuple[str, int]]:
    return [(found[1], int(found[2])) for text in references if (found := _NUMBERED.match(text))]


def _letters(agency: str) -> str:
    """Return two to four letters for an agency: its initials, or the beginning of its one word."""
    words = [word for word in re.findall(r"[A-Za-z]+", agency) if word.lower() not in _SMALL]
    letters = "".join(word[0] for word in words) if len(words) > 1 else "".join(words)[:3]
    return (letters.upper() or "NEW")[:4].ljust(2, "X")
