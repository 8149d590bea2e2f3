"""The bookmarks of a pack, and those of the PDFs that go into it."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name, OutlineItem, String

_DEEPEST = 4


@dataclass(slots=True)
class Bookmark:
    """An entry of the outline: its title, its page from 0, and what stands below it."""

    title: str
    page: int
    kids: list["Bookmark"] = field(default_factory=list)

    def moved(self, pages: int) -> "Bookmark":
        """Return it as it is where so many pages come before."""
        return Bookmark(self.title, self.page + pages, [kid.moved(pages) for kid in self.kids])


def outline_of(source: pikepdf.Pdf) -> list[Bookmark]:
    """Return the outline of a file; one that is damaged is as none."""
    numbers = {page.obj.objgen: at for at, page in enumerate(source.pages)}
    try:
        with source.open_outline(_DEEPEST) as outline:
            return list(_bookmarks(source, outline.root, numbers))
    except (pikepdf.OutlineStructureError, pikepdf.PdfError, ValueError, TypeError, AttributeError, KeyError):
        return []


def write_outline(pdf: pikepdf.Pdf, bookmarks: Sequence[Bookmark]) -> None:
    """Give a file its outline."""
    with pdf.open_outline() as outline:
        outline.root.extend(_item(bookmark) for bookmark in bookmarks)


def _item(bookmark: Bookmark) -> OutlineItem:
    item = OutlineItem(bookmark.title, bookmark.page, "Fit")
    item.is_closed = True
    item.children.extend(_item(kid) for kid in bookmark.kids)
    return item


def _bookmarks(
    source: pikepdf.Pdf, items: Sequence[OutlineItem], numbers: Mapping[tuple[int, int], int]
) -> Iterator[Bookmark]:
    """Yield what leads to a page; an entry that leads nowhere gives its place to those below it."""
    for item in items:
        page = _page_of(source, item, numbers)
        kids = list(_bookmarks(source, item.children, numbers))
        if page is not None and item.title.strip():
            yield Bookmark(" ".join(item.title.split()), page, kids)
        else:
            yield from kids


def _page_of(source: pikepdf.Pdf, item: OutlineItem, numbers: Mapping[tuple[int, int], int]) -> int | None:
    target: Any = item.destination
    if target is None and item.action is not None and item.action.get("/S") == "/GoTo":
        target = item.action.get("/D")
    if isinstance(target, String | Name):
        target = _named(source, str(target))
    if isinstance(target, Dictionary):
        target = target.get("/D")
    if isinstance(target, Array) and len(target) and isinstance(target[0], Dictionary):
        return numbers.get(target[0].objgen)
    return None


def _named(source: pikepdf.Pdf, name: str) -> Any:
    names = source.Root.get("/Names", Dictionary())
    if "/Dests" in names:
        return pikepdf.NameTree(names.Dests).get(name)
    return source.Root.get("/Dests", Dictionary()).get(name if name.startswith("/") else f"/{name}")
