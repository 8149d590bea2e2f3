"""Everything in a workspace that names a person, for whoever asks what is held about them (UK GDPR, Article 15)."""

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from ctdesk.db.history import change_sets, changes_of
from ctdesk.domain.counting import counted
from ctdesk.domain.definition import DEFINITIONS, Value
from ctdesk.domain.errors import DeskError
from ctdesk.services.desk import Desk
from ctdesk.services.kept_texts import NotLookedInto, kept_texts
from ctdesk.services.naming import title_of

HEADINGS = ("Where", "Record", "Field", "What stands there")
Line = tuple[str, str, str, str]
_SHORTEST, _LONGEST = 3, 400


def lines_naming(desk: Desk, names: Sequence[str]) -> list[Line]:
    """Return every field, now and at each step, and every step itself, that holds one of these texts.

    Kept files are looked into too, cell by cell and page by page; one that cannot be is named, for a person to look
    through. Capitals do not matter. Raises DeskError if a text is too short to tell anybody by.
    """
    wanted = [name.strip().casefold() for name in names if name.strip()]
    if not wanted or any(len(name) < _SHORTEST for name in wanted):
        raise DeskError(f"Give a name, an e-mail address or a telephone number of at least {_SHORTEST} characters.")
    return [*_now(desk, wanted), *_steps(desk, wanted), *_files(desk, wanted)]


def export_subject_access(desk: Desk, names: Sequence[str], path: Path) -> int:
    """Write what names a person as .xlsx or .csv and return how many lines; DeskError if it cannot be written."""
    from ctdesk.returns.export import write_table

    found = lines_naming(desk, names)
    notes = (
        f"Everything in {desk.workspace.path.name} that holds: {', '.join(names)}",
        f"{counted(len(found), 'place')}: in the records as they are, in the history of every step, in kept files",
        "Kept files are what agencies returned, registers, papers and packs, and the rows as they were sent or agreed.",
        "Backups hold the same again as on the day they were made.",
    )
    write_table(path, HEADINGS, found, sheet="Held about a person", notes=notes)
    return len(found)


def _now(desk: Desk, wanted: Sequence[str]) -> Iterator[Line]:
    for kind, definition in DEFINITIONS.items():
        for uid, values in desk.load(kind).items():
            title = title_of(desk, kind, values) or uid
            yield from (("Now", f"{definition.label}: {title}", *told) for told in _naming(kind, values, wanted))


def _steps(desk: Desk, wanted: Sequence[str]) -> Iterator[Line]:
    for line in reversed(change_sets(desk.workspace)):
        where = f"Step {line.number}, {line.when:%d/%m/%Y}"
        for label, text in (("Who", line.who), ("Title", line.title), ("Why", line.why)):
            if _holds(text, wanted):
                yield where, "The step itself", label, text
        for change in changes_of(desk.workspace, line.uid):
            record = DEFINITIONS[change.kind].label
            for word, values in (("before", change.before), ("after", change.after)):
                told = _naming(change.kind, values, wanted)
                yield from ((where, record, f"{field} ({word})", text) for field, text in told)


def _files(desk: Desk, wanted: Sequence[str]) -> Iterator[Line]:
    for found in kept_texts(desk):
        where = f"Kept file, {found.purpose}"
        if isinstance(found, NotLookedInto):
            yield where, found.file, "Not looked into", found.why
        elif _holds(found.text, wanted):
            yield where, found.file, found.where, _around(found.text, wanted)


def _around(text: str, wanted: Sequence[str]) -> str:
    """Return a text, or of a long one, like a page, what stands around the first name in it."""
    if len(text) <= _LONGEST:
        return text
    at = min(place for name in wanted if (place := text.casefold().find(name)) >= 0)
    start = max(at - _LONGEST // 2, 0)
    return f"… {text[start : start + _LONGEST]} …"


def _naming(kind: str, values: Mapping[str, Value], wanted: Sequence[str]) -> Iterator[tuple[str, str]]:
    definition = DEFINITIONS[kind]
    for name, value in values.items():
        if isinstance(value, str) and name in definition.by_name and _holds(value, wanted):
            yield definition[name].label, value


def _holds(text: str, wanted: Sequence[str]) -> bool:
    folded = text.casefold()
    return any(name in folded for name in wanted)
