"""The form of a data sheet around its rows: heads, widths, drop-downs, colours, filter, freezing and printing."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from ctdesk.domain.dates import date_text
from ctdesk.domain.definition import Field, Kind, Need
from ctdesk.domain.records.activity import MONEY, NEXT, PURPOSE, QUALITY
from ctdesk.returns.layout import Column, Role, SheetLayout
from ctdesk.returns.sheets import cell_name, column_letters
from ctdesk.returns.workbook import RequestBook
from ctdesk.returns.workbook_cells import Content, Row
from ctdesk.returns.workbook_checks import FILL_IN, LOOK_AT, Check, Extent, runs, yellow
from ctdesk.returns.workbook_conditions import ROW
from ctdesk.returns.workbook_data import column_style
from ctdesk.returns.workbook_styles import ACCENT, Styles

_LONGEST_PROMPT, _LONGEST_PROMPT_TITLE, _LONGEST_MARGIN_TEXT = 255, 32, 100
_RIGHT = {"money", "date", "whole", "decimal"}
_PAGES_BEGIN = {MONEY, PURPOSE, QUALITY, NEXT}
_OPEN_KINDS = {Kind.LINK, Kind.LINKS, Kind.CHOICES}

_NOT_LISTED = "The drop-down does not have that. Keep it only if nothing there fits: the desk will ask what you mean."
_NOT_A_DATE = "A date is wanted here: day, month and year, like 31/03/2027."


def head_rows(layout: SheetLayout) -> Iterator[Row]:
    """Yield the five rows above the data: title, instruction, bands, need and headings."""
    columns = layout.columns
    rest = len(columns) - 1
    yield Row(1, [layout.title, *[None] * rest], ["title", *[""] * rest], 26.25)
    yield Row(2, [layout.instruction, *[None] * rest], ["instruction", *[""] * rest], 17.25)
    yield _band_row(columns)
    yield Row(4, [column.need.value for column in columns], [f"need {column.need.value}" for column in columns], 15.75)
    yield Row(5, [column.heading for column in columns], [heading_style(column) for column in columns], 33)


def _band_row(columns: tuple[Column, ...]) -> Row:
    words: list[Content] = []
    styles: list[str] = []
    turn, last = 1, None
    for column in columns:
        begins = column.group != last
        turn, last = (1 - turn if begins else turn), column.group
        words.append(column.group if begins else None)
        styles.append(f"band {turn}")
    return Row(3, words, styles, 18)


def heading_style(column: Column) -> str:
    """Return the style of a column's heading: over figures to the right, grey where it is the desk's."""
    if column.need is Need.DESK:
        return "heading desk"
    return "heading right" if column_style(column) in _RIGHT else "heading"


@dataclass(frozen=True, slots=True)
class Additions:
    """What a hand-back adds to a sheet: columns of the agency's own at the right, and marked cells.

    `marked` are the sheet's own row numbers with zero-based columns.
    """

    own_columns: int = 0
    marked: frozenset[tuple[int, int]] = frozenset()


def form_data_sheet(
    sheet: Any, styles: Styles, layout: SheetLayout, extent: Extent, book: RequestBook, *, additions: Additions
) -> None:
    """Give a sheet everything but its rows."""
    last = len(layout.columns) - 1 + additions.own_columns
    for at, column in enumerate(layout.columns):
        sheet.set_column(at, at, column.width)
    sheet.set_tab_color(ACCENT)
    sheet.freeze_panes(layout.freeze)
    sheet.autofilter(layout.HEAD_ROW - 1, 0, extent.last - 1, last)
    _guard_headings(sheet, layout)
    _offer_words(sheet, layout, extent)
    _show_pence(sheet, styles, layout, extent)
    _keep_marks(sheet, styles, additions.marked)
    _colour(sheet, styles, layout, extent, Check(layout, book.lists, extent))
    _set_up_printing(sheet, layout, extent, book, last)


def _guard_headings(sheet: Any, layout: SheetLayout) -> None:
    """Show each column's help on its heading, and let nobody type another heading over it."""
    row = layout.HEAD_ROW - 1
    for at, column in enumerate(layout.columns):
        cell = _cell(at, layout.HEAD_ROW)
        sheet.data_validation(
            row,
            at,
            row,
            at,
            {
                "validate": "custom",
                "value": f'=EXACT({cell},"{column.heading}")',
                "input_title": column.heading[:_LONGEST_PROMPT_TITLE],
                "input_message": clipped(column.help, _LONGEST_PROMPT),
                "error_type": "stop",
                "error_title": "Please keep the heading",
                "error_message": "Answers are found by the headings. Press Esc to leave it as it was.",
            },
        )


def _cell(at: int, row: int | str) -> str:
    return f"{column_letters(at)}${row}"


def clipped(text: str, most: int) -> str:
    """Return a text of at most so many characters, cut at a word."""
    return text if len(text) <= most else text[: most - 1].rsplit(" ", 1)[0] + "…"


def _offer_words(sheet: Any, layout: SheetLayout, extent: Extent) -> None:
    for at, column in enumerate(layout.columns):
        rule = _rule(column)
        if rule:
            sheet.data_validation(layout.FIRST_ROW - 1, at, extent.last - 1, at, rule)


