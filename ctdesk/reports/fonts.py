"""The typeface of the paper, Source Sans Pro: loading it, measuring with it, breaking text into lines."""

import unicodedata
from functools import cache, lru_cache

from reportlab.pdfbase.pdfmetrics import getFont, getRegisteredFontNames, registerFont
from reportlab.pdfbase.ttfonts import TTFont

from ctdesk.resources import resource

REGULAR = "SourceSansPro-Regular"
ITALIC = "SourceSansPro-It"
SEMIBOLD = "SourceSansPro-Semibold"
BOLD = "SourceSansPro-Bold"
FACES = (REGULAR, ITALIC, SEMIBOLD, BOLD)


def register() -> None:
    """Make the four faces known to reportlab, which then embeds the characters used."""
    for face in FACES:
        if face not in getRegisteredFontNames():
            registerFont(TTFont(face, str(resource("fonts", f"{face}.ttf"))))


@lru_cache(maxsize=50_000)
def width(text: str, face: str, size: float) -> float:
    """Return how wide `text` is in points."""
    return float(getFont(face).stringWidth(text, size))


def clean(text: str) -> str:
    """Return `text` on one line, without what cannot be printed: a character the typeface lacks becomes "?"."""
    if text.isascii() and text.isprintable():
        return text
    known = _characters()
    words = " ".join(text.replace("\u00ad", "").split())
    return "".join(
        mark if ord(mark) in known else _nearest(mark) for mark in words if mark.isprintable() or mark == "\u00a0"
    )


@cache
def _characters() -> frozenset[int]:
    return frozenset.intersection(*(frozenset(getFont(face).face.charToGlyph) for face in FACES))


def _nearest(mark: str) -> str:
    known = _characters()
    plain = "".join(part for part in unicodedata.normalize("NFKD", mark) if ord(part) in known)
    return plain or ("" if unicodedata.combining(mark) else "?")


@lru_cache(maxsize=50_000)
def wrap(text: str, face: str, size: float, room: float) -> tuple[str, ...]:
    """Return `text` in lines no wider than `room` points, broken at spaces, within a word only if it must be."""
    text = clean(text)
    if width(text, face, size) <= room:
        return (text,)
    lines, line = [], ""
    for word in (piece for whole in text.split() for piece in _pieces(whole, face, size, room)):
        longer = f"{line} {word}" if line else word
        if line and width(longer, face, size) > room:
            lines.append(line)
            longer = word
        line = longer
    return (*lines, line)


def _pieces(word: str, face: str, size: float, room: float) -> list[str]:
    """Cut a word that is wider than the room into pieces that are not."""
    pieces = [""]
    if width(word, face, size) <= room:
        return [word]
    for mark in word:
        if pieces[-1] and width(pieces[-1] + mark, face, size) > room:
            pieces.append("")
        pieces[-1] += mark
    return pieces
