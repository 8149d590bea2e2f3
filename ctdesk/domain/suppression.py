"""Small numbers of people kept out of what is published: the number itself, and what it could be worked out from.

From 1 to 4 is small unless a team says otherwise: the Office for National Statistics takes counts of 1 and 2 for
unsafe, and 3 and 4 too where areas are small and the matter is sensitive (Review of the Dissemination of Health
Statistics: Confidentiality Guidance, 2006). That nobody at all was counted may be told.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from heapq import heappop, heappush

Count = int | None
"""A number of people, or None where it is not published."""

SMALLEST = 5
"""Fewer people than this are not published unless a team settles on another number."""

SETTING = "smallest"
"""The setting that names the smallest number of people that is published."""

MARK = "[c]"
"""What stands in place of a number kept confidential, as in the statistics of government departments."""


@dataclass(frozen=True, slots=True)
class PublishedCounts:
    """A table of counts with its totals, None in place of each number that is left out."""

    cells: list[list[Count]]
    row_totals: list[Count]
    column_totals: list[Count]
    total: Count

    @property
    def whole(self) -> bool:
        """Whether nothing is left out."""
        every = [*self.row_totals, *self.column_totals, self.total, *(count for row in self.cells for count in row)]
        return None not in every


def is_small(count: float, smallest: int = SMALLEST) -> bool:
    """Whether a number of people is too small to be told."""
    return 0 < count < smallest


def words(smallest: int = SMALLEST) -> str:
    """Return what a page says of the numbers that it leaves out."""
    return (
        f"{MARK}: kept confidential. Numbers of people below {smallest}, other than nought, are not published, nor"
        " are others from which they could be worked out."
    )


def suppressed(table: Sequence[Sequence[int]], *, smallest: int = SMALLEST) -> PublishedCounts:
    """Return a table of counts and its totals, of which nothing small can be read or worked out.

    All rows are equally long and nothing is negative (ValueError otherwise). Whatever is small is left out, and then
    so much more, as few people as may be and totals last, that each small number could as well be
    `smallest` - 1 more than it is: no sum or difference of what is told gives it away, or how small it is.
    """
    if len({len(row) for row in table}) > 1 or any(count < 0 for row in table for count in row):
        raise ValueError("A table of counts has equally long rows and nothing negative.")
    net = _Net(table, smallest)
    for edge in [edge for edge in net.edges if is_small(net.edges[edge], smallest)]:
        net.hide(edge)
    return net.published(len(table), len(table[0]) if table else 0)


_Node = tuple[str, int]
_Edge = tuple[_Node, _Node]
_ROOT: _Node = ("all", 0)
_FOOT: _Node = ("all", 1)


class _Net:
    """A table as a network in which people flow from its total through rows and cells to columns and back.

    Rows and columns add up exactly if what flows into each node flows out again. So a number can be other than it is,
    the published ones being as they are, if it lies on a ring of numbers left out: round the ring they grow, or
    shrink where it runs against the flow.
    """

    def __init__(self, table: Sequence[Sequence[int]], smallest: int) -> None:
        self.margin = smallest - 1
        self.hidden: set[_Edge] = set()
        self.edges: dict[_Edge, int] = {}
        for r, row in enumerate(table):
            self.edges[_ROOT, ("row", r)] = sum(row)
            self.edges |= {(("row", r), ("column", c)): count for c, count in enumerate(row)}
        for c, column in enumerate(zip(*table, strict=True)):
            self.edges[("column", c), _FOOT] = sum(column)
        self.edges[_FOOT, _ROOT] = sum(map(sum, table))
        self._dear = self.edges[_FOOT, _ROOT] + len(self.edges) + 1
        self._from: dict[_Node, list[_Edge]] = {}
        for edge in self.edges:
            for node in edge:
                self._from.setdefault(node, []).append(edge)
        # What is small is left out before anything else is, as rings may then run through it.
        self.hidden |= {edge for edge, count in self.edges.items() if is_small(count, smallest)}

    def hide(self, edge: _Edge) -> None:
        """Leave out what lies on the cheapest ring round which this number could grow by the margin."""
        self.hidden |= set(self._ring(edge))

    def _ring(self, edge: _Edge) -> Iterator[_Edge]:
        """Yield the numbers on the cheapest way back from the end of one to its beginning."""
        start, end = edge[1], edge[0]
        best: dict[_Node, int] = {start: 0}
        came: dict[_Node, tuple[_Node, _Edge]] = {}
        queue: list[tuple[int, _Node]] = [(0, start)]
        while queue:
            cost, node = heappop(queue)
            if node == end:
                break
            for beyond, step, added in self._steps(node, edge):
                if cost + added < best.get(beyond, cost + added + 1):
                    best[beyond], came[beyond] = cost + added, (node, step)
                    heappush(queue, (cost + added, beyond))
        while end != start:
            end, step = came[end]
            yield step

    def _steps(self, node: _Node, apart_from: _Edge) -> Iterator[tuple[_Node, _Edge, int]]:
        for edge in self._from[node]:
            forwards = edge[0] == node
            if edge != apart_from and (forwards or self.edges[edge] >= self.margin):
                yield edge[1] if forwards else edge[0], edge, self._cost(edge)

    def _cost(self, edge: _Edge) -> int:
        """Return what leaving a number out costs: the people it tells of, and for a total more than any cells do."""
        if edge in self.hidden:
            return 0
        is_cell = edge[0][0] == "row"
        return self.edges[edge] + 1 + (0 if is_cell else self._dear)

    def published(self, height: int, width: int) -> PublishedCounts:
        """Return the table with its totals as it may be told."""
        return PublishedCounts(
            cells=[[self._told(("row", r), ("column", c)) for c in range(width)] for r in range(height)],
            row_totals=[self._told(_ROOT, ("row", r)) for r in range(height)],
            column_totals=[self._told(("column", c), _FOOT) for c in range(width)],
            total=self._told(_FOOT, _ROOT),
        )

    def _told(self, *edge: _Node) -> Count:
        return None if edge in self.hidden else self.edges[edge[0], edge[1]]
