"""Writing a finished PDF anew with its structure tree.

The canvas writes plain objects and a plain table of where they are. Here the streams are taken over as they stand,
all else goes into compressed object streams (ISO 32000-1, 7.5.7), together with one object for each element:
written as text, a hundred thousand cells take a third of a second and little room.
"""

import re
import zlib
from xml.sax.saxutils import escape

from ctdesk.reports.tags import Kid, Tags, text_string

_HEAD = b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n"
_IN_ONE = 250
"""Objects in one object stream: a reader unpacks a whole one for any of them."""
_XMP = """<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/" \
xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/">
<dc:title><rdf:Alt><rdf:li xml:lang="x-default">{title}</rdf:li></rdf:Alt></dc:title>
<dc:language><rdf:Bag><rdf:li>en-GB</rdf:li></rdf:Bag></dc:language>{claim}
</rdf:Description></rdf:RDF></x:xmpmeta>
<?xpacket end="w"?>"""
PLACE = "CtdeskPlace"
"""The key under which a link names its place, until a pack knows on which page that is."""
_CLAIM = "\n<pdfuaid:part>1</pdfuaid:part>"


def metadata(title: str, *, accessible: bool) -> bytes:
    """Return the XMP of a document; only one that keeps PDF/UA-1 throughout says that it does."""
    return _XMP.format(title=escape(title), claim=_CLAIM if accessible else "").encode()


def with_structure(plain: bytes, tags: Tags, title: str) -> bytes:
    """Return the file of a canvas with its structure; the same input gives the same bytes."""
    return _Writer(plain, tags).written(title)


class _Writer:
    """Takes a plain file apart and puts it together again with what the tags say."""

    def __init__(self, plain: bytes, tags: Tags) -> None:
        self.tags = tags
        self.objects = _objects(plain)
        trailer = plain[plain.rindex(b"trailer") :]
        self.root = _reference(trailer, b"Root")
        self.info = _reference(trailer, b"Info")
        self.id = _found(rb"/ID\s*(\[.*?\])", trailer)
        tree = _reference(self.objects[self.root], b"Pages")
        self.pages = [
            int(page) for page in re.findall(rb"(\d+) 0 R", _found(rb"/Kids\s*\[(.*?)\]", self.objects[tree]))
        ]
        self.links_at = max(self.objects) + 1
        self.links = [link for page in tags.links for link in page]
        self.tree = self.links_at + len(self.links)
        self.elements_at = self.tree + 1

    def written(self, title: str) -> bytes:
        small = {number: body for number, body in self.objects.items() if not body.endswith(b"endstream")}
        large = {number: body for number, body in self.objects.items() if number not in small}
        small |= self._pages() | self._links()
        small[self.tree] = self._root_element()
        small |= self._elements()
        xmp = metadata(title, accessible=not self.tags.undescribed)
        about = self.elements_at + len(self.tags.kinds)
        large[about] = b"<</Type/Metadata/Subtype/XML/Length %d>>\nstream\n%b\nendstream" % (len(xmp), xmp)
        small[self.root] = _more(
            self.objects[self.root],
            f"/MarkInfo<</Marked true>>/StructTreeRoot {self.tree} 0 R/Metadata {about} 0 R"
            "/ViewerPreferences<</DisplayDocTitle true>>",
        )
        return _assembled(small, large, b"/Root %d 0 R/Info %d 0 R/ID%b" % (self.root, self.info, self.id))

    def _pages(self) -> dict[int, bytes]:
        """Return the pages, each with its place in the parent tree and with its links."""
        pages, link = {}, self.links_at
        for at, number in enumerate(self.pages):
            annotations = range(link, link := link + len(self.tags.links[at]))
            links = f"/Annots[{' '.join(f'{own} 0 R' for own in annotations)}]" if annotations else ""
            pages[number] = _more(self.objects[number], f"/StructParents {at}/Tabs/S{links}")
        return pages

    def _links(self) -> dict[int, bytes]:
        return {
            self.links_at + at: (
                f"<</Type/Annot/Subtype/Link/F 4/Border[0 0 0]/Rect[{' '.join(f'{it:.2f}' for it in link.box)}]"
                f"/Contents{text_string(link.words)}/{PLACE}{text_string(link.place)}"
                f"/StructParent {len(self.pages) + at}>>"
            ).encode()
            for at, link in enumerate(self.links)
        }

    def _root_element(self) -> bytes:
        """Return the root of the tree, with the element of every mark and link."""
        first = self.elements_at
        nums = [
            f"{page} [{' '.join([f'{first + element} 0 R' for element in self.tags.pages[page]])}]"
            for page in range(len(self.pages))
        ]
        nums += [f"{len(self.pages) + at} {first + link.element} 0 R" for at, link in enumerate(self.links)]
        following = len(self.pages) + len(self.links)
        return (
            f"<</Type/StructTreeRoot/K {first} 0 R/ParentTreeNextKey {following}"
            f"/ParentTree<</Nums[{' '.join(nums)}]>>>>"
        ).encode()

    def _elements(self) -> dict[int, bytes]:
        """Return every element; most are cells with one mark, and this is the longest loop of a long report."""
        tags, first, elements = self.tags, self.elements_at, {}
        said, several, pages = tags.said, tags.kids, self.pages
        for at, (kind, parent, mark) in enumerate(zip(tags.kinds, tags.parents, tags.single, strict=True)):
            more = said.get(at, "")
            if mark:
                more += f"/Pg {pages[mark[0]]} 0 R/K {mark[1]}"
            elif at in several:
                more += f"/K[{' '.join([self._kid(kid) for kid in several[at]])}]"
            elements[first + at] = b"<</S/%b/P %d 0 R%b>>" % (kind.encode(), first + parent, more.encode())
        return elements

    def _kid(self, kid: Kid) -> str:
        if isinstance(kid, int):
            return f"{self.elements_at + kid} 0 R"
        if isinstance(kid, tuple):
            return f"<</Type/MCR/Pg {self.pages[kid[0]]} 0 R/MCID {kid[1]}>>"
        page = next(at for at, links in enumerate(self.tags.links) if kid in links)
        return f"<</Type/OBJR/Pg {self.pages[page]} 0 R/Obj {self.links_at + self.links.index(kid)} 0 R>>"


