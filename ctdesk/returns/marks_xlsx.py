"""A fast streaming scan of .xlsx parts: errors, formulas, merged ranges, and what would harm a reader.

python-calamine gives error cells as blanks and says nothing of formulas without a result, so the sheet parts
are searched with regular expressions while they are unpacked: about a tenth of the time the reading takes.
"""

import re
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import BinaryIO

from ctdesk.returns.marks import COLUMNS, ROWS, Marks
from ctdesk.returns.package import Package
from ctdesk.returns.precheck import refuse_doctype
from ctdesk.returns.refusals import Refusal
from ctdesk.returns.sheets import column_letters

_PIECE = 4_000_000
_LONGEST_ROW = 64_000_000
_FAR_COLUMN = 702
_MERGED_MOST = 100_000
_STRINGS_BELIEVED = 1_000_000
_REFERENCE = re.compile(rb"\br\s*=\s*[\"']([A-Za-z]+)([0-9]+)[\"']")
_STRING_COUNT = re.compile(rb"\b(?:uniqueCount|count)\s*=\s*[\"']([0-9]+)[\"']")
_PREFIX = re.compile(rb"<(?:([\w.-]+):)?worksheet[\s>]")


class _Unnumbered(Exception):
    """A cell of interest does not say its own address, so all have to be counted."""


@dataclass(frozen=True, slots=True)
class _Patterns:
    """Regular expressions for one sheet part, made for the namespace prefix it uses (usually none)."""

    error: re.Pattern[bytes]
    formula: re.Pattern[bytes]
    perhaps_far: re.Pattern[bytes]
    far: re.Pattern[bytes]
    merged: re.Pattern[bytes]
    value: re.Pattern[bytes]
    row_or_cell: re.Pattern[bytes]


@lru_cache(maxsize=8)
def _patterns(prefix: bytes) -> _Patterns:
    def pattern(text: bytes) -> re.Pattern[bytes]:
        return re.compile(text.replace(b"~", re.escape(prefix)), re.DOTALL)

    return _Patterns(
        error=pattern(rb"<~c\s([^>]*?\bt=[\"']e[\"'][^>]*)(?<!/)>(.*?)</~c\s*>"),
        formula=pattern(rb"<~c\s([^>]*+)(?<!/)>\s*+<~f[\s/>](.*?)</~c\s*>"),
        # Whatever begins like a far address: most sheets hold none, and this is told in a third of the time.
        perhaps_far=pattern(rb"r=[\"'](?:[A-Z]{3}|[A-Z]+[0-9]{6})"),
        far=pattern(rb"<~c\sr=[\"'](?=[A-Z]{3}|[A-Z]+[0-9]{6})([A-Z]++)([0-9]++)[\"'][^>]*+(?<!/)>"),
        merged=pattern(rb"<~mergeCell\s[^>]*?\bref=[\"']([A-Z]+)([0-9]+):([A-Z]+)([0-9]+)[\"']"),
        value=pattern(rb"<~v(?:\s[^>]*)?>([^<]*)<"),
        row_or_cell=pattern(rb"<~(row|c)(?=[\s/>])([^>]*?)(/?)>"),
    )


def scan_parts(package: Package, cells: int) -> Callable[[str], Marks]:
    """Look through every XML part of an unpacked .xlsx or .xlsm but its sheets; return what scans a sheet by name.

    A sheet must be scanned before a library reads it. `cells` bounds rows times columns of a sheet. Both raise
    Refusal (dangerous, too large) for definitions of entities, false counts and cells at impossible or absurdly
    far addresses.
    """
    check_xml(package)
    parts = package.sheet_parts()

    @cache
    def marks_of(name: str) -> Marks:
        if name in parts:
            return _sheet_marks(package, parts[name], name, cells)
        # It may be any of them under a name that the library reads otherwise.
        for known in parts:
            marks_of(known)
        return Marks()

    return marks_of


def check_xml(package: Package) -> None:
    """Refuse a package with a document type or entity definition in any XML part, or a false string count."""
    sheets = set(package.sheet_parts().values())
    for part in package.parts():
        # Sheet parts are looked at while their marks are read: unpacking twice would cost as much again.
        if part.filename.casefold().endswith((".xml", ".rels")) and part.filename not in sheets:
            with package.open(part.filename) as stream:
                _check_pieces(stream, part)


def _check_pieces(stream: BinaryIO, part: zipfile.ZipInfo) -> None:
    tail = b""
    strings = part.filename.casefold().endswith("sharedstrings.xml")
    while piece := stream.read(_PIECE):
        refuse_doctype(tail + piece)
        if strings and not tail:
            _check_string_count(piece, part.file_size)
        tail = piece[-32:]


