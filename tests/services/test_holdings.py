"""What a workspace or a backup holds is told without altering it, and of which workspace it is another state."""

import pytest
from ctdesk.domain.errors import DeskError
from ctdesk.services.creating import create_workspace
from ctdesk.services.editing import edit
from ctdesk.services.holdings import holdings, is_copy_of, steps_since
from ctdesk.services.upkeep import back_up, place_of


def test_a_backup_says_what_it_holds_and_how_far_it_goes(desk):
    kept = back_up(desk)
    before = kept.read_bytes()
    held = holdings(kept)
    assert held.name == "Small borough"
    activities = len(desk.load("activity"))
    assert held.counted[0] == f"{activities} activities"
    assert f"It holds Small borough: {activities} activities" in held.words
    assert "“Take over what is known”, by sam on " in held.words
    assert kept.read_bytes() == before
    assert [path.name for path in kept.parent.iterdir()] == [kept.name]


def test_a_backup_is_known_by_the_first_step_and_what_came_since_is_told(desk, tmp_path):
    held = holdings(back_up(desk))
    assert is_copy_of(held, desk)
    assert steps_since(held, desk) == []
    uid = next(iter(desk.load("activity")))
    edit(desk, "activity", uid, {"title": "Another title"})
    assert [step.action.value for step in steps_since(held, desk)] == ["edit"]
    with create_workspace(tmp_path / "other.ctdesk", name="Other") as other:
        kept = other.path.with_name("copy.ctdesk")
        other.changed = False
    kept.write_bytes((tmp_path / "other.ctdesk").read_bytes())
    strange = holdings(kept)
    assert not is_copy_of(strange, desk)
    assert "It holds Other" in strange.words


def test_what_is_no_workspace_holds_nothing(tmp_path):
    path = tmp_path / "letter.ctdesk"
    path.write_text("Dear all")
    with pytest.raises(DeskError):
        holdings(path)


def test_a_backup_goes_back_to_where_its_workspace_is(desk, tmp_path):
    assert place_of(back_up(desk)) == desk.workspace.path
    assert place_of(tmp_path / "sent by mail.ctdesk") == tmp_path / "sent by mail restored.ctdesk"
