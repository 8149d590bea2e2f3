"""Every word of a finished PDF: on its pages, behind them for screen readers, in bookmarks and properties."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary

from ctdesk.reports.pack_structure import elements
from ctdesk.reports.pages import Pages

_BEHIND = ("/Alt", "/ActualText", "/E", "/T")
"""What an element or a mark may say in place of what is seen: description, text, meaning of letters, title."""


@dataclass(frozen=True, slots=True)
class PageWords:
    """The words of one page as they are seen, and what else is said of it to those who cannot see it."""

    seen: str
    behind: str


@dataclass(frozen=True, slots=True)
class FileWords:
    """All words of a file, by page, and those of the whole file by what they are: the bookmarks, the properties."""

    pages: tuple[PageWords, ...]
    whole: dict[str, str]


def every_word(content: bytes, name: str) -> FileWords:
    """Return all words of a PDF of ours; *name* is what errors call it. Raises DeskError if it is damaged."""
    pages = Pages(content, name)
    try:
        seen = [pages.text(at) for at in range(len(pages.sizes))]
    finally:
        pages.close()
    with pikepdf.open(BytesIO(content)) as pdf:
        behind = _behind(pdf)
        whole = {
            "the bookmarks": "\n".join(_bookmarks(pdf)),
            "the properties": "\n".join(_properties(pdf)),
            "the names of sections": "\n".join(behind.pop(-1, [])),
        }
        said = tuple(PageWords(words, "\n".join(behind[at])) for at, words in enumerate(seen))
    return FileWords(said, whole)


def _behind(pdf: pikepdf.Pdf) -> dict[int, list[str]]:
    """Return what is said behind each page (from 0), under -1 what belongs to none."""
    found: dict[int, list[str]] = defaultdict(list)
    numbers = {page.obj.objgen: at for at, page in enumerate(pdf.pages)}
    if "/StructTreeRoot" in pdf.Root:
        for element in elements(pdf.Root.StructTreeRoot):
            for key in _BEHIND:
                if key in element:
                    page = element.get("/Pg")
                    found[numbers.get(page.objgen, -1) if page is not None else -1].append(str(element[key]))
    for at, page in enumerate(pdf.pages):
        found[at] += [text for link in page.obj.get("/Annots", Array()) for text in _of_link(link)]
        found[at] += _of_marks(page.obj, set())
    return found


def _of_link(link: Any) -> Iterator[str]:
    if "/Contents" in link:
        yield str(link.Contents)
    if "/A" in link and "/URI" in link.A:
        yield str(link.A.URI)


def _of_marks(drawn: Any, seen: set[tuple[int, int]]) -> Iterator[str]:
    """Yield what marks within a page, or within a picture of a page, say in place of what they mark."""
    resources = drawn.get("/Resources", Dictionary())
    named = resources.get("/Properties", Dictionary())
    for properties in named.values() if isinstance(named, Dictionary) else ():
        yield from _of_mark(properties)
    content = b"\n".join(_streams(drawn))
    if any(key in content for key in (b"/ActualText", b"/Alt", b"/E")):
        with pikepdf.new() as passing:
            for mark in pikepdf.parse_content_stream(passing.make_stream(content), "BDC DP"):
                yield from _of_mark(mark.operands[1])
    pictures = resources.get("/XObject", Dictionary())
    for inner in pictures.values() if isinstance(pictures, Dictionary) else ():
        if inner.get("/Subtype") == "/Form" and inner.objgen not in seen:
            seen.add(inner.objgen)
            yield from _of_marks(inner, seen)


def _streams(drawn: Any) -> Iterator[bytes]:
    """Yield what a page, or a picture within it, is drawn by."""
    stream = drawn.get("/Contents", drawn)
    for one in stream if isinstance(stream, Array) else [stream]:
        if isinstance(one, pikepdf.Stream):
            yield one.read_bytes()


def _of_mark(properties: Any) -> Iterator[str]:
    if isinstance(properties, Dictionary):
        yield from (str(properties[key]) for key in ("/ActualText", "/Alt", "/E", "/Name") if key in properties)


def _bookmarks(pdf: pikepdf.Pdf) -> Iterator[str]:
    with pdf.open_outline() as outline:
        waiting = list(outline.root)
        while waiting:
            item = waiting.pop()
            yield item.title
            waiting += item.children


def _properties(pdf: pikepdf.Pdf) -> Iterator[str]:
    yield from (str(value) for value in pdf.docinfo.values())
    if "/Metadata" in pdf.Root:
        yield pdf.Root.Metadata.read_bytes().decode("utf-8", "replace")
    for layer in pdf.Root.get("/OCProperties", Dictionary()).get("/OCGs", Array()):
        yield str(layer.get("/Name", ""))
