"""How long an agreement runs: its first term, the extensions that were exercised, variations of its term.

Only an exercised extension moves the current end; a drafted one counts for the latest possible end. A variation of
the term counts from its day on, and may also shorten.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from ctdesk.domain.agreement_parts import AgreementParts
from ctdesk.domain.dates import date_text
from ctdesk.domain.definition import Values
from ctdesk.domain.held import day_in, number_in
from ctdesk.domain.records.agreement_terms import ExtensionState, VariationKind


@dataclass(frozen=True, slots=True)
class WorkedDate:
    """A date with the sum it came from, in words: `30/06/2026 is 31/12/2026 less 6 months`."""

    day: date
    sum: str


@dataclass(frozen=True, slots=True)
class TermPiece:
    """One stretch of an agreement’s term for drawing: first and last day, its words, and whether it is certain."""

    first: date
    last: date
    words: str
    certain: bool


def current_end(parts: AgreementParts, on: date) -> WorkedDate | None:
    """Return the last day as things stand on a day; None if it is open-ended or no end is known."""
    ended_early = day_in(parts.values, "terminated_on")
    if ended_early is not None:
        return _worked(ended_early, "the day it was ended early")
    end = _initial_end(parts.values)
    for _, moved in sorted(_moves(parts, on), key=lambda move: move[0]):
        if end is None or moved.certain or moved.day > end.day:
            end = WorkedDate(moved.day, moved.sum)
    return end


def latest_end(parts: AgreementParts, on: date) -> WorkedDate | None:
    """Return the last possible day: the current end, or that of the last extension which may still be used."""
    end = current_end(parts, on)
    if end is None or day_in(parts.values, "terminated_on"):
        return end
    possible = [_worked(day, words) for day, words in (*_drafted(parts), *_agreed_for_later(parts, on))]
    return max([end, *possible], key=lambda it: it.day)


def term_pieces(parts: AgreementParts, on: date) -> tuple[TermPiece, ...]:
    """Return the stretches of the term in their order: first term, exercised extensions, then what may follow."""
    start, end = day_in(parts.values, "start"), current_end(parts, on)
    if start is None or end is None or end.day < start:
        return ()
    first_end = min(day_in(parts.values, "end") or end.day, end.day)
    pieces = [TermPiece(start, max(first_end, start), "First term", certain=True)]
    for extension in exercised(parts):
        last = min(day_in(extension, "end") or date.min, end.day)
        if last > pieces[-1].last:
            words = f"{extension_name(extension)}, exercised"
            pieces.append(TermPiece(_after(pieces[-1]), last, words, certain=True))
    if end.day > pieces[-1].last:
        pieces.append(TermPiece(_after(pieces[-1]), end.day, "Term as varied", certain=True))
    for extension in () if day_in(parts.values, "terminated_on") else drafted(parts):
        last = day_in(extension, "end") or date.min
        if last > pieces[-1].last:
            words = f"{extension_name(extension)}, drafted"
            pieces.append(TermPiece(_after(pieces[-1]), last, words, certain=False))
    return tuple(pieces)


def exercised(parts: AgreementParts) -> list[Values]:
    """Return the extensions that were exercised, in the order of their numbers."""
    return sorted((it for it in parts.extensions if it.get("state") == ExtensionState.EXERCISED), key=_number)


def drafted(parts: AgreementParts) -> list[Values]:
    """Return the extensions that may still be used, in the order of their numbers."""
    return sorted((it for it in parts.extensions if it.get("state") == ExtensionState.DRAFTED), key=_number)


def extension_name(extension: Values) -> str:
    """Return what an extension is called: Extension 1."""
    return f"Extension {number_in(extension, 'number') or ''}".strip()


@dataclass(frozen=True, slots=True)
class _Move:
    """What moves the end to a day; a `certain` one also moves it nearer."""

    day: date
    sum: str
    certain: bool


def _initial_end(values: Values) -> WorkedDate | None:
    end = day_in(values, "end")
    return _worked(end, "the end of the first term") if end and not values.get("open_ended") else None


def _moves(parts: AgreementParts, on: date) -> Iterator[tuple[tuple[date, int], _Move]]:
    """Yield what has moved the end by a day, each with its place in the order of events."""
    for extension in exercised(parts):
        end = day_in(extension, "end")
        if end is not None:
            worked = _worked(end, f"the end of {extension_name(extension).lower()}, exercised")
            place = day_in(extension, "decided_on") or date.min
            yield (place, number_in(extension, "number") or 0), _Move(worked.day, worked.sum, certain=False)
    for variation in term_variations(parts):
        first, end = day_in(variation, "from_date"), day_in(variation, "end")
        if first is not None and end is not None and first <= on:
            worked = _worked(end, f"the end as varied from {date_text(first)}")
            yield (first, 0), _Move(worked.day, worked.sum, certain=True)


def term_variations(parts: AgreementParts) -> list[Values]:
    """Return the variations that give the agreement another end."""
    return [it for it in parts.variations if it.get("what") == VariationKind.TERM]


def _drafted(parts: AgreementParts) -> list[tuple[date, str]]:
    return [
        (end, f"the end of {extension_name(it).lower()}, if it is used")
        for it in drafted(parts)
        if (end := day_in(it, "end")) is not None
    ]


def _agreed_for_later(parts: AgreementParts, on: date) -> list[tuple[date, str]]:
    """Return the ends that variations agreed for a later day will give."""
    return [
        (end, f"the end as varied from {date_text(first)}")
        for it in term_variations(parts)
        if (first := day_in(it, "from_date")) and first > on and (end := day_in(it, "end"))
    ]


def _worked(day: date, words: str) -> WorkedDate:
    return WorkedDate(day, f"{date_text(day)} is {words}")


def _after(piece: TermPiece) -> date:
    return piece.last + timedelta(days=1)


def _number(extension: Values) -> int:
    return number_in(extension, "number") or 0
