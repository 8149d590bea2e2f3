"""Looking through a PDF before it leaves: names and places in its properties, programs, links, what its pages say."""

import io
from collections.abc import Collection, Iterator
from itertools import chain
from typing import Any

import pikepdf
import pypdfium2

from ctdesk.domain.errors import DeskError
from ctdesk.domain.outgoing import Concern, Remark, places_in
from ctdesk.domain.outgoing_text import typed_remarks

_ACTIONS = {
    "/JavaScript": (Concern.CODE, "it holds a program"),
    "/Launch": (Concern.CODE, "it starts a program"),
    "/URI": (Concern.LINK, "it leads to {}"),
    "/GoToR": (Concern.LINK, "it leads to another file"),
    "/SubmitForm": (Concern.LINK, "it sends what is typed into it"),
    "/ImportData": (Concern.LINK, "it fetches data"),
}


def pdf_remarks(content: bytes, name: str, *, authors: Collection[str] | None = None) -> list[Remark]:
    """Return what a PDF gives away; `authors` are names that may stand in its properties, None lets any stand.

    Raises DeskError if it is no sound PDF, or is locked.
    """
    try:
        with pikepdf.open(io.BytesIO(content)) as document:
            found = [*_properties(document, authors), *_actions(document)]
    except pikepdf.PdfError as fault:
        raise DeskError(f"“{name}” is not a PDF that can be looked through: open it and see what is wrong.") from fault
    return [*found, *_texts(content)]


def _properties(document: Any, authors: Collection[str] | None) -> Iterator[Remark]:
    said = {key[1:]: str(value) for key, value in document.docinfo.items()}
    for key, text in said.items():
        yield from places_in(f"its property {key}", text)
    author = said.get("Author", "").strip()
    if author and authors is not None and author not in authors:
        yield Remark(Concern.AUTHOR, "its property Author", f"it is {author[:80]}")


def _actions(document: Any) -> Iterator[Remark]:
    if len(document.attachments):
        yield Remark(Concern.HIDDEN, "the file", f"{len(document.attachments)} other files are inside it")
    for found in chain.from_iterable(map(_dictionaries, document.objects)):
        if str(found.get("/S", "")) in _ACTIONS:
            concern, what = _ACTIONS[str(found["/S"])]
            target = str(found.get("/URI", ""))
            # To press a link of the web is for the reader to decide; one to a file tells where it lies.
            typed = target.lower().startswith(("http:", "https:", "mailto:"))
            yield Remark(Concern.TYPED_LINK if typed else concern, "the file", what.format(target[:80]))


def _dictionaries(held: Any) -> Iterator[Any]:
    """Yield a dictionary and those that stand within it, as actions mostly do; not what it only refers to."""
    if isinstance(held, pikepdf.Dictionary | pikepdf.Stream):
        inside = held.stream_dict if isinstance(held, pikepdf.Stream) else held
        yield inside
        held = list(inside.values())
    if isinstance(held, pikepdf.Array | list):
        for child in held:
            if isinstance(child, pikepdf.Object) and not child.is_indirect:
                yield from _dictionaries(child)


def _texts(content: bytes) -> Iterator[Remark]:
    document = pypdfium2.PdfDocument(content)
    try:
        for number, page in enumerate(document, start=1):
            text = page.get_textpage()
            yield from typed_remarks([(f"page {number}", text.get_text_range())])
            text.close()
            page.close()
    finally:
        document.close()
