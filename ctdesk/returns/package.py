"""The parts of an Office Open XML workbook held in memory, and which part each sheet is in."""

import io
import zipfile
from functools import cached_property
from posixpath import join, normpath
from typing import BinaryIO, cast
from xml.parsers import expat

from ctdesk.returns.precheck import refuse_doctype

_LOCAL = "|"


class Package:
    """An unpacked-on-demand workbook; part names are matched without regard to capitals and slashes."""

    def __init__(self, data: bytes) -> None:
        self._archive = zipfile.ZipFile(io.BytesIO(data))
        self._by_name = {_plain(part.filename): part for part in self._archive.infolist()}

    def parts(self) -> list[zipfile.ZipInfo]:
        """All parts, in the order of the directory."""
        return self._archive.infolist()

    def open(self, name: str) -> BinaryIO:
        """Open a part for reading; raises KeyError if there is none of that name."""
        return cast("BinaryIO", self._archive.open(self._by_name[_plain(name)]))

    def has(self, name: str) -> bool:
        """Whether there is such a part."""
        return _plain(name) in self._by_name

    def sheet_parts(self) -> dict[str, str]:
        """Sheet names and the file names of their parts, in the workbook's order; {} where none is named."""
        return self._sheet_parts

    @cached_property
    def _sheet_parts(self) -> dict[str, str]:
        book = self._workbook_part()
        if book is None or not self.has(book):
            return {}
        targets = self.targets(book)
        named = ((sheet.get("name"), _relation(sheet)) for sheet in self._elements(book, "sheet"))
        return {
            name: self.stored_name(targets[relation])
            for name, relation in named
            if name is not None and relation in targets and self.has(targets[relation])
        }

    def stored_name(self, name: str) -> str:
        """The name as the archive's directory spells it."""
        return self._by_name[_plain(name)].filename

    def targets(self, part: str) -> dict[str, str]:
        """Relationship ids of a part and the parts they point to."""
        folder, _, name = part.rpartition("/")
        relations = f"{folder}/_rels/{name}.rels"
        if not self.has(relations):
            return {}
        return {
            item.get("Id", ""): _target(folder, item.get("Target", ""))
            for item in self._elements(relations, "Relationship")
            if item.get("TargetMode") != "External"
        }

    def _workbook_part(self) -> str | None:
        if not self.has("_rels/.rels"):
            return "xl/workbook.xml"
        relations = self._elements("_rels/.rels", "Relationship")
        books = (item.get("Target", "") for item in relations if item.get("Type", "").endswith("/officeDocument"))
        return next((_target("", book) for book in books), None)

    def _elements(self, part: str, wanted: str) -> list[dict[str, str]]:
        """Attributes of all elements of this local name in a small XML part; those read before a fault in it."""
        found: list[dict[str, str]] = []

        def start(name: str, attributes: dict[str, str]) -> None:
            if name.rpartition(_LOCAL)[2] == wanted:
                found.append(attributes)

        with self.open(part) as stream:
            content = stream.read()
        refuse_doctype(content)
        parser = expat.ParserCreate(namespace_separator=_LOCAL)
        parser.StartElementHandler = start
        try:
            parser.ParseFile(io.BytesIO(content))
        except expat.ExpatError:
            return found
        return found


def _relation(sheet: dict[str, str]) -> str:
    return next((value for name, value in sheet.items() if name.endswith(_LOCAL + "id")), "")


def _target(folder: str, target: str) -> str:
    target = target.replace("\\", "/")
    return target.lstrip("/") if target.startswith("/") else normpath(join(folder, target))


def _plain(name: str) -> str:
    return name.replace("\\", "/").lstrip("/").casefold()
