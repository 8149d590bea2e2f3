"""Running text in several styles, broken into lines."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from ctdesk.reports.fonts import clean, width, wrap
from ctdesk.reports.pen import Pen, measured
from ctdesk.reports.style import Style

Run = tuple[str, Style]
"""A stretch of text in one style."""


@dataclass(slots=True)
class Paragraph:
    """Text set ragged right to a width; the leading is that of its first run."""

    runs: Sequence[Run]
    room: float
    lines: list[list[Run]] = field(init=False)

    def __post_init__(self) -> None:
        self.lines = _lines(self.runs, self.room)

    @property
    def height(self) -> float:
        """How much of the page it takes, in points."""
        return len(self.lines) * self.runs[0][1].leading

    def draw(self, pen: Pen, x: float, top: float) -> None:
        """Write the lines, hanging from `top`."""
        style = self.runs[0][1]
        y = top - style.size
        for line in self.lines:
            at = x
            for text, face in line:
                pen.text(at, y, text, face)
                at += _width(text, face)
            y -= style.leading


def _width(text: str, style: Style) -> float:
    return width(measured(text), style.face, style.size)


def _lines(runs: Sequence[Run], room: float) -> list[list[Run]]:
    lines: list[list[Run]] = [[]]
    used = 0.0
    for word, style, spaced in _words(runs, room):
        text = f" {word}" if spaced and lines[-1] else word
        if spaced and lines[-1] and used + _width(text, style) > room:
            lines.append([])
            used, text = 0.0, word
        _append(lines[-1], text, style)
        used += _width(text, style)
    return lines


def _append(line: list[Run], text: str, style: Style) -> None:
    if line and line[-1][1] is style:
        line[-1] = (line[-1][0] + text, style)
    else:
        line.append((text, style))


def _words(runs: Sequence[Run], room: float) -> Iterator[tuple[str, Style, bool]]:
    """Yield each word with its style and whether a space stands before it."""
    spaced = False
    for text, style in runs:
        spaced = spaced or text[:1].isspace()
        for word in text.split():
            for piece in (word,) if "\ue000" in word else wrap(clean(word), style.face, style.size, room):
                yield piece, style, spaced
                spaced = True
        spaced = text[-1:].isspace()
