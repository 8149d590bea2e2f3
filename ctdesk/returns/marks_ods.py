"""Errors, formulas and merged cells of an .ods workbook, read from its content part as a stream."""

from xml.parsers import expat

from ctdesk.returns.marks import Marks
from ctdesk.returns.package import Package
from ctdesk.returns.precheck import refuse_doctype
from ctdesk.returns.refusals import Refusal

_TABLE = "urn:oasis:names:tc:opendocument:xmlns:table:1.0|"
_OFFICE = "urn:oasis:names:tc:opendocument:xmlns:office:1.0|"
_CALC = "urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0|"
_REPEATED_MOST = 10_000
_PIECE = 1_000_000


def scan_content(package: Package, cells: int) -> dict[str, Marks]:
    """Marks by sheet name.

    Raises Refusal: dangerous where the content defines entities, too large where filled cells are repeated
    more than `cells` times.
    """
    _check_other_parts(package)
    scan = _ContentScan(cells)
    parser = expat.ParserCreate(namespace_separator="|")
    parser.buffer_text = True
    parser.StartElementHandler = scan.start
    parser.EndElementHandler = scan.end
    parser.CharacterDataHandler = scan.text
    with package.open("content.xml") as stream:
        try:
            while piece := stream.read(_PIECE):
                refuse_doctype(piece)
                parser.Parse(piece)
        except expat.ExpatError:
            return scan.sheets  # the reader itself says what is wrong
    return scan.sheets


def _check_other_parts(package: Package) -> None:
    for name in ("styles.xml", "meta.xml", "settings.xml"):
        if package.has(name):
            with package.open(name) as stream:
                refuse_doctype(stream.read(_PIECE))


class _ContentScan:
    """Counts rows and cells with their repetitions, as expat meets them."""

    def __init__(self, cells: int) -> None:
        self.sheets: dict[str, Marks] = {}
        self._most = cells
        self._marks = Marks()
        self._row = self._column = self._row_repeats = self._repeats = 0
        self._words: list[str] | None = None

    def start(self, name: str, attributes: dict[str, str]) -> None:
        if name in {_TABLE + "table-cell", _TABLE + "covered-table-cell"}:
            self._start_cell(attributes)
        elif name == _TABLE + "table-row":
            self._column, self._row_repeats = 0, _count(attributes, "number-rows-repeated")
        elif name == _TABLE + "table":
            self._marks = self.sheets.setdefault(attributes.get(_TABLE + "name", ""), Marks())
            self._row = 0

    def end(self, name: str) -> None:
        if name in {_TABLE + "table-cell", _TABLE + "covered-table-cell"}:
            self._end_cell()
        elif name == _TABLE + "table-row":
            self._row += self._row_repeats

    def text(self, words: str) -> None:
        if self._words is not None:
            self._words.append(words)

    def _start_cell(self, attributes: dict[str, str]) -> None:
        self._repeats = _count(attributes, "number-columns-repeated")
        if _OFFICE + "value-type" in attributes and self._repeats * self._row_repeats > self._most:
            raise Refusal("too large", "it repeats filled cells without end")
        if attributes.get(_CALC + "value-type") == "error":
            self._words = []
        if _TABLE + "formula" in attributes:
            cells = self._cells()
            self._marks.formulas.update(cells)
            if _OFFICE + "value-type" not in attributes:
                self._marks.uncomputed.update(cells)
        if _TABLE + "number-columns-spanned" in attributes or _TABLE + "number-rows-spanned" in attributes:
            self._merge(attributes)

    def _merge(self, attributes: dict[str, str]) -> None:
        down, across = _count(attributes, "number-rows-spanned"), _count(attributes, "number-columns-spanned")
        if down * across > 1:
            self._marks.merged.append((self._row, self._column, self._row + down - 1, self._column + across - 1))

    def _end_cell(self) -> None:
        if self._words is not None:
            error = "".join(self._words).strip() or "#VALUE!"
            self._marks.errors.update(dict.fromkeys(self._cells(), error))
            self._words = None
        self._column += self._repeats

    def _cells(self) -> list[tuple[int, int]]:
        """All positions the present cell stands for; a repetition without bound is cut."""
        down, across = min(self._row_repeats, _REPEATED_MOST), min(self._repeats, _REPEATED_MOST)
        return [
            (self._row + below, self._column + right)
            for below in range(down)
            for right in range(min(across, max(1, _REPEATED_MOST // down)))
        ]


def _count(attributes: dict[str, str], name: str) -> int:
    text = attributes.get(_TABLE + name, "1")
    return max(1, int(text)) if text.isdecimal() and len(text) < 12 else 1
