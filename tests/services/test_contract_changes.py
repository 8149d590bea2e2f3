"""What is done with agreements: one change set each, and undo brings back what was."""

from datetime import date
from decimal import Decimal

import pytest
from ctdesk.domain.changes import Action
from ctdesk.domain.definition import DEFINITIONS
from ctdesk.domain.errors import DeskError
from ctdesk.domain.records.agreement_terms import ExtensionState
from ctdesk.services.adding import add
from ctdesk.services.contract_changes import (
    decide_extension,
    draft_successor,
    next_extension,
    record_decision,
    terminate,
)
from ctdesk.services.contract_uplift import preview_uplift, typed_percent, uplift
from ctdesk.services.contracts import register
from ctdesk.services.deleting import delete_record
from ctdesk.services.documents import keep_document, link_document, write_document
from ctdesk.services.editing import edit
from ctdesk.services.notes import notes
from ctdesk.services.past import past, undo
from ctdesk.services.records import duplicate, end_record, record
from tests.services.small_borough import COUNCIL
from tests.services.small_register import FIRST, PARENTS, PLAY, SCHOOL, SECOND, TODAY, part, small_register

PERCENT = Decimal("3.5")


@pytest.fixture(autouse=True)
def _register(desk):
    desk.apply(Action.EDIT, "Take over the register", small_register())


def line(desk, uid=SCHOOL, on=TODAY):
    return register(desk, on, [uid])[0]


def test_exercising_an_extension_moves_the_end_and_undo_moves_it_back(desk):
    decide_extension(desk, SECOND, ExtensionState.EXERCISED, TODAY, "The board agreed.")
    assert line(desk).life.end == date(2027, 12, 31)
    assert line(desk).state == "running"
    undo(desk, str(past(desk)[0].number))
    assert line(desk).life.end == date(2026, 12, 31)


def test_a_declined_extension_moves_nothing_and_is_no_longer_possible(desk):
    decide_extension(desk, SECOND, ExtensionState.DECLINED, TODAY)
    assert line(desk).life.latest_end.day == date(2026, 12, 31)


def test_an_extension_is_decided_once_and_in_its_turn(desk):
    with pytest.raises(DeskError, match="exercised already"):
        decide_extension(desk, FIRST, ExtensionState.DECLINED, TODAY)
    add(desk, "extension", {"agreement": "CON-0042", "number": "3", "end": "31/12/2028", "state": "drafted"})
    third = next(uid for uid, values in desk.load("extension").items() if values["number"] == 3)
    with pytest.raises(DeskError, match="extension 2 first"):
        decide_extension(desk, third, ExtensionState.EXERCISED, TODAY)


def test_a_decision_sets_the_plan_and_is_kept_in_words(desk):
    record_decision(desk, SCHOOL, "use an extension", "As the audit advised.", TODAY)
    assert line(desk).life.decide_by.day == date(2026, 6, 11)
    assert notes(desk, "agreement", SCHOOL)[0].words == "Decided on 18/05/2026: use an extension. As the audit advised."


def test_an_uplift_raises_the_value_from_its_day_and_keeps_the_past(desk):
    first = date(2026, 7, 1)
    assert [it.after for it in preview_uplift(desk, [SCHOOL], PERCENT, first)] == [130_824_000]
    uplift(desk, [SCHOOL], PERCENT, first, "Pay award")
    assert line(desk, on=date(2026, 6, 30)).life.annual_value == 126_400_000
    assert line(desk, on=first).life.annual_value == 130_824_000
    assert line(desk).life.total_value == 4 * 126_400_000 + (130_824_000 - 126_400_000) // 2


def test_an_uplift_of_nothing_is_refused_by_name(desk):
    with pytest.raises(DeskError, match="Parents and play CON-0050"):
        uplift(desk, [SCHOOL, PLAY], PERCENT, TODAY, "Pay award")


