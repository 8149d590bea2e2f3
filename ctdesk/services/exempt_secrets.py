"""What of the agreements may not be published, each piece with the names beside which it would be understood."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from ctdesk.domain import clock
from ctdesk.domain.contract_paper import WHOLE, with_what_tells
from ctdesk.domain.definition import DEFINITIONS, Field, Kind, Value, Values
from ctdesk.domain.exempt_text import Secret, plain
from ctdesk.services.contracts import worked_sums
from ctdesk.services.desk import Desk
from ctdesk.services.published_services import delivered_by, exempt_marks, unpublished
from ctdesk.services.told_in_public import published_names, published_sums

_WHOLE_TOLD_BY = ("provider", "total_value", "annual_value")
"""What would give away an agreement that is exempt whole, besides its reference and title."""
_LEGAL_FORM = re.compile(
    r"[\s,]+(?:ltd|limited|plc|llp|cic|cio|community interest company|nhs (?:foundation )?trust)\.?$", re.IGNORECASE
)
_NOBODY = frozenset({"in house", "several providers"})
_SENTENCE = re.compile(r"[.!?;:\n]+")
_TELLING_WORDS = 5
"""A passage of so many words stands nowhere by chance."""
_LONG_NAME = 6


def secrets_of(desk: Desk) -> list[Secret]:
    """Return what is marked exempt of agreements, and what else would give it away."""
    marks = exempt_marks(desk)
    if not marks:
        return []
    held = _Held(desk, marks)
    found = {uid: [*held.secrets(uid)] for uid in marks if uid in held.agreements}
    priced = [uid for uid, secrets in found.items() if any(isinstance(it.what, Decimal) for it in secrets)]
    published = published_sums(desk, priced) if priced else frozenset()
    return [replace(it, published=published) for secrets in found.values() for it in secrets]


@dataclass(frozen=True, slots=True)
class _Marked:
    """An agreement with what of it was marked, and what it is called beside that; `whole` names it if all of it is."""

    values: Values
    own: Mapping[str, str]
    called: str
    beside: tuple[str, ...]
    whole: str = ""


class _Held:
    """The agreements with their marks and parts, and who delivers for the desk without being a secret."""

    def __init__(self, desk: Desk, marks: Mapping[str, Mapping[str, str]]) -> None:
        self.desk = desk
        self.agreements = desk.load("agreement")
        self.own = marks
        self.marks = {uid: self._withheld(items) for uid, items in marks.items()}
        self.titles = desk.load_fields("activity", "title", "provider")
        self.known = self._known_providers()
        self.public_names = published_names(desk, [uid for uid, items in self.marks.items() if WHOLE in items])

    def secrets(self, uid: str) -> Iterator[Secret]:
        """Yield what may not be told of an agreement."""
        values, withheld = self.agreements[uid], self.marks[uid]
        reference, title = (str(values.get(name) or "") for name in ("reference", "title"))
        services = (str(self.titles[one]["title"] or "") for one in sorted(delivered_by(self.desk, [uid])))
        beside = tuple(filter(None, (reference, title, *(name for name in services if len(name) >= _LONG_NAME))))
        longer = self._longer(beside)
        whole = f"the agreement {reference or title}" if WHOLE in withheld else ""
        if whole:
            yield from (Secret(whole, name, longer=longer) for name in (reference, title) if name)
        marked = _Marked(values, self.own[uid], title or reference, beside, whole)
        if "annual_value" in withheld:
            called = whole or f"what {marked.called} comes to"
            typed = {values.get("annual_value"), values.get("total_value")}
            for pence in worked_sums(self.desk, clock.today(), [uid])[uid] - typed:
                yield Secret(called, Decimal(pence) / 100, beside, longer)
        for item in withheld:
            yield from (replace(it, longer=longer) if it.beside else it for it in self._of_item(uid, marked, item))

    def _longer(self, names: Iterable[str]) -> tuple[str, ...]:
        """Return what else is called so with more words: minibuses from 2026 are not the minibuses."""
        wanted = {plain(name) for name in names}
        others = {other: plain(other) for other in self.public_names}
        return tuple(it for it, said in others.items() if said not in wanted and any(one in said for one in wanted))

    def _withheld(self, items: Mapping[str, str]) -> Mapping[str, str]:
        whole = dict.fromkeys(_WHOLE_TOLD_BY, items[WHOLE]) if WHOLE in items else {}
        return with_what_tells({**whole, **items})

    def _of_item(self, uid: str, marked: _Marked, item: str) -> Iterator[Secret]:
        kind, _, name = item.partition(".")
        field = DEFINITIONS["agreement"].by_name.get(item)
        if field is not None:
            yield from self._of_field(field, marked.values.get(item), marked, field.label.lower())
        elif kind in DEFINITIONS:
            definition = DEFINITIONS[kind]
            for values in self.desk.load(definition.kind, agreement=uid).values():
                for one in definition.fields:
                    if one.name == name or (not name and _tells(one, own=item in marked.own)):
                        called = f"{one.label.lower()} of the {definition.label.lower()}"
                        yield from self._of_field(one, values.get(one.name), marked, called)

    def _of_field(self, field: Field, value: Value, marked: _Marked, label: str) -> Iterator[Secret]:
        called = marked.whole or f"{label} of {marked.called}"
        if value is None or value == ():
            return
        if field.kind is Kind.MONEY and isinstance(value, int):
            yield Secret(called, Decimal(value) / 100, marked.beside)
        elif isinstance(value, date):
            yield Secret(called, value, marked.beside)
        elif field.name == "provider":
            beside = marked.beside if value in self.known else ()
            yield from (Secret(called, name, beside) for name in self._names(str(value)))
        elif field.kind is not Kind.MONEY:
            yield from _of_text(called, self.desk.show(field, value), marked.beside)

    def _names(self, organisation: str) -> set[str]:
        """Return every name by which an organisation may be called."""
        found = self.desk.load_some("organisation", [organisation]).get(organisation, {})
        given = [str(found.get("name") or ""), str(found.get("short_name") or "")]
        given += str(found.get("aliases") or "").split(";")
        names = {name.strip() for name in (*given, *(_LEGAL_FORM.sub("", name.strip()) for name in given))}
        return {name for name in names if name and plain(name) not in _NOBODY}

    def _known_providers(self) -> set[Value]:
        """Return the providers that stand in public for something else: another agreement, or an activity."""
        hidden = unpublished(self.desk)
        known = {values.get("provider") for uid, values in self.titles.items() if uid not in hidden}
        for uid, values in self.agreements.items():
            if "provider" not in self.marks.get(uid, {}):
                known.add(values.get("provider"))
        for share in self.desk.load("agreement_share").values():
            if "provider" not in self.marks.get(str(share["agreement"]), {}):
                known.add(share.get("provider"))
        return known


def _tells(field: Field, *, own: bool) -> bool:
    """Whether a field tells something, where all records of its kind are withheld: because of their sums, or marked."""
    return field.kind is Kind.MONEY or field.name == "provider" or (own and field.name != "agreement")


def _of_text(called: str, text: str, beside: tuple[str, ...]) -> Iterator[Secret]:
    """Yield a text passage by passage: who quotes it will hardly quote it whole."""
    for passage in {text, *_SENTENCE.split(text)}:
        telling = len(plain(passage).split()) >= _TELLING_WORDS
        yield Secret(called, passage.strip(), () if telling else beside)
