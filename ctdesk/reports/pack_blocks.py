"""Finding the paragraphs of a stranger's page that has no tags, and marking them so that they are read one by one.

Lines of one size that follow each other closely are one block, in the order in which the file draws them. Headings,
tables and columns are not told apart: nothing in such a file says what they are.
"""

from dataclasses import dataclass
from math import hypot
from typing import Any

import pikepdf
from pikepdf import ContentStreamInstruction, Dictionary, Name, Operator

_LONGEST = 3_000_000
"""Bytes of drawing beyond which a page (a map, mostly) is not looked through."""
_NEXT_LINE, _SAME_LINE, _SAME_SIZE = 1.7, 0.5, 0.15
"""How far below a line the next of its block stands, what is level with it, in sizes of letters; how these differ."""
_SHOWS = {"Tj", "TJ", "'", '"'}
_START = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)

_Matrix = tuple[float, float, float, float, float, float]


@dataclass(frozen=True, slots=True)
class Marked:
    """The drawing of a page with its marks, numbered from 0: the block each belongs to, and the kind of all blocks."""

    content: bytes
    owners: tuple[int, ...]
    kind: str


def marked(page: pikepdf.Page) -> Marked | None:
    """Return a page's drawing with its blocks of text marked, all else as furniture; None if it is too much to read.

    A page without any text is one picture. Raises PdfError or ValueError if the drawing is broken.
    """
    page.contents_coalesce()
    if "/Contents" not in page.obj or len(page.obj.Contents.read_bytes()) > _LONGEST:
        return None
    marker = _Marker(page)
    for instruction in pikepdf.parse_content_stream(page):
        marker.take(instruction)
    return marker.finished()


class _Marker:
    """Goes through the drawing of a page, puts marks about what it finds, and leaves it balanced."""

    def __init__(self, page: pikepdf.Page) -> None:
        self._forms = page.resources.get("/XObject", Dictionary())
        self._out: list[Any] = []
        self._furniture: set[int] = set()
        """Which of these mark what is not text."""
        self._owners: list[int] = []
        """For each mark so far, the block it belongs to."""
        self._open = ""
        self._depth = 0
        self._layers: list[bool] = []
        """For each mark of the file's own that is open, whether it is of a layer, and so was kept."""
        self._place = _Place()
        self._last: _Line | None = None

    def take(self, instruction: Any) -> None:
        """Put an instruction out, with marks about it where they are due."""
        name = str(instruction.operator)
        operands = list(getattr(instruction, "operands", ()))
        match name:
            case "BMC" | "BDC" | "EMC":
                self._own_mark(name, operands, instruction)
                return
            case "Q" if not self._depth:
                return  # there is nothing to go back to
            case "BT" | "ET":
                self._close()
            case "Do" if self._holds_text(operands):
                self._block()
                self._out.append(instruction)
                self._close()
                return
        self._depth += {"q": 1, "Q": -1}.get(name, 0)
        self._place.follow(name, operands)
        if name in _SHOWS:
            self._show()
        elif not self._place.writing and name not in {"BT", "ET", "q", "Q", "cm"} and not self._open:
            self._furnish()
        self._out.append(instruction)

    def finished(self) -> Marked:
        """Return the drawing, with what was left open closed."""
        self._close()
        self._out += [ContentStreamInstruction([], Operator("EMC"))] * sum(self._layers)
        self._out += [ContentStreamInstruction([], Operator("Q"))] * self._depth
        if self._owners:
            return Marked(pikepdf.unparse_content_stream(self._out), tuple(self._owners), "/P")
        drawn = [one for at, one in enumerate(self._out) if at not in self._furniture]
        whole = pikepdf.unparse_content_stream(drawn)
        return Marked(b"/Figure <</MCID 0>> BDC\n" + whole + b"\nEMC", (0,), "/Figure")

    def _own_mark(self, name: str, operands: list[Any], instruction: Any) -> None:
        """Keep of the file's own marks those that show and hide layers."""
        if name != "EMC":
            self._layers.append(bool(operands) and str(operands[0]) == "/OC")
        elif not self._layers:
            return
        if self._layers[-1]:
            self._close()
            self._out.append(instruction)
        if name == "EMC":
            self._layers.pop()

    def _show(self) -> None:
        line = self._place.line()
        if self._last is None or not self._last.goes_on_in(line):
            self._block()
        elif self._open != "P":
            self._mark(self._owners[-1])
        self._last = line

    def _block(self) -> None:
        """Begin a new block."""
        self._mark(self._owners[-1] + 1 if self._owners else 0)

    def _mark(self, block: int) -> None:
        """Open a mark that belongs to a block."""
        self._close()
        number = Dictionary(MCID=len(self._owners))
        self._out.append(ContentStreamInstruction([Name.P, number], Operator("BDC")))
        self._owners.append(block)
        self._open = "P"

    def _furnish(self) -> None:
        """Open a mark for what is not text."""
        self._furniture.add(len(self._out))
        self._out.append(ContentStreamInstruction([Name.Artifact], Operator("BMC")))
        self._open = "Artifact"

    def _close(self) -> None:
        if self._open:
            if self._open == "Artifact":
                self._furniture.add(len(self._out))
            self._out.append(ContentStreamInstruction([], Operator("EMC")))
        self._open = ""

    def _holds_text(self, operands: list[Any]) -> bool:
        drawn = self._forms.get(str(operands[0])) if operands else None
        return drawn is not None and drawn.get("/Subtype") == "/Form" and _writes(drawn, 0)


