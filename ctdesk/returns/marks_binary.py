"""Errors and formulas in Excel's binary formats: .xlsb and .xls, whose sheets are runs of numbered records."""

import io
import struct
from collections.abc import Iterator
from itertools import islice

from ctdesk.returns.marks import ERROR_CODES, Marks
from ctdesk.returns.package import Package

# .xlsb, [MS-XLSB] 2.3: records by number.
_ROW, _CELL_ERROR, _FORMULAS, _FORMULA_ERROR, _SHEET = 0, 3, range(8, 12), 11, 156
# .xls, [MS-XLS] 2.3.
_FORMULA, _EOF, _FILE_PASS, _BOUND_SHEET, _BOOL_ERROR = 0x06, 0x0A, 0x2F, 0x85, 0x205
_WORKSHEET = 0


def scan_xlsb(package: Package) -> dict[str, Marks]:
    """Marks by sheet name of an .xlsb workbook."""
    book = "xl/workbook.bin"
    if not package.has(book):
        return {}
    targets = package.targets(book)
    with package.open(book) as stream:
        sheets = [_bundled(payload) for kind, payload in _long_records(stream.read()) if kind == _SHEET]
    marks = {}
    for name, relation in sheets:
        if package.has(targets.get(relation, "")):
            with package.open(targets[relation]) as stream:
                marks[name] = _xlsb_marks(stream.read())
    return marks


def _long_records(data: bytes) -> Iterator[tuple[int, bytes]]:
    """Yield number and content of each record; number and length are of one to four bytes, seven bits each."""
    at = 0
    while at < len(data):
        kind, at = _variable(data, at, 2)
        length, at = _variable(data, at, 4)
        yield kind, data[at : at + length]
        at += length


def _variable(data: bytes, at: int, most: int) -> tuple[int, int]:
    value = 0
    for place, byte in enumerate(data[at : at + most]):
        # The record's number keeps its marker bits out of the value just as the length does.
        value |= (byte & 0x7F) << (7 * place)
        if byte < 0x80:
            return value, at + place + 1
    return value, at + most


def _bundled(payload: bytes) -> tuple[str, str]:
    """Return name and relationship id of one sheet of the workbook."""
    relation, at = _wide_text(payload, 8)
    name, _ = _wide_text(payload, at)
    return name, relation


def _wide_text(payload: bytes, at: int) -> tuple[str, int]:
    length = int.from_bytes(payload[at : at + 4], "little")
    end = at + 4 + 2 * length if length != 0xFFFFFFFF else at + 4
    return payload[at + 4 : end].decode("utf-16-le", "replace"), end


def _xlsb_marks(data: bytes) -> Marks:
    marks = Marks()
    row = 0
    for kind, payload in _long_records(data):
        if kind == _ROW:
            row = int.from_bytes(payload[:4], "little")
        elif kind in _FORMULAS:
            marks.formulas.add((row, int.from_bytes(payload[:4], "little")))
        if kind in {_CELL_ERROR, _FORMULA_ERROR} and len(payload) > 8:
            marks.errors[row, int.from_bytes(payload[:4], "little")] = _error(payload[8])
    return marks


def xls_stream(data: bytes) -> bytes:
    """Return the workbook's stream out of an .xls file; empty where it cannot be found."""
    import olefile

    try:
        with olefile.OleFileIO(io.BytesIO(data)) as container:
            for name in ("Workbook", "Book"):
                if container.exists(name):
                    return bytes(container.openstream(name).read())
    except (OSError, ValueError, IndexError, struct.error, TypeError, AttributeError):
        return b""  # olefile trips over damage in many ways; the reader itself says what is wrong
    return b""


def xls_is_locked(stream: bytes) -> bool:
    """Whether the workbook stream of an .xls file is encrypted: its second record or so says how."""
    return any(kind == _FILE_PASS for kind, _, _ in islice(_short_records(stream, 0), 12))


def scan_xls(stream: bytes) -> dict[str, Marks]:
    """Marks by sheet name of an .xls workbook's stream; which formulas lack a result is not told."""
    return {name: _xls_marks(stream, offset) for name, offset in _xls_sheets(stream)}


def _short_records(stream: bytes, at: int) -> Iterator[tuple[int, int, int]]:
    """Yield number, place and length of each record's content up to the end of its substream."""
    while at + 4 <= len(stream):
        kind, length = struct.unpack_from("<HH", stream, at)
        yield kind, at + 4, length
        if kind == _EOF:
            return
        at += 4 + length


def _xls_sheets(stream: bytes) -> list[tuple[str, int]]:
    modern = stream[4:6] == b"\x00\x06"
    found = []
    for kind, at, length in _short_records(stream, 0):
        if kind == _BOUND_SHEET and length > 8 and stream[at + 5] == _WORKSHEET:
            offset = int.from_bytes(stream[at : at + 4], "little")
            found.append((_sheet_name(stream[at + 6 : at + length], modern=modern), offset))
    return found


def _sheet_name(payload: bytes, *, modern: bool) -> str:
    length = payload[0]
    if not modern:
        return payload[1 : 1 + length].decode("cp1252", "replace")
    wide = payload[1] & 1
    return payload[2 : 2 + length * (1 + wide)].decode("utf-16-le" if wide else "latin-1", "replace")


def _xls_marks(stream: bytes, offset: int) -> Marks:
    marks = Marks()
    for kind, at, length in _short_records(stream, offset):
        if kind == _BOOL_ERROR and length >= 8 and stream[at + 7]:
            marks.errors[struct.unpack_from("<HH", stream, at)] = _error(stream[at + 6])
        elif kind == _FORMULA and length >= 14:
            cell = struct.unpack_from("<HH", stream, at)
            marks.formulas.add(cell)
            # The result is a number unless its last two bytes say otherwise; the first then says what.
            if stream[at + 12 : at + 14] == b"\xff\xff" and stream[at + 6] == 2:
                marks.errors[cell] = _error(stream[at + 8])
    return marks


def _error(code: int) -> str:
    return ERROR_CODES.get(code, "#VALUE!")
