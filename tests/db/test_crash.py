"""Killed at any instant, the program leaves the workspace as it was before a step or as it is after it."""

import random
import subprocess
import sys
from pathlib import Path

import pytest
from ctdesk.db.check import check
from ctdesk.db.history import change_sets
from ctdesk.db.queries import load
from ctdesk.db.workspace import Workspace
from tests.db.desk_rows import entries, step

STEP_ROWS = 400
KILLS, MOST_KILLS, LONGER = 30, 300, 1.02
APPLY = f"""
import sys
from pathlib import Path
from ctdesk.db.workspace import Workspace
from ctdesk.db.writer import apply
from ctdesk.domain.changes import Action, ChangeSet, created

workspace = Workspace.open(Path(sys.argv[1]))
print("open", flush=True)
while True:
    rows = tuple(created("activity", {{"title": "Mentoring", "areas": ("north",)}}) for _ in range({STEP_ROWS}))
    apply(workspace, ChangeSet(action=Action.EDIT, title="More", who="sam", changes=rows))
"""


@pytest.mark.slow
def test_a_killed_process_leaves_whole_steps(path: Path) -> None:
    Workspace.create(path, step(*entries("area", "north"))).close()
    chance = random.Random(30)  # noqa: S311 - the same instants each time, as far as a clock allows
    killed = hot = 0
    longest = 0.25
    while killed < KILLS or (not hot and killed < MOST_KILLS):
        _kill_after(path, chance.uniform(0, longest))
        killed += 1
        longest *= LONGER  # a slow machine may not have begun a step by then
        hot += path.with_name(f"{path.name}-journal").exists()
        with Workspace.open(path) as workspace:
            assert check(workspace) == []
            assert len(load(workspace, "activity")) == STEP_ROWS * (len(change_sets(workspace)) - 1)
            workspace.changed = False
    assert hot > 0, "no step was ever caught half-way"


def _kill_after(path: Path, seconds: float) -> None:
    with subprocess.Popen([sys.executable, "-c", APPLY, str(path)], stdout=subprocess.PIPE, text=True) as child:
        assert child.stdout is not None
        assert child.stdout.readline() == "open\n"
        with pytest.raises(subprocess.TimeoutExpired):
            child.wait(seconds)
        child.kill()
