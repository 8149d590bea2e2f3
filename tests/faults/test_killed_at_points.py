"""Ended at any point where it touches the disk, a piece of work is wholly done or was never begun."""

import pytest
from tests.faults.conftest import Tried
from tests.faults.trials import WORK

WANTED = 100


@pytest.mark.parametrize("work", WORK)
def test_ended_at_a_hundred_points(tried: Tried, work: str) -> None:
    found = tried("kill", work, WANTED)
    assert found["faults"] == []
    assert found["tried"] >= WANTED
    assert found["states"]["before"] > 0
    if work != "backup":  # it leaves the workspace alone
        assert found["states"]["after"] > 0
