"""Joining the PDFs of a pack into one: pages, structure, bookmarks, links and page numbers.

The same input gives the same bytes: there is no clock in it, and the file's identity is a hash of its content.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from io import BytesIO
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name, String

from ctdesk.reports.pack_blocks import Marked, marked
from ctdesk.reports.pack_outline import Bookmark, outline_of, write_outline
from ctdesk.reports.pack_outside import Outside, Sheet, WebLink, seen_box
from ctdesk.reports.pack_stamps import Stamp, stamps
from ctdesk.reports.pack_structure import Structure
from ctdesk.reports.tagged_file import PLACE, metadata

_STAMP = b"\n/Artifact <</Type/Pagination>> BDC q /CtdeskStamp Do Q EMC\n"


@dataclass(frozen=True, slots=True)
class Properties:
    """What a pack says of itself; `labels` say from which page on (from 0) numbers run, with which letter and first."""

    title: str
    subject: str
    author: str
    fixed: datetime
    labels: Sequence[tuple[int, str, int]]


class Joined:
    """A pack in the making, one PDF after the other."""

    def __init__(self) -> None:
        self.pdf = pikepdf.new()
        self.bookmarks: list[Bookmark] = []
        self.accessible = True
        self._structure = Structure(self.pdf)
        self._sources: list[pikepdf.Pdf] = []
        """Kept until the pack is written: pages are fetched from them then."""
        self._layers: list[Any] = []
        self._hidden_layers: list[Any] = []

    @property
    def count(self) -> int:
        """How many pages there are so far."""
        return len(self.pdf.pages)

    def pages_from(self, first: int) -> list[pikepdf.Page]:
        """Return the pages from one on."""
        return list(self.pdf.pages)[first:]

    def add(self, content: bytes, title: str) -> None:
        """Add a report of ours."""
        source = pikepdf.open(BytesIO(content))
        first = self._take_pages(source, title)
        with source.open_metadata() as said:
            self.accessible &= said.get("pdfuaid:part") == "1"
        self._structure.take(source, self._structure.section(title), self.pages_from(first))

    def add_outside(self, outside: Outside, title: str) -> None:
        """Add a stranger's PDF, whose structure is not ours to vouch for."""
        self.accessible = False
        section = self._structure.section(title)
        if outside.tagged:
            first = self._take_pages(outside.pdf, title)
            self._structure.take(outside.pdf, section, self.pages_from(first))
            for page, sheet in zip(self.pages_from(first), outside.sheets, strict=True):
                _set_in_place(page, sheet)
        elif (blocks := _blocks(outside)) is not None:
            first = self._take_blocks(outside, blocks, title, section)
        else:
            first = self._take_pictures(outside, title, section)
        self._take_layers(outside.pdf)
        for at, sheet in enumerate(outside.sheets):
            for link in sheet.links:
                self._link(link, first, first + at, section)

    def lead(self, places: Mapping[str, int]) -> None:
        """Let the links to places, by their names, go to these pages (the first is 0)."""
        for own in self.pdf.pages:
            for link in own.obj.get("/Annots", Array()):
                if (place := link.get(f"/{PLACE}")) is not None:
                    link.Dest = Array([self.pdf.pages[places[str(place)]].obj, Name.Fit])
                    del link[f"/{PLACE}"]

    def stamp(self, wanted: Sequence[Stamp | None]) -> None:
        """Print over every page what is wanted there."""
        printed = pikepdf.open(BytesIO(stamps([stamp for stamp in wanted if stamp])))
        self._sources.append(printed)
        forms = iter(printed.pages)
        for page, stamp in zip(self.pdf.pages, wanted, strict=True):
            if stamp is None:
                continue
            own: Any = page.obj
            own.Resources = Dictionary(own.get("/Resources", Dictionary()))
            own.Resources.XObject = Dictionary(own.Resources.get("/XObject", Dictionary()))
            own.Resources.XObject["/CtdeskStamp"] = self.pdf.copy_foreign(next(forms).as_form_xobject())
            page.contents_add(_STAMP, prepend=False)

    def written(self, said: Properties) -> bytes:
        """Return the bytes of the pack."""
        pdf, root = self.pdf, self.pdf.Root
        self._structure.finish()
        root.StructTreeRoot, root.Lang, root.PageMode = self._structure.tree, String("en-GB"), Name.UseOutlines
        root.MarkInfo, root.ViewerPreferences = Dictionary(Marked=True), Dictionary(DisplayDocTitle=True)
        root.PageLabels = Dictionary(Nums=Array(_labels(said.labels)))
        xmp = metadata(said.title, accessible=self.accessible)
        root.Metadata = pdf.make_stream(xmp, Type=Name.Metadata, Subtype=Name.XML)
        if self._layers:
            root.OCProperties = Dictionary(OCGs=Array(self._layers), D=Dictionary(OFF=Array(self._hidden_layers)))
        write_outline(pdf, self.bookmarks)
        when = String(f"D:{said.fixed:%Y%m%d%H%M%S}")
        own = {"/Title": said.title, "/Subject": said.subject, "/Author": said.author, "/Creator": "ctdesk"}
        pdf.docinfo = pdf.make_indirect(Dictionary({**own, "/CreationDate": when, "/ModDate": when}))
        kept = BytesIO()
        packed = pikepdf.ObjectStreamMode.generate
        pdf.save(kept, deterministic_id=True, min_version="1.7", object_stream_mode=packed, fix_metadata_version=False)
        return kept.getvalue()

    def _take_pages(self, source: pikepdf.Pdf, title: str) -> int:
        first = self.count
        self._sources.append(source)
        self.bookmarks.append(Bookmark(title, first, [kid.moved(first) for kid in outline_of(source)]))
        for key in ("/Names", "/Dests", "/AcroForm"):  # what names led to has been read; no form is left
            if key in source.Root:
                del source.Root[key]
        self.pdf.pages.extend(source.pages)
        return first

    def _take_blocks(self, outside: Outside, blocks: Sequence[Marked], title: str, section: Any) -> int:
        """Set untagged pages so that their text is read out block by block."""
        for page, found in zip(outside.pdf.pages, blocks, strict=True):
            page.obj.Contents = outside.pdf.make_stream(found.content)
        first = self._take_pages(outside.pdf, title)
        for page, sheet, found in zip(self.pages_from(first), outside.sheets, blocks, strict=True):
            _set_in_place(page, sheet)
            self._structure.add(section, page.obj, found.kind, found.owners)
        return first

    def _take_pictures(self, outside: Outside, title: str, section: Any) -> int:
        """Set each untagged page as one picture, whose text is read out as one paragraph: its blocks were not found."""
        first = self.count
        self._sources.append(outside.pdf)
        self.bookmarks.append(Bookmark(title, first, [kid.moved(first) for kid in outline_of(outside.pdf)]))
        for page, sheet in zip(outside.pdf.pages, outside.sheets, strict=True):
            form: Any = page.as_form_xobject(handle_transformations=False)
            form.BBox = Array(seen_box(page))
            own: Any = self.pdf.add_blank_page(page_size=(sheet.width, sheet.height)).obj
            own.Resources = Dictionary(XObject=Dictionary(Outside=self.pdf.copy_foreign(form)))
            drawn = b"/P <</MCID 0>> BDC q %b cm /Outside Do Q EMC" % _numbers(*sheet.matrix)
            own.Contents = self.pdf.make_stream(drawn)
            self._structure.add(section, own, "/P", [0])
        return first

    def _take_layers(self, source: pikepdf.Pdf) -> None:
        """Keep layers hidden that were."""
        said: Any = source.Root.get("/OCProperties", Dictionary())
        how: Any = said.get("/D", Dictionary())
        layers = list(said.get("/OCGs", Array()))
        off = {one.objgen for one in how.get("/OFF", Array())}
        if how.get("/BaseState") == "/OFF":
            off |= {one.objgen for one in layers} - {one.objgen for one in how.get("/ON", Array())}
        for layer in layers:
            copied = self.pdf.copy_foreign(layer)
            self._layers.append(copied)
            if layer.objgen in off:
                self._hidden_layers.append(copied)

    def _link(self, link: WebLink, first: int, page: int, section: Any) -> None:
        own: Any = self.pdf.pages[page].obj
        box = Array([round(side, 2) for side in link.box])
        made: Any = self.pdf.make_indirect(
            Dictionary(Type=Name.Annot, Subtype=Name.Link, F=4, Border=Array([0, 0, 0]), Rect=box)
        )
        if link.address:
            made.A, made.Contents = Dictionary(S=Name.URI, URI=String(link.address)), String(link.address)
        else:
            made.Dest = Array([self.pdf.pages[first + link.page].obj, Name.Fit])
            made.Contents = String(f"Page {link.page + 1} of this document")
        own.Annots = Array([*own.get("/Annots", Array()), made])
        self._structure.add_link(section, own, made)


