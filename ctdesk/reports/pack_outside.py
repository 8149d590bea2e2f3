"""PDFs from outside, made fit for a pack: opened with care, cleaned, set upright, with room for the page number.

Only what a page shows is kept. Scripts, forms (their values are drawn in), attachments, comments, hidden marks of
other programs and everything said of author and history stay behind.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary

from ctdesk.domain.errors import DeskError
from ctdesk.reports.pack_margins import free_margins
from ctdesk.reports.pack_structure import without_links
from ctdesk.reports.style import PORTRAIT, mm

FOOT, HEAD = 12 * mm, 13 * mm
"""The margins that a page shown at its size must leave free, for the number at its foot and a box at its head."""
_SMALLER, _SMALLER_CLOSED = 0.94, 0.9
"""How large pages are set that leave less."""
_SMALLEST, _LARGEST = 148 * mm - 1, 594 * mm + 1
"""Sides of A5 and A2; paper smaller or larger is set on A4."""
_SHOWN = {"/Type", "/Contents", "/Resources", "/MediaBox", "/CropBox", "/Rotate", "/UserUnit", "/Group",
    "/StructParents"}  # fmt: skip
_DRAWN_IN = {"/Widget", "/FreeText", "/Stamp", "/Highlight", "/Underline", "/StrikeOut", "/Ink", "/Line", "/Square",
    "/Circle", "/Polygon", "/PolyLine"}  # fmt: skip
"""Annotations that are part of what is seen; the others are comments, attachments and players."""
_SAID = ("/Metadata", "/PieceInfo", "/LastModified", "/AF", "/OPI")

Matrix = tuple[float, float, float, float, float, float]


@dataclass(frozen=True, slots=True)
class WebLink:
    """A link of a page: its corners, and the address or the page (from 0) it goes to."""

    box: tuple[float, float, float, float]
    address: str
    page: int = -1


@dataclass(frozen=True, slots=True)
class Sheet:
    """How one page is set: its paper, what moves it there, and its links where they then are."""

    width: float
    height: float
    matrix: Matrix
    links: tuple[WebLink, ...]


@dataclass(frozen=True, slots=True)
class Outside:
    """A stranger's PDF, cleaned, with how its pages are set; `tagged` if its structure may be taken over."""

    pdf: pikepdf.Pdf
    sheets: tuple[Sheet, ...]
    tagged: bool


def opened(content: bytes, name: str, *, closed: bool = False) -> Outside:
    """Return a stranger's PDF made fit for a pack: each page at its size if the margins leave room for the number.

    `closed` pages need room at their head as well, for the box that says so.
    Raises DeskError in one sentence, naming it, if it is protected, damaged, or shows less than it holds.
    """
    pdf = _open(content, name)
    try:
        _refuse_what_cannot_be_shown(pdf, name)
        links = [tuple(_links(pdf, page)) for page in pdf.pages]
        _draw_forms_in(pdf)
        tagged = _is_tagged(pdf)
        if tagged:
            without_links(pdf.Root.StructTreeRoot)
        for page in pdf.pages:
            _clean(page, tagged=tagged)
        free = free_margins(pdf, FOOT, HEAD if closed else 0)
        scale = _SMALLER_CLOSED if closed else _SMALLER
        sheets = tuple(
            _sheet(page, own, 1.0 if is_free else scale)
            for page, own, is_free in zip(pdf.pages, links, free, strict=True)
        )
    except (pikepdf.PdfError, ValueError, TypeError, KeyError, AttributeError, RecursionError) as fault:
        raise _damaged(name) from fault
    return Outside(pdf, sheets, tagged)


def _open(content: bytes, name: str) -> pikepdf.Pdf:
    try:
        pdf = pikepdf.open(BytesIO(content))
        count = len(pdf.pages)
    except pikepdf.PasswordError as fault:
        raise DeskError(f"{name} is protected by a password; ask for a copy without one and add that.") from fault
    except (pikepdf.PdfError, ValueError, TypeError, RecursionError) as fault:
        raise _damaged(name) from fault
    if not count:
        raise DeskError(f"{name} has no pages; ask for it again.")
    return pdf


def _damaged(name: str) -> DeskError:
    return DeskError(f"{name} is damaged or not a PDF; ask for it again, or print it to a new PDF and add that.")


