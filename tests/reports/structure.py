"""A checker of tagged PDFs: what PDF/UA-1 asks of structure and can be seen by a program, as sentences."""

from collections import Counter
from collections.abc import Iterator

import pikepdf

PAINTS = {"Tj", "TJ", "'", '"', "S", "s", "f", "F", "f*", "B", "B*", "b", "b*", "Do", "sh", "BI", "INLINE IMAGE"}
KINDS = {
    "Document",
    "Sect",
    "Div",
    "H1",
    "H2",
    "H3",
    "H4",
    "P",
    "Table",
    "TR",
    "TH",
    "TD",
    "Figure",
    "Link",
    "NonStruct",
}


def faults(pdf: pikepdf.Pdf, *, outside: frozenset[int] = frozenset()) -> list[str]:
    """Return what is wrong with the structure; pages in `outside` (from 0) come from strangers and need no marks."""
    return [*_of_document(pdf), *_of_marks(pdf, outside), *_of_elements(pdf), *_of_links(pdf)]


def elements(node: pikepdf.Object) -> Iterator[pikepdf.Object]:
    """Yield every element under a node in reading order."""
    for kid in kids(node):
        if isinstance(kid, pikepdf.Dictionary) and "/S" in kid:
            yield kid
            yield from elements(kid)


def kids(node: pikepdf.Object) -> list[pikepdf.Object]:
    """Return the kids of an element."""
    if "/K" not in node:
        return []
    return list(node.K) if isinstance(node.K, pikepdf.Array) else [node.K]


def text_kinds(pdf: pikepdf.Pdf) -> Counter[str]:
    """Return how many elements of each kind there are."""
    return Counter(str(element.S)[1:] for element in elements(pdf.Root.StructTreeRoot))


def _of_document(pdf: pikepdf.Pdf) -> Iterator[str]:
    root = pdf.Root
    if str(root.get("/Lang")) != "en-GB":
        yield "no language"
    if not root.get("/ViewerPreferences", {}).get("/DisplayDocTitle"):
        yield "the title is not displayed"
    if not root.get("/MarkInfo", {}).get("/Marked"):
        yield "not marked"
    with pdf.open_metadata() as metadata:
        if metadata.get("dc:title") != str(pdf.docinfo.get("/Title")):
            yield "title and metadata differ"


def parent_tree(pdf: pikepdf.Pdf) -> dict[int, pikepdf.Object]:
    """Return the parent tree, flat."""
    return dict(pikepdf.NumberTree(pdf.Root.StructTreeRoot.ParentTree))


def _of_marks(pdf: pikepdf.Pdf, outside: frozenset[int]) -> Iterator[str]:
    tree = parent_tree(pdf)
    for at, page in enumerate(pdf.pages):
        marks, bare = _marks(page)
        if bare and at not in outside:
            yield f"page {at + 1}: {bare} pieces of content are neither marked nor artifacts"
        parents = tree[page.obj.StructParents] if "/StructParents" in page.obj else []
        if sorted(marks) != list(range(len(parents))) and at not in outside:
            yield f"page {at + 1}: its marks are not those of the parent tree"
        for mark in marks:
            if mark < len(parents) and not _has(parents[mark], page, mark):
                yield f"page {at + 1}: the element of mark {mark} does not know it"


def _marks(page: pikepdf.Page) -> tuple[list[int], int]:
    marks, bare, open_ = [], 0, []
    for operands, operator in pikepdf.parse_content_stream(page):
        name = str(operator)
        if name in {"BDC", "BMC"}:
            mark = operands[1].get("/MCID") if name == "BDC" and isinstance(operands[1], pikepdf.Dictionary) else None
            open_.append(mark is not None or str(operands[0]) == "/Artifact" or any(open_))
            marks += [int(mark)] if mark is not None else []
        elif name == "EMC":
            open_.pop()
        elif name in PAINTS and not any(open_):
            bare += 1
    assert not open_
    return marks, bare


def _has(element: pikepdf.Object, page: pikepdf.Page, mark: int) -> bool:
    for kid in kids(element):
        if isinstance(kid, int) and kid == mark and element.Pg.objgen == page.obj.objgen:
            return True
        if isinstance(kid, pikepdf.Dictionary) and kid.get("/MCID") == mark and kid.Pg.objgen == page.obj.objgen:
            return True
    return False


def _of_elements(pdf: pikepdf.Pdf) -> Iterator[str]:
    level = 0
    for element in elements(pdf.Root.StructTreeRoot):
        kind = str(element.S)[1:]
        if kind not in KINDS:
            yield f"the kind {kind} is not known"
        if any(kid.P.objgen != element.objgen for kid in kids(element) if _is_element(kid)):
            yield f"a kid of a {kind} has another parent"
        if kind[0] == "H" and kind[1:].isdigit():
            if int(kind[1:]) > level + 1:
                yield f"a heading of level {kind[1:]} follows one of level {level}"
            level = int(kind[1:])
        if kind == "Figure" and not str(element.get("/Alt", "")):
            yield "a figure has no words"
        if kind == "Table":
            yield from _of_table(element)


def _is_element(kid: pikepdf.Object) -> bool:
    return isinstance(kid, pikepdf.Dictionary) and "/S" in kid


def _of_table(table: pikepdf.Object) -> Iterator[str]:
    rows = kids(table)
    if any(str(row.S) != "/TR" for row in rows):
        yield "a table holds more than rows"
    widths = {sum(_span(cell) for cell in kids(row)) for row in rows}
    if len(widths) != 1:
        yield f"the rows of a table have {sorted(widths)} cells"
    for cell in kids(rows[0]):
        if str(cell.S) != "/TH" or str(cell.get("/A", {}).get("/Scope")) != "/Column":
            yield "a table has a head without scope"


def _span(cell: pikepdf.Object) -> int:
    return int(cell.get("/A", {}).get("/ColSpan", 1))


def _of_links(pdf: pikepdf.Pdf) -> Iterator[str]:
    tree = parent_tree(pdf)
    for at, page in enumerate(pdf.pages):
        for annotation in page.obj.get("/Annots", []):
            if "/StructParent" not in annotation or str(tree[annotation.StructParent].S) != "/Link":
                yield f"page {at + 1}: a link is no element"
            if "/Contents" not in annotation:
                yield f"page {at + 1}: a link has no words"
