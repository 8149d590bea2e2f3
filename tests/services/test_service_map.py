"""The service map of a small borough: what it counts, what it rests on, and what the team adds to it."""

from datetime import date

import pytest
from ctdesk.domain.changes import Action, created
from ctdesk.domain.errors import DeskError
from ctdesk.domain.records.mapping import Question
from ctdesk.domain.service_map import Basis, Measure
from ctdesk.services.editing import edit
from ctdesk.services.last_baseline import reconcile_rounds
from ctdesk.services.list_edit import Word, add_entry
from ctdesk.services.list_view import Filter
from ctdesk.services.map_behind import references_behind
from ctdesk.services.map_dimensions import WAYS, way_named
from ctdesk.services.map_files import write_map
from ctdesk.services.map_gaps import gap_cells, low_cells
from ctdesk.services.map_marks import mark_intended, mark_money, unmark
from ctdesk.services.map_papers import map_paper, print_question
from ctdesk.services.map_questions import Asked, find_gaps, find_market, find_overlaps, find_resource
from ctdesk.services.map_where import read_where
from ctdesk.services.past import undo
from ctdesk.services.rounds import start_round
from ctdesk.services.service_map import MapView, behind, every_piece, service_map
from ctdesk.services.team_settings import save_settings
from openpyxl import load_workbook
from pypdf import PdfReader
from tests.services.small_borough import CLINIC, COUNCIL, HOSPITAL, NURSING, OAK, SESSIONS, activity

TOTAL = 275_000_00


def figures(desk, rows, columns="none", measure=Measure.MONEY, **more):
    """The figures of a map by the labels of row and column, empty cells left out."""
    matrix = service_map(desk, MapView(rows, columns, measure, **more)).matrix
    return {
        (row, column): cell
        for row, cells in zip(matrix.rows, matrix.cells, strict=True)
        for column, cell in zip(matrix.columns, cells, strict=True)
        if cell
    }


@pytest.mark.parametrize("rows", [way.name for way in WAYS])
def test_every_dimension_adds_to_the_same_total_and_its_activities_too(desk, rows):
    found = service_map(desk, MapView(rows, "agency" if rows != "agency" else "tier"))
    assert found.matrix.total == sum(found.matrix.row_totals) == sum(found.matrix.column_totals) == TOTAL
    for row, total in zip(found.row_codes, found.matrix.row_totals, strict=True):
        assert sum(line.amount for line in behind(desk, found.view, row)) == total
    assert sum(line.amount for _, _, line in every_piece(desk, found.view)) == TOTAL


def test_rows_and_columns_are_labels_and_lists_are_shown_whole(desk):
    matrix = service_map(desk, MapView("agency", "tier")).matrix
    assert matrix.rows == ("Alder Council", "Birch Hospital Trust")
    assert matrix.columns == ("Universal", "Targeted", "Specialist")
    assert matrix.cells == ((0, 175_000_00, 0), (0, 100_000_00, 0))
    assert matrix.row_counts == (3, 2)


def test_columns_may_be_parted_once_more_with_gaps_and_heads_of_their_own(desk):
    need = {"title": "Somewhere to go", "outcome": "be_healthy", "tier": "universal", "age_from": 13, "age_to": 16}
    add(desk, created("need", need))
    found = service_map(desk, MapView("outcome", "tier,age_band"))
    assert found.columns.label == "Tier, then age band"
    assert found.matrix.columns[2] == "Universal, Young people"
    assert found.columns.parts(found.column_codes[2]) == (("tier", "Universal"), ("age_band", "Young people"))
    assert gap_cells(desk, found) == {(0, 2): "Somewhere to go"}
    assert map_paper(desk, found).levels[2] == ("Universal", "Young people")
    people = [
        created("population", {"age_from": low, "age_to": high, "people": number, "source": "Census"})
        for low, high, number in ((0, 12, 1_000), (13, 25, 500))
    ]
    add(desk, *people)
    heads = service_map(desk, MapView("outcome", "tier,age_band", Measure.COST_PER_HEAD)).matrix
    targeted = heads.columns.index("Targeted, Young people")
    assert heads.column_totals[targeted] == 137_500_00 // 500


@pytest.mark.parametrize("name", ["tier,tier", "tier,none", "tier,age_band,area", "tier,shape"])
def test_two_different_dimensions_are_nested_and_no_others(name):
    with pytest.raises(DeskError):
        way_named(name)


