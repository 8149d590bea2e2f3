"""The blocks that reports are built of: title, filter band, section heading, headline figures, drawings."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from reportlab.graphics.shapes import Drawing

from ctdesk.domain.baseline_figures import Coverage
from ctdesk.reports import style
from ctdesk.reports.charts import coverage_bar, coverage_key
from ctdesk.reports.fonts import clean, width, wrap
from ctdesk.reports.pen import Pen
from ctdesk.reports.style import Style, mm

COVERAGE_KEY = "Solid is returned, hatched is estimated by the team, a dashed outline is missing."
"""What the key of coverage bars shows, in words."""


@dataclass(slots=True)
class Title:
    """The kind of report in small letters over its title."""

    kicker: str
    title: str
    room: float
    look: Style = style.TITLE
    lines: tuple[str, ...] = field(init=False)

    def __post_init__(self) -> None:
        self.lines = wrap(self.title, self.look.face, self.look.size, self.room)

    @property
    def height(self) -> float:
        """How much of the page it takes, in points."""
        return style.KICKER.leading + 4 + len(self.lines) * self.look.leading

    def draw(self, pen: Pen, x: float, top: float) -> None:
        """Write kicker and title, with the first bookmark."""
        pen.bookmark("title", clean(self.title), top)
        pen.text(x, top - style.KICKER.size, self.kicker, style.KICKER)
        y = top - style.KICKER.leading - 4 - self.look.size
        with pen.element("H1"):
            for line in self.lines:
                pen.text(x, y, line, self.look)
                y -= self.look.leading


@dataclass(slots=True)
class Band:
    """The pale band of labels and values under a title, in as many rows as they need."""

    items: Sequence[tuple[str, str]]
    room: float
    cells: list[tuple[float, float, str, tuple[str, ...]]] = field(init=False)
    """How far right and down each label stands, the label, and the lines of its value."""
    height: float = field(init=False)

    def __post_init__(self) -> None:
        pad, x, down, deepest = 4 * mm, 4 * mm, 0.0, 1
        self.cells = []
        for label, value in self.items:
            lines = wrap(value, style.BAND_VALUE.face, style.BAND_VALUE.size, self.room - 2 * pad)
            wide = max(width(line, style.BAND_VALUE.face, style.BAND_VALUE.size) for line in (*lines, label))
            if x > pad and x + wide > self.room - pad:
                x, down, deepest = pad, down + _band_row(deepest), 1
            self.cells.append((x, down, label, lines))
            x += wide + 6 * mm
            deepest = max(deepest, len(lines))
        self.height = down + _band_row(deepest)

    def draw(self, pen: Pen, x: float, top: float) -> None:
        """Draw the band."""
        pen.box(x, top, self.room, self.height, style.WASH)
        for right, down, label, lines in self.cells:
            with pen.element("P"):
                pen.text(x + right, top - down - 10.4, label, style.BAND_LABEL)
                for place, line in enumerate(lines):
                    y = top - down - 21 - place * style.BAND_VALUE.leading
                    pen.text(x + right, y, line, style.BAND_VALUE)


def _band_row(lines: int) -> float:
    return 9.5 * mm + (lines - 1) * style.BAND_VALUE.leading


@dataclass(frozen=True, slots=True)
class Heading:
    """A section heading with a bookmark, and a grey note at the right that goes below if there is no room."""

    title: str
    room: float
    place: str
    note: str = ""
    look: Style = style.SECTION
    level: int = 0

    @property
    def height(self) -> float:
        """How much of the page it takes, in points."""
        return len(self._titles()) * self.look.leading + self._below() * style.NOTE.leading + 2.5 * mm

    def draw(self, pen: Pen, x: float, top: float) -> None:
        """Write heading and note."""
        pen.bookmark(self.place, clean(self.title), top, self.level)
        y = top - self.look.size
        with pen.element(f"H{self.level + 2}"):
            for line in self._titles():
                pen.text(x, y, line, self.look)
                y -= self.look.leading
        if self.note and not self._below():
            pen.right(x + self.room, top - self.look.size, clean(self.note), style.NOTE)
        for line in self._notes() if self._below() else ():
            pen.text(x, y + self.look.leading - style.NOTE.leading, line, style.NOTE)
            y -= style.NOTE.leading

    def _titles(self) -> tuple[str, ...]:
        return wrap(self.title, self.look.face, self.look.size, self.room)

    def _notes(self) -> tuple[str, ...]:
        return wrap(self.note, style.NOTE.face, style.NOTE.size, self.room)

    def _below(self) -> int:
        beside = width(clean(self.title), self.look.face, self.look.size) + 5 * mm
        note = width(clean(self.note), style.NOTE.face, style.NOTE.size)
        return len(self._notes()) if self.note and beside + note > self.room else 0


@dataclass(frozen=True, slots=True)
class Headline:
    """One headline figure with what it rests on."""

    label: str
    figure: str
    coverage: Coverage
    words: str


@dataclass(slots=True)
class Headlines:
    """Headline figures side by side, each with its coverage bar, and the key of the bars."""

    items: Sequence[Headline]
    room: float
    words: list[tuple[str, ...]] = field(init=False)

    def __post_init__(self) -> None:
        look = style.SMALL
        self.words = [wrap(item.words, look.face, look.size, self._width) for item in self.items]

    @property
    def _width(self) -> float:
        return (self.room - 4 * mm * (len(self.items) - 1)) / len(self.items)

    @property
    def height(self) -> float:
        """How much of the page it takes, in points."""
        return 55 + max(len(lines) for lines in self.words) * style.SMALL.leading + 12

    def draw(self, pen: Pen, x: float, top: float) -> None:
        """Draw the figures from left to right, then the key."""
        for place, item in enumerate(self.items):
            pen.new_block()
            self._one(pen, x + place * (self._width + 4 * mm), top, item, self.words[place])
        pen.new_block()
        pen.text(x, top - self.height + 2, "Coverage bars:", style.NOTE_STRONG)
        pen.drawing(coverage_key(), x + 22 * mm, top - self.height + 9, COVERAGE_KEY)

    def _one(self, pen: Pen, x: float, top: float, item: Headline, words: tuple[str, ...]) -> None:
        pen.rule(x, top, self._width, style.ACCENT, 1.4)
        pen.text(x, top - 13, item.label, style.NOTE_STRONG)
        pen.text(x, top - 35.5, item.figure, style.HEADLINE)
        bar = coverage_bar(item.coverage, self._width)
        pen.drawing(bar.drawing, x, top - 43, bar.words)
        y = top - 59
        for line in words:
            pen.text(x, y, line, style.SMALL)
            y -= style.SMALL.leading


@dataclass(frozen=True, slots=True)
class Figure:
    """A chart standing in the column of text, with the words for those who do not see it."""

    drawing: Drawing
    words: str = ""

    @property
    def height(self) -> float:
        """How much of the page it takes, in points."""
        return float(self.drawing.height)

    def draw(self, pen: Pen, x: float, top: float) -> None:
        """Draw the chart."""
        pen.drawing(self.drawing, x, top, self.words)
