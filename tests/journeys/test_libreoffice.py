"""The sent workbook in LibreOffice itself: opened, typed in, sorted, saved in three forms, and received back."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from ctdesk.domain.changes import Action, created, updated
from ctdesk.domain.definition import DEFINITIONS
from ctdesk.returns.layout import Role, baseline_layout
from ctdesk.services.desk import at_desk
from tests.journeys.libreoffice import Office, append, delete, formula, insert, running_office, sort, type_in, typed
from tests.journeys.random_rounds import AWKWARD
from tests.journeys.rounds import COUNCIL, FIRST_ROW, HEAD_ROW, NEW_ROW, NHS, ROUND, SmallRound

pytestmark = pytest.mark.slow
FORMS = pytest.mark.parametrize("form", ["xlsx", "ods", "xls"])
TYPED_SHEETS = {"Activity": "activity", "Staffing": "post", "Funding": "funding_line"}


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    with running_office(tmp_path_factory.mktemp("office")) as running:
        yield running


@pytest.fixture
def awkward_round(sent_round: SmallRound) -> SmallRound:
    """Return a round whose council has awkward texts in every field that takes text, and some gaps and faults."""
    with at_desk(sent_round.workspace) as desk:
        (agency,) = (uid for uid, values in desk.load("organisation").items() if values["name"] == COUNCIL)
        activities = desk.load("activity", agency=agency)
        own = sorted(activities, key=lambda uid: str(activities[uid]["reference"]))
        changes = [created("activity", _awkward(number, text, agency)) for number, text in enumerate(AWKWARD)]
        changes += [
            updated("activity", own[0], activities[own[0]], {"end": None, "tier": None}),
            updated("activity", own[1], activities[own[1]], {"end": date(2020, 1, 1)}),
            updated("activity", own[2], activities[own[2]], {"intention": "vary", "annual_value": 1_234_567}),
            updated("activity", own[3], activities[own[3]], {"start": date(1900, 3, 1), "age_from": 20}),
            created("funding_line", {"activity": own[4], "year": "2026/27", "source": "council_base", "amount": 1}),
            created("post", {"title": "=Lead", "agency": agency, "fte": Decimal("1.25"), "headcount": 1, "skills": ()}),
        ]  # type: ignore[list-item]  # each of these updates alters something
        desk.apply(Action.EDIT, "Awkward", changes)
    (sent_round.folder / "sent").unlink()
    assert sent_round.do("send", "--round", ROUND, "--to", sent_round.folder / "sent").status == 0
    return sent_round


def _awkward(number: int, text: str, agency: str) -> dict[str, Any]:
    short = text[:90].strip()
    named = {"reference": f"AW-{number:03d}", "title": f"{number} {short}", "agency": agency}
    texts = {"pool": short, "agreement_reference": short, "extension_option": short, "lead_commissioner": short}
    return {**named, **texts, "comments": text.strip(), "description": text.strip(), "annual_value": number * 37}


@FORMS
def test_only_opened_and_saved_nothing_has_changed(form: str, awkward_round: SmallRound, office: Office) -> None:
    saved = awkward_round.folder / f"saved.{form}"
    office.save(awkward_round.sent(), saved)
    direct, back = awkward_round.receive(awkward_round.sent()), awkward_round.receive(saved)
    assert back.document["changes"] == []
    assert back.document["conflicts"] == []
    assert back.document["rows"] == direct.document["rows"]
    assert back.document["findings"] == direct.document["findings"]


EDITS = [
    ("WB-001", "Annual value (£)", 10_250.5, "annual_value", 1_025_050),
    ("WB-002", "Annual value (£)", "£11,500", "annual_value", 1_150_000),
    ("WB-003", "End date", date(2028, 3, 31), "end", "2028-03-31"),
    ("WB-004", "End date", "1 April 2027", "end", "2027-04-01"),
    ("WB-001", "Comments", "=not a formula\nand “quoted” – €5", "comments", "=not a formula\nand “quoted” – €5"),
    ("WB-002", "Agreement reference", "000123", "agreement_reference", "000123"),
    ("WB-005", "Tier", "Targeted", "tier", "Targeted"),
    (
        "WB-006",
        "Client groups",
        "Children in need; Young carers",
        "client_groups",
        ["Children in need", "Young carers"],
    ),
    ("WB-005", "Provider", "New Provider CIC", "provider", "New Provider CIC"),
    ("WB-006", "Comments", "clear", "comments", None),
    ("WB-003", "Annual value (£)", formula("=12000+345.67"), "annual_value", 1_234_567),
    ("WB-004", "Users last year", typed("1,234"), "users_last_year", 1_234),
]


@FORMS
def test_exactly_the_edits_come_back(form: str, sent_round: SmallRound, office: Office) -> None:
    before = {record["reference"]: record for record in sent_round.records()}
    returned = sent_round.folder / f"edited.{form}"
    office.save(
        sent_round.sent(),
        returned,
        *(type_in(row, column, value) for row, column, value, _, _ in EDITS),
        type_in("Contracts officer", "FTE", 0.6, sheet="Staffing"),
        append(NEW_ROW),
        insert("WB-003", {**NEW_ROW, "Service title": "Toy library", "Annual value (£)": 900}),
        sort("Service title", ascending=False),
        append({"Reference": "WB-006", "Financial year": "2026/27", "Funding source": "Council base budget",
                "Amount (£)": 15_000, "Funding arrangement": "Single agency"}, sheet="Funding"),
    )  # fmt: skip
    said = sent_round.receive(returned, "--apply")
    assert said.err == ""
    document = said.document
    changed = {(c["reference"], c["field"]): c["after"] for c in document["changes"] if c["reference"] in before}
    assert changed == {(row, name): after for row, _, _, name, after in EDITS}
    new = [c for c in document["changes"] if c["reference"] not in before]
    assert {c["after"] for c in new if c["field"] == "title"} == {"Holiday clubs", "Toy library"}
    posts = [(c["reference"], c["field"], c["after"]) for c in new if c["kind"] == "post"]
    assert posts == [("Contracts officer", "fte", 0.6)]
    rows = document["rows"]["activity"]
    assert (rows["read"], rows["changed"], rows["new"], rows["missing"]) == (8, 6, 2, 0)
    assert document["conflicts"] == []
    assert document["applied"]
    records = {record["reference"]: record for record in sent_round.records()}
    assert all(records[row][name] == after for row, _, _, name, after in EDITS)
    assert sent_round.do("check").status == 0
    assert sent_round.receive(returned, "--apply").document["applied"] is False


@FORMS
def test_a_deleted_row_is_asked_about_and_stays(form: str, sent_round: SmallRound, office: Office) -> None:
    returned = sent_round.folder / f"deleted.{form}"
    office.save(sent_round.sent(NHS), returned, delete("WH-002"), type_in("WH-003", "Comments", "Still here"))
    document = sent_round.receive(returned, "--apply").document
    assert [(c["reference"], c["field"]) for c in document["changes"]] == [("WH-003", "comments")]
    assert document["rows"]["activity"]["missing"] == 1
    assert "WH-002" in next(f["message"] for f in document["findings"] if f["rule"] == "missing_row")
    assert sent_round.record("WH-002")["comments"] == "As last year"


TOLD_BY_CHECK = {"required", "dates_reversed", "ages_reversed", "fte_over_headcount", "ended_without_date"}
"""Rules that must be fixed and that a formula sees; it knows no lists, names, patterns or personal data."""
CHECKED_EDITS = [
    type_in("WB-001", "Still yours?", "Yes"),
    type_in("WB-002", "Still yours?", "Ended"),
    type_in("WB-002", "End date", None),
    type_in("WB-003", "Still yours?", "Yes"),
    type_in("WB-003", "Provider", None),
    type_in("WB-004", "Still yours?", "Yes"),
    type_in("WB-004", "Start date", date(2029, 1, 1)),
    type_in("WB-005", "Still yours?", "Yes"),
    type_in("WB-005", "Age to", 0),
    type_in("WB-005", "Age from", 5),
    type_in("Contracts officer", "Still yours?", "Yes", sheet="Staffing"),
    type_in("Contracts officer", "FTE", 3, sheet="Staffing"),
    type_in("Head of commissioning", "Still yours?", "Yes", sheet="Staffing"),
    append({"Service title": "Half a row", "Annual value (£)": 5}),
]


def test_check_and_checklist_agree_with_the_desk(awkward_round: SmallRound, office: Office) -> None:
    returned = awkward_round.folder / "checked.xlsx"
    shown = office.save(awkward_round.sent(), returned, *CHECKED_EDITS, show=["Start here", *TYPED_SHEETS])
    document = awkward_round.receive(returned).document
    required, must_fix = _cells(document, {"required"}), _cells(document, TOLD_BY_CHECK)
    for name, kind in TYPED_SHEETS.items():
        said = _check_column(shown[name])
        assert len(said) == document["rows"][kind]["read"], name
        for number, words in said.items():
            place = f"{name}!{number}"
            blank = place in required or _unanswered(shown[name], number)
            assert ("Fill in" in words) == blank, (place, words)
            assert place not in must_fix or words != "OK", (place, words)
        _agrees_with_checklist(shown["Start here"], name, list(said.values()))


def _check_column(grid: list[list[Any]]) -> dict[int, str]:
    """Return what Check says, by the sheet's own row number, where it says something."""
    return {number: row[0] for number, row in enumerate(grid, start=1) if number >= FIRST_ROW and row[0]}


