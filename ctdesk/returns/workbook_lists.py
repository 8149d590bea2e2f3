"""The sheets that stand behind the form: the words of the drop-downs, every column explained, and the hidden sheet."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from ctdesk.domain.dates import financial_year
from ctdesk.domain.records.agreement_watch import ActionState
from ctdesk.domain.records.workspace import LIST_LABELS
from ctdesk.returns.layout import STILL_YOURS_WORDS, YES_NO_WORDS, SheetLayout
from ctdesk.returns.sheets import column_letters
from ctdesk.returns.workbook import RequestBook, hidden_sheet
from ctdesk.returns.workbook_cells import Content, Row
from ctdesk.returns.workbook_data_form import page
from ctdesk.returns.workbook_styles import GREY_TAB

LISTS, EXPLAINED = "Lists", "Columns explained"

_FIRST_ENTRY = 4
_YEARS_OFFERED = 5


@dataclass(frozen=True, slots=True)
class WordList:
    """One drop-down: its defined name, its heading and its words."""

    name: str
    heading: str
    words: Sequence[str]

    def area(self, column: int) -> str:
        """Return the cells its words stand in; a list without words keeps one empty cell."""
        letters, last = column_letters(column), _FIRST_ENTRY + max(len(self.words), 1) - 1
        return f"={LISTS}!${letters}${_FIRST_ENTRY}:${letters}${last}"


def word_lists(layouts: Sequence[SheetLayout], book: RequestBook) -> list[WordList]:
    """Return the lists that the columns of the form offer, in the order of the workspace."""
    used = {column.list_name for layout in layouts for column in layout.columns}
    found = [
        WordList(f"list_{name}", label, [entry.label for entry in book.lists.offered(name)])
        for name, label in LIST_LABELS.items()
    ]
    found += [
        WordList("list_row", "Still yours?", STILL_YOURS_WORDS),
        WordList("list_progress", "Where it stands", tuple(ActionState)),
        WordList("list_yes_no", "Yes or no", YES_NO_WORDS),
        WordList("list_year", "Financial year", _years(book)),
        WordList("list_provider", "Provider (known to the desk)", book.providers),
    ]
    return [item for item in found if item.name in used]


def _years(book: RequestBook) -> list[str]:
    """Return the financial years on offer, from the one before that of the as-at date."""
    first = book.as_at.year - 1
    return [financial_year(book.as_at.replace(year=first + more, day=1)) for more in range(_YEARS_OFFERED)]


def list_rows(lists: Sequence[WordList]) -> Iterator[Row]:
    """Yield the rows of the sheet of lists."""
    width = len(lists)
    words = "What the drop-downs offer. Tell the desk if a word is wanting; words once in use stay good in old rows."
    yield Row(1, [words, *[None] * (width - 1)], ["instruction", *[""] * (width - 1)])
    yield Row(3, [item.heading for item in lists], ["list head"] * width, 33)
    for at in range(max((len(item.words) for item in lists), default=0)):
        cells: list[Content] = [item.words[at] if at < len(item.words) else None for item in lists]
        yield Row(_FIRST_ENTRY + at, cells, ["list entry" if cell is not None else "" for cell in cells])


def form_lists(workbook: Any, sheet: Any, book: RequestBook, lists: Sequence[WordList]) -> None:
    """Give the sheet of lists everything but its rows, and name each list."""
    for at, item in enumerate(lists):
        longest = max((len(word) for word in (item.heading, *item.words)), default=10)
        sheet.set_column(at, at, min(max(longest * 0.95 + 2, 11), 42))
        workbook.define_name(item.name, item.area(at))
    sheet.freeze_panes(_FIRST_ENTRY - 1, 0)
    sheet.set_tab_color(GREY_TAB)
    sheet.protect("")
    page(sheet, book, LISTS)
    sheet.set_landscape()
    sheet.fit_to_pages(1, 0)


def explained_rows(layouts: Sequence[SheetLayout]) -> Iterator[Row]:
    """Yield a row for every column of the form: sheet, column, need, what to put."""
    yield Row(1, ["Sheet", "Column", "Needed?", "What to put"], ["list head"] * 4, 24)
    number = 1
    for layout in layouts:
        for column in layout.columns:
            number += 1
            yield Row(number, [layout.name, column.heading, column.need.value, column.help], ["explained"] * 4)


def form_explained(sheet: Any, book: RequestBook, layouts: Sequence[SheetLayout]) -> None:
    """Give the sheet of explanations everything but its rows."""
    for at, width in enumerate((12, 26, 15, 70)):
        sheet.set_column(at, at, width)
    sheet.freeze_panes(1, 0)
    sheet.autofilter(0, 0, sum(len(layout.columns) for layout in layouts), 3)
    sheet.protect("", {"autofilter": True, "format_columns": True, "format_rows": True})
    page(sheet, book, EXPLAINED)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(0)


def hidden_rows(book: RequestBook) -> Iterator[Row]:
    """Yield the rows of the hidden sheet."""
    for number, cells in enumerate(hidden_sheet(book), start=1):
        yield Row(number, cells, [""] * len(cells))


def form_hidden(sheet: Any) -> None:
    """Hide the sheet that tells the desk what the workbook is."""
    sheet.set_column(0, 1, 16)
    sheet.set_column(2, 2, 40)
    sheet.hide()
    sheet.protect("")