def test_what_is_over_or_raised_from_that_day_already_is_not_raised_again(desk):
    first = date(2026, 10, 1)
    uplift(desk, [SCHOOL], PERCENT, first, "Pay award")
    reasons = {it.uid: it.left_out for it in preview_uplift(desk, [SCHOOL, PARENTS, PLAY], PERCENT, first)}
    assert reasons[SCHOOL] == "has an uplift from 01/10/2026 already; alter that one"
    assert "no annual value" in reasons[PLAY]
    edit(desk, "agreement", "CON-0043", {"annual_value": "50000"})
    assert preview_uplift(desk, [PARENTS], PERCENT, first)[0].left_out == "is ended by 01/10/2026"
    with pytest.raises(DeskError, match="School nursing CON-0042 has an uplift"):
        uplift(desk, [SCHOOL], Decimal(2), first, "Again")


def test_ending_early_needs_its_reason_notice_and_plan(desk):
    words = {"notice_given_on": date(2026, 5, 1), "reason": "Closed", "plan": "Moved to the clinic"}
    with pytest.raises(DeskError, match="not all is said"):
        terminate(desk, SCHOOL, date(2026, 8, 31), **{**words, "plan": " "})
    with pytest.raises(DeskError, match="before the notice"):
        terminate(desk, SCHOOL, date(2026, 4, 30), **words)
    terminate(desk, SCHOOL, date(2026, 8, 31), **words)
    assert line(desk).state == "notice period"
    assert line(desk, on=date(2026, 9, 1)).state == "terminated"


@pytest.mark.parametrize(
    ("kind", "which", "typed", "said"),
    [
        ("agreement", "CON-0042", {"terminated_on": "1/9/2026"}, "not all is said"),
        ("extension", SECOND, {"state": "exercised"}, "not when"),
        ("concern", "c-one", {"step": "improvement plan"}, "no day by which"),
    ],
)
def test_what_an_edit_asks_for_besides_cannot_be_left_out(kind, which, typed, said, desk):
    desk.apply(Action.EDIT, "Concern", [part("concern", "c-one", what="Late", raised_on=TODAY, step="formal notice")])
    with pytest.raises(DeskError, match=said):
        edit(desk, kind, which, typed, why="At once")


def test_nor_where_something_is_added(desk):
    with pytest.raises(DeskError, match="not to what"):
        add(desk, "variation", {"agreement": "CON-0042", "what": "value", "from_date": "1/1/2027", "reason": "More"})
    with pytest.raises(DeskError, match="not when"):
        add(desk, "extension", {"agreement": "CON-0042", "number": "3", "end": "31/12/2028", "state": "exercised"})


def test_a_reference_is_an_agreement_of_its_own_within_its_agency(desk):
    twin = {"reference": "con-0042", "title": "Twin", "type": "Contract", "provider": "Oak"}
    with pytest.raises(DeskError, match="con-0042 is already the reference of School nursing"):
        add(desk, "agreement", {**twin, "agency": "Alder Council"})
    _, uid = add(desk, "agreement", {**twin, "agency": "Another partner"})
    with pytest.raises(DeskError, match="already the reference"):
        edit(desk, "agreement", uid, {"agency": desk.show(DEFINITIONS["agreement"]["agency"], COUNCIL)})


def test_a_successor_follows_on_the_next_day_for_as_long(desk):
    uid = draft_successor(desk, SCHOOL, TODAY)
    draft = record(desk, "agreement", uid)
    assert (draft["start"], draft["end"]) == (date(2027, 1, 1), date(2029, 12, 31))
    assert draft["provider"] is None
    assert line(desk, uid).state == "draft"
    assert line(desk).successor == uid
    assert not any(it.rule.startswith("successor") for it in line(desk).findings)
    with pytest.raises(DeskError, match="already"):
        draft_successor(desk, SCHOOL, TODAY)


def test_a_kept_document_comes_back_byte_for_byte(desk, tmp_path):
    path = tmp_path / "signed.pdf"
    path.write_bytes(b"%PDF signed")
    kept = keep_document(desk, SCHOOL, path)
    path.unlink()
    assert write_document(desk, kept, tmp_path).read_bytes() == b"%PDF signed"


def test_a_linked_document_is_not_in_the_file(desk, tmp_path):
    linked = link_document(desk, SCHOOL, r"S:\contracts\signed.pdf", "Signed contract")
    with pytest.raises(DeskError, match="not kept"):
        write_document(desk, linked, tmp_path)


