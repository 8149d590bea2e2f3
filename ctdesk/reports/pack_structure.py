"""The structure tree of a pack: each paper's own elements under a section of their own."""

from collections.abc import Iterable, Sequence
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name, String

_PICTURE = "A page as a picture: it holds no words that can be read out."


class Structure:
    """The tree of one pack in the making, and the parent tree that leads from marks and links to elements."""

    def __init__(self, pdf: pikepdf.Pdf) -> None:
        self._pdf = pdf
        self.tree: Any = pdf.make_indirect(Dictionary(Type=Name.StructTreeRoot))
        self._document: Any = pdf.make_indirect(Dictionary(S=Name.Document, P=self.tree, K=Array()))
        self.tree.K = self._document
        self._parents: list[Any] = []
        self._key = 0

    def section(self, title: str) -> Any:
        """Return a new section at the end."""
        section = self._pdf.make_indirect(Dictionary(S=Name.Sect, P=self._document, T=title, K=Array()))
        self._document.K.append(section)
        return section

    def take(self, source: pikepdf.Pdf, section: Any, pages: Sequence[pikepdf.Page]) -> None:
        """Take over the elements of a file whose pages were taken before: without them, they would lead nowhere."""
        tree: Any = self._pdf.copy_foreign(source.Root.StructTreeRoot)
        for element in _tops(tree):
            element.P = section
            section.K.append(element)
        parents = dict(pikepdf.NumberTree(tree.ParentTree))
        for key, value in parents.items():
            self._parents += [self._key + key, value]
        for page in pages:
            page.obj.Tabs = Name.S
            for own in (page.obj, *page.obj.get("/Annots", Array())):
                for name in ("/StructParents", "/StructParent"):
                    if name in own:
                        own[name] = self._key + int(own[name])
        self._key += max(parents, default=-1) + 1
        for words in ("/RoleMap", "/ClassMap"):
            if words in tree:
                self.tree[words] = Dictionary({**_entries(tree, words), **_entries(self.tree, words)})

    def add(self, section: Any, page: Any, kind: str, owners: Sequence[int]) -> None:
        """Add elements of a kind, and say for each mark of a page in turn which of them it belongs to, from 0."""
        made = [
            self._pdf.make_indirect(Dictionary(S=Name(kind), P=section, Pg=page, K=Array()))
            for _ in range(max(owners) + 1)
        ]
        for number, owner in enumerate(owners):
            made[owner].K.append(number)
        for element in made:
            if kind == "/Figure":
                element.Alt = String(_PICTURE)
            section.K.append(element)
        page.StructParents, page.Tabs = self._key, Name.S
        self._parents += [self._key, Array([made[owner] for owner in owners])]
        self._key += 1

    def add_link(self, section: Any, page: Any, annotation: Any) -> None:
        """Add an element for a link."""
        lead = Dictionary(Type=Name.OBJR, Pg=page, Obj=annotation)
        element = self._pdf.make_indirect(Dictionary(S=Name.Link, P=section, K=lead))
        section.K.append(element)
        annotation.StructParent = self._key
        self._parents += [self._key, element]
        self._key += 1

    def finish(self) -> None:
        """Write the parent tree."""
        self.tree.ParentTree = Dictionary(Nums=Array(self._parents))
        self.tree.ParentTreeNextKey = self._key


def without_links(root: Any) -> None:
    """Take out of a tree what stands for annotations that are not taken over."""
    for element in elements(root):
        if "/K" in element:
            element.K = Array([kid for kid in _listed(element.K) if not _is_lead(kid)])


def elements(root: Any) -> Iterable[Any]:
    """Yield every element of a tree."""
    waiting = [kid for kid in _listed(root.K) if _is_element(kid)]
    while waiting:
        element = waiting.pop()
        yield element
        waiting += [kid for kid in _listed(element.get("/K", Array())) if _is_element(kid)]


def _tops(tree: Any) -> Iterable[Any]:
    """Yield the highest elements below the one that stands for the document."""
    for top in _listed(tree.K):
        inner = _listed(top.get("/K", Array())) if str(top.get("/S")) == "/Document" else [top]
        yield from (element for element in inner if _is_element(element))


def _is_element(kid: Any) -> bool:
    return isinstance(kid, Dictionary) and "/S" in kid


def _is_lead(kid: Any) -> bool:
    return isinstance(kid, Dictionary) and kid.get("/Type") == "/OBJR"


def _listed(kids: Any) -> list[Any]:
    return list(kids) if isinstance(kids, Array) else [kids]


def _entries(tree: Any, words: str) -> dict[str, Any]:
    return dict(tree[words].items()) if words in tree else {}