def _writes(form: Any, depth: int) -> bool:
    """Return whether a form, or one within it, holds text."""
    if any(True for _ in pikepdf.parse_content_stream(form, "Tj TJ ' \"")):
        return True
    inner = form.get("/Resources", Dictionary()).get("/XObject", Dictionary())
    return depth < 8 and any(it.get("/Subtype") == "/Form" and _writes(it, depth + 1) for it in inner.values())


@dataclass(frozen=True, slots=True)
class _Line:
    """Where a piece of text begins, in which direction it runs, and how large it is, all on the page."""

    x: float
    y: float
    along: tuple[float, float]
    size: float

    def goes_on_in(self, other: "_Line") -> bool:
        """Return whether another piece belongs to the same block."""
        if abs(other.size - self.size) > self.size * _SAME_SIZE:
            return False
        right, up = other.x - self.x, other.y - self.y
        down = self.along[1] * right - self.along[0] * up
        return -_SAME_LINE * self.size < down < _NEXT_LINE * self.size


class _Place:
    """Where the next text would stand: the matrices of drawing and of text (ISO 32000-1, 9.4)."""

    def __init__(self) -> None:
        self.writing = False
        self._page = self._start = _START
        self._size, self._leading = 1.0, 0.0
        self._kept: list[tuple[_Matrix, float, float]] = []

    def follow(self, name: str, operands: list[Any]) -> None:
        """Follow an instruction."""
        match name:
            case "q":
                self._kept.append((self._page, self._size, self._leading))
            case "Q":
                self._page, self._size, self._leading = self._kept.pop()
            case "cm":
                self._page = _times(_matrix(operands), self._page)
            case "BT" | "ET":
                self.writing, self._start = name == "BT", _START
            case "Tf":
                self._size = float(operands[1])
            case "TL":
                self._leading = float(operands[0])
            case "Tm":
                self._start = _matrix(operands)
            case "Td" | "TD":
                right, up = float(operands[0]), float(operands[1])
                self._leading = -up if name == "TD" else self._leading
                self._start = _times((1, 0, 0, 1, right, up), self._start)
            case "T*" | "'" | '"':
                self._start = _times((1, 0, 0, 1, 0, -self._leading), self._start)

    def line(self) -> _Line:
        """Return where text stands now."""
        a, b, c, d, x, y = _times(self._start, self._page)
        wide = hypot(a, b) or 1.0
        return _Line(x, y, (a / wide, b / wide), max(abs(self._size) * hypot(c, d), 0.1))


def _matrix(operands: list[Any]) -> _Matrix:
    a, b, c, d, e, f = (float(one) for one in operands[:6])
    return a, b, c, d, e, f


def _times(left: _Matrix, right: _Matrix) -> _Matrix:
    a, b, c, d, e, f = left
    g, h, i, j, k, m = right
    return a * g + b * i, a * h + b * j, c * g + d * i, c * h + d * j, e * g + f * i + k, e * h + f * j + m
