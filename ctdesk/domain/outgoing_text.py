"""Looking through a text or a calendar file before it leaves: what people typed into it, and what it leads to."""

import re
from collections.abc import Iterable, Iterator

from ctdesk.domain.outgoing import Concern, Remark, personal_remarks, places_in

_FOLD = re.compile(r"\r?\n[ \t]")
_PEOPLE = re.compile(r"(?:ORGANIZER|ATTENDEE|CONTACT)[;:]", re.IGNORECASE)
_LEADS = re.compile(r"(?:ATTACH|URL|CONFERENCE|IMAGE|LINK|SOURCE)[;:]", re.IGNORECASE)
_ESCAPED = re.compile(r"\\([\\;,nN])")


def text_remarks(text: str) -> list[Remark]:
    """Return what a text gives away, with the numbers of its lines."""
    return list(typed_remarks((f"line {number}", line) for number, line in enumerate(text.splitlines(), start=1)))


def calendar_remarks(text: str) -> list[Remark]:
    """Return what a calendar file (RFC 5545) gives away: people, files and addresses it names, and its texts.

    Lines are counted as they are meant, the pieces of a folded one together.
    """
    lines = _FOLD.sub("", text).splitlines()
    found = []
    for number, line in enumerate(lines, start=1):
        where = f"line {number}"
        if _PEOPLE.match(line):
            found.append(Remark(Concern.AUTHOR, where, f"it names a person: {line[:80]}"))
        elif _LEADS.match(line):
            found.append(Remark(Concern.LINK, where, f"it leads to {line[:80]}"))
        else:
            plain = _ESCAPED.sub(lambda it: " " if it[1] in "nN" else it[1], line.partition(":")[2])
            found += typed_remarks([(where, plain)])
    return found


def typed_remarks(texts: Iterable[tuple[str, str]]) -> Iterator[Remark]:
    """Yield what texts that people typed give away; each comes with where it stands."""
    for where, text in texts:
        for remark in places_in(where, text):
            yield Remark(Concern.TYPED_PLACE, where, remark.what)
        yield from personal_remarks(where, text)
