"""The workbooks in LibreOffice itself: it computes what was stored, and saving in its forms changes nothing."""

from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from ctdesk.domain.definition import Value
from ctdesk.returns.layout import baseline_layout
from ctdesk.returns.workbook import RequestBook, SheetRow, write_workbook
from ctdesk.returns.workbook_data import data_sheets
from test_workbook_round_trip import as_sent, read_back
from workbook_books import activity, book, filled_book, line, post
from workbook_in_libreoffice import saved_by_libreoffice, without_results

pytestmark = pytest.mark.slow

_TYPED: list[dict[str, object]] = [
    {"Still yours?": "Yes"},
    {"Still yours?": "yes", "Annual value (£)": "1.2m"},
    {"Still yours?": "Ended", "End date": None},
    {"Still yours?": "ENDED", "End date": "clear"},
    {"Still yours?": "Yes", "End date": None, "Open-ended": "yes"},
    {"Still yours?": "Yes", "End date": "31/03/2027", "Open-ended": "Yes"},
    {"Still yours?": "Yes", "Reference": "SS-001"},
    {"Still yours?": "Yes", "Reference": "ss-0*"},
    {"Still yours?": "Yes", "Reference": "SS-0*"},
    {"Still yours?": "Yes", "Reference": "~a?"},
    {"Still yours?": "Yes", "Reference": 12},
    {"Still yours?": "Yes", "Reference": 12.0},
    {"Still yours?": "Yes", "Reference": "12"},
    {"Still yours?": "Yes", "Start date": datetime(2026, 4, 1, 10, 30), "End date": date(2026, 4, 1)},  # noqa: DTZ001
    {"Still yours?": "Yes", "Funding arrangement": "pooled"},
    {"Still yours?": "Yes", "Intention": "VARY", "Tier": None},
    {"Still yours?": "Yes", "Age from": 3.5, "Age to": -1, "Open-ended": True},
    {"Service title": "Alone"},
    {"Comments": "Alone"},
    {"Annual value (£)": 0.5},
]


def _typed_book() -> RequestBook:
    """Return a book whose rows have been typed over in every way the Check column tells apart."""
    sent = book([activity(at) for at in range(len(_TYPED))], [post(1), post(2)], [line("activity-0")] * 5)
    whole = data_sheets(baseline_layout(sent.lists), sent)
    rows: dict[str, list[SheetRow]] = {}
    typed: dict[str, list[dict[str, object]]] = {
        "activity": _TYPED,
        "post": [{"FTE": 2, "Headcount": 1}, {"Term": "fixed term", "FTE": "half"}],
        "funding_line": [{"Reference": code} for code in ("ss-001", "SS-0*", "12", 12, "nothing")],
    }
    for data in whole:
        rows[data.layout.kind] = []
        for at, (row, changes) in enumerate(zip(data.known, typed[data.layout.kind], strict=True)):
            cells = {column.heading: data.column(column.name)[at] for column in data.layout.columns if column.field}
            alone = data.layout.kind == "activity" and "Still yours?" not in changes
            rows[data.layout.kind].append(replace(row, raw=changes if alone else {**cells, **changes}))
    return replace(sent, rows=rows)


def _results(path: Path) -> dict[tuple[str, str], Any]:
    formulas, results = openpyxl.load_workbook(path), openpyxl.load_workbook(path, data_only=True)
    return {
        (sheet.title, cell.coordinate): results[sheet.title][cell.coordinate].value or ""
        for sheet in formulas
        for row in sheet.iter_rows()
        for cell in row
        if cell.data_type == "f"
    }


@pytest.mark.parametrize("which", ["as sent", "typed over", "empty", "large"])
def test_what_is_stored_beside_each_formula_is_what_it_comes_to(which: str, tmp_path: Path) -> None:
    wanted = {
        "as sent": lambda: filled_book(80, 20),
        "typed over": _typed_book,
        "empty": lambda: book([], [], []),
        "large": lambda: filled_book(2_200),
    }[which]()
    stored = tmp_path / "stored.xlsx"
    write_workbook(wanted, stored)
    bare = without_results(stored, tmp_path / "bare.xlsx")
    computed = _results(saved_by_libreoffice(bare, "xlsx", tmp_path))
    expected = _results(stored)
    assert len(expected) > 100
    assert {cell: computed[cell] for cell in expected} == {
        cell: pytest.approx(v) if isinstance(v, float) else v for cell, v in expected.items()
    }


@pytest.mark.parametrize("form", ["xlsx", "ods", "xls"])
def test_opened_and_saved_it_says_nothing_new(form: str, tmp_path: Path) -> None:
    values: dict[str, Value] = {"agreement_reference": "004100", "annual_value": 8_695_050, "comments": "=1+1\nand -2"}
    sent = book([activity(1, **values), activity(2, end=None, open_ended=True)], [post()], [line("activity-0")])
    write_workbook(sent, tmp_path / "sent.xlsx")
    saved = saved_by_libreoffice(tmp_path / "sent.xlsx", form, tmp_path)
    assert read_back(saved, sent) == as_sent(sent)


def test_lists_validations_and_the_hidden_sheet_outlive_libreoffice(tmp_path: Path) -> None:
    write_workbook(book(), tmp_path / "sent.xlsx")
    saved = openpyxl.load_workbook(saved_by_libreoffice(tmp_path / "sent.xlsx", "xlsx", tmp_path))
    assert saved.defined_names["list_tier"].attr_text.replace("$", "").startswith("Lists!")
    rules = {rule.formula1 for rule in saved["Activity"].data_validations.dataValidation}
    assert {"list_tier", "list_provider"} <= rules
    assert saved["_ctdesk"].sheet_state == "hidden"
    assert saved["Start here"].protection.sheet
    assert not saved["Activity"].protection.sheet


def test_it_prints_with_its_heads_and_margins(tmp_path: Path) -> None:
    from pypdf import PdfReader

    write_workbook(filled_book(17), tmp_path / "sent.xlsx")
    pages = [
        page.extract_text() for page in PdfReader(saved_by_libreoffice(tmp_path / "sent.xlsx", "pdf", tmp_path)).pages
    ]
    assert "Sure Start centres" in pages[0]
    assert all("Weirside & District" in page and "as at 31/03/2026" in page for page in pages)
    assert sum("Annual value" in page and "Service title" in page for page in pages[1:]) >= 1
    assert "_ctdesk" not in " ".join(pages[1:])