def _blocks(outside: Outside) -> list[Marked] | None:
    """Return the pages with their blocks of text marked; None if one of them cannot be looked through."""
    try:
        found = [marked(page) for page in outside.pdf.pages]
    except (pikepdf.PdfError, ValueError, TypeError, IndexError, RecursionError):
        return None
    whole = [one for one in found if one is not None]
    return whole if len(whole) == len(found) else None


def _labels(labels: Sequence[tuple[int, str, int]]) -> list[Any]:
    nums: list[Any] = []
    for page, letter, start in labels:
        label = Dictionary(S=Name.D, St=start)
        if letter:
            label.P = String(letter)
        nums += [page, label]
    return nums


def _set_in_place(page: pikepdf.Page, sheet: Sheet) -> None:
    """Move a tagged page on its paper, and show of it what was seen before."""
    x, y, right, top = seen_box(page)
    clip = _numbers(x, y, right - x, top - y)
    page.contents_add(b"q %b cm %b re W n\n" % (_numbers(*sheet.matrix), clip), prepend=True)
    page.contents_add(b"\nQ\n", prepend=False)
    for key in ("/CropBox", "/Rotate", "/UserUnit"):
        if key in page.obj:
            del page.obj[key]
    page.obj.MediaBox = Array([0, 0, round(sheet.width, 3), round(sheet.height, 3)])


def _numbers(*values: float) -> bytes:
    return " ".join(f"{value:.5f}" for value in values).encode()