def _objects(plain: bytes) -> dict[int, bytes]:
    """Return the body of every object by its number, found by the table at the end."""
    start = int(_found(rb"startxref\s+(\d+)\s+%%EOF\s*$", plain[-200:]))
    count = int(_found(rb"xref\s+0 (\d+)", plain[start : start + 40]))
    table = re.findall(rb"(\d{10}) \d{5} n", plain[start : plain.rindex(b"trailer")])
    if len(table) != count - 1:
        raise ValueError("The plain file has an object that is free, or stands in a part of its own.")
    offsets = [*map(int, table), start]
    ends = dict(zip(sorted(offsets), sorted(offsets)[1:], strict=False))
    return {
        number: plain[plain.index(b"obj", offset) + 3 : plain.rindex(b"endobj", offset, ends[offset])].strip()
        for number, offset in enumerate(offsets[:-1], 1)
    }


def _found(pattern: bytes, source: bytes) -> bytes:
    found = re.search(pattern, source, re.DOTALL)
    if found is None:
        raise ValueError(f"The plain file lacks {pattern!r}.")
    return found[1]


def _reference(source: bytes, key: bytes) -> int:
    return int(_found(rb"/%b (\d+) 0 R" % key, source))


def _more(dictionary: bytes, entries: str) -> bytes:
    return dictionary[:-2] + entries.encode() + b">>"


def _assembled(small: dict[int, bytes], large: dict[int, bytes], trailer: bytes) -> bytes:
    """Return the file: large objects as they stand, small ones packed, and the table of where all of them are."""
    parts, at = [_HEAD], len(_HEAD)
    where: dict[int, tuple[int, int, int]] = {0: (0, 0, 65535)}
    number = max(*small, *large) + 1
    for packed in _packed(small):
        for place, own in enumerate(packed[0]):
            where[own] = (2, number, place)
        large[number] = packed[1]
        number += 1
    for own, body in large.items():
        where[own] = (1, at, 0)
        parts.append(b"%d 0 obj\n%b\nendobj\n" % (own, body))
        at += len(parts[-1])
    where[number] = (1, at, 0)
    rows = b"".join(
        b"%c%b%b" % (kind, first.to_bytes(4), second.to_bytes(2))
        for kind, first, second in (where.get(own, (0, 0, 65535)) for own in range(number + 1))
    )
    table = zlib.compress(rows)
    entries = b"<</Type/XRef/Size %d/W[1 4 2]%b/Filter/FlateDecode/Length %d>>" % (number + 1, trailer, len(table))
    parts.append(
        b"%d 0 obj\n%b\nstream\n%b\nendstream\nendobj\nstartxref\n%d\n%%%%EOF\n" % (number, entries, table, at)
    )
    return b"".join(parts)


def _packed(objects: dict[int, bytes]) -> list[tuple[list[int], bytes]]:
    """Return the objects in streams of many, each with the numbers of those in it."""
    numbers = sorted(objects)
    return [_pack(numbers[at : at + _IN_ONE], objects) for at in range(0, len(numbers), _IN_ONE)]


def _pack(numbers: list[int], objects: dict[int, bytes]) -> tuple[list[int], bytes]:
    head, offset = [], 0
    for number in numbers:
        head.append(b"%d %d" % (number, offset))
        offset += len(objects[number]) + 1
    first = b" ".join(head) + b"\n"
    content = zlib.compress(first + b"\n".join([objects[number] for number in numbers]), 5)
    entries = b"<</Type/ObjStm/N %d/First %d/Filter/FlateDecode/Length %d>>" % (len(numbers), len(first), len(content))
    return numbers, b"%b\nstream\n%b\nendstream" % (entries, content)
