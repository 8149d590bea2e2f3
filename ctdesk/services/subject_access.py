"""Everything in a workspace that names a person, for whoever asks what is held about them (UK GDPR, Article 15)."""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from ctdesk.db.history import change_sets, changes_of
from ctdesk.domain.cancelling import cancelling
from ctdesk.domain.counting import counted
from ctdesk.domain.definition import DEFINITIONS, Value, Values
from ctdesk.domain.errors import DeskError
from ctdesk.domain.words import plain_text
from ctdesk.services.desk import Desk
from ctdesk.services.kept_texts import NotLookedInto, kept_texts
from ctdesk.services.naming import title_of

HEADINGS = ("Where", "Record", "Field", "What stands there")
NOT_LOOKED_INTO = "Not looked into"
Line = tuple[str, str, str, str]
OnStep = Callable[[int, int], object]
_SHORTEST, _LONGEST = 3, 400
_BETWEEN = ";"
"""Stands between the texts that one person may be written as."""


class Part(StrEnum):
    """Where in the workspace a person is named."""

    NOW = "In the records as they are"
    HISTORY = "In the history of every step"
    FILES = "In kept files"


@dataclass(frozen=True, slots=True)
class Mention:
    """One place that names a person, as a line of the export; `kind` is what such places are counted by."""

    part: Part
    kind: str
    line: Line


@dataclass(frozen=True, slots=True)
class HeldAbout:
    """All that was found when a workspace was searched for texts that name one person."""

    names: tuple[str, ...]
    mentions: tuple[Mention, ...]

    @property
    def lines(self) -> list[Line]:
        """The lines of the export."""
        return [mention.line for mention in self.mentions]

    @property
    def not_looked_into(self) -> int:
        """How many kept files a person must look through."""
        return sum(mention.kind == NOT_LOOKED_INTO for mention in self.mentions)

    @property
    def places(self) -> int:
        """How many places name the person."""
        return len(self.mentions) - self.not_looked_into

    def counts(self) -> list[tuple[Part, str, int]]:
        """Return how many places there are of each kind, part by part, in their order."""
        found = Counter((mention.part, mention.kind) for mention in self.mentions)
        return [(part, kind, count) for (part, kind), count in found.items()]


@dataclass(frozen=True, slots=True)
class WorkContact:
    """A contact as it is picked from a list, with the texts that name that person."""

    uid: str
    words: str
    names: str


def work_contacts(desk: Desk) -> list[WorkContact]:
    """Return every contact that a name, an e-mail or a number stands at, in the order of their words."""
    found = []
    for uid, values in desk.load("contact").items():
        names = [str(values[field]) for field in ("name", "email", "telephone") if values.get(field)]
        if names:
            agency = str(desk.organisations.get(str(values["agency"]), {}).get("name") or "")
            told = filter(None, (str(values["name"] or ""), str(values["role"] or ""), agency))
            found.append(WorkContact(uid, ", ".join(told), f"{_BETWEEN} ".join(names)))
    return sorted(found, key=lambda it: it.words.casefold())


def names_typed(typed: str) -> list[str]:
    """Return the texts that were typed with ; between them."""
    return [name for part in typed.split(_BETWEEN) if (name := part.strip())]


def held_about(desk: Desk, names: Sequence[str], on_step: OnStep = lambda _done, _of: None) -> HeldAbout:
    """Return every field, now and at each step, and every step itself, that holds one of these texts.

    Kept files are looked into too, cell by cell and page by page; one that cannot be is named, for a person to look
    through. Capitals, accents and the form of an apostrophe do not matter. Raises DeskError if a text is too short
    to tell anybody by.
    """
    given = tuple(" ".join(name.split()) for name in names if name.strip())
    if not given or any(len(name) < _SHORTEST for name in given):
        raise DeskError(f"Give a name, an e-mail address or a telephone number of at least {_SHORTEST} characters.")
    wanted = [_plain(name) for name in given]
    return HeldAbout(given, (*_now(desk, wanted), *_steps(desk, wanted, on_step), *_files(desk, wanted, on_step)))


def write_held(desk: Desk, held: HeldAbout, path: Path) -> None:
    """Write what was found as .xlsx or .csv; DeskError if it cannot be written, or would give away anything else."""
    from ctdesk.returns.export import write_table

    notes = (
        f"Everything in {desk.workspace.path.name} that holds: {', '.join(held.names)}",
        f"{counted(held.places, 'place')}: in the records as they are, in the history of every step, in kept files",
        f"{counted(held.not_looked_into, 'kept file')} not looked into, for a person to look through",
        "Kept files are what agencies returned, registers, papers and packs, and the rows as they were sent or agreed.",
        "Backups hold the same again as on the day they were made.",
    )
    write_table(path, HEADINGS, held.lines, sheet="Held about a person", notes=notes)


def _now(desk: Desk, wanted: Sequence[str]) -> Iterator[Mention]:
    for kind, definition in DEFINITIONS.items():
        cancelling().heed()
        for uid, values in desk.load(kind).items():
            for told in _naming(kind, values, wanted):
                title = title_of(desk, kind, values) or uid
                yield Mention(Part.NOW, definition.plural, ("Now", f"{definition.label}: {title}", *told))


def _steps(desk: Desk, wanted: Sequence[str], on_step: OnStep) -> Iterator[Mention]:
    steps = change_sets(desk.workspace)
    for done, step in enumerate(reversed(steps), start=1):
        where = f"Step {step.number}, {step.when:%d/%m/%Y}"
        for label, text in (("Who", step.who), ("Title", step.title), ("Why", step.why)):
            if _holds(text, wanted):
                yield Mention(Part.HISTORY, "Steps", (where, "The step itself", label, text))
        for change in changes_of(desk.workspace, step.uid):
            for word, values in (("before", change.before), ("after", change.after)):
                yield from _then(where, word, change.kind, values, wanted)
        on_step(done, len(steps))


def _then(where: str, word: str, kind: str, values: Values, wanted: Sequence[str]) -> Iterator[Mention]:
    definition = DEFINITIONS[kind]
    for field, text in _naming(kind, values, wanted):
        yield Mention(Part.HISTORY, definition.plural, (where, definition.label, f"{field} ({word})", text))


def _files(desk: Desk, wanted: Sequence[str], on_step: OnStep) -> Iterator[Mention]:
    for found in kept_texts(desk, on_step):
        where = f"Kept file, {found.purpose}"
        if isinstance(found, NotLookedInto):
            yield Mention(Part.FILES, NOT_LOOKED_INTO, (where, found.file, NOT_LOOKED_INTO, found.why))
        elif _holds(found.text, wanted):
            line = (where, found.file, found.where, _around(found.text, wanted))
            yield Mention(Part.FILES, found.purpose.capitalize(), line)


def _around(text: str, wanted: Sequence[str]) -> str:
    """Return a text, or of a long one, like a page, what stands around the first name in it."""
    if len(text) <= _LONGEST:
        return text
    at = min(place for name in wanted if (place := _plain(text).find(name)) >= 0)
    start = max(at - _LONGEST // 2, 0)
    return f"… {text[start : start + _LONGEST]} …"


def _naming(kind: str, values: Mapping[str, Value], wanted: Sequence[str]) -> Iterator[tuple[str, str]]:
    definition = DEFINITIONS[kind]
    for name, value in values.items():
        if isinstance(value, str) and name in definition.by_name and _holds(value, wanted):
            yield definition[name].label, value


def _holds(text: str, wanted: Sequence[str]) -> bool:
    plain = _plain(text)
    return any(name in plain for name in wanted)


def _plain(text: str) -> str:
    return plain_text(text).replace("’", "'")
