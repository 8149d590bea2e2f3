"""Changing many records at once: shown first, refused cell by cell, applied as one step."""

from datetime import date

import pytest
from ctdesk.db.writer import StaleChange
from ctdesk.domain.changes import Action
from ctdesk.services.desk import Desk
from ctdesk.services.many import Preview, apply_preview, preview_edit, preview_fill_down, preview_paste
from ctdesk.services.past import past, undo
from ctdesk.services.records import record, save_record
from tests.services.small_borough import BRIDGE, CLINIC, CLUB, COUNCIL, NURSING, SESSIONS, activity


def told(preview: Preview) -> list[tuple[str, str, str, str]]:
    return [(cell.uid, cell.old, cell.new, cell.refused) for cell in preview.cells]


def test_a_block_is_read_as_people_type_it_and_shown_old_beside_new(desk: Desk) -> None:
    columns = ["annual_value", "provider", "end"]
    cells = [["£130k", "bridge", "31/03/2028"], ["40000", "Oak Families", "1 Oct 2026"]]
    preview = preview_paste(desk, "activity", [NURSING, SESSIONS], columns, cells)
    assert told(preview)[:3] == [
        (NURSING, "£120,000", "£130,000", ""),
        (NURSING, "Birch Hospital Trust", "The Bridge Project", ""),
        (NURSING, "31/03/2027", "31/03/2028", ""),
    ]
    assert (preview.changed, preview.refused) == (4, 1)
    assert next(it for it in preview.cells if it.refused).refused.startswith("Provider: “Oak Families” is not known")
    before = len(past(desk))
    change_set = apply_preview(desk, preview)
    assert change_set is not None
    assert len(past(desk)) == before + 1
    assert record(desk, "activity", NURSING)["provider"] == BRIDGE
    undo(desk, change_set.uid)
    assert record(desk, "activity", NURSING)["end"] == date(2027, 3, 31)


@pytest.mark.parametrize(
    ("column", "typed", "words"),
    [
        ("title", "", "Service title cannot be empty."),
        ("annual_value", "lots", "is not an amount"),
        ("tier", "Targetted", "perhaps Targeted"),
        ("end", "01/01/2020", "before the start date"),
        ("notice_months", "99", "not between 0 and 36"),
        ("reference", "AC-002", "AC-002 is that of another record"),
        ("comments", "NHS number 943 476 5919", "identifiable"),
    ],
)
def test_what_cannot_stand_is_refused_with_the_reason(desk: Desk, column: str, typed: str, words: str) -> None:
    preview = preview_paste(desk, "activity", [NURSING], [column], [[typed]])
    assert words in preview.cells[0].refused
    assert apply_preview(desk, preview) is None


def test_a_cell_that_is_refused_does_not_stop_the_others(desk: Desk) -> None:
    preview = preview_paste(desk, "activity", [NURSING], ["tier", "annual_value"], [["Nonsense", "1"]])
    apply_preview(desk, preview)
    assert record(desk, "activity", NURSING)["annual_value"] == 100


def test_dates_are_looked_at_together(desk: Desk) -> None:
    preview = preview_paste(desk, "activity", [NURSING], ["start", "end"], [["01/04/2028", "31/03/2029"]])
    assert (preview.changed, preview.refused) == (2, 0)


def test_references_may_change_places(desk: Desk) -> None:
    preview = preview_paste(desk, "activity", [NURSING, SESSIONS], ["reference"], [["AC-002"], ["AC-001"]])
    assert preview.refused == 0
    apply_preview(desk, preview)
    assert record(desk, "activity", SESSIONS)["reference"] == "AC-001"


def test_one_cell_is_repeated_and_rows_without_a_record_are_counted(desk: Desk) -> None:
    assert preview_paste(desk, "activity", [NURSING, CLUB], ["tier"], [["Universal"]]).changed == 2
    assert preview_paste(desk, "activity", [NURSING], ["tier"], [["Universal"], ["Universal"]]).left_over == 1
    assert preview_paste(desk, "activity", [NURSING], ["tier", "purpose"], [["Universal"]]).refused == 1


def test_an_empty_cell_empties_and_a_short_row_leaves_alone(desk: Desk) -> None:
    preview = preview_paste(desk, "activity", [NURSING, CLUB], ["notice_months", "capacity"], [[""], ["3", "12"]])
    apply_preview(desk, preview)
    assert record(desk, "activity", NURSING)["notice_months"] is None
    assert record(desk, "activity", CLUB)["capacity"] == 12


def test_filling_down_takes_the_first_ones_values(desk: Desk) -> None:
    held = record(desk, "activity", NURSING)
    save_record(desk, "activity", NURSING, held, {"areas": ("old_town", "quayside"), "end": date(2029, 1, 1)})
    preview = preview_fill_down(desk, "activity", [NURSING, SESSIONS, CLUB], ["areas", "end"])
    assert (preview.changed, preview.title) == (4, "Fill down Areas, End date in 2 activities")
    apply_preview(desk, preview)
    assert record(desk, "activity", CLUB)["areas"] == ("old_town", "quayside")


def test_many_are_set_alike(desk: Desk) -> None:
    preview = preview_edit(desk, "activity", [NURSING, CLINIC], {"intention": "Recommission", "tier": "Targeted"})
    assert (preview.changed, preview.title) == (2, "Change Intention, Tier of 2 activities")
    apply_preview(desk, preview, why="Board of May")
    assert past(desk)[0].why == "Board of May"


def test_what_changed_since_the_preview_stops_all_of_it(desk: Desk) -> None:
    preview = preview_edit(desk, "activity", [NURSING, CLINIC], {"tier": "Universal"})
    save_record(desk, "activity", CLINIC, record(desk, "activity", CLINIC), {"tier": "specialist"})
    with pytest.raises(StaleChange):
        apply_preview(desk, preview)
    assert record(desk, "activity", NURSING)["tier"] == "targeted"


@pytest.mark.slow
def test_a_thousand_rows_are_changed_as_one_step(desk: Desk) -> None:
    made = [
        activity(f"m{at}", f"M-{at:04d}", f"Service {at}", agency=COUNCIL, provider=BRIDGE, value=at)
        for at in range(1000)
    ]
    desk.apply(Action.EDIT, "Many", made)
    uids = [it.uid for it in made]
    cells = [[f"£{at + 1}000", "01/04/2025", "Universal", "Acorn Play"] for at in range(1000)]
    preview = preview_paste(desk, "activity", uids, ["annual_value", "start", "tier", "provider"], cells)
    before = len(past(desk))
    apply_preview(desk, preview)
    assert preview.changed == 4000
    assert len(past(desk)) == before + 1
