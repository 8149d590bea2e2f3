"""What the trials under faults begin with; all of them are slow."""

import json
import os
import subprocess
import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, Protocol

import pytest
from ctdesk.domain.changes import Action
from ctdesk.domain.periods import read_period
from ctdesk.returns.filling import fill_in
from ctdesk.services.desk import at_desk
from ctdesk.services.monitoring import send_period, start_period
from tests.counted import PROPERTY
from tests.faults.points import sqlite_library
from tests.faults.trials import NAME, make_base
from tests.services.monitored_borough import monitored
from tests.services.small_borough import BRIDGE, COUNCIL, OAK

PROJECT = Path(__file__).parents[2]
MODES = {"kill": "ended", "fail": "disk refuses"}
"""How the trials of one mode read in the table."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Count every trial under faults as slow."""
    for item in items:
        if item.path.parent == Path(__file__).parent:
            item.add_marker(pytest.mark.slow)


@pytest.fixture(scope="session")
def base(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the folder that every trial copies."""
    folder = tmp_path_factory.mktemp("base")
    make_base(folder)
    return folder


@pytest.fixture(scope="session")
def monitored_place(base: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the workspace, monitoring sent from it too, and good workbooks of both forms."""
    folder = tmp_path_factory.mktemp("monitored")
    (folder / NAME).write_bytes((base / NAME).read_bytes())
    with at_desk(folder / NAME) as desk:
        desk.apply(Action.EDIT, "Add agreements", monitored(COUNCIL, BRIDGE, OAK))
        send_period(desk, start_period(desk, read_period("2026-Q1")), folder / "monitoring")
        first = min((base / "sent").glob("*.xlsx"))
        fill_in(first, folder / "saved.ods", desk.lists, [], confirm=True)
        desk.workspace.changed = False
    return folder


class Counts(Protocol):
    """Hands over what a test counted, for the table at the end of the run."""

    def __call__(self, trial: str, outcomes: Mapping[str, int], *, wanted: int = 0, **most: float) -> None:
        """Tell what came of the trials of one kind, how many were wanted and the largest figures met."""


@pytest.fixture
def counts(request: pytest.FixtureRequest) -> Counts:
    """Return a function that has counts printed at the end of the run."""

    def told(trial: str, outcomes: Mapping[str, int], *, wanted: int = 0, **most: float) -> None:
        said = {"trial": trial, "wanted": wanted, "outcomes": dict(outcomes), "most": most}
        request.node.user_properties.append((PROPERTY, said))

    return told


Tried = Callable[[str, str, int], dict[str, Any]]
"""Runs all trials of one mode and piece of work, at least so many of them."""


@pytest.fixture
def tried(base: Path, counts: Counts) -> Tried:
    """Return a function that runs all trials of one piece of work and has their counts printed."""
    if sqlite_library() is None:
        pytest.skip("here SQLite is no library of its own that could be made to fail")

    def run(mode: str, work: str, wanted: int) -> dict[str, Any]:
        command = [sys.executable, "-m", "tests.faults.trials", mode, work, str(base)]
        done = subprocess.run(command, capture_output=True, text=True, check=False, cwd=PROJECT, env=dict(os.environ))
        assert done.returncode == 0, done.stderr
        found: dict[str, Any] = json.loads(done.stdout)
        counts(
            f"{work}, {MODES[mode]} ({found['points']} points)",
            found["outcomes" if mode == "fail" else "states"],
            wanted=wanted,
        )
        return found

    return run