def test_one_dimension_twice_is_refused(desk):
    with pytest.raises(DeskError, match="the same"):
        service_map(desk, MapView("tier", "age_band,tier"))
    with pytest.raises(DeskError, match="two different"):
        service_map(desk, MapView("tier", "tier"))


def test_an_activity_of_several_bands_is_shared_equally_until_weights_are_stated(desk):
    assert figures(desk, "age_band") == {("School age", "All"): 137_500_00, ("Young people", "All"): 137_500_00}
    weights = {"School age": 3, "Young people": 1}
    desk.apply(
        Action.EDIT,
        "State weights",
        [
            created("weight", {"activity": NURSING, "dimension": "age_band", "bucket": b, "weight": w})
            for b, w in weights.items()
        ],
    )
    found = service_map(desk, MapView("age_band"))
    assert found.matrix.row_totals == (0, 167_500_00, 107_500_00)
    assert (found.stated, found.equal) == (1, 4)


def test_weights_may_name_words_of_a_list(desk):
    edit(desk, "activity", "AC-001", {"other_outcomes": "Stay safe"})
    about = {"activity": NURSING, "dimension": "all outcomes"}
    weights = {"Be healthy": 5, "stay_safe": 1}
    add(desk, *(created("weight", {**about, "bucket": name, "weight": it}) for name, it in weights.items()))
    found = figures(desk, "outcomes", filters=(Filter("reference", "is", ("AC-001",)),))
    assert found == {("Be healthy", "All"): 100_000_00, ("Stay safe", "All"): 20_000_00}


def test_age_bands_are_the_teams_own(desk):
    save_settings(desk, {"age_bands": "Under 10: 0-9; Ten and over: 10 to 25"})
    assert figures(desk, "age_band", measure=Measure.ACTIVITIES) == {("Under 10", "All"): 5}
    with pytest.raises(DeskError, match="overlap"):
        save_settings(desk, {"age_bands": "One: 0-9; Two: 5-12"})


def test_funding_lines_are_stated_weights_for_source_and_year(desk):
    found = figures(desk, "funding_source", filters=(Filter("reference", "is", ("AC-001",)),))
    assert found == {("Council base budget", "All"): 70_000_00, ("Dedicated Schools Grant", "All"): 50_000_00}
    assert figures(desk, "year") == {("2026/27", "All"): 120_000_00, ("Not given", "All"): 155_000_00}


def test_conditions_are_fields_or_dimensions_and_commute(desk):
    filters, buckets = read_where(desk, {"agency": "Alder Council", "age band": "School age", "end": ""})
    assert {(it.field, it.how) for it in filters} == {("agency", "any of"), ("end", "blank")}
    assert [(it.dimension, it.buckets) for it in buckets] == [("age_band", ("School age",))]
    one = service_map(desk, MapView("provider", filters=filters, buckets=buckets)).matrix
    other = service_map(desk, MapView("provider", filters=filters[::-1], buckets=buckets)).matrix
    assert one == other
    assert (one.rows, one.total) == (("Acorn Play",), 15_000_00)
    with pytest.raises(DeskError, match="there is no"):
        read_where(desk, {"age band": "Pensioners"})
    with pytest.raises(DeskError, match="no field"):
        read_where(desk, {"weather": "fine"})


def test_coverage_says_what_the_total_rests_on_and_who_is_missing(desk):
    assert {line.basis for line in service_map(desk, MapView("tier")).cover.lines} == {Basis.KNOWN}
    start_round(desk, "Baseline", date(2026, 3, 31), date(2026, 5, 15), ["Birch Hospital Trust"])
    edit(desk, "activity", "AC-003", {"estimated": "Yes"})
    cover = service_map(desk, MapView("tier")).cover
    assert cover.amount(Basis.ESTIMATED) == 15_000_00
    assert (cover.amount(Basis.LAST_KNOWN), cover.amount(Basis.KNOWN)) == (100_000_00, 160_000_00)
    assert cover.total == TOTAL
    assert cover.missing == ("Birch Hospital Trust",)
    assert service_map(desk, MapView("tier", answered_only=True)).matrix.total == 175_000_00


