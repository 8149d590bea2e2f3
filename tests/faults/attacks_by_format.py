"""Files of other formats meant to harm whoever opens them, each by its name with the ending it comes under.

The container of .xls is [MS-CFB], its records [MS-XLS]; those of .xlsb are [MS-XLSB], and .ods is OpenDocument 1.2.
"""

import struct
from collections.abc import Callable, Mapping

from tests.faults.attacks import packed

Made = tuple[str, Callable[[], bytes]]

_SECTOR, _END, _FAT, _FREE = 512, 0xFFFFFFFE, 0xFFFFFFFD, 0xFFFFFFFF


def container(
    stream: bytes, *, name: str = "Workbook", chain: Callable[[list[int]], object] = lambda fat: None
) -> bytes:
    """Return a compound file with one stream; *chain* may put its table of sectors out of order.

    Sector 0 holds that table, sector 1 the directory, the stream begins at sector 2.
    """
    stream = stream.ljust(max(4096, -(-len(stream) // _SECTOR) * _SECTOR), b"\0")
    count = len(stream) // _SECTOR
    fat = [_FAT, _END, *range(3, count + 2), _END]
    chain(fat)
    fat += [_FREE] * (128 - len(fat))
    head = (
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
        + bytes(16)
        + struct.pack("<HHHHH6xIIIIIIIII", 62, 3, 0xFFFE, 9, 6, 0, 1, 1, 0, 4096, _END, 0, _END, 0)
    )
    head += struct.pack("<I", 0) + struct.pack("<I", _FREE) * 108
    folder = _entry("Root Entry", 5, 1, _END, 0) + _entry(name, 2, _FREE, 2, len(stream)) + bytes(256)
    return head + struct.pack("<128I", *fat[:128]) + folder + stream


def _entry(name: str, kind: int, child: int, start: int, size: int) -> bytes:
    letters = (name + "\0").encode("utf-16-le")
    return (
        letters.ljust(64, b"\0")
        + struct.pack("<HBBIII", len(letters), kind, 1, _FREE, _FREE, child)
        + bytes(36)
        + struct.pack("<IQ", start, size)
    )


def _record(kind: int, content: bytes = b"", length: int | None = None) -> bytes:
    return struct.pack("<HH", kind, len(content) if length is None else length) + content


_BOOK, _SHEET = (_record(0x809, struct.pack("<HHHHII", 0x600, what, 0, 0x7CC, 0, 6)) for what in (5, 16))
_EOF = _record(0x0A)


def biff(records: bytes, *, at: int | None = None, sheet: bytes = _SHEET + _EOF) -> bytes:
    """Return a workbook's stream: records of the book, one sheet named by them and said to lie at a place."""
    start = len(_BOOK) + len(records) + 4 + 8 + 4 + len(_EOF)
    named = _record(0x85, struct.pack("<IBBBB", start if at is None else at, 0, 0, 4, 0) + b"Data")
    return _BOOK + records + named + _EOF + sheet


def _sheet(records: bytes) -> bytes:
    return biff(b"", sheet=_SHEET + records + _EOF)


def _in_a_circle(fat: list[int]) -> None:
    fat[-1] = 2


def _into_itself(fat: list[int]) -> None:
    fat[1] = 1


def _beyond_the_end(fat: list[int]) -> None:
    fat[2] = 0x7FFFFFF0


GOOD_OLD = container(_sheet(_record(0x203, struct.pack("<HHHd", 0, 0, 0, 5.0))))
"""A good .xls with the number 5 in its first cell."""
_DIMENSIONS = _record(0x200, struct.pack("<IIHHH", 0, 0xFFFFFFFF, 0, 0xFFFF, 0))
_FAR = _record(0x203, struct.pack("<HHHd", 65_535, 65_535, 0, 1.0))
OLD: Mapping[str, Made] = {
    "sectors in a circle": (".xls", lambda: container(biff(b""), chain=_in_a_circle)),
    "a directory in a circle": (".xls", lambda: container(biff(b""), chain=_into_itself)),
    "a sector beyond the end": (".xls", lambda: container(biff(b""), chain=_beyond_the_end)),
    "a book that is its own sheet": (".xls", lambda: container(biff(b"", at=0))),
    "a sheet beyond the end": (".xls", lambda: container(biff(b"", at=0x7FFFFFFF))),
    "four billion texts in an old book": (".xls", lambda: container(biff(_record(0xFC, b"\xff" * 8)))),
    "records that continue without end": (
        ".xls",
        lambda: container(biff(_record(0xFC, b"\xff" * 8) + _record(0x3C) * 9000)),
    ),
    "a record longer than the book": (".xls", lambda: container(biff(_record(0x85, b"x", length=0xFFFF)))),
    "sheets within sheets": (".xls", lambda: container(_sheet(_SHEET * 2_000))),
    "old dimensions of all cells": (".xls", lambda: container(_sheet(_DIMENSIONS + _FAR))),
    "many numbers that are not there": (
        ".xls",
        lambda: container(_sheet(_record(0xBD, struct.pack("<HH", 0, 0) + b"\xff\xff"))),
    ),
    "an old book in another's name": (".xls", lambda: container(biff(b""), name="WordDocument")),
    "an old lock without a key": (
        ".xls",
        lambda: container(biff(_record(0x2F, b"\x01\x00\x01\x00\x01\x00" + bytes(48)))),
    ),
}


def _binary(book: bytes, sheet: bytes = b"") -> bytes:
    types = (
        b'<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        b'<Override PartName="/xl/workbook.bin" '
        b'ContentType="application/vnd.ms-excel.sheet.binary.macroEnabled.main"/></Types>'
    )
    related = (
        b'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" '
        b'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/%s" Target="%s"/></Relationships>'
    )
    return packed(
        {
            "[Content_Types].xml": types,
            "_rels/.rels": related % (b"officeDocument", b"xl/workbook.bin"),
            "xl/_rels/workbook.bin.rels": related % (b"worksheet", b"worksheets/sheet1.bin"),
            "xl/workbook.bin": book,
            "xl/worksheets/sheet1.bin": sheet,
        }
    )


_NAMED = (
    b"\x9c\x01\x20"
    + bytes(8)
    + struct.pack("<I", 4)
    + "rId1".encode("utf-16-le")
    + struct.pack("<I", 4)
    + "Data".encode("utf-16-le")
)
BINARY: Mapping[str, Made] = {
    "a binary book of nothing": (".xlsb", lambda: _binary(b"")),
    "a binary record of 256 MB": (".xlsb", lambda: _binary(b"\x83\x01\x00\x9c\x01\xff\xff\xff\x7f")),
    "binary lengths without end": (".xlsb", lambda: _binary(b"\x83\x01\x00" + b"\xff" * 100_000)),
    "binary texts of four billion letters": (".xlsb", lambda: _binary(b"\x9c\x01\x10" + bytes(8) + b"\xff" * 8)),
    "a binary sheet of all cells": (
        ".xlsb",
        lambda: _binary(_NAMED, b"\x94\x01\x10" + struct.pack("<IIII", 0, 0xFFFFFFFF, 0, 0xFFFFFFFF)),
    ),
    "a binary sheet that is XML": (".xlsb", lambda: _binary(_NAMED, b"<worksheet/>" * 1000)),
}

_ODS_HEAD = (
    b'<?xml version="1.0"?>%b<office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
    b'xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" '
    b'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" '
    b'xmlns:xlink="http://www.w3.org/1999/xlink" office:version="1.2"><office:body><office:spreadsheet>'
)
_MANIFEST = (
    b'<?xml version="1.0"?><manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0">'
    b'<manifest:file-entry manifest:full-path="/" manifest:media-type="%b"/></manifest:manifest>'
)
_ODS_FOOT = b"</office:spreadsheet></office:body></office:document-content>"
_CELL = b'<table:table-cell office:value-type="string"%b><text:p>x</text:p></table:table-cell>'


def _ods(table: bytes, *, doctype: bytes = b"", kind: bytes = b"spreadsheet") -> bytes:
    content = _ODS_HEAD % doctype + b'<table:table table:name="Data">' + table + b"</table:table>" + _ODS_FOOT
    kind = b"application/vnd.oasis.opendocument." + kind
    return packed({"mimetype": kind, "META-INF/manifest.xml": _MANIFEST % kind, "content.xml": content})


def _row(cells: bytes, repeated: int = 1) -> bytes:
    return b'<table:table-row table:number-rows-repeated="%d">%b</table:table-row>' % (repeated, cells)


GOOD_OPEN = _ods(_row(_CELL % b""))
"""A good .ods with one x."""
_SPAN = b' table:number-columns-spanned="16384" table:number-rows-spanned="1048576"'
_BLANKS = (
    b'<table:table-cell office:value-type="string"><text:p>x<text:s text:c="2000000000"/></text:p></table:table-cell>'
)
_GROUP, _GROUP_END = b"<table:table-row-group>" * 20_000, b"</table:table-row-group>" * 20_000
_LAUGHS = b'<!DOCTYPE x [<!ENTITY a "aa"><!ENTITY b "&a;&a;">]>'
_PASSWD = b'<table:table-source xlink:href="file:///etc/passwd"/>'
_MANY = b' table:number-columns-repeated="1000000000"'
OPEN: Mapping[str, Made] = {
    "a billion cells by one word": (".ods", lambda: _ods(_row(_CELL % _MANY))),
    "a billion rows by one word": (".ods", lambda: _ods(_row(_CELL % b"", 1_000_000_000))),
    "a billion billion cells": (".ods", lambda: _ods(_row(_CELL % _MANY, 1_000_000_000))),
    "a cell repeated less than never": (".ods", lambda: _ods(_row(_CELL % b' table:number-columns-repeated="-3"'))),
    "a cell that spans all others": (".ods", lambda: _ods(_row(_CELL % _SPAN))),
    "tables in tables": (".ods", lambda: _ods(b"<table:table>" * 20_000 + b"</table:table>" * 20_000)),
    "groups of rows in groups": (".ods", lambda: _ods(_GROUP + _row(_CELL % b"") + _GROUP_END)),
    "a table taken from the system": (".ods", lambda: _ods(_PASSWD + _row(_CELL % b""))),
    "a billion laughs in an open document": (".ods", lambda: _ods(_row(_CELL % b""), doctype=_LAUGHS)),
    "a text said to be a table": (".ods", lambda: _ods(_row(_CELL % b""), kind=b"text")),
    "a million blanks in one": (".ods", lambda: _ods(_row(_BLANKS))),
}

TEXT: Mapping[str, Made] = {
    "a line of a million columns": (".csv", lambda: b"Title" + b"," * 1_000_000 + b"\nx\n"),
    "a quotation that never ends": (".csv", lambda: b'Title,Supplier\n"' + b"x,\n" * 1_000_000),
    "letters of nought": (".csv", lambda: b"Title,Supplier\n\0\0\0,\0\n" * 100),
    "one cell of forty million letters": (".csv", lambda: b"Title,Supplier\n" + b"x" * 40_000_000 + b",y\n"),
    "two million lines": (".csv", lambda: b"Title,Supplier,Value\n" + b"a,b,1\n" * 2_000_000),
    "nothing but line ends": (".csv", lambda: b"\n" * 500_000 + b"x"),
    "nothing but quotation marks": (".csv", lambda: b'"' * 3_000_000),
    "two-byte letters cut in half": (".csv", lambda: "Title,Supplier\nTea,Oak\n".encode("utf-16")[:-1]),
    "letters that were never defined": (".csv", lambda: b"Title,Supplier\n" + bytes(range(128, 256)) * 100),
    "separators that change": (".csv", lambda: b"Title;Supplier\tValue|x\n" + b"a;b\tc|d,e\n" * 50_000),
    "commands in every cell": (".csv", lambda: b"Title,Supplier,Annual value\n=cmd|' /c calc'!A1,@SUM(1),-1+1\n"),
    "a program under a table's name": (".xlsx", lambda: b"MZ" + bytes(5000)),
    "a workbook under a text's name": (
        ".csv",
        lambda: packed({"[Content_Types].xml": b"spreadsheetml", "xl/workbook.xml": b"<x/>"}),
    ),
    "a page under an old book's name": (".xls", lambda: b"<html><table>" + b"<tr><td>1</td></tr>" * 1000),
    "a document under a table's name": (
        ".xlsx",
        lambda: packed({"[Content_Types].xml": b"wordprocessingml", "word/document.xml": b"<x/>"}),
    ),
}
BY_FORMAT: Mapping[str, Made] = {**OLD, **BINARY, **OPEN, **TEXT}