def _check_string_count(piece: bytes, size: int) -> None:
    # A reader reserves memory for as many texts as are promised; the shortest text, <si/>, takes five bytes.
    counts = [int(found[1]) for found in _STRING_COUNT.finditer(piece[:4096])]
    if any(count > max(_STRINGS_BELIEVED, size // 5) for count in counts):
        raise Refusal("dangerous", "it promises more texts than it can hold")


def _sheet_marks(package: Package, part: str, name: str, cells: int) -> Marks:
    try:
        with package.open(part) as stream:
            return _marks_of(_whole_rows(stream), name, cells)
    except _Unnumbered:
        with package.open(part) as stream:
            return _marks_of(iter([_numbered(stream.read())]), name, cells)


def _whole_rows(stream: BinaryIO) -> Iterator[bytes]:
    """Cut a sheet part into pieces that do not divide a cell."""
    rest = b""
    while piece := stream.read(_PIECE):
        piece = rest + piece
        cut = max(piece.rfind(b"</row>"), piece.rfind(b":row>")) + 6
        if cut <= 6:  # no row ends here: before or after the table
            cut = piece.rfind(b"/>") + 2 if b"/>" in piece else 0
        if len(piece) - cut > _LONGEST_ROW:
            raise Refusal("dangerous", "it has a row without end")
        rest = piece[cut:]
        yield piece[:cut]
    yield rest


def _marks_of(pieces: Iterator[bytes], name: str, cells: int) -> Marks:
    marks = Marks()
    patterns = None
    reach = _Reach(name, cells)
    for piece in pieces:
        refuse_doctype(piece)
        patterns = patterns or _patterns(_prefix_of(piece))
        if patterns.perhaps_far.search(piece):
            reach.widen(patterns.far.finditer(piece))
        _find_errors(piece, patterns, marks)
        _find_formulas(piece, patterns, marks)
        _find_merged(piece, patterns, marks)
    return marks


@dataclass(slots=True)
class _Reach:
    """How far the cells beyond row 99,999 or column ZZ reach: readers reserve memory for the whole rectangle."""

    sheet: str
    cells: int
    rows: int = 0
    columns: int = 0

    def widen(self, far_cells: Iterator[re.Match[bytes]]) -> None:
        for found in far_cells:
            row, column = _position(found[1], found[2])
            self.rows, self.columns = max(self.rows, row + 1), max(self.columns, column + 1)
            if self.columns > _FAR_COLUMN and self.rows * self.columns > self.cells:
                address = (found[1] + found[2]).decode()
                remark = f"sheet “{self.sheet}” has something in cell {address}, far outside its table"
                raise Refusal("too large", remark)


def _prefix_of(piece: bytes) -> bytes:
    found = _PREFIX.search(piece)
    return found[1] + b":" if found and found[1] else b""


def _find_errors(piece: bytes, patterns: _Patterns, marks: Marks) -> None:
    if b't="e"' not in piece and b"t='e'" not in piece:
        return
    for found in patterns.error.finditer(piece):
        value = patterns.value.search(found[2])
        marks.errors[_address(found[1])] = value[1].decode("utf-8", "replace").strip() if value else "#VALUE!"


def _find_formulas(piece: bytes, patterns: _Patterns, marks: Marks) -> None:
    if b"<f" not in piece and b":f" not in piece:
        return
    for found in patterns.formula.finditer(piece):
        address = _address(found[1])
        marks.formulas.add(address)
        if not _computed(found[1], found[2], patterns):
            marks.uncomputed.add(address)


def _computed(attributes: bytes, content: bytes, patterns: _Patterns) -> bool:
    # An empty text is a result too: Excel writes it as t="str" with an empty value.
    value = patterns.value.search(content)
    text = b't="str"' in attributes or b"t='str'" in attributes
    return bool(value and (text or value[1].strip())) or (text and b"v/>" in content.replace(b" ", b""))


def _find_merged(piece: bytes, patterns: _Patterns, marks: Marks) -> None:
    if b"mergeCell " not in piece:
        return
    for found in patterns.merged.finditer(piece):
        marks.merged.append((*_position(found[1], found[2]), *_position(found[3], found[4])))
        if len(marks.merged) > _MERGED_MOST:
            raise Refusal("dangerous", f"it merges more than {_MERGED_MOST:,} ranges")


def _address(attributes: bytes) -> tuple[int, int]:
    found = _REFERENCE.search(attributes)
    if found is None:
        raise _Unnumbered
    return _position(found[1], found[2])


def _position(letters: bytes, digits: bytes) -> tuple[int, int]:
    row, column = int(digits[:9]) - 1, _column(letters[:9])
    if not (0 <= row < ROWS and column < COLUMNS):
        raise Refusal("dangerous", f"it has a cell {(letters + digits)[:20].decode()}, which no sheet can have")
    return row, column


@lru_cache(maxsize=COLUMNS)
def _column(letters: bytes) -> int:
    column = 0
    for letter in letters.upper():
        column = column * 26 + letter - 64
    return column - 1


def _numbered(sheet: bytes) -> bytes:
    """Give every cell of a sheet part its address; where a row or cell has none it follows the one before."""
    row, column = -1, -1

    def with_address(found: re.Match[bytes]) -> bytes:
        nonlocal row, column
        if found[1] == b"row":
            number = re.search(rb"\br=[\"']([0-9]+)", found[2])
            row, column = int(number[1][:9]) - 1 if number else row + 1, -1
            return found[0]
        known = _REFERENCE.search(found[2])
        column = _position(known[1], known[2])[1] if known else column + 1
        return (
            found[0] if known else found[0].replace(b"c", b'c r="%s%d"' % (column_letters(column).encode(), row + 1), 1)
        )

    return _patterns(_prefix_of(sheet)).row_or_cell.sub(with_address, sheet)
