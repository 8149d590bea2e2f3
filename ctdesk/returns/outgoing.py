"""Looking through a workbook or a table before it leaves: what it would give away besides what it is meant to say.

Works on the bytes of the file as its reader would get them, not on what was meant to be written.
"""

import csv
import io
import re
import zipfile
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from html import unescape

from ctdesk.domain.outgoing import Concern, Remark, personal_remarks, places_in
from ctdesk.returns.precheck import Limits, format_of, refuse_doctype
from ctdesk.returns.refusals import Refusal
from ctdesk.returns.sheets import HIDDEN_SHEET

Foreign = Callable[[str], bool]
"""Tells a text that belongs to another agency."""

START_SHEET = "Start here"
"""The sheet of the form that counts; its formulas stand anywhere on it."""
_FIRST_ROW = 6
_APP = "/docprops/app.xml"
_SHEET = re.compile(rb"<(?:\w+:)?sheet(\s[^>]*)>")
_ANY_FORMULA = re.compile(rb"<(?:\w+:)?f[\s/>]")
_OWN_SUM = rb"(?!>SUM\([A-Z]+\d+:[A-Z]+\d+\)</)"
"""Not a sum of cells of the same sheet: a table's totals give nothing away."""
_FORMULA = re.compile(rb"<(?:\w+:)?c\s[^>]*?\br=\"([A-Z]+)(\d+)\"[^>]*><(?:\w+:)?f" + _OWN_SUM + rb"[\s/>]")
_HIDDEN_PART = re.compile(rb"<(?:\w+:)?(col|row)\s[^>]*?\bhidden=\"(?:1|true)\"[^>]*>")
_TEXT = re.compile(rb"<(?:\w+:)?si>(.*?)</(?:\w+:)?si>", re.DOTALL)
_CELL_OF_TEXT = re.compile(rb"<(?:\w+:)?c\s(?=[^>]*\bt=\"s\")[^>]*?\br=\"([A-Z]+\d+)\"[^>]*><(?:\w+:)?v>(\d+)</")
_INLINE = re.compile(rb"<(?:\w+:)?is>(.*?)</(?:\w+:)?is>", re.DOTALL)
_TAG = re.compile(rb"<[^>]*>")
_PHONETIC = re.compile(rb"<(?:\w+:)?rPh\b.*?</(?:\w+:)?rPh>", re.DOTALL)
_WAYS_OUT = re.compile(
    rb"\[\d+\]|\||\b(?:WEBSERVICE|HYPERLINK|INDIRECT|CALL|EXEC|RTD|DDE|REGISTER|ENCODEURL)\s*\(", re.I
)
_FORMULA_TEXT = re.compile(rb"<(?:\w+:)?f(?:\s[^>]*)?>([^<]+)</")
_NAMES = re.compile(rb"<(?:\w+:)?(creator|lastModifiedBy|Manager|HyperlinkBase)(?:\s[^>]*)?>([^<]+)<", re.IGNORECASE)
_COMPANY = re.compile(rb"<(?:\w+:)?Company(?:\s[^>]*)?>([^<]+)<")
_CODE = ("vbaproject.bin", "/activex/", "/embeddings/", "/macrosheets/", "/ctrlprops/", "customui")
_OUTSIDE = ("/externallinks/", "/connections.xml", "/querytables/", "/printersettings/", "/customdata/")
_WOULD_COMPUTE = re.compile(r"[=+\-@\t\r]")
_PERHAPS_COMPUTED = re.compile(r"(?:^|,)\"?[=+\-@\t\r]", re.MULTILINE)
_NUMBER = re.compile(r"[+-]?[\d.,]+%?$")


def workbook_remarks(
    content: bytes,
    *,
    authors: Collection[str] | None = None,
    foreign: Foreign = lambda _: False,
    texts: bool = True,
) -> list[Remark]:
    """Return what an Office Open XML workbook gives away; of its cells only the formulas if not `texts`.

    `authors` are names that may stand in its properties, a trust's for instance; by default the organisation that is
    named there. `foreign` tells a text that only another agency's rows hold. Raises Refusal if the file is
    none, or not to be trusted.
    """
    if format_of(content, Limits()) not in {"xlsx", "xlsm"}:
        raise Refusal("not a spreadsheet", "only .xlsx and .csv are looked through")
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            parts = _Parts(archive)
            named = parts.companies() if authors is None else set(authors)
            return list(_looked_through(parts, named, foreign, texts=texts))
    except (zipfile.BadZipFile, EOFError, NotImplementedError, UnicodeDecodeError) as fault:
        raise Refusal("damaged") from fault


