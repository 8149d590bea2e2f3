"""The history, and taking steps back: later edits become conflicts, never losses."""

import tempfile
from pathlib import Path

import pytest
from ctdesk.db.check import check
from ctdesk.db.history import UndoPlan, change_sets, changes_of, find_change_set, plan_undo
from ctdesk.db.queries import load
from ctdesk.db.workspace import Workspace
from ctdesk.db.writer import apply
from ctdesk.domain.changes import Action, RecordChange, created, deleted, updated
from ctdesk.domain.definition import Value
from ctdesk.domain.errors import DeskError
from ctdesk.domain.records import DEFINITIONS
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.db.desk_rows import everything, step, values_of

CODED = ("a", "b", "c")


def last(workspace: Workspace) -> str:
    return change_sets(workspace)[0].uid


def undo(workspace: Workspace, uid: str) -> UndoPlan:
    plan = plan_undo(workspace, uid)
    apply(workspace, step(*plan.changes, action=Action.UNDO, undoes=uid))
    return plan


def edit(workspace: Workspace, kind: str, uid: str, **after: Value) -> str:
    apply(workspace, step(updated(kind, uid, load(workspace, kind)[uid], after)))
    return last(workspace)


def drop(workspace: Workspace, kind: str, uid: str) -> str:
    apply(workspace, step(deleted(kind, uid, load(workspace, kind)[uid])))
    return last(workspace)


@pytest.fixture
def activity(workspace: Workspace) -> str:
    """An activity of an organisation that came with it in the second step."""
    organisation = created("organisation", {"name": "Somewhere"})
    made = created("activity", {"title": "Mentoring", "annual_value": 100, "agency": organisation.uid})
    apply(workspace, step(organisation, made, title="Adopted", why="First register"))
    return made.uid


def test_history_tells_who_did_what_and_why(workspace: Workspace, activity: str) -> None:
    newest, first = change_sets(workspace)
    assert (newest.number, newest.title, newest.who, newest.why, newest.records) == (
        2,
        "Adopted",
        "sam",
        "First register",
        2,
    )
    assert (first.number, first.action) == (1, Action.NEW)
    assert [(it.kind, dict(it.before)) for it in changes_of(workspace, newest.uid)] == [
        ("organisation", {}),
        ("activity", {}),
    ]
    assert changes_of(workspace, newest.uid)[1].after["annual_value"] == 100


def test_a_step_is_found_by_number_uid_or_beginning(workspace: Workspace) -> None:
    apply(workspace, step(uid="feed-1", title="one"))
    apply(workspace, step(uid="feed-2", title="two"))
    apply(workspace, step(uid="bead-3", title="three"))
    found = [find_change_set(workspace, it).title for it in ("2", "#3", " feed-2 ", "BEAD")]
    assert found == ["one", "two", "two", "three"]
    for wanted in ("feed", "99", "", "#"):
        with pytest.raises(DeskError, match="ctdesk history"):
            find_change_set(workspace, wanted)


@pytest.mark.usefixtures("activity")
def test_an_undone_step_says_so_until_the_undo_is_undone(workspace: Workspace) -> None:
    before = everything(workspace)
    step_uid = last(workspace)
    undo(workspace, step_uid)
    undo_uid = last(workspace)
    assert change_sets(workspace)[1].undone_by == undo_uid
    assert load(workspace, "activity") == {}
    undo(workspace, undo_uid)
    assert change_sets(workspace)[2].undone_by is None
    assert everything(workspace) == before


def test_a_later_edit_of_the_same_field_is_a_conflict(workspace: Workspace, activity: str) -> None:
    first = edit(workspace, "activity", activity, annual_value=200, comments="Doubled")
    edit(workspace, "activity", activity, annual_value=300)
    plan = undo(workspace, first)
    (conflict,) = plan.conflicts
    assert (conflict.field, conflict.was, conflict.became, conflict.now) == ("annual_value", 100, 200, 300)
    held = load(workspace, "activity")[activity]
    assert (held["annual_value"], held["comments"]) == (300, None)


def test_a_later_edit_of_another_field_is_kept(workspace: Workspace, activity: str) -> None:
    first = edit(workspace, "activity", activity, annual_value=200)
    edit(workspace, "activity", activity, comments="Checked")
    assert undo(workspace, first).conflicts == ()
    held = load(workspace, "activity")[activity]
    assert (held["annual_value"], held["comments"]) == (100, "Checked")


def test_what_is_already_taken_back_asks_nothing(workspace: Workspace, activity: str) -> None:
    first = edit(workspace, "activity", activity, annual_value=200)
    edit(workspace, "activity", activity, annual_value=100)
    assert plan_undo(workspace, first) == UndoPlan((), ())


def test_a_new_record_edited_since_stays(workspace: Workspace, activity: str) -> None:
    made = last(workspace)
    edit(workspace, "activity", activity, comments="Ours now")
    plan = undo(workspace, made)
    assert {(it.kind, it.field) for it in plan.conflicts} == {("activity", "comments"), ("organisation", None)}
    # The organisation must stay as well, as the activity still names it.
    assert len(load(workspace, "organisation")) == len(load(workspace, "activity")) == 1


