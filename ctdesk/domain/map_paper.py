"""What a page about the service map says, before it is drawn: the map with its words, or the answer to a question."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from ctdesk.domain.figure_table import FigureTable
from ctdesk.domain.map_findings import Gap, Overlap
from ctdesk.domain.service_map import Cover, Matrix


@dataclass(frozen=True, slots=True)
class MapHead:
    """What stands on every page: whose it is, of which round, as at when, through which filter, on what it rests."""

    trust: str
    round: str
    as_at: date
    filter: str
    coverage: str
    printed: datetime
    rests_on: str = ""
    """What the figures rest on, and who is missing, in a sentence; empty where the paper says so elsewhere."""


@dataclass(frozen=True, slots=True)
class MapPaper:
    """A map for paper. `gaps` are the needs, by row and column, of cells with no service; `notes` have a head each.

    `steps` are the figures at which a darker shade begins. `cover` is of money unless the measure counts.
    """

    head: MapHead
    title: str
    measure: str
    rows: str
    columns: str
    matrix: Matrix
    is_money: bool
    adds_up: bool
    steps: tuple[int, ...]
    cover: Cover
    gaps: Mapping[tuple[int, int], str]
    notes: Sequence[tuple[str, str]]
    tables: Sequence[FigureTable] = ()
    levels: Sequence[tuple[str, str]] = ()
    """The two heads of each column, where one dimension is parted by another."""
    low: Mapping[tuple[int, int], str] = field(default_factory=dict)
    """Cells, by row and column, with under half the mean for each head, with what both come to."""


@dataclass(frozen=True, slots=True)
class QuestionPaper:
    """The answer to a question on paper: kicker, title that says the finding, lead, and its tables.

    The overlaps and gaps that lead a page of their own stand before the tables.
    """

    head: MapHead
    kicker: str
    title: str
    lead: tuple[str, str]
    tables: Sequence[FigureTable]
    overlaps: Sequence[Overlap] = ()
    gaps: Sequence[Gap] = ()
    bars: Sequence[tuple[str, int, str]] = field(default=())
    """Columns of a chart, if there is one: label, length, and the figure in words."""
    chart: str = ""
    """The heading of the chart."""