def _refuse_what_cannot_be_shown(pdf: pikepdf.Pdf, name: str) -> None:
    if "/Collection" in pdf.Root:
        raise DeskError(f"{name} is a folder of other files; add each of them as an item of its own.")
    if pdf.Root.get("/NeedsRendering"):
        raise DeskError(f"{name} is a form that only Adobe’s program shows; print it to a new PDF and add that.")
    for number, page in enumerate(pdf.pages, 1):
        page.contents_coalesce()
        if any(annotation.get("/Subtype") == "/Redact" for annotation in _annotations(page)):
            raise DeskError(
                f"Page {number} of {name} has passages marked to be blacked out whose words are still there; "
                "have the redaction applied and add it again."
            )
        for _ in pikepdf.parse_content_stream(page):
            break


def _annotations(page: pikepdf.Page) -> list[Any]:
    found = page.obj.get("/Annots", Array())
    return [one for one in found if isinstance(one, Dictionary)] if isinstance(found, Array) else []


def _draw_forms_in(pdf: pikepdf.Pdf) -> None:
    """Make the values of forms, stamps and highlights part of the page, and drop every other annotation."""
    for page in pdf.pages:
        kept = [one for one in _annotations(page) if str(one.get("/Subtype")) in _DRAWN_IN]
        for one in kept:
            for key in ("/A", "/AA", "/Popup", "/Parent") if str(one.Subtype) != "/Widget" else ("/A", "/AA"):
                if key in one:
                    del one[key]
        if kept:
            page.obj.Annots = Array(kept)
        elif "/Annots" in page.obj:
            del page.obj.Annots
    pdf.generate_appearance_streams()
    pdf.flatten_annotations("screen")


def _is_tagged(pdf: pikepdf.Pdf) -> bool:
    root = pdf.Root
    marked = "/MarkInfo" in root and root.MarkInfo.get("/Marked")
    tree = "/StructTreeRoot" in root and "/ParentTree" in root.StructTreeRoot and "/K" in root.StructTreeRoot
    return bool(marked and tree) and all(_balanced(page) for page in pdf.pages)


def _balanced(page: pikepdf.Page) -> bool:
    """Return whether what comes after the page's own content is drawn as if nothing had been before."""
    depth = 0
    for one in pikepdf.parse_content_stream(page, "q Q BMC BDC EMC"):
        depth += 1 if str(one.operator) in {"q", "BMC", "BDC"} else -1
    return depth == 0


def _clean(page: pikepdf.Page, *, tagged: bool) -> None:
    shown = _SHOWN if tagged else _SHOWN - {"/StructParents"}
    for key in list(page.obj.keys()):
        if key not in shown and key != "/Parent":
            del page.obj[key]
    _forget(page.obj.get("/Resources", Dictionary()), set())


def _forget(resources: pikepdf.Object, seen: set[tuple[int, int]]) -> None:
    """Take what other programs said of pictures out of them, and of pictures within pictures."""
    if not isinstance(resources, Dictionary) or "/XObject" not in resources:
        return
    for drawn in dict(resources.XObject.items()).values():
        if drawn.objgen in seen or not isinstance(drawn, pikepdf.Stream):
            continue
        seen.add(drawn.objgen)
        for key in _SAID:
            if key in drawn:
                del drawn[key]
        filters = drawn.get("/Filter", Array())
        if [str(one) for one in (filters if isinstance(filters, Array) else [filters])] == ["/DCTDecode"]:
            drawn.write(without_notes(drawn.read_raw_bytes()), filter=pikepdf.Name.DCTDecode)
        _forget(drawn.get("/Resources", Dictionary()), seen)


def without_notes(jpeg: bytes) -> bytes:
    """Return a JPEG without what cameras and programs note in it: who, where, when, with what (APP1-13, 15, COM).

    What tells how its colours are meant (APP0 and APP14, ISO/IEC 10918-6) stays; a profile of colours is the PDF's own.
    """
    kept, at = [jpeg[:2]], 2
    while at + 4 <= len(jpeg) and jpeg[at] == 0xFF and jpeg[at + 1] != 0xDA:
        end = at + 2 + int.from_bytes(jpeg[at + 2 : at + 4])
        if not (0xE1 <= jpeg[at + 1] <= 0xED or jpeg[at + 1] in {0xEF, 0xFE}):
            kept.append(jpeg[at:end])
        at = end
    return b"".join([*kept, jpeg[at:]])