def test_costs_per_place_count_places_alone(desk):
    edit(desk, "activity", "AC-002", {"capacity": "16", "capacity_unit": "Places"})
    edit(desk, "activity", "BH-001", {"capacity": "1000", "capacity_unit": "Contacts"})
    found = service_map(desk, MapView("agency", measure=Measure.COST_PER_PLACE))
    assert found.matrix.row_totals == (2_500_00, None)
    assert (found.matrix.total, found.uncounted) == (2_500_00, 4)


def test_costs_per_head_take_the_people_of_the_cell(desk):
    people = {("5", "12"): 8_000, ("13", "19"): 5_500}
    desk.apply(
        Action.EDIT,
        "Populations",
        [
            created("population", {"age_from": int(low), "age_to": int(high), "people": number})
            for (low, high), number in people.items()
        ],
    )
    matrix = service_map(desk, MapView("age_band", "tier", Measure.COST_PER_HEAD)).matrix
    assert matrix.row_totals == (None, 1719, 2500)
    assert matrix.total == 2037
    assert matrix.cells[2][1] == 2500


@pytest.fixture
def unlike(desk):
    """A borough of two areas of a thousand children each, of which one has little that is targeted."""
    for name in ("North", "South"):
        add_entry(desk, "area", Word(name))
    north, south = (desk.lists.find("area", name) for name in ("North", "South"))
    people = [
        created("population", {"area": area, "age_from": 0, "age_to": 25, "people": 1_000, "source": "Census"})
        for area in (north, south)
    ]
    services = [
        activity(f"u-{area}", f"AR-{at}", "Youth work", agency=COUNCIL, provider=OAK, value=value, areas=(area,))
        for at, (area, value) in enumerate(((north, 90_000_00), (south, 12_000_00)))
    ]
    add(desk, *people, *services)
    return desk


@pytest.mark.parametrize("measure", [Measure.MONEY, Measure.COST_PER_HEAD])
@pytest.mark.parametrize(("rows", "columns"), [("area", "tier"), ("tier", "area")])
def test_cells_with_little_for_each_head_bear_a_sign(unlike, measure, rows, columns):
    found = service_map(unlike, MapView(rows, columns, measure))
    ((place, said),) = low_cells(unlike, found).items()
    labels = found.matrix.rows[place[0]], found.matrix.columns[place[1]]
    assert set(labels) == {"South", "Targeted"}
    assert said == "£12 a head, the mean is £51"
    assert low_cells(unlike, service_map(unlike, MapView("outcome", "tier"))) == {}
    assert low_cells(unlike, service_map(unlike, MapView(rows, columns, Measure.ACTIVITIES))) == {}


def test_a_filter_makes_no_gap_of_what_is_bought_by_somebody_else(desk):
    add(desk, created("need", {"title": "Somebody to talk to", "outcome": "be_healthy", "tier": "targeted"}))
    hospital = Filter("agency", "any of", (HOSPITAL,)), Filter("reference", "any of", ("nothing",))
    assert gap_cells(desk, service_map(desk, MapView("outcome", "tier", filters=hospital))) == {}
    assert "no service" not in {gap.kind for gap in find_gaps(desk, Asked(filters=hospital))}
    add(desk, created("need", {"title": "A refuge", "outcome": "be_healthy", "tier": "specialist"}))
    found = service_map(desk, MapView("outcome", "tier", filters=hospital))
    assert gap_cells(desk, found) == {(0, 2): "A refuge"}
    assert [gap.need for gap in find_gaps(desk, Asked(filters=hospital)) if gap.kind == "no service"] == ["A refuge"]


def test_a_gap_of_what_is_low_leads_to_what_is_bought_there(unlike):
    kinds = [gap.kind for gap in find_gaps(unlike)]
    assert references_behind(unlike, "Gaps", kinds.index("thin"), "Far below the mean", date(2026, 6, 1)) == ["AR-1"]


def test_what_is_low_for_each_head_is_signed_on_paper_and_in_the_workbook(unlike, tmp_path):
    found = service_map(unlike, MapView("area", "tier"))
    paper = map_paper(unlike, found)
    assert paper.notes[-1] == ("Low per head", "South, Targeted: £12 a head, the mean is £51.")
    write_map(unlike, found, tmp_path / "map.pdf")
    assert any("1, low" in page.extract_text() for page in PdfReader(tmp_path / "map.pdf").pages)
    write_map(unlike, found, tmp_path / "map.xlsx")
    cells = [cell for row in load_workbook(tmp_path / "map.xlsx").worksheets[0] for cell in row]
    (low,) = (cell for cell in cells if "▼ low" in cell.number_format)
    assert low.value == 12_000, "it stays a number"


