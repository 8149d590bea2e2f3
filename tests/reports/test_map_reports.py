"""The pages of the service map: figures that add up as they are printed, and pages for the most and for nothing."""

from dataclasses import replace
from datetime import date, datetime

import pytest
from ctdesk.analysis.overlaps import overlaps
from ctdesk.analysis.spread import spread, table
from ctdesk.domain.figure_table import Figure, FigureTable, Head, total_row
from ctdesk.domain.heat import PAPER, heat_steps
from ctdesk.domain.map_findings import Gap
from ctdesk.domain.map_paper import MapHead, MapPaper, QuestionPaper
from ctdesk.domain.service_map import Basis, Cover, CoverLine, Dimension
from ctdesk.reports.map_matrix import Figures, parts
from ctdesk.reports.map_questions import write_question
from ctdesk.reports.service_map import svg_of, write_service_map
from pypdf import PdfReader
from tests.analysis.service_samples import service

PRINTED = datetime(2026, 6, 1, 9, 20)  # noqa: DTZ001 - the office's own clock
HEAD = MapHead("Small trust", "Baseline", date(2026, 3, 31), "All activities", "2 agencies in the figures", PRINTED)


def dimension(name, count, activities):
    buckets = (*(f"{name.capitalize()} {at}" for at in range(count)), "Not given")
    return Dimension(
        name,
        name,
        buckets,
        [at % (count + 1) for at in range(activities)],
        tuple(((at, 1),) for at in range(count + 1)),
    )


def paper(rows, columns, activities=60, **more):
    amounts = [(at + 1) * 1_234_567 for at in range(activities)]
    found = spread(dimension("outcome", rows, activities), dimension("tier", columns, activities), amounts)
    matrix = table(found, b"\1" * activities)
    cover = Cover((CoverLine("Council", Basis.RETURNED, sum(amounts), activities),), ())
    largest = max((cell or 0 for row in matrix.cells for cell in row), default=0)
    made = MapPaper(
        head=HEAD,
        title="Where the money is",
        measure="£ commissioned a year",
        rows="Outcome",
        columns="Tier",
        matrix=matrix,
        is_money=True,
        adds_up=True,
        steps=heat_steps(largest, PAPER),
        cover=cover,
        gaps={},
        notes=[("What it rests on", "All of it was returned.")],
    )
    return replace(made, **more)


def words(path):
    return "\n".join(page.extract_text() for page in PdfReader(path).pages)


@pytest.mark.parametrize(("rows", "columns"), [(1, 1), (5, 3), (12, 4), (7, 14), (30, 30)])
def test_figures_add_up_as_they_are_printed(rows, columns):
    made = paper(rows, columns)
    figures = Figures(made)
    number = lambda text: int(text.replace(",", ""))  # noqa: E731 - short, and used here alone
    for row in range(rows + 1):
        assert sum(number(figures.cell(row, column)) for column in range(columns + 1)) == number(figures.row(row))
    assert sum(number(figures.column(column)) for column in range(columns + 1)) == number(figures.total())
    assert sum(number(figures.row(row)) for row in range(rows + 1)) == number(figures.total())


def test_every_cell_stands_in_one_drawing_and_totals_at_the_ends():
    drawn = parts(paper(30, 14))
    cells = [(row, column) for part in drawn for row in part.rows for column in part.columns]
    assert sorted(cells) == [(row, column) for row in range(31) for column in range(15)]
    assert sum(len(part.rows) for part in drawn if part.row_totals) == 31
    assert sum(len(part.columns) for part in drawn if part.column_totals) == 15


@pytest.mark.parametrize(("rows", "columns", "activities"), [(1, 1, 0), (5, 3, 60), (30, 14, 500)])
def test_a_map_of_any_size_is_printed_twice_alike(tmp_path, rows, columns, activities):
    made = paper(rows, columns, activities)
    write_service_map(made, tmp_path / "one.pdf")
    write_service_map(made, tmp_path / "two.pdf")
    assert (tmp_path / "one.pdf").read_bytes() == (tmp_path / "two.pdf").read_bytes()
    assert "Where the money is" in words(tmp_path / "one.pdf")


def test_a_gap_is_a_cell_and_the_map_is_a_picture_too(tmp_path):
    made = paper(2, 4, 3, gaps={(0, 4): "Somewhere to go"})
    write_service_map(made, tmp_path / "map.pdf")
    assert "no service" in words(tmp_path / "map.pdf")
    assert svg_of(made).startswith("<?xml")


def test_a_question_has_its_finding_its_tables_and_both_sides_of_an_overlap(tmp_path):
    other = service("b", agency_uid="hospital", provider_uid="oak", value=7_000_00, capacity=10, capacity_unit="Places")
    heads = [
        Head("What"),
        Head("£ a year", Figure.MONEY, adds=True),
        Head("Ends", Figure.DATE),
        Head("Part", Figure.PERCENT),
    ]
    rows = [("One", 1_050, date(2026, 3, 31), 5), ("Two", None, None, 10)]
    made = QuestionPaper(
        head=HEAD,
        kicker="Overlaps",
        title="One overlap to look at",
        lead=("It is small.", "Look at it."),
        tables=[FigureTable("All of them", heads, rows, total_row(heads, rows), notes=["A note."])],
        overlaps=overlaps([service("a"), other]),
        gaps=[
            Gap("no service", outcome="Stay safe", need="A need", evidence="A survey", lead="hospital"),
            Gap("thin", area="North", amount=50_00, mean=214_00),
        ],
        bars=[("March", 5, "£5")],
        chart="By month",
    )
    write_question(made, tmp_path / "question.pdf")
    said = words(tmp_path / "question.pdf")
    for part in (
        "One overlap to look at",
        "A Service a, bridge",
        "A need: A survey",
        "77% below",
        "10.50",
        "31/03/2026",
    ):
        assert part in said, part


def test_a_question_with_nothing_to_tell_still_has_its_page(tmp_path):
    heads = [Head("What"), Head("£ a year", Figure.MONEY, adds=True)]
    made = QuestionPaper(HEAD, "Gaps", "No gap", ("None.", ""), [FigureTable("Gaps", heads, [], total_row(heads, []))])
    write_question(made, tmp_path / "nothing.pdf")
    assert "Nothing" in words(tmp_path / "nothing.pdf")
