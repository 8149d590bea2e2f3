"""The blocks of letters: letterhead with address, bullets, the rating of a review, the slip to send back."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from reportlab.graphics.shapes import Drawing, Rect
from reportlab.graphics.shapes import Line as Stroke

from ctdesk.domain.letters import Letter
from ctdesk.reports import style
from ctdesk.reports.charts import blank
from ctdesk.reports.fonts import BOLD, REGULAR, SEMIBOLD, clean, width, wrap
from ctdesk.reports.numbers import long_day
from ctdesk.reports.pen import Pen
from ctdesk.reports.style import Sheet, Style, mm
from ctdesk.reports.text import Paragraph

PAPER = Sheet(210 * mm, 297 * mm, side=25 * mm)
"""The paper of letters, with wider margins than reports."""

TEXT = Style(REGULAR, 11, 15)
STRONG = Style(SEMIBOLD, 11, 15)
SUBJECT = Style(BOLD, 12.5, 16.5)
PART = Style(SEMIBOLD, 11, 15, style.ACCENT)
_TRUST = Style(BOLD, 14, 17, style.ACCENT)
_SENDER = Style(REGULAR, 9, 13, style.GREY)
_SIGNED = Style(REGULAR, 9.5, 13, style.GREY)

_ADDRESS = 26 * mm
"""How far below the top of the text the address starts, so that it shows in the window of an envelope."""
_HALF = 84 * mm


@dataclass(slots=True)
class Letterhead:
    """Trust and sender, then the address at the left and date, reference and last day to reply at the right."""

    letter: Letter
    room: float
    _to: list[str] = field(init=False)
    _sender: list[str] = field(init=False)

    def __post_init__(self) -> None:
        self._to = _wrapped(self.letter.to, TEXT, _HALF)
        self._sender = _wrapped(self.letter.sender, _SENDER, _HALF - 12 * mm)

    @property
    def _down(self) -> float:
        return max(_ADDRESS, len(self._sender) * _SENDER.leading + 8 * mm)

    @property
    def height(self) -> float:
        """How much of the page it takes, in points."""
        return self._down + max(len(self._to), 5) * TEXT.leading + 10 * mm

    def draw(self, pen: Pen, x: float, top: float) -> None:
        """Draw the head, the address, then what stands at the right."""
        right = x + self.room
        y = top - _TRUST.size
        for line in wrap(self.letter.trust, _TRUST.face, _TRUST.size, self.room - _HALF):
            pen.text(x, y, line, _TRUST)
            y -= _TRUST.leading
        _column(pen, self._sender, right, top, _SENDER)
        pen.new_block()
        for place, line in enumerate(self._to):
            pen.text(x, top - self._down - TEXT.size - place * TEXT.leading, line, TEXT)
        _column(
            pen,
            [long_day(self.letter.written), f"Our reference {clean(self.letter.reference)}"],
            right,
            top - self._down,
            TEXT,
        )
        if self.letter.reply_by:
            words = [f"Reply by {long_day(self.letter.reply_by)}"]
            _column(pen, words, right, top - self._down - 2 * TEXT.leading, STRONG)


def _wrapped(lines: Sequence[str], look: Style, room: float) -> list[str]:
    return [part for line in lines for part in wrap(line, look.face, look.size, room)]


def _column(pen: Pen, lines: Sequence[str], right: float, top: float, look: Style) -> None:
    """Write lines that end at the right."""
    pen.new_block()
    for place, line in enumerate(lines):
        pen.right(right, top - look.size - place * look.leading, line, look)


@dataclass(slots=True)
class Bullet:
    """One point of a list."""

    text: str
    room: float
    _words: Paragraph = field(init=False)

    def __post_init__(self) -> None:
        self._words = Paragraph([(self.text, TEXT)], self.room - 7 * mm)

    @property
    def height(self) -> float:
        """How much of the page it takes, in points."""
        return self._words.height

    def draw(self, pen: Pen, x: float, top: float) -> None:
        """Write the point."""
        with pen.artifact():
            pen.text(x + 2 * mm, top - TEXT.size, "•", PART)
        self._words.draw(pen, x + 7 * mm, top)


@dataclass(frozen=True, slots=True)
class Subject:
    """A bold line over what follows, or a part's name in the colour of headings; a heading with a bookmark."""

    text: str
    room: float
    look: Style = SUBJECT
    level: int = 0

    @property
    def height(self) -> float:
        """How much of the page it takes, in points."""
        return len(self._lines()) * self.look.leading

    def draw(self, pen: Pen, x: float, top: float) -> None:
        """Write the lines."""
        pen.bookmark(f"{pen.page}-{top:.0f}", clean(self.text), top, self.level)
        with pen.element(f"H{self.level + 1}"):
            for place, line in enumerate(self._lines()):
                pen.text(x, top - self.look.size - place * self.look.leading, line, self.look)

    def _lines(self) -> tuple[str, ...]:
        return wrap(self.text, self.look.face, self.look.size, self.room)