def csv_remarks(content: bytes, *, texts: bool = True) -> list[Remark]:
    """Return what a .csv gives away: cells that a spreadsheet would compute, and, if asked, personal data in texts."""
    text = content.decode("utf-8-sig", "replace")
    # Most tables hold nothing of the sort, and that is told a hundred times as quickly as cell by cell.
    return list(_csv_remarks(text, texts=texts)) if texts or _PERHAPS_COMPUTED.search(text) else []


class _Parts:
    """The parts of a workbook that matter here, by their names in small letters."""

    def __init__(self, archive: zipfile.ZipFile) -> None:
        self.contents = {}
        for part in archive.infolist():
            name = f"/{part.filename.replace(chr(92), '/').lstrip('/').lower()}"
            self.contents[name] = archive.read(part) if name.endswith((".xml", ".rels", ".vml")) else b""
            refuse_doctype(self.contents[name])
        self.sheets = dict(self._sheets())
        self.texts = [_plain(item) for item in _TEXT.findall(self.contents.get("/xl/sharedstrings.xml", b""))]

    def companies(self) -> set[str]:
        """Return the organisations named in the properties."""
        return {unescape(found.decode("utf-8", "replace")) for found in _COMPANY.findall(self.contents.get(_APP, b""))}

    def _sheets(self) -> Iterator[tuple[str, tuple[str, bytes]]]:
        """Yield each sheet's name with its state and its XML."""
        relations = self.contents.get("/xl/_rels/workbook.xml.rels", b"")
        targets = {}
        for element in re.findall(rb"<(?:\w+:)?Relationship\s[^>]*>", relations):
            if identity := _attribute(element, b"Id"):
                targets[identity] = _attribute(element, b"Target").lstrip("/").removeprefix("xl/").lower()
        for element in _SHEET.findall(self.contents.get("/xl/workbook.xml", b"")):
            target = targets.get(_attribute(element, rb"\w+:id"), "")
            state = _attribute(element, b"state")
            yield _attribute(element, b"name"), (state, self.contents.get(f"/xl/{target}", b""))


def _attribute(element: bytes, name: bytes) -> str:
    found = re.search(rb"[\s]" + name + rb"\s*=\s*[\"']([^\"']*)[\"']", element)
    return unescape(found[1].decode("utf-8", "replace")) if found else ""


def _plain(item: bytes) -> str:
    return unescape(_TAG.sub(b"", _PHONETIC.sub(b"", item)).decode("utf-8", "replace"))


def _looked_through(parts: _Parts, authors: set[str], foreign: Foreign, *, texts: bool) -> Iterator[Remark]:
    yield from _strange_parts(parts)
    yield from _properties(parts, authors)
    is_form, telling = HIDDEN_SHEET in parts.sheets, _telling(parts.texts if texts else (), foreign)
    for name, (state, xml) in parts.sheets.items():
        if state in {"hidden", "veryHidden"} and name != HIDDEN_SHEET:
            yield Remark(Concern.HIDDEN, name, "the sheet is hidden")
        if b"hidden=" in xml and (hidden := _HIDDEN_PART.search(xml)):
            yield Remark(Concern.HIDDEN, name, f"a {'column' if hidden[1] == b'col' else 'row'} is hidden")
        if _ANY_FORMULA.search(xml):
            yield from _formulas(name, xml, is_form=is_form)
        if texts:
            yield from _texts(name, xml, telling, foreign)


