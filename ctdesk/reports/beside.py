"""Blocks set over and beside one another, and facts in two columns."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from ctdesk.reports import style
from ctdesk.reports.flow import Block
from ctdesk.reports.fonts import wrap
from ctdesk.reports.pen import Pen
from ctdesk.reports.style import mm

_GUTTER = 6 * mm
_LABELS = 28 * mm
_PAD = 1.9


@dataclass(frozen=True, slots=True)
class Stack:
    """Blocks one over the other, `gap` points apart."""

    blocks: Sequence[Block]
    gap: float = 0

    @property
    def height(self) -> float:
        """How much of the page it takes, in points."""
        return sum(block.height for block in self.blocks) + self.gap * max(len(self.blocks) - 1, 0)

    def draw(self, pen: Pen, x: float, top: float) -> None:
        """Draw them from top to bottom."""
        for block in self.blocks:
            pen.new_block()
            block.draw(pen, x, top)
            top -= block.height + self.gap


@dataclass(frozen=True, slots=True)
class Beside:
    """Two blocks side by side; the right one starts `across` points from the left edge."""

    left: Block
    right: Block
    across: float

    @property
    def height(self) -> float:
        """How much of the page it takes, in points."""
        return max(self.left.height, self.right.height)

    def draw(self, pen: Pen, x: float, top: float) -> None:
        """Draw the left one, then the right one, as they are read."""
        self.left.draw(pen, x, top)
        pen.new_block()
        self.right.draw(pen, x + self.across, top)


@dataclass(slots=True)
class Facts:
    """Labels with their values over hair rules, in two columns, the first half at the left."""

    items: Sequence[tuple[str, str]]
    room: float
    _columns: list[list[tuple[str, tuple[str, ...]]]] = field(init=False)

    def __post_init__(self) -> None:
        laid = [
            (label, wrap(value, style.CELL.face, style.CELL.size, self._width - _LABELS)) for label, value in self.items
        ]
        self._columns = _halves(laid)

    @property
    def _width(self) -> float:
        return (self.room - _GUTTER) / 2

    @property
    def height(self) -> float:
        """How much of the page it takes, in points."""
        return max((sum(_high(lines) for _, lines in column) for column in self._columns), default=0)

    def draw(self, pen: Pen, x: float, top: float) -> None:
        """Draw the left column, then the right one."""
        for column in self._columns:
            y = top
            for label, lines in column:
                with pen.element("P"):
                    pen.text(x, y - _PAD - style.NOTE.size, label, style.NOTE)
                    for place, line in enumerate(lines):
                        at = y - _PAD - style.CELL.size - place * style.CELL.leading
                        pen.text(x + _LABELS, at, line, style.CELL)
                y -= _high(lines)
                pen.rule(x, y, self._width, style.HAIR)
            x += self._width + _GUTTER


def _high(lines: Sequence[str]) -> float:
    return len(lines) * style.CELL.leading + 2 * _PAD + 1


def _halves(laid: list[tuple[str, tuple[str, ...]]]) -> list[list[tuple[str, tuple[str, ...]]]]:
    """Cut the facts where the two columns come out most alike in height."""
    heights = [_high(lines) for _, lines in laid]
    cut = min(range(len(laid) + 1), key=lambda at: (abs(sum(heights[:at]) - sum(heights[at:])), -at))
    return [laid[:cut], laid[cut:]]
