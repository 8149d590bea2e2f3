"""Names that a return or a register brings along: new organisations and teams, made only if they are used."""

from collections.abc import Iterable, Mapping

from ctdesk.domain.changes import RecordChange, created, updated
from ctdesk.domain.definition import DEFINITIONS, Field, Value
from ctdesk.domain.identity import new_uid
from ctdesk.domain.incoming import Suggestions
from ctdesk.domain.names import NameIndex
from ctdesk.returns.name_matching import suggest
from ctdesk.returns.parsing import Resolved

_ROLES = {"agency": {"is_agency": True}, "provider": {"is_provider": True}}


class NewNames:
    """Decides on names the desk does not know, and remembers what must be made if they are used."""

    def __init__(
        self,
        names: Mapping[str, NameIndex],
        agency: str | None,
        suggestions: Suggestions,
        decided: Mapping[tuple[str, str], Suggestions] | None = None,
    ) -> None:
        """Take the known names (new ones are added to them) and the agency that new teams belong to.

        `decided` is what a person said to single likenesses, by field and typed name.
        """
        self.names = names
        """The names known so far, those that came along too."""
        self._agency = agency
        self._suggestions = suggestions
        self._decided = decided or {}
        self._made: dict[str, tuple[str, dict[str, Value]]] = {}

    def resolve(self, field: Field, text: str) -> Resolved:
        """Return what a name stands for: somebody known that it resembles is only suggested."""
        if not field.open or field.target not in {"organisation", "team"}:
            return Resolved(None)
        index = self.names[field.target]
        said = self._decided.get((field.name, text), self._suggestions)
        asks = field.target == "organisation" and said is not Suggestions.DECLINE
        near = suggest(text, index) if asks else None
        if near is None:
            return Resolved(self._make(field, text, index))
        return Resolved(near.uid if said is Suggestions.ACCEPT else None, near.name)

    def known_or_new(self, field: Field, text: str) -> str:
        """Return the uid of a name that a person gave on purpose, making it if it is not known."""
        index = self.names[field.target or ""]
        return index.find(text) or self._make(field, text, index)

    def _make(self, field: Field, text: str, index: NameIndex) -> str:
        uid = new_uid()
        name = " ".join(text.split())
        values: dict[str, Value] = {"name": name}
        if field.target == "team":
            values["agency"] = self._agency
        else:
            values |= _ROLES.get(field.name, {})
        self._made[uid] = (field.target or "", values)
        index.add(uid, name)
        return uid

    def describe(self, uid: str, **more: Value) -> None:
        """Add to what is known of a new organisation, such as its charity number."""
        if uid in self._made:
            for name, value in more.items():
                self._made[uid][1].setdefault(name, value)

    def is_new(self, uid: str) -> bool:
        """Whether this name came with the file."""
        return uid in self._made

    def creations(self, changes: Iterable[RecordChange]) -> list[RecordChange]:
        """Return the creation of every new record that these changes point at."""
        used: dict[str, None] = {}
        for change in changes:
            links = [item.name for item in DEFINITIONS[change.kind].fields if item.target]
            for name in links:
                value = change.after.get(name)
                if isinstance(value, str) and value in self._made:
                    used[value] = None
        return [created(self._made[uid][0], self._made[uid][1], uid) for uid in used]


def taking_on_roles(
    organisations: Mapping[str, Mapping[str, Value]], changes: Iterable[RecordChange]
) -> list[RecordChange]:
    """Return the updates that mark known organisations as delivering or commissioning once they first do."""
    roles: dict[str, dict[str, Value]] = {}
    for change in changes:
        if change.kind not in {"activity", "agreement"}:
            continue
        for field, role in _ROLES.items():
            uid = change.after.get(field)
            if isinstance(uid, str) and uid in organisations:
                roles.setdefault(uid, {}).update(role)
    found = [updated("organisation", uid, organisations[uid], role) for uid, role in roles.items()]
    return [change for change in found if change is not None]
