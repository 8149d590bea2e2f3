"""What the trials under faults begin with; all of them are slow."""

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from tests.faults.points import sqlite_library
from tests.faults.trials import lines, make_base

PROJECT = Path(__file__).parents[2]


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


@pytest.fixture
def counts(request: pytest.FixtureRequest) -> Callable[[str], None]:
    """Return a function that has counts printed at the end of the run."""
    return lambda text: request.node.user_properties.append(("counts", text))


@pytest.fixture
def tried(base: Path, counts: Callable[[str], None]) -> Callable[[str, str], dict[str, Any]]:
    """Return a function that runs all trials of one piece of work and prints their counts."""
    if sqlite_library() is None:
        pytest.skip("here SQLite is no library of its own that could be made to fail")

    def run(mode: str, work: str) -> dict[str, Any]:
        command = [sys.executable, "-m", "tests.faults.trials", mode, work, str(base)]
        done = subprocess.run(command, capture_output=True, text=True, check=False, cwd=PROJECT, env=dict(os.environ))
        assert done.returncode == 0, done.stderr
        found: dict[str, Any] = json.loads(done.stdout)
        counts(f"{mode}: " + "\n".join(lines(found)))
        return found

    return run