def _unanswered(grid: list[list[Any]], number: int) -> bool:
    headings = grid[HEAD_ROW - 1]
    return "Still yours?" in headings and grid[number - 1][headings.index("Still yours?")] == ""


def _cells(document: dict[str, Any], rules: set[str]) -> set[str]:
    """Return the rows, like `Activity!12`, in which one of these rules found something that must be fixed."""
    found = set()
    for finding in document["findings"]:
        if finding["rule"] in rules and finding["grade"] == "must fix":
            for cell in finding["cells"]:
                sheet, _, position = cell.partition("!")
                found.add(f"{sheet}!{position.lstrip('ABCDEFGHIJKLMNOPQRSTUVWXYZ')}")
    return found


def _agrees_with_checklist(guide: list[list[Any]], name: str, said: list[str]) -> None:
    line = next(row for row in guide if str(row[1]).startswith(name))
    complete = sum(words == "OK" for words in said)
    assert [int(cell) for cell in line[2:5]] == [len(said), complete, len(said) - complete]


def test_every_required_column_is_asked_for_by_check(sent_round: SmallRound, office: Office) -> None:
    """Each required cell, emptied alone, is named by Check and by the desk."""
    with at_desk(sent_round.workspace, read_only=True) as desk:
        layout = baseline_layout(desk.lists)[0]
    columns = [c.heading for c in layout.columns if c.role is Role.FIELD and c.field and c.field.required]
    assert len(columns) == sum(item.required for item in DEFINITIONS["activity"].fields)
    for at, heading in enumerate(columns):
        row = f"WB-{at % 6 + 1:03d}"
        if heading == "Service title":
            continue
        shown = office.save(
            sent_round.sent(), sent_round.folder / f"{at}.xlsx", type_in(row, heading, None), show=["Activity"]
        )
        number = next(n for n, cells in enumerate(shown["Activity"], start=1) if cells[1] == row)
        said = sent_round.receive(sent_round.folder / f"{at}.xlsx")
        assert said.document["changes"] == []
        assert f"Activity!{number}" in _cells(said.document, {"required"})
        assert heading.split(" (")[0].lower() in shown["Activity"][number - 1][0].lower()