def add(desk, *changes):
    desk.apply(Action.EDIT, "More", changes)


def test_money_two_partners_report_is_counted_once_when_confirmed(desk):
    add(desk, activity("u-again", "BH-003", "Nursing in school", agency=HOSPITAL, provider="u-oak", value=120_000_00))
    (pair,) = find_overlaps(desk).passed_on
    assert (pair.payer.uid, pair.partner.uid, pair.amount) == (NURSING, "u-again", 120_000_00)
    assert service_map(desk, MapView("tier")).matrix.total == TOTAL + 120_000_00
    step = mark_money(desk, NURSING, "u-again", same=True)
    found = service_map(desk, MapView("tier"))
    assert (found.matrix.total, found.passed_on) == (TOTAL, 120_000_00)
    assert find_overlaps(desk).passed_on == ()
    undo(desk, step.uid)
    mark_money(desk, NURSING, "u-again", same=False)
    assert service_map(desk, MapView("tier")).matrix.total == TOTAL + 120_000_00
    assert find_overlaps(desk).passed_on == ()


def test_an_intended_overlap_does_not_come_back_until_the_mark_is_taken_back(desk):
    before = find_overlaps(desk)
    assert {frozenset((it.first.uid, it.second.uid)) for it in before.open} >= {frozenset((SESSIONS, CLINIC))}
    with pytest.raises(DeskError, match="why"):
        mark_intended(desk, SESSIONS, CLINIC, " ")
    mark_intended(desk, SESSIONS, CLINIC, "Two ways in, by design")
    after = find_overlaps(desk)
    assert len(after.open) == len(before.open) - 1
    assert [it.reason for it in after.intended] == ["Two ways in, by design"]
    unmark(desk, Question.OVERLAP, CLINIC, SESSIONS)
    assert find_overlaps(desk) == before


def test_no_gap_is_not_told_where_no_need_was_entered(desk, tmp_path):
    print_question(desk, "gaps", tmp_path / "gaps.pdf")
    text = " ".join(PdfReader(tmp_path / "gaps.pdf").pages[0].extract_text().split())
    assert "Gaps cannot be told yet" in text
    assert "No need without a service" not in text


def test_a_need_is_a_gap_until_something_meets_it(desk):
    need = {"title": "Somewhere to go", "outcome": "enjoy_and_achieve", "tier": "universal", "age_from": 8}
    add(desk, created("need", {**need, "age_to": 13, "lead": HOSPITAL, "source": "A survey"}))
    gap = find_gaps(desk)[0]
    assert (gap.kind, gap.need, gap.lead) == ("no service", "Somewhere to go", "Birch Hospital Trust")
    edit(desk, "activity", "AC-003", {"main_outcome": "Enjoy and achieve", "tier": "Universal"})
    assert all(it.kind != "no service" for it in find_gaps(desk))


def test_market_and_resource_are_those_of_the_borough(desk):
    found = find_market(desk)
    assert [(it.name, it.amount) for it in found.providers][:2] == [
        ("Birch Hospital Trust", 120_000_00),
        ("Oak Families Ltd", 100_000_00),
    ]
    assert (found.amount, found.since) == (TOTAL, "")
    resource = find_resource(desk)
    assert (resource.total.posts, resource.total.cost, resource.total.commissioned) == (2, 45_000_00, TOTAL)


def test_without_a_round_sent_there_is_nothing_to_reconcile(desk):
    assert reconcile_rounds(desk, date(2026, 3, 31)) is None
    start_round(desk, "Baseline", date(2026, 3, 31), date(2026, 5, 15))
    assert reconcile_rounds(desk, date(2026, 3, 31)) is None


def test_deleting_an_activity_takes_its_weights_and_marks_along(desk):
    from ctdesk.services.deleting import delete_record

    add(desk, created("weight", {"activity": CLINIC, "dimension": "tier", "bucket": "targeted", "weight": 1}))
    mark_intended(desk, SESSIONS, CLINIC, "By design")
    delete_record(desk, "activity", CLINIC)
    assert desk.load("weight") == {} == desk.load("mark")
