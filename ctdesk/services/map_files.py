"""The service map, and what it tells, as files: workbooks and .csv of the figures, pages, or a picture."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

from ctdesk.domain.errors import DeskError
from ctdesk.domain.figure_table import LOW, FigureTable
from ctdesk.services.desk import Desk
from ctdesk.services.exporting import write_text
from ctdesk.services.map_gaps import low_cells, low_words
from ctdesk.services.map_questions import ALL, Asked, coverage
from ctdesk.services.map_tables import cover_words, filter_words, map_tables
from ctdesk.services.service_map import ServiceMap

SCENARIO = "scenario"
"""The question whose tables are not worked out anew: its steps are nowhere but in them."""


def write_map(desk: Desk, found: ServiceMap, path: Path) -> None:
    """Write a map as .xlsx, .csv, .pdf or .svg by the file's ending; DeskError if it cannot be."""
    match path.suffix.lower():
        case ".xlsx" | ".csv":
            tables = _with_low(desk, found, map_tables(desk, found))
            rests = cover_words(found.cover, found.view.counted)
            _write_figures(path, tables, [f"Filter: {filter_words(desk, found.view)}.", rests])
        case ".pdf":
            from ctdesk.services.map_papers import print_map

            print_map(desk, path, found.view)
        case ".svg":
            from ctdesk.reports.service_map import svg_of
            from ctdesk.services.map_papers import map_paper

            write_text(path, svg_of(map_paper(desk, found)))
        case _:
            raise DeskError(f"{path.name} should end in .xlsx, .csv, .pdf or .svg.")


def _with_low(desk: Desk, found: ServiceMap, tables: Sequence[FigureTable]) -> list[FigureTable]:
    """Return the tables of a map, the first with a sign on each cell in which little is bought for a head."""
    low = low_cells(desk, found)
    if not low:
        return [*tables]
    note = f"{LOW} marks what is low for each head, under half the mean. {low_words(found, low)}"
    marked = frozenset((row, column + 1) for row, column in low)
    return [replace(tables[0], low=marked, notes=[*tables[0].notes, note]), *tables[1:]]


def write_tables(
    desk: Desk,
    question: str,
    tables: Sequence[FigureTable],
    path: Path,
    asked: Asked | None = None,
    *,
    on: date | None = None,
    name: str = "",
) -> None:
    """Write the answer to a question as .xlsx, .csv or .pdf by the file's ending, as on a day, if not today.

    `name` is that of a scenario. Raises DeskError if it cannot be written.
    """
    match path.suffix.lower():
        case ".xlsx" | ".csv":
            _write_figures(path, tables, [cover_words(coverage(desk, asked or ALL))])
        case ".pdf":
            from ctdesk.services.map_papers import print_question
            from ctdesk.services.scenario_papers import print_scenario

            if question == SCENARIO:
                print_scenario(desk, tables, path, name)
            else:
                print_question(desk, question, path, asked or ALL, on=on)
        case _:
            raise DeskError(f"{path.name} should end in .xlsx, .csv or .pdf.")


def _write_figures(path: Path, tables: Sequence[FigureTable], notes: Sequence[str]) -> None:
    from ctdesk.returns.figure_book import write_figures

    for table in tables:
        table.check()
    write_figures(path, tables, notes)