def _sheet(page: pikepdf.Page, links: tuple[WebLink, ...], scale: float) -> Sheet:
    """Set a page upright, smaller by `scale`, hanging from the top of its paper in the middle."""
    x0, y0, x1, y1 = seen_box(page)
    unit = float(page.obj.get("/UserUnit", 1))
    turned = int(page.obj.get("/Rotate", 0)) % 360
    wide, high = (x1 - x0) * unit, (y1 - y0) * unit
    if turned in (90, 270):
        wide, high = high, wide
    paper = _paper(wide, high)
    if paper != (wide, high):  # what is set smaller has its margins smaller too
        scale = min(scale, _SMALLER)
    size = min(paper[0] / wide, paper[1] / high) * scale
    right, up = (paper[0] - wide * size) / 2, paper[1] - high * size - (1 - scale) / 2 * _top(scale) * paper[1]
    a, b, c, d, e, f = _turn(turned, (x0, y0, x1, y1))
    k = size * unit
    matrix = (a * k, b * k, c * k, d * k, e * k + right, f * k + up)
    return Sheet(*paper, matrix, tuple(_moved(link, matrix) for link in links))


def _top(scale: float) -> float:
    """Return whether half of the room goes above the page, where a header is printed on restricted pages."""
    return 1.0 if scale < 0.93 else 0.0


def _paper(wide: float, high: float) -> tuple[float, float]:
    if min(wide, high) >= _SMALLEST and max(wide, high) <= _LARGEST:
        return wide, high
    return (PORTRAIT.height, PORTRAIT.width) if wide > high else (PORTRAIT.width, PORTRAIT.height)


def seen_box(page: pikepdf.Page) -> tuple[float, float, float, float]:
    """Return what is seen of the page: the crop box within the media box."""
    media, crop = _ordered(page.mediabox), _ordered(page.cropbox)
    box = (*map(max, media[:2], crop[:2]), *map(min, media[2:], crop[2:]))
    seen = box if box[2] - box[0] > 1 and box[3] - box[1] > 1 else media
    return seen[0], seen[1], seen[2], seen[3]


def _ordered(box: Any) -> tuple[float, float, float, float]:
    x, y, right, top = (float(side) for side in box)
    return min(x, right), min(y, top), max(x, right), max(y, top)


def _turn(turned: int, box: tuple[float, float, float, float]) -> Matrix:
    """Return what moves a box to the origin and turns it clockwise."""
    x0, y0, x1, y1 = box
    return {
        90: (0, -1, 1, 0, -y0, x1),
        180: (-1, 0, 0, -1, x1, y1),
        270: (0, 1, -1, 0, y1, -x0),
    }.get(turned, (1, 0, 0, 1, -x0, -y0))


def _links(pdf: pikepdf.Pdf, page: pikepdf.Page) -> Iterator[WebLink]:
    """Yield the links to web addresses and to pages of the same file; any other action is left behind."""
    numbers = {own.obj.objgen: at for at, own in enumerate(pdf.pages)}
    for one in _annotations(page):
        if one.get("/Subtype") != "/Link" or "/Rect" not in one:
            continue
        action = one.get("/A", Dictionary())
        kind = str(action.get("/S", "")) if isinstance(action, Dictionary) else ""
        address = str(action.get("/URI", "")) if kind == "/URI" else ""
        target = one.get("/Dest", action.get("/D") if kind == "/GoTo" else None)
        if address.startswith(("http://", "https://", "mailto:")):
            yield WebLink(_ordered(one.Rect), address)
        elif isinstance(target, Array) and len(target) and isinstance(target[0], Dictionary):
            yield from (
                WebLink(_ordered(one.Rect), "", at) for at in (numbers.get(target[0].objgen),) if at is not None
            )


def _moved(link: WebLink, matrix: Matrix) -> WebLink:
    a, b, c, d, e, f = matrix
    x0, y0, x1, y1 = link.box
    corners = [(a * x + c * y + e, b * x + d * y + f) for x in (x0, x1) for y in (y0, y1)]
    xs, ys = [x for x, _ in corners], [y for _, y in corners]
    return WebLink((min(xs), min(ys), max(xs), max(ys)), link.address, link.page)
