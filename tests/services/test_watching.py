"""Measures, reviews, concerns and the yearly rating of an agreement: what may be done, and what stands in its way."""

from datetime import date
from decimal import Decimal

import pytest
from ctdesk.domain.changes import Action, created
from ctdesk.domain.definition import Value
from ctdesk.domain.errors import DeskError
from ctdesk.domain.periods import read_period
from ctdesk.domain.records.agreement_watch import ActRating, ConcernStep
from ctdesk.services.act_ratings import give_rating, say_whether_it_applies
from ctdesk.services.adding import add
from ctdesk.services.concerns import settle, take_step
from ctdesk.services.deleting import delete_record
from ctdesk.services.desk import Desk
from ctdesk.services.editing import edit
from ctdesk.services.many import apply_preview, preview_edit, preview_paste
from ctdesk.services.measures import ask_until, offered, periods_to_set, set_targets, take_from_library, targets
from ctdesk.services.monitoring import start_period
from ctdesk.services.past import past, undo
from ctdesk.services.records import record, save_record
from ctdesk.services.reviewing import Agreed, agree_action, close_review, note_weakness, take_reply
from ctdesk.services.watching import next_steps, weaknesses
from tests.services.monitored_borough import HOMES, SEEN, TALK, WAIT, monitored

LIBRARY, REVIEW, CONCERN = "lib-dna", "rev-1", "con-1"
HELD_ON = date(2026, 6, 10)


@pytest.fixture
def ready(desk: Desk) -> Desk:
    """The small borough with agreements, a measure of the library, a review and a concern."""
    organisations = list(desk.load("organisation"))
    library: dict[str, Value] = {"name": "Missed appointments", "unit": "%", "polarity": "low"}
    review: dict[str, Value] = {"agreement": TALK, "held_on": HELD_ON, "what": "visit"}
    concern: dict[str, Value] = {
        "agreement": TALK, "what": "Waiting has doubled", "raised_on": date(2026, 5, 1), "step": "concern raised",
    }  # fmt: skip
    desk.apply(Action.EDIT, "Add agreements", monitored(organisations[0], organisations[1], organisations[2]))
    more = [
        created("measure", library, LIBRARY),
        created("review", review, REVIEW),
        created("concern", concern, CONCERN),
    ]
    desk.apply(Action.EDIT, "Watch over them", more)
    desk.workspace.changed = False
    return desk


def why(desk: Desk) -> str:
    """Return the reason of the newest step."""
    return str(past(desk)[0].why)


def test_a_measure_is_taken_from_the_library_once(ready: Desk) -> None:
    assert [one.name for one in offered(ready, TALK)] == ["Missed appointments"]
    agreed: dict[str, Value] = {
        "frequency": "quarterly", "shape": "the same each period", "target": Decimal(8), "weight": 2,
    }  # fmt: skip
    uid = take_from_library(ready, TALK, LIBRARY, agreed)
    held = record(ready, "agreement_measure", uid)
    assert (held["name"], held["unit"], held["polarity"], held["weight"]) == ("Missed appointments", "%", "low", 2)
    assert offered(ready, TALK) == []
    assert len(offered(ready, HOMES)) == 1
    with pytest.raises(DeskError, match="already"):
        take_from_library(ready, TALK, LIBRARY, agreed)
    with pytest.raises(DeskError, match="Reported cannot be empty"):
        take_from_library(ready, HOMES, LIBRARY, {"shape": "by period"})


def test_a_retired_measure_is_offered_no_longer(ready: Desk) -> None:
    edit(ready, "measure", LIBRARY, {"retired": "yes"})
    assert offered(ready, TALK) == []
    with pytest.raises(DeskError, match="retired"):
        take_from_library(ready, TALK, LIBRARY, {})


def test_targets_by_period_go_out_with_the_workbook(ready: Desk) -> None:
    set_targets(ready, SEEN, {"2026-Q1": Decimal(250), "2026-Q2": Decimal(270)})
    set_targets(ready, SEEN, {"2026-Q2": None})
    assert targets(ready, SEEN) == {"2026-Q1": Decimal(250)}
    assert set_targets(ready, SEEN, {"2026-Q1": Decimal(250)}) is None
    start_period(ready, read_period("2026-Q1"))
    assert [v["target"] for v in ready.load("measure_result", measure=SEEN).values()] == [Decimal(250)]


