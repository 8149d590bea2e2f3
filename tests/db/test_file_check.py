"""Checking a workspace: each promise broken behind the desk's back is found, and damage never ends in a traceback."""

import hashlib
import random
from pathlib import Path

import pytest
from ctdesk.db.backup import backup
from ctdesk.db.check import check
from ctdesk.db.finding import is_known
from ctdesk.db.history import change_sets, changes_of
from ctdesk.db.workspace import Workspace
from ctdesk.db.writer import apply
from ctdesk.domain.changes import Action, created, updated
from ctdesk.domain.errors import DeskError
from tests.db.desk_rows import entries, everything, step

CONTENT = b"a workbook"
FINGERPRINT = hashlib.sha256(CONTENT).hexdigest()


@pytest.fixture
def full(workspace: Workspace) -> Workspace:
    """A workspace with a little of everything that is checked."""
    organisation = created("organisation", {"name": "Somewhere"})
    activity = created(
        "activity", {"title": "Mentoring", "agency": organisation.uid, "tier": "targeted", "areas": ("north",)}
    )
    kept = created("stored_file", {"name": "a.xlsx", "fingerprint": FINGERPRINT, "size": len(CONTENT)})
    apply(workspace, step(organisation, activity, kept, *entries("area", "north"), files={FINGERPRINT: CONTENT}))
    now = everything(workspace)["activity"][activity.uid]
    apply(workspace, step(updated("activity", activity.uid, now, {"annual_value": 100})))
    return workspace


def test_a_sound_workspace_has_no_problems(full: Workspace) -> None:
    assert check(full) == []
    full.close()
    with Workspace.open(full.path, read_only=True) as reader:
        assert check(reader) == []


@pytest.mark.parametrize(
    ("meddling", "said"),
    [
        ("UPDATE activity SET agency = 'nobody'", "rows in activity name something that is not in organisation"),
        (
            "INSERT INTO activity_areas VALUES ('nobody', 'north')",
            "rows in activity_areas name something that is not in activity",
        ),
        ("UPDATE activity SET annual_value = 101", "activities are not as the history says"),
        ("DELETE FROM stored_file", "stored files are not as the history says"),
        ("INSERT INTO organisation (uid) VALUES ('x')", "organisations are not as the history says"),
        ("DELETE FROM history WHERE change_set = 2 AND kind = 'activity'", "does not follow"),
        ("DELETE FROM history WHERE change_set = 3", "changed 1 records, but the history holds 0"),
        ("UPDATE change_set SET number = 7 WHERE number = 3", "lacks change set 3"),
        ("UPDATE activity SET tier = 'royal'", "use royal under Tier"),
        ("UPDATE activity_areas SET value = 'moon'", "use moon under Areas"),
        ("UPDATE file_content SET bytes = x'00'", "no longer what it was"),
        ("UPDATE file_content SET bytes = x'00'", "not as long"),
        ("DELETE FROM file_content", "bytes of the kept file a.xlsx are not there"),
        ("UPDATE activity SET title = 'Other'", "search does not find all activities"),
        ("DELETE FROM search_entry WHERE kind = 'organisation'", "search does not find all organisations"),
        ("INSERT INTO search_index (title) VALUES ('ghost')", "search holds words of records that are not there"),
    ],
)
def test_what_was_meddled_with_is_found(full: Workspace, meddling: str, said: str) -> None:
    full.driver.execute("PRAGMA foreign_keys = OFF")
    full.driver.execute(meddling)
    assert any(said in problem.what for problem in check(full)), check(full)


@pytest.mark.slow
def test_random_damage_is_one_sentence_or_none(full: Workspace, tmp_path: Path) -> None:
    apply(full, step(*(created("team", {"name": f"Team {number}"}) for number in range(300))))
    full.close()
    sound = full.path.read_bytes()
    ruined, chance = tmp_path / "ruined.ctdesk", random.Random(7)  # noqa: S311 - the same damage each time
    found = 0
    for _ in range(100):
        at, length = chance.randrange(len(sound)), chance.choice([1, 16, 4096])
        ruined.write_bytes(sound[:at] + chance.randbytes(length) + sound[at + length :])
        found += _is_noticed(ruined)
    assert found > 30  # much of the file is the free space of small tables, where damage does no harm


def _is_noticed(path: Path) -> bool:
    """Whether working with a damaged file says so in a sentence that names it; any other error fails the test."""
    try:
        with Workspace.open(path) as workspace:
            everything(workspace)
            is_known(workspace, "team")
            for line in change_sets(workspace):
                changes_of(workspace, line.uid)
            backup(workspace, path.parent / "elsewhere")
            apply(workspace, step(created("organisation", {"name": "Elsewhere"}), action=Action.EDIT))
            return check(workspace) != []
    except DeskError as error:
        return str(path) in str(error)


def test_a_cut_off_file_is_one_sentence(full: Workspace, tmp_path: Path) -> None:
    full.close()
    sound = full.path.read_bytes()
    for share in range(1, 10):
        cut = tmp_path / f"cut{share}.ctdesk"
        cut.write_bytes(sound[: len(sound) * share // 10])
        assert _is_noticed(cut)


def test_a_step_that_says_something_else_than_was_written_is_found(workspace: Workspace) -> None:
    workspace.driver.execute("UPDATE change_set SET who = 'pam' WHERE number = 1")
    assert [problem.what for problem in check(workspace)] == [
        "What is noted of change set 1 is no longer what was written."
    ]


def test_steps_from_before_there_were_seals_are_sound(workspace: Workspace) -> None:
    workspace.driver.execute("UPDATE change_set SET seal = NULL")
    assert check(workspace) == []
