"""Maps, shared costs and scenarios as items of a pack: as chosen, fixed once issued, and fit for the public."""

import json
from datetime import date, datetime
from io import BytesIO

import pytest
from ctdesk.domain.changes import Action, created
from ctdesk.domain.errors import DeskError
from ctdesk.domain.pack import Edition
from ctdesk.services.editing import edit
from ctdesk.services.exempt_guard import exempt_shown
from ctdesk.services.kept_scenarios import keep_scenario
from ctdesk.services.pack_definition import define_pack
from ctdesk.services.pack_issue import issue, issued
from ctdesk.services.pack_reports import drawn, offered
from ctdesk.services.packs import add_report, new_pack
from pypdf import PdfReader
from tests.services.small_borough import BRIDGE, SESSIONS

THEN = datetime(2026, 6, 15, 9, 20)  # noqa: DTZ001 - the office's own clock
SHIFT, SAVE = ["move £20,000 of AC-001 to Crisis"], ["end AC-003", "reduce AC-002 by 10k"]


@pytest.fixture
def kept(desk):
    """A desk that keeps two scenarios."""
    keep_scenario(desk, "Shift", SHIFT)
    keep_scenario(desk, "Save", SAVE)
    return desk


def words(content: bytes) -> str:
    return " ".join(" ".join(page.extract_text().split()) for page in PdfReader(BytesIO(content)).pages)


def test_one_scenario_is_printed_before_and_after_with_what_it_comes_to(kept):
    said = words(drawn(kept, "scenario", {"scenario": "save"}))
    assert "From £275k to £250k a year, £25,000 less." in said
    assert "Reduce AC-002 Parent sessions by £10,000" in said
    assert "Purpose, before and after" in said
    assert "Shift" not in said


@pytest.mark.parametrize("chosen", [{}, {"scenario": "Shift; Save"}])
def test_several_scenarios_stand_side_by_side(kept, chosen):
    said = words(drawn(kept, "scenario", chosen))
    assert "2 scenarios beside what is commissioned now" in said
    assert "Now £275k" in said
    assert "Save £250k" in said
    assert "Purpose, side by side" in said


def test_where_no_scenario_is_kept_the_paper_says_so(desk):
    assert offered(desk, "scenario") == []
    assert "No scenario is kept yet" in words(drawn(desk, "scenario", {}))


def test_an_issued_pack_keeps_the_scenario_as_it_was(kept):
    pack = new_pack(kept, "Board", date(2026, 6, 25))
    add_report(kept, pack, "scenario", {"scenario": "Save"})
    issue(kept, pack, THEN)
    before = issued(kept, pack, Edition.PUBLIC)
    keep_scenario(kept, "Save", ["end AC-001"])
    edit(kept, "activity", "AC-002", {"annual_value": "1"})
    assert issued(kept, pack, Edition.PUBLIC) == before
    assert "£25,000 less" in words(before)


def test_the_public_edition_tells_nothing_of_a_step_whose_price_is_exempt(kept):
    value = {"provider": BRIDGE, "annual_value": 40_000_00, "activities": (SESSIONS,)}
    made = created("agreement", {"reference": "CON-0042", "title": "Parent sessions", **value})
    exempt = created("exempt_mark", {"agreement": made.uid, "paragraph": "3", "item": "annual_value"})
    kept.apply(Action.EDIT, "An agreement", [made, exempt])
    for chosen in ({}, {"scenario": "Save"}):
        public, full = (drawn(kept, "scenario", chosen, public=public) for public in (True, False))
        assert exempt_shown(kept, public) == []
        assert "AC-002" not in words(public)
        assert "A step about a service whose price is not for publication" in words(public)
        assert "Reduce AC-002 Parent sessions" in words(full)
    pack = new_pack(kept, "Board", date(2026, 6, 25))
    add_report(kept, pack, "scenario", {})
    issue(kept, pack, THEN)