def _strange_parts(parts: _Parts) -> Iterator[Remark]:
    for name, content in parts.contents.items():
        if any(word in name for word in _CODE):
            yield Remark(Concern.CODE, name[1:], "the file holds a program or an embedded file")
        if any(word in name for word in _OUTSIDE):
            yield Remark(Concern.LINK, name[1:], "the file is bound to another file, a source of data or a printer")
        if name.endswith(".rels"):
            for element in re.findall(rb"<[^>]*TargetMode\s*=\s*[\"']External[\"'][^>]*>", content):
                yield Remark(Concern.LINK, name[1:], f"it leads to {_attribute(element, b'Target')[:80]}")


def _properties(parts: _Parts, authors: set[str]) -> Iterator[Remark]:
    for name, content in parts.contents.items():
        if name.startswith("/docprops/"):
            for what, value in _NAMES.findall(content):
                text = unescape(value.decode("utf-8", "replace")).strip()
                if text and text not in authors:
                    yield Remark(Concern.AUTHOR, name[1:], f"{what.decode()} is {text[:80]}")
        if name.startswith("/docprops/") or name.endswith((".rels", "/workbook.xml")):
            yield from places_in(name[1:], content.decode("utf-8", "replace"))


def _formulas(name: str, xml: bytes, *, is_form: bool) -> Iterator[Remark]:
    """Yield formulas that are none of ours: ours stand on the first sheet of the form, or go down a whole column."""
    for text in _FORMULA_TEXT.findall(xml):
        if _WAYS_OUT.search(re.sub(rb"\"[^\"]*\"", b"", unescape(text.decode("utf-8", "replace")).encode())):
            yield Remark(Concern.FORMULA, name, f"a formula reaches outside: {text.decode('utf-8', 'replace')[:60]}")
    columns: dict[str, set[int]] = {}
    for column, row in _FORMULA.findall(xml):
        columns.setdefault(column.decode(), set()).add(int(row))
    if is_form and name == START_SHEET:
        return
    last = max((row for rows in columns.values() for row in rows), default=0)
    for column, rows in columns.items():
        if not is_form or rows != set(range(_FIRST_ROW, last + 1)):
            yield Remark(
                Concern.FORMULA, f"{name}!{column}{min(rows)}", "it holds a formula that is none of the form’s"
            )


def _telling(texts: Sequence[str], foreign: Foreign) -> dict[int, list[tuple[Concern, str]]]:
    """Return, by their numbers, the shared texts that belong to others or seem to hold personal data."""
    told = ((at, list(_told(text, foreign))) for at, text in enumerate(texts))
    return {at: found for at, found in told if found}


def _texts(
    name: str, xml: bytes, telling: Mapping[int, list[tuple[Concern, str]]], foreign: Foreign
) -> Iterator[Remark]:
    """Yield what the texts on a sheet give away, with the first cell of each."""
    for at, cell in _first_cells(xml, telling).items():
        yield from (Remark(concern, f"{name}!{cell}", what) for concern, what in telling[at])
    for item in _INLINE.findall(xml):
        yield from (Remark(concern, name, what) for concern, what in _told(_plain(item), foreign))


def _first_cells(xml: bytes, wanted: Collection[int]) -> dict[int, str]:
    """Return the first cell in which each of these shared texts stands, in one pass over the sheet."""
    cells: dict[int, str] = {}
    for found in _CELL_OF_TEXT.finditer(xml) if wanted else ():
        at = int(found[2])
        if at in wanted and at not in cells:
            cells[at] = found[1].decode()
            if len(cells) == len(wanted):
                break
    return {at: cells[at] for at in wanted if at in cells}


def _told(text: str, foreign: Foreign) -> Iterator[tuple[Concern, str]]:
    if foreign(text):
        yield Concern.OTHERS, f"“{text}” belongs to another agency"
    for remark in personal_remarks("", text):
        yield remark.concern, remark.what


def _csv_remarks(text: str, *, texts: bool) -> Iterator[Remark]:
    for number, row in enumerate(csv.reader(io.StringIO(text)), start=1):
        for at, cell in enumerate(row, start=1):
            where = f"line {number}, column {at}"
            if _WOULD_COMPUTE.match(cell) and not _NUMBER.match(cell):
                yield Remark(Concern.FORMULA, where, "a spreadsheet would compute what stands there")
            if texts:
                yield from personal_remarks(where, cell)
