"""Reading a public edition as its readers will, for what is marked exempt of an agreement."""

from collections.abc import Iterator
from dataclasses import dataclass

from ctdesk.domain.definition import DEFINITIONS, Kind, Value, Values
from ctdesk.domain.errors import DeskError
from ctdesk.domain.money import money_text
from ctdesk.services.desk import Desk
from ctdesk.services.preview import Paper, pages_of

_SHORTEST = 4
"""A text shorter than this stands by chance on many pages."""


class ExemptShown(DeskError):
    """A public edition would show what is marked exempt; a person may know better and issue it all the same."""


@dataclass(frozen=True, slots=True)
class _Secret:
    """A text that may not be read, where one of `beside` (if there are any) stands on the same page."""

    text: str
    beside: tuple[str, ...]
    words: str


def refuse_exempt(desk: Desk, content: bytes) -> None:
    """Raise ExemptShown, naming the first page, if a PDF shows what is marked exempt."""
    found = exempt_shown(desk, content)
    if found:
        more = f" (and {len(found) - 1} more)" if len(found) > 1 else ""
        raise ExemptShown(f"{found[0]}{more}; mark the item that shows it as exempt, or take it out.")


def exempt_shown(desk: Desk, content: bytes) -> list[str]:
    """Return what a PDF shows of what is marked exempt, with the page, as sentences without a full stop."""
    secrets = list(_secrets(desk))
    if not secrets:
        return []
    pages = pages_of(Paper("the public edition", content))
    try:
        texts = [pages.text(at).casefold() for at in range(len(pages.sizes))]
    finally:
        pages.close()
    return [
        f"Page {number} of the public edition shows {secret.words}, which is marked as not for publication"
        for secret in secrets
        for number, text in enumerate(texts, 1)
        if secret.text in text and (not secret.beside or any(name in text for name in secret.beside))
    ]


def _secrets(desk: Desk) -> Iterator[_Secret]:
    """Yield the reference (or title) of agreements that are exempt whole, and the exempt fields of others."""
    marks = desk.load("exempt_mark").values()
    agreements = desk.load_some("agreement", {str(mark["agreement"]) for mark in marks})
    for mark in marks:
        values = agreements[str(mark["agreement"])]
        names = tuple(str(values[name]).casefold() for name in ("reference", "title") if values[name])
        if not mark["item"]:
            if names and len(names[0]) >= _SHORTEST:
                yield _Secret(names[0], (), f"the agreement {values['reference'] or values['title']}")
            continue
        field = DEFINITIONS["agreement"].by_name.get(str(mark["item"]))
        for text in _shown(desk, str(mark["item"]), values):
            if field is not None and len(text) >= _SHORTEST:
                called = f"{field.label.lower()} of {values['title'] or values['reference']}"
                yield _Secret(text.casefold(), names, called)


def _shown(desk: Desk, name: str, values: Values) -> list[str]:
    """Return how the value of a field may be printed."""
    field = DEFINITIONS["agreement"].by_name.get(name)
    value: Value = values.get(name)
    if field is None or value is None or value == ():
        return []
    if field.kind is Kind.MONEY and isinstance(value, int):
        return [money_text(value), f"{value // 100:,}"] if value >= 1_000_00 else []
    return [desk.show(field, value)]
