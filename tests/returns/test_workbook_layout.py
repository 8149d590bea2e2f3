"""The form is read off the definitions: nothing of theirs is missing, doubled or told otherwise."""

import pytest
from ctdesk.domain.definition import DEFINITIONS, Need
from ctdesk.domain.lists import Entry, ReferenceLists
from ctdesk.domain.records.workspace import LIST_LABELS
from ctdesk.returns.layout import Role, SheetLayout, baseline_layout
from ctdesk.returns.sheets import column_letters
from tests.returns.workbook_books import lists


def _sheet(name: str, words: ReferenceLists | None = None) -> SheetLayout:
    return next(layout for layout in baseline_layout(words or lists()) if layout.name == name)


@pytest.mark.parametrize("layout", baseline_layout(lists()), ids=lambda layout: layout.name)
def test_every_field_that_an_agency_fills_stands_on_the_sheet_and_no_other(layout: SheetLayout) -> None:
    asked = [field.name for field in DEFINITIONS[layout.kind].fields if field.need is not Need.DESK]
    on_sheet = [column.field.name for column in layout.columns if column.field]
    assert list(dict.fromkeys(on_sheet)) == asked


@pytest.mark.parametrize("layout", baseline_layout(lists()), ids=lambda layout: layout.name)
def test_columns_say_what_the_definitions_say(layout: SheetLayout) -> None:
    for column in layout.columns:
        if column.role is Role.FIELD:
            assert column.field is not None
            assert (column.heading, column.help, column.need) == (
                column.field.label,
                column.field.help,
                column.field.need,
            )


@pytest.mark.parametrize("layout", baseline_layout(lists()), ids=lambda layout: layout.name)
def test_headings_are_all_different_and_fit_their_prompts(layout: SheetLayout) -> None:
    headings = [column.heading for column in layout.columns]
    assert len(set(headings)) == len(headings)
    assert all(len(heading) <= 32 and '"' not in heading for heading in headings)
    assert len(layout.instruction) < 80
    assert all(len(column.help) <= 255 for column in layout.columns)


def test_the_columns_others_rely_on_are_there() -> None:
    activity = [column.heading for column in _sheet("Activity").columns]
    for label in ("Reference", "Service title", "Provider", "Annual value (£)", "Start date", "End date", "Tier",
                  "Main outcome", "Comments"):  # fmt: skip
        assert label in activity
    staffing = [column.heading for column in _sheet("Staffing").columns]
    for label in ("Post title", "FTE", "Annual cost (£)", "Comments"):
        assert label in staffing
    assert len(activity) == 40


def test_check_comes_first_and_key_last() -> None:
    for layout in baseline_layout(lists()):
        assert layout.columns[0].role is Role.CHECK
        assert layout.columns[-1].role is Role.KEY


def test_freezing_leaves_the_title_in_sight() -> None:
    for layout in baseline_layout(lists()):
        assert layout.freeze[-1] == str(SheetLayout.FIRST_ROW)
        title = "activity" if layout.kind == "funding_line" else "title"
        assert column_letters(layout.position(title)) < layout.freeze[0]


def test_drop_downs_name_lists_of_the_workspace() -> None:
    known = {f"list_{name}" for name in LIST_LABELS} | {"list_row", "list_yes_no", "list_year", "list_provider", "refs"}
    for layout in baseline_layout(lists()):
        assert {column.list_name for column in layout.columns if column.list_name} <= known


def test_steps_are_crossed_while_they_are_few_and_short() -> None:
    steps = [column for column in _sheet("Staffing").columns if column.role is Role.STEP]
    assert [column.heading for column in steps] == ["Outcomes", "Groups", "Needs", "Buy", "Review"]
    assert steps[0].entry == "outcomes"
    assert "Step about Outcomes" in steps[0].aliases


@pytest.mark.parametrize(
    "entries",
    [
        [Entry(f"s{at}", f"Step {at}") for at in range(11)],
        [Entry("long", "A step with a long name")],
        [Entry("grade", "Grade")],
        [],
    ],
    ids=["eleven", "long", "same as another heading", "none"],
)
def test_other_steps_are_one_cell(entries: list[Entry]) -> None:
    columns = _sheet("Staffing", ReferenceLists({"cycle_stage": entries})).columns
    assert not [column for column in columns if column.role is Role.STEP]
    assert sum(column.name == "cycle_stages" for column in columns) == 1


def test_a_retired_step_keeps_its_column() -> None:
    words = ReferenceLists({"cycle_stage": [Entry("a", "Plan"), Entry("b", "Old", retired=True)]})
    steps = [column.entry for column in _sheet("Staffing", words).columns if column.role is Role.STEP]
    assert steps == ["a", "b"]
