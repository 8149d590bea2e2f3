"""Cheap checks of a file's outside, before any spreadsheet library sees it: what it is, and whether it is sane."""

import io
import re
import zipfile
import zlib
from dataclasses import dataclass

from ctdesk.returns.refusals import Refusal

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_OLD_EXCEL = (b"\x09\x00\x04\x00", b"\x09\x00\x06\x00", b"\x09\x02\x06\x00", b"\x09\x04\x06\x00", b"\x09\x08")
_NOT_TABLES = {
    b"%PDF": "it is a PDF",
    b"{\\rtf": "it is a text document",
    b"{": "it is a data file",
    b"\x1f\x8b": "it is an archive",
    b"Rar!": "it is an archive",
    b"7z\xbc\xaf": "it is an archive",
}
_MARKUP = re.compile(rb"\s*<[!?A-Za-z][^>]{0,4000}>")
_DOCTYPE = re.compile(rb"<!(?:DOCTYPE|ENTITY)", re.IGNORECASE)
_BINARY = re.compile(rb"[\x00-\x08\x0e-\x19\x1c-\x1f]")
_ENTRIES = 5_000
_WIDE_PART = 20_000_000
_RATIO = 250


@dataclass(frozen=True)
class Limits:
    """How much of a stranger's file the desk is willing to bear."""

    file_bytes: int = 64_000_000
    unzipped_bytes: int = 500_000_000
    cells: int = 5_000_000
    """Rows times columns, over all sheets, after empty ends are cut."""
    sent_bytes: int = 128_000_000
    """What the reading process may hand back."""
    memory: int = 1_000_000_000
    """Bytes the reading process may take."""
    seconds: float = 25.0


def format_of(data: bytes, limits: Limits) -> str:
    """Tell a file's format from its content: xlsx, xlsm, xlsb, ods, xls, csv, or `encrypted` (OOXML in a safe).

    Raises Refusal for anything else, and for an archive whose directory promises trouble.
    """
    if not data:
        raise Refusal("empty")
    if data.startswith(_OLE):
        return _ole_format(data)
    if data.startswith(b"PK"):
        return _zip_format(data, limits)
    refuse_other_kinds(data)
    return "csv"


def refuse_other_kinds(data: bytes) -> None:
    """Refuse what is neither an archive nor text with cells in it."""
    if data.startswith(_OLD_EXCEL):
        raise Refusal("not a spreadsheet", "it is in a form Excel used before 1997")
    for start, what in _NOT_TABLES.items():
        if data.startswith(start):
            raise Refusal("not a spreadsheet", what)
    if _MARKUP.match(data.removeprefix(b"\xef\xbb\xbf")):
        raise Refusal("not a spreadsheet", "it is a web page or XML under a spreadsheet’s name")
    if not data.startswith((b"\xff\xfe", b"\xfe\xff")) and _BINARY.search(data):
        raise Refusal("not a spreadsheet")
    if not data.strip(b"\xef\xbb\xbf\xff\xfe \t\r\n\x00"):
        raise Refusal("empty", "it holds only blanks")


def refuse_doctype(piece: bytes) -> None:
    """Refuse XML that defines a document type or entities; two-byte encodings are seen through."""
    plain = piece if b"\0" not in piece[:64] else piece.replace(b"\0", b"")
    if b"<!" in plain and _DOCTYPE.search(plain):
        raise Refusal("dangerous", "its XML defines entities of its own")


def _ole_format(data: bytes) -> str:
    if _has_stream(data, "EncryptedPackage"):
        return "encrypted"
    if _has_stream(data, "Workbook") or _has_stream(data, "Book"):
        return "xls"
    if len(data) < 1536 or len(data) % 512:
        raise Refusal("truncated")
    raise Refusal("not a spreadsheet", "it is another kind of Office document")


def _has_stream(data: bytes, name: str) -> bool:
    return re.search(re.escape((name + "\0").encode("utf-16-le")), data, re.IGNORECASE) is not None


def _zip_format(data: bytes, limits: Limits) -> str:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            _check_directory(archive, limits)
            return _format_in(archive)
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError, NotImplementedError) as error:
        whole = b"PK\x05\x06" in data
        raise Refusal("damaged" if whole else "truncated") from error


def _check_directory(archive: zipfile.ZipFile, limits: Limits) -> None:
    parts = archive.infolist()
    names = [_path_of(part) for part in parts]
    if len(parts) > _ENTRIES:
        raise Refusal("dangerous", f"it holds {len(parts):,} parts")
    if len(set(names)) < len(names):
        raise Refusal("dangerous", "it holds two parts of the same name")
    if any(".." in name.split("/") or name.startswith("/") or ":" in name for name in names):
        raise Refusal("dangerous", "it holds a part that points outside itself")
    total = sum(part.file_size for part in parts)
    if total > limits.unzipped_bytes:
        raise Refusal("too large", f"it unpacks to {total / 1e6:,.0f} MB")
    if any(_is_bomb(part) for part in parts):
        raise Refusal("dangerous", "a part of it unpacks to hundreds of times its size")
    if any(part.flag_bits & 1 for part in parts):
        raise Refusal("password not supported")


def _is_bomb(part: zipfile.ZipInfo) -> bool:
    return part.file_size > _WIDE_PART and part.file_size > _RATIO * max(part.compress_size, 1)


def _path_of(part: zipfile.ZipInfo) -> str:
    # Windows reads names without regard to capitals, and some writers use its slashes.
    return part.filename.replace("\\", "/").casefold()


def _format_in(archive: zipfile.ZipFile) -> str:
    parts = {_path_of(part): part for part in archive.infolist()}
    if "[content_types].xml" in parts:
        return _ooxml_format(_start_of(archive, parts["[content_types].xml"]), set(parts))
    if "content.xml" in parts:
        return _ods_format(archive, parts)
    raise Refusal("not a spreadsheet", "it is an archive")


def _ooxml_format(types: bytes, names: set[str]) -> str:
    if b"ms-excel.sheet.binary" in types or "xl/workbook.bin" in names:
        return "xlsb"
    if b"spreadsheetml" not in types and "xl/workbook.xml" not in names:
        raise Refusal("not a spreadsheet", "it is another kind of Office document")
    return "xlsm" if b"macroEnabled" in types or b"vbaProject" in types else "xlsx"


def _ods_format(archive: zipfile.ZipFile, parts: dict[str, zipfile.ZipInfo]) -> str:
    manifest = _start_of(archive, parts["meta-inf/manifest.xml"]) if "meta-inf/manifest.xml" in parts else b""
    kind = _start_of(archive, parts["mimetype"]) if "mimetype" in parts else manifest
    if b"spreadsheet" not in kind and b"sun.xml.calc" not in kind:
        raise Refusal("not a spreadsheet", "it is another kind of office document")
    if b"encryption-data" in manifest:
        raise Refusal("password not supported")
    return "ods"


def _start_of(archive: zipfile.ZipFile, part: zipfile.ZipInfo) -> bytes:
    with archive.open(part) as stream:
        return stream.read(2_000_000)
