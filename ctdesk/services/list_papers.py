"""A list as it is seen, for other programs and on paper: its columns, its filters, its order, its groups."""

from collections.abc import Callable, Iterator
from pathlib import Path

from ctdesk.domain import clock
from ctdesk.domain.definition import DEFINITIONS, Field, Kind, Value
from ctdesk.services.desk import Desk
from ctdesk.services.list_sentences import sentence_of
from ctdesk.services.lists import RecordList, RowValues, View, column_of
from ctdesk.services.naming import counted

_AT_ONCE = 500
_EXPORTED_AS_VALUES = frozenset({Kind.DATE, Kind.MOMENT, Kind.DECIMAL, Kind.INTEGER, Kind.PERCENT, Kind.YES_NO})

Step = Callable[[int, int], None]
"""Told how many rows are done of how many; may raise to stop the work."""


def filters_in_words(desk: Desk, view: View) -> str:
    """Return what a view lets through, in words: "Tier is Targeted; words “school”", or "All"."""
    asked = [" ".join(sentence_of(desk, view.kind, it)) for it in view.filters]
    if view.text:
        asked.append(f"words “{view.text}”")
    return "; ".join(asked) or f"All {DEFINITIONS[view.kind].plural.lower()}"


def export_list(desk: Desk, view: View, path: Path, step: Step = lambda _done, _of: None) -> int:
    """Write the rows of a view, closed groups too, as .xlsx or .csv by the file's ending; return how many.

    Columns and order are the view's; money stands in pounds, dates are dates. Raises DeskError if the file cannot
    be written.
    """
    from ctdesk.returns.export import write_table

    view = _opened(view)
    fields = [column_of(view.kind, name) for name in view.columns]
    found = RecordList(desk, view)
    rows = [[_cell(*cell) for cell in zip(fields, row.values, row.texts, strict=True)] for row in _rows(found, step)]
    definition = DEFINITIONS[view.kind]
    notes = [
        f"{definition.plural} of {desk.setting('name') or desk.workspace.path.stem}",
        f"{counted(view.kind, len(rows))} of {found.counted.of:,}",
        filters_in_words(desk, view),
        f"As at {clock.now():%d/%m/%Y %H:%M}",
    ]
    write_table(path, [_heading(field) for field in fields], rows, sheet=definition.plural, notes=notes)
    return len(rows)


def print_list(desk: Desk, view: View, path: Path, step: Step = lambda _done, _of: None) -> int:
    """Write the rows of a view as PDF, and return how many; groups stand with their subtotals.

    Raises DeskError if the file cannot be written.
    """
    from ctdesk.reports.listing import ListingColumn, ListingGroup, ListingPaper, write_listing

    fields = [column_of(view.kind, name) for name in view.columns]
    opened = RecordList(desk, _opened(view))
    rows = [row.texts for row in _rows(opened, step)]
    groups, at = [], 0
    for group in opened.groups():
        sums = _sums(desk, fields, group.totals)
        groups.append(ListingGroup(group.label, rows[at : at + group.count], sums))
        at += group.count
    shown = opened.counted
    paper = ListingPaper(
        title=DEFINITIONS[view.kind].plural,
        trust=desk.setting("name") or desk.workspace.path.stem,
        filter=filters_in_words(desk, view),
        as_at=clock.now(),
        shown=f"{shown.shown:,} of {counted(view.kind, shown.of)}",
        columns=[ListingColumn(field.label, right=_is_figure(field)) for field in fields],
        groups=groups or [ListingGroup("", rows, ())],
        totals=_sums(desk, fields, shown.totals),
    )
    write_listing(paper, path)
    return len(rows)


def _opened(view: View) -> View:
    """Return the view with no group closed: paper cannot be unfolded."""
    from dataclasses import replace

    return replace(view, closed_groups=frozenset())


def _rows(found: RecordList, step: Step) -> Iterator[RowValues]:
    """Give all rows, some hundred at a time, telling how far it is."""
    of = len(found)
    for first in range(0, of, _AT_ONCE):
        step(first, of)
        yield from found.rows(first, _AT_ONCE)


def _heading(field: Field) -> str:
    return f"{field.label} (£)" if field.kind is Kind.MONEY and "£" not in field.label else field.label


def _cell(field: Field, value: Value, text: str) -> object:
    if field.kind is Kind.MONEY and isinstance(value, int):
        return value / 100
    return value if field.kind in _EXPORTED_AS_VALUES else text or None


def _sums(desk: Desk, fields: list[Field], totals: object) -> tuple[str, ...]:
    """Return the sums as a row of texts, blank under columns that do not add up."""
    assert hasattr(totals, "get")  # noqa: S101 - a mapping of sums
    return tuple(desk.show(field, totals.get(field.name)) for field in fields)


def _is_figure(field: Field) -> bool:
    return field.kind in {Kind.MONEY, Kind.INTEGER, Kind.DECIMAL, Kind.PERCENT, Kind.DATE, Kind.MOMENT}