def test_shares_by_budgets_that_are_partly_exempt_are_left_out_of_the_public_edition(desk):
    value = {"provider": BRIDGE, "annual_value": 40_000_00, "activities": (SESSIONS,)}
    made = created("agreement", {"reference": "CON-0042", "title": "Parent sessions", **value})
    exempt = created("exempt_mark", {"agreement": made.uid, "paragraph": "3", "item": "annual_value"})
    desk.apply(Action.EDIT, "An agreement", [made, exempt])
    told = "£100 shared by size of budget: Alder Council 64%, £63.64"
    assert told in words(drawn(desk, "resource", {"share": "£100"}, public=False))
    assert "The shares of a cost are left out" in words(drawn(desk, "resource", {"share": "£100"}))
    for chosen in ({"by": "headcount"}, {"partners": "A=1; B=2"}):
        assert "£100 shared by" in words(drawn(desk, "resource", {"share": "£100", **chosen}))


@pytest.mark.parametrize("question", ["overlaps", "gaps", "cliffs", "market", "resource", "rounds", "scenario"])
def test_every_paper_says_what_its_figures_rest_on(kept, question):
    assert "What it rests on. Of £275,000: £275,000 known to the desk." in words(drawn(kept, question, {}))


def test_a_need_met_by_a_service_whose_price_is_exempt_is_no_gap_for_the_public(desk):
    made = created("agreement", {"reference": "CON-0042", "title": "Parent sessions", "activities": (SESSIONS,)})
    exempt = created("exempt_mark", {"agreement": made.uid, "paragraph": "3", "item": "annual_value"})
    need = created("need", {"title": "Sessions", "outcome": "stay_safe", "tier": "targeted"})
    desk.apply(Action.EDIT, "An agreement", [made, exempt, need])
    edit(desk, "activity", "AC-002", {"main_outcome": "Stay safe"})
    assert "No need without a service" in words(drawn(desk, "gaps", {}))
    assert "no service" not in words(drawn(desk, "map", {})).replace("– no service", "")


def test_a_cost_is_shared_in_the_paper_on_resource(desk):
    chosen = {"share": "£118,400", "by": "Stated shares", "partners": "Council=5,600k; Health=9,200k"}
    said = words(drawn(desk, "resource", chosen))
    assert "£118,400 shared by stated shares: Health 62%, £73,600; Council 38%, £44,800." in said
    assert "shared by" not in words(drawn(desk, "resource", {}))


def test_cliffs_look_as_far_ahead_as_is_chosen(desk):
    assert "ends within a year" in words(drawn(desk, "cliffs", {}))
    assert "ends within 30 months" in words(drawn(desk, "cliffs", {"months": "30"}))


def test_a_map_is_printed_with_its_measure_and_through_its_filter(desk):
    chosen = {"rows": "area", "columns": "none", "measure": "activities", "filter": "Agency: Alder Council"}
    said = words(drawn(desk, "map", chosen))
    assert "Filter Agency is Alder Council" in said or "Agency is Alder Council" in said
    assert "Activities" in said


@pytest.mark.parametrize(
    ("report", "chosen", "said"),
    [
        ("scenario", {"scenario": "Drift"}, "Item 1, It: There is no scenario “Drift”; there are: Save, Shift."),
        ("resource", {"share": "lots"}, "cost to be shared"),
        ("resource", {"share": "5", "by": "moon"}, "choose one of budget, headcount, stated"),
        ("cliffs", {"months": "soon"}, "no number of months"),
        ("map", {"measure": "weather"}, "no measure of the service map"),
        ("map", {"filter": "Tier: Enormous"}, "Tier: there is no “Enormous”"),
        ("map", {"filter": "Enormous"}, "is no filter"),
    ],
)
def test_what_cannot_be_chosen_is_refused_when_the_pack_is_defined(kept, tmp_path, report, chosen, said):
    item = {"title": "It", "report": report, "choices": chosen}
    meeting = {"name": "June", "board": "Board", "date": "25/06/2026", "items": [item]}
    (tmp_path / "june.json").write_text(json.dumps(meeting), encoding="utf-8")
    with pytest.raises(DeskError, match=said):
        define_pack(kept, tmp_path / "june.json")
