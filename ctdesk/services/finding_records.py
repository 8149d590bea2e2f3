"""Finding any record by some of its words: over every text of every kind, forgiving slips of the finger."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice

from ctdesk.db import finding
from ctdesk.db.listing import titles
from ctdesk.domain.definition import DEFINITIONS
from ctdesk.domain.words import places_of, words_of
from ctdesk.services.desk import Desk
from ctdesk.services.known_words import known_words


@dataclass(frozen=True, slots=True)
class Hit:
    """A record that was found.

    `shown` is the text in which it was found (the title, or the words around in another field), `field_label`
    that field's label, `match` the places (start, length) in `shown` that fit, and `read_as` what was sought
    instead of what was typed, if nothing fitted that.
    """

    kind: str
    uid: str
    title: str
    subtitle: str
    field_label: str
    shown: str
    match: tuple[tuple[int, int], ...]
    read_as: str | None = None


@dataclass(frozen=True, slots=True)
class _Word:
    """One word sought: as typed, or the words it may be a slip for."""

    readings: tuple[str, ...]
    corrected: bool = False

    def expression(self) -> str:
        """Return the word for the full-text index."""
        return "(" + " OR ".join(f'"{reading}"*' for reading in self.readings) + ")"


@dataclass(frozen=True, slots=True)
class _Candidate:
    """A record that fits, with its texts by field."""

    kind: str
    uid: str
    texts: dict[str, str]


_LOOKED_AT = 60
"""Of one kind, the best are sought among so many records: a word that more of them hold tells them not apart."""

_KINDS_FIRST = ("organisation", "activity", "post", "team", "round", "contact", "stored_file")
_BEFORE, _AROUND = 30, 110
"""Characters shown before the first match, and in all, of a text that is long."""


def find(desk: Desk, text: str, limit: int = 12) -> list[Hit]:
    """Return the records that hold all words typed, or words beginning with them, best first.

    If there are none, those that hold words very like the ones typed.
    """
    words = [_Word((word,)) for word in words_of(text)]
    if not words:
        return []
    found = _ranked(desk, words, limit)
    if not found:
        words = [_guess(desk, word) for word in words]
        found = _ranked(desk, words, limit) if any(word.corrected for word in words) else []
    organisations = titles(desk.workspace, "organisation") if found else {}
    return [_hit(desk, it, words, organisations) for it in found]


def _guess(desk: Desk, word: _Word) -> _Word:
    """Return a word with those it may be a slip for; itself if none is like it."""
    (typed,) = word.readings
    known = finding.is_known(desk.workspace, word.expression())
    like = known_words(desk.workspace).like(typed)
    if not like:
        return word
    # A word that is known may still be a slip, and then it counts beside what it is like.
    return _Word((typed, *like) if known else like, corrected=True)


def _ranked(desk: Desk, words: Sequence[_Word], limit: int) -> list[_Candidate]:
    """Return the records that hold all words, those with the words in their title first."""
    wanted = " AND ".join(word.expression() for word in words)
    small = finding.numbers_of_small_kinds(desk.workspace)
    numbers = _some(finding.numbers_of(desk.workspace, f"title : ({wanted})"), small)
    if len(numbers) < limit:
        held = set(numbers)
        numbers += [it for it in _some(finding.numbers_of(desk.workspace, wanted), small) if it not in held]
    return sorted(_candidates(desk, numbers), key=lambda it: _rank(it, words))[:limit]


def _some(numbers: Sequence[int], small: Mapping[str, set[int]]) -> list[int]:
    """Return as many numbers as will be looked at: the first of each kind with few records, and the first others."""
    some = [number for few in small.values() for number in islice(filter(few.__contains__, numbers), _LOOKED_AT)]
    others = (number for number in numbers if not any(number in few for few in small.values()))
    return some + list(islice(others, _LOOKED_AT))


def _candidates(desk: Desk, numbers: Sequence[int]) -> Iterator[_Candidate]:
    for kind, uids in finding.records_of(desk.workspace, numbers).items():
        for uid, texts in finding.texts_of(desk.workspace, kind, uids).items():
            yield _Candidate(kind, uid, texts)


def _rank(candidate: _Candidate, words: Sequence[_Word]) -> tuple[float, ...]:
    """Return what is less for a better hit: more words in the title, whole and in front, then by kind and length."""
    title = words_of(candidate.texts.get(DEFINITIONS[candidate.kind].title, ""))
    whole = sum(reading in title for word in words for reading in word.readings)
    starts = bool(title) and title[0].startswith(words[0].readings)
    kind = _KINDS_FIRST.index(candidate.kind) if candidate.kind in _KINDS_FIRST else len(_KINDS_FIRST)
    return -_words_held(title, words), -whole, not starts, kind, len(title)


def _words_held(held: Sequence[str], words: Sequence[_Word]) -> int:
    return sum(any(it.startswith(word.readings) for it in held) for word in words)


def _hit(desk: Desk, candidate: _Candidate, words: Sequence[_Word], organisations: dict[str, str]) -> Hit:
    definition = DEFINITIONS[candidate.kind]
    # Of fields that hold equally many of the words the first is taken, and the title is the first of all.
    name = max(candidate.texts, key=lambda it: _words_held(words_of(candidate.texts[it]), words))
    title = candidate.texts.get(definition.title) or titles(desk.workspace, candidate.kind).get(candidate.uid, "")
    beginnings = [reading for word in words for reading in word.readings]
    shown = title if name == definition.title else _around(candidate.texts[name], beginnings)
    return Hit(
        kind=candidate.kind,
        uid=candidate.uid,
        title=title or definition.label,
        subtitle=_subtitle(desk, candidate, organisations),
        field_label=definition[name].label,
        shown=shown,
        match=places_of(shown, beginnings),
        read_as=_read_as(candidate, words),
    )


def _around(text: str, beginnings: Sequence[str]) -> str:
    """Return the words around the first that fits, on one line."""
    text = " ".join(text.split())
    first = next(iter(places_of(text, beginnings)), (0, 0))[0]
    begin = text.rfind(" ", 0, max(first - _BEFORE, 0)) + 1 if first > _BEFORE else 0
    end = len(text) if len(text) <= begin + _AROUND else text.rfind(" ", begin, begin + _AROUND)
    end = end if end > first else len(text)
    return ("…" if begin else "") + text[begin:end] + ("…" if end < len(text) else "")


def _subtitle(desk: Desk, candidate: _Candidate, organisations: dict[str, str]) -> str:
    """Return what else tells records of one title apart: the reference, and whose the record is."""
    definition = DEFINITIONS[candidate.kind]
    reference = candidate.texts.get(definition.reference, "") if definition.reference != definition.title else ""
    owner = ""
    if definition.owner is not None:
        owner = organisations.get(finding.owner_of(desk.workspace, candidate.kind, candidate.uid) or "", "")
    return " · ".join(filter(None, (reference, owner)))


def _read_as(candidate: _Candidate, words: Sequence[_Word]) -> str | None:
    """Return the words that were found where others were typed."""
    if not any(word.corrected for word in words):
        return None
    held = words_of(" ".join(candidate.texts.values()))
    return " ".join(
        next((it for it in word.readings if any(one.startswith(it) for one in held)), word.readings[0])
        for word in words
    )