def test_targets_are_set_from_the_period_that_ended_last() -> None:
    told = {
        often: periods_to_set({"frequency": often}, date(2026, 11, 22))
        for often in ("quarterly", "half-yearly", "yearly")
    }
    assert [one.code for one in told["quarterly"]] == [
        "2026-Q2", "2026-Q3", "2026-Q4", "2027-Q1", "2027-Q2", "2027-Q3",
    ]  # fmt: skip
    assert [one.code for one in told["half-yearly"]] == ["2026-H1", "2026-H2", "2027-H1"]
    assert [one.code for one in told["yearly"]] == ["2025-Y", "2026-Y", "2027-Y"]


def test_a_measure_asked_for_no_longer_is_left_out(ready: Desk) -> None:
    ask_until(ready, WAIT, "2026-Q1")
    start_period(ready, read_period("2026-Q2"))
    assert not ready.load("measure_result", measure=WAIT)
    edit(ready, "agreement_measure", SEEN, {"from_period": "2026-Q3"})
    with pytest.raises(DeskError, match="comes before"):
        ask_until(ready, SEEN, "2026-Q1")


def test_measures_and_targets_are_added_on_the_command_line(ready: Desk) -> None:
    words = {"agreement": "NH-010", "measure": "Missed appointments", "name": "Missed", "unit": "%", "polarity": "low"}
    _, uid = add(ready, "agreement_measure", {**words, "frequency": "quarterly", "shape": "by period", "target": "8"})
    assert record(ready, "agreement_measure", uid)["target"] == Decimal(8)
    add(ready, "measure_target", {"measure": uid, "period": "2026-Q1", "target": "7.5"})
    assert record(ready, "agreement_measure", uid)["measure"] == LIBRARY
    assert targets(ready, uid) == {"2026-Q1": Decimal("7.50")}


def test_a_measure_is_deleted_with_its_targets_but_not_with_results(ready: Desk) -> None:
    set_targets(ready, SEEN, {"2026-Q1": Decimal(250)})
    delete_record(ready, "agreement_measure", SEEN)
    assert not ready.load("measure_target")
    start_period(ready, read_period("2026-Q1"))
    with pytest.raises(DeskError, match="result"):
        delete_record(ready, "agreement_measure", WAIT)


def test_a_review_is_closed_once_every_weakness_has_its_action(ready: Desk) -> None:
    first = note_weakness(ready, REVIEW, "No audit of safer recruitment")
    note_weakness(ready, REVIEW, "Rota has gaps", Agreed("Fill the rota", "Service manager", date(2026, 7, 31)))
    with pytest.raises(DeskError, match="“No audit of safer recruitment” has no action with an owner and a date"):
        close_review(ready, REVIEW, date(2026, 7, 1))
    with pytest.raises(DeskError, match="no action"):
        edit(ready, "review", REVIEW, {"closed_on": "01/07/2026"})
    with pytest.raises(DeskError, match="no action"):
        save_record(ready, "review", REVIEW, {"closed_on": None}, {"closed_on": date(2026, 7, 1)})
    with pytest.raises(DeskError, match="Owner"):
        agree_action(ready, first, Agreed("Audit it", "", date(2026, 8, 1)))
    with pytest.raises(DeskError, match="Due"):
        agree_action(ready, first, Agreed("Audit it", "Quality lead", None))
    agree_action(ready, first, Agreed("Audit it", "Quality lead", date(2026, 8, 1)))
    close_review(ready, REVIEW, date(2026, 7, 1))
    assert [(one.owner, one.state) for one in weaknesses(ready, REVIEW)] == [
        ("Quality lead", "open"), ("Service manager", "open"),
    ]  # fmt: skip
    actions = ready.load("action", review=REVIEW).values()
    assert {(it["agreement"], it["number"]) for it in actions} == {(TALK, "19"), (TALK, "20")}
    with pytest.raises(DeskError, match="closed"):
        note_weakness(ready, REVIEW, "One more")


