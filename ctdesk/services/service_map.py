"""The service map: any two dimensions, filtered by any, with its coverage and the activities behind each figure."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import compress

from ctdesk.analysis.coverage import cover
from ctdesk.analysis.matrices import divided, only, published
from ctdesk.analysis.spread import drill, parted_activities, pieces, table
from ctdesk.domain.column import Mask, both
from ctdesk.domain.errors import DeskError
from ctdesk.domain.service_map import Basis, Cover, Dimension, Matrix, Measure
from ctdesk.domain.suppression import SETTING
from ctdesk.services.desk import Desk
from ctdesk.services.list_view import Filter
from ctdesk.services.map_data import MapData, map_data
from ctdesk.services.map_dimensions import NONE, levels, way_named
from ctdesk.services.populations import people_of
from ctdesk.services.published_services import left_out, unpublished


@dataclass(frozen=True, slots=True)
class BucketFilter:
    """Lets through the activities that go, at least in part, to one of these buckets of a dimension."""

    dimension: str
    buckets: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class MapView:
    """A map as somebody wants to see it; `filters` and `text` are those of a list of activities."""

    rows: str
    columns: str = NONE.name
    measure: Measure = Measure.MONEY
    filters: tuple[Filter, ...] = ()
    buckets: tuple[BucketFilter, ...] = ()
    text: str = ""
    answered_only: bool = False
    """Leave out what is only last known of agencies that have not answered."""
    public: bool = False
    """Leave out small numbers of people, and what would tell them, and services whose price is exempt."""

    @property
    def counted(self) -> Measure:
        """What that is counted in on which the figures rest: agency by agency, so never in people for the public."""
        if not self.measure.adds_up:
            return Measure.MONEY
        return Measure.ACTIVITIES if self.public and self.measure.tells_of_people else self.measure


@dataclass(frozen=True, slots=True)
class ServiceMap:
    """A map with all that is said beside it.

    `stated` and `equal` count the activities parted among several buckets by stated weights and equally. `uncounted`
    are activities with no figure in the measure. `passed_on` is money that two partners report and that is counted
    once; it is not told for the public where services are `left_out`, whose money it might be. `row_codes` and
    `column_codes` are the numbers of the dimension's buckets that are shown, for drilling.
    """

    view: MapView
    rows: Dimension
    columns: Dimension
    matrix: Matrix
    cover: Cover
    stated: int
    equal: int
    uncounted: int
    passed_on: int
    left_out: int
    of: int
    row_codes: tuple[int, ...]
    column_codes: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class DrillLine:
    """One activity behind a figure: what of it stands there, and what it comes to in all."""

    uid: str
    reference: str
    title: str
    agency: str
    provider: str
    amount: int
    whole: int


def service_map(desk: Desk, view: MapView) -> ServiceMap:
    """Work out a map; DeskError if rows and columns are the same."""
    refuse_same(view)
    with map_data(desk) as data:
        mask, hidden = masked(data, view), view_left_out(desk, view)
        rows, columns = data.dimension(view.rows), data.dimension(view.columns)
        whole = _matrix(data, view, mask)
        row_codes, column_codes = _shown(rows, whole.row_counts), _shown(columns, whole.column_counts)
        parted = [parted_activities(dimension, mask) for dimension in (rows, columns)]
        return ServiceMap(
            view=view,
            rows=rows,
            columns=columns,
            matrix=_as_told(desk, view, only(whole, row_codes, column_codes)),
            cover=cover(data.amounts(view.counted), *data.grounds, data.silent, mask),
            stated=sum(stated for stated, _ in parted),
            equal=sum(equal for _, equal in parted),
            uncounted=_uncounted(data, view.measure, mask),
            passed_on=0 if hidden else data.passed_on,
            left_out=len(hidden),
            of=len(data.uids),
            row_codes=row_codes,
            column_codes=column_codes,
        )


def refuse_same(view: MapView) -> None:
    """Raise DeskError if rows and columns of a map are the same."""
    if set(levels(view.rows)) & set(levels(view.columns)):
        raise DeskError("Rows and columns are the same; choose two different things for the service map.")


def behind(
    desk: Desk, view: MapView, row: int | None = None, column: int | None = None, most: int | None = None
) -> list[DrillLine]:
    """Return the activities behind a cell, a row, a column or the whole, by numbers of buckets, the largest first.

    Their amounts add up to the figure, unless only so many are wanted; behind a cost they add up to the money that
    was divided.
    """
    with map_data(desk) as data:
        measure = Measure.MONEY if view.measure is Measure.COST_PER_HEAD else view.measure
        found = drill(data.spread(view.rows, view.columns, measure), masked(data, view), row, column)
        return [_line(desk, data, piece.place, piece.amount, piece.whole) for piece in found[:most]]


def every_piece(desk: Desk, view: MapView) -> list[tuple[str, str, DrillLine]]:
    """Return every activity with the labels of each row and column it goes to, row by row."""
    with map_data(desk) as data:
        found = data.spread(view.rows, view.columns, view.measure)
        width = len(found.columns.buckets)
        parts = sorted((cell, place, amount) for place, cell, amount in pieces(found, masked(data, view)))
        return [
            (
                found.rows.buckets[cell // width],
                found.columns.buckets[cell % width],
                _line(desk, data, place, amount, found.whole[place]),
            )
            for cell, place, amount in parts
        ]


def _line(desk: Desk, data: MapData, place: int, amount: int, whole: int) -> DrillLine:
    names = desk.names["organisation"]
    reference, title = (str(data.value(name, place) or "") for name in ("reference", "title"))
    agency, provider = (data.value(name, place) for name in ("agency", "provider"))
    return DrillLine(
        uid=data.uids[place],
        reference=reference,
        title=title,
        agency=names.name(str(agency)) if agency else "",
        provider=names.name(str(provider)) if provider else "",
        amount=amount,
        whole=whole,
    )


def masked(data: MapData, view: MapView) -> Mask:
    """Return the mask of the activities that a map lets through."""
    mask = both(data.sheet.typed(view.text), data.sheet.all_fitting(view.filters))
    for asked in view.buckets:
        mask = both(mask, _in_buckets(data.dimension(asked.dimension), asked.buckets))
    if view.answered_only:
        mask = both(mask, bytes(basis is not Basis.LAST_KNOWN for basis in data.bases))
    hidden = view_left_out(data.desk, view)
    return both(mask, bytes(uid not in hidden for uid in data.uids)) if hidden else mask


def view_left_out(desk: Desk, view: MapView) -> frozenset[str]:
    """Return the activities that a map may not count, as it, or what it is part of, is for the public."""
    return unpublished(desk) if view.public else left_out(desk)


def _in_buckets(dimension: Dimension, wanted: Sequence[str]) -> Mask:
    numbers = {at for at, label in enumerate(dimension.buckets) if label in wanted}
    fits = [any(bucket in numbers for bucket, _ in shares) for shares in dimension.shares]
    return bytes(map(fits.__getitem__, dimension.codes))


def _matrix(data: MapData, view: MapView, mask: Mask) -> Matrix:
    found = table(data.spread(view.rows, view.columns, view.measure), mask)
    match view.measure:
        case Measure.COST_PER_PLACE:
            places = table(data.spread(view.rows, view.columns, Measure.PLACES), mask)
            return divided(found, places.figure)
        case Measure.COST_PER_HEAD:
            return divided(found, people_of(data, view.rows, view.columns))
    return found


def _as_told(desk: Desk, view: MapView, matrix: Matrix) -> Matrix:
    small = view.public and view.measure.tells_of_people
    return published(matrix, int(desk.setting(SETTING))) if small else matrix


def _shown(dimension: Dimension, counts: Sequence[int]) -> tuple[int, ...]:
    """Return the buckets to show: the words of a list always, all others where there is anything."""
    return tuple(at for at, count in enumerate(counts) if count or at in dimension.always)


def _uncounted(data: MapData, measure: Measure, mask: Mask) -> int:
    """Return how many activities say nothing in the measure."""
    if measure is Measure.ACTIVITIES:
        return 0
    if measure in {Measure.PLACES, Measure.COST_PER_PLACE}:
        return list(compress(data.amounts(Measure.PLACES), mask)).count(0)
    if measure is Measure.USERS:
        return both(mask, data.column("users_last_year").where(lambda value: value is None)).count(1)
    return both(mask, data.unvalued).count(1)


def dimension_named(text: str) -> str:
    """Return the name of the dimension a person means; DeskError lists them."""
    return way_named(text).name


def bucket_labels(desk: Desk, dimension: str) -> tuple[str, ...]:
    """Return the buckets of a dimension by their labels, for a person to choose from."""
    with map_data(desk) as data:
        return data.dimension(dimension).buckets


def how_many(desk: Desk) -> int:
    """Return how many activities the map is made of."""
    with map_data(desk) as data:
        return len(data.uids)
