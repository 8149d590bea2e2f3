"""The structure of a document, noted while it is drawn, for those who hear it or find their way by it.

Every piece of content is marked with a number (an MCID of ISO 32000-1, 14.7.4) that belongs to one element; what
is only furniture is marked as an artifact. `tagged_file.py` writes the elements into the finished file.
"""

from dataclasses import dataclass

DOCUMENT, ARTIFACT = 0, -1
COLUMN_HEAD = "/A<</O/Table/Scope/Column>>"


@dataclass(frozen=True, slots=True)
class Link:
    """A link on a page: its corners, the place it goes to, what it says, and its element."""

    box: tuple[float, float, float, float]
    place: str
    words: str
    element: int


Kid = int | tuple[int, int] | Link
"""An element by its number, a mark by its page and its number there, or a link."""


class Tags:
    """The elements of one document by number, the first being the document itself.

    A long table has a hundred thousand cells, nearly all with one mark: what is seldom said stands in dictionaries.
    """

    def __init__(self) -> None:
        self.kinds = ["Document"]
        self.parents = [-1]
        self.said: dict[int, str] = {}
        """What else is said of an element, as PDF source."""
        self.kids: dict[int, list[Kid] | range] = {DOCUMENT: []}
        self.single: list[tuple[int, int] | None] = [None]
        """The mark of an element that has one and nothing else."""
        self.pages: list[list[int]] = [[]]
        """For each page, the element of each of its marks."""
        self.links: list[list[Link]] = [[]]
        """For each page, its links."""
        self.undescribed = False
        """Whether a figure was drawn without words."""

    def element(self, kind: str, parent: int = DOCUMENT, said: str = "") -> int:
        """Add an element after the last of its parent, and return its number."""
        number = len(self.kinds)
        self.kinds.append(kind)
        self.parents.append(parent)
        self.single.append(None)
        if said:
            self.said[number] = said
        self._kids(parent).append(number)
        return number

    def row(self, table: int, columns: int, kind: str = "TD") -> int:
        """Add a row of cells to a table, and return the number of its first cell; the others follow."""
        row = self.element("TR", table)
        first = row + 1
        self.kids[row] = range(first, first + columns)
        self.kinds += [kind] * columns
        self.parents += [row] * columns
        self.single += [None] * columns
        if kind == "TH":
            self.said |= dict.fromkeys(range(first, first + columns), COLUMN_HEAD)
        return first

    def mark(self, element: int) -> int:
        """Give the next piece of content on this page to an element, and return the number of the mark."""
        page = self.pages[-1]
        mark = (len(self.pages) - 1, len(page))
        page.append(element)
        if self.single[element] is None and element not in self.kids:
            self.single[element] = mark
        else:
            self._kids(element).append(mark)
        return mark[1]

    def _kids(self, element: int) -> list[Kid]:
        """Return the kids of an element, to add to; a single mark becomes the first of them."""
        kids = self.kids.get(element)
        if not isinstance(kids, list):
            single, self.single[element] = self.single[element], None
            kids = self.kids[element] = list(kids or ([single] if single else []))
        return kids

    def link(self, box: tuple[float, float, float, float], place: str, words: str, element: int) -> None:
        """Make an element of kind Link lead to a place from a box on this page."""
        link = Link(box, place, words, element)
        self.links[-1].append(link)
        self._kids(element).append(link)

    def end_page(self) -> None:
        """Go on to the next page."""
        self.pages.append([])
        self.links.append([])


def text_string(text: str) -> str:
    """Return a text as PDF source."""
    if text.isascii() and text.isprintable():
        escaped = text.replace("\\", r"\\").replace("(", r"\(").replace(")", r"\)")
        return f"({escaped})"
    return f"<feff{text.encode('utf-16-be').hex()}>"
