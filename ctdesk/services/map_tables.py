"""The service map as tables of figures for a workbook: the map, what it rests on, and the activities behind it."""

from collections.abc import Iterable

from ctdesk.domain.counting import counted
from ctdesk.domain.figure_table import Cell, Figure, FigureTable, Head, total_row
from ctdesk.domain.money import money_text
from ctdesk.domain.service_map import Basis, Cover, Measure
from ctdesk.domain.suppression import MARK, SETTING, words
from ctdesk.services.desk import Desk
from ctdesk.services.list_sentences import sentence_of
from ctdesk.services.map_dimensions import NONE, way_named
from ctdesk.services.published_services import left_out_words
from ctdesk.services.service_map import MapView, ServiceMap, every_piece, view_left_out

MEASURES = {
    Measure.MONEY: "£ commissioned a year",
    Measure.ACTIVITIES: "Activities",
    Measure.PLACES: "Places",
    Measure.USERS: "Users last year",
    Measure.COST_PER_PLACE: "£ a place",
    Measure.COST_PER_HEAD: "£ a head",
}
"""What people call each measure."""


def figure_kind(measure: Measure) -> Figure:
    """Return what the figures of a measure are."""
    return Figure.MONEY if measure.is_money else Figure.COUNT


def map_tables(desk: Desk, found: ServiceMap) -> list[FigureTable]:
    """Return the map, its coverage by agency, and every activity with the cell it goes to."""
    tables = [matrix_table(found, smallest_words(desk, found.view)), coverage_table(found)]
    # The figure of one activity may be a small number of people, so the public is given none.
    by_activity = found.view.measure.adds_up and not (found.view.public and found.view.measure.tells_of_people)
    return [*tables, pieces_table(desk, found)] if by_activity else tables


def smallest_words(desk: Desk, view: MapView) -> tuple[str, ...]:
    """Return what a public map of people says of the numbers it leaves out; nothing for any other."""
    return (words(int(desk.setting(SETTING))),) if view.public and view.measure.tells_of_people else ()


def title_of(found: ServiceMap) -> str:
    """Return what the map shows, in words."""
    by = found.rows.label.lower()
    if found.view.columns != NONE.name:
        by += f" and {found.columns.label.lower()}"
    return f"{MEASURES[found.view.measure]} by {by}"


def matrix_table(found: ServiceMap, more: tuple[str, ...] = ()) -> FigureTable:
    """Return the map itself; `more` is said of it too. Where numbers are kept back nothing adds up to a total."""
    matrix, measure = found.matrix, found.view.measure
    adds_up = measure.adds_up and not matrix.kept_back
    bare = found.view.columns == NONE.name
    columns = () if bare else matrix.columns
    kind = figure_kind(measure)
    heads = [Head(found.rows.label), *(Head(name, kind, adds_up) for name in columns)]
    heads.append(Head("Total", kind, adds_up))

    def told(figures: Iterable[int | None]) -> tuple[Cell, ...]:
        return tuple(MARK if it is None and matrix.kept_back else it for it in figures)

    rows: list[tuple[Cell, ...]] = [
        (name, *told(() if bare else cells), *told([total]))
        for name, cells, total in zip(matrix.rows, matrix.cells, matrix.row_totals, strict=True)
    ]
    totals: tuple[Cell, ...] = ("Total", *told(() if bare else matrix.column_totals), *told([matrix.total]))
    across = None if bare or not adds_up else (1, len(columns))
    return FigureTable(title_of(found), heads, rows, totals, across, (*more, *notes(found)), "Service map")


def coverage_table(found: ServiceMap) -> FigureTable:
    """Return what the total rests on, agency by agency."""
    measure = found.view.counted
    heads = [
        Head("Agency"),
        Head("What its figures rest on"),
        Head("Activities", Figure.COUNT, adds=True),
        Head(MEASURES[measure], figure_kind(measure), adds=True),
    ]
    rows = [(line.agency, line.basis.value.capitalize(), line.activities, line.amount) for line in found.cover.lines]
    return FigureTable("Coverage", heads, rows, total_row(heads, rows))


def pieces_table(desk: Desk, found: ServiceMap) -> FigureTable:
    """Return every activity with the row and column it goes to and its part there."""
    kind = figure_kind(found.view.measure)
    by = (
        [Head(found.rows.label)]
        if found.view.columns == NONE.name
        else [Head(found.rows.label), Head(found.columns.label)]
    )
    heads = [*by, Head("Reference"), Head("Service title"), Head("Agency"), Head("Provider")]
    heads += [Head("Here", kind, adds=True), Head("The whole activity", kind)]
    rows: list[tuple[Cell, ...]] = [
        (*(row, column)[: len(by)], it.reference, it.title, it.agency, it.provider, it.amount, it.whole)
        for row, column, it in every_piece(desk, found.view)
    ]
    return FigureTable("Activities", heads, rows, total_row(heads, rows))


def notes(found: ServiceMap) -> tuple[str, ...]:
    """Return what a reader must know of the figures: coverage, sharing, what is missing from them."""
    said = [cover_words(found.cover, found.view.counted)]
    if found.stated or found.equal:
        said.append(
            f"{counted(found.stated + found.equal, 'activity goes', 'activities go')} to several rows or columns: "
            f"{found.stated:,} are shared by stated weights and {found.equal:,} equally, to the penny, so that rows "
            "and columns add to the total."
        )
    if found.left_out:
        said.append(f"Left out: {counted(found.left_out, 'service')} whose price is not for publication.")
    if found.passed_on:
        said.append(f"{money_text(found.passed_on)} passed on between partners is counted once.")
    if found.uncounted:
        said.append(f"{counted(found.uncounted, 'activity says', 'activities say')} nothing in this measure.")
    return tuple(said)


def cover_words(cover: Cover, measure: Measure = Measure.MONEY) -> str:
    """Return what a total rests on, and who is missing from it."""
    parts = [f"{_figure(measure, amount)} {basis}" for basis in Basis if (amount := cover.amount(basis))]
    whole = _figure(measure, cover.total)
    of = f"{whole} activities" if measure is Measure.ACTIVITIES else whole
    rests = f"Of {of}: {', '.join(parts)}." if parts else "Nothing is counted."
    return f"{rests} Not answered in this round: {', '.join(cover.missing)}." if cover.missing else rests


def _figure(measure: Measure, amount: int) -> str:
    return money_text(amount) if measure.is_money else f"{amount:,}"


def filter_words(desk: Desk, view: MapView) -> str:
    """Return what the map lets through, in words."""
    which = "; ".join(_conditions(desk, view)) or "All activities"
    return which + left_out_words(view_left_out(desk, view))


def _conditions(desk: Desk, view: MapView) -> Iterable[str]:
    for asked in view.filters:
        yield " ".join(sentence_of(desk, "activity", asked))
    for bucket in view.buckets:
        yield f"{way_named(bucket.dimension).label} is {' or '.join(bucket.buckets)}"
    if view.text:
        yield f"words “{view.text}”"
    if view.answered_only:
        yield "this round’s answers alone"
