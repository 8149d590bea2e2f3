"""What a sheet's values alone do not tell: which cells hold errors, formulas and merged ranges."""

from dataclasses import dataclass, field

ERROR_CODES = {
    0x00: "#NULL!",
    0x07: "#DIV/0!",
    0x0F: "#VALUE!",
    0x17: "#REF!",
    0x1D: "#NAME?",
    0x24: "#NUM!",
    0x2A: "#N/A",
    0x2B: "#GETTING_DATA",
}
"""Error values as Excel's binary formats number them ([MS-XLS] 2.5.10 BErr)."""

ROWS, COLUMNS = 1_048_576, 16_384
"""The largest sheet any of the formats allows."""


@dataclass(slots=True)
class Marks:
    """The marks of one sheet, by zero-based row and column."""

    errors: dict[tuple[int, int], str] = field(default_factory=dict)
    formulas: set[tuple[int, int]] = field(default_factory=set)
    uncomputed: set[tuple[int, int]] = field(default_factory=set)
    merged: list[tuple[int, int, int, int]] = field(default_factory=list)

    def extent(self) -> tuple[int, int]:
        """Rows and columns needed to hold every error and every formula without a result."""
        cells = [*self.errors, *self.uncomputed]
        return max((row + 1 for row, _ in cells), default=0), max((col + 1 for _, col in cells), default=0)

    def merged_within(self, height: int, width: int) -> list[tuple[int, int, int, int]]:
        """Merged ranges cut to so many rows and columns; those wholly outside are left out."""
        return [
            (top, left, min(bottom, height - 1), min(right, width - 1))
            for top, left, bottom, right in self.merged
            if top < height and left < width
        ]