def test_a_new_record_others_link_to_since_stays(workspace: Workspace) -> None:
    organisation = created("organisation", {"name": "Somewhere"})
    apply(workspace, step(organisation))
    made = last(workspace)
    apply(workspace, step(created("team", {"name": "Night shift", "agency": organisation.uid})))
    (conflict,) = undo(workspace, made).conflicts
    assert (conflict.field, conflict.reason) == (None, "1 record links to it now")


def test_an_edit_of_a_record_deleted_since_is_a_conflict(workspace: Workspace, activity: str) -> None:
    first = edit(workspace, "activity", activity, annual_value=200)
    drop(workspace, "activity", activity)
    plan = plan_undo(workspace, first)
    assert plan.changes == ()
    assert [(it.uid, it.field) for it in plan.conflicts] == [(activity, None)]


def test_a_deleted_record_comes_back_whole(workspace: Workspace, activity: str) -> None:
    before = everything(workspace)
    assert undo(workspace, drop(workspace, "activity", activity)).conflicts == ()
    assert everything(workspace) == before


def test_a_deleted_record_made_again_since_is_a_conflict(workspace: Workspace, activity: str) -> None:
    dropped = drop(workspace, "activity", activity)
    apply(workspace, step(created("activity", {"title": "Another"}, activity)))
    plan = plan_undo(workspace, dropped)
    assert plan.changes == ()
    assert [it.reason for it in plan.conflicts] == ["it has been made again since"]


def test_a_record_does_not_come_back_to_a_link_that_leads_nowhere(workspace: Workspace, activity: str) -> None:
    agency = str(load(workspace, "activity")[activity]["agency"])
    dropped = drop(workspace, "activity", activity)
    drop(workspace, "organisation", agency)
    plan = plan_undo(workspace, dropped)
    assert plan.changes == ()
    assert [it.reason for it in plan.conflicts] == ["the organisation it was linked to is no longer there"]


def test_a_field_does_not_go_back_to_a_link_that_leads_nowhere(workspace: Workspace, activity: str) -> None:
    agency = str(load(workspace, "activity")[activity]["agency"])
    freed = edit(workspace, "activity", activity, agency=None, annual_value=7)
    drop(workspace, "organisation", agency)
    plan = undo(workspace, freed)
    assert [(it.field, it.was, it.now) for it in plan.conflicts] == [("agency", agency, None)]
    held = load(workspace, "activity")[activity]
    assert (held["agency"], held["annual_value"]) == (None, 100)


def test_a_record_that_held_nothing_comes_back_too(workspace: Workspace) -> None:
    blank = created("agreement_share", {})
    apply(workspace, step(blank))
    before = load(workspace, "agreement_share")
    dropped = drop(workspace, "agreement_share", blank.uid)
    assert undo(workspace, dropped).conflicts == ()
    assert load(workspace, "agreement_share") == before
    assert check(workspace) == []


def _coded() -> list[RecordChange]:
    lists = {field.list for definition in DEFINITIONS.values() for field in definition.fields if field.list}
    return [created("list_entry", {"list": name, "code": code, "label": code}) for name in lists for code in CODED]


def _any_step(data: st.DataObject, held: dict[str, dict[str, dict[str, Value]]]) -> list[RecordChange | None]:
    """Random creations, updates and deletions that fit what is held and leave every link whole."""
    linked = {kind: list(records) for kind, records in held.items()}
    kinds = st.sampled_from([kind for kind in DEFINITIONS if kind not in {"list_entry", "stored_file"}])
    changes: list[RecordChange | None] = [
        created(kind, data.draw(values_of(kind, linked))) for kind in data.draw(st.lists(kinds, max_size=4))
    ]
    targets = {field.target for definition in DEFINITIONS.values() for field in definition.fields} | {"list_entry"}
    for kind, records in held.items():
        for uid in data.draw(st.sets(st.sampled_from(sorted(records)), max_size=2)) if records else ():
            if kind not in targets and data.draw(st.booleans()):
                changes.append(deleted(kind, uid, records[uid]))
            elif kind != "list_entry":
                names = data.draw(st.sets(st.sampled_from(sorted(DEFINITIONS[kind].by_name)), min_size=1, max_size=4))
                changes.append(updated(kind, uid, records[uid], data.draw(values_of(kind, linked, sorted(names)))))
    return changes


@settings(max_examples=8, deadline=None, suppress_health_check=list(HealthCheck))
@given(data=st.data())
@pytest.mark.slow
def test_any_steps_taken_back_restore_what_was(data: st.DataObject) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "borough.ctdesk"
        with Workspace.create(path, step(*_coded())) as workspace:
            states = [everything(workspace)]
            for _ in range(data.draw(st.integers(1, 4))):
                apply(workspace, step(*_any_step(data, states[-1])))
                states.append(everything(workspace))
            assert check(workspace) == []
            uids = [line.uid for line in change_sets(workspace)]
        with Workspace.open(path) as workspace:
            assert everything(workspace) == states[-1]
            for uid, before in zip(uids, reversed(states[:-1]), strict=False):
                assert undo(workspace, uid).conflicts == ()
                assert everything(workspace) == before
            undo(workspace, last(workspace))
            assert everything(workspace) == states[1]
            assert check(workspace) == []