def test_the_action_on_which_a_review_was_closed_keeps_its_owner_and_date(ready: Desk) -> None:
    note_weakness(ready, REVIEW, "Rota has gaps", Agreed("Fill the rota", "Service manager", date(2026, 7, 31)))
    close_review(ready, REVIEW, date(2026, 7, 1))
    ((action, held),) = ready.load("action", review=REVIEW).items()
    for field, label in (("owner", "Owner"), ("due", "Due"), ("title", "Action")):
        with pytest.raises(DeskError, match=f"{label} cannot be empty"):
            save_record(ready, "action", action, held, {field: None})
    with pytest.raises(DeskError, match="weakness"):
        delete_record(ready, "action", action)


def test_an_agreement_comes_neither_after_nor_under_itself(ready: Desk) -> None:
    with pytest.raises(DeskError, match="would be its own successor; choose another under Successor"):
        edit(ready, "agreement", TALK, {"successor": "NH-010"})
    save_record(ready, "agreement", TALK, {"successor": None}, {"successor": HOMES})
    with pytest.raises(DeskError, match="would be its own successor in the end"):
        save_record(ready, "agreement", HOMES, {"successor": None}, {"successor": TALK})
    with pytest.raises(DeskError, match="would be called off from itself"):
        save_record(ready, "agreement", HOMES, {"framework": None}, {"framework": HOMES})


def test_an_action_is_not_done_without_its_day(ready: Desk) -> None:
    note_weakness(ready, REVIEW, "Rota has gaps", Agreed("Fill the rota", "Service manager", date(2026, 7, 31)))
    ((action, held),) = ready.load("action", review=REVIEW).items()
    with pytest.raises(DeskError, match="The action is done, but not when"):
        edit(ready, "action", action, {"state": "done"})
    with pytest.raises(DeskError, match="not when"):
        save_record(ready, "action", action, held, {"state": "done"})
    assert "not when" in preview_edit(ready, "action", [action], {"state": "done"}).cells[0].refused
    edit(ready, "action", action, {"state": "done", "done_on": "30/07/2026"})
    with pytest.raises(DeskError, match="not when"):
        edit(ready, "action", action, {"done_on": "clear"})


def test_a_review_is_not_closed_before_it_took_place(ready: Desk) -> None:
    with pytest.raises(DeskError, match="took place on 10/06/2026"):
        close_review(ready, REVIEW, date(2026, 6, 9))


def test_the_reply_of_the_provider_is_kept_with_its_day(ready: Desk) -> None:
    with pytest.raises(DeskError, match="empty"):
        take_reply(ready, REVIEW, " ", date(2026, 6, 20))
    take_reply(ready, REVIEW, "We had nine staff, not eight.", date(2026, 6, 20))
    held = record(ready, "review", REVIEW)
    assert (held["reply"], held["replied_on"]) == ("We had nine staff, not eight.", date(2026, 6, 20))


def test_a_concern_climbs_one_step_at_a_time_with_its_reason(ready: Desk) -> None:
    with pytest.raises(DeskError, match="after “concern raised” comes “formal notice”"):
        take_step(ready, CONCERN, ConcernStep.PLAN, date(2026, 6, 1), "No change", due=date(2026, 9, 1))
    with pytest.raises(DeskError, match="Say why"):
        take_step(ready, CONCERN, ConcernStep.NOTICE, date(2026, 6, 1), " ")
    with pytest.raises(DeskError, match="since 01/05/2026"):
        take_step(ready, CONCERN, ConcernStep.NOTICE, date(2026, 4, 1), "No change")
    take_step(ready, CONCERN, ConcernStep.NOTICE, date(2026, 6, 1), "No change in a month")
    assert why(ready) == "No change in a month"
    with pytest.raises(DeskError, match="no day by which"):
        take_step(ready, CONCERN, ConcernStep.PLAN, date(2026, 7, 1), "Notice not answered")
    plan = {"plan": "Two posts filled", "due": date(2026, 9, 1)}
    take_step(ready, CONCERN, ConcernStep.PLAN, date(2026, 7, 1), "Notice not answered", **plan)  # type: ignore[arg-type]
    assert next_steps(record(ready, "concern", CONCERN)) == (ConcernStep.TERMINATION, ConcernStep.DECOMMISSIONING)
    take_step(ready, CONCERN, ConcernStep.TERMINATION, date(2026, 9, 2), "Plan not kept")
    undo(ready, past(ready)[0].uid)
    held = record(ready, "concern", CONCERN)
    assert (held["step"], held["step_on"]) == ("improvement plan", date(2026, 7, 1))
    settle(ready, CONCERN, date(2026, 9, 3), "Posts filled")
    assert next_steps(record(ready, "concern", CONCERN)) == ()