def test_an_agreement_is_deleted_with_its_parts(desk):
    delete_record(desk, "agreement", SCHOOL)
    assert not desk.load("extension")
    undo(desk, str(past(desk)[0].number))
    assert line(desk).life.end == date(2026, 12, 31)


def test_adding_makes_the_names_it_needs(desk):
    kind, uid = add(
        desk, "agreement", {"title": "Play", "agency": "Alder Council", "provider": "Rowan Play", "type": "Grant"}
    )
    assert kind == "agreement"
    made = record(desk, "agreement", uid)
    assert desk.names["organisation"].name(made["provider"]) == "Rowan Play"
    assert desk.organisations[made["provider"]]["is_provider"]


def test_actions_are_numbered_and_linked_by_reference(desk):
    _, uid = add(desk, "action", {"title": "Visit", "owner": "Officer", "due": "1/9/2026", "agreement": "CON-0042"})
    _, other = add(desk, "action", {"title": "Write", "owner": "Officer", "due": "1/9/2026"})
    assert [record(desk, "action", it)["number"] for it in (uid, other)] == ["1", "2"]
    assert record(desk, "action", uid)["agreement"] == SCHOOL
    with pytest.raises(DeskError, match="Review: “nothing” is not known"):
        add(desk, "action", {"title": "See", "review": "nothing"})


def test_an_action_takes_the_agreement_of_the_review_it_came_from(desk):
    visits = [part("review", uid, held_on=date(2026, 4, 1), what="visit") for uid in ("r-one", "r-two")]
    desk.apply(Action.EDIT, "Two visits of a day", visits)
    typed = {"title": "Fill the post", "owner": "Manager", "due": "1/6/2026"}
    _, uid = add(desk, "action", {**typed, "review": "CON-0042, 01/04/2026 (2)"})
    assert {name: record(desk, "action", uid)[name] for name in ("review", "agreement", "state")} == {
        "review": "r-two", "agreement": SCHOOL, "state": "open",
    }  # fmt: skip
    assert record(desk, "action", add(desk, "action", {**typed, "review": "r-one"})[1])["review"] == "r-one"


def test_a_copy_is_a_draft_of_its_own(desk):
    copy = duplicate(desk, "agreement", PARENTS)
    made = record(desk, "agreement", copy)
    assert made["title"] == "Parent sessions (copy)"
    assert (made["reference"], made["successor"], made["signed_on"]) == (None, None, None)
    assert line(desk, copy).state == "draft"


def test_an_end_is_not_typed_over_the_term(desk):
    with pytest.raises(DeskError, match="open it and choose there"):
        end_record(desk, "agreement", SCHOOL, TODAY)


def test_the_next_extension_is_the_first_still_drafted(desk):
    assert next_extension(desk, SCHOOL) == SECOND
    decide_extension(desk, SECOND, ExtensionState.DECLINED, TODAY)
    assert next_extension(desk, SCHOOL) is None


@pytest.mark.parametrize(
    ("typed", "percent"), [("3.5", "3.50"), ("2.75", "2.75"), ("2 %", "2.00"), ("-1.5%", "-1.50"), ("−2", "-2.00")]
)
def test_percentages_are_kept_in_hundredths(typed, percent):
    assert str(typed_percent(typed)) == percent


def test_an_uplift_to_the_hundredth_is_worth_what_it_says(desk):
    done = uplift(desk, [SCHOOL], Decimal("2.75"), date(2026, 7, 1), "Pay award")
    assert done.title.startswith("Uplift of 2.75 per cent from 01/07/2026: 1 agreement")
    assert line(desk, on=date(2026, 7, 1)).life.annual_value == 129_876_000
    (kept,) = desk.load("variation").values()
    assert kept["percent"] == Decimal("2.75")


@pytest.mark.parametrize("typed", ["", "much", "3.555", "nan", "inf", "0", "0.00"])
def test_what_is_no_percentage_is_refused(typed):
    with pytest.raises(DeskError, match="Per cent"):
        typed_percent(typed)