@dataclass(frozen=True, slots=True)
class Rated:
    """The conclusion of a review: its symbol and word, and what is said beside it."""

    symbol: str
    rating: str
    note: str
    room: float

    @property
    def height(self) -> float:
        """How much of the page it takes, in points."""
        return TEXT.leading

    def draw(self, pen: Pen, x: float, top: float) -> None:
        """Write name, rating and note on one line."""
        y = top - TEXT.size
        pen.text(x, y, "What we rate it", PART)
        at = x + 40 * mm
        pen.text(at + 4 * mm, y, self.rating, STRONG)
        pen.text(at + 7 * mm + width(self.rating, STRONG.face, STRONG.size), y, self.note, TEXT)
        pen.symbol(self.symbol, at, y + 0.5)


@dataclass(frozen=True, slots=True)
class Signature:
    """The end of a letter, with room to sign."""

    lines: Sequence[str]
    room: float

    @property
    def height(self) -> float:
        """How much of the page it takes, in points."""
        return TEXT.leading + 11 * mm + len(self._lines()) * _SIGNED.leading

    def draw(self, pen: Pen, x: float, top: float) -> None:
        """Write the closing words and who signs."""
        pen.text(x, top - TEXT.size, "Yours sincerely", TEXT)
        pen.new_block()
        for place, line in enumerate(self._lines()):
            y = top - TEXT.leading - 11 * mm - _SIGNED.size - place * _SIGNED.leading
            pen.text(x, y, line, _SIGNED)

    def _lines(self) -> list[str]:
        return _wrapped(self.lines, _SIGNED, self.room)


@dataclass(frozen=True, slots=True)
class Slip:
    """The slip on which a provider says whether the facts are right, to be cut off at the foot of the letter."""

    title: str
    reply_by: date | None
    room: float

    @property
    def height(self) -> float:
        """How much of the page it takes, in points."""
        return 44 * mm

    def draw(self, pen: Pen, x: float, top: float) -> None:
        """Draw the dashed line, the boxes to tick and the lines to fill."""
        with pen.artifact():
            pen.drawing(_slip_lines(self.room, self.height), x, top)
        y = top - 8 * mm
        pen.new_block()
        if self.reply_by:
            pen.right(x + self.room, y, f"Return by {long_day(self.reply_by)}", _SIGNED)
        pen.new_block()
        room = self.room - 55 * mm
        pen.text(x, y, wrap(self.title, STRONG.face, STRONG.size, room)[0], STRONG)
        for place, words in enumerate(
            ("The findings are accurate", "The findings need these corrections (what it should say):")
        ):
            pen.new_block()
            pen.text(x + 7 * mm, y - (7.4 + place * 7) * mm, words, TEXT)
        for at, words in ((0, "Name"), (68 * mm, "Job"), (122 * mm, "Date")):
            pen.new_block()
            pen.text(x + at, top - 41 * mm, words, _SIGNED)


def _slip_lines(room: float, high: float) -> Drawing:
    drawing = blank(room, high)
    cut = Stroke(-8 * mm, high, room + 8 * mm, high, strokeColor=style.INK, strokeWidth=0.8, strokeDashArray=[4, 3])
    drawing.add(cut)
    for down in (16.2, 23.2):
        drawing.add(
            Rect(0, high - down * mm, 4 * mm, 4 * mm, fillColor=style.WHITE, strokeColor=style.INK, strokeWidth=0.9)
        )
    drawing.add(Stroke(7 * mm, high - 32 * mm, room, high - 32 * mm, strokeColor=style.RULE, strokeWidth=0.6))
    foot = high - 41.5 * mm
    for first, last in ((10 * mm, 64 * mm), (76 * mm, 118 * mm), (131 * mm, room)):
        drawing.add(Stroke(first, foot, last, foot, strokeColor=style.INK, strokeWidth=0.6))
    return drawing
