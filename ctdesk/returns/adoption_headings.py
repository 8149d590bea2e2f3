"""Which fields a stranger's heading may name: by label, alias, published form, its words, or a near spelling."""

from collections.abc import Iterator
from dataclasses import dataclass

from ctdesk.domain.definition import Field, Kind, RecordDefinition
from ctdesk.returns.headers import plain_heading
from ctdesk.returns.profiles import field_of, shipped_profiles

_BY_LABEL, _BY_ALIAS, _BY_FORM = 1.0, 0.95, 0.9
_NEARLY = 88
_OTHERWISE = 0.55
_OTHER_THING = frozenset(
    [
        *("address", "postcode", "postal", "city", "county", "country", "latitude", "longitude", "human"),
        *("telephone", "phone", "fax", "url", "uri", "website", "web", "link", "email"),
        *("code", "id", "identifier", "number", "reference", "type", "category", "classification", "status"),
        *("currency", "vat", "tax", "applied", "disbursed", "requested", "spent", "actual", "variance", "saving"),
        *("savings", "minimum", "paid", "invoice", "invoiced", "payment", "transaction", "card", "merchant"),
        *("days", "length", "duration", "uploaded", "modified", "published"),
    ]
)
"""Words beside a known one that make a heading mean another thing: a supplier's address is not the supplier."""

_ALLOWED = {
    Kind.CODE: frozenset({"id", "identifier", "number", "reference", "code"}),
    Kind.EMAIL: frozenset({"email", "address"}),
    Kind.CHOICE: frozenset({"type", "category", "code"}),
}
_YEARLY = frozenset({"annual", "yearly", "year", "annually"})
_WHOLE = frozenset(
    {"total", "whole", "life", "lifetime", "overall", "aggregate", "maximum", "length", "sum", "awarded"}
)


@dataclass(frozen=True, slots=True)
class Meaning:
    """A field that a heading may name: how likely by its words alone (0 to 1), why, and at most how likely."""

    field: Field
    name: str
    likely: float
    why: str
    at_most: float = 1.0

    @property
    def by_label(self) -> bool:
        """Whether the heading is the field's own label."""
        return self.likely == _BY_LABEL


class Vocabulary:
    """Every heading that is known for the fields of one kind of record, in its plain form."""

    def __init__(self, definition: RecordDefinition) -> None:
        """Gather labels, aliases and the headings of the published forms."""
        self._definition = definition
        self._known: dict[str, dict[str, float]] = {}
        self.unwanted: set[str] = set()
        for field in definition.fields:
            self._learn(field.label, field.name, _BY_LABEL)
            for alias in field.aliases:
                self._learn(alias, field.name, _BY_ALIAS)
        self.of_fields = frozenset(self._known)
        for profile in shipped_profiles():
            if profile.kind == definition.kind:
                self.unwanted.update(map(plain_heading, profile.ignore))
                for heading, name in profile.columns.items():
                    self._learn(heading, name, _BY_FORM)
        self._words = {plain: frozenset(plain.split()) for plain in self._known}
        self._every_word = frozenset(word for words in self._words.values() for word in words)

    def _learn(self, heading: str, name: str, likely: float) -> None:
        self._known.setdefault(plain_heading(heading), {}).setdefault(name, likely)

    def __contains__(self, plain: object) -> bool:
        """Whether a plain heading is known, wanted or not."""
        return plain in self._known or plain in self.unwanted

    def meanings(self, heading: str) -> list[Meaning]:
        """Return the fields a heading may name, each once, the likeliest first."""
        plain = plain_heading(heading)
        if plain in self.unwanted and plain not in self._known:
            return []
        found: dict[str, Meaning] = {}
        for meaning in self._all(plain):
            if meaning.name not in found or meaning.likely > found[meaning.name].likely:
                found[meaning.name] = meaning
        return sorted(found.values(), key=lambda meaning: -meaning.likely)

    def _all(self, plain: str) -> Iterator[Meaning]:
        if plain in self._known:
            for name, likely in self._known[plain].items():
                yield self._meaning(plain, name, likely, "by its name")
            return
        yield from self._by_words(plain)
        yield from self._by_spelling(plain)

    def _by_words(self, plain: str) -> Iterator[Meaning]:
        words = frozenset(plain.split())
        for known, known_words in self._words.items():
            if known_words < words:
                likely = 0.55 + 0.35 * len(known_words) / len(words)
                for name in self._known[known]:
                    odd = (words - known_words) & _OTHER_THING - _ALLOWED.get(self._field(name).kind, frozenset())
                    why = f"its name contains “{known}”" + "".join(f", but also “{word}”" for word in sorted(odd))
                    yield self._meaning(plain, name, likely * (_OTHERWISE if odd else 1), why)

    def _by_spelling(self, plain: str) -> Iterator[Meaning]:
        from rapidfuzz import fuzz, process

        if len(plain) < 5 or self._every_word.issuperset(plain.split()):
            return  # words spelled rightly are no slips: a contact is not a contract
        near = process.extractOne(plain, list(self._known), scorer=fuzz.ratio, score_cutoff=_NEARLY)
        if near is not None:
            for name in self._known[near[0]]:
                yield self._meaning(plain, name, 0.9 * near[1] / 100, f"its name is nearly “{near[0]}”")

    def _meaning(self, plain: str, name: str, likely: float, why: str) -> Meaning:
        field = self._field(name)
        at_most, doubt = _whole_sum(plain, field)
        return Meaning(field, name, likely, why + doubt, at_most)

    def _field(self, name: str) -> Field:
        field = field_of(self._definition, name)
        assert field is not None  # noqa: S101 - names come from the definition and from profiles checked on loading
        return field


def _whole_sum(plain: str, field: Field) -> tuple[float, str]:
    """Doubt that a sum of money is a year's, if its heading does not say so."""
    words = set(plain.split())
    if field.kind is not Kind.MONEY or "annual" not in plain_heading(field.label) or words & _YEARLY:
        return 1.0, ""
    doubt = "; it may be the sum for the whole agreement, not for one year"
    return (0.55, doubt) if words & _WHOLE else (0.75, doubt)


def field_label(definition: RecordDefinition, name: str) -> str:
    """Return a field's label, for a linked record's field with that of the link: `Provider: Charity number`."""
    own, _, part = name.partition(".")
    found = field_of(definition, name)
    label = found.label if found else name
    return f"{definition[own].label}: {label}" if part else label
