"""A round of one's own for each test, made once; journeys through the window need no screen."""

import os
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")  # before Qt is first used

import pytest
from tests.journeys.rounds import SmallRound, copy_of, make_round

QUICK = {"test_commands.py"}
"""Journeys that belong to the quick suite; the others take whole rounds and run with the slow one."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Count every other journey as slow."""
    for item in items:
        if item.path.parent == Path(__file__).parent and item.path.name not in QUICK:
            item.add_marker(pytest.mark.slow)


@pytest.fixture(scope="session")
def made_round(tmp_path_factory: pytest.TempPathFactory) -> SmallRound:
    """Return the round as sent; nobody alters it."""
    return make_round(tmp_path_factory.mktemp("round"))


@pytest.fixture
def sent_round(made_round: SmallRound, tmp_path: Path) -> SmallRound:
    """Return a copy of the round as sent."""
    return copy_of(made_round, tmp_path)