def _rule(column: Column) -> dict[str, Any] | None:
    """Return what a column's cells are checked for as they are typed: always a warning, never a stop."""
    if column.list_name:
        rule: dict[str, Any] = {"validate": "list", "source": f"={column.list_name}"}
        if column.field and column.field.kind in _OPEN_KINDS:
            return {**rule, "show_error": False}
        return {**rule, "error_type": "warning", "error_title": column.heading[:32], "error_message": _NOT_LISTED}
    if column.role is Role.FIELD and column.field:
        return _figures_rule(column.field)
    return None


def _figures_rule(field: Field) -> dict[str, Any] | None:
    if field.kind is Kind.DATE:
        limits: tuple[Any, Any] = (date(1990, 1, 1), date(2060, 12, 31))
        return _between("date", limits, field, _NOT_A_DATE)
    if field.kind in {Kind.INTEGER, Kind.PERCENT}:
        limits = (field.minimum or 0, field.maximum or 999_999_999)
        return _between("integer", limits, field, f"A whole number from {limits[0]:,} to {limits[1]:,} is wanted here.")
    if field.kind is Kind.MONEY:
        return _between("decimal", (0, 999_999_999), field, "Pounds in figures alone are wanted here, like 125000.")
    if field.kind is Kind.DECIMAL:
        return _between(
            "decimal", (field.minimum or 0, field.maximum or 999_999_999), field, "A number is wanted here."
        )
    return None


def _between(kind: str, limits: tuple[Any, Any], field: Field, message: str) -> dict[str, Any]:
    return {
        "validate": kind,
        "criteria": "between",
        "minimum": limits[0],
        "maximum": limits[1],
        "error_type": "warning",
        "error_title": field.label[:32],
        "error_message": message,
    }


def _show_pence(sheet: Any, styles: Styles, layout: SheetLayout, extent: Extent) -> None:
    """Show pence where there are any, also in marked cells."""
    for at, column in enumerate(layout.columns):
        if column_style(column) == "money":
            cell = f"{column_letters(at)}{layout.FIRST_ROW}"
            criteria = f"=IF(ISNUMBER({cell}),ROUND({cell},0)<>{cell},FALSE)"
            wanted = {"type": "formula", "criteria": criteria, "format": styles["pence"]}
            sheet.conditional_format(layout.FIRST_ROW - 1, at, extent.last - 1, at, wanted)


def _keep_marks(sheet: Any, styles: Styles, marked: frozenset[tuple[int, int]]) -> None:
    """Let marked cells stay orange whatever the other conditions say; to be given before these."""
    if marked:
        cells = [cell_name(number - 1, column) for number, column in sorted(marked)]
        wanted = {"type": "formula", "criteria": "=TRUE", "format": styles["orange"], "stop_if_true": True}
        sheet.conditional_format(cells[0], {**wanted, "multi_range": " ".join(cells)})


def _colour(sheet: Any, styles: Styles, layout: SheetLayout, extent: Extent, check: Check) -> None:
    """Colour what is odd and what is still empty; the Check column says each in words."""

    def rule(columns: tuple[int, int], formula: str, style: str) -> None:
        criteria = "=" + formula.replace(ROW, str(layout.FIRST_ROW))
        wanted = {"type": "formula", "criteria": criteria, "format": styles[style]}
        sheet.conditional_format(layout.FIRST_ROW - 1, columns[0], extent.last - 1, columns[1], wanted)

    for start, style in ((LOOK_AT, "salmon bold"), (FILL_IN, "yellow bold")):
        rule((0, 0), f'LEFT($A{ROW},{len(start)})="{start}"', style)
    for oddity in check.oddities:
        for at in oddity.columns:
            rule((at, at), oddity.condition.formula, "salmon")
    for first, last in runs(check.required):
        rule((first, last), yellow(layout, first), "yellow")


def _set_up_printing(sheet: Any, layout: SheetLayout, extent: Extent, book: RequestBook, last: int) -> None:
    page(sheet, book, layout.title)
    sheet.set_landscape()
    sheet.repeat_rows(2, layout.HEAD_ROW - 1)
    sheet.print_area(2, 0, extent.printed - 1, last)
    if layout.kind != "activity":
        sheet.fit_to_pages(1, 0)
        return
    sheet.repeat_columns(layout.position("reference"), layout.position("title"))
    sheet.set_print_scale(58)
    groups = [column.group for column in layout.columns]
    breaks = [at for at in range(1, len(groups)) if groups[at] != groups[at - 1] and groups[at] in _PAGES_BEGIN]
    sheet.set_v_pagebreaks(breaks)


def page(sheet: Any, book: RequestBook, title: str) -> None:
    """Set A4, the margins, and what stands above and below every printed page."""
    sheet.set_paper(9)
    sheet.set_margins(left=0.4, right=0.4, top=0.6, bottom=0.6)
    trust, round_name = (_in_margin(text) for text in (book.trust, book.round))
    sheet.set_header(f"&L{trust}&R{_in_margin(title)}", {"margin": 0.3})
    as_at = date_text(book.as_at)
    sheet.set_footer(f"&L{round_name}, as at {as_at}. Printed &D &T&RPage &P of &N", {"margin": 0.3})


def _in_margin(text: str) -> str:
    """Return a text as headers and footers take it, in which & begins a code."""
    return clipped(text, _LONGEST_MARGIN_TEXT).replace("&", "&&")
