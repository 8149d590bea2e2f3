"""The steps of the history as they are seen, for other programs and on paper."""

from collections.abc import Sequence
from pathlib import Path

from ctdesk.db.history import ChangeSetLine
from ctdesk.domain import clock
from ctdesk.services.desk import Desk

HEADS = ("Step", "When", "Who", "What", "Records")
"""The heads of the columns, on the screen too."""
_FIGURES = frozenset({"Step", "When", "Records"})
_TITLE = "History"


def told(line: ChangeSetLine) -> str:
    """Return what a step did, and whether it has been undone."""
    return f"{line.title} (undone)" if line.undone_by else line.title


def export_steps(desk: Desk, lines: Sequence[ChangeSetLine], of: int, words: str, path: Path) -> int:
    """Write these steps, of so many in all, as .xlsx or .csv by the file's ending; return how many.

    *words* are what the steps were narrowed to by. Raises DeskError if the file cannot be written.
    """
    from ctdesk.returns.export import write_table

    # Local time without its zone, as a spreadsheet's cells know none.
    rows = [
        [line.number, line.when.astimezone().replace(tzinfo=None, microsecond=0), line.who, told(line), line.records]
        for line in lines
    ]
    about = [
        f"{_TITLE} of {_whose(desk)}",
        _shown(len(lines), of),
        _filter(words),
        f"As at {clock.now():%d/%m/%Y %H:%M}",
    ]
    write_table(path, HEADS, rows, sheet=_TITLE, notes=about)
    return len(rows)


def print_steps(desk: Desk, lines: Sequence[ChangeSetLine], of: int, words: str, path: Path) -> None:
    """Write these steps as PDF, with what they were narrowed to by. Raises DeskError if it cannot be written."""
    from ctdesk.reports.listing import ListingColumn, ListingGroup, ListingPaper, write_listing

    paper = ListingPaper(
        title=_TITLE,
        trust=_whose(desk),
        filter=_filter(words),
        as_at=clock.now(),
        shown=_shown(len(lines), of),
        columns=[ListingColumn(head, right=head in _FIGURES) for head in HEADS],
        groups=[ListingGroup("", [_row(line) for line in lines], ())],
        totals=[""] * len(HEADS),
    )
    write_listing(paper, path)


def _row(line: ChangeSetLine) -> tuple[str, ...]:
    when = f"{line.when.astimezone():%d/%m/%Y %H:%M}"
    return (str(line.number), when, line.who, told(line), f"{line.records:,}")


def _whose(desk: Desk) -> str:
    return desk.setting("name") or desk.workspace.path.stem


def _shown(count: int, of: int) -> str:
    return f"{count:,} of {of:,} step{'' if of == 1 else 's'}"


def _filter(words: str) -> str:
    return f"words “{words}”" if words else "All steps"
