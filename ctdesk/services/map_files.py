"""The service map as a file: a workbook or .csv of its figures, a page, or a picture."""

from collections.abc import Sequence
from pathlib import Path

from ctdesk.domain.errors import DeskError
from ctdesk.domain.figure_table import FigureTable
from ctdesk.services.desk import Desk
from ctdesk.services.map_tables import filter_words, map_tables
from ctdesk.services.service_map import ServiceMap


def write_map(desk: Desk, found: ServiceMap, path: Path) -> None:
    """Write a map as .xlsx, .csv, .pdf or .svg by the file's ending; DeskError if it cannot be."""
    match path.suffix.lower():
        case ".xlsx" | ".csv":
            from ctdesk.returns.figure_book import write_figures

            tables = map_tables(desk, found)
            for table in tables:
                table.check()
            write_figures(path, tables, [f"Filter: {filter_words(desk, found.view)}."])
        case _:
            raise DeskError(f"{path.name} should end in .xlsx, .csv, .pdf or .svg.")


def write_tables(desk: Desk, question: str, tables: Sequence[FigureTable], path: Path) -> None:
    """Write what the map tells as .xlsx, .csv or .pdf by the file's ending; DeskError if it cannot be."""
    match path.suffix.lower():
        case ".xlsx" | ".csv":
            from ctdesk.returns.figure_book import write_figures

            write_figures(path, tables)
        case _:
            raise DeskError(f"{path.name} should end in .xlsx, .csv or .pdf.")