def test_a_step_is_not_typed_past_the_ladder(ready: Desk) -> None:
    with pytest.raises(DeskError, match="one step at a time"):
        edit(ready, "concern", CONCERN, {"step": "improvement plan", "due": "01/09/2026"}, why="Quick")
    with pytest.raises(DeskError, match="say why"):
        save_record(ready, "concern", CONCERN, {"step": "concern raised"}, {"step": "formal notice"})
    edit(ready, "concern", CONCERN, {"step": "formal notice", "step_on": "01/06/2026"}, why="No change in a month")
    assert record(ready, "concern", CONCERN)["step"] == "formal notice"


def test_what_is_added_is_held_to_the_same_as_what_is_edited(ready: Desk) -> None:
    above = {"agreement": "NH-010", "what": "Reports are late", "raised_on": "01/06/2026"}
    with pytest.raises(DeskError, match="begins at “concern raised”"):
        add(ready, "concern", above | {"step": "proposal to terminate", "due": "01/09/2026"})
    _, begun = add(ready, "concern", above)
    assert record(ready, "concern", begun)["step"] == "concern raised"
    with pytest.raises(DeskError, match="what came of"):
        add(ready, "concern", above | {"closed_on": "02/06/2026"})
    with pytest.raises(DeskError, match="since 01/06/2026"):
        edit(ready, "concern", begun, {"closed_on": "31/05/2026", "outcome": "Put right"})
    review = {"agreement": "NH-010", "held_on": "10/06/2026", "what": "Visit"}
    with pytest.raises(DeskError, match="cannot be closed before"):
        add(ready, "review", review | {"closed_on": "09/06/2026"})
    _, closed = add(ready, "review", review | {"closed_on": "10/06/2026"})
    with pytest.raises(DeskError, match="closed; open it again"):
        add(ready, "weakness", {"review": closed, "what": "No cover"})


def test_concerns_pasted_into_a_list_are_held_to_it_too(ready: Desk) -> None:
    columns, given = ["what", "raised_on", "step"], {"agreement": TALK}
    pasted = preview_paste(
        ready, "concern", [], columns, [["Late", "01/06/2026", "formal notice"]], given=given
    )  # fmt: skip
    with pytest.raises(DeskError, match="begins at"):
        apply_preview(ready, pasted)
    climbed = preview_edit(ready, "concern", [CONCERN], {"step": "proposal to decommission", "due": "1/9/2026"})
    with pytest.raises(DeskError, match="one step at a time"):
        apply_preview(ready, climbed, why="At once")


def test_the_rating_of_the_year_is_owed_only_where_it_applies(ready: Desk) -> None:
    with pytest.raises(DeskError, match="Say first"):
        give_rating(ready, TALK, ActRating.GOOD, date(2026, 4, 1), "Every target met")
    with pytest.raises(DeskError, match="Say why"):
        say_whether_it_applies(ready, TALK, applies=False)
    with pytest.raises(DeskError, match="without a reason"):
        edit(ready, "agreement", TALK, {"act_rating_applies": "No"})
    say_whether_it_applies(ready, TALK, applies=False, reason="Light-touch contract")
    with pytest.raises(DeskError, match="without a reason"):
        edit(ready, "agreement", TALK, {"act_rating_reason": "clear"})
    assert record(ready, "agreement", TALK)["act_rating_reason"] == "Light-touch contract"
    say_whether_it_applies(ready, TALK, applies=True)
    assert record(ready, "agreement", TALK)["act_rating_reason"] is None
    give_rating(ready, TALK, ActRating.APPROACHING, date(2026, 4, 1), "One of three targets missed")
    with pytest.raises(DeskError, match="01/04/2026 already"):
        give_rating(ready, TALK, ActRating.GOOD, date(2026, 4, 1), "Again")


def test_an_agreement_goes_with_its_reviews_weaknesses_and_their_actions(ready: Desk) -> None:
    note_weakness(ready, REVIEW, "Rota has gaps", Agreed("Fill the rota", "Service manager", date(2026, 7, 31)))
    set_targets(ready, SEEN, {"2026-Q1": Decimal(250)})
    delete_record(ready, "agreement", TALK)
    assert not ready.load("weakness")
    assert not ready.load("measure_target")
